"""`Desk`: what was done in the editor, so that all of it can be undone, and what is stale can be refused.

Whole texts are kept, so that undo gives back every sign. Each function takes the text as it is on disk now and returns
an `Outcome`: the desk after it, the text to write (None: write nothing), and what to say.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from klantreis.editor.acts import done as put
from klantreis.editor.change import Change
from klantreis.editor.words import both
from klantreis.errors import DocumentError, OptionError
from klantreis.labels import Label, Language

MOST, KNOWN = 200, 8
"""How many changes can be undone, and of how many versions the text is kept to tell what somebody wanted."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One change that was written: the text before and after it, and what it was."""

    before: str
    after: str
    what: Label
    step: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What was done, last one last, what was undone, and the texts that were shown.

    `said` is what the next page says, `at` the step it is about.
    """

    done: tuple[Turn, ...] = ()
    undone: tuple[Turn, ...] = ()
    shown: tuple[str, ...] = ()
    said: Label = field(default_factory=Label)
    at: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A change that was refused as the file is another by now; `mine` is the text as it would have been."""

    change: Change | None
    what: Label
    mine: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a request: the desk, the text to write, at which step, and why not when it was refused."""

    desk: Desk
    write: str | None = None
    step: str = ""
    clash: Clash | None = None
    error: OptionError | DocumentError | None = None


def version(text: str) -> str:
    """Returns what a text is called; another text has another name."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def seen(desk: Desk, text: str) -> Desk:
    """Returns the desk that knows this text was shown, and has said what it had to say."""
    others = tuple(one for one in desk.shown if one != text)
    return replace(desk, shown=(*others, text)[-KNOWN:], said=Label(), at="")


def save(desk: Desk, text: str, based_on: str, change: Change, language: Language) -> Outcome:
    """Puts a change into the text it is based on; into any other it is refused, with what it would have become."""
    try:
        if based_on != version(text):
            base = next((one for one in desk.shown if version(one) == based_on), text)
            mine, what, _ = put(base, change, language)
            return Outcome(desk, step=change.step, clash=Clash(change, what, mine))
        new, what, step = put(text, change, language)
    except (OptionError, DocumentError) as error:
        return Outcome(desk, step=change.step, error=error)
    if new == text:
        return Outcome(replace(desk, said=both("same")), step=change.step)
    done = (*desk.done, Turn(text, new, what, step))[-MOST:]
    return Outcome(replace(desk, done=done, undone=(), said=both("saved", what=what), at=step), new, step)


def undo(desk: Desk, text: str) -> Outcome:
    """Takes the last change back, when the file is still as that change left it."""
    if not desk.done:
        return Outcome(replace(desk, said=both("nothing")))
    last = desk.done[-1]
    if last.after != text:
        return Outcome(desk, clash=Clash(None, both("clash-undo"), last.before))
    moved = replace(
        desk, done=desk.done[:-1], undone=(*desk.undone, last), said=both("undone", what=last.what), at=last.step
    )
    return Outcome(moved, last.before, last.step)


def redo(desk: Desk, text: str) -> Outcome:
    """Does again what was undone last, when the file is still as undoing left it."""
    if not desk.undone:
        return Outcome(replace(desk, said=both("nothing-redo")))
    last = desk.undone[-1]
    if last.before != text:
        return Outcome(desk, clash=Clash(None, both("clash-undo"), last.after))
    moved = replace(
        desk, done=(*desk.done, last), undone=desk.undone[:-1], said=both("redone", what=last.what), at=last.step
    )
    return Outcome(moved, last.after, last.step)
