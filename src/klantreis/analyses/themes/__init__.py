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
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.themes.counting import Counts, Said, counted, whose
from klantreis.analyses.themes.examples import Pool, chosen, kept, shown, traded
from klantreis.analyses.themes.matching import Matcher
from klantreis.analyses.themes.reading import Reader, mixed, reader
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
Named = tuple[Sequence[str], Sequence[int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """Answers, with or without words; comments per (survey, score), those about a theme per (survey, score, theme), and
    those about none; per (theme, entry) its comments; how many people use each word; and candidates for examples per
    theme.
    """

    answers: int = 0
    comments: Counter[tuple[str, int]] = field(default_factory=Counter)
    about: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    untold: int = 0
    found: Counter[tuple[int, int]] = field(default_factory=Counter)
    spoken: Counter[str] = field(default_factory=Counter)
    examples: dict[int, Pool] = field(default_factory=dict)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: its surveys, by the word list of its workspace; None without a survey."""
    return Options(questions_of(map_), themes_near(map_.file)) if map_.surveys else None


@dataclass(frozen=True, slots=True)
class Aware(Options):
    """The options with the word list made ready, which all buckets share: a comment that comes back is read once."""

    ready: Reader = field(default_factory=lambda: reader(()), compare=False, repr=False)


def aware(options: Options, about: About) -> Aware:
    """Returns the options with the word list made ready."""
    del about
    return Aware(**{one.name: getattr(options, one.name) for one in fields(Options)}, ready=reader(options.themes))


def regards(options: Options) -> Options:
    """Returns what a Part depends on: what was asked."""
    return Options(**{one.name: getattr(options, one.name) for one in fields(Options)})


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the comments of one bucket, counted; each distinct one is read once."""
    if bucket.survey is None:
        return Part()
    names, answers = bucket.names, _answers(bucket, {one.survey for one in options.questions})
    score = np.full(answers.size, NO_SCORE, np.int32) if bucket.score is None else bucket.score[answers]
    code = np.full(answers.size, -1, np.int32) if bucket.detail is None else bucket.detail[answers]
    worded = code >= 0
    every, rows, score = int(np.count_nonzero(worded | (score != NO_SCORE))), answers[worded], score[worded]
    if not rows.size:
        return Part(every)
    wanted = options.ready if isinstance(options, Aware) else reader(options.themes)
    known, texts, text = wanted.read(code[worded], names.details)
    person = whose(rows, bucket.start, bucket.person)
    rank = (mixed(bucket.keys[person] ^ texts.mark[text]) >> np.uint64(2)).astype(np.int64)
    said = Said(text, bucket.survey[rows], score, rank, person, np.unique(score))
    counts = counted(said, texts, (len(names.surveys), len(options.themes), len(wanted.listed.rest), len(known.words)))
    examples = chosen(known, texts, said, counts.ranks)
    return _part(every, (names.surveys, said.scores.tolist(), known.words), wanted.listed, counts, examples)


def _answers(bucket: Bucket, surveys: set[str]) -> NDArray[np.int64]:
    """Returns the touches that answer one of these surveys."""
    assert bucket.survey is not None
    asked = np.array([survey in surveys for survey in bucket.names.surveys], np.bool_)
    rows = np.flatnonzero(bucket.survey >= 0)
    return rows if asked.all() else rows[asked[bucket.survey[rows]]]


def _part(answers: int, named: Named, listed: Matcher, counts: Counts, examples: dict[int, Pool]) -> Part:
    """Returns counts by names instead of numbers: `named` are surveys, scores and words."""
    surveys, scores, words = named
    every, about = counts.about[:, :, -1], counts.about[:, :, :-1]
    used, entries = np.flatnonzero(counts.spoken), np.flatnonzero(counts.found).tolist()
    return Part(
        answers,
        Counter({(surveys[one], scores[two]): int(every[one, two]) for one, two in np.argwhere(every).tolist()}),
        Counter({(surveys[i], scores[j], k): int(about[i, j, k]) for i, j, k in np.argwhere(about).tolist()}),
        counts.untold,
        Counter({(listed.theme[one], listed.entry[one]): int(counts.found[one]) for one in entries}),
        Counter(dict(zip(map(words.__getitem__, used.tolist()), counts.spoken[used].tolist(), strict=True))),
        examples,
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    themes = one.examples.keys() | other.examples.keys()
    return Part(
        one.answers + other.answers,
        one.comments + other.comments,
        one.about + other.about,
        one.untold + other.untold,
        one.found + other.found,
        _summed(one.spoken, other.spoken),
        {
            theme: kept([*one.examples.get(theme, {}).values(), *other.examples.get(theme, {}).values()])
            for theme in themes
        },
    )


def _summed(one: Counter[str], other: Counter[str]) -> Counter[str]:
    """Returns the sum of counts above zero; quicker than `+`, which goes through both."""
    many, few = (one, other) if len(one) > len(other) else (other, one)
    found = Counter(many)
    found.update(few)
    return found


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    nobody: Pool = {}
    pools = {
        theme: traded(*(one.examples.get(theme, nobody) for one in (whole, was, now)))
        for theme in whole.examples.keys() | now.examples.keys()
    }
    bare = (replace(one, examples={}) for one in (whole, was, now))
    return replace(exchanged(*bare), examples={theme: pool for theme, pool in pools.items() if pool})


def finish(part: Part, options: Options, about: About) -> Themes:
    """Returns the themes that were found, most comments first; equal ones in the order of the list."""
    comments = part.comments.total()
    listed = [_counted(part, options, theme) for theme in range(len(options.themes))]
    return Themes(
        about=about,
        comments=comments,
        commented=share(comments, part.answers),
        untold=share(part.untold, comments),
        themes=adjusted_scores(sorted((one for one in listed if one.n), key=lambda one: -one.n)),
    )


def _counted(part: Part, options: Options, theme: int) -> Counted:
    listed = options.themes[theme]
    told = [(listed.words[entry], often) for (one, entry), often in part.found.items() if one == theme]
    mine = {(survey, score): often for (survey, score, one), often in part.about.items() if one == theme}
    return Counted(
        theme=listed.id,
        label=listed.label,
        n=sum(mine.values()),
        share=share(sum(mine.values()), part.comments.total()),
        words=tuple(sorted(told, key=lambda pair: (-pair[1], pair[0]))),
        scores=tuple(scored(part.comments, mine, options)),
        examples=shown(part.examples.get(theme, {}).values(), part.spoken, options),
    )
