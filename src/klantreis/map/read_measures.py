"""What is measured: KPIs with targets, surveys, and when a journey starts and ends."""

from __future__ import annotations

import math
import re

from klantreis.documents import Choice, Many, Misread, Parsed, Reader, Record, Ref, Words
from klantreis.documents.forms import Form
from klantreis.documents.words import either, not_a_span, short
from klantreis.labels import Label
from klantreis.map.metrics import METRICS, Metric
from klantreis.map.model import JourneyRule, JourneyType, Kpi, Survey, Target
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.read_matchers import MATCHER
from klantreis.spans import DAY, span_seconds

NEVER = "never"
PLACE = ("touchpoint", "step", "phase")
MEETING = ("touchpoint", "step")

TIMEOUTS: dict[JourneyType, float] = {
    "purchase": 30 * DAY,
    "complaint": 30 * DAY,
    "service": 14 * DAY,
    "repair": 60 * DAY,
    "return": 45 * DAY,
    "onboarding": 90 * DAY,
    "employee": 365 * DAY,
    "custom": 30 * DAY,
}
"""The silence that closes a journey when the map does not say: seconds, by type of journey."""

_TARGET = re.compile(r"(<=|>=|<|>|=)\s*([-+]?\d+(?:[.,]\d+)?)\s*(%|procent|percent)?")
_SCALE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*\.\.\s*([-+]?\d+(?:\.\d+)?)")


def _kpi(reader: Reader) -> Kpi:
    metric = reader.choice("metric", tuple(METRICS), "", required=True)
    target = reader.maybe("target", Parsed(_target, (">= 3%", "<= 5")))
    kpi = Kpi(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        metric=metric,
        phase=reader.ref("phase", "phase"),
        at=reader.ref("at", *PLACE),
        start=reader.ref("from", *PLACE),
        end=reader.ref("to", *PLACE),
        survey=reader.ref("survey", "survey"),
        within=reader.maybe("within", Parsed(_window, ("7 days",))),
        target=target,
        by=reader.refs("by", "segment"),
        owner=reader.text("owner") or None,
        period=reader.text("period") or None,
        least_times=reader.whole("times", 2),
    )
    if metric:
        _check_times(reader, METRICS[metric])
        _check_needs(reader, METRICS[metric])
        _check_share(reader, METRICS[metric], target)
    return kpi


def _check_needs(reader: Reader, metric: Metric) -> None:
    for key in metric.needs:
        if reader.node.entry(key) is None:
            reader.reading.mistake(reader.node, _needed(metric, key), at_key=True)
    if metric.needs_any and not any(reader.node.entry(key) for key in metric.needs_any):
        reader.reading.mistake(reader.node, _needed(metric, *metric.needs_any), at_key=True)


def _check_times(reader: Reader, metric: Metric) -> None:
    node = reader.at("times")
    if node is not None and metric.key != "repeat_share":
        reader.reading.mistake(node, _not_repeated(metric), at_key=True)


def _check_share(reader: Reader, metric: Metric, target: Target | None) -> None:
    node = reader.at("target")
    if node is not None and target is not None and metric.unit == "share" and not 0 <= target.number <= 1:
        reader.reading.mistake(node, _not_a_share(target))


def _survey(reader: Reader) -> Survey:
    kind = reader.choice("kind", allowed(Survey, "kind"), "CSAT")
    low, high = reader.get("scale", Parsed(_scale, ("1..5", "0..10")), (0.0, 10.0) if kind == "NPS" else (1.0, 5.0))
    return Survey(
        id=reader.id,
        label=reader.label("question") or reader.label("label") or titled(reader.id),
        low=low,
        high=high,
        reverse=reader.flag("reverse"),
        n_min=reader.whole("n_min", 1) or 30,
        kind=kind,
        matcher=reader.maybe("match", MATCHER),
        about=reader.refs("about", *MEETING),
        dimension=reader.maybe("dimension", Choice(allowed(Survey, "dimension"))),
    )


def _journey(reader: Reader) -> JourneyRule:
    met: Form[tuple[str, ...]] = Many(Ref(MEETING))
    return JourneyRule(
        start=reader.get("start", met, ()),
        end=reader.get("end", met, ()),
        timeout_seconds=reader.maybe("timeout", Parsed(_silence, ("30 days", NEVER))),
        by=reader.text("by") or None,
        within_seconds=reader.seconds("within"),
        goal=reader.get("goal", met, ()),
    )


def timeout(rule: JourneyRule, type_: JourneyType) -> float | None:
    """Returns the seconds of silence that close a journey: as written, None for `never`, else by type."""
    if rule.timeout_seconds is None:
        return TIMEOUTS[type_]
    return rule.timeout_seconds if math.isfinite(rule.timeout_seconds) else None


def _target(text: str) -> Target:
    found = _TARGET.fullmatch(text.strip())
    if found is None or re.fullmatch(r"[-+]?\d+,\d{3}", found[2]):
        raise Misread(_bad_target(text))
    number = float(found[2].replace(",", "."))
    return Target(found[1], number / 100 if found[3] else number, text.strip())  # type: ignore[arg-type]


def _scale(text: str) -> tuple[float, float]:
    found = _SCALE.fullmatch(text.strip())
    if found is None or float(found[1]) >= float(found[2]):
        raise Misread(_bad_scale(text))
    return float(found[1]), float(found[2])


def _silence(text: str) -> float:
    if text == NEVER:
        return math.inf
    try:
        return span_seconds(text)
    except ValueError as error:
        raise Misread(not_a_span(text)) from error


def _window(text: str) -> str:
    _silence("" if text == NEVER else text)
    return text


def _needed(metric: Metric, *keys: str) -> Words:
    quoted = [f"'{key}'" for key in keys]
    nl, en = either(quoted, "of"), either(quoted, "or")
    return Words(
        Label(f"De maat '{metric.key}' vraagt om {nl}", f"The metric '{metric.key}' needs {en}"),
        advice=Label(f"Voeg '{keys[0]}: …' toe.", f"Add '{keys[0]}: …'."),
    )


def _not_a_share(target: Target) -> Words:
    return Words(
        Label(f"'{target.text}' kan niet als aandeel", f"'{target.text}' cannot be a share"),
        Label("Een aandeel ligt tussen 0 en 1, of tussen 0% en 100%.", "A share lies between 0 and 1, or 0% and 100%."),
        Label(f"Bedoelde je {target.number:g}%?", f"Did you mean {target.number:g}%?"),
    )


def _not_repeated(metric: Metric) -> Words:
    return Words(
        Label(f"'times' hoort niet bij de maat '{metric.key}'", f"'times' does not go with the metric '{metric.key}'"),
        Label(
            "Het zegt bij repeat_share hoe vaak iemand er minstens was, zoals 10 bij een volle stempelkaart.",
            "It tells for repeat_share how often somebody was there at least, such as 10 for a full stamp card.",
        ),
        Label("Haal het weg, of neem 'metric: repeat_share'.", "Take it away, or take 'metric: repeat_share'."),
    )


def _bad_target(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' is geen doel", f"'{short(text)}' is not a target"),
        advice=Label(
            'Schrijf een teken (< <= = >= >) en een getal, zoals ">= 3%" of "<= 2.5"; duizend is 1000.',
            'Write a sign (< <= = >= >) and a number, such as ">= 3%" or "<= 2.5"; a thousand is 1000.',
        ),
    )


def _bad_scale(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' is geen schaal", f"'{short(text)}' is not a scale"),
        advice=Label("Schrijf laagste..hoogste, zoals 1..5 of 0..10.", "Write lowest..highest, such as 1..5 or 0..10."),
    )


KPI = Record("kpi", _kpi)
SURVEY = Record("survey", _survey)
JOURNEY = Record("journey", _journey)
