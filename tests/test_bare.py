"""A bare file becomes journeys, with every row accounted for."""

from __future__ import annotations

import gzip
import subprocess
import sys

import pytest

import klantreis
from klantreis.bare import read, read_checked
from klantreis.errors import OptionError, Remark, SourceError
from klantreis.journeys.model import NO_VALUE
from klantreis.log.model import Roles, Source

COLUMNS = {"person": "who", "at": "when", "event": "what"}


@pytest.fixture
def log(tmp_path):
    def write(text: str, name: str = "log.csv"):
        file = tmp_path / name
        if name.endswith(".gz"):
            file.write_bytes(gzip.compress(text.encode()))
        else:
            file.write_text(text, encoding="utf-8")
        return file

    return write


def routes(journeys):
    names = journeys.about.names.events
    return [
        [names[code] for code in bucket.event[bucket.start[trip] : bucket.start[trip + 1]]]
        for bucket in journeys.buckets
        for trip in range(bucket.journeys)
    ]


def test_amounts_of_ten_billion_and_more_are_read_exactly(log):
    amounts = ["99999999999999.9999", "-10000000000", "9999999999.9999", "", "0.0001"]
    file = log("who,when,what,amount\n" + "".join(f"a,2026-01-0{n},x,{one}\n" for n, one in enumerate(amounts, 1)))
    (bucket,) = (one for one in read(file, value="amount", **COLUMNS).buckets if one.touches)
    assert bucket.value.tolist() == [999_999_999_999_999_999, -(10**14), 99_999_999_999_999, NO_VALUE, 1]


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_a_csv_file_gives_one_journey_a_person(log, name):
    file = log("who,when,what\nu,2026-01-02,b\nv,2026-01-01,a\nu,2026-01-01,a\n", name)
    journeys = read(file, **COLUMNS)
    assert sorted(routes(journeys)) == [["a"], ["a", "b"]]
    assert journeys.counts == {"read": 3, "stored": 3, "duplicate": 0, "rejected": 0, "repeated": 0}
    assert journeys.about.grain == "person"


def test_json_lines_give_the_same_journeys(log):
    file = log(
        '{"who": "u", "when": "2026-01-01", "what": "a"}\n{"who": "u", "when": "2026-01-02", "what": "b"}\n',
        "log.jsonl",
    )
    assert routes(read(file, **COLUMNS)) == [["a", "b"]]


def test_bad_rows_are_counted_and_the_counts_add_up(log):
    counts = read(log("who,when,what\nu,2026-01-01,a\n,2026-01-01,a\nu,soon,a\nNA,2026-01-01,a\n"), **COLUMNS).counts
    assert counts["rejected"] == 2
    assert counts["read"] == counts["stored"] + counts["duplicate"] + counts["rejected"] == 4


def test_refused_rows_are_told_with_their_reason_and_line(log):
    file = log("who,when,what\nu,2026-01-01,a\n,2026-01-01,a\nu,soon,a\n")
    source = Source(file.name, file.name, file.parent, Roles("who", "when", "what"))
    findings = read_checked(source).findings
    assert {(found.place.id.split(".")[-1], found.place.line) for found in findings} == {
        ("no_person", 3),
        ("bad_time", 4),
    }
    assert read_checked(source, only="nothing").findings == ()


def test_a_column_can_be_the_grain_and_then_also_the_person(log):
    file = log("who,when,what,order\nu,2026-01-01,a,1\nu,2026-01-02,a,2\nu,2026-01-03,b,1\n")
    journeys = read(file, **COLUMNS, grain="order")
    assert sorted(routes(journeys)) == [["a"], ["a", "b"]]
    assert (journeys.people, journeys.about.grain) == (1, "order")
    assert read(file, at="when", event="what", grain="order").people == 2


def test_sessions_are_cut_by_the_gap(log):
    file = log("who,when,what\nu,2026-01-01 10:00,a\nu,2026-01-01 10:20,b\nu,2026-01-01 11:00,c\n")
    assert routes(read(file, **COLUMNS, grain="session")) == [["a", "b"], ["c"]]
    assert routes(read(file, **COLUMNS, grain="session", session_gap="10m")) == [["a"], ["b"], ["c"]]
    with pytest.raises(OptionError, match="session gap"):
        read(file, **COLUMNS, session_gap="10m")
    with pytest.raises(OptionError, match="not a span"):
        read(file, **COLUMNS, grain="session", session_gap="ten")


def test_a_missing_role_asks_for_its_column(log):
    with pytest.raises(OptionError, match="holds the event") as caught:
        read(log("who,when,what\nu,2026-01-01,a\n"), person="who", at="when")
    assert "event=" in caught.value.mend
    assert "The columns are: who, when, what." in caught.value.mend
    assert "In welke kolom van log.csv staat de gebeurtenis?" in caught.value.told("nl")


def test_a_file_that_is_not_there_is_said_before_its_columns_are_asked_for(log, tmp_path):
    log("who,when,what\nu,2026-01-01,a\n")
    with pytest.raises(OptionError) as caught:
        read(tmp_path / "lok.csv")
    assert caught.value.told("nl").splitlines()[0] == f"Het bestand '{tmp_path / 'lok.csv'}' is er niet."
    assert caught.value.mend == "Did you mean 'log.csv'?"
    with pytest.raises(OptionError, match="is a folder, not a file") as caught:
        read(tmp_path)
    assert "log.csv" in caught.value.mend
    with pytest.raises(OptionError) as caught:
        read(tmp_path / "none" / "log.csv")
    assert "is not there either" in caught.value.mend


def test_a_missing_column_names_the_nearest(log):
    with pytest.raises(SourceError) as caught:
        read(log("who,when,what\nu,2026-01-01,a\n"), person="whoo", at="when", event="what")
    assert "'who'" in str(caught.value)


def test_people_of_the_ecom_log_are_those_of_another_tool(shared):
    file = shared / "data/ecom_clickstream/ecom.csv.gz"
    journeys = klantreis.read(file, person="user_id", at="timestamp", event="event")
    # retentioneering: 31,106 events, 600 paths (semantics.md, section 4).
    assert (journeys.touches, journeys.journeys) == (31_106, 600)


def test_a_small_file_needs_no_compiler_and_no_frames(log):
    file = log("who,when,what\n" + "".join(f"u{n % 50},2026-01-01T{n % 24:02}:00,e{n % 7}\n" for n in range(5_000)))
    code = f"""
import sys, klantreis
assert klantreis.read({str(file)!r}, person="who", at="when", event="what").touches == 5000
print([name for name in ("numba", "pandas", "pyarrow", "polars", "scipy") if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_moment_may_stand_in_two_columns(log):
    file = log("who;Datum;Tijd;what\nu;3-10-2026;10:15;b\nu;3-10-2026;9:15;a\nu;4-10-2026;;c\n")
    assert routes(read(file, person="who", at=["Datum", "Tijd"], event="what")) == [["a", "b", "c"]]
    with pytest.raises(OptionError, match="`at` names 3 columns"):
        read(file, person="who", at=["a", "b", "c"], event="what")


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_what_a_data_frame_lacks_is_said_of_the_frame_with_its_columns_and_a_guess(library):
    frame = getattr(pytest.importorskip(library), "table" if library == "pyarrow" else "DataFrame")(
        {"Klantnummer": ["u"], "Datum": ["2026-01-01"], "x": ["a"]}
    )
    with pytest.raises(OptionError) as refused:
        read(frame, at="Datum", event="x")
    assert str(refused.value) == (
        "Which column of the data frame holds the person?\n  at the data frame\n"
        "  Name it: person='Klantnummer'? The columns are: Klantnummer, Datum, x."
    )
    with pytest.raises(SourceError) as refused:
        read(frame, person="Klantnumer", at="Datum", event="x")
    assert "Did you mean 'Klantnummer'?" in refused.value.what
    assert "frame.parquet" not in str(refused.value)


ROWS = {"who": ["u", "v"], "when": ["2026-01-01", "2026-01-02"], "what": ["a", "b"]}


def test_what_is_the_index_of_a_frame_is_told_how_to_become_a_column():
    frame = pytest.importorskip("pandas").DataFrame(ROWS).set_index("who")
    for columns in (COLUMNS, {"at": "when", "event": "what"}):
        with pytest.raises((OptionError, SourceError)) as refused:
            read(frame, **columns)
        assert "The index is called 'who' and is no column: give frame.reset_index()." in refused.value.mend
    assert sorted(routes(read(frame.reset_index(), **COLUMNS))) == [["a"], ["b"]]
    with pytest.raises(SourceError) as refused:
        read(frame, **{**COLUMNS, "person": "when", "event": "wat"})
    assert "index" not in str(refused.value)


def test_two_columns_of_one_name_are_refused_when_they_play_a_part():
    frame = pytest.importorskip("pandas").DataFrame({**ROWS, "x": [1, 2], "y": [3, 4]})
    frame.columns = ["who", "when", "what", "x", "x"]
    assert sorted(routes(read(frame, **COLUMNS))) == [["a"], ["b"]]
    frame.columns = ["who", "when", "what", "what", "x"]
    with pytest.raises(OptionError, match="more than one column 'what'"):
        read(frame, **COLUMNS)


@pytest.mark.parametrize(("grain", "near"), [("sessio", "session"), ("persn", "person"), ("wht", "what")])
def test_a_grain_that_is_no_column_is_said_of_the_grain_with_the_nearest(log, grain, near):
    file = log("who,when,what\nu,2026-01-01,a\n")
    for data in (file, pytest.importorskip("pandas").DataFrame(ROWS)):
        with pytest.raises(SourceError) as refused:
            read(data, **COLUMNS, grain=grain)
        assert refused.value.what == f"grain: {grain!r} is no column. Did you mean {near!r}?"
        assert refused.value.parts("nl")[0].startswith(f"grain: {grain!r} is geen kolom.")


def test_rows_that_are_refused_are_warned_of_in_python_at_the_line_that_reads(log):
    file = log("who,when,what\nu,04/20/2026,a\nu,03/04/2026,a\n")
    with pytest.warns(Remark) as said:
        assert read(file, **COLUMNS).counts["rejected"] == 1
    order, refused = (str(one.message) for one in said)
    assert order.startswith("The order of day and month was chosen. Column 'when' seems to put the month first.")
    assert refused.startswith("log.csv: 1 row refused: the time is not understood. Line 2 ('04/20/2026').")
    assert {one.filename for one in said} == {__file__}
    frame = pytest.importorskip("pandas").read_csv(file)
    with pytest.warns(Remark, match="the data frame: 1 row refused"):
        klantreis.paths(frame, **COLUMNS)


@pytest.mark.filterwarnings("error")
def test_what_is_advised_about_times_reads_them(log):
    file = log("who,when,what\nu,04/20/2026,a\nu,03/04/2026,a\n")
    with pytest.raises(Remark) as said:
        read(file, **COLUMNS)
    assert 'dates=["%m/%d/%Y"]' in str(said.value)
    assert read(file, **COLUMNS, dates=["%m/%d/%Y"]).counts["rejected"] == 0


@pytest.mark.parametrize(
    ("held", "told"),
    [(b"", "The file is empty."), (b"\xef\xbb\xbf", "only blank lines"), (b"\n \n", "only blank lines")],
    ids=["empty", "a mark of Unicode alone", "blank lines"],
)
def test_that_a_file_holds_nothing_is_said_before_its_columns_are_asked(held, told, tmp_path):
    (tmp_path / "web.csv").write_bytes(held)
    with pytest.raises(SourceError) as refused:
        read(tmp_path / "web.csv")
    assert told in refused.value.what
