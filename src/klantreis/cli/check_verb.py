"""`klantreis check`: read the maps and say every mistake at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Literal

import typer

from klantreis.cli import columns, figures, speak
from klantreis.cli.words import TEXTS, text
from klantreis.errors import DocumentError, OptionError
from klantreis.findings import LEVELS, Finding, finding_dict
from klantreis.labels import Label, Language
from klantreis.map.checks.titles import title
from klantreis.workspace import Workspace, checked_paths, open_workspace
from klantreis.workspace.checking import with_maps

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Map files, or folders with maps. Default: the workspace's.", show_default=False),
]
Form = Annotated[Literal["text", "json", "github"], typer.Option("--format", help="text, json, or GitHub annotations.")]
Fail = Annotated[Literal["error", "warning", "hint"], typer.Option("--fail-on", help="The level that makes it fail.")]

WIDTH = 80
"""Columns of a terminal; a summary fits in it."""

Hints = Annotated[bool, typer.Option("--hints", help="Show every hint, not just how many there are of each kind.")]


def run(
    files: Files = None,
    workspace: columns.Workspace = None,
    map_: columns.Map = None,
    form: Form = "text",
    fail_on: Fail = "error",
    hints: Hints = False,
    language: columns.Said = None,
    json: columns.Json = False,
) -> int:
    """Read the maps and say every mistake at once, with its line, column and how to mend it.

    Hints are counted by kind; --hints shows each of them. JSON and GitHub annotations always hold everything. Maps in a
    workspace are checked as its klantreis.yaml asks, however they are named.

    Exit code 1 when something is found at the level of --fail-on or worse.

    Example: klantreis check maps --format github --fail-on warning
    Example: klantreis check --map ring-kopen --hints
    """
    form = "json" if json else form
    if files and map_ is not None:
        raise OptionError(
            Label(
                "--map hoort bij een werkmap, en dit zijn bestanden.", "--map is of a workspace, and these are files."
            ),
            mend=Label("Laat een van beide weg.", "Leave one of them out."),
        )
    said = speak.language(language)
    try:
        shop = None if files else open_workspace(workspace)
        found = checked_paths(files) if files else _checked(shop, map_) if shop else ()
    except DocumentError as broken:
        told = with_maps(broken)
        _listed(told.findings, form, said)
        raise told from broken
    said = speak.language(language, shop.languages if shop else None)
    _listed(found, form, said)
    if form == "text":
        speak.findings([finding for finding in found if hints or finding.level != "hint"], said)
        if not hints:
            _kinds(found, said)
        _count(found, said)
    worst = LEVELS.index(fail_on)
    return int(any(LEVELS.index(finding.level) <= worst for finding in found if finding.level != "insight"))


def _checked(shop: Workspace, map_: str | None) -> tuple[Finding, ...]:
    """Returns the remarks about all maps of a workspace, or about one; a map that cannot be read is always told."""
    found = shop.check()
    if map_ is None or any(finding.place.map is None for finding in found):
        return found
    id_ = shop.map(map_).id
    return tuple(finding for finding in found if finding.place.map == id_)


def _listed(found: Sequence[Finding], form: str, said: Language) -> None:
    """Prints findings for a program that asked for them."""
    if form == "json":
        speak.as_json([finding_dict(finding) for finding in found])
    elif form == "github":
        speak.github(found, said)


def _kinds(found: Sequence[Finding], said: Language) -> None:
    """Prints how many hints there are of each kind, most first, and how to see them."""
    counts = Counter(finding.rule for finding in found if finding.level == "hint")
    first = {finding.rule: finding.title.text(said) for finding in reversed(found)}
    for rule, count in counts.most_common():
        kind = title(rule).text(said)
        told = f"· {text('such_as', said, figures.number(count, said), kind, first[rule])}"
        speak.line(shorten(told, WIDTH, placeholder=" …"), style="dim")
    if counts:
        speak.line(text("hints", said), style="dim")


def _count(found: Sequence[Finding], said: Language) -> None:
    counts = [sum(finding.level == level for finding in found) for level in ("error", "warning", "hint")]
    if any(counts[:2]):
        speak.line(text("mistakes", said, *counts))
    else:
        speak.done(TEXTS["no_mistakes"].text(said))
