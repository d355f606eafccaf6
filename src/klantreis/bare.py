"""Reads one bare file of events into Journeys, without a workspace: a row is an event, a person is a journey."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import OptionError, SourceError, did_you_mean, nearest, warn
from klantreis.findings import Finding
from klantreis.journeys.fetch import persons
from klantreis.journeys.model import Journeys
from klantreis.journeys.place import Wanted, only_events, place
from klantreis.journeys.sessions import GAP_SECONDS
from klantreis.kinds import held
from klantreis.labels import Label, paragraph
from klantreis.log.files import existing, shown_path
from klantreis.log.frames import NoColumn, filed, guessed, once, said_of, told_of
from klantreis.log.identity_bare import whose
from klantreis.log.model import CheckedRows, Roles, Source, Storage
from klantreis.log.objects import SCHEME
from klantreis.log.quality import Rejected, write_rejected
from klantreis.log.read import checked
from klantreis.spans import NoSpan, span_seconds

Frame = Any
"""A data frame of pandas, polars or arrow, one row an event; they are optional, so their types are not named here."""

XES = Roles(person="case:concept:name", at="time:timestamp", event="concept:name")
"""The columns of an event log in XES: the case, when, and what happened."""

GRAINS = ("person", "session")
"""What a journey is, when no column says it."""

ALWAYS = "always:"
"""Before the name of the event that every row of a file is."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A bare file as journeys, with what there is to say about its rows: the rejected ones by reason and line."""

    journeys: Journeys
    findings: tuple[Finding, ...] = ()


@held
def read(
    path: str | Path | Frame,
    *,
    person: str | None = None,
    at: str | Sequence[str] | None = None,
    event: str | None = None,
    grain: str = "person",
    channel: str | None = None,
    value: str | None = None,
    score: str | None = None,
    detail: str | None = None,
    device: str | None = None,
    stitch: bool = False,
    session_gap: str | float | None = None,
    apart: Sequence[str] = (),
    only: str | Sequence[str] | None = None,
    format: Literal["csv", "parquet", "jsonl", "xes"] | None = None,  # noqa: A002 - the word of klantreis.yaml
    delimiter: str | None = None,
    encoding: str | None = None,
    decimal: Literal[".", ","] = ".",
    dates: str | Sequence[str] | None = (),
    time_zone: str = "UTC",
    ids: bool = False,
    threads: int | None = None,
) -> Journeys:
    """Returns the events of one file, or of one data frame (pandas, polars, arrow), as journeys.

    The columns that play a part are named: `person`, `at` (one, or two: ["Datum", "Tijd"]), `event`; see
    `read_checked`, which gives what was wrong with the rows as findings (here each is a warning), for `device`,
    `stitch`, `grain`, `session_gap`, `apart`, `only`, `ids` and the errors.
    """
    if not isinstance(path, str | Path):
        once(path, (person, *_listed(at), event, channel, value, score, detail, device, grain))
    with tempfile.TemporaryDirectory(prefix="klantreis-") as folder, told_of(path):
        source = source_of(
            path if isinstance(path, str | Path) else filed(path, Path(folder)),
            person=person or (grain if grain not in GRAINS else None),
            at=at,
            event=event,
            channel=channel,
            value=value,
            score=score,
            detail=detail,
            device=device,
            format=format,
            delimiter=delimiter,
            encoding=encoding,
            decimal=decimal,
            dates=dates,
            time_zone=time_zone,
        )
        bare = read_checked(
            source,
            grain=grain,
            session_gap=session_gap,
            apart=apart,
            only=only,
            ids=ids,
            threads=threads,
            stitch=stitch,
        )
        for finding in bare.findings:
            warn(said_of(finding))
    return bare.journeys


def source_of(
    path: str | Path,
    *,
    person: str | None = None,
    at: str | Sequence[str] | None = None,
    event: str | None = None,
    format: Literal["csv", "parquet", "jsonl", "xes"] | None = None,  # noqa: A002 - the word of klantreis.yaml
    dates: str | Sequence[str] | None = (),
    channel: str | None = None,
    value: str | None = None,
    score: str | None = None,
    detail: str | None = None,
    device: str | None = None,
    **written: Any,
) -> Source:
    """Returns a file as a source of events: which column plays which part, and how it is `written`.

    The path may be `s3://bucket/file.csv`; where that is not at AWS, AWS_ENDPOINT_URL names the service.
    `at` may be two columns, with the date and the time of day. `event` may be 'always:review', for a file in which
    every row is the same event. `written`: delimiter, encoding, decimal, time_zone, as in klantreis.yaml. Raises
    OptionError when there is no such file, and when it is not said which column holds the person, the moment or the
    event.
    """
    away = shown_path(path).startswith(SCHEME)
    file = Path(path) if away else _there(Path(path), format)
    moment, clock = _moment(at)
    always = event[len(ALWAYS) :].strip() if event is not None and event.startswith(ALWAYS) else None
    roles = Roles(
        person or "", moment, None if always else event, channel=channel, value=value, score=score, detail=detail,
        device=device,
    )  # fmt: skip
    if format == "xes" or (format is None and ".xes" in file.suffixes[-2:]):
        roles = replace(roles, person=roles.person or XES.person, at=roles.at or XES.at, event=roles.event or XES.event)
    spot = (shown_path(path), Path()) if away else (file.name, file.parent)
    bare = Source(name=file.name, path=spot[0], folder=spot[1], roles=roles, format=format, duplicates="keep")
    bare = replace(bare, storage=Storage(os.environ.get("AWS_ENDPOINT_URL", "") if away else ""))
    bare = replace(bare, event=always or None, clock=clock, dates=_listed(dates), **written)
    for role in ("person", "at", "event"):
        if not getattr(roles, role) and not (role == "event" and always):
            raise NoColumn(role, file, guessed(bare))
    return bare


def read_checked(
    source: Source,
    *,
    grain: str = "person",
    session_gap: str | float | None = None,
    apart: Sequence[str] = (),
    only: str | Sequence[str] | None = None,
    ids: bool = False,
    threads: int | None = None,
    stitch: bool = False,
) -> Bare:
    """Returns the journeys of a source with one file, and its findings.

    Every good row is kept, repeated ones too (`counts["repeated"]` tells how many); equal moments keep the order of
    the file. Rows that cannot be read are counted as rejected.

    Args:
        source: the file and the roles of its columns; for XES the columns may be left to their standard names.
        grain: what one journey is: 'person', 'session', or the column that names it (an order number). Rows without
            that name fall outside; a name that several persons share is one journey, of one of them.
        session_gap: for sessions, the pause that a session outlasts: a span such as '30m' or seconds. Default 30 min.
        apart: channels that keep sessions of their own, such as tickets.
        only: the event names to keep; the other rows are not read at all. None: every event.
        ids: keep each person's own id, for answers that list persons; else they are known by a pseudonym only.
        threads: how many cores to use; None: all.
        stitch: for a source with a `device` column: give what happens on a device to who next logs in there within 30
            days, as a workspace does. Default: each row is of the person it names, else of its device. Either way
            `about.identity` tells how many rows have a person, and how they came by it.

    Raises:
        SourceError: the file cannot be read, or misses a column.
        OptionError: an option is off.
    """
    column = None if grain in {*GRAINS, source.roles.person} else grain
    if stitch and source.roles.device is None:
        raise OptionError(
            Label(
                "Rijen moeten gekoppeld worden, maar geen kolom is het apparaat.",
                "Rows are to be linked, but no column is the device.",
            ),
            mend=Label("Noem hem: device=...", "Name it: device=..."),
        )
    if apart and source.roles.channel is None:
        raise OptionError(
            Label(
                "Kanalen moeten apart blijven, maar geen kolom is het kanaal.",
                "Channels are to stand apart, but no column is the channel.",
            ),
            mend=Label("Noem hem: channel=...", "Name it: channel=..."),
        )
    wanted = replace(_wanted(source.roles, grain, column, session_gap), apart=tuple(apart))
    named = replace(source, properties=(column,) if column is not None else ())
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch:
        engine = DuckDbEngine(threads=threads, scratch=Path(scratch))
        try:
            rows, seen = _checked(engine, named, Path(scratch), column), None
            if source.roles.device is not None:
                query, seen = whose(engine, rows.query, linked=stitch)
                rows = replace(rows, query=query)
            journeys = place(engine, only_events(rows.query, _listed(only)), wanted, threads=threads)
            journeys = _with_ids(engine, rows.query, journeys) if ids else journeys
            refused = _refused(engine, rows, Path(scratch)) if journeys.counts["rejected"] else Rejected()
        finally:
            engine.close()
    about = replace(journeys.about, time_zone=source.time_zone, identity=seen)
    return Bare(replace(journeys, about=about), (*rows.findings, *refused.findings))


def _checked(engine: DuckDbEngine, source: Source, scratch: Path, grain: str | None) -> CheckedRows:
    """Returns the rows of a source; that the column of `grain` is not there is said of the word that named it."""
    try:
        return checked(engine, source, scratch)
    except SourceError as error:
        what, where, mend = error.texts
        if grain is None or (said := f"properties: {grain!r}") not in what.text("en"):
            raise
        near = did_you_mean(grain, GRAINS) if nearest(grain, GRAINS) else Label()
        named = what.each(lambda text: text.replace(said, f"grain: {grain!r}"))
        raise SourceError(paragraph(named, near), where=where, mend=mend) from None


def _with_ids(engine: DuckDbEngine, rows: Query, journeys: Journeys) -> Journeys:
    """Returns the journeys with the id of every person, as in the source."""
    of_key = persons(engine, rows)
    buckets = [
        replace(bucket, ids=np.array([of_key.get(key, "") for key in bucket.keys.tolist()], dtype=object))
        for bucket in journeys.buckets
    ]
    return replace(journeys, buckets=tuple(buckets))


def _refused(engine: DuckDbEngine, rows: CheckedRows, scratch: Path) -> Rejected:
    """Returns what to say about the refused rows; the list that goes with it is for workspaces, which keep it."""
    return replace(write_rejected(engine, rows, scratch / "rejected", "bare"), file=None)


def _wanted(roles: Roles, grain: str, column: str | None, session_gap: str | float | None) -> Wanted:
    if session_gap is not None and grain != "session":
        raise OptionError(
            Label(
                "Er is een pauze tussen sessies gegeven, maar de reizen zijn niet in sessies geknipt.",
                "A session gap was given, but journeys are not cut into sessions.",
            ),
            mend=Label("Zet grain='session' erbij.", "Add grain='session'."),
        )
    gap = session_gap if isinstance(session_gap, int | float) else _seconds(session_gap)
    return Wanted(
        channel=roles.channel is not None,
        detail=roles.detail is not None,
        value=roles.value is not None,
        score=roles.score is not None,
        name=None if column is None else f"p.{column}",
        gap_seconds=gap if grain == "session" else None,
        grain=grain,
    )


def _there(path: Path, kind: str | None) -> Path:
    """Returns the path of a file, of several (data/*.csv), or of a folder of Parquet; raises OptionError for others."""
    several = any(sign in str(path) for sign in "*?[") or (path.is_dir() and any(path.rglob(f"*.{kind or 'parquet'}")))
    return path if several else existing(path)


def _seconds(gap: str | None) -> float:
    if gap is None:
        return GAP_SECONDS
    try:
        return span_seconds(gap)
    except NoSpan as error:
        raise OptionError(
            error.said.each(lambda text: f"{text}."),
            where="session_gap",
            mend=Label("Bijvoorbeeld: session_gap='30m'.", "For example: session_gap='30m'."),
        ) from error


def _moment(at: str | Sequence[str] | None) -> tuple[str | None, str | None]:
    """Returns the column of the moment and, when it stands apart, that of the time of day."""
    named = _listed(at)
    if len(named) > 2:
        raise OptionError(
            Label(f"`at` noemt {len(named)} kolommen.", f"`at` names {len(named)} columns."),
            mend=Label(
                "Eén met het moment, of twee: de datum en de tijd.",
                "One with the moment, or two: the date and the time of day.",
            ),
        )
    return (named[0] if named else None), (named[1] if len(named) == 2 else None)


def _listed(given: str | Sequence[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)
