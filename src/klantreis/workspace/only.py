"""Some of the maps: those that fit words on what they are about, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from klantreis.errors import OptionError, did_you_mean, nearest
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.scenes.words import named

ANY_MAP = "klantreis customer journey buyer's journey"
CONTEXT = {
    "sector": "sector branche industry",
    "model": "bedrijfsmodel business model",
    "product": "product",
    "price_band": "prijsklasse prijsgroep price band class",
    "audience": "doelgroep target group audience",
    "offer": "aanbod offer",
}


def only(maps: Sequence[JourneyMap], asked: str) -> list[JourneyMap]:
    """Returns the maps that fit every word asked ('prijsklasse hoog'), in their order; all when no word is asked.

    A word fits a map when a word of its title, kind, tags or context begins or ends with it: 'schoen' finds a
    voetbalschoen. Raises OptionError with the nearest word when no map fits.
    """
    wanted = _words(asked)
    known = [_known(map_) for map_ in maps]
    found = [map_ for map_, words in zip(maps, known, strict=True) if all(_fits(word, words) for word in wanted)]
    if not found and maps:
        every = dict.fromkeys(word for words in known for word in words)
        strange = [word for word in wanted if not _fits(word, every)]
        near = (
            _instead(maps, wanted, strange[0], every)
            if strange
            else Label(
                "Vraag minder woorden: een kaart moet bij elk ervan passen.",
                "Ask fewer words: a map must fit all of them.",
            )
        )
        raise OptionError(Label(f"Geen kaart past bij {asked!r}.", f"No map fits {asked!r}."), mend=near)
    return found


def _instead(maps: Sequence[JourneyMap], wanted: Sequence[str], strange: str, every: dict[str, None]) -> Label:
    """What to ask instead: what the maps say of the part of their context that was named, else the nearest word."""
    for key, words in CONTEXT.items():
        said = dict.fromkeys(value for map_ in maps for own, value in map_.context if own == key)
        if said and set(wanted) & set(_words(words)) and nearest(strange, every) is None:
            values = ", ".join(said)
            nl, en = words.split()[0], key.replace("_", " ")
            return Label(f"Wat de kaarten als {nl} noemen: {values}.", f"What the maps say as {en}: {values}.")
    return did_you_mean(strange, every)


def _fits(word: str, known: Sequence[str] | dict[str, None]) -> bool:
    return any(one.startswith(word) or one.endswith(word) for one in known)


def _known(map_: JourneyMap) -> tuple[str, ...]:
    """Every word that a map can be found by, its own first."""
    return tuple(dict.fromkeys(word for text in _texts(map_) for word in _words(text)))


def _texts(map_: JourneyMap) -> Iterator[str]:
    yield from (map_.title.text("nl"), map_.title.text("en"), map_.id, *map_.tags)
    yield from (named("type", map_.type, "nl"), named("type", map_.type, "en"), map_.template or "")
    bands = {band.id: band.label for band in map_.price_bands}
    for key, value in map_.context:
        yield from (value, CONTEXT.get(key, key))
        if key == "price_band" and value in bands:
            yield from (bands[value].text("nl"), bands[value].text("en"))
    yield ANY_MAP


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
