"""How people are recognised, as klantreis.yaml says it.

identity:
  within: 30d                        # so long before a login anonymous events on that device still count
  people_per_device: 10              # a device of more people than this says nothing
  limits: {device: 100, email: 10}   # a person with more ids of a kind than this is linked to none of them
  blocked: [kassa-1, "*@intern.nl"]  # values that are nobody, besides the usual ones
"""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.documents import Node, Reader, Reading, Record, Words, suggestion
from klantreis.documents.forms import Defs, Number, Schema
from klantreis.labels import Label
from klantreis.log.identity import Rules
from klantreis.log.model import Source


def known_kinds(reader: Reader, sources: Sequence[Source], rules: Rules) -> Rules:
    """Returns the rules; notes a mistake for every limit of a kind of id that no source has."""
    known = dict.fromkeys(["device", *(kind for source in sources for kind, _ in source.ids)])
    block = reader.at("identity")
    limits = None if block is None else block.entry("limits")
    for kind, _ in rules.limits:
        if kind not in known and limits is not None:
            said = Words(
                Label(f"Geen bron heeft een id van de soort {kind!r}", f"No source has an id of the kind {kind!r}"),
                advice=suggestion(kind, known),
            )
            reader.reading.mistake(limits.entry(kind) or limits, said, at_key=True)
    return rules


def _rules(reader: Reader) -> Rules:
    within = reader.seconds("within")
    people = reader.whole("people_per_device", 1)
    limits = reader.mapping("limits", _LIMIT)
    return Rules(
        within=Rules().within if within is None else round(within * 1_000_000),
        people_per_device=people or Rules().people_per_device,
        limits=limits,
        blocked=reader.texts("blocked"),
    )


class _Limit:
    """A whole number of 1 or more, under the kind of id it is for."""

    def read(self, node: Node, reading: Reading) -> tuple[str, int] | None:
        """Returns (kind, number); None when it is no such number."""
        found = Number(1, whole=True).read(node, reading)
        return None if found is None else (node.name, int(found))

    def schema(self, defs: Defs) -> Schema:
        """A whole number."""
        return Number(1, whole=True).schema(defs)


_LIMIT = _Limit()
IDENTITY: Record[Rules] = Record("identity", _rules)
"""The form of the whole block: `reader.get("identity", IDENTITY, USUAL)`."""
