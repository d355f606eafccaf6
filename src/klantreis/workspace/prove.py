"""What became of the changes in a workspace, from its stored journeys."""

from __future__ import annotations

from typing import Literal

from klantreis.analyses import effect
from klantreis.analyses.effect import Effects
from klantreis.analyses.fold import fold
from klantreis.workspace.folder import Workspace
from klantreis.workspace.load import Tell


def prove(
    shop: Workspace,
    id_: str | None = None,
    change: str | None = None,
    *,
    looks: Literal["once", "any"] = "once",
    tell: Tell | None = None,
) -> Effects:
    """Returns what became of the changes on a map (None: the largest), or of one of them; loads first when needed.

    `looks` as for `klantreis.prove`. Raises OptionError for an unknown map or change, or a change without a date.
    """
    map_ = shop.map(id_)
    asked = effect.of_map(map_, change, looks)
    answer: Effects = fold(effect, shop.journeys(map_, tell=tell), asked)
    return answer
