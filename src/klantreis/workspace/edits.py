"""Carries out what a finding proposes: an edit of a map, with comments and order kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klantreis.documents import edited
from klantreis.documents.edit import line_of
from klantreis.documents.put import put_whole
from klantreis.errors import OptionError, did_you_mean
from klantreis.findings import Edit, Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.map.turning import Turned, turned

_TURNED = Label("Als kans op de kaart gezet.", "Put on the map as an opportunity.")
_UNRANKED = Label(
    "Zonder score staat zij nog buiten de rangorde. Zet erbij, elk van 1 tot 5: impact: 4, effort: 2, confidence: 3",
    "Without a score it stands outside the ranking. Add, each from 1 to 5: impact: 4, effort: 2, confidence: 3",
)


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
    """Carries out the finding's edit on the file of its map; returns the file and what was done, with line and id."""
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
    return _written(map_, (finding.edit,), finding.edit.note)


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
    made = turned(map_, finding)
    if made is None:
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
    if made.known:
        raise OptionError(
            Label(f"{finding.id} is al een kans: {made.id}.", f"{finding.id} is an opportunity already: {made.id}."),
            where=map_.file or map_.id,
            mend=Label(
                f"Werk haar daar uit, onder opportunities: {made.id}.",
                f"Work it out there, under opportunities: {made.id}.",
            ),
        )
    return _written(map_, _drawn(made, finding), _TURNED, _UNRANKED)


def _drawn(made: Turned, finding: Finding) -> tuple[Edit, ...]:
    """The opportunity that a finding becomes, and the barrier it solves when there was none yet."""
    found = _both(finding.title)
    solved = made.barrier.id if made.barrier is not None else made.slug
    idea = {"label": _both(made.label), "solves": solved, "kind": "process", "status": "idea", "note": found}
    edit = Edit(("opportunities", made.id), idea, _TURNED)
    if made.barrier is not None:
        return (edit,)
    said = {"label": found, "at": made.place, "kind": "other", "provenance": "measured"}
    return Edit(("barriers", made.slug), said, _TURNED), edit


def _written(map_: JourneyMap, edits: Sequence[Edit], *said: Label) -> tuple[Path, Label]:
    """Writes edits; returns the file, and in words what was done and what stands on which line since."""
    path = _write(map_, edits)
    text = path.read_bytes().decode("utf-8")
    first, *more = said
    told = [first, *(_line(text, edit) for edit in edits), *more]
    return path, Label("\n  ".join(one.text("nl") for one in told), "\n  ".join(one.text("en") for one in told))


def _line(text: str, edit: Edit) -> Label:
    """Where an edit stands: its line, its keys, and its name, or its value when it is a word."""
    line, keys = line_of(text, edit.path), ": ".join(edit.path)
    value = edit.value.get("label") if isinstance(edit.value, dict) else None
    if not isinstance(edit.value, dict | list):
        keys = f"{keys}: {edit.value}"
    nl, en = (value.get("nl"), value.get("en")) if isinstance(value, dict) else (value, value)
    return Label(
        f"regel {line}: {keys}" + (f" ('{nl}')" if nl else ""), f"line {line}: {keys}" + (f" ('{en}')" if en else "")
    )


def _write(map_: JourneyMap, edits: Sequence[Edit]) -> Path:
    path = Path(map_.file or "")
    text = path.read_bytes().decode("utf-8")
    for edit in edits:
        text = edited(text, edit.path, edit.value)
    map_of(text, file=str(path))
    put_whole(path, text.encode("utf-8"))
    return path


def _both(label: Label) -> dict[str, str] | str:
    return label.anyway if label.anyway else {"nl": label.text("nl"), "en": label.text("en")}
