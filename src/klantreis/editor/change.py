"""A change of one step, put in the text of its map with all other signs kept: feeling, word and texts.

A feeling that somebody chooses here is an assumption, whatever it was before; what was measured stands in results and
is never touched. Texts are changed in the language of the page, the other language stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klantreis.documents.edit import edited, node_at
from klantreis.editor.words import SCORES, both, feeling
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label, Language, dotted, mentioned, paragraph, plain
from klantreis.map.misplaced import PHASE_KEYS
from klantreis.map.model import Barrier, JourneyMap, Persona, Phase, Scenario, Step, Touchpoint
from klantreis.map.read import map_of
from klantreis.map.read_feelings import EVERYONE
from klantreis.scenes.text import clean

FIELDS = ("feel", "word", "do", "think", "expect")
CLAIMS = ("feel", "word")
"""Cells that say something else when they change; the texts are only put in other words."""
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """What was asked of a step, or of a touchpoint that no step uses: what to do, and the fields given, as text."""

    step: str
    given: Mapping[str, str]
    act: str = "save"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a step stands: its phase, and itself; of a touchpoint without a step, a step still to be written.

    `several`: the map is in more than one language.
    """

    phase: str
    step: Step
    written: bool = True
    several: bool = False


def spots(map_: JourneyMap) -> dict[str, Spot]:
    """Returns every step by its id, and behind those of a phase the touchpoints in it that no step uses."""
    more = len(map_.languages) > 1
    return {
        one.id: Spot(phase.id, one, several=more)
        if isinstance(one, Step)
        else Spot(phase.id, _step_of(one), written=False, several=more)
        for phase, one in map_.stops()
    }


def spot_at(known: Mapping[str, Spot], step: str) -> Spot:
    """Returns where a step stands. Raises OptionError with the nearest one when it is not there."""
    if step in known:
        return known[step]
    raise not_there("stap", "step", step, known)


def not_there(nl: str, en: str, id_: str, known: Iterable[str]) -> OptionError:
    """Returns what is wrong with an id that the map does not have, with the nearest one that it has."""
    what = Label(f"De {nl} {id_!r} staat niet op de kaart.", f"The {en} {id_!r} is not on the map.")
    return OptionError(what, mend=did_you_mean(id_, known))


def texts(step: Step, language: Language) -> dict[str, str]:
    """Returns what the fields of a step hold, as a form shows it; '' for what nobody said in this language."""
    labels = {"word": step.word, "do": step.label, "think": step.think, "expect": step.expect}
    told = {name: "" if label.missing(language) else label.text(language) for name, label in labels.items()}
    return {"feel": "" if step.feel is None else f"{step.feel:g}", **told}


def changed(text: str, change: Change, language: Language) -> tuple[str, Label]:
    """Returns the text of the map with the change in it, and what changed in words ('' and no words: nothing did).

    Raises DocumentError for a text that is no map, and OptionError for a step that is not there, a score that is none
    of the five, or a place that cannot be written.
    """
    map_ = map_of(text)
    known = spots(map_)
    spot = spot_at(known, change.step)
    now, said = texts(spot.step, language), []
    new = text
    for name in FIELDS:
        value = cleaned(change.given.get(name, now[name]), line=name == "word")
        if clean(value) != clean(cleaned(now[name], line=name == "word")):
            if new == text and not spot.written:
                new = edited(new, home(new, spot), {"do": _data(spot.step.label) or spot.step.id})
            new = _put(new, spot, name, score(value) if name == "feel" else value, language)
            said.append(_told(spot.step, name, value))
    if said:
        map_of(new)
    return new, paragraph(*said)


def _put(text: str, spot: Spot, name: str, value: float | str | None, language: Language) -> str:
    path = home(text, spot)
    node = node_at(text, path)
    key = "label" if name == "do" and node is not None and node.entry("label") is not None else name
    if name == "feel":
        old = node.entry(key) if node is not None else None
        text = edited(text, (*path, key, *((EVERYONE,) if old is not None and old.kind == "mapping" else ())), value)
    else:
        text = worded(text, (*path, key), str(value), language, several=spot.several)
    return assumed(text, path, spot.step, name) if name in CLAIMS else text


def worded(text: str, path: tuple[str, ...], value: str, language: Language, *, several: bool) -> str:
    """Returns the text with words at `path` said in one language; the other stays. '' becomes nothing."""
    old = node_at(text, path)
    if old is not None and old.kind == "mapping":
        return edited(text, (*path, language), value or None)
    new = old is None or old.kind == "nothing"
    return edited(text, path, told(value, language, several=several) if value and new else value or None)


def told(value: str, language: Language, *, several: bool) -> object:
    """Returns words as a map writes them: with their language when it is in more than one."""
    return {language: value} if several else value


def assumed(text: str, path: tuple[str, ...], step: Step, name: str) -> str:
    """Returns the text with one cell told to be assumed, when it was surer than that or came from elsewhere."""
    cell = next((cell for cell in step.cells if cell.name == name), None)
    sure = (cell.provenance, cell.origin) if cell else (step.provenance, step.origin)
    node = node_at(text, (*path, "provenance"))
    if node is None or sure == ("assumed", None):
        return text
    if node.kind == "mapping":
        return edited(text, (*path, "provenance", name), "assumed")
    return edited(text, (*path, "provenance"), {EVERYONE: node.source, name: "assumed"})


def home(text: str, spot: Spot) -> tuple[str, ...]:
    """Returns the path of a step: in its phase, or under `steps` there."""
    phase = ("phases", spot.phase)
    steps = node_at(text, (*phase, "steps"))
    inside = steps is not None and steps.entry(spot.step.id) is not None
    return (*phase, "steps", spot.step.id) if inside or spot.step.id in PHASE_KEYS else (*phase, spot.step.id)


def score(value: str) -> float | None:
    """Returns a feeling that a form sent, None for none. Raises OptionError for what is none of the five."""
    if not value:
        return None
    if value not in map(str, SCORES):
        listed = ", ".join(map(str, SCORES))
        raise OptionError(
            Label(f"{value!r} is geen gevoel.", f"{value!r} is not a feeling."),
            mend=Label(f"Kies een van: {listed}.", f"Choose one of: {listed}."),
        )
    return int(value)


def cleaned(value: str, *, line: bool = True) -> str:
    """Returns a text as a form sends it back: no ends of lines of its own, and none at all in one `line`.

    Raises OptionError for one that is too long.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = " ".join(text.split()) if line else text.strip()
    if len(text) > LONGEST:
        raise OptionError(
            Label(
                f"Deze tekst heeft {dotted(len(text))} tekens; {dotted(LONGEST)} is het meeste.",
                f"This text has {len(text):,} signs; {LONGEST:,} is the most.",
            )
        )
    return text


def _told(step: Step, name: str, value: str) -> Label:
    shown = Label(*(feeling(score(value), said) for said in ("nl", "en"))) if name == "feel" else plain(f"“{value}”")
    return both("change", field=both(name), step=called(step), value=shown if value else both("emptied"))


def called(one: Step | Phase | Barrier | Persona | Scenario) -> Label:
    """Returns what something is called inside a sentence."""
    return Label(*(mentioned(one.label.text(said) or one.id) for said in ("nl", "en")))


def _step_of(touch: Touchpoint) -> Step:
    return Step(touch.id, touch.label, provenance=touch.provenance, touchpoints=(touch.id,))


def _data(label: Label) -> object:
    return label.anyway if label.anyway else {said: text for said in ("nl", "en") if (text := getattr(label, said))}
