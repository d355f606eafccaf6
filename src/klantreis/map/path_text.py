"""Paths as one line of text, for the command line: `"social|search, filter?, (view, cart)+, pay"`.

    a, b          a, then b                     a+            a, one or more times
    a|b           a or b                        a+[b]         a, and b before each further time
    a&b           a and b, in any order         !doubt        the customer leaves here, for this reason
    a?            a, or not                     (a, b)        taken together

`?` and `+` bind strongest, then `&`, then `|`, then the comma. A name may hold spaces, dots, dashes and colons; a name
with one of the signs `, | & ? + ( ) [ ] "` or a leading `!` stands between double quotes, a quote in it twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit

_SIGNS = ",|&?+()[]"
_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"]|"")*")|(?P<sign>[,|&?+()\[\]!])|(?P<name>[^,|&?+()\[\]"!][^,|&?+()\[\]"]*))'
)
_PLAIN = re.compile(r'[^\s,|&?+()\[\]"!]([^,|&?+()\[\]"\n]*[^\s,|&?+()\[\]"])?')
_EMPTY = Sequence(())


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str) -> Path:
    """Returns the path that a line of text draws.

    An empty text is the empty path, `Sequence(())`; one name is a `Visit`. Parentheses are kept as written:
    `(a, b), c` is a sequence whose first part is a sequence.

    Raises:
        OptionError: the text cannot be read; names the column (from 1), what is wrong and how to mend it.
    """
    if not text.strip():
        return _EMPTY
    reader = _Reader(text, _tokens(text))
    path = reader.sequence()
    if reader.token.kind != "end":
        raise reader.wrong(
            Label(
                f"Dit pad is niet te lezen: {reader.token.text!r} sluit niets.",
                f"This path cannot be read: {reader.token.text!r} closes nothing.",
            ),
            Label("Haal het weg, of open het eerder in het pad.", "Remove it, or open it earlier in the path."),
        )
    return path


def text(path: Path) -> str:
    """Returns a path as text; `parse` reads the same path back, but for groups of one, which are that one."""
    match path:
        case Maybe(part):
            return f"{_tight(part)}?"
        case Repeat(part, redo):
            return f"{_tight(part)}+" + ("" if redo is None else f"[{text(redo)}]")
        case Visit(name):
            return _name(name)
        case Exit(reason=reason):
            return "!" + (_name(reason) if reason else "")
    return _group(path)


def _group(path: Sequence | Choice | AnyOrder) -> str:
    parts = path.options if isinstance(path, Choice) else path.parts
    if len(parts) < 2:
        return text(parts[0]) if parts else "()"
    if isinstance(path, Sequence):
        return ", ".join(_within(part, Sequence) for part in parts)
    if isinstance(path, Choice):
        return "|".join(_within(part, Sequence, Choice) for part in parts)
    return "&".join(_within(part, Sequence, Choice, AnyOrder) for part in parts)


def _within(path: Path, *loose: type) -> str:
    shown = text(path)
    return f"({shown})" if isinstance(_bare(path), loose) and shown != "()" else shown


def _tight(path: Path) -> str:
    # An exit ends in free text, so a sign after it needs the parentheses too.
    return _within(path, Sequence, Choice, AnyOrder, Exit)


def _bare(path: Path) -> Path:
    match path:
        case Sequence((only,)) | Choice((only,)) | AnyOrder((only,)):
            return _bare(only)
    return path


def _name(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def _tokens(text: str) -> list[_Token]:
    tokens, spot = [], 0
    end = len(text.rstrip())
    while spot < end:
        found = _TOKEN.match(text, spot)
        if found is None:
            column = spot + len(text[spot:]) - len(text[spot:].lstrip()) + 1
            raise _wrong(
                text,
                column,
                Label(
                    'Dit pad is niet te lezen: hier begint een aanhalingsteken " dat nergens sluit.',
                    'This path cannot be read: a quote " is opened here and never closed.',
                ),
                Label('Sluit het met nog een ".', 'Close it with another ".'),
            )
        kind = str(found.lastgroup)
        tokens.append(_Token(kind, found[kind].strip() if kind == "name" else found[kind], found.start(kind) + 1))
        spot = found.end()
    return [*tokens, _Token("end", "", end + 1)]


def _wrong(text: str, column: int, what: Label, mend: Label) -> OptionError:
    spot = Label(f"teken {column} van {text!r}", f"column {column} of {text!r}")
    return OptionError(what, where=spot, mend=mend)


@dataclass(slots=True)
class _Reader:
    """Reads tokens from left to right, one function for each strength of binding."""

    line: str
    tokens: list[_Token]
    at: int = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def wrong(self, what: Label, mend: Label) -> OptionError:
        return _wrong(self.line, self.token.column, what, mend)

    def sequence(self) -> Path:
        return self._joined(",", self._choice, Sequence)

    def _choice(self) -> Path:
        return self._joined("|", self._any_order, Choice)

    def _any_order(self) -> Path:
        return self._joined("&", self._counted, AnyOrder)

    def _joined(self, sign: str, part: Callable[[], Path], join: Callable[[tuple[Path, ...]], Path]) -> Path:
        parts = [part()]
        while self._took(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _counted(self) -> Path:
        path = self._single()
        while self.token.kind == "sign" and self.token.text in "?+":
            path = Maybe(path) if self._took("?") else self._repeated(path)
        if self.token.kind in {"name", "quoted"} or self.token.text in {"(", "[", "!"}:
            raise self.wrong(
                Label(
                    f"Dit pad is niet te lezen: {self.token.text!r} volgt zonder teken ervoor.",
                    f"This path cannot be read: {self.token.text!r} follows without a sign before it.",
                ),
                Label("Zet een komma, | of & tussen de twee.", "Put a comma, | or & between the two."),
            )
        return path

    def _repeated(self, path: Path) -> Path:
        self._took("+")
        return Repeat(path, self._closed("]") if self._took("[") else None)

    def _single(self) -> Path:
        if self._took("("):
            return _EMPTY if self._took(")") else self._closed(")")
        if self._took("!"):
            return Exit(self._word() if self.token.kind in {"name", "quoted"} else "")
        if self.token.kind in {"name", "quoted"}:
            return Visit(self._word())
        what = Label(
            f"Dit pad is niet te lezen: hier hoort een contactmoment, maar er staat {self.token.text!r}.",
            f"This path cannot be read: a touchpoint is expected but there is {self.token.text!r}.",
        )
        if self.token.kind == "end":
            what = Label(
                "Dit pad is niet te lezen: hier hoort een contactmoment, maar het pad eindigt.",
                "This path cannot be read: a touchpoint is expected but the path ends.",
            )
        raise self.wrong(
            what,
            Label(
                "Schrijf hier een contactmoment, of haal het teken ervoor weg; een naam met tekens staat tussen "
                'aanhalingstekens: "waarom?".',
                'Write a touchpoint here, or remove the sign before it; a name with signs stands in quotes: "why?".',
            ),
        )

    def _word(self) -> str:
        token = self.token
        name = token.text[1:-1].replace('""', '"') if token.kind == "quoted" else token.text
        if not name.strip():
            raise self.wrong(
                Label(
                    "Dit pad is niet te lezen: een naam tussen aanhalingstekens is leeg.",
                    "This path cannot be read: a name between quotes is empty.",
                ),
                Label(
                    "Schrijf de id van het contactmoment tussen de aanhalingstekens.",
                    "Write the touchpoint's id between the quotes.",
                ),
            )
        self.at += 1
        return name

    def _closed(self, sign: str) -> Path:
        opened = self.tokens[self.at - 1]
        path = self.sequence()
        if not self._took(sign):
            raise _wrong(
                self.line,
                opened.column,
                Label(
                    f"Dit pad is niet te lezen: {opened.text!r} begint hier en sluit niet.",
                    f"This path cannot be read: {opened.text!r} is opened here and not closed.",
                ),
                Label(f"Sluit het met {sign!r}.", f"Close it with {sign!r}."),
            )
        return path

    def _took(self, sign: str) -> bool:
        took = self.token.kind == "sign" and self.token.text == sign
        self.at += took
        return took
