"""What attribution can be asked: which touches convert, what a channel is, how far back, and which models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap

By = Literal["channel", "detail", "touchpoint", "event"]
DAY = 86_400_000_000
GROUPS = 32
"""Into how many groups persons are put, by their stable hash, to see how much a number moves from group to group."""

MOST_CELLS = 1 << 21
"""Up to this many (group, path end, next) cells the transitions are counted per group, so that an interval exists."""

MOST_ORDER = 3


@dataclass(frozen=True, slots=True)
class Options:
    """`conversions`: touchpoint ids that are the conversion. `by`: what a channel is: the 'channel' or 'detail' of an
    event, its 'touchpoint', or its 'event' name. `called`: (touchpoint, channel), by touchpoint: which channel each is
    of; the others are their own. `only`: the channels that count (None: all). `within`: microseconds that a touch may
    lie before the conversion, inclusive; None: no limit. `grain`: the paths of a 'person' (all their
    journeys together) or of each 'journey'. `own`: whether the conversion is itself the last touch of its path.
    `first_share`, `last_share`: of the position model, 0 to 1; the touches between share the rest. `half_life`:
    microseconds in which the weight of a touch halves, in the decay model. `order`: the highest Markov order, 0 to 3.
    """

    conversions: tuple[str, ...]
    by: By = "channel"
    called: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] | None = None
    within: int | None = 30 * DAY
    grain: Literal["person", "journey"] = "person"
    own: bool = False
    first_share: float = 0.4
    last_share: float = 0.4
    half_life: int = 7 * DAY
    order: int = 3


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: its goal divided over the channels it draws; None without a goal or a second channel.

    Of the chains only the first order, which is quick.
    """
    called = tuple((one.id, one.channel) for one in map_.touchpoints if one.channel and one.matcher is not None)
    if not goal(map_) or len({channel for _, channel in called}) < 2:
        return None
    return Options(conversions=goal(map_), by="touchpoint", called=called, order=1)


def checked(options: Options) -> Options:
    """Returns the options; raises OptionError for one that cannot be used."""
    if options.within is not None and options.within < 0:
        raise OptionError(
            Label(
                "Een terugkijkvenster kan niet korter zijn dan niets.", "A look-back cannot be shorter than nothing."
            ),
            where="within",
            mend=Label("Geef een tijdsduur: '30d'.", "Give a span: '30d'."),
        )
    if options.half_life <= 0:
        raise OptionError(
            Label("Een halfwaardetijd moet langer zijn dan niets.", "A half-life must be longer than nothing."),
            where="half_life",
            mend=Label("Geef een tijdsduur: '7d'.", "Give a span: '7d'."),
        )
    if not 0 <= options.order <= MOST_ORDER:
        raise OptionError(
            Label(
                f"Een Markov-model van orde {options.order} is er niet.",
                f"There is no Markov order {options.order} here.",
            ),
            where="order",
            mend=Label("Geef 0, 1, 2 of 3.", "Give 0, 1, 2 or 3."),
        )
    shares = (options.first_share, options.last_share)
    if not all(0 <= one <= 1 for one in shares) or sum(shares) > 1 + 1e-12:
        raise OptionError(
            Label(
                f"Het positiemodel kan niet {shares[0]:g} aan het eerste contact geven en {shares[1]:g} "
                "aan het laatste.",
                f"The position model cannot give {shares[0]:g} to the first touch and {shares[1]:g} to the last.",
            ),
            where="first_share, last_share",
            mend=Label(
                "Geef aandelen van 0 tot 1, samen hoogstens 1, zoals 0.4 en 0.4.",
                "Give shares from 0 to 1 that are together at most 1, such as 0.4 and 0.4.",
            ),
        )
    return options


def cells(channels: int, order: int) -> int:
    """Returns how many (last touches, next) cells a chain of this order has."""
    return int((channels + 2) ** (order + 1))


def groups_of(channels: int) -> int:
    """Returns how many groups persons are put in: one, so no interval, when there are very many channels."""
    return GROUPS if cells(channels, 1) * GROUPS <= MOST_CELLS else 1


def grouped_order(channels: int, order: int) -> int:
    """Returns the highest order of which the transitions are kept per group; depends on the names, not the data."""
    wanted = [k for k in range(1, order + 1) if cells(channels, k) * GROUPS <= MOST_CELLS]
    return max(wanted, default=0)
