"""Who is who: the rules by which anonymous events come to a person, and what came of them.

identity:
  within: 30d                        # so long before a login anonymous events on that device still count
  people_per_device: 10              # a device of more people than this says nothing
  limits: {device: 100, email: 10}   # a person with more ids of a kind than this is linked to none of them
  blocked: [kassa-1, "*@intern.nl"]  # values that are nobody, besides the usual ones
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from klantreis.documents import Node, Reader, Reading, Record, Words, suggestion
from klantreis.documents.forms import Defs, Number, Schema
from klantreis.labels import Label
from klantreis.log.model import Source

DAY = 86_400_000_000
USUAL_BLOCKED = (
    *("", "-", "--", "0", "?", "null", "none", "nil", "undefined", "unknown", "onbekend", "nan", "n/a"),
    *("(null)", "(none)", "(not set)", "not set", "not_set", "[object object]", "true", "false"),
    *("anonymous", "anoniem", "guest", "gast", "test", "test@*", "noreply@*", "no-reply@*"),
    "00000000-0000-0000-0000-000000000000",
)
"""Values that are nobody, whatever the capitals; a `*` stands for anything."""

LIMITS = (("device", 100),)
USUAL_LIMIT = 10
BETWEEN = "\x1f"
"""Stands between kind and value in the name of somebody who has no person: device, e-mail address."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How people are recognised. `within`: microseconds; `limits`: (kind, most ids of that kind of one person).

    `stitch` False: nothing is linked; every event stays with the person, else the device, it names itself.
    """

    within: int = 30 * DAY
    people_per_device: int = 10
    limits: tuple[tuple[str, int], ...] = ()
    blocked: tuple[str, ...] = ()
    stitch: bool = True

    def limit(self, kind: str) -> int:
        """Returns how many ids of this kind one person may have."""
        return dict((*LIMITS, *self.limits)).get(kind, USUAL_LIMIT)


@dataclass(frozen=True, slots=True)
class Recognised:
    """How many events have a person, and how they came by it; the first five add up to all stored events.

    `person`: named in the event. `by_id`: another id in the event says who. `by_device`: anonymous, given to who next
    logged in on the device. `anonymous`: stay with the device. `nobody`: no usable id at all; on no journey.
    `ambiguous`: of `by_device` and `anonymous`, those between logins of different people. `people`, `devices`: how many
    people are known, and how many devices; `shared`: devices on which several people logged in.
    """

    person: int = 0
    by_id: int = 0
    by_device: int = 0
    anonymous: int = 0
    nobody: int = 0
    ambiguous: int = 0
    people: int = 0
    devices: int = 0
    shared: int = 0

    @property
    def events(self) -> int:
        """How many events there are."""
        return self.person + self.by_id + self.by_device + self.anonymous + self.nobody

    @property
    def share(self) -> float | None:
        """Share of events with a person; None when there are no events."""
        return (self.person + self.by_id + self.by_device) / self.events if self.events else None

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts, and their shares of all events (null: no events)."""
        counts = {name: getattr(self, name) for name in PARTS}
        shares = {f"{name}_share": count / self.events if self.events else None for name, count in counts.items()}
        rest = {"people": self.people, "devices": self.devices, "shared_devices": self.shared}
        return {"events": self.events, "share": self.share, **counts, **shares, **rest}


PARTS = ("person", "by_id", "by_device", "anonymous", "nobody", "ambiguous")


def blocked_sql(column: str, patterns: str = "$blocked", words: str = "$blocked_words") -> str:
    """Returns SQL that says whether a text is nobody; the patterns and words are bound as `blocked_values` gives."""
    said = f"lower({column})"
    return f"(list_contains({words}, {said}) OR regexp_full_match({said}, {patterns}))"


def blocked_values(more: Sequence[str] = ()) -> dict[str, object]:
    """Returns what `blocked_sql` binds: the plain words, and one expression for those with a `*`."""
    told = {word.strip().lower() for word in (*USUAL_BLOCKED, *more)}
    starred = sorted(word for word in told if "*" in word)
    expression = "|".join(".*".join(_escaped(part) for part in word.split("*")) for word in starred)
    return {"blocked_words": sorted(told.difference(starred)), "blocked": f"(?s:{expression})"}


def _escaped(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign == "_" or not sign.isascii() else f"\\{sign}" for sign in text)


def known_kinds(reader: Reader, sources: Sequence[Source], rules: Rules) -> Rules:
    """Returns the rules; notes a mistake for every limit of a kind of id that no source has."""
    known = dict.fromkeys(["device", *(kind for source in sources for kind, _ in source.ids)])
    block = reader.at("identity")
    limits = None if block is None else block.entry("limits")
    for kind, _ in rules.limits:
        if kind not in known and limits is not None:
            said = Words(
                Label(f"Geen bron heeft een id van de soort {kind!r}", f"No source has an id of the kind {kind!r}"),
                advice=suggestion(kind, known),
            )
            reader.reading.mistake(limits.entry(kind) or limits, said, at_key=True)
    return rules


def _rules(reader: Reader) -> Rules:
    within = reader.seconds("within")
    people = reader.whole("people_per_device", 1)
    limits = reader.mapping("limits", _LIMIT)
    return Rules(
        within=Rules().within if within is None else round(within * 1_000_000),
        people_per_device=people or Rules().people_per_device,
        limits=limits,
        blocked=reader.texts("blocked"),
    )


class _Limit:
    """A whole number of 1 or more, under the kind of id it is for."""

    def read(self, node: Node, reading: Reading) -> tuple[str, int] | None:
        """Returns (kind, number); None when it is no such number."""
        found = Number(1, whole=True).read(node, reading)
        return None if found is None else (node.name, int(found))

    def schema(self, defs: Defs) -> Schema:
        """A whole number."""
        return Number(1, whole=True).schema(defs)


_LIMIT = _Limit()
USUAL = Rules()
IDENTITY: Record[Rules] = Record("identity", _rules)
"""The form of the whole block: `reader.get("identity", IDENTITY, USUAL)`."""
