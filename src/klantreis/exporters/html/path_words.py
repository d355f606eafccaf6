"""A drawn path in words: names with arrows, choices with 'or'."""

from __future__ import annotations

from klantreis.exporters.html.markup import Markup, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit

ARROW = Markup(' <span class="arrow">→</span> ')


def path_words(reader: Reader, path: Path) -> Markup:
    """Returns a path as a reader says it: a → (b or c) → d, if needed → leaves: reason."""
    match path:
        case Visit(touchpoint):
            return reader.name("touchpoint", touchpoint)
        case Sequence(parts):
            return joined((path_words(reader, part) for part in parts), ARROW)
        case Choice(options):
            return reader.say("path.choice", options=_listed(reader, options, "path.or"))
        case AnyOrder(parts):
            return reader.say("path.any-order", parts=_listed(reader, parts, "path.and"))
        case Maybe(part):
            return reader.say("path.maybe", part=path_words(reader, part))
        case Repeat(part, redo):
            said = path_words(reader, part)
            if redo is None:
                return reader.say("path.repeat", part=said)
            return reader.say("path.redo", part=said, redo=path_words(reader, redo))
        case Exit() as left:
            return reader.say("path.exit", reason=el("q", reader.text(left.said)))


def _listed(reader: Reader, parts: tuple[Path, ...], between: str) -> Markup:
    return joined((path_words(reader, part) for part in parts), Markup(f" {reader.say(between)} "))
