"""What customers do that nobody drew, and what was drawn that nobody is seen to do."""

from __future__ import annotations

from klantreis.analyses.coverage import Association, Behaviour, Coverage, Seen
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, bar, empty, table, what

BEHAVIOURS = 25


def section(reader: Reader) -> Section:
    """Returns the chapter on coverage."""
    gist, body = reader.say("gist.none"), joined([_blind(reader), empty(reader, "unmeasured")])
    if reader.results is not None:
        gist, body = _measured(reader, reader.results.coverage)
    return Section("coverage", reader.say("title.coverage"), reader.say("question.coverage"), gist, body, ("coverage",))


def _measured(reader: Reader, coverage: Coverage) -> tuple[Markup, Markup]:
    parts = [
        what(reader, "coverage"),
        el("h3", reader.say("behaviours")),
        _behaviours(reader, coverage),
        el("h3", reader.say("unseen")),
        _unseen(reader, coverage),
        _blind(reader),
        el("h3", reader.say("seen")),
        _seen(reader, coverage),
    ]
    return reader.say("gist.coverage", share=reader.estimated(coverage.mapped, "share")), joined(parts)


def _behaviours(reader: Reader, coverage: Coverage) -> Markup:
    if not coverage.behaviours:
        return el("p", reader.say("no-behaviours"))
    keys = (
        "event",
        "people",
        "journeys",
        "events",
        "share-journeys",
        "interval",
        "what-bar",
        "words",
        "neighbours",
        "success",
    )
    header = tuple(reader.say(f"col.{key}") for key in keys)
    rows = [Row(_behaviour(reader, one)) for one in coverage.behaviours]
    caption = reader.say("behaviours-caption", period=reader.period())
    return table(reader, Table("behaviours", caption, header, rows, (1, 2, 3, 4, 5), most=BEHAVIOURS))


def _behaviour(reader: Reader, one: Behaviour) -> tuple[Part, ...]:
    words = joined((joined([el("q", word), f"\u00a0({reader.number(often)})"]) for word, often in one.words[:5]), ", ")
    around: Part = "–"
    if one.after or one.before:
        around = reader.say(
            "between-touches",
            after=reader.touch(one.after or reader.ends[0]),
            before=reader.touch(one.before or reader.ends[1]),
        )
    return (
        el("code", one.event), reader.number(one.people), reader.number(one.journeys), reader.number(one.events),
        reader.value(one.share, "share"), reader.between(one.share, "share"), bar(one.share),
        words or "–", around, _odds(reader, one.success) if one.success else "–",
    )  # fmt: skip


def _odds(reader: Reader, success: Association) -> Markup:
    return reader.say(
        "odds",
        ratio=reader.number(success.odds_ratio, 2),
        low=reader.number(success.low, 2),
        high=reader.number(success.high, 2),
        yes=reader.estimated(success.with_it, "share"),
        no=reader.estimated(success.without_it, "share"),
    )


def _unseen(reader: Reader, coverage: Coverage) -> Markup:
    watched = {one.id for one in reader.report.map.touchpoints if one.matcher is not None and not one.planned}
    dead = [
        reader.touch(one.touchpoint) for one in coverage.touchpoints if not one.events and one.touchpoint in watched
    ]
    if not dead:
        return el("p", reader.say("none-unseen"))
    return joined([el("p", reader.say("unseen-note")), reader.list_of(dead)])


def _blind(reader: Reader) -> Markup:
    blind = [
        reader.touch(touch.id) for touch in reader.report.map.touchpoints if touch.matcher is None and not touch.planned
    ]
    heading = el("h3", reader.say("blind"))
    if not blind:
        return joined([heading, el("p", reader.say("none-blind"))])
    return joined([heading, el("p", reader.say("blind-note")), reader.list_of(blind)])


def _seen(reader: Reader, coverage: Coverage) -> Markup:
    header = tuple(reader.say(f"col.{key}") for key in ("touchpoint", "events", "journeys", "people", "last"))
    rows = [Row(_met(reader, one)) for one in coverage.touchpoints]
    return table(
        reader, Table("seen", reader.say("seen-caption", period=reader.period()), header, rows, (1, 2, 3), most=200)
    )


def _met(reader: Reader, one: Seen) -> tuple[Part, ...]:
    last = reader.say("never") if one.last is None else reader.moment(one.last)
    return (
        reader.touch(one.touchpoint),
        reader.number(one.events),
        reader.number(one.journeys),
        reader.number(one.people),
        last,
    )
