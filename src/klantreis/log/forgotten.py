"""Rows of people who were forgotten are refused when they come again, without a trace of whose they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from klantreis.engines.base import Engine, Query, literal, quoted
from klantreis.log.identity import BETWEEN, Rules, blocked_sql, blocked_values
from klantreis.log.model import CheckedRows

REASON = "forgotten"
PERSON = "person"


def marks(engine: Engine, ids: Sequence[tuple[str, str]], salt: str) -> tuple[str, ...]:
    """Returns the keyed hash of each (kind, value), 'person' being a kind too, as the rows of a load are compared."""
    asked = Query((("mark", f"SELECT {_mark('$kind', '$value')}"),))
    return tuple(
        str(engine.rows(Query(asked.steps, {"kind": kind, "value": value, "salt": salt}))[0][0]) for kind, value in ids
    )


def without_forgotten(rows: CheckedRows, forgotten: Sequence[str], salt: str, rules: Rules) -> CheckedRows:
    """Returns the rows with those of forgotten people refused, also where the row could not be read for another reason.

    A row is theirs when it names the person; or names nobody, but one of their other ids.
    """
    if not forgotten:
        return rows
    theirs = " OR ".join(f"coalesce({one}, false)" for one in _theirs(rows.ids))
    query = rows.query.then("compared", f"SELECT *, {theirs} AS theirs FROM {quoted(rows.query.steps[-1][0])}")
    query = query.then(
        "remembered",
        f"SELECT * EXCLUDE (theirs) REPLACE (CASE WHEN theirs THEN '{REASON}' ELSE reason END AS reason, "
        "CASE WHEN NOT theirs THEN seen END AS seen) FROM compared",
        forgotten=list(forgotten),
        salt=salt,
        **(blocked_values(rules.blocked) if rows.ids else {}),
    )
    return replace(rows, query=query)


def _theirs(columns: Sequence[str]) -> list[str]:
    """Returns the conditions under which a row is of somebody forgotten."""
    kinds = {name: name.removeprefix("i.") for name in columns if name != "device"}
    nobody = [f"(person IS NULL OR {blocked_sql('person')})"] if columns else []
    found = [_known(PERSON, "person")]
    for name, kind in kinds.items():
        found.append(
            f"{nobody[0]} AND {_known(kind, f'lower({quoted(name)})' if 'mail' in kind.lower() else quoted(name))}"
        )
    if "device" in columns:
        alone = [*nobody, *(f"{quoted(name)} IS NULL" for name in kinds)]
        found.append(f"{' AND '.join(alone)} AND {_known('device', 'device')}")
    for kind in (PERSON, *kinds.values()):
        word = "lower(word)" if "mail" in kind.lower() else "word"
        marked = f"list_transform({_WORDS}, lambda word: {_mark(literal(kind), word)})"
        found.append(f"reason = 'bad_row' AND list_has_any({marked}, $forgotten)")
    return found


_WORDS = "string_split_regex(coalesce(seen, ''), '[,;|\\t\"]')"


def _mark(kind: str, value: str) -> str:
    return f"md5(concat_ws(chr({ord(BETWEEN)}), $salt, {kind}, {value}))"


def _known(kind: str, value: str) -> str:
    return f"list_contains($forgotten, {_mark(literal(kind), value)})"
