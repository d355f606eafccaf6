"""Where scenarios let a customer leave: doing nothing, going to another supplier, walking into a shop."""

from __future__ import annotations

from klantreis.labels import Label
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit

Left = tuple[str | None, Label]
"""The touchpoint or step met last before leaving (None: at the very start), and the reason."""


def exits(path: Path) -> tuple[Left, ...]:
    """Returns each exit of a path with what was met last before it, each once; a path without exits has none."""
    found: list[Left] = []
    _walked(path, (None,), found)
    return tuple(dict.fromkeys(found))


def _walked(path: Path, before: tuple[str | None, ...], found: list[Left]) -> tuple[str | None, ...]:
    """Notes the exits of a part that follows any of `before`; returns what can have been met last after it."""
    match path:
        case Visit(touchpoint):
            return (touchpoint,)
        case Exit() as left:
            found += [(last, left.said) for last in before]
            return ()
        case Sequence(parts):
            for part in parts:
                before = _walked(part, before, found)
            return before
        case Choice(inner) | AnyOrder(inner):
            return tuple(dict.fromkeys(last for part in inner for last in _walked(part, before, found)))
        case Maybe(part):
            return tuple(dict.fromkeys((*before, *_walked(part, before, found))))
        case Repeat(part, redo):
            after = _walked(part, before, found)
            if redo is not None:
                _walked(redo, after, found)
            return after
