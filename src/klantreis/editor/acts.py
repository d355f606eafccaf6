"""All that can be done to a map here, by the word a form sends for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from klantreis.editor.barriers import barred, cleared, weighed
from klantreis.editor.change import FIELDS, Change, changed
from klantreis.editor.own import felt
from klantreis.editor.steps import added, deleted, shifted
from klantreis.errors import OptionError
from klantreis.labels import Label, Language

Act = Callable[[str, Change, Language], tuple[str, Label, str]]
GIVEN = (*FIELDS, "name", "phase", "label", "severity", "barrier", "persona", "scenario", "own")
"""The fields that a form may send."""


def _saved(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    return (*changed(text, change, language), change.step)


ACTS: Mapping[str, Act] = MappingProxyType({
    "save": _saved,
    "before": added, "after": added, "add": added,
    "earlier": shifted, "later": shifted, "to": shifted,
    "delete": deleted,
    "felt": felt,
    "barrier": barred, "weigh": weighed, "clear": cleared,
})  # fmt: skip


def done(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text with a change in it, what changed in words, and the step to go on from.

    Raises DocumentError for a text that is no map, OptionError for what cannot be done.
    """
    act = ACTS.get(change.act)
    if act is None:
        raise OptionError(Label(f"{change.act!r} kan hier niet.", f"{change.act!r} cannot be done here."))
    return act(text, change, language)
