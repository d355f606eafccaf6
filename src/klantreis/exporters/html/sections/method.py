"""How everything was computed: terms, formulas with their sources, and the commands that do it again."""

from __future__ import annotations

from klantreis.exporters.html.markup import Markup, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, table
from klantreis.scenes import numbers


def section(reader: Reader) -> Section:
    """Returns the chapter on how it was computed."""
    parts = [_data(reader), el("h3", reader.say("method-terms")), _terms(reader), _again(reader)]
    return Section(
        "method", reader.say("title.method"), reader.say("question.method"), reader.say("gist.method"), joined(parts)
    )


def _data(reader: Reader) -> Markup:
    if reader.results is None:
        return Markup("")
    about = reader.results.about
    said = reader.say(
        "method-data-text", period=reader.period(), zone=reader.report.time_zone, version=about.version or "–"
    )
    return joined([el("h3", reader.say("method-data")), el("p", said)])


def _terms(reader: Reader) -> Markup:
    rule = reader.report.map.journey
    last = "–" if reader.results is None else reader.moment(reader.results.about.last)
    said: dict[str, dict[str, str]] = {
        "journey": {"timeout": _span(reader, "def.timeout", rule.timeout_seconds)},
        "touchpoint": {},
        "success": {"touchpoints": joined((reader.touch(name) for name in rule.goal or rule.end), ", ")},
        "interval": {},
        "mature": {"window": _span(reader, "def.window", rule.within_seconds), "last": last},
        "fitness": {},
        "odds": {},
        "peak-end": {},
    }
    if rule.within_seconds is None:
        said = {("over" if term == "mature" else term): gaps for term, gaps in said.items()}
    if not said["success"]["touchpoints"]:
        del said["success"]
    pairs = (
        joined([el("dt", reader.say(f"term.{term}")), el("dd", reader.say(f"def.{term}", **gaps))])
        for term, gaps in said.items()
    )
    return el("dl", *pairs, class_="terms")


def _span(reader: Reader, key: str, seconds: float | None) -> Markup:
    return Markup("") if seconds is None else reader.say(key, span=numbers.duration(seconds, reader.language))


def _again(reader: Reader) -> Markup:
    id_, language, only = reader.report.map.id, reader.language, reader.only
    commands = {
        "load": "klantreis load",
        "measure": f"klantreis measure --map {id_}{only} --json",
        "find": f"klantreis find --map {id_}{only} --json",
        "report": f"klantreis report --map {id_}{only} --language {language}",
    }
    rows = [Row((el("code", command), reader.say(f"cmd.{key}"))) for key, command in commands.items()]
    header = (reader.say("col.command"), reader.say("col.gives"))
    shown = Table("commands", reader.say("commands-caption"), header, rows)
    return joined(
        [el("h3", reader.say("method-again")), el("p", reader.say("method-again-text")), table(reader, shown)]
    )
