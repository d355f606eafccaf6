"""Detour: places where customers leave the road you drew: a contact out of order, one too many, or not on the road.

An ideal scenario says how it should go; fit says how each real journey deviates from it. Where many journeys make the
same detour, the drawing is wrong or the road is unclear.

Options: `n_min` journeys compared (100), `share` of journeys that at least make the detour, at the low end of the
interval (0.10).

Fires: 240 of 1,000 journeys meet Filter only after Productpagina.
Does not fire: 40 of 1,000 do; or only 60 journeys could be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Word, called, counted, estimated, fill, percent, spot

name = "detour"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys compared; `share` of them that at least makes the detour."""

    n_min: int = 100
    share: float = 0.10


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
SHARE = Label(nl="wijkt hier af", en="deviate here")
PEOPLE = Label(nl="mensen", en="people")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint and ideal scenario that many journeys meet unlike it was drawn."""
    for scenario in map_.scenarios:
        fit = results.fits.get(scenario.id)
        if scenario.kind != "ideal" or fit is None or fit.journeys < options.n_min:
            continue
        label = scenario.label or Label(anyway=scenario.id)
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
