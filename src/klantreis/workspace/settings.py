"""`klantreis.yaml`: the settings of a workspace, and the sources it reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.documents import Choice, Many, Reader, Record, read_document, schema_of
from klantreis.labels import LANGUAGES
from klantreis.log.config import SOURCES, ZONE
from klantreis.log.model import Roles, Source

FILE = "klantreis.yaml"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What `klantreis.yaml` says. `sources` are in the order of the file, which decides ties in time."""

    name: str
    languages: tuple[str, ...] = ("nl", "en")
    currency: str = "EUR"
    time_zone: str = "Europe/Amsterdam"
    sources: tuple[Source, ...] = ()


def read_settings(file: Path) -> Settings:
    """Returns the settings in a file; sources are looked for beside it. Raises DocumentError with every mistake."""
    settings = read_document(file, SETTINGS)
    placed = (
        replace(source, folder=file.parent, time_zone=source.time_zone or settings.time_zone)
        for source in settings.sources
    )
    return replace(settings, sources=tuple(placed))


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of `klantreis.yaml`, made from the reader itself."""
    return schema_of(SETTINGS, "Klantreis: settings of a workspace")


def settings_text(name: str, *, events: Path | None = None, roles: Roles | None = None) -> str:
    """Returns a first `klantreis.yaml` that explains itself; with `events`, connected to that file."""
    lines = [
        "klantreis: 1",
        f'name: "{name}"',
        "languages: [nl, en]",
        "currency: EUR",
        "time_zone: Europe/Amsterdam",
        "",
        "# Each source is a file (CSV, Parquet, JSON Lines, XES; .gz allowed) and the columns that play a part:",
        "# person (any stable code), at (when), event (what); if you have them: id, channel, value, score, detail.",
    ]
    if events is None or roles is None:
        example = "{path: web.csv, person: visitor_id, at: timestamp, event: event}"
        return "\n".join([*lines, "sources: {}", f"#  web: {example}", ""])
    named = {role: getattr(roles, role) for role in Roles.__slots__ if getattr(roles, role)}
    parts = [f"    {role}: {_quoted(column)}" for role, column in named.items()]
    return "\n".join([*lines, "sources:", "  events:", f"    path: {_quoted(str(events))}", *parts, ""])


def _settings(reader: Reader) -> Settings:
    reader.number("klantreis", VERSION, VERSION)
    return Settings(
        name=reader.text("name", required=True),
        languages=reader.get("languages", Many(Choice(LANGUAGES)), ("nl", "en")),
        currency=reader.text("currency", "EUR"),
        time_zone=reader.get("time_zone", ZONE, "Europe/Amsterdam"),
        sources=reader.get("sources", SOURCES, ()),
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


SETTINGS: Record[Settings] = Record("workspace", _settings)
