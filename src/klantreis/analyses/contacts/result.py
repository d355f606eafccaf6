"""`Contacts`: which touchpoints send people to another channel for help, and who has to come again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from klantreis.analyses.barriers import NOT_COMPARED, Barrier
from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Cause:
    """A touchpoint (or event off the map) that contacts are charged to.

    `share`: of the people who had the whole time after it, those who made contact within that time with nothing else
    in between; `people` is how many. `contacts`: all that are charged to it, young ones too. `to`: the contacts by what
    they were, most first. `lost`: how much lower the share is that reaches the outcome among those who made contact
    before it, than among the others who were here. `severity_feel`: how much lower those who made contact before their
    last answer score, than the others who were here before theirs, in points of -2 to +2 (no value: not asked).
    """

    kind: str
    name: str
    contacts: int
    people: int
    share: Estimate
    to: tuple[tuple[str, int], ...] = ()
    lost: Estimate = NOT_COMPARED
    examples: tuple[str, ...] = ()
    severity_feel: Estimate = NOT_COMPARED


@dataclass(frozen=True, slots=True)
class Again:
    """A contact after which people had to make contact again: of those with the whole time after it, the share.

    `lost`: how much lower the share is that reaches the outcome among those who came again before it, than among the
    others who made this contact before it. `severity_feel`: how much lower those who came again before their last
    answer score, than the others.
    """

    name: str
    people: int
    share: Estimate
    examples: tuple[str, ...] = ()
    lost: Estimate = NOT_COMPARED
    severity_feel: Estimate = NOT_COMPARED


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
            "repeats": [_again(one) for one in self.repeats],
            "barriers": [one.to_dict() for one in self.barriers],
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per cause: contacts, people, share with interval and n, the lost share and feeling."""
        return [
            {"kind": one.kind, "name": one.name, "contacts": one.contacts, "people": one.people}
            | {"share": one.share.value, "low": one.share.low, "high": one.share.high, "n": one.share.n}
            | {"lost": one.lost.value, "lost_low": one.lost.low, "lost_high": one.lost.high}
            | {"severity_feel": one.severity_feel.value, "severity_feel_low": one.severity_feel.low}
            | {"severity_feel_high": one.severity_feel.high, "severity_feel_n": one.severity_feel.n}
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
        "severity_feel": one.severity_feel.to_dict(),
        "examples": list(one.examples),
    }


def _again(one: Again) -> dict[str, Any]:
    return {
        "name": one.name,
        "people": one.people,
        "share": one.share.to_dict(),
        "lost": one.lost.to_dict(),
        "severity_feel": one.severity_feel.to_dict(),
        "examples": list(one.examples),
    }
