"""Maps and settings with mistakes, and workspaces that miss something: all told at once, with where and how to mend."""

from __future__ import annotations

import json

import pytest

TEN = """\
klantreis: 1
id: kopen
titel: Kopen
phases:
  look:
    label: Look
    page: {label: Page, match: view, feel: 9}
    page: {label: Page again}
  decide:
    label: Decide
    paid: {label: Paid, match: {evnt: buy}}
    done: {label: Done, survey: csat}
scenarios:
  ideal: {label: Ideal, kind: perfect, path: [page, payed]}
kpis:
  k: {label: K, phase: dicide, metric: people, target: soon}
barriers:
  b: {label: B, at: nowhere}
"""


def test_ten_mistakes_in_a_map_come_at_once(run, workspace):
    workspace({"maps/kopen.reis.yaml": TEN})
    told = json.loads(run("check", "--format", "json").out)
    errors = [finding for finding in told if finding["level"] == "error"]
    assert len(errors) >= 10
    assert all(finding["place"]["line"] and finding["place"]["column"] for finding in errors)
    assert {finding["place"]["line"] for finding in errors} >= {3, 7, 8, 11, 12, 14, 16, 18}
    nearest = " ".join(finding["advice"]["en"] + finding["detail"]["en"] for finding in errors)
    for word in ("title", "event", "decide", "paid"):
        assert f"'{word}'" in nearest, word


@pytest.mark.parametrize("form", ["text", "github"])
def test_the_other_forms_tell_the_same_mistakes(form, run, workspace):
    workspace({"maps/kopen.reis.yaml": TEN})
    told = json.loads(run("check", "--format", "json").out)
    answer = run("check", "--format", form)
    assert answer.code == 1
    words = " ".join(answer.out.split())
    for finding in told:
        assert " ".join(finding["title"]["en"].split()).replace(",", "%2C" if form == "github" else ",") in words
    if form == "github":
        assert answer.out.count("::error file=maps/kopen.reis.yaml,line=") >= 10
    else:
        assert "maps/kopen.reis.yaml:3:1" in answer.out
        assert f"Mistakes: {sum(finding['level'] == 'error' for finding in told)}." in answer.out


@pytest.mark.parametrize("verb", ["load", "measure", "report", "find", "draw"])
def test_work_on_a_map_with_mistakes_is_2_and_tells_them_all(verb, run, workspace):
    workspace({"maps/kopen.reis.yaml": TEN})
    answer = run(verb)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("maps/kopen.reis.yaml:") >= 10


def test_two_maps_with_one_id_are_told_in_both(run, workspace, map_):
    workspace({"maps/again.reis.yaml": map_})
    answer = run("check")
    assert answer.code == 1
    assert "kopen" in answer.out
    assert "They are in again.reis.yaml and kopen.reis.yaml." in answer.out
    assert run("load").code == 2


def test_a_matcher_that_nothing_meets_gives_the_nearest_event(run, workspace, map_):
    workspace({"maps/kopen.reis.yaml": map_.replace("match: buy", "match: buyy")})
    assert run("load").code == 0
    found = json.loads(run("find", "--json").out)
    dead = next(finding for finding in found if finding["rule"] == "dead_matcher")
    assert dead["place"]["id"] == "paid"
    assert "'buy'" in dead["advice"]["en"] + dead["detail"]["en"]


def test_mistakes_in_the_settings_come_at_once(run, workspace):
    source = "  web: {pad: web.csv, person: who, at: when}\n"
    settings = f"klantreis: 1\nnaam: Winkel\ntime_zone: Amsterdam\nsources:\n{source}"
    workspace({"klantreis.yaml": settings})
    answer = run("load")
    assert (answer.code, answer.out) == (2, "")
    for told in ("2:1", "'name'", "3:", "Europe/Amsterdam", "5:", "'path'"):
        assert (f"klantreis.yaml:{told}" if told[0].isdigit() else told) in answer.err, told


def test_settings_that_are_no_yaml_are_told_with_their_line(run, workspace):
    workspace({"klantreis.yaml": "klantreis: 1\nname: [Winkel\n"})
    answer = run("check")
    assert (answer.code, answer.out) == (2, "")
    assert "klantreis.yaml:" in answer.err


def test_a_workspace_without_sources_shows_the_map_and_says_so(run, workspace):
    workspace({"klantreis.yaml": "klantreis: 1\nname: Winkel\n"})
    assert "names no sources yet" in run("load").out
    assert run("draw").code == 0
    report = run("report")
    assert report.code == 0
    assert "Nothing measured yet." in report.out
    measure = run("measure")
    assert "Nothing measured yet." in measure.out
    assert run("find").code == 0


def test_a_workspace_without_maps_loads_and_says_how_to_get_one(run, workspace):
    folder = workspace()
    (folder / "maps/kopen.reis.yaml").unlink()
    assert run("load").code == 0
    assert run("check").code == 0
    for verb in ("measure", "draw", "report"):
        answer = run(verb)
        assert answer.code == 2, verb
        assert "There is no map yet." in answer.err
    assert run("doctor").code == 0


def test_a_map_without_a_single_matcher_is_drawn_and_reported(run, workspace, map_):
    workspace({"maps/kopen.reis.yaml": map_.replace(", match: view", "").replace(", match: buy", "")})
    for verb in ("load", "measure", "find", "draw", "report"):
        assert run(verb).code == 0, verb


def test_a_map_of_a_thousand_touchpoints_is_measured(run, workspace):
    steps = "".join(f"    s{number}: {{label: Step {number}, match: e{number}}}\n" for number in range(1000))
    text = f"klantreis: 1\nid: kopen\ntitle: Big\nphases:\n  look:\n    label: Look\n{steps}"
    rows = "".join(f"u{number % 50},2026-01-01T10:{number % 60:02},e{number}\n" for number in range(1000))
    workspace({"maps/kopen.reis.yaml": text, "web.csv": "who,when,what\n" + rows})
    assert run("load").code == 0
    results = json.loads(run("measure", "--json").out)
    assert results["coverage"]["mapped"]["value"] == 1
    assert run("check").code == 0
    assert run("draw").code == 0


def test_names_of_every_script_go_through_a_workspace(run, workspace, map_):
    rows = "who,when,what\n😀,2026-01-01,שלום\n😀,2026-01-02,购买 🎉\nu,2026-01-02,start\nu,2026-01-03,end\n"
    text = map_.replace("match: view", 'match: "שלום"').replace("match: buy", 'match: "购买 🎉"')
    text = text.replace("Page", "📄 עמוד")
    workspace({"maps/kopen.reis.yaml": text, "web.csv": rows})
    assert run("load").code == 0
    results = json.loads(run("measure", "--json").out)
    assert [step["people"] for step in results["funnel"]["steps"]] == [1, 1]
    assert {found["event"] for found in results["coverage"]["behaviours"]} == {"start", "end"}
    for verb in ("measure", "find", "draw", "report"):
        assert run(verb).code == 0, verb
