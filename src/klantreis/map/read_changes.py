"""Changes: what is tried, and what came of it; `proof:` is the short way to say how a change will be judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from klantreis.documents import Reader, Record
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.read_values import DATE
from klantreis.map.work import Change, Opportunity


def _change(reader: Reader) -> Change:
    return Change(
        id=reader.id,
        label=reader.label("label"),
        tests=reader.ref("tests", "opportunity"),
        kind=reader.choice("kind", allowed(Change, "kind"), None),
        at=reader.ref("at", "step", "touchpoint", "phase"),
        design=reader.choice("design", allowed(Change, "design"), "none"),
        starts=reader.maybe("starts_at", DATE),
        metric=reader.ref("metric", "kpi"),
        window_seconds=reader.seconds("window"),
        guardrail=reader.text("guardrail") or None,
        verdict=reader.choice("verdict", allowed(Change, "verdict"), None),
        note=reader.label("note"),
    )


def _proof(reader: Reader) -> Change:
    return Change(
        id=reader.id,
        label=reader.label("label"),
        design=reader.choice("design", allowed(Change, "design"), "none"),
        metric=reader.ref("primary", "kpi"),
        window_seconds=reader.seconds("decide_after"),
        guardrail=reader.text("guardrail") or None,
    )


def tied(changes: Iterable[Change], opportunities: Sequence[Opportunity]) -> tuple[Change, ...]:
    """Returns the changes, each with the opportunity it tests: as written, else the one of the same id.

    A change without words or kind of its own has those of its opportunity.
    """
    known = {one.id: one for one in opportunities}
    return tuple(_tied(change, known.get(change.tests or change.id)) for change in changes)


def _tied(change: Change, idea: Opportunity | None) -> Change:
    if idea is None:
        return replace(change, label=change.label or titled(change.id))
    return replace(change, tests=idea.id, label=change.label or idea.label, kind=change.kind or idea.kind)


CHANGE = Record("change", _change)
PROOF = Record("proof", _proof)
