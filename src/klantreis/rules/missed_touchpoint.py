"""Missed touchpoint: customers who get that far, but skip a contact that you drew as part of the road.

Someone who left has not skipped what comes later, so only journeys that got past the phase of the touchpoint are
counted, and everyone who left is taken to be among those without it: the share is the least it can be. A touchpoint
that no data tells of is never called skipped: see `blind_spot` and `dead_matcher`.

Options: `n_min` journeys that got past the phase (100), `share` that at least skips the touchpoint, at the low end of
the interval (0.20).

Fires: 700 of 1,000 journeys got past Overweging; 520 of the 1,000 never met Overzicht, so at least 220 of the 700.
Does not fire: 700 of 1,000 never met Betaling, because 680 of them left before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.fit import Deviation, Fit
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, called, counted, estimated, fill, percent, spot
from klantreis.stats.intervals import Estimate, share

name = "missed_touchpoint"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys that got past the phase; `share` of them that at least skips the touchpoint."""

    n_min: int = 100
    share: float = 0.20


TITLE = Label(nl="Minstens {share} slaat {place} over", en="At least {share} skip {place}")
DETAIL = Label(
    nl="Van de {n} klantreizen die voorbij {phase} komen, komt minstens {share} ({low} tot {high}) nooit bij {place}, "
    "terwijl dat in '{scenario}' wel zo getekend is.",
    en="Of the {n} journeys that get past {phase}, at least {share} ({low} to {high}) never meet {place}, though "
    "'{scenario}' says they should.",
)
ADVICE = Label(
    nl="Vraag je af of klanten {place} echt nodig hebben. Zo ja, maak het beter te vinden. Zo nee, teken het als "
    "mogelijke stap (`optional`).",
    en="Ask yourself whether customers really need {place}. If so, make it easier to find. If not, draw it as a "
    "possible step (`optional`).",
)
SKIPPED = Label(nl="slaat over", en="skip it")
COUNT = Label(nl="klantreizen zonder dit contact", en="journeys without this contact")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint of an ideal scenario that many journeys skip although they got past it."""
    seen = {touch.touchpoint for touch in results.coverage.touchpoints if touch.events}
    for scenario in map_.scenarios:
        fit = results.fits.get(scenario.id)
        if scenario.kind != "ideal" or fit is None:
            continue
        for deviation in fit.deviations:
            if deviation.kind != "missing" or deviation.touchpoint not in seen:
                continue
            part = skipped(map_, results, fit, deviation)
            if part.n >= options.n_min and part.low is not None and part.low >= options.share:
                yield _finding(map_, deviation, part, scenario.label or Label(anyway=scenario.id))


def skipped(map_: JourneyMap, results: Results, fit: Fit, deviation: Deviation) -> Estimate:
    """Returns the least share, of the journeys that got past a touchpoint's phase, that never met the touchpoint.

    `deviation` is one of kind 'missing'. n = 0 and no value when nothing of a later phase is measured: then nobody can
    be told to have skipped it.
    """
    touch = map_.touchpoint(deviation.touchpoint)
    steps = {step.step: number for number, step in enumerate(results.funnel.steps)}
    if touch is None or touch.phase not in steps or steps[touch.phase] + 1 == len(steps):
        return Estimate(None, 0)
    past = min(results.funnel.steps[steps[touch.phase] + 1].people, fit.journeys)
    without = max(0, deviation.journeys - (fit.journeys - past))
    return share(min(without, past), past)


def _finding(map_: JourneyMap, deviation: Deviation, part: Estimate, scenario: Label) -> Finding:
    touch = map_.touchpoint(deviation.touchpoint)
    place, without = called(map_, deviation.touchpoint), round((part.value or 0) * part.n)
    return Finding(
        rule=name,
        level="insight",
        place=spot(map_, deviation.touchpoint),
        title=fill(TITLE, share=percent(part.value), place=place),
        detail=fill(
            DETAIL,
            n=Number(part.n),
            phase=called(map_, touch.phase if touch else ""),
            share=percent(part.value),
            low=percent(part.low),
            high=percent(part.high),
            place=place,
            scenario=scenario,
        ),
        advice=fill(ADVICE, place=place),
        journeys=without,
        evidence=(estimated(SKIPPED, part, "share"), counted(COUNT, without, "journeys")),
        examples=deviation.examples,
    )
