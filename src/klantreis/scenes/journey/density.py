"""How densely a map is set: comfortable on a screen, compact for an overview, print for one sheet of A3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

DensityName = Literal["comfortable", "compact", "print", "whole", "bare"]

A3 = 297 / 420
"""Height over width of A3 (and A4) lying down, as ISO 216 has it."""


@dataclass(frozen=True, slots=True)
class Density:
    """Room for things: the narrowest column, the most lines in a cell, space above and below it, the least curve.

    `brief` leaves quotes, notes and scores of cards, images and evidence to the table; `page` is height over width of
    the sheet, 0 free; `whole` keeps all words on it, however small; `cards` are those of personas.
    """

    least: float = 92.0
    lines: int = 3
    pad: float = 9.0
    hero: float = 190.0
    brief: bool = False
    page: float = 0.0
    whole: bool = False
    cards: bool = True


DENSITIES: Mapping[DensityName, Density] = MappingProxyType({
    "comfortable": Density(),
    "compact": Density(least=84.0, lines=2, pad=5.0, hero=120.0, brief=True),
    "print": Density(pad=7.0, hero=150.0, page=A3),
    "whole": Density(pad=5.0, hero=130.0, page=A3, whole=True),
    "bare": Density(pad=5.0, hero=130.0, page=A3, whole=True, cards=False),
})  # fmt: skip
"""Each density by its name."""
