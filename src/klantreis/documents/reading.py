"""One reading of one document: the mistakes so far, the ids it defines, and the ids it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klantreis.documents import words
from klantreis.documents.nodes import Node, Spot
from klantreis.documents.words import Words
from klantreis.errors import DocumentError
from klantreis.findings import Finding, Place
from klantreis.labels import Label, Language

RULE = "document"
SUGGESTED = 200
"""So many bad references get the nearest id; looking for more would let a hostile file take minutes."""


class Reading:
    """Gathers every mistake instead of stopping at the first; `finish` raises them together.

    It is the one thing in a reading that changes; nodes before it and nouns after it are frozen.
    """

    def __init__(self, file: str | None = None, document: str | None = None) -> None:
        self.file, self.document = file, document
        self._mistakes: list[tuple[Spot, tuple[str, ...], Words]] = []
        self._defined: dict[str, dict[str, Spot]] = {}
        self._assumed: dict[str, list[str]] = {}
        self._referred: list[tuple[tuple[str, ...], Node, str]] = []

    def mistake(self, node: Node, said: Words, *, at_key: bool = False) -> None:
        """Notes a mistake at a node: at its value, or `at_key` where its key stands."""
        self.mistake_at(node.key if at_key and node.key else node.spot, said, node.path)

    def mistake_at(self, spot: Spot, said: Words, path: tuple[str, ...] = ()) -> None:
        """Notes a mistake at a spot of the file that no node stands for, such as a syntax error."""
        self._mistakes.append((spot, path, said))

    def define(self, kind: str, id_: str, node: Node) -> None:
        """Notes that `id_` names one thing of a kind ('persona', 'step'); a second one is a mistake."""
        known = self._defined.setdefault(kind, {})
        spot = node.key or node.spot
        if id_ in known:
            self.mistake_at(spot, words.duplicate_id(id_, kind, known[id_].line), node.path)
        else:
            known[id_] = spot

    def assume(self, kind: str, ids: Iterable[str]) -> None:
        """Notes ids that exist without being written in the document, such as the phases of a template."""
        self._assumed.setdefault(kind, []).extend(ids)

    def defined(self, *kinds: str) -> tuple[str, ...]:
        """Returns the ids defined so far for these kinds, in the order of the document."""
        ids = (id_ for kind in kinds for id_ in (*self._defined.get(kind, {}), *self._assumed.get(kind, ())))
        return tuple(dict.fromkeys(ids))

    def refer(self, kinds: Iterable[str], node: Node, id_: str) -> None:
        """Notes that `id_` must name something of one of these kinds; looked up at the end."""
        self._referred.append((tuple(kinds), node, id_))

    def check_references(self) -> None:
        """Notes a mistake for every reference to an id that nothing defines."""
        known = {kinds: self.defined(*kinds) for kinds, _, _ in self._referred}
        for number, (kinds, node, id_) in enumerate(self.lost):
            self.mistake(node, words.bad_reference(id_, kinds, known[kinds] if number < SUGGESTED else ()))
        self._referred.clear()

    @property
    def lost(self) -> tuple[tuple[tuple[str, ...], Node, str], ...]:
        """Every reference so far to an id that nothing defines: the kinds it may be of, where it stands, and the id."""
        held = {kinds: set(self.defined(*kinds)) for kinds, _, _ in self._referred}
        return tuple(one for one in self._referred if one[2] not in held[one[0]])

    @property
    def spots(self) -> tuple[tuple[str, int, int], ...]:
        """Where each id was defined first: (id, line, column)."""
        first: dict[str, Spot] = {}
        for ids in self._defined.values():
            for id_, spot in ids.items():
                first.setdefault(id_, spot)
        return tuple((id_, spot.line, spot.column) for id_, spot in first.items())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every mistake so far as a finding, in the order of the file."""
        return tuple(self._finding(*mistake) for mistake in sorted(self._mistakes, key=_position))

    def finish(self) -> None:
        """Checks the references and raises DocumentError with all findings, when there are any."""
        self.check_references()
        found = self.findings
        if found:
            raise DocumentError(
                _count(len(found), self.file), found, mend=Label(_lines(found, "nl"), _lines(found, "en"))
            )

    def _finding(self, spot: Spot, path: tuple[str, ...], said: Words) -> Finding:
        place = Place(self.document, self._owner(path), self.file, spot.line, spot.column)
        return Finding(RULE, "error", place, said.title, said.detail, said.advice)

    def _owner(self, path: tuple[str, ...]) -> str | None:
        ids = {id_ for known in self._defined.values() for id_ in known}
        return next((key for key in reversed(path) if key in ids), None)


def _position(mistake: tuple[Spot, tuple[str, ...], Words]) -> tuple[int, int]:
    return (mistake[0].line, mistake[0].column)


def _count(mistakes: int, file: str | None) -> Label:
    if mistakes == 1:
        return Label(f"1 fout in {file or 'het document'}", f"1 mistake in {file or 'the document'}")
    return Label(f"{mistakes} fouten in {file or 'het document'}", f"{mistakes} mistakes in {file or 'the document'}")


def _lines(found: Sequence[Finding], language: Language) -> str:
    """Returns every mistake on a line of its own, with its place."""
    return "\n  ".join(_line(finding, language) for finding in found)


def _line(finding: Finding, language: Language) -> str:
    place, texts = finding.place, (finding.title, finding.detail, finding.advice)
    said = ". ".join(text.text(language).rstrip(".") for text in texts if text)
    return f"{place.line}:{place.column} {said}{'' if said.endswith('?') else '.'}"
