"""Words as they were written, and the folded ones they stand for, each with a number."""

from __future__ import annotations

import hashlib
import re
from array import array
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.themes.matching import Matcher
from klantreis.map.themes import folded

WORD = re.compile(r"[^\W_]+")
WRITTEN = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")
"""A word as it was written; folded, its apostrophes are gone."""

END = "\0"
"""What stands behind each comment; its number is NO_WORD."""
NO_WORD = -1
MARK = 8
"""Bytes of the mark of a word."""

Codes = NDArray[np.int32]


class Vocabulary(dict[str, int]):
    """The code of each piece of text between blanks; asked for another piece it gives it the next.

    Numbers depend on what was read first; so no answer may.
    """

    def __init__(self, listed: Matcher) -> None:
        """Begins without words."""
        super().__init__({END: 0})
        self.listed = listed
        self.written = [END]
        """Pieces as they were written, by their codes."""
        self.number = array("i", [NO_WORD])
        """Per code the number of the folded word; below NO_WORD: it is not one word."""
        self.several: list[list[tuple[int, int]]] = []
        """The words of a piece that is not one: of each its code, as it was written, and its number."""
        self.words: list[str] = []
        """Folded words, by their numbers."""
        self.marks = array("Q")
        """Per folded word a hash, the same in every process."""
        self.since, self.entries = array("i", [0]), array("i")
        """Where the entries of the list that each folded word may start begin; and these."""
        self._numbers: dict[str, int] = {}

    def __missing__(self, piece: str) -> int:
        """Gives a piece the next code."""
        code = self[piece] = len(self.written)
        self.written.append(piece)
        self.number.append(NO_WORD)
        if piece.isascii() and piece.isalnum():
            self.number[code] = self._number(piece.lower())
            return code
        # One sign may fold to more words (a ligature with a space in it); then it stands for each of them.
        words = [(word, plain) for word in WRITTEN.findall(piece) for plain in WORD.findall(folded(word))]
        numbers = [(code if word == piece else self[word], self._number(plain)) for word, plain in words]
        if [one for one, _ in numbers] == [code]:
            self.number[code] = numbers[0][1]
        else:
            self.several.append(numbers)
            self.number[code] = NO_WORD - len(self.several)
        return code

    def spelled(self, code: Codes) -> tuple[Codes, Codes]:
        """Returns the words of pieces: their codes, as they were written, and the numbers of the folded ones."""
        number = np.array(self.number, np.int32)[code]
        if not np.any(number < NO_WORD):
            return code, number
        pairs = zip(code.tolist(), number.tolist(), strict=True)
        listed = [self.several[NO_WORD - 1 - two] if two < NO_WORD else [(one, two)] for one, two in pairs]
        words = np.array([*chain.from_iterable(listed)], np.int32).reshape(-1, 2)
        return words[:, 0].copy(), words[:, 1].copy()

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
            self.marks.frombytes(hashlib.blake2b(word.encode(), digest_size=MARK).digest())
            self.entries.extend(self.listed.started(word))
            self.since.append(len(self.entries))
        return number
