"""Reports on paper: HTML files that lead to each other, with what the preview of a link shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from klantreis.errors import OptionError
from klantreis.exporters.html import Options, export
from klantreis.labels import Label, Language
from klantreis.map.beside import beside
from klantreis.map.model import JourneyMap
from klantreis.plugins import part
from klantreis.report import Report
from klantreis.workspace.progress import Tell

WEB = re.compile(r"https://[^\s/?#\"'<>\\]+\.[^\s/?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")

OURS = b'<meta name="generator" content="Klantreis">'


@dataclass(frozen=True, slots=True)
class Written:
    """One report that was written: where, and what it holds. `card`: the picture that the preview of a link shows."""

    path: Path
    report: Report
    card: Path | None = None
    renewed: bool = False
    """Whether an earlier report stood there."""

    def to_dict(self) -> dict[str, Any]:
        """Returns where the report is, of which map, how many findings it holds, and its card when there is one."""
        card = {} if self.card is None else {"card": str(self.card)}
        return {"path": str(self.path), "map": self.report.map.id, "findings": len(self.report.findings)} | card


@dataclass(frozen=True, slots=True)
class Paper:
    """Where reports are written, in which language, and where on the web that folder will stand (None: nowhere)."""

    folder: Path
    language: Language = "nl"
    address: str | None = None
    segment: str | None = None

    def file(self, map_: JourneyMap) -> str:
        """Returns the name of the file with the report of a map."""
        return f"{map_.id}{f'.{self.segment}' if self.segment else ''}.{self.language}.html"

    def page(self, name: str) -> str | None:
        """Returns where on the web a file of this folder will stand.

        Raises OptionError for an address that is not one of https.
        """
        if self.address is None:
            return None
        if not WEB.fullmatch(self.address):
            mend = Label(
                "Schrijf de map waar de verslagen komen, zoals https://winkel.example/verslagen.",
                "Write the folder where the reports will stand, as https://shop.example/reports.",
            )
            raise OptionError(
                Label(f"{self.address!r} is geen adres om te delen.", f"{self.address!r} is not an address to share."),
                mend=mend,
            )
        return f"{self.address.rstrip('/')}/{quote(name)}"


def written(
    reports: Sequence[Report],
    shared: Iterable[Report],
    maps: Sequence[JourneyMap],
    paper: Paper,
    tell: Tell | None = None,
) -> list[Written]:
    """Writes reports and returns what was written; `shared` are the same reports as they may be given to others.

    `tell(done, all, "writing")` is called before each; `shared` is asked for one at a time, as making it takes long.

    Reports lead to each other where a step opens another map whose report stands there too. With an address each has
    its card beside it, a picture of 1200 × 630; that needs the part for png.
    """
    now = {report.map.id for report in reports}
    names = {map_.id: paper.file(map_) for map_ in maps}
    files = {id_: name for id_, name in names.items() if id_ in now or (paper.folder / name).is_file()}
    pages = {id_: paper.page(names[id_]) for id_ in now}
    paper.folder.mkdir(exist_ok=True)
    done: list[Written] = []
    for report, told in zip(_counted(reports, tell), shared, strict=True):
        id_ = report.map.id
        linked = replace(told, beside=beside(told.map, maps, files))
        card = _card(told, paper, files[id_])
        image = None if card is None else paper.page(card.name)
        options = Options(language=paper.language, address=pages[id_], card=image)
        path = paper.folder / files[id_]
        renewed = placed(path, export(linked, options))
        done.append(Written(path, report, card, renewed))
    return done


def _counted(reports: Sequence[Report], tell: Tell | None) -> Iterator[Report]:
    for number, report in enumerate(reports):
        if tell is not None:
            tell(number, len(reports), "writing")
        yield report


def placed(path: Path, page: bytes) -> bool:
    """Writes a page and says whether an earlier one of ours stood there.

    Raises OptionError when another file stands there: it is never overwritten.
    """
    renewed = path.exists()
    if renewed and OURS not in path.read_bytes()[:4000]:
        mend = Label(
            "Zet het ergens anders, of geef het een andere naam.", "Move it elsewhere, or give it another name."
        )
        raise OptionError(
            Label(
                f"{path} is geen verslag van Klantreis, en wordt niet overschreven.",
                f"{path} is no report of Klantreis, and is not overwritten.",
            ),
            where=str(path),
            mend=mend,
        )
    path.write_bytes(page)
    return renewed


def _card(report: Report, paper: Paper, file: str) -> Path | None:
    if paper.address is None:
        return None
    png = part("exporter", "png")
    path = paper.folder / file.replace(".html", ".png")
    path.write_bytes(png.export(report, png.Options(card=True, language=paper.language)))
    return path
