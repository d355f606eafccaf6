"""Phases and steps, with what may be written inside a step: its touchpoint and its barriers.

A phase is a block. The words in `misplaced.PHASE_KEYS` speak of the phase itself; every other key is a step, and so is
every key under `steps`. A step is always a block itself, which is how a mistyped word is told from a step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from klantreis.documents import LABEL, Choice, Either, Many, Mapped, Node, Reader, Reading, Record, Ref, Spot, Words
from klantreis.documents.forms import Defs, Form, Schema
from klantreis.documents.words import short, suggestion
from klantreis.labels import Label
from klantreis.map.about import Asset
from klantreis.map.contact import Touchpoint
from klantreis.map.misplaced import misplaced, mistyped
from klantreis.map.naming import titled
from klantreis.map.options import CLASSES, allowed
from klantreis.map.read_about import MAP_ID, asset_fields
from klantreis.map.read_feelings import DURATION, FEEL, Duration, Feel
from klantreis.map.read_matchers import MATCHER
from klantreis.map.read_needs import NEED_IN_STEP
from klantreis.map.read_touchpoints import Placed, measured_by, spot_of, touchpoint_in_step
from klantreis.map.read_values import SURE, Content, Sure, SureForm
from klantreis.map.read_work import INLINE_BARRIER, one_of_two
from klantreis.map.stages import Action, Lever, Phase, Step
from klantreis.map.work import Barrier, Need

CELLS = ("do", "think", "expect", "feel", "word", "need", "touch", "barrier", "image", "owner")
"""The cells of a step that may be surer than the rest of it."""


@dataclass(frozen=True, slots=True)
class StepRead:
    """A step, the touchpoint written in it (None: none), and the barriers written in it."""

    step: Step
    spot: Spot
    own: Placed | None = None
    barriers: tuple[Barrier, ...] = ()
    needs: tuple[Need, ...] = ()
    image: Asset | None = None


@dataclass(frozen=True, slots=True)
class PhaseRead:
    """A phase as the map writes it. `named`: it says its own label or class, so it may be new to the template.

    `said`: it says how sure it is, so what comes from the template is no longer only the template's.
    """

    phase: Phase
    steps: tuple[StepRead, ...]
    named: bool
    node: Node
    said: bool = False


@dataclass(frozen=True, slots=True)
class _Touch:
    """What `touch:` says: touchpoints defined elsewhere, or one of the step's own."""

    refs: tuple[str, ...] = ()
    own: Touchpoint | None = None


def _touch_own(reader: Reader) -> _Touch:
    return _Touch(own=touchpoint_in_step(reader))


_REFS: Form[_Touch] = Mapped(Many(Ref(("touchpoint",))), _Touch)
TOUCH: Form[_Touch] = Either((("text", _REFS), ("list", _REFS), ("mapping", Record("step_touchpoint", _touch_own))))


@dataclass(frozen=True, slots=True)
class _Image:
    """What `image:` says: an asset or file by name, or one described in the step itself."""

    name: str | None = None
    asset: Asset | None = None


def _own_image(reader: Reader) -> _Image:
    step = reader.node.path[-2] if len(reader.node.path) > 1 else ""
    asset = asset_fields(reader, f"{step}_image")
    if step:
        reader.reading.define("asset", asset.id, reader.node)
    return _Image(asset=asset)


IMAGE: Form[_Image] = Either(
    (("text", Mapped(Content(files=True), _Image)), ("mapping", Record("step_image", _own_image)))
)


def _action(reader: Reader) -> Action:
    return Action(
        id=reader.id,
        label=reader.label("do", titled(reader.id)),
        insight=reader.label("insight"),
        asset=reader.ref("asset", "asset"),
        owner=reader.text("owner") or None,
        hours=reader.number("hours", 0),
        cost=reader.number("cost", 0),
    )


ACTION = Record("action", _action)


def _step(reader: Reader) -> StepRead:
    do, label = reader.label("do"), reader.label("label")
    if do and label:
        reader.reading.mistake(reader.node, one_of_two("do", "label"), at_key=True)
    touch = reader.get("touch", TOUCH, _Touch())
    feel, sure = reader.get("feel", FEEL, Feel()), reader.get("provenance", SureForm(CELLS), Sure())
    needs, image = reader.many("need", NEED_IN_STEP), reader.get("image", IMAGE, _Image())
    step = Step(
        id=reader.id,
        label=do or label or titled(reader.id),
        think=reader.label("think"),
        expect=reader.label("expect"),
        feel=feel.usual,
        word=reader.label("word"),
        touchpoints=touch.refs,
        delight=reader.flag("delight"),
        influence=reader.choice("influence", allowed(Step, "influence"), "own"),
        mot=reader.choice("mot", allowed(Step, "mot"), "none"),
        need=needs[0].label if needs else Label(),
        survey=reader.ref("survey", "survey") or (touch.own.survey if touch.own else None),
        image=image.asset.id if image.asset else image.name,
        owner=reader.text("owner") or None,
        provenance=sure.provenance,
        evidence=reader.refs("evidence", "evidence"),
        origin=sure.origin,
        cells=sure.cells,
        feels=feel.apart,
        opens=reader.maybe("opens", MAP_ID),
        classes=reader.get("class", CLASSES, ()),
    )
    own = _own(reader, step, touch.own)
    if own is not None:
        step = replace(step, touchpoints=tuple(dict.fromkeys([reader.id, *touch.refs])))
    return StepRead(step, spot_of(reader), own, reader.many("barrier", INLINE_BARRIER), needs, image.asset)


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
    measured = own.measurement if own.measurement != "none" else measured_by(matcher, survey, own.plan)
    filled = replace(own, id=reader.id, label=own.label or step.label, matcher=matcher, survey=survey)
    return Placed(replace(filled, measurement=measured, delight=own.delight or step.delight), spot_of(reader))


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step; anything but a block in its place is most likely a mistyped word of the phase."""

    def read(self, node: Node, reading: Reading) -> StepRead | None:
        """Returns the step, its own id noted."""
        keys = _STEP.asked().asked
        wrong = misplaced(node, keys)
        if wrong is None or not mistyped(node, keys):
            reading.define("step", node.name, node)
        if wrong is not None:
            reading.mistake(node, wrong, at_key=True)
            return None
        return _STEP.read(node, reading)

    def schema(self, defs: Defs) -> Schema:
        """A block."""
        return _STEP.schema(defs)


def _phase(reader: Reader) -> PhaseRead:
    expected, sure = reader.get("expected", DURATION, Duration()), reader.maybe("provenance", SURE)
    phase = Phase(
        id=reader.id,
        label=reader.label("label"),
        classes=reader.get("class", CLASSES, ()),
        goal=reader.label("goal"),
        strategy=reader.label("strategy"),
        expected_seconds=expected.usual,
        problem=reader.label("problem"),
        expected_by=expected.apart,
        actions=reader.mapping("actions", ACTION),
        means=reader.many("means", LABEL),
        levers=reader.get("levers", Many(Choice(get_args(Lever))), ()),
        provenance=sure.provenance if sure else "assumed",
        origin=sure.origin if sure else None,
        evidence=reader.refs("evidence", "evidence"),
    )
    steps = (*reader.mapping("steps", StepForm()), *reader.rest(StepForm()))
    return PhaseRead(phase, steps, bool(phase.label or phase.classes), reader.node, said=sure is not None)


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
        untouched = replace(phase, origin="template")
        return PhaseRead(untouched, (), named=False, node=Node("nothing", Spot(1, 1)))
    own = read.phase
    both = replace(
        own,
        label=own.label or phase.label,
        classes=own.classes or phase.classes,
        goal=own.goal or phase.goal,
        strategy=own.strategy or phase.strategy,
        origin=own.origin if own.goal or read.said else "template",
    )
    return replace(read, phase=both)


def _not_in_template(id_: str, order: list[str]) -> Words:
    near = suggestion(id_, order)
    return Words(
        Label(f"Het sjabloon heeft geen fase '{short(id_)}'", f"The template has no phase '{short(id_)}'"),
        Label("Een eigen fase heeft een label nodig.", "A phase of your own needs a label."),
        near,
    )


_STEP = Record("step", _step)
PHASE = Record("phase", _phase)
