"""Attribution: which channels come before a conversion, divided by every usual model beside the others.

A path is what a person met before a conversion, at most the look-back before it; a conversion ends the path, and what
comes after it begins the next. Touches that led to no conversion are a path too (`nulls`), of at most the look-back
before its last touch. Heuristics and the set Shapley value divide each converting path; the Markov models ask what is
lost when a channel is taken out of the chain of all paths. All of it goes with conversion and proves no effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from klantreis.analyses.attribution.asked import By, Options, asked_by, checked, grouped_order, groups_of
from klantreis.analyses.attribution.counted_paths import PathCount, walked
from klantreis.analyses.attribution.credit import Walked, divided
from klantreis.analyses.attribution.cut import names_by, paths_of, worth
from klantreis.analyses.attribution.grams import counted
from klantreis.analyses.attribution.models import every_model, why_no_interval
from klantreis.analyses.attribution.part import Counts, Part, still_waiting, together, traded
from klantreis.analyses.attribution.result import Attribution, Credit, Model
from klantreis.journeys.model import About, Bucket, Names
from klantreis.stats.groups import group_of
from klantreis.stats.intervals import share
from klantreis.stats.whole import bulk, fitting

__all__ = [
    "Attribution", "By", "Credit", "Model", "Options", "Part", "PathCount", "asked_by", "exchange", "finish", "measure",
    "merge", "name", "of_paths",
]  # fmt: skip

name = "attribution"
SECOND = 1_000_000


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds: its paths, divided and counted.

    Raises OptionError for a negative look-back, shares beyond 1, or an order above 3.
    """
    checked(options)
    channels = len(names_by(bucket.names, options))
    groups = groups_of(channels)
    cut = paths_of(bucket, options, group_of(bucket.keys, groups))
    led = cut.row >= 0
    won, some = led.astype(np.int64), cut.end[1:] > cut.end[:-1]
    value, known = worth(bucket, cut.row)
    paths = Walked(cut.codes, cut.when, cut.end, cut.group, won, 1 - won, value, np.zeros_like(value))
    counts = Counts(
        conversions=len(won) - len(cut.ended),
        attributed=int(np.count_nonzero(led & some)),
        nulls=len(cut.ended),
        valued=int(np.count_nonzero(known & some)),
        people=int(np.count_nonzero(np.diff(bucket.person, prepend=-1))),
        touches=len(cut.codes),
        old=int(cut.old),
        nameless=int(cut.nameless),
        bulk=bulk(value),
    )
    last = int(cut.last)
    ends = (still_waiting(cut.ended, last, options.within),), last, True
    return _part(paths, options, (channels, groups), counts, ends)


def of_paths(rows: Iterable[PathCount], options: Options) -> Attribution:
    """Returns the attribution of paths that were counted elsewhere, without persons and moments.

    So there is no look-back, no decay and no interval. No rows: the answer for nothing at all.
    """
    paths, counts, names = walked(rows)
    nothing = np.empty(0, np.int64)
    part = _part(paths, checked(options), (len(names), 1), counts, ((nothing,), 0, False))
    return finish(part, replace(options, by="channel"), About(Names((), (), channels=names), grain="path"))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return together(one, other)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return traded(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Attribution:
    """Returns the attribution; without conversions every model is there, and none has credits.

    Raises SourceError when the values of conversions are too large to add up.
    """
    names = names_by(about.names, options)
    channels, models = every_model(part, options, names)
    counts = part.counts
    fitting(counts.bulk)
    last = max(part.last, about.last)
    worth_all = next((_total(model) for model in models if model.model == "last"), None) if counts.valued else None
    return Attribution(
        about=about,
        by=options.by,
        channels=channels,
        models=models,
        conversions=counts.conversions,
        attributed=counts.attributed,
        nulls=counts.nulls,
        open_nulls=sum(len(still_waiting(some, last, part.within)) for some in part.waiting) if part.timed else 0,
        rate=share(counts.attributed, counts.attributed + counts.nulls),
        value=worth_all,
        valued=counts.valued,
        people=counts.people,
        touches=counts.touches,
        old=counts.old,
        nameless=counts.nameless,
        unknown=tuple(one for one in options.conversions if one not in set(about.names.touchpoints)),
        rules=_rules(options, part.timed),
        no_interval=why_no_interval(part),
    )


def _part(paths: Walked, options: Options, size: tuple[int, int], counts: Counts, ends: Any) -> Part:
    channels, groups = size
    per_group = grouped_order(channels, options.order) if groups > 1 else 0
    waiting, last, timed = ends
    return Part(
        credits=divided(paths, (groups, channels), (options.half_life, options.first_share, options.last_share)),
        grouped=counted(paths, channels, per_group, groups),
        higher=None if per_group == options.order else counted(paths, channels, options.order),
        counts=counts,
        waiting=waiting,
        last=last,
        within=options.within,
        timed=timed,
    )


def _total(model: Model) -> float:
    return float(sum(one.value or 0.0 for one in model.credits))


def _rules(options: Options, timed: bool) -> tuple[tuple[str, Any], ...]:
    asked = {
        "conversions": list(options.conversions),
        "within_seconds": None if options.within is None or not timed else options.within / SECOND,
        "grain": options.grain if timed else "path",
        "own": options.own,
        "called": dict(options.called),
        "only": None if options.only is None else list(options.only),
        "first_share": options.first_share,
        "last_share": options.last_share,
        "half_life_seconds": options.half_life / SECOND if timed else None,
        "order": options.order,
    }
    return tuple(asked.items())
