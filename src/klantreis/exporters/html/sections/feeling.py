"""How customers feel along the way: assumed against measured."""

from __future__ import annotations

from klantreis.analyses.emotion import Emotion, Feeling
from klantreis.analyses.results import Results
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.pictures import feeling_picture
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.exporters.html.shapes import Row, Section, Table, bar, by_segment, empty, table, what
from klantreis.scenes import numbers
from klantreis.stats.intervals import Estimate


def section(reader: Reader) -> Section:
    """Returns the chapter on feelings."""
    gist, body = reader.say("gist.none"), empty(reader, "unmeasured")
    if reader.results is not None:
        gist, body = _measured(reader, reader.results)
    return Section(
        "feeling",
        reader.say("title.feeling"),
        reader.say("question.feeling"),
        gist,
        body,
        by_segment(reader, "emotion"),
    )


def _measured(reader: Reader, results: Results) -> tuple[Markup, Markup]:
    emotion = results.emotion
    if not emotion.answers:
        return Markup("–"), joined([what(reader, "feeling"), empty(reader, "feeling")])
    parts = [
        what(reader, "feeling"),
        _journeys(reader, emotion),
        feeling_picture(reader, results) if results.emotion.feelings else None,
        _table(reader, emotion),
        _recommending(reader, emotion),
        *_remarks(reader, emotion),
    ]
    return _gist(reader, emotion), joined(parts)


def _gist(reader: Reader, emotion: Emotion) -> Markup:
    sure = [one for one in emotion.feelings if one.enough and one.on_curve and one.feel.value is not None]
    if not sure:
        return reader.say("gist.feeling.few")
    low = min(sure, key=lambda one: one.feel.value or 0.0)
    value = reader.estimated(low.feel, "score")
    return reader.say("gist.feeling", touchpoint=reader.name("touchpoint", low.touchpoint), value=value)


def _journeys(reader: Reader, emotion: Emotion) -> Markup:
    facts: list[tuple[Part, Part]] = [
        (reader.say("journey-mean"), _score(reader, emotion.mean)),
        (reader.say("journey-peak-end"), _score(reader, emotion.peak_end)),
        (reader.say("answers"), el("strong", reader.number(emotion.answers))),
    ]
    return el("dl", *(el("div", el("dt", term), el("dd", value)) for term, value in facts), class_="facts figures")


def _score(reader: Reader, estimate: Estimate) -> Markup:
    around = spaced([reader.between(estimate, "score"), numbers.cases(estimate.n, reader.language)])
    return joined([el("strong", reader.value(estimate, "score")), " ", el("span", around, class_="note")])


def _table(reader: Reader, emotion: Emotion) -> Markup:
    listed = [one for one in emotion.feelings if one.nps is None]
    keys = ("touchpoint", "survey", "assumed", "measured", "interval", "answers", "what-bar", "gap", "top-two")
    rows = [Row(_row(reader, one)) for one in listed]
    header = tuple(reader.say(f"col.{key}") for key in keys)
    caption = reader.say("feeling-caption", period=reader.period())
    return table(reader, Table("feelings", caption, header, rows, (2, 3, 4, 5, 8)))


def _row(reader: Reader, one: Feeling) -> tuple[Part, ...]:
    assumed = assumed_feel(reader, one.touchpoint)
    start: tuple[Part, ...] = (
        reader.touch(one.touchpoint),
        reader.name("survey", one.survey),
        reader.assumed(assumed),
    )
    n = reader.number(one.feel.n)
    if not one.enough:
        few = reader.say("few-answers", n=n, need=reader.number(one.n_min))
        return *start, el("span", few, class_="few"), "–", n, None, "–", "–"
    return (
        *start, el("strong", reader.value(one.feel, "score")), reader.between(one.feel, "score"), n,
        bar(one.feel, low=-2, high=2), _gap(reader, assumed, one.feel), reader.estimated(one.top_two, "share"),
    )  # fmt: skip


def _gap(reader: Reader, assumed: float | None, feel: Estimate) -> Part:
    if assumed is None or feel.value is None or feel.low is None or feel.high is None:
        return "–"
    difference = reader.shown(feel.value - assumed, "score")
    if feel.low <= assumed <= feel.high:
        return spaced([difference, reader.say("as-thought")])
    worse = feel.value < assumed
    word = el("span", reader.say("worse" if worse else "better"), class_="bad" if worse else "good")
    return spaced([difference, word])


def assumed_feel(reader: Reader, touchpoint: str) -> float | None:
    """Returns what the map assumes about the feeling at a touchpoint; None when it says nothing."""
    step = reader.report.map.step_of(touchpoint)
    return step.feel if step else None


def _recommending(reader: Reader, emotion: Emotion) -> Markup:
    listed = [(one, one.nps) for one in emotion.feelings if one.nps is not None]
    rows = [
        Row((reader.touch(one.touchpoint), reader.name("survey", one.survey), *_nps(reader, one, nps)))
        for one, nps in listed
    ]
    header = tuple(reader.say(f"col.{key}") for key in ("touchpoint", "survey", "measured", "interval", "answers"))
    shown = Table("nps", reader.say("nps-caption"), header, rows, (2, 3, 4))
    return joined([table(reader, shown), el("p", reader.say("nps-apart"), class_="note")]) if rows else Markup("")


def _nps(reader: Reader, one: Feeling, nps: Estimate) -> tuple[Part, Part, Part]:
    n = reader.number(nps.n)
    if not one.enough:
        return reader.say("few-answers", n=n, need=reader.number(one.n_min)), "–", n
    value, low, high = (
        "–" if bound is None else numbers.score(bound * 100, reader.language, 0)
        for bound in (nps.value, nps.low, nps.high)
    )
    return value, reader.say("from-to", low=low, high=high), n


def _remarks(reader: Reader, emotion: Emotion) -> list[Markup]:
    said = [
        reader.say("unusable", n=reader.number(often), survey=reader.name("survey", survey))
        for survey, often in emotion.unusable
        if often
    ]
    if emotion.unplaced:
        said.append(reader.say("unplaced", n=reader.number(emotion.unplaced)))
    return [el("p", text, class_="note") for text in said]
