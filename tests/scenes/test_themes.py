"""Colours can be told from their paper, in every theme (WCAG 2.2: 1.4.3 and 1.4.11)."""

import pytest

from klantreis.scenes.themes import THEMES

TEXT = ("ink", "muted", "good", "problem", "decision", "measured", "assumed", "one", "two", "three", "four")
PAPERS = ("paper", "panel", "phase", "decision-paper")
LINES = ("strong", "measured", "observed", "assumed", "good", "problem", "decision")


def luminance(colour):
    parts = [int(colour[spot : spot + 2], 16) / 255 for spot in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("paper", PAPERS)
def test_text_stands_out_on_every_paper(theme, paper):
    colours = THEMES[theme]
    assert {
        role: contrast(colours[role], colours[paper]) for role in TEXT if contrast(colours[role], colours[paper]) < 4.5
    } == {}


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_marks_stand_out_on_paper(theme):
    colours = THEMES[theme]
    assert {role: colours[role] for role in LINES if contrast(colours[role], colours["paper"]) < 3} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_a_badge_stands_out(theme):
    colours = THEMES[theme]
    for role in ("problem", "decision", "measured"):
        assert contrast(colours["on-strong"], colours[role]) >= 4.5


def test_every_theme_has_every_role():
    assert len({frozenset(theme) for theme in THEMES.values()}) == 1
