"""Which share links a workspace gave out: kept in `.klantreis/shared/`, which git never sees.

Who has the name of a page can read it, so the names stand nowhere else than here and where the pages are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from klantreis.errors import OptionError, StoreError, did_you_mean
from klantreis.journeys.disk import replace_json
from klantreis.labels import Label
from klantreis.workspace.paper import Paper

VERSION = 1


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A page at an address that nobody can guess. `folder` as seen from the workspace; `name` is the secret part.

    `made` and `renewed` are moments (ISO 8601, UTC), `until` and `withdrawn` dates. `cleared`: what stood there is
    gone. `votes`: it asks whether each step is recognisable, and answers may go to `reply_to`.
    """

    id: str
    map: str
    view: str
    language: str
    folder: str
    name: str
    made: str
    renewed: str
    segment: str | None = None
    address: str | None = None
    until: str | None = None
    withdrawn: str | None = None
    cleared: bool = False
    votes: bool = False
    reply_to: str | None = None

    @property
    def what(self) -> tuple[str | None, ...]:
        """Which page it is of: links to the same page at the same place are one."""
        return self.map, self.view, self.segment, self.language, self.folder

    @property
    def ended(self) -> bool:
        """Whether it stopped by itself on the date that was given."""
        return self.withdrawn is not None and self.until is not None and self.withdrawn >= self.until

    def file(self, workspace: Path, suffix: str = ".html") -> Path:
        """Returns where its page is, or with '.png' its card."""
        return workspace / self.folder / f"{self.name}{suffix}"

    def link(self, workspace: Path) -> str:
        """Returns what to give to others: its address on the web, else its file."""
        file = self.file(workspace)
        return Paper(file.parent, address=self.address).page(file.name) or str(file)

    def state(self, workspace: Path) -> str:
        """Returns 'stands', 'withdrawn' or 'ended', 'unreached' for one that still has to be cleared, else 'gone'."""
        if self.withdrawn is not None:
            return "unreached" if not self.cleared else "ended" if self.ended else "withdrawn"
        return "stands" if self.file(workspace).is_file() else "gone"

    def to_dict(self, workspace: Path) -> dict[str, Any]:
        """Returns it as plain values, with its link, its file and its state."""
        plain = asdict(self)
        del plain["folder"], plain["name"], plain["address"], plain["cleared"]
        file = str(self.file(workspace))
        return plain | {"link": self.link(workspace), "file": file, "state": self.state(workspace)}


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """All links of a workspace, the oldest first, and the numbers that their pages told, per map."""

    links: tuple[ShareLink, ...] = ()
    told: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def one(self, id_: str) -> ShareLink:
        """Returns the link with an id. Raises OptionError with the nearest id."""
        for link in self.links:
            if link.id == id_:
                return link
        none = Label("Er is nog niets gedeeld.", "Nothing is shared yet.")
        raise OptionError(
            Label(f"De deellink {id_!r} is er niet.", f"There is no share link {id_!r}."),
            mend=did_you_mean(id_, [link.id for link in self.links]) or none,
        )

    def standing(self, what: tuple[str | None, ...]) -> ShareLink | None:
        """Returns the newest link to a page that was not withdrawn, None when there is none."""
        return next((link for link in reversed(self.links) if link.what == what and link.withdrawn is None), None)

    def fresh_id(self, map_: str) -> str:
        """Returns an id that no link had: ring-kopen-1."""
        known = {link.id for link in self.links}
        return next(name for n in range(1, len(known) + 2) if (name := f"{map_}-{n}") not in known)

    def with_link(self, link: ShareLink) -> ShareLinks:
        """Returns the same with this link: in its own place, or as the newest."""
        if all(one.id != link.id for one in self.links):
            return replace(self, links=(*self.links, link))
        return replace(self, links=tuple(link if one.id == link.id else one for one in self.links))

    def with_told(self, map_: str, numbers: Mapping[str, int]) -> ShareLinks:
        """Returns the same with the numbers that a page of a map tells; what it tells no more stays known."""
        return replace(self, told={**self.told, map_: {**self.told.get(map_, {}), **numbers}})

    def due(self, today: date) -> tuple[ShareLink, ...]:
        """Returns the links whose page must go: past their date, or withdrawn while the page could not be reached."""
        past = (one for one in self.links if one.withdrawn is None and one.until and one.until <= today.isoformat())
        left = (one for one in self.links if one.withdrawn is not None and not one.cleared)
        return (*past, *left)


def room(workspace: Path) -> Path:
    """Returns the folder where the links of a workspace are kept."""
    return workspace / ".klantreis" / "shared"


def read_links(workspace: Path) -> ShareLinks:
    """Returns the links of a workspace, none when nothing was shared. Raises StoreError when they cannot be read."""
    file = room(workspace) / "links.json"
    if not file.is_file():
        return ShareLinks()
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return ShareLinks(tuple(ShareLink(**one) for one in kept["links"]), kept["told"])
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise StoreError(
            Label("De lijst van deellinks is niet te lezen.", "The list of share links cannot be read."),
            where=str(file),
            mend=Label(
                "Zet haar terug van een reservekopie. Zonder haar weet niemand meer welke links er staan: haal anders "
                "de pagina's zelf weg uit de map waar ze staan.",
                "Put it back from a backup. Without it nobody knows which links stand: else remove the pages yourself "
                "from the folder where they are.",
            ),
        ) from error


def keep_links(workspace: Path, known: ShareLinks) -> None:
    """Writes the links of a workspace at once, where git does not see them."""
    folder = room(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    links = [asdict(one) for one in known.links]
    replace_json(folder / "links.json", {"version": VERSION, "links": links, "told": known.told})
