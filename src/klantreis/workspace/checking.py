"""Map files and folders as they are named, and everything that is wrong or could be better in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from klantreis.errors import DocumentError, OptionError, did_you_mean
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.check import check_all
from klantreis.map.checks.contract import USUAL
from klantreis.map.checks.contract import Options as Checks
from klantreis.map.images import images_of
from klantreis.map.model import JourneyMap
from klantreis.map.read import SUFFIX, read_map
from klantreis.workspace.settings import FILE, read_settings


def read_all(files: Sequence[Path]) -> tuple[tuple[JourneyMap, ...], tuple[Finding, ...]]:
    """Returns the maps that can be read, and every mistake of those that cannot."""
    maps: list[JourneyMap] = []
    found: list[Finding] = []
    for file in files:
        try:
            maps.append(read_map(file))
        except DocumentError as error:
            found += error.findings
    return tuple(maps), tuple(found)


def checked_files(files: Sequence[Path], options: Checks = USUAL) -> tuple[Finding, ...]:
    """Returns every mistake and everything that could be better in map files: mistakes first, then by file."""
    maps, found = read_all(files)
    unseen = (finding for map_ in maps for finding in images_of(map_).findings)
    return (*found, *check_all(maps, replace(options, today=datetime.now(UTC).date())), *unseen)


def checked_paths(paths: Sequence[Path]) -> tuple[Finding, ...]:
    """Returns what `checked_files` says of map files and of all maps in folders.

    A map in a workspace is checked as that workspace asks (`checks` in its klantreis.yaml). Raises OptionError for a
    path that is not there or a folder without maps, DocumentError for mistakes in the settings of a workspace.
    """
    homes: dict[Path | None, list[Path]] = {}
    for file in dict.fromkeys(file for path in paths for file in map_files(path)):
        homes.setdefault(_home(file), []).append(file)
    return tuple(finding for home, files in homes.items() for finding in checked_files(files, _options(home)))


def with_maps(broken: DocumentError) -> DocumentError:
    """Returns the mistakes in a workspace's settings together with those in its maps, so that all are told at once.

    The maps beside the settings are checked as usual, as what the workspace asks cannot be read.
    """
    homes = dict.fromkeys(Path(finding.place.file).parent for finding in broken.findings if finding.place.file)
    found = checked_files([file for home in homes if (home / FILE).is_file() for file in _maps_in(home)])
    wrong = (*broken.findings, *(finding for finding in found if finding.level == "error"))
    if len(wrong) == len(broken.findings):
        return broken
    count = len(wrong)
    return DocumentError(
        Label(f"{count} fouten in {FILE} en de kaarten", f"{count} mistakes in {FILE} and the maps"), wrong
    )


def map_files(path: Path) -> list[Path]:
    """Returns the map files a path names: itself, or those in a folder or in the `maps` folder of it, by name.

    Raises OptionError, with the nearest name, when there is nothing.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        near = did_you_mean(path.name, sorted(one.name for one in path.parent.glob("*.yaml")))
        raise OptionError(
            Label(f"Er is geen bestand of map {str(path)!r}.", f"There is no file or folder {str(path)!r}."),
            where=str(path.parent.resolve()),
            mend=near,
        )
    found = _maps_in(path)
    if not found:
        raise OptionError(
            Label(f"Er staat geen kaart in {str(path)!r}.", f"There is no map in the folder {str(path)!r}."),
            where=str(path.resolve()),
            mend=Label(
                f"Een kaart is een bestand *{SUFFIX}, daar of in de map maps erin.",
                f"A map is a file *{SUFFIX}, there or in its folder maps.",
            ),
        )
    return found


def _maps_in(folder: Path) -> list[Path]:
    return sorted([*folder.glob(f"*{SUFFIX}"), *(folder / "maps").glob(f"*{SUFFIX}")])


def _home(file: Path) -> Path | None:
    """The workspace a file lies in: its folder, or the folder above when that is where a workspace keeps its maps."""
    folder = file.resolve().parent
    return next((home for home in (folder, folder.parent) if (home / FILE).is_file()), None)


def _options(home: Path | None) -> Checks:
    return read_settings(home / FILE).checks if home else USUAL
