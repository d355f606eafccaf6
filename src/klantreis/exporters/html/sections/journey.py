"""The journey map: as a picture, and as a list that reads on any screen and aloud."""

from __future__ import annotations

from urllib.parse import quote

from klantreis.analyses.emotion import Feeling
from klantreis.exporters.html.markup import Markup, Part, anchor, el, joined
from klantreis.exporters.html.pictures import map_picture
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.exporters.html.sections import votes
from klantreis.exporters.html.sections.places import people, problems
from klantreis.exporters.html.sections.walk import walk
from klantreis.exporters.html.shapes import Section, empty, find, what
from klantreis.map.model import Phase, Step, Touchpoint
from klantreis.map.testimonials import testimonials
from klantreis.scenes.journey.course import told_wish, wished
from klantreis.scenes.journey.quotes import source_of
from klantreis.scenes.journey.sheet import Sheet


def section(reader: Reader) -> Section:
    """Returns the chapter with the map."""
    map_ = reader.report.map
    counts = {"phases": len(map_.phases), "steps": len(map_.steps()), "touchpoints": len(map_.touchpoints)}
    gist = reader.say("gist.map", **{name: reader.number(count) for name, count in counts.items()})
    body = empty(reader, "map")
    if map_.phases:
        body = joined([what(reader, "map"), walk(reader), map_picture(reader), as_list(reader)])
    return Section("map", reader.say("title.map"), reader.say("question.map"), gist, body, _verbs(reader))


def as_list(reader: Reader) -> Markup:
    """Returns the map phase by phase and step by step: what a narrow screen shows, and what is read aloud."""
    phases = (_phase(reader, phase) for phase in reader.report.map.phases)
    return el("section", el("h3", reader.say("map-as-list")), *phases, class_="map-list")


def _verbs(reader: Reader) -> tuple[str, ...]:
    """What gives the numbers on the map again: what was measured, what stands out, and what a change did."""
    proofs = "effect" in reader.results.more if reader.results is not None else False
    return "measure", *((find(reader),) if reader.report.findings else ()), *(("prove",) if proofs else ())


def _phase(reader: Reader, phase: Phase) -> Markup:
    used = {name for step in phase.steps for name in step.touchpoints}
    rest = [touch for touch in reader.report.map.touchpoints if touch.phase == phase.id and touch.id not in used]
    steps = el("ol", *(_step(reader, step) for step in phase.steps)) if phase.steps else None
    parts = [
        el("h4", reader.name("phase", phase.id)),
        _reached(reader, phase),
        el("p", el("strong", reader.say("goal"), ": "), reader.text(phase.goal), class_="note") if phase.goal else None,
        steps if phase.steps or rest else el("p", reader.say("phase-empty"), class_="note"),
        _rest(reader, rest),
        _about_phase(reader, phase),
    ]
    return el("section", *parts, id=anchor(f"phase-{phase.id}"), class_="phase")


def _reached(reader: Reader, phase: Phase) -> Part:
    steps = reader.results.funnel.steps if reader.results else ()
    step = next((step for step in steps if step.step == phase.id), None)
    if step is None:
        return None
    share = reader.estimated(step.share, "share")
    timed = reader.results is not None and reader.results.funnel.within is not None
    key = "phase-reached" if timed else "phase-reached.no-limit"
    return el("p", reader.say(key, n=reader.number(step.people), share=share), class_="note")


def _step(reader: Reader, step: Step) -> Markup:
    touchpoints = [touch for touch in reader.report.map.touchpoints if touch.id in step.touchpoints]
    said: list[tuple[str, Part]] = [
        ("thinks", el("q", reader.text(step.think)) if step.think else None),
        ("expects", reader.text(step.expect)),
        ("needs", reader.text(step.need)),
        ("feels", _feels(reader, step)),
    ]
    facts = [joined([el("dt", reader.say(key)), el("dd", value)]) for key, value in said if value]
    facts += [_contact(reader, touch) for touch in touchpoints]
    facts += votes.said(reader, step.id)
    for place in dict.fromkeys((step.id, *step.touchpoints)):
        facts += problems(reader, place)
        facts += _offered(reader, place)
        facts += _quotes(reader, place)
    facts += _opens(reader, step)
    truth = {"confirmed": "truth", "suggested": "truth-suggested"}.get(step.mot)
    delight = step.delight or any(touch.delight for touch in touchpoints)
    marks: list[Markup | str] = [
        *([joined(["★ ", reader.say(truth)])] if truth else []),
        *([reader.say("delight")] if delight else []),
        *([reader.word("influence", step.influence)] if step.influence != "own" else []),
    ]
    beside = el("span", " ", spaced(marks), class_="note") if marks else None
    name = el("h5", reader.text(step.label) or step.id, beside)
    return el("li", name, el("dl", *facts) if facts else None, id=anchor(f"step-{step.id}"))


def _about_phase(reader: Reader, phase: Phase) -> Part:
    """What each persona needs in a phase, what we do there, and what was said of it and offered in it as a whole."""
    facts = _wishes(reader, phase)
    for action in phase.actions:
        told = [reader.text(action.label) or action.id, action.owner or ""]
        facts.append(joined([el("dt", reader.say("action")), el("dd", spaced(told))]))
    facts += _offered(reader, phase.id) + _quotes(reader, phase.id)
    return el("dl", *facts) if facts else None


def _wishes(reader: Reader, phase: Phase) -> list[Markup]:
    """The cells of persona by phase, as in the picture; one that nobody filled is dashed here too."""
    sheet = Sheet(reader.report.map, None, (), (), (), reader.language)
    cells = [(persona, cell) for persona, at, cell in wished(sheet) if at.id == phase.id]
    told = [
        el("dd", reader.name("persona", one.id), ": ", spaced(list(filter(None, told_wish(sheet, cell)))),
           class_=None if cell.need or cell.tone else "vacant")
        for one, cell in cells
    ]  # fmt: skip
    return [joined([el("dt", sheet.say("wish")), *told])] if told else []


def _offered(reader: Reader, place: str) -> list[Markup]:
    """Offers at a place, with their terms."""
    return [
        joined([el("dt", reader.say("offer")), el("dd", spaced([reader.text(one.label), reader.text(one.terms)]))])
        for one in reader.report.map.offers
        if one.at == place
    ]


def _quotes(reader: Reader, place: str) -> list[Markup]:
    """What customers said at a place, with who said it; who did not agree is not named."""
    return [
        joined([
            el("dt", reader.say("quote")),
            el("dd", el("q", reader.text(one.quote)), " ", el("span", source_of(one, reader.language), class_="note")),
        ])
        for spot, one in testimonials(reader.report.map)
        if spot == place
    ]  # fmt: skip


def _opens(reader: Reader, step: Step) -> list[Markup]:
    """The journey that begins at a step, as a link where its report was written beside this one."""
    if not step.opens:
        return []
    other = reader.report.beside.get(step.opens)
    name = reader.text(other.title) if other and other.title else step.opens
    shown = el("a", name, href=quote(other.file)) if other and other.file else name
    return [joined([el("dt", reader.say("opens")), el("dd", shown)])]


def _feels(reader: Reader, step: Step) -> Markup:
    said: list[Markup | str] = []
    for one in _feelings(reader, step):
        if one.enough:
            said.append(reader.say("feels-measured", value=reader.estimated(one.feel, "score")))
        else:
            said.append(reader.say("feels-few", n=reader.number(one.feel.n), need=reader.number(one.n_min)))
    if step.feel is not None:
        said.append(reader.say("feels-assumed", value=reader.assumed(step.feel)))
    if step.word:
        said.append(reader.text(step.word))
    return spaced(said)


def _feelings(reader: Reader, step: Step) -> list[Feeling]:
    feelings = reader.results.emotion.feelings if reader.results else ()
    return [one for one in feelings if one.on_curve and one.touchpoint in step.touchpoints]


def _contact(reader: Reader, touch: Touchpoint) -> Markup:
    name = el("span", reader.name("touchpoint", touch.id))
    term = el("dt", reader.say("contact"), id=anchor(f"touchpoint-{touch.id}"))
    return joined([term, el("dd", name, " ", el("span", people(reader, touch), class_="note"))])


def _rest(reader: Reader, touchpoints: list[Touchpoint]) -> Part:
    if not touchpoints:
        return None
    facts = [_contact(reader, touch) for touch in touchpoints]
    for touch in touchpoints:
        facts += votes.said(reader, touch.id)
        facts += [*problems(reader, touch.id), *_offered(reader, touch.id), *_quotes(reader, touch.id)]
    return joined([el("h5", reader.say("other-contacts")), el("dl", *facts)])
