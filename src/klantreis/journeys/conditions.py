"""Conditions of a map as SQL on one event's row; every value is bound, a property that is not there is nothing.

A missing property fails every test but `!=`. A number compares as a number, whatever the text looks like ('7' is
'7.0'); other values compare as text, and with `<` and its like as moments first, when both sides are moments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from klantreis.engines.base import quoted
from klantreis.map.model import Condition

ROLES = ("event", "channel", "session", "value", "score", "detail")
"""Columns every row has, which conditions may name beside the log's own properties."""

DAY_FIRST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"


@dataclass(frozen=True, slots=True)
class Binder:
    """Collects the values of one query under names such as `m0`, `m1`; what it collects is for that query only."""

    mark: str = "m"
    values: dict[str, object] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        """Returns the SQL that stands for this value."""
        name = f"{self.mark}{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def all_hold(conditions: Iterable[Condition], properties: Collection[str], binder: Binder) -> str:
    """Returns SQL that is true when every condition holds, never NULL; no conditions: true."""
    return " AND ".join(f"({holds(condition, properties, binder)})" for condition in conditions) or "true"


def holds(condition: Condition, properties: Collection[str], binder: Binder) -> str:
    """Returns SQL that is true when the condition holds and false when not, never NULL."""
    missing = "true" if condition.comparison == "!=" else "false"
    left = column(condition.property, properties)
    if left is None:
        return missing
    if condition.other is not None:
        right = column(condition.other, properties)
        return missing if right is None else _compared(left, right, condition.comparison, missing)
    if condition.comparison == "~":
        patterns = (f"regexp_matches({left}, {binder.bind(str(v))}, 'i')" for v in condition.values)
        return f"coalesce({' OR '.join(patterns) or 'false'}, false)"
    if condition.comparison == "in":
        return " OR ".join(_tested(left, "=", value, binder) for value in condition.values) or "false"
    if condition.comparison == "!=":
        return f"NOT ({' OR '.join(_tested(left, '=', value, binder) for value in condition.values) or 'false'})"
    return " AND ".join(_tested(left, condition.comparison, value, binder) for value in condition.values) or "false"


def column(property_: str, properties: Collection[str]) -> str | None:
    """Returns the text of a property, else of the role with that name; None when the log has neither."""
    if property_ in properties:
        return quoted(f"p.{property_}")
    if property_ in {"value", "score"}:
        return f"CAST({quoted(property_)} AS VARCHAR)"
    return quoted(property_) if property_ in ROLES else None


def _tested(left: str, comparison: str, value: str | float | bool, binder: Binder) -> str:
    bound = binder.bind(value)
    if isinstance(value, bool):
        test = f"TRY_CAST({left} AS BOOLEAN) {comparison} {bound}"
    elif isinstance(value, int | float):
        test = f"TRY_CAST({left} AS DOUBLE) {comparison} {bound}"
    elif comparison == "=":
        test = f"{left} = {bound}"
    else:
        test = f"coalesce({_moment(left)} {comparison} {_moment(bound)}, {left} {comparison} {bound})"
    return f"coalesce({test}, false)"


def _compared(left: str, right: str, comparison: str, missing: str) -> str:
    sign = "<>" if comparison == "!=" else comparison
    if sign not in {"=", "<>", "<", "<=", ">", ">="}:
        return missing
    moments = f"{_moment(left)} {sign} {_moment(right)}"
    numbers = f"TRY_CAST({left} AS DOUBLE) {sign} TRY_CAST({right} AS DOUBLE)"
    return f"coalesce({moments}, {numbers}, {left} {sign} {right}, {missing})"


def _moment(text: str) -> str:
    tidy = f"regexp_replace({text}, '{DAY_FIRST}', '\\3-\\2-\\1')"
    return f"TRY_CAST({tidy} AS TIMESTAMPTZ)"
