"""Streams as a picture: a column per step, blocks as high as they are often met, bands as thick as people go there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.sankey import Link, Sankey, Stop
from klantreis.labels import Language, mentioned
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Area, Box, Curve, Element, Group, Path, Pattern, Role, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, estimated, percent
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, lined, one_line
from klantreis.scenes.steps import anchor_words, people, signed
from klantreis.scenes.table import Table, table
from klantreis.scenes.text import cut
from klantreis.scenes.words import say

BLOCK, COLUMN, MOST_APART, LABEL, TOP = 14.0, 200.0, 280.0, 178.0, 26.0
HIGH, SLOT, GAP = 420.0, 31.0, 9.0
THINNEST = 0.6
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Look:
    """What is drawn, and where every block stands: its top, and how many pixels one time is high."""

    sankey: Sankey
    names: Mapping[str, str]
    language: Language
    tops: Mapping[Place, float]
    scale: float
    apart: float

    def name(self, id_: str) -> str:
        """What a stop is called."""
        return self.names.get(id_, id_)

    def x(self, step: int) -> float:
        """Where the blocks of a step stand."""
        return MARGIN + (step + self.sankey.backward) * self.apart

    def plain(self, id_: str) -> bool:
        """Whether a stop is a touchpoint, and not an end or what is left."""
        return id_ not in {self.sankey.start, self.sankey.end, self.sankey.other} or id_ == self.sankey.anchor


def sankey_scene(sankey: Sankey, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns the streams from left to right, in the order of the steps; wider than `width` when it must be.

    Blocks are as high, and bands as thick, as the times they count. An anchor that nobody met is said.
    """
    names = {
        **names_of(map_, language),
        sankey.start: say("start", language),
        sankey.end: say("end", language),
        sankey.other: say("other-touchpoints", language),
    }
    names[sankey.anchor] = names.get(sankey.anchor, anchor_words(sankey.anchor, sankey.start, names, language))
    title, twin = say("sankey", language), _table(sankey, names, language)
    if not sankey.count:
        told = say("nothing" if sankey.anchor == sankey.start else "anchor-none", language, anchor=names[sankey.anchor])
        return nothing("sankey", title, told, width=width, table=twin, language=language)
    steps = sorted({stop.step for stop in sankey.stops})
    columns = _columns(sankey)
    most = max(sum(stop.count for stop in column) for column in columns)
    scale = HIGH / most
    tops, low = _tops(columns, scale)
    ways, rest = sankey.forward + sankey.backward, 2 * MARGIN + BLOCK + LABEL
    look = _Look(sankey, names, language, tops, scale, max(COLUMN, min(MOST_APART, (width - rest) / ways)))
    wide = max(width, rest + look.apart * ways)
    heads = [one_line(say("at-step", language, step=signed(step)), look.x(step), 0, NOTE_STRONG) for step in steps]
    bands, blocks = _bands(look), [_block(look, stop) for column in columns for stop in column]
    return framed(
        "sankey", title, _under(sankey, names, language), [*heads, *bands, *blocks], size=(wide, low + 8), table=twin,
        language=language, about=sankey.about, notes=(say("sankey-legend", language),),
    )  # fmt: skip


def _columns(sankey: Sankey) -> list[list[Stop]]:
    """The stops of each step from top to bottom: touchpoints, then what is left, then the ends.

    Touchpoints stand near where they come from (looking back, where they go to), as seen from the anchor outwards, so
    that few bands cross (the barycentre of Sugiyama 1981); of equals the most met comes first.
    """
    columns: dict[int, list[Stop]] = {}
    for step in sorted({stop.step for stop in sankey.stops}, key=abs):
        wish = _middles(sankey, step, columns)
        columns[step] = sorted(
            (stop for stop in sankey.stops if stop.step == step),
            key=lambda stop: (_last(sankey, stop), round(wish.get(stop.id, 0.0), 6), -stop.count, stop.id),
        )
    return [columns[step] for step in sorted(columns)]


def _last(sankey: Sankey, stop: Stop) -> int:
    return {sankey.other: 1, sankey.start: 2, sankey.end: 2}.get(stop.id, 0) if stop.step else 0


def _middles(sankey: Sankey, step: int, columns: Mapping[int, Sequence[Stop]]) -> dict[str, float]:
    """Returns per stop of a step the mean place, in times from the top, of the neighbours nearer to the anchor."""
    near = step - 1 if step > 0 else step + 1
    middle, y = dict[str, float](), 0.0
    for stop in columns.get(near, ()):
        middle[stop.id], y = y + stop.count / 2, y + stop.count
    sums: dict[str, tuple[float, int]] = {}
    for link in sankey.links:
        if link.step == min(step, near):
            mine, other = (link.target, link.source) if step > 0 else (link.source, link.target)
            total, count = sums.get(mine, (0.0, 0))
            sums[mine] = total + middle.get(other, 0.0) * link.count, count + link.count
    return {id_: total / count for id_, (total, count) in sums.items()}


def _tops(columns: Sequence[Sequence[Stop]], scale: float) -> tuple[dict[Place, float], float]:
    tops: dict[Place, float] = {}
    low = 0.0
    for column in columns:
        y = TOP
        for stop in column:
            tops[stop.step, stop.id] = y
            y += max(stop.count * scale + GAP, SLOT)
        low = max(low, y)
    return tops, low


def _bands(look: _Look) -> list[Element]:
    """The streams, thickest first; at a block they leave and arrive in the order of where they go and come from."""
    sankey, out, into = look.sankey, dict[Place, float](), dict[Place, float]()
    leave: dict[tuple[Place, str], float] = {}
    arrive: dict[tuple[Place, str], float] = {}
    for link in sorted(sankey.links, key=lambda link: (link.step, look.tops[link.step + 1, link.target])):
        place = link.step, link.source
        leave[place, link.target] = look.tops[place] + out.get(place, 0.0)
        out[place] = out.get(place, 0.0) + link.count * look.scale
    for link in sorted(sankey.links, key=lambda link: (link.step, look.tops[link.step, link.source])):
        place = link.step + 1, link.target
        arrive[place, link.source] = look.tops[place] + into.get(place, 0.0)
        into[place] = into.get(place, 0.0) + link.count * look.scale
    return [
        _band(
            look, link, leave[(link.step, link.source), link.target], arrive[(link.step + 1, link.target), link.source]
        )
        for link in sorted(sankey.links, key=lambda link: -link.count)
    ]


def _band(look: _Look, link: Link, y1: float, y2: float) -> Element:
    x1, x2 = look.x(link.step) + BLOCK, look.x(link.step + 1)
    thick, half = max(link.count * look.scale, THINNEST), (x1 + x2) / 2
    path: Path = (
        ("M", (x1, y1)), ("C", (half, y1, half, y2, x2, y2)), ("L", (x2, y2 + thick)),
        ("C", (half, y2 + thick, half, y1 + thick, x1, y1 + thick)), ("Z", ()),
    )  # fmt: skip
    drop = link.target == look.sankey.end or link.source == look.sankey.start != look.sankey.anchor
    fill: Role = "left" if drop else "band"
    under: Path = (("M", (x1, y1 + thick)), ("C", (half, y1 + thick, half, y2 + thick, x2, y2 + thick)))
    edges = (Curve((path[0], path[1]), "paper", 1), Curve(under, "paper", 1)) if thick > 4 else ()
    heard = say(
        "heard-link", look.language, one=mentioned(look.name(link.source)),
        other=mentioned(look.name(link.target)), step=signed(link.step),
        count=decimal(link.count, look.language), people=people(link.people, look.language),
    )  # fmt: skip
    return Group("stream", (Area(path, fill), *edges), f"{link.step}:{link.source}>{link.target}", heard)


def _block(look: _Look, stop: Stop) -> Element:
    x, y = look.x(stop.step), look.tops[stop.step, stop.id]
    high = max(stop.count * look.scale, THINNEST)
    touchpoint = look.plain(stop.id) or stop.step == 0
    fill: Role = "measured" if touchpoint else "paper"
    pattern: Pattern = "plain" if touchpoint else "hatch"
    box = Box(x, y, BLOCK, high, fill, None if touchpoint else "strong", pattern=pattern)
    room = look.apart - BLOCK - 18 if stop.step < look.sankey.forward else LABEL
    count = say(
        "stop-count",
        look.language,
        count=decimal(stop.count, look.language),
        people=decimal(stop.people, look.language),
    )
    name = cut(look.name(stop.id), room, STRONG.style)
    full = look.name(stop.id) if name != look.name(stop.id) else None
    label = lined((name,), x + BLOCK + 5, y - 1, STRONG, full=full, halo=True)
    note = lined((cut(count, room, NOTE.style),), x + BLOCK + 5, y + 13, NOTE.as_("ink"), halo=True)
    heard = say(
        "heard-stop", look.language, name=look.name(stop.id), step=signed(stop.step),
        count=decimal(stop.count, look.language), people=people(stop.people, look.language),
    )  # fmt: skip
    return Group("stop", (box, label, note), f"{stop.step}:{stop.id}", heard, focus=True)


def _under(sankey: Sankey, names: Mapping[str, str], language: Language) -> str:
    return say(
        "sankey-under",
        language,
        anchor=names[sankey.anchor] if sankey.anchor != sankey.start else say("the-start", language),
        count=say("windows", language, n=decimal(sankey.count, language)),
        journeys=decimal(sankey.journeys, language),
        all=decimal(sankey.all_journeys, language),
        people=people(sankey.people, language),
        share=estimated(sankey.reach, "share", language),
    )


def _table(sankey: Sankey, names: Mapping[str, str], language: Language) -> Table:
    keys = ("step-head", "from", "to", "times-head", "journeys-head", "people-head", "share-of-from")
    rows = [
        (
            f"{signed(link.step)} → {signed(link.step + 1)}",
            names.get(link.source, link.source),
            names.get(link.target, link.target),
            decimal(link.count, language),
            decimal(link.journeys, language),
            decimal(link.people, language),
            percent(link.share, language),
        )
        for link in sankey.links
    ]
    return table(say("sankey", language), [say(key, language) for key in keys], rows, keep=3)
