"""Two step matrices as one: at which step which touchpoint is met more in the one group than in the other."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses.contrast import Contrast, gap_at
from klantreis.analyses.steps.result import StepMatrix
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate, share


def compared(one: StepMatrix, other: StepMatrix, names: tuple[str, str]) -> Contrast:
    """Returns the difference of two matrices, touchpoints by how often they are met in both together.

    A touchpoint that only one group meets has share 0 in the other. A group without a window has no shares, and no
    difference. Raises OptionError when the two were asked differently.
    """
    if (one.anchor, one.occurrence) != (other.anchor, other.occurrence):
        raise OptionError(
            Label(
                f"Een stappenmatrix rond {one.anchor!r} is niet naast een rond {other.anchor!r} te leggen.",
                f"A step matrix around {one.anchor!r} cannot be laid beside one around {other.anchor!r}.",
            ),
            mend=Label("Vraag beide met dezelfde opties.", "Ask both with the same options."),
        )
    steps = one.steps or other.steps
    if one.steps and other.steps and one.steps != other.steps:
        raise OptionError(
            Label(
                "Twee stappenmatrixen van ongelijke lengte zijn niet te vergelijken.",
                "Two step matrices of other lengths cannot be compared.",
            ),
            mend=Label("Vraag beide over dezelfde stappen.", "Ask both for the same steps."),
        )
    first, second = _shares(one), _shares(other)
    ranked = _ranked(one, other)
    return Contrast(
        about=replace(one.about, segment=None),
        kind="steps",
        names=names,
        n=(one.of, other.of),
        gaps=tuple(
            gap_at(
                (touch, None, step),
                first.get((touch, step), share(0, one.of)),
                second.get((touch, step), share(0, other.of)),
            )
            for touch in ranked
            for step in steps
        ),
        anchor=one.anchor,
        start=one.start,
        end=one.end,
    )


def _shares(matrix: StepMatrix) -> dict[tuple[str, int], Estimate]:
    return {(row.id, cell.step): cell.share for row in matrix.table for cell in row.cells}


def _ranked(one: StepMatrix, other: StepMatrix) -> list[str]:
    met: dict[str, float] = {}
    for matrix in (one, other):
        for row in matrix.table:
            met[row.id] = met.get(row.id, 0.0) + sum(cell.count for cell in row.cells) / max(matrix.of, 1)
    last = {one.start: 1, one.end: 2}
    return sorted(met, key=lambda name: (last.get(name, 0), -met[name], name))
