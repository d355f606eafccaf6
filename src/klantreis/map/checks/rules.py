"""Checks of the rules by which people are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.arms import MOST_ASKED, too_many
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap


def rules_too_many(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A map that asks more than 64 rules of each journey, so that it cannot be measured.

    Each segment is one rule, and so is each group (treated, control) of a change that has a rule of its own. In a rule
    on what people do, each 'or' counts as one more.

    Fires:

        segments:
          vaak: >-
            journey.days > 0 or journey.days > 1 or journey.days > 2 or journey.days > 3 or journey.days > 4 or
            journey.days > 5 or journey.days > 6 or journey.days > 7 or journey.days > 8 or journey.days > 9 or
            journey.days > 10 or journey.days > 11 or journey.days > 12 or journey.days > 13 or journey.days > 14 or
            journey.days > 15 or journey.days > 16 or journey.days > 17 or journey.days > 18 or journey.days > 19 or
            journey.days > 20 or journey.days > 21 or journey.days > 22 or journey.days > 23 or journey.days > 24 or
            journey.days > 25 or journey.days > 26 or journey.days > 27 or journey.days > 28 or journey.days > 29 or
            journey.days > 30 or journey.days > 31 or journey.days > 32 or journey.days > 33 or journey.days > 34 or
            journey.days > 35 or journey.days > 36 or journey.days > 37 or journey.days > 38 or journey.days > 39 or
            journey.days > 40 or journey.days > 41 or journey.days > 42 or journey.days > 43 or journey.days > 44 or
            journey.days > 45 or journey.days > 46 or journey.days > 47 or journey.days > 48 or journey.days > 49 or
            journey.days > 50 or journey.days > 51 or journey.days > 52 or journey.days > 53 or journey.days > 54 or
            journey.days > 55 or journey.days > 56 or journey.days > 57 or journey.days > 58 or journey.days > 59 or
            journey.days > 60 or journey.days > 61 or journey.days > 62 or journey.days > 63 or journey.days > 64

    Does not fire:

        segments: {vaak: journey.days > 1 or journey.days = 0}
    """
    told = too_many(map_)
    if told is not None:
        yield Remark(
            None,
            Label(
                f"Deze kaart vraagt meer dan {MOST_ASKED} regels van elke reis en kan zo niet gemeten worden",
                f"This map asks more than {MOST_ASKED} rules of each journey and cannot be measured so",
            ),
            told,
            Label(
                "Zet segmenten of afgeronde veranderingen op een andere kaart.",
                "Move segments or finished changes to another map.",
            ),
        )


CHECKS = (Check("warning", rules_too_many),)
