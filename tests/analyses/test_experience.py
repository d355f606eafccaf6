"""Experience: two halves that never meet, and people who count once."""

import json
from functools import reduce
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klantreis
from klantreis.analyses import experience
from klantreis.analyses.fold import fold
from klantreis.journeys.model import ENDED, OPEN
from klantreis.journeys.questions import Question
from klantreis.stats.intervals import share
from klantreis.testing import Touch, Trip, journeys_of, split

SCHEMA = json.loads((Path(klantreis.__file__).parent / "schemas/experience.schema.json").read_text("utf-8"))
SERVICE = Question("csat", dimension="service", n_min=2)
USE = Question("ces", 1, 7, reverse=True, kind="CES", dimension="use", n_min=2)
OPTIONS = experience.Options((SERVICE, USE, Question("nps", 0, 10, kind="NPS")), ("paid",))


def answer(score, at, survey="csat"):
    return Touch(None, at, event="answer", score=score, survey=survey)


def test_a_person_counts_once_with_the_mean_of_their_own_answers():
    trips = [
        Trip("a", (answer(5, 0), answer(1, 1), answer(9, 2))),
        Trip("a", (answer(3, 5),)),
        Trip("b", (answer(5, 0),)),
    ]
    service, use, emotion = fold(experience, journeys_of(trips), OPTIONS).dimensions
    assert (service.score.value, service.score.n, service.answers, service.enough) == (pytest.approx(1), 2, 4, True)
    assert (use.score.value, use.surveys, use.enough) == (None, ("ces",), False)
    assert (emotion.surveys, emotion.n_min, emotion.enough) == ((), 0, False)


def test_a_dimension_has_only_its_own_questions_and_low_may_be_good():
    trips = [Trip("a", (answer(5, 0), answer(1, 1, "ces"), answer(0, 2, "nps"))), Trip("b", (answer(7, 0, "ces"),))]
    found = fold(experience, journeys_of(trips), OPTIONS)
    assert [one.score.value for one in found.dimensions] == [2, pytest.approx(0), None]
    assert found.answered == share(2, 2)


def test_behaviour_counts_everybody_and_waits_for_open_journeys():
    trips = [
        Trip("a", (Touch("paid", 3), Touch("cart", 1))), Trip("a", (Touch("cart", 9),), state=OPEN),
        Trip("b", (Touch("paid", 1),), state=OPEN), Trip("c", (Touch("cart", 1),), state=ENDED),
    ]  # fmt: skip
    found = fold(experience, journeys_of(trips), OPTIONS)
    assert (found.people, found.journeys, found.open, found.reached) == (3, 4, 1, share(2, 3))
    assert (found.contacts.value, found.answered.value, found.silent) == (5 / 4, 0, True)


def test_without_a_goal_nobody_is_said_to_reach_it_and_nothing_is_an_answer():
    assert fold(experience, journeys_of([Trip("a", (Touch("x", 0),))]), experience.Options()).reached.value is None
    found = fold(experience, journeys_of([]), OPTIONS)
    assert (found.people, found.contacts.value, found.answered.value) == (0, None, None)
    jsonschema.validate(found.to_dict(), SCHEMA)


def test_a_payment_that_was_refused_has_not_reached_the_goal():
    log = [
        Trip("a", (Touch("paid", 0, failed=True),)),
        Trip("b", (Touch("paid", 0, failed=True), Touch("paid", 1))),
        Trip("c", (Touch("paid", 0, failed=True),), OPEN),
    ]
    found = fold(experience, journeys_of(log), OPTIONS)
    assert (found.reached.value, found.reached.n, found.open) == (0.5, 2, 1)


logs = st.lists(
    st.tuples(
        st.sampled_from("klmn"),
        st.lists(
            st.tuples(st.sampled_from(["csat", "ces", "nps", None]), st.sampled_from([None, 0, 1, 4, 7])),
            min_size=1,
            max_size=4,
        ),
        st.sampled_from([OPEN, ENDED]),
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(logs, st.integers(1, 4), st.randoms(use_true_random=False))
def test_any_split_and_any_merge_order_give_the_same_result(rows, buckets, random):
    log = [
        Trip(
            who,
            tuple(
                Touch("paid" if score == 4 else None, n, event="e", score=score, survey=survey)
                for n, (survey, score) in enumerate(said)
            ),
            state,
        )
        for who, said, state in rows
    ]
    whole = journeys_of(log)
    parts = [experience.measure(bucket, OPTIONS) for bucket in split(whole, log, buckets).buckets]
    random.shuffle(parts)
    found = fold(experience, whole, OPTIONS)
    assert experience.finish(reduce(experience.merge, parts), OPTIONS, whole.about) == found
    jsonschema.validate(found.to_dict(), SCHEMA)
