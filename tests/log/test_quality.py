import csv
import json

from klantreis.log.model import Roles, WideEvent
from klantreis.log.quality import HEAD, REASONS, write_rejected


def written(desk, content: str, **more):
    rows = desk.checked(desk.write("web.csv", content), **more)
    found = write_rejected(desk.engine, rows, desk.folder / "rejected", "load-1")
    if found.file is None:
        return found, []
    with found.file.open(encoding="utf-8-sig", newline="") as opened:
        return found, list(csv.DictReader(opened))


def test_each_refused_row_is_listed_with_place_reason_and_fields(desk) -> None:
    text = 'who,when,what\na,2026-01-01,"two\nlines"\n,2026-01-02,x\ntoo,few\nb,soon,y\n'
    found, rows = written(desk, text)
    assert found.rows == 3
    assert found.file == desk.folder / "rejected" / "web-load-1.csv"
    assert tuple(rows[0]) == HEAD
    assert [(row["line"], row["record"], row["reason"], row["seen"]) for row in rows] == [
        ("4", "2", "no_person", ""),
        ("5", "3", "bad_row", "too,few"),
        ("6", "4", "bad_time", "soon"),
    ]
    assert json.loads(rows[2]["fields"]) == {"who": "b", "when": "soon", "what": "y"}
    assert json.loads(rows[1]["fields"]) == {"row": "too,few"}
    assert rows[0]["text_nl"] == REASONS["no_person"].text.nl


def test_nothing_is_written_when_nothing_is_refused(desk) -> None:
    found, _ = written(desk, "who,when,what\na,2026-01-01,x\n")
    assert (found.rows, found.file, found.findings) == (0, None, ())
    assert not (desk.folder / "rejected").exists()


def test_a_cell_that_a_spreadsheet_would_run_is_defused(desk) -> None:
    _, rows = written(desk, "who,when,what\na,=1+1,x\nb,@SUM(A1),x\nc,-2,x\n")
    assert [row["seen"] for row in rows][:2] == ["'=1+1", "'@SUM(A1)"]


def test_a_finding_counts_each_reason_and_names_the_first_lines(desk) -> None:
    text = "who,when,what\n" + "a,soon,x\n" * 7 + ",2026-01-01,x\n"
    found, _ = written(desk, text)
    many, one = found.findings
    assert (many.rule, many.place.id, many.place.line) == ("rejected-rows", "web.bad_time", 2)
    assert many.evidence[0].value == 7
    assert many.detail.en == "Line 2, 3, 4, 5, 6 … ('soon')"
    assert many.title.nl.startswith("web: 7 rijen geweigerd")
    assert one.title.en == "web: 1 row refused: it does not say whose it is"


def test_a_row_of_a_wide_table_is_listed_for_each_event_it_lost(desk) -> None:
    found, rows = written(
        desk,
        "who,bought,sent\n,2026-01-01,2026-01-02\n",
        roles=Roles("who"),
        events=(WideEvent("buy", "bought"), WideEvent("send", "sent")),
    )
    assert found.rows == 2
    assert [row["line"] for row in rows] == ["2", "2"]


def test_a_large_field_is_not_copied_into_the_list(desk) -> None:
    found, rows = written(desk, f"who,when,what,note\na,2026-01-01,x,{'z' * 1_500_000}\n")
    assert found.file.stat().st_size < 10_000
    assert rows[0]["reason"] == "too_long"


def test_every_reason_has_words_in_both_languages() -> None:
    for reason in REASONS.values():
        assert all((reason.text.nl, reason.text.en, reason.mend.nl, reason.mend.en))


def test_many_rows_have_their_thousands_apart(desk) -> None:
    rows = desk.checked(desk.write("a.csv", "who,when,what\n" + "a,soon,x\n" * 1234))
    (said,) = write_rejected(desk.engine, rows, desk.folder / "rejected", "one").findings
    assert said.title.nl.startswith("web: 1.234 rijen geweigerd")
    assert said.title.en.startswith("web: 1,234 rows refused")
