"""Bad input, told well: what is wrong, where, and how to mend it; by a bare verb and by a load into a workspace."""

from __future__ import annotations

import gzip
import json

import duckdb
import pytest

COLUMNS = ["--person", "who", "--at", "when", "--event", "what"]
HEAD = "who,when,what\n"


def parquet(folder):
    """The bytes of a whole Parquet file with a thousand events."""
    file = folder / "whole.parquet"
    duckdb.sql(
        "COPY (SELECT 'u' || i AS who, TIMESTAMP '2026-01-01' AS \"when\", 'a' AS what FROM range(1000) t(i)) "
        f"TO '{file}' (FORMAT parquet)"
    )
    return file.read_bytes()


UNREADABLE = {
    "empty file": ("a.csv", "", ["The file is empty.", "a.csv", "Export it again"]),
    "blank lines": ("a.csv", "\n\n\n", ["The file holds only blank lines.", "a.csv", "Export it again."]),
    "missing column": (
        "a.csv",
        "whoo,when,what\nu,2026-01-01,a\n",
        ["'who' is no column. Did you mean 'whoo'?", "a.csv"],
    ),
    "cp1252 as utf-8": (
        "a.csv",
        (HEAD + "u,2026-01-01,café\n").encode("cp1252"),
        ["not UTF-8; it looks like cp1252", "line 2", "encoding: cp1252"],
    ),
    "cut gzip": (
        "a.csv.gz",
        gzip.compress((HEAD + "".join(f"u{n},2026-01-01,a\n" for n in range(9000))).encode())[:9000],
        ["cut short", "a.csv.gz", "Copy it again, whole."],
    ),
    "cut long gzip": (
        "a.csv.gz",
        gzip.compress((HEAD + "".join(f"u{n * 7919},2026-01-01,a{n}\n" for n in range(99_000))).encode())[:-9000],
        ["cut short", "a.csv.gz", "Copy it again, whole."],
    ),
    "not parquet": ("a.parquet", "hello", ["This is not a Parquet file.", "a.parquet", "csv"]),
    "no such ending": ("a.xls", "hello", ["what kind of file", "a.xls", "format: csv"]),
    "one json document": ("a.json", '[{"who": "u"}]', ["a.json"]),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_2(case, run, workspace, settings):
    name, content, said = UNREADABLE[case]
    workspace({name: content, "klantreis.yaml": settings.replace("web.csv", name)})
    for answer in (run("paths", name, *COLUMNS), run("load")):
        assert (answer.code, answer.out) == (2, "")
        assert all(words in answer.err for words in said), answer.err
        assert len(answer.err.splitlines()) >= 2


def test_a_cut_parquet_file_is_2(run, workspace):
    folder = workspace()
    (folder / "a.parquet").write_bytes(parquet(folder)[:-100])
    answer = run("times", "a.parquet", *COLUMNS)
    assert answer.code == 2
    assert "The Parquet file is cut short: its end is missing." in answer.err
    assert "Copy it again, whole." in answer.err


def test_a_file_that_is_not_there_gives_the_nearest(run, workspace, settings):
    workspace({"klantreis.yaml": settings.replace("web.csv", "wbe.csv")})
    for answer in (run("paths", "wbe.csv", *COLUMNS), run("load")):
        assert answer.code == 2
        assert "Did you mean 'web.csv'?" in answer.err


def test_a_header_without_rows_is_an_answer_of_nothing(run, workspace):
    workspace({"web.csv": HEAD})
    answer = run("paths", "web.csv", *COLUMNS, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["quality"] == {"read": 0, "used": 0, "rejected": 0, "repeated": 0}
    assert "The file has a header but no rows." in answer.err
    loaded = run("load")
    assert loaded.code == 2
    assert "web has a header but no rows" in " ".join(loaded.out.split())
    report = run("report")
    assert report.code == 2
    assert "Nothing is loaded yet, so no report was written." in report.out


def test_when_no_row_can_be_used_that_is_2(run, workspace):
    workspace({"web.csv": HEAD + "u,01/02/03 soon,a\nv,tomorrow,b\n"})
    answer = run("funnel", "web.csv", *COLUMNS, "--steps", "a,b", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "web.csv: 2 rows refused: the time is not understood" in answer.err
    assert "Line 2, 3 ('01/02/03 soon')" in answer.err
    assert "Say how times are written" in answer.err
    assert "None of the 2 rows can be used." in answer.err


REFUSED = {
    "null persons": (HEAD + ",2026-01-01,a\nu,2026-01-01,b\n", "it does not say whose it is", "web.csv:2"),
    "unparsable date": (HEAD + "u,2026-01-01,a\nu,31-31-2026,b\n", "the time is not understood", "web.csv:3"),
    "no moment": (HEAD + "u,2026-01-01,a\nu,,b\n", "it does not say when it was", "web.csv:3"),
    "no event": (HEAD + "u,2026-01-01,a\nu,2026-01-01,\n", "it does not say what happened", "web.csv:3"),
    "too many fields": (HEAD + "u,2026-01-01,a\nu,2026-01-01,a,b\n", "the row is off", "web.csv:3"),
    "10 MB in one field": (
        HEAD + "u,2026-01-01,a\nv,2026-01-01," + "x" * 10_000_000 + "\nw,2026-01-02,b\n",
        "a field is larger than 1 MB",
        "web.csv:3",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_row_is_told_and_the_others_count(case, run, workspace):
    text, why, where = REFUSED[case]
    folder = workspace({"web.csv": text})
    answer = run("paths", "web.csv", *COLUMNS, "--json")
    assert answer.code == 0
    quality = json.loads(answer.out)["quality"]
    assert quality["rejected"] == 1
    assert quality["read"] == quality["used"] + 1
    assert f"web.csv: 1 row refused: {why}" in " ".join(answer.err.split())
    assert where in answer.err
    loaded = json.loads(run("load", "--json").out)
    assert loaded["sources"][0]["rejected"] == 1
    assert where.split(":")[1] in (folder / loaded["sources"][0]["rejected_file"]).read_text("utf-8-sig").split("\n")[1]


def test_values_that_are_no_numbers_are_refused(run, workspace, settings):
    valued = settings.replace("event: what", "event: what, value: paid")
    workspace(
        {"klantreis.yaml": valued, "web.csv": "who,when,what,paid\nu,2026-01-01,buy,twelve\nu,2026-01-02,buy,3\n"}
    )
    loaded = json.loads(run("load", "--json").out)
    assert (loaded["sources"][0]["stored"], loaded["sources"][0]["rejected"]) == (1, 1)
    assert "the value is not a number" in loaded["findings"][0]["title"]["en"]
    assert 'decimal: ","' in loaded["findings"][0]["advice"]["en"]


def test_moments_in_several_zones_are_compared_as_instants(run, workspace):
    rows = "u,2026-01-01T10:00:00+02:00,b\nu,2026-01-01T08:30:00Z,c\nu,2026-01-01T09:30:00+02:00,a\n"
    workspace({"web.csv": HEAD + rows})
    paths = json.loads(run("paths", "web.csv", *COLUMNS, "--json").out)
    assert [one["path"] for one in paths["variants"]] == [["a", "b", "c"]]


def test_a_person_called_NA_is_a_person(run, workspace):
    workspace({"web.csv": HEAD + "NA,2026-01-01,a\nNA,2026-01-02,b\nnull,2026-01-01,a\n"})
    paths = json.loads(run("paths", "web.csv", *COLUMNS, "--json").out)
    assert (paths["people"], paths["events"]) == (2, 3)


def test_repeated_rows_are_kept_in_a_file_and_dropped_in_a_workspace(run, workspace):
    workspace({"web.csv": HEAD + "u,2026-01-01,a\n" * 5})
    answer = run("paths", "web.csv", *COLUMNS)
    assert "5 rows read, all used; 4 repeated and counted." in answer.out
    source = json.loads(run("load", "--json").out)["sources"][0]
    assert (source["read"], source["stored"], source["duplicate"]) == (5, 1, 4)


def test_a_byte_order_mark_is_no_part_of_the_first_name(run, workspace):
    workspace({"web.csv": "\ufeff" + HEAD + "u,2026-01-01,a\n"})
    assert json.loads(run("paths", "web.csv", *COLUMNS, "--json").out)["events"] == 1
    assert run("load").code == 0


def test_three_bad_rows_among_a_million_are_found_on_their_lines(run, workspace):
    folder = workspace()
    broken = {17: "broken", 500_001: "u,never,a", 1_000_000: ",2026-01-01,a"}
    duckdb.sql(
        f"COPY (SELECT 'u' || (i % 50000) AS who, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS \"when\", "
        f"'e' || (i % 7) AS what FROM range(1000003) t(i)) TO '{folder / 'web.csv'}' (FORMAT csv, HEADER)"
    )
    lines = (folder / "web.csv").read_text("utf-8").split("\n")
    for line, text in broken.items():
        lines[line - 1] = text
    (folder / "web.csv").write_text("\n".join(lines), encoding="utf-8")
    answer = run("funnel", "web.csv", *COLUMNS, "--steps", "e1,e2", "--json")
    assert json.loads(answer.out)["quality"] == {"read": 1_000_003, "used": 1_000_000, "rejected": 3, "repeated": 0}
    for line in broken:
        assert f"web.csv:{line}" in answer.err
    loaded = json.loads(run("load", "--json").out)["sources"][0]
    assert (loaded["stored"], loaded["rejected"]) == (1_000_000, 3)
    listed = (folder / loaded["rejected_file"]).read_text("utf-8-sig").splitlines()[1:]
    assert [int(row.split(",")[1]) for row in listed] == sorted(broken)


def test_words_of_every_script_and_our_own_words_are_names_like_any_other(run, workspace):
    rows = "😀,2026-01-01,שלום\n😀,2026-01-02,购买 🎉\nu,2026-01-02,start\nu,2026-01-03,end\n"
    workspace({"web.csv": HEAD + rows})
    paths = json.loads(run("paths", "web.csv", *COLUMNS, "--json").out)
    assert [one["path"] for one in paths["variants"]] == [["start", "end"], ["שלום", "购买 🎉"]]
    assert {(edge["from"], edge["to"]) for edge in paths["edges"]} >= {("(start)", "start"), ("end", "(end)")}
    funnel = json.loads(run("funnel", "web.csv", *COLUMNS, "--steps", "שלום,购买 🎉", "--json").out)
    assert [step["people"] for step in funnel["steps"]] == [1, 1]
    fit = json.loads(run("fit", "web.csv", *COLUMNS, "--path", "start, end", "--json").out)
    assert fit["conforming"] == 1
    for verb in (["paths"], ["times"], ["fit", "--path", "start, end"]):
        assert run(verb[0], "web.csv", *COLUMNS, *verb[1:]).code == 0


def test_one_event_of_one_person_is_a_journey(run, workspace):
    workspace({"web.csv": HEAD + "u,2026-01-01,view\n"})
    paths = json.loads(run("paths", "web.csv", *COLUMNS, "--json").out)
    assert (paths["journeys"], len(paths["edges"])) == (1, 2)
    assert run("times", "web.csv", *COLUMNS).code == 0
    assert run("measure").code == 0


def test_events_in_the_future_are_told(run, workspace):
    workspace({"web.csv": HEAD + "u,2126-01-01,b\nu,2026-01-01,a\n"})
    answer = run("paths", "web.csv", *COLUMNS, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["events"] == 2
