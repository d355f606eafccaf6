"""Phases and steps, with what may be written inside a step: its touchpoint and its barriers.

A phase is a block. The words `label`, `class`, `goal`, `strategy`, `expected` and `steps` speak of the phase itself;
every other key is a step, and so is every key under `steps`. A step is always a block itself, which is how a mistyped
word is told from a step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from klantreis.documents import Either, Many, Mapped, Node, Reader, Reading, Record, Ref, Spot, Words
from klantreis.documents.forms import Defs, Form, Schema
from klantreis.documents.words import short, suggestion
from klantreis.labels import Label
from klantreis.map.model import Barrier, Phase, Step, Touchpoint
from klantreis.map.naming import titled
from klantreis.map.options import CLASSES, allowed
from klantreis.map.read_matchers import MATCHER
from klantreis.map.read_touchpoints import Placed, measured_by, spot_of, touchpoint_in_step
from klantreis.map.read_work import INLINE_BARRIER, one_of_two

PHASE_KEYS = ("label", "class", "goal", "strategy", "expected", "steps")


@dataclass(frozen=True, slots=True)
class StepRead:
    """A step, the touchpoint written in it (None: none), and the barriers written in it."""

    step: Step
    spot: Spot
    own: Placed | None = None
    barriers: tuple[Barrier, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseRead:
    """A phase as the map writes it. `named`: it says its own label or class, so it may be new to the template."""

    phase: Phase
    steps: tuple[StepRead, ...]
    named: bool
    node: Node


@dataclass(frozen=True, slots=True)
class _Touch:
    """What `touch:` says: touchpoints defined elsewhere, or one of the step's own."""

    refs: tuple[str, ...] = ()
    own: Touchpoint | None = None


def _touch_own(reader: Reader) -> _Touch:
    return _Touch(own=touchpoint_in_step(reader))


_REFS: Form[_Touch] = Mapped(Many(Ref(("touchpoint",))), _Touch)
TOUCH: Form[_Touch] = Either((("text", _REFS), ("list", _REFS), ("mapping", Record("step_touchpoint", _touch_own))))


def _step(reader: Reader) -> StepRead:
    do, label = reader.label("do"), reader.label("label")
    if do and label:
        reader.reading.mistake(reader.node, one_of_two("do", "label"), at_key=True)
    touch = reader.get("touch", TOUCH, _Touch())
    step = Step(
        id=reader.id,
        label=do or label or titled(reader.id),
        think=reader.label("think"),
        expect=reader.label("expect"),
        feel=reader.number("feel", -2, 2),
        word=reader.label("word"),
        touchpoints=touch.refs,
        delight=reader.flag("delight"),
        influence=reader.choice("influence", allowed(Step, "influence"), "own"),
        mot=reader.choice("mot", allowed(Step, "mot"), "none"),
        need=reader.label("need"),
        survey=reader.ref("survey", "survey") or (touch.own.survey if touch.own else None),
        image=reader.text("image") or None,
        owner=reader.text("owner") or None,
        provenance=reader.choice("provenance", allowed(Step, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
    )
    own = _own(reader, step, touch.own)
    if own is not None:
        step = replace(step, touchpoints=tuple(dict.fromkeys([reader.id, *touch.refs])))
    return StepRead(step, spot_of(reader), own, reader.many("barrier", INLINE_BARRIER))


def _own(reader: Reader, step: Step, inline: Touchpoint | None) -> Placed | None:
    """The touchpoint a step makes by `touch`, `match` or `survey`; it has the step's id."""
    matcher = reader.maybe("match", MATCHER)
    if matcher is not None and inline is not None and inline.matcher is not None:
        reader.reading.mistake(reader.node, one_of_two("match", "touch: match"), at_key=True)
    defined = reader.id in reader.reading.defined("touchpoint")
    if inline is None and matcher is None and (defined or not step.survey):
        return None
    reader.reading.define("touchpoint", reader.id, reader.node)
    own = inline or Touchpoint(reader.id, step.label, "", delight=step.delight, provenance=step.provenance)
    matcher, survey = matcher or own.matcher, step.survey or own.survey
    measured = own.measurement if own.measurement != "none" else measured_by(matcher, survey)
    filled = replace(own, id=reader.id, label=own.label or step.label, matcher=matcher, survey=survey)
    return Placed(replace(filled, measurement=measured, delight=own.delight or step.delight), spot_of(reader))


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step; anything but a block in its place is most likely a mistyped word of the phase."""

    def read(self, node: Node, reading: Reading) -> StepRead | None:
        """Returns the step, its own id noted."""
        if node.kind not in {"mapping", "nothing"}:
            reading.mistake(node, _no_step(node), at_key=True)
            return None
        return _STEP.read(node, reading)

    def schema(self, defs: Defs) -> Schema:
        """A block."""
        return _STEP.schema(defs)


def _phase(reader: Reader) -> PhaseRead:
    phase = Phase(
        id=reader.id,
        label=reader.label("label"),
        classes=reader.get("class", CLASSES, ()),
        goal=reader.label("goal"),
        strategy=reader.label("strategy"),
        expected_seconds=reader.seconds("expected"),
    )
    steps = (*reader.mapping("steps", StepForm(), "step"), *reader.rest(StepForm(), "step"))
    return PhaseRead(phase, steps, bool(phase.label or phase.classes), reader.node)


def merged(written: tuple[PhaseRead, ...], model: tuple[Phase, ...], reading: Reading) -> tuple[PhaseRead, ...]:
    """Returns the phases in the order of the journey: those of the template, filled by what the map writes.

    A phase that is not in the template must have a label or class of its own; it comes behind the phase it is written
    after. Without a template the order is that of the file.
    """
    found = {read.phase.id: read for read in written}
    phases = [_filled(phase, found.get(phase.id)) for phase in model]
    order = [phase.id for phase in model]
    for number, read in enumerate(written):
        if read.phase.id in order:
            continue
        if model and not read.named:
            reading.mistake(read.node, _not_in_template(read.phase.id, order), at_key=True)
        place = order.index(written[number - 1].phase.id) + 1 if number else (0 if model else len(order))
        order.insert(place, read.phase.id)
        label = read.phase.label or titled(read.phase.id)
        phases.insert(place, replace(read, phase=replace(read.phase, label=label)))
    return tuple(phases)


def _filled(phase: Phase, read: PhaseRead | None) -> PhaseRead:
    if read is None:
        return PhaseRead(phase, (), named=False, node=Node("nothing", Spot(1, 1)))
    own = read.phase
    both = replace(
        own,
        label=own.label or phase.label,
        classes=own.classes or phase.classes,
        goal=own.goal or phase.goal,
        strategy=own.strategy or phase.strategy,
    )
    return replace(read, phase=both)


def _no_step(node: Node) -> Words:
    hint = suggestion(node.name, PHASE_KEYS)
    return Words(
        Label(f"Onbekende sleutel '{short(node.name)}' in een fase", f"Unknown key '{short(node.name)}' in a phase"),
        Label("Een stap is een blok met sleutels, zoals {do: …}.", "A step is a block of keys, such as {do: …}."),
        hint,
    )


def _not_in_template(id_: str, order: list[str]) -> Words:
    near = suggestion(id_, order)
    return Words(
        Label(f"Het sjabloon heeft geen fase '{short(id_)}'", f"The template has no phase '{short(id_)}'"),
        Label("Een eigen fase heeft een label nodig.", "A phase of your own needs a label."),
        near,
    )


_STEP = Record("step", _step)
PHASE = Record("phase", _phase)
