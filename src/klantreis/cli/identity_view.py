"""How the terminal shows who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from klantreis.cli import figures, speak
from klantreis.cli.identity_words import WORDS, text
from klantreis.journeys.links import Link, Person, shown
from klantreis.journeys.trail import Trail
from klantreis.labels import Language
from klantreis.log.identity import PARTS, Recognised
from klantreis.map.model import JourneyMap
from klantreis.scenes.numbers import brief_day, local
from klantreis.scenes.words import named
from klantreis.scenes.words_trail import tell
from klantreis.workspace.identity import Headline, Recognition

COUNTED = {"count", "score", "money"}


def coverage(seen: Recognised, said: Language) -> None:
    """Prints which share of the events has a person, and how they came by it."""
    if not seen.events:
        return
    parts = [
        _share(getattr(seen, part), seen, said) for part in ("person", "by_id", "by_device", "anonymous", "ambiguous")
    ]
    known = _share(seen.person + seen.by_id + seen.by_device, seen, said)
    speak.say(text("coverage", said, known, figures.number(seen.events, said), *parts))


def recognition(found: Recognition, said: Language, names: Mapping[str, str]) -> None:
    """Prints the ledger in numbers, and the measures with and without it."""
    seen = found.ledger.recognised
    if not found.ledger.counts and not seen.devices:
        speak.say(text("alone", said))
        return
    coverage(seen, said)
    numbers = (figures.number(one, said) for one in (seen.people, seen.devices, seen.shared))
    speak.say(text("size", said, *numbers))
    speak.table(
        (
            {
                text("how", said): text(part, said),
                text("events", said): getattr(seen, part),
                text("share", said): _share(getattr(seen, part), seen, said),
            }
            for part in PARTS
        ),
        said,
    )
    rows = [
        {text("kind", said): kind, text("state", said): _word(f"state.{state}", said), text("links", said): links}
        for kind, state, links in found.ledger.counts
    ]
    speak.table(rows, said, title=text("title.links", said))
    shared = [
        {text("device", said): on, text("people", said): people, text("ambiguous", said): unsure}
        for on, people, unsure in found.ledger.shared
    ]
    speak.table(shared, said, title=text("title.shared", said))
    speak.table((_row(one, said, names) for one in found.headlines), said, title=text("title.both", said))


def person(found: Person, said: Language) -> None:
    """Prints the events and links of one person."""
    if not found.links and not found.events:
        speak.say(text("unknown", said, found.who))
        return
    speak.line(found.who, style="bold")
    rows = [{text("how", said): _word(how, said), text("events", said): count} for how, count in found.events]
    speak.table(rows, said)
    speak.table((_link(one, said) for one in found.links), said, title=text("title.links", said))


def trips(made: Sequence[tuple[JourneyMap, Trail]], said: Language) -> None:
    """Prints the journeys of one person on every map, and how to see one on top of its map."""
    if not made:
        return
    rows = [
        {
            text("journey", said): trail.name,
            text("map", said): map_.title.text(said) or map_.id,
            text("sort", said): named("type", map_.type, said),
            text("begins", said): _day(trail, 0, said),
            text("ends", said): _day(trail, -1, said),
            text("touches", said): len(trail.stops),
            text("stands", said): tell(trail.state, said),
        }
        for map_, trail in made
    ]
    speak.table(rows, said, title=text("title.trips", said))
    map_, trail = made[-1]
    speak.line(f"{speak.command()} draw --map {map_.id} --journey {trail.name}", style="dim")


def trip_dict(map_: JourneyMap, trail: Trail) -> dict[str, object]:
    """Returns one journey of a person as plain values; moments in ISO 8601, UTC."""
    first, last = (
        datetime.fromtimestamp(stop.at / 1e6, UTC).isoformat().replace("+00:00", "Z")
        for stop in (trail.stops[0], trail.stops[-1])
    )
    return {
        "map": map_.id,
        "type": map_.type,
        "journey": trail.name,
        "first": first,
        "last": last,
        "touches": len(trail.stops),
        "state": trail.state,
    }


def _day(trail: Trail, stop: int, said: Language) -> str:
    return brief_day(local(trail.stops[stop].at, trail.time_zone), said)


def _link(link: Link, said: Language) -> dict[str, object]:
    told = link.to_dict()
    return {
        text("link", said): link.link,
        text("who", said): shown(link.who),
        text("kind", said): link.kind,
        text("key", said): link.key,
        text("since", said): str(told["valid_from"])[:10],
        text("source", said): link.source,
        text("reason", said): _word(f"reason.{link.reason}", said),
        text("state", said): _word(f"state.{link.state}", said),
    }


def _row(one: Headline, said: Language, names: Mapping[str, str]) -> dict[str, object]:
    measure = " ".join(part for part in (_word(f"measure.{one.measure}", said), names.get(one.of, one.of)) if part)
    values = (one.stitched, one.unstitched)
    both = [
        figures.number(value, said) if one.unit in COUNTED else figures.plain(value, one.unit, said) for value in values
    ]
    n = [f"n = {figures.number(count, said)}" if count else "" for count in one.n]
    cells = [f"{value} ({count})" if count else value for value, count in zip(both, n, strict=True)]
    return {text("measure", said): measure, text("stitched", said): cells[0], text("unstitched", said): cells[1]}


def _share(count: int, seen: Recognised, said: Language) -> str:
    return figures.local(f"{count / seen.events:.1%}", said) if seen.events else figures.NONE


def _word(key: str, said: Language) -> str:
    return WORDS[key].text(said) if key in WORDS else key.rpartition(".")[2]
