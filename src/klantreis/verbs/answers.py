"""Answers of a bare file: which rows are one, and the scale they are on."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from klantreis.errors import OptionError
from klantreis.journeys.model import NO_SCORE, Bucket, Journeys, holding
from klantreis.journeys.questions import OF_KIND, Question
from klantreis.labels import Label
from klantreis.verbs.data import listed, warn_unknown

SCORE = "score"
"""What the question of a bare file is called."""

SCALES: dict[str, tuple[float, float, str]] = {
    "csat": (1, 5, "CSAT"),
    "stars": (1, 5, "CSAT"),
    "ces": (1, 7, "CES"),
    "nps": (0, 10, "NPS"),
}
"""Scales with a name of their own: lowest, highest, kind."""

_ENDS = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*\.\.\s*([-+]?\d+(?:\.\d+)?)")


def question(
    scale: str, *, reverse: bool = False, n_min: int = 30, about: str | Sequence[str] | None = None
) -> Question:
    """Returns the question of a bare file. `scale`: 'csat', 'stars', 'ces', 'nps', or its ends: '1..5', '0..100'.

    Raises OptionError for another word, ends that do not rise, or an `n_min` below 1.
    """
    if n_min < 1:
        raise OptionError(
            Label(f"Met n_min {n_min} is niets ooit te weinig.", f"With n_min {n_min} nothing is ever too few."),
            where="n_min",
            mend=Label("Geef 1 of meer.", "Give 1 or more."),
        )
    found = _ENDS.fullmatch(scale.strip())
    if found is not None:
        low, high, kind = float(found[1]), float(found[2]), "CSAT"
    elif scale.strip().lower() in SCALES:
        low, high, kind = SCALES[scale.strip().lower()]
    else:
        low, high, kind = 0.0, 0.0, ""
    if low >= high:
        raise OptionError(
            Label(f"{scale!r} is geen schaal.", f"{scale!r} is no scale."),
            where="scale",
            mend=Label(
                "Schrijf laagste..hoogste, zoals 1..5, of csat, ces of nps.",
                "Write lowest..highest, such as 1..5, or csat, ces or nps.",
            ),
        )
    return Question(SCORE, low, high, reverse, n_min, kind, listed(about) or (), OF_KIND[kind])


def answering(journeys: Journeys, events: str | Sequence[str] | None = None) -> Journeys:
    """Returns journeys in which every event with a score or words answers the question of a bare file.

    `events`: only these ones do, or those of a touchpoint of this name. What was measured of the journeys as they were
    holds no more. Raises OptionError when no column holds scores or words.
    """
    only = listed(events)
    if only is not None:
        warn_unknown(journeys, [name for name in only if name not in journeys.about.names.events])
    if journeys.touches and all(bucket.score is None and bucket.detail is None for bucket in journeys.buckets):
        raise OptionError(
            Label("In welke kolom staat de score?", "Which column holds the score?"),
            mend=Label(
                "Noem hem: score=..., of --score ... op de opdrachtregel.",
                "Name it: score=..., or --score ... on the command line.",
            ),
        )
    names = replace(journeys.about.names, surveys=(SCORE,))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        buckets = tuple(pool.map(lambda bucket: replace(_answered(bucket, only), names=names), journeys.buckets))
    about = replace(journeys.about, names=names, answers=only or ())
    return replace(journeys, buckets=buckets, about=about, sign="", earlier=None, parts=None, workers=None)


def _answered(bucket: Bucket, only: Sequence[str] | None) -> Bucket:
    answers = np.zeros(bucket.touches, np.bool_)
    if bucket.score is not None:
        answers |= bucket.score != NO_SCORE
    if bucket.detail is not None:
        answers |= bucket.detail >= 0
    if only is not None:
        events, touchpoints = bucket.names.events, bucket.names.touchpoints
        named = holding(bucket.event, [events.index(event) for event in only if event in events])
        answers &= named | holding(bucket.touch, [touchpoints.index(name) for name in only if name in touchpoints])
    survey = answers.astype(np.int32)
    survey -= 1  # a tenth of what it takes to find the rows and write those
    return replace(bucket, survey=survey, generation="")
