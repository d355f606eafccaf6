"""What stands in a phase where a step should, and is none: a mistyped key, a key of a step, a section of the map."""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

from klantreis.documents import Node, Words
from klantreis.documents.words import meant, short, suggestion
from klantreis.labels import Label

PHASE_KEYS = (
    "label", "class", "goal", "strategy", "expected", "steps", "problem", "actions", "means", "levers", "provenance",
    "evidence",
)  # fmt: skip
SECTIONS: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("alternatives", "criteria", "touchpoints"), "phase"),
    **dict.fromkeys(("barriers", "changes", "claims", "comments", "kpis", "needs", "offers"), "at"),
    **dict.fromkeys(("evidence", "lanes", "opportunities", "personas", "scenarios", "segments", "surveys"), ""),
})  # fmt: skip
"""Sections of the map that may be sought in a phase, with the key by which what is in them names a phase."""
_BLOCK = Label("Een stap is een blok: '{name}: {{do: …}}'.", "A step is a block: '{name}: {{do: …}}'.")


def misplaced(node: Node, keys: Container[str]) -> Words | None:
    """Returns what is wrong with what stands in a phase, None when it is a step; `keys`: those of a step."""
    if _is_section(node, keys):
        return _section(node.name)
    if node.kind not in {"mapping", "nothing"} or _is_text(node):
        return _no_step(node, keys)
    return None


def mistyped(node: Node, keys: Container[str]) -> bool:
    """Says whether what is no step was meant as a key or a section, not as a step of that name."""
    return node.name in keys or node.name in SECTIONS or meant(node.name, PHASE_KEYS) is not None


def _is_section(node: Node, keys: Container[str]) -> bool:
    """Says whether a section of the map stands where a step should: by its name, and without any key of a step."""
    own = [key.source for key, _ in node.entries]
    return node.name in SECTIONS and (node.kind == "list" or (bool(own) and not any(key in keys for key in own)))


def _section(name: str) -> Words:
    key = SECTIONS[name]
    nl, en = (f", elk met '{key}: <fase>'", f", each with '{key}: <phase>'") if key else ("", "")
    return Words(
        Label(f"'{name}' hoort niet in een fase", f"'{name}' does not belong in a phase"),
        advice=Label(f"Zet '{name}:' naast 'phases:'{nl}.", f"Put '{name}:' beside 'phases:'{en}."),
    )


def _is_text(node: Node) -> bool:
    """Says whether a text in two languages stands where a step should."""
    return bool(node.entries) and {key.source for key, _ in node.entries} <= {"nl", "en"}


def _no_step(node: Node, keys: Container[str]) -> Words:
    name = short(node.name)
    if node.name in keys:
        return Words(
            Label(f"'{name}' hoort bij een stap, niet bij een fase", f"'{name}' is of a step, not of a phase"),
            advice=Label(
                f"Zet het in een stap van deze fase: 'naam: {{do: …, {name}: …}}'.",
                f"Put it in a step of this phase: 'name: {{do: …, {name}: …}}'.",
            ),
        )
    return Words(
        Label(f"Onbekende sleutel '{name}' in een fase", f"Unknown key '{name}' in a phase"),
        Label() if mistyped(node, keys) else _BLOCK.each(lambda text: text.format(name=name)),
        suggestion(node.name, PHASE_KEYS),
    )
