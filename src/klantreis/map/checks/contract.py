"""What a check is: a function of one map that yields remarks; its name, level and page come from the function itself.

The docstring of a check is its page in the docs: why, and under `Fires:` and `Does not fire:` a piece of a map that
does and one that does not. Both are run by the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from klantreis.findings import Edit, Finding, Level
from klantreis.labels import Label
from klantreis.map.checks.titles import title
from klantreis.map.model import JourneyMap

Asked = Level | Literal["off"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a workspace may set. `today` is handed in; without it nothing is ever stale.

    `levels`: another level for a check by its name, or off. `most_phases` and `most_steps` on one sheet;
    `smallest_image` in pixels on its longest side; `company_words` beside the ones that are known.
    """

    today: date | None = None
    levels: Mapping[str, Asked] = field(default_factory=dict)
    most_phases: int = 9
    most_steps: int = 12
    smallest_image: int = 800
    company_words: tuple[str, ...] = ()


USUAL = Options()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says: at which id (None: the map as a whole), what, more about it, and what to do."""

    id: str | None
    title: Label
    detail: Label = field(default_factory=Label)
    advice: Label = field(default_factory=Label)
    edit: Edit | None = None


Look = Callable[[JourneyMap, Options], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how grave it is, and the function that looks."""

    level: Level
    look: Look

    @property
    def name(self) -> str:
        """The name of the rule, as findings carry it: 'phase-without-kpi'."""
        return self.look.__name__.replace("_", "-")

    @property
    def title(self) -> Label:
        """What it is called where a person reads it: 'fase zonder KPI'."""
        return title(self.name)

    @property
    def page(self) -> str:
        """The page of the docs: the docstring of the function, its indentation taken away."""
        lines = (self.look.__doc__ or "").strip().splitlines()
        return "\n".join(line[4:] if line.startswith("    ") else line for line in lines)

    def findings(self, map_: JourneyMap, options: Options) -> Iterator[Finding]:
        """Yields what the check finds, at the level the options ask for."""
        level = options.levels.get(self.name, self.level)
        if level == "off":
            return
        for said in self.look(map_, options):
            place = map_.place(said.id)
            yield Finding(self.name, level, place, said.title, said.detail, said.advice, edit=said.edit)
