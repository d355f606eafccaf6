"""Reads a journey map from its YAML file, or the same as a JSON Schema."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from klantreis.documents import (
    Anything,
    Choice,
    Many,
    Misread,
    Node,
    Parsed,
    Reader,
    Reading,
    Record,
    Words,
    parsed,
    read_document_text,
    read_text,
    schema_of,
)
from klantreis.documents.words import not_a_span
from klantreis.labels import LANGUAGES, Label
from klantreis.map.about import Scope, Version
from klantreis.map.assemble import Uses, assembled
from klantreis.map.channels import channel
from klantreis.map.contact import Touchpoint
from klantreis.map.measures import JourneyRule
from klantreis.map.model import JourneyMap
from klantreis.map.options import allowed
from klantreis.map.people import Channel
from klantreis.map.read_about import (
    ALTERNATIVE,
    ASSET,
    BAND,
    COMMENT,
    CRITERION,
    MAP_ID,
    NOTED,
    PARENT,
    SCOPE,
)
from klantreis.map.read_changes import CHANGE, PROOF, tied
from klantreis.map.read_lanes import ACTOR, LANE
from klantreis.map.read_measures import JOURNEY, KPI, SURVEY, timeout
from klantreis.map.read_needs import CLAIM, NEED, OFFER
from klantreis.map.read_people import CHANNEL, EVIDENCE, PERSONA, SEGMENT
from klantreis.map.read_phases import PHASE, PhaseRead, merged
from klantreis.map.read_scenarios import SCENARIO
from klantreis.map.read_touchpoints import TOUCHPOINT
from klantreis.map.read_values import DATE
from klantreis.map.read_work import BARRIER, OPPORTUNITY
from klantreis.map.scope import trimmed
from klantreis.map.stages import Phase
from klantreis.map.templates import ORDER, template
from klantreis.spans import span

VERSION = 1
SUFFIX = ".reis.yaml"
CONTEXT = ("sector", "model", "product", "price_band", "audience", "offer")
OTHERS = "x-"
"""Keys of other programs begin like this; they are kept as they are in `JourneyMap.extra`."""


def read_map(file: Path) -> JourneyMap:
    """Returns the map in a `*.reis.yaml` file. Raises DocumentError with every mistake in it."""
    return map_of(read_text(file), file=str(file))


@lru_cache(maxsize=32)
def map_of(text: str, file: str | None = None) -> JourneyMap:
    """Returns the map in a YAML text; `file` is what findings call it. Raises DocumentError with every mistake.

    The same text is read once: a verb asks for its maps several times.
    """
    return replace(read_document_text(text, MAP, file=file), file=file)


def lost(text: str) -> tuple[Node, ...]:
    """Returns every place of a map, in any order, that speaks of something that is not on it; () when all is there.

    Other mistakes are passed over. Raises DocumentError when the text is not YAML.
    """
    reading = Reading()
    MAP.read(parsed(text, reading), reading)
    return tuple(node for _, node, _ in reading.lost)


def schema() -> dict[str, Any]:
    """Returns the JSON Schema (2020-12) of a map, made from the reader itself."""
    found = schema_of(MAP, "Klantreis: journey map")
    found["$defs"]["map"]["patternProperties"] = {f"^{OTHERS}": {}}
    return found


def _map(reader: Reader) -> JourneyMap:
    reader.get("klantreis", Choice((VERSION,)), VERSION, required=True)
    id_ = reader.get("id", MAP_ID, "", required=True)
    reader.reading.define("map", id_, reader.at("id") or reader.node)
    model = reader.choice("template", ORDER, None)
    type_ = reader.choice("type", allowed(JourneyMap, "type"), template(model).type if model else "custom")
    head = JourneyMap(
        id=id_,
        title=reader.label("title", required=True),
        type=type_,
        state=reader.choice("state", allowed(JourneyMap, "state"), "current"),
        template=model,
        context=reader.get("context", Record("context", _context), ()),
        owner=reader.text("owner") or None,
        review_every=reader.maybe("review_every", Parsed(_interval, ("90 days",))),
        status=reader.choice("status", allowed(JourneyMap, "status"), "draft"),
        languages=reader.get("languages", Many(Choice(LANGUAGES)), ("nl",)),
        tags=reader.texts("tags"),
        reviewed=reader.maybe("reviewed", DATE),
        minutes=reader.whole("minutes", 1),
        scope=reader.get("scope", SCOPE, Scope()),
        parent=reader.maybe("parent", PARENT),
        version=reader.get("version", NOTED, Version()),
        price_bands=reader.mapping("price_bands", BAND, "price_band"),
        assets=reader.mapping("assets", ASSET, "asset"),
        extra=tuple((key, reader.get(key, Anything(), None)) for key in _of_others(reader)),
    )
    with_people = _with_people(head, reader)
    return _spotted(trimmed(_with_work(_with_journey(with_people, reader), reader)), reader)


def _with_people(head: JourneyMap, reader: Reader) -> JourneyMap:
    return replace(
        head,
        personas=reader.mapping("personas", PERSONA, "persona"),
        segments=reader.mapping("segments", SEGMENT, "segment"),
        actors=reader.mapping("actors", ACTOR, "actor"),
        evidence=reader.mapping("evidence", EVIDENCE, "evidence"),
        claims=reader.mapping("claims", CLAIM, "claim"),
    )


def _with_journey(head: JourneyMap, reader: Reader) -> JourneyMap:
    """Adds phases, touchpoints, channels, scenarios, surveys and the rule of the journey: they lean on each other."""
    declared = reader.mapping("channels", CHANNEL, "channel")
    touchpoints = reader.mapping("touchpoints", TOUCHPOINT, "touchpoint")
    phases = _phases(head.template, reader)
    surveys = reader.mapping("surveys", SURVEY, "survey")
    scenarios = reader.mapping("scenarios", SCENARIO, "scenario")
    rule = reader.get("journey", JOURNEY, JourneyRule())
    whole, placed = assembled(phases, touchpoints, Uses(scenarios, surveys, rule))
    steps = tuple(read for phase in phases for read in phase.steps)
    return replace(
        head,
        channels=_channels(declared, placed),
        phases=whole,
        touchpoints=placed,
        surveys=surveys,
        scenarios=scenarios,
        barriers=tuple(barrier for read in steps for barrier in read.barriers),
        needs=tuple(need for read in steps for need in read.needs),
        assets=(*head.assets, *(read.image for read in steps if read.image)),
        journey=replace(rule, timeout_seconds=timeout(rule, head.type)),
    )


def _with_work(map_: JourneyMap, reader: Reader) -> JourneyMap:
    barriers = reader.mapping("barriers", BARRIER, "barrier")
    opportunities = reader.mapping("opportunities", OPPORTUNITY, "opportunity")
    changes = (*reader.mapping("changes", CHANGE, "change"), *reader.mapping("proof", PROOF, "change"))
    return replace(
        map_,
        barriers=(*map_.barriers, *barriers),
        needs=(*map_.needs, *reader.mapping("needs", NEED, "need")),
        offers=reader.mapping("offers", OFFER, "offer"),
        opportunities=opportunities,
        changes=tied(changes, opportunities),
        kpis=reader.mapping("kpis", KPI, "kpi"),
        criteria=reader.mapping("criteria", CRITERION, "criterion"),
        alternatives=reader.mapping("alternatives", ALTERNATIVE, "alternative"),
        lanes=reader.mapping("lanes", LANE, "lane"),
        comments=reader.mapping("comments", COMMENT, "comment"),
    )


def _of_others(reader: Reader) -> tuple[str, ...]:
    return tuple(key.source for key, _ in reader.node.entries if key.source.startswith(OTHERS))


def _spotted(map_: JourneyMap, reader: Reader) -> JourneyMap:
    return replace(map_, spots=reader.reading.spots)


def _phases(model: str | None, reader: Reader) -> tuple[PhaseRead, ...]:
    written = reader.mapping("phases", PHASE, "phase")
    phases = merged(written, _model(model), reader.reading)
    reader.reading.assume("phase", (phase.phase.id for phase in phases))
    if not phases and reader.at("template") is None:
        reader.reading.mistake(reader.node, _no_phases(), at_key=True)
    return phases


def _model(key: str | None) -> tuple[Phase, ...]:
    return template(key).phases if key else ()


def _channels(declared: tuple[Channel, ...], touchpoints: tuple[Touchpoint, ...]) -> tuple[Channel, ...]:
    """The channels as declared, and behind them those that a touchpoint names without it."""
    known = {one.id for one in declared}
    named = dict.fromkeys(touch.channel for touch in touchpoints if touch.channel and touch.channel not in known)
    return (*declared, *(channel(id_) for id_ in named))


def _context(reader: Reader) -> tuple[tuple[str, str], ...]:
    read = tuple((key, reader.text(key)) for key in CONTEXT)
    return tuple((key, text) for key, text in read if text)


def _interval(text: str) -> str:
    try:
        span(text)
    except ValueError as error:
        raise Misread(not_a_span(text)) from error
    return text


def _no_phases() -> Words:
    return Words(
        Label("Deze kaart heeft geen fasen", "This map has no phases"),
        advice=Label(
            "Noem een sjabloon ('template: nl-5') of schrijf de fasen onder 'phases:'.",
            "Name a template ('template: nl-5') or write the phases under 'phases:'.",
        ),
    )


MAP = Record("map", _map)
