"""What a rule is, and the few things every rule needs: names of places, numbers in words, and what is at stake.

A rule is a module with a `name`, an `Options` dataclass with a default for every threshold, a docstring that is its
page in the docs, and `check(map, results, options)`, which yields findings. It says what goes together, never what
causes what. When there are too few people to say anything, it says nothing, or says just that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from klantreis.analyses.results import Results
from klantreis.filled import filled
from klantreis.findings import Finding, Measured, Place
from klantreis.labels import Label, Language, mentioned, plain
from klantreis.map.channels import channel as known_channel
from klantreis.map.channels import channels as known_channels
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.spans import shown
from klantreis.stats.intervals import Estimate


class Rule(Protocol):
    """What a module must offer to be a rule."""

    name: str

    def check(self, map_: JourneyMap, results: Results, options: Any = ...) -> Iterable[Finding]:
        """Yields what the rule has to say of this map and these results."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be written in a sentence, in the manner of its language. `unit` as in `findings.Measured`."""

    value: float
    unit: str = "count"
    currency: str = "EUR"

    def text(self, language: Language) -> str:
        """Returns the number as people write it: 41,2% or 41.2%; 1.234 or 1,234; +1,5; 2 min 5 s; € 1.234."""
        match self.unit:
            case "share":
                return f"{_decimal(self.value * 100, 1, language)}%"
            case "gap":
                return _decimal(self.value * 100, 1, language)
            case "seconds":
                return shown(self.value, language)
            case "score":
                value = round(self.value, 1) or 0.0
                return f"{'+' if value > 0 else ''}{_decimal(value, 1, language)}".replace("-", "−")
            case "nps":
                value = round(100 * self.value) or 0
                return f"{'+' if value > 0 else ''}{_decimal(value, 0, language)}".replace("-", "−")
            case "points":
                return _decimal(self.value, 2, language)
            case "money":
                sign = {"EUR": "€", "USD": "$", "GBP": "£"}.get(self.currency, self.currency)
                return f"{sign} {_decimal(self.value, 0, language)}"
            case _:
                return _decimal(self.value, 0, language)


Word = Label | Number | str
"""What may be filled in to a sentence."""


def fill(text: Label, **values: Word) -> Label:
    """Returns a sentence with its `{names}` filled in, each written in the manner of the sentence's own language."""
    return Label(nl=_filled(text.nl, "nl", values), en=_filled(text.en, "en", values))


def paragraph(*sentences: Label) -> Label:
    """Returns whole sentences after one another."""
    said = [sentence for sentence in sentences if sentence]
    return Label(nl=" ".join(one.text("nl") for one in said), en=" ".join(one.text("en") for one in said))


def percent(value: float | None) -> Number:
    """Returns a share as it is written in a sentence."""
    return Number(value or 0, "share")


def gap_of(value: float | None) -> Number:
    """Returns the difference of two shares in percentage points, without the word for them."""
    return Number(value or 0, "gap")


def spot(map_: JourneyMap, id_: str) -> Place:
    """Returns the place of an id on the map."""
    return Place(map=map_.id, id=id_, file=map_.file)


def called(map_: JourneyMap, id_: str) -> Label:
    """Returns what a touchpoint, step, phase, barrier or KPI is called inside a sentence; an unknown id as it is.

    A name that reads like a sentence itself stands in quotes: see `mentioned`.
    """
    labels = [
        *((touch.id, touch.label) for touch in map_.touchpoints),
        *((step.id, step.label) for _, step in map_.steps()),
        *((phase.id, phase.label) for phase in map_.phases),
        *((barrier.id, barrier.label) for barrier in map_.barriers),
        *((kpi.id, kpi.label) for kpi in map_.kpis),
    ]
    return next((label for key, label in labels if key == id_ and label), plain(id_)).each(mentioned)


def channel_called(map_: JourneyMap, channel: str) -> Label:
    """Returns what a channel is called on the map or by everybody, else the word of the data as it is."""
    own = next((one.label for one in map_.channels if one.id == channel), None)
    if own:
        return own
    drawn = any(touch.channel == channel for touch in map_.touchpoints)
    known = drawn or any(one.id == channel for one in known_channels())
    return known_channel(channel).label if known else plain(channel)


def plain_label(label: Label, id_: str) -> Label:
    """Returns the label, or the id when there is no label."""
    return label or plain(id_)


def estimated(name: Label, estimate: Estimate, unit: str) -> Measured:
    """Returns an estimate as a piece of evidence."""
    return Measured(name, estimate.value, unit, estimate.n, estimate.low, estimate.high)


def counted(name: Label, number: int, unit: str) -> Measured:
    """Returns a plain count as a piece of evidence."""
    return Measured(name, number, unit, number)


def too_few(name: Label, n: int, needed: int, unit: str) -> Measured:
    """Returns evidence that says there are too few people to tell."""
    why = fill(
        Label(nl="te weinig personen (n = {n}, nodig {needed})", en="too few people (n = {n}, need {needed})"),
        n=Number(n),
        needed=Number(needed),
    )
    return Measured(name, None, unit, n, why=why)


def success_chance(map_: JourneyMap, results: Results, phase: str) -> float | None:
    """Returns the share of the journeys reaching the phase *after* this one that also reach the goal of the map.

    None when the map has no goal that is measured, the goal lies before, or nobody got that far.
    """
    steps = {step.step: number for number, step in enumerate(results.funnel.steps)}
    aims = [touch for touch in map_.touchpoints if touch.id in goal(map_) and touch.phase in steps]
    if phase not in steps or not aims or steps[phase] + 1 > max(steps[touch.phase] for touch in aims):
        return None
    got_on = results.funnel.steps[steps[phase] + 1].people
    there = {seen.touchpoint: seen.journeys for seen in results.coverage.touchpoints}
    got_there = sum(there.get(touch.id, 0) for touch in aims)
    return min(1.0, got_there / got_on) if got_on and got_there else None


def worth(map_: JourneyMap, results: Results, journeys: float, phase: str) -> float | None:
    """Returns what journeys lost in a phase would be worth if they went on like the others; None when unknown.

    Journeys lost x the share of those who get past the phase that reach the goal x the mean value of a success. It
    says what is at stake, not what a change would bring.
    """
    chance, value = success_chance(map_, results, phase), results.values.get("per_success")
    return None if chance is None or value is None else journeys * chance * value


def _filled(text: str | None, language: Language, values: dict[str, Word]) -> str | None:
    if text is None:
        return None
    words = {key: value if isinstance(value, str) else value.text(language) for key, value in values.items()}
    return filled(text, **words)


def _decimal(number: float, places: int, language: Language) -> str:
    text = f"{number:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text
