"""How the terminal speaks: tables, findings, progress, errors; and JSON when a program listens."""

from __future__ import annotations

import json
import locale
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from klantreis import spans
from klantreis.errors import DocumentError, KlantreisError
from klantreis.findings import Finding
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
MARKS = {"error": "[red]✗[/]", "warning": "[yellow]![/]", "insight": "[blue]→[/]", "hint": "[dim]·[/]"}


def language(asked: str | None = None, preferred: Sequence[str] = ()) -> Language:
    """Returns 'nl' or 'en': as asked, else KLANTREIS_LANGUAGE, else the workspace's first, else the machine's."""
    system = (locale.getlocale()[0] or "")[:2]
    for word in (asked, os.environ.get("KLANTREIS_LANGUAGE"), *preferred, system):
        if word in ("nl", "en"):
            return "nl" if word == "nl" else "en"
    return "en"


def as_json(value: Any) -> None:
    """Prints a value as JSON, one document, for a program to read."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


def table(rows: Iterable[Mapping[str, Any]], *, title: str = "") -> None:
    """Prints rows that share their keys as a table; numbers to the right."""
    listed = list(rows)
    if not listed:
        return
    shown = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for key, value in listed[0].items():
        shown.add_column(key, justify="right" if isinstance(value, int | float) else "left")
    for row in listed:
        shown.add_row(*(escape(cell(value)) for value in row.values()))
    out.print(shown)


def cell(value: object) -> str:
    """Returns a value for a table: '–' for nothing, at most three decimals."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def findings(listed: Sequence[Finding], in_language: Language, *, advice: bool = True) -> None:
    """Prints findings for a person: mark, place, title, detail, and what to do."""
    for finding in listed:
        out.print(f"{MARKS[finding.level]} [bold]{escape(finding.title.text(in_language))}[/]  {_spot(finding)}")
        for text in (finding.detail, finding.advice if advice else None):
            if text:
                out.print(f"  {escape(text.text(in_language))}")


def github(listed: Sequence[Finding], in_language: Language) -> None:
    """Prints findings as GitHub annotations."""
    for finding in listed:
        level = {"error": "error", "warning": "warning"}.get(finding.level, "notice")
        place = finding.place
        spot = ",".join(
            f"{key}={value}"
            for key, value in (("file", place.file), ("line", place.line), ("col", place.column))
            if value
        )
        said = " ".join(text.text(in_language) for text in (finding.title, finding.detail, finding.advice) if text)
        message = said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        sys.stdout.write(f"::{level} {spot}::{message}\n")


def warn(message: Warning | str, *_: object, **__: object) -> None:
    """Prints a warning to the error stream, in place of Python's own way."""
    err.print(f"[yellow]![/] {escape(str(message))}")


def complain(error: KlantreisError) -> None:
    """Prints an error to the error stream: what is wrong, where, how to mend it."""
    err.print(f"[red bold]✗[/] {escape(error.what)}")
    for line in (error.where and f"at {error.where}", error.mend):
        if line:
            err.print(f"  {escape(line)}")
    if isinstance(error, DocumentError):
        said = language()
        for finding in error.findings:
            parts = [text.text(said) for text in (finding.title, finding.detail, finding.advice) if text]
            err.print(f"  {_spot(finding)} {escape(' '.join(parts))}")


def _spot(finding: Finding) -> str:
    place = finding.place
    spot = ":".join(str(part) for part in (place.file, place.line, place.column) if part)
    return f"[dim]{escape(spot or place.id or '')}[/]"


Stage = Literal["load", "place", "measure", "write"]


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """Gives a function `(done, all, word='')`; a bar appears on the error stream after one second of work."""
    began, shown = time.monotonic(), Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn(),
        console=err, transient=True,
    )  # fmt: skip
    task = shown.add_task(what, total=None)
    started = False

    def tell(done: float, total: float, word: str = "") -> None:
        nonlocal started
        if not started and time.monotonic() - began > 1:
            shown.start()
            started = True
        shown.update(task, completed=done, total=total, description=f"{what} {word}".strip())

    try:
        yield tell
    finally:
        shown.stop()


def percent(estimate: Estimate) -> str:
    """Returns a share with its interval: '41.2% (39.8–42.6)'; '–' when there is nothing to go by."""
    if estimate.value is None:
        return "–"
    around = "" if estimate.low is None or estimate.high is None else f" ({estimate.low:.1%}–{estimate.high:.1%})"
    return f"{estimate.value:.1%}{around}".replace("%–", "–").replace("%)", ")")


def duration(seconds: float | None, in_language: Language = "en") -> str:
    """Returns a duration for a person, '–' when there is none."""
    return "–" if seconds is None else spans.shown(seconds, in_language)
