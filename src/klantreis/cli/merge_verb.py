"""`klantreis merge`: two edits of one map put together."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from klantreis.cli import columns, speak
from klantreis.documents import read_text
from klantreis.errors import DocumentError
from klantreis.log.files import existing
from klantreis.map.merge import merged
from klantreis.map.read import map_of

Base = Annotated[Path, typer.Argument(help="The map both edits began with.", show_default=False)]
Mine = Annotated[Path, typer.Argument(help="Your edit; it wins where both changed the same.", show_default=False)]
Theirs = Annotated[Path, typer.Argument(help="The other edit.", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="Where the merged map is written. Default: the terminal.")]


def run(base: Base, mine: Mine, theirs: Theirs, out: Out = None, language: columns.Said = None) -> int:
    """Put two edits of one map together; comments stay, and conflicts are named by id.

    Exit code 1 when both changed the same thing differently (yours is kept there), or when the merged map does not
    read: say, because one of the two took away what the other refers to.

    Example: klantreis merge base.yaml mine.yaml theirs.yaml --out mine.yaml
    """
    said = speak.language(language)
    found = merged(*(read_text(existing(file, (".yaml", ".yml"))) for file in (base, mine, theirs)))
    if out is None:
        sys.stdout.write(found.text)
    else:
        out.write_text(found.text, encoding="utf-8", newline="")
    for conflict in found.conflicts:
        speak.err.print(f"[yellow]![/] {escape(conflict.text.text(said))}")
    try:
        map_of(found.text, file=str(out or mine))
    except DocumentError as error:
        speak.complain(error, said)
        return 1
    return int(bool(found.conflicts))
