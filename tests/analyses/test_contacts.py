"""Contacts: hand cases of who is charged with what, young data left out, repeats, the laws of a fold."""

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from klantreis.analyses import contacts
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.model import OPEN
from klantreis.journeys.questions import Question
from klantreis.testing import Touch, Trip, journeys_of, split

ROOT = Path(__file__).resolve().parents[2]
HOUR = 3600
CALLS = contacts.Options(contacts=("call",))


def at(*rows, **more):
    return tuple(Touch(name, hours * HOUR, **more) for name, hours in rows)


def found(trips, options=CALLS, last=10_000):
    return fold(contacts, journeys_of(trips, last=last * HOUR), options)


def test_a_contact_is_charged_to_the_last_touch_before_it():
    answer = found([Trip("a", at(("web", 0), ("help", 1), ("call", 2)))])
    assert [(one.name, one.contacts, one.people, one.share.n) for one in answer.causes] == [("help", 1, 1, 1)]
    assert answer.usual == 0.5
    assert (answer.contacts, answer.charged, answer.people, answer.all_people) == (1, 1, 1, 1)


def test_a_repeated_contact_has_what_it_costs():
    """By hand: 30 call once and 24 of them pay; 30 call twice and 6 pay; 10 call again only after they paid."""
    paid = at(("paid", 9), value=10)
    once = [Trip(f"a{n}", at(("call", 0)) + (paid if n < 24 else ())) for n in range(30)]
    more = [Trip(f"b{n}", at(("call", 0), ("call", 5)) + (paid if n < 6 else ())) for n in range(30)]
    late = [Trip(f"c{n}", at(("call", 0)) + paid + at(("call", 12))) for n in range(10)]
    answer = found(once + more + late, contacts.Options(contacts=("call",), outcome=("paid",)))
    (barrier,) = [one for one in answer.barriers if one.kind == "again"]
    assert barrier.severity.value == pytest.approx(34 / 40 - 0.2)
    assert barrier.at_most == pytest.approx(40 * (34 / 40 - 0.2) * 10)
    assert (barrier.people, barrier.reach.n, len(barrier.examples)) == (40, 70, 5)
    assert found(once + more).repeats[0].lost.value is None


@pytest.mark.parametrize(("hours", "charged"), [(72, 1), (72 + 1 / HOUR, 0), (0, 1)])
def test_the_time_between_counts_its_end(hours, charged):
    answer = found([Trip("a", at(("help", 0), ("call", hours)))])
    assert (answer.contacts, answer.charged) == (1, charged)


def test_a_contact_out_of_the_blue_has_no_cause_and_a_later_journey_is_still_of_the_same_person():
    answer = found([Trip("a", at(("call", 0))), Trip("b", at(("help", 0))), Trip("b", at(("call", 1)))])
    assert (answer.contacts, answer.charged, answer.cause("help").people) == (2, 1, 1)


def test_who_met_it_too_short_ago_counts_in_neither():
    trips = [Trip("old", at(("help", 0), ("call", 1))), Trip("young", at(("help", 99), ("call", 100)))]
    answer = found(trips, last=100)
    assert (answer.cause("help").contacts, answer.cause("help").people, answer.cause("help").share.n) == (2, 1, 1)


def test_a_next_contact_within_a_week_is_a_repeat_end_included():
    trips = [
        Trip("a", at(("call", 0), ("call", 168))),
        Trip("b", at(("call", 0), ("call", 169))),
        Trip("c", at(("call", 0))),
        Trip("d", at(("call", 9_990), ("call", 9_991))),
    ]
    answer = found(trips)
    assert (answer.again.value, answer.again.n) == (pytest.approx(1 / 3), 3)
    assert [(one.name, one.people, one.share.n) for one in answer.repeats] == [("call", 1, 3)]


def test_a_second_contact_is_charged_to_what_came_before_the_first_when_soon_enough():
    answer = found([Trip("a", at(("help", 0), ("call", 1), ("call", 2), ("call", 100)))])
    assert (answer.cause("help").contacts, answer.cause("help").people) == (2, 1)


def test_contacts_can_be_channels_and_events_and_where_they_come_from_can_be_told():
    touches = (
        Touch("help", 0, channel="web"),
        Touch("letter", HOUR, channel="post"),
        Touch(None, 2 * HOUR, event="ticket", channel="mail"),
    )
    by_channel = found([Trip("a", touches)], contacts.Options(contacts=("mail",)))
    assert by_channel.cause("letter").to == (("ticket", 1),)
    by_event = found([Trip("a", touches)], contacts.Options(contacts=("ticket",), first=("web",)))
    assert [one.name for one in by_event.causes] == ["help"]


def test_an_answer_to_a_survey_and_a_known_event_are_no_cause():
    touches = (Touch("help", 0), Touch(None, 1, event="answer", survey="nps"), Touch(None, 2, event="seen"))
    answer = found([Trip("a", (*touches, Touch("call", 3)))], contacts.Options(contacts=("call",), known=("seen",)))
    assert [one.name for one in answer.causes] == ["help"]


def test_fewer_reach_the_goal_among_those_who_made_contact_before_it():
    trips = []
    for n in range(40):
        paid, value = at(("paid", 9)), 10
        trips.append(Trip(f"c{n}", (*at(("help", 0), ("call", 1)), *(paid if n < 10 else ()))))
        trips.append(Trip(f"w{n}", (*at(("help", 0)), *(at(("paid", 9), value=value) if n < 30 else ()))))
        trips.append(Trip(f"l{n}", at(("help", 0), ("paid", 1), ("call", 2))))
    trips.append(Trip("still", at(("help", 0), ("call", 1)), OPEN))
    answer = found(trips, contacts.Options(contacts=("call",), outcome=("paid",)))
    help_ = answer.cause("help")
    assert help_.lost.value == pytest.approx(70 / 80 - 10 / 40)
    barrier = next(one for one in answer.barriers if one.at == "help")
    assert (barrier.kind, barrier.people) == ("contact", help_.people)
    assert barrier.at_most == pytest.approx(help_.people * help_.lost.value * 10)


ASKED = contacts.Options(contacts=("call",), n_min=2, questions=(Question("q"),))


def answer(hours, score):
    return (Touch(None, hours * HOUR, event="answer", score=score, survey="q"),)


def test_those_who_had_to_call_feel_worse_than_others_who_were_there():
    """By hand and by scipy: 12 call after the help page and score 1 to 3, 20 read on and score 3 to 5."""
    low, high = [1, 2, 3] * 4, [3, 4, 5, 4] * 5
    trips = [Trip(f"c{n}", at(("help", 0), ("call", 1)) + answer(9, score)) for n, score in enumerate(low)]
    trips += [Trip(f"w{n}", at(("help", 0)) + answer(9, score)) for n, score in enumerate(high)]
    help_ = found(trips, ASKED).cause("help").severity_feel
    told = ttest_ind(high, low, equal_var=False)
    assert (help_.value, help_.n) == (pytest.approx(2), 12)
    assert (help_.low, help_.high) == pytest.approx(tuple(told.confidence_interval()))
    (barrier,) = [one for one in found(trips, ASKED).barriers if one.at == "help"]
    assert barrier.severity_feel == help_
    few = found(trips, replace(ASKED, n_min=13)).cause("help").severity_feel
    assert (few.value, found(trips).cause("help").severity_feel.value) == (None, None)


def test_those_who_call_again_feel_worse_than_others_who_call():
    once = [Trip(f"a{n}", at(("call", 0)) + answer(9, 4 + n % 2)) for n in range(8)]
    more = [Trip(f"b{n}", at(("call", 0), ("call", 5)) + answer(9, 1 + n % 2)) for n in range(6)]
    late = [Trip(f"c{n}", at(("call", 0)) + answer(3, 5) + at(("call", 5))) for n in range(4)]
    (again,) = found(once + more + late, ASKED).repeats
    assert again.severity_feel.value == pytest.approx((8 * 4.5 + 4 * 5) / 12 - 1.5)
    assert again.severity_feel.n == 6


def test_who_is_asked_about_the_call_itself_made_it_and_the_last_answer_counts():
    asked = [Trip(f"a{n}", (*at(("help", 0)), Touch("call", HOUR, score=1, survey="q"))) for n in range(3)]
    last = [Trip(f"b{n}", at(("help", 0)) + answer(1, 1) + answer(2, 5)) for n in range(3)]
    gap = found(asked + last, ASKED).cause("help").severity_feel
    assert (gap.value, gap.n) == (pytest.approx(4), 3)


def test_a_refused_payment_is_no_success_and_its_value_is_not_at_stake():
    paid, refused = Touch("paid", 9 * HOUR, value=10), Touch("paid", 8 * HOUR, value=1000, failed=True)
    trips = [Trip(f"c{n}", (*at(("help", 0), ("call", 1)), refused)) for n in range(40)]
    trips += [Trip(f"w{n}", (*at(("help", 0)), paid)) for n in range(40)]
    answered = found(trips, contacts.Options(contacts=("call",), outcome=("paid",)))
    barrier = next(one for one in answered.barriers if one.at == "help")
    assert barrier.at_most == pytest.approx(40 * 1.0 * 10)


def test_journeys_that_overlap_are_read_in_order_of_time():
    trips = [Trip("a", at(("web", 0), ("call", 10))), Trip("a", at(("help", 9), ("web", 50)))]
    assert [one.name for one in found(trips).causes] == ["help"]


def test_nothing_and_nothing_named_say_so():
    assert "niemand" in found([]).why.text("nl")
    unnamed = found([Trip("a", at(("web", 0)))], contacts.Options())
    assert "noem" in unnamed.why.text("nl")
    assert (unnamed.causes, unnamed.rows(), unnamed.barriers) == ((), [], ())


def test_a_time_that_is_none_and_a_name_twice_are_refused():
    with pytest.raises(OptionError, match="longer than nothing"):
        found([], contacts.Options(contacts=("call",), within=0))
    with pytest.raises(OptionError, match="'call' is a contact"):
        found([], contacts.Options(contacts=("call",), first=("call",)))


def test_the_shape_is_the_published_one():
    schema = json.loads((ROOT / "src/klantreis/schemas/contacts.schema.json").read_text("utf-8"))
    trips = [Trip(f"p{n}", at(("help", 0), ("call", 1), ("call", 2))) for n in range(30)]
    for answer in (found(trips), found([])):
        jsonschema.validate(json.loads(json.dumps(answer.to_dict())), schema)
    assert {one.kind for one in found(trips).barriers} == {"contact", "again"}


def test_the_page_names_every_option_and_its_example_runs():
    page = (ROOT / "docs/reference/contacts.md").read_text("utf-8")
    assert [one.name for one in fields(contacts.Options) if f"`{one.name}`" not in page] == []
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "contacts.md", "exec"), {})


def logs_of(scores, surveys):
    touches = st.builds(
        Touch, st.sampled_from(["a", "b", "call", "paid", None]), st.integers(0, 200), st.just("e"),
        score=st.sampled_from(scores), survey=st.sampled_from(surveys),
    )  # fmt: skip
    rows = st.lists(touches, min_size=1, max_size=6).map(tuple)
    return st.lists(st.builds(Trip, st.sampled_from("pqrst"), rows, st.sampled_from([0, 1])), max_size=10)


logs, answered = logs_of([None], [None]), logs_of([None, 1, 2, 5], [None, "q"])
SMALL = contacts.Options(
    contacts=("call",), within=20_000_000, again=30_000_000, outcome=("paid",), n_min=1, questions=(Question("q"),)
)


def brute(trips):
    """(contacts charged, people charged in time, people in time) per name, by looking at every pair."""
    people = {}
    for trip in trips:
        people.setdefault(trip.person, []).extend(sorted(trip.touches, key=lambda touch: touch.at))
    end = max((touch.at for trip in trips for touch in trip.touches), default=0)
    charged, sent, seen = {}, {}, {}
    for person, rows in people.items():
        rows = sorted(rows, key=lambda touch: touch.at)
        last = None
        for touch in rows:
            name = touch.touchpoint or touch.event
            if name != "call":
                last = touch
                if touch.at + 20 <= end:
                    seen.setdefault(name, set()).add(person)
            elif last is not None and touch.at - last.at <= 20:
                cause = last.touchpoint or last.event
                charged[cause] = charged.get(cause, 0) + 1
                if last.at + 20 <= end:
                    sent.setdefault(cause, set()).add(person)
    return {name: (n, len(sent.get(name, ())), len(seen.get(name, ()))) for name, n in charged.items()}


@settings(max_examples=80, deadline=None)
@given(logs)
def test_what_is_charged_equals_looking_at_every_pair(trips):
    answer = fold(contacts, journeys_of(trips), SMALL)
    assert {one.name: (one.contacts, one.people, one.share.n) for one in answer.causes} == brute(trips)


@settings(max_examples=60, deadline=None)
@given(answered, st.integers(1, 4), st.randoms())
def test_any_split_and_any_order_give_the_same_contacts(trips, buckets, chance):
    whole = journeys_of(trips)
    options = contacts.aware(SMALL, whole.about)
    parts = [contacts.measure(bucket, options) for bucket in split(whole, trips, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(contacts.merge(parts.pop(), parts.pop()))
    answer = contacts.finish(parts[0], options, whole.about)
    assert answer.to_dict() | {"about": 0} == fold(contacts, whole, SMALL).to_dict() | {"about": 0}


def felt_by_hand(trips):
    """(without, with) per cause: the scores of persons, by looking at every pair of touches before the last answer."""
    found = {}
    for person in dict.fromkeys(trip.person for trip in trips):
        rows = sorted((one for trip in trips if trip.person == person for one in trip.touches), key=lambda one: one.at)
        said = [place for place, one in enumerate(rows) if one.survey == "q" and one.score is not None]
        if not said:
            continue
        before = rows[: said[-1] + (rows[said[-1]].touchpoint is not None)]
        met, sent, last = set(), set(), None
        for one in before:
            if one.touchpoint == "call":
                sent |= {last.touchpoint} if last is not None and one.at - last.at <= 20 else set()
            elif one.touchpoint is not None or one.survey is None:
                last = replace(one, touchpoint=one.touchpoint or one.event)
                met.add(last.touchpoint)
        for name in met:
            found.setdefault(name, ([], []))[name in sent].append(rows[said[-1]].score - 3)
    return found


@settings(max_examples=80, deadline=None)
@given(answered)
def test_what_is_felt_equals_looking_at_every_pair(trips):
    distinct = [replace(trip, touches=tuple(replace(one, at=one.at * 100 + n) for n, one in enumerate(trip.touches)))
                for trip in trips]  # fmt: skip
    distinct = [replace(trip, person=f"{trip.person}{n}") for n, trip in enumerate(distinct)]
    asked = replace(SMALL, within=2_000_000_000, n_min=0)
    seen = fold(contacts, journeys_of(distinct), asked)
    brutal = felt_by_hand([replace(t, touches=tuple(replace(o, at=o.at / 100) for o in t.touches)) for t in distinct])
    for cause in seen.causes:
        others, mine = brutal.get(cause.name, ([], []))
        if min(len(others), len(mine)) < 2:
            assert cause.severity_feel.value is None
        else:
            assert cause.severity_feel.value == pytest.approx(sum(others) / len(others) - sum(mine) / len(mine))


def test_compiled_kernels_equal_plain_python(monkeypatch):
    trips = [Trip(f"c{n}", at(("help", 0), ("call", 1)) + answer(9, 1 + n % 3)) for n in range(30)]
    trips += [Trip(f"w{n}", at(("help", 0)) + answer(9, 3 + n % 2) + at(("call", 10))) for n in range(30)]
    plain = found(trips, ASKED)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert found(trips, ASKED).to_dict() | {"about": 0} == plain.to_dict() | {"about": 0}
    assert plain.cause("help").severity_feel.low > 0
