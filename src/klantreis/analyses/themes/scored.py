"""Scores of comments with a theme beside those without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from klantreis.analyses.themes.result import Counted, Options, Scored
from klantreis.journeys.model import NO_SCORE, SCORE_UNIT
from klantreis.stats.association import adjusted
from klantreis.stats.means import lopsided_mean, moments_of
from klantreis.stats.scores import Gap, mann_whitney, welch

Answered = tuple[str, int]
"""(survey, score)."""


def scored(every: Mapping[Answered, int], theme: Mapping[Answered, int], options: Options) -> Iterator[Scored]:
    """Yields, per survey with scored comments on a theme, their mean beside that of all other comments."""
    for question in options.questions:
        mine: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        for (survey, score), often in every.items():
            if survey == question.survey and score != NO_SCORE and question.scale.holds(score):
                told = theme.get((survey, score), 0)
                mine[True].append((score, told))
                mine[False].append((score, often - told))
        one, other = moments_of(mine[True]), moments_of(mine[False])
        if one.n == 0:
            continue
        gap, enough = welch(one, other, SCORE_UNIT), min(one.n, other.n) >= options.n_min
        turned = -4 if question.reverse else 4
        value = gap.gap.value
        yield Scored(
            survey=question.survey,
            with_theme=lopsided_mean(one, SCORE_UNIT),
            without=lopsided_mean(other, SCORE_UNIT),
            gap=gap.gap,
            feel_gap=None if value is None else turned * value / (question.high - question.low),
            enough=enough,
            p=_chance(gap, mine) if enough else None,
        )


def _chance(gap: Gap, mine: Mapping[bool, Sequence[tuple[int, int]]]) -> float | None:
    """Returns the p of no difference; where all scores of a side are alike, that of the ranks."""
    if gap.p is not None:
        return gap.p
    ranks = mann_whitney(mine[True], mine[False])
    return None if ranks is None else ranks.p


def adjusted_scores(themes: Sequence[Counted]) -> tuple[Counted, ...]:
    """Returns the themes with each p adjusted for how many were looked at."""
    told = [score.p for one in themes for score in one.scores if score.p is not None]
    left = iter(adjusted(told))
    return tuple(
        replace(
            one,
            scores=tuple(score if score.p is None else replace(score, q=next(left)) for score in one.scores),
        )
        for one in themes
    )
