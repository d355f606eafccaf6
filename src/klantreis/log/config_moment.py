"""A moment in klantreis.yaml, the `at` of a source or of one of its `events`: one column, or two: `[Datum, Tijd]`."""

from __future__ import annotations

from klantreis.documents import TEXT, Either, Form, Many, Node, Parsed, Reading, Words
from klantreis.documents.forms import Defs, Schema
from klantreis.labels import Label

Columns = tuple[str | None, str | None]
"""The column of the moment, or of the date; and that of the time of day, when it stands apart."""


class _DateAndTime:
    """A list of two columns: that with the date and that with the time of day; `wrong`: what to say of others."""

    def __init__(self, wrong: Words) -> None:
        self.wrong = wrong

    def read(self, node: Node, reading: Reading) -> Columns | None:
        """Returns both columns."""
        found = _TEXTS.read(node, reading)
        if found is None or len(found) != len(node.items):
            return None
        if len(found) == 2:
            return found[0], found[1]
        reading.mistake(node, self.wrong)
        return None

    def schema(self, defs: Defs) -> Schema:
        """An array of two texts."""
        return {"type": "array", "items": TEXT.schema(defs), "minItems": 2, "maxItems": 2}


def _one(name: str) -> Columns:
    return name, None


_NOT_TWO = Words(
    Label("`at` noemt niet twee kolommen", "`at` does not name two columns"),
    advice=Label(
        "Noem één kolom (at: tijdstip), of die met de datum en die met de tijd: at: [Datum, Tijd]",
        "Name one column (at: timestamp), or the one with the date and the one with the time: at: [date, time]",
    ),
)
_NOT_TWO_OF_EVENT = Words(
    Label("Deze gebeurtenis noemt niet twee kolommen", "This event does not name two columns"),
    advice=Label(
        "Noem één kolom (geleverd: leverdatum), of die met de datum en die met de tijd: "
        "geleverd: [leverdatum, levertijd]",
        "Name one column (delivered: delivered_on), or the one with the date and the one with the time: "
        "delivered: [date, time]",
    ),
)
_TEXTS = Many(TEXT, single=False)
MOMENT: Form[Columns] = Either((("text", Parsed(_one, ("timestamp",))), ("list", _DateAndTime(_NOT_TWO))))
"""The form of `at`: (column, None), or the columns of the date and of the time of day."""
EVENT_MOMENT: Form[Columns] = Either((("text", Parsed(_one, ("paid_on",))), ("list", _DateAndTime(_NOT_TWO_OF_EVENT))))
"""The form of each of `events`, as that of `at`."""
