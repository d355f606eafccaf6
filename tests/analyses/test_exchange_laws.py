"""Who changed is exchanged: after any append, and as time passes, the answer is that of measuring all anew.

Through `fold`, as a report does it, for every analysis that offers `exchange` and can be asked of a hand-made log.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import (
    advocates,
    attribution,
    audience,
    concentration,
    contacts,
    coverage,
    drift,
    effect,
    fit,
    funnel,
    kpis,
    mood,
    opinion,
    themes,
)
from klantreis.analyses.fold import fold
from klantreis.analyses.orders import Rule
from klantreis.journeys.encoded import fingerprint
from klantreis.journeys.model import ENDED, OPEN, Earlier
from klantreis.journeys.questions import Question
from klantreis.labels import plain
from klantreis.map.measures import Kpi
from klantreis.map.path_text import parse
from klantreis.map.themes import Theme
from klantreis.map.work import Arm, Change
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

DAY = 86_400
NAMES = ("look", "buy", "call", "say")
WINDOWED = Kpi("k", plain("k"), "conversion", start="look", end="buy", within="2d")
CHANGES = (
    Change(
        "t", plain("t"), design="ab", starts="1970-01-02", metric="k", window_seconds=9.0 * DAY,
        treated=Arm("with"), control=Arm("without"),
    ),
    Change("p", plain("p"), design="before_after", starts="1970-01-07", metric="k", window_seconds=4.0 * DAY),
    Change("e", plain("e"), design="before_after", starts="1970-01-04", metric="k"),
    Change(
        "r", plain("r"), design="rollout", starts="1970-01-04", metric="k", guardrail="k", treated=Arm("with"),
        control=Arm("without"),
    ),
)  # fmt: skip
ASKED = {
    advocates: advocates.Options(("s",), orders=Rule(("buy",)), referrals=("call",), invited=("say",)),
    attribution: attribution.Options(("buy",), within=2 * DAY * SECOND, order=2),
    audience: audience.Options(("with",)),
    concentration: concentration.Options(Rule(("buy",))),
    contacts: contacts.Options(("call",), within=DAY * SECOND, again=3 * DAY * SECOND, outcome=("buy",), n_min=1),
    coverage: coverage.Options(outcome=("buy",)),
    drift: drift.Options("day", DAY * SECOND, (fit.Options(path=parse("look, buy")),)),
    effect: effect.Options(CHANGES, (WINDOWED,), phases=(("look", "a"), ("buy", "b"))),
    fit: fit.Options(path=parse("look, buy")),
    funnel: funnel.Options((("look", ("look",)), ("buy", ("buy",))), within=2 * DAY * SECOND),
    kpis: kpis.Options((WINDOWED,)),
    mood: mood.Options((Question("s"),), "day"),
    opinion: opinion.Options("s", orders=("buy",), within=2 * DAY * SECOND, least=1),
    themes: themes.Options((Question("s"),), (Theme("price", plain("price"), ("duur",)),), n_min=1, shared_by=1),
}

LOOKED_AT = tuple(
    replace(CHANGES[place], id=f"any{day}", starts=f"1970-01-0{day}", window_seconds=None)
    for place, day in ((0, 6), (1, 7), (1, 8), (3, 5))
)
"""Without a window, and looked at all the same: what came before reaches back as far as the data has gone on."""
QUESTIONS = {
    **{analysis.name: (analysis, options) for analysis, options in ASKED.items()},
    "effect at any time": (effect, replace(ASKED[effect], changes=(*CHANGES, *LOOKED_AT), looks="any")),
}

rows = st.lists(st.tuples(st.integers(0, 6 * DAY), st.sampled_from((*NAMES, None)), st.integers(1, 5)), max_size=6)
people = st.lists(st.tuples(rows, st.sampled_from(("with", "without")), st.booleans()), max_size=6)
later = st.lists(st.tuples(st.integers(0, 3 * DAY), st.sampled_from(NAMES), st.integers(1, 5)), max_size=3)


class Kept:
    """The Parts of all, in memory; `made`: how often a bucket was measured."""

    def __init__(self):
        self.parts, self.made = {}, 0

    def asked(self, analysis, options):
        return Known(self, (analysis.name, fingerprint(options)))


class Known:
    def __init__(self, kept, question):
        self.kept, self.question = kept, question

    def whole(self, sign):
        return self.kept.parts.get((*self.question, sign))

    read = whole

    def keep(self, sign, part):
        self.kept.parts[(*self.question, sign)] = part

    def part(self, generation, make):
        self.kept.made += 1
        return make()


def trip(person, told, more=(), since=0):
    """Returns one journey; every second touch is a comment with a score, every purchase has a value."""
    moments, (events, group, waits) = [], told
    for at, name, score in [*sorted(events, key=lambda row: row[0]), *((since + at, *rest) for at, *rest in more)]:
        said = name == "say"
        moments.append(
            Touch(
                name, at, event=name or "else", value=score * 10.0 if name == "buy" else None, channel=f"c{score % 3}",
                score=score * 2.0 if said else None, survey="s" if said else None,
                detail=f"te duur {score}" if said else None,
            )
        )  # fmt: skip
    state = OPEN if waits and not more else ENDED
    return Trip(person, tuple(sorted(moments, key=lambda touch: touch.at)), state, (group,))


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=25, deadline=None)
@given(quiet=people, changed=people, news=st.lists(later, min_size=6, max_size=6), ends=st.integers(0, 4 * DAY))
def test_any_append_gives_the_answer_of_measuring_all_anew(question, quiet, changed, news, ends):
    analysis, options = QUESTIONS[question]
    then_last, now_last = 6 * DAY + DAY // 2, 10 * DAY + ends
    first = [Trip("p0", (Touch("look", 0, channel="c0"),), ENDED, ("with",))]
    ripens = trip(
        "r", ([(4 * DAY, "look", 1), (5 * DAY, "look", 1), (5 * DAY, "buy", 2), (6 * DAY, "say", 5)], "with", False)
    )
    rest = [*first, ripens, *(trip(f"q{n}", told) for n, told in enumerate(quiet) if told[0])]
    was = [trip(f"c{n}", told) for n, told in enumerate(changed) if told[0]]
    now = [
        trip(f"c{n}", told, more, then_last + 1)
        for n, (told, more) in enumerate(zip(changed, news, strict=False))
        if told[0] or more
    ]
    named = [
        trip("n", ([(0, name, 1 + score)], group, False))
        for name in (*NAMES, None)
        for score in range(5)
        for group in ("with", "without")
    ]
    base = journeys_of([*first, *named], touchpoints=NAMES)

    def at(listed, last, buckets=1):
        about = replace(base.about, first=0, last=last * SECOND)
        return split(replace(base, about=about), listed, buckets)

    def who_changed(windows):
        ripe = [one for one in rest if any(_over(one, window, then_last, now_last) for window in windows)]
        return tuple(at([*ripe, *some], now_last).buckets[0] for some in (was, now))

    kept = Kept()
    fold(analysis, replace(at([*rest, *was], then_last, 2), sign="then"), options, parts=kept)
    after = at([*rest, *now], now_last, 3)
    earlier = Earlier("then", then_last * SECOND, who_changed)
    made = kept.made
    found = fold(analysis, replace(after, sign="now", earlier=earlier), options, parts=kept)
    assert kept.made == made, "nobody was looked at but who changed"
    assert found.to_dict() == fold(analysis, after, options).to_dict()


def _over(one, window, then, now):
    """Says whether such a time after a touch was not over then, and is now."""
    return any((then - touch.at) * SECOND <= window <= (now - touch.at) * SECOND for touch in one.touches)
