"""The funnel over the map's phases: how many get there, and how segments differ."""

from __future__ import annotations

from klantreis.analyses.funnel import Funnel, FunnelStep
from klantreis.analyses.results import Results
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.pictures import funnel_picture
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, bar, by_segment, empty, table, what
from klantreis.scenes import numbers

SECOND = 1_000_000


def section(reader: Reader) -> Section:
    """Returns the chapter on how many journeys get from phase to phase."""
    gist, body = _empty(reader) if reader.results is None else _measured(reader, reader.results)
    return Section(
        "funnel", reader.say("title.funnel"), reader.say("question.funnel"), gist, body, by_segment(reader, "funnel")
    )


def _empty(reader: Reader) -> tuple[Markup, Markup]:
    return reader.say("gist.none"), empty(reader, "unmeasured")


def _measured(reader: Reader, results: Results) -> tuple[Markup, Markup]:
    funnel = results.funnel
    within = "" if funnel.within is None else numbers.duration(funnel.within / SECOND, reader.language)
    explained = what(reader, "funnel", "" if within else ".no-limit", within=within)
    if not funnel.steps or not funnel.steps[0].people:
        return Markup("–"), joined([explained, empty(reader, "funnel")])
    last = _goal(reader, funnel)
    gist = reader.say(
        f"gist.funnel{_late(funnel)}",
        share=reader.estimated(last.share, "share"),
        phase=reader.name("phase", last.step),
    )
    key = "funnel-so-far" if funnel.may_go_on else "funnel-open" if within and funnel.open_entries else "funnel-mature"
    open_ = funnel.open_entries if within else funnel.may_go_on
    counts = {"all": funnel.all_people, "entered": funnel.steps[0].people, "open": open_}
    said = reader.say(key, within=within, **{name: reader.number(count) for name, count in counts.items()})
    body = [
        explained,
        el("p", said),
        funnel_picture(reader, funnel),
        _table(reader, funnel),
        _segments(reader, results),
    ]
    return gist, joined(body)


def _late(funnel: Funnel) -> str:
    """The end of the names of texts that say that the shares are so far."""
    return ".so-far" if funnel.may_go_on else ""


def _goal(reader: Reader, funnel: Funnel) -> FunnelStep:
    """The phase that says most in one line: that of success, else the last one."""
    map_ = reader.report.map
    wanted = {touch.phase for touch in map_.touchpoints if touch.id in map_.journey.goal}
    return next((step for step in reversed(funnel.steps) if step.step in wanted), funnel.steps[-1])


def _table(reader: Reader, funnel: Funnel) -> Markup:
    header = (
        "phase",
        "reached",
        "mature" if funnel.within is not None else "over",
        "share",
        "interval",
        "what-bar",
        "onward",
        "interval",
        "median-before",
        "middle-half",
    )
    rows = [Row(_row(reader, step, number)) for number, step in enumerate(funnel.steps)]
    heads = tuple(reader.say(f"col.{key}") for key in header)
    return table(
        reader,
        Table(
            "funnel-table",
            reader.say(
                "funnel-caption" if funnel.within is not None else "funnel-caption.no-limit", period=reader.period()
            ),
            heads,
            rows,
            (1, 2, 3, 4, 6, 7, 8, 9),
        ),
    )


def _row(reader: Reader, step: FunnelStep, number: int) -> tuple[Part, ...]:
    onward: tuple[Part, Part] = ("–", "–")
    if number:
        onward = reader.value(step.from_previous, "share"), reader.between(step.from_previous, "share")
    half = numbers.between(step.q25_seconds, step.q75_seconds, "seconds", reader.language) if number else ""
    return (
        reader.place("phase", step.step), reader.number(step.people), reader.number(step.mature),
        reader.value(step.share, "share"), reader.between(step.share, "share"), bar(step.share), *onward,
        reader.shown(step.median_seconds, "seconds") if number else "–", half or "–",
    )  # fmt: skip


def _segments(reader: Reader, results: Results) -> Markup:
    heading = el("h3", reader.say("segments"))
    if not results.segments:
        return joined([heading, el("p", reader.say("no-segments"), class_="note")])
    everybody = [(reader.say("everybody"), results.funnel)]
    groups = everybody + [(reader.name("segment", name), part.funnel) for name, part in results.segments.items()]
    rows = [
        Row((reader.place("phase", step.step), *(_cell(reader, funnel, step.step) for _, funnel in groups)))
        for step in results.funnel.steps
    ]
    caption = "segments-caption" if results.funnel.within is not None else "segments-caption.no-limit"
    header = (reader.say("col.phase"), *(name for name, _ in groups))
    shown = Table("segments", reader.say(caption), header, rows)
    return joined([heading, table(reader, shown), el("p", reader.say("segments-note"), class_="note")])


def _cell(reader: Reader, funnel: Funnel, phase: str) -> Markup:
    step = next((step for step in funnel.steps if step.step == phase), None)
    if step is None or step.share.value is None:
        return Markup("–")
    around = f"{reader.between(step.share, 'share')}, {numbers.cases(step.share.n, reader.language)}"
    said = joined([el("strong", reader.value(step.share, "share")), " ", el("span", around, class_="note")])
    return joined([el("span", said), bar(step.share)])
