"""Ready-made KPI sets for a kind of phase: the YAML files beside this one, one set each.

Such a file holds `phases` (a word of its own for the first class that a map has, as `start: [AW, OR]`), and
`touchpoints`, `surveys` and `kpis` as a map writes them, in which that word stands for the phase, and `by: segments`
for every segment of the map. The `match` of a touchpoint is only an example and is left out: which event it is, is for
who knows the data to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from klantreis.documents import Reading, parsed, plain
from klantreis.errors import OptionError, did_you_mean
from klantreis.findings import Edit
from klantreis.labels import Label
from klantreis.map.model import JourneyMap

ORDER = ("awareness", "consideration", "conversion", "service", "loyalty")
"""The order they are shown in: that of the journey."""
PARTS = ("touchpoints", "surveys", "kpis")
PLACES = ("phase", "at", "from", "to")


@dataclass(frozen=True, slots=True)
class KpiSet:
    """A KPI set; `why` says what they tell. `phases` are its words for phases, each with the classes that fit,
    the best first; `parts` are its touchpoints, surveys and KPIs as plain data, by part and id.
    """

    id: str
    label: Label
    why: Label
    phases: Mapping[str, Sequence[str]]
    parts: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def edits(self, map_: JourneyMap) -> tuple[Edit, ...]:
        """Returns the edits that put the set on a map: what stands there already stays as it is; () when all does.

        Raises OptionError when the map has no phase that fits.
        """
        phases = {word: self._phase(map_, classes) for word, classes in self.phases.items()}
        segments = [segment.id for segment in map_.segments]
        known = {
            "touchpoints": {touch.id for touch in map_.touchpoints} | {step.id for _, step in map_.steps()},
            "surveys": {survey.id for survey in map_.surveys},
            "kpis": {kpi.id for kpi in map_.kpis},
        }
        new = {part: [id_ for id_ in self.parts.get(part, {}) if id_ not in known[part]] for part in PARTS}
        asked = [self.parts["kpis"][id_] for id_ in new["kpis"]]
        wanted = {value for kpi in asked for value in kpi.values() if isinstance(value, str)}
        wanted |= {str(one.get("about")) for id_, one in self.parts.get("surveys", {}).items() if id_ in wanted}
        return tuple(
            Edit((part, id_), _placed(part, self.parts[part][id_], phases, segments), self.label)
            for part in PARTS
            for id_ in new[part]
            if part == "kpis" or id_ in wanted
        )

    def examples(self, added: Sequence[str]) -> tuple[tuple[str, Any], ...]:
        """Returns an example of a `match` for the touchpoints that were added, by their id."""
        known = self.parts.get("touchpoints", {})
        return tuple((id_, known[id_]["match"]) for id_ in added if "match" in known.get(id_, {}))

    def _phase(self, map_: JourneyMap, classes: Sequence[str]) -> str:
        for wanted in classes:
            for phase in map_.phases:
                if wanted in phase.classes:
                    return phase.id
        raise OptionError(
            Label(
                f"De kaart {map_.id} heeft geen fase voor de set {self.id!r}.",
                f"The map {map_.id} has no phase for the set {self.id!r}.",
            ),
            where=map_.file or map_.id,
            mend=Label(
                f"Geef een fase haar klasse: {{class: {classes[0]}}}.",
                f"Give a phase its class: {{class: {classes[0]}}}.",
            ),
        )


def kpi_sets() -> tuple[KpiSet, ...]:
    """Returns every set, in the order of the journey."""
    return tuple(kpi_set(key) for key in ORDER)


def kpi_set(key: str) -> KpiSet:
    """Returns the set called `key` ('awareness'); raises OptionError, with the nearest key, when there is none."""
    if key not in ORDER:
        raise OptionError(
            Label(f"De KPI-set {key!r} is er niet.", f"There is no KPI set {key!r}."), mend=did_you_mean(key, ORDER)
        )
    return _read(key)


@cache
def _read(key: str) -> KpiSet:
    reading = Reading(file=f"{key}.yaml")
    data: Any = plain(parsed(files(__package__).joinpath(f"{key}.yaml").read_text(encoding="utf-8"), reading))
    reading.finish()
    parts = {part: data[part] for part in PARTS if part in data}
    return KpiSet(data["id"], Label(**data["label"]), Label(**data["why"]), data["phases"], parts)


def _placed(part: str, entry: Mapping[str, Any], phases: Mapping[str, str], segments: Sequence[str]) -> dict[str, Any]:
    """An entry with the words for phases and segments replaced by those of the map; no example of a touchpoint."""
    left = {"match"} if part == "touchpoints" else set() if segments else {"by"}
    kept = {key: value for key, value in entry.items() if key not in left}
    placed = {key: phases.get(value, value) if key in PLACES else value for key, value in kept.items()}
    return {**placed, "by": list(segments)} if "by" in placed else placed
