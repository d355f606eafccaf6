"""What an assistant may change when its owner allows it: accept a finding's edit, make it a chance, write a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from klantreis.cli.assistant.maps import texts
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.workspace import Workspace, open_workspace

Act = Callable[[Sequence[Finding], str], tuple[Path, Label]]


def accept_finding(folder: Path, *, finding: str) -> dict[str, Any]:
    """Carries out the edit that a finding proposes; returns the file and what was done."""
    shop = open_workspace(folder)
    return _done(shop, shop.accept, finding)


def finding_to_opportunity(folder: Path, *, finding: str) -> dict[str, Any]:
    """Puts a finding on its map as an opportunity; returns the file and what was done."""
    shop = open_workspace(folder)
    return _done(shop, shop.turn, finding)


def write_report(folder: Path, *, map: str | None = None, language: str = "nl") -> dict[str, Any]:  # noqa: A002 - the tool's word
    """Writes the report of a map; returns where it is."""
    shop = open_workspace(folder)
    written = shop.report(shop.map(map).id, language="nl" if language == "nl" else "en")
    return {"written": [one.to_dict() for one in written]}


def _done(shop: Workspace, act: Act, finding: str) -> dict[str, Any]:
    named = [map_.id for map_ in shop.maps() if map_.id in finding.split("/")]
    found = [one for report in shop.reports(named[0] if len(named) == 1 else None) for one in report.findings]
    file, note = act(found, finding)
    return {"file": str(file), "done": texts(note)}
