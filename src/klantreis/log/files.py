"""Which files a source means, and what is wrong when there are none."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from klantreis.errors import OptionError, SourceError, did_you_mean, reason
from klantreis.labels import Label, paragraph, plain
from klantreis.log.model import Source

ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".xes": "xes",
}


def files_of(source: Source) -> tuple[Path, ...]:
    """Returns the files of a source in the order of their names, at least one.

    Raises:
        SourceError: nothing there, nothing that fits the glob, a folder where a file was meant, or no permission.
    """
    path = Path(os.path.normpath(source.folder / Path(source.path).expanduser()))
    if path.is_dir():
        found = _inside(source, path)
    elif path.exists():
        found = (path,)
    elif any(sign in source.path for sign in "*?["):
        found = _fitting(source, path)
    else:
        raise _missing(source, path)
    for file in found:
        _check(source, file)
    return found


def format_of(source: Source, files: tuple[Path, ...]) -> str:
    """Returns the name of the reader for these files: as the source says, else by their ending.

    Raises:
        SourceError: when the ending says nothing, or the files differ.
    """
    if source.format is not None:
        return source.format
    kinds = {ENDINGS.get(plain_ending(file)) for file in files}
    kind = kinds.pop()
    if kind is None or kinds:
        shown = ", ".join(sorted({"".join(file.suffixes) or file.name for file in files}))
        raise SourceError(
            Label(
                f"Aan het einde van de naam is niet te zien wat voor bestand dit is ({shown}).",
                f"The ending says not what kind of file this is ({shown}).",
            ),
            where=where(source, files[0]),
            mend=Label(
                "Zet er een bij: format: csv, format: parquet, format: jsonl, format: xes.",
                "Add one of: format: csv, format: parquet, format: jsonl, format: xes.",
            ),
        )
    return kind


def plain_ending(file: Path) -> str:
    """Returns the file's ending in small letters, without .gz."""
    name = file.name.casefold().removesuffix(".gz")
    return Path(name).suffix


def zipped(file: Path) -> bool:
    """Says whether the file is gzip, by its first bytes."""
    with file.open("rb") as opened:
        return opened.read(2) == b"\x1f\x8b"


def opened(file: Path) -> BinaryIO:
    """Opens a file for reading its plain bytes, unzipped when need be."""
    return cast(BinaryIO, gzip.open(file, "rb")) if zipped(file) else file.open("rb")


def where(source: Source, file: Path | str | None = None, line: int | None = None) -> Label:
    """Returns the place an error is about: the source, and the file (or table) and line when known."""
    shown = shown_path(file) if file else ""
    spots = [Label(f"bron {source.name!r}", f"source {source.name!r}")]
    if source.database is not None:
        spots.append(plain(source.shown))
    elif shown:
        spots.append(Label(f"bestand {shown}", f"file {shown}"))
    if line:
        spots.append(Label(f"regel {line}", f"line {line}"))
    return paragraph(*spots, between=", ")


def shown_path(file: Path | str) -> str:
    """Returns a path as it is typed: a Path makes one slash of the two in s3://."""
    away = re.match(r"s3:[/\\]+", str(file))
    return f"s3://{str(file)[away.end() :]}".replace("\\", "/") if away else str(file)


def beside(path: Path) -> Label:
    """Returns the file in the same folder that looks most like the one asked for, as a hint."""
    folder = path.parent
    if not folder.is_dir():
        return Label(f"De map {folder} is er ook niet.", f"The folder {folder} is not there either.")
    names = sorted(item.name for item in folder.iterdir() if not item.name.startswith("."))
    return did_you_mean(path.name, names)


def existing(path: Path, endings: Collection[str] = tuple(ENDINGS)) -> Path:
    """Returns a path when it is a file; `endings`: those of the files that may be meant ('.csv'; .gz aside).

    Raises OptionError with the nearest name beside it; for a folder with the files in it.
    """
    if path.is_file():
        return path
    if path.is_dir():
        inside = ", ".join(str(path / name) for name in _fit(path, endings)[:8])
        raise OptionError(
            Label(f"{str(path)!r} is een map, geen bestand.", f"{str(path)!r} is a folder, not a file."),
            mend=Label(f"Noem een bestand daarin: {inside}.", f"Name a file in it: {inside}.")
            if inside
            else Label("Er staat geen bestand in dat hier past.", "It holds no file that fits here."),
        )
    folder = path.parent
    near = did_you_mean(path.name, _fit(folder, endings))
    gone = Label(f"De map {str(folder)!r} is er ook niet.", f"The folder {str(folder)!r} is not there either.")
    raise OptionError(
        Label(f"Het bestand {str(path)!r} is er niet.", f"There is no file {str(path)!r}."),
        where=str(folder.resolve()),
        mend=near if folder.is_dir() else gone,
    )


def _fit(folder: Path, endings: Collection[str]) -> list[str]:
    """Returns the names of the files in a folder that end so; of those one deeper when it has none itself."""
    found = folder.iterdir() if folder.is_dir() else ()
    names = sorted(one.name for one in found if plain_ending(one) in endings and one.is_file())
    deeper = (one for one in folder.glob("[!.]*/*") if plain_ending(one) in endings and one.is_file())
    return names or sorted(str(one.relative_to(folder)) for one in islice(deeper, 100))


def no_room(source: Source, said: str) -> SourceError | None:
    """Returns what to say when copying a source filled the disk; None when something else was wrong."""
    if "no space left" not in said.lower():
        return None
    return SourceError(
        Label(
            "De schijf van de kladmap is vol: de rijen konden niet gekopieerd worden.",
            "The disk of the scratch folder is full: the rows could not be copied.",
        ),
        where=where(source),
        mend=Label(
            "Maak ruimte, of noem een map die ruimte heeft: export TMPDIR=/andere/map. Er is nu niets bewaard.",
            "Make room, or name a folder that has it: export TMPDIR=/other/folder. Nothing of this load was stored.",
        ),
    )


def _inside(source: Source, folder: Path) -> tuple[Path, ...]:
    wanted = source.format or "parquet"
    found = tuple(sorted(file for file in folder.rglob("*") if file.is_file() and ENDINGS.get(plain_ending(file))))
    fitting = tuple(file for file in found if ENDINGS[plain_ending(file)] == wanted)
    if fitting:
        return fitting
    ending = f"*{''.join(found[0].suffixes)}" if found else "*.csv"
    raise SourceError(
        Label(
            f"{source.path!r} is een map zonder {wanted}-bestanden.",
            f"{source.path!r} is a folder without {wanted} files.",
        ),
        where=where(source, folder),
        mend=Label(
            f"Zeg welke bestanden erin: path: {source.path.rstrip('/')}/{ending}",
            f"Say which files in it: path: {source.path.rstrip('/')}/{ending}",
        ),
    )


def _fitting(source: Source, path: Path) -> tuple[Path, ...]:
    root, pattern = Path(path.anchor or "."), str(path)[len(path.anchor) :]
    found = tuple(sorted(file for file in root.glob(pattern) if file.is_file()))
    if not found:
        raise SourceError(
            Label(f"Geen bestand past bij {source.path!r}.", f"No file fits {source.path!r}."),
            where=where(source, path),
            mend=beside(path) or Label("Kijk het pad nog eens na.", "Look at the path again."),
        )
    return found


def _missing(source: Source, path: Path) -> SourceError:
    return SourceError(
        Label(f"Het bestand {source.path!r} is er niet.", f"File {source.path!r} is not there."),
        where=where(source, path),
        mend=beside(path)
        or Label(
            "Kijk naar `path`; dat begint in de map van klantreis.yaml.",
            "Look at `path`; it is relative to the folder of klantreis.yaml.",
        ),
    )


def _check(source: Source, file: Path) -> None:
    try:
        with file.open("rb") as opened_file:
            first = opened_file.read(1)
    except PermissionError as error:
        raise SourceError(
            Label("Je mag dit bestand niet lezen.", "You may not read this file."),
            where=where(source, file),
            mend=Label(f"Geef jezelf het recht: chmod u+r '{file}'", f"Give yourself the right: chmod u+r '{file}'"),
        ) from error
    except OSError as error:
        raise SourceError(
            Label(
                f"Het bestand is niet te openen: {reason(error).text('nl')}.",
                f"The file cannot be opened: {reason(error).text('en')}.",
            ),
            where=where(source, file),
        ) from error
    if not first:
        raise SourceError(
            Label("Het bestand is leeg.", "The file is empty."),
            where=where(source, file),
            mend=Label(
                "Exporteer het opnieuw, of haal de bron er voorlopig uit.",
                "Export it again, or take the source out for now.",
            ),
        )
