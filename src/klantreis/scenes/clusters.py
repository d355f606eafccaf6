"""Groups of journeys as a picture: each as the route in its middle, its size as a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.clusters import Cluster, Clusters
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Mark, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, estimated
from klantreis.scenes.pen import NOTE, STRONG, Ink, one_line
from klantreis.scenes.table import Table, table
from klantreis.scenes.text import cut, width
from klantreis.scenes.words import say

CHIP = Ink(11, 400, "ink", leading=15)
FIGURES = 250.0
LINE = 25.0


@dataclass(frozen=True, slots=True)
class _Look:
    """What every group needs to know."""

    names: Mapping[str, str]
    language: Language
    width: float


def clusters_scene(
    clusters: Clusters, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns each group as its middle route, wrapped when it is long, with size, interval and distance.

    Without journeys it says so.
    """
    names = names_of(map_, language)
    title, twin = say("clusters", language), _table(clusters, names, language)
    if not clusters.clusters:
        return nothing("clusters", title, say("nothing", language), width=width, table=twin, language=language)
    body: list[Element] = []
    y = 0.0
    wide = max(width, 560.0)
    for number, cluster in enumerate(clusters.clusters, start=1):
        group, y = _cluster(cluster, number, y, _Look(names, language, wide))
        body.append(group)
    under = say(
        "clusters-under",
        language,
        compared=estimated(clusters.compared, "share", language),
        journeys=say("journeys", language, n=decimal(clusters.journeys, language)),
        variants=decimal(clusters.variants, language),
        all=decimal(clusters.variants_all, language),
    )
    return framed(
        "clusters", title, under, body, size=(wide, y), table=twin, language=language, about=clusters.about,
        notes=(say("clusters-legend", language),),
    )  # fmt: skip


def _cluster(cluster: Cluster, number: int, top: float, look: _Look) -> tuple[Group, float]:
    language = look.language
    size = estimated(cluster.share, "share", language)
    told = say(
        "cluster-note", language, journeys=say("journeys", language, n=decimal(cluster.journeys, language)),
        variants=decimal(cluster.variants, language), exactly=decimal(cluster.exactly, language),
        distance=decimal(cluster.distance, language, 2),
    )  # fmt: skip
    head = one_line(f"{number}. {size}", MARGIN, top, STRONG, room=FIGURES)
    note = one_line(told, MARGIN + FIGURES, top, NOTE, room=look.width - 2 * MARGIN - FIGURES)
    track = look.width - 2 * MARGIN
    bar = (
        Box(MARGIN, top + 19, track, 5, "panel", radius=2),
        Box(MARGIN, top + 19, track * (cluster.share.value or 0.0), 5, "stream", radius=2),
    )
    chips, y = _chips([look.names.get(one, one) for one in cluster.path], top + 30, look)
    heard = f"{number}. {size}. {told}. {' > '.join(look.names.get(one, one) for one in cluster.path)}"
    return Group("cluster", (head, note, *bar, *chips), str(number), heard, focus=True), y + LINE + 14


def _chips(stops: Sequence[str], top: float, look: _Look) -> tuple[list[Element], float]:
    """The touchpoints of a route as chips with arrows between them, on as many lines as they take."""
    found: list[Element] = []
    x, y = MARGIN, top
    most = look.width - 2 * MARGIN
    for place, stop in enumerate(stops):
        text = cut(stop, min(220.0, most - 16), CHIP.style)
        room = width(text, CHIP.style) + 14
        if place and x + 16 + room > look.width - MARGIN:
            x, y = MARGIN, y + LINE
        if place:
            found.append(Mark("arrow", x + 8, y + 9.5, 9, "muted"))
            x += 16
        found.append(Box(x, y, room, 19, "panel", "hairline", radius=4))
        found.append(one_line(stop, x + 7, y + 2, CHIP, room=room - 13))
        x += room
    return found, y


def _table(clusters: Clusters, names: Mapping[str, str], language: Language) -> Table:
    keys = ("group-head", "journeys-head", "share-head", "routes-head", "exactly-head", "distance-head", "route")
    rows = [
        (
            str(number),
            decimal(one.journeys, language),
            estimated(one.share, "share", language),
            decimal(one.variants, language),
            decimal(one.exactly, language),
            decimal(one.distance, language, 2),
            " > ".join(names.get(stop, stop) for stop in one.path),
        )
        for number, one in enumerate(clusters.clusters, start=1)
    ]
    return table(say("clusters", language), [say(key, language) for key in keys], rows)
