"""What an analyst asks of a file of events, without a workspace: `funnel`, `paths`, `fit`, `times`.

Each takes a file, a data frame, or the Journeys that `read` gave, and returns a Result: `to_dict()`, `to_frame()`, a
notebook view.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any, Literal

from klantreis.analyses import fit as fit_analysis
from klantreis.analyses import funnel as funnel_analysis
from klantreis.analyses import paths as paths_analysis
from klantreis.analyses import times as times_analysis
from klantreis.analyses.fit import Fit
from klantreis.analyses.fold import fold
from klantreis.analyses.funnel import Funnel
from klantreis.analyses.paths import Paths
from klantreis.analyses.times import Times
from klantreis.bare import Frame, read
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import Journeys
from klantreis.map.path import Path, touchpoints
from klantreis.map.path_text import parse
from klantreis.spans import span

Data = str | FilePath | Journeys | Frame
"""A file, a data frame (pandas, polars, arrow), or journeys that were read before."""


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
    _warn_unknown(journeys, [name for _, names in wanted for name in names])
    options = funnel_analysis.Options(
        steps=wanted,
        within=None if within is None else _window(within),
        ties=ties,
        entry=entry,
        grain="person" if journeys.about.grain == "person" else "journey",
    )
    answer: Funnel = fold(funnel_analysis, journeys, options)
    return answer


def paths(data: Data, *, collapse: bool = False, top: int = 10_000, **columns: Any) -> Paths:
    """Returns what follows what, and the whole routes (variants), most frequent first.

    `collapse`: repeats of one event in a row count once. `top`: how many variants to keep. `columns`: as for `read`.
    """
    answer: Paths = fold(paths_analysis, opened(data, **columns), paths_analysis.Options(collapse=collapse, top=top))
    return answer


def fit(
    data: Data, path: str | Path, *, only: str | Sequence[str] | None = None, per_journey: bool = False, **columns: Any
) -> Fit:
    """Returns how well journeys follow a path.

    `path`: 'a, b|c, d?, (e, f)+, g&h' or a Path. `only`: events in scope; all others are ignored (None: every event
    counts, one that is not on the path is a deviation). `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    drawn = parse(path) if isinstance(path, str) else path
    scope = _listed(only)
    _warn_unknown(journeys, [*touchpoints(drawn), *(scope or ())])
    options = fit_analysis.Options(path=drawn, only=scope, per_journey=per_journey)
    answer: Fit = fold(fit_analysis, journeys, options)
    return answer


def times(data: Data, **columns: Any) -> Times:
    """Returns how long whole journeys take, and the ways between events. `columns`: as for `read`."""
    answer: Times = fold(times_analysis, opened(data, **columns), times_analysis.Options())
    return answer


def opened(data: Data, **columns: Any) -> Journeys:
    """Returns the journeys of a file or a data frame, or the journeys themselves when they were read before."""
    if isinstance(data, Journeys):
        if columns:
            raise OptionError(
                "Columns were named for journeys that are already read.", mend="Name them when calling read()."
            )
        return data
    return read(data, **columns)


def _steps(steps: str | Sequence[str | Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    listed = [part.strip() for part in steps.split(",")] if isinstance(steps, str) else list(steps)
    wanted = []
    for step in listed:
        names = tuple(part.strip() for part in step.split("|")) if isinstance(step, str) else tuple(step)
        if not names or not all(names):
            raise OptionError(f"A step is empty in {steps!r}.", mend="Name events, separated by commas: a,b,c")
        wanted.append(("|".join(names), names))
    return tuple(wanted)


def _window(within: str) -> int:
    try:
        return span(within)
    except ValueError as error:
        raise OptionError(f"{error}.", where="within", mend="For example: within='7d'.") from error


def _listed(only: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if only is None:
        return None
    return tuple(part.strip() for part in only.split(",") if part.strip()) if isinstance(only, str) else tuple(only)


def _warn_unknown(journeys: Journeys, names: Sequence[str]) -> None:
    """Warns of names that no event has: they count as never met, which is an answer, but more often a slip."""
    known = set(journeys.about.names.touchpoints)
    for name in dict.fromkeys(names):
        if name not in known and known:
            told = f"No event in the data is called {name!r}, so nobody meets it. {did_you_mean(name, sorted(known))}"
            warnings.warn(told, stacklevel=3)
