"""RFM: who bought recently, often and for much; each customer scored, and put in a group.

Why: the few customers who come back bring most of the revenue; this names them, and those who are leaving.

Options: `orders`, what counts as an order and until when (`names`, `one_order`, `as_of`, `time_zone`, `period`); `rule`
'ntile' (groups of one size, ties by customer id) or 'quantile' (bounds; equals share a group); `bins`, how many scores
(2 to 10); `segments`, the groups, first that fits; `per_customer`, list every customer in the JSON.

Example: of 4,312 customers 900 bought last in the past two weeks and often: champions, 21 % of customers and 58 % of
revenue. A customer who bought once, a year ago, is no champion however large that order was.

Source: Hughes (1994), Strategic Database Marketing. The rule 'quantile' is that of the R package rfm 0.3.0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.orders import Orders, Rule, by_id, currency, end_of, gathered, joined
from klantreis.analyses.orders import check as check_rule
from klantreis.analyses.rfm.result import Cell, Group, Rfm, Scored, Threshold
from klantreis.analyses.rfm.scoring import RULES, bounds, ntile, within
from klantreis.analyses.rfm.segments import OTHER, SEGMENTS, RfmSegment, placed
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import VALUE_UNIT, About, Bucket
from klantreis.labels import Label
from klantreis.stats.days import day_text
from klantreis.stats.intervals import share
from klantreis.stats.whole import total

__all__ = ["SEGMENTS", "Options", "Rfm", "RfmSegment", "finish", "measure", "merge", "name"]

name = "rfm"
Part = Orders
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MOSTLY_TIED = 0.5
"""From this share of customers on, it is said that ties decide their frequency score."""

TIED = Label(
    nl="Let op: bij {share} van de klanten bepaalt alleen het klantnummer de score voor frequentie, want wie even vaak "
    "bestelde kreeg verschillende scores. Kies rule='quantile' (--rule quantile).",
    en="Mind: for {share} of customers only the customer id decides the score for frequency, because customers with "
    "the same number of orders got different scores. Choose rule='quantile' (--rule quantile).",
)
NOBODY = Label(nl="Niemand heeft iets besteld in deze gegevens.", en="Nobody ordered anything in these data.")


@dataclass(frozen=True, slots=True)
class Options:
    """What is an order, by which rule scores are given, in how many bins, and which groups there are."""

    orders: Rule = field(default_factory=Rule)
    rule: str = "ntile"
    bins: int = 5
    segments: tuple[RfmSegment, ...] = SEGMENTS
    per_customer: bool = False


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the orders of each customer in a bucket. Raises OptionError for an option that cannot be used."""
    _check(options)
    return gathered(bucket, options.orders)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return joined(one, other)


def finish(part: Part, options: Options, about: About) -> Rfm:
    """Returns the scored customers; nobody: no groups, and `why`."""
    part = by_id(part)
    end, priced = end_of(options.orders, about), bool(part.priced.any())
    said = RULES[options.rule]
    found = Rfm(
        about=about,
        customers=part.customers,
        orders=int(part.orders.sum()),
        money=total(part.money) / VALUE_UNIT if priced else None,
        as_of=day_text(end),
        rule=options.rule,
        said=Label(*(text.format(bins=options.bins) for text in (said.text("nl"), said.text("en")))),
        bins=options.bins,
        people=part.people,
        refunds=part.refunds,
        listed=options.per_customer,
        why=Label() if part.customers else NOBODY,
    )
    return _filled(found, part, options, end - part.last) if part.customers else found


def _filled(found: Rfm, part: Part, options: Options, recency: Ints) -> Rfm:
    bins = options.bins
    money = currency(part.money)
    measures = {"recency": -recency.astype(float), "frequency": part.orders.astype(float)}
    if found.money is not None:
        measures["monetary"] = money
    scores, thresholds = {}, []
    for measure_, values in measures.items():
        # Less recent is worse, so recency is scored upside down.
        down = measure_ == "recency"
        scores[measure_], edges = _scored(-values if down else values, options.rule, bins, down=down)
        thresholds += [Threshold(measure_, score, low, high) for score, low, high in edges]
    r, f, m = scores["recency"], scores["frequency"], scores.get("monetary")
    segment = placed((r, f, m), bins, options.segments)
    m_or_none = np.zeros(part.customers, np.int64) if m is None else m
    spent = money if m is not None else np.full(part.customers, np.nan)
    columns: tuple[Any, ...] = (recency, part.orders, spent, r, f, m_or_none, segment)
    scored = Scored(part.named, *columns)
    return _grouped(found, scored, options, tuple(thresholds))


def _scored(values: Floats, rule: str, bins: int, *, down: bool) -> tuple[Ints, list[tuple[int, float, float]]]:
    """Returns the scores, and (score, low, high) of each; `down`: low values are good."""
    if rule == "quantile":
        edges = bounds(values, bins)
        scores = within(values, edges)
        scores = bins + 1 - scores if down else scores
        listed = [(bins - place if down else place + 1, *edge) for place, edge in enumerate(edges)]
        return scores, sorted(listed)
    scores, ends = ntile(-values if down else values, bins)
    return scores, [(score, -last, -first) if down else (score, first, last) for score, first, last in ends]


def _grouped(found: Rfm, scored: Scored, options: Options, thresholds: tuple[Threshold, ...]) -> Rfm:
    named = (*options.segments, OTHER)
    used = len(named) if (scored.segment == len(options.segments)).any() else len(options.segments)
    rows = _rows_of(scored.segment, len(named))
    groups = tuple(_group(named[place], rows[place], scored, found) for place in range(used))
    cells, wide = [], options.bins + 1
    rows = _rows_of(scored.r * wide + scored.f, wide * wide)
    for r in range(options.bins, 0, -1):
        for f in range(1, wide):
            here = rows[r * wide + f]
            money = None if found.money is None else float(np.round(scored.monetary[here].sum(), 4))
            cells.append(Cell(r, f, len(here), money))
    note = _note(scored, options)
    return replace(found, note=note, groups=groups, grid=tuple(cells), thresholds=thresholds, scored=scored)


def _rows_of(kind: Ints, kinds: int) -> list[Ints]:
    """Returns the customers of each kind, in their order; a kind is a small number."""
    order = np.argsort(kind.astype(np.int16), kind="stable")
    return np.split(order, np.cumsum(np.bincount(kind, minlength=kinds))[:-1])


def _note(scored: Scored, options: Options) -> Label:
    """Returns a warning when most frequency scores are decided by the rule for ties, not by what customers did."""
    if options.rule != "ntile":
        return Label()
    pairs, often = np.unique(scored.frequency * (options.bins + 1) + scored.f, return_counts=True)
    _, value, scores = np.unique(pairs // (options.bins + 1), return_inverse=True, return_counts=True)
    tied = int(often[scores[value] > 1].sum()) / len(scored.frequency)
    if tied < MOSTLY_TIED:
        return Label()
    nl, en = f"{tied:.0%}", f"{tied:.0%}"
    return Label(nl=TIED.text("nl").format(share=nl), en=TIED.text("en").format(share=en))


def _group(segment: RfmSegment, here: Ints, scored: Scored, found: Rfm) -> Group:
    n, orders = len(here), int(scored.frequency[here].sum())
    money = None if found.money is None else float(np.round(scored.monetary[here].sum(), 4))

    def median(column: NDArray[Any]) -> float | None:
        return float(np.median(column[here])) if n else None

    return Group(
        segment=segment.id,
        label=segment.label,
        customers=n,
        share=share(n, found.customers),
        orders=orders,
        order_share=orders / found.orders if found.orders else None,
        money=money,
        money_share=money / found.money if money is not None and found.money else None,
        recency_days=median(scored.recency_days),
        orders_each=median(scored.frequency),
        money_each=None if money is None else median(scored.monetary),
    )


def _check(options: Options) -> None:
    check_rule(options.orders)
    if options.rule not in RULES:
        raise OptionError(
            Label(
                f"De regel {options.rule!r} voor scores is er niet.", f"There is no rule {options.rule!r} for scores."
            ),
            mend=did_you_mean(options.rule, RULES),
        )
    if not 2 <= options.bins <= 10:
        raise OptionError(
            Label(
                f"{options.bins} scores zijn niet uit elkaar te houden.", f"{options.bins} scores cannot be told apart."
            ),
            where="bins",
            mend=Label("Kies 2 tot 10.", "Choose 2 to 10."),
        )
    names = [segment.id for segment in options.segments]
    if len(set(names)) < len(names) or OTHER.id in names:
        raise OptionError(
            Label(
                "Twee segmenten hebben dezelfde id, of een ervan heet 'other'.",
                "Two segments have one id, or one is called 'other'.",
            ),
            mend=Label("Geef elk een eigen id.", "Give each an id of its own."),
        )
