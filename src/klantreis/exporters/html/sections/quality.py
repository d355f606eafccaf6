"""What was read, stored and rejected, and what the map could not place."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.results import Results
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, empty, table, what
from klantreis.scenes.numbers import percent

PARTS = ("read", "stored", "duplicate", "rejected")
WAYS = ("person", "by_id", "by_device", "anonymous", "nobody", "ambiguous")


def section(reader: Reader) -> Section:
    """Returns the chapter on data quality."""
    gist, body = reader.say("gist.none"), empty(reader, "unmeasured")
    if reader.results is not None:
        gist, body = _measured(reader, reader.results)
    return Section("quality", reader.say("title.quality"), reader.say("question.quality"), gist, body, ("measure",))


def _measured(reader: Reader, results: Results) -> tuple[Markup, Markup]:
    counts = results.counts
    gist, told = reader.say("gist.quality.none"), empty(reader, "quality")
    if "read" in counts:
        numbers = {part: reader.number(counts.get(part, 0)) for part in ("stored", "rejected")}
        gist, told = reader.say("gist.quality", **numbers), _sources(reader, counts)
    outside = reader.say("outside" if results.outside else "outside-none", n=reader.number(results.outside))
    people = _people(reader, results)
    return gist, joined(
        [
            what(reader, "quality"),
            told,
            people,
            el("h3", reader.say("overlaps")),
            _overlaps(reader, results),
            el("p", outside),
        ]
    )


def by_source(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Returns the counts per source, from keys like `orders.read`; the whole under ''."""
    found: dict[str, dict[str, int]] = {"": {}}
    for key, count in counts.items():
        source, _, part = key.rpartition(".")
        if part in PARTS:
            found.setdefault(source, {})[part] = count
    return found


def _sources(reader: Reader, counts: Mapping[str, int]) -> Markup:
    grouped = by_source(counts)
    listed = [*((name, part) for name, part in grouped.items() if name), ("", grouped[""])]
    rows = [Row(_source(reader, name, part)) for name, part in listed]
    header = tuple(reader.say(f"col.{key}") for key in ("source", *PARTS, "adds-up"))
    return table(reader, Table("sources", reader.say("quality-caption"), header, rows, (1, 2, 3, 4)))


def _source(reader: Reader, name: str, part: Mapping[str, int]) -> tuple[Part, ...]:
    off = part.get("read", 0) - sum(part.get(key, 0) for key in PARTS[1:])
    good = el("span", reader.say("adds-up"), class_="good")
    sum_ = good if not off else el("span", reader.say("adds-not", n=reader.number(off)), class_="bad")
    shown = el("code", name) if name else el("strong", reader.say("all-sources"))
    return shown, *(reader.number(part.get(key, 0)) for key in PARTS), sum_


def _people(reader: Reader, results: Results) -> Markup:
    """Returns how many events have a person and why; nothing where each event names its own."""
    seen = results.about.identity
    if seen is None or seen.share is None:
        return Markup("")

    def share(count: int) -> str:
        return percent(count / seen.events, reader.language, 1)

    def number(count: int) -> str:
        return reader.number(count)

    rows = [Row((reader.say(f"way.{way}"), number(getattr(seen, way)), share(getattr(seen, way)))) for way in WAYS]
    header = tuple(reader.say(f"col.{key}") for key in ("way", "events", "of-events"))
    known = seen.person + seen.by_id + seen.by_device
    said = reader.say("people.known", share=share(known), n=number(seen.events), device=share(seen.by_device))
    devices = reader.say(
        "people.devices", people=number(seen.people), devices=number(seen.devices), shared=number(seen.shared)
    )
    shown = table(reader, Table("people", reader.say("people-caption"), header, rows, (1, 2)))
    return joined([el("h3", reader.say("people.head")), el("p", said), shown, el("p", devices)])


def _overlaps(reader: Reader, results: Results) -> Markup:
    if not results.overlaps:
        return el("p", reader.say("no-overlaps"))
    rows = [
        Row((el("code", event), reader.touch(taken), reader.touch(passed), reader.number(events)))
        for event, taken, passed, events in results.overlaps
    ]
    header = tuple(reader.say(f"col.{key}") for key in ("event", "taken", "passed", "events"))
    return table(reader, Table("overlaps", reader.say("overlaps-caption"), header, rows, (3,)))
