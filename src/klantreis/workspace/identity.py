"""Who is who in a workspace: the ledger, the measures with and without it, a link undone, a person forgotten."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.analyses.results import Results
from klantreis.journeys.forget import Forgotten
from klantreis.journeys.links import Ledger, Link, Person, apart, keys_of, ledger, person, undo
from klantreis.journeys.store import Store
from klantreis.journeys.trail import Trail, trails_of
from klantreis.map.model import JourneyMap
from klantreis.measure import measured
from klantreis.workspace.folder import Workspace
from klantreis.workspace.load import Tell
from klantreis.workspace.scratch import scratch_engine


@dataclass(frozen=True, slots=True)
class Headline:
    """One measure with events linked to people, and without: each event with the person, else the device, it names.

    `unit`: 'count', 'share', 'seconds', 'score', 'nps' or 'money'. `n`: of how many, each way. None: not known.
    """

    measure: str
    of: str
    unit: str
    stitched: float | None
    unstitched: float | None
    n: tuple[int, int] = (0, 0)

    def to_dict(self) -> dict[str, Any]:
        """Returns both numbers, and how much the linking makes of it."""
        known = self.stitched is not None and self.unstitched is not None
        gap = self.stitched - self.unstitched if known else None  # type: ignore[operator]
        row: dict[str, Any] = {"measure": self.measure, "of": self.of, "unit": self.unit}
        numbers = {"stitched": self.stitched, "unstitched": self.unstitched, "difference": gap}
        return row | numbers | {"n_stitched": self.n[0], "n_unstitched": self.n[1]}


@dataclass(frozen=True, slots=True)
class Recognition:
    """The ledger in numbers, and what the measures of one map are with and without it."""

    ledger: Ledger
    map: str | None = None
    headlines: tuple[Headline, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns everything as plain values, in the shape of `schemas/identity.schema.json`."""
        counts = [{"kind": kind, "state": state, "links": links} for kind, state, links in self.ledger.counts]
        shared = [{"device": on, "people": of, "ambiguous": unsure} for on, of, unsure in self.ledger.shared]
        return {
            "recognised": self.ledger.recognised.to_dict(),
            "links": counts,
            "shared": shared,
            "map": self.map,
            "headlines": [one.to_dict() for one in self.headlines],
        }


def recognition(shop: Workspace, id_: str | None = None, *, tell: Tell | None = None) -> Recognition:
    """Returns who is recognised how, and the measures of a map (None: the largest) with and without it.

    Loads first when nothing was loaded. Without maps, or when events name only their person, there are no headlines.
    """
    if not shop.maps():
        return Recognition(_ledger(shop))
    map_ = shop.map(id_)
    journeys = shop.journeys(map_, tell=tell)
    found = _ledger(shop)
    if journeys.about.identity is None:
        return Recognition(found, map_.id)
    with_it = measured(_plain(map_), journeys, others=shop.beside(map_), tell=tell)
    without = _unstitched(shop, map_, tell)
    return Recognition(found, map_.id, tuple(_headlines(map_, with_it, without)))


def known(shop: Workspace, who: str) -> Person:
    """Returns what the ledger says of one person, or of an id: 'email:x@y.nl', 'device:d1'."""
    with scratch_engine() as engine:
        return person(shop.store.folder, engine, who, shop.store.rules)


def trips(shop: Workspace, who: str, *, tell: Tell | None = None) -> tuple[tuple[JourneyMap, Trail], ...]:
    """Returns the journeys of one person on every map of the workspace, with the map, from first to last."""
    journeys = [(map_, shop.journeys(map_, tell=tell)) for map_ in shop.maps()]
    with scratch_engine() as engine:
        keys = keys_of(shop.store.folder, engine, who)
    found = [(map_, one) for map_, own in journeys for one in trails_of(own, keys)]
    return tuple(sorted(found, key=lambda pair: pair[1].stops[0].at))


def unlink(shop: Workspace, link: str, *, back: bool = False, tell: Tell | None = None) -> Link:
    """Undoes a link, or with `back` makes it good again, and places every map anew; raises OptionError as `undo`."""
    with scratch_engine() as engine:
        found = undo(shop.store.folder, engine, link, shop.store.rules, back=back)
    _place(shop, tell)
    return replace(found, state="used" if back else "undone")


def forget(shop: Workspace, who: str, *, tell: Tell | None = None) -> Forgotten:
    """Erases a person, or an id without one, and places every map anew. It cannot be undone."""
    with scratch_engine() as engine:
        found = shop.store.forget(engine, who)
    _place(shop, tell)
    return found


def _ledger(shop: Workspace) -> Ledger:
    with scratch_engine() as engine:
        return ledger(shop.store.folder, engine, shop.store.rules)


def _place(shop: Workspace, tell: Tell | None) -> None:
    for map_ in shop.maps():
        shop.journeys(map_, tell=tell)


def _plain(map_: JourneyMap) -> JourneyMap:
    """Returns the map without its segments: the headlines are for everybody."""
    return replace(map_, segments=())


def _unstitched(shop: Workspace, map_: JourneyMap, tell: Tell | None) -> Results:
    """Returns what is measured when nothing is linked, from a store beside the real one that is gone afterwards."""
    zone, currency = shop.settings.time_zone, shop.settings.currency
    with tempfile.TemporaryDirectory(prefix="klantreis-") as beside, scratch_engine() as engine:
        apart(shop.store.folder, Path(beside))
        store = Store(Path(beside), replace(shop.store.rules, stitch=False))
        store.place(engine, map_, time_zone=zone)
        journeys = store.open_journeys(map_, time_zone=zone, currency=currency)
        return measured(_plain(map_), journeys, others=shop.beside(map_), tell=tell)


def _headlines(map_: JourneyMap, one: Results, other: Results) -> Iterator[Headline]:
    both = one, other
    yield Headline("people", "", "count", one.paths.people, other.paths.people)
    yield Headline("journeys", "", "count", one.paths.journeys, other.paths.journeys)
    times = [result.times.journey for result in both]
    yield Headline("duration", "", "seconds", times[0].median, times[1].median, (times[0].n, times[1].n))
    if one.funnel.steps:
        last = [result.funnel.steps[-1] for result in both]
        n = last[0].share.n, last[1].share.n
        yield Headline("reached", last[0].step, "share", last[0].share.value, last[1].share.value, n)
    for scenario in one.fits:
        fits = [result.fits[scenario] for result in both]
        n = fits[0].journeys, fits[1].journeys
        yield Headline("fit", scenario, "score", fits[0].mean_fitness, fits[1].mean_fitness, n)
    values = [{value.kpi: value for value in result.kpis.values if value.segment is None} for result in both]
    for kpi in map_.kpis:
        found = [by_id.get(kpi.id) for by_id in values]
        if found[0] is not None and found[1] is not None:
            estimates = found[0].estimate, found[1].estimate
            n = estimates[0].n, estimates[1].n
            yield Headline("kpi", kpi.id, found[0].unit, estimates[0].value, estimates[1].value, n)
