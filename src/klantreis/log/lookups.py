"""Columns from other files, added by a key both have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import SourceError, did_you_mean
from klantreis.findings import Finding, Measured, Place
from klantreis.labels import Label, paragraph
from klantreis.log.files import where
from klantreis.log.model import Lookup, Roles, Source
from klantreis.log.numbers import thousands
from klantreis.log.reading import Reading
from klantreis.log.shape import Table, trimmed

Prepare = Callable[[Engine, Source, Path], tuple[Reading, str, tuple[Path, ...]]]
PLACE = ("#file", "#record", "#sequence", "#reason", "#seen")


def joined(
    engine: Engine, source: Source, reading: Reading, scratch: Path, *, prepare: Prepare
) -> tuple[Table, tuple[Finding, ...]]:
    """Returns the rows with the columns of every lookup beside them, and a finding for each key that is not unique.

    Of rows with the same key the first counts. A column that both files have stays as the source has it. A row whose
    key is nowhere keeps empty columns.

    Raises:
        SourceError: the lookup's file cannot be read, or one of the two key columns is not there.
    """
    table = Table(reading.query, dict(reading.columns))
    findings: list[Finding] = []
    for number, lookup in enumerate(source.lookups):
        other = _source_of(source, lookup, number)
        found, _, _ = prepare(engine, other, scratch)
        key = lookup.key or lookup.on
        _check(source, lookup.on, table.columns)
        _check(other, key, found.columns)
        findings += _double(engine, other, found, key)
        table = _beside(table, lookup.on, found, key, number)
    return table, tuple(findings)


def _source_of(source: Source, lookup: Lookup, number: int) -> Source:
    return Source(
        name=f"{source.name}, lookup {lookup.path}",
        path=lookup.path,
        folder=source.folder,
        roles=Roles(person=lookup.key or lookup.on),
        order=(source.order + 1) * 1000 + number,
        delimiter=lookup.delimiter,
        encoding=lookup.encoding,
        storage=source.storage,
    )


def _beside(table: Table, on: str, found: Reading, key: str, number: int) -> Table:
    new = {name: kind for name, kind in found.columns.items() if name not in table.columns}
    step, before = f"lookup{number}", quoted(table.query.steps[-1][0])
    inside = f"{trimmed(key, found.columns[key])} AS {quoted('#key')}"
    listed = "".join(f", {quoted(name)}" for name in new)
    query = Query(table.query.steps, {**table.query.values, **found.query.values}).then(
        step,
        f'SELECT {inside}{listed} FROM ({found.query.sql()}) WHERE "#key" IS NOT NULL AND "#reason" IS NULL '
        'QUALIFY row_number() OVER (PARTITION BY "#key" ORDER BY "#sequence") = 1',
    )
    own = ", ".join(f"found.{quoted(name)}" for name in (*PLACE, *table.columns))
    more = "".join(f", {step}.{quoted(name)}" for name in new)
    keyed = trimmed(on, table.columns[on]).replace(quoted(on), f"found.{quoted(on)}")
    query = query.then(
        f"with_{step}", f'SELECT {own}{more} FROM {before} AS found LEFT JOIN {step} ON {step}."#key" = {keyed}'
    )
    return Table(query, {**table.columns, **new})


def _double(engine: Engine, other: Source, found: Reading, key: str) -> list[Finding]:
    last = quoted(found.query.steps[-1][0])
    counted = engine.rows(
        found.query.then("keys", f"SELECT {trimmed(key, found.columns[key])} AS key FROM {last}").then(
            "counted", "SELECT count(key), count(DISTINCT key), min(key) FROM keys"
        )
    )
    rows, distinct, _ = counted[0]
    if rows == distinct:
        return []
    double = int(rows) - int(distinct)
    much, many = thousands(double)
    return [
        Finding(
            rule="double-key",
            level="warning",
            place=Place(id=key, file=other.path),
            title=Label(nl=f"Sleutel {key!r} is niet uniek", en=f"Key {key!r} is not unique"),
            detail=Label(
                nl=f"In {other.path} staan {much} rijen waarvan de sleutel al eerder voorkwam; de eerste telt.",
                en=f"{other.path} holds {many} rows whose key was there before; the first one counts.",
            ),
            advice=Label(
                nl="Kijk of `on` de juiste kolom is, of haal de dubbele rijen weg.",
                en="See whether `on` is the right column, or take the double rows out.",
            ),
            evidence=(Measured(Label(nl="dubbele rijen", en="double rows"), double, "count", int(rows)),),
        )
    ]


def _check(source: Source, column: str, columns: object) -> None:
    names = list(columns)  # type: ignore[call-overload]
    if column not in names:
        raise SourceError(
            paragraph(
                Label(f"lookups: {column!r} is geen kolom.", f"lookups: {column!r} is no column."),
                did_you_mean(column, names),
            ),
            where=where(source, source.path),
            mend=Label(f"De kolommen zijn: {', '.join(names)}.", f"The columns are: {', '.join(names)}."),
        )
