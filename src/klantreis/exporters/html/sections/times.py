"""How long journeys, phases and the ways between touchpoints take."""

from __future__ import annotations

from klantreis.analyses.times import Duration, Times
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.pictures import times_picture
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, empty, table, what
from klantreis.scenes import numbers

PAIRS = 25


def section(reader: Reader) -> Section:
    """Returns the chapter on times."""
    gist, body = reader.say("gist.none"), empty(reader, "unmeasured")
    if reader.results is not None:
        gist, body = _measured(reader, reader.results.times)
    return Section("times", reader.say("title.times"), reader.say("question.times"), gist, body, ("times",))


def _measured(reader: Reader, times: Times) -> tuple[Markup, Markup]:
    if times.journey.median is None:
        return Markup("–"), joined([what(reader, "times"), empty(reader, "times")])
    gist = reader.say("gist.times", median=reader.shown(times.journey.median, "seconds"))
    listed = (times.journey, *times.phases, *times.between)
    rough = el("p", reader.say("not-exact"), class_="note") if any(not one.exact for one in listed) else None
    parts = [
        what(reader, "times"),
        times_picture(reader, times),
        _phases(reader, times),
        _between(reader, times),
        rough,
    ]
    return gist, joined(parts)


def _phases(reader: Reader, times: Times) -> Markup:
    expected = {phase.id: phase.expected_seconds for phase in reader.report.map.phases}
    onward = {one.source: one for one in times.onward if one.n}
    rows = [Row((el("strong", reader.say("whole-journey")), *_spread(reader, times.journey), "–"))]
    rows += [
        Row(
            (
                reader.place("phase", one.source),
                *_spread(reader, one),
                reader.shown(expected.get(one.source or ""), "seconds"),
            )
        )
        if one.kind == "phase"
        else Row((reader.say("onward"), *_spread(reader, one), "–"))
        for phase in times.phases
        for one in (phase, onward.get(phase.source))
        if one is not None
    ]
    header = tuple(reader.say(f"col.{key}") for key in ("what-time", "n", "median", "middle-half", "p90", "expected"))
    caption = reader.say("times-phases-caption", period=reader.period())
    return table(reader, Table("times-phases", caption, header, rows, (1, 2, 3, 4, 5)))


def _between(reader: Reader, times: Times) -> Markup:
    if not times.between:
        return Markup("")
    rows = [Row((reader.touch(one.source), reader.touch(one.target), *_spread(reader, one))) for one in times.between]
    header = tuple(reader.say(f"col.{key}") for key in ("from", "to", "n", "median", "middle-half", "p90"))
    shown = Table("times-between", reader.say("times-between-caption"), header, rows, (2, 3, 4, 5), most=PAIRS)
    return joined([el("h3", reader.say("between")), table(reader, shown)])


def _spread(reader: Reader, one: Duration) -> tuple[Part, ...]:
    rough = "" if one.exact else "≈ "
    half = numbers.between(one.q25, one.q75, "seconds", reader.language)
    return (
        reader.number(one.n), f"{rough}{reader.shown(one.median, 'seconds')}", f"{rough}{half}" if half else "–",
        f"{rough}{reader.shown(one.p90, 'seconds')}",
    )  # fmt: skip
