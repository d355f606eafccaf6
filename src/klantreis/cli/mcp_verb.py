"""`klantreis mcp`: let an assistant read the maps and ask the questions, over its own pipes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.assistant.desk import Desk
from klantreis.cli.assistant.protocol import Protocol
from klantreis.cli.assistant.wire import serve
from klantreis.cli.words import TEXTS
from klantreis.workspace import open_workspace

Writes = Annotated[
    bool, typer.Option("--allow-writes", help="Let it also accept findings, make opportunities, and write reports.")
]


def run(workspace: columns.Workspace = None, allow_writes: Writes = False, language: columns.Said = None) -> None:
    """Let an assistant read the maps, ask every question, and cite where each number comes from (MCP over stdio).

    An assistant program starts this command by itself; tell it to once. It only reads, unless --allow-writes is given.
    Nothing is sent over a network. Numbers and texts go to the assistant, and where it sends them is up to you. What
    goes wrong is told in --language.

    Example: klantreis mcp
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    if sys.stdin.isatty():
        speak.err.print(TEXTS["assistant_waits"].text(said))
    out = sys.stdout.buffer

    def write(line: bytes) -> None:
        out.write(line)
        out.flush()

    # The output belongs to the protocol: whatever else is printed goes to the error stream.
    with contextlib.redirect_stdout(sys.stderr):
        serve(_lines(), write, Protocol(Desk(shop.folder, writes=allow_writes), said).answer, said)


def _lines() -> Iterator[bytes]:
    """Gives the lines of the input; by a handle of its own, that nobody closes while one is waited for."""
    try:
        own = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115 - closed below, when there is one
    except OSError:  # an input that is no file
        yield from sys.stdin.buffer
        return
    with own as lines:
        yield from lines
