"""Rows that cannot be used: why, where, and what was seen, in a file to mend and as findings to read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from klantreis.engines.base import Engine, Query, quoted
from klantreis.findings import Finding, Measured, Place
from klantreis.labels import Label
from klantreis.log.forms import USUAL, form
from klantreis.log.model import CheckedRows
from klantreis.log.numbers import thousands

MOST = 100_000
"""Rows written to the file for one source; all are counted."""
FIRST = 5
LONGEST_CELL = 1000
HEAD = ("file", "line", "record", "reason", "text_nl", "text_en", "seen", "fields")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused, and what to do about it."""

    text: Label
    mend: Label


COMMA = Label(
    nl='Staat er een komma in? Voeg toe: decimal: "," (bij een los bestand: --decimal ,)',
    en='Is there a comma in it? Add: decimal: "," (of a bare file: --decimal ,)',
)

REASONS: Mapping[str, Reason] = {
    "bad_row": Reason(
        Label(
            nl="de rij klopt niet: te veel of te weinig velden, een aanhalingsteken dat nooit sluit, of halve JSON",
            en="the row is off: too many or too few fields, a quote that never closes, or JSON that is not whole",
        ),
        Label(
            nl="Verbeter de rij in het bestand; een aanhalingsteken in een veld van een CSV schrijf je dubbel.",
            en="Mend the row in the file; a quote inside a field of a CSV is written twice.",
        ),
    ),
    "too_long": Reason(
        Label(nl="een veld is groter dan 1 MB", en="a field is larger than 1 MB"),
        Label(nl="Haal het grote veld uit de export.", en="Leave the large field out of the export."),
    ),
    "no_person": Reason(
        Label(nl="er staat niet van wie het is", en="it does not say whose it is"),
        Label(
            nl="Kijk of `person` de juiste kolom is; rijen zonder persoon horen bij geen reis.",
            en="See whether `person` is the right column; rows without a person belong to no journey.",
        ),
    ),
    "no_event": Reason(
        Label(nl="er staat niet wat er gebeurde", en="it does not say what happened"),
        Label(
            nl="Kijk of `event` de juiste kolom is, of geef er een vaste naam voor.",
            en="See whether `event` is the right column, or give a fixed name.",
        ),
    ),
    "no_time": Reason(
        Label(nl="er staat niet wanneer het was", en="it does not say when it was"),
        Label(nl="Kijk of `at` de juiste kolom is.", en="See whether `at` is the right column."),
    ),
    "bad_time": Reason(
        Label(nl="de tijd wordt niet begrepen", en="the time is not understood"),
        Label(
            nl='Zeg hoe tijden geschreven zijn, bijvoorbeeld dates: ["%d-%m-%Y %H:%M"] '
            '(bij een los bestand: --dates "%d-%m-%Y %H:%M").',
            en='Say how times are written, for example dates: ["%d-%m-%Y %H:%M"] '
            '(of a bare file: --dates "%d-%m-%Y %H:%M").',
        ),
    ),
    "bad_value": Reason(
        Label(nl="het bedrag is geen getal", en="the value is not a number"),
        COMMA,
    ),
    "bad_score": Reason(
        Label(nl="de score is geen getal", en="the score is not a number"),
        COMMA,
    ),
    "forgotten": Reason(
        Label(nl="de klant is vergeten", en="the customer was forgotten"),
        Label(
            nl="Haal deze klant ook uit het bestand; hier komt niets van de rij terug.",
            en="Take this customer out of the file too; nothing of the row comes back here.",
        ),
    ),
}
"""Code of a refusal -> its words."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The refused rows of one load of one source: how many, the file that lists them (None: no row), the findings."""

    rows: int = 0
    file: Path | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The refused events of a source, or of a piece of it: (reason, events), and the first of them in file order.

    `rows`: (file, line or None, record, reason, what was seen, the fields as JSON). `lined`: the files have lines.
    """

    source: str
    lined: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[str, int | None, int, str, str | None, str | None], ...] = ()


def write_rejected(engine: Engine, checked: CheckedRows, folder: Path, load_id: str) -> Rejected:
    """Writes the refused rows of a source to `<folder>/<source>-<load_id>.csv` and returns what to say about them."""
    return written(refused(engine, checked), folder, load_id)


def refused(engine: Engine, checked: CheckedRows) -> Refused:
    """Returns the refused events: all are counted, the first 100,000 listed; forgotten people only counted."""
    last = quoted(checked.query.steps[-1][0])
    rows = engine.table(
        "refused",
        checked.query.then(
            "refused", f"SELECT sequence, file, record, reason, seen FROM {last} WHERE reason IS NOT NULL"
        ),
    )
    counts = engine.rows(rows.then("counted", "SELECT reason, count(*) FROM refused GROUP BY reason"))
    lined = checked.lines is not None
    if not counts:
        return Refused(checked.source, lined)
    listed = engine.rows(_listed(checked, rows))
    lines = _lines(checked, listed)
    return Refused(
        checked.source,
        lined,
        tuple((str(reason), int(count)) for reason, count in counts),
        tuple((str(file), lines.get((str(file), int(record))), int(record), *more) for file, record, *more in listed),
    )


def written(refused: Refused, folder: Path, load_id: str) -> Rejected:
    """Writes refused rows to `<folder>/<source>-<load_id>.csv` and returns what to say about them.

    One line a refused event: file, line (empty when the file has none), record, reason, its words in Dutch and English,
    what was seen, and the fields as they came, as JSON. The first 100,000 are written, all are counted. A cell that a
    spreadsheet would run as a formula gets an apostrophe before it. Nothing is written when no row is refused; rows of
    people who were forgotten are counted, never written.
    """
    if not refused.counts:
        return Rejected()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{_file_name(refused.source)}-{load_id}.csv" if refused.rows else None
    if file is not None:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEAD)
            writer.writerows(_written(row) for row in refused.rows)
    counts = sorted(refused.counts, key=lambda one: (-one[1], one[0]))
    findings = tuple(_finding(refused, reason, count, _places(refused, reason)) for reason, count in counts)
    return Rejected(sum(count for _, count in counts), file, findings)


def _listed(checked: CheckedRows, refused: Query) -> Query:
    """Returns file, record, reason, seen and the raw fields as JSON of the first refused rows, in file order."""
    raw = checked.raw.sql()
    cells = ", ".join(
        f"{quoted(name)}: left(CAST(raw.{quoted(name)} AS VARCHAR), {LONGEST_CELL})" for name in checked.raw_columns
    )
    return Query(
        (
            *refused.steps,
            ("shown", "SELECT * FROM refused WHERE reason <> 'forgotten'"),
            ("first", f"SELECT * FROM shown ORDER BY file, record, sequence LIMIT {MOST}"),
            (
                "listed",
                f"SELECT file, first.record, reason, seen, "
                f"CASE WHEN reason = 'bad_row' THEN to_json({{'row': seen}}) ELSE to_json({{{cells}}}) END AS fields "
                f'FROM first LEFT JOIN ({raw}) AS raw ON raw."#file" = file AND raw."#record" = first.record '
                "ORDER BY file, first.record, sequence",
            ),
        ),
        checked.raw.values,
    )


def _lines(checked: CheckedRows, rows: list[tuple[Any, ...]]) -> dict[tuple[str, int], int]:
    if checked.lines is None:
        return {}
    asked: dict[str, set[int]] = {}
    for file, record, *_ in rows:
        asked.setdefault(str(file), set()).add(int(record))
    return {
        (file, record): line for file, records in asked.items() for record, line in checked.lines(file, records).items()
    }


def _written(row: tuple[Any, ...]) -> list[object]:
    file, line, record, reason, seen, fields = row
    words = REASONS[reason].text
    place = "" if line is None else line
    return [_safe(file), place, record, reason, words.nl, words.en, _safe(str(seen or "")), fields]


def _safe(cell: str) -> str:
    """Returns the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _places(refused: Refused, reason: str) -> list[tuple[str, int, str]]:
    """Returns (file, line or else record, what was seen) of the first rows refused for this reason."""
    found = (
        (file, record if line is None else line, str(seen or ""))
        for file, line, record, why, seen, _ in refused.rows
        if why == reason
    )
    return list(islice(found, FIRST))


def _finding(refused: Refused, reason: str, count: int, places: list[tuple[str, int, str]]) -> Finding:
    words = REASONS[reason]
    numbers = ", ".join(str(line) for _, line, _ in places) + (" …" if count > len(places) else "")
    seen = next((f" ({text[:60]!r})" for _, _, text in places if text), "")
    nl, en = ("regel", "line") if refused.lined else ("rij", "row")
    more = count != 1
    much, many = thousands(count)
    first = places[0] if places else ("", 0, "")
    written = form(first[2])
    return Finding(
        rule="rejected-rows",
        level="warning",
        place=Place(id=f"{refused.source}.{reason}", file=first[0] or None, line=first[1] or None),
        title=Label(
            nl=f"{refused.source}: {much} {'rijen' if more else 'rij'} geweigerd: {words.text.nl}",
            en=f"{refused.source}: {many} {'rows' if more else 'row'} refused: {words.text.en}",
        ),
        detail=Label(nl=f"{nl.capitalize()} {numbers}{seen}", en=f"{en.capitalize()} {numbers}{seen}"),
        advice=words.mend.each(lambda text: text.replace(USUAL[0], written)) if reason == "bad_time" else words.mend,
        evidence=(Measured(Label(nl="geweigerde rijen", en="refused rows"), float(count), "count", count),),
    )


def _file_name(source: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in source) or "source"
