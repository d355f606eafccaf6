"""Whose event it is: the ledger of links between people and their ids, and the name that each event gets by it.

Everything follows from the events themselves and a few decisions (links undone, people forgotten), so the same events
give the same answer in whatever order they came, and undoing a decision gives back what was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantreis.engines.base import Engine, Query, literal, quoted
from klantreis.log.identity import Recognised, Rules, blocked_sql, blocked_values
from klantreis.log.identity_ids import NONE_SEEN, UNIT, judged, own_ids

DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided by hand. `undone`: links that hold no more; `closed`: (device, moment) of a forgotten login."""

    undone: tuple[str, ...] = ()
    closed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stitched:
    """Events with a name each, and the links behind them; both live as long as the engine.

    `events` yields the events as they came with `#name` VARCHAR (NULL: nobody), `#how` VARCHAR (one of
    'person', 'by_id', 'by_device', 'anonymous', 'nobody'), `#ambiguous` BOOLEAN, and what they said themselves without
    blocked values: `#person`, `#device`, `#i.<kind>`, `#who` (the person or owner of the ids).
    `ledger` yields `link`, `who`, `kind`, `key`, `source`, `valid_from` (microseconds), `reason` ('together' in one
    event, or 'login' on a device) and `state`: 'used', or why not ('undone', 'shared' by too many people, over the
    'limit' of ids a person may have, 'persons' who would become one).
    """

    events: Query
    ledger: Query


def stitch(
    engine: Engine, events: Query, kinds: Sequence[str], rules: Rules, decided: Decisions | None = None
) -> Stitched:
    """Returns the events with the name of whose they are.

    `events` has the columns of the durable log, of which `kinds` ('device', 'i.email') tell who besides `person`. The
    rule: the person an event names; else the one owner of its other ids; else, on a device, who next logs in there
    within `rules.within`, both ends included. Nobody gets what comes before a moment at which two people log in, or
    before a login through a link that does not hold.
    """
    decided = decided or Decisions()
    ids = [kind.removeprefix("i.") for kind in kinds if kind != DEVICE]
    said = _said(events, kinds, rules)
    own_ids(engine, said, ids if rules.stitch else (), rules, decided.undone)
    whose = _whose(said, ids)
    logins = DEVICE in kinds and rules.stitch
    _log_in(engine, whose.then("seen", _LOGINS) if logins else Query((("seen", NONE_SEEN),)), rules, decided)
    engine.table("given", whose.then("waiting", _WAITING).then("given", _GIVEN, within=rules.within))
    ledger = Query((("ledger", "SELECT * FROM id_links UNION ALL SELECT * FROM device_links ORDER BY who, kind, key"),))
    return Stitched(_named(whose, ids), ledger)


def recognised(engine: Engine, stitched: Stitched) -> Recognised:
    """Returns how many of the events have a person, and how they came by it."""
    counts = ", ".join(f"count(*) FILTER (\"#how\" = '{part}') AS {part}" for part in HOW)
    wide = f'{counts}, count(*) FILTER ("#ambiguous"), count(DISTINCT "#who"), count(DISTINCT "#device")'
    (row,) = engine.rows(stitched.events.then("counted", f"SELECT {wide} FROM named"))
    ((shared,),) = engine.rows(Query((("shared", _SHARED),)))
    told: dict[str, int] = dict(zip(SEEN, map(int, row), strict=True))
    return Recognised(**told, shared=int(shared))


HOW = ("person", "by_id", "by_device", "anonymous", "nobody")
SEEN = (*HOW, "ambiguous", "people", "devices")
_SHARED = "SELECT count(*) FROM (SELECT key FROM device_links GROUP BY key HAVING count(*) > 1)"


def _said(events: Query, kinds: Sequence[str], rules: Rules) -> Query:
    """Adds what an event says of who it is, without the values that are nobody; an address in small letters."""
    cells = [_usable(quoted(column), quoted(f"#{column}")) for column in ("person", *kinds)]
    cells += [] if DEVICE in kinds else ['NULL::VARCHAR AS "#device"']
    before = quoted(events.steps[-1][0])
    return events.then("said", f"SELECT *, {', '.join(cells)} FROM {before}", **blocked_values(rules.blocked))


def _usable(column: str, name: str) -> str:
    value = f"lower({column})" if "mail" in name.lower() else column
    return f"CASE WHEN NOT {blocked_sql(column)} THEN {value} END AS {name}"


def _whose(said: Query, ids: Sequence[str]) -> Query:
    """Adds `#who`: the person an event names, else the one owner of its other ids."""
    if not ids:
        return said.then("whose", 'SELECT *, "#person" AS "#who" FROM said')
    owners, joins = [], []
    for at, kind in enumerate(ids):
        table, key = f"owner{at}", quoted(f"#i.{kind}")
        joins.append(f"LEFT JOIN id_owners AS {table} ON {table}.kind = {literal(kind)} AND {table}.key = {key}")
        owners.append(f"CASE WHEN {table}.kind IS NULL THEN {_itself(kind)} ELSE {table}.name END")
    told = f"list_distinct([{', '.join(owners)}])"
    by_id = f"CASE WHEN len({told}) = 1 THEN {told}[1] END"
    return said.then("whose", f'SELECT said.*, coalesce("#person", {by_id}) AS "#who" FROM said {" ".join(joins)}')


def _itself(kind: str) -> str:
    """Returns SQL for the name of an id that belongs to nobody else."""
    column = quoted("#device" if kind == DEVICE else f"#i.{kind}")
    return f"{literal(kind)} || {UNIT} || {column}"


_LOGINS = """
    SELECT "#who" AS who, 'device' AS kind, "#device" AS key, source, "at" FROM whose
    WHERE "#who" IS NOT NULL AND "#device" IS NOT NULL"""


def _log_in(engine: Engine, logins: Query, rules: Rules, decided: Decisions) -> None:
    """Keeps `device_links`, and `moments`: every moment of a login on a device, who it was, and who was there before.

    A login that does not hold ends what came before it, and gives nothing to anybody.
    """
    engine.table(
        "logins", logins.then("once", 'SELECT who, kind, key, "at", min(source) AS source FROM seen GROUP BY ALL')
    )
    seen = Query((("seen", "SELECT * FROM logins"),))
    limits, people = {DEVICE: rules.limit(DEVICE)}, rules.people_per_device
    engine.table("device_links", judged(seen, limits, decided.undone, people=people, reason="login"))
    devices, moments = [device for device, _ in decided.closed], [at for _, at in decided.closed]
    engine.table("moments", Query((("moments", _MOMENTS),), {"devices": devices, "closed": moments}))


_MOMENTS = """
    WITH all_logins AS (
        SELECT key, "at", who, state = 'used' AS holds FROM logins JOIN device_links USING (who, kind, key)
        UNION ALL SELECT unnest($devices::VARCHAR[]), unnest($closed::BIGINT[]), NULL, false),
    by_moment AS (
        SELECT key, "at", CASE WHEN count(*) = 1 THEN min(who) END AS who, bool_and(holds) AND count(*) = 1 AS holds,
            count(*) > 1 AS several
        FROM all_logins GROUP BY key, "at")
    SELECT *, several OR (lag("at") OVER turns IS NOT NULL AND
        (who IS NULL OR lag(who) OVER turns IS DISTINCT FROM who)) AS ambiguous
    FROM by_moment WINDOW turns AS (PARTITION BY key ORDER BY "at")"""
_WAITING = """
    SELECT key, "#device" AS device, "at" FROM whose WHERE "#who" IS NULL AND "#device" IS NOT NULL"""
_GIVEN = """
    SELECT waiting.key, CASE WHEN holds AND moments."at" - waiting."at" <= $within THEN who END AS name, ambiguous
    FROM waiting ASOF JOIN moments ON waiting.device = moments.key AND waiting."at" <= moments."at"
    """


def _named(whose: Query, ids: Sequence[str]) -> Query:
    others = ", ".join(_itself(kind) for kind in (DEVICE, *ids))
    return whose.then(
        "named",
        f"""SELECT whose.*, coalesce("#who", given.name, {others}) AS "#name",
        CASE WHEN "#person" IS NOT NULL THEN 'person' WHEN "#who" IS NOT NULL THEN 'by_id'
            WHEN given.name IS NOT NULL THEN 'by_device' WHEN coalesce({others}) IS NOT NULL THEN 'anonymous'
            ELSE 'nobody' END AS "#how",
        coalesce(given.ambiguous, false) AS "#ambiguous"
        FROM whose LEFT JOIN given USING (key)""",
    )
