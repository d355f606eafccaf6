"""What a user's file may look like, and what must come of it."""

import gzip
from pathlib import Path

import pytest

from klantreis.engines.base import Query
from klantreis.errors import SourceError
from klantreis.log.model import Lookup, Roles, WideEvent
from klantreis.log.read import columns_of

HEAD = "who,when,what\n"
GOOD = "a,2026-01-01,x\nb,2026-01-02,y\n"
PEOPLE = [("a", "x"), ("b", "y")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(desk, delimiter: str) -> None:
    assert desk.read((HEAD + GOOD).replace(",", delimiter), "person, event") == PEOPLE


def test_the_delimiter_is_not_taken_from_inside_quotes(desk) -> None:
    text = 'who;when;what\n"a,b,c,d";2026-01-01;"x, y, z"\n'
    assert desk.read(text, "person, event") == [("a,b,c,d", "x, y, z")]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_end_are_fine(desk, mark: bytes, end: str) -> None:
    assert desk.read(mark + (HEAD + GOOD).replace("\n", end).encode(), "person, event") == PEOPLE


def test_mixed_line_ends_are_fine(desk) -> None:
    assert desk.read(HEAD + "a,2026-01-01,x\r\nb,2026-01-02,y\nc,2026-01-03,z\r\n", "person") == [
        ("a",),
        ("b",),
        ("c",),
    ]


def test_a_last_line_without_an_end_and_blank_lines_are_fine(desk) -> None:
    assert desk.read(HEAD + "a,2026-01-01,x\n\n\nb,2026-01-02,y", "person, record") == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252"])
def test_an_encoding_that_is_told_is_followed(desk, encoding: str) -> None:
    text = "who,when,what\nRené,2026-01-01,café\n"
    assert desk.read(text.encode(encoding), "person, event", encoding=encoding) == [("René", "café")]


def test_utf16_with_a_mark_needs_no_telling(desk) -> None:
    assert desk.read((HEAD + GOOD).encode("utf-16"), "person, event") == PEOPLE


def test_bytes_that_are_not_utf8_name_the_line_and_the_mend(desk) -> None:
    file = desk.write("a.csv", HEAD.encode() + b"a,2026-01-01,x\nb,2026-01-02,caf\xe9 \x80 5\n")
    with pytest.raises(SourceError) as refused:
        desk.checked(file)
    assert "cp1252" in refused.value.what
    assert "line 3" in refused.value.where
    assert "encoding: cp1252" in refused.value.mend


def test_an_encoding_that_does_not_fit_or_exist_is_refused(desk) -> None:
    file = desk.write("a.csv", HEAD.encode() + b"Ren\xe9,2026-01-01,x\n")
    with pytest.raises(SourceError, match="says it is UTF-8"):
        desk.checked(file, encoding="utf-8")
    with pytest.raises(SourceError, match="does not exist") as refused:
        desk.checked(file, encoding="cp125")
    assert "cp1252" in refused.value.mend


def test_ids_keep_their_letters_and_lose_only_the_blanks_around_them(desk) -> None:
    text = HEAD + 'NA,2026-01-01,null\n" a b ",2026-01-01,"\tx "\n007,2026-01-01,NaN\n\u00a0c,2026-01-01,x\n'
    assert desk.read(text, "person, event") == [("NA", "null"), ("a b", "x"), ("007", "NaN"), ("c", "x")]


EDGES = ("", " ", "\t", "\u00a0", " \t", "\f", "\u2003", "~", "\x7f", "é", "e\u0301", "\u0301", "🙂", "€", "!", "0")


def test_only_the_blanks_at_the_edges_of_any_text_go(desk) -> None:
    texts = [f"{before}a b{after}" for before in EDGES for after in EDGES] + list(EDGES)
    told = desk.read(HEAD + "".join(f'"{text}",2026-01-01,x\n' for text in texts), "person")
    assert [row[0] for row in told] == [text.strip(" \t\r\n\u00a0") or None for text in texts]


def test_every_bad_row_has_its_reason_and_none_stops_the_load(desk) -> None:
    rows = {
        "a,2026-01-01,x,1,2": None,
        ",2026-01-01,x,1,2": "no_person",
        '"  ",2026-01-01,x,1,2': "no_person",
        "a,,x,1,2": "no_time",
        "a,gisteren,x,1,2": "bad_time",
        "a,2026-01-01,,1,2": "no_event",
        "a,2026-01-01,x,veel,2": "bad_value",
        "a,2026-01-01,x,1,goed": "bad_score",
        "a,2026-01-01,x": "bad_row",
        "a,2026-01-01,x,1,2,3": "bad_row",
        'a,2026-01-01,"x"y,1,2': "bad_row",
        "a,2026-01-01,x,,": None,
        "a,2026-01-01,x,NA,null": None,
    }
    found = desk.checked(
        desk.write("a.csv", "who,when,what,value,score\n" + "\n".join(rows) + "\n"),
        Roles("who", "when", "what", value="value", score="score"),
    )
    assert desk.select(found, "record, reason", "ORDER BY record") == list(enumerate(rows.values(), start=1))
    seen = dict(desk.select(found, "reason, seen", "WHERE reason LIKE 'bad_%' ORDER BY record DESC"))
    assert seen == {"bad_row": "a,2026-01-01,x", "bad_score": "goed", "bad_value": "veel", "bad_time": "gisteren"}


def test_three_bad_rows_among_many_are_exactly_those_three_with_their_lines(desk) -> None:
    count = 60_000
    lines = [f'u{n},2026-01-01,"two\nlines"' if n % 1000 == 0 else f"u{n},2026-01-01,x" for n in range(count)]
    lines[123], lines[40_000], lines[-1] = "too,few", "a,b,c,d,e", "z,never,x"
    rows = desk.checked(desk.write("a.csv", HEAD + "\n".join(lines) + "\n"))
    assert desk.counts(rows) == {None: count - 3, "bad_row": 2, "bad_time": 1}
    records = [row[0] for row in desk.select(rows, "record", "WHERE reason IS NOT NULL ORDER BY 1")]
    assert records == [124, 40_001, count]
    text = (HEAD + "\n".join(lines)).split("\n")
    found = rows.lines(str(desk.folder / "a.csv"), records)
    assert [text[found[record] - 1] for record in records] == ["too,few", "a,b,c,d,e", "z,never,x"]
    good = desk.select(rows, "person, record", "WHERE reason IS NULL ORDER BY sequence")
    assert all(person == f"u{record - 1}" for person, record in good)


def test_a_quote_that_never_closes_costs_one_row_not_the_rest_of_the_file(desk) -> None:
    lines = [f"u{n},2026-01-01,{'abc' * 20}{n}" for n in range(50_000)]
    lines[100], lines[30_000] = 'bad1,"2026-01-01,x', 'bad2,2026-01-01,"x'
    rows = desk.checked(desk.write("a.csv", HEAD + "\n".join(lines) + "\n"))
    assert desk.counts(rows) == {None: 49_998, "bad_row": 2}
    bad = desk.select(rows, "record, seen", "WHERE reason IS NOT NULL ORDER BY record")
    assert bad == [(101, lines[100]), (30_001, lines[30_000])]
    assert rows.lines(str(desk.folder / "a.csv"), [101, 30_001]) == {101: 102, 30_001: 30_002}


def test_a_file_full_of_open_quotes_is_refused_with_what_to_look_at(desk) -> None:
    file = desk.write("a.csv", HEAD + "".join(f'a{n},2026-01-01,"x\nb,2026-01-01,y\n' for n in range(50)))
    with pytest.raises(SourceError, match="never closes"):
        desk.checked(file)


def test_ten_megabytes_in_one_field_refuse_that_row_only(desk) -> None:
    big = "z" * 10_000_000
    text = f"{HEAD}a,2026-01-01,x\nb,2026-01-01,{big}\nc,2026-01-01,{big[:1_500_000]}\nd,2026-01-01,x\n"
    rows = desk.checked(desk.write("a.csv", text))
    found = desk.select(rows, "record, reason, length(seen)", "ORDER BY record")
    assert [row[:2] for row in found] == [(1, None), (2, "too_long"), (3, "too_long"), (4, None)]
    assert all(length is None or length <= 200 for *_, length in found)


def test_a_large_quoted_field_over_many_lines_refuses_that_row_only(desk) -> None:
    big = "line, and line\n" * 300_000
    text = f'{HEAD}a,2026-01-01,x\nb,2026-01-01,"{big}"\nc,2026-01-01,x\nd,2026-01-01\n'
    rows = desk.checked(desk.write("a.csv", text))
    assert desk.select(rows, "record, reason", "ORDER BY record") == [
        (1, None), (2, "too_long"), (3, None), (4, "bad_row"),
    ]  # fmt: skip
    assert rows.lines(str(desk.folder / "a.csv"), [2, 3, 4]) == {2: 3, 3: 300_004, 4: 300_005}


def test_ten_megabytes_in_a_json_line_refuse_that_row_only(desk) -> None:
    big = "z" * 10_000_000
    lines = [f'{{"who":"a","when":"2026-01-01","what":"{what}"}}' for what in ("x", big, "y")]
    rows = desk.checked(desk.write("a.jsonl", "\n".join(lines) + "\n"))
    assert desk.select(rows, "record, reason") == [(1, None), (2, "too_long"), (3, None)]


@pytest.mark.parametrize(
    ("decimal", "text", "value"),
    [
        (".", "12.5", 12.5),
        (".", "1,234.50", 1234.5),
        (".", "€ 12.50", 12.5),
        (".", "-3", -3),
        (".", "1e3", 1000),
        (".", "12,50", None),
        (",", "12,50", 12.5),
        (",", "1.234.567,89", 1234567.89),
        (",", "-0,5", -0.5),
        (",", "12.50", None),
        (",", "1.234", 1234),
        (",", "€ 5", 5),
    ],
)
def test_numbers_are_read_as_written_or_refused(desk, decimal: str, text: str, value: float | None) -> None:
    roles = Roles("who", "when", "what", value="value")
    found = desk.read(f"who;when;what;value\na;2026-01-01;x;{text}\n", "value, reason", roles=roles, decimal=decimal)
    assert [(None if found[0][0] is None else float(found[0][0]), found[0][1])] == [
        (value, "bad_value" if value is None else None)
    ]


def test_a_file_without_a_head_gets_names_from_the_source(desk) -> None:
    file = desk.write("a.csv", GOOD)
    assert desk.select(desk.checked(file, header=False, columns=("who", "when", "what")), "person, record") == [
        ("a", 1),
        ("b", 2),
    ]
    with pytest.raises(SourceError, match="3 columns") as refused:
        desk.checked(file, header=False)
    assert "columns: [name1, name2, name3]" in refused.value.mend
    with pytest.raises(SourceError, match="names 2 columns, but the file has 3"):
        desk.checked(file, header=False, columns=("who", "when"))


def test_a_wide_table_gives_an_event_for_each_filled_time(desk) -> None:
    text = "who,bought,sent\na,2026-01-01,2026-01-03\nb,2026-01-02,\nc,,\nd,,later\n,2026-01-05,\n"
    rows = desk.checked(
        desk.write("a.csv", text), Roles("who"), events=(WideEvent("buy", "bought"), WideEvent("send", "sent"))
    )
    assert desk.select(rows, "person, event, record, reason") == [
        ("a", "buy", 1, None),
        ("a", "send", 1, None),
        ("b", "buy", 2, None),
        ("d", "send", 4, "bad_time"),
        (None, "buy", 5, "no_person"),
    ]


def test_a_broken_row_of_a_wide_table_is_refused_once(desk) -> None:
    rows = desk.checked(
        desk.write("a.csv", "who,bought,sent\na,b\n"),
        Roles("who"),
        events=(WideEvent("buy", "bought"), WideEvent("send", "sent")),
    )
    assert desk.counts(rows) == {"bad_row": 1}


def test_the_person_may_come_from_another_file(desk) -> None:
    desk.write("people.csv", "k;person;city\n1;Ann;Oss\n2;Bob;Ede\n2;Bea;Ede\n")
    text = "order,when,what,city\n1,2026-01-01,x,here\n2,2026-01-02,y,here\n3,2026-01-03,z,here\n"
    rows = desk.checked(
        desk.write("a.csv", text),
        Roles("person", "when", "what"),
        lookups=(Lookup(path="people.csv", on="order", key="k"),),
    )
    assert desk.select(rows, 'person, "p.city", reason') == [
        ("Ann", "here", None),
        ("Bob", "here", None),
        (None, "here", "no_person"),
    ]
    assert [(found.rule, found.evidence[0].value) for found in rows.findings] == [("double-key", 1)]


def test_other_columns_are_properties_under_their_new_names(desk) -> None:
    text = "who,when,what,customer_orders,note\na,2026-01-01,x,3,\n"
    rows = desk.checked(desk.write("a.csv", text), rename=(("customer_orders", "customer.orders"),))
    assert rows.properties == ("customer.orders", "note")
    assert desk.select(rows, '"p.customer.orders", "p.note"') == [("3", None)]
    listed = desk.checked("a.csv", properties=("note",))
    assert listed.properties == ("note",)


def test_a_column_with_a_part_keeps_its_own_name_for_conditions(desk) -> None:
    text = "who,when,what,medium,score,session_id,bedrag\na,2026-01-01,x,social,7,s1,12.5\n"
    roles = Roles("who", "when", "what", channel="medium", score="score", session="session_id", value="bedrag")
    rows = desk.checked(desk.write("a.csv", text), roles)
    assert rows.properties == ("medium", "bedrag")
    assert desk.select(rows, 'channel, "p.medium", "p.bedrag"') == [("social", "social", "12.5")]


def test_two_properties_of_one_name_are_refused(desk) -> None:
    file = desk.write("a.csv", "who,when,what,a,b\na,2026-01-01,x,3,4\n")
    with pytest.raises(SourceError, match="Two columns"):
        desk.checked(file, rename=(("a", "b"),))


def test_a_fixed_event_fills_what_the_column_leaves_open(desk) -> None:
    text = HEAD + "a,2026-01-01,\nb,2026-01-01,y\n"
    assert desk.read(text, "event", event="review") == [("review",), ("y",)]
    assert desk.read(text, "event", roles=Roles("who", "when"), event="it's") == [("it's",), ("it's",)]


def test_missing_columns_come_all_at_once_with_the_nearest_names(desk) -> None:
    file = desk.write("a.csv", "visitor_id,tijdstip,activity\na,2026-01-01,x\n")
    with pytest.raises(SourceError) as refused:
        desk.checked(file, Roles("visitr_id", "tijdstp", "actvity"))
    assert [word in str(refused.value) for word in ("'visitor_id'?", "'tijdstip'?", "'activity'?")] == [True] * 3
    assert "visitor_id, tijdstip, activity" in refused.value.mend


def test_columns_are_found_whatever_their_capitals(desk) -> None:
    assert desk.read("Who,WHEN,what\na,2026-01-01,x\n", "person, event") == [("a", "x")]


def test_columns_named_twice_or_not_at_all_get_names(desk) -> None:
    file = desk.write("a.csv", "who,when,what,,note,note\na,2026-01-01,x,1,2,3\n")
    assert list(columns_of(desk.engine, desk.source(file), desk.folder)) == [
        "who", "when", "what", "column4", "note", "note_2",
    ]  # fmt: skip


def test_files_of_one_glob_follow_in_order_and_may_differ_in_columns(desk) -> None:
    desk.write("d/2.csv", "what,who,when,extra\ny,b,2026-01-01,1\nbad\ny,c,2026-01-01,1\n")
    desk.write("d/1.csv.gz", HEAD + "short\na,2026-01-01,x\n")
    desk.write("d/3.csv", HEAD + "d,2026-01-01,x\n")
    rows = desk.checked("d/*.csv*")
    found = desk.select(
        rows, 'person, record, parse_filename(file), "p.extra"', "WHERE reason IS NULL ORDER BY sequence"
    )
    assert found == [
        ("a", 2, "1.csv.gz", None),
        ("b", 1, "2.csv", "1"),
        ("c", 3, "2.csv", "1"),
        ("d", 1, "3.csv", None),
    ]
    bad = desk.select(rows, "parse_filename(file), record", "WHERE reason = 'bad_row' ORDER BY 1")
    assert bad == [("1.csv.gz", 1), ("2.csv", 2)]


def test_a_folder_of_parquet_is_one_source_with_records_for_each_file(desk) -> None:
    for number in (1, 2):
        sql = f"SELECT 'u' || i AS who, TIMESTAMP '2026-01-01' AS when, {number} AS what FROM range({number}) AS r(i)"
        (desk.folder / "p").mkdir(exist_ok=True)
        desk.engine.write(Query().then("made", sql), desk.folder / f"p/{number}.parquet")
    rows = desk.checked("p")
    assert desk.select(rows, "event, record") == [("1", 1), ("2", 1), ("2", 2)]
    assert len({row[0] for row in desk.select(rows, "sequence")}) == 3


def test_parquet_gives_what_the_same_rows_as_text_give(desk) -> None:
    text = "who,when,what,value,score,note,flag\n"
    text += "13085,2026-01-01 10:00:00.5,x,1.5,4,é,true\n,2026-01-02 00:00:00,y,2,,,false\n"
    desk.write("a.csv", text)
    types = {"who": "DOUBLE", "when": "TIMESTAMP", "value": "DOUBLE", "score": "INTEGER", "flag": "BOOLEAN"}
    cells = ", ".join(f'TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items())
    made = f"SELECT * REPLACE ({cells}) FROM read_csv('{desk.folder}/a.csv', all_varchar = true)"
    desk.engine.write(Query().then("made", made), desk.folder / "a.parquet")
    roles = Roles("who", "when", "what", value="value", score="score")
    cells = 'person, "at", event, value, score, "p.note", "p.flag", record, reason'
    assert desk.select(desk.checked("a.parquet", roles), cells) == desk.select(desk.checked("a.csv", roles), cells)


def _truncated_gzip(desk) -> Path:
    whole = gzip.compress((HEAD + "".join(f"u{n},2026-01-01,x{n * 7919}\n" for n in range(20_000))).encode())
    return desk.write("cut.csv.zip", whole[: len(whole) // 2]).rename(desk.folder / "cut.csv.gz")


def _truncated_parquet(desk) -> Path:
    desk.engine.write(Query().then("made", "SELECT 'a' AS who"), desk.folder / "whole.parquet")
    return desk.write("cut.parquet", (desk.folder / "whole.parquet").read_bytes()[:-20])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda desk: desk.write("a.csv", ""), "is empty"),
        (lambda desk: desk.write("a.csv", "\n\n"), "only blank lines"),
        (lambda desk: desk.folder / "b.csv", "is not there"),
        (lambda desk: "x/*.csv", "No file fits"),
        (lambda desk: desk.write("f/a.csv", HEAD).parent, "is a folder without parquet files"),
        (lambda desk: desk.write("a.parquet", "who,when"), "not a Parquet file"),
        (_truncated_parquet, "cut short"),
        (_truncated_gzip, "cut short"),
        (lambda desk: desk.write("a.dat", HEAD), "The ending says not"),
        (lambda desk: desk.write("a.json", '[\n{"who": 1},\n{"who": 2}\n]'), "one JSON list"),
        (lambda desk: desk.write("a.jsonl", "1\n2\n"), "No line of the file is a JSON object"),
    ],
)
def test_what_cannot_be_read_says_what_where_and_how_to_mend(desk, make, said: str) -> None:
    with pytest.raises(SourceError, match=said) as refused:
        desk.checked(make(desk))
    assert "source 'web'" in refused.value.where
    assert refused.value.mend


def test_a_missing_file_names_the_one_that_looks_like_it(desk) -> None:
    desk.write("data/orders.csv", HEAD)
    with pytest.raises(SourceError, match="not there") as refused:
        desk.checked("data/order.csv")
    assert "orders.csv" in refused.value.mend


def test_a_head_without_rows_is_a_source_without_events(desk) -> None:
    assert desk.read(HEAD, "person") == []


def test_names_with_quotes_and_stars_are_names(desk) -> None:
    file = desk.write("it's [1].csv", '"who","wh""en","what;"\na,2026-01-01,x\n')
    assert desk.select(desk.checked(file, Roles("who", 'wh"en', "what;")), "person") == [("a",)]


def test_a_time_zone_that_does_not_exist_is_refused_with_the_nearest(desk) -> None:
    with pytest.raises(SourceError, match="does not exist") as refused:
        desk.checked(desk.write("a.csv", HEAD + GOOD), time_zone="Europe/Amsterdm")
    assert "Europe/Amsterdam" in refused.value.mend


def test_json_lines_are_flat_and_bad_lines_are_refused_with_their_line(desk) -> None:
    lines = [
        '{"who": 12345678901234567890, "when": "2026-01-01", "what": "x", "p": {"sum": 1.5, "tags": ["a", "b"]}}',
        "",
        "{broken",
        '{"who": "b", "when": 1798761541000, "what": null, "p": null}',
        '["a"]',
        '{"who": "c", "when": "2026-01-01", "what": "z", "late": true}',
    ]
    rows = desk.checked(desk.write("a.jsonl.gz", "\r\n".join(lines)), Roles("who", "when", "what", value="p.sum"))
    assert rows.properties == ("p.sum", "p.tags", "late")
    assert desk.select(rows, 'person, record, reason, value::DOUBLE, "p.p.tags", "p.late"') == [
        ("12345678901234567890", 1, None, 1.5, '["a","b"]', None),
        (None, 3, "bad_row", None, None, None),
        ("b", 4, "no_event", None, None, None),
        (None, 5, "bad_row", None, None, None),
        ("c", 6, None, None, None, "true"),
    ]
