"""How customers feel, over time, what they write and what they found, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.emotion import Compared, Emotion, Feeling
from klantreis.analyses.experience import Dimension, Experience
from klantreis.analyses.mood import Mood, Point, Series
from klantreis.analyses.themes import Counted, Scored, Themes
from klantreis.cli import figures, speak
from klantreis.cli.feeling_words import head, text
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

Names = Mapping[str, str]
MOST, LATEST, WORDS = 20, 18, 4


def emotion(result: Emotion, said: Language, names: Names) -> None:
    """Prints how customers say they feel at each touchpoint, recommendation apart, and two places compared."""
    if not result.answers:
        speak.say(text("none", said))
    felt = [one for one in result.feelings if one.nps is None][:MOST]
    speak.table((_felt(one, said, names) for one in felt), said, title=text("emotion", said))
    recommend = [one for one in result.feelings if one.nps is not None][:MOST]
    speak.table((_recommending(one, said, names) for one in recommend), said, title=text("recommend", said))
    for compared in result.compared:
        _compared(compared, said, names)
    if result.mean.value is not None:
        around = (figures.around(one, said, 2) for one in (result.mean, result.peak_end))
        speak.say(text("journeys", said, *around, figures.number(result.mean.n, said)), style="dim")
    for survey, often in result.unusable:
        speak.say(text("unusable", said, figures.number(often, said), names.get(survey, survey)), style="dim")
    if result.unplaced:
        speak.say(text("unplaced", said, figures.number(result.unplaced, said)), style="dim")


def mood(result: Mood, said: Language, names: Names) -> None:
    """Prints a line per question: its latest periods, and its trend."""
    if not result.series:
        speak.say(text("none", said))
    for one in result.series:
        speak.table(
            (_point(point, one, said) for point in one.points[-LATEST:]), said, title=names.get(one.survey, one.survey)
        )
        if len(one.points) > LATEST:
            speak.say(text("latest", said, LATEST, len(one.points)), style="dim")
        if one.trend.value is None:
            speak.say(text("no_trend", said, one.run), style="dim")
        else:
            slope = (
                figures.measured(one.trend, "nps", said) if one.kind == "NPS" else figures.around(one.trend, said, 2)
            )
            speak.say(text("trend", said, text(result.unit, said), slope, one.run))


def themes(result: Themes, said: Language, names: Names, listed: int) -> None:
    """Prints what comments are about, most first; `listed`: how many themes the word list has."""
    if not result.comments:
        speak.say(text("no_comments", said))
        return
    rows = [_theme(one, score, said) for one in result.themes for score in range(max(1, len(one.scores)))]
    speak.table(rows, said, title=text("themes", said, figures.number(result.comments, said)))
    listed_words = ((one, ", ".join(f"{word} {often}" for word, often in one.words[:WORDS])) for one in result.themes)
    speak.table(({"what": one.label.shown(said), "with": words} for one, words in listed_words), said)
    shown = [(one, example) for one in result.themes for example in one.examples[:1]]
    speak.table(
        ({"what": one.label.shown(said), "with": f"“{example}”"} for one, example in shown),
        said,
        title=text("examples", said),
    )
    untold, commented = figures.percent(result.untold, said), figures.percent(result.commented, said)
    speak.say(text("untold", said, untold, commented), style="dim")
    speak.say(text("starter", said, listed), style="dim")


def experience(result: Experience, said: Language, names: Names) -> None:
    """Prints both halves: what they did, and what they found."""
    reached = figures.percent(result.reached, said) if result.reached.value is not None else figures.NONE
    rows = (
        ("people", figures.number(result.people, said)),
        ("journeys_did", figures.number(result.journeys, said)),
        ("contacts", figures.around(result.contacts, said, 1)),
        ("reached", reached),
    )
    speak.table(({"what": text(key, said), "value": value} for key, value in rows), said, title=text("did", said))
    speak.table((_dimension(one, said, names) for one in result.dimensions), said, title=text("found", said))
    speak.say(f"{figures.percent(result.answered, said)} {text('answered', said)}.", style="dim")


def _felt(one: Feeling, said: Language, names: Names) -> dict[str, object]:
    return {
        "touchpoint": names.get(one.touchpoint, one.touchpoint),
        "survey": names.get(one.survey, one.survey),
        "n": one.feel.n,
        "feel": figures.around(one.feel, said, 2) if one.enough else text("few", said, one.feel.n, one.n_min),
        head("asked", said): figures.number(one.raw.value, said, 2),
        head("top_two", said): figures.NONE
        if one.top_two.value is None
        else figures.local(f"{one.top_two.value:.0%}", said),
    }


def _recommending(one: Feeling, said: Language, names: Names) -> dict[str, object]:
    assert one.nps is not None
    return {
        "touchpoint": names.get(one.touchpoint, one.touchpoint),
        "survey": names.get(one.survey, one.survey),
        "n": one.nps.n,
        head("nps", said): figures.measured(one.nps, "nps", said)
        if one.enough
        else text("few", said, one.feel.n, one.n_min),
    }


def _compared(one: Compared, said: Language, names: Names) -> None:
    places = (names.get(place, place) for place in (one.one, one.other))
    row = {
        "n": f"{figures.number(one.n_one, said)} / {figures.number(one.n_other, said)}",
        head("gap", said): figures.around(one.gap, said, 2),
        head("p", said): _chance(one.p, said),
        head("ahead", said): figures.NONE if one.ahead is None else figures.percent(Estimate(one.ahead, 0), said),
        head("rank_p", said): _chance(one.rank_p, said),
    }
    if one.nps_gap is not None:
        row |= {"NPS": figures.measured(one.nps_gap, "nps", said)}
    speak.table([row], said, title=text("compared", said, *places, names.get(one.survey, one.survey)))


def _chance(p: float | None, said: Language) -> str:
    return (
        "<0,001"
        if p is not None and p < 0.001 and said == "nl"
        else ("<0.001" if p is not None and p < 0.001 else figures.number(p, said))
    )


def _point(point: Point, series: Series, said: Language) -> dict[str, object]:
    if series.kind == "NPS":
        shown, key = figures.measured(point.shown, "nps", said), head("nps", said)
    else:
        shown, key = figures.around(point.feel, said, 2), "feel"
    few = point.feel.n > 0 and not point.enough
    return {
        head("period", said): point.period,
        "n": point.feel.n,
        key: text("few", said, point.feel.n, series.n_min) if few else shown,
        head("asked", said): figures.around(point.raw, said, 2),
    }


def _theme(one: Counted, score: int, said: Language) -> dict[str, object]:
    scored = one.scores[score] if one.scores else None
    return {
        "what": one.label.shown(said) or one.theme,
        "n": one.n,
        "share": figures.percent(one.share, said),
        head("with", said): figures.NONE if scored is None else figures.number(scored.with_theme.value, said, 2),
        head("without", said): figures.NONE if scored is None else figures.number(scored.without.value, said, 2),
        head("gap", said): _gap(scored, said),
    }


def _gap(scored: Scored | None, said: Language) -> str:
    if scored is None:
        return figures.NONE
    if not scored.enough:
        return text("few_comments", said)
    sure = "" if scored.q is None or scored.q > 0.05 else " ▼" if (scored.gap.value or 0) < 0 else " ▲"
    return figures.around(scored.gap, said, 2) + sure


def _dimension(one: Dimension, said: Language, names: Names) -> dict[str, object]:
    few = text("few", said, one.score.n, one.n_min) if one.surveys else text("not_asked", said)
    return {
        "what": text("feeling" if one.dimension == "emotion" else one.dimension, said),
        "feel": figures.around(one.score, said, 2) if one.enough else few,
        "people": one.score.n,
        head("answers", said): one.answers,
        "survey": ", ".join(names.get(survey, survey) for survey in one.surveys) or figures.NONE,
    }
