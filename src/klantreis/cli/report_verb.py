"""`klantreis report`: write the report, one HTML file that opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from klantreis.cli import columns, speak
from klantreis.labels import Language
from klantreis.report import Report
from klantreis.spans import moment
from klantreis.workspace import Workspace, Written, open_workspace


def run(
    workspace: columns.Workspace = None,
    map_: columns.Map = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Write the report of each map, or of one: a single HTML file that opens anywhere, also without a network.

    Example: klantreis report --map ring-kopen --language nl
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    with speak.progress("report") as tell:
        written = shop.report(map_, language=said, tell=tell)
    if json:
        speak.as_json([one.to_dict() for one in written])
    else:
        show(shop, written, said)


def show(shop: Workspace, written: Sequence[Written], said: Language) -> None:
    """Prints what to look at first, and where the reports are."""
    first = written[0]
    heading = "Waar eerst kijken?" if said == "nl" else "Where to look first?"
    speak.out.print(f"\n[bold]{first.report.map.title.text(said)}[/]")
    speak.out.print(summary(first.report, said))
    speak.out.print(f"\n[bold]{heading}[/]")
    for number, finding in enumerate(first.report.findings[:3], start=1):
        speak.out.print(f" [bold]{number}[/]  {finding.title.text(said)}")
        speak.out.print(f"    [dim]{finding.detail.text(said)}[/]")
    speak.out.print()
    for one in written:
        speak.out.print(f"{'Verslag' if said == 'nl' else 'Report'}: {one.path}")


def summary(report: Report, said: Language) -> str:
    """Returns one line on what was measured: period, journeys, people, events, and the share that matched the map."""
    results = report.results
    if results is None:
        return "Nog niets gemeten." if said == "nl" else "Nothing measured yet."
    zone = ZoneInfo(report.time_zone)
    first, last = (moment(at, zone).strftime("%d-%m-%Y") for at in (results.about.first, results.about.last))
    words = SUMMARY[said]
    shown = (f"{count:,}" for count in (results.paths.journeys, results.paths.people, results.counts.get("stored", 0)))
    text = words.format(first, last, *shown)
    return text.replace(",", ".") if said == "nl" else text


SUMMARY: dict[Language, str] = {
    "nl": "{} t/m {} · {} reizen van {} personen · {} gebeurtenissen",
    "en": "{} to {} · {} journeys of {} people · {} events",
}
