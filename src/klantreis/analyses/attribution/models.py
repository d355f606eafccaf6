"""Makes credits of the counts: every model beside the others, each share with its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.attribution.asked import Options
from klantreis.analyses.attribution.chain import Solved, solved
from klantreis.analyses.attribution.credit import DECAY, LAST, SIMPLE, numbers
from klantreis.analyses.attribution.grams import Grams, lowered
from klantreis.analyses.attribution.part import Part
from klantreis.analyses.attribution.result import Credit, Model
from klantreis.journeys.model import VALUE_UNIT
from klantreis.labels import Label
from klantreis.stats.groups import GROUPS, LEAST_CASES, LEAST_GROUPS, grouped, missed, ratio_moves

Floats = NDArray[np.float64]

NO_TIMES = Label(
    nl="De paden hebben geen tijden, dus een contact kan niet verouderen.",
    en="The paths have no moments, so a touch cannot age.",
)
TOO_LARGE = Label(
    nl="Te veel verschillende laatste contacten om uit te rekenen. Kies een lagere orde of minder kanalen.",
    en="Too many different last touches to solve. Choose a lower order or fewer channels.",
)
NO_PEOPLE = Label(
    nl="De paden staan los van personen, of er zijn te veel kanalen; daarom is er geen interval.",
    en="The paths are not tied to people, or there are too many channels; so there is no interval.",
)
TOO_FEW = Label(
    nl=f"Te weinig conversies voor een interval (nodig: {LEAST_CASES}, verspreid over personen).",
    en=f"Too few conversions for an interval (need {LEAST_CASES}, spread over people).",
)


def every_model(part: Part, options: Options, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Model, ...]]:
    """Returns the channels, those with most credit first, and every model; no conversions: models without credits."""
    linear = numbers(part.credits[2], 0).sum(0)
    last = numbers(part.credits[LAST], 0)
    seen = np.zeros(len(names), np.bool_)
    chain = part.chain
    one = lowered(chain, 1) if chain.order else chain
    seen[[code for code in np.unique(one.keys // one.base) - 1 if code >= 0]] = True
    seen |= linear > 0
    order = sorted(np.flatnonzero(seen).tolist(), key=lambda code: (-round(linear[code], 6), names[code]))
    book = Book(part, tuple(names[code] for code in order), np.array(order, np.int64), int((last.sum(1) > 0).sum()))
    simple = [book.simple(number, name) for number, name in enumerate(SIMPLE)]
    pairs = [
        (book.chain(k, tables, True), book.chain(k, tables, False)) for k, tables in _tables(chain, part, options.order)
    ]
    return book.channels, (*simple, *(one for one, _ in pairs), *(other for _, other in pairs))


def _tables(chain: Grams, part: Part, order: int) -> Iterator[tuple[int, tuple[Grams, Grams | None]]]:
    """Yields each order with its transitions, for all together and per group (None: not kept at this order)."""
    for k in range(1, order + 1):
        yield k, (lowered(chain, k), lowered(part.grouped, k) if part.grouped.order >= k else None)


def why_no_interval(part: Part) -> Label:
    """Returns why shares have no interval; an empty label when they have."""
    if part.credits.shape[1] != GROUPS:
        return NO_PEOPLE
    used = int((numbers(part.credits[LAST], 0).sum(1) > 0).sum())
    return TOO_FEW if part.counts.attributed < LEAST_CASES or used < LEAST_GROUPS else Label()


class Book:
    """The counts, with the channels in the order they are shown; `used` groups have a conversion."""

    def __init__(self, part: Part, channels: tuple[str, ...], codes: NDArray[np.int64], used: int) -> None:
        self.part, self.channels, self.codes, self.used = part, channels, codes, used

    @property
    def worth(self) -> float | None:
        """The value of all that is divided; None when no conversion has one."""
        if not self.part.counts.valued:
            return None
        return float(numbers(self.part.credits[LAST], 2).sum()) / VALUE_UNIT

    def simple(self, number: int, name: str) -> Model:
        """Returns a model that divides one path at a time."""
        if number == DECAY and not self.part.timed:
            return Model(name, computed=False, why=NO_TIMES)
        credit = numbers(self.part.credits[number], 0)[:, self.codes]
        value = numbers(self.part.credits[number], 2)[:, self.codes].sum(0) / VALUE_UNIT
        total = credit.sum()
        share = credit.sum(0) / total if total else np.zeros(len(self.codes))
        moves = ratio_moves(credit, credit.sum(1)) if len(credit) == GROUPS else None
        return Model(name, self._credits(share, moves, None if self.worth is None else value, None))

    def chain(self, order: int, tables: tuple[Grams, Grams | None], nulls: bool) -> Model:
        """Returns a Markov model of one order, with or without the paths that did not convert."""
        name = f"markov_{order}" if nulls else f"markov_{order}_no_null"
        found = solved(tables[0], nulls, tables[1], GROUPS)
        if found is None:
            return Model(name, nulls=nulls, computed=False, why=TOO_LARGE)
        effect = found.effect[self.codes]
        total = effect.sum()
        share = effect / total if total else np.zeros(len(effect))
        given = self._credits(share, self._moves(found, share), self._value(found), effect)
        return Model(name, given, nulls, found.chance, found.states)

    def _moves(self, found: Solved, share: Floats) -> Floats | None:
        if found.moves is None or not found.effect.sum():
            return None
        moves = ratio_moves_of(found.moves[:, self.codes], share, float(found.effect.sum()))
        return moves * missed(numbers(self.part.credits[LAST], 0).sum(1))[:, None]

    def _value(self, found: Solved) -> Floats | None:
        effect = found.worth_effect[self.codes]
        if self.worth is None or not effect.sum():
            return None
        found_value: Floats = effect / effect.sum() * self.worth
        return found_value

    def _credits(
        self, share: Floats, moves: Floats | None, value: Floats | None, effect: Floats | None
    ) -> tuple[Credit, ...]:
        n = self.part.counts.attributed
        if not n:
            return ()
        return tuple(
            Credit(
                channel,
                float(share[spot]) * n,
                grouped(float(share[spot]), n, None if moves is None else moves[:, spot], self.used),
                None if value is None else float(value[spot]),
                None if effect is None else float(effect[spot]),
            )
            for spot, channel in enumerate(self.channels)
        )


def ratio_moves_of(moves: Floats, share: Floats, total: float) -> Floats:
    """Returns how much each group moves each share, from how much it moves the effects that the shares are made of."""
    found: Floats = (moves - share * moves.sum(1)[:, None]) / total
    return found
