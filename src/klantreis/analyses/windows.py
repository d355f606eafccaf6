"""Where an anchor is met: the places in the runs of journeys that a look forward and a look back begin from.

An anchor is a touchpoint, several that count as one, or a whole row of them met one directly after the other. Without
an anchor every journey has one window, at its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from klantreis.analyses.succession import Codes, Ints, Runs, code, named
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import Names
from klantreis.kernels import kernel
from klantreis.labels import Label

Anchor = tuple[tuple[str, ...], ...]
Occurrence = Literal["every", "first", "last"]
WHICH = {"every": 0, "first": 1, "last": 2}
FARTHEST = 1000
LONGEST = 62


@dataclass(frozen=True, slots=True)
class Windows:
    """Per window the place of the anchor's `first` and `last` touch in the runs, and its `journey` (never falling).

    Without an anchor `last` stands before the journey's first touch, so that one step forward is that touch.
    """

    first: Ints
    last: Ints
    journey: Ints
    person: Ints

    @property
    def sizes(self) -> Ints:
        """How many windows each person with a window has."""
        if not len(self.person):
            return np.empty(0, np.int64)
        new = np.flatnonzero(np.diff(self.person, prepend=-1))
        return np.diff(np.append(new, len(self.person)))


def windows(found: Runs, names: Names, anchor: Anchor, occurrence: Occurrence) -> Windows:
    """Returns the windows of an anchor: every place it is met, or in each journey the first or the last.

    A name that the log does not have is never met. Raises OptionError for an anchor of more than 62 touchpoints, or
    another word for which occurrence.
    """
    if len(anchor) > LONGEST:
        raise OptionError(
            Label(
                f"Een vertrekpunt heeft hoogstens {LONGEST} contactmomenten op rij; dit heeft er {len(anchor)}.",
                f"An anchor has at most {LONGEST} touchpoints in a row; this one has {len(anchor)}.",
            )
        )
    if occurrence not in WHICH:
        raise OptionError(
            Label(f"De keer {occurrence!r} is er niet.", f"There is no occurrence {occurrence!r}."),
            mend=did_you_mean(occurrence, WHICH),
        )
    if not anchor:
        begins, every = found.start[:-1], np.arange(len(found.person))
        return Windows(begins, begins - 1, every, found.person)
    last, journey = _met(found.node, found.start, _masks(found, names, anchor), len(anchor), WHICH[occurrence])
    return Windows(last - (len(anchor) - 1), last, journey, found.person[journey])


def unknown(names: Names, anchor: Anchor, *, unmapped: bool = False) -> tuple[str, ...]:
    """Returns the names of an anchor that the data has no touchpoint (or, when asked for, no event) for."""
    known = {*names.touchpoints, *(named(_codes_of_events(names), names) if unmapped else ())}
    return tuple(dict.fromkeys(name for place in anchor for name in place if name not in known))


def checked(forward: int, backward: int) -> None:
    """Raises OptionError when the steps to look forward and back are negative, none, or beyond what is kept."""
    if min(forward, backward) < 0 or not 0 < forward + backward <= FARTHEST:
        raise OptionError(
            Label(
                f"{forward} stappen vooruit en {backward} terug kijken gaat niet.",
                f"Looking {forward} steps forward and {backward} back cannot be done.",
            ),
            mend=Label(f"Vraag 1 tot {FARTHEST} stappen bij elkaar.", f"Ask for 1 to {FARTHEST} steps in all."),
        )


def called(anchor: Anchor, start: str) -> str:
    """Returns an anchor as words: 'a > b|c'; without one the artificial start."""
    return " > ".join("|".join(place) for place in anchor) or start


def all_names(names: Names, found_codes: list[int]) -> dict[int, str]:
    """Returns what each lasting code is called."""
    return dict(zip(found_codes, named(found_codes, names), strict=True))


def _codes_of_events(names: Names) -> list[int]:
    known = len(names.touchpoints)
    listed: list[int] = code(np.arange(known, known + len(names.events)), known).tolist()
    return listed


def _masks(found: Runs, names: Names, anchor: Anchor) -> Ints:
    """Returns per node which places of the anchor it satisfies."""
    listed = named(code(np.arange(found.size), found.touchpoints).tolist(), names)
    spots = {name: place for place, name in enumerate(listed)}
    masks = np.zeros(found.size, np.int64)
    for place, touches in enumerate(anchor):
        for name in touches:
            if name in spots:
                masks[spots[name]] |= 1 << place
    return masks


@kernel
def _met(node: Codes, start: Ints, masks: Ints, length: int, which: int) -> tuple[Ints, Ints]:
    """The place where each row of the anchor ends, and its journey."""
    last = np.empty(len(node), np.int64)
    journey = np.empty(len(node), np.int64)
    met = 0
    for trip in range(len(start) - 1):
        before = met
        for i in range(start[trip] + length - 1, start[trip + 1]):
            if (masks[node[i]] >> (length - 1)) & 1 == 0:
                continue
            fits = True
            for back in range(1, length):
                if (masks[node[i - back]] >> (length - 1 - back)) & 1 == 0:
                    fits = False
                    break
            if fits:
                if which == 2:
                    met = before
                last[met] = i
                journey[met] = trip
                met += 1
                if which == 1:
                    break
    return last[:met].copy(), journey[:met].copy()
