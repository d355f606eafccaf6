"""Two graphs of what follows what as one: which way is gone by more of the one group than of the other."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses.contrast import Contrast, gap_at
from klantreis.analyses.follows.result import Follows
from klantreis.stats.intervals import share


def compared(one: Follows, other: Follows, names: tuple[str, str]) -> Contrast:
    """Returns per pair the share of each group's people who go directly from one to the other, and the difference.

    First a cell for every touchpoint (`target` None: the share of people who meet it), then one for every pair, each
    by how many people both groups have there. A group without people has no shares, and no difference.
    """
    first = _people(one)
    second = _people(other)
    ranked = sorted(
        first.keys() | second.keys(),
        key=lambda place: (
            place[1] is not None,
            -(first.get(place, 0) + second.get(place, 0)),
            place[0],
            place[1] or "",
        ),
    )
    return Contrast(
        about=replace(one.about, segment=None),
        kind="follows",
        names=names,
        n=(one.people, other.people),
        gaps=tuple(
            gap_at((*place, None), share(first.get(place, 0), one.people), share(second.get(place, 0), other.people))
            for place in ranked
        ),
    )


def _people(graph: Follows) -> dict[tuple[str, str | None], int]:
    found: dict[tuple[str, str | None], int] = {(one.id, None): one.people for one in graph.touchpoints}
    return found | {(pair.source, pair.target): pair.direct_people for pair in graph.pairs if pair.direct}
