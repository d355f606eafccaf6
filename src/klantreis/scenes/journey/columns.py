"""Columns of a journey map: the steps of each phase, then the touchpoints no step uses, then what is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from klantreis.analyses.emotion import Feeling
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label, plain
from klantreis.map.model import JourneyMap, Step, Touchpoint

PROPOSALS = 3
"""How many proposed columns a map shows; the rest stand in the list of findings."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a step, a touchpoint on its own, or a proposed touchpoint.

    `feeling` is what customers said (None below n_min); `few` how many answers there are when that is too few.
    `feel` is the assumed feeling of whom the map is about, None when nobody said.
    """

    id: str
    label: Label
    phase: str
    step: Step | None = None
    touchpoints: tuple[Touchpoint, ...] = ()
    proposed: Finding | None = None
    feeling: Feeling | None = None
    few: int = 0
    feel: float | None = None

    @property
    def ids(self) -> frozenset[str]:
        """Every id of the map that this column shows."""
        return frozenset({self.id, *(touch.id for touch in self.touchpoints)})

    def shows(self, id_: str) -> bool:
        """Says whether this column is the step or holds the touchpoint with this id."""
        return id_ == self.id or any(touch.id == id_ for touch in self.touchpoints)

    @property
    def planned(self) -> bool:
        """Says whether nothing of this column exists yet."""
        return bool(self.touchpoints) and all(touch.planned for touch in self.touchpoints)


def columns_of(
    map_: JourneyMap,
    results: Results | None,
    findings: tuple[Finding, ...],
    *,
    persona: str | None = None,
    scenario: str | None = None,
) -> tuple[Column, ...]:
    """Returns the columns in the order of the journey; phases without any have none.

    Assumed feelings are those of `persona` in `scenario`, as far as the map tells them apart.
    """
    touchpoints = {touch.id: touch for touch in map_.touchpoints}
    feelings = _feelings(results)
    columns: list[Column] = []
    for phase, one in map_.stops():
        if isinstance(one, Touchpoint):
            column = Column(one.id, one.label, phase.id, None, (one,))
        else:
            felt = one.feeling(persona, scenario)
            column = Column(one.id, one.label, phase.id, one, _known(one, touchpoints), feel=felt)
        columns.append(_measured(column, feelings))
    for finding in _proposals(findings, {phase.id for phase in map_.phases}, {name for c in columns for name in c.ids}):
        _insert(columns, finding, map_, results)
    return tuple(columns)


def _known(step: Step, touchpoints: Mapping[str, Touchpoint]) -> tuple[Touchpoint, ...]:
    return tuple(touchpoints[name] for name in step.touchpoints if name in touchpoints)


def _feelings(results: Results | None) -> dict[str, list[Feeling]]:
    found: dict[str, list[Feeling]] = {}
    for feeling in results.emotion.feelings if results else ():
        if feeling.on_curve and feeling.feel.value is not None:
            found.setdefault(feeling.touchpoint, []).append(feeling)
    return found


def _measured(column: Column, feelings: Mapping[str, list[Feeling]]) -> Column:
    """Several questions about one column are never mixed: the step's own question, else the one with most answers."""
    here = [feeling for name in sorted(column.ids) for feeling in feelings.get(name, ())]
    asked = column.step.survey if column.step else None
    here.sort(key=lambda feeling: (feeling.survey == asked, feeling.enough, feeling.feel.n), reverse=True)
    best = here[0] if here else None
    return replace(
        column,
        feeling=best if best and best.enough else None,
        few=best.feel.n if best and not best.enough else 0,
    )


def _proposals(findings: tuple[Finding, ...], phases: set[str], taken: set[str]) -> Iterator[Finding]:
    shown = 0
    for finding in findings:
        edit = finding.edit
        if edit is None or len(edit.path) < 2 or edit.path[-2] != "touchpoints" or not isinstance(edit.value, dict):
            continue
        if edit.value.get("phase") in phases and edit.path[-1] not in taken and shown < PROPOSALS:
            taken.add(edit.path[-1])
            shown += 1
            yield finding


def _insert(columns: list[Column], finding: Finding, map_: JourneyMap, results: Results | None) -> None:
    """Puts a proposal behind the touchpoint it most often follows, when that is in its phase; else last in it."""
    assert finding.edit is not None
    assert isinstance(finding.edit.value, dict)
    value: dict[str, object] = finding.edit.value
    phase, new = str(value["phase"]), finding.edit.path[-1]
    order = [known.id for known in map_.phases]
    before = [spot for spot, column in enumerate(columns) if order.index(column.phase) <= order.index(phase)]
    spot = before[-1] + 1 if before else 0
    after = _follows(value, results)
    same = [place for place, column in enumerate(columns) if column.phase == phase and after in column.ids]
    columns.insert(same[0] + 1 if same else spot, Column(new, _label(value, new), phase, proposed=finding))


def _follows(value: Mapping[str, object], results: Results | None) -> str | None:
    match = value.get("match")
    event = match.get("event") if isinstance(match, dict) else match
    behaviours = results.coverage.behaviours if results else ()
    return next((behaviour.after for behaviour in behaviours if behaviour.event == event), None)


def _label(value: Mapping[str, object], name: str) -> Label:
    written = value.get("label", value.get("do"))
    if isinstance(written, Label):
        return written
    if isinstance(written, dict):
        return Label(nl=written.get("nl"), en=written.get("en"))
    return plain(str(written) if written else name.replace("_", " ").capitalize())
