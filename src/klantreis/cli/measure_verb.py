"""`klantreis measure`: compute every measure of a map."""

from __future__ import annotations

from klantreis.cli import columns, fit_verb, funnel_verb, speak, times_verb
from klantreis.workspace import open_workspace


def run(
    workspace: columns.Workspace = None,
    map_: columns.Map = None,
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
        return
    speak.out.print(f"[bold]{one.title.text(said)}[/]")
    funnel_verb.show(results.funnel)
    for fit in results.fits.values():
        fit_verb.show(fit)
    times_verb.show(results.times)
    for result in (results.emotion, results.kpis, results.coverage):
        speak.table(result.rows()[:20], title=type(result).__name__)
