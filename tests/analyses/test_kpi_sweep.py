"""One walk for all stretches together says the same as each of them looked for alone, journey by journey."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import kpi_sweep
from klantreis.analyses.kpi_sweep import LASTED, LASTED_TO_END, REACHED, Stretch, Walk, walked, walks_of
from klantreis.journeys.model import OPEN
from klantreis.journeys.spells import spells
from klantreis.kernels import compiled
from klantreis.stats import spread
from klantreis.testing import Touch, Trip, journeys_of

PLACES = ("a", "b", "c")
ENDS = (None, (), ("a",), ("b",), ("b", "c"))
STRETCHES = [
    Stretch(start, end, asks, within, bit)
    for start, end, (asks, within), bit in product(
        ENDS, ENDS, ((REACHED, None), (REACHED, 2_000_000), (LASTED, None), (LASTED_TO_END, None)), (None, 0, 1)
    )
]
touches = st.lists(st.tuples(st.sampled_from([*PLACES, None]), st.integers(0, 5)), min_size=1, max_size=6)
trips = st.lists(st.tuples(touches, st.sampled_from([0, 1, 2]), st.sets(st.sampled_from(["s0", "s1"]))), max_size=6)


def bucket_of(drawn):
    log = [Trip("of both", (Touch("a", 0),), 1, ("s0", "s1"))]
    for number, (given_, state, segments) in enumerate(drawn):
        at = np.cumsum([wait for _, wait in given_]).tolist()
        steps = tuple(Touch(name, second) for (name, _), second in zip(given_, at, strict=True))
        log.append(Trip(f"p{number}", steps, state, tuple(sorted(segments))))
    return journeys_of(log, touchpoints=PLACES).buckets[0]


def alone(bucket, stretch, last):
    """The same of one stretch, journey by journey from `spells`."""
    spell, counts, cases = spells(bucket, stretch.start, stretch.end), [0, 0], []
    for journey, (begin, end) in enumerate(zip(spell.begin.tolist(), spell.end.tolist(), strict=True)):
        over = bucket.state[journey] != OPEN
        if begin < 0 or (stretch.bit is not None and not int(bucket.segments[journey]) >> stretch.bit & 1):
            continue
        if stretch.asks == LASTED_TO_END and end < 0 and over:
            end = int(bucket.start[journey + 1]) - 1
        took = int(bucket.at[end] - bucket.at[begin]) if end >= 0 else None
        if stretch.asks != REACHED:
            cases += [] if took is None else [took]
        elif stretch.within is None:
            counts[took is not None] += int(over)
        elif last is not None and bucket.at[begin] + stretch.within > last:
            cases.append(2 * int(bucket.at[begin]) + int(took is not None and took <= stretch.within))
        else:
            counts[took is not None and took <= stretch.within] += 1
    return (*counts, cases)


@settings(max_examples=10, deadline=None)
@given(trips, st.booleans())
def test_all_together_say_what_each_says_alone(drawn, closed):
    bucket = bucket_of(drawn)
    last = None if closed or not bucket.touches else int(bucket.at.max())
    walks = [Walk(("k", str(place)), place, stretch) for place, stretch in enumerate(STRETCHES)]
    assert len(walks) > 2 * kpi_sweep.TOGETHER

    reached, lasted = walked(bucket, walks, last)

    told = {key: (found.missed, found.reached, found.cases.tolist()) for key, found in reached}
    wanted = {walk: alone(bucket, walk.stretch, last) for walk in walks}
    assert told == {walk.key: found for walk, found in wanted.items() if walk.stretch.asks == REACHED}
    for walk, (*_, cases) in wanted.items():
        if walk.stretch.asks != REACHED:
            whole = spread.group(lasted, walk.group)
            assert (cases == []) if whole is None else (whole.values.tolist() == cases)


def test_machine_code_says_what_python_says(monkeypatch):
    drawn = [([("a", 0), ("b", 1), (None, 1), ("c", 3)], 1, {"s0"}), ([("b", 2), ("b", 1)], 0, {"s1"})] * 3
    bucket, walks = bucket_of(drawn), [Walk(("k", str(n)), n, one) for n, one in enumerate(STRETCHES[:40])]
    plain, durations = walked(bucket, walks, int(bucket.at.max()))

    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    again, durations_again = walked(bucket, walks, int(bucket.at.max()))

    assert compiled(kpi_sweep._walk.__wrapped__).signatures
    assert str(plain) == str(again)
    assert spread.summaries(durations) == spread.summaries(durations_again)


@pytest.mark.parametrize(("segment", "bits"), [("s1", [1]), ("nobody knows", [])])
def test_a_segment_that_no_data_knows_is_not_walked_for(segment, bits):
    names = bucket_of([]).names
    walks = list(walks_of(("k", 128), Stretch(None, ("a",)), (None, segment), names))
    assert [walk.stretch.bit for walk in walks] == [None, *bits]
    assert [walk.group for walk in walks] == [128, 129][: len(walks)]
