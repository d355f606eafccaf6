"""How the terminal speaks: tables, findings, progress, errors; and JSON when a program listens."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from klantreis.cli import figures, tongue
from klantreis.cli.stages import stage
from klantreis.cli.verbs import VERBS
from klantreis.cli.words import HEADS, NAMES, TEXTS, text
from klantreis.errors import AT, DocumentError, KlantreisError
from klantreis.findings import Finding
from klantreis.kernels import preparing
from klantreis.labels import Label, Language

MARKS = {"error": "[red]✗[/]", "warning": "[yellow]![/]", "insight": "[blue]→[/]", "hint": "[dim]·[/]"}
WIDE = 160
"""Signs on a line when nobody's window says how many fit: a file or a pipe."""
COMMAND = re.compile(rf"(?<![\w./-])klantreis(?= (?:{'|'.join(VERBS)})\b)")
"""How our words name a command."""
PATIENCE = 1.0
"""Seconds of silence before a bar appears, those in which the program itself was read included."""
TOLD_FROM, TOLD_AFTER = 0.02, 3.0
"""The share of a stage, and the seconds, after which it tells how long the rest takes."""


def _console(*, stderr: bool = False) -> Console:
    shown = Console(stderr=stderr, highlight=False)
    if not shown.is_terminal and "COLUMNS" not in os.environ:
        shown.width = WIDE
    return shown


language = tongue.language
out, err = _console(), _console(stderr=True)


def command(at: Path | None = None) -> str:
    """Returns what to type for `klantreis` in the folder `at` (default: here).

    The launcher tells in KLANTREIS_COMMAND how it was called; without that, `klantreis` is on PATH.
    """
    called = os.environ.get("KLANTREIS_COMMAND")
    if not called:
        return "klantreis"
    path = called if Path(called).is_absolute() else os.path.relpath(called, at or Path())
    typed = path if os.sep in path else f"{os.curdir}{os.sep}{path}"
    return f"python {_quoted(typed)}" if os.name == "nt" else _quoted(typed)


def _quoted(path: str) -> str:
    """Returns a path as it is typed in a terminal of this system."""
    return subprocess.list2cmdline([path]) if os.name == "nt" else shlex.quote(path)


def _typed(words: str) -> str:
    """Returns words in which every command can be typed as it stands."""
    return COMMAND.sub(lambda _: command(), words)


def as_json(value: Any) -> None:
    """Prints a value as JSON, one document, for a program to read."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n")


def line(text: str = "", *, style: str = "") -> None:
    """Prints plain words: nothing in them is markup, and nothing breaks a path in two."""
    out.print(Text(_typed(text), style=style), soft_wrap=True)


def say(text: str, *, style: str = "") -> None:
    """Prints a sentence, over more lines when the window is narrow."""
    show(Text(_typed(text), style=style))


def warn(text: str) -> None:
    """Prints words after the mark of a warning."""
    out.print(Text.assemble(("!", "yellow"), " ", _typed(text)), soft_wrap=True)


def done(text: str) -> None:
    """Prints words after a green tick."""
    out.print(Text.assemble(("✓", "green"), " ", text), soft_wrap=True)


def table(rows: Iterable[Mapping[str, Any]], said: Language, *, title: str = "") -> None:
    """Prints rows that share their keys as a table, nothing when there are none; keys are those of `words.HEADS`.

    Numbers stand to the right. In a narrow window names give way to eight signs; then words go over more lines.
    """
    listed = list(rows)
    if not listed:
        return
    if title:
        out.print(Text(f"\n{title}", style="bold"))
    heads = [HEADS[key].text(said) if key in HEADS else key for key in listed[0]]
    cells = [[figures.cell(value, said) for value in row.values()] for row in listed]
    columns = list(zip(heads, *cells, strict=True))
    widths = [max(map(cell_len, column)) for column in columns]
    least = [min(8, width) if key in NAMES else width for key, width in zip(listed[0], widths, strict=True)]
    gap = 2 if sum(widths) + 2 * len(widths) <= out.width else 1
    tight = sum(least) + len(least) > out.width
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, gap, 0, 0))
    for (key, value), column, width in zip(listed[0].items(), columns, least, strict=True):
        if key in NAMES:
            shown.add_column(column[0], overflow="ellipsis", min_width=width, width=width if tight else None)
        elif tight and isinstance(value, str):
            shown.add_column(column[0], width=max(cell_len(word) for cell in column for word in ("", *cell.split())))
        else:
            shown.add_column(column[0], justify="right" if isinstance(value, int | float) else "left", no_wrap=True)
    for row in cells:
        shown.add_row(*map(Text, row))
    show(shown)


def show(shown: RenderableType, console: Console | None = None) -> None:
    """Prints without spaces at the ends of lines: a file or a program keeps what a window does not show."""
    to = console or out
    if to.is_terminal:
        to.print(shown)
        return
    with to.capture() as held:
        to.print(shown)
    to.file.write("".join(f"{line.rstrip()}\n" for line in held.get().splitlines()))


def findings(
    listed: Sequence[Finding],
    said: Language,
    *,
    to: Console | None = None,
    workspace: Path | None = None,
    turns: Collection[str] = (),
    segment: str | None = None,
) -> None:
    """Prints findings for a person: mark, place, title, detail, what to do, and how to let it be done.

    `workspace` and `segment`: what was named, so that the commands name it too and can be typed as they stand. `turns`:
    ids of those that can become an opportunity.
    """
    console = to or out
    here = f" --workspace {_quoted(str(workspace))}" if workspace else ""
    whose = f" --segment {_quoted(segment)}" if segment else ""
    for finding in listed:
        spot = escape(_place(finding)) if finding.place.line or not finding.place.id else ""
        key = f"  {escape(finding.rule)}" if finding.place.line and finding.level in {"warning", "hint"} else ""
        tail = f"  [dim]{spot}{key}[/]" if spot else ""
        show(f"{MARKS[finding.level]} [bold]{escape(finding.title.text(said))}[/]{tail}", console)
        for more in (finding.detail, finding.advice):
            if more:
                show(Padding(Text(_typed(more.text(said))), (0, 0, 0, 2)), console)
        if finding.examples and finding.place.map:
            one = f"draw --map {finding.place.map} --journey {finding.examples[0]}"
            console.print(Text(f"  {command()} {one}{here}", style="dim"), soft_wrap=True)
        if not spot:
            act = "--accept" if finding.edit is not None else "--opportunity" if finding.id in turns else ""
            how = f"{command()} find {act} {finding.id}{whose}{here}" if act else finding.id
            console.print(Text(f"  {how}", style="dim"), soft_wrap=True)


def github(listed: Sequence[Finding], said: Language) -> None:
    """Prints findings as GitHub annotations."""
    for finding in listed:
        level = {"error": "error", "warning": "warning"}.get(finding.level, "notice")
        place = finding.place
        file = _near(place.file) if place.file else None
        parts = {"file": file, "line": place.line, "col": place.column, "title": finding.title.text(said)}
        spot = ",".join(f"{key}={_property(value)}" for key, value in parts.items() if value)
        message = sentences(said, finding.detail, finding.advice)
        sys.stdout.write(f"::{level} {spot}::{_escaped(message or finding.title.text(said))}\n")


def sentences(said: Language, *texts: Label) -> str:
    """Returns texts as one paragraph, each with its full stop; '' when all are empty."""
    words = [text.text(said).rstrip() for text in texts if text]
    return " ".join(word if word.endswith((".", "!", "?", ":")) else f"{word}." for word in words if word)


def _escaped(text: object) -> str:
    return str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def complain(error: KlantreisError, said: Language) -> None:
    """Prints an error to the error stream: what is wrong, where, how to mend it."""
    # An error of a document names each mistake in its `mend`; here they come as findings.
    listed = error.findings if isinstance(error, DocumentError) else ()
    what, where, mend = error.parts(said)
    err.print(Text.assemble(("✗ ", "red bold"), what), soft_wrap=True)
    for more in (where and f"{AT.text(said)} {where}", "" if listed else _typed(mend)):
        if more:
            err.print(Text(f"  {more}"), soft_wrap=True)
    for finding in listed:
        told = sentences(said, finding.title, finding.detail, finding.advice)
        err.print(Text(f"  {_place(finding)}: {told}"), soft_wrap=True)


def _place(finding: Finding) -> str:
    place = finding.place
    parts = (_near(place.file) if place.file else None, place.line, place.column)
    return ":".join(str(part) for part in parts if part) or place.id or ""


def _near(file: str) -> str:
    """Returns a path as seen from here when it is below, else as it is."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


class _Left(ProgressColumn):
    """How long a stage still takes, when enough of it is done to say so."""

    def render(self, task: Task) -> Text:
        """Returns 'about 2:30 left', or nothing when it cannot be told yet."""
        if "since" not in task.fields:
            return Text()
        gone = time.monotonic() - task.fields["since"]
        done, share = task.fields["share"] - task.fields["first"], task.fields["share"]
        if done < TOLD_FROM or gone < TOLD_AFTER or share >= 1:
            return Text()
        left = round(gone * (1 - share) / done)
        clock = (
            f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}" if left >= 3600 else f"{left // 60}:{left % 60:02}"
        )
        return Text(TEXTS["time_left"].text(tongue.spoken(sys.argv[1:])).format(clock), style="dim")


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """Gives a function `(done, all, word='')`; a bar appears on the error stream after a second of work.

    It tells how long this stage takes at the speed so far. One begins when less is done than before, or when a wait
    before anything was done (a cluster that starts) ends: with another word, or with the first one said again. While
    kernels are compiled, that is told.
    """
    shown = Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), _Left(),
        console=err, transient=True, disable=not err.is_terminal,
    )  # fmt: skip
    said = tongue.spoken(sys.argv[1:])
    doing, compiled = [stage(what, "", said)], set[str]()
    task = shown.add_task(doing[0], total=None)
    later = threading.Timer(max(PATIENCE - time.process_time(), PATIENCE / 4), shown.start)
    later.daemon = True
    if err.is_terminal:
        later.start()

    def tell(done_: float, total: float, word: str = "") -> None:
        share = done_ / total if total else 0.0
        was = shown.tasks[0].fields
        again = "since" in was and share == was["first"]
        if share < was.get("share", 0.0) or "since" not in was or (again and (word != was["word"] or not was["again"])):
            shown.update(task, since=time.monotonic(), first=share, again=again)
        doing[:] = [stage(what, word, said)]
        shown.update(task, completed=done_, total=total, description=describe(), share=share, word=word)

    def describe() -> str:
        return TEXTS["preparing"].text(said) if compiled else doing[0]

    def hear(name: str, begins: bool) -> None:
        (compiled.add if begins else compiled.discard)(name)
        shown.update(task, description=describe())

    try:
        with preparing(hear):
            yield tell
    finally:
        later.cancel()
        if later.ident is not None:
            later.join()
        if shown.live.is_started:
            shown.stop()


def quality(counts: Mapping[str, int], said: Language) -> None:
    """Prints one line on the rows that were read: how many were used, refused and repeated."""
    shown = {name: figures.number(count, said) for name, count in counts.items()}
    key = "some_used" if counts["rejected"] else "all_used"
    told = text(key, said, shown["read"], shown["used"], shown["rejected"])
    if counts["repeated"]:
        told += "; " + text("repeated", said, shown["repeated"])
    say(f"{told}.", style="dim")
