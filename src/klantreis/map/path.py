"""The way a scenario goes: a small tree of visits, choices, options, loops and exits.

Written in a map as a YAML list (`[[social, zoekmachine], filter, product, {exit: doubt}]`) or, on the command line,
as text (`"social|zoekmachine, filter?, product"`). Both become the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from klantreis.labels import Label, plain


@dataclass(frozen=True, slots=True)
class Visit:
    """One touchpoint is met, once."""

    touchpoint: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """The parts follow one another in this order."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of the options is taken (`[a, b]` inside a path, `a|b` in text)."""

    options: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class AnyOrder:
    """All parts are met, in any order (`{any_order: [a, b]}`, `a&b` in text)."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """The part is met or skipped, both at no cost (`{optional: a}` or `a?`)."""

    part: Path


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part is met one or more times (`a+`); `{back: step}` wraps everything since that step in one.

    `redo` is what comes between one time and the next (`a+[b]` is a, or a b a, or a b a b a ...); None: nothing.
    """

    part: Path
    redo: Path | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """The customer leaves here, for `reason`; nothing follows on this branch. `label` says it in two languages."""

    reason: str
    label: Label = field(default_factory=Label)

    @property
    def said(self) -> Label:
        """The reason as it is shown."""
        return self.label or plain(self.reason)


Path = Visit | Sequence | Choice | AnyOrder | Maybe | Repeat | Exit


def without(path: Path, name: str) -> Path | None:
    """Returns the path on which nobody meets `name`; None when nothing is left, or of a choice only an exit."""
    match path:
        case Visit(touchpoint):
            return None if touchpoint == name else path
        case Maybe(part):
            left = without(part, name)
            return None if left is None else Maybe(left)
        case Repeat(part, redo):
            left = without(part, name)
            return None if left is None else Repeat(left, None if redo is None else without(redo, name))
        case Sequence(parts) | AnyOrder(parts):
            kept = tuple(one for part in parts if (one := without(part, name)) is not None)
            return type(path)(kept) if kept else None
        case Choice(options):
            kept = tuple(one for part in options if (one := without(part, name)) is not None)
            exits = kept != options and all(isinstance(one, Exit) for one in kept)
            return None if exits else Choice(kept)
    return path


def touchpoints(path: Path) -> tuple[str, ...]:
    """Returns the touchpoints of a path in drawing order, each once."""
    inner: tuple[Path, ...] = ()
    match path:
        case Visit(touchpoint):
            return (touchpoint,)
        case Repeat(part, redo):
            inner = (part,) if redo is None else (part, redo)
        case Maybe(part):
            inner = (part,)
        case Sequence(parts) | AnyOrder(parts):
            inner = parts
        case Choice(options):
            inner = options
    return tuple(dict.fromkeys(name for part in inner for name in touchpoints(part)))
