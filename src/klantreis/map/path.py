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
