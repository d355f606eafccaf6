"""Batches of events for a store that is struck while it works: which they are follows from their number alone."""

from __future__ import annotations

import random
from dataclasses import replace

from stored import MAP, touch

BATCH = 40
PEOPLE = 60
MAPS = (MAP, replace(MAP, id="other", touchpoints=(touch("search", "search"), touch("pay", "paid"))))


def batch(number: int) -> list[dict[str, object]]:
    """Returns the events of a batch; each has an id of its own, and an earlier batch holds none of them."""
    chance = random.Random(number)
    names = ("view", "paid", "search")
    return [
        {"person": f"u{chance.randrange(PEOPLE)}", "at": chance.randrange(10**6), "event": chance.choice(names),
         "id": f"e{number}-{place}", "note": str(chance.random()) * 3}
        for place in range(BATCH)
    ]  # fmt: skip
