"""Measured text: nothing is wider than its room, nothing is lost."""

import time

import pyphen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.scenes.hyphens import breaks
from klantreis.scenes.text import FONTS, Style, balanced, clean, cut, narrowest, width, wrap

COMPOUNDS = (
    "bewustwordingsfase klanttevredenheidsonderzoeksresultaten arbeidsongeschiktheidsverzekering productpagina "
    "aankoopbevestiging verzendkostenoverzicht winkelmandje bezorgmoment klantenservicemedewerker reparatieverzoek "
    "retourformulier betaalmogelijkheden beschikbaarheidsinformatie"
).split()


def test_widths_are_those_of_the_font_that_is_drawn():
    # Outside source: fontTools reads the same advances from the outline font.
    ttlib = pytest.importorskip("fontTools.ttLib")
    for face, style in (("400", Style(10)), ("700", Style(10, 700)), ("400i", Style(10, italic=True))):
        font = ttlib.TTFont(FONTS / f"klantreis-sans-{face}.otf")
        cmap, advance = font.getBestCmap(), font["hmtx"]
        for text in ("Ervaring na aankoop", "€ 41.300 – 58%", "Oriëntatie → ≥ 3", "+1,6"):
            exact = sum(advance[cmap[ord(sign)]][0] for sign in text) / font["head"].unitsPerEm * 10
            assert width(text, style) == pytest.approx(exact, abs=0.01)


def test_all_figures_are_as_wide_as_each_other():
    assert len({width(figure, Style(12, weight)) for figure in "0123456789" for weight in (400,)}) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.floats(30, 300), st.sampled_from([400, 600, 700]))
def test_no_line_is_wider_than_its_room(text, room, weight):
    style = Style(12, weight)
    for line in (*wrap(text, room, style), *balanced(text, room, style), cut(text, room, style)):
        assert width(line, style) <= room or len(line) <= 2


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(whitelist_categories=("L", "N", "P")), max_size=60), st.floats(40, 300))
def test_wrapping_loses_no_letter(text, room):
    joined = "".join(line.removesuffix("-") if line.endswith("-") else line for line in wrap(text, room))
    assert joined.replace("-", "").replace(" ", "") == clean(text).replace("-", "").replace(" ", "")


def test_at_most_so_many_lines_and_then_an_ellipsis():
    lines = wrap("een twee drie vier vijf zes zeven acht negen tien", 60, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert "-…" not in lines[-1]


def test_what_is_too_long_is_cut_after_a_word_not_within_one():
    assert cut("a pity about the money", 110, Style(11)) == "a pity about the…"
    assert wrap("Een kortere weg voor wie al weet wat hij wil", 100, most=2)[-1] == "voor wie al…"
    assert cut("Klanttevredenheidsonderzoek", 60).startswith("Klantt")  # one word only: as much of it as fits


def test_a_compound_breaks_between_its_parts_when_that_fits():
    assert wrap("bewustwordingsfase", 110, Style(12, 600)) == ("bewustwordings-", "fase")


def test_breaks_are_those_of_dutch_spelling_nearly_always():
    # Outside source: the hyphenation patterns of OpenTaal, through pyphen.
    dutch = pyphen.Pyphen(lang="nl_NL")
    ours = [(word, spot) for word in COMPOUNDS for spot in breaks(word)]
    wrong = [(word, spot) for word, spot in ours if spot not in set(dutch.positions(word))]
    assert len(ours) > 60
    assert len(wrong) <= len(ours) * 0.15, wrong


def test_a_word_that_has_no_syllables_is_broken_anywhere():
    assert all(width(line) <= 50 for line in wrap("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 50))


def test_a_non_breaking_space_does_not_break():
    assert wrap("29–32% · n\u00a0=\u00a03.752", 80) == ("29–32% ·", "n\u00a0=\u00a03.752")


def test_an_emoji_with_its_modifiers_stays_whole():
    family = "👩‍👩‍👧"
    assert all(line.count("👩‍👩‍👧") == len(line) // len(family) for line in wrap(family * 6, 40))


def test_unsafe_signs_become_harmless():
    assert clean("a\x00b\ud800c\u202ed") == "a�b�c�d"


def test_the_narrowest_room_is_the_widest_word():
    assert narrowest("een lang-woord") == max(width(part) for part in ("een", "lang-", "woord"))
    assert narrowest("") == 0


def test_a_vast_word_costs_no_more_than_what_is_seen_of_it():
    start = time.process_time()
    seen = wrap("x" * 200_000, 120, Style(12), most=3)
    assert len(seen) == 3
    assert seen[-1].endswith("…")
    assert cut("e\u0301" * 100_000, 120, Style(12)).endswith("…")
    assert time.process_time() - start < 0.5


def test_a_dot_between_two_parts_ends_a_line_and_never_begins_one():
    text = "A/B-test · meet Van vergelijken naar kiezen · beslist na 28 dagen"
    for room in range(110, 400, 7):
        lines = wrap(text, room, Style(11))
        assert not any(line.startswith("·") for line in lines)
        assert " ".join(lines) == text
        assert all(width(line, Style(11)) <= room for line in lines)
