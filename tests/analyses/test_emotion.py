"""Emotion: where answers belong, what they say, and that no split of the log changes a digit."""

import csv
import gzip
import json
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import klantreis
from klantreis.analyses import emotion
from klantreis.analyses.emotion import Options, Question
from klantreis.analyses.fold import fold
from klantreis.testing import Touch, Trip, journeys_of, split

SCHEMA = Path(klantreis.__file__).parent / "schemas/emotion.schema.json"


def answer(score, at, touchpoint=None, survey="csat"):
    return Touch(touchpoint, at, event="answer", score=score, survey=survey)


def feelings(trips, *questions, touchpoints=()):
    return fold(emotion, journeys_of(trips, touchpoints=touchpoints), Options(questions or (Question("csat"),)))


def places(result):
    return {(f.touchpoint, f.survey): f.raw.value for f in result.feelings}


def test_an_answer_is_about_the_nearest_named_touchpoint_before_it():
    trip = Trip("a", (Touch("product", 0), Touch("paid", 1), Touch("search", 2), answer(5, 3), Touch("product", 4)))
    assert places(feelings([trip], Question("csat", about=("product", "paid")))) == {("paid", "csat"): 5}


def test_without_one_before_it_is_about_the_nearest_after():
    trip = Trip("a", (Touch("search", 0), answer(2, 1), Touch("paid", 2), Touch("product", 3)))
    assert places(feelings([trip], Question("csat", about=("product", "paid")))) == {("paid", "csat"): 2}


def test_a_named_touchpoint_that_carries_its_own_score_keeps_it():
    trip = Trip("a", (Touch("product", 0), answer(4, 1, touchpoint="paid")))
    assert places(feelings([trip], Question("csat", about=("product", "paid")))) == {("paid", "csat"): 4}


def test_an_answer_never_crosses_into_another_journey_and_is_then_unplaced():
    trips = [Trip("a", (Touch("paid", 0),)), Trip("a", (answer(1, 5),)), Trip("b", (Touch("paid", 6),))]
    found = feelings(trips, Question("csat", about=("paid",)))
    assert (found.answers, found.unplaced, found.feelings) == (1, 1, ())
    assert found.mean.value is None


def test_a_survey_about_nothing_in_particular_stays_at_its_own_touch():
    trips = [
        Trip("a", (Touch("paid", 0), answer(3, 1, touchpoint="review"))),
        Trip("b", (Touch("paid", 0), answer(2, 1), Touch("review", 2))),
        Trip("c", (answer(5, 1), Touch("review", 2))),
    ]
    assert places(feelings(trips)) == {("paid", "csat"): 2, ("review", "csat"): 3}
    assert feelings(trips).unplaced == 1


@pytest.mark.parametrize(
    ("question", "score", "feel"),
    [
        (Question("csat"), 5, 2),
        (Question("csat"), 2, -1),
        (Question("csat", reverse=True), 2, 1),
        (Question("csat", high=7), 6, 4 / 3),
        (Question("csat", low=0, high=10), 2.5, -1),
    ],
)
def test_every_scale_becomes_minus_two_to_plus_two(question, score, feel):
    found = feelings([Trip("a", (answer(score, 0, touchpoint="paid"),))], question)
    assert found.feelings[0].feel.value == pytest.approx(feel)
    assert found.mean.value == found.peak_end.value == pytest.approx(feel, abs=1e-8)


def test_scores_off_the_scale_are_left_out_and_counted():
    trip = Trip("a", (answer(0, 0, "paid"), answer(6, 1, "paid"), answer(5, 2, "paid")))
    found = feelings([trip])
    assert found.unusable == (("csat", 2),)
    assert (found.answers, found.feelings[0].raw.n, found.mean.value) == (1, 1, 2)


def test_surveys_nobody_asked_about_and_touches_without_score_are_no_answers():
    trip = Trip("a", (answer(5, 0, "paid", survey="other"), Touch("paid", 1, survey="csat"), Touch("paid", 2, score=4)))
    assert feelings([trip]).answers == 0


def test_the_mean_has_students_interval_and_the_two_best_points_a_share():
    scores = [5, 4, 4, 1, 3, 5, 5]
    found = feelings([Trip(str(i), (answer(s, 0, "paid"),)) for i, s in enumerate(scores)]).feelings[0]
    low, high = stats.t.interval(0.95, 6, sum(scores) / 7, stats.sem(scores))
    assert (found.raw.low, found.raw.high) == pytest.approx((low, high))
    assert (found.feel.low, found.feel.high) == pytest.approx((low - 3, high - 3))
    assert (found.counts, found.top_two.value) == (((1, 1), (3, 1), (4, 2), (5, 3)), 5 / 7)


def test_a_turned_scale_turns_the_interval_and_the_best_points():
    trips = [Trip(str(i), (answer(s, 0, "paid"),)) for i, s in enumerate([1, 2, 5])]
    found = feelings(trips, Question("csat", reverse=True)).feelings[0]
    assert found.feel.low < found.feel.value < found.feel.high
    assert found.top_two.value == 2 / 3


def test_enough_begins_at_n_min():
    trips = [Trip(str(i), (answer(4, 0, "paid"),)) for i in range(30)]
    assert feelings(trips).feelings[0].enough
    assert not feelings(trips[1:]).feelings[0].enough


def test_recommendation_is_scored_apart_and_kept_off_the_curve():
    scores = [10, 9, 8, 7, 6, 0, 10]
    trips = [Trip(str(i), (answer(s, 0, "paid", "nps"),)) for i, s in enumerate(scores)]
    found = feelings(trips, Question("nps", low=0, high=10, kind="NPS"))
    assert found.feelings[0].nps.value == pytest.approx(1 / 7)
    assert not found.feelings[0].on_curve
    assert found.mean.value is None


def test_one_survey_per_touchpoint_is_on_the_curve_the_first_with_enough_answers():
    trips = [Trip("a", (answer(4, 0, "paid", "few"), answer(3, 1, "paid", "many"), answer(3, 2, "paid", "many")))]
    questions = (Question("few", n_min=2), Question("many", n_min=2))
    assert [f.survey for f in feelings(trips, *questions).feelings if f.on_curve] == ["many"]


def test_satisfaction_and_effort_never_share_a_curve_nor_a_score_of_a_journey():
    trips = [
        Trip("a", (answer(5, 0, "seen"), answer(1, 1, "paid", "effort"), answer(5, 2, "sent"))),
        Trip("b", (answer(5, 0, "seen"), answer(1, 1, "paid", "effort"), answer(3, 2, "sent"))),
    ]
    questions = (Question("effort", kind="CES", n_min=2), Question("csat", n_min=2))
    found = feelings(trips, *questions)
    assert {f.touchpoint: f.on_curve for f in found.feelings} == {"seen": True, "sent": True, "paid": False}
    assert (found.kind, found.mean.value, found.peak_end.value) == ("CSAT", 1.5, 1.5)
    assert (feelings(trips[:1], *questions).kind, feelings([], *questions).kind) == ("CSAT", "CES")


def test_two_touchpoints_beside_each_other_equal_scipy():
    late, on_time = [1, 1, 2, 5, 3, 1, 9], [5, 4, 5, 5, 3, 5, 2, 4]
    trips = [Trip(f"l{i}", (answer(s, 0, "late"),)) for i, s in enumerate(late)]
    trips += [Trip(f"o{i}", (answer(s, 0, "on_time"),)) for i, s in enumerate(on_time)]
    options = Options((Question("csat"), Question("other")), compare=("late", "on_time"))
    (found,) = fold(emotion, journeys_of(trips), options).compared
    welch = stats.ttest_ind(late[:-1], on_time, equal_var=False)
    ranks = stats.mannwhitneyu(late[:-1], on_time, method="asymptotic")
    assert (found.survey, found.n_one, found.n_other) == ("csat", 6, 8)
    assert (found.t, found.p, found.u, found.rank_p) == pytest.approx((*welch, *ranks), abs=1e-12)
    assert (found.gap.value, found.nps_gap) == (pytest.approx(sum(late[:-1]) / 6 - sum(on_time) / 8), None)


def test_two_recommendation_scores_are_laid_beside_each_other_as_such():
    trips = [Trip(f"l{i}", (answer(s, 0, "a", "nps"),)) for i, s in enumerate([10, 9, 0, 7])]
    trips += [Trip("o", (answer(6, 0, "b", "nps"),))]
    options = Options((Question("nps", low=0, high=10, kind="NPS"),), compare=("a", "b"))
    (found,) = fold(emotion, journeys_of(trips), options).compared
    assert (found.nps_gap.value, found.nps_gap.n, found.gap.low) == (0.25 + 1, 1, None)


def test_nobody_at_either_of_two_touchpoints_is_nothing_to_compare():
    options = Options((Question("csat"),), compare=("x", "y"))
    assert fold(emotion, journeys_of([Trip("a", (answer(5, 0, "z"),))]), options).compared == ()


@pytest.mark.parametrize(
    ("scores", "mean", "peak_end"),
    [((5, 1, 4), 1 / 3, (-2 + 1) / 2), ((1, 5, 3), 0, 1), ((5, 1, 3), 0, -1), ((4,), 1, 1)],
)
def test_peak_end_takes_the_most_extreme_answer_the_later_of_two_and_the_last(scores, mean, peak_end):
    trip = Trip("a", tuple(answer(score, at, "paid") for at, score in enumerate(scores)))
    found = feelings([trip])
    assert found.mean.value == pytest.approx(mean, abs=1e-8)
    assert found.peak_end.value == pytest.approx(peak_end, abs=1e-8)


def test_journeys_without_an_answer_do_not_count():
    found = feelings(
        [Trip("a", (answer(5, 0, "paid"),)), Trip("b", (answer(3, 0, "paid"),)), Trip("c", (Touch("x", 0),))]
    )
    assert (found.mean.n, found.mean.value) == (2, 1)


def test_no_answers_is_an_answer():
    found = feelings([Trip("a", (Touch("paid", 0),))])
    assert (found.answers, found.feelings, found.mean.value) == (0, (), None)


touches = st.lists(
    st.builds(
        lambda place, score, survey: Touch(place, 0, event="e", score=score, survey=survey),
        st.sampled_from([None, "a", "b", "c"]),
        st.sampled_from([None, 0, 1, 2, 3.5, 4, 5, 7]),
        st.sampled_from(["five", "seven", "nps"]),
    ),
    min_size=1,
    max_size=6,
)
logs = st.lists(st.tuples(st.sampled_from("klmnop"), touches), max_size=12).map(
    lambda rows: [Trip(person, tuple(Touch(**{**_dict(t), "at": i}) for i, t in enumerate(ts))) for person, ts in rows]
)
QUESTIONS = Options(
    (
        Question("five", about=("a", "b"), n_min=2),
        Question("seven", high=7, reverse=True, n_min=2),
        Question("nps", low=0, high=10, kind="NPS", about=("c",)),
    ),
    compare=("a", "b"),
)


def _dict(touch):
    return {name: getattr(touch, name) for name in touch.__dataclass_fields__}


@settings(max_examples=60, deadline=None)
@given(logs, st.integers(1, 5), st.randoms(use_true_random=False))
def test_any_split_and_any_merge_order_give_the_same_result(log, buckets, random):
    whole = journeys_of(log, touchpoints=("a", "b", "c"))
    parts = [emotion.measure(bucket, QUESTIONS) for bucket in split(whole, log, buckets).buckets]
    random.shuffle(parts)
    again = emotion.finish(reduce(emotion.merge, parts), QUESTIONS, whole.about)
    assert again == fold(emotion, whole, QUESTIONS)


def test_compiled_kernels_say_what_plain_ones_say(monkeypatch):
    log = [
        Trip(
            str(i),
            tuple(Touch("abc"[(i + k) % 3], k, score=(i * k) % 6, survey=("five", "nps")[k % 2]) for k in range(5)),
        )
        for i in range(40)
    ]
    plain = fold(emotion, journeys_of(log), QUESTIONS)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(emotion, journeys_of(log), QUESTIONS) == plain


def test_the_dictionary_has_the_published_shape():
    result = feelings([Trip("a", (answer(5, 0, "paid"),)), Trip("b", (answer(9, 0, "paid"),))])
    jsonschema.validate(result.to_dict(), json.loads(SCHEMA.read_text("utf-8")))
    assert result.rows()[0]["feel"] == 2


def _olist(shared):
    """One trip per order: delivered (late or on time, by the second) and its reviews; orders never delivered too."""

    def table(name):
        with gzip.open(shared / f"data/olist_sample_3k/olist_{name}_dataset.csv.gz", "rt", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def seconds(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()

    reviews = {}
    for row in table("order_reviews"):
        reviews.setdefault(row["order_id"], []).append(
            answer(float(row["review_score"]), seconds(row["review_answer_timestamp"]), survey="review")
        )
    for row in table("orders"):
        touches = [Touch("purchase", seconds(row["order_purchase_timestamp"]))]
        if row["order_delivered_customer_date"]:
            late = row["order_delivered_customer_date"] > row["order_estimated_delivery_date"]
            touches.append(Touch("late" if late else "on_time", seconds(row["order_delivered_customer_date"])))
        yield Trip(row["order_id"], (*touches, *reviews.get(row["order_id"], ())))


def test_late_deliveries_score_what_pandas_says_of_the_olist_orders(shared):
    oracle = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["csat"]
    found = feelings(_olist(shared), Question("review", about=("late", "on_time")))
    at = {feeling.touchpoint: feeling for feeling in found.feelings}
    late = oracle["late_vs_on_time"]
    assert (at["late"].raw.n, at["on_time"].raw.n) == (late["n_late"], late["n_on_time"])
    assert at["late"].raw.value == pytest.approx(late["mean_late"], abs=1e-6)
    assert at["on_time"].raw.value == pytest.approx(late["mean_on_time"], abs=1e-6)
    assert at["late"].feel.high < 0 < at["on_time"].feel.low
    assert (found.answers, found.unplaced) == (oracle["n_reviews"], oracle["n_reviews"] - 2670 - 233)


def test_all_olist_reviews_give_pandas_mean_distribution_and_best_two(shared):
    oracle = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["csat"]
    found = feelings(_olist(shared), Question("review", about=("purchase",))).feelings[0]
    assert found.raw.value == pytest.approx(oracle["mean"], abs=1e-6)
    assert {f"{score:g}": often for score, often in found.counts} == oracle["distribution"]
    assert found.top_two.value == pytest.approx(oracle["top2box_share"], abs=1e-6)


@pytest.mark.parametrize(("low", "high", "best", "worst"), [(1, 7, 5, 3), (1, 10, 6, 5), (0, 3, 2, 1)])
def test_a_good_and_a_bad_answer_that_are_equally_extreme_tie_on_every_scale(low, high, best, worst):
    def peak_end(*scores):
        touches = tuple(Touch("delivered", at, score=score, survey="csat") for at, score in enumerate(scores))
        asked = Options((Question("csat", low, high),))
        return fold(emotion, journeys_of([Trip("ann", touches)]), asked).peak_end.value

    assert peak_end(worst, best) == pytest.approx(-peak_end(best, worst), abs=1e-8)
    assert peak_end(worst, best) > 0
