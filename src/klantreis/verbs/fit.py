"""`fit`: how well journeys follow a path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantreis.analyses import fit as analysis
from klantreis.analyses.fit import Fit
from klantreis.analyses.fold import fold
from klantreis.kinds import held
from klantreis.map.path import Choice, Path, Visit, touchpoints
from klantreis.map.path import Sequence as InOrder
from klantreis.map.path_text import parse
from klantreis.verbs.data import Data, listed, opened, warn_unknown

Drawn = str | Path | Sequence[str | Path | Sequence[str | Path]]


@held
def fit(
    data: Data, path: Drawn, *, only: str | Sequence[str] | None = None, per_journey: bool = False, **columns: Any
) -> Fit:
    """Returns how well journeys follow a path.

    `path`: 'a, b|c, d?, (e, f)+, g&h', a list of events in order (['a', ['b', 'c']] is a, then b or c), or a Path.
    `only`: events in scope; all others are ignored (None: every event counts, one that is not on the path is a
    deviation). `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    drawn = parse(path) if isinstance(path, str) else _drawn(path)
    scope = listed(only)
    warn_unknown(journeys, [*touchpoints(drawn), *(scope or ())])
    options = analysis.Options(path=drawn, only=scope, per_journey=per_journey)
    answer: Fit = fold(analysis, journeys, options)
    return answer


def _drawn(path: Path | Sequence[str | Path | Sequence[str | Path]]) -> Path:
    return InOrder(tuple(_part(one) for one in path)) if isinstance(path, Sequence) else path


def _part(one: str | Path | Sequence[str | Path]) -> Path:
    if isinstance(one, str):
        return Visit(one)
    return Choice(tuple(_part(other) for other in one)) if isinstance(one, Sequence) else one
