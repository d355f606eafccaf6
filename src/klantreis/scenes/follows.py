"""What comes later as a picture: from the touchpoint of the row to that of the column, darker for more journeys."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.follows import Follows, Pair
from klantreis.labels import Language, mentioned
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import framed, nothing
from klantreis.scenes.model import Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, duration, estimated
from klantreis.scenes.steps import MOST_ROWS, Row, Tile, heat, people, tint, whole
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say


def follows_scene(follows: Follows, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns the eventually-follows graph as a heat map of the 24 most met touchpoints, in their order.

    The order is the one that was given, else of the map, else by how often they are met. The table holds every pair,
    with the times that were asked. Without journeys it says so.
    """
    names = names_of(map_, language)
    title, twin = say("follows", language), _table(follows, names, language)
    if not follows.touchpoints:
        return nothing("follows", title, say("nothing", language), width=width, table=twin, language=language)
    shown = _ordered(follows, names)
    pairs = {(pair.source, pair.target): pair for pair in follows.pairs}
    rows = [
        Row(
            one,
            f"{number}. {names.get(one, one)}",
            tuple(_tile(pairs.get((one, other)), (one, other), names, language) for other in shown),
        )
        for number, one in enumerate(shown, start=1)
    ]
    body, size = heat(rows, [str(number) for number in range(1, len(shown) + 1)], width)
    under = say(
        "follows-under", language, journeys=say("journeys", language, n=decimal(follows.journeys, language)),
        people=people(follows.people, language),
    )  # fmt: skip
    notes = [say("follows-legend", language)]
    if len(follows.touchpoints) > len(shown):
        notes.append(say("rows-left-out", language, n=str(len(follows.touchpoints) - len(shown))))
    return framed(
        "follows", title, under, body, size=size, table=twin, language=language, about=follows.about, notes=notes
    )


def _ordered(follows: Follows, names: Mapping[str, str]) -> list[str]:
    given = [touch for group in follows.order for touch in group]
    known = [*given, *(touch for touch in names if touch not in set(given))]
    place = {touch: spot for spot, touch in enumerate(known)}
    most = [one.id for one in follows.touchpoints[:MOST_ROWS]]
    return sorted(most, key=lambda touch: (place.get(touch, len(known)), most.index(touch)))


def _tile(pair: Pair | None, ends: tuple[str, str], names: Mapping[str, str], language: Language) -> Tile:
    one, other = (mentioned(names.get(end, end)) for end in ends)
    if pair is None or not pair.later:
        return Tile("·", say("heard-later", language, one=one, other=other, share="0"), bare=True)
    heard = say("heard-later", language, one=one, other=other, share=estimated(pair.reached, "share", language))
    return Tile(whole(pair.reached, language), heard, tint(pair.reached.value))


def _table(follows: Follows, names: Mapping[str, str], language: Language) -> Table:
    keys = ("from", "to", "direct-head", "later-head", "reached-head", "median-head", "p90-head")
    rows = [
        (
            names.get(pair.source, pair.source),
            names.get(pair.target, pair.target),
            decimal(pair.direct, language),
            decimal(pair.later, language),
            estimated(pair.reached, "share", language),
            "" if pair.median_seconds is None else duration(pair.median_seconds, language),
            "" if pair.p90_seconds is None else duration(pair.p90_seconds, language),
        )
        for pair in follows.pairs
    ]
    return table(say("follows", language), [say(key, language) for key in keys], rows, keep=2)
