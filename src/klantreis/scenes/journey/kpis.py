"""KPIs of a journey map: the value, the verdict in a word and a shape, the target, and what the value stands on."""

from __future__ import annotations

from klantreis.analyses.kpi_asked import aim, unit_of
from klantreis.analyses.kpis import KpiValue
from klantreis.map.aims import without_target
from klantreis.map.model import Kpi
from klantreis.scenes.journey.cards import Card, card_row, column_at
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Mark, Role, Shape, Words
from klantreis.scenes.numbers import between, cases, score, shown
from klantreis.scenes.pen import FIGURE, NOTE, NOTE_STRONG, SECTION, one_line, tall, words
from klantreis.scenes.text import width
from klantreis.scenes.words import named

_LOOKS: dict[str, tuple[Role, Shape]] = {
    "met": ("good", "check"),
    "missed": ("problem", "cross"),
    "unsure": ("decision", "diamond"),
    "unknown": ("assumed", "dash"),
    "no_target": ("ink", "none"),
}


def kpis(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the KPIs under their step or phase; None when the map has none."""
    spots = [(kpi, column_at(sheet, kpi.at or kpi.end or kpi.start, kpi.phase)) for kpi in sheet.map.kpis]
    cards = [_card(sheet, kpi, at) for kpi, at in spots]
    done = sum(value_of(sheet, kpi) is not None for kpi in sheet.map.kpis)
    measured = sheet.say("measured-of", done=str(done), all=str(len(sheet.map.kpis))) if sheet.results else ""
    phases, left = len(sheet.map.phases), len(without_target(sheet.map))
    aimed = sheet.say("aimed-of", done=str(phases - left), all=str(phases)) if left else sheet.say("aimed-all")
    return card_row(sheet, grid, "kpi", cards, note=" · ".join(part for part in (measured, aimed) if part))


def value_of(sheet: Sheet, kpi: Kpi) -> KpiValue | None:
    """Returns a KPI's value for everybody, None when there is none."""
    values = sheet.results.kpis.values if sheet.results else ()
    return next((v for v in values if v.kpi == kpi.id and v.segment is None and v.estimate.value is not None), None)


def said(sheet: Sheet, kpi: Kpi) -> tuple[str, str, str]:
    """Returns a KPI's value, its verdict with target, and its interval with n, as shown."""
    value = value_of(sheet, kpi)
    if value is None or value.estimate.value is None:
        return "–", _verdict(sheet, kpi, "unknown"), ""
    unit, low, high = _unit(value), value.estimate.low, value.estimate.high
    number = _told(sheet, kpi, value.estimate.value, unit)
    if kpi.metric == "nps" and low is not None and high is not None:
        unit, low, high = "count", round(low * 100), round(high * 100)
    within = between(low, high, unit, sheet.language, sheet.currency)
    ground = " · ".join(part for part in (within, cases(value.estimate.n, sheet.language)) if part)
    return number, _verdict(sheet, kpi, value.verdict), ground


def _verdict(sheet: Sheet, kpi: Kpi, verdict: str) -> str:
    word = named("verdict", verdict, sheet.language)
    if kpi.target is None:
        return word
    side = {"<": "target-over", ">": "target-under"}.get(kpi.target.comparison[:1]) if verdict == "missed" else None
    return f"{word} · {sheet.say(side or 'target', target=target_text(sheet, kpi))}"


def target_text(sheet: Sheet, kpi: Kpi) -> str:
    """Returns a target as people write it: ≥ 3%, ≤ 5 min."""
    assert kpi.target is not None
    sign = {"<=": "≤", ">=": "≥"}.get(kpi.target.comparison, kpi.target.comparison)
    value = value_of(sheet, kpi)
    if value is not None and value.target is not None:
        return f"{sign}\u00a0{_told(sheet, kpi, value.target, _unit(value))}"
    aimed, kind = aim(kpi) or kpi.target, unit_of(kpi)
    kind = "mean" if kind == "score" else kind
    return f"{sign}\u00a0{_told(sheet, kpi, aimed.number, kind)}"


def _told(sheet: Sheet, kpi: Kpi, number: float, unit: str) -> str:
    """A value of a KPI as people write it; a Net Promoter Score runs from -100 to +100."""
    if kpi.metric == "nps":
        return score(number * 100, sheet.language, 0)
    return shown(number, unit, sheet.language, sheet.currency)


def _unit(value: KpiValue) -> str:
    """The unit to show; the score of a KPI is on the scale as asked, so it has no sign and reads as a plain number."""
    return "mean" if value.unit == "score" else value.unit


def _segments(sheet: Sheet, kpi: Kpi) -> str:
    values = sheet.results.kpis.values if sheet.results else ()
    names = {segment.id: sheet.text(segment.label) or segment.id for segment in sheet.map.segments}
    parts = [
        f"{names.get(v.segment, v.segment)} {shown(v.estimate.value, _unit(v), sheet.language, sheet.currency)}"
        for v in values
        if v.kpi == kpi.id and v.segment is not None and v.estimate.value is not None
    ]
    return " · ".join(parts[:4])


def _card(sheet: Sheet, kpi: Kpi, at: int | None) -> Card:
    name = sheet.text(kpi.label) or kpi.id
    number, verdict, ground = said(sheet, kpi)
    value = value_of(sheet, kpi)
    role, shape = _LOOKS[value.verdict if value else "unknown"]
    segments = _segments(sheet, kpi)

    def draw(x: float, top: float, wide: float) -> tuple[tuple[Element, ...], float]:
        left, room = x + 10, wide - 14
        texts: list[Words] = [words(name, left, top, NOTE, room=room, most=3)]
        y = top + tall(texts[0])
        if value is not None:
            ink = FIGURE if width(number, FIGURE.style) <= room else SECTION
            texts.append(one_line(number, left, y + (24 - ink.leading) / 2, ink.as_(role), room=room))
            y += 25
        mark = Mark(shape, left + 5, y + 7.5, 10, role, None, 2) if shape != "none" else None
        indent = 15 if mark else 0
        fits = width(verdict, NOTE_STRONG.style) <= room - indent
        for spot, told in enumerate([verdict] if fits else verdict.split(" · ", 1)):
            aside = 0 if spot else indent
            texts.append(words(told, left + aside, y, NOTE_STRONG.as_(role), room=room - aside, most=2))
            y += tall(texts[-1])
        for extra in (ground, segments):
            if extra:
                texts.append(words(extra, left, y, NOTE, room=room, most=3))
                y += tall(texts[-1])
        return (*((mark,) if mark else ()), *texts), y - top

    heard = ". ".join(filter(None, (f"{name}: {number}", verdict, ground, segments)))
    return Card("kpi", kpi.id, at, heard, draw, phase=kpi.phase or kpi.at or kpi.end)
