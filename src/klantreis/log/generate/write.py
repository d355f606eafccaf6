"""Writes the demo shop to files as real shops have them: web events, a wide order table, reviews and tickets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from klantreis.engines.base import Query, quoted
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.log.generate.shop import (
    BANDS,
    BEGINS,
    DAY,
    EVENTS,
    HOUR,
    MEDIA,
    URGENCY,
    WORDS,
    Facts,
    Visits,
    draw,
    tried,
)
from klantreis.log.generate.truths import Shop, trials, truths

ENDS = int(datetime(2026, 10, 18, tzinfo=UTC).timestamp()) * 1_000_000
CHUNK = 250_000
AS_TEXT_BELOW = 60_000
SOURCES = ("web", "orders", "reviews", "tickets")

CHANNEL = """
    CASE split_part($events[event + 1], ':', 1)
        WHEN 'session_start' THEN CASE $media[medium + 1]
            WHEN 'social' THEN 'social' WHEN 'email' THEN 'mail' WHEN 'direct' THEN 'web' ELSE 'search' END
        WHEN 'referral_shared' THEN 'social' ELSE 'web' END"""
"""By which channel of the maps an event came: a visit by what led to it, all else on the site."""

Chunk = tuple[dict[str, NDArray[np.generic]], dict[str, NDArray[np.generic]]]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files per source, journeys begun, events, and the file with the truths."""

    files: tuple[Path, ...]
    journeys: int
    events: int
    truths: Path
    text: bool


def write(
    folder: Path,
    *,
    journeys: int = 20_000,
    seed: int = 1,
    shop: Shop | None = None,
    on_chunk: Callable[[int, int], None] | None = None,
) -> Written:
    """Writes about `journeys` first purchase journeys and what follows from them to `folder`.

    Small shops are written as CSV and JSON Lines, as people have them; from AS_TEXT_BELOW journeys as Parquet. The
    same seed and size give the same files. `on_chunk(done, all)` is called for progress.
    """
    rates = shop or Shop()
    folder.mkdir(parents=True, exist_ok=True)
    text = journeys < AS_TEXT_BELOW
    begun = events = 0
    files: list[Path] = []
    for number, (visits, facts) in enumerate(chunks(rates, journeys, seed)):
        files += _write_chunk(folder, visits, facts, text=text, number=number)
        begun, events = begun + len(facts["person"]), events + len(visits["at"])
        if on_chunk is not None:
            on_chunk(min((number + 1) * CHUNK, journeys), journeys)
    known = folder / "truths.json"
    rows = [truth.to_dict() for truth in truths(rates)]
    changes = [{"id": trial.id, "lift": trial.lift} for trial in trials(rates)]
    told = {"seed": seed, "journeys": begun, "truths": rows, "changes": changes}
    known.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return Written(tuple(files), begun, events, known, text)


def chunks(shop: Shop, journeys: int, seed: int) -> Iterator[Chunk]:
    """Yields web events and order facts, CHUNK first journeys at a time, cut off at the end of the data."""
    for first in range(0, journeys, CHUNK):
        chance = np.random.default_rng([seed, first])
        person = np.arange(first, min(first + CHUNK, journeys), dtype=np.int64)
        begin = chance.integers(BEGINS, ENDS, len(person))
        orders = np.where(chance.random(len(person)) < shop.existing, chance.integers(1, 5, len(person)), 0)
        told = [draw(shop, chance, person, begin, orders)]
        while len(told[-1][1].person) and len(told) < 4:
            told.append(_again(shop, chance, told[-1][1]))
        yield _joined(told)


def _again(shop: Shop, chance: np.random.Generator, before: Facts) -> tuple[Visits, Facts]:
    bought = before.paid >= 0
    late = before.delivered > before.promised
    back = bought & (chance.random(len(bought)) < np.where(late, shop.again_late, shop.again_on_time))
    begin = before.delivered[back] + chance.integers(60, 110, int(back.sum())) * DAY
    return draw(shop, chance, before.person[back], begin, before.orders[back] + 1)


def _joined(told: list[tuple[Visits, Facts]]) -> Chunk:
    """Returns the rounds as two sets of columns; web events carry what is known of their visitor then."""
    visits, facts = [], []
    for seen, known in told:
        row = seen.journey
        keep = seen.at < ENDS
        columns = {
            "person": known.person[row], "at": seen.at, "event": seen.event, "word": seen.word, "score": seen.score,
            "medium": known.medium[row], "band": known.band[row], "urgency": known.urgency[row],
            "mobile": known.mobile[row], "orders": known.orders[row],
        }  # fmt: skip
        columns |= {trial.column: tried(known.person[row], seen.at, trial.column) for trial in trials(Shop())}
        visits.append({name: values[keep] for name, values in columns.items()})
        facts.append({spot.name: getattr(known, spot.name) for spot in fields(known)})
    return _stacked(visits), _stacked(facts)


def _stacked(parts: list[dict[str, NDArray[np.generic]]]) -> dict[str, NDArray[np.generic]]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _write_chunk(
    folder: Path,
    visits: dict[str, NDArray[np.generic]],
    facts: dict[str, NDArray[np.generic]],
    *,
    text: bool,
    number: int,
) -> list[Path]:
    engine = DuckDbEngine()
    engine.offer("visits", visits)
    engine.offer("facts", facts)
    engine.offer("data_end", {"ends": np.array([ENDS])})
    written = []
    for source in SOURCES:
        kind = ("jsonl" if source == "tickets" else "csv") if text else "parquet"
        path = folder / (f"{source}.{kind}" if text else f"{source}-{number:04d}.{kind}")
        engine.copy(_query(source, text=text), path, delimiter=";" if source == "orders" else ",")
        written.append(path)
    engine.close()
    return written


def _query(source: str, *, text: bool) -> Query:
    return {"web": _web, "orders": _orders, "reviews": _reviews, "tickets": _tickets}[source](text)


def _web(text: bool) -> Query:
    tests = ", ".join(
        f"CASE {trial.column} WHEN 1 THEN 'nieuw' WHEN 0 THEN 'oud' END AS {trial.column}" for trial in trials(Shop())
    )
    return Query().then(
        "web",
        f"""
        SELECT printf('k%07d', person) AS visitor_id, {_utc("at", text)} AS "at",
               split_part($events[event + 1], ':', 1) AS event, $media[medium + 1] AS medium,
               CASE WHEN mobile THEN 'mobile' ELSE 'desktop' END AS device, {CHANNEL} AS channel,
               CASE WHEN word >= 0 THEN $words[word + 1] END AS query,
               nullif(split_part($events[event + 1], ':', 2), '') AS survey, nullif(score, 0) AS score,
               $bands[band + 1] AS price_band, $urgencies[urgency + 1] AS urgency, orders AS customer_orders, {tests}
        FROM visits ORDER BY "at", person, event""",
        events=list(EVENTS), media=list(MEDIA), words=list(WORDS), bands=list(BANDS), urgencies=list(URGENCY),
    )  # fmt: skip


def _orders(text: bool) -> Query:
    columns = {
        "betaald_op": "paid", "verzonden_op": "shipped", "beloofd_op": "promised", "bezorgd_op": "delivered",
        "retour_aangemeld_op": "returned", "retour_ontvangen_op": "received", "terugbetaald_op": "refunded",
    }  # fmt: skip
    shown = ", ".join(f"{_amsterdam(column, text)} AS {name}" for name, column in columns.items())
    amount = "replace(printf('%.2f', cents / 100.0), '.', ',')" if text else "cents / 100.0"
    return Query().then(
        "orders",
        f"""
        SELECT printf('o%07d-%d', person, orders) AS ordernummer, printf('k%07d', person) AS klantnummer,
               {amount} AS bedrag, 'web' AS kanaal, 'parcel' AS vervoer, {shown}
        FROM facts WHERE paid >= 0 AND paid < (SELECT ends FROM data_end) ORDER BY paid, person""",
    )


def _reviews(text: bool) -> Query:
    return Query().then(
        "reviews",
        f"""
        SELECT printf('k%07d', person) AS customer, {_utc("reviewed", text)} AS "at", review AS score,
               printf('o%07d-%d', person, orders) AS review_id, 'mail' AS channel
        FROM facts WHERE reviewed >= 0 AND reviewed < (SELECT ends FROM data_end) ORDER BY reviewed, person""",
    )


def _tickets(text: bool) -> Query:
    kinds = ("complained", "answered", "resolved", "repair", "repaired")
    names = ("complaint_opened", "complaint_answered", "complaint_resolved", "repair_requested", "repair_returned")
    parts = " UNION ALL ".join(
        f"SELECT person, {kind} AS moment, '{name}' AS event FROM facts WHERE {kind} >= 0"
        for kind, name in zip(kinds, names, strict=True)
    )
    return (
        Query()
        .then("moments", parts)
        .then(
            "tickets",
            f"""
        SELECT printf('k%07d', person) AS customer, {_utc("moment", text)} AS "at", event, 'mail' AS channel,
               CASE WHEN event LIKE 'repair%' THEN 'reparatie' ELSE 'bezorging' END AS topic
        FROM moments WHERE moment < (SELECT ends FROM data_end) ORDER BY moment, person, event""",
        )
    )


def _utc(column: str, text: bool) -> str:
    stamp = f"make_timestamp({quoted(column)})"
    return f"strftime({stamp}, '%Y-%m-%dT%H:%M:%S.%gZ')" if text else stamp


def _amsterdam(column: str, text: bool) -> str:
    """The order table speaks summer time in Amsterdam, as Dutch shop systems do; the whole period is summer time."""
    known = f"{quoted(column)} >= 0 AND ({quoted(column)} < (SELECT ends FROM data_end) OR '{column}' = 'promised')"
    stamp = f"make_timestamp({quoted(column)} + {2 * HOUR})"
    shown = f"strftime({stamp}, '%d-%m-%Y %H:%M:%S')" if text else stamp
    return f"CASE WHEN {known} THEN {shown} END"
