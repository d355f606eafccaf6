"""The files of a source on this machine: its own, or copies of objects in storage that keep their own names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from klantreis.engines.base import quoted
from klantreis.errors import SourceError
from klantreis.labels import Label
from klantreis.log.files import files_of, where
from klantreis.log.model import Source
from klantreis.log.objects import fetched, objects_of, remote
from klantreis.log.reading import Asked, Reading, bound


@dataclass(frozen=True, slots=True)
class AtHand:
    """Files to read. `names`: how each is shown, where that is not its own path."""

    files: tuple[Path, ...]
    names: Mapping[Path, str] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Path, ...]:
        """The files as they are shown; see `files.where` for those in storage."""
        return tuple(Path(self.names.get(file, file)) for file in self.files)


def at_hand(source: Source, scratch: Path, asked: Asked) -> AtHand:
    """Returns the files of a source that are asked for, at least one; those in storage are copied first.

    Raises SourceError when there are none, or they cannot be reached.
    """
    if not remote(source):
        files = files_of(source)
        return AtHand(tuple(file for file in files if asked.files is None or str(file) in asked.files))
    objects = [one for one in objects_of(source) if asked.files is None or one.shown in asked.files]
    empty = next((one for one in objects if not one.size), None)
    if empty is not None:
        raise SourceError(
            Label("Het object is leeg.", "The object is empty."),
            where=where(source, empty.shown),
            mend=Label("Haal het weg, of exporteer het opnieuw.", "Take it out, or export it again."),
        )
    copies = fetched(source, objects, scratch, asked.tell)
    return AtHand(tuple(copies.values()), {copy: shown for shown, copy in copies.items()})


def named(source: Source, reading: Reading, hand: AtHand) -> Reading:
    """Returns what was read with the names of the objects in place of those of the copies."""
    if not hand.names:
        return reading
    local, shown = bound(source, "copies"), bound(source, "objects")
    query = reading.query.then(
        "named",
        f'SELECT * REPLACE (${shown}[list_position(${local}, "#file")] AS "#file") '
        f"FROM {quoted(reading.query.steps[-1][0])}",
        **{local: [str(file) for file in hand.names], shown: list(hand.names.values())},
    )
    copies = {name: str(file) for file, name in hand.names.items()}

    def lines(file: str, records: Collection[int]) -> Mapping[int, int]:
        return reading.lines(copies.get(file, file), records)

    return replace(reading, query=query, lines=lines)


@contextmanager
def told(hand: AtHand) -> Iterator[None]:
    """Lets an error name an object in storage, not its copy."""
    try:
        yield
    except SourceError as error:
        what, where_, mend = (text.each(partial(_named, hand.names)) for text in error.texts)
        raise SourceError(what, where=where_, mend=mend) from error


def _named(names: Mapping[Path, str], text: str) -> str:
    for file, name in names.items():
        text = text.replace(str(file), name)
    return text
