"""Paths of scenarios: lists, choices, options, loops and exits."""

from __future__ import annotations

import pytest

from klantreis.errors import DocumentError
from klantreis.labels import Label
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit
from klantreis.map.read import map_of

A, B, C, D = (Visit(name) for name in "abcd")
HEAD = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\ntouchpoints: {a: {}, b: {}, c: {}, d: {}}\n"


def path(text: str) -> Path:
    return map_of(f"{HEAD}scenarios: {{s: {{kind: ideal, path: {text}}}}}\n").scenarios[0].path


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[a, b]", Sequence((A, B))),
        ("[[a, b], c]", Sequence((Choice((A, B)), C))),
        ("[a, b?, c+]", Sequence((A, Maybe(B), Repeat(C)))),
        ("[a, {optional: b}]", Sequence((A, Maybe(B)))),
        ("[a, {optional: [b, c]}]", Sequence((A, Maybe(Choice((B, C)))))),
        ("[{any_order: [a, [b, c]]}]", Sequence((AnyOrder((A, Choice((B, C)))),))),
        ("[a, {exit: te duur}]", Sequence((A, Exit("te duur")))),
        ("[a, {exit: {nl: te duur, en: dear}}]", Sequence((A, Exit("te duur", Label("te duur", "dear"))))),
        ("[a, [b, {exit: weg}], c]", Sequence((A, Choice((B, Exit("weg"))), C))),
        ("[a, b, c, {back: b}, d]", Sequence((A, Repeat(Sequence((B, C))), D))),
        ("[a, {back: a}]", Sequence((Repeat(A),))),
        ("[a, b, a, c, {back: a}]", Sequence((A, B, Repeat(Sequence((A, C)))))),
        ("[a, [b, {path: [c, d]}]]", Sequence((A, Choice((B, Sequence((C, D))))))),
        ("[{repeat: {path: [a, b]}}]", Sequence((Repeat(Sequence((A, B))),))),
        ('"a|b, c?"', Sequence((Choice((A, B)), Maybe(C)))),
    ],
)
def test_a_path_is_read(text: str, wanted: Path) -> None:
    assert path(text) == wanted


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("[a, x]", "There is no touchpoint or step 'x'"),
        ("[a, {exit: weg}, b]", "Nothing can follow an exit"),
        ("[a, {back: b}]", "'b' does not come before this"),
        ("[a, {any_order: b}]", "'any_order' should be a list"),
        ("[a, {otional: b}]", "This is no part of a path"),
        ("[a, {exit: x, back: a}]", "This is no part of a path"),
        ("[[{back: a}, b]]", "'back' cannot stand here"),
        ("{a: b}", "'path' should be a list or a text"),
        ('"a, (b"', "This path cannot be read"),
        ('"a, x"', "There is no touchpoint or step 'x'"),
    ],
)
def test_a_path_that_goes_nowhere_is_a_mistake(text: str, title: str) -> None:
    with pytest.raises(DocumentError) as caught:
        path(text)
    assert [found.title.text("en") for found in caught.value.findings] == [title]
