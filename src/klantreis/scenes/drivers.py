"""Drivers as a picture: a forest plot of odds ratios on a scale of doublings, at like length and overall."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from klantreis.analyses.drivers import Driver, Drivers
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Element, Group, Line, Mark, Role, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import cases, decimal, estimated
from klantreis.scenes.pen import NOTE, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_barriers import VERDICTS, driver_name, surely
from klantreis.stats.association import OddsRatio

MOST, WIDEST = 20, 64.0
TITLE = Label(
    "Wat hangt samen met het doel halen, en met afhaken?", "What goes with reaching the goal, and with leaving?"
)
UNDER = Label(
    "Kansverhouding vóór het doel: links van 1 hangt samen met afhaken, rechts met het doel halen. {share} haalt het",
    "Odds ratio before the goal: left of 1 goes with leaving, right with reaching the goal. {share} reach it",
)
MARKS = Label(
    "ruit = bij gelijke lengte, cirkel = over alles; lijn = interval",
    "diamond = at like length, circle = overall; line = interval",
)
NO_CAUSE = Label("hangt samen met, bewijst geen oorzaak", "goes with, proves no cause")
WAY = Label("{n} op de weg ernaartoe, in de tabel", "{n} on the way there, in the table")
MORE = Label("+ {n} meer, in de tabel", "+ {n} more, in the table")
ALL_WAY = Label("Niets had genoeg personen om te vergelijken.", "Nothing had enough people to compare.")
LEAVING = Label("← afhaken", "← leaving")
REACHING = Label("doel halen →", "reaching →")
HEADS = (
    Label("Wat", "What"), Label("Haalt doel", "Reaches goal"), Label("Zonder", "Without"),
    Label("Kansverhouding", "Odds ratio"), Label("Bij gelijke lengte", "At like length"), Label("q", "q"),
    Label("Hangt samen met", "Goes with"), Label("Op de weg", "On the way"),
)  # fmt: skip
YES = Label("ja", "yes")


def drivers_scene(result: Drivers, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns a row per driver with its odds ratio, most telling first; what is on the way stands in the table only.

    Nothing to compare: it says why.
    """
    names = {} if map_ is None else names_of(map_, language)
    rows, title = _table(result, names, language), TITLE.text(language)
    all_ = [one for one in result.drivers if not one.on_the_way]
    shown = all_[:MOST]
    if not shown:
        why = result.why.text(language) or ALL_WAY.text(language)
        return nothing("drivers", title, why, width=width, table=rows, language=language)
    scale = Scale(shown, width)
    body, y = _axis(scale, language)
    for one in shown:
        row, y = _row(one, y, scale, names, language)
        body.append(row)
    if not scale.narrow:
        body.insert(0, Line(scale.x(1), 30, scale.x(1), y, "muted", 1.2))
    notes = [MARKS.text(language), NO_CAUSE.text(language)]
    if len(all_) > MOST:
        notes.append(filled(MORE.text(language), n=len(all_) - MOST))
    if len(all_) < len(result.drivers):
        notes.append(filled(WAY.text(language), n=len(result.drivers) - len(all_)))
    under = UNDER.text(language).format(share=estimated(result.reached, "share", language))
    return framed(
        "drivers", title, under, body, size=(width, y), table=rows, language=language, about=result.about, notes=notes
    )


class Scale:
    """Where an odds ratio stands: doublings at equal steps, as wide on the left of 1 as on the right."""

    def __init__(self, shown: Sequence[Driver], width: float) -> None:
        self.width = width
        self.narrow = width < 560
        self.left = MARGIN if self.narrow else MARGIN + min(280.0, width * 0.32)
        self.right = width - MARGIN - (0 if self.narrow else 210)
        ends = [
            end for one in shown for odds in (one.odds, one.alike) if odds for end in (odds.value, odds.low, odds.high)
        ]
        far = max(max(end, 1 / end) if end > 0 else WIDEST for end in ends)
        self.far = min(WIDEST, max(2.0, 2.0 ** math.ceil(math.log2(far))))

    def x(self, odds: float) -> float:
        """Returns the place of an odds ratio, within the scale."""
        held = min(self.far, max(1 / self.far, odds))
        return self.left + (self.right - self.left) * (0.5 + math.log(held) / math.log(self.far) / 2)

    def ticks(self) -> list[float]:
        """Returns the odds ratios that are named: powers of two, no more than there is room for."""
        powers = round(math.log2(self.far))
        step = max(1, -(-powers // (2 if self.narrow else 4)))
        return [2.0**power for power in range(-powers, powers + 1) if power % step == 0]


def _axis(scale: Scale, language: Language) -> tuple[list[Element], float]:
    parts: list[Element] = []
    for tick in scale.ticks():
        said = decimal(tick, language) if tick >= 1 else f"1/{round(1 / tick)}"
        parts.append(one_line(said, scale.x(tick), 16, NOTE, anchor="middle"))
    parts.append(one_line(LEAVING.text(language), scale.left, 0, NOTE))
    parts.append(one_line(REACHING.text(language), scale.right, 0, NOTE, anchor="end"))
    return parts, 38.0


def _row(one: Driver, top: float, scale: Scale, names: Mapping[str, str], language: Language) -> tuple[Group, float]:
    name = driver_name(one.kind, one.name, language, names)
    room = scale.width - 2 * MARGIN if scale.narrow else scale.left - MARGIN - 16
    text = words(name, MARGIN, top, STRONG, room=room, most=2)
    verdict = VERDICTS[one.verdict].text(language)
    said = f"{_odds(one.alike or one.odds, language)} · {verdict}"
    middle = top + tall(text) + 10 if scale.narrow else top + max(8.0, tall(text) / 2)
    sure = one.verdict in {"leaving", "reaching"}
    role: Role = "problem" if one.verdict == "leaving" else "measured" if sure else "muted"
    parts: list[Element] = [Line(scale.left, middle, scale.right, middle, "hairline", 1, "dotted"), text]
    if scale.narrow:
        parts.append(Line(scale.x(1), middle - 8, scale.x(1), middle + 8, "muted", 1.2))
    parts.append(Mark("circle", scale.x(one.odds.value), middle, 9, None, "muted"))
    if one.alike is not None:
        parts.append(Line(scale.x(one.alike.low), middle, scale.x(one.alike.high), middle, role, 2.2))
        parts.append(Mark("diamond", scale.x(one.alike.value), middle, 11, role if sure else "paper", role))
    else:
        parts.append(Line(scale.x(one.odds.low), middle, scale.x(one.odds.high), middle, role, 1.4))
    x, y = (MARGIN, middle + 9) if scale.narrow else (scale.right + 14, middle - 7)
    parts.append(one_line(said, x, y, NOTE, room=scale.width - MARGIN - x))
    after = y + 24 if scale.narrow else top + max(tall(text), 16.0) + 9
    heard = f"{name}: {said}, {cases(one.with_it.n, language)}"
    return Group("driver", tuple(parts), f"{one.kind} {one.name}", heard), after


def _odds(odds: OddsRatio, language: Language) -> str:
    return f"{_number(odds.value, language)} ({_number(odds.low, language)}–{_number(odds.high, language)})"


def _number(value: float, language: Language) -> str:
    if value >= 1000:
        return "> " + decimal(1000, language)
    return decimal(value, language, 2 if value < 10 else 0)


def _table(result: Drivers, names: Mapping[str, str], language: Language) -> Table:
    rows = [
        (
            driver_name(one.kind, one.name, language, names),
            estimated(one.with_it, "share", language),
            estimated(one.without_it, "share", language),
            _odds(one.odds, language),
            "–" if one.alike is None else _odds(one.alike, language),
            surely(one.q, language),
            VERDICTS[one.verdict].text(language),
            YES.text(language) if one.on_the_way else "",
        )
        for one in result.drivers
    ]
    return table(TITLE.text(language), [head.text(language) for head in HEADS], rows)
