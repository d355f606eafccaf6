"""`klantreis.yaml`: the settings of a workspace, and the sources it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.documents import Choice, Many, Reader, Record, read_document, schema_of
from klantreis.labels import LANGUAGES, Label, Language
from klantreis.log.config import SOURCES, ZONE
from klantreis.log.guess import Guess
from klantreis.log.identity import USUAL as USUAL_RULES
from klantreis.log.identity import Rules
from klantreis.log.identity_settings import IDENTITY, known_kinds
from klantreis.log.model import Source
from klantreis.map.checks.contract import USUAL
from klantreis.map.checks.contract import Options as Checks
from klantreis.map.checks.settings import OPTIONS as CHECKS
from klantreis.workspace.sharing import LEAST
from klantreis.workspace.workers import CLUSTER, ENGINES, HERE, Cluster

FILE = "klantreis.yaml"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What `klantreis.yaml` says. `sources` are in the order of the file, which decides ties in time.

    `checks` says which remarks on maps to make, at which level. `engine` says who measures: 'duckdb' is this machine,
    'spark' the machines of `spark`. `least`: what is written for others tells of no group with fewer people (0: of
    any).
    """

    name: str
    languages: tuple[str, ...] = ("nl", "en")
    currency: str = "EUR"
    time_zone: str = "Europe/Amsterdam"
    sources: tuple[Source, ...] = ()
    checks: Checks = USUAL
    identity: Rules = USUAL_RULES
    """How people are recognised, where sources have a device or other ids."""
    engine: str = "duckdb"
    spark: Cluster = HERE
    least: int = LEAST


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


_EXPLAINED = Label(
    "# Een bron is een bestand (CSV, Parquet, JSON Lines, XES; .gz mag) met de kolommen die een rol spelen:\n"
    "# person (wie: elke vaste code), at (wanneer), event (wat); als je ze hebt: id, channel (kanaal),\n"
    '# value (bedrag), score (cijfer), detail (welke). Bedragen met een komma: decimal: ","',
    "# Each source is a file (CSV, Parquet, JSON Lines, XES; .gz allowed) and the columns that play a part:\n"
    "# person (any stable code), at (when), event (what); if you have them: id, channel, value, score, detail.",
)
_FILL_IN = Label("vul in: een van de kolommen hieronder", "fill in: one of the columns below")
_MISSING = Label(
    "Vul in wat ontbreekt, haal de '#' weg en verwijder de {}. De kolommen zijn:",
    "Fill in what is missing, take the '#' away and remove the {}. The columns are:",
)


def settings_text(
    name: str, *, events: Path | None = None, guess: Guess | None = None, language: Language = "nl"
) -> str:
    """Returns a first `klantreis.yaml` that explains itself, `language` first; with `events`, connected to that file.

    Of a file whose person, time or event could not be guessed, the source stands there as a comment to fill in.
    """
    lines = [
        "klantreis: 1",
        f'name: "{name}"',
        f"languages: [{', '.join(preferred(language))}]",
        "currency: EUR",
        "time_zone: Europe/Amsterdam",
        "",
        *_EXPLAINED.text(language).splitlines(),
    ]
    if events is None or guess is None:
        example = "{path: web.csv, person: visitor_id, at: timestamp, event: event}"
        return "\n".join([*lines, "sources: {}", f"#  web: {example}", ""])
    parts = ["  events:", f"    path: {_quoted(events.as_posix())}"]
    parts += [f"    {key}: {value}" for key, value in _connected(guess)]
    if guess.roles is not None:
        return "\n".join([*lines, "sources:", *parts, ""])
    parts += [f"    {role}:                # {_FILL_IN.text(language)}" for role in guess.missing]
    told = [f"# {_MISSING.text(language)}"]
    told += [f"#   {column}" for column in guess.columns]
    return "\n".join([*lines, "sources: {}", *(f"#{part}" for part in parts), *told, ""])


def _connected(guess: Guess) -> Iterator[tuple[str, str]]:
    """Yields the keys of a source and their values, as they are written, for what was guessed of a file."""
    for role, column in guess.found.items():
        yield role, _moment(column, guess.clock if role == "at" else None)
    if guess.events:
        pairs = ", ".join(f"{_quoted(wide.event)}: {_moment(wide.at, wide.clock)}" for wide in guess.events)
        yield "events", f"{{{pairs}}}"
    if guess.decimal != ".":
        yield "decimal", _quoted(guess.decimal)


def _moment(column: str, clock: str | None) -> str:
    return _quoted(column) if clock is None else f"[{_quoted(column)}, {_quoted(clock)}]"


def preferred(language: Language) -> tuple[Language, ...]:
    """Returns all languages, this one first: the one in which a workspace answers."""
    return (language, *(other for other in LANGUAGES if other != language))


def _settings(reader: Reader) -> Settings:
    reader.number("klantreis", VERSION, VERSION)
    sources = reader.get("sources", SOURCES, ())
    return Settings(
        name=reader.text("name", required=True),
        languages=reader.get("languages", Many(Choice(LANGUAGES)), ("nl", "en")),
        currency=reader.text("currency", "EUR"),
        time_zone=reader.get("time_zone", ZONE, "Europe/Amsterdam"),
        sources=sources,
        checks=reader.get("checks", CHECKS, USUAL),
        identity=known_kinds(reader, sources, reader.get("identity", IDENTITY, USUAL_RULES)),
        engine=reader.choice("engine", ENGINES, "duckdb"),
        spark=reader.get("spark", CLUSTER, HERE),
        least=reader.get("privacy", PRIVACY, LEAST),
    )


def _privacy(reader: Reader) -> int:
    found = reader.whole("least", 0)
    return LEAST if found is None else found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


PRIVACY: Record[int] = Record("privacy", _privacy)
SETTINGS: Record[Settings] = Record("workspace", _settings)
