"""`klantreis check`: read the maps and say every mistake at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS, text
from klantreis.errors import OptionError, did_you_mean
from klantreis.findings import LEVELS, Finding, finding_dict
from klantreis.labels import Language
from klantreis.workspace import checked_files, open_workspace

Files = Annotated[list[Path] | None, typer.Argument(help="Map files. Default: the workspace's.", show_default=False)]
Form = Annotated[Literal["text", "json", "github"], typer.Option("--format", help="text, json, or GitHub annotations.")]
Fail = Annotated[Literal["error", "warning", "hint"], typer.Option("--fail-on", help="The level that makes it fail.")]


def run(
    files: Files = None,
    workspace: columns.Workspace = None,
    form: Form = "text",
    fail_on: Fail = "error",
    language: columns.Said = None,
) -> int:
    """Read the maps and say every mistake at once, with its line, column and how to mend it.

    Exit code 1 when something is found at the level of --fail-on or worse.

    Example: klantreis check maps/*.reis.yaml --format github --fail-on warning
    """
    for file in files or ():
        if not file.is_file():
            near = did_you_mean(file.name, sorted(one.name for one in file.parent.glob("*.yaml")))
            raise OptionError(f"There is no file {str(file)!r}.", where=str(file.parent.resolve()), mend=near)
    shop = None if files else open_workspace(workspace)
    said = speak.language(language, shop.languages if shop else ())
    found = checked_files(files) if files else shop.check() if shop else ()
    if form == "json":
        speak.as_json([finding_dict(finding) for finding in found])
    elif form == "github":
        speak.github(found, said)
    else:
        speak.findings(found, said)
        _count(found, said)
    worst = LEVELS.index(fail_on)
    return int(any(LEVELS.index(finding.level) <= worst for finding in found if finding.level != "insight"))


def _count(found: Sequence[Finding], said: Language) -> None:
    counts = [sum(finding.level == level for finding in found) for level in ("error", "warning", "hint")]
    if any(counts[:2]):
        speak.line(text("mistakes", said, *counts))
    else:
        speak.done(TEXTS["no_mistakes"].text(said))
