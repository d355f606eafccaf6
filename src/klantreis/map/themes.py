"""Themes: the word list by which comments of customers are counted. It is yours: `themes.yaml` in the workspace.

    bezorging:
      label: {nl: Bezorging, en: Delivery}
      words: [bezorg*, geleverd, te laat, deliver*]

A word counts when it stands in a comment as a whole word; `bezorg*` also counts every word that begins so; words with a
space count when they stand so next to one another. Capitals, accents and apostrophes make no difference, and a hyphen
parts words. That is all there is to it. Without a file of your own a starter list in Dutch and English is used.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from klantreis.documents import Many, Misread, Node, Parsed, Reader, Reading, Record, Words, read_document
from klantreis.documents.forms import Defs, Schema, fits
from klantreis.documents.words import short
from klantreis.labels import Label
from klantreis.map.naming import titled

FILE = "themes.yaml"
STARTER = Path(__file__).with_name(FILE)
APART = re.compile(r"[^\W_]+\*?")
JOINS = str.maketrans("", "", "'’`´")


@dataclass(frozen=True, slots=True)
class Theme:
    """What comments may be about: its id, what it is called, and the words that tell it, as they were written."""

    id: str
    label: Label
    words: tuple[str, ...]


def folded(text: str) -> str:
    """Returns text in which capitals, accents and apostrophes make no difference any more."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(JOINS)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def parts_of(entry: str) -> tuple[str, ...]:
    """Returns the words of an entry of the list, folded; one that ends in `*` stands for every word that begins so."""
    return tuple(APART.findall(folded(entry)))


def read_themes(file: Path) -> tuple[Theme, ...]:
    """Returns the themes of a word list, in its order. Raises DocumentError with every mistake in it."""
    return read_document(file, THEMES)


def themes_near(file: str | Path | None) -> tuple[Theme, ...]:
    """Returns the word list of the workspace that a map's file lies in, or the starter list when it has none."""
    if file is not None:
        folder = Path(file).resolve().parent
        for near in (folder, folder.parent):
            if (near / FILE).is_file():
                return read_themes(near / FILE)
    return _starter()


@functools.cache
def _starter() -> tuple[Theme, ...]:
    return read_themes(STARTER)


def themes_text(themes: Iterable[Theme]) -> str:
    """Returns a word list as `themes.yaml` has it, to change by hand."""
    lines = ["# Themes: the words by which comments are counted. Change them as you like: bezorg* is every word that"]
    lines += ["# begins so; words with a space stand next to one another; capitals and accents make no difference."]
    for theme in themes:
        nl, en = (_quoted(theme.label.text(language)) for language in ("nl", "en"))
        words = ", ".join(_quoted(word) for word in theme.words)
        lines += ["", f"{theme.id}:", f"  label: {{nl: {nl}, en: {en}}}", f"  words: [{words}]"]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _word(text: str) -> str:
    bare = folded(text).strip()
    if not parts_of(text) or re.search(r"\*(?!$|\s|-)", bare) or re.search(r"(^|[\s-])\*", bare):
        raise Misread(
            Words(
                Label(f"'{short(text)}' is geen woord om te zoeken", f"'{short(text)}' is no word to look for"),
                advice=Label(
                    "Schrijf een woord, een begin met een sterretje (bezorg*), of woorden na elkaar (te laat).",
                    "Write a word, a beginning with a star (deliver*), or words in a row (too late).",
                ),
            )
        )
    return text.strip()


WORDS = Many(Parsed(_word, ("bezorg*", "te laat")))


def _theme(reader: Reader) -> Theme:
    return Theme(reader.id, reader.label("label", titled(reader.id)), reader.get("words", WORDS, (), required=True))


@dataclass(frozen=True, slots=True)
class _Theme:
    """A theme: a block with label and words, or only its words."""

    def read(self, node: Node, reading: Reading) -> Theme | None:
        if node.kind in {"mapping", "nothing"}:
            return RECORD.read(node, reading)
        if not fits(node, reading, "list", "text", "number"):
            return None
        return Theme(node.name, titled(node.name), WORDS.read(node, reading) or ())

    def schema(self, defs: Defs) -> Schema:
        return {"anyOf": [RECORD.schema(defs), WORDS.schema(defs)]}


RECORD = Record("theme", _theme)
THEMES: Record[tuple[Theme, ...]] = Record("themes", lambda reader: reader.rest(_Theme(), "theme"))
