"""Drift: the newest period is out of line with those before it, or a measure lately went on at another level.

Reads [drift](../drift.md), which follows every ideal scenario, the KPIs that are an estimate, and the mix of routes,
touchpoints and first channels, week by week.

Options: `lately`, how many of the newest periods a change point may lie in to be told (4).

Fires: 30 % followed the path for ten weeks and 22 % of 900 last week; or three weeks ago 40 % became 30 %, and stayed.
Does not fire: 28 % of 900 last week, for weeks differ by chance; or a change of last spring; or fewer than five earlier
weeks of at least 20 cases, for then nobody can say what is usual.

It says that something changed and when, not why: think of what was released, announced or in season then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.drift import Drift, Mix, Series
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Place
from klantreis.labels import Label, plain
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, Word, estimated, fill, percent, spot

name = "drift"


@dataclass(frozen=True, slots=True)
class Options:
    """`lately`: in how many of the newest periods a change point is still news."""

    lately: int = 4


ALARM = Label(nl="{what} wijkt af in {unit} {now}", en="{what} is out of line in the {unit} of {now}")
ALARM_DETAIL = Label(
    nl="Nu {value}, gewoonlijk tussen {low} en {high} (n = {n}). Alles wat we volgen geeft samen in hoogstens 5 van de "
    "100 perioden vals alarm.",
    en="Now {value}, usually between {low} and {high} (n = {n}). All that is followed raises a false alarm in at most "
    "5 of 100 periods.",
)
CHANGED = Label(
    nl="{what} ligt sinds {unit} {since} op een ander niveau",
    en="{what} is at another level since the {unit} of {since}",
)
CHANGED_DETAIL = Label(
    nl="Van {before} naar {after}: een omslag die in hoogstens 5 van de 100 rustige reeksen bij toeval te zien is.",
    en="From {before} to {after}: a turn that chance shows in at most 5 of 100 quiet series.",
)
MIXED = Label(nl="De samenstelling van {what} verschoof in {unit} {now}", en="The mix of {what} moved in {unit} {now}")
MIXED_DETAIL = Label(
    nl="{share} van de klantreizen zit in een ander deel dan de periode ervoor; bij toeval zou dat {chance} zijn.",
    en="{share} of journeys are in another part than the period before; by chance it would be {chance}.",
)
ADVICE = Label(
    nl="Leg de datum naast je agenda: een livegang, een campagne, een storing, een seizoen? Kijk met klantreis drift "
    "wat er verder meebewoog, en of de kaart nog klopt.",
    en="Lay the date beside your diary: a release, a campaign, an outage, a season? See with klantreis drift what "
    "moved along, and whether the map still holds.",
)
FOLLOWS = Label(nl="Het pad '{path}' volgen", en="Following the path '{path}'")
UNITS = {"day": Label("dag", "day"), "week": Label("week", "week"), "month": Label("maand", "month")}
MIXES = {
    "routes": Label("routes", "routes"),
    "touchpoints": Label("contactmomenten", "touchpoints"),
    "channels": Label("eerste kanalen", "first channels"),
}
VALUE = Label(nl="nu", en="now")
GAP = Label(nl="verschil tussen de niveaus", en="gap between the levels")
MOVED = Label(nl="verschoven deel", en="share that moved")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per measure or mix that is out of line now, or lately went on at another level."""
    found = results.more.get("drift")
    if not isinstance(found, Drift) or len(found.periods) < 2:
        return
    for one in found.series:
        if one.alarm:
            yield _alarm(map_, results, found, one)
        elif one.changes and one.changes[-1].at >= len(found.periods) - options.lately:
            yield _changed(map_, results, found, one)
    for mix in found.mixes:
        if mix.alarm:
            yield _mixed(map_, found, mix)


def _alarm(map_: JourneyMap, results: Results, found: Drift, one: Series) -> Finding:
    now, limits = one.values[-1], one.control
    assert limits is not None
    words: dict[str, Word] = {
        "what": _called(map_, one),
        "unit": UNITS[found.unit],
        "now": found.periods[-1],
        "value": _number(one, now.value, results),
        "low": _number(one, limits.low, results),
        "high": _number(one, limits.high, results),
        "n": Number(now.n),
    }
    return Finding(
        rule=name, level="warning", place=spot(map_, one.id), title=fill(ALARM, **words),
        detail=fill(ALARM_DETAIL, **words), advice=ADVICE, journeys=now.n,
        evidence=(estimated(VALUE, now, "mean" if one.unit == "score" else one.unit),),
    )  # fmt: skip


def _changed(map_: JourneyMap, results: Results, found: Drift, one: Series) -> Finding:
    change = one.changes[-1]
    words: dict[str, Word] = {
        "what": _called(map_, one),
        "unit": UNITS[found.unit],
        "since": found.periods[change.at],
        "before": _number(one, change.before, results),
        "after": _number(one, change.after, results),
    }
    return Finding(
        rule=name, level="insight", place=spot(map_, one.id), title=fill(CHANGED, **words),
        detail=fill(CHANGED_DETAIL, **words), advice=ADVICE,
        journeys=sum(value.n for value in one.values[change.at :]),
        evidence=(estimated(GAP, change.gap, {"score": "mean", "share": "gap"}.get(one.unit, one.unit)),),
    )  # fmt: skip


def _mixed(map_: JourneyMap, found: Drift, mix: Mix) -> Finding:
    words: dict[str, Word] = {
        "what": MIXES.get(mix.id, plain(mix.id)),
        "unit": UNITS[found.unit],
        "now": found.periods[-1],
        "share": percent(mix.distance.value),
        "chance": percent(mix.by_chance),
    }
    return Finding(
        rule=name, level="insight", place=Place(map=map_.id, file=map_.file), title=fill(MIXED, **words),
        detail=fill(MIXED_DETAIL, **words), advice=ADVICE, journeys=mix.distance.n, part=mix.id,
        evidence=(estimated(MOVED, mix.distance, "share"),),
    )  # fmt: skip


def _called(map_: JourneyMap, one: Series) -> Label:
    if one.kind == "kpi":
        return next((kpi.label for kpi in map_.kpis if kpi.id == one.id and kpi.label), plain(one.id))
    label = next((way.label for way in map_.scenarios if way.id == one.id and way.label), plain(one.id))
    return fill(FOLLOWS, path=label)


def _number(one: Series, value: float | None, results: Results) -> Number:
    unit = "points" if one.unit == "score" else one.unit
    return Number(value or 0.0, unit, results.about.currency)
