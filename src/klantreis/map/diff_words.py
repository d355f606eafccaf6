"""The sentences of a difference in Dutch and English, and values as a person reads them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from klantreis.documents.words import NAMES, short
from klantreis.labels import LANGUAGES, Label, plain
from klantreis.map.measures import Target
from klantreis.map.path import Path
from klantreis.map.path_text import text as path_text

FIELDS: dict[str, Label] = {
    "label": Label("de naam", "the name"),
    "title": Label("de titel", "the title"),
    "think": Label("wat de klant denkt", "what the customer thinks"),
    "expect": Label("wat de klant verwacht", "what the customer expects"),
    "feel": Label("het gevoel", "the feeling"),
    "feels": Label("het gevoel per persona of scenario", "the feeling by persona or scenario"),
    "word": Label("het woord bij het gevoel", "the word of the feeling"),
    "goal": Label("het doel", "the goal"),
    "quote": Label("het citaat", "the quote"),
    "need": Label("de behoefte", "the need"),
    "phase": Label("de fase", "the phase"),
    "at": Label("de plaats", "the place"),
    "path": Label("het pad", "the path"),
    "matcher": Label("de herkenner", "the matcher"),
    "target": Label("de doelwaarde", "the target"),
    "metric": Label("de maat", "the metric"),
    "impact": Label("de impact", "the impact"),
    "effort": Label("de moeite", "the effort"),
    "confidence": Label("de zekerheid", "the confidence"),
    "severity": Label("de ernst", "the severity"),
    "status": Label("de status", "the status"),
    "owner": Label("de eigenaar", "the owner"),
    "provenance": Label("de zekerheid", "how sure it is"),
    "evidence": Label("het bewijs", "the evidence"),
    "touchpoints": Label("de contactmomenten", "the touchpoints"),
    "verdict": Label("het oordeel", "the verdict"),
}
"""What a field is called in a sentence; any other is called by its own name."""

_SENTENCES: dict[str, Label] = {
    "added": Label("Nieuw: {what} '{id}' ({said})", "New: {what} '{id}' ({said})"),
    "removed": Label("Weg: {what} '{id}' ({said})", "Gone: {what} '{id}' ({said})"),
    "moved": Label(
        "Verplaatst: {what} '{id}', {field} van {before} naar {after}",
        "Moved: {what} '{id}', {field} from {before} to {after}",
    ),
    "reordered": Label("Verplaatst: {what} '{id}' staat nu achter {said}", "Moved: {what} '{id}' now follows {said}"),
    "rescored": Label(
        "Anders gewogen: {what} '{id}', {field} van {before} naar {after}",
        "Rescored: {what} '{id}', {field} from {before} to {after}",
    ),
    "retargeted": Label(
        "Anders gemeten: {what} '{id}', {field} van {before} naar {after}",
        "Retargeted: {what} '{id}', {field} from {before} to {after}",
    ),
    "reworded": Label(
        "Anders gezegd: {what} '{id}', {field} van {before} naar {after}",
        "Reworded: {what} '{id}', {field} from {before} to {after}",
    ),
    "changed": Label(
        "Veranderd: {what} '{id}', {field} van {before} naar {after}",
        "Changed: {what} '{id}', {field} from {before} to {after}",
    ),
}
_NOTHING = Label("niets", "nothing")


def named(field: str) -> Label:
    """Returns what a field is called in a sentence."""
    return FIELDS.get(field, plain(field.replace("_", " ")))


def sentence(
    kind: str,
    what: str,
    id_: str,
    *,
    field: Label = _NOTHING,
    texts: tuple[Label, Label] = (_NOTHING, _NOTHING),
    said: Label = _NOTHING,
) -> Label:
    """Returns the whole sentence of a difference; values are cut short."""
    told = {}
    for language in LANGUAGES:
        parts = {
            "what": NAMES.get(what, plain(what)).text(language),
            "id": id_,
            "field": field.text(language),
            "before": short(texts[0].text(language)),
            "after": short(texts[1].text(language)),
            "said": short(said.text(language)),
        }
        told[language] = _SENTENCES[kind].text(language).format(**parts)
    return Label(told["nl"], told["en"])


def shown(value: object) -> Label:
    """Returns a value of the map as a person reads it; nothing is called nothing."""
    if isinstance(value, Label):
        return value or _NOTHING
    if value is None or value in ((), ""):
        return _NOTHING
    if isinstance(value, bool):
        return Label("ja", "yes") if value else Label("nee", "no")
    if isinstance(value, Target | float | Path):
        return plain(_written(value))
    if isinstance(value, tuple):
        parts = [shown(one) for one in value]
        return Label(*(", ".join(part.text(language) for part in parts) for language in LANGUAGES))
    if is_dataclass(value) and not isinstance(value, type):
        filled = [shown(getattr(value, one.name)) for one in fields(value) if getattr(value, one.name) not in _EMPTY]
        return Label(*(" ".join(part.text(language) for part in filled) for language in LANGUAGES))
    return plain(str(value))


def _written(value: Target | float | Path) -> str:
    if isinstance(value, Target):
        return value.text
    return f"{value:g}" if isinstance(value, float) else path_text(value)


_EMPTY = (None, (), "", False, Label())
