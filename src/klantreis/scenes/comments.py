"""What comments are about as a picture: a bar per theme, and how it goes with the score."""

from __future__ import annotations

from klantreis.analyses.themes import Counted, Scored, Themes
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Role, Scene
from klantreis.scenes.numbers import decimal, estimated, percent, score
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, bounds, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_feeling import tell

BAR, GAP, MOST, LISTED = 12.0, 16.0, 12, 4


def themes_scene(result: Themes, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns the largest themes, at most 12, as bars of their share of comments with the interval, and their scores.

    No comments, or no theme in them: it says so. The table holds every theme.
    """
    del map_
    title, twin = tell("themes", language), _table(result, language)
    if not result.themes:
        why = "no-theme" if result.comments else "no-comments"
        return nothing("themes", title, tell(why, language), width=width, table=twin, language=language)
    shown = result.themes[:MOST]
    scale = (width - 2 * MARGIN) / max(one.share.high or 0.0 for one in shown)
    body: list[Element] = []
    top = 0.0
    for one in shown:
        row, top = _row(one, top, (width, scale), language)
        body.append(row)
    notes = [tell("goes-with", language)]
    if len(shown) < len(result.themes):
        gaps = {"n": decimal(len(shown), language), "all": decimal(len(result.themes), language)}
        notes.append(tell("themes-left-out", language, **gaps))
    untold = percent(result.untold.value or 0.0, language)
    under = tell("themes-under", language, n=decimal(result.comments, language), untold=untold)
    return framed(
        "themes", title, under, body, size=(width, top), table=twin, language=language, about=result.about,
        notes=notes,
    )  # fmt: skip


def _row(one: Counted, top: float, size: tuple[float, float], language: Language) -> tuple[Group, float]:
    """Returns one theme from `top` down: its name, its bar, its scores; and where the next may begin."""
    width, scale = size
    told = tell("of-comments", language, share=percent(one.share.value or 0.0, language), n=decimal(one.n, language))
    number = one_line(told, width - MARGIN, top, NOTE_STRONG, anchor="end")
    name = words(_name(one, language), MARGIN, top, STRONG, room=bounds(number).x - MARGIN - 12, most=2)
    y = top + tall(name) + 3
    worse = any(scored.lower for scored in one.scores)
    body: list[Element] = [name, number, Line(MARGIN, y + BAR / 2, width - MARGIN, y + BAR / 2, "hairline")]
    fill: Role = "problem-paper" if worse else "stream"
    edge: Role = "problem" if worse else "measured"
    body.append(Box(MARGIN, y, scale * (one.share.value or 0.0), BAR, fill, edge, 1.2, radius=2))
    low, high = (MARGIN + scale * (end or 0.0) for end in (one.share.low, one.share.high))
    body += [Line(low, y + BAR / 2, high, y + BAR / 2, "ink", 1.4)]
    body += [Line(x, y + 3, x, y + BAR - 3, "ink", 1.4) for x in (low, high)]
    y += BAR + 4
    for scored in one.scores[:2]:
        line = words(_scores(scored, language), MARGIN, y, NOTE, room=width - 2 * MARGIN, most=2)
        body.append(line)
        y += tall(line)
    heard = ". ".join([f"{_name(one, language)}: {told}", *(_scores(scored, language) for scored in one.scores)])
    return Group("theme", tuple(body), one.theme, heard, focus=True), y + GAP


def _name(one: Counted, language: Language) -> str:
    return one.label.shown(language) or one.theme


def _scores(scored: Scored, language: Language) -> str:
    with_ = decimal(scored.with_theme.value or 0.0, language, 2)
    if not scored.enough:
        return tell("theme-few", language, with_=with_, n=decimal(scored.with_theme.n, language))
    without = decimal(scored.without.value or 0.0, language, 2)
    return tell("theme-score", language, with_=with_, without=without, gap=_gap(scored, language))


def _gap(scored: Scored, language: Language) -> str:
    gap = scored.gap
    if gap.value is None:
        return ""
    told, to = score(gap.value, language, 2), "tot" if language == "nl" else "to"
    if gap.low is not None and gap.high is not None:
        told += f" ({score(gap.low, language, 2)} {to} {score(gap.high, language, 2)})"
    if scored.q is None or scored.q > 0.05:
        return f"{told}, {tell('alike', language)}"
    return f"{told} {tell('lower' if gap.value < 0 else 'higher', language)}"


def _table(result: Themes, language: Language) -> Table:
    keys = ("theme-head", "share-head", "survey-head", "score-head", "without-head", "gap-head", "words-head")
    rows = []
    for one in result.themes:
        for scored in one.scores or (None,):
            means = ("", "", "", "") if scored is None else _cells(scored, language)
            listed = ", ".join(f"{word} ({decimal(often, language)})" for word, often in one.words[:LISTED])
            rows.append((_name(one, language), estimated(one.share, "share", language), *means, listed))
    return table(tell("themes", language), [tell(key, language) for key in keys], rows)


def _cells(scored: Scored, language: Language) -> tuple[str, str, str, str]:
    means = (estimated(one, "mean", language) for one in (scored.with_theme, scored.without))
    return (scored.survey, *means, _gap(scored, language) if scored.enough else "")  # type: ignore[return-value]
