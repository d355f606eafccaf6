"""The sentences of a difference in Dutch and English, and values as a person reads them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from klantreis.documents.words import NAMES, short
from klantreis.labels import LANGUAGES, Label, plain
from klantreis.map.matching import Condition, Matcher
from klantreis.map.measures import Target
from klantreis.map.path import Path
from klantreis.map.path_text import text as path_text

_SENTENCES: dict[str, Label] = {
    "added": Label("Nieuw: {what} '{id}' ({said})", "New: {what} '{id}' ({said})"),
    "removed": Label("Weg: {what} '{id}' ({said})", "Gone: {what} '{id}' ({said})"),
    "moved": Label(
        "Verplaatst: {what} '{id}', {field} van {before} naar {after}",
        "Moved: {what} '{id}', {field} from {before} to {after}",
    ),
    "reordered": Label("Verplaatst: {what} '{id}' staat nu achter {said}", "Moved: {what} '{id}' now follows {said}"),
    "first": Label("Verplaatst: {what} '{id}' staat nu vooraan", "Moved: {what} '{id}' now stands first"),
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
    if isinstance(value, Matcher):
        return _matched(value)
    if isinstance(value, tuple):
        parts = [shown(one) for one in value]
        return Label(*(", ".join(part.text(language) for part in parts) for language in LANGUAGES))
    if is_dataclass(value) and not isinstance(value, type):
        filled = [shown(getattr(value, one.name)) for one in fields(value) if getattr(value, one.name) not in _EMPTY]
        return Label(*(" ".join(part.text(language) for part in filled) for language in LANGUAGES))
    return plain(str(value))


def _matched(value: Matcher) -> Label:
    """A matcher as a map says it: the event, what must hold, and which of them counts when not all do."""
    tests = "".join(f", {one.property} {one.comparison} {_tested(one)}" for one in value.where)
    since = f" · since {value.since}" if value.since else ""
    return plain(f"{value.event}{tests}" + (f" · {value.take}" if value.take != "any" else "") + since)


def _tested(one: Condition) -> str:
    if one.other is not None:
        return f"${one.other}"
    return ", ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in one.values)


def _written(value: Target | float | Path) -> str:
    if isinstance(value, Target):
        return value.text
    return f"{value:g}" if isinstance(value, float) else path_text(value)


_EMPTY = (None, (), "", False, Label())
