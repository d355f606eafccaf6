"""Detour: places where customers leave the road you drew: a contact out of order, one too many, or not on the road.

An ideal scenario says how it should go; fit says how each real journey deviates from it. Where many journeys make the
same detour, the drawing is wrong or the road is unclear.

Where most journeys go exactly as drawn, one finding counts those that do not; where few do, the leaks and detours tell
more.

Options: `n_min` journeys compared (100), `share` of journeys that at least make the detour, at the low end of the
interval (0.10), `most` of them that go as drawn before the others are counted (0.50).

Fires: 240 of 1,000 journeys meet Filter only after Productpagina; or 398 of 3,000 do not go as drawn.
Does not fire: 40 of 1,000 do; or only 60 journeys could be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.fit import Fit
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Measured
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, Word, called, counted, estimated, fill, percent, spot

name = "detour"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys compared; `share` of them that at least makes the detour; `most` of them that goes as drawn."""

    n_min: int = 100
    share: float = 0.10
    most: float = 0.50


TITLES = {
    "ad_hoc": Label(
        nl="{place} hoort niet bij '{scenario}', toch komt {share} er langs",
        en="{place} is not part of '{scenario}', yet {share} pass by",
    ),
    "out_of_order": Label(
        nl="{share} komt op een ander moment bij {place} dan je tekende",
        en="{share} meet {place} at another moment than you drew",
    ),
    "repeat": Label(
        nl="{share} komt vaker bij {place} dan je tekende", en="{share} meet {place} more often than drawn"
    ),
}
DETAIL = Label(
    nl="Vergeleken met '{scenario}' wijkt {share} ({low} tot {high}) van de klantreizen hier af.",
    en="Compared with '{scenario}', {share} ({low} to {high}) of the journeys deviate here.",
)
ADVICE = Label(
    nl="Bekijk een paar van deze reizen. Is de omweg logisch, teken hem dan als keuze in '{scenario}'. Is hij dat "
    "niet, maak dan de weg naar de volgende stap duidelijker.",
    en="Look at some of these journeys. If the detour makes sense, draw it as a choice in '{scenario}'. If not, make "
    "the way to the next step clearer.",
)
WHOLE = Label(
    nl="{others} van de {all} klantreizen gaan niet zoals je tekende in '{scenario}'",
    en="{others} of {all} journeys do not go as you drew in '{scenario}'",
)
WHOLE_DETAIL = Label(
    nl="{conforming} van de {all} ({low} tot {high}) gaan precies zo. Gemiddeld past een klantreis voor {fitness} op "
    "'{scenario}'.",
    en="{conforming} of {all} ({low} to {high}) go exactly so. On average a journey fits '{scenario}' for {fitness}.",
)
AS_DRAWN = Label(nl="gaat zoals getekend", en="go as drawn")
FITNESS = Label(nl="gemiddelde fitness", en="mean fitness")
SHARE = Label(nl="wijkt hier af", en="deviate here")
PEOPLE = Label(nl="personen", en="people")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint that many journeys meet unlike it was drawn, and one for an ideal as a whole."""
    for scenario in map_.scenarios:
        fit = results.fits.get(scenario.id)
        if scenario.kind != "ideal" or fit is None or fit.journeys < options.n_min:
            continue
        label = scenario.label or Label(anyway=scenario.id)
        yield from _whole(map_, scenario.id, label, fit, options)
        for deviation in fit.deviations:
            text, part = TITLES.get(deviation.kind), deviation.share
            if text is None or part.low is None or part.low < options.share:
                continue
            words: dict[str, Word] = {
                "place": called(map_, deviation.touchpoint),
                "scenario": label,
                "share": percent(part.value),
            }
            yield Finding(
                rule=name,
                level="insight",
                place=spot(map_, deviation.touchpoint),
                title=fill(text, **words),
                detail=fill(DETAIL, low=percent(part.low), high=percent(part.high), **words),
                advice=fill(ADVICE, scenario=label),
                people=deviation.people,
                evidence=(estimated(SHARE, part, "share"), counted(PEOPLE, deviation.people, "people")),
                examples=deviation.examples,
            )


def _whole(map_: JourneyMap, id_: str, label: Label, fit: Fit, options: Options) -> Iterator[Finding]:
    """Yields how many journeys do not go as drawn, when enough of them do not while most of them do."""
    part, others = fit.share, fit.journeys - fit.conforming
    if part.low is None or part.high is None or part.low < options.most or 1 - part.high < options.share:
        return
    words: dict[str, Word] = {
        "scenario": label,
        "all": Number(fit.journeys),
        "others": Number(others),
        "conforming": Number(fit.conforming),
        "low": percent(part.low),
        "high": percent(part.high),
        "fitness": percent(fit.mean_fitness),
    }
    yield Finding(
        rule=name,
        level="insight",
        place=spot(map_, id_),
        title=fill(WHOLE, **words),
        detail=fill(WHOLE_DETAIL, **words),
        advice=fill(ADVICE, scenario=label),
        people=others,
        evidence=(
            estimated(AS_DRAWN, part, "share"),
            Measured(FITNESS, fit.mean_fitness, "share", fit.journeys),
        ),
    )
