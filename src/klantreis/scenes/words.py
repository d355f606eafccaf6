"""Every text a picture adds of its own, in Dutch and English, whole sentences with named gaps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.scenes.words_returning import RETURNING_WORDS
from klantreis.scenes.words_sheets import SHEET_WORDS
from klantreis.scenes.words_views import VIEW_WORDS
from klantreis.scenes.words_ways import WAY_WORDS


def say(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled; a key that is not there raises KeyError."""
    return filled(WORDS[key].text(language), **gaps)


def named(kind: str, value: str, language: Language) -> str:
    """Returns the word for a value the map allows (of kind 'type': 'purchase'); the value itself if unknown."""
    label = WORDS.get(f"{kind}.{value}")
    return label.text(language) if label else value.replace("_", " ")


_PAIRS: dict[str, tuple[str, str]] = {
    # header
    "no-title": ("Klantreis zonder naam", "Journey without a name"),
    "journeys": ("{n} reizen", "{n} journeys"),
    "one-journey": ("1 reis", "1 journey"),
    "people": ("{n} personen", "{n} people"),
    "one-person": ("1 persoon", "1 person"),
    "not-measured-yet": ("nog niet gemeten: een kaart zonder gegevens", "not measured yet: a map without data"),
    "segment": ("alleen {name}", "only {name}"),
    "ground": ("Onderbouwing", "Evidence"),
    "ground-shares": (
        "{measured} gemeten · {observed} waargenomen · {assumed} aanname (gevulde cellen: {n})",
        "{measured} measured · {observed} observed · {assumed} assumed (filled cells: {n})",
    ),
    "ground-left": (
        "{share} nog te bevestigen (uit een sjabloon of ander bestand)",
        "{share} yet to be confirmed (from a template or another file)",
    ),
    "scope-from": ("begint bij ‘{what}’", "begins at ‘{what}’"),
    "scope-to": ("eindigt bij ‘{what}’", "ends at ‘{what}’"),
    "first": ("Waar eerst kijken?", "Where to look first?"),
    "first-none": ("Niets springt eruit.", "Nothing stands out."),
    "first-empty": (
        "Koppel gegevens om te zien waar het knelt.",
        "Connect data to see where it hurts.",
    ),
    "first-guess": (
        "Aanname. Koppel gegevens om te zien of het hier echt knelt.",
        "Assumed. Connect data to see whether it really hurts here.",
    ),
    "guess-feel": ("gevoel {value}", "feeling {value}"),
    "guess-none": ("nog geen kans", "no opportunity yet"),
    "heard-guess": ("Aanname {number}: {title}", "Assumed {number}: {title}"),
    # lanes
    "phase": ("Fase", "Phase"),
    "stream": ("Stroom", "Stream"),
    "stream-note": ("dikte = reizen", "width = journeys"),
    "onward": ("{share} verder", "{share} go on"),
    "step": ("Stap", "Step"),
    "contact": ("Contactmoment", "Touchpoint"),
    "contact-note": ("personen", "people"),
    "feel": ("Gevoel", "Feeling"),
    "keen": ("Enthousiast", "Enthusiastic"),
    "neutral": ("neutraal", "neutral"),
    "disappointed": ("Teleurgesteld", "Disappointed"),
    "think": ("Denkt", "Thinks"),
    "expect": ("Verwacht", "Expects"),
    "barrier": ("Barrière", "Barrier"),
    "opportunity": ("Kans", "Opportunity"),
    "opportunity-note": ("score = impact × zekerheid ÷ moeite", "score = impact × confidence ÷ effort"),
    "change": ("Verandering", "Change"),
    "deviation": ("Afwijking", "Deviation"),
    "deviation-note": (
        "van {scenario}; {conforming} van {journeys} gaan precies zo",
        "from {scenario}; {conforming} of {journeys} go exactly so",
    ),
    "deviation-note-open": (
        "van {scenario}; {conforming} van {journeys} gaan tot nu toe precies zo",
        "from {scenario}; {conforming} of {journeys} go exactly so up to now",
    ),
    "deviation-note-skip": ("; slaat over: van wie verder komt", "; skip: of those who get further"),
    "kpi": ("KPI", "KPI"),
    "measured-of": ("{done} van {all} gemeten", "{done} of {all} measured"),
    "all-assumed": ("aanname", "assumed"),
    # badges and legend
    "proposal": ("voorstel", "proposal"),
    "planned": ("gepland", "planned"),
    "delight": ("verrassing", "delight"),
    "unmeasured": ("niet gemeten", "not measured"),
    "dead": ("0 gezien", "0 seen"),
    "more": ("+ {n} meer", "+ {n} more"),
    "legend-measured": (
        "gemeten ({done} van {all}), met 95%-interval",
        "measured ({done} of {all}), with 95% interval",
    ),
    "legend-gap": ("hiertussen niet gemeten", "not measured in between"),
    "legend-assumed": ("aanname op de kaart", "assumed on the map"),
    "legend-ideal": ("ideaal", "ideal"),
    "legend-mot": ("moment van de waarheid", "moment of truth"),
    "legend-mot-open": ("mogelijk moment van de waarheid", "possible moment of truth"),
    "few": ("slechts {n}", "only {n}"),
    "empty-phase": ("Nog geen stappen", "No steps yet"),
    "summary": (
        "Begint {first} · laagste {low} bij ‘{low_at}’ · hoogste {high} bij ‘{high_at}’ · eindigt {last}",
        "Starts {first} · lowest {low} at ‘{low_at}’ · highest {high} at ‘{high_at}’ · ends {last}",
    ),
    "summary-one": ("Eén punt: {first} bij ‘{low_at}’", "One point: {first} at ‘{low_at}’"),
    "summary-measured": ("gemeten", "measured"),
    "summary-assumed": ("aanname", "assumed"),
    # cards
    "scores": (
        "impact {impact} · moeite {effort} · zekerheid {confidence}",
        "impact {impact} · effort {effort} · confidence {confidence}",
    ),
    "score": ("score {value}", "score {value}"),
    "target": ("doel {target}", "target {target}"),
    "decide-after": ("beslist na {when}", "decided after {when}"),
    "tests": ("meet {metric}", "measures {metric}"),
    # footer
    "made": ("stand van {when}", "as of {when}"),
    "through": ("gegevens t/m {when}", "data through {when}"),
    "version": ("versie {version}", "version {version}"),
    "intervals": (
        "95%-intervallen (aandelen: Wilson; gemiddelden: Student-Hall)",
        "95% intervals (shares: Wilson; means: Student-Hall)",
    ),
    "not-causes": ("verbanden zijn geen oorzaken", "associations are not causes"),
    "no-data": ("zonder gegevens: alles is aanname tot het is gemeten", "without data: all is assumed until measured"),
    "page": ("{page} van {pages}", "{page} of {pages}"),
    # for listeners
    "map-described": (
        "Klantreiskaart met {phases} fasen en {steps} stappen. {summary}",
        "Journey map with {phases} phases and {steps} steps. {summary}",
    ),
    "heard-step": ("Stap {number} van {all}, {phase}: {step}", "Step {number} of {all}, {phase}: {step}"),
    "heard-feel": ("Gevoel bij {step}: {value}, gemeten, {within}", "Feeling at {step}: {value}, measured, {within}"),
    "heard-assumed": ("Gevoel bij {step}: {value}, aanname", "Feeling at {step}: {value}, assumed"),
    "heard-phase": ("Fase {phase}: {count}", "Phase {phase}: {count}"),
    "heard-onward": (
        "Van {one} naar {other}: {value}",
        "From {one} to {other}: {value}",
    ),
    "heard-first": ("Waar eerst kijken, {number}: {title}", "Where to look first, {number}: {title}"),
    # deviations
    "deviation.missing": ("minstens {share} slaat over", "at least {share} skip it"),
    "deviation.repeat": ("{share} komt terug", "{share} come back"),
    "deviation.out_of_order": ("{share} in andere volgorde", "{share} in another order"),
    "deviation.ad_hoc": ("{share} ongepland", "{share} unplanned"),
    "deviation.failed": ("{share} mislukt", "{share} fail"),
    # other pictures
    "funnel": ("Trechter", "Funnel"),
    "nothing": ("Er is niets gemeten om te tekenen.", "Nothing was measured to draw."),
    "funnel-under": ("{first} begonnen, {last} kwamen tot het eind", "{first} began, {last} came to the end"),
    "funnel-share": ("{share} van wie de tijd kreeg", "{share} of those who had the time"),
    "within": ("binnen {time}", "within {time}"),
    "median": ("mediaan {time}", "median {time}"),
    "open-entries": ("{n} nog onderweg, niet meegeteld in de aandelen", "{n} still under way, left out of shares"),
    "lost": ("{share} niet", "{share} do not"),
    "met-optional": ("optioneel: {share} doet dit", "optional: {share} do this"),
    "excluded": ("{n} uitgesloten", "{n} excluded"),
    "sessions": ("{n} sessies", "{n} sessions"),
    "one-session": ("1 sessie", "1 session"),
    "sessions-head": ("Sessies", "Sessions"),
    "group": ("Groep", "Group"),
    "no-value": ("geen waarde", "no value"),
    "step-not-reached": ("stap niet bereikt", "step not reached"),
    "values-differ": ("verschillend", "differs"),
    "other-groups": ("overige", "others"),
    "intervals-wilson": ("95%-intervallen (Wilson)", "95% intervals (Wilson)"),
    "pale-is-interval": ("lichte rand = interval", "pale edge = interval"),
    "journeys-head": ("Reizen", "Journeys"),
    "people-head": ("Personen", "People"),
    "mature": ("Met volledige tijd", "With full time"),
    "of-first": ("Van de eerste stap", "Of the first step"),
    "of-previous": ("Van de vorige stap", "Of the step before"),
    "time-head": ("Mediaan sinds vorige", "Median since previous"),
    "p90-head": ("p90", "p90"),
    "start": ("Begin", "Start"),
    "end": ("Einde", "End"),
    "paths": ("Paden", "Paths"),
    "paths-under": (
        "{journeys} · getekend: {shown} van {all} overgangen tussen contactmomenten, samen {share} van {events} keer",
        "{journeys} · drawn: {shown} of {all} transitions between touchpoints, together {share} of {events} times",
    ),
    "paths-legend": (
        "getal en dikte = personen · tijd = mediane wachttijd · gestippeld = terug · ↺ = herhaling · "
        "begint, stopt, overig = keer",
        "figure and width = people · time = median wait · dotted = back · ↺ = repeat · starts, ends, other = times",
    ),
    "starts": ("● begint {n}", "● starts {n}"),
    "ends": ("■ stopt {n}", "■ ends {n}"),
    "other-out": ("overig uit {n}", "other out {n}"),
    "other-in": ("overig in {n}", "other in {n}"),
    "from": ("Van", "From"),
    "to": ("Naar", "To"),
    "times-word": ("Keer", "Times"),
    "share-of-leaving": ("Aandeel van wie vertrekt", "Share of those leaving"),
    "median-time": ("Mediane tijd", "Median time"),
    "heard-edge": ("Van {one} naar {other}: {people}, {share}", "From {one} to {other}: {people}, {share}"),
    "heard-node": ("{name}: {people}, {times} keer", "{name}: {people}, {times} times"),
    "variants": ("Meest gelopen routes", "Most taken routes"),
    "variants-under": (
        "{shown} van {all} routes; samen {share} van {journeys}",
        "{shown} of {all} routes; together {share} of {journeys}",
    ),
    "route": ("Route", "Route"),
    "share-head": ("Aandeel", "Share"),
    "covered": ("Samen tot hier", "Together so far"),
    "covered-short": ("samen {share}", "together {share}"),
    "curves": ("Gevoel per segment", "Feeling by segment"),
    "curves-under": (
        "Zelfde schaal, zelfde volgorde; alleen gemeten punten met genoeg antwoorden",
        "Same scale, same order; only measured points with enough answers",
    ),
    "curve-empty": ("Nog geen punt met genoeg antwoorden", "No point with enough answers yet"),
    "everybody": ("iedereen", "everybody"),
    "segment-head": ("Segment", "Segment"),
    "times": ("Tijden", "Times"),
    "times-under": (
        "Balk = middelste helft (q25 tot q75), streep = mediaan, lijn tot p90; logaritmische schaal",
        "Bar = middle half (q25 to q75), mark = median, line to p90; logarithmic scale",
    ),
    "whole-journey": ("Hele reis", "Whole journey"),
    "time-in": ("Fase {name}", "Phase {name}"),
    "time-between": ("{one} → {other}", "{one} → {other}"),
    "what": ("Wat", "What"),
    "median-head": ("Mediaan", "Median"),
    "q25-head": ("q25", "q25"),
    "q75-head": ("q75", "q75"),
    "histogram": ("kwantielen uit een histogram, binnen 0,4%", "quantiles from a histogram, within 0.4%"),
    "tick.60": ("1 min", "1 min"),
    "tick.3600": ("1 uur", "1 hour"),
    "tick.86400": ("1 dag", "1 day"),
    "tick.604800": ("1 week", "1 week"),
    "tick.2592000": ("30 dagen", "30 days"),
    "tick.31536000": ("1 jaar", "1 year"),
    "tick.1": ("1 s", "1 s"),
    # table
    "phase-journeys-head": ("Reizen in fase", "Journeys in phase"),
    "feel-measured": ("Gevoel gemeten", "Feeling measured"),
    "feel-assumed": ("Gevoel aanname", "Feeling assumed"),
    # verdicts
    "verdict.met": ("gehaald", "met"),
    "verdict.missed": ("niet gehaald", "missed"),
    "verdict.unsure": ("onbeslist", "undecided"),
    "verdict.unknown": ("niet gemeten", "not measured"),
    "verdict.no_target": ("zonder doel", "no target"),
    "verdict.improved": ("verbeterd", "improved"),
    "verdict.no_difference": ("geen verschil", "no difference"),
    "verdict.worse": ("slechter", "worse"),
    "verdict.inconclusive": ("onbeslist", "undecided"),
    # allowed values of the map
    "type.purchase": ("aankoop", "purchase"),
    "type.complaint": ("klacht", "complaint"),
    "type.service": ("klantenservice", "customer service"),
    "type.repair": ("reparatie", "repair"),
    "type.return": ("retour", "return"),
    "type.onboarding": ("onboarding", "onboarding"),
    "type.employee": ("medewerker", "employee"),
    "type.custom": ("eigen reis", "own journey"),
    "state.current": ("huidige reis", "current journey"),
    "state.future": ("toekomstige reis", "future journey"),
    "severity.trivial": ("klein", "small"),
    "severity.workaround": ("omweg", "workaround"),
    "severity.abandon": ("haakt af", "drops out"),
    "status.idea": ("idee", "idea"),
    "status.planned": ("gepland", "planned"),
    "status.testing": ("loopt", "running"),
    "status.shipped": ("live", "live"),
    "status.rejected": ("afgewezen", "rejected"),
    "measurement.event": ("uit data", "from data"),
    "measurement.survey": ("uit vraag", "by survey"),
    "measurement.code": ("met code", "by code"),
    "measurement.counter": ("met teller", "by counter"),
    "measurement.manual": ("met de hand", "by hand"),
    "design.ab": ("A/B-test", "A/B test"),
    "design.before_after": ("voor en na", "before and after"),
    "design.rollout": ("in stappen ingevoerd", "rolled out in steps"),
    "design.holdout": ("achtergehouden groep", "hold-out"),
    "barrier.time": ("tijd", "time"),
    "barrier.effort": ("moeite", "effort"),
    "barrier.doubt": ("twijfel", "doubt"),
    "barrier.price": ("prijs", "price"),
    "barrier.trust": ("vertrouwen", "trust"),
    "barrier.findability": ("vindbaarheid", "findability"),
    "barrier.availability": ("beschikbaarheid", "availability"),
    "barrier.usability": ("gebruiksgemak", "usability"),
    "barrier.other": ("anders", "other"),
}  # fmt: skip

WORDS: Mapping[str, Label] = MappingProxyType(
    {
        key: Label(nl=nl, en=en)
        for key, (nl, en) in {**_PAIRS, **VIEW_WORDS, **WAY_WORDS, **RETURNING_WORDS, **SHEET_WORDS}.items()
    }
)
