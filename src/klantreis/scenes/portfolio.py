"""All journeys under each other in the same classes of phases: where each feels bad, and who gets how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

from klantreis.analyses.results import Results
from klantreis.labels import Language
from klantreis.map.crosswalk import CLASSES, ClassRow, by_class
from klantreis.map.kinds import PhaseClass
from klantreis.map.model import JourneyMap, Phase
from klantreis.scenes.feeling import Scale, role_of, shape_of
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.journey.columns import Column, columns_of
from klantreis.scenes.model import Box, Curve, Element, Group, Line, Mark, Scene
from klantreis.scenes.numbers import decimal, percent, score
from klantreis.scenes.pen import NOTE, NOTE_STRONG, SECTION, STRONG, one_line, tall, words
from klantreis.scenes.smooth import Point, smooth
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import named, say

RAIL, LEAST, ROW, CURVE = 216.0, 126.0, 124.0, 56.0
_Felt = Mapping[PhaseClass, Sequence[tuple[float, bool]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One journey of the portfolio, with what was measured of it; None when nothing was."""

    map: JourneyMap
    results: Results | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """Where the classes stand and how wide one is."""

    classes: tuple[PhaseClass, ...]
    wide: float
    language: Language

    def span(self, classes: Sequence[PhaseClass]) -> tuple[float, float] | None:
        """Returns from where to where these classes reach; None when none of them is shown."""
        spots = [self.classes.index(name) for name in classes if name in self.classes]
        left = MARGIN + RAIL
        return (left + min(spots) * self.wide, left + (max(spots) + 1) * self.wide) if spots else None

    @property
    def right(self) -> float:
        """Where the last class ends."""
        return MARGIN + RAIL + self.wide * len(self.classes)


def portfolio_scene(entries: Sequence[Entry], *, language: Language, width: float = 1680) -> Scene:
    """Returns a row per journey: its curve and phases in the classes they belong to, with who comes so far.

    Classes no journey has are left out. The last row says what all journeys together come to per class. No entries:
    it says so.
    """
    title = say("portfolio", language)
    rows = by_class([entry.map for entry in entries])
    shown = tuple(name for name in get_args(PhaseClass) if any(row.klass == name for row in rows))
    twin = _table(entries, rows, language)
    if not entries or not shown:
        return nothing("portfolio", title, say("portfolio-none", language), width=width, table=twin, language=language)
    field = _Field(shown, max(LEAST, (width - 2 * MARGIN - RAIL) / len(shown)), language)
    body: list[Element] = [*_heads(field)]
    y = 40.0
    for entry in entries:
        group, y = _row(entry, field, y)
        body.append(group)
    total, y = _total(rows, _felt_in(entries), field, y)
    edges = [MARGIN + RAIL + field.wide * number for number in range(1, len(shown))]
    borders = [Line(x, 40, x, y) for x in edges]
    under = say("portfolio-under", language, n=str(len(entries)))
    size = (field.right + MARGIN, y)
    return framed("portfolio", title, under, [*borders, *body, total], size=size, table=twin, language=language)


def _heads(field: _Field) -> list[Element]:
    found: list[Element] = []
    for name in field.classes:
        (x, right), label = field.span((name,)) or (0.0, 0.0), CLASSES[name].text(field.language)
        text = one_line(label, x + 10, 6, SECTION, room=right - x - 16)
        found.append(Group("phase", (Box(x + 1.5, 0, right - x - 3, 31, "phase"), text), name, label))
    return found


def _row(entry: Entry, field: _Field, top: float) -> tuple[Group, float]:
    map_, language = entry.map, field.language
    name = map_.title.shown(language) or say("no-title", language)
    head = words(name, MARGIN, top + 12, STRONG, room=RAIL - 18, most=3)
    under = words(" · ".join(_facts(entry, language)), MARGIN, top + 13 + tall(head), NOTE, room=RAIL - 18, most=4)
    columns = columns_of(map_, entry.results, ())
    curve = _curve(field, map_, columns, Scale(top + 18, CURVE))
    phases, low = _phases(field, entry, top + 18 + CURVE + 14)
    bottom = max(top + ROW, low + 10, top + 22 + tall(head) + tall(under))
    rule = Line(MARGIN, top, field.right, top, "border")
    heard = f"{name}: {', '.join(_facts(entry, language))}"
    return Group("journey", (rule, head, under, *curve, *phases), map_.id, heard, focus=True), bottom


def _facts(entry: Entry, language: Language) -> list[str]:
    """Kind, how many journeys and how many come to the end, how many barriers, and what has no place here."""
    map_, results = entry.map, entry.results
    facts = [named("type", map_.type, language)]
    if results is None:
        facts.append(say("unmeasured", language))
    else:
        facts.append(say("journeys", language, n=decimal(results.coverage.journeys, language)))
        last = results.funnel.steps[-1].share.value if results.funnel.steps else None
        if last is not None:
            facts.append(f"{percent(last, language)} {say('portfolio-end', language).lower()}")
    count = len(map_.barriers)
    if count:
        facts.append(say("portfolio-barrier" if count == 1 else "portfolio-barriers", language, n=str(count)))
    lost = [p.label.shown(language) or p.id for p in map_.phases if not _classes(p)]
    return [*facts, *([say("portfolio-unclassed", language, names=", ".join(lost))] if lost else [])]


def _classes(phase: Phase) -> tuple[PhaseClass, ...]:
    return (*phase.classes, *(name for step in phase.steps for name in step.classes))


def _places(field: _Field, map_: JourneyMap, columns: Sequence[Column]) -> list[tuple[Column, float]]:
    """The x of each column: those of one phase (or class of their own) share its room evenly."""
    homes = {phase.id: phase.classes for phase in map_.phases}
    groups: dict[tuple[float, float], list[Column]] = {}
    for column in columns:
        own = column.step.classes if column.step else ()
        span = field.span(own or homes.get(column.phase, ()))
        if span is not None:
            groups.setdefault(span, []).append(column)
    found = [
        (column, x + (right - x) * (spot + 0.5) / len(own))
        for (x, right), own in groups.items()
        for spot, column in enumerate(own)
    ]
    return sorted(found, key=lambda pair: pair[1])


def _curve(field: _Field, map_: JourneyMap, columns: Sequence[Column], scale: Scale) -> list[Element]:
    """The line of one journey: solid between measured points, dashed where one of two is assumed.

    It is broken where the journey itself goes the other way than the classes do.
    """
    known: list[tuple[Column, Point, bool]] = []
    for column, x in _places(field, map_, columns):
        for value, measured in _known(column):
            if not known or x > known[-1][1][0] + 1:
                known.append((column, (x, scale.y(value)), measured))
    points = [point for _, point, _ in known]
    zero = Line(MARGIN + RAIL, scale.y(0), field.right, scale.y(0), "strong", 0.8)
    lines: list[Element] = []
    order = {column.id: number for number, column in enumerate(columns)}
    for spot, ((before, _, one), (after, _, other)) in enumerate(pairwise(known)):
        if order[before.id] > order[after.id]:
            continue
        piece = smooth(points, first=spot, last=spot + 1)
        sure = one and other
        lines.append(Curve(piece, "measured", 2.2) if sure else Curve(piece, "assumed", 1.3, "dashed"))
    marks = [_mark(field, column, point, measured, scale) for column, point, measured in known]
    return [zero, *lines, *marks]


def _known(column: Column) -> list[tuple[float, bool]]:
    """The feeling at a column and whether it was measured; nothing when nobody said it."""
    if column.feeling is not None and column.feeling.feel.value is not None:
        return [(column.feeling.feel.value, True)]
    return [] if column.feel is None else [(column.feel, False)]


def _mark(field: _Field, column: Column, point: Point, measured: bool, scale: Scale) -> Group:
    value = 2 - (point[1] - scale.top) / scale.height * 4
    role, shape = role_of(value), shape_of(value)
    mark = Mark(shape, *point, 9, role, "paper", 1.3) if measured else Mark(shape, *point, 9, "paper", "assumed", 1.3)
    kind = say("summary-measured" if measured else "summary-assumed", field.language)
    heard = f"{column.label.shown(field.language) or column.id}: {score(value, field.language)} ({kind})"
    return Group("point", (mark,), column.id, heard)


def _phases(field: _Field, entry: Entry, top: float) -> tuple[list[Element], float]:
    """The journey's own phases under their classes, each with a bar for the share that reaches it.

    Many phases in one class are said on one line.
    """
    spans: dict[tuple[float, float], list[Phase]] = {}
    for phase in entry.map.phases:
        span = field.span(_classes(phase))
        if span is not None:
            spans.setdefault(span, []).append(phase)
    found: list[Element] = []
    floor: dict[PhaseClass, float] = dict.fromkeys(field.classes, top)
    for (x, right), phases in spans.items():
        covered = [name for name in field.classes if x - 1 < (field.span((name,)) or (0.0, 0.0))[0] < right - 1]
        y = max(floor[name] for name in covered)
        for group, bottom in _bars(field, entry, phases, (x + 8, y, right - x - 16)):
            found.append(group)
            floor |= dict.fromkeys(covered, bottom)
    return found, max(floor.values())


def _bars(
    field: _Field, entry: Entry, phases: Sequence[Phase], at: tuple[float, float, float]
) -> list[tuple[Group, float]]:
    """A bar with its name for each phase, or one line for all when there are more than two; and where each ends."""
    reached = {step.step: step.share.value for step in entry.results.funnel.steps} if entry.results else {}
    x, y, wide = at
    told = []
    for phase in phases:
        name, share = phase.label.shown(field.language) or phase.id, reached.get(phase.id)
        told.append((f"{name} · {percent(share, field.language)}" if share is not None else name, share))
    if len(phases) > 2:
        told = [(" →\u00a0".join(text for text, _ in told), told[0][1])]
    found = []
    for phase, (text, share) in zip(phases, told, strict=False):
        track = Box(x, y, wide, 4, "left") if share is not None else Line(x, y + 2, x + wide, y + 2, "border")
        bar = (Box(x, y, max(2.0, wide * share), 4, "stream"),) if share is not None else ()
        said = words(text, x, y + 6, NOTE, room=wide, most=4)
        y += 8 + tall(said)
        found.append((Group("reached", (track, *bar, said), phase.id, text), y))
    return found


def _felt_in(entries: Sequence[Entry]) -> _Felt:
    """Returns the points of all lines by class: the feeling, and whether it was measured."""
    found: dict[PhaseClass, list[tuple[float, bool]]] = {}
    for entry in entries:
        homes = {phase.id: phase.classes for phase in entry.map.phases}
        for column in columns_of(entry.map, entry.results, ()):
            for klass in (column.step.classes if column.step else ()) or homes.get(column.phase, ()):
                found.setdefault(klass, []).extend(_known(column))
    return found


def _total(rows: Sequence[ClassRow], felt: _Felt, field: _Field, top: float) -> tuple[Group, float]:
    """What all journeys together come to in each class."""
    head = one_line(say("portfolio-all", field.language), MARGIN, top + 10, STRONG)
    texts: list[Element] = []
    high = 0.0
    for row in rows:
        x, right = field.span((row.klass,)) or (0.0, 0.0)
        lines = _sums(row, felt.get(row.klass, ()), field.language)
        first = words(lines[0], x + 8, top + 10, NOTE_STRONG.as_("ink"), room=right - x - 14, most=2)
        rest = words(" · ".join(lines[1:]), x + 8, top + 10 + tall(first), NOTE, room=right - x - 14, most=4)
        texts.append(Group("class", (first, rest), row.klass, f"{row.label.text(field.language)}: {', '.join(lines)}"))
        high = max(high, tall(first) + tall(rest))
    rule = Line(MARGIN, top, field.right, top, "strong", 1.6)
    return Group("total", (rule, head, *texts)), top + 10 + high + 10


def _sums(row: ClassRow, felt: Sequence[tuple[float, bool]], language: Language) -> list[str]:
    """The mean of the measured points and of the assumed ones, never of both, and what there is of each thing."""
    means = []
    for kind, key in ((True, "summary-measured"), (False, "summary-assumed")):
        told, values = say(key, language), [value for value, measured in felt if measured is kind]
        if 0 < len(values) < len(felt):
            told = say("portfolio-some", language, told=told, n=str(len(values)), all=str(len(felt)))
        means += [f"{score(sum(values) / len(values), language)} ({told})"] if values else []
    counts = (
        (len({name for name, _ in row.phases}), "portfolio-map-one", "portfolio-maps"),
        (row.steps, "portfolio-step-one", "portfolio-steps"),
        (row.barriers, "portfolio-barrier", "portfolio-barriers"),
    )
    return [*(means or ["–"]), *(say(one if n == 1 else many, language, n=str(n)) for n, one, many in counts if n)]


def _table(entries: Sequence[Entry], rows: Sequence[ClassRow], language: Language) -> Table:
    """A row per phase of each journey, and one per class for all together."""
    header = ["portfolio-map", "phase", "class-head", "portfolio-feel", "people-reach"]
    found: list[tuple[str, ...]] = []
    for entry in entries:
        name = entry.map.title.shown(language) or entry.map.id
        reached = {step.step: step.share.value for step in entry.results.funnel.steps} if entry.results else {}
        columns = columns_of(entry.map, entry.results, ())
        for phase in entry.map.phases:
            own = [column for column in columns if column.phase == phase.id]
            told = [text for column in own if (text := _felt(column, language))]
            classes = ", ".join(CLASSES[klass].text(language) for klass in dict.fromkeys(_classes(phase)))
            share = reached.get(phase.id)
            label = phase.label.shown(language) or phase.id
            found.append((name, label, classes, "; ".join(told), percent(share, language) if share is not None else ""))
    felt = _felt_in(entries)
    for row in rows:
        label = row.label.text(language)
        found.append(
            (say("portfolio-all", language), label, label, ", ".join(_sums(row, felt.get(row.klass, ()), language)), "")
        )
    return table(say("portfolio", language), [say(key, language) for key in header], found, keep=3)


def _felt(column: Column, language: Language) -> str:
    name = column.label.shown(language) or column.id
    said = {True: say("summary-measured", language), False: say("summary-assumed", language)}
    return "".join(f"{name} {score(value, language)} ({said[measured]})" for value, measured in _known(column))
