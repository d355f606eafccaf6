"""`Reader`: for whom a report is written: the report, the language, and how ids, words and numbers are said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from klantreis.analyses.results import Results
from klantreis.exporters.html.markup import Markup, anchor, el, escaped, joined, link
from klantreis.exporters.html.words import WORDS
from klantreis.filled import filled
from klantreis.findings import Finding
from klantreis.labels import Label, Language, tongue
from klantreis.report import Report
from klantreis.scenes import numbers
from klantreis.scenes.words import WORDS as PICTURE_WORDS
from klantreis.stats.intervals import Estimate


class Named(Protocol):
    """Whatever on a map has an id and a label."""

    @property
    def id(self) -> str:
        """The key in the YAML."""

    @property
    def label(self) -> Label:
        """What people call it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """That a page asks at each step whether it is recognisable; `reply_to`: the mail address answers may go to."""

    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One report in one language. `names` holds the labels of the map by (kind, id); `anchors` those of findings;
    `ask` what the page asks of who looks at it, None for nothing.
    """

    report: Report
    language: Language
    names: Mapping[tuple[str, str], Label]
    anchors: Mapping[int, str]
    ask: Ask | None = None

    @property
    def results(self) -> Results | None:
        """What was measured, None when nothing was."""
        return self.report.results

    def say(self, key: str, **gaps: object) -> Markup:
        """Returns one of our own texts with its gaps filled, everything escaped; an unknown key raises KeyError."""
        text = _with_code(escaped(WORDS[key].text(self.language)))
        return Markup(filled(text, **{name: escaped(value) for name, value in gaps.items()}))

    def word(self, kind: str, value: str) -> Markup:
        """Returns the word for a value a noun allows (`word('type', 'purchase')`); the value itself when unknown."""
        key = f"{kind}.{value}"
        label = WORDS.get(key) or PICTURE_WORDS.get(key)
        return escaped(label.text(self.language) if label else value.replace("_", " "))

    def text(self, label: Label) -> Markup:
        """Returns a label of the map; when it exists only in the other language it is marked as such."""
        said = escaped(label.shown(self.language))
        return el("span", said, lang=tongue(said)) if label.missing(self.language) else said

    @property
    def only(self) -> str:
        """What a command adds to be of the segment of this report: ' --segment nieuw'; '' for everybody."""
        segment = self.results.about.segment if self.results else None
        return f" --segment {segment}" if segment else ""

    def name(self, kind: str, id_: str | None) -> Markup:
        """Returns the label of a phase, step, touchpoint, scenario, segment, survey or KPI; its id when it has none."""
        if id_ is None:
            return Markup("–")
        label = self.names.get((kind, id_))
        return (self.text(label) if label else Markup("")) or el("code", id_)

    def place(self, kind: str, id_: str | None) -> Markup:
        """Returns the name of something on the map as a link to its spot in the list, plain when it is not there."""
        known = id_ is not None and (kind, id_) in self.names
        return link(f"{kind}-{id_}", self.name(kind, id_)) if known else self.name(kind, id_)

    @property
    def ends(self) -> tuple[str, str]:
        """What the artificial start and end of a journey are called in what was measured."""
        return ("start", "end") if self.results is None else (self.results.paths.start, self.results.paths.end)

    def touch(self, id_: str | None) -> Markup:
        """Returns a touchpoint as a link; the artificial start and end of a journey by their word."""
        if id_ in self.ends:
            return el("em", self.say("node.start" if id_ == self.ends[0] else "node.end"))
        return self.place("touchpoint", id_)

    def anchor_of(self, finding: Finding) -> str:
        """Returns the id under which a finding stands on the page."""
        return self.anchors.get(id(finding), anchor(finding.id))

    def number(self, value: float, digits: int = 0) -> str:
        """Returns a number as this reader writes it."""
        return numbers.decimal(value, self.language, digits)

    def shown(self, value: float | None, unit: str) -> str:
        """Returns a value in its unit; '–' when there is none."""
        return "–" if value is None else numbers.shown(value, unit, self.language, self.report.currency)

    def value(self, estimate: Estimate, unit: str) -> str:
        """Returns an estimate's value with as many decimals as its interval has; '–' when there is none."""
        if estimate.value is None or estimate.low is None or estimate.high is None:
            return self.shown(estimate.value, unit)
        if unit == "score":
            return numbers.score(estimate.value, self.language, _digits(estimate))
        fine = 0 < estimate.low < 0.0995 or estimate.high - estimate.low < 0.015
        if unit == "share" and estimate.value not in {0.0, 1.0}:
            return numbers.percent(estimate.value, self.language, 1 if fine else 0)
        return self.shown(estimate.value, unit)

    def between(self, estimate: Estimate, unit: str) -> str:
        """Returns an estimate's 95 % interval; '–' when there is none."""
        if unit == "score" and estimate.low is not None and estimate.high is not None:
            digits = _digits(estimate)
            low, high = (numbers.score(bound, self.language, digits) for bound in (estimate.low, estimate.high))
            return self.say("from-to", low=low, high=high)
        said = numbers.between(estimate.low, estimate.high, unit, self.language, self.report.currency)
        return said or "–"

    def estimated(self, estimate: Estimate, unit: str) -> str:
        """Returns an estimate with its interval and n."""
        if estimate.value is None:
            return "–"
        around = [self.between(estimate, unit), numbers.cases(estimate.n, self.language)]
        return f"{self.value(estimate, unit)} ({', '.join(part for part in around if part != '–')})"

    def assumed(self, feel: float | None) -> str:
        """Returns a feeling that somebody wrote on the map: +1, −0,5; '–' when nobody did."""
        return "–" if feel is None else numbers.score(feel, self.language, 0 if feel == round(feel) else 1)

    def moment(self, micros: int) -> str:
        """Returns the day of a moment in microseconds since 1970 UTC."""
        return numbers.day(numbers.local(micros, self.report.time_zone), self.language)

    def period(self) -> str:
        """Returns the period the numbers speak of; '–' without data."""
        if self.results is None or not self.results.about.last:
            return "–"
        about = self.results.about
        first = about.first if about.since is None else about.since
        last = about.last if about.until is None else about.until
        zone = self.report.time_zone
        return numbers.period(numbers.local(first, zone), numbers.local(last, zone), self.language)

    def list_of(self, parts: list[Markup]) -> Markup:
        """Returns parts as an unordered list; nothing when there are none."""
        return el("ul", *(el("li", part) for part in parts)) if parts else Markup("")


def reader_of(report: Report, language: Language, ask: Ask | None = None) -> Reader:
    """Returns the reader of a report in a language. A page that asks tells no votes: they would steer the answers."""
    if ask is not None:
        report = replace(report, votes={})
    return Reader(report, language, _names(report), _anchors(report), ask)


def _names(report: Report) -> dict[tuple[str, str], Label]:
    map_ = report.map
    kinds: dict[str, tuple[Named, ...]] = {
        "phase": map_.phases, "touchpoint": map_.touchpoints, "scenario": map_.scenarios, "segment": map_.segments,
        "survey": map_.surveys, "kpi": map_.kpis, "barrier": map_.barriers, "opportunity": map_.opportunities,
        "channel": map_.channels, "persona": map_.personas, "offer": map_.offers, "change": map_.changes,
    }  # fmt: skip
    found = {(kind, one.id): one.label for kind, listed in kinds.items() for one in listed}
    return found | {("step", step.id): step.label for _, step in map_.steps()}


def _anchors(report: Report) -> dict[int, str]:
    taken: dict[str, int] = {}
    found = {}
    for finding in report.findings:
        wanted = anchor(finding.id)
        wanted = wanted if "/" in wanted else f"{wanted}/"
        taken[wanted] = taken.get(wanted, 0) + 1
        found[id(finding)] = wanted if taken[wanted] == 1 else f"{wanted}~{taken[wanted]}"
    return found


def _digits(estimate: Estimate) -> int:
    """How many decimals a score needs for the ends of its interval to differ."""
    return 2 if (estimate.high or 0) - (estimate.low or 0) < 0.15 else 1


def _with_code(text: Markup) -> Markup:
    pieces = text.split("`")
    return joined(el("code", Markup(piece)) if spot % 2 else Markup(piece) for spot, piece in enumerate(pieces))


def spaced(parts: list[Markup | str]) -> Markup:
    """Returns short facts beside each other, a dot in between."""
    return joined(parts, Markup(" · "))
