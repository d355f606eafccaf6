"""The maps, as an assistant reads them: a line of each, its document, its data, its mistakes and its findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from klantreis.cli.assistant.answers import ROWS, command, shortened, source
from klantreis.errors import OptionError, did_you_mean
from klantreis.exporters.json import to_json
from klantreis.findings import Finding, finding_dict
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.report import Report
from klantreis.workspace import open_workspace

SCHEME = "klantreis://maps/"


def list_maps(folder: Path) -> dict[str, Any]:
    """Returns the maps of a workspace, with the ids that other tools take."""
    shop = open_workspace(folder)
    return {
        "workspace": shop.settings.name,
        "has_data": bool(shop.settings.sources),
        "maps": [_line(map_) for map_ in shop.maps()],
    }


def read_map(folder: Path, *, map: str | None = None, form: str = "text") -> dict[str, Any]:  # noqa: A002 - the tool's word
    """Returns a map as its owner wrote it, or as data."""
    map_ = open_workspace(folder).map(map)
    told = {"map": map_.id, "file": map_.file, "document": SCHEME + quote(map_.id)}
    if form == "text":
        return told | {"text": _text(map_)}
    return told | {"data": to_json(Report(map_, None, (), datetime.fromtimestamp(0, UTC)))["map"]}


def check(folder: Path, *, map: str | None = None, rows: int = ROWS) -> dict[str, Any]:  # noqa: A002
    """Returns the mistakes in the maps and what could be better; of a map that cannot be read, only its mistakes."""
    shop = open_workspace(folder)
    found = shop.check()
    if map is not None:
        map_ = shop.map(map)
        found = tuple(one for one in found if map_.id == one.place.map or map_.file == one.place.file)
    return _listed(found, rows, {"command": command(folder, "check", "--format=json")})


def findings(folder: Path, *, map: str | None = None, rows: int = ROWS) -> dict[str, Any]:  # noqa: A002
    """Returns what stands out on a map, most important first."""
    shop = open_workspace(folder)
    map_ = shop.map(map)
    (report,) = shop.reports(map_.id)
    typed = command(folder, "find", f"--map={map_.id}", f"--top={max(len(report.findings), 1)}", "--json")
    measured = report.results is not None
    cite = source(shop.journeys(map_), typed) if measured else {"command": typed, "map": map_.id}
    return _listed(report.findings, rows, cite)


def report(folder: Path, *, map: str | None = None) -> dict[str, Any]:  # noqa: A002
    """Returns where the reports of a map are, and when they were written; none: the command that writes one."""
    map_ = open_workspace(folder).map(map)
    files = sorted((folder / "reports").glob(f"{map_.id}.??.html"))
    told = [{"path": str(file), "language": file.name.split(".")[-2], "written": _moment(file)} for file in files]
    return {"map": map_.id, "reports": told, "command": command(folder, "report", f"--map={map_.id}")}


def documents(folder: Path) -> list[dict[str, Any]]:
    """Returns the maps as documents that can be read."""
    return [
        {
            "uri": SCHEME + quote(map_.id),
            "name": map_.id,
            "title": map_.title.text("en"),
            "mimeType": "application/yaml",
            "size": len(_text(map_).encode()),
        }
        for map_ in open_workspace(folder).maps()
    ]


def document(folder: Path, uri: str) -> dict[str, str]:
    """Returns the text of a map by its address. Raises OptionError with the nearest one."""
    known = {SCHEME + quote(map_.id): map_ for map_ in open_workspace(folder).maps()}
    if uri not in known:
        raise OptionError(
            Label(f"Het document {uri!r} is er niet.", f"There is no document {uri!r}."),
            where="uri",
            mend=did_you_mean(uri, known),
        )
    return {"uri": uri, "mimeType": "application/yaml", "text": _text(known[uri])}


def texts(label: Label) -> dict[str, str]:
    """Returns a text in both languages."""
    return {"nl": label.text("nl"), "en": label.text("en")}


def _line(map_: JourneyMap) -> dict[str, Any]:
    return {
        "map": map_.id,
        "title": texts(map_.title),
        "phases": [phase.id for phase in map_.phases],
        "touchpoints": len(map_.touchpoints),
        "measurable": sum(one.matcher is not None for one in map_.touchpoints),
        "segments": [one.id for one in map_.segments],
        "scenarios": [one.id for one in map_.scenarios],
        "kpis": [one.id for one in map_.kpis],
        "changes": [one.id for one in map_.changes],
        "document": SCHEME + quote(map_.id),
    }


def _text(map_: JourneyMap) -> str:
    return Path(map_.file or "").read_bytes().decode("utf-8", "replace")


def _listed(found: Iterable[Finding], rows: int, cite: dict[str, Any]) -> dict[str, Any]:
    told = [finding_dict(one) for one in found]
    short, cut = shortened({"findings": told}, rows)
    return {**short, "all": len(told), "cut": cut, "cite": cite}


def _moment(file: Path) -> str:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
