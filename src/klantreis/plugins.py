"""Finds a part by kind and name, and loads it only then.

Seven kinds of parts plug in: engine, reader, analysis, rule, exporter, channel, template. Ours and those of guests come
in by the same door: an entry point in the group `klantreis.<kind>`, whose name is the part's and whose value is its
module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from pathlib import Path
from typing import Any

from klantreis.errors import MissingPart, OptionError, did_you_mean, nearest
from klantreis.labels import Label, paragraph, plain

KINDS = ("engine", "reader", "analysis", "rule", "exporter", "channel", "template")

EXTRAS: Mapping[str, str] = {
    "adbc_driver_manager": "postgres",
    "adbc_driver_postgresql": "postgres",
    "openpyxl": "office",
    "pandas": "frames",
    "polars": "frames",
    "pptx": "office",
    "pyarrow": "frames",
    "pyspark": "spark",
    "resvg_py": "png",
    "typst": "pdf",
}
"""A library that may be absent -> the extra that brings it."""


def parts(kind: str) -> tuple[str, ...]:
    """Returns the names of all parts of a kind, sorted; () when there are none. Nothing is loaded.

    Raises:
        OptionError: when there is no such kind.
    """
    return tuple(sorted(_found(kind)))


def part(kind: str, name: str) -> Any:
    """Returns the part: mostly a module with the verb of its kind.

    Raises:
        OptionError: when there is no such kind.
        MissingPart: when no part has that name, or it needs a library that is not installed.
    """
    found = _found(kind)
    if name not in found:
        close = nearest(name, found)
        raise MissingPart(
            Label(f"Er is geen {kind} {name!r}.", f"There is no {kind} {name!r}."),
            where=f"entry points klantreis.{kind}",
            mend=Label(f"Bedoelde je {close!r}?", f"Did you mean {close!r}?") if close else _known(found),
        )
    return _loaded(kind, found[name])


def every(kind: str) -> dict[str, Any]:
    """Returns all parts of a kind by name, sorted: the list of what is installed is read once.

    Raises the same as `part`.
    """
    return {name: _loaded(kind, point) for name, point in sorted(_found(kind).items())}


def _loaded(kind: str, point: EntryPoint) -> Any:
    try:
        return point.load()
    except ModuleNotFoundError as error:
        raise MissingPart(
            Label(
                f"Het onderdeel {point.name!r} ({kind}) heeft {error.name!r} nodig, en dat is niet geïnstalleerd.",
                f"The {kind} {point.name!r} needs {error.name!r}, which is not installed.",
            ),
            mend=_install(error.name or ""),
        ) from error


def _found(kind: str) -> dict[str, EntryPoint]:
    if kind not in KINDS:
        raise OptionError(
            Label(f"Er is geen soort onderdeel die {kind!r} heet.", f"There is no kind of part called {kind!r}."),
            mend=did_you_mean(kind, KINDS),
        )
    where = tuple((str(place), place.stat().st_mtime_ns) for place in map(Path, sys.path) if place.is_dir())
    return dict(_listed(entry_points, f"klantreis.{kind}", where))


@lru_cache
def _listed(listing: Callable[..., EntryPoints], group: str, _: object) -> tuple[tuple[str, EntryPoint], ...]:
    """Returns what is listed in a group: the lists are read again only when something was installed since."""
    return tuple((point.name, point) for point in listing(group=group))


def _install(library: str) -> Label:
    extra = EXTRAS.get(library.split(".", 1)[0])
    return install_line(extra) if extra else plain(f"pip install {library}")


def install_line(extra: str) -> Label:
    """Returns how to install what an extra brings, for who installed the package and for who has a copy of it."""
    return Label(
        f"pip install 'klantreis[{extra}]' (in een kopie van het project: pip install -e '.[{extra}]')",
        f"pip install 'klantreis[{extra}]' (in a copy of the project: pip install -e '.[{extra}]')",
    )


def _known(found: Mapping[str, EntryPoint]) -> Label:
    names = ", ".join(sorted(found))
    return paragraph(
        Label("Installeer het pakket dat hem meebrengt.", "Install the package that brings it."),
        Label(f"Wel bekend: {names}.", f"Known: {names}.")
        if found
        else Label("Er is er geen geïnstalleerd.", "None are installed."),
    )
