"""`contrast`: the difference of two groups, as one answer and one picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from klantreis.analyses import follows as graph
from klantreis.analyses import steps as matrix
from klantreis.analyses.contrast import Contrast
from klantreis.analyses.follows import Follows
from klantreis.analyses.result import Result
from klantreis.analyses.steps import StepMatrix
from klantreis.errors import OptionError, warn
from klantreis.journeys.model import Journeys
from klantreis.journeys.slices import sliced
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.ways import in_both, pair


@dataclass(frozen=True, slots=True)
class Pair:
    """What a contrast was asked of: two answers, by their recipes, and what they are called."""

    names: tuple[str, str]
    of: tuple[Any, Any]


Both = TypeVar("Both", StepMatrix, Follows)


@held
def contrast(one: Both, other: Both, *, names: tuple[str, str] = ("one", "other")) -> Contrast:
    """Returns where two groups differ: two step matrices, or two answers of `follows`, cell by cell.

    The groups must be different people. `names`: what they are called. Each difference has its 95 % interval.
    Raises OptionError for two Results that cannot be laid beside each other.
    """
    if isinstance(one, StepMatrix) and isinstance(other, StepMatrix):
        return _of(matrix.compared(one, other, names), one, other)
    if isinstance(one, Follows) and isinstance(other, Follows):
        return _of(graph.compared(one, other, names), one, other)
    raise OptionError(
        Label(
            f"Een {type(one).__name__} en een {type(other).__name__} zijn niet naast elkaar te leggen.",
            f"A {type(one).__name__} and a {type(other).__name__} cannot be laid beside each other.",
        ),
        mend=Label(
            "Geef twee antwoorden van steps(), of twee van follows().",
            "Give two answers of steps(), or two of follows().",
        ),
    )


def _of(found: Contrast, one: Result, other: Result) -> Contrast:
    """Returns a contrast that tells of which two answers it is, so that both can be asked again."""
    told = Pair(found.names, (one.recipe, other.recipe))
    return replace(found, about=replace(found.about, asked=("contrast", told)))


def of_segments(data: Journeys, segments: str | Sequence[str], asked: Callable[[Journeys], Both]) -> Contrast:
    """Returns the difference of two segments 'a,b' of a map, `asked` of each. Raises OptionError for an unknown one.

    Journeys that are in both are warned of: the interval takes the two groups as independent.
    """
    names = pair(segments, "--compare")
    one, other = (sliced(data, segment=name) for name in names)
    both = sliced(one, segment=names[1]).journeys
    if both:
        warn(in_both(both, *names))
    return contrast(asked(one), asked(other), names=names)
