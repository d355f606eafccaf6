"""`klantreis funnel` with every rule: what is asked is what is counted, in words and in JSON."""

from __future__ import annotations

import json

import pytest

import klantreis
from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.cli import funnel_view
from klantreis.errors import OptionError
from klantreis.testing import Touch, Trip, journeys_of

NAMED = ["--person", "user", "--at", "at", "--event", "event"]
LOG = """user,at,event,device,country
u1,2026-03-01T10:00:00Z,look,web,nl
u1,2026-03-01T10:01:00Z,help,web,nl
u1,2026-03-01T10:02:00Z,pay,web,nl
u2,2026-03-01T10:00:00Z,look,app,be
u2,2026-03-01T10:30:00Z,cart,app,be
u2,2026-03-01T12:00:00Z,pay,app,be
u3,2026-03-01T10:00:00Z,pay,app,nl
u3,2026-03-01T10:05:00Z,look,app,nl
"""
COLUMNS = {"person": "user", "at": "at", "event": "event"}


@pytest.fixture
def file(tmp_path):
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path / "log.csv"


def people(told):
    return [step["people"] for step in told["steps"]]


@pytest.fixture
def counted(ask, file):
    def asked(*words):
        answer = ask("funnel", file, *NAMED, *words, "--json")
        assert answer.code == 0, answer
        return json.loads(answer.out)

    return asked


@pytest.mark.parametrize(
    ("words", "reached"),
    [
        ("--steps look,pay", [3, 2]),
        ("--steps look,pay --exclude help", [2, 1]),
        ("--steps look,pay --exclude help:1-2,cart:1-2", [1, 0]),
        ("--steps look,pay --exclude help --exclude cart", [1, 0]),
        ("--steps look,pay --exclude help|cart", [1, 0]),
        ("--steps look,pay --step-within 90m", [3, 1]),
        ("--steps look,cart,pay --step-within pay:1h", [3, 1, 0]),
        ("--steps look,cart,pay --step-within 1h,pay:2h", None),
        ("--steps look,cart,pay --optional cart", [3, 1, 2]),
        ("--steps look,pay --order any", [3, 3]),
        ("--steps look,pay --order any --within 10m", [3, 2]),
        ("--steps look,pay --order strict", [3, 0]),
        ("--steps look,pay --order strict --scope look,pay,help", [3, 1]),
    ],
)
def test_each_rule_counts_as_it_says(words, reached, ask, file, counted):
    if reached is None:
        answer = ask("funnel", file, *NAMED, *words.split())
        assert (answer.code, answer.out) == (2, "")
        assert "no step ''" in answer.err
    else:
        assert people(counted(*words.split())) == reached


def test_groups_are_told_and_compared(counted):
    told = counted(*"--steps look,pay --channel device --by channel --compare web,app".split())
    assert {group["value"]: group["steps"][1]["people"] for group in told["groups"]} == {"web": 1, "app": 1}
    gap = told["compared"]["steps"][1]["difference"]
    assert (told["compared"]["one"], gap["value"], gap["n"]) == ("web", 0.5, 1)


def test_any_column_can_split_as_the_detail(counted):
    told = counted(*"--steps look,pay --detail country --by detail --value-of last --top 1".split())
    assert [(group["value"], group["kind"]) for group in told["groups"]] == [("nl", "value"), (None, "other")]


def test_what_stands_apart_is_told_in_dutch(ask, file):
    words = "--steps look,cart,pay --optional cart --exclude help --channel device --by channel --language nl".split()
    answer = ask("funnel", file, *NAMED, *words)
    assert answer.code == 0, answer
    for told in ("1 uitgesloten", "Van start tot einde: mediaan 2 u", "Per groep", "verschil", "Verschil: het aandeel"):
        assert told in answer.out, told


def test_in_any_order_it_is_told_which_steps_were_done(ask, file):
    answer = ask("funnel", file, *NAMED, "--steps", "look,cart,pay", "--order", "any", "--language", "en")
    assert "Done, in any order" in answer.out
    assert "2/3" in answer.out


def test_sessions_are_called_sessions(ask, file, counted):
    words = "--steps look,pay --grain session --language nl".split()
    assert "sessies" in ask("funnel", file, *NAMED, *words).out
    assert counted(*"--steps look,pay --grain session".split())["rules"]["grain"] == "session"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--steps look,pay --exclude pay", "cannot be step 2"),
        ("--steps look,pay --exclude help:2-1", "between two steps, not 2 and 1"),
        ("--steps look,pay --exclude help:0-1", "between two steps"),
        ("--steps look,pay --optional pay", "cannot be optional"),
        ("--steps look,pay --step-within soon", "soon"),
        ("--steps look,pay --step-within pai:1h", "Did you mean 'pay'?"),
        ("--steps look,pay --by channel", "no channel in the data"),
        ("--steps look,pay --compare web,app", "that is split"),
        ("--steps look,pay --channel device --by channel --compare web,ap", "Did you mean 'app'?"),
        ("--steps look,pay --channel device --by channel --value-of pya", "Did you mean 'pay'?"),
    ],
)
def test_what_cannot_be_asked_says_how_to_mend_it(words, told, ask, file):
    answer = ask("funnel", file, *NAMED, *words.split())
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err, answer.err


def test_rules_without_steps_say_that_they_need_them(ask, shop):
    answer = ask("funnel", "--map", "ring-kopen", "--by", "channel")
    assert answer.code == 2
    assert "--by hoort bij stappen" in answer.err


def test_the_same_is_asked_from_python(file, counted):
    told = klantreis.funnel(
        file, ["look", "cart", "pay"], optional=["cart"], exclude=["help:1-3"], step_within={"pay": "2h"},
        channel="device", by="channel", **COLUMNS,
    ).to_dict()  # fmt: skip
    words = (
        "--steps look,cart,pay --optional cart --exclude help:1-3 --step-within pay:2h --channel device --by channel"
    )
    asked = counted(*words.split())
    del asked["quality"]
    assert json.loads(json.dumps(told)) == asked


def test_an_excluded_name_that_no_event_has_is_warned_of(file):
    with pytest.warns(UserWarning, match="hlep"):
        klantreis.funnel(file, "look,pay", exclude="hlep", **COLUMNS)
    with pytest.raises(OptionError, match="No event is named"):
        klantreis.funnel(file, "look,pay", exclude=":1-2", **COLUMNS)


def test_without_a_window_it_says_that_shares_are_so_far(capsys):
    on = [Trip(who, (Touch("a", 0), Touch("b", 1)), state=0) for who in "uv"]
    log = [*on, Trip("w", (Touch("a", 0),)), Trip("x", (Touch("a", 0),), state=0)]
    asked = funnel.Options((("a", ("a",)), ("b", ("b",))), grain="journey")
    funnel_view.funnel(fold(funnel, journeys_of(log), asked), "nl", counted="journeys")
    told = " ".join(capsys.readouterr().out.split())
    assert "50,0% (15,0–85,0)" in told
    assert "1 lopen nog en kunnen verder komen: de aandelen zijn die tot nu toe" in told
    assert "'journey: {within: 30 days}'" in told
    assert "te laat" not in told


def test_times_of_phases_say_that_who_stops_counts_too(ask, shop):
    told = " ".join(ask("times", "--map", "ring-kopen", "--language", "nl").out.split())
    assert "of tot het laatste contact van wie stopt; 'verder': alleen wie doorging naar een latere fase." in told
