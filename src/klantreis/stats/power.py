"""How many people a test needs before it starts, how long that takes, and what it can see.

Shares are compared on Cohen's scale h = 2 asin √p - 2 asin √q (Cohen 1988, "Statistical Power Analysis", ch. 6), means
by their standard deviation; both with the normal approximation, two-sided.
"""

from __future__ import annotations

import math

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.stats.quantiles import normal_quantile


def people_for_share(base: float, lift: float, *, split: float = 0.5, power: float = 0.8, alpha: float = 0.05) -> int:
    """Returns how many people, both groups together, show a relative `lift` of a `base` share.

    `split` is the part that gets the change; the rest is held out. A base of 5 %, a lift of 10 %: 62,435 people at
    50/50, 173,431 with a tenth held out. Raises OptionError for a share outside 0 to 1 or a lift of nothing.
    """
    raised = base * (1 + lift)
    _checked(base, raised, split)
    return _people(2 * (math.asin(math.sqrt(raised)) - math.asin(math.sqrt(base))), split, power, alpha)


def people_for_mean(
    deviation: float, gap: float, *, split: float = 0.5, power: float = 0.8, alpha: float = 0.05
) -> int:
    """Returns how many people, both groups together, show a `gap` of means of a standard deviation (same unit)."""
    if deviation <= 0 or gap == 0 or not 0 < split < 1:
        raise OptionError(
            Label(
                "Er is een verschil nodig om te vinden, een spreiding, en twee groepen.",
                "A gap to find and a spread are needed, and two groups.",
            ),
            mend=Label("Geef getallen boven 0.", "Give numbers above 0."),
        )
    return _people(gap / deviation, split, power, alpha)


def smallest_lift(
    base: float, people: int, *, split: float = 0.5, power: float = 0.8, alpha: float = 0.05
) -> float | None:
    """Returns the smallest relative lift of a `base` share that `people` in all can show; None: not even up to 100 %.

    Raises OptionError for a share outside 0 to 1.
    """
    _checked(base, base, split, lifted=False)
    if people <= 0:
        return None
    reach = (normal_quantile(1 - alpha / 2) + normal_quantile(power)) / math.sqrt(people * split * (1 - split))
    angle = math.asin(math.sqrt(base)) + reach / 2
    return None if angle >= math.pi / 2 else math.sin(angle) ** 2 / base - 1


def days_for(people: int, per_day: float) -> int | None:
    """Returns in how many whole days so many people come by; None when nobody does."""
    return math.ceil(people / per_day) if per_day > 0 else None


def reach_factor(power: float = 0.8, alpha: float = 0.05) -> float:
    """Returns how many standard errors away an effect must be to be found with this `power`: 2.80 for 80 % and 5 %."""
    return normal_quantile(1 - alpha / 2) + normal_quantile(power)


def _people(effect: float, split: float, power: float, alpha: float) -> int:
    return math.ceil((reach_factor(power, alpha) / effect) ** 2 / (split * (1 - split)))


def _checked(base: float, raised: float, split: float, *, lifted: bool = True) -> None:
    if not 0 < base < 1:
        raise OptionError(
            Label(f"Een uitgangspunt van {base:g} is geen aandeel.", f"A base of {base:g} is no share."),
            where="base",
            mend=Label("Schrijf het als 5% of 0.05.", "Write it as 5% or 0.05."),
        )
    if lifted and (raised == base or not 0 < raised < 1):
        raise OptionError(
            Label(
                f"Een uitgangspunt van {base:.1%} kan geen {raised:.1%} worden.",
                f"A base of {base:.1%} cannot become {raised:.1%}.",
            ),
            where="lift",
            mend=Label("Schrijf een relatieve stijging: 10% of 0.1.", "Write a relative lift: 10% or 0.1."),
        )
    if not 0 < split < 1:
        raise OptionError(
            Label(
                f"Bij een verdeling van {split:g} blijft een groep leeg.",
                f"A split of {split:g} leaves one group empty.",
            ),
            where="split",
            mend=Label("Schrijf het als 50% of 0.5.", "Write it as 50% or 0.5."),
        )
