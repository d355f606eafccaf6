"""What a map asks of the channels in the data: which are drawn where, and by which words they may be called."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from klantreis.labels import LANGUAGES
from klantreis.map.channels import channels as known_channels
from klantreis.map.model import JourneyMap

WHOLE, FIRST = "whole", "first"
"""The whole journey, and its first touch: the places that stand beside the phases."""


@dataclass(frozen=True, slots=True)
class Options:
    """`phases`: (touchpoint, phase). `drawn`: (phase, channel) that a map draws and data could show; `unseen`: those
    without a matcher, which no data can show. `words`: (word, channel): what the data may call a channel, besides its
    id; case, accents, spaces, - and _ do not matter. `segments`: told apart, besides everybody.
    """

    phases: tuple[tuple[str, str], ...] = ()
    drawn: tuple[tuple[str, str], ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    segments: tuple[str, ...] = ()


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks; None when it draws no channel at all."""
    seen = [touch for touch in map_.touchpoints if touch.matcher is not None]
    drawn = {(one.phase, one.channel) for one in seen if one.channel and not one.planned}
    every = {(one.phase, one.channel) for one in map_.touchpoints if one.channel and not one.planned}
    if not every:
        return None
    order = [phase.id for phase in map_.phases]
    return Options(
        phases=tuple(sorted(((one.id, one.phase) for one in seen), key=lambda pair: order.index(pair[1]))),
        drawn=tuple(sorted(drawn)),
        unseen=tuple(sorted(every - drawn)),
        words=_words(map_, {channel for _, channel in every}),
        segments=tuple(segment.id for segment in map_.segments),
    )


def folded(word: str) -> str:
    """Returns a word without what does not matter: 'E-mail' and 'email', 'Café' and 'cafe' are the same."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def canonical(names: tuple[str, ...], options: Options) -> tuple[str, ...]:
    """Returns per channel of the data the id it has on the map, or its own name."""
    known = {folded(word): channel for word, channel in options.words}
    known |= {folded(channel): channel for _, channel in (*options.unseen, *options.drawn)}
    return tuple(known.get(folded(name), name) for name in names)


def _words(map_: JourneyMap, drawn: set[str]) -> tuple[tuple[str, str], ...]:
    """Returns the labels of the drawn channels; the map's own words go before those that everybody knows."""
    listed = [*(one for one in known_channels() if one.id in drawn), *(one for one in map_.channels if one.id in drawn)]
    pairs = [(one.label.text(said), one.id) for one in listed for said in LANGUAGES]
    return tuple(dict.fromkeys((word, id_) for word, id_ in pairs if word))
