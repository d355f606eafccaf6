"""`Contacts`: which touchpoints send people to another channel for help, and who has to come again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from klantreis.analyses.barriers import Barrier
from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Cause:
    """A touchpoint (or event off the map) that contacts are charged to.

    `share`: of the people who had the whole time after it, those who made contact within that time with nothing else
    in between; `people` is how many. `contacts`: all that are charged to it, young ones too. `to`: the contacts by what
    they were, most first. `lost`: how much lower the share is that reaches the outcome among those who made contact
    before it, than among the others who were here.
    """

    kind: str
    name: str
    contacts: int
    people: int
    share: Estimate
    to: tuple[tuple[str, int], ...] = ()
    lost: Estimate = field(default_factory=lambda: Estimate(None, 0))
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """A contact after which people had to make contact again: of those with the whole time after it, the share.

    `lost`: how much lower the share is that reaches the outcome among those who came again before it, than among the
    others who made this contact before it.
    """

    name: str
    people: int
    share: Estimate
    examples: tuple[str, ...] = ()
    lost: Estimate = field(default_factory=lambda: Estimate(None, 0))


@dataclass(frozen=True, slots=True)
class Contacts(Result):
    """`contacts`: all of them, `charged` those with a cause, of `people` persons of `all_people`. `causes`: most people
    first; `repeats`: contacts after which people came again, and `again`: the same for any contact. `usual`: the share
    over all that people were at, together. `within_seconds`, `again_seconds`: the times asked.
    """

    within_seconds: float = 0.0
    again_seconds: float = 0.0
    contacts: int = 0
    charged: int = 0
    people: int = 0
    all_people: int = 0
    usual: float | None = None
    again: Estimate = field(default_factory=lambda: Estimate(None, 0))
    causes: tuple[Cause, ...] = ()
    repeats: tuple[Again, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    why: Label = field(default_factory=Label)

    def cause(self, name: str) -> Cause | None:
        """Returns the cause of this name, None when nothing is charged to it."""
        return next((one for one in self.causes if one.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """Returns the contacts in the shape of `schemas/contacts.schema.json`."""
        return {
            "within_seconds": self.within_seconds,
            "again_seconds": self.again_seconds,
            "contacts": self.contacts,
            "charged": self.charged,
            "people": self.people,
            "all_people": self.all_people,
            "usual": self.usual,
            "again": self.again.to_dict(),
            "causes": [_cause(one) for one in self.causes],
            "repeats": [
                {"name": one.name, "people": one.people, "share": one.share.to_dict(), "lost": one.lost.to_dict()}
                | {"examples": list(one.examples)}
                for one in self.repeats
            ],
            "barriers": [one.to_dict() for one in self.barriers],
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per cause: contacts, people, share with interval and n, and the lost share."""
        return [
            {"kind": one.kind, "name": one.name, "contacts": one.contacts, "people": one.people}
            | {"share": one.share.value, "low": one.share.low, "high": one.share.high, "n": one.share.n}
            | {"lost": one.lost.value, "lost_low": one.lost.low, "lost_high": one.lost.high}
            for one in self.causes
        ]


def _cause(one: Cause) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "contacts": one.contacts,
        "people": one.people,
        "share": one.share.to_dict(),
        "to": [{"name": name, "contacts": contacts} for name, contacts in one.to],
        "lost": one.lost.to_dict(),
        "examples": list(one.examples),
    }
