"""Ideal beside real: up to four curves in one picture with the gap hatched; more of them become small pictures.

Each line has a hue, a dash and a mark of its own, so that none of the three is needed to tell them apart. Filled marks
are measured, open ones assumed; what was measured beside an ideal is the solid one. Below stand the routes: where each
line comes, what it skips and does besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from klantreis.analyses.results import Results
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.compare_axis import RAIL, SIDE, Axis, axis_of, heads
from klantreis.scenes.compare_notes import MOST, gaps_of, is_hatched, notes_of, rows_of, under_of
from klantreis.scenes.feeling import BRIDGED, Scale
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.model import Command, Curve, Dash, Element, Group, Line, Mark, Path, Role, Scene, Shape
from klantreis.scenes.names import with_model
from klantreis.scenes.numbers import cases, percent, score
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, Rect, lined, one_line, tall, words
from klantreis.scenes.placing import place, spots
from klantreis.scenes.smooth import height_at, sampled, smooth
from klantreis.scenes.text import width as wide_of
from klantreis.scenes.tracks import Track, usual_tracks
from klantreis.scenes.words import say

HIGH, SMALL, HEAD = 220.0, 110.0, 30.0
ALONE = (-10.5, -3.5, 3.5, 10.5)
"""Where the strokes of a gap at one step stand beside it."""

LOOKS: tuple[tuple[Role, Dash, float, Shape], ...] = (
    ("one", "solid", 2.6, "circle"), ("two", "dashed", 2.2, "square"), ("three", "dotted", 2.6, "diamond"),
    ("four", "solid", 1.1, "up"),
)  # fmt: skip
"""Hue, dash, thickness and mark of the first, second, third and fourth line."""


def compare_scene(
    map_: JourneyMap,
    results: Results | None = None,
    *,
    language: Language,
    tracks: Sequence[Track] = (),
    width: float = 1400,
) -> Scene:
    """Returns lines of feeling side by side; without `tracks` the ideal scenario beside what was measured.

    The gap between two is hatched: upright lines where the second is lower, dots where it is higher; of three or four
    scenarios that between the first two. Over four tracks each gets a small picture on the same axis. The table has a
    row per step and a column per track.
    """
    shown = tuple(tracks) or usual_tracks(map_, results, language)
    names = {column.id: column.label.shown(language) or column.id for column in columns_of(map_, results, ())}
    about = results.about if results is not None else None
    alone = len(shown) < 2 and not tracks
    title = map_.title.shown(language) or map_.id if alone else _title(shown, language)
    twin = rows_of(shown, names, title, language)
    felt = any(track.feels for track in shown)
    if alone or not (felt or any(track.on for track in shown)):
        why = say("compare-one" if alone and felt else "compare-none", language)
        return nothing("compare", title, why, width=width, table=twin, language=language)
    axis = axis_of(map_, names, width, language)
    many = len(shown) > MOST
    body, y = heads(axis)
    panels = [[number] for number in range(len(shown))] if many else [list(range(len(shown)))]
    for panel in panels if felt else ():
        drawn, y = _panel(axis, shown, panel, y, SMALL if many else HIGH)
        body += drawn
    routes, y = _routes(axis, shown, y)
    notes, y = _notes(axis, notes_of(shown, names, map_, results, language), y)
    under = with_model(under_of(map_, shown, language) if felt else say("compare-none", language), map_, language)
    wide = axis.right + SIDE + MARGIN
    return framed(
        "compare", title, under, [*body, *routes, *notes], size=(wide, y), table=twin, language=language, about=about
    )


def _title(tracks: Sequence[Track], language: Language) -> str:
    if len(tracks) == 2:
        return say("compare", language, one=tracks[0].name, other=tracks[1].name)
    return say("compare-many", language, n=str(len(tracks)))


def _panel(
    axis: Axis, tracks: Sequence[Track], which: Sequence[int], top: float, high: float
) -> tuple[list[Element], float]:
    """One plot: the axis, the gap between its first two lines, the lines with their marks, and their names."""
    scale = Scale(top + HEAD, high)
    found: list[Element] = [Line(axis.left, scale.y(v), axis.right, scale.y(v)) for v in (2, 1, -1, -2)]
    found.append(Line(axis.left, scale.y(0), axis.right, scale.y(0), "strong", 1.2))
    found += [Line(x, top, x, top + high + 2 * HEAD, "border") for _, x, _ in axis.phases[1:]]
    for key, value in (("keen", 2), ("neutral", 0), ("disappointed", -2)):
        text = say(key, axis.language)
        found.append(one_line(text, axis.left - 10, scale.y(value) - 7.5, NOTE, anchor="end", room=RAIL - 10))
    lines = {number: _line(axis, tracks[number], scale) for number in which}
    gap = _gap(axis, tracks, lines, scale) if is_hatched(tracks) else []
    found += gap
    for number in reversed(which):
        found += _drawn(axis, tracks, number, lines[number], scale)
    found += _ends(axis, tracks, scale, lines)
    found += _peaks(axis, tracks, scale, lines, _hatched(gap))
    return found, top + high + 2 * HEAD


def _line(axis: Axis, track: Track, scale: Scale) -> Path:
    return smooth([(x, scale.y(track.feels[id_].value)) for id_, x in axis.xs.items() if id_ in track.feels])


def _gap(axis: Axis, tracks: Sequence[Track], lines: Mapping[int, Path], scale: Scale) -> list[Group]:
    """The space between two lines, hatched by upright strokes: solid where the second is lower, dotted where higher.

    Only between neighbouring steps where both have a feeling and differ at one of the two at least, and at a step that
    stands alone; elsewhere a line is but drawn on.
    """
    strokes: dict[bool, list[tuple[Command, tuple[float, ...]]]] = {False: [], True: []}
    both = [id_ in tracks[0].feels and id_ in tracks[1].feels for id_ in axis.xs]
    apart = gaps_of(tracks)
    parted = [bool(apart.get(id_)) for id_ in axis.xs]
    places = list(axis.xs.values())
    count = max(2, round(axis.wide / 7))
    for spot, (here, there) in enumerate(pairwise(both)):
        for part in range(count if here and there and any(parted[spot : spot + 2]) else 0):
            x = places[spot] + axis.wide * part / count
            above, below = height_at(lines[0], x), height_at(lines[1], x)
            if above is not None and below is not None and abs(above - below) > 3:
                strokes[below < above] += [("M", (x, above)), ("L", (x, below))]
    for spot, (id_, x) in enumerate(axis.xs.items()):
        if both[spot] and not any(both[max(0, spot - 1) : spot] + both[spot + 1 : spot + 2]):
            above, below = (scale.y(track.feels[id_].value) for track in tracks[:2])
            if abs(above - below) > 3:
                for by in ALONE:
                    strokes[below < above] += [("M", (x + by, above)), ("L", (x + by, below))]
    looks: dict[bool, tuple[Role, float, Dash]] = {False: ("problem", 1.0, "solid"), True: ("good", 1.6, "dotted")}
    return [
        Group("gap", (Curve(tuple(path), *looks[higher]),), "higher" if higher else "lower")
        for higher, path in strokes.items()
        if path
    ]


def _hatched(gap: Sequence[Group]) -> list[tuple[float, float]]:
    """Places on the strokes of a gap, as close together as words are high."""
    curves = [curve for group in gap for curve in group.children if isinstance(curve, Curve)]
    strokes = [one for curve in curves for one in zip(curve.path[::2], curve.path[1::2], strict=True)]
    return [
        (x, low + (high - low) * part / 8)
        for (_, (x, low)), (_, (_, high)) in strokes
        for part in range(9)
    ]  # fmt: skip


def _drawn(axis: Axis, tracks: Sequence[Track], number: int, line: Path, scale: Scale) -> list[Element]:
    track = tracks[number]
    role, dash, thick, shape = _look(tracks, number)
    curve = [Curve(piece, role, thick, dash) for piece in _pieces(axis, track, line)]
    points: list[Element] = []
    for id_, x in axis.xs.items():
        spot = track.feels.get(id_)
        if spot is None:
            continue
        fill: Role = role if spot.n else "paper"
        mark = Mark(shape, x, scale.y(spot.value), 11, fill, "paper" if spot.n else role, 1.6)
        kind = say("summary-measured" if spot.n else "summary-assumed", axis.language)
        heard = f"{track.name}, {axis.names[id_]}: {score(spot.value, axis.language)} ({kind})"
        points.append(Group("point", (mark,), f"{track.id}-{id_}", heard, focus=True))
    return [Group("track", (*curve, *points), track.id, track.name)]


def _pieces(axis: Axis, track: Track, line: Path) -> list[Path]:
    """The line, in pieces where too many steps in between were not measured; what is assumed is drawn through."""
    known = [(number, track.feels[id_]) for number, id_ in enumerate(axis.xs) if id_ in track.feels]
    pieces: list[list[tuple[Command, tuple[float, ...]]]] = []
    for spot, ((number, feel), (command, values)) in enumerate(zip(known, line, strict=True)):
        before = known[spot - 1] if spot else None
        if before is None or (number - before[0] > BRIDGED + 1 and feel.n and before[1].n):
            pieces.append([("M", values[-2:])])
        else:
            pieces[-1].append((command, values))
    return [tuple(piece) for piece in pieces if len(piece) > 1]


def _ends(axis: Axis, tracks: Sequence[Track], scale: Scale, lines: Mapping[int, Path]) -> list[Element]:
    """The name of each line at its end, pushed apart where they would touch."""
    wanted = sorted((line[-1][1][-1], number) for number, line in lines.items() if line)
    most = 4 if len(wanted) < MOST else 3  # so many lines of each name stand beside each other
    names = {number: words(tracks[number].name, 0, 0, STRONG, room=SIDE - 26, most=most) for _, number in wanted}
    tops: list[float] = []
    for y, number in wanted:
        least = tops[-1] + tall(names[wanted[len(tops) - 1][1]]) + 2 if tops else scale.top - HEAD
        tops.append(max(y - tall(names[number]) / 2, least))
    over = tops[-1] + tall(names[wanted[-1][1]]) - (scale.top + scale.height + HEAD) if tops else 0.0
    tops = [top - max(0.0, over) for top in tops]
    found: list[Element] = []
    for (_, number), top in zip(wanted, tops, strict=True):
        role, _, _, shape = _look(tracks, number)
        text = words(tracks[number].name, axis.right + 24, top, STRONG.as_(role), room=SIDE - 26, most=most)
        found.append(Group("name", (Mark(shape, axis.right + 14, top + 8, 9, role), text), tracks[number].id))
    return found


def _peaks(
    axis: Axis, tracks: Sequence[Track], scale: Scale, lines: Mapping[int, Path], hatched: Sequence[tuple[float, float]]
) -> list[Element]:
    """The first, lowest, highest and last value of each line, beside its mark; rather not on what is hatched."""
    inside = Rect(axis.left, scale.top - HEAD, axis.right - axis.left, scale.height + 2 * HEAD)
    soft = spots(hatched)
    free = spots([spot for line in lines.values() for spot in sampled(line)])
    marks = [(axis.xs[id_], spot.value) for n in lines for id_, spot in tracks[n].feels.items() if id_ in axis.xs]
    taken = [Rect(x - 7, scale.y(value) - 7, 14, 14) for x, value in marks]
    taken += [Rect(x - 1, inside.y, 2, inside.height) for _, x, _ in axis.phases[1:]]
    found: list[Element] = []
    told: set[tuple[str, str]] = set()
    for number in lines:
        values = {id_: tracks[number].feels[id_].value for id_ in axis.xs if id_ in tracks[number].feels}
        for id_ in _turns(values):
            n = tracks[number].feels[id_].n
            text = score(values[id_], axis.language, 0 if values[id_] == round(values[id_]) else 1)
            if (id_, text) in told and not n:
                continue  # one figure is enough where lines meet
            told.add((id_, text))
            texts = (text, cases(n, axis.language)) if n else (text,)
            size = (max(wide_of(line, NOTE_STRONG.style) for line in texts) + 2, 14.0 * len(texts))
            point = (axis.xs[id_], scale.y(values[id_]))
            room = place(point, size, above=values[id_] >= 0, lines=free, soft=soft, taken=taken, inside=inside)
            taken.append(room)
            ink = NOTE_STRONG.as_(_look(tracks, number)[0])
            found.append(lined(texts, room.x + size[0] / 2, room.y, ink, anchor="middle", halo=True))
    return found


def _turns(values: Mapping[str, float]) -> list[str]:
    """The first, lowest, highest and last of some values, each once, in their order."""
    known = list(values)
    if not known:
        return []
    wanted = {known[0], min(known, key=values.__getitem__), max(known, key=values.__getitem__), known[-1]}
    return [id_ for id_ in known if id_ in wanted]


def _look(tracks: Sequence[Track], number: int) -> tuple[Role, Dash, float, Shape]:
    """How a line looks: the only one that customers told goes first, solid; each alone needs no looks of its own."""
    told = [place for place, track in enumerate(tracks) if _told(track)]
    if len(told) == 1:
        number = 0 if number == told[0] else number + (number < told[0])
    return LOOKS[number if len(tracks) <= MOST else 0]


def _told(track: Track) -> bool:
    return any(spot.n for spot in track.feels.values())


def _routes(axis: Axis, tracks: Sequence[Track], top: float) -> tuple[list[Element], float]:
    """Where each line comes: a stop for every step on its route; for what was measured the share that came there."""
    routed = [(n, track) for n, track in enumerate(tracks) if track.on is not None or track.shares]
    if not routed:
        return [], top
    found: list[Element] = [
        Line(axis.left, top, axis.right, top), one_line(say("on-path", axis.language), MARGIN, top + 6, NOTE_STRONG)
    ]  # fmt: skip
    y = top + 26
    for number, track in routed:
        role = _look(tracks, number)[0]
        name = words(track.name, MARGIN, y, STRONG.as_(role), room=RAIL - 10, most=4)
        found += [name, Group("route", tuple(_stops(axis, track, _look(tracks, number), y + 8)), track.id, track.name)]
        y += max(30.0, tall(name) + 6)
    return found, y + 4


def _stops(axis: Axis, track: Track, look: tuple[Role, Dash, float, Shape], y: float) -> list[Element]:
    role, dash, thick, shape = look
    if track.on is None:
        texts = {id_: percent(share, axis.language) for id_, share in track.shares.items() if id_ in axis.xs}
        ink = NOTE_STRONG.as_("ink")
        return [one_line(text, axis.xs[id_], y - 8, ink, anchor="middle") for id_, text in texts.items()]
    on = [x for id_, x in axis.xs.items() if id_ in track.on]
    rail = [Curve((("M", (a, y)), ("L", (b, y))), role, max(1.4, thick - 0.8), dash) for a, b in pairwise(on)]
    stops = [Mark(shape, x, y, 11, role, "paper", 1.6) for x in on]
    return [*rail, *stops]


def _notes(axis: Axis, notes: Sequence[tuple[str, str]], top: float) -> tuple[list[Element], float]:
    found: list[Element] = []
    y = top + 4
    for name, text in notes:
        head = words(name, MARGIN, y, STRONG, room=RAIL - 10, most=4)
        told = words(text, axis.left + 8, y, NOTE.as_("ink"), room=axis.right - axis.left - 8)
        found.append(Group("note", (head, told), name, f"{name}: {text}"))
        y += max(tall(head), tall(told)) + 6
    return found, y
