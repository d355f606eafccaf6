"""`klantreis edit`: change what a map says and feels in the browser, on this machine."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.editor import serve
from klantreis.errors import DocumentError
from klantreis.labels import Label
from klantreis.log.files import existing
from klantreis.map.images import images_of
from klantreis.map.read import map_of, read_map
from klantreis.report import Report
from klantreis.workspace import open_workspace

File = Annotated[Path | None, typer.Argument(help="A map file; no workspace needed.", show_default=False)]
Quiet = Annotated[bool, typer.Option("--no-browser", help="Only tell the address; open no browser.")]

OPENED = Label(
    "De editor van {} opent in je browser. Zo niet, open dan:", "The editor of {} opens in your browser. If not, open:"
)
WAITS = Label("Open de editor van {} in je browser:", "Open the editor of {} in your browser:")
STOP = Label("Het adres geldt één keer. Stop met Ctrl-C.", "The address holds once. Stop with Ctrl-C.")
STOPPED = Label("Gestopt. Elke wijziging staat in {}.", "Stopped. Each change is in {}.")


def run(
    file: File = None,
    no_browser: Quiet = False,
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    language: columns.Said = None,
) -> None:
    """Edit a map in the browser: its steps and barriers, and the feeling of each step by key, menu or hand.

    The page is on this machine only. Each change is written to the file at once, its comments and order kept, and all
    of it can be undone. A file that was changed elsewhere meanwhile is never overwritten.

    Example: klantreis edit maps/ring-kopen.reis.yaml
    Example: klantreis edit --map ring-kopen --no-browser
    """
    path, spoken, measured = _opened(file, workspace, map_)
    serve.writable(path)
    said = speak.language(language, spoken)
    editor = serve.Editor(serve.Opened(path, drawer(path, measured), said, _next(path, measured)))
    speak.line((WAITS if no_browser else OPENED).text(said).format(path))
    speak.line(f"  {editor.address}", style="bold")
    speak.line(STOP.text(said), style="dim")
    serve.kept_open(editor, browser=not no_browser)
    speak.line()
    speak.done(STOPPED.text(said).format(path))


def _opened(
    file: Path | None, workspace: Path | None, map_: str | None
) -> tuple[Path, tuple[str, ...] | None, Report | None]:
    """The file, the languages it is spoken of in, and in a workspace what was measured."""
    if file is not None:
        path = existing(file, (".yaml", ".yml"))
        try:
            return path, read_map(path).languages, None
        except DocumentError:  # the page tells of it, and goes on when it is mended
            return path, None, None
    shop = open_workspace(workspace)
    with speak.progress("draw") as tell:
        report = shop.reports(shop.map(map_).id, tell=tell)[0]
    return _near(Path(report.map.file or "")), shop.languages, report


def _near(path: Path) -> Path:
    """The path as it is typed here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def drawer(path: Path, measured: Report | None) -> Callable[[str], Report]:
    """Returns how a text of the map becomes a report: with what was measured, or all of it assumed."""

    def report_of(text: str) -> Report:
        map_ = map_of(text, file=str(path))
        images = images_of(map_).known
        if measured is None:
            return Report(map_, None, (), datetime.now(UTC), images=images)
        return replace(measured, map=map_, images=images)

    return report_of


def _next(path: Path, measured: Report | None) -> Mapping[str, str]:
    """What to type next, as it is typed here."""
    name, called = shlex.quote(str(path)), speak.command()
    reported = f"report --map {measured.map.id}" if measured else f"export {name} --to html"
    return {"check": f"{called} check {name}", "draw": f"{called} draw {name}", "report": f"{called} {reported}"}
