"""Where to look first: the top findings as cards, all others as a table."""

from __future__ import annotations

from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.exporters.html.shapes import Row, Section, Table, empty, find, table, what
from klantreis.exporters.html.yaml_text import yaml_text
from klantreis.findings import Finding, Measured
from klantreis.map.turning import may_turn
from klantreis.scenes import numbers

CARDS = 6
"""How many findings are shown as a card; the rest stand in a table."""

SIGNS = {"error": "✗", "warning": "!", "insight": "→", "hint": "·"}


def section(reader: Reader) -> Section:
    """Returns the chapter on what asks attention first."""
    found = reader.report.findings
    body = joined([what(reader, "first"), _cards(reader, found[:CARDS]), _others(reader, found[CARDS:])])
    if not found:
        body = empty(reader, "first" if reader.results else "first-unmeasured")
    return Section(
        "first", reader.say("title.first"), reader.say("question.first"), _gist(reader), body, (find(reader),)
    )


def _gist(reader: Reader) -> Markup:
    found = reader.report.findings
    if not found:
        return reader.say("gist.first.none" if reader.results else "gist.none")
    title = reader.text(found[0].title)
    if len(found) == 1:
        return reader.say("gist.first.one", title=title)
    return reader.say("gist.first", n=reader.number(len(found)), title=title)


def _cards(reader: Reader, found: tuple[Finding, ...]) -> Markup:
    return el("ol", *(el("li", _card(reader, one, rank)) for rank, one in enumerate(found, 1)), class_="cards")


def _card(reader: Reader, finding: Finding, rank: int) -> Markup:
    title = reader.text(finding.title)
    head = el("h3", el("span", str(rank), class_="rank", aria_hidden="true"), el("span", title))
    parts = [
        head,
        el("p", _badge(reader, finding), " ", spaced(_touches(reader, finding)), class_="meta"),
        _headline(reader, finding),
        el("p", reader.text(finding.detail)) if finding.detail else None,
        _advice(reader, finding),
        _evidence(reader, finding),
        _examples(reader, finding),
        proposal(reader, finding),
    ]
    return el("article", *parts, id=reader.anchor_of(finding), class_=f"card {finding.level}")


def _badge(reader: Reader, finding: Finding) -> Markup:
    sign = el("span", SIGNS[finding.level], aria_hidden="true")
    return el("span", sign, " ", reader.word("level", finding.level), class_=f"badge {finding.level}")


def _touches(reader: Reader, finding: Finding) -> list[Markup | str]:
    said: list[Markup | str] = []
    if finding.people or finding.journeys:
        said.append(_touched(reader, finding))
    if finding.money is not None:
        said.append(reader.say("money-at-stake", amount=reader.shown(finding.money, "money")))
    spot = where(reader, finding)
    return [*said, spot] if spot else said


def _touched(reader: Reader, finding: Finding) -> Markup:
    """Returns how many it touches, and of what: people, or journeys where only those were counted."""
    count, one, more = finding.people, "person-touched", "people-touched"
    if not count:
        count, one, more = finding.journeys, "journey-touched", "journeys-touched"
    return reader.say(one if count == 1 else more, n=reader.number(count))


def where(reader: Reader, finding: Finding) -> Markup:
    """Returns the place of a finding: a link into the map's list, or the file with its line; '' when it has none."""
    place = finding.place
    if place.id:
        kind = next((kind for kind in ("touchpoint", "phase", "step", "kpi") if (kind, place.id) in reader.names), None)
        return reader.place(kind, place.id) if kind else _named(reader, place.id)
    if place.file:
        return el("code", ":".join(str(part) for part in (place.file, place.line, place.column) if part))
    return Markup("")


def _named(reader: Reader, id_: str) -> Markup:
    kinds = ("scenario", "barrier", "opportunity", "offer", "change", "survey", "segment", "channel", "persona")
    kind = next((kind for kind in kinds if (kind, id_) in reader.names), "")
    return reader.name(kind, id_)


def _headline(reader: Reader, finding: Finding) -> Markup:
    if not finding.evidence or finding.evidence[0].value is None:
        return Markup("")
    first = finding.evidence[0]
    around = spaced([part for part in (_between(reader, first), numbers.cases(first.n, reader.language)) if part])
    return el(
        "p",
        el("strong", reader.shown(first.value, first.unit), class_="figure"),
        " ",
        el("span", reader.text(first.name), " ", el("span", around, class_="note")),
        class_="headline",
    )


def _between(reader: Reader, number: Measured) -> str:
    return numbers.between(number.low, number.high, number.unit, reader.language, reader.report.currency)


def _advice(reader: Reader, finding: Finding) -> Part:
    if not finding.advice:
        return None
    return el("p", el("strong", reader.say("advice"), ": "), reader.text(finding.advice), class_="advice")


def _evidence(reader: Reader, finding: Finding) -> Markup:
    if len(finding.evidence) < 2 and all(number.value is not None for number in finding.evidence):
        return Markup("")
    rows = [
        Row(
            (
                reader.text(number.name),
                reader.shown(number.value, number.unit) if number.value is not None else _why(reader, number),
                _between(reader, number) or "–",
                reader.number(number.n),
            )
        )
        for number in finding.evidence
    ]
    header = tuple(reader.say(f"col.{key}") for key in ("what", "value", "interval", "n"))
    caption = reader.say("evidence-of", title=reader.text(finding.title))
    shown = Table(f"{reader.anchor_of(finding)}~evidence", el("span", caption, class_="heard"), header, rows, (1, 2, 3))
    return el("details", el("summary", reader.say("evidence"), _heard(reader, finding)), table(reader, shown))


def _why(reader: Reader, number: Measured) -> Markup:
    return reader.text(number.why) if number.why else Markup("–")


def _heard(reader: Reader, finding: Finding) -> Markup:
    return el("span", ": ", reader.text(finding.title), class_="heard")


def _examples(reader: Reader, finding: Finding) -> Part:
    if not finding.examples:
        return None
    names = joined((el("code", name) for name in finding.examples[:5]), " ")
    shown = f"klantreis draw --map {reader.report.map.id} --journey {finding.examples[0]}"
    return el("p", el("strong", reader.say("examples"), ": "), names, " ", el("code", shown), class_="note")


def proposal(reader: Reader, finding: Finding) -> Markup:
    """Returns the change a finding proposes, as YAML, and the command that accepts it.

    One that proposes none has the command that makes it an opportunity; '' when it cannot be one, or is one.
    """
    if finding.edit is None:
        return _turned(reader, finding)
    command = f"klantreis find --accept {finding.id}{reader.only}"
    caption = reader.say("proposal-of", title=reader.text(finding.title))
    return el(
        "details",
        el("summary", reader.say("proposal"), _heard(reader, finding)),
        el("p", reader.text(finding.edit.note)) if finding.edit.note else None,
        el(
            "pre", el("code", yaml_text(finding.edit)), tabindex="0", role="region", aria_label=caption, class_="scroll"
        ),
        el("p", reader.say("accept", command=el("code", command))),
        class_="proposal",
    )


def _turned(reader: Reader, finding: Finding) -> Markup:
    if not may_turn(reader.report.map, finding):
        return Markup("")
    command = el("code", f"klantreis find --opportunity {finding.id}{reader.only}")
    return el("p", reader.say("turn", command=command), class_="note")


def _others(reader: Reader, found: tuple[Finding, ...]) -> Markup:
    if not found:
        return Markup("")
    rows = [
        Row(_other(reader, one), reader.anchor_of(one)) for one in found
    ]  # fmt: skip
    header = tuple(reader.say(f"col.{key}") for key in ("finding", "where", "size", "touched", "money", "level"))
    caption = reader.say("more-findings-caption", n=reader.number(len(found)))
    shown = Table("more-findings", caption, header, rows, (3, 4), most=200)
    return joined([el("h3", reader.say("more-findings")), table(reader, shown)])


def _other(reader: Reader, one: Finding) -> tuple[Part, ...]:
    return (
        _told(reader, one),
        where(reader, one) or "–",
        _size(reader, one),
        *_stakes(reader, one),
        _badge(reader, one),
    )


def _told(reader: Reader, finding: Finding) -> Markup:
    more = [
        el("p", reader.text(finding.detail)) if finding.detail else None,
        _advice(reader, finding),
        _examples(reader, finding),
        proposal(reader, finding),
    ]
    title = reader.text(finding.title)
    if not any(more):
        return title
    return joined([title, el("details", el("summary", reader.say("more-about"), _heard(reader, finding)), *more)])


def _size(reader: Reader, finding: Finding) -> str:
    return numbers.measured(finding.evidence[0], reader.language, reader.report.currency) if finding.evidence else "–"


def _stakes(reader: Reader, finding: Finding) -> tuple[Part, Part]:
    return _touched(reader, finding) if finding.people or finding.journeys else "–", reader.shown(
        finding.money, "money"
    )
