"""`klantreis measure`: compute every measure of a map."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.results import Results
from klantreis.cli import (
    columns,
    coverage_view,
    feeling_view,
    fit_view,
    funnel_view,
    identity_view,
    kpis_view,
    speak,
    times_view,
)
from klantreis.cli.words import TEXTS
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.rules.missed_touchpoint import skipped
from klantreis.workspace import open_workspace


def run(
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    segment: columns.Segment = None,
    since: columns.Since = None,
    until: columns.Until = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Compute every measure of a map: funnel, paths, fit, times, coverage, emotion, KPIs.

    Example: klantreis measure --map ring-kopen --segment nieuw --since 2026-06-01 --json
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    one = shop.map(map_)
    with speak.progress("measure") as tell:
        results = shop.measure(one.id, segment=segment, since=since, until=until, tell=tell)
    if json:
        speak.as_json(results.to_dict())
    else:
        show(one, results, said)


def show(map_: JourneyMap, results: Results, said: Language) -> None:
    """Prints everything measured, under the words of the map."""
    names = words(map_, said)
    speak.line(map_.title.shown(said), style="bold")
    if results.about.identity is not None:
        identity_view.coverage(results.about.identity, said)
    if not results.paths.journeys:
        speak.line(TEXTS["unmeasured"].text(said))
        return
    funnel_view.funnel(results.funnel, said, names, "journeys")
    for scenario, fit in results.fits.items():
        speak.line(f"\n{names.get(scenario, scenario)}", style="bold")
        missing = [one for one in fit.deviations if one.kind == "missing"]
        skips = {one.touchpoint: skipped(map_, results, fit, one) for one in missing}
        fit_view.fit(fit, said, names, skips)
    speak.line()
    times_view.times(results.times, said, names)
    feeling_view.emotion(results.emotion, said, names)
    kpis_view.kpis_of(map_)(results.kpis, said, names)
    coverage_view.coverage(results.coverage, said, names)


def words(map_: JourneyMap, said: Language) -> Mapping[str, str]:
    """Returns id -> words for everything on a map that a measure can speak of."""
    parts: dict[str, Label] = {}
    for kind in (map_.kpis, map_.surveys, map_.segments, map_.scenarios, map_.phases, map_.touchpoints):
        parts |= {part.id: part.label for part in kind}
    return {id_: label.shown(said) for id_, label in parts.items() if label}
