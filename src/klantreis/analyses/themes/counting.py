"""Counts of one bucket: comments per survey, score and theme; comments per entry of the list; people per word."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantreis.analyses.themes.reading import Ints, Texts
from klantreis.analyses.themes.vocabulary import Codes
from klantreis.journeys.examples import NONE, keep
from klantreis.kernels import kernel

POOL = 24
"""So many candidates for examples are kept of each theme."""


class Said(NamedTuple):
    """Per comment which text it is, its survey and score, its rank among the candidates for examples, and whose it is.
    `scores`: the distinct ones, rising.
    """

    text: Ints
    survey: Codes
    score: Codes
    rank: Ints
    person: Ints
    scores: Codes


class Counts(NamedTuple):
    """Comments per survey, score and theme, all of them in a last place; those without a theme; comments per entry;
    people per word; and per theme the lowest ranks.
    """

    about: Ints
    untold: int
    found: Ints
    spoken: Ints
    ranks: Ints


@kernel
def whose(rows: Ints, start: Ints, person: Ints) -> Ints:
    """Returns the person of each of these (rising) touches."""
    found, journey = np.empty(rows.size, np.int64), 0
    for place in range(rows.size):
        while start[journey + 1] <= rows[place]:
            journey += 1
        found[place] = person[journey]
    return found


@kernel
def counted(said: Said, texts: Texts, sizes: tuple[int, int, int, int]) -> Counts:
    """Returns the counts; `sizes`: how many surveys, themes, entries and words there are."""
    surveys, themes, entries, words = sizes
    about, found = np.zeros((surveys, said.scores.size, themes + 1), np.int64), np.zeros(entries, np.int64)
    ranks, untold = np.full((themes, POOL), NONE, np.int64), 0
    spoken, last = np.zeros(words, np.int64), np.full(words, -1, np.int64)
    for row in range(said.text.size):
        text, person, survey = said.text[row], said.person[row], said.survey[row]
        score, left = 0, said.scores.size
        while left > 1:
            score += left // 2 if said.scores[score + left // 2] <= said.score[row] else 0
            left -= left // 2
        about[survey, score, themes] += 1
        untold += 1 if texts.theme_since[text] == texts.theme_since[text + 1] else 0
        for spot in range(texts.theme_since[text], texts.theme_since[text + 1]):
            about[survey, score, texts.theme[spot]] += 1
            keep(ranks, texts.theme[spot], said.rank[row])
        for spot in range(texts.entry_since[text], texts.entry_since[text + 1]):
            found[texts.entry[spot]] += 1
        for spot in range(texts.since[text], texts.since[text + 1]):
            word = texts.words[spot]
            spoken[word] += 1 if last[word] != person else 0
            last[word] = person
    return Counts(about, untold, found, spoken, ranks)


@kernel
def leading(said: Said, texts: Texts, highest: Ints, most: int) -> Ints:
    """Returns the comment of each find whose rank is not above the `highest` of its theme, and its place among the
    themes of all texts. `most`: the highest of all.
    """
    found = np.empty((2, 0), np.int64)
    for again in range(2):
        size = 0
        for row in range(said.text.size):
            if said.rank[row] > most:
                continue
            for spot in range(texts.theme_since[said.text[row]], texts.theme_since[said.text[row] + 1]):
                if said.rank[row] <= highest[texts.theme[spot]]:
                    if again:
                        found[0, size], found[1, size] = row, spot
                    size += 1
        if not again:
            found = np.empty((2, size), np.int64)
    return found
