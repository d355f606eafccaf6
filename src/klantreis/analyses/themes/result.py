"""What comments are about, counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.questions import Question
from klantreis.labels import Label
from klantreis.map.themes import Theme
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Options:
    """The questions whose answers carry comments, the word list, and `n_min`: comments with a score on either side
    below which scores are not told apart. `examples`: how many to show of a theme. `shared_by`: how many people must
    use a word before an example shows it.
    """

    questions: tuple[Question, ...] = ()
    themes: tuple[Theme, ...] = ()
    n_min: int = 10
    examples: int = 3
    shared_by: int = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one survey, as asked: the mean of comments on the theme and of all others, and their `gap` (Welch)
    with `p` of no difference and `q`, adjusted for how many themes were looked at.
    """

    survey: str
    with_theme: Estimate
    without: Estimate
    gap: Estimate
    feel_gap: float | None
    """The gap on -2..+2, below zero when the theme goes with worse scores."""
    enough: bool
    p: float | None = None
    q: float | None = None

    @property
    def lower(self) -> bool:
        """Says whether comments on the theme surely go with worse scores."""
        return self.q is not None and self.q <= 0.05 and (self.feel_gap or 0) < 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One theme: how many comments, their share of all, which words of the list told it (most first), the scores of
    each survey that has any, and examples: a few words around the find, rare words and numbers left out.
    """

    theme: str
    label: Label
    n: int
    share: Estimate
    words: tuple[tuple[str, int], ...]
    scores: tuple[Scored, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Themes(Result):
    """Themes, most comments first. One comment may be about several. `commented`: the share of answers with a comment;
    `untold`: the share of comments that no theme tells.
    """

    comments: int = 0
    commented: Estimate = field(default_factory=lambda: Estimate(None, 0))
    untold: Estimate = field(default_factory=lambda: Estimate(None, 0))
    themes: tuple[Counted, ...] = ()

    @property
    def silent(self) -> bool:
        """Says whether there is nothing to tell: no comments at all."""
        return not self.comments

    def to_dict(self) -> dict[str, Any]:
        """Returns the themes as plain values, as in `schemas/themes.schema.json`."""
        return {
            "about": about_dict(self.about),
            "comments": self.comments,
            "commented": self.commented.to_dict(),
            "untold": self.untold.to_dict(),
            "themes": [_theme_dict(one) for one in self.themes],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per theme and survey with scores; a theme without scores has one row."""
        return [
            {
                "theme": one.theme,
                "n": one.n,
                "share": one.share.value,
                "share_low": one.share.low,
                "share_high": one.share.high,
                "survey": None if score is None else score.survey,
                "score_with": None if score is None else score.with_theme.value,
                "score_without": None if score is None else score.without.value,
                "gap": None if score is None else score.gap.value,
                "gap_low": None if score is None else score.gap.low,
                "gap_high": None if score is None else score.gap.high,
                "q": None if score is None else score.q,
            }
            for one in self.themes
            for score in one.scores or (None,)
        ]


def _theme_dict(one: Counted) -> dict[str, Any]:
    return {
        "theme": one.theme,
        "label": {"nl": one.label.text("nl"), "en": one.label.text("en")},
        "n": one.n,
        "share": one.share.to_dict(),
        "words": [{"word": word, "comments": often} for word, often in one.words],
        "scores": [
            {
                "survey": score.survey,
                "with": score.with_theme.to_dict(),
                "without": score.without.to_dict(),
                "gap": score.gap.to_dict(),
                "feel_gap": score.feel_gap,
                "enough": score.enough,
                "p": score.p,
                "q": score.q,
            }
            for score in one.scores
        ],
        "examples": list(one.examples),
    }
