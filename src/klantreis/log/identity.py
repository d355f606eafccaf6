"""Who is who: the rules by which anonymous events come to a person, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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


USUAL = Rules()


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
