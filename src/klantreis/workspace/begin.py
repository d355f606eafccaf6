"""Begins a workspace: settings that explain themselves, and a first map from a template."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from klantreis.analyses import paths
from klantreis.analyses.fold import fold
from klantreis.bare import read_checked, source_of
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import OptionError, SourceError
from klantreis.labels import Label, Language
from klantreis.log.glance import glanced
from klantreis.log.guess import Guess, guess_roles
from klantreis.log.model import Roles, Source
from klantreis.map.init import ALL, Meant, new_map, stretch
from klantreis.map.read import SUFFIX
from klantreis.map.templates import template as known_template
from klantreis.workspace.settings import FILE, settings_text


@dataclass(frozen=True, slots=True)
class Begun:
    """A workspace that was made: its new files, and which column of its events seems to play which part."""

    files: tuple[Path, ...]
    guess: Guess | None = None


def begin(
    folder: Path,
    *,
    template: str = "nl-5",
    id: str | None = None,  # noqa: A002
    meant: Meant = ALL,
    events: Path | None = None,
    language: Language = "nl",
) -> Begun:
    """Returns what was made (settings, a first map, what git should ignore) and what was guessed of `events`.

    Nothing that exists is overwritten (OptionError when there is a workspace already). With `events`, the columns of
    that file are looked at and connected as well as their names allow, and the map lists the events it holds. `meant`:
    which stretch the map is of, and what is offered; OptionError for a stretch that the template does not know. `id`:
    that of the map; None: that of the template.
    """
    settings = folder / FILE
    if settings.exists():
        raise OptionError(
            Label(f"{folder} is al een werkmap.", f"{folder} is a workspace already."),
            where=str(settings),
            mend=Label(
                "Nog een kaart erbij? Noem haar sjabloon: klantreis init . --template retour",
                "Another map? Name its template: klantreis init . --template retour",
            ),
        )
    stretch(known_template(template), meant)
    name = folder.resolve().name or "klantreis"
    guess = None if events is None else _guess(events)
    seen = () if events is None or guess is None else _seen(events, guess)
    texts = {
        settings: settings_text(name, events=_beside(events, folder), guess=guess, language=language),
        _file(folder, id or _id(template)): new_map(template, id or _id(template), language, meant=meant, events=seen),
        folder / ".gitignore": ".klantreis/\nreports/\n",
    }
    made = []
    for path, text in texts.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            made.append(path)
    return Begun(tuple(made), guess)


def add_map(
    folder: Path,
    template: str,
    id: str | None = None,  # noqa: A002
    *,
    meant: Meant = ALL,
    language: Language = "nl",
) -> Begun:
    """Returns what was made: one more map from a template, in a workspace that there is already.

    `id`: that of the map; None: that of the template. OptionError when there is a file of that name.
    """
    name = id or _id(template)
    text, path = new_map(template, name, language, meant=meant), _file(folder, name)
    if path.exists():
        raise OptionError(
            Label(f"Er is al een kaart {name!r}.", f"There is a map {name!r} already."),
            where=str(path),
            mend=Label(f"Geef de nieuwe een eigen id: --as {name}-2", f"Give the new one an id: --as {name}-2"),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Begun((path,), None)


def _file(folder: Path, id_: str) -> Path:
    return folder / "maps" / f"{id_}{SUFFIX}"


def _guess(events: Path) -> Guess:
    source = Source(name=events.stem, path=events.name, folder=events.parent, roles=Roles(person=""))
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch:
        engine = DuckDbEngine(scratch=Path(scratch))
        try:
            cells = glanced(engine, source, Path(scratch))
            return guess_roles(list(cells), cells)
        finally:
            engine.close()


def _seen(events: Path, guess: Guess) -> tuple[tuple[str, int], ...]:
    """Returns the events in a file with how many people have each, most first; none when it cannot be read yet."""
    if guess.roles is None:
        return ()
    at = guess.roles.at if guess.clock is None else (guess.roles.at or "", guess.clock)
    try:
        if guess.events:
            roles = Roles(guess.roles.person)
            source = Source(events.name, events.name, events.parent, roles, events=guess.events, duplicates="keep")
        else:
            source = source_of(events, person=guess.roles.person, at=at, event=guess.roles.event)
        journeys = read_checked(source).journeys
    except SourceError:
        return ()  # the guess does not fit: `klantreis load` tells so, once there are settings to mend
    people = fold(paths, journeys, paths.Options(top=1)).nodes
    return tuple((node.id, node.people) for node in sorted(people, key=lambda node: (-node.people, node.id)))


def _beside(events: Path | None, folder: Path) -> Path | None:
    """Returns the path of the events as seen from the workspace, so that both can move together."""
    if events is None:
        return None
    try:
        return Path(os.path.relpath(events.resolve(), folder.resolve()))
    except ValueError:  # another drive of Windows
        return events.resolve()


def _id(template: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", template.lower()).strip("-") or "reis"
