"""markdown: the map as a story, to read aloud or to put in a document.

Why: not everybody reads a picture. The story tells who it is about, how the curve goes, and then phase by phase what
the customer does, feels and thinks and what stands in the way, in whole sentences; ideas and findings close it.
Measured feelings are told with how many answers they stand on; the others are told as assumed.

Options: `language` nl (default) or en; a text without a translation is told in the other language and says so: [en].

Example: `klantreis export --to md`. It does not fit for taking a map over into another tool: take csv, xlsx or ojf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from klantreis.exporters.contract import MOST, View, scene_of, steps_of
from klantreis.filled import filled
from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.losses import losses
from klantreis.map.sketch import Stop, harmless, said, sketch_of
from klantreis.map.stages import Scenario
from klantreis.report import Report
from klantreis.scenes.journey.page import first_of
from klantreis.scenes.numbers import decimal, score
from klantreis.scenes.words import named

name = "markdown"
suffix = ".md"

WORDS: Mapping[str, Label] = {
    "seen-as": Label("Dit verhaal is {text}.", "This story is {text}."),
    "persona": Label("Dit is de reis van {name}.", "This is the journey of {name}."),
    "goal": Label("Het doel: {goal}.", "The goal: {goal}."),
    "urgency": Label("Hoe snel: binnen {text}.", "How soon: within {text}."),
    "quote": Label("“{quote}.”", "“{quote}.”"),
    "scenario": Label("Een verloop: {name}.", "One way it goes: {name}."),
    "trigger": Label("Het begint hiermee: {text}.", "It begins with this: {text}."),
    "aim": Label("De klant wil ermee bereiken: {text}.", "What the customer wants of it: {text}."),
    "curve": Label("Het gevoel in één zin: {said}.", "The feeling in one sentence: {said}."),
    "feel": Label("Het gevoel: {word}.", "The feeling: {word}."),
    "feel-word": Label("Het gevoel: {word}, {said}.", "The feeling: {word}, {said}."),
    "measured": Label("Gemeten: {word}, op {n} antwoorden.", "Measured: {word}, on {n} answers."),
    "think": Label("De gedachte: “{text}.”", "The thought: “{text}.”"),
    "expect": Label("De verwachting: {text}.", "The expectation: {text}."),
    "need": Label("De vraag: {text}.", "The question: {text}."),
    "contact": Label("Het contact: {text}.", "The contact: {text}."),
    "barrier": Label("Wat in de weg staat: {text}.", "What stands in the way: {text}."),
    "planned": Label("Dit is er nog niet: het is gepland.", "This is not there yet: it is planned."),
    "delight": Label("Dit is een verrassing die we geven.", "This is a delight that we give."),
    "mot-confirmed": Label("Hier wordt beslist: een moment van de waarheid.", "Here it is decided: a moment of truth."),
    "mot-suggested": Label(
        "Misschien wordt hier beslist: een mogelijk moment van de waarheid.",
        "Perhaps it is decided here: a possible moment of truth.",
    ),
    "empty": Label("Van deze fase is nog niets bekend.", "Nothing is known of this phase yet."),
    "ideas": Label("Wat we kunnen doen", "What we can do"),
    "first": Label("Waar eerst kijken?", "Where to look first?"),
    "assumed": Label(
        "Alles in dit verhaal is aanname tot het is gemeten.", "All of this story is assumed until it is measured."
    ),
    "made": Label("Stand van {when}.", "As of {when}."),
}
FEELS: tuple[tuple[float, Label], ...] = (
    (1.5, Label("heel goed", "very good")),
    (0.5, Label("goed", "good")),
    (-0.5, Label("niet goed en niet slecht", "neither good nor bad")),
    (-1.5, Label("slecht", "bad")),
    (-9.0, Label("heel slecht", "very bad")),
)


KEPT = frozenset({
    "personas", "opportunities", "step.think", "step.expect", "step.feel", "step.word", "step.need",
    "step.touchpoints", "step.delight", "step.mot",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """How to tell the story; see the page above."""

    language: Language = "nl"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the story in Markdown and UTF-8; a map without phases gives its title and what is known."""
    language = options.language
    sketch = sketch_of(report.map, language)
    parts = [f"# {plain(sketch.title or report.map.id)}", *_opening(report, language)]
    planned = _planned(report)
    for id_, phase in sketch.phases:
        parts += [f"## {plain(phase)}", *_phase(sketch.steps_of(id_), planned, report, language)]
    parts += [*_ideas(report, language), *_first(report, language), *_closing(report, language)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns what of the map the story does not tell."""
    return losses(report.map, "export.markdown", KEPT, options.language)


def plain(text: str) -> str:
    """Returns text that Markdown and HTML show as it is."""
    safe = harmless(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]{}#|~$])", r"\\\1", safe)


def _say(key: str, language: Language, **gaps: str) -> str:
    told = filled(WORDS[key].text(language), **{name: gap.rstrip(".") for name, gap in gaps.items()})
    return re.sub(r"([?!…])\.(”?)$", r"\1\2", told)


def _feels(value: float, language: Language) -> str:
    """A feeling in words with its number: 'heel slecht (−2)'."""
    word = next(label for least, label in FEELS if value >= least)
    return f"{word.text(language)} ({score(value, language, 0 if value == round(value) else 1)})"


def _opening(report: Report, language: Language) -> Iterator[str]:
    if report.map.seen_as:
        yield _say("seen-as", language, text=plain(said(report.map.seen_as, language)))
    for persona in report.map.personas:
        told = [_say("persona", language, name=plain(said(persona.label, language) or persona.id))]
        if persona.goal:
            told.append(_say("goal", language, goal=plain(said(persona.goal, language))))
        if persona.urgency != "none":
            told.append(_say("urgency", language, text=named("urgency", persona.urgency, language)))
        if persona.quote:
            told.append(_say("quote", language, quote=plain(said(persona.quote, language))))
        yield " ".join(told)
    for scenario in report.map.scenarios:
        yield from _occasion(scenario, language)
    drawn = scene_of(report, View(language=language)).description if steps_of(report) <= MOST else ""
    curve = drawn.split(". ", 1)
    if len(curve) == 2 and curve[1].strip():
        yield _say("curve", language, said=plain(curve[1].strip().replace(" · ", ", ")))


def _occasion(scenario: Scenario, language: Language) -> Iterator[str]:
    """What a scenario begins with and what the customer wants of it; nothing when neither is said."""
    name = plain(said(scenario.label, language) or scenario.id)
    told = [("trigger", scenario.trigger), ("aim", scenario.goal)]
    parts = [_say(key, language, text=plain(said(text, language))) for key, text in told if text]
    if parts:
        yield " ".join([_say("scenario", language, name=name), *parts])


def _phase(own: Sequence[Stop], planned: frozenset[str], report: Report, language: Language) -> Iterator[str]:
    if not own:
        yield WORDS["empty"].text(language)
    for stop in own:
        yield " ".join(_step(stop, stop.id in planned, report, language))


def _step(stop: Stop, planned: bool, report: Report, language: Language) -> Iterator[str]:
    end = "" if stop.label[-1:] in ".!?…" else "."
    yield f"**{plain(stop.label)}{end}**"
    yield from _feeling(stop, report, language)
    if stop.think:
        yield _say("think", language, text=plain(stop.think))
    for key, text in (("expect", stop.expect), ("need", stop.need)):
        if text:
            yield _say(key, language, text=plain(text))
    contacts = [one.label for one in stop.contacts if one.label != stop.label]
    if contacts:
        yield _say("contact", language, text=plain(", ".join(contacts)))
    if stop.obstacles:
        yield _say("barrier", language, text=plain("; ".join(one.label for one in stop.obstacles)))
    if planned:
        yield WORDS["planned"].text(language)
    if stop.delight:
        yield WORDS["delight"].text(language)
    if stop.mot != "none":
        yield WORDS[f"mot-{stop.mot}"].text(language)


def _planned(report: Report) -> frozenset[str]:
    """The steps of which all that they meet does not exist yet, and the touchpoints alone that do not."""
    waiting = {touch.id for touch in report.map.touchpoints if touch.planned}
    steps = {step.id for _, step in report.map.steps() if step.touchpoints and waiting.issuperset(step.touchpoints)}
    return frozenset(steps | waiting.difference(step.id for _, step in report.map.steps()))


def _feeling(stop: Stop, report: Report, language: Language) -> Iterator[str]:
    if stop.feel is not None and stop.word:
        yield _say("feel-word", language, word=plain(stop.word), said=_feels(stop.feel, language))
    elif stop.feel is not None:
        yield _say("feel", language, word=_feels(stop.feel, language))
    known = report.results.emotion.feelings if report.results is not None else ()
    if not known:
        return
    step = next((one for _, one in report.map.steps() if one.id == stop.id), None)
    ids = {stop.id, *(step.touchpoints if step else ())}
    for one in known:
        if one.touchpoint in ids and one.enough and one.on_curve and one.feel.value is not None:
            yield _say("measured", language, word=_feels(one.feel.value, language), n=decimal(one.feel.n, language))


def _ideas(report: Report, language: Language) -> Iterator[str]:
    ideas = report.map.opportunities
    if ideas:
        yield f"## {WORDS['ideas'].text(language)}"
        yield "\n".join(f"- {plain(said(idea.label, language) or idea.id)}" for idea in ideas)


def _first(report: Report, language: Language) -> Iterator[str]:
    first = first_of(report.findings) if report.results is not None else ()
    if first:
        yield f"## {WORDS['first'].text(language)}"
        told = (f"**{plain(said(one.title, language))}.** {plain(said(one.detail, language))}" for one in first)
        yield "\n".join(f"{number}. {line}" for number, line in enumerate(told, start=1))


def _closing(report: Report, language: Language) -> Iterator[str]:
    if report.results is None:
        yield WORDS["assumed"].text(language)
    yield _say("made", language, when=f"{report.made:%d-%m-%Y}")
