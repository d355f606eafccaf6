"""Carries out what a finding proposes: an edit of a map, with comments and order kept."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from klantreis.documents import edited
from klantreis.errors import OptionError, did_you_mean
from klantreis.findings import Edit, Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of


def chosen(findings: Sequence[Finding], id_: str) -> Finding:
    """Returns the finding with this id. Raises OptionError with the nearest id."""
    for finding in findings:
        if finding.id == id_:
            return finding
    raise OptionError(
        Label(f"De bevinding {id_!r} is er niet.", f"There is no finding {id_!r}."),
        mend=did_you_mean(id_, [finding.id for finding in findings]),
    )


def accept(map_: JourneyMap, finding: Finding) -> tuple[Path, Label]:
    """Carries out the finding's edit on the file of its map; returns the file and what was done."""
    if finding.edit is None:
        raise OptionError(
            Label(
                f"{finding.id} stelt geen wijziging van de kaart voor.", f"{finding.id} proposes no edit of the map."
            ),
            mend=Label(
                f"Maak er een kans van: --opportunity {finding.id}",
                f"Make it an opportunity: --opportunity {finding.id}",
            ),
        )
    return _write(map_, (finding.edit,)), finding.edit.note


def add(map_: JourneyMap, edits: Sequence[Edit]) -> tuple[Path, dict[str, tuple[str, ...]]]:
    """Carries out edits on the file of a map; returns the file and what was added: ids by part ('kpis')."""
    if not edits:
        return Path(map_.file or ""), {}
    parts = dict.fromkeys(edit.path[0] for edit in edits)
    added = {part: tuple(edit.path[-1] for edit in edits if edit.path[0] == part) for part in parts}
    return _write(map_, edits), added


def turn(map_: JourneyMap, finding: Finding) -> tuple[Path, Label]:
    """Writes the finding on the map as an opportunity, under a barrier that is added when there is none yet.

    Raises OptionError when that was done before, or the finding is not at a step, a touchpoint or a barrier of the map.
    """
    place = finding.place.id or ""
    barrier = next((one for one in map_.barriers if place in (one.id, one.at)), None)
    spots = {touch.id for touch in map_.touchpoints} | {step.id for _, step in map_.steps()}
    if barrier is None and place not in spots:
        raise OptionError(
            Label(
                f"{finding.id} hoort niet bij een plek op de kaart, dus kan niets daar het oplossen.",
                f"{finding.id} is not at a place on the map, so nothing there can solve it.",
            ),
            mend=Label(
                "Neem eerst het voorstel over, als er een is: --accept.",
                "Accept its edit first, when it proposes one: --accept.",
            ),
        )
    note = Label(nl="Als kans op de kaart gezet", en="Put on the map as an opportunity")
    slug = re.sub(r"\W+", "_", f"{finding.rule}_{place}").strip("_")
    new, known = f"kans_{slug}", {one.id for one in map_.opportunities}
    if new in known:
        raise OptionError(
            Label(f"{finding.id} is al een kans: {new}.", f"{finding.id} is an opportunity already: {new}."),
            where=map_.file or map_.id,
            mend=Label(
                f"Werk haar daar uit, onder opportunities: {new}.", f"Work it out there, under opportunities: {new}."
            ),
        )
    edits = []
    if barrier is None:
        said = {"label": _both(finding.title), "at": place, "kind": "other", "provenance": "measured"}
        edits.append(Edit(("barriers", slug), said, note))
    solved = barrier.id if barrier is not None else slug
    title = {"label": _both(finding.title), "solves": solved, "kind": "process", "status": "idea"}
    edits.append(Edit(("opportunities", new), title, note))
    return _write(map_, tuple(edits)), note


def _write(map_: JourneyMap, edits: Sequence[Edit]) -> Path:
    path = Path(map_.file or "")
    text = path.read_bytes().decode("utf-8")
    for edit in edits:
        text = edited(text, edit.path, edit.value)
    map_of(text, file=str(path))
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=path.name, suffix=".new", delete=False) as new:
        new.write(text.encode("utf-8"))
    Path(new.name).replace(path)
    return path


def _both(label: Label) -> dict[str, str] | str:
    return label.anyway if label.anyway else {"nl": label.text("nl"), "en": label.text("en")}
