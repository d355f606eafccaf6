"""What is true of the demo shop: the rates its customers are drawn with, and the shares that follow from them.

Every customer is drawn by chance with the rates of `Shop`; `truths(shop)` says what an analysis should find, so that
a shown 95 % interval can be held against the truth it claims to cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SIZE_WORDS = ("ringmaat", "maat", "welke maat", "maat 54", "ringmaat meten", "maattabel", "maat opmeten")
OTHER_WORDS = ("zilveren ring", "gouden ketting", "oorbellen", "armband", "cadeau moeder")
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Shop:
    """Chances of the demo shop. Every one holds for each journey on its own, given what came before it."""

    existing: float = 0.22
    considers: float = 0.73
    filters: float = 0.42
    filters_shown: float = 0.50
    searches: float = 0.48
    size_words: float = 0.78
    product_after_search: float = 0.44
    product_else: float = 0.60
    doubts: float = 0.60
    cart_doubting: float = 0.16
    cart_sure: float = 0.66
    checkout: float = 0.74
    mobile: float = 0.55
    pays_mobile: float = 0.72
    pays_desktop: float = 0.86
    late: float = 0.126
    reviews: float = 0.46
    score_on_time: tuple[float, ...] = (0.02, 0.03, 0.10, 0.30, 0.55)
    score_late: tuple[float, ...] = (0.50, 0.27, 0.13, 0.07, 0.03)
    asks_product: float = 0.12
    score_product: tuple[float, ...] = (0.12, 0.24, 0.33, 0.22, 0.09)
    asks_paid: float = 0.40
    score_paid: tuple[float, ...] = (0.03, 0.06, 0.17, 0.38, 0.36)
    returns_doubting: float = 0.24
    returns_sure: float = 0.05
    complains_late: float = 0.34
    complains_on_time: float = 0.02
    repairs: float = 0.02
    joins: float = 0.27
    tips: float = 0.09
    again_on_time: float = 0.22
    again_late: float = 0.08


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that the demo shop tried: from day `first` up to `last` of its data, half of the people had it.

    `lift` is how much more of those who have it do what it is about, in shares of all journeys; 0: it does nothing.
    """

    id: str
    first: int
    last: int
    column: str
    lift: float


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing that is so: `value` (share 0 to 1, or feel -2 to +2) of what `measure` finds at `place`."""

    id: str
    measure: str
    place: str
    value: float
    unit: str
    nl: str
    en: str

    def to_dict(self) -> dict[str, Any]:
        """Returns the truth as plain values."""
        names = ("id", "measure", "place", "value", "unit", "nl", "en")
        return {name: getattr(self, name) for name in names}


def trials(shop: Shop) -> tuple[Trial, ...]:
    """Returns the changes that the demo shop tried: one does nothing, one works, and one began too late to tell."""
    shown = shop.considers * (shop.filters_shown - shop.filters)
    return (
        Trial("kleur_knop", 11, 86, "test_kleur", 0.0),
        Trial("filter_open", 91, 151, "test_filter", shown),
        Trial("filter_uitleg", 160, 188, "test_uitleg", 0.0),
    )


def truths(shop: Shop) -> tuple[Truth, ...]:
    """Returns what holds for journeys of the demo shop that had time to finish."""
    product = shop.searches * shop.product_after_search + (1 - shop.searches) * shop.product_else
    cart = shop.doubts * shop.cart_doubting + (1 - shop.doubts) * shop.cart_sure
    pays = shop.mobile * shop.pays_mobile + (1 - shop.mobile) * shop.pays_desktop
    rows = (
        (
            "considers",
            "funnel.from_previous",
            "overweging",
            shop.considers,
            "share",
            "gaat verder kijken",
            "looks further",
        ),
        (
            "product",
            "funnel.from_previous",
            "besluit",
            product,
            "share",
            "bereikt een productpagina",
            "reaches a product",
        ),
        (
            "checkout",
            "funnel.from_previous",
            "aankoop",
            cart * shop.checkout,
            "share",
            "begint af te rekenen",
            "checks out",
        ),
        (
            "delivered",
            "funnel.from_previous",
            "ervaring",
            pays,
            "share",
            "betaalt en krijgt het pakje",
            "pays and receives",
        ),
        (
            "search",
            "coverage.share",
            "site_search",
            shop.considers * shop.searches,
            "share",
            "gebruikt de zoekbalk",
            "searches",
        ),
        ("late", "kpi", "te_laat", shop.late, "share", "krijgt het pakje te laat", "gets the parcel late"),
        (
            "leaves_product",
            "kpi",
            "product_naar_mandje",
            cart,
            "share",
            "legt de ring in het mandje",
            "puts the ring in the cart",
        ),
        ("feel_late", "emotion", "te_laat", _feel(shop.score_late), "score", "gevoel bij late bezorging", "feel, late"),
        ("feel_on_time", "emotion", "op_tijd", _feel(shop.score_on_time), "score", "gevoel op tijd", "feel, on time"),
        (
            "feel_product",
            "emotion",
            "product",
            _feel(shop.score_product),
            "score",
            "gevoel bij product",
            "feel, product",
        ),
        ("feel_paid", "emotion", "betaald", _feel(shop.score_paid), "score", "gevoel bij betalen", "feel, paying"),
    )
    return tuple(Truth(*row) for row in rows)


def _feel(chances: tuple[float, ...]) -> float:
    return sum(score * chance for score, chance in zip(SCORES, chances, strict=True)) - 3
