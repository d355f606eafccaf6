"""No word of a map or a log becomes markup of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from html_page import Page
from klantreis.exporters.html import html
from klantreis.exporters.html.markup import Markup, el, escaped, joined, link
from klantreis.labels import Label
from klantreis.map.model import Condition, Target
from klantreis.report import Report

WORDS_OF_ATTACK = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    '" onmouseover="window.pwned=1',
    "' onfocus='window.pwned=1' autofocus='",
    "javascript:window.pwned=1",
    "</style><script>window.pwned=1</script>",
    "</title><script>window.pwned=1</script>",
    "</text></svg><img src=x onerror=window.pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<math><mtext></mtext><mglyph><svg><mtext></mtext></math>",
    '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
    "<!--><script>window.pwned=1</script>-->",
    "]]><script>window.pwned=1</script>",
    "<a href=javascript:window.pwned=1>x</a>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#x3c;script>window.pwned=1",
    "\u202e<script>window.pwned=1</script>",
    "\ud800<script>",
    "\x00<scr\x00ipt>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example)}</style>",
    "<form action=//evil.example><input name=x>",
    "{0.__class__}",
    "{name!r:>99999999}",
    "%(x)s ${x} {{x}}",
    "<object data=//evil.example>",
    "<embed src=//evil.example>",
    "<template><img src=x onerror=window.pwned=1></template>",
    "\u2028window.pwned=1//",
    "<x contenteditable onblur=window.pwned=1>",
    "`${window.pwned=1}`",
]
SHAPES = ("{}", "x{}", "{}{}", "a\n{}", '"{}', "'{}", "-->{}", "{}\t.")
PAYLOADS = tuple(dict.fromkeys(
    shape.replace("{}", word) for shape in SHAPES for word in WORDS_OF_ATTACK
))  # fmt: skip
KEEP = set(
    "id phase step touchpoint scenario segment kpi survey at touchpoints solves level kind unit verdict state status "
    "type severity rule comparison grain ties entry order mot influence provenance languages setting icon map target "
    "source path after before start end goal by channel metric".split()
)
"""Fields whose values are ids or words that tie parts together: with those changed nothing would be shown."""


def poisoned(value: object, words: Iterator[str], field: str = "") -> object:
    """The same nouns, with an attack in every text that a person or a log may have written."""
    if isinstance(value, Label):
        return Label(next(words), next(words))
    if isinstance(value, Target):
        return replace(value, text=next(words))
    if is_dataclass(value) and not isinstance(value, type | Condition):
        return replace(value, **{
            one.name: poisoned(getattr(value, one.name), words, one.name)
            for one in fields(value) if one.name not in KEEP or is_dataclass(getattr(value, one.name))
        })  # fmt: skip
    if isinstance(value, dict):
        return {key: poisoned(part, words) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(poisoned(part, words) for part in value)
    return next(words) if isinstance(value, str) else value


def shape_of(text: str) -> set[tuple[str, ...]]:
    """Which elements with which attributes a page has."""
    return {(tag, *sorted(attributes)) for tag, attributes in Page(text).elements}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_word_from_outside_becomes_markup(report: Report, language: str) -> None:
    assert len(PAYLOADS) >= 250
    calm = poisoned(report, cycle(["een heel gewone lange tekst om over regels te breken"]))
    known = shape_of(html(report, language=language)) | shape_of(html(calm, language=language))
    words = cycle(PAYLOADS)
    used = 0
    while used < 2 * len(PAYLOADS):
        taken: list[str] = []
        text = html(poisoned(report, (taken.append(one) or one for one in words)), language=language)
        used += len(taken)
        page = Page(text)
        assert page.open == []
        assert page.badly_closed == []
        assert {one for one in shape_of(text) - known if one[0] not in {"text", "tspan", "title"}} == set()
        assert not {name for _, attributes in page.elements for name in attributes if name.startswith("on")}
        text.encode()


QUOTES = (
    '" onmouseover="window.pwned=1',
    "' onfocus='window.pwned=1' x='",
    '"><img src=x onerror=window.pwned=1>',
    "{0}{a}`",
)


@pytest.mark.parametrize("word", QUOTES)
def test_one_attack_in_every_text_at_once_becomes_no_attribute(report: Report, word: str) -> None:
    calm = shape_of(html(poisoned(report, cycle(["heel gewone tekst hier"]))))
    text = html(poisoned(report, cycle([word])))
    page = Page(text)
    assert {one for one in shape_of(text) - calm if one[0] not in {"text", "tspan", "title"}} == set()
    assert any(word in attributes.get("aria-label", "") for _, attributes in page.elements)


@pytest.mark.parametrize("word", PAYLOADS[:: len(PAYLOADS) // 60])
def test_every_attack_is_only_text_in_markup(word: str) -> None:
    page = Page(el("p", word, title=word))
    assert [(tag, sorted(attributes)) for tag, attributes in page.elements] == [("p", ["title"])]
    assert page.badly_closed == []


def test_hostile_ids_stay_inside_their_attributes(report: Report) -> None:
    bad = '"><script>x</script> \n\x00'
    results = report.results
    assert results is not None
    touchpoints = tuple(replace(one, id=bad + one.id) for one in report.map.touchpoints)
    found = tuple(replace(one, place=replace(one.place, id=bad)) for one in report.findings)
    text = html(replace(report, map=replace(report.map, touchpoints=touchpoints), findings=found))
    page = Page(text)
    assert "script" not in {tag for tag, _ in page.elements}
    assert page.badly_closed == []
    assert [one for one in page.ids() if re.search(r"\s", one)] == []


def test_control_signs_and_lone_surrogates_are_made_harmless() -> None:
    assert escaped("a\x00b\ud800c\u202ed\x1b[31m") == "a\ufffdb\ufffdc\ufffdd\ufffd[31m"


TEXTS = st.text() | st.text(alphabet="<>&\"'/=! ax-`")


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_markup_as_the_same_text(inside: str, attribute: str) -> None:
    page = Page(el("p", inside, title=attribute))
    assert [tag for tag, _ in page.elements] == ["p"]
    unsafe = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    for given_, got in ((inside, "".join(page.words)), (attribute, page.elements[0][1]["title"])):
        assert got == re.sub(unsafe, "\ufffd", given_.replace("\r", " ").replace("\t", " "))


def test_markup_is_escaped_once_and_text_always() -> None:
    assert el("b", Markup("<i>x</i>"), "<i>") == "<b><i>x</i>&lt;i&gt;</b>"
    assert joined(["a", None, "", "b"], " & ") == "a &amp; b"
    assert link("a b/ç", "x") == '<a href="#a_b/%C3%A7">x</a>'
