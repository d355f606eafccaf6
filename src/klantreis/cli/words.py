"""The words of the terminal in both languages: heads of tables and the few sentences around them."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

HEADS: Mapping[str, Label] = {
    "step": Label("stap", "step"),
    "people": Label("personen", "people"),
    "from_previous": Label("van vorige", "from previous"),
    "of_entrants": Label("van start", "of entrants"),
    "n": Label("n", "n"),
    "median": Label("mediaan", "median"),
    "median_of_all": Label("mediaan*", "median*"),
    "q25": Label("25 %", "25 %"),
    "q75": Label("75 %", "75 %"),
    "p90": Label("90 %", "90 %"),
    "from": Label("van", "from"),
    "to": Label("naar", "to"),
    "times": Label("keer", "times"),
    "share": Label("aandeel", "share"),
    "recognised": Label("herkend", "recognised"),
    "median_wait": Label("wacht (mediaan)", "median wait"),
    "journeys": Label("reizen", "journeys"),
    "sessions": Label("sessies", "sessions"),
    "route": Label("route", "route"),
    "deviation": Label("afwijking", "deviation"),
    "at": Label("bij", "at"),
    "moment": Label("moment", "moment"),
    "waited": Label("na", "after"),
    "phase": Label("fase", "phase"),
    "what": Label("wat", "what"),
    "touchpoint": Label("contactmoment", "touchpoint"),
    "survey": Label("meetvraag", "survey"),
    "feel": Label("gevoel (−2 tot +2)", "feel (−2 to +2)"),
    "enough": Label("genoeg", "enough"),
    "kpi": Label("KPI", "KPI"),
    "segment": Label("segment", "segment"),
    "value": Label("waarde", "value"),
    "target": Label("doel", "target"),
    "verdict": Label("oordeel", "verdict"),
    "event": Label("gebeurtenis", "event"),
    "map": Label("kaart", "map"),
    "buckets": Label("buckets", "buckets"),
    "room": Label("ruimte", "room"),
    "state": Label("stand", "state"),
    "now": Label("nu", "now"),
    "after": Label("na", "after"),
    "before": Label("vóór", "before"),
    "with": Label("met woorden", "with words"),
    "source": Label("bron", "source"),
    "read": Label("gelezen", "read"),
    "stored": Label("bewaard", "stored"),
    "duplicate": Label("dubbel", "duplicate"),
    "rejected": Label("geweigerd", "refused"),
    "skip": Label("slaat over", "skip it"),
    "version": Label("versie", "version"),
    "direct": Label("direct", "directly"),
    "later": Label("later", "later"),
    "reached": Label("van wie begint", "of who starts"),
    "again": Label("vaker", "again"),
    "repeats": Label("herhaald", "repeats"),
    "loops": Label("kringen", "loops"),
    "least": Label("minst ertussen", "least between"),
    "group": Label("groep", "group"),
    "routes_head": Label("routes", "routes"),
    "exactly": Label("precies zo", "exactly"),
    "apart": Label("afstand", "distance"),
    "at_step": Label("stap", "step"),
    "difference": Label("verschil", "difference"),
    "lift": Label("stijging", "lift"),
    "days": Label("dagen", "days"),
}

NAMES = frozenset({"step", "from", "to", "route", "at", "phase", "what", "touchpoint", "kpi", "event", "after"}) | {
    "before",
    "with",
    "version",
    "source",
    "survey",
    "segment",
}
"""Columns of names and routes: these give way when the terminal is narrow; numbers never do."""

TEXTS: Mapping[str, Label] = {
    "time_left": Label("nog ongeveer {}", "about {} left"),
    "preparing": Label("Rekenkernen voorbereiden (eenmalig)…", "Preparing to calculate (only once)…"),
    "brackets": Label("Tussen haakjes het 95 %-interval.", "In brackets the 95 % interval."),
    "open": Label(
        "{} begonnen te laat om het te weten; de aandelen tellen hen niet mee.",
        "{} entered too late to tell; shares leave them out.",
    ),
    "size": Label("{} reizen, {} personen, {} gebeurtenissen", "{} journeys, {} people, {} events"),
    "ways": Label("Wegen ({} van {})", "Ways ({} of {})"),
    "routes": Label("Routes ({} van {})", "Routes ({} of {})"),
    "more_stops": Label("… nog {} …", "… {} more …"),
    "uncomputed": Label("Niet berekend: {}", "Not computed: {}"),
    "follow": Label(
        "{} van {} reizen volgen het precies: {}; gemiddelde fitness {}",
        "{} of {} journeys follow it exactly: {}; mean fitness {}",
    ),
    "still_open": Label(
        "{} reizen zijn nog bezig: zij tellen tot waar ze nu zijn.",
        "{} journeys are still going on: they count up to where they are now.",
    ),
    "whole": Label("hele reis", "whole journey"),
    "all_used": Label("{} rijen gelezen, alle gebruikt", "{} rows read, all used"),
    "some_used": Label("{} rijen gelezen, {} gebruikt, {} geweigerd", "{} rows read, {} used, {} refused"),
    "repeated": Label("{} herhaald en meegeteld", "{} repeated and counted"),
    "no_rows": Label("Het bestand heeft een kop maar geen rijen.", "The file has a header but no rows."),
    "no_mistakes": Label("Geen fouten", "No mistakes"),
    "mistakes": Label("Fouten: {}. Waarschuwingen: {}. Tips: {}.", "Mistakes: {}. Warnings: {}. Hints: {}."),
    "hints": Label("  Elke tip lezen: klantreis check --hints", "  To read each hint: klantreis check --hints"),
    "tidied": Label("Opgeruimd: van {} naar {}.", "Tidied: from {} to {}."),
    "put_together": Label(
        "Nieuwe gebeurtenissen staan nu in hun buckets ({}); geen vraag hoeft dat nog te doen.",
        "New events stand in their buckets now ({}); no question has to put them there any more.",
    ),
    "to_tidy": Label("Opruimen: klantreis store --tidy", "To tidy: klantreis store --tidy"),
    "sure_source": Label("Alles van bron {} uit de opslag halen?", "Take all of source {} out of the store?"),
    "source_gone": Label("{} is eruit: {} gebeurtenissen.", "{} is out: {} events."),
    "source_back": Label(
        "Hij staat nog in klantreis.yaml: de volgende klantreis load leest hem weer in.",
        "It is in klantreis.yaml still: the next klantreis load reads it again.",
    ),
    "source_unnamed": Label(
        "Weer terug? Noem hem in klantreis.yaml en draai klantreis load.",
        "To have it back, name it in klantreis.yaml and run klantreis load.",
    ),
    "left_over": Label("daarvan over: telt niet meer mee", "of which left over: counts no more"),
    "up_to_date": Label("bijgewerkt", "up to date"),
    "behind": Label("loopt achter; wordt bijgewerkt bij gebruik", "behind; made when it is asked for"),
    "all_whole": Label("Alles is heel.", "All is whole."),
    "more": Label("… nog {}: --top {}", "… {} more: --top {}"),
    "assistant_waits": Label(
        "Dit praat met een assistent-programma, niet met een mens. Aansluiten: docs/how-to/use-an-assistant.md. "
        "Stop met Ctrl-D.",
        "This speaks to an assistant program, not to a person. How to connect one: docs/how-to/use-an-assistant.md. "
        "Stop with Ctrl-D.",
    ),
    "nothing_found": Label("Niets gevonden.", "Nothing found."),
    "emotion": Label("Gevoel", "Feeling"),
    "kpis": Label("KPI's", "KPIs"),
    "coverage": Label("Niet op de kaart", "Not on the map"),
    "unchanged": Label(
        "Onveranderd sinds de vorige keer, dus niet opnieuw gelezen: {}. Toch lezen: klantreis load --again",
        "Unchanged since the last load, so not read again: {}. To read it all the same: klantreis load --again",
    ),
    "no_sources": Label(
        "klantreis.yaml noemt nog geen bronnen. Voeg er een toe onder 'sources'.",
        "klantreis.yaml names no sources yet. Add one under 'sources'.",
    ),
    "nothing_stored": Label(
        "Er is nog niets geladen: er valt nog niets te meten.", "Nothing is loaded yet: there is nothing to measure."
    ),
    "nothing_loaded": Label(
        "Er is nog niets geladen, dus er is geen verslag geschreven. klantreis load --again zegt waarom.",
        "Nothing is loaded yet, so no report was written. klantreis load --again tells why.",
    ),
    "absent": Label("niet geïnstalleerd", "not installed"),
    "such_as": Label("{} × {}, zoals: {}", "{} × {}, such as: {}"),
    "unmeasured": Label("Nog niets gemeten.", "Nothing measured yet."),
    "first": Label("Waar eerst kijken?", "Where to look first?"),
    "report": Label("Verslag", "Report"),
    "set_added": Label("{}: KPI's toegevoegd: {}", "{}: KPIs added: {}"),
    "set_there": Label("De set {} staat al op {}", "The set {} is on {} already"),
    "set_match": Label(
        "Nog te koppelen: zeg in de kaart welke gebeurtenis het is, en haal 'planned' weg. Bijvoorbeeld:",
        "Still to connect: say on the map which event it is, and take 'planned' away. For example:",
    ),
    "set_target": Label("Zet er zelf een doel bij: target.", "Add a target of your own: target."),
    "renewed": Label("vervangt het vorige", "replaces the one before"),
    "unshared": Label("Niet gedeeld: {} ({})", "Not shared: {} ({})"),
    "summary": Label(
        "{} t/m {} · {} reizen van {} personen · {} gebeurtenissen", "{} to {} · {} journeys of {} people · {} events"
    ),
    "truths": Label(
        "Wat er werkelijk waar is van deze winkel staat in {}", "What is really true of this shop stands in {}"
    ),
    "further": Label("Kijk verder: cd {} && {} find", "Look further: cd {} && {} find"),
    "guessed": Label("  {}: kolom '{}'", "  {}: column '{}'"),
    "guessed_event": Label("  gebeurtenis '{}': datum in kolom '{}'", "  event '{}': date in column '{}'"),
    "unguessed": Label(
        "Niet te raden: {}. Er is nog geen bron verbonden. Vul het in onder 'sources' in {}",
        "Could not be guessed: {}. No source is connected yet. Fill it in under 'sources' in {}",
    ),
    "columns": Label("  De kolommen zijn: {}", "  The columns are: {}"),
    "begun": Label(
        "Nu: open de kaart, zet er je eigen woorden in, en draai klantreis check",
        "Next: open the map, put your own words in it, and run klantreis check",
    ),
}

KINDS: Mapping[str, Label] = {
    "missing": Label("niet bereikt", "not reached"),
    "ad_hoc": Label("ongepland", "unplanned"),
    "out_of_order": Label("andere volgorde", "out of order"),
    "repeat": Label("herhaald", "repeated"),
    "failed": Label("mislukt", "failed"),
}

VERDICTS: Mapping[str, Label] = {
    "met": Label("gehaald", "met"),
    "missed": Label("niet gehaald", "missed"),
    "unsure": Label("onbeslist", "undecided"),
    "unknown": Label("niet gemeten", "not measured"),
    "no_target": Label("zonder doel", "no target"),
}


def text(key: str, said: Language, *shown: object) -> str:
    """Returns a sentence with its gaps filled; numbers must come as text."""
    return filled(TEXTS[key].text(said), *shown)
