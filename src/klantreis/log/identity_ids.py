"""Which ids belong to which person: links seen in one event, judged, and made into one owner for each id.

Tables it keeps in the engine: `id_links` (the links with their state) and `id_owners` (kind, key, name of its owner;
NULL when that is not clear). An id without a row there belongs to nobody but itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantreis.engines.base import Engine, Query, literal, quoted
from klantreis.log.identity import BETWEEN, Rules
from klantreis.log.identity_joined import PERSON, Edge, Node, joined

UNIT = f"chr({ord(BETWEEN)})"
LINK_SIGNS = 12


def link_sql(who: str, kind: str, key: str) -> str:
    """Returns SQL for the short, stable name of a link."""
    return f"left(md5(concat_ws({UNIT}, {who}, {kind}, {key})), {LINK_SIGNS})"


def judged(seen: Query, limits: Mapping[str, int], undone: Sequence[str], *, people: int, reason: str) -> Query:
    """Returns links and their state, of rows `who`, `kind`, `key`, `source`, `at`.

    `limits`: kind -> most ids of one person; `people`: most people of one id.

    Links undone by hand do not count among the people of an id, nor among the ids of a person.
    """
    links = seen.then("links", _LINKS).then("counted", _COUNTS, undone=list(undone))
    told = " ".join(f"WHEN kind = {literal(kind)} THEN {most}" for kind, most in limits.items())
    most = f"CASE {told} END" if told else "0"
    return links.then(
        "judged",
        f"""SELECT link, who, kind, key, source, valid_from, {literal(reason)} AS reason,
        CASE WHEN undone THEN 'undone' WHEN people > {people} THEN 'shared' WHEN keys > {most} THEN 'limit'
            ELSE 'used' END AS state FROM counted""",
    )


def own_ids(engine: Engine, said: Query, ids: Sequence[str], rules: Rules, undone: Sequence[str]) -> None:
    """Keeps `id_links` and `id_owners` for the ids of these kinds; both empty when there are none."""
    seen = [
        f'SELECT "#person" AS who, {literal(kind)} AS kind, {_column(kind)} AS key, source, "at" FROM said '
        f'WHERE "#person" IS NOT NULL AND {_column(kind)} IS NOT NULL'
        for kind in ids
    ]
    limits = {kind: rules.limit(kind) for kind in ids}
    rows = said.then("seen", " UNION ALL ".join(seen)) if seen else Query((("seen", NONE_SEEN),))
    engine.table("id_links", judged(rows, limits, undone, people=1, reason="together"))
    engine.table("id_owners", Query((("owners", _OWNERS),)))
    pairs = [
        _pair(one, two) for at, one in enumerate(sorted(ids)) for two in sorted(ids)[at + 1 :]
    ]  # two ids in an event without a person
    if pairs:
        _join(engine, said.then("pairs", " UNION ALL ".join(pairs)), undone)


def _column(kind: str) -> str:
    return quoted(f"#i.{kind}")


def _pair(one: str, two: str) -> str:
    return (
        f"SELECT {literal(one)} AS one, {_column(one)} AS key, {literal(two)} AS two, {_column(two)} AS other, source, "
        f'"at" FROM said WHERE "#person" IS NULL AND {_column(one)} IS NOT NULL AND {_column(two)} IS NOT NULL'
    )


NONE_SEEN = (
    "SELECT NULL::VARCHAR AS who, NULL::VARCHAR AS kind, NULL::VARCHAR AS key, NULL::VARCHAR AS source, "
    '0::BIGINT AS "at" WHERE false'
)
_LINKS = f"""
    SELECT {link_sql("who", "kind", "key")} AS link, who, kind, key, arg_min(source, ("at", source)) AS source,
        min("at") AS valid_from
    FROM seen GROUP BY who, kind, key"""
_COUNTS = """
    SELECT *, list_contains($undone, link) AS undone,
        count(*) FILTER (NOT list_contains($undone, link)) OVER (PARTITION BY kind, key) AS people,
        count(*) FILTER (NOT list_contains($undone, link)) OVER (PARTITION BY kind, who) AS keys
    FROM links"""
_OWNERS = """
    SELECT kind, key, CASE WHEN bool_and(state = 'used') THEN min(who) END AS name
    FROM id_links WHERE state <> 'undone' GROUP BY kind, key"""


def _join(engine: Engine, pairs: Query, undone: Sequence[str]) -> None:
    """Makes one of ids that were seen together without a person, and keeps those links too."""
    engine.table("id_pairs", pairs.then("first_pairs", _PAIRS).then("judged", _PAIR_STATES, undone=list(undone)))
    asked = "SELECT one, key, two, other, valid_from FROM id_pairs WHERE state = 'used'"
    together = engine.rows(Query((("asked", asked),)))
    edges: list[Edge] = [(at, (one, key), (two, other)) for one, key, two, other, at in together]
    edges += [(at, (PERSON, who), (kind, key)) for who, kind, key, at in engine.rows(Query((("known", _KNOWN),)))]
    names, refused = joined(edges)
    told = [(kind, key, _name(top)) for (kind, key), top in names.items() if kind != PERSON]
    columns: dict[str, object] = {f"now_{at}": [row[at] for row in told] for at in range(3)}
    engine.table("id_joined", Query((("joined", _NAMES),), columns))
    engine.table("id_owners_now", Query((("owners", _JOINED),)))
    engine.table("id_owners", Query((("owners", "SELECT * FROM id_owners_now"),)))
    off = [[kind, key, two, other] for _, (kind, key), (two, other) in refused]
    engine.table("id_links_now", Query((("both", _WITH_PAIRS),), {"refused": off}))
    engine.table("id_links", Query((("links", "SELECT * FROM id_links_now"),)))


def _name(node: Node) -> str:
    return node[1] if node[0] == PERSON else node[0] + BETWEEN + node[1]


_PAIRS = f"""
    SELECT {link_sql(f"one || {UNIT} || key", "two", "other")} AS link, one, key, two, other,
        arg_min(source, ("at", source)) AS source, min("at") AS valid_from
    FROM pairs GROUP BY one, key, two, other"""
_PAIR_STATES = """
    SELECT *, CASE WHEN list_contains($undone, link) THEN 'undone'
        WHEN (one, key) IN (SELECT (kind, key) FROM id_owners WHERE name IS NULL)
          OR (two, other) IN (SELECT (kind, key) FROM id_owners WHERE name IS NULL) THEN 'shared'
        ELSE 'used' END AS state FROM first_pairs"""
_KNOWN = """
    SELECT who, kind, key, valid_from FROM id_links WHERE state = 'used' AND ((kind, key) IN
        (SELECT (one, key) FROM id_pairs) OR (kind, key) IN (SELECT (two, other) FROM id_pairs))"""
_NAMES = "SELECT unnest($now_0::VARCHAR[]) AS kind, unnest($now_1::VARCHAR[]) AS key, unnest($now_2::VARCHAR[]) AS name"
_JOINED = "SELECT * FROM id_joined UNION ALL SELECT * FROM id_owners ANTI JOIN id_joined USING (kind, key)"
_WITH_PAIRS = f"""
    SELECT * FROM id_links UNION ALL
    SELECT link, one || {UNIT} || key, two, other, source, valid_from, 'together',
        CASE WHEN list_contains($refused::VARCHAR[][], [one, key, two, other]) THEN 'persons' ELSE state END
    FROM id_pairs"""
