"""Changes: what is tried, and what came of it; `proof:` is the short way to say how a change will be judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from klantreis.documents import Misread, Node, Parsed, Reader, Reading, Record, Words
from klantreis.documents.forms import Defs, Form, Ref, Schema
from klantreis.labels import Label
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.read_people import Rule
from klantreis.map.read_values import DATE
from klantreis.map.work import Arm, Change, Opportunity

_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%|procent|percent)?")


@dataclass(frozen=True, slots=True)
class Group:
    """Who is in an arm: the id of a segment or touchpoint, or a rule such as `test = nieuw`."""

    def read(self, node: Node, reading: Reading) -> Arm | None:
        """Returns the arm; an id is looked up when the document is finished."""
        if node.kind == "text" and not re.fullmatch(r"[\w\-]+", node.source):
            text, sets = Rule().read(node, reading) or ("", ())
            return Arm(text, sets) if text else None
        known = Ref(("segment", "touchpoint")).read(node, reading)
        return None if known is None else Arm(known)

    def schema(self, defs: Defs) -> Schema:
        """A text, with examples."""
        return {"type": "string", "examples": ["bestaand", "test = nieuw"]}


def share(text: str) -> float:
    """Returns a share as written: '10%' and '0.1' are the same. Raises Misread for one not between 0 and 1."""
    found = _SHARE.fullmatch(text.strip())
    number = float(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else 0.0
    if not 0 < number < 1:
        raise Misread(
            Words(
                Label(f"'{text}' is geen aandeel", f"'{text}' is no share"),
                advice=Label("Schrijf bijvoorbeeld 10% of 0.1.", "Write for example 10% or 0.1."),
            )
        )
    return number


SHARE: Form[float] = Parsed(share, ("10%", "0.1"))


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
        **_arms(reader),
    )


def _arms(reader: Reader) -> dict[str, Any]:
    """Returns what a comparison of groups must know beforehand."""
    return {
        "treated": reader.maybe("treated", Group()),
        "control": reader.maybe("control", Group()),
        "split": reader.maybe("split", SHARE),
        "min_lift": reader.maybe("min_lift", SHARE),
    }


def _proof(reader: Reader) -> Change:
    return Change(
        id=reader.id,
        label=reader.label("label"),
        design=reader.choice("design", allowed(Change, "design"), "none"),
        metric=reader.ref("primary", "kpi"),
        window_seconds=reader.seconds("decide_after"),
        guardrail=reader.text("guardrail") or None,
        **_arms(reader),
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
