"""`emotion`: how customers say they feel, from the scores in a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantreis.analyses import emotion as analysis
from klantreis.analyses.emotion import Emotion
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.answers import answering, question
from klantreis.verbs.data import Data, listed, opened, warn_unknown


@held
def emotion(
    data: Data,
    *,
    scale: str = "1..5",
    reverse: bool = False,
    answers: str | Sequence[str] | None = None,
    about: str | Sequence[str] | None = None,
    compare: str | Sequence[str] | None = None,
    n_min: int = 30,
    **columns: Any,
) -> Emotion:
    """Returns how customers say they feel at each event, -2 to +2, from the column `score`.

    `scale`: '1..5' or other ends, or 'csat' (1..5), 'stars' (1..5), 'ces' (1..7), 'nps' (0..10); `reverse` when low is
    good. `answers`: the events that carry an answer (None: any with a score). `about`: the events an answer speaks of,
    the nearest before it (None: the event that carries it). `compare`: two of those, 'a,b', laid beside each other.
    `n_min`: fewer answers are not enough to tell. `columns`: as for `read`; `score` must be among them. No answers:
    nothing felt, `answers` 0. Raises OptionError for a scale that is none.
    """
    asked = question(scale, reverse=reverse, n_min=n_min, about=about)
    both = pair(compare)
    journeys = answering(opened(data, **columns), answers)
    warn_unknown(journeys, [*asked.about, *(both or ())])
    found: Emotion = fold(analysis, journeys, analysis.Options((asked,), both))
    return found


def pair(names: str | Sequence[str] | None) -> tuple[str, str] | None:
    """Returns the two names of 'a,b'; None for None. Raises OptionError when there are not two."""
    both = listed(names)
    if both is None:
        return None
    if len(both) != 2 or both[0] == both[1]:
        raise OptionError(
            Label("Er worden twee namen naast elkaar gelegd.", "Two names are laid beside each other."),
            where="compare",
            mend=Label("Bijvoorbeeld: compare='a,b'.", "For example: compare='a,b'."),
        )
    return both[0], both[1]
