"""Events meet touchpoints, surveys and segments by what their row says."""

from __future__ import annotations

import pytest

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import DocumentError, OptionError
from klantreis.journeys.conditions import Binder, holds
from klantreis.journeys.match import matched, moment, overlaps
from klantreis.labels import Label, plain
from klantreis.map.model import Condition, JourneyMap, Matcher, Phase, Segment, Step, Survey, Touchpoint


@pytest.fixture(scope="module")
def engine():
    opened = DuckDbEngine(threads=1)
    yield opened
    opened.close()


def rows(**columns) -> Query:
    """One row; columns named p__x become "p.x"."""
    given = {
        "event": "e", "at": 0, "channel": None, "session": None, "detail": None, "value": None, "score": None, **columns
    }  # fmt: skip
    types = {"at": "BIGINT", "value": "DECIMAL(18, 4)", "score": "DECIMAL(9, 3)"}
    cells = ", ".join(
        f'CAST($c_{name} AS {types.get(name, "VARCHAR")}) AS "{name.replace("p__", "p.")}"' for name in given
    )
    return Query((("rows", f"SELECT {cells}"),), {f"c_{name}": value for name, value in given.items()})


def says(engine, condition: Condition, properties=("x", "y"), **columns) -> bool:
    binder = Binder()
    sql = holds(condition, properties, binder)
    query = rows(**columns).then("asked", f"SELECT {sql} FROM rows", **binder.values)
    ((answer,),) = engine.rows(query)
    assert answer is not None, "a condition is true or false, never NULL"
    return answer


@pytest.mark.parametrize(
    ("comparison", "value", "cell", "answer"),
    [
        ("=", 7, "7.0", True),
        ("=", "7", "7.0", False),
        ("=", 7, "seven", False),
        ("=", "Ring", "ring", False),
        ("=", True, "true", True),
        ("=", False, "true", False),
        ("!=", "ring", "ring", False),
        ("!=", "ring", "oorbel", True),
        ("!=", 7, "seven", True),
        ("<", 10, "9", True),
        ("<", "10", "9", False),
        (">=", 2.5, "2.5", True),
        (">", 2.5, "2.5", False),
        ("<", "2026-02-01", "15-01-2026", True),
        (">=", "2026-02-01T10:00:00+01:00", "2026-02-01 09:00:00", True),
        ("~", "maat|size", "Welke RINGMAAT?", True),
        ("~", "^maat", "ringmaat", False),
    ],
)
def test_one_value_is_compared_as_its_kind_asks(engine, comparison, value, cell, answer):
    assert says(engine, Condition("x", comparison, (value,)), p__x=cell) is answer


@pytest.mark.parametrize("comparison", ["=", "!=", "<", "<=", ">", ">=", "~", "in"])
def test_a_missing_property_fails_every_test_but_unequal(engine, comparison):
    for condition in (Condition("x", comparison, ("1",)), Condition("nowhere", comparison, (1,))):
        assert says(engine, condition, p__x=None) is (comparison == "!=")


def test_in_holds_for_any_of_the_values(engine):
    condition = Condition("x", "in", ("a", 3))
    assert [says(engine, condition, p__x=cell) for cell in ("a", "3.0", "b")] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("02-01-2026", "2026-01-01 23:59", True),
        ("2026-01-01T01:00:00+02:00", "2026-01-01T00:00:00Z", False),
        ("10", "9", True),
        ("b", "a", True),
        (None, "a", False),
    ],
)
def test_two_properties_compare_as_moments_else_numbers_else_text(engine, one, other, later):
    assert says(engine, Condition("x", ">", other="y"), p__x=one, p__y=other) is later


def test_roles_answer_to_their_own_names_unless_a_property_has_it(engine):
    assert says(engine, Condition("channel", "=", ("web",)), channel="web")
    assert says(engine, Condition("value", ">", (24.5,)), value="25")
    assert says(engine, Condition("score", "=", (4,)), score="4")
    assert says(engine, Condition("detail", "~", ("maat",)), detail="ringmaat")
    assert not says(
        engine, Condition("channel", "=", ("web",)), properties=("channel",), channel="web", p__channel="mail"
    )


def test_what_a_user_writes_never_becomes_sql(engine):
    nasty = "'; DROP TABLE x; --\"$m1"
    assert says(engine, Condition("x", "=", (nasty,)), p__x=nasty)
    query = matched(rows(p__x=nasty), map_of(touch("t", "e", Condition("x", "=", (nasty,)))), ("x",))
    assert not any(nasty in sql for _, sql in query.steps)
    assert nasty in query.values.values()


def touch(id_: str, event: str | None, *where: Condition, **rest) -> Touchpoint:
    matcher = None if event is None else Matcher(event, where, since=rest.pop("since", None))
    return Touchpoint(id_, plain(id_), "p", matcher=matcher, **rest)


def map_of(*touchpoints: Touchpoint, **rest) -> JourneyMap:
    return JourneyMap("m", Label(nl="m"), touchpoints=touchpoints, **rest)


def met(engine, map_: JourneyMap, properties=("x", "y"), **columns) -> dict[str, int]:
    query = matched(rows(**columns), map_, properties)
    ((touch_, survey, flags, segments),) = engine.rows(
        query.then("answer", "SELECT touch, survey, flags, segments FROM matched")
    )
    return {"touch": touch_, "survey": survey, "flags": flags, "segments": segments}


def test_the_first_touchpoint_of_the_document_takes_the_event(engine):
    map_ = map_of(touch("drawn", None), touch("a", "e", Condition("x", "=", ("1",))), touch("b", "e"), touch("c", "e"))
    assert met(engine, map_, p__x="1")["touch"] == 1
    assert met(engine, map_, p__x="2")["touch"] == 2
    assert met(engine, map_, event="other", p__x="1")["touch"] == -1


def test_events_before_since_are_not_met(engine):
    map_ = map_of(touch("a", "e", since="2026-01-01"))
    new_year = moment("2026-01-01")
    assert met(engine, map_, at=new_year)["touch"] == 0
    assert met(engine, map_, at=new_year - 1)["touch"] == -1
    assert moment("2026-01-01", "Europe/Amsterdam") == new_year - 3_600_000_000
    with pytest.raises(OptionError, match="not a date"):
        moment("1 januari")


def test_an_answer_needs_a_score_and_a_survey_that_knows_it(engine):
    surveys = (Survey("own", plain("own"), matcher=Matcher("answer")), Survey("touch", plain("touch")))
    steps = (Step("s", plain("s"), touchpoints=("c",), survey="touch"),)
    map_ = map_of(
        touch("a", "e", survey="touch"), touch("c", "f"), touch("d", "g"),
        surveys=surveys, phases=(Phase("p", plain("p"), steps=steps),),
    )  # fmt: skip
    assert met(engine, map_, event="answer", score="4")["survey"] == 0
    assert met(engine, map_, event="answer")["survey"] == -1
    assert met(engine, map_, event="e", score="4")["survey"] == 1
    assert met(engine, map_, event="f", score="4")["survey"] == 1, "the step's survey is its touchpoints'"
    assert met(engine, map_, event="g", score="4")["survey"] == -1


def test_a_touch_fails_when_all_its_conditions_hold(engine):
    late = (Condition("x", ">", other="y"), Condition("channel", "=", ("post",)))
    map_ = map_of(touch("a", "e", failed_when=late), touch("b", "f"))
    assert met(engine, map_, p__x="2026-01-02", p__y="2026-01-01", channel="post")["flags"] == 1
    assert met(engine, map_, p__x="2026-01-02", p__y="2026-01-01", channel="shop")["flags"] == 0
    assert met(engine, map_, event="f", p__x="2026-01-02", p__y="2026-01-01", channel="post")["flags"] == 0


def test_each_segment_has_its_bit(engine):
    new, cheap = (Condition("x", "=", (0,)),), (Condition("y", "<", (50,)),)
    segments = (
        Segment("new", plain("new"), "", (new,)), Segment("either", plain("either"), "", (new, cheap)),
        Segment("both", plain("both"), "", ((*new, *cheap),)), Segment("nobody", plain("nobody"), ""),
    )  # fmt: skip
    map_ = map_of(touch("a", "e"), segments=segments)
    assert met(engine, map_, p__x="0", p__y="99")["segments"] == 0b0011
    assert met(engine, map_, p__x="1", p__y="49")["segments"] == 0b0010
    assert met(engine, map_, p__x="0", p__y="49")["segments"] == 0b0111


def test_the_last_of_64_segments_still_fits_and_65_are_refused(engine):
    def many(count):
        return tuple(Segment(f"s{n}", plain("s"), "", ((Condition("event", "=", ("e",)),),)) for n in range(count))

    assert met(engine, map_of(segments=many(64)))["segments"] == 2**64 - 1
    with pytest.raises(DocumentError, match="this map has 65: 65 of the segments"):
        matched(rows(), map_of(segments=many(65)), ())


def test_events_that_two_matchers_claim_are_counted_by_who_took_them(engine):
    where = Condition("x", "=", ("1",))
    map_ = map_of(touch("a", "e", where), touch("b", "e"), touch("c", "f"), touch("d", "e", where))
    log = """
        SELECT 'e' AS event, 0::BIGINT AS "at", x AS "p.x", NULL::DECIMAL(9, 3) AS score
        FROM (VALUES ('1'), ('1'), ('2')) AS log(x)"""
    asked = overlaps(matched(Query((("rows", log),)), map_, ("x",)), map_, ("x",))
    assert asked is not None
    assert engine.rows(asked) == [("e", 0, 1, 2), ("e", 0, 3, 2)]
    assert overlaps(rows(), map_of(touch("a", "e"), touch("c", "f")), ()) is None


def test_a_map_without_matchers_meets_nothing(engine):
    assert met(engine, map_of(touch("a", None))) == {"touch": -1, "survey": -1, "flags": 0, "segments": 0}
