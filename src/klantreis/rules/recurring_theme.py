"""Recurring theme: what customers write about when they score low.

A score says how bad, a comment says why. This rule names the themes whose comments surely go with worse scores than the
other comments do, by the word list of the workspace. With many themes some differ by chance; that is accounted for.

Options: `n_min` comments on the theme (30), `share` of all comments it must be (0.03), `gap` on the scale from -2 to +2
by which it must score worse (0.25).

Fires: 312 of 1,252 comments are about delivery and score 2.9 against 4.2 for the others.
Does not fire: the theme scores better, or hardly worse; 12 comments are about it; or answers carry no words.

It says what goes together: people who are unhappy also write more. Read a few comments before you decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.results import Results
from klantreis.analyses.themes import Counted, Scored, Themes
from klantreis.findings import Finding, Measured
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, Word, estimated, fill, percent, plain_label, spot

name = "recurring_theme"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` comments and `share` of comments a theme must have; `gap` on -2..+2 by which it must score worse."""

    n_min: int = 30
    share: float = 0.03
    gap: float = 0.25


TITLE = Label(
    nl="Wie over {theme} schrijft, geeft een lagere score: {with} tegen {without}",
    en="Who writes about {theme} scores lower: {with} against {without}",
)
TITLE_TURNED = Label(
    nl="Wie over {theme} schrijft, geeft een slechtere score: {with} tegen {without} (laag is goed)",
    en="Who writes about {theme} gives a worse score: {with} against {without} (low is good)",
)
DETAIL = Label(
    nl="{n} van de {all} reacties gaan over {theme} ({share}). Het verschil in score is {gap} (tussen {low} en "
    "{high}). De woorden die het vaakst voorkomen: {words}.",
    en="{n} of {all} comments are about {theme} ({share}). The difference in score is {gap} (between {low} "
    "and {high}). The words that are used most: {words}.",
)
ADVICE = Label(
    nl="Lees een paar van deze reacties en zoek wat eraan te doen is. De lijst met woorden is van jou: themes.yaml.",
    en="Read a few of these comments and find what can be done about it. The list of words is yours: themes.yaml.",
)
SHARE = Label(nl="deel van de reacties", en="share of comments")
GAP = Label(nl="verschil in score", en="difference in score")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding for each theme and survey whose scores are surely and clearly worse."""
    found = results.more.get("themes")
    if not isinstance(found, Themes):
        return
    for theme in found.themes:
        if theme.n < options.n_min or (theme.share.value or 0) < options.share:
            continue
        for score in theme.scores:
            if score.lower and (score.feel_gap or 0) <= -options.gap:
                yield _finding(map_, found, theme, score)


def _finding(map_: JourneyMap, found: Themes, theme: Counted, score: Scored) -> Finding:
    gap = score.gap
    words: dict[str, Word] = {
        "theme": _called(theme),
        "with": Number(score.with_theme.value or 0, "points"),
        "without": Number(score.without.value or 0, "points"),
        "n": Number(theme.n),
        "all": Number(found.comments),
        "share": percent(theme.share.value),
        "gap": Number(gap.value or 0, "points"),
        "low": Number(gap.low or 0, "points"),
        "high": Number(gap.high or 0, "points"),
        "words": ", ".join(word for word, _ in theme.words[:3]),
    }
    return Finding(
        rule=name,
        level="insight",
        place=spot(map_, score.survey),
        title=fill(TITLE_TURNED if (gap.value or 0) > 0 else TITLE, **words),
        detail=fill(DETAIL, **words),
        advice=ADVICE,
        people=theme.n,
        evidence=(
            estimated(SHARE, theme.share, "share"),
            Measured(GAP, gap.value, "mean", gap.n, gap.low, gap.high),
        ),
        part=theme.theme,
    )


def _called(theme: Counted) -> Label:
    """Returns what the theme is called within a sentence."""
    label = plain_label(theme.label, theme.theme)
    return Label(nl=_lower(label.text("nl")), en=_lower(label.text("en")))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
