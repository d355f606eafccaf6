"""What is said of a mistake in a document: whole sentences in Dutch and English, one function a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from klantreis.documents.nodes import Kind, Node
from klantreis.errors import nearest
from klantreis.labels import Label, plain

KINDS: dict[Kind, Label] = {
    "text": Label("een tekst", "a text"),
    "number": Label("een getal", "a number"),
    "flag": Label("true of false", "true or false"),
    "nothing": Label("niets", "nothing"),
    "list": Label("een lijst", "a list"),
    "mapping": Label("een blok met sleutels", "a block of keys"),
}
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong (`title`), more about it (`detail`), and how to mend it (`advice`)."""

    title: Label
    detail: Label = field(default_factory=Label)
    advice: Label = field(default_factory=Label)


def unknown_key(key: str, known: Iterable[str], *, loose: bool = False) -> Words:
    """Says that a key means nothing here, and which key comes nearest; `loose`: it has no ': ' behind it."""
    known = tuple(known)
    if loose and meant(key, known) is None:
        return loose_words(key)
    return Words(
        Label(f"Onbekende sleutel '{short(key)}'", f"Unknown key '{short(key)}'"), advice=suggestion(key, known)
    )


def loose_words(text: str) -> Words:
    """Says that words between brackets stand loose, most likely behind a comma in a text without quotes."""
    return Words(
        Label(f"'{short(text)}' staat los achter een komma", f"'{short(text)}' stands loose behind a comma"),
        advice=Label(
            "Zet een tekst met een komma tussen aanhalingstekens, of schrijf 'sleutel: waarde'.",
            "Put a text with a comma in quotes, or write 'key: value'.",
        ),
    )


def missing_key(key: str) -> Words:
    """Says that a key that is always needed is not there."""
    return Words(
        Label(f"De sleutel '{key}' ontbreekt", f"The key '{key}' is missing"),
        advice=Label(f"Voeg '{key}: …' toe.", f"Add '{key}: …'."),
    )


def wrong_kind(node: Node, wanted: Iterable[Kind]) -> Words:
    """Says that a text was met where, say, a list was needed."""
    kinds = tuple(wanted)
    nl = either([KINDS[kind].text("nl") for kind in kinds], "of")
    en = either([KINDS[kind].text("en") for kind in kinds], "or")
    seen = f" ({short(node.source)})" if node.scalar else ""
    advice = Label("Schrijf true of false.", "Write true or false.") if kinds == ("flag",) else Label()
    name = Label(f"'{node.called}'", f"'{node.called}'") if node.path else Label("Het document", "The document")
    return Words(
        Label(f"{name.nl} hoort {nl} te zijn", f"{name.en} should be {en}"),
        Label(f"Er staat {KINDS[node.kind].nl}{seen}.", f"It holds {KINDS[node.kind].en}{seen}."),
        advice,
    )


def not_allowed(name: str, word: str, allowed: Iterable[str]) -> Words:
    """Says that a word is not one of those allowed, and which one comes nearest."""
    return Words(
        Label(f"'{short(word)}' kan niet bij '{name}'", f"'{short(word)}' is not a value of '{name}'"),
        advice=suggestion(word, allowed),
    )


def not_a_number(name: str, low: float | None, high: float | None) -> Words:
    """Says that a number is needed, and between which bounds."""
    bounds = (
        Label(f"Schrijf {low:g}.", f"Write {low:g}.")
        if low is not None and low == high
        else Label(f"Schrijf een getal van {low:g} tot en met {high:g}.", f"Write a number from {low:g} to {high:g}.")
        if low is not None and high is not None
        else Label(f"Schrijf een getal van {low:g} of meer.", f"Write a number of {low:g} or more.")
        if low is not None
        else Label("Schrijf een getal.", "Write a number.")
    )
    return Words(Label(f"'{name}' is geen bruikbaar getal", f"'{name}' is not a usable number"), advice=bounds)


def not_a_span(text: str) -> Words:
    """Says that a span of time was not understood."""
    return Words(
        Label(f"'{short(text)}' is geen tijdsduur", f"'{short(text)}' is not a span of time"),
        advice=Label(
            "Schrijf een getal met een eenheid, zoals '30 min', '14 dagen' of '2 weken'.",
            "Write a number with a unit, such as '30 min', '14 days' or '2 weeks'.",
        ),
    )


def bad_id(word: str) -> Words:
    """Says that a word cannot be an id."""
    return Words(
        Label(f"'{short(word)}' kan geen id zijn", f"'{short(word)}' cannot be an id"),
        Label("Een id is het woord dat overal terugkomt.", "An id is the word that comes back everywhere."),
        Label(
            "Gebruik letters, cijfers, '_', '-' en '.', zonder spaties, hooguit 80 tekens.",
            "Use letters, digits, '_', '-' and '.', without spaces, at most 80 signs.",
        ),
    )


def bad_reference(word: str, kinds: Iterable[str], known: Iterable[str]) -> Words:
    """Says that an id that is referred to is nowhere defined, and which one comes nearest."""
    names = [NAMES.get(kind, plain(kind)) for kind in kinds]
    nl, en = either([name.text("nl") for name in names], "of"), either([name.text("en") for name in names], "or")
    return Words(
        Label(f"Er is geen {nl} '{short(word)}'", f"There is no {en} '{short(word)}'"),
        advice=suggestion(word, known),
    )


def duplicate_key(key: str, line: int) -> Words:
    """Says that a key (and so perhaps an id) stands twice in one block."""
    return Words(
        Label(f"'{short(key)}' staat hier twee keer", f"'{short(key)}' stands here twice"),
        Label(f"De eerste staat op regel {line}.", f"The first is on line {line}."),
        Label("Geef een van beide een andere naam, of haal hem weg.", "Rename one of the two, or take it away."),
    )


def duplicate_id(word: str, kind: str, line: int) -> Words:
    """Says that one id is given to two things of one kind."""
    name = NAMES.get(kind, plain(kind))
    return Words(
        Label(f"Twee keer {name.text('nl')} '{short(word)}'", f"The {name.text('en')} '{short(word)}' exists twice"),
        Label(f"De eerste staat op regel {line}.", f"The first is on line {line}."),
        Label("Elk id hoort bij één ding: kies een ander woord.", "An id belongs to one thing: choose another word."),
    )


def suggestion(word: str, known: Iterable[str]) -> Label:
    """Returns "Did you mean ...?", or the words that are known, or an empty label."""
    words = [str(name) for name in known]
    close = meant(word, words)
    if close is not None:
        return Label(f"Bedoelde je '{close}'?", f"Did you mean '{close}'?")
    if not words:
        return Label()
    listed = ", ".join(words[:20]) + (" …" if len(words) > 20 else "")
    return Label(f"Wel bekend: {listed}.", f"Known: {listed}.")


def meant(word: str, known: Sequence[str]) -> str | None:
    """Returns the known word that people mean by another one, or else the nearest; None when neither is there."""
    return next((one for one in MEANT.get(word.casefold(), ()) if one in known), None) or nearest(word, known)


def either(names: Sequence[str], word: str) -> str:
    """Returns names as a choice: 'a', 'a or b', 'a, b or c'."""
    return f" {word} ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), *names[-1:]])


def short(text: str) -> str:
    """Returns a text on one line and short enough to put in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


MEANT: Mapping[str, tuple[str, ...]] = MappingProxyType({
    **dict.fromkeys(("title", "titel", "name", "naam", "text", "tekst"), ("label", "do")),
    **dict.fromkeys(("emotie", "emotion", "gevoel", "feeling", "score", "mood"), ("feel",)),
    **dict.fromkeys(("doet", "does", "actie"), ("do",)),
    **dict.fromkeys(("denkt", "denken", "thought"), ("think",)),
    **dict.fromkeys(("verwacht", "verwachting", "expectation"), ("expect",)),
    **dict.fromkeys(("woord",), ("word",)),
    **dict.fromkeys(("beeld", "foto", "photo", "picture", "afbeelding"), ("image", "picture")),
    **dict.fromkeys(("contact", "contactmoment", "touchpoint", "channel", "kanaal"), ("touch", "channel")),
    **dict.fromkeys(("eigenaar", "team"), ("owner",)),
    **dict.fromkeys(("doel",), ("goal", "target")),
    **dict.fromkeys(("probleem", "pijnpunt", "pain"), ("problem", "barrier")),
    **dict.fromkeys(("behoefte", "vraag", "question"), ("need", "question")),
    **dict.fromkeys(("klasse",), ("class",)),
    **dict.fromkeys(("stappen",), ("steps",)),
    **dict.fromkeys(("herkenner", "event", "gebeurtenis"), ("match", "event")),
})  # fmt: skip
"""The key that people mean by another word for it: the first of these that is known there."""

NAMES: dict[str, Label] = {
    "phase": Label("fase", "phase"),
    "step": Label("stap", "step"),
    "touchpoint": Label("contactmoment", "touchpoint"),
    "persona": Label("persona", "persona"),
    "segment": Label("segment", "segment"),
    "channel": Label("kanaal", "channel"),
    "scenario": Label("scenario", "scenario"),
    "barrier": Label("barrière", "barrier"),
    "opportunity": Label("kans", "opportunity"),
    "kpi": Label("KPI", "KPI"),
    "survey": Label("meetvraag", "survey"),
    "evidence": Label("bewijs", "evidence"),
    "template": Label("sjabloon", "template"),
    "map": Label("kaart", "map"),
    "need": Label("behoefte", "need"),
    "offer": Label("aanbod", "offer"),
    "change": Label("verandering", "change"),
    "claim": Label("bewering", "claim"),
    "criterion": Label("beslisfactor", "criterion"),
    "action": Label("actie", "action"),
    "alternative": Label("alternatief", "alternative"),
    "asset": Label("middel", "asset"),
    "lane": Label("rij", "lane"),
    "actor": Label("actor", "actor"),
    "price_band": Label("prijsklasse", "price band"),
    "comment": Label("opmerking", "comment"),
}
