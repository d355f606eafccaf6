"""Maps out of and into other formats, each time with what stayed behind."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from klantreis.errors import OptionError, SourceError, did_you_mean
from klantreis.findings import Finding, finding_dict
from klantreis.labels import Label, Language, paragraph, plain
from klantreis.log.files import existing
from klantreis.map.check import check_all
from klantreis.map.images import images_of
from klantreis.map.losses import untranslated
from klantreis.map.read import SUFFIX, map_of, read_map
from klantreis.map.sketch_yaml import yaml_of
from klantreis.plugins import part, parts
from klantreis.report import Report

ALSO: Mapping[str, str] = {
    "md": "markdown",
    "mmd": "mermaid",
    "excel": "xlsx",
    "powerpoint": "pptx",
    "story": "markdown",
}
"""What a format is called besides its own name."""
MOST = 100_000_000
DRAWN = {"svg", "png", "pdf", "pptx", "html"}
"""Formats that show images."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One file that was written, of which map, and what of it stayed behind."""

    map: str
    path: Path
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns map, path and findings as plain values."""
        return {"map": self.map, "path": str(self.path), "findings": [finding_dict(one) for one in self.findings]}


def report_of_file(file: Path) -> Report:
    """Returns a report of the map in a file, nothing measured."""
    map_ = read_map(file)
    return Report(map_, None, check_all([map_]), datetime.now(UTC), images=images_of(map_).known)


def export_map(report: Report, to: str, *, language: Language, out: Path | None = None, **options: object) -> Exchanged:
    """Writes a report's map in a format and returns where, with the loss report.

    Without `out` it is `<map>.<language><suffix>` here. `options` that are None keep the format's own default. Raises
    OptionError for an option the format does not have, MissingPart for an unknown format or an absent library.
    """
    exporter = part("exporter", ALSO.get(to, to))
    known = {one.name for one in fields(exporter.Options)}
    given = {key: value for key, value in options.items() if value is not None}
    for key in given:
        if key not in known:
            raise OptionError(
                Label(f"{exporter.name} heeft geen optie {key!r}.", f"{exporter.name} has no option {key!r}."),
                mend=did_you_mean(key, sorted(known)),
            )
    chosen = exporter.Options(**given, **({"language": language} if "language" in known else {}))
    path = out or Path(f"{report.map.id}.{language}{exporter.suffix}")
    _write(path, exporter.export(report, chosen))
    left = exporter.lost(report, chosen) if hasattr(exporter, "lost") else ()
    unseen = images_of(report.map).findings if exporter.name in DRAWN else ()
    other = untranslated(report.map, language) if "language" in known else ()
    return Exchanged(report.map.id, path, (*left, *unseen, *other))


def import_map(
    file: Path, id_: str, *, out: Path | None = None, kind: str | None = None, language: Language = "nl"
) -> Exchanged:
    """Writes a `*.reis.yaml` from a file of another tool and returns where, with the loss report.

    Without `out` it is `maps/<id>.reis.yaml` when there is a folder `maps` here, else `<id>.reis.yaml`. Nothing that
    exists is overwritten. Raises OptionError for that and when there is no such file, SourceError when the file is not
    of its kind.
    """
    endings = tuple(ending for name in parts("template") for ending in _endings(name))
    if existing(file, endings).stat().st_size > MOST:
        raise SourceError(
            Label("Een bestand van meer dan 100 MB is geen kaart.", "A file of over 100 MB is not a map."),
            where=str(file),
        )
    importer = part("template", ALSO.get(kind, kind)) if kind else _importer(file)
    try:
        sketch, found = importer.read(file.read_bytes(), id_)
    except SourceError as error:
        what, spot, mend = error.texts
        raise SourceError(what, where=paragraph(plain(str(file)), spot, between=": "), mend=mend) from error
    text = yaml_of(sketch, id_, language=language, source=file.name)
    map_of(text, file=str(file))
    path = out or (Path("maps") if Path("maps").is_dir() else Path()) / f"{id_}{SUFFIX}"
    if path.exists():
        raise OptionError(
            Label(f"{path} is er al.", f"{path} exists already."),
            mend=Label(
                "Kies een andere id (--as) of een andere plek (--out).",
                "Choose another id (--as) or another place (--out).",
            ),
        )
    _write(path, text.encode("utf-8"))
    return Exchanged(id_, path, found)


def _importer(file: Path) -> Any:
    names = [name for name in parts("template") if file.name.casefold().endswith(_endings(name))]
    if not names:
        raise OptionError(
            Label(f"Geen importeur kent bestanden als {file.name}.", f"No importer knows files like {file.name}."),
            mend=Label(
                f"Zeg welke: --from {'|'.join(parts('template'))}", f"Say which: --from {'|'.join(parts('template'))}"
            ),
        )
    return part("template", names[0])


def _endings(name: str) -> tuple[str, ...]:
    """The endings a part takes; those of one whose library is absent are its own name."""
    return (".xlsx",) if name == "xlsx" else tuple(getattr(part("template", name), "endings", ()))


def _write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    if not path.parent.is_dir():
        raise OptionError(
            Label(f"De map {path.parent} is er niet.", f"There is no folder {path.parent}."),
            mend=Label("Maak haar, of kies een andere plek (--out).", "Make it, or choose another place (--out)."),
        )
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=path.name, suffix=".new", delete=False) as new:
        new.write(data)
    Path(new.name).chmod(0o644)
    Path(new.name).replace(path)
