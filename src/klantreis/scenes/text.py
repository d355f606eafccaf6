"""Text measured before it is placed: widths from the bundled font, lines that never run out of their box.

Widths are exact for the signs the font has (no kerning is drawn). Signs it lacks are drawn by whatever font the reader
has, so they are taken wide: emoji 1.4 em, Chinese, Japanese and Korean 1.05 em, other scripts 0.75 em.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from klantreis.scenes.hyphens import breaks, joints

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Klantreis Sans"
ASCENT, DESCENT = 0.76, 0.22
"""How far letters reach above and below the baseline, in em (accents on capitals included up to 0.95)."""

_SOFT = re.compile(r"(?<=[-/_–—·&])(?=\w)|\u00ad")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")

THINNEST = 0.1
"""Em: no sign that takes room is as thin as this."""

LEAST_KEPT = 0.5
"""A line is cut after its last whole word when that keeps at least this part of what fits; else within the word."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size in pixels, weight 400, 600 or 700, italic, distance between lines."""

    size: float = 12
    weight: int = 400
    italic: bool = False
    leading: float = 16


def clean(text: str) -> str:
    """Returns text that is harmless in any format: no control signs, lone surrogates or direction overrides."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", " ").replace("\t", " "))


def width(text: str, style: Style = Style()) -> float:
    """Returns how wide a line of text is, in pixels."""
    return _em(text, style.weight, style.italic) * style.size


def wrap(text: str, room: float, style: Style = Style(), *, most: int | None = None) -> tuple[str, ...]:
    """Returns the text in lines no wider than `room` pixels, at most `most` of them (the last one then ends in …).

    Words that do not fit are broken at syllables with a hyphen, or anywhere when no syllable fits. '' gives no lines.
    """
    lines: list[str] = []
    told = clean(text)
    for paragraph in (told if most is None else told[: _seen(room, style) * most]).split("\n"):
        _fill(_words(paragraph), room, style, lines)
    if most is None or len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], cut(f"{_bare(lines[most - 1])}…", room, style))


def cut(text: str, room: float, style: Style = Style()) -> str:
    """Returns one line no wider than `room`, with … where something was left out: after a word, if one fits."""
    text = clean(text).replace("\n", " ")
    if width(text, style) <= room:
        return text
    kept = text[: _seen(room, style)].rstrip("…")
    whole = len(kept)
    while kept and width(f"{kept}…", style) > room:
        kept = kept[:-1]
    if len(kept) < whole and text[len(kept)] != " ":
        after_word = kept[: kept.rfind(" ") + 1]
        kept = after_word if len(_bare(after_word)) >= LEAST_KEPT * len(kept) else kept
    return f"{_bare(kept)}…"


def narrowest(text: str, style: Style = Style()) -> float:
    """Returns the width of the widest word part that need not be broken: the least room that reads well."""
    return max((width(piece, style) for word in _words(clean(text)) for piece in _SOFT.split(word) if piece), default=0)


def balanced(text: str, room: float, style: Style = Style(), *, most: int | None = None) -> tuple[str, ...]:
    """Returns the text in as few lines as `wrap` needs, of as equal width as words allow."""
    lines = wrap(text, room, style, most=most)
    if len(lines) < 2 or lines[-1].endswith("…"):
        return lines
    for share in (0.55, 0.65, 0.75, 0.85):
        tried = wrap(text, room * share, style)
        if len(tried) == len(lines) and not _broken(tried, lines):
            return tried
    return lines


def _seen(room: float, style: Style) -> int:
    """More signs than a line of `room` can show, so that what nobody sees of a vast text costs no time."""
    return 200 + int(min(room, 1e5) / (THINNEST * style.size))


def _bare(line: str) -> str:
    return line.rstrip(" -–,;:·")


def _broken(tried: Sequence[str], lines: Sequence[str]) -> bool:
    return sum(line.endswith("-") for line in tried) > sum(line.endswith("-") for line in lines)


def _words(text: str) -> list[str]:
    """The words of a text; a non-breaking space keeps its neighbours together."""
    return [word for word in re.split(r"[^\S\u00a0]+", text) if word]


def _fill(words: Sequence[str], room: float, style: Style, lines: list[str]) -> None:
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if width(joined, style) <= room:
            line = joined
            continue
        line = _place(word, line, room, style, lines)
    if line:
        lines.append(line)


def _place(word: str, line: str, room: float, style: Style, lines: list[str]) -> str:
    """Puts a word that does not fit behind `line`; returns the line that is left open."""
    if width(word, style) <= room:
        kept, _, last = line.rpartition(" ")
        if word == "·" and kept and width(f"{last} {word}", style) <= room:  # that dot ends a line, and begins none
            lines.append(kept)
            return f"{last} {word}"
        if line:
            lines.append(line)
        return word
    if line and width(line, style) > room * 0.7:
        lines.append(line)
        line = ""
    rest = word
    while rest:
        joined = f"{line} {rest}" if line else rest
        if len(joined) <= _seen(room, style) and width(joined, style) <= room:
            return joined
        head, rest = _break(rest, room - (width(f"{line} ", style) if line else 0), style, bool(line))
        if head:
            lines.append(f"{line} {head}" if line else head)
        elif line:
            lines.append(line)
        line = ""
    return line


def _break(word: str, room: float, style: Style, may_wait: bool) -> tuple[str, str]:
    """The longest head of a word that fits with its hyphen, and the rest; no head when it may wait for a new line."""
    seen = _seen(room, style)
    word, beyond = word[:seen], word[seen:]
    soft = {match.start() for match in _SOFT.finditer(word)}
    fitting = [spot for spot in sorted({*soft, *breaks(word), *joints(word)}) if _fits(word, spot, soft, room, style)]
    if fitting:
        joint = [spot for spot in fitting if spot in soft or spot in joints(word)]
        spot = joint[-1] if joint and joint[-1] > fitting[-1] * 0.6 else fitting[-1]
        return _head(word, spot, soft), (word[spot:] + beyond).lstrip("\u00ad")
    if may_wait:
        return "", word + beyond
    letters = _clusters(word)
    size = 1
    while size < len(letters) and width("".join(letters[: size + 1]), style) <= room:
        size += 1
    return "".join(letters[:size]), "".join(letters[size:]) + beyond


def _fits(word: str, spot: int, soft: set[int], room: float, style: Style) -> bool:
    return spot > 0 and width(_head(word, spot, soft), style) <= room


def _head(word: str, spot: int, soft: set[int]) -> str:
    return word[:spot].replace("\u00ad", "-") if spot in soft else f"{word[:spot]}-"


def _clusters(word: str) -> list[str]:
    """Signs that belong together: a letter with its accents, an emoji with its modifiers, a flag."""
    found: list[str] = []
    for sign in word:
        if found and (_joins(sign) or found[-1].endswith("\u200d")):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _joins(sign: str) -> bool:
    return unicodedata.combining(sign) > 0 or sign in "\u200d\ufe0e\ufe0f" or 0x1F3FB <= ord(sign) <= 0x1F3FF


@lru_cache(maxsize=20_000)
def _em(text: str, weight: int, italic: bool) -> float:
    face = metrics()["400i" if italic else str(weight)]
    total = 0.0
    joined = False
    for sign in text:
        known = face.get(sign)
        if not joined:
            total += known if known is not None else _guess(sign)
        joined = sign == "\u200d"
    return total


def _guess(sign: str) -> float:
    if _joins(sign) or sign == "\u00ad" or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    if ord(sign) >= 0x1F000 or unicodedata.category(sign) == "So":
        return 1.4
    return 1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.75


@cache
def metrics() -> Mapping[str, Mapping[str, float]]:
    """Returns the advance of each sign in em, per face ('400', '400i', '600', '700')."""
    found: dict[str, dict[str, float]] = json.loads((FONTS / "metrics.json").read_text(encoding="utf-8"))
    return found
