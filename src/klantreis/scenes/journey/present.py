"""What the header of a phase says of the people: who is there now, who is reached at first, and the fans at the end."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.analyses.advocates import Advocates
from klantreis.analyses.audience import Audience
from klantreis.analyses.standing import Standing
from klantreis.map.model import Phase
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.numbers import between, brief_day, cases, decimal, estimated, local, percent
from klantreis.scenes.pen import NOTE
from klantreis.scenes.text import width
from klantreis.scenes.words_loyal import tell
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a header in its forms, the longest first, and in full for who listens."""

    forms: tuple[str, ...]
    heard: str

    def fitting(self, room: float) -> str:
        """Returns the longest form that fits; the shortest when none does."""
        return next((form for form in self.forms if width(form, NOTE.style) <= room), self.forms[-1])


def present(sheet: Sheet, phase: Phase) -> tuple[Said, ...]:
    """Returns what is said of the people in a phase; () when nothing was measured."""
    found = [_now(sheet, phase)]
    begins, ends = _ends(sheet)
    found += [_aimed(sheet)] if begins and phase is sheet.map.phases[0] else []
    found += [_fans(sheet)] if ends and phase is sheet.map.phases[-1] else []
    return tuple(one for one in found if one is not None)


def _ends(sheet: Sheet) -> tuple[bool, bool]:
    """Says whether the first and the last phase shown are those of the journey, and not of a stretch of it."""
    steps = sheet.results.funnel.steps if sheet.results else ()
    shown = {phase.id for phase in sheet.map.phases}
    return (not steps or steps[0].step in shown), (not steps or steps[-1].step in shown)


def moment(sheet: Sheet) -> str:
    """Returns at which moment, and of how many people in all, the numbers of now are; '' without any."""
    standing = _standing(sheet)
    if standing is None or standing.at is None:
        return ""
    when = brief_day(local(standing.at, standing.about.time_zone), sheet.language)
    return tell("now-note", sheet.language, when=when, n=cases(standing.people, sheet.language))


def _standing(sheet: Sheet) -> Standing | None:
    found = sheet.results.more.get("standing") if sheet.results else None
    return found if isinstance(found, Standing) and not found.why else None


def _now(sheet: Sheet, phase: Phase) -> Said | None:
    standing = _standing(sheet)
    stand = standing.of(phase.id) if standing is not None else None
    if standing is None or stand is None or standing.at is None:
        return None
    language = sheet.language
    n, when = decimal(stand.people, language), brief_day(local(standing.at, standing.about.time_zone), language)
    heard = tell("now-heard", language, n=n, all=decimal(standing.people, language), when=when)
    return Said((tell("now", language, n=n), tell("now-short", language, n=n)), heard)


def _aimed(sheet: Sheet) -> Said | None:
    found = sheet.results.more.get("audience") if sheet.results else None
    if not isinstance(found, Audience) or found.fit.value is None:
        return None
    gaps = _gaps(sheet, found.fit)
    forms = (tell(key, sheet.language, **gaps) for key in ("aimed", "aimed-short", "aimed-least"))
    return Said(tuple(forms), tell("aimed-heard", sheet.language, value=estimated(found.fit, "share", sheet.language)))


def _fans(sheet: Sheet) -> Said | None:
    found = sheet.results.more.get("advocates") if sheet.results else None
    if not isinstance(found, Advocates) or found.fans.value is None:
        return None
    gaps = _gaps(sheet, found.fans) | {"count": decimal(round(found.fans.value * found.fans.n), sheet.language)}
    forms = (tell(key, sheet.language, **gaps) for key in ("fans", "fans-short", "fans-least"))
    value = estimated(found.fans, "share", sheet.language)
    return Said(tuple(forms), tell("fans-heard", sheet.language, count=gaps["count"], value=value))


def _gaps(sheet: Sheet, estimate: Estimate) -> dict[str, str]:
    within = between(estimate.low, estimate.high, "share", sheet.language)
    share = percent(estimate.value or 0.0, sheet.language)
    return {"share": share, "within": within, "n": cases(estimate.n, sheet.language)}
