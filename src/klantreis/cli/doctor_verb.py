"""`klantreis doctor`: check environment, store and counts."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

from klantreis import __version__
from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS
from klantreis.errors import KlantreisError
from klantreis.findings import Finding, finding_dict
from klantreis.workspace import open_workspace

PACKAGES = ("duckdb", "numpy", "numba", "ruamel.yaml", "typer", "rich", "pandas", "polars", "pyarrow")
ABSENT = "not installed"


def run(workspace: columns.Workspace = None, language: columns.Said = None, json: columns.Json = False) -> int:
    """Check the environment, and, inside a workspace, that the store is whole and its counts add up.

    Exit code 1 when something is wrong.

    Example: klantreis doctor --json
    """
    environment = {"klantreis": __version__, "python": platform.python_version(), "at": sys.executable}
    environment |= {name: _version(name) for name in PACKAGES}
    found: tuple[Finding, ...] = ()
    counts: dict[str, int] = {}
    why = ""
    try:
        shop = open_workspace(workspace)
    except KlantreisError as error:
        if workspace is not None:
            raise
        place, said = None, speak.language(language)
        why, _, _ = error.parts(said)
    else:
        place, said = str(shop.folder), speak.language(language, shop.languages)
        found = shop.verify()
        counts = shop.counts() if not found else {}
    if json:
        speak.as_json(
            {
                "environment": environment,
                "workspace": place,
                "counts": counts,
                "findings": [finding_dict(f) for f in found],
            }
        )
    else:
        shown = {
            name: TEXTS["absent"].text(said) if version == ABSENT else version for name, version in environment.items()
        }
        speak.table(({"what": name, "version": version} for name, version in shown.items()), said)
        speak.line(f"\n{place or why}")
        speak.table([counts] if counts else [], said)
        speak.findings(found, said)
        if place is not None and not found:
            speak.done(TEXTS["all_whole"].text(said))
    return int(any(finding.level == "error" for finding in found))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ABSENT
