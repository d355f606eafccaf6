"""How a row of touchpoints is written where people come from, go to or pass: 'cart', 'cart|basket', 'cart,pay'."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.errors import OptionError
from klantreis.labels import Label, dotted

Row = str | Sequence[str | Sequence[str]] | None


def row(words: Row, option: str) -> tuple[tuple[str, ...], ...]:
    """Returns 'a,b|c' or a list as places, each with the names that count as it; () for None.

    Raises OptionError when a place is empty; `option` is the word it names.
    """
    if words is None:
        return ()
    listed = [part.strip() for part in words.split(",")] if isinstance(words, str) else list(words)
    places = [
        tuple(part.strip() for part in place.split("|")) if isinstance(place, str) else tuple(place) for place in listed
    ]
    if not places or not all(names and all(names) for names in places):
        raise OptionError(
            Label(f"In {words!r} is een contactmoment leeg.", f"A touchpoint is empty in {words!r}."),
            where=option,
            mend=Label(
                "Noem contactmomenten, met komma's ertussen: a,b|c", "Name touchpoints, separated by commas: a,b|c"
            ),
        )
    return tuple(places)


def pair(words: str | Sequence[str], option: str) -> tuple[str, str]:
    """Returns 'a,b' or two names as a pair. Raises OptionError when there are not two."""
    two = [part.strip() for part in words.split(",")] if isinstance(words, str) else list(words)
    if len(two) != 2 or not all(two):
        raise OptionError(
            Label(f"{words!r} zijn geen twee namen.", f"{words!r} are not two names."),
            where=option,
            mend=Label(f"Bijvoorbeeld: {option} a,b", f"For example: {option} a,b"),
        )
    return two[0], two[1]


def in_both(shared: int, one: str, other: str) -> Label:
    """Returns what is told when journeys are in both of two groups that are laid side by side."""
    return Label(
        f"{dotted(shared)} reizen zitten zowel in {one!r} als in {other!r}; de intervallen zien ze als verschillende.",
        f"{shared:,} journeys are both in {one!r} and in {other!r}; the intervals take them as different.",
    )
