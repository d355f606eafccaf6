"""What is said of a file that cannot be read as YAML, or that is too large to be a document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantreis.documents.words import Words, short, suggestion
from klantreis.errors import did_you_mean, reason
from klantreis.labels import Label

QUOTES = Label(
    "Zet de hele tekst tussen dubbele aanhalingstekens.",
    "Put the whole text between double quotes.",
)

_KNOWN: tuple[tuple[str, Label, Label], ...] = (
    (
        "'\\t'",
        Label("Er staat een tab aan het begin van de regel", "The line begins with a tab"),
        Label("Spring in met spaties; YAML kent geen tabs.", "Indent with spaces; YAML knows no tabs."),
    ),
    (
        "mapping values are not allowed",
        Label("Hier kan geen ': ' staan", "There can be no ': ' here"),
        Label(
            "Zet een tekst waar ': ' in staat tussen aanhalingstekens, of kijk of de regel goed inspringt.",
            "Put a text that holds ': ' in quotes, or see whether the line is indented well.",
        ),
    ),
    (
        "expected ',' or",
        Label("Een haakje of komma ontbreekt", "A bracket or comma is missing"),
        Label("Sluit elke { met } en elke [ met ], met komma's ertussen.", "Close each { with } and each [ with ]."),
    ),
    (
        "could not find expected ':'",
        Label("Na een sleutel ontbreekt ': '", "A key is not followed by ': '"),
        Label("Schrijf 'sleutel: waarde', met een spatie na de dubbele punt.", "Write 'key: value', with a space."),
    ),
    (
        "unexpected end of stream",
        Label("Een aanhalingsteken wordt niet gesloten", "A quote is never closed"),
        Label("Zet er een tweede aanhalingsteken achter.", "Add the second quote."),
    ),
    (
        "cannot start any token",
        Label("Een tekst kan niet met dit teken beginnen", "A text cannot begin with this sign"),
        QUOTES,
    ),
    (
        "expected a comment or a line break",
        Label("Na '>' of '|' begint een tekst van meer regels", "After '>' or '|' a text of several lines begins"),
        QUOTES,
    ),
    (
        "expected <block end>",
        Label("Deze regel springt niet goed in", "This line is not indented well"),
        Label(
            "Laat regels die bij elkaar horen even ver inspringen.", "Indent lines that belong together by the same."
        ),
    ),
    (
        "expected the node content",
        Label("Hier ontbreekt een waarde", "A value is missing here"),
        QUOTES,
    ),
)


def syntax(problem: str, context: str, line: str) -> Words:
    """Says what is wrong with the YAML itself; `line` is the line as it stands in the file."""
    seen = f" De regel: {short(line)}" if line.strip() else "", f" The line: {short(line)}" if line.strip() else ""
    more = ", ".join(part for part in (context, problem) if part)
    detail = Label(f"De YAML-lezer meldt: {more}.{seen[0]}", f"The YAML reader says: {more}.{seen[1]}")
    for sign, title, advice in _KNOWN:
        if sign in problem:
            return Words(title, detail, advice)
    return Words(Label("Dit is geen geldige YAML", "This is not valid YAML"), detail, QUOTES)


def tag(name: str, source: str) -> Words:
    """Says that a tag (`!name`) is not read; `!= x` without quotes is the usual cause."""
    title = Label(
        f"'{short(name)}' is een YAML-label; die worden niet gelezen", f"YAML tags ('{short(name)}') are not read"
    )
    if name in {"!=", "!"}:
        whole = f'"{name} {source}"'
        return Words(title, advice=Label(f"Zet het tussen aanhalingstekens: {whole}.", f"Put it in quotes: {whole}."))
    return Words(title, advice=Label("Haal het label weg.", "Take the tag away."))


def too_large(size: int) -> Words:
    """Says that a file is larger than a document may be."""
    return Words(
        Label("Dit bestand is te groot voor een document", "This file is too large to be a document"),
        Label(f"De grens is {size:,} tekens.".replace(",", "."), f"The limit is {size:,} characters."),
    )


def too_deep(depth: int) -> Words:
    """Says that brackets or indents are nested too deep."""
    return Words(
        Label(f"Dit is meer dan {depth} lagen diep genest", f"This is nested more than {depth} levels deep"),
    )


def too_many(values: int) -> Words:
    """Says that a document holds too many values, aliases written out."""
    return Words(
        Label("Dit document bevat te veel waarden", "This document holds too many values"),
        Label(
            f"De grens is {values:,}, herhalingen met '*' uitgeschreven.".replace(",", "."),
            f"The limit is {values:,}, with '*' aliases written out.",
        ),
    )


def second_document() -> Words:
    """Says that a file holds more than one document."""
    return Words(
        Label("Na '---' begint een tweede document", "A second document begins after '---'"),
        advice=Label("Zet elk document in een eigen bestand.", "Put each document in a file of its own."),
    )


def unknown_alias(name: str, known: Iterable[str]) -> Words:
    """Says that `*name` points at nothing."""
    return Words(
        Label(f"'*{short(name)}' verwijst nergens naar", f"'*{short(name)}' points at nothing"),
        advice=suggestion(name, known) or QUOTES,
    )


def alias_inside_itself(name: str) -> Words:
    """Says that an alias stands inside the value it repeats."""
    return Words(Label(f"'*{short(name)}' staat in zichzelf", f"'*{short(name)}' stands inside itself"))


def strange_key() -> Words:
    """Says that a list or block cannot be a key."""
    return Words(
        Label("Een sleutel moet een woord zijn", "A key must be a word"),
        advice=Label("Schrijf 'sleutel: waarde'.", "Write 'key: value'."),
    )


def not_utf8(byte: int) -> Words:
    """Says that the file is not in UTF-8."""
    return Words(
        Label(f"Dit bestand is geen UTF-8 (byte 0x{byte:02x})", f"This file is not UTF-8 (byte 0x{byte:02x})"),
        advice=Label(
            "Sla het opnieuw op als UTF-8; waarschijnlijk is het nu Windows-1252.",
            "Save it again as UTF-8; it is probably Windows-1252 now.",
        ),
    )


def control_sign(sign: str) -> Words:
    """Says that the file holds a sign that is never seen."""
    shown = f"U+{ord(sign):04X}" if sign else "?"
    return Words(
        Label(f"Hier staat een onzichtbaar stuurteken ({shown})", f"An unseen control character stands here ({shown})"),
        advice=Label("Haal het weg.", "Take it away."),
    )


def unreadable(error: OSError, file: Path) -> Words:
    """Says that a file cannot be opened, and which one beside it may be meant."""
    title = Label("Dit bestand kan niet gelezen worden", "This file cannot be read")
    folder, near = file.parent, Label()
    if folder.is_dir() and not file.exists():
        near = did_you_mean(file.name, sorted(one.name for one in folder.glob("*.y*ml")))
    return Words(title, reason(error).each(lambda why: f"{why[:1].upper()}{why[1:]}."), near)
