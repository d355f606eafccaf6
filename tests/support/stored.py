"""A small map and log for the tests of the store, and the journeys it gives as plain values."""

from klantreis.labels import plain
from klantreis.map.model import JourneyMap, Matcher, Touchpoint

SECOND = 1_000_000


def touch(id_: str, event: str, **rest) -> Touchpoint:
    return Touchpoint(id_, plain(id_), "p", matcher=Matcher(event, **rest))


MAP = JourneyMap("buy", plain("buy"), touchpoints=(touch("look", "view"), touch("pay", "paid")))


def log(people=6, events=4, first=0):
    names = ("view", "paid", "search")
    return [
        {"person": f"u{who}", "at": first + turn * 10 + who, "event": names[(who + turn) % 3]}
        for turn in range(events)
        for who in range(people)
    ]


def told(journeys):
    """{(person's key, first moment): ((seconds, event, touchpoint, state), ...)}."""
    names, found = journeys.about.names, {}
    for bucket in journeys.buckets:
        for trip in range(bucket.journeys):
            span = range(int(bucket.start[trip]), int(bucket.start[trip + 1]))
            key = (int(bucket.keys[bucket.person[trip]]), int(bucket.at[span[0]]) / SECOND)
            found[key] = tuple(
                (int(bucket.at[t]) / SECOND, names.events[bucket.event[t]],
                 None if bucket.touch[t] < 0 else names.touchpoints[bucket.touch[t]], int(bucket.state[trip]))
                for t in span
            )  # fmt: skip
    return found
