"""Does one of the nine steps with a person: asks, and turns the answers into edits of the document.

Nothing is read or written here: who asks is handed in, and the edits are given back. An empty answer changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from klantreis.labels import Label
from klantreis.map.contact import Touchpoint
from klantreis.map.guide import GuideStep
from klantreis.map.library import library
from klantreis.map.metrics import METRICS
from klantreis.map.model import JourneyMap
from klantreis.map.naming import free

Change = tuple[tuple[str, ...], object]
"""The path of keys, and the value that goes there."""


class Asker(Protocol):
    """Who puts the questions."""

    def one(self, question: Label, usual: str = "") -> str:
        """Returns one answer, `usual` when only Enter was pressed."""

    def many(self, question: Label) -> Sequence[str]:
        """Returns the lines of an answer, such as a pasted list; empty lines left out."""


def walked(map_: JourneyMap, step: GuideStep, ask: Asker) -> tuple[Change, ...]:
    """Returns the edits that the answers come to, for one of the nine steps; none when nothing was answered."""
    return tuple(_WALKS[step.key](map_, step, ask))


def slug(text: str, taken: Sequence[str] = ()) -> str:
    """Returns an id made of a text: 'Ik betaal!' gives 'ik_betaal'; with a number behind it when it is taken."""
    words = re.sub(r"[^\w]+", "_", text.casefold()).strip("_")[:40].strip("_") or "naamloos"
    return free(words, tuple(taken))


def _personas(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    taken = [one.id for one in map_.personas]
    if not map_.personas:
        name = ask.one(Label("Hoe heet deze klant?", "What is this customer called?"))
        if not name:
            return
        taken = [slug(name)]
        yield ("personas", taken[0]), {"label": name, "kind": "typical"}
    lost = [gap.id for gap in step.missing if gap.id] or taken
    for id_ in lost:
        rule = ask.one(
            Label(
                f"Aan welke regel herken je '{id_}'? (zoals customer.orders = 0)",
                f"By which rule do you know '{id_}'? (such as customer.orders = 0)",
            )
        )
        if rule:
            segment = slug(id_, [one.id for one in map_.segments])
            yield ("segments", segment), rule
            yield ("personas", id_, "segment"), segment


def _needs(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    for persona in map_.personas:
        if not persona.goal:
            goal = ask.one(Label(f"Wat wil '{persona.id}' bereiken?", f"What does '{persona.id}' want to reach?"))
            if goal:
                yield ("personas", persona.id, "goal"), goal
        if not persona.needs:
            needs = ask.many(
                Label(
                    f"Wat heeft '{persona.id}' daarvoor nodig? Eén per regel.",
                    f"What does '{persona.id}' need for it? One a line.",
                )
            )
            if needs:
                yield ("personas", persona.id, "needs"), list(needs)


def _contacts(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    lines = ask.many(
        Label(
            "Plak of typ de contactmomenten, één per regel; 'naam | kanaal' mag ook.",
            "Paste or type the touchpoints, one a line; 'name | channel' works too.",
        )
    )
    if not lines:
        return
    phases = [phase.id for phase in map_.phases]
    empty = next((gap.id for gap in step.missing if gap.id), phases[0])
    phase = _choice(ask, Label("In welke fase?", "In which phase?"), phases, empty)
    taken = [touch.id for touch in map_.touchpoints] + [one.id for _, one in map_.steps()] + phases
    for line in lines:
        name, _, channel = (part.strip() for part in line.strip(" \t-*•").partition("|"))
        if name:
            id_ = slug(name, taken)
            taken.append(id_)
            known = _known(name)
            via = slug(channel) if channel else known.channel if known else None
            value = {"label": name, "phase": phase, "channel": via}
            yield ("touchpoints", id_), {key: part for key, part in value.items() if part}


def _known(name: str) -> Touchpoint | None:
    """The touchpoint of the library with this id or name; None when it has none."""
    words = {name.casefold(), slug(name)}
    return next((one for one in library() if words & {one.id, *(_folded(one.label))}), None)


def _folded(label: Label) -> tuple[str, str]:
    return label.text("nl").casefold(), label.text("en").casefold()


def _research(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    for phase in [gap.id for gap in step.missing if gap.id]:
        source = ask.one(
            Label(f"Waar weet je de fase '{phase}' van?", f"What do you know the phase '{phase}' from?"),
        )
        if source:
            kinds = ("interview", "survey", "analytics", "review", "ticket", "observation", "video", "testimonial")
            kind = _choice(ask, Label("Wat voor bewijs is dat?", "What kind of evidence is that?"), kinds, "interview")
            id_ = slug(source, [one.id for one in map_.evidence])
            yield ("evidence", id_), {"kind": kind, "source": source}
            yield ("phases", phase, "evidence"), id_


def _feelings(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    for phase in [gap.id for gap in step.missing if gap.id]:
        yield from _filled_step(map_, phase, ask)


def _filled_step(map_: JourneyMap, phase: str, ask: Asker) -> Iterator[Change]:
    """A step of a phase with how it feels, and perhaps what gets in the way; the step is made when there is none."""
    steps = [one for home, one in map_.steps() if home.id == phase]
    id_ = steps[0].id if steps else ""
    if not steps:
        do = ask.one(Label(f"Wat doet de klant in '{phase}'?", f"What does the customer do in '{phase}'?"))
        if not do:
            return
        id_ = slug(do, [one.id for _, one in map_.steps()] + [one.id for one in map_.phases])
        yield ("phases", phase, id_, "do"), do
    feel = ask.one(Label(f"Hoe voelt '{id_}', van -2 tot 2?", f"How does '{id_}' feel, from -2 to 2?"))
    if re.fullmatch(r"[-+]?[0-2]", feel):
        yield ("phases", phase, id_, "feel"), int(feel)
    barrier = ask.one(Label(f"Wat staat in de weg bij '{id_}'?", f"What gets in the way at '{id_}'?"))
    if barrier:
        yield ("phases", phase, id_, "barrier"), {"kind": "other", "text": barrier}


def _scenarios(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    known = ", ".join(touch.id for touch in map_.touchpoints) or ", ".join(one.id for _, one in map_.steps())
    kinds = {scenario.kind for scenario in map_.scenarios}
    asked = {
        "ideal": Label(f"Hoe hoort het te gaan? ({known})", f"How should it go? ({known})"),
        "realistic": Label(f"Hoe gaat het echt? ({known})", f"How does it really go? ({known})"),
    }
    for kind, question in asked.items():
        path = "" if kind in kinds else ask.one(question)
        if path:
            id_ = slug("ideaal" if kind == "ideal" else "echt", [one.id for one in map_.scenarios])
            yield ("scenarios", id_), {"kind": kind, "path": path}
    for phase, one in map_.steps():
        for key, label in (("think", Label("denkt", "think")), ("expect", Label("verwacht", "expect"))):
            if not getattr(one, key):
                said = ask.one(
                    Label(
                        f"Wat {label.nl} de klant bij '{one.id}'?", f"What does the customer {label.en} at '{one.id}'?"
                    )
                )
                if said:
                    yield ("phases", phase.id, one.id, key), said


def _picture(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    for phase in [gap.id for gap in step.missing if gap.id]:
        yield from _filled_step(map_, phase, ask)


def _opportunities(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    solved = {name for idea in map_.opportunities for name in idea.solves}
    taken = [idea.id for idea in map_.opportunities]
    for barrier in [one for one in map_.barriers if one.id not in solved]:
        idea = ask.one(Label(f"Wat lost '{barrier.id}' op?", f"What solves '{barrier.id}'?"))
        if idea:
            numbers = {key: _number(ask, label) for key, label in _SCORED.items()}
            taken.append(slug(idea, taken))
            yield ("opportunities", taken[-1]), {"label": idea, "solves": barrier.id, **numbers}


def _changes(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    kpi = next((one.id for one in map_.kpis if one.target), None)
    if kpi is None:
        target = ask.one(Label("Hoeveel personen moeten dit halen? (>= 100)", "How many must get there? (>= 100)"))
        if target:
            metrics = [key for key, metric in METRICS.items() if not (metric.needs or metric.needs_any)]
            metric = _choice(ask, Label("Wat meet je?", "What do you measure?"), metrics, "people")
            kpi = "doel"
            yield ("kpis", kpi), {"phase": map_.phases[-1].id, "metric": metric, "target": target}
    ideas = [idea.id for idea in map_.opportunities if idea.status not in {"shipped", "rejected"}]
    if ideas and not map_.changes:
        chosen = _choice(ask, Label("Welke kans probeer je nu?", "Which opportunity do you try now?"), ideas, ideas[0])
        starts = ask.one(Label("Vanaf wanneer? (zoals 2026-12-01)", "From when? (such as 2026-12-01)"))
        if starts:
            value = {"tests": chosen, "starts_at": starts, "design": "before_after", "window": "28 days"}
            yield ("changes", chosen), value | ({"metric": kpi} if kpi else {})


_SCORED = {
    "impact": Label("Hoeveel helpt het, van 1 tot 5?", "How much does it help, from 1 to 5?"),
    "effort": Label("Hoeveel moeite kost het, van 1 tot 5?", "How much effort is it, from 1 to 5?"),
    "confidence": Label("Hoe zeker ben je, van 1 tot 5?", "How sure are you, from 1 to 5?"),
}


def _number(ask: Asker, question: Label) -> int:
    said = ask.one(question, "3")
    return int(said) if said in {"1", "2", "3", "4", "5"} else 3


def _choice(ask: Asker, question: Label, known: Sequence[str], usual: str) -> str:
    listed = ", ".join(known)
    said = ask.one(Label(f"{question.nl} ({listed})", f"{question.en} ({listed})"), usual)
    return said if said in known else usual


_WALKS: dict[str, Callable[[JourneyMap, GuideStep, Asker], Iterator[Change]]] = {
    "personas": _personas,
    "needs": _needs,
    "touchpoints": _contacts,
    "research": _research,
    "feelings": _feelings,
    "scenarios": _scenarios,
    "picture": _picture,
    "opportunities": _opportunities,
    "changes": _changes,
}
