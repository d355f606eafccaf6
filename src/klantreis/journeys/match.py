"""Matches events to the touchpoints of a map, as SQL: which touchpoint, which survey, failed or not, which segments.

An event is at the first touchpoint of the document whose matcher claims it; later claims are counted as overlaps.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from klantreis.engines.base import Query, quoted
from klantreis.errors import DocumentError, OptionError
from klantreis.journeys.behaviour import clauses
from klantreis.journeys.conditions import Binder, all_hold
from klantreis.labels import Label
from klantreis.map.arms import MOST_ASKED, too_many
from klantreis.map.model import JourneyMap, Matcher, Survey, Touchpoint


def matched(rows: Query, map_: JourneyMap, properties: Collection[str], time_zone: str = "UTC") -> Query:
    """Returns the rows with `touch` INTEGER, `survey` INTEGER (-1: none), `flags` UTINYINT and `segments` UBIGINT:
    the bits of the `clauses` of its segments.

    Raises DocumentError for a map with more than 64 rules for segments and groups of changes.
    """
    many = too_many(map_)
    if many is not None:
        raise DocumentError(
            Label(
                f"Een reis kan op hoogstens {MOST_ASKED} regels bekeken worden; deze kaart heeft er "
                f"{len(clauses(map_))}: {many.nl}.",
                f"At most {MOST_ASKED} rules can be asked of a journey; this map has {len(clauses(map_))}: {many.en}.",
            ),
            where=map_.file or map_.id,
            mend=Label(
                "Zet segmenten of afgeronde veranderingen op een andere kaart. Een 'or' in een regel over "
                "gedrag telt voor één extra.",
                "Move segments or finished changes to another map. An 'or' in a rule on behaviour counts as one more.",
            ),
        )
    binder = Binder()
    touch = _touch(map_, properties, binder, time_zone)
    touched = rows.then("touched", f"SELECT *, {touch} AS touch FROM {quoted(rows.steps[-1][0])}")
    survey = _survey(map_, properties, binder, time_zone)
    failed, segments = _failed(map_, properties, binder), _segments(map_, properties, binder)
    told = f"SELECT *, {survey} AS survey, {failed} AS flags, {segments} AS segments FROM touched"
    return touched.then("matched", told, **binder.values)


def overlaps(
    rows: Query, map_: JourneyMap, properties: Collection[str], time_zone: str = "UTC", *, per: str | None = None
) -> Query | None:
    """Returns (event, code taken, code passed over, events) of events that two matchers claim; None: none can be.

    `rows` are those of `matched`. Ordered by code. `per`: SQL of a number to count apart by, which comes last.
    """
    shared = _sharing(map_)
    if not shared:
        return None
    binder = Binder("o")  # the values of `matched` have the names from m0
    claims = ", ".join(
        f"CASE WHEN {_claims(matcher, properties, binder, time_zone)} THEN {code} END" for code, matcher in shared
    )
    apart = ("", "") if per is None else (f", {per} AS apart", ", apart")
    from_ = quoted(rows.steps[-1][0])
    claimed = f'SELECT "event", touch AS taken, unnest([{claims}]) AS other{apart[0]} FROM {from_}'
    counted = f"""
        SELECT "event", taken, other, count(*) AS events{apart[1]} FROM claimed
        WHERE other > taken AND taken >= 0 GROUP BY ALL ORDER BY taken, other, "event" """
    return rows.then("claimed", claimed, **binder.values).then("counted", counted)


def _sharing(map_: JourneyMap) -> list[tuple[int, Matcher]]:
    """Returns the matchers whose event name another matcher has too, with their codes."""
    matchers = [(code, touch.matcher) for code, touch in enumerate(map_.touchpoints) if touch.matcher is not None]
    names = [matcher.event for _, matcher in matchers]
    return [(code, matcher) for code, matcher in matchers if names.count(matcher.event) > 1]


def _touch(map_: JourneyMap, properties: Collection[str], binder: Binder, time_zone: str) -> str:
    cases = [
        f"WHEN {_claims(touch.matcher, properties, binder, time_zone)} THEN {code}"
        for code, touch in enumerate(map_.touchpoints)
        if touch.matcher is not None
    ]
    return f"(CASE {' '.join(cases)} ELSE -1 END)::INTEGER" if cases else "(-1)::INTEGER"


def _claims(matcher: Matcher, properties: Collection[str], binder: Binder, time_zone: str) -> str:
    claim = f'"event" = {binder.bind(matcher.event)}'
    if matcher.since is not None:
        claim += f' AND "at" >= {binder.bind(moment(matcher.since, time_zone))}'
    if matcher.where:
        claim += f" AND {all_hold(matcher.where, properties, binder)}"
    return f"({claim})"


def moment(text: str, time_zone: str = "UTC") -> int:
    """Returns the microseconds since 1970 UTC of a date or moment in ISO 8601; raises OptionError for another text."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(
            Label(f"{text!r} is geen datum.", f"{text!r} is not a date."),
            mend=Label("Schrijf hem als 2026-06-01.", "Write it as 2026-06-01."),
        ) from error
    aware = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(time_zone))
    since = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _survey(map_: JourneyMap, properties: Collection[str], binder: Binder, time_zone: str) -> str:
    """Returns SQL for the survey a row answers: it carries a score, and the survey's matcher or touchpoint knows it."""
    cases = []
    for code, survey in enumerate(map_.surveys):
        if survey.matcher is not None:
            cases.append(f"WHEN {_claims(survey.matcher, properties, binder, time_zone)} THEN {code}")
        elif bound := _bound(map_, survey):
            cases.append(f"WHEN touch IN ({', '.join(map(str, bound))}) THEN {code}")
    if not cases:
        return "(-1)::INTEGER"
    return f'(CASE WHEN "score" IS NULL THEN -1 {" ".join(cases)} ELSE -1 END)::INTEGER'


def _bound(map_: JourneyMap, survey: Survey) -> list[int]:
    """Returns the codes of the touchpoints that carry this survey, by themselves or by their step."""
    of_steps = {name for _, step in map_.steps() if step.survey == survey.id for name in step.touchpoints}

    def carries(touch: Touchpoint) -> bool:
        return touch.survey == survey.id or (touch.survey is None and touch.id in of_steps)

    return [code for code, touch in enumerate(map_.touchpoints) if carries(touch)]


def _failed(map_: JourneyMap, properties: Collection[str], binder: Binder) -> str:
    cases = [
        f"WHEN touch = {code} AND {all_hold(touch.failed_when, properties, binder)} THEN 1"
        for code, touch in enumerate(map_.touchpoints)
        if touch.failed_when
    ]
    return f"(CASE {' '.join(cases)} ELSE 0 END)::UTINYINT" if cases else "0::UTINYINT"


def _segments(map_: JourneyMap, properties: Collection[str], binder: Binder) -> str:
    bits = []
    for number, clause in enumerate(clauses(map_)):
        rule = " OR ".join(f"({all_hold(group, properties, binder)})" for group in clause)
        if rule:
            bits.append(f"CASE WHEN {rule} THEN {1 << number}::UBIGINT ELSE 0::UBIGINT END")
    return " | ".join(bits) if bits else "0::UBIGINT"
