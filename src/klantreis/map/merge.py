"""Two edits of one document put together: what only one of them changed is taken, what both changed differently is a
conflict, named by id. Comments, quotes and order stay, sign for sign, wherever the lines allow it; a comment of either
edit that went with its lines is put back at its key.

The data decides, the lines only write it down: the three texts are merged as data first; then their lines are merged,
and where that does not give the data, the text is changed key by key until it does.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.documents import Reading, parsed, plain
from klantreis.documents.words import short
from klantreis.errors import DocumentError
from klantreis.labels import Label
from klantreis.map.merge_lines import merged_lines
from klantreis.map.merge_remarks import with_remarks
from klantreis.map.merge_text import towards
from klantreis.map.read import MAP


class _Missing:
    """Stands for a key that is not there."""

    def __repr__(self) -> str:
        return "–"


MISSING = _Missing()
_Clash = tuple[tuple[str, ...], object, object, object]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both edits changed, and differently; the merged text has what `mine` says there.

    `path` are the keys from the root, `id` what stands there: a step, a persona, the map. A value that is not there
    in one of the three reads '–'.
    """

    path: tuple[str, ...]
    id: str
    base: str
    mine: str
    theirs: str

    @property
    def text(self) -> Label:
        """The conflict as a sentence."""
        key = ".".join(self.path)
        return Label(
            f"'{self.id}': {key} was {short(self.base)}; bij jou {short(self.mine)}, bij de ander {short(self.theirs)}",
            f"'{self.id}': {key} was {short(self.base)}; yours says {short(self.mine)}, theirs {short(self.theirs)}",
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text, and the conflicts in it; in each of these places it says what `mine` says."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merged(base: str, mine: str, theirs: str) -> Merged:
    """Returns two edits of the YAML text `base` put together.

    Raises DocumentError when one of the three is not YAML. A list is one value: two edits of one list are a conflict
    when they differ, and so are two new orders of the same things. The merged text may still hold a reference to what
    the other edit took away: read it to know.
    """
    old, one, other = _data(base), _data(mine), _data(theirs)
    found: list[_Clash] = []
    wanted = _both(old, one, other, (), found)
    ids = {id_ for text in (base, mine, theirs) for id_ in _ids(text)}
    start = merged_lines(base, mine, theirs)
    text = towards(start if _readable(start) else mine, wanted)
    if not same(_data(text), wanted):
        text = max(
            text, towards(mine, wanted), key=lambda one: same(_data(one), wanted)
        )  # the lines took another order
    conflicts = (*(_conflict(path, values, ids) for path, *values in found), *_orders(old, one, other, (), ids))
    return Merged(with_remarks(text, base, mine, theirs), conflicts)


def same(one: object, other: object) -> bool:
    """Says whether two pieces of plain data are the same, the order of keys included, true not being 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


def _both(old: object, mine: object, theirs: object, path: tuple[str, ...], found: list[_Clash]) -> object:
    """The data of both edits; what cannot be had both ways is noted in `found`, and mine is kept."""
    if same(mine, theirs) or same(old, theirs):
        return mine
    if same(old, mine):
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        before = old if isinstance(old, dict) else {}
        told: dict[str, object] = {}
        for key in _order(before, mine, theirs):
            was, here, there = (data.get(key, MISSING) for data in (before, mine, theirs))
            told[key] = _both(was, here, there, (*path, key), found)
        return {key: value for key, value in told.items() if value is not MISSING}
    found.append((path, old, mine, theirs))
    return mine


def _order(old: dict[str, object], mine: dict[str, object], theirs: dict[str, object]) -> list[str]:
    """The keys of both: in my order, unless only theirs has another; a new key behind the one it follows."""
    shared = [key for key in old if key in mine and key in theirs]
    as_mine = [key for key in mine if key in shared] != shared
    first, second = (mine, theirs) if as_mine or [key for key in theirs if key in shared] == shared else (theirs, mine)
    line = list(first)
    for number, key in enumerate(second):
        if key not in line:
            before = [known for known in list(second)[:number] if known in line]
            line.insert(line.index(before[-1]) + 1 if before else 0, key)
    return line


def _orders(old: object, mine: object, theirs: object, path: tuple[str, ...], ids: set[str]) -> tuple[Conflict, ...]:
    """Where both edits put the same things in another order, and not the same one; named after the thing around it."""
    if not (isinstance(old, dict) and isinstance(mine, dict) and isinstance(theirs, dict)):
        return ()
    shared = [key for key in old if key in mine and key in theirs]
    known = [key for key in shared if key in ids]
    one, other = ([key for key in data if key in known] for data in (mine, theirs))
    clash = known not in (one, other) and one != other
    id_ = next((key for key in reversed(path) if key in ids), path[0] if path else "")
    own = (Conflict((*path, "order"), id_, *(", ".join(line) for line in (known, one, other))),) if clash else ()
    inner = (_orders(old[key], mine[key], theirs[key], (*path, key), ids) for key in shared)
    return (*own, *(conflict for found in inner for conflict in found))


def _data(text: str) -> object:
    reading = Reading()
    root = parsed(text, reading)
    reading.finish()
    return plain(root)


def _readable(text: str) -> bool:
    try:
        _data(text)
    except DocumentError:
        return False
    return True


def _ids(text: str) -> tuple[str, ...]:
    reading = Reading()
    MAP.read(parsed(text, reading), reading)
    return tuple(id_ for id_, _, _ in reading.spots)


def _conflict(path: tuple[str, ...], values: list[object], ids: set[str]) -> Conflict:
    id_ = next((key for key in reversed(path) if key in ids), path[0] if path else "")
    old, mine, theirs = (str(value) for value in values)
    return Conflict(path, id_, old, mine, theirs)
