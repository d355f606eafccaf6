"""KPIs: every metric against a table small enough to count by eye, and verdicts that know what is unsure."""

import csv
import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import kpis
from klantreis.analyses.fold import fold
from klantreis.analyses.kpi_asked import FAMILIES
from klantreis.analyses.kpis import Options, verdict
from klantreis.journeys.model import OPEN
from klantreis.labels import plain
from klantreis.map.metrics import METRICS
from klantreis.map.model import Kpi, Survey, Target
from klantreis.stats.intervals import Estimate, share
from klantreis.testing import Touch, Trip, journeys_of, split

SCHEMA = Path(kpis.__file__).parents[1] / "schemas/kpis.schema.json"
PHASES = (("search", "look"), ("product", "choose"), ("cart", "choose"), ("paid", "buy"))


def trip(person, *names, state=1, segments=(), step=60.0, at=0.0):
    return Trip(person, tuple(Touch(name, at + i * step) for i, name in enumerate(names)), state, segments)


def measured(log, *asked, surveys=(), last=None, steps=()):
    journeys = journeys_of(log, touchpoints=("search", "product", "cart", "paid"), last=last)
    return fold(kpis, journeys, Options(asked, surveys, PHASES, steps)).values


def one(log, metric, *, surveys=(), last=None, steps=(), **names):
    return measured(log, Kpi("k", plain("k"), metric, **names), surveys=surveys, last=last, steps=steps)[0]


LOG = [
    trip("a", "search", "product", "cart", "paid"),
    trip("b", "product", "search"),
    trip("c", "paid", "product"),
    trip("d", "search"),
    trip("a", "search", "product", at=9000),
]


def test_conversion_is_over_journeys_that_begin_and_counts_only_what_comes_later():
    found = one(LOG, "conversion", start="product", end="paid")
    assert found.estimate == share(1, 4)
    assert found.unit == "share"


def test_contacts_before_are_those_the_map_knows_until_the_first_time_there():
    # Requirement A3. a: 3 before paid; e: search, then something unknown, then product: 2; c: paid at once.
    unknown = Touch(None, 30, "popup")
    e = [Touch("search", 0), unknown, Touch("product", 60), Touch("paid", 120), Touch("cart", 180), Touch("paid", 240)]
    log = [*LOG, Trip("e", tuple(e), 1, ())]
    found = one(log, "median_contacts", end="paid")
    assert (found.estimate.value, found.estimate.n, found.unit) == (2, 3, "times")
    assert one(log, "p90_contacts", end="paid").estimate.value == 3
    assert one(log, "median_contacts", start="product", end="paid").estimate.value == 1
    assert one(LOG[1:2], "median_contacts", end="paid").estimate == Estimate(None, 0)


def test_contacts_before_have_a_verdict_as_soon_as_the_interval_lies_on_one_side():
    log = [trip(f"p{i}", *(["search"] * (i % 5)), "paid") for i in range(40)]
    estimate = one(log, "median_contacts", end="paid").estimate
    assert (estimate.low, estimate.value, estimate.high) == (1, 2, 3)
    verdicts = [one(log, "median_contacts", end="paid", target=Target("<=", n, "")).verdict for n in (3, 2, 0)]
    assert verdicts == ["met", "unsure", "missed"]


def test_from_a_touchpoint_to_itself_asks_for_two_of_them():
    log = [trip("a", "product", "product"), trip("b", "product")]
    assert one(log, "conversion", start="product", end="product").estimate == share(1, 2)


def test_open_journeys_are_left_out_also_those_that_have_converted():
    log = [trip("a", "product", "paid", state=OPEN), trip("b", "product", state=OPEN), trip("c", "product")]
    assert one(log, "conversion", start="product", end="paid").estimate == share(0, 1)


def test_every_metric_a_map_may_name_is_computed():
    assert set(FAMILIES) == set(METRICS)


def test_with_a_window_only_entries_whose_window_has_passed_count():
    log = [
        trip("in time", "product", "paid", step=3600),
        trip("on the edge", "product", "paid", step=7200),
        trip("too late", "product", "paid", step=7201),
        trip("gave up", "product"),
        trip("too young", "product", "paid", at=5000),
        trip("too young too", "product", state=OPEN, at=5000),
    ]
    asked = {"start": "product", "end": "paid", "within": "2h"}
    assert one(log, "conversion", last=8000, **asked).estimate == share(2, 4)
    assert one(log, "conversion", last=12199, **asked).estimate == share(2, 4)
    assert one(log, "conversion", last=12200, **asked).estimate == share(3, 6)


def test_names_may_be_steps_and_phases_too():
    found = one(LOG, "conversion", start="choose", end="pay", steps=(("paid", "pay"),))
    assert found.estimate == share(1, 4)


def test_share_is_over_all_journeys_and_the_first_touch_counts():
    assert one(LOG, "share", at="paid").estimate == share(2, 5)
    assert one(LOG, "share", phase="buy").estimate == share(2, 5)


def test_counts_are_of_people_journeys_and_touches():
    assert [one(LOG, metric, at="product").estimate.value for metric in ("people", "journeys", "count")] == [3, 4, 4]
    assert [one(LOG, metric).estimate.value for metric in ("people", "journeys", "count")] == [4, 5, 11]


def test_coming_back_is_counted_per_person_over_all_their_journeys():
    assert one(LOG, "repeat_share", at="product").estimate == share(1, 3)
    assert one(LOG, "repeat_share").estimate == share(1, 4)


STAMPS = [
    trip("full", "paid", "paid", step=60),
    trip("full", "paid", at=3000),
    trip("two", "paid", "product", "paid"),
    trip("one", "paid", "product", "product", "product"),
    trip("none", "product"),
]


@pytest.mark.parametrize(("times", "full"), [(None, 2), (2, 2), (3, 1), (4, 0)])
def test_the_share_of_full_cards_is_of_all_who_have_a_stamp_over_all_their_journeys(times, full):
    assert one(STAMPS, "repeat_share", at="paid", least_times=times).estimate == share(full, 3)


def test_a_second_full_card_of_one_person_counts_once():
    assert one(
        [trip("a", *["paid"] * 7), trip("b", "paid")], "repeat_share", at="paid", least_times=3
    ).estimate == share(1, 2)


def test_a_card_must_be_full_in_time_when_a_time_is_said():
    asked = {"at": "paid", "least_times": 3, "last": 1e6}
    assert one(STAMPS, "repeat_share", within="50m", **asked).estimate == share(1, 3)
    assert one(STAMPS, "repeat_share", within="49m", **asked).estimate == share(0, 3)


def test_without_a_place_it_is_how_many_journeys_somebody_made():
    assert one(STAMPS, "repeat_share", least_times=2).estimate == share(1, 4)
    assert one(STAMPS, "repeat_share", least_times=3).estimate == share(0, 4)
    assert one([], "repeat_share", at="paid", least_times=3).estimate.n == 0


def test_coming_back_within_a_time_runs_from_the_first_meeting_and_waits_until_it_has_passed():
    log = [
        trip("soon", "paid"),
        trip("soon", "paid", at=300),
        trip("late", "paid"),
        trip("late", "paid", at=900),
        trip("late", "paid", at=950),
        trip("once", "paid", at=100),
        trip("young", "paid", at=9000),
    ]
    assert one(log, "repeat_share", at="paid", within="10m").estimate == share(1, 3)
    assert one(log, "repeat_share", at="paid").estimate == share(2, 4)
    assert one(log, "repeat_share", within="15m").estimate == share(2, 3)
    assert one(log, "repeat_share", at="cart", within="10m").estimate.value is None


def test_times_run_from_one_place_to_another_of_those_who_got_there():
    log = [trip(str(i), "product", "paid", step=60 * i) for i in range(1, 12)] + [trip("x", "product")]
    found = one(log, "median_minutes", start="product", end="paid")
    # Binomial(11, 1/2): the 2nd and the 10th of 11 values bound the median (scipy.stats.binom.ppf gives 2 and 9).
    assert found.estimate == Estimate(360, 11, 120, 600)
    assert found.unit == "seconds"
    assert one(log, "p90_minutes", start="product", end="paid").estimate.value == pytest.approx(600)


def test_time_at_a_touchpoint_runs_to_whatever_touch_comes_next():
    log = [Trip("a", (Touch("cart", 0), Touch(None, 5, event="strange"), Touch("paid", 90)))]
    assert one(log, "median_seconds", at="cart").estimate.value == 5


def test_time_in_a_phase_runs_to_the_next_phase_or_to_the_end_of_a_journey_that_is_over():
    log = [trip("a", "product", "cart", "paid"), trip("b", "product", "cart"), trip("c", "product", "cart", state=OPEN)]
    assert one(log, "median_seconds", phase="choose").estimate == Estimate(90, 2)


def test_without_a_place_time_is_that_of_journeys_that_are_over():
    assert one([trip("a", "search", "paid"), trip("b", "search", state=OPEN)], "median_seconds").estimate.value == 60


SURVEY = Survey("csat", plain("?"), about=("paid",), n_min=2)


def answers(*scores, survey="csat"):
    return [
        Trip(str(i), (Touch("paid", 0), Touch(None, 1, event="answer", score=score, survey=survey)))
        for i, score in enumerate(scores)
    ]


def test_surveys_have_a_mean_and_a_share_of_the_two_best_points_on_their_own_scale():
    log = answers(5, 4, 3, 9)
    assert one(log, "survey_mean", survey="csat", surveys=(SURVEY,)).estimate.value == 4
    assert one(log, "survey_top2", survey="csat", surveys=(SURVEY,)).estimate == share(2, 3)
    assert one(log, "survey_mean", at="product", survey="csat", surveys=(SURVEY,)).estimate.value is None


def test_too_few_answers_are_said_to_be_too_few():
    found = one(answers(5), "survey_mean", surveys=(SURVEY,))
    assert (found.estimate, found.why) == (Estimate(None, 1), "Too few answers (n = 1, need 2).")
    assert found.reason.nl == "Te weinig antwoorden (n = 1, nodig 2)."


def test_nps_is_that_of_r(shared):
    cases = json.loads((shared / "oracles/satisfaction/nps_cases.json").read_text())["cases"]
    survey = Survey("nps", plain("?"), low=0, high=10, kind="NPS", n_min=1)
    for case in (case for case in cases if "scores" in case):
        found = one(answers(*case["scores"], survey="nps"), "nps", surveys=(survey,))
        assert found.estimate.value == pytest.approx(case["nps"], abs=1e-9)


def test_values_are_summed_exactly_and_averaged_with_an_interval():
    log = [Trip("a", (Touch("paid", 0, value=0.1), Touch("paid", 1, value=0.2))), Trip("b", (Touch("paid", 0),))]
    assert one(log, "value_sum", at="paid").estimate == Estimate(0.3, 2)
    assert one(log, "value_mean", at="paid").estimate.value == pytest.approx(0.15)


def test_segments_follow_everybody():
    log = [trip("a", "product", "paid", segments=("new",)), trip("b", "product", segments=("known",))]
    kpi = Kpi("k", plain("k"), "conversion", start="product", end="paid", by=("new", "known", "nobody"))
    found = [(value.segment, value.estimate) for value in measured(log, kpi)]
    assert found == [(None, share(1, 2)), ("new", share(1, 1)), ("known", share(0, 1)), ("nobody", Estimate(None, 0))]


def test_times_per_segment_do_not_mix():
    log = [trip("a", "product", "paid", segments=("new",)), trip("b", "product", "paid", step=600)]
    kpi = Kpi("k", plain("k"), "median_seconds", start="product", end="paid", by=("new",))
    assert [value.estimate.value for value in measured(log, kpi, kpi)] == [330, 60, 330, 60]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"metric": "konversion"}, "'konversion' is not known. Did you mean 'conversion'?"),
        ({"metric": "share"}, "Say with `to`, `at` or `phase` where the customer should get."),
        ({"metric": "count", "at": "moon"}, "No data tells of 'moon': there is no matcher that sees it."),
        ({"metric": "survey_mean"}, "Say with `survey` which survey this is about."),
        (
            {"metric": "share", "at": "paid", "within": "soon"},
            "'soon' is not a span of time; write one such as '30 min'",
        ),
        ({"metric": "median_days", "start": "paid", "end": "search"}, "Nothing to measure in these data yet."),
    ],
)
def test_a_kpi_that_cannot_be_computed_says_why(asked, why):
    found = one(LOG, **asked, target=Target(">=", 1, ">= 1"))
    assert found.why.startswith(why)
    assert found.reason.nl
    assert (found.verdict, found.estimate.value) == ("unknown", None)


@pytest.mark.parametrize(
    ("comparison", "aim", "expected"),
    [
        (">=", 0.1, "met"), (">=", 0.15, "unsure"), (">=", 0.3, "missed"),
        ("<=", 0.3, "met"), ("<=", 0.15, "unsure"), ("<=", 0.05, "missed"),
        (">", 0.1, "unsure"), ("<", 0.2, "unsure"), (">", 0.2, "missed"), ("<", 0.1, "missed"),
        ("=", 0.15, "unsure"), ("=", 0.3, "missed"),
    ],
)  # fmt: skip
def test_a_verdict_needs_the_whole_interval_on_one_side(comparison, aim, expected):
    assert verdict(Estimate(0.15, 400, 0.1, 0.2), Target(comparison, aim, "")) == expected


def test_a_value_without_interval_is_unsure_unless_it_is_a_count():
    assert verdict(Estimate(5, 1), Target(">=", 3, "")) == "unsure"
    assert verdict(Estimate(5, 5), Target(">=", 3, ""), counted=True) == "met"
    assert verdict(Estimate(5, 5), None) == "no_target"


def test_leaving_at_once_is_a_first_visit_with_nothing_after_its_first_moment():
    log = [
        trip("one look", "product"),
        trip("and again tomorrow", "product", at=50),
        trip("and again tomorrow", "product", at=90_000),
        trip("went on", "product", "cart"),
        trip("at the edge", "product", "cart", step=1800),
        trip("over the edge", "product", "cart", step=1801),
        trip("two at one moment", "product", "cart", step=0),
        trip("too young", "product", at=98_500),
    ]
    bounced = {"one look", "and again tomorrow", "over the edge", "two at one moment"}
    assert one(log, "bounce_share", last=100_000).estimate == share(len(bounced), 6 + 0)
    assert one(log, "bounce_share", last=100_300).estimate == share(len(bounced) + 1, 7)
    assert one(log, "bounce_share", last=100_300, within="2h").estimate == share(3, 6)


def test_leaving_at_once_may_be_of_who_came_in_at_one_place():
    log = [trip("a", "search"), trip("b", "search", "product"), trip("c", "product"), trip("d", "product", "search")]
    log.append(trip("later", "cart", "cart", at=9_000))  # the data go on, so that every visit had its time
    assert one(log, "bounce_share", at="search").estimate == share(1, 2)
    assert one(log[:-1], "bounce_share", phase="choose", last=9_000).estimate == share(1, 2)
    assert one(log, "bounce_share", at="paid").estimate.value is None
    assert one([], "bounce_share").estimate.n == 0


def test_a_place_that_no_data_tells_of_is_not_zero_percent():
    asked = Kpi("k", plain("k"), "share", at="cart")
    journeys = journeys_of([trip("a", "search"), trip("b", "search")], touchpoints=("search", "cart"))
    seen, unseen = (fold(kpis, journeys, Options((asked,), unseen=one)).values[0] for one in ((), ("cart",)))
    assert seen.estimate == share(0, 2)
    assert (unseen.estimate.value, unseen.verdict) == (None, "no_target")
    assert "'cart'" in unseen.why


def test_targets_are_turned_into_the_unit_of_the_value():
    log = [trip(str(i), "product", "paid", step=120) for i in range(10)]
    found = one(log, "median_minutes", start="product", end="paid", target=Target("<=", 5, "<= 5"))
    assert (found.target, found.verdict) == (300, "met")
    survey = Survey("nps", plain("?"), low=0, high=10, kind="NPS", n_min=1)
    assert one(answers(9, survey="nps"), "nps", surveys=(survey,), target=Target(">=", 30, ">= 30")).target == 0.3


ASKED = (
    Kpi("c", plain(""), "conversion", start="product", end="paid", within="3 min", by=("new",)),
    Kpi("s", plain(""), "share", phase="buy", by=("new",)),
    Kpi("t", plain(""), "median_seconds", phase="choose", by=("new",)),
    Kpi("r", plain(""), "repeat_share", at="product"),
    Kpi("f", plain(""), "repeat_share", at="product", least_times=3, by=("new",)),
    Kpi("w", plain(""), "repeat_share", at="product", least_times=3, within="3 min"),
    Kpi("b", plain(""), "bounce_share", within="3 min", by=("new",)),
    Kpi("p", plain(""), "people", at="search"),
    Kpi("m", plain(""), "survey_mean"),
    Kpi("v", plain(""), "value_mean"),
)
logs = st.lists(
    st.builds(
        lambda person, rows, state, new: Trip(
            person,
            tuple(
                Touch(t, i * gap, value=v, score=s, survey="csat", event="e") for i, (t, gap, v, s) in enumerate(rows)
            ),
            state,
            ("new",) if new else (),
        ),
        st.sampled_from("klmnopq"),
        st.lists(
            st.tuples(
                st.sampled_from([None, "search", "product", "cart", "paid"]),
                st.integers(0, 200),
                st.sampled_from([None, 1.5, -2.25, 1e9]),
                st.sampled_from([None, 1, 4.5, 9]),
            ),
            min_size=1,
            max_size=6,
        ),
        st.sampled_from([0, 1, 2]),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(logs, st.integers(1, 5), st.randoms(use_true_random=False))
def test_any_split_and_any_merge_order_give_the_same_result(log, buckets, random):
    options = Options(ASKED, (SURVEY,), PHASES)
    whole = journeys_of(log, touchpoints=("search", "product", "cart", "paid"))
    parts = [kpis.measure(bucket, options) for bucket in split(whole, log, buckets).buckets]
    random.shuffle(parts)
    assert kpis.finish(reduce(kpis.merge, parts), options, whole.about) == fold(kpis, whole, options)


@settings(max_examples=40, deadline=None)
@given(logs, st.integers(2, 5))
def test_full_cards_are_those_that_python_counts(log, times):
    stamps = Counter(one.person for one in log for touch in one.touches if touch.touchpoint == "product")
    found = one(log, "repeat_share", at="product", least_times=times).estimate
    assert found == share(sum(many >= times for many in stamps.values()), len(stamps))


def test_compiled_kernels_say_what_plain_ones_say(monkeypatch):
    options = Options(ASKED, (SURVEY,), PHASES)
    plainly = fold(kpis, journeys_of(LOG), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(kpis, journeys_of(LOG), options) == plainly


def test_the_dictionary_has_the_published_shape():
    result = fold(kpis, journeys_of(LOG), Options(ASKED, (SURVEY,), PHASES))
    jsonschema.validate(result.to_dict(), json.loads(SCHEMA.read_text("utf-8")))
    assert len({frozenset(row) for row in result.rows()}) == 1


def test_olist_leg_durations_are_those_of_pandas(shared):
    oracle = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["durations"]
    columns = {"purchase": 3, "carrier": 5, "delivered": 6}
    log = []
    with gzip.open(shared / "data/olist_sample_3k/olist_orders_dataset.csv.gz", "rt", encoding="utf-8") as file:
        for row in list(csv.reader(file))[1:]:
            touches = [
                Touch(name, datetime.fromisoformat(row[column]).replace(tzinfo=UTC).timestamp())
                for name, column in columns.items()
                if row[column]
            ]
            log.append(Trip(row[0], tuple(touches)))
    for start, end in (("purchase", "delivered"), ("carrier", "delivered")):
        asked = tuple(Kpi(m, plain(""), f"{m}_hours", start=start, end=end) for m in ("median", "p90"))
        median, p90 = fold(kpis, journeys_of(log), Options(asked)).values
        expected = oracle[f"{start}_to_{end}"]
        assert median.estimate.n == expected["n"]
        assert median.estimate.value == pytest.approx(expected["median_hours"] * 3600, abs=1e-3)
        assert p90.estimate.value == pytest.approx(expected["p90_hours"] * 3600, abs=1e-3)
        assert median.estimate.low < median.estimate.value < median.estimate.high
