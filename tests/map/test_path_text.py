"""Text to path and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.errors import OptionError
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit, touchpoints
from klantreis.map.path_text import parse, text

a, b, c, d = Visit("a"), Visit("b"), Visit("c"), Visit("d")


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("", Sequence(())),
        ("  ", Sequence(())),
        ("a", a),
        ("a,b , c", Sequence((a, b, c))),
        ("a, b|c", Sequence((a, Choice((b, c))))),
        ("a|b&c", Choice((a, AnyOrder((b, c))))),
        ("a&b?", AnyOrder((a, Maybe(b)))),
        ("(a, b)+, c", Sequence((Repeat(Sequence((a, b))), c))),
        ("a+[b|c]", Repeat(a, Choice((b, c)))),
        ("a+?", Maybe(Repeat(a))),
        ("(a, b), c", Sequence((Sequence((a, b)), c))),
        ("()?", Maybe(Sequence(()))),
        ("a, b|!", Sequence((a, Choice((b, Exit("")))))),
        ("a, !te duur", Sequence((a, Exit("te duur")))),
        ("T02 Check, Task event: 0, a.b-c", Sequence((Visit("T02 Check"), Visit("Task event: 0"), Visit("a.b-c")))),
        ('"why, me?", "say ""hi""", "!x"', Sequence((Visit("why, me?"), Visit('say "hi"'), Visit("!x")))),
        ("wow!, ring–maat é 💍", Sequence((Visit("wow!"), Visit("ring–maat é 💍")))),
    ],
)
def test_a_line_of_text_draws_this_path(line: str, path: Path) -> None:
    assert parse(line) == path


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        ("a,,b", 3, "a touchpoint is expected but there is ','"),
        ("a, b,", 6, "the path ends"),
        (",a", 1, "there is ','"),
        ("(a, b", 1, "'(' is opened here and not closed"),
        ("x, (a, (b)", 4, "'(' is opened here and not closed"),
        ("a+[b", 3, "'[' is opened here and not closed"),
        ("a)", 2, "')' closes nothing"),
        ("a | ?", 5, "there is '?'"),
        ('a, "b', 4, "opened here and never closed"),
        ('a, ""', 4, "is empty"),
        ("a? b", 4, "'b' follows without a sign"),
        ('a "b"', 3, "follows without a sign"),
        ("a(b)", 2, "follows without a sign"),
        ("a[b]", 2, "follows without a sign"),
        ("a &| b", 4, "there is '|'"),
    ],
)
def test_a_mistake_names_its_column_and_how_to_mend_it(line: str, column: int, what: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse(line)
    assert what in caught.value.what
    assert caught.value.where == f"column {column} of {line!r}"
    assert caught.value.mend


def test_groups_of_one_are_written_as_that_one() -> None:
    assert text(Maybe(Sequence((Choice((Sequence((a, b)),)),)))) == "(a, b)?"
    assert text(Sequence(())) == text(Choice(())) == "()"


def test_what_comes_between_two_times_is_a_touchpoint_of_the_path() -> None:
    assert touchpoints(parse("a, (b, c)+[d|a], e")) == ("a", "b", "c", "d", "e")


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda name: name.strip())


def _groups(inner: st.SearchStrategy[Path]) -> st.SearchStrategy[Path]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(Sequence),
        several.map(Choice),
        several.map(AnyOrder),
        inner.map(Maybe),
        st.builds(Repeat, inner, st.none() | inner),
    )


paths = st.recursive(names.map(Visit) | st.just(Sequence(())) | (names | st.just("")).map(Exit), _groups, max_leaves=12)


@settings(max_examples=150, deadline=None)
@given(paths)
def test_every_path_survives_the_way_to_text_and_back(path: Path) -> None:
    assert parse(text(path)) == path


@settings(max_examples=100, deadline=None)
@given(st.text('ab ,|&?+()[]"!', max_size=12))
def test_any_text_is_a_path_or_an_option_error(line: str) -> None:
    try:
        path = parse(line)
    except OptionError:
        return
    assert parse(text(path)) == path
