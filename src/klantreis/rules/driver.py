"""Driver: something that people do or meet before the goal, and that goes with leaving.

Each touchpoint, event off the map, channel and word is compared, and at each touchpoint what goes wrong, is done twice
in a row, is come back to, or takes long. It speaks of what surely goes with leaving, also among journeys of like
length, after adjusting for how many were compared; where a barrier is drawn, it says what is done about it.

Options: `n_min` people (30), `gap` the least difference in the share that reaches the goal, at the low end of its
interval (0.02), `most` findings at most, most people first (3).

Fires: of 1,933 people who see Productpagina twice in a row 12 % reach the goal, of the others there 32 %.
Does not fire: longer journeys hold more of it, and among those of like length nothing is left; 12 people do it; nearly
all who reach the goal do it, so it is a part of the way.

Money: people x (reach it without - reach it with) x the mean value of a success: an upper bound, as if all of the
difference came from this and could be won back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from klantreis.analyses.barriers import Barrier
from klantreis.analyses.drivers import Driver, Drivers
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Measured
from klantreis.labels import Label, plain
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, called, channel_called, counted, estimated, fill, paragraph, percent, spot

name = "driver"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` people; `gap`: least difference at the low end of its interval; `most` findings."""

    n_min: int = 30
    gap: float = 0.02
    most: int = 3


WHAT: Mapping[str, Label] = {
    "touchpoint": Label("{place}", "{place}"),
    "event": Label("'{place}' (niet op je kaart)", "'{place}' (not on your map)"),
    "channel": Label("kanaal {place}", "channel {place}"),
    "detail": Label("het woord '{place}'", "the word '{place}'"),
    "failed": Label("een fout bij {place}", "an error at {place}"),
    "repeat": Label("{place} twee keer na elkaar", "{place} twice in a row"),
    "back": Label("terugkomen bij {place}", "coming back to {place}"),
    "slow": Label("lang blijven bij {place}", "staying long at {place}"),
}
TITLE = Label(
    nl="Hangt samen met afhaken: {what} ({with_it} haalt het doel, anders {without_it})",
    en="Goes with leaving: {what} ({with_it} reach the goal, else {without_it})",
)
DETAIL = Label(
    nl="Van de {n} personen met {what} haalt {with_it} ({with_low} tot {with_high}) het doel; van de {others} anderen "
    "{without_it}. Alleen wat vóór het doel gebeurt telt. Ook bij reizen van gelijke lengte blijft dat zo, en na "
    "correctie voor {tests} vergelijkingen. Het hangt samen; het bewijst geen oorzaak.",
    en="Of the {n} people with {what}, {with_it} ({with_low} to {with_high}) reach the goal; of the {others} others "
    "{without_it}. Only what comes before the goal counts. It holds among journeys of like length too, and after "
    "adjusting for {tests} comparisons. It goes with it; it proves no cause.",
)
CAREFUL = Label(
    nl="De ene groep is meer dan tien keer zo groot als de andere: wees voorzichtig.",
    en="One group is over ten times the other: be careful.",
)
MONEY = Label(
    nl="Het bedrag is een bovengrens: personen × verschil × gemiddelde waarde, alsof alles terug te winnen is.",
    en="The amount is an upper bound: people × difference × mean value, as if all could be won back.",
)
KNOWN = Label(
    nl="Op je kaart staat hier al een barrière: {barriers}.",
    en="Your map draws a barrier here already: {barriers}.",
)
ADVICE = Label(
    nl="Bekijk de voorbeelden: wat gebeurt er bij {what}? Verander het bij een deel van je klanten en vergelijk.",
    en="Look at the examples: what happens with {what}? Change it for some of your customers and compare.",
)
ODDS = Label(nl="kansverhouding", en="odds ratio")
ALIKE = Label(nl="kansverhouding bij gelijke lengte", en="odds ratio at like length")
LESS = Label(nl="minder halen het doel", en="fewer reach the goal")
LOWER = Label(nl="lager gevoel dan anderen", en="feel lower than others")
PEOPLE = Label(nl="personen met dit vóór het doel", en="people with this before the goal")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields at most `most` findings: what surely goes with leaving, most people first."""
    found = results.more.get("drivers")
    if not isinstance(found, Drivers) or found.unit != "person" or found.outcome != goal(map_):
        return
    leaving: dict[tuple[str, str], Driver] = {
        (one.kind, one.name): one for one in found.drivers if one.verdict == "leaving" and not one.on_the_way
    }
    sure = [
        one
        for one in found.barriers
        if one.people >= options.n_min and one.severity.low is not None and one.severity.low >= options.gap
        if (one.kind, one.at) in leaving
    ]
    for one in sure[: options.most]:
        driver = leaving[one.kind, one.at]
        yield _finding(map_, found, one, driver)


def _finding(map_: JourneyMap, found: Drivers, barrier: Barrier, driver: Driver) -> Finding:
    named = channel_called if driver.kind == "channel" else called
    place = plain(driver.name) if driver.kind in {"event", "detail"} else named(map_, driver.name)
    what = fill(WHAT[driver.kind], place=place)
    shares = {"with_it": percent(driver.with_it.value), "without_it": percent(driver.without_it.value)}
    detail = fill(
        DETAIL,
        what=what,
        n=Number(driver.with_it.n),
        others=Number(driver.without_it.n),
        with_low=percent(driver.with_it.low),
        with_high=percent(driver.with_it.high),
        tests=Number(len(found.drivers)),
        **shares,
    )
    return Finding(
        rule=name,
        level="insight",
        place=spot(map_, _where(map_, driver)),
        title=fill(TITLE, what=what, **shares),
        detail=paragraph(detail, *_notes(map_, barrier, driver)),
        advice=fill(ADVICE, what=what),
        people=barrier.people,
        money=barrier.at_most,
        evidence=tuple(_evidence(barrier, driver)),
        examples=barrier.examples,
        part=driver.kind,
    )


def _where(map_: JourneyMap, driver: Driver) -> str:
    """Where a driver stands on the map: a channel at the first touchpoint that is drawn with it."""
    if driver.kind != "channel":
        return driver.name
    return next((touch.id for touch in map_.touchpoints if touch.channel == driver.name), map_.id)


def _notes(map_: JourneyMap, barrier: Barrier, driver: Driver) -> Iterator[Label]:
    if barrier.drawn:
        labels = [called(map_, one) for one in barrier.drawn]
        known = Label(*(", ".join(label.text(said) for label in labels) for said in ("nl", "en")))
        yield fill(KNOWN, barriers=known)
    if driver.lopsided:
        yield CAREFUL
    if barrier.at_most is not None:
        yield MONEY


def _evidence(barrier: Barrier, driver: Driver) -> Iterator[Measured]:
    n = driver.with_it.n + driver.without_it.n
    yield estimated(LESS, barrier.severity, "share")
    yield Measured(ODDS, driver.odds.value, "times", n, driver.odds.low, driver.odds.high)
    if driver.alike is not None:
        yield Measured(ALIKE, driver.alike.value, "times", n, driver.alike.low, driver.alike.high)
    if barrier.severity_feel.value is not None:
        yield estimated(LOWER, barrier.severity_feel, "score")
    yield counted(PEOPLE, barrier.people, "people")
