"""A sketch as the YAML of a new map, everything in it an assumption until somebody confirms it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from klantreis.documents.flow import flow
from klantreis.documents.forms import ID
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.map.sketch import Sketch, Stop

HEAD = Label(
    "# Overgenomen uit {source}. Alles is aanname tot iemand het bevestigt (provenance).",
    "# Taken over from {source}. All of it is assumed until somebody confirms it (provenance).",
)


def yaml_of(sketch: Sketch, id_: str, *, language: Language = "nl", source: str = "") -> str:
    """Returns a sketch as the text of a `*.reis.yaml`; it reads without a mistake.

    Ids are kept where they can be, else made from the names, and never given twice. Raises OptionError for a bad `id_`.
    """
    if not ID.fullmatch(id_):
        raise OptionError(
            Label(f"{id_!r} kan niet de id van een kaart zijn.", f"{id_!r} cannot be the id of a map."),
            mend=Label("Gebruik letters, cijfers, '_', '-' en '.'.", "Use letters, digits, '_', '-' and '.'."),
        )
    lines = [HEAD.text(language).format(source=flow(source)), "klantreis: 1", f"id: {flow(id_)}"]
    lines += [f"title: {_label(sketch.title or id_)}", "type: custom", f"languages: [{language}]"]
    taken: set[str] = set()
    if sketch.personas:
        lines += ["", "personas:"]
        lines += [f"  {unique(name, 'persona', taken)}: {{label: {_label(name)}}}" for name in sketch.personas]
    shared: list[str] = []
    taken = {stop.id.casefold() for stop in sketch.stops}
    lines += ["", "phases:", *_phases(sketch, shared, taken)]
    lines += ["", "touchpoints:", *shared] if shared else []
    return "\n".join(lines) + "\n"


def unique(name: str, otherwise: str, taken: set[str]) -> str:
    """Returns an id made from a name, other than those `taken` (whatever their capitals), and adds it to them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_") or otherwise
    # To YAML these are no words; a touchpoint may well be called TRUE.
    return _free(f"{otherwise}_{base}" if base in {"true", "false", "null"} else base, taken)


def _free(base: str, taken: set[str]) -> str:
    number, id_ = 2, base
    while id_.casefold() in taken:
        id_, number = f"{base}_{number}", number + 1
    taken.add(id_.casefold())
    return id_


def _phases(sketch: Sketch, shared: list[str], touches: set[str]) -> Iterator[str]:
    phases: set[str] = set()
    steps: set[str] = set()
    for old, name in sketch.phases or (("begin", "Begin"),):
        id_ = _free(old, phases) if ID.fullmatch(old) else unique(name, "fase", phases)
        yield f"  {id_}:"
        yield f"    label: {_label(name or id_)}"
        own = sketch.steps_of(old)
        if own:
            yield "    steps:"
        for stop in own:
            yield from _step(stop, steps)
            yield from _contacts(stop, shared, touches)


def _step(stop: Stop, taken: set[str]) -> Iterator[str]:
    id_ = _free(stop.id, taken) if ID.fullmatch(stop.id) else unique(stop.label, "stap", taken)
    yield f"      {id_}:"
    texts = {"do": stop.label, "think": stop.think, "expect": stop.expect, "word": stop.word, "need": stop.need}
    yield from (f"        {key}: {_label(text)}" for key, text in texts.items() if text)
    if stop.feel is not None:
        yield f"        feel: {flow(_number(min(2.0, max(-2.0, stop.feel))))}"
    if stop.delight:
        yield "        delight: true"
    words = {"mot": (stop.mot, "none"), "influence": (stop.influence, "own"), "owner": (stop.owner, "")}
    yield from (f"        {key}: {flow(word)}" for key, (word, usual) in words.items() if word != usual)
    if stop.obstacles:
        yield "        barrier:"
    own: set[str] = set()
    for one in stop.obstacles:
        more = {"id": _free(f"{id_}_{one.kind}", own)} if len(stop.obstacles) > 1 else {}
        said: Mapping[str, object] = more | {"kind": one.kind, "severity": one.severity}
        inside = ", ".join(f"{key}: {flow(value)}" for key, value in said.items())
        yield f"          - {{label: {_label(one.label)}, {inside}}}"
    yield "        provenance: imported"


def _contacts(stop: Stop, shared: list[str], taken: set[str]) -> Iterator[str]:
    """The one touchpoint of a step stands in it; several have ids of their own and stand in `shared`."""
    made = [
        f"{{label: {_label(one.label)}" + (f", channel: {flow(one.channel)}}}" if ID.fullmatch(one.channel) else "}")
        for one in stop.contacts
    ]
    if len(made) == 1:
        yield f"        touch: {made[0]}"
    elif made:
        ids = [unique(one.label, "contact", taken) for one in stop.contacts]
        shared += [f"  {id_}: {text}" for id_, text in zip(ids, made, strict=True)]
        yield f"        touch: [{', '.join(ids)}]"


def _label(text: str) -> str:
    """A text, or, when it is marked as being in the other language, that language with its text."""
    found = re.fullmatch(r"\[(nl|en)\] (.*\S)", text, re.DOTALL)
    return f"{{{found[1]}: {flow(found[2])}}}" if found else flow(text)


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
