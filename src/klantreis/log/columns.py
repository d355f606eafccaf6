"""Which columns a source names, whether they are there, and what the other ones are called."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

from klantreis.errors import SourceError, did_you_mean, nearest
from klantreis.labels import Label, paragraph
from klantreis.log.files import where
from klantreis.log.model import Roles, Source

ROLES = tuple(role.name for role in fields(Roles))
HIDDEN = ("person", "at", "event", "id", "session", "device")
"""Roles whose columns no condition asks for: who, when, what, and the numbers of the event and the visit."""
NEEDED = ("person", "at", "event")
"""Roles that must be played: one without a name is said to lack."""


def resolved(source: Source, columns: Collection[str], files: Sequence[Path]) -> Source:
    """Returns the source with every named column as the file spells it (capitals aside; a new name is good too).

    Raises:
        SourceError: columns that are not there, all at once; or a role that is needed and not given.
    """
    wrong: list[Label] = []
    renamed = {new.casefold(): old for old, new in source.rename}
    folded = {name.casefold(): name for name in columns}

    def found(role: str, name: str) -> str:
        if name in columns:
            return name
        known = folded.get(renamed.get(name.casefold(), name).casefold()) or folded.get(name.casefold())
        if known is None:
            always = Label(
                f"Is elke rij dezelfde gebeurtenis? Schrijf event: {{always: {name}}}.",
                f"Is every row the same event? Write event: {{always: {name}}}.",
            )
            missing = Label(f"{role}: {name!r} is geen kolom.", f"{role}: {name!r} is no column.")
            near = did_you_mean(name, columns) if nearest(name, columns) else Label()
            wrong.append(paragraph(missing, near, always if role == "event" else Label()))
        return known or name

    given = {role: getattr(source.roles, role) for role in ROLES}
    named = {role: name for role, name in given.items() if name or (name == "" and role not in NEEDED)}
    roles = replace(source.roles, **{role: found(role, name) for role, name in named.items()})
    events = tuple(
        replace(wide, at=found(f"events: {wide.event}", wide.at), clock=wide.clock and found("events", wide.clock))
        for wide in source.events
    )
    ids = tuple((kind, found(f"ids: {kind}", name)) for kind, name in source.ids)
    clock = source.clock and found("at", source.clock)
    kept = source.properties and tuple(found("properties", name) for name in source.properties)
    wrong += _lacking(source)
    for old, _ in source.rename:
        found("rename", old)
    if wrong:
        raise SourceError(
            paragraph(*dict.fromkeys(wrong), between="\n  "),
            where=where(source, files[0] if files else None),
            mend=Label(f"De kolommen zijn: {', '.join(columns)}.", f"The columns are: {', '.join(columns)}."),
        )
    listed = kept if source.properties is not None else None
    return replace(source, roles=roles, clock=clock, events=events, ids=ids, properties=listed)


def properties_of(source: Source, columns: Collection[str]) -> dict[str, str]:
    """Returns property name -> column: those the source lists, else all but `HIDDEN`; new names given.

    A column with another part (a channel called `medium`) keeps its own name beside it, so that a map may use either.

    Raises:
        SourceError: when two columns would get one name.
    """
    called = {old.casefold(): new for old, new in source.rename}
    taken = set(_used(source))
    listed = source.properties if source.properties is not None else [name for name in columns if name not in taken]
    found: dict[str, str] = {}
    for column in listed:
        name = called.get(column.casefold(), column)
        if name.casefold() in {known.casefold() for known in found}:
            raise SourceError(
                Label(f"Twee kolommen heten {name!r}.", f"Two columns are called {name!r}."),
                where=where(source),
                mend=Label(
                    "Geef een van de twee een andere naam in `rename`.", "Give one of them another name in `rename`."
                ),
            )
        found[name] = column
    return found


def needed(source: Source, columns: Collection[str]) -> tuple[str, ...]:
    """Returns the columns that a source uses, in their order: all, unless it lists its properties.

    What must come from afar is asked for these only.
    """
    if source.properties is None:
        return tuple(columns)
    renamed = {new.casefold(): old for old, new in source.rename}
    named = [
        *(getattr(source.roles, role) for role in ROLES),
        *(name for wide in source.events for name in (wide.at, wide.clock)),
    ]
    named += [*(name for _, name in source.ids), *source.properties, *(old for old, _ in source.rename)]
    named += [source.clock, *(lookup.on for lookup in source.lookups)]
    used = {spelt.casefold() for name in named if name for spelt in (name, renamed.get(name.casefold(), name))}
    return tuple(name for name in columns if name.casefold() in used)


def _used(source: Source) -> Iterator[str]:
    # The moments of a wide table stay properties too: a matcher may compare them, delivered later than promised.
    for role in ROLES:
        name = getattr(source.roles, role)
        if name and (role in HIDDEN or name.casefold() == role):
            yield name
    yield from (column for _, column in source.ids)
    if source.clock:
        yield source.clock


def _lacking(source: Source) -> Iterator[Label]:
    """Yields what is needed and not given."""
    if not source.roles.person and not source.roles.device and not source.ids:
        yield Label(
            "person: er is geen kolom genoemd. Daarin staat van wie de gebeurtenis is.",
            "person: no column is named. It holds whose event it is.",
        )
    if source.events:
        return
    if not source.roles.at:
        yield Label(
            "at: er is geen kolom genoemd. Daarin staat wanneer het was (of geef `events`: per gebeurtenis een kolom).",
            "at: no column is named. It holds when the event was (or give `events`, a column for each event).",
        )
    if not source.roles.event and not source.event:
        yield Label(
            "event: er is geen kolom genoemd. Daarin staat wat er gebeurde (of geef één vaste naam voor alle rijen).",
            "event: no column is named. It holds what happened (or a fixed name for all rows).",
        )
