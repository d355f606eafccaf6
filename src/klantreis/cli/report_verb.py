"""`klantreis report`: write the report, one HTML file that opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.padding import Padding
from rich.text import Text

from klantreis.cli import columns, figures, speak
from klantreis.cli.words import TEXTS, text
from klantreis.errors import OptionError
from klantreis.labels import Language
from klantreis.report import Report
from klantreis.spans import moment
from klantreis.workspace import Workspace, Written, open_workspace


def run(
    workspace: columns.Workspace = None,
    map_: columns.Map = None,
    segment: columns.Segment = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Write the report of each map, or of one: a single HTML file that opens anywhere, also without a network.

    With --json it tells which files were written; klantreis measure --json gives the numbers themselves.

    Example: klantreis report --map ring-kopen --language nl
    Example: klantreis report --map ring-kopen --segment bestaand
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    with speak.progress("report") as tell:
        written = shop.report(map_, segment=segment, language=said, tell=tell)
    if json:
        speak.as_json([one.to_dict() for one in written])
    else:
        show(shop, written, said)


def show(shop: Workspace, written: Sequence[Written], said: Language) -> None:
    """Prints what to look at first, and where the reports are."""
    if not written:
        raise OptionError(
            "There is no map yet.", where=str(shop.folder / "maps"), mend="Make one: klantreis init in a new folder."
        )
    first = written[0].report
    speak.line()
    speak.line(first.map.title.shown(said), style="bold")
    speak.line(summary(first, said))
    if first.results is not None:
        speak.line()
        speak.line(TEXTS["first"].text(said), style="bold")
    for number, finding in enumerate(first.findings[:3] if first.results is not None else (), start=1):
        speak.show(Text.assemble(f" {number}  ", (finding.title.text(said), "bold")))
        speak.show(Padding(Text(finding.detail.text(said), style="dim"), (0, 0, 0, 4)))
    speak.line()
    for one in written:
        speak.line(f"{TEXTS['report'].text(said)}: {one.path}")


def summary(report: Report, said: Language) -> str:
    """Returns one line on what was measured: period, journeys, people, events, and the share that matched the map."""
    results = report.results
    if results is None or not results.paths.journeys:
        return TEXTS["unmeasured"].text(said)
    zone = ZoneInfo(report.time_zone)
    first, last = (moment(at, zone).strftime("%d-%m-%Y") for at in (results.about.first, results.about.last))
    counts = (results.paths.journeys, results.paths.people, results.counts.get("stored", 0))
    return text("summary", said, first, last, *(figures.number(count, said) for count in counts))
