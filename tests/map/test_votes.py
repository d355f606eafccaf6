"""Votes: a text of answers survives the mail, the last answers of a viewer count, and few are never told."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from klantreis.errors import StoreError
from klantreis.labels import plain
from klantreis.map.model import JourneyMap, Phase, Step, Touchpoint
from klantreis.map.votes import (
    Answers,
    Recognised,
    merged,
    read,
    shareable,
    tally,
    told,
    version_of,
    walked,
    written,
)  # fmt: skip
from klantreis.map.votes_sent import placed, sent
from klantreis.stats.untold import Untold

NOW = "2026-11-23T00:00:00Z"
ONE = Answers("m", "5f3c9a12", "k7q2m9xw4r", "2026-11-22T20:14:05Z", {"filter": True, "prijs": False}, "Zo ging het")


def text(one: Answers) -> str:
    """The form of a shared page as a browser writes it in plain text."""
    lines = ["klantreis-votes=1;", f"map={one.map};", f"version={one.version};", f"viewer={one.viewer};"]
    lines += [f"at={one.when};", *(f"step:{id_}={'yes' if yes else 'no'};" for id_, yes in one.votes.items())]
    return "\n".join([*lines, f"comment={one.comment}", "end=;", ""])


def bare(one: Answers) -> Answers:
    """The same without the spaces of its comment: where a word was broken, nobody can tell."""
    return replace(one, comment=one.comment.replace(" ", ""))


IDS = st.from_regex(r"[^\W_][\w.\-]{0,30}", fullmatch=True)
COMMENTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters=">"), max_size=120).map(
    lambda said: " ".join(said.replace("\xa0", " ").split())
)
SENT = st.builds(
    Answers,
    IDS,
    st.just("5f3c9a12"),
    st.from_regex(r"[a-z2-9]{12}", fullmatch=True),
    st.just("2026-11-22T20:14:05Z"),
    st.dictionaries(IDS, st.booleans(), max_size=8),
    COMMENTS,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENT, min_size=1, max_size=3), st.integers(20, 76))
def test_what_was_answered_comes_back_however_a_mail_breaks_and_quotes_it(found: list[Answers], wide: int) -> None:
    whole = "Hoi,\n\n" + "Groet\n".join(map(text, found))
    broken = "\n".join(f"> > {part}" for line in whole.splitlines() for part in textwrap.wrap(line, wide) or [""])
    for passed in (whole, whole.replace("\n", "\r\n")):
        assert [one.answers for one in sent(passed, NOW)] == found
    back = sent(broken, NOW)
    assert [bare(one.answers) for one in back] == list(map(bare, found))
    assert not any(one.refused for one in back)


@settings(max_examples=30, deadline=None)
@given(st.lists(SENT, max_size=4, unique_by=lambda one: (one.map, one.viewer)))
def test_the_file_of_votes_reads_back_as_it_was_written(found: list[Answers]) -> None:
    kept = [one for one in found if one.votes or one.comment]
    assert read(written(kept), "x") == kept


@pytest.mark.parametrize("by", ["\u00a0", "\u200b", "\n", "\n>>  "])
def test_signs_that_a_mail_program_puts_in_change_nothing(by: str) -> None:
    assert [one.answers for one in sent(text(ONE).replace(";\n", f";{by}\n"), NOW)] == [ONE]
    assert [one.answers for one in sent(text(ONE).replace("step:fil", f"step:fil{by}"), NOW)] == [ONE]


@pytest.mark.parametrize("words", ["", "Hoi, mooie kaart!", "klantreis-votes", "map=m;step:a=yes;"])
def test_a_text_without_answers_has_none(words: str) -> None:
    assert sent(words, NOW) == []


def test_a_bad_line_is_refused_with_its_reason_and_the_rest_counts() -> None:
    (found,) = sent(text(ONE).replace("prijs=no", "prijs=misschien").replace("at=", "naam=Jan;at="), NOW)
    assert found.answers.votes == {"filter": True}
    assert [(one.text, one.why.en) for one in found.refused] == [
        ("naam=Jan;", "There is no such line."), ("step:prijs=misschien;", "The answer is no yes or no."),
    ]  # fmt: skip


def test_a_text_that_is_cut_off_says_so_and_its_comment_does_not_run_into_the_mail() -> None:
    (found,) = sent(text(ONE).partition("end=")[0] + "-- \nJan Jansen, 06-12345678", NOW)
    assert (found.answers.votes, found.answers.comment) == (ONE.votes, "")
    assert "cut off" in found.refused[-1].why.text("en")
    (half,) = sent(text(ONE).partition("ijs=no")[0], NOW)
    assert (half.answers.votes, half.refused[-1].text) == ({"filter": True}, "step:pr")


def test_a_step_that_the_map_has_not_is_refused_with_the_nearest_it_has() -> None:
    (found,) = sent(text(ONE), NOW)
    checked = placed(found, ["filters", "prijs"])
    assert checked.answers.votes == {"prijs": False}
    assert checked.refused[0].why.nl == "De kaart heeft deze stap niet. Bedoelde je 'filters'?"


@pytest.mark.parametrize("at", ["", "gisteren", "2099-01-01T00:00:00Z", "2026-13-45T99:00:00Z"])
def test_an_answer_without_a_moment_that_can_be_is_of_now(at: str) -> None:
    (found,) = sent(text(ONE).replace(ONE.when, at), NOW)
    assert found.answers.when == NOW


def test_an_answer_without_a_viewer_counts_once_however_often_it_is_added() -> None:
    bare = text(ONE).replace(ONE.viewer, "").replace(ONE.when, "")
    first, again = (sent(bare, now)[0].answers for now in (NOW, "2026-11-24T00:00:00Z"))
    other = sent(bare.replace("filter=yes", "filter=no"), NOW)[0].answers
    assert first.viewer == again.viewer != other.viewer
    assert merged([first], [again]) == [first]


def test_what_a_viewer_sent_last_replaces_all_they_sent_before_in_any_order() -> None:
    later = replace(ONE, when="2026-11-22T21:00:00Z", votes={"prijs": True}, comment="")
    other = replace(ONE, viewer="abcdef234567")
    for order in ([ONE, other, later], [later, ONE, other], [ONE, later, other]):
        assert sorted(merged([], order), key=lambda one: one.viewer) == [other, later]
        assert merged(merged([], order), order) == merged([], order)


def test_a_tally_counts_viewers_per_step_and_those_of_another_version() -> None:
    others = [replace(ONE, viewer=f"viewer{n}", version="old" if n else ONE.version) for n in range(3)]
    found = tally([*others, replace(ONE, votes={"filter": False})], ONE.version)
    assert found == {"filter": Recognised(3, 4, 2), "prijs": Recognised(0, 3, 2)}
    exact = binomtest(3, 4).proportion_ci(method="wilson")
    share = found["filter"].share
    assert (share.value, share.low, share.high) == pytest.approx((0.75, exact.low, exact.high))


@pytest.mark.parametrize(
    ("yes", "n", "told_"),
    [(9, 9, None), (10, 10, "10"), (0, 10, "0"), (3, 10, "< 10"), (9, 40, "< 10"), (31, 40, "≥ 31"), (35, 40, "≥ 31"),
     (20, 40, "20")],
)  # fmt: skip
def test_of_a_few_viewers_others_hear_nothing_or_a_bound(yes: int, n: int, told_: str | None) -> None:
    found = shareable({"a": Recognised(yes, n, 3)}, 10, {})
    assert (str(found["a"].yes) if found else None) == told_
    if found and isinstance(found["a"].yes, Untold):
        assert found["a"].share.value is None


def test_of_two_pages_nobody_can_take_the_vote_of_one_viewer() -> None:
    before = told({"a": Recognised(20, 40)})
    assert not shareable({"a": Recognised(21, 41)}, 10, before)
    assert not shareable({"a": Recognised(19, 40)}, 10, before)
    assert not shareable({"a": Recognised(19, 39)}, 10, before)
    assert shareable({"a": Recognised(20, 40)}, 10, before)
    assert shareable({"a": Recognised(30, 50)}, 10, before)


def map_(*feels: float) -> JourneyMap:
    steps = tuple(Step(f"s{spot}", plain(f"Ik doe {spot}"), feel=feel) for spot, feel in enumerate(feels))
    loose = (Touchpoint("chat", plain("Chat"), phase="f"), Touchpoint("app", plain("App"), phase="f", planned=True))
    return JourneyMap("m", plain("M"), phases=(Phase("f", plain("Fase"), steps=steps),), touchpoints=loose)


def test_a_version_changes_with_what_a_viewer_sees_and_with_nothing_else() -> None:
    assert walked(map_(1, 2)) == ("s0", "s1", "chat")
    assert version_of(map_(1, 2)) == version_of(replace(map_(1, 2), owner="wij"))
    assert len({version_of(one) for one in (map_(1, 2), map_(2, 1), map_(1))}) == 3


def test_a_comment_is_no_formula_in_a_spreadsheet() -> None:
    assert '," =1+1"\n' in written([replace(ONE, comment="=1+1")]) or ", =1+1\n" in written(
        [replace(ONE, comment="=1+1")]
    )
    assert read(written([replace(ONE, comment="=1+1")]), "x")[0].comment == "=1+1"


def test_a_file_that_a_spreadsheet_saved_with_semicolons_is_read() -> None:
    assert read(written([replace(ONE, comment="")]).replace(",", ";"), "x") == [replace(ONE, comment="")]


@pytest.mark.parametrize(
    ("bad", "said"),
    [("a,b\n1,2\n", "first line"), (written([ONE]).replace(",no,", ",soms,"), "line 3"),
     (written([ONE]).replace("k7q2m9xw4r,filter", ",filter"), "line 2")],
)  # fmt: skip
def test_a_file_that_is_no_votes_names_the_line(bad: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        read(bad, "votes/m.csv")


def test_no_votes_at_all_are_no_votes() -> None:
    empty: Any = tally([], "x")
    assert (empty, merged([], []), read("", "x"), read(written([]), "x")) == ({}, [], [], [])
