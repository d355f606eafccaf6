"""Does one of the nine steps with a person: asks, and turns the answers into edits of the document.

Nothing is read or written here: who asks is handed in, and the edits are given back. An empty answer changes nothing;
one that the map cannot hold is asked again, with what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from klantreis.labels import Label, plain
from klantreis.map.aims import without_target
from klantreis.map.guide import GuideStep
from klantreis.map.guide_ask import Asker, Change, called, choice, feeling, number, right, slug
from klantreis.map.guide_contacts import contacts
from klantreis.map.metrics import METRICS
from klantreis.map.model import JourneyMap


def walked(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    """Yields the edits that the answers come to, for one of the nine steps, each as soon as it is known."""
    yield from _WALKS[step.key](map_, step, ask)


def _personas(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    taken, name = [one.id for one in map_.personas], ""
    if not map_.personas:
        name = ask.one(Label("Hoe heet deze klant?", "What is this customer called?"))
        if not name:
            return
        taken = [slug(name)]
        yield ("personas", taken[0]), {"label": name, "kind": "typical"}
    lost = [gap.id for gap in step.missing if gap.id] or taken
    for id_ in lost:
        who = called(map_.personas, id_) if map_.personas else Label(f"'{name}'", f"'{name}'")
        segment = slug(id_, [one.id for one in map_.segments])
        rule = right(
            ask,
            Label(
                f"Waaraan herken je {who.nl} in je gegevens? Zoals customer.orders = 0 (Enter: nog niet)",
                f"How do you know {who.en} in your data? Such as customer.orders = 0 (Enter: not yet)",
            ),
            partial(_rule, segment),
        )
        if rule:
            yield ("segments", segment), rule
            yield ("personas", id_, "segment"), segment


def _needs(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    for persona in map_.personas:
        who = called(map_.personas, persona.id)
        if not persona.goal:
            goal = ask.one(Label(f"Wat wil {who.nl} bereiken?", f"What does {who.en} want to reach?"))
            if goal:
                yield ("personas", persona.id, "goal"), goal
        if not persona.needs:
            needs = ask.many(
                Label(
                    f"Wat heeft {who.nl} daarvoor nodig? Eén per regel.",
                    f"What does {who.en} need for it? One a line.",
                )
            )
            if needs:
                yield ("personas", persona.id, "needs"), list(needs)


def _research(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    taken = [one.id for one in map_.evidence]
    for phase in [gap.id for gap in step.missing if gap.id]:
        at = called(map_.phases, phase)
        source = ask.one(
            Label(
                f"Hoe weet je hoe het gaat in {at.nl}? Bijvoorbeeld: vijf gesprekken in mei (Enter: niet)",
                f"How do you know how it goes in {at.en}? For example: five talks in May (Enter: not at all)",
            ),
        )
        if source:
            kind = choice(
                ask, Label("Wat voor bewijs is dat?", "What kind of evidence is that?"), _EVIDENCE, "interview"
            )
            id_ = slug(source, taken)
            taken.append(id_)
            yield ("evidence", id_), {"kind": kind, "source": source}
            yield ("phases", phase, "evidence"), id_


def _feelings(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    taken = [one.id for _, one in map_.steps()] + [one.id for one in map_.phases]
    taken += [touch.id for touch in map_.touchpoints]
    for phase in [gap.id for gap in step.missing if gap.id]:
        yield from _filled_step(map_, phase, ask, taken)


def _filled_step(map_: JourneyMap, phase: str, ask: Asker, taken: list[str]) -> Iterator[Change]:
    """A step of a phase with how it feels, and perhaps what gets in the way; the step is made when there is none."""
    steps = [one for home, one in map_.steps() if home.id == phase]
    id_, name = (steps[0].id, called(steps, steps[0].id)) if steps else ("", Label())
    if not steps:
        at = called(map_.phases, phase)
        do = ask.one(Label(f"Wat doet de klant in {at.nl}?", f"What does the customer do in {at.en}?"))
        if not do:
            return
        id_, name = slug(do, taken), Label(f"'{do}'", f"'{do}'")
        taken.append(id_)
        yield ("phases", phase, id_, "do"), do
    feel = feeling(ask, name)
    if feel is not None:
        yield ("phases", phase, id_, "feel"), feel
    barrier = ask.one(
        Label(
            f"Wat staat in de weg bij {name.nl}? (Enter: niets)", f"What gets in the way at {name.en}? (Enter: nothing)"
        )
    )
    if barrier:
        yield ("phases", phase, id_, "barrier"), {"kind": "other", "text": barrier}


def _scenarios(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    stops = [one for _, one in map_.stops()]
    known = ", ".join(one.id for one in stops)
    ids = {name.casefold(): one.id for one in stops for name in (one.label.nl, one.label.en, one.label.anyway) if name}
    kinds = {scenario.kind for scenario in map_.scenarios}
    asked = {
        "ideal": Label(
            f"Hoe hoort het te gaan? Noem ze op volgorde, met komma's; kies uit: {known}",
            f"How should it go? Name them in order, with commas; choose from: {known}",
        ),
        "realistic": Label("En hoe gaat het echt?", "And how does it really go?"),
    }
    for kind, question in asked.items():
        id_ = slug("ideaal" if kind == "ideal" else "echt", [one.id for one in map_.scenarios])
        made = partial(_scenario, id_, kind, ids)
        path = "" if kind in kinds else right(ask, question, made)
        if path:
            yield made(path)
    for phase, one in map_.steps():
        for key, label in (("think", Label("denkt", "think")), ("expect", Label("verwacht", "expect"))):
            if not getattr(one, key):
                at = called((one,), one.id)
                said = ask.one(
                    Label(f"Wat {label.nl} de klant bij {at.nl}?", f"What does the customer {label.en} at {at.en}?")
                )
                if said:
                    yield ("phases", phase.id, one.id, key), said


def _picture(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    yield from _feelings(map_, step, ask)


def _opportunities(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    solved = {name for idea in map_.opportunities for name in idea.solves}
    taken = [idea.id for idea in map_.opportunities]
    for barrier in [one for one in map_.barriers if one.id not in solved]:
        what = called(map_.barriers, barrier.id)
        idea = ask.one(Label(f"Wat lost {what.nl} op?", f"What solves {what.en}?"))
        if idea:
            numbers = {key: number(ask, label) for key, label in _SCORED.items()}
            taken.append(slug(idea, taken))
            yield ("opportunities", taken[-1]), {"label": idea, "solves": barrier.id, **numbers}


def _changes(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    kpi = next((one.id for one in map_.kpis if one.target), None)
    metrics = {key: plain(key) for key, metric in METRICS.items() if not (metric.needs or metric.needs_any)}
    taken = [one.id for one in map_.kpis]
    for phase in without_target(map_):
        at, id_ = called(map_.phases, phase.id), slug(f"doel_{phase.id}", taken)
        target = right(
            ask,
            Label(
                f"Wat is het doel voor {at.nl}? Een teken en een getal, zoals >= 100 (Enter: geen)",
                f"What is the target for {at.en}? A sign and a number, such as >= 100 (Enter: none)",
            ),
            partial(_kpi, id_, phase.id, "people"),
        )
        if target:
            metric = choice(
                ask, Label("En wat meet je daarvoor?", "And what do you measure for it?"), metrics, "people"
            )
            kpi = id_
            yield _kpi(id_, phase.id, metric, target)
    ideas = {idea.id: idea.label for idea in map_.opportunities if idea.status not in {"shipped", "rejected"}}
    if ideas and not map_.changes:
        chosen = choice(
            ask, Label("Welke kans probeer je nu?", "Which opportunity do you try now?"), ideas, next(iter(ideas))
        )
        change = partial(_try, chosen, kpi)
        starts = right(ask, Label("Vanaf wanneer? Zoals 2026-12-01", "From when? Such as 2026-12-01"), change)
        if starts:
            yield change(starts)


_EVIDENCE = {
    "interview": Label("gesprek", "interview"),
    "survey": Label("enquête", "survey"),
    "analytics": Label("cijfers", "analytics"),
    "review": Label("recensie", "review"),
    "ticket": Label("klacht of vraag", "ticket"),
    "observation": Label("meegekeken", "observation"),
    "video": Label("video", "video"),
    "testimonial": Label("aanbeveling", "testimonial"),
}
_SCORED = {
    "impact": Label("Hoeveel helpt het, van 1 tot 5?", "How much does it help, from 1 to 5?"),
    "effort": Label("Hoeveel moeite kost het, van 1 tot 5?", "How much effort is it, from 1 to 5?"),
    "confidence": Label("Hoe zeker ben je, van 1 tot 5?", "How sure are you, from 1 to 5?"),
}


def _rule(segment: str, text: str) -> Change:
    return ("segments", segment), text


def _scenario(id_: str, kind: str, ids: Mapping[str, str], path: str) -> Change:
    """A scenario; on its path steps may be called by their names."""
    parts = [part.strip() for part in path.split(",")]
    named = ", ".join(
        ids.get(part.rstrip("?").casefold(), part.rstrip("?")) + "?" * part.endswith("?") for part in parts
    )
    return ("scenarios", id_), {"kind": kind, "path": named}


def _kpi(id_: str, phase: str, metric: str, target: str) -> Change:
    return ("kpis", id_), {"phase": phase, "metric": metric, "target": target}


def _try(idea: str, kpi: str | None, starts: str) -> Change:
    value = {"tests": idea, "starts_at": starts, "design": "before_after", "window": "28 days"}
    return ("changes", idea), value | ({"metric": kpi} if kpi else {})


_WALKS: dict[str, Callable[[JourneyMap, GuideStep, Asker], Iterator[Change]]] = {
    "personas": _personas,
    "needs": _needs,
    "touchpoints": contacts,
    "research": _research,
    "feelings": _feelings,
    "scenarios": _scenarios,
    "picture": _picture,
    "opportunities": _opportunities,
    "changes": _changes,
}
