"""Effects as a picture: each change with its interval against the band that does not matter, and its series."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.analyses.effect import Day, Effect, Effects
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Area, Box, Command, Curve, Element, Group, Line, Mark, Path, Role, Scene
from klantreis.scenes.numbers import decimal, shown
from klantreis.scenes.pen import BODY, NOTE, STRONG, one_line, pill, pill_width, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_effect import say
from klantreis.stats.intervals import Estimate

HIGH, ROOM, GAP, SERIES = 46.0, 1.2, 26.0, 108.0
PILLS: dict[str, tuple[Role, Role]] = {
    "improved": ("good-paper", "good"),
    "worse": ("problem-paper", "problem"),
    "no_difference": ("panel", "ink"),
    "too_soon": ("decision-paper", "decision"),
}


def effect_scene(result: Effects, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns the effect of each change, under each other; a change that has no number yet says why."""
    del map_
    title, rows = say("effects", language), _table(result, language)
    if not result.effects:
        return nothing("effects", title, say("nothing", language), width=width, table=rows, language=language)
    body: list[Element] = []
    y = 4.0
    for effect in result.effects:
        group, y = _block(_Sheet(effect, language, width, result.about.currency), y)
        body.append(group)
    return framed(
        "effects", title, say("effects-under", language), body, size=(width, y), table=rows, language=language,
        about=result.about,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One effect, and what it is drawn with."""

    effect: Effect
    language: Language
    width: float
    currency: str

    @property
    def name(self) -> str:
        """What the change is called."""
        return self.effect.label.shown(self.language) or self.effect.change.replace("_", " ")

    @property
    def room(self) -> float:
        """How wide the sheet is inside its margins."""
        return self.width - 2 * MARGIN

    def number(self, value: float | None) -> str:
        """Returns a value of the KPI in its unit."""
        unit = "mean" if self.effect.unit in {"score", "count"} else self.effect.unit
        if value is None:
            return "–"
        if unit == "share":
            return f"{decimal(value * 100, self.language, 1)}%"
        return shown(value, unit, self.language, self.currency)

    def gap(self, estimate: Estimate) -> str:
        """Returns a difference with its interval; of shares in percentage points."""
        if estimate.value is None:
            return say("unknown", self.language)
        ends = [self.bare(value) for value in (estimate.value, estimate.low, estimate.high)]
        points = say("points", self.language) if self.effect.unit == "share" else ""
        sign = "+" if estimate.value > 0 else ""
        return f"{sign}{ends[0]}{points} ({ends[1]} {say('to', self.language)} {ends[2]})"

    def bare(self, value: float | None) -> str:
        """Returns a difference without its sign of percent."""
        return self.number(value).removesuffix("%")

    @property
    def against(self) -> str:
        """Both groups in a sentence."""
        kpi = self.effect.kpi_label.shown(self.language) or self.effect.kpi or ""
        treated, control = self.number(self.effect.treated), self.number(self.effect.control)
        return say("against", self.language, kpi=kpi, treated=treated, control=control)


def _block(sheet: _Sheet, top: float) -> tuple[Group, float]:
    effect, language = sheet.effect, sheet.language
    verdict = say(effect.verdict, language)
    wide = pill_width(verdict)
    name = words(sheet.name, MARGIN, top, STRONG, room=sheet.room - wide - 12, most=3)
    fill, role = PILLS[effect.verdict]
    children: list[Element] = [
        name,
        pill(verdict, sheet.width - MARGIN - wide, top - 2, fill=fill, role=role, stroke=role),
    ]
    y = top + max(tall(name), 20) + 3
    for reason in effect.reasons:
        text = words(reason.words.text(language), MARGIN, y, BODY.as_("muted"), room=sheet.room, most=4)
        children.append(text)
        y += tall(text) + 1
    if effect.gap.value is not None:
        children += _interval(sheet, y + 4)
        y += 4 + HIGH + 34
        counts = say("n", language, one=decimal(effect.n[0], language), other=decimal(effect.n[1], language))
        told = " · ".join((sheet.against, counts, say(f"rung.{effect.rung}", language)))
        note = words(told, MARGIN, y, NOTE, room=sheet.room, most=4)
        children.append(note)
        y += tall(note)
    if effect.days:
        children += _series(sheet, y + 8)
        y += 8 + SERIES + 34
    heard = say(
        "heard", language, name=sheet.name, verdict=verdict, gap=sheet.gap(effect.seen), against=sheet.against,
        rung=say(f"rung.{effect.rung}", language),
    )  # fmt: skip
    return Group("effect", tuple(children), effect.change, heard, focus=True), y + GAP


def _interval(sheet: _Sheet, top: float) -> list[Element]:
    effect, language = sheet.effect, sheet.language
    seen = effect.seen
    ends = [abs(one) for one in (seen.low, seen.high, seen.value, effect.smallest) if one is not None]
    reach = max(ends, default=1.0) * ROOM or 1.0
    middle, half = sheet.width / 2, sheet.room / 2

    def at(value: float) -> float:
        return middle + half * value / reach

    y, low = top + HIGH / 2 + 6, top + HIGH
    found: list[Element] = []
    if effect.smallest:
        left = at(-effect.smallest)
        found.append(Box(left, top + 16, 2 * (middle - left), HIGH - 16, "band"))
        edge = sheet.bare(effect.smallest)
        if middle - left > 26:
            found.append(one_line(f"−{edge}", left, low + 1, NOTE, anchor="middle"))
            found.append(one_line(f"+{edge}", at(effect.smallest), low + 1, NOTE, anchor="middle"))
    found.append(Line(middle, top + 14, middle, low, "strong", 1.2))
    found.append(one_line("0", middle, low + 1, NOTE, anchor="middle"))
    better = f" · {say('better', language)}"
    left_word, right_word = say("less", language), say("more", language)
    left_word, right_word = (
        (left_word, right_word + better) if effect.better == "more" else (left_word + better, right_word)
    )
    found += [
        one_line(f"← {left_word}", MARGIN, low + 15, NOTE),
        one_line(f"{right_word} →", sheet.width - MARGIN, low + 15, NOTE, anchor="end"),
    ]
    assert seen.value is not None
    one, other = (
        at(seen.low if seen.low is not None else seen.value),
        at(seen.high if seen.high is not None else seen.value),
    )
    found += [Line(one, y, other, y, "measured", 4), *(Line(x, y - 6, x, y + 6, "measured", 1.6) for x in (one, other))]
    found.append(Mark("filled-circle", at(seen.value), y, 12, "measured"))
    spot = min(max(at(seen.value), MARGIN + 110), sheet.width - MARGIN - 110)
    found.append(one_line(sheet.gap(seen), spot, top - 2, STRONG, anchor="middle"))
    return found


def _series(sheet: _Sheet, top: float) -> list[Element]:
    days, language = sheet.effect.days, sheet.language
    values = [one for day in days for one in (day.value, day.expected, day.low, day.high) if one is not None]
    low, high = min(values), max(values)
    left, right = MARGIN + 56, sheet.width - MARGIN
    step = (right - left) / max(1, len(days) - 1)

    def spot(place: int, value: float) -> tuple[float, float]:
        return left + step * place, top + SERIES - (value - low) / ((high - low) or 1.0) * SERIES

    cut = next((place for place, day in enumerate(days) if day.low is not None), len(days) - 1)
    begin = left + step * (cut - 0.5)
    found: list[Element] = [Line(left, spot(0, value)[1], right, spot(0, value)[1]) for value in (low, high)]
    found += [
        one_line(sheet.number(value), left - 8, spot(0, value)[1] - 7, NOTE, anchor="end") for value in (low, high)
    ]
    found.append(Area(_band(days, spot, cut), "band"))
    found.append(Line(begin, top, begin, top + SERIES, "strong", 1.2, "dotted"))
    found.append(Curve(_line([spot(place, day.expected) for place, day in enumerate(days)]), "assumed", 1.4, "dashed"))
    found.append(Curve(_line([spot(place, day.value) for place, day in enumerate(days)]), "measured", 1.8))
    under = top + SERIES + 3
    found.append(one_line(days[0].day, left, under, NOTE))
    if begin - left > 90 and right - begin > 150:
        found.append(one_line(f"{say('starts', language)} {sheet.effect.starts}", begin, under, NOTE, anchor="middle"))
    found.append(one_line(days[-1].day, right, under, NOTE, anchor="end"))
    found.append(words(say("series", language), left, under + 14, NOTE, room=right - left, most=2))
    return found


def _band(days: tuple[Day, ...], spot: object, cut: int) -> Path:
    assert callable(spot)
    after = [
        (place, day) for place, day in enumerate(days) if place >= cut and day.low is not None and day.high is not None
    ]
    upper = [spot(place, day.high) for place, day in after]
    lower = [spot(place, day.low) for place, day in reversed(after)]
    return (*_line([*upper, *lower]), ("Z", ()))


def _line(spots: list[tuple[float, float]]) -> Path:
    commands: list[tuple[Command, tuple[float, ...]]] = [
        ("L" if place else "M", (round(x, 2), round(y, 2))) for place, (x, y) in enumerate(spots)
    ]
    return tuple(commands)


def _table(result: Effects, language: Language) -> Table:
    keys = ("change", "verdict", "kpi", "with", "without", "gap", "n", "proof", "why")
    rows = []
    for effect in result.effects:
        sheet = _Sheet(effect, language, 960, result.about.currency)
        rows.append(
            (
                sheet.name,
                say(effect.verdict, language),
                effect.kpi_label.shown(language) or effect.kpi or "",
                sheet.number(effect.treated),
                sheet.number(effect.control),
                sheet.gap(effect.seen),
                " / ".join(decimal(count, language) for count in effect.n),
                say(f"rung.{effect.rung}", language),
                " ".join(reason.words.text(language) for reason in effect.reasons),
            )
        )
    return table(say("effects", language), [say(f"head.{key}", language) for key in keys], rows)
