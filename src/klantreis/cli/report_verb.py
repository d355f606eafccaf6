"""`klantreis report`: write the report, one HTML file that opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.padding import Padding
from rich.text import Text

from klantreis.cli import columns, figures, speak
from klantreis.cli.words import TEXTS, text
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.report import Report
from klantreis.spans import moment
from klantreis.workspace import Workspace, Written, open_workspace
from klantreis.workspace.each_segment import Segmented
from klantreis.workspace.each_segment import each_segment as every

Each = Annotated[bool, typer.Option("--each-segment", help="Also one report per segment, and a page of them all.")]
Address = Annotated[
    str | None, typer.Option(help="Where the reports will stand (https://...): for the preview of a link to them.")
]


def run(
    workspace: columns.Workspace = None,
    map_: columns.Map = None,
    segment: columns.Segment = None,
    each_segment: Each = False,
    address: Address = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> int:
    """Write the report of each map, or of one: a single HTML file that opens anywhere, also without a network.

    With --json it tells which files were written; klantreis measure --json gives the numbers themselves.

    Exit code 2, and no report, when sources are named and nothing of them is stored.

    Example: klantreis report --map ring-kopen --language nl
    Example: klantreis report --map ring-kopen --segment bestaand
    Example: klantreis report --map ring-kopen --each-segment
    """
    if each_segment and segment is not None:
        raise OptionError(
            Label(
                "--each-segment gaat over alle segmenten, en --segment over één.",
                "--each-segment is of all segments, and --segment of one.",
            ),
            mend=Label("Laat een van beide weg.", "Leave one of them out."),
        )
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    if _nothing(shop):
        speak.warn(text("nothing_loaded", said))
        return 2
    with speak.progress("report") as tell:
        if each_segment:
            done = every(shop, map_, language=said, address=address, tell=tell)
        else:
            written = shop.report(map_, segment=segment, language=said, address=address, tell=tell)
    if each_segment:
        _segments(done, said, json)
    elif json:
        speak.as_json([one.to_dict() for one in written])
    else:
        show(shop, written, said)
    return 0


def _nothing(shop: Workspace) -> bool:
    """Says whether sources are named and nothing of them is stored; they are loaded first when they never were."""
    if shop.settings.sources and not shop.store.log().sources:
        shop.load()
    return bool(shop.settings.sources) and not shop.store.log().stored


def _segments(done: Segmented, said: Language, json: bool) -> None:
    """Prints which reports were written, which were not and why, and where the page of them is."""
    if json:
        speak.as_json(done.to_dict())
        return
    speak.line()
    for one in done.written:
        renewed = f"  ({TEXTS['renewed'].text(said)})" if one.renewed else ""
        speak.line(f"{one.path}{renewed}")
    for left in done.unshared:
        speak.line(text("unshared", said, f"{left.map}/{left.segment}", left.why.text(said)), style="dim")
    speak.line()
    speak.line(f"{TEXTS['report'].text(said)}: {done.page}")


def show(shop: Workspace, written: Sequence[Written], said: Language) -> None:
    """Prints what to look at first, and where the reports are."""
    if not written:
        raise OptionError(
            Label("Er is nog geen kaart.", "There is no map yet."),
            where=str(shop.folder / "maps"),
            mend=Label("Maak er een: klantreis init in een nieuwe map.", "Make one: klantreis init in a new folder."),
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
