"""The lines of two edits put together: where both changed the same lines, mine are kept.

The way of `diff3` (Khanna, Kunal and Pierce, "A formal investigation of diff3", 2007): the base is cut at the lines
that both edits kept; between two cuts, the edit that changed something is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Cut = tuple[int, int, int]


def merged_lines(base: str, mine: str, theirs: str) -> str:
    """Returns the merged text; lines that both changed are mine."""
    old, one, other = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    lines: list[str] = []
    at = (0, 0, 0)
    for cut, length in _cuts(old, one, other):
        lines += _between(old[at[0] : cut[0]], one[at[1] : cut[1]], other[at[2] : cut[2]])
        lines += old[cut[0] : cut[0] + length]
        at = (cut[0] + length, cut[1] + length, cut[2] + length)
    lines += _between(old[at[0] :], one[at[1] :], other[at[2] :])
    ended = [line if line.endswith("\n") else line + "\n" for line in lines[:-1]]
    return "".join([*ended, *lines[-1:]])


def _between(old: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Sequence[str]:
    return theirs if list(old) == list(mine) else mine


def _cuts(old: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[Cut, int]]:
    """The runs of lines that all three share: where they begin in each, and how long they are."""
    left = list(SequenceMatcher(None, old, mine, autojunk=False).get_matching_blocks())
    right = list(SequenceMatcher(None, old, theirs, autojunk=False).get_matching_blocks())
    here = there = 0
    while here < len(left) and there < len(right):
        one, other = left[here], right[there]
        start, stop = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if start < stop:
            yield (start, one.b + start - one.a, other.b + start - other.a), stop - start
        if one.a + one.size < other.a + other.size:
            here += 1
        else:
            there += 1
