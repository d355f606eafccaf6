"""`funnel`: how many get from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from klantreis.analyses import funnel as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.funnel import Funnel
from klantreis.errors import OptionError
from klantreis.verbs.data import Data, micros, opened, warn_unknown


def funnel(
    data: Data,
    steps: str | Sequence[str | Sequence[str]],
    *,
    within: str | None = None,
    ties: Literal["step", "strict", "file"] = "step",
    entry: Literal["any", "first"] = "any",
    **columns: Any,
) -> Funnel:
    """Returns how many get from step to step.

    `steps`: 'a,b|c,d' or a list, each step an event or a list of events that count as it. `within`: span from the
    first to the last step, such as '7d' (None: no limit). `ties`: whether events at one instant may convert in step
    order ('step'), in file order ('file') or not at all ('strict'). `entry`: 'any' start may succeed or only the
    'first'. `columns`: as for `read`. Units are persons, or values of `grain` when that is another column.
    A name that no event has is warned of, with the nearest one, and counts as never met.
    """
    journeys = opened(data, **columns)
    wanted = _steps(steps)
    warn_unknown(journeys, [name for _, names in wanted for name in names])
    options = analysis.Options(
        steps=wanted,
        within=micros(within, "within"),
        ties=ties,
        entry=entry,
        grain="person" if journeys.about.grain == "person" else "journey",
    )
    answer: Funnel = fold(analysis, journeys, options)
    return answer


def _steps(steps: str | Sequence[str | Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    listed = [part.strip() for part in steps.split(",")] if isinstance(steps, str) else list(steps)
    wanted = []
    for step in listed:
        names = tuple(part.strip() for part in step.split("|")) if isinstance(step, str) else tuple(step)
        if not names or not all(names):
            raise OptionError(f"A step is empty in {steps!r}.", mend="Name events, separated by commas: a,b,c")
        wanted.append(("|".join(names), names))
    return tuple(wanted)
