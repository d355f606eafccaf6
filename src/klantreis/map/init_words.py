"""The words of a new map, in Dutch and English: comments that teach, and one example of everything."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.labels import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of the text in one language; `{...}` is filled in.

    `arrives` and `troubled` are do, think, expect, feel and word of the first step: of a journey towards something, and
    of one that begins because something is wrong. `buys` and `looks_back`: what is done in a last phase in which
    people buy, and in any other.
    """

    head: str
    people: str
    events: str
    phases: str
    full_step: str
    arrives: tuple[str, str, str, int, str]
    troubled: tuple[str, str, str, int, str]
    step: str
    last_step: str
    buys: str
    looks_back: str
    rest: str


_NL = Words(
    head="""
# Een klantreiskaart. Alles hieronder is een aanname, tot jij het bewijst of meet.
# Regels met een # zijn uitleg: haal ze weg als je ze kent. Kijk de kaart na met: klantreis check
klantreis: 1
id: {id}
title: {title}
type: {type}            # purchase, complaint, service, repair, return, onboarding, employee, custom
state: current            # current: zo is het; future: zo moet het worden
template: {template}
languages: [{language}]           # schrijf {{nl: ..., en: ...}} waar een tekst in twee talen moet
owner: vul in              # wie houdt deze kaart bij?
review_every: 90 days
""",
    people="""
# Wie maakt deze reis? kind: ideal, typical, edge of anti. urgency: hours, days, weeks of none.
personas:
  sam: {label: Sam, kind: typical, goal: Vul in wat Sam wil bereiken, urgency: days, provenance: assumed}

# Een meetvraag: de score die klanten geven, wordt het gevoel op de kaart (vanaf n_min antwoorden).
surveys:
  tevreden: {question: "Hoe was dit?", scale: 1..5, n_min: 30}
""",
    events="""
# Deze gebeurtenissen staan in je gegevens (met hoeveel personen). Zet ze achter 'match:' waar ze horen:
""",
    phases="""
# De fasen komen uit het sjabloon. Onder elke fase staan stappen, gezien door de ogen van de klant.
# Elke stap mag hebben: do, think, expect, feel (-2 tot +2), word, need, match, touch, barrier, survey, delight, mot.
""",
    full_step="""
    {step}:
      do: {do}
      think: "{think}"
      expect: {expect}
      feel: {feel}                # -2 heel slecht, 0 neutraal, +2 heel goed
      word: {word}
      provenance: template   # dit komt uit het sjabloon: haal 'provenance' weg zodra het jouw eigen stap is
      match: {match}   # welke gebeurtenis hoort hierbij?
""",
    arrives=(
        "Ik kom er voor het eerst mee in aanraking",
        "Is dit iets voor mij?",
        "Snel zien wat het is",
        1,
        "nieuwsgierig",
    ),
    troubled=("Er klopt iets niet", "Wat kan ik nu doen?", "Snel weten waar ik aan toe ben", -1, "teleurgesteld"),
    step="""
    {step}: {{do: Vul in wat de klant doet, feel: 0, provenance: template}}
""",
    last_step="""
    {step}: {{do: {do}, feel: 1, survey: tevreden, provenance: template}}
""",
    buys="Ik kies en koop",
    looks_back="Ik kijk erop terug",
    rest="""
# Contactmomenten die niet bij één stap horen. 'match' zegt welke gebeurtenis in je data het is.
touchpoints:
  {touch}: {{phase: {middle}, label: Vul in welk contactmoment, channel: web, match: {match}, provenance: template}}

# Paden: een lijst is een volgorde, een lijst in een lijst is een keuze, 'x?' mag worden overgeslagen.
scenarios:
  ideaal: {{kind: ideal, persona: sam, provenance: assumed, path: [{first}, {touch}?, {last}]}}

# Wat zit de klant in de weg, en wat doe je eraan?
barriers:
  twijfel: {{at: {touch}, kind: doubt, severity: abandon, quote: "Wat vraagt de klant zich af?"}}
opportunities:
  uitleg: {{solves: twijfel, kind: content, impact: 3, effort: 1, confidence: 2, label: Leg het uit op deze plek}}

# Een KPI noemt een maat en een doel; de waarde komt uit je data.
kpis:
  doorstroom: {{metric: conversion, from: {first}, to: {last}, target: ">= 10%"}}
""",
)

_EN = Words(
    head="""
# A journey map. Everything below is an assumption, until you prove or measure it.
# Lines with a # explain: take them away once you know them. Check the map with: klantreis check
klantreis: 1
id: {id}
title: {title}
type: {type}            # purchase, complaint, service, repair, return, onboarding, employee, custom
state: current            # current: how it is; future: how it should become
template: {template}
languages: [{language}]           # write {{nl: ..., en: ...}} where a text is needed in two languages
owner: fill in             # who keeps this map?
review_every: 90 days
""",
    people="""
# Who makes this journey? kind: ideal, typical, edge or anti. urgency: hours, days, weeks or none.
personas:
  sam: {label: Sam, kind: typical, goal: Fill in what Sam wants to reach, urgency: days, provenance: assumed}

# A survey: the score that customers give becomes the feeling on the map (from n_min answers on).
surveys:
  satisfied: {question: "How was this?", scale: 1..5, n_min: 30}
""",
    events="""
# These events are in your data (with how many people). Put them behind 'match:' where they belong:
""",
    phases="""
# The phases come from the template. Under each phase stand steps, seen through the customer's eyes.
# A step may have: do, think, expect, feel (-2 to +2), word, need, match, touch, barrier, survey, delight, mot.
""",
    full_step="""
    {step}:
      do: {do}
      think: "{think}"
      expect: {expect}
      feel: {feel}                # -2 very bad, 0 neutral, +2 very good
      word: {word}
      provenance: template   # this comes from the template: take 'provenance' away once the step is your own
      match: {match}   # which event in your data is this?
""",
    arrives=("I meet it for the first time", "Is this something for me?", "To see at once what it is", 1, "curious"),
    troubled=("Something is not right", "What can I do now?", "To know soon where I stand", -1, "disappointed"),
    step="""
    {step}: {{do: Fill in what the customer does, feel: 0, provenance: template}}
""",
    last_step="""
    {step}: {{do: {do}, feel: 1, survey: satisfied, provenance: template}}
""",
    buys="I choose and buy",
    looks_back="I look back on it",
    rest="""
# Touchpoints that do not belong to one step. 'match' says which event in your data it is.
touchpoints:
  {touch}: {{phase: {middle}, label: Fill in which touchpoint, channel: web, match: {match}, provenance: template}}

# Paths: a list is an order, a list in a list is a choice, 'x?' may be skipped.
scenarios:
  ideal: {{kind: ideal, persona: sam, provenance: assumed, path: [{first}, {touch}?, {last}]}}

# What gets in the customer's way, and what do you do about it?
barriers:
  doubt: {{at: {touch}, kind: doubt, severity: abandon, quote: "What does the customer wonder?"}}
opportunities:
  explain: {{solves: doubt, kind: content, impact: 3, effort: 1, confidence: 2, label: Explain it on the spot}}

# A KPI names a measure and a target; its value comes from your data.
kpis:
  throughput: {{metric: conversion, from: {first}, to: {last}, target: ">= 10%"}}
""",
)

WORDS: dict[Language, Words] = {"nl": _NL, "en": _EN}
