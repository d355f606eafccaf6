"""A source that workers load in pieces gives the store, the counts and the refusals that one process gives.

The workers here are this process, with all that travels packed and unpacked; `./klantreis test --spark` asks Spark.
"""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.engines.base import Query, literal
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import SourceError, StoreError
from klantreis.journeys.arrive import Arrived, arrive
from klantreis.journeys.later import after
from klantreis.journeys.manifest import Loads, read_manifest, write_manifest
from klantreis.journeys.store import Store
from klantreis.log.model import Lookup, Roles, Source, WideEvent
from klantreis.log.piece_look import look
from klantreis.log.piece_read import read_piece
from klantreis.log.pieces import cut, fitting, unseen
from klantreis.log.quality import Refused, refused
from klantreis.log.read import checked, prepared
from klantreis.log.reading import Reading

WEB = Roles(person="who", at="when", event="what")
TINY = 300
"""Bytes in a piece: some lines."""


class Here:
    """Workers that are this process: all that travels is packed and unpacked, and the last comes first."""

    shared = True

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        asked, joined = pickle.loads(pickle.dumps((measure, merge)))
        return reduce(joined, (asked(pickle.loads(pickle.dumps(piece))) for piece in reversed(pieces)))


@contextmanager
def engine() -> Iterator[DuckDbEngine]:
    own = DuckDbEngine(threads=2)
    yield own
    own.close()


class Both:
    """Two stores, one loaded by this process and one by workers."""

    def __init__(self, folder: Path, size: int = TINY) -> None:
        self.folder, self.size = folder, size
        self.one, self.many = Store(folder / "one"), Store(folder / "many")

    def load(self, source: Source) -> tuple[Loads, Refused]:
        """Loads a source in both and holds them equal."""
        with engine() as own:
            rows = self.one.remembered(checked(own, source, self.folder / "scratch"))
            rows = after(own, self.one.folder, rows, source)
            told = refused(own, rows)
            load = self.one.append(own, rows, source)
            found = arrive(self.many.folder, own, source, Here(), rules=self.many.rules, size=self.size)
        assert found is not None
        assert found.load == load
        assert (dict(found.refused.counts), found.refused.lined) == (dict(told.counts), told.lined)
        assert found.refused.rows == told.rows
        assert said(found) == sorted(map(repr, rows.findings))
        self.same()
        return load, told

    def same(self) -> None:
        ours, theirs = (read_manifest(store.folder) for store in (self.one, self.many))
        for name in ("bits", "hash_check", "first", "last", "properties", "names", "loads"):
            assert getattr(theirs, name) == getattr(ours, name), name
        assert theirs.identity == ours.identity
        assert stored(self.many) == stored(self.one)
        assert self.many.log().version == self.one.log().version
        assert self.many.verify() == ()
        # What was cut anew is swept at the next write, as ever.
        now = self.many.folder / "events" / f"{theirs.generation:06}"
        named = {self.many.folder / file.path for file in theirs.files()}
        assert {path for path in now.rglob("*") if path.is_file()} <= named
        assert not (self.many.folder / "incoming").exists()


def said(found: Arrived) -> list[str]:
    return sorted(map(repr, found.findings))


def stored(store: Store) -> list[tuple[Any, ...]]:
    """Every stored event with its bucket, whatever the order of the files."""
    files = read_manifest(store.folder).events
    rows: list[tuple[Any, ...]] = []
    with engine() as own:
        for event in files:
            read = (
                f"SELECT * FROM read_parquet({literal(str(store.folder / event.file.path))}, hive_partitioning=false)"
            )
            found = Query((("read", read),))
            names = sorted(own.columns(found))
            listed = ", ".join('"' + name + '"' for name in names)
            told = own.rows(found.then("listed", f"SELECT {listed} FROM read"))
            assert len(told) == event.rows
            rows += [(event.bucket, event.source, tuple(zip(names, row, strict=True))) for row in told]
    return sorted(rows, key=repr)


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return Both(tmp_path)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def source(folder: Path, path: str, roles: Roles = WEB, **more: Any) -> Source:
    return Source(name="web", path=path, folder=folder, roles=roles, **more)


LINES = [f"p{number % 7},2026-01-{1 + number % 28:02} 10:00,{'abc'[number % 3]},{number}" for number in range(60)]
HEAD = "who,when,what,amount"
HOSTILE = {
    "good rows": [HEAD, *LINES],
    "blank lines": [HEAD, *LINES[:9], "", "", *LINES[9:30], "", *LINES[30:], "", ""],
    "rows with too few and too many fields": [HEAD, *LINES[:3], "p1,x", *LINES[3:20], "a,b,c,d,e,f", *LINES[20:]],
    "rows that say too little": [
        HEAD,
        *LINES[:5],
        ",2026-01-01,a,1",
        "p,,a,1",
        "p,2026-01-01,,1",
        "p,soon,a,1",
        *LINES,
    ],
    "repeated rows": [HEAD, *LINES, *LINES[:20], *LINES[:3]],
    "quoted fields": [
        HEAD,
        *(f'"{line.split(",")[0]}","2026-01-03 10:00","say ""hi"", you",{line[-1]}' for line in LINES),
    ],
    "a field over several lines": [HEAD, *LINES[:9], 'p1,2026-01-03 10:00,"two\nlines",5', *LINES[9:]],
    "a quote that never closes": [HEAD, *LINES[:9], 'p1,2026-01-03 10:00,"oh,5', *LINES[9:]],
    "a quote in the middle of a field": [HEAD, *LINES[:9], 'p1,2026-01-03 10:00,12" pipe,5', *LINES[9:]],
    "days first": ["who;when;what", *(f"p{number};0{1 + number % 9}-03-2026 10:00;a" for number in range(40))],
    "whole numbers for times": ["who,when,what", *(f"p{number},{1767225600 + number},a" for number in range(40))],
    "letters of several bytes": [HEAD, *(f"é€{line}" for line in LINES)],
    "words for nothing": ["who,when,what", *(f"n/a,2026-01-0{1 + number % 9},null" for number in range(40))],
    "one column": ["who", *(f"p{number}" for number in range(60))],
}


@pytest.mark.parametrize(
    ("case", "end"), [*((case, "\n") for case in HOSTILE), ("blank lines", "\r\n"), ("quoted fields", "\r\n")]
)
def test_a_file_in_pieces_is_loaded_as_the_whole(both: Both, case: str, end: str) -> None:
    write(both.folder, "web.csv", end.join(HOSTILE[case]) + end)
    roles = Roles(person="who", at="when", event="what", value="amount") if "amount" in HOSTILE[case][0] else WEB
    if case == "one column":
        roles = Roles(person="who", at="who", event="who")
    both.load(source(both.folder, "web.csv", roles))


def test_a_second_load_adds_only_what_is_new(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES[:40]]))
    web = source(both.folder, "web.csv")
    both.load(web)
    load, _ = both.load(web)
    assert (load.read, load.stored, load.duplicate) == (40, 0, 40)
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]))
    load, _ = both.load(web)
    assert (load.stored, load.duplicate) == (20, 40)
    assert read_manifest(both.many.folder).generation == 2


def test_a_store_that_was_cut_by_another_hash_is_cut_anew(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES[:40]]))
    both.load(source(both.folder, "web.csv"))
    for store in (both.one, both.many):
        write_manifest(store.folder, replace(read_manifest(store.folder), hash_check=1))
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]))
    load, _ = both.load(source(both.folder, "web.csv"))
    assert (load.stored, load.duplicate) == (20, 40)


@pytest.mark.parametrize("way", ["drop", "keep"])
def test_equal_ids_are_one_event_also_of_different_people(both: Both, way: Any) -> None:
    rows = [f"p{number % 9},2026-01-0{1 + number % 8},a,id{number % 13},{number}" for number in range(50)]
    roles = Roles(person="who", at="when", event="what", id="id")
    write(both.folder, "web.csv", "\n".join(["who,when,what,id,note", *rows, *rows[:7]]))
    web = source(both.folder, "web.csv", roles, duplicates=way)
    load, _ = both.load(web)
    assert load.stored == (13 if way == "drop" else 57)
    assert both.load(web)[0].stored == 0


def test_equal_rows_that_are_kept_get_the_same_keys(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES[:20], *LINES[:20], *LINES[5:9]]))
    web = source(both.folder, "web.csv", duplicates="keep")
    assert both.load(web)[0].stored == 44
    assert both.load(web)[0].stored == 0


def test_files_of_one_glob_count_on_and_may_differ_in_columns(both: Both) -> None:
    write(both.folder, "a.csv", "\n".join([HEAD, *LINES[:30], "p1,x"]))
    write(
        both.folder,
        "b.csv",
        "\n".join(["what;who;when;more", *(f"a;q{n};2026-02-0{1 + n % 9};{n}" for n in range(30))]),
    )
    write(both.folder, "c.csv", b"\xff\xfe" + "who,when,what\np\u00e9,2026-01-01,a\np,,b".encode("utf-16-le"))
    both.load(source(both.folder, "*.csv"))


def test_a_file_without_a_head_is_cut_too(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([*LINES[:30], "p1,x", *LINES[30:]]))
    both.load(source(both.folder, "web.csv", header=False, columns=("who", "when", "what", "amount")))


def test_a_wide_table_counts_on_over_its_pieces(both: Both) -> None:
    rows = [f"o{number},2026-01-0{1 + number % 9},{'' if number % 3 else '2026-02-01'}" for number in range(60)]
    write(both.folder, "orders.csv", "\n".join(["order,bought,sent", *rows, "o,,", "o,x,y", "o,1"]))
    events = (WideEvent("bought", "bought"), WideEvent("sent", "sent"))
    both.load(source(both.folder, "orders.csv", Roles(person="order", id="order"), events=events))


def test_a_wide_table_with_dates_and_times_apart_is_read_alike(both: Both) -> None:
    rows = [f"o{number},{1 + number % 28}-10-2026,{number % 24}:15,,{number % 7}:00" for number in range(60)]
    write(both.folder, "orders.csv", "\n".join(["order,bd,bt,ld,lt", *rows, "o1,x,9:15,3-11-2026,", ""]))
    events = (WideEvent("bought", "bd", "bt"), WideEvent("sent", "ld", "lt"))
    load, _ = both.load(source(both.folder, "orders.csv", Roles(person="order"), events=events))
    assert (load.stored, load.rejected) == (61, 1)


def test_every_worker_looks_up_what_another_file_knows(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]))
    write(both.folder, "people.csv", "\n".join(["who,town", *(f"p{number % 5},t{number}" for number in range(7))]))
    both.load(source(both.folder, "web.csv", lookups=(Lookup("people.csv", "who"),)))


def test_people_without_a_name_are_placed_by_what_they_have(both: Both) -> None:
    rows = [
        f"{'' if number % 2 else 'p1'},d{number % 5},x{number % 3}@y.nl,2026-01-01 10:{number:02},a"
        for number in range(50)
    ]
    write(both.folder, "web.csv", "\n".join(["who,device,mail,when,what", *rows, ",,,2026-01-01,a"]))
    roles = Roles(person="who", at="when", event="what", device="device")
    both.load(source(both.folder, "web.csv", roles, ids=(("email", "mail"),)))


def test_who_was_forgotten_stays_out(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]))
    web = source(both.folder, "web.csv")
    both.load(web)
    with engine() as own:
        both.one.forget(own, "p3")
    shutil.rmtree(both.many.folder)
    shutil.copytree(both.one.folder, both.many.folder)
    load, told = both.load(web)
    assert dict(told.counts) == {"forgotten": load.rejected}
    assert load.rejected > 5


JSON = [
    *(
        f'{{"who": "p{number % 7}", "when": "2026-01-0{1 + number % 9}", "what": "a", "n": {number}}}'
        for number in range(20)
    ),
    "",
    '{"who": "p1", "when": "2026-01-01", "what": "b", "deep": {"er": [1, 2]}}',
    "no json",
    '{"who": "p1", "when": null, "what": "b", "deep": "flat", "n": null}',
    '["a list"]',
    *(
        f'{{"what": "c", "who": "q{number}", "when": "{1767225600 + number}", "late{number % 3}": true}}'
        for number in range(20)
    ),
]


@pytest.mark.parametrize("lines", [JSON, JSON[:20], [JSON[22], *JSON], ["", *JSON]])
def test_json_lines_in_pieces_have_the_columns_of_all(both: Both, lines: list[str]) -> None:
    write(both.folder, "web.jsonl", "\n".join(lines))
    both.load(source(both.folder, "web.jsonl"))


def test_parquet_is_cut_between_rows_and_keeps_its_types(both: Both) -> None:
    with engine() as own:
        for name, more in (
            ("a", "range AS n, NULL::INTEGER AS late"),
            ("b", "'x' || range AS n"),
            ("c", "0.5 * range AS n"),
        ):
            rows = (
                "SELECT 'p' || range % 7 AS who, TIMESTAMP '2026-01-01' + INTERVAL (range) HOUR AS \"when\", "
                f"CASE WHEN range % 11 > 0 THEN 'a' END AS what, {more} FROM range(3000)"
            )
            own.write(Query((("rows", rows),)), both.folder / f"{name}.parquet", group=2048)
    both.size = 4000
    load, told = both.load(source(both.folder, "*.parquet"))
    assert load.read == 9000
    assert dict(told.counts) == {"no_event": 819}


def test_what_cannot_be_cut_is_left_to_this_process(both: Both, tmp_path: Path) -> None:
    write(tmp_path, "log.xes", "<log/>")
    with engine() as own:
        assert arrive(both.many.folder, own, source(tmp_path, "log.xes"), Here()) is None
    assert not both.many.folder.exists()


def test_a_mistake_names_the_file_and_its_line_not_the_piece(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]).encode() + b"\np\xe9,2026-01-01,a,1\n")
    web = source(both.folder, "web.csv")
    with engine() as own, pytest.raises(SourceError) as ours:
        checked(own, web, both.folder / "scratch")
    with engine() as own, pytest.raises(SourceError) as theirs:
        arrive(both.many.folder, own, web, Here(), size=TINY)
    assert (theirs.value.what, theirs.value.where, theirs.value.mend) == (
        ours.value.what,
        ours.value.where,
        ours.value.mend,
    )
    assert "line 62" in theirs.value.where
    assert read_manifest(both.many.folder).generation == 0
    assert not (both.many.folder / "incoming").exists()


def test_a_missing_column_is_told_as_ever(both: Both) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]))
    with engine() as own, pytest.raises(SourceError, match="'whom' is no column"):
        arrive(both.many.folder, own, source(both.folder, "web.csv", replace(WEB, person="whom")), Here(), size=TINY)


def test_a_worker_whose_engine_hashes_otherwise_stores_nothing(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    write(both.folder, "web.csv", "\n".join([HEAD, *LINES]))
    monkeypatch.setattr("klantreis.journeys.elsewhere.hash_check", lambda own: 1)
    with engine() as own, pytest.raises(StoreError, match="hashes persons otherwise"):
        arrive(both.many.folder, own, source(both.folder, "web.csv"), Here())


FITTING = st.sampled_from(["a", "p1", "", " x ", '"q"', '"say ""hi"""', '""', "2026-01-01", "é", "0"])
MISFITS = st.sampled_from(['"', 'a"b', '"a" ', '"two\nlines"', "\r", '"x', "a,b", "#"])


def rows_of(field: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.lists(field, min_size=1, max_size=5).map(",".join), min_size=1, max_size=14)


ROWS = st.one_of(rows_of(FITTING), rows_of(st.one_of(FITTING, MISFITS)))


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(8, 40))
@settings(max_examples=25, deadline=None)
def test_pieces_have_the_rows_of_the_whole_whatever_stands_in_it(
    rows: list[str], end: str, last: bool, size: int
) -> None:
    """Compared where it is decided, without a store: the rows as they are read, with their record and line."""
    with tempfile.TemporaryDirectory() as folder, engine() as own:
        here = Path(folder)
        write(here, "web.csv", "who,when,what" + end + end.join(rows) + (end if last else ""))
        web = source(here, "web.csv")
        try:
            reading, _, _ = prepared(own, web, here / "scratch")
        except SourceError:
            return
        # Where a lone return ends a line, two rows may have one number: their order says nothing then.
        assert sorted(in_pieces(own, web, here, size), key=repr) == sorted(listed(own, reading, 0), key=repr)


def listed(own: DuckDbEngine, reading: Reading, before: int) -> list[tuple[Any, ...]]:
    asked = f'SELECT "#file", "#record", "#reason", "#seen", who, "when", what FROM {reading.query.steps[-1][0]}'
    rows = own.rows(reading.query.then("all", f'{asked} ORDER BY "#record"'))
    lines = {row[1]: reading.lines(row[0], [row[1]]).get(row[1]) for row in rows}
    return [(row[0], row[1] + before, lines[row[1]], *row[2:]) for row in rows]


def in_pieces(own: DuckDbEngine, web: Source, folder: Path, size: int) -> list[tuple[Any, ...]]:
    whole = cut(own, web, size=size)
    assert whole is not None
    fitted = fitting(whole, map(look, unseen(whole)))
    found, before = [], 0
    for piece in fitted.pieces:
        reading = read_piece(own, fitted, piece, folder / f"scratch{piece.number}")
        found += listed(own, reading, before)
        before += sum(reading.counted[str(piece.file)])
    return found


def test_a_date_and_a_time_of_day_in_two_columns_are_read_alike(both: Both) -> None:
    rows = [f"p{one % 7};{1 + one % 28}-10-2026;{'' if one % 5 == 0 else f'{one % 24}:15'};x" for one in range(60)]
    write(both.folder, "a.csv", "\n".join(["who;Datum;Tijd;what", *rows, "p1;;9:15;x", "p2;3-10-2026;later;x", ""]))
    told = source(
        both.folder, "a.csv", Roles(person="who", at="Datum", event="what"), clock="Tijd", time_zone="Europe/Amsterdam"
    )
    load, refused_ = both.load(told)
    assert load.rejected == 2
    assert dict(refused_.counts) == {"no_time": 1, "bad_time": 1}
