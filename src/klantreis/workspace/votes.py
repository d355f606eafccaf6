"""The votes of a workspace: texts of answers are added to a plain file per map, and one viewer's can be removed.

They stand in `votes/`, for git to see, one row a vote. What could not be read stands with its reason in
`.klantreis/votes/refused.csv`, out of git, as it may hold parts of a mail.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from klantreis.errors import OptionError, did_you_mean, reason
from klantreis.journeys.disk import replace_bytes
from klantreis.journeys.lock import writing
from klantreis.labels import Label, Language, paragraph
from klantreis.map.model import JourneyMap
from klantreis.map.votes import Answers, Recognised, merged, read, tally, version_of, walked, written
from klantreis.map.votes_sent import Refused, Sent, placed, sent

MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
HEAD = ("file", "map", "viewer", "text", "reason")


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of what was added that could not be used: where it stood, and why."""

    file: str
    map: str
    viewer: str
    part: Refused


@dataclass(frozen=True, slots=True)
class Added:
    """What became of texts of answers, in viewers: `new`, `replaced` (said something else before), `same`; and in
    `older` how many of them saw another version of the map.
    """

    new: int = 0
    replaced: int = 0
    same: int = 0
    older: int = 0
    maps: tuple[str, ...] = ()
    refused: tuple[Unread, ...] = ()
    empty: tuple[str, ...] = field(default=())
    """Files without any answers in them."""


def file_of(folder: Path, map_: str) -> Path:
    """Returns where the votes of a map are kept."""
    return folder / "votes" / f"{map_}.csv"


def votes_of(folder: Path, map_: str) -> list[Answers]:
    """Returns what each viewer of a map sent last, [] without votes. Raises StoreError when they cannot be read."""
    file = file_of(folder, map_)
    return read(file.read_text(encoding="utf-8-sig"), str(file)) if file.is_file() else []


def recognised(folder: Path, map_: JourneyMap) -> dict[str, Recognised]:
    """Returns what viewers say of each step that stands on the map now."""
    found = tally(votes_of(folder, map_.id), version_of(map_))
    return {step: found[step] for step in walked(map_) if step in found}


def known_to_ask(map_: JourneyMap, view: str, votes: bool | None, reply_to: str | None) -> None:
    """Raises OptionError for a page that asks for votes and has no walk, and for an address that is no mail address."""
    if (votes and (view not in {"report", "map"} or len(walked(map_)) < 2)) or (reply_to and votes is False):
        raise OptionError(
            Label("Deze pagina heeft geen stappen om op te stemmen.", "This page has no steps to vote on."),
            mend=Label(
                "Vraag het op het verslag of de kaart (--view map), van een kaart met twee of meer stappen.",
                "Ask on the report or the map (--view map), of a map with two or more steps.",
            ),
        )
    if reply_to is not None and not MAIL.fullmatch(reply_to):
        raise OptionError(
            Label(f"{reply_to!r} is geen mailadres.", f"{reply_to!r} is not a mail address."),
            mend=Label("Schrijf het als team@winkel.nl.", "Write it as team@shop.com."),
        )


def text_of(path: Path) -> str:
    """Returns the text of a file, or of the body of a mail that was saved whole. Raises OptionError when it is away."""
    try:
        content = path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise OptionError(
            Label(f"{path} is niet te lezen: {why.nl}.", f"{path} cannot be read: {why.en}."),
            mend=Label(
                "Noem een bestand met antwoorden, of - om ze te plakken.", "Name a file with answers, or - to paste."
            ),
        ) from error
    return _mail(content) if path.suffix.lower() == ".eml" else _decoded(content)


def _mail(content: bytes) -> str:
    """The words of a mail that was saved whole, without the marks of a page."""
    found = []
    for one in message_from_bytes(content, policy=policy.default).walk():
        if one.get_content_maintype() == "text":
            raw = one.get_payload(decode=True)
            text = _decoded(raw if isinstance(raw, bytes) else b"", one.get_content_charset() or "utf-8")
            page = one.get_content_subtype() == "html"
            found.append(html.unescape(re.sub(r"<[^>]*>", "\n", text)) if page else text)
    return "\n".join(found)


def _decoded(content: bytes, charset: str = "utf-8-sig") -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else charset)
    except (UnicodeDecodeError, LookupError):
        return content.decode("cp1252", errors="replace")


def add(folder: Path, maps: Sequence[JourneyMap], texts: Mapping[str, str], now: datetime, said: Language) -> Added:
    """Adds the answers in texts, by the name of their file, to the votes of these maps.

    Repeated, it changes nothing. Of a viewer only what was sent last is kept. What cannot be read is kept with its
    reason in the language `said`.
    """
    moment = now.isoformat(timespec="seconds").replace("+00:00", "Z")
    found = [(name, one) for name, text in texts.items() for one in sent(text, moment)]
    named = {name for name, _ in found}
    by_id = {map_.id: map_ for map_ in maps}
    refused: list[Unread] = []
    good: list[Answers] = []
    for name, one in found:
        checked = _checked(one, by_id)
        refused += [Unread(name, one.answers.map, one.answers.viewer, part) for part in checked.refused]
        if checked.answers.map in by_id and (checked.answers.votes or checked.answers.comment):
            good.append(checked.answers)
    with writing(folder / ".klantreis" / "votes"):
        voted = sorted({one.map for one in good})
        counts = [_kept(folder, by_id[id_], [one for one in good if one.map == id_]) for id_ in voted]
        _refuse(folder, refused, said)
    new, replaced, same, older = (sum(each) for each in zip(*counts, strict=True)) if counts else (0, 0, 0, 0)
    empty = tuple(name for name in texts if name not in named)
    return Added(new, replaced, same, older, tuple(voted), tuple(dict.fromkeys(refused)), empty)


def remove(folder: Path, viewer: str) -> int:
    """Removes all that one viewer sent about any map; returns how many votes and comments that were.

    Raises OptionError with the nearest id when nobody has it.
    """
    with writing(folder / ".klantreis" / "votes"):
        gone, known = 0, set()
        for file in sorted((folder / "votes").glob("*.csv")):
            all_ = read(file.read_text(encoding="utf-8-sig"), str(file))
            known |= {one.viewer for one in all_}
            left = [one for one in all_ if one.viewer != viewer]
            gone += sum(len(one.votes) + bool(one.comment) for one in all_ if one.viewer == viewer)
            if len(left) < len(all_):
                replace_bytes(file, written(left).encode())
        rows = _refused(folder)
        stay = [row for row in rows if row[2] != viewer]
        if len(stay) < len(rows):
            _write_refused(folder, stay)
    if not gone and len(stay) == len(rows):
        none = Label("Er zijn geen stemmen.", "There are no votes.")
        raise OptionError(
            Label(f"Geen kijker heet {viewer!r}.", f"There is no viewer {viewer!r}."),
            mend=did_you_mean(viewer, sorted(known)) or none,
        )
    return gone


def _checked(one: Sent, maps: Mapping[str, JourneyMap]) -> Sent:
    map_ = maps.get(one.answers.map)
    if map_ is not None:
        return placed(one, walked(map_))
    id_ = one.answers.map
    why = Label(f"De kaart {id_!r} is er niet.", f"There is no map {id_!r}.")
    return Sent(one.answers, (*one.refused, Refused(f"map={id_};", paragraph(why, did_you_mean(id_, maps)))))


def _kept(folder: Path, map_: JourneyMap, found: Sequence[Answers]) -> tuple[int, int, int, int]:
    """Adds to the votes of one map; returns how many viewers are new, replaced and the same, and saw an older map."""
    before = votes_of(folder, map_.id)
    after = merged(before, found)
    old, viewers = {one.viewer: one for one in before}, {one.viewer for one in found}
    now = [one for one in after if one.viewer in viewers]
    new = sum(one.viewer not in old for one in now)
    replaced = sum(one.viewer in old and one != old[one.viewer] for one in now)
    if after != before:
        file = file_of(folder, map_.id)
        file.parent.mkdir(exist_ok=True)
        replace_bytes(file, written(after).encode())
    return new, replaced, len(now) - new - replaced, sum(one.version != version_of(map_) for one in now)


def _refused(folder: Path) -> list[tuple[str, ...]]:
    file = folder / ".klantreis" / "votes" / "refused.csv"
    return [tuple(row) for row in csv.reader(io.StringIO(file.read_text("utf-8")))][1:] if file.is_file() else []


def _refuse(folder: Path, refused: Iterable[Unread], said: Language) -> None:
    rows = [(one.file, one.map, one.viewer, one.part.text[:200], one.part.why.text(said)) for one in refused]
    known = _refused(folder)
    fresh = [row for row in dict.fromkeys(rows) if row not in known]
    if fresh:
        _write_refused(folder, [*known, *fresh])


def _write_refused(folder: Path, rows: Iterable[Sequence[str]]) -> None:
    made, ignore = io.StringIO(), folder / ".klantreis" / "votes" / ".gitignore"
    csv.writer(made, lineterminator="\n").writerows([HEAD, *rows])
    ignore.write_text("*\n", encoding="utf-8")
    replace_bytes(folder / ".klantreis" / "votes" / "refused.csv", made.getvalue().encode())
