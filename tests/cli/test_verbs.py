"""What each verb prints, for a person and for a program, and the exit codes."""

from __future__ import annotations

import gc
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

import klantreis
from klantreis import cli
from klantreis.cli import speak
from klantreis.cli.verbs import VERBS
from klantreis.findings import Finding, Place
from klantreis.labels import plain

COLUMNS = ["--person", "user_id", "--at", "timestamp", "--event", "event"]
BARE = {
    "funnel": ["funnel", "web.csv", *COLUMNS, "--steps", "view,cart,buy", "--within", "7d"],
    "paths": ["paths", "web.csv", *COLUMNS, "--grain", "session_id"],
    "fit": ["fit", "web.csv", *COLUMNS, "--path", "view, cart, buy", "--per-journey"],
    "times": ["times", "web.csv", *COLUMNS],
}
JSON = {
    **BARE,
    "findings": ["find", "--map", "ring-kopen"],
    "load": ["load"],
    "results": ["measure", "--map", "ring-kopen", "--segment", "nieuw"],
    "written": ["report"],
    "drawn": ["draw", "--out", "map.svg"],
    "doctor": ["doctor"],
    "store": ["store", "--tidy"],
}


def run(*words, **more):
    """Runs the program as a person does."""
    return subprocess.run([sys.executable, "-m", "klantreis", *words], capture_output=True, text=True, **more)


# For a program


@pytest.mark.parametrize("shape", JSON)
def test_json_is_one_document_of_the_published_shape(shape, ask, shop, validated):
    answer = ask(*JSON[shape], "--json")
    assert (answer.code, answer.err) == (0, "")
    assert validated(shape, json.loads(answer.out))


def test_check_gives_findings_as_json(ask, shop, validated):
    answer = ask("check", "--format", "json")
    assert answer.code == 0
    assert {finding["level"] for finding in validated("findings", json.loads(answer.out))} >= {"hint"}


def test_every_schema_is_named_in_the_docs():
    root = Path(cli.__file__).parents[3]
    text = (root / "docs/reference/json.md").read_text("utf-8")
    for schema in (root / "src/klantreis/schemas").glob("*.schema.json"):
        assert f"(../../src/klantreis/schemas/{schema.name})" in text, schema.name


@pytest.mark.parametrize("verb", BARE)
def test_a_bare_verb_tells_the_quality_of_its_rows(verb, ask, shop):
    rows = (shop / "web.csv").read_text("utf-8").splitlines()
    broken = [*rows, rows[1], ",s,2026-03-01T10:00:00Z,view", "u1,s,soon,view"]
    (shop / "web.csv").write_text("\n".join(broken), encoding="utf-8")
    answer = ask(*BARE[verb], "--json", "--language", "en")
    read = len(rows) - 1 + 3
    assert json.loads(answer.out)["quality"] == {"read": read, "used": read - 2, "rejected": 2, "repeated": 1}
    assert "the time is not understood" in answer.err
    assert f"web.csv:{len(broken)}" in answer.err
    assert (
        f"{read} rows read, {read - 2} used, 2 refused; 1 repeated and counted."
        in ask(*BARE[verb], "--language", "en").out
    )


@pytest.mark.parametrize("verb", BARE)
def test_python_and_the_terminal_give_the_same(verb, ask, shop):
    options = {"person": "user_id", "at": "timestamp", "event": "event"}
    more = {
        "funnel": {"steps": "view,cart,buy", "within": "7d"},
        "paths": {"grain": "session_id"},
        "fit": {"path": "view, cart, buy", "per_journey": True},
        "times": {},
    }[verb]
    answer = json.loads(ask(*BARE[verb], "--json").out)
    answer.pop("quality")
    told = getattr(klantreis, verb)("web.csv", **options, **more).to_dict()
    assert json.loads(json.dumps(told)) == answer


# For a person


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("words", [*JSON.values(), ["check"]], ids=lambda words: words[0])
def test_the_summary_fits_eighty_columns(words, language, ask, shop):
    answer = ask(*words, "--language", language)
    assert answer.code == 0
    # Paths and commands to copy are never broken; everything else fits.
    long = [line for line in answer.out.splitlines() if len(line) > 80 and "/" not in line and " " in line.strip()]
    assert long == []
    assert answer.out.strip()


def test_the_language_is_asked_or_set_or_the_workspaces(ask, shop, monkeypatch):
    assert "van vorige" in ask(*BARE["funnel"], "--language", "nl").out
    assert "from previous" in ask(*BARE["funnel"], "--language", "en").out
    assert "van vorige" in ask("measure").out
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "en")
    assert "from previous" in ask("measure").out
    assert "van vorige" in ask("measure", "--language", "nl").out


@pytest.mark.parametrize(("options", "said"), [([], "from previous"), (["--language", "nl"], "van vorige")])
def test_a_demo_goes_on_in_the_language_it_was_made_in(options, said, ask, tmp_path, monkeypatch):
    monkeypatch.setattr("locale.getlocale", lambda *_: (None, None))
    monkeypatch.chdir(tmp_path)
    assert ask("demo", "shop", "--journeys", 1000, *options).code == 0
    assert said in ask("measure", "--workspace", "shop").out


def test_next_steps_can_be_typed_as_they_stand(ask, shop, monkeypatch):
    monkeypatch.setenv("KLANTREIS_COMMAND", "../klantreis")
    found = ask("find", "--map", "ring-kopen").out
    assert "\n  ../klantreis find --accept unmapped_behaviour" in found
    assert (
        "Look further: cd klantreis-demo && ../../klantreis find"
        in ask("demo", "--journeys", 1000, "--language", "en").out
    )
    assert "Zie: ../klantreis find --help" in ask("find", "--nothing").err
    monkeypatch.setenv("KLANTREIS_COMMAND", "/opt/a copy/klantreis")
    assert "draai '/opt/a copy/klantreis' check" in ask("init", "new", "--language", "nl").out


def test_what_a_finding_says_to_type_works_from_outside_the_workspace(ask, shop, monkeypatch):
    monkeypatch.chdir(shop.parent)
    listed = ask("find", "--workspace", "shop", "--map", "ring-kopen").out.splitlines()
    draw, accept = (
        next(line for line in listed if line.startswith(f"  klantreis {verb}")) for verb in ("draw", "find")
    )
    for words in (draw, accept):
        assert ask(*shlex.split(words)[1:]).code == 0


def test_what_a_finding_of_a_segment_says_to_type_names_the_segment(ask, shop):
    listed = ask("find", "--map", "ring-kopen", "--segment", "nieuw").out.splitlines()
    commands = [line for line in listed if line.startswith("  klantreis find ")]
    assert commands
    assert all(line.endswith(" --segment nieuw") for line in commands)
    assert ask(*shlex.split(commands[0])[1:]).code == 0


@pytest.mark.parametrize(
    ("set_", "encoding"),
    [({"PYTHONIOENCODING": "cp1252"}, "cp1252"), ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, "utf-8")],
    ids=["asked", "of the system"],
)
def test_an_old_code_page_stops_nobody(set_, encoding, shop):
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    words = [sys.executable, "-X", "utf8=0", "-m", "klantreis", "check"]
    ran = subprocess.run(words, capture_output=True, env={**environ, **set_}, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode(encoding).splitlines()[-1][0] == ("?" if encoding == "cp1252" else "✓")


def test_output_has_no_spaces_at_the_ends_of_its_lines(ask, shop):
    for words in (["find"], ["measure"], ["report"], ["check", "--hints"], ["doctor"], BARE["funnel"]):
        assert [line for line in ask(*words).out.splitlines() if line != line.rstrip()] == []


def test_a_call_that_takes_long_leaves_no_empty_line_in_a_file(monkeypatch, capsys):
    monkeypatch.setattr(speak, "PATIENCE", 0.01)
    with speak.progress("reading"):
        time.sleep(0.2)
    assert capsys.readouterr().err == ""


def test_check_tells_warnings_in_full_and_counts_hints(ask, shop):
    findings = json.loads(ask("check", "--format", "json").out)
    hints = [finding for finding in findings if finding["level"] == "hint"]
    short, full = ask("check", "--language", "nl").out, ask("check", "--hints", "--language", "nl").out
    assert len(short.splitlines()) < len(full.splitlines())
    assert all(finding["title"]["nl"].split()[0] in short for finding in findings if finding["level"] == "warning")
    assert sum(int(line.split()[1]) for line in short.splitlines() if " × " in line) == len(hints)
    assert "check --hints" in short


def test_annotations_are_whole_sentences(capsys):
    finding = Finding("x", "hint", Place(), plain("Title"), plain("No stop"), plain("Mend it."))
    speak.github([finding], "en")
    assert capsys.readouterr().out.endswith("::No stop. Mend it.\n")


def test_a_mistake_in_a_document_is_told_once(ask, shop):
    (shop / "maps/bad.reis.yaml").write_text("klantreis: 1\nmap: bad\ntitle: x\nphasez: {}\n", encoding="utf-8")
    assert ask("draw", "maps/bad.reis.yaml").err.count("phasez") == 1


def test_init_says_what_it_could_not_guess(ask, shop):
    (shop / "odd.csv").write_text("klant,x,y\nann,1,2\n", encoding="utf-8")
    out = ask("init", "new", "--events", "odd.csv", "--language", "en").out
    assert "person: column 'klant'" in out
    assert "! Could not be guessed: at, event." in out
    assert "The columns are: klant, x, y" in out


def test_options_of_test_go_on_to_pytest(ask, monkeypatch):
    monkeypatch.setenv("KLANTREIS_COMMAND", "./klantreis")
    called = {}

    def run_(command, **more):
        called.update(more, command=command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run_)
    assert ask("test", "tests/test_spans.py", "-q", "-k", "x").code == 0
    assert called["command"][3:] == ["tests/test_spans.py", "-q", "-k", "x"]
    assert "KLANTREIS_COMMAND" not in called["env"]


def test_numbers_are_never_cut_when_the_window_is_narrow(ask, shop, monkeypatch):
    wide = ask(*BARE["funnel"]).out
    monkeypatch.setattr(speak.out, "width", 60)
    for line in wide.splitlines()[1:4]:
        assert line.split()[1] in ask(*BARE["funnel"]).out


def test_a_long_route_shows_its_begin_and_its_end(ask, shop):
    rows = "".join(f"u,s,2026-01-{day:02},e{day}\n" for day in range(1, 31))
    (shop / "web.csv").write_text("user_id,session_id,timestamp,event\n" + rows, encoding="utf-8")
    out = " ".join(ask(*BARE["paths"], "--language", "en").out.split())
    assert "e1 > e2 > e3 > e4 > e5 > e6 > e7 > … 20 more … > e28 > e29 > e30" in out


def test_a_finding_says_how_to_accept_it(ask, shop):
    out = ask("find", "--map", "ring-kopen").out
    command = "klantreis find --accept unmapped_behaviour/ring-kopen/site_search"
    assert command in out
    assert ask(*command.split()[1:]).code == 0
    assert "site_search" in (shop / "maps/ring-kopen.reis.yaml").read_text("utf-8")


def test_a_narrow_window_keeps_the_names_of_a_table_and_every_figure(monkeypatch, capsys):
    monkeypatch.setattr(speak.out, "width", 60)
    interval = "72.9% (72.2–73.7)"
    row = {"step": "Oriëntatie", "journeys": 20160, "from_previous": interval, "of_entrants": interval, "n": 9803}
    speak.table([row | {"median": "2 h 42 min"}], "en")
    out = capsys.readouterr().out
    assert "Oriënta…" in out
    assert max(map(len, out.splitlines())) <= 60
    assert [out.count(word) for word in ("72.9%", "(72.2–73.7)", "20,160", "9,803", "42")] == [2, 2, 1, 1, 1]


# Exit codes and errors


def test_an_unknown_verb_gives_the_nearest(ask):
    answer = ask("funel", "web.csv")
    assert (answer.code, answer.out) == (2, "")
    assert "There is no 'funel'." in answer.err
    assert "Did you mean 'funnel'?" in answer.err


def test_an_unknown_option_gives_the_nearest(ask):
    answer = ask("funnel", "web.csv", "--stepz", "a")
    assert answer.code == 2
    assert answer.err.splitlines() == [
        "✗ There is no option '--stepz'.",
        "  Did you mean '--steps'? See: klantreis funnel --help",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["funnel", "web.csv", *COLUMNS], "--steps a,b,c"),
        (["funnel", "web.csv", "--steps"], "'--steps' requires an argument."),
        (["paths", "web.csv", "--top", "none"], "Invalid value for '--top'"),
        (["paths", "web.csv", "--language", "fr"], "'fr' is not one of 'nl', 'en'."),
        (["funnel", "web.csv", *COLUMNS, "--steps", "view,,buy"], "A step is empty in 'view,,buy'."),
        (["funnel", "web.csv", *COLUMNS, "--steps", "view", "--within", "7x"], "For example: within='7d'."),
        (["fit", "web.csv", *COLUMNS, "--path", "view, (cart"], "("),
        (["paths", "web.csv", "--person", "user_id"], "--at ... on the command line,"),
        (["measure", "--map", "ring-koopen"], "Did you mean 'ring-kopen'?"),
        (["measure", "--segment", "nieuww"], "Did you mean 'nieuw'?"),
        (["measure", "--since", "1-6-2026"], "Write it as 2026-06-01."),
        (["find", "--accept", "barrier/ring-kopen/maattwijfl"], "Did you mean"),
        (["check", "maps/nothing.reis.yaml"], "nothing.reis.yaml"),
        (["draw", "maps/nothing.reis.yaml"], "nothing.reis.yaml"),
        (["init", "."], "is a workspace already."),
        (["init", "x", "--template", "nl-6"], "Did you mean"),
        (["init", "x", "--events", "wev.csv"], "Did you mean 'web.csv'?"),
        (["demo", "maps"], "is not empty."),
        (["load", "--workspace", "nowhere"], "There is no workspace in"),
        (["doctor", "--workspace", "nowhere"], "There is no workspace in"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_wrong_input_is_2_with_what_where_and_how_to_mend(words, said, ask, shop, monkeypatch):
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "en")
    answer = ask(*words)
    assert (answer.code, answer.out) == (2, ""), answer
    assert answer.err.startswith("✗ ")
    assert said in answer.err
    assert len(answer.err.splitlines()) > 1


def test_a_step_that_no_event_is_called_is_warned_of(ask, shop, monkeypatch):
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "en")
    answer = ask("funnel", "web.csv", *COLUMNS, "--steps", "view,byu", "--json")
    assert (answer.code, answer.err.startswith("! No event")) == (0, True)
    assert "Did you mean 'buy'?" in answer.err
    assert json.loads(answer.out)["unknown"] == ["byu"]


@pytest.mark.parametrize("verb", ["load", "measure", "find", "draw", "report", "check"])
def test_without_a_workspace_a_verb_teaches_how_to_begin(verb, ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = ask(verb)
    assert (answer.code, answer.out) == (2, "")
    assert "klantreis init" in answer.err
    assert "klantreis demo" in answer.err


def test_doctor_needs_no_workspace(ask, tmp_path, monkeypatch, validated):
    monkeypatch.chdir(tmp_path)
    answer = ask("doctor", "--json")
    assert answer.code == 0
    assert validated("doctor", json.loads(answer.out))["workspace"] is None


def test_fail_on_decides_when_check_fails(ask, shop):
    assert ask("check").code == 0
    assert ask("check", "--fail-on", "hint").code == 1


def test_a_damaged_store_is_1_for_the_doctor_and_3_for_work(ask, shop, validated):
    (shop / ".klantreis/manifest.json").write_text("{", encoding="utf-8")
    doctor = ask("doctor", "--json")
    assert doctor.code == 1
    assert validated("doctor", json.loads(doctor.out))["findings"]
    answer = ask("measure")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("✗ ")


def test_a_missing_file_of_the_store_is_found_by_the_doctor(ask, shop):
    next((shop / ".klantreis/events").rglob("*.parquet")).unlink()
    answer = ask("doctor", "--language", "en")
    assert answer.code == 1
    assert "File is missing" in answer.out


def test_ctrl_c_is_130(ask, shop, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("klantreis.workspace.folder.Workspace.load", stopped)
    answer = ask("load")
    assert answer.code == 130
    assert "Wat al bewaard was, is heel." in answer.err


def test_the_system_saying_no_is_told_without_a_traceback(ask, shop):
    (shop / "taken").write_text("", encoding="utf-8")
    answer = ask("draw", "--out", "taken/map.svg")
    assert answer.code == 3
    assert "taken" in answer.err


def test_a_reader_that_leaves_is_no_error(shop):
    for words in (["paths", "web.csv", *COLUMNS, "--json"], ["check"], ["--help"]):
        command = f"{sys.executable} -m klantreis {' '.join(words)} | head -c 1"
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_the_version_is_told(ask):
    assert ask("--version").out == f"klantreis {klantreis.__version__}\n"


def test_the_bare_import_is_cheap():
    heavy = "duckdb", "numba", "numpy", "pandas", "polars", "pyarrow", "rich", "typer", "ruamel"
    code = f"import sys, klantreis; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_no_engine():
    code = "import sys, klantreis.cli as c; c.main(['--help']); "
    code += "print([n for n in ('duckdb', 'numba') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_verb_stands_in_the_help(ask):
    out = ask("--help").out
    assert all(f" {verb} " in out for verb in VERBS)
    assert os.linesep in out


def test_mistakes_in_the_settings_are_told_in_the_form_that_check_was_asked_for(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "klantreis.yaml").write_text("klantreis: 1\nname: w\nsourcez: {}\n", encoding="utf-8")
    told = ask("check", "--format", "github", "--language", "en")
    assert told.code == 2
    assert told.out.startswith("::error file=klantreis.yaml,line=3,col=1,")
    assert "sourcez" in told.err
    (finding,) = json.loads(ask("check", "--format", "json").out)
    assert (finding["level"], finding["place"]["line"]) == ("error", 3)
    plain_ = ask("check")
    assert (plain_.out, plain_.err.count("sourcez")) == ("", 1)


def test_ctrl_c_that_python_lets_go_is_heard_again():
    """It may fall while something is put away: Python prints 'Exception ignored' and goes on, as if nobody asked."""
    code = """
import sys, time
from klantreis import cli

class Put:
    def __del__(self):
        raise KeyboardInterrupt

def answered(words):
    Put()
    for _ in range(3000):
        time.sleep(0.01)

cli._answered, sys.argv = answered, ["klantreis", "--version"]
raise SystemExit(cli.main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, "Exception ignored" in done.stderr) == (130, False)
    assert "Stopped." in done.stderr or "Gestopt." in done.stderr


def test_only_a_process_of_its_own_looks_for_garbage_less_often(ask):
    usual = gc.get_threshold()
    ask("--version")
    assert gc.get_threshold() == usual, "whoever calls the door keeps its own setting"
    code = "import gc, sys; sys.argv = ['klantreis', '--version']; from klantreis.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", f"{code}; print(*gc.get_threshold())"], capture_output=True, text=True)
    assert done.stdout.split()[-3:] == ["100000", *map(str, usual[1:])]


@pytest.mark.skipif(os.name == "nt", reason="the shell of Windows closes no stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_stream_that_is_closed_before_the_start_stops_nobody(closed, shop):
    ran = subprocess.run(
        f"{shlex.quote(sys.executable)} -m klantreis check {closed}", shell=True, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
