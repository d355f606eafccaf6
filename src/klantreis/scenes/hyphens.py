"""Where a long word may be broken: at syllables as Dutch (and, well enough, English) builds them.

No dictionary: a break stands before the last consonant (or consonants that start a syllable together) in front of a
vowel. That agrees with the rule "one consonant goes to the next syllable, of two each side takes one". It is used only
when a word does not fit its line, so a break in an unusual spot is better than text that is cut.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_VOWELS = "aeiouyáéíóúàèìòùäëïöüâêîôûāēīōū"
_TOGETHER = (
    "sch", "schr", "str", "spr", "spl", "scr", "ch", "sj", "tj", "bl", "br", "cl", "cr", "dr", "dw", "fl", "fr", "gl",
    "gr", "kl", "kn", "kr", "kw", "pl", "pr", "ph", "qu", "sl", "th", "tr", "tw", "vl", "vr", "wr", "zw",
)  # fmt: skip
_DIPHTHONGS = frozenset((
    "aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ij", "ei", "ou", "au", "aai", "ooi", "oei", "eeu", "ieu", "ea",
    "ai", "oi", "äu",
))  # fmt: skip
_ENDS = re.compile(r"(?:heid|lijk|loos|baar|zaam|schap|ness|ment|ship)", re.IGNORECASE)
_JOINTS = re.compile(r"(?:ings|heids|teits|schaps|ions|ments|tijds|bedrijfs|werks)(?=\w{3})", re.IGNORECASE)
_LEAST = 3


@lru_cache(maxsize=4096)
def joints(word: str) -> tuple[int, ...]:
    """Returns the positions where a Dutch compound shows its parts, behind a linking s: bewustwordings-fase."""
    return tuple(match.end() for match in _JOINTS.finditer(word) if _letters(word, match.end()))


@lru_cache(maxsize=4096)
def breaks(word: str) -> tuple[int, ...]:
    """Returns the positions inside `word` where it may be broken with a hyphen, at least 3 letters on each side."""
    found = {match.start() for match in _ENDS.finditer(word) if match.start()}
    low = word.casefold() if len(word.casefold()) == len(word) else word
    groups = [match.span() for match in re.finditer(f"[{_VOWELS}]+", low.replace("ij", "ii"))]
    for (start, end), (following, _) in pairwise(groups):
        found.update(_inside(low, start, end))
        found.add(_before(low, end, following))
    letters = [spot for spot in found if _letters(word, spot)]
    return tuple(sorted(letters))


def _before(word: str, end: int, following: int) -> int:
    """The break in the consonants word[end:following]."""
    between = word[end:following]
    for start in range(len(between)):
        rest = between[start:]
        if len(rest) == 1 or rest in _TOGETHER:
            return end + start
    return following


def _inside(word: str, start: int, end: int) -> set[int]:
    """A break between vowels that do not sound as one, such as re-actie."""
    group = word[start:end]
    if len(group) < 2 or group in _DIPHTHONGS:
        return set()
    return {start + size for size in (3, 2) if group[:size] in _DIPHTHONGS and start + size < end} or {start + 1}


def _letters(word: str, spot: int) -> bool:
    left, right = word[spot - _LEAST : spot], word[spot : spot + _LEAST]
    return spot >= _LEAST and len(right) == _LEAST and left.isalpha() and right.isalpha()
