"""Themes: what customers write about, counted by a word list that is yours.

Why: a score says how bad, a comment says why. Reading them all takes days; a list of words anybody can check counts
them the same way every time.

A comment is the `detail` of an answer to a survey. It is about a theme when a word of that theme stands in it: as a
whole word; `bezorg*` also as the beginning of one; `te laat` as words in a row. Capitals, accents and apostrophes make
no difference. Nothing weighs or guesses: "niet duur" counts as price, so read a few before you decide.

Options: `questions`, whose answers carry comments; `themes`, the word list; `n_min`, comments with a score on either
side before scores are told apart (10); `examples` per theme (3); `shared_by`, how many people must use a word before
an example shows it (5).

Example: 312 of 1,252 comments are about delivery, 25 % (23 to 27 %), and their mean score is 2.9 against 4.2 for the
others.

Examples hold no personal data: a few words around the find, every word with a digit and every word that fewer than five
people use shown as …, never a whole comment.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace

import numpy as np

from klantreis.analyses.themes.counting import counted, spoken, told
from klantreis.analyses.themes.examples import Candidate, chosen, kept, shown, traded
from klantreis.analyses.themes.matching import Matcher, matcher
from klantreis.analyses.themes.result import Counted, Options, Scored, Themes
from klantreis.analyses.themes.scored import adjusted_scores, scored
from klantreis.journeys.model import NO_SCORE, About, Bucket
from klantreis.journeys.questions import questions_of
from klantreis.map.model import JourneyMap
from klantreis.map.themes import themes_near
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import share

__all__ = [
    "Counted",
    "Options",
    "Part",
    "Scored",
    "Themes",
    "asked_by",
    "aware",
    "exchange",
    "finish",
    "measure",
    "merge",
    "name",
    "regards",
]

name = "themes"


@dataclass(frozen=True, slots=True)
class Part:
    """Answers, with or without words; comments per (survey, bits of themes, score); per (theme, entry) its comments;
    how many people use each word; and candidates for examples per theme.
    """

    answers: int = 0
    comments: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    found: Counter[tuple[int, int]] = field(default_factory=Counter)
    spoken: Counter[str] = field(default_factory=Counter)
    examples: dict[int, dict[int, Candidate]] = field(default_factory=dict)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: its surveys, by the word list of its workspace; None without a survey."""
    return Options(questions_of(map_), themes_near(map_.file)) if map_.surveys else None


@dataclass(frozen=True, slots=True)
class Aware(Options):
    """The options with the word list made ready, which all buckets share: a comment that comes back is read once."""

    ready: Matcher = field(default_factory=lambda: matcher(()), compare=False, repr=False)


def aware(options: Options, about: About) -> Aware:
    """Returns the options with the word list made ready."""
    del about
    return Aware(**{one.name: getattr(options, one.name) for one in fields(Options)}, ready=matcher(options.themes))


def regards(options: Options) -> Options:
    """Returns what a Part depends on: what was asked."""
    return Options(**{one.name: getattr(options, one.name) for one in fields(Options)})


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the comments of one bucket, counted; each distinct one is read once."""
    if bucket.survey is None:
        return Part()
    names = bucket.names
    asked = np.array([survey in {one.survey for one in options.questions} for survey in names.surveys], np.bool_)
    rows = np.flatnonzero(bucket.survey >= 0)
    rows = rows[asked[bucket.survey[rows]]]
    scored_ = np.full(rows.size, NO_SCORE) if bucket.score is None else bucket.score[rows]
    words = np.full(rows.size, -1) if bucket.detail is None else bucket.detail[rows]
    worded = words >= 0
    answers, rows = int(np.count_nonzero(worded | (scored_ != NO_SCORE))), rows[worded]
    wanted = options.ready if isinstance(options, Aware) else matcher(options.themes)
    codes, place = np.unique(words[worded], return_inverse=True)
    texts = wanted.read(map(names.details.__getitem__, codes.tolist()))
    person = bucket.person[np.searchsorted(bucket.start, rows, side="right") - 1]
    comments = counted(texts, place, (bucket.survey[rows], scored_[worded]), names.surveys, wanted)
    return Part(
        answers, comments, told(texts, place, wanted), spoken(texts, place, person, wanted),
        chosen(texts, place, bucket.keys[person], wanted),
    )  # fmt: skip


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    themes = one.examples.keys() | other.examples.keys()
    return Part(
        one.answers + other.answers,
        one.comments + other.comments,
        one.found + other.found,
        one.spoken + other.spoken,
        {
            theme: kept([*one.examples.get(theme, {}).values(), *other.examples.get(theme, {}).values()])
            for theme in themes
        },
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    nobody: dict[int, Candidate] = {}
    pools = {
        theme: traded(*(one.examples.get(theme, nobody) for one in (whole, was, now)))
        for theme in whole.examples.keys() | now.examples.keys()
    }
    bare = (replace(one, examples={}) for one in (whole, was, now))
    return replace(exchanged(*bare), examples={theme: pool for theme, pool in pools.items() if pool})


def finish(part: Part, options: Options, about: About) -> Themes:
    """Returns the themes that were found, most comments first; equal ones in the order of the list."""
    comments = part.comments.total()
    counted = [_counted(part, options, theme) for theme in range(len(options.themes))]
    untold = sum(often for (_, bits, _), often in part.comments.items() if not bits)
    return Themes(
        about=about,
        comments=comments,
        commented=share(comments, part.answers),
        untold=share(untold, comments),
        themes=adjusted_scores(sorted((one for one in counted if one.n), key=lambda one: -one.n)),
    )


def _counted(part: Part, options: Options, theme: int) -> Counted:
    n = sum(often for (_, bits, _), often in part.comments.items() if bits >> theme & 1)
    listed = options.themes[theme]
    told = [(listed.words[entry], often) for (one, entry), often in part.found.items() if one == theme]
    return Counted(
        theme=listed.id,
        label=listed.label,
        n=n,
        share=share(n, part.comments.total()),
        words=tuple(sorted(told, key=lambda pair: (-pair[1], pair[0]))),
        scores=tuple(scored(part.comments, theme, options)),
        examples=shown(part.examples.get(theme, {}).values(), part.spoken, options),
    )
