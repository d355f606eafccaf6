"""Share links: a page for others, at an address that nobody can guess, that can be renewed and withdrawn.

There is no server: pages are put in a folder that the user's own web server, storage or network disk serves. On such a
page is what a report may tell. A link is written down before its page is there, so that none can be forgotten.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from klantreis.errors import OptionError
from klantreis.exporters.html import Options, export
from klantreis.exporters.html.withdrawn import folder_page, withdrawn_page
from klantreis.journeys.disk import replace_bytes
from klantreis.journeys.lock import writing
from klantreis.labels import Label, Language
from klantreis.map.votes import told as told_votes
from klantreis.plugins import part
from klantreis.report import Report
from klantreis.spans import dated
from klantreis.workspace.folder import Workspace
from klantreis.workspace.load import Tell
from klantreis.workspace.paper import Paper
from klantreis.workspace.share_links import ShareLink, ShareLinks, keep_links, read_links, room
from klantreis.workspace.since import held, numbers
from klantreis.workspace.votes import known_to_ask

BYTES = 24
"""Of chance in the name of a page: 192 bits, far more than anybody can try."""
Did = Literal["made", "renewed", "held", "withdrawn", "ended", "unreached"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page to share: of which map, in which view ('report', or one of the map), where, and until when.

    `reply_to`: the mail address that answers may go to.
    """

    map: str | None = None
    view: str = "report"
    segment: str | None = None
    language: Language = "nl"
    folder: Path | None = None
    address: str | None = None
    until: str | None = None
    new: bool = False
    votes: bool | None = None
    """Whether it asks if each step is recognisable; None: as it did."""
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What happened to a link. `held`: not renewed, for its numbers differ by only `people` from those it told."""

    link: ShareLink
    did: Did
    people: int = 0


def share(shop: Workspace, asked: Asked, now: datetime, *, tell: Tell | None = None) -> list[Done]:
    """Publishes a page, or renews it when a link to the same page stands there; returns what happened, first to others.

    Raises OptionError for a folder that cannot be made, an address that is none, a date that is no date or past, and
    for a new link whose numbers differ too little from those told before.
    """
    map_, until = shop.map(asked.map), _day(asked.until, _today(shop, now))
    known_to_ask(map_, asked.view, asked.votes, asked.reply_to)
    with writing(room(shop.folder)):
        done = _settle(shop, now)
        known = read_links(shop.folder)
        folder = _folder(shop, asked, known, map_.id)
        what = (map_.id, asked.view, asked.segment, asked.language, folder)
        link = None if asked.new else known.standing(what)
        if link is None:
            Paper(Path(folder), address=asked.address).page("")
            link = _fresh(known, what, now)
        link = replace(link, address=asked.address or link.address, until=until or link.until)
        votes = link.votes if asked.votes is None else asked.votes
        link = replace(link, votes=votes, reply_to=(asked.reply_to or link.reply_to) if votes else None)
        return [*done, _publish(shop, link, now, tell)]


def again(
    shop: Workspace, id_: str, now: datetime, *, until: str | None = None, tell: Tell | None = None
) -> list[Done]:
    """Renews the page of a link, or with 'all' of every link that stands; its address stays.

    `until`: its new date. Raises OptionError for an unknown link, and for one that was withdrawn.
    """
    day = _day(until, _today(shop, now))
    with writing(room(shop.folder)):
        done = _settle(shop, now)
        known = read_links(shop.folder)
        links = [one for one in known.links if one.withdrawn is None] if id_ == "all" else [known.one(id_)]
        for link in links:
            _known_to_stand(link)
            done.append(_publish(shop, replace(link, until=day or link.until), now, tell))
        return done


def withdraw(shop: Workspace, id_: str, now: datetime) -> list[Done]:
    """Puts a page that says so in the place of a link's page, removes all else of it, and remembers the day.

    Raises OptionError for an unknown link, and for one that was withdrawn already.
    """
    with writing(room(shop.folder)):
        done = _settle(shop, now)
        known = read_links(shop.folder)
        link = known.one(id_)
        if not any(one.link.id == id_ for one in done):
            _known_to_stand(link)
            done.append(_clear(shop, known, replace(link, withdrawn=_today(shop, now).isoformat())))
        return done


def settled(shop: Workspace, now: datetime) -> list[Done]:
    """Withdraws the links that are past their date, and those that could not be reached before."""
    if not read_links(shop.folder).due(_today(shop, now)):
        return []
    with writing(room(shop.folder)):
        return _settle(shop, now)


def _settle(shop: Workspace, now: datetime) -> list[Done]:
    done = []
    for link in read_links(shop.folder).due(_today(shop, now)):
        known = read_links(shop.folder)
        done.append(_clear(shop, known, replace(link, withdrawn=link.withdrawn or link.until)))
    return done


def _publish(shop: Workspace, link: ShareLink, now: datetime, tell: Tell | None) -> Done:
    """Writes the page of a link; what it tells is written down first, as a page nobody knows of cannot be withdrawn."""
    known = read_links(shop.folder)
    first = all(one.id != link.id for one in known.links)
    (report,) = shop.reports(link.map, segment=link.segment, tell=tell)
    told = known.told.get(link.map, {})
    if report.results is not None:
        few = held(report.results, told, shop.settings.least)
        if few and first:
            raise _too_little(few, shop.settings.least)
        if few:
            keep_links(shop.folder, known.with_link(link))
            return Done(link, "held", few)
    report = shop.shared(report, told)
    link = replace(link, renewed=_moment(now))
    if report.results is not None:
        known = known.with_told(link.map, numbers(report.results, link.segment))
    if not link.votes:
        known = known.with_told(link.map, told_votes(report.votes))
    _make(link.file(shop.folder).parent)
    keep_links(shop.folder, known.with_link(link))
    _write(shop, link, report)
    return Done(link, "made" if first else "renewed")


def _write(shop: Workspace, link: ShareLink, report: Report) -> None:
    said: Language = "en" if link.language == "en" else "nl"
    page = link.file(shop.folder)
    card, paper = link.file(shop.folder, ".png"), Paper(page.parent, said, link.address)
    if link.address is not None:
        png = part("exporter", "png")
        replace_bytes(card, png.export(report, png.Options(card=True, language=said)))
    image = paper.page(card.name)
    asked = Options(language=said, address=paper.page(page.name), card=image, unlisted=True)
    asked = replace(asked, view=link.view, votes=link.votes, reply_to=link.reply_to)  # type: ignore[arg-type]
    replace_bytes(page, export(report, asked))
    _sweep(link, shop.folder, {page, card} if link.address else {page})


def _clear(shop: Workspace, known: ShareLinks, link: ShareLink) -> Done:
    """Withdraws a link: first written down, so that what is cut short is finished by the next run."""
    keep_links(shop.folder, known.with_link(replace(link, cleared=False)))
    page = link.file(shop.folder)
    if not page.parent.is_dir():
        return Done(link, "unreached")
    day = date.fromisoformat(link.withdrawn or "")
    try:
        replace_bytes(page, withdrawn_page(day, ended=link.ended).encode())
        _sweep(link, shop.folder, {page})
    except OSError:
        return Done(link, "unreached")
    keep_links(shop.folder, known.with_link(replace(link, cleared=True)))
    return Done(replace(link, cleared=True), "ended" if link.ended else "withdrawn")


def _sweep(link: ShareLink, workspace: Path, kept: set[Path]) -> None:
    """Removes all files of a link but these, also what a run left that was cut short."""
    for path in link.file(workspace).parent.glob(f"{link.name}.*"):
        if path not in kept:
            path.unlink()


def _folder(shop: Workspace, asked: Asked, known: ShareLinks, map_: str) -> str:
    """Where to put a page, as seen from the workspace when it lies in it; without one, where its link stands."""
    if asked.folder is not None:
        folder = Path(os.path.abspath(asked.folder))  # noqa: PTH100  (resolve would follow links of the disk)
        return folder.relative_to(shop.folder).as_posix() if folder.is_relative_to(shop.folder) else str(folder)
    what = (map_, asked.view, asked.segment, asked.language)
    for link in reversed(known.links):
        if link.what[:4] == what and link.withdrawn is None:
            return link.folder
    raise OptionError(
        Label("Waar moet de pagina komen?", "Where is the page to be put?"),
        mend=Label(
            "Zet erbij: --to MAP, een map die je webserver, opslag of netwerkschijf laat zien.",
            "Add: --to FOLDER, a folder that your web server, storage or network disk shows.",
        ),
    )


def _make(folder: Path) -> None:
    """Makes the folder when only it is missing; an empty one gets a page, so that no server lists the names in it."""
    if not folder.parent.is_dir():
        raise OptionError(
            Label(f"De map {folder} is er niet.", f"There is no folder {folder}."),
            mend=Label(
                "Koppel de schijf aan, of kies een andere map (--to).",
                "Connect the disk, or choose another folder (--to).",
            ),
        )
    folder.mkdir(exist_ok=True)
    if not any(folder.iterdir()):
        replace_bytes(folder / "index.html", folder_page().encode())


def _fresh(known: ShareLinks, what: Sequence[str | None], now: datetime) -> ShareLink:
    map_, view, segment, language, folder = (part_ or "" for part_ in what)
    name, made = secrets.token_urlsafe(BYTES).lstrip("-_"), _moment(now)  # a '-' in front reads as an option
    return ShareLink(known.fresh_id(map_), map_, view, language, folder, name, made, made, segment=segment or None)


def _known_to_stand(link: ShareLink) -> None:
    if link.withdrawn is not None:
        day = date.fromisoformat(link.withdrawn)
        raise OptionError(
            Label(
                f"De deellink {link.id} is ingetrokken op {dated(day, 'nl')}.",
                f"The share link {link.id} was withdrawn on {dated(day, 'en')}.",
            ),
            mend=Label(
                "Een ingetrokken link komt niet terug. Maak een nieuwe: klantreis share --to MAP",
                "A withdrawn link does not come back. Make a new one: klantreis share --to FOLDER",
            ),
        )


def _too_little(few: int, least: int) -> OptionError:
    return OptionError(
        Label(
            f"Sinds er voor het laatst gedeeld is, scheelt het {few}: wie beide pagina's heeft, kan dat kleine groepje "
            "eruit halen.",
            f"Since the last time it was shared it differs by {few}: who has both pages can work out that small group.",
        ),
        mend=Label(
            f"Deel de link die er al staat (klantreis share --list), of wacht tot er {least} bij zijn.",
            f"Share the link that stands (klantreis share --list), or wait until it differs by {least}.",
        ),
    )


def _day(text: str | None, today: date) -> str | None:
    """Returns a date as it is written down; raises OptionError when it is none, or not after today."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise OptionError(
            Label(f"{text!r} is geen datum.", f"{text!r} is not a date."),
            mend=Label("Schrijf hem als 2027-01-01.", "Write it as 2027-01-01."),
        ) from error
    if day <= today:
        raise OptionError(
            Label(f"{text} is al voorbij of vandaag.", f"{text} is past, or today."),
            mend=Label(
                "Neem een latere dag, of trek de link in: --withdraw.", "Take a later day, or withdraw it: --withdraw."
            ),
        )
    return day.isoformat()


def _today(shop: Workspace, now: datetime) -> date:
    return now.astimezone(ZoneInfo(shop.settings.time_zone)).date()


def _moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds").replace("+00:00", "Z")
