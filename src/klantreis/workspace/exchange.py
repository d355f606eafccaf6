"""Maps out of and into other formats, each time with what stayed behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from klantreis.documents.put import put_whole
from klantreis.errors import OptionError, SourceError, did_you_mean
from klantreis.exporters.contract import View
from klantreis.findings import Finding, finding_dict
from klantreis.labels import Label, Language, paragraph, plain
from klantreis.log.files import existing
from klantreis.map.check import check_all
from klantreis.map.images import images_of
from klantreis.map.losses import untranslated
from klantreis.map.read import SUFFIX, map_of, read_map
from klantreis.map.sketch_yaml import unique, yaml_of
from klantreis.plugins import part, parts
from klantreis.report import Report
from klantreis.scenes.model import Scene
from klantreis.workspace.choosing import refuse_mistakes
from klantreis.workspace.drawing import file_name, in_model, known_persona

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
PICTURED = {"theme", *(one.name for one in fields(View))} - {"language"}
"""Options of the formats that draw one picture."""
ENDINGS: Mapping[str, str] = {
    "svg": ".svg", "png": ".png", "pdf": ".pdf", "pptx": ".pptx", "xlsx": ".xlsx", "csv": ".csv", "markdown": ".md",
    "mermaid": ".mmd", "ojf": ".ojf", "html": ".html", "json": ".json",
}  # fmt: skip
"""How files of our own formats end."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One file that was written, of which map, and what of it stayed behind."""

    map: str
    path: Path
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns map, path and findings as plain values."""
        return {"map": self.map, "path": str(self.path), "findings": [finding_dict(one) for one in self.findings]}


def report_of_file(file: Path, model: str | None = None) -> Report:
    """Returns a report of the map in a file, nothing measured; `model`: in another phase model ('funnel-3').

    Raises DocumentError for a map that a check calls a mistake, as in a workspace, such as one that lies inside itself.
    """
    map_ = in_model(read_map(file), model)
    found = check_all([map_])
    refuse_mistakes(found, file)
    return Report(map_, None, found, datetime.now(UTC), images=images_of(map_).known)


def export_map(report: Report, to: str, *, language: Language, out: Path | None = None, **options: object) -> Exchanged:
    """Writes a report's map in a format and returns where, with the loss report.

    Without `out` it is `<map>.<language><suffix>` here, with the view in its name. `options` that are None keep the
    format's own default; `model` only names the file. Raises OptionError for an option the format does not have, or
    that the map does not know, MissingPart for an unknown format or an absent library.
    """
    model = options.pop("model", None)
    exporter, chosen, given = _asked(to, language, out, options)
    known_persona(report.map, getattr(chosen, "persona", None))
    called = file_name(report.map.id, exporter.suffix, **given, model=model, language=language)
    path = placed(out, called)
    _write(path, exporter.export(report, chosen))
    known = {one.name for one in fields(chosen)}
    left = exporter.lost(report, chosen) if hasattr(exporter, "lost") else ()
    unseen = images_of(report.map).findings if exporter.name in DRAWN else ()
    other = untranslated(report.map, language) if "language" in known else ()
    return Exchanged(report.map.id, path, (*left, *unseen, *other))


def export_scene(
    scene: Scene, to: str, *, language: Language, out: Path | None = None, only: str | None = None, **options: object
) -> Exchanged:
    """Writes any picture as svg, png or pdf and returns where; `only` is a part of its name. Errors as `export_map`."""
    exporter, chosen, given = _asked(to, language, out, {"view": scene.name} | options)
    path = placed(out, file_name(scene.name, exporter.suffix, **given, only=only, language=language))
    _write(path, exporter.shown(scene, replace(chosen, view="map"), datetime.now(UTC)))
    return Exchanged(scene.name, path, ())


def _asked(
    to: str, language: Language, out: Path | None, options: Mapping[str, object]
) -> tuple[Any, Any, dict[str, object]]:
    """The exporter, its options, and those that were given."""
    exporter = part("exporter", ALSO.get(to, to))
    known = {one.name for one in fields(exporter.Options)}
    given = {key: value for key, value in options.items() if value is not None}
    for key in given:
        if key not in known:
            raise OptionError(
                Label(f"{exporter.name} heeft geen optie {key!r}.", f"{exporter.name} has no option {key!r}."),
                mend=_having(key) or did_you_mean(key, sorted(known)),
            )
    other = format_of(out)
    if other is not None and other != exporter.name:
        raise OptionError(
            Label(
                f"{out} eindigt als {other}, niet als {exporter.name}.", f"{out} ends as {other}, not {exporter.name}."
            ),
            mend=Label(f"Neem --to {other}, of een andere naam.", f"Take --to {other}, or another name."),
        )
    return exporter, exporter.Options(**given, **({"language": language} if "language" in known else {})), given


def _having(key: str) -> Label | None:
    """Which formats have an option."""
    one = {"paper": "pdf", "card": "png"}.get(key) or ("svg, png, pdf" if key in PICTURED else "")
    return Label(f"Die hoort bij --to {one}.", f"That one is of --to {one}.") if one else None


def placed(out: Path | None, called: str) -> Path:
    """Returns where a file is written: at `out`, or as it is `called` in the folder that `out` is, or here."""
    return Path(called) if out is None else out / called if out.is_dir() else out


def format_of(out: Path | None) -> str | None:
    """Returns which format a file has by its ending ('kaart.pdf' is pdf), None when it tells nothing.

    Of two endings ('kaart.ojf.json') the first one tells, when it is the name of a format that is JSON inside.
    """
    if out and [one.casefold() for one in out.suffixes[-2:]] == [".ojf", ".json"]:
        return "ojf"
    ending = out.suffix.casefold() if out else ""
    return next((name for name, own in ENDINGS.items() if own == ending), None)


def import_map(
    file: Path, id_: str | None = None, *, out: Path | None = None, kind: str | None = None, language: Language = "nl"
) -> Exchanged:
    """Writes a `*.reis.yaml` from a file of another tool and returns where, with the loss report.

    Without `id_` it is made from the name of the file ('Mijn reis.xlsx' gives mijn_reis). Without `out` the map goes to
    `maps/<id>.reis.yaml` when there is a folder `maps` here, else to `<id>.reis.yaml`. Nothing that
    exists is overwritten. Raises OptionError for that and when there is no such file, SourceError when the file is not
    of its kind.
    """
    endings = tuple(ending for name in parts("template") for ending in _endings(name))
    if existing(file, endings).stat().st_size > MOST:
        raise SourceError(
            Label("Een bestand van meer dan 100 MB is geen kaart.", "A file of over 100 MB is not a map."),
            where=str(file),
        )
    id_ = unique(file.name.split(".")[0], "kaart", set()) if id_ is None else id_
    importer = part("template", ALSO.get(kind, kind)) if kind else _importer(file)
    try:
        sketch, found = importer.read(file.read_bytes(), id_)
    except SourceError as error:
        what, spot, mend = error.texts
        raise SourceError(what, where=paragraph(plain(str(file)), spot, between=": "), mend=mend) from error
    if sketch.title == id_:  # a table has no title of its own
        sketch = replace(sketch, title=file.name.split(".")[0])
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
            mend=_instead(file),
        )
    return part("template", names[0])


def _instead(file: Path) -> Label:
    """What to do with a file of which the ending tells nothing, or something else."""
    if file.name.casefold().endswith(SUFFIX):
        return Label("Het is al een kaart van Klantreis: zet hem in maps/.", "It is a map already: put it in maps/.")
    if file.suffix.casefold() in {".xls", ".ods", ".numbers"}:
        return Label("Bewaar hem als .xlsx of .csv.", "Save it as .xlsx or .csv.")
    kinds = "|".join(parts("template"))
    return Label(f"Zeg wat erin staat: --from {kinds}", f"Say what is in it: --from {kinds}")


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
    put_whole(path, data)
