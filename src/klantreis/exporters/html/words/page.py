"""Words of the page as a whole, of the findings and of the map."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "untitled": ("Klantreis zonder naam", "Journey without a name"),
        "kind": ("Klantreisverslag", "Customer journey report"),
        "skip": ("Naar de inhoud", "Skip to the content"),
        "contents": ("In dit verslag", "In this report"),
        "back": ("Terug naar het overzicht", "Back to the overview"),
        "what": ("Wat is dit?", "What is this?"),
        "as-table": ("Dezelfde gegevens als tabel", "The same as a table"),
        "scrolls": ("{title}. Schuif opzij om alles te zien.", "{title}. Scroll sideways to see all of it."),
        "rows-left": (
            "Nog {n} rijen staan in de uitvoer met `--json`.",
            "Another {n} rows are in the output of `--json`.",
        ),
        "footer": (
            "Gemaakt met Klantreis {version}. Dit verslag is één bestand: het opent zonder internet en stuurt "
            "niets op.",
            "Made with Klantreis {version}. This report is one file: it opens offline and sends nothing anywhere.",
        ),
        # head
        "part-of": ("Deel van:", "Part of:"),
        "fact.persona": ("Voor wie", "For whom"),
        "fact.period": ("Periode", "Period"),
        "fact.journeys": ("Reizen", "Journeys"),
        "fact.people": ("Personen", "People"),
        "fact.touches": ("Contacten", "Touches"),
        "fact.segment": ("Alleen", "Only"),
        "fact.owner": ("Eigenaar", "Owner"),
        "fact.scope": ("Van … tot", "From … to"),
        "fact.reviewed": ("Laatst nagekeken", "Last reviewed"),
        "fact.minutes": ("Doorlopen kost", "Takes to walk through"),
        "minutes": ("{n} min", "{n} min"),
        "fact.tags": ("Trefwoorden", "Tags"),
        "fact.made": ("Gemaakt op", "Made on"),
        "fact.version": ("Gegevensversie", "Data version"),
        "fact.workspace": ("Werkmap", "Workspace"),
        "fact.model": ("Fasen", "Phases"),
        "fact.status": ("Status", "Status"),
        "made-at": ("{day}, {time}", "{day}, {time}"),
        "status.draft": ("concept", "draft"),
        "status.review": ("ter beoordeling", "in review"),
        "status.published": ("gepubliceerd", "published"),
        "status.archived": ("gearchiveerd", "archived"),
        "unmeasured-lead": (
            "Deze kaart is nog niet gemeten. Alles hieronder is wat het team denkt, niet wat klanten deden.",
            "This map has not been measured yet. All below is what the team believes, not what customers did.",
        ),
        "unmeasured-next": (
            "Volgende stap: zet je gegevens onder `sources` in `klantreis.yaml` en draai `klantreis load` en "
            "`klantreis report`.",
            "Next step: name your data under `sources` in `klantreis.yaml`, then run `klantreis load` and "
            "`klantreis report`.",
        ),
        # segments side by side
        "index.title": ("Verslagen per segment", "Reports by segment"),
        "index.what": (
            "Van iedereen en van elk segment staat hier hetzelfde verslag: de klant, de kanalen, het gedrag en de "
            "beleving. Is een groep te klein om te delen, dan staat de reden erbij.",
            "Of everybody and of each segment the same report stands here: the customer, the channels, the behaviour "
            "and the experience. Groups too small to share are missing, with the reason.",
        ),
        "index.segment": ("Segment", "Segment"),
        "index.everybody": ("Iedereen", "Everybody"),
        "index.last": ("Komt tot de fase van het doel", "Come to the phase of the goal"),
        "index.footer": (
            "Gemaakt met Klantreis {version}. Geef je deze bladzijde door, geef dan de verslagen ernaast mee.",
            "Made with Klantreis {version}. When you pass this page on, pass on the reports beside it as well.",
        ),
        "index.customer": ("de klant", "the customer"),
        "index.channels": ("kanalen", "channels"),
        "index.behaviour": ("gedrag", "behaviour"),
        "index.experience": ("beleving", "experience"),
        "index.unshared": ("Niet gedeeld: {why}.", "Not shared: {why}."),
        # findings
        "title.first": ("Waar eerst kijken?", "Where to look first?"),
        "question.first": (
            "Wat vraagt als eerste aandacht, bij hoeveel personen, en wat kun je doen?",
            "What needs attention first, for how many people, and what can you do?",
        ),
        "gist.first": ("{n} bevindingen; bovenaan: {title}", "{n} findings; on top: {title}"),
        "gist.first.one": ("1 bevinding: {title}", "1 finding: {title}"),
        "gist.first.none": ("Niets springt eruit", "Nothing stands out"),
        "gist.none": ("Nog niet gemeten", "Not measured yet"),
        "what.first": (
            "Een bevinding is iets dat opvalt in de gegevens of in de kaart zelf. De volgorde gaat naar het aantal "
            "personen dat het raakt en, waar bedragen bekend zijn, naar het geld dat op het spel staat.\n\n"
            "Verbanden zijn geen oorzaken: een bevinding wijst een plek aan om te onderzoeken. Pas een proef laat "
            "zien of een verandering helpt.",
            "A finding is something that stands out in the data or in the map itself. They are ranked by how many "
            "people they touch and, where values are known, by the money at stake.\n\n"
            "Associations are not causes: a finding points at a place to look into. Only a test shows whether a "
            "change helps.",
        ),
        "empty.first": ("Er zijn geen bevindingen.", "There are no findings."),
        "empty.first.do": (
            "Geen enkele regel sloeg aan: er is geen fase die duidelijk lekt en geen doel dat zeker niet is "
            "gehaald. Bij "
            "kleine aantallen kan dat ook betekenen dat er nog te weinig gegevens zijn; kijk dan bij Kwaliteit van "
            "de gegevens.",
            "No rule fired: no phase clearly leaks and no target was surely missed. With small numbers it may also "
            "mean that there is too little data yet; see Data quality.",
        ),
        "empty.first-unmeasured": (
            "Zonder gegevens valt er nog niets te vinden.",
            "Without data there is nothing to find yet.",
        ),
        "empty.first-unmeasured.do": (
            "Draai `klantreis load` om je gegevens te laden en daarna `klantreis report`. Wil je eerst zien hoe "
            "een gemeten kaart eruitziet? `klantreis demo` maakt een voorbeeldwinkel.",
            "Run `klantreis load` to load your data and then `klantreis report`. Would you like to see a measured "
            "map first? `klantreis demo` makes an example shop.",
        ),
        "level.error": ("Fout", "Error"),
        "level.warning": ("Let op", "Warning"),
        "level.insight": ("Inzicht", "Insight"),
        "level.hint": ("Tip", "Hint"),
        "people-touched": ("{n} personen", "{n} people"),
        "journeys-touched": ("{n} reizen", "{n} journeys"),
        "journey-touched": ("1 reis", "1 journey"),
        "person-touched": ("1 persoon", "1 person"),
        "money-at-stake": ("{amount} op het spel", "{amount} at stake"),
        "advice": ("Wat te doen", "What to do"),
        "evidence": ("Onderbouwing", "Evidence"),
        "evidence-of": ("Onderbouwing van: {title}", "Evidence for: {title}"),
        "examples": ("Reizen om na te kijken", "Journeys to look at"),
        "where": ("Plek", "Place"),
        "rule": ("Regel", "Rule"),
        "proposal": ("Voorstel voor de kaart", "Proposed change of the map"),
        "proposal-of": ("Voorstel voor de kaart bij: {title}", "Proposed change of the map for: {title}"),
        "accept": (
            "Neem het over met `{command}`. Je houdt een gewone regel in je YAML-bestand.",
            "Accept it with `{command}`. What you get is an ordinary line in your YAML file.",
        ),
        "turn": ("Maak er een kans op de kaart van: `{command}`", "Make it an opportunity on the map: `{command}`"),
        "more-findings": ("Alle andere bevindingen", "All other findings"),
        "more-findings-caption": (
            "{n} andere bevindingen, belangrijkste eerst",
            "{n} other findings, most important first",
        ),
        "col.finding": ("Bevinding", "Finding"),
        "col.where": ("Waar", "Where"),
        "col.size": ("Omvang", "Size"),
        "col.people": ("Personen", "People"),
        "col.touched": ("Bij hoeveel", "How many"),
        "col.money": ("Bedrag", "Money"),
        "col.level": ("Soort", "Kind"),
        "col.what": ("Wat", "What"),
        "col.value": ("Waarde", "Value"),
        "col.interval": ("95%-interval", "95% interval"),
        "col.n": ("n", "n"),
        "more-about": ("Meer", "More"),
        # map
        "title.map": ("De klantreiskaart", "The journey map"),
        "question.map": (
            "Hoe verloopt de reis, stap voor stap, en wat is gemeten en wat is aanname?",
            "How does the journey go, step by step, and what is measured and what is assumed?",
        ),
        "gist.map": (
            "{phases} fasen, {steps} stappen, {touchpoints} contactmomenten",
            "{phases} phases, {steps} steps, {touchpoints} touchpoints",
        ),
        "what.map": (
            "Een doorgetrokken lijn is gemeten, met het 95%-interval als band eromheen. Een streepjeslijn met open "
            "punten is wat het team denkt. Een vak met een streepjesrand en een merkje is een voorstel. ▲ is "
            "beter dan neutraal, ▼ "
            "slechter.\n\n"
            "De aantallen bij de fasen zijn reizen; die bij de contactmomenten zijn personen.",
            "A solid line is measured, with its 95% interval as a band around it. A dashed line with open points "
            "is what the team believes. A box with a dashed edge and a badge is a proposal. ▲ is better than "
            "neutral, ▼ "
            "worse.\n\n"
            "Numbers at phases are journeys; those at touchpoints are people.",
        ),
        "map-as-list": ("De kaart als lijst", "The map as a list"),
        "empty.map": ("Deze kaart heeft nog geen fasen.", "This map has no phases yet."),
        "empty.map.do": (
            "Begin met een sjabloon: `klantreis init --template journey-7` zet de fasen voor je klaar.",
            "Start from a template: `klantreis init --template journey-7` lays out the phases for you.",
        ),
        "phase-empty": ("Nog geen stappen in deze fase.", "No steps in this phase yet."),
        "phase-reached": (
            "{n} reizen bereiken deze fase, {share} van de reizen met volledige tijd.",
            "{n} journeys reach this phase, {share} of those whose window has passed.",
        ),
        "phase-reached.no-limit": (
            "{n} reizen bereiken deze fase, {share} van de reizen die begonnen.",
            "{n} journeys reach this phase, {share} of those that began.",
        ),
        "goal": ("Doel", "Goal"),
        "thinks": ("Denkt", "Thinks"),
        "expects": ("Verwacht", "Expects"),
        "quote": ("Citaat", "Quote"),
        "offer": ("Aanbod", "Offer"),
        "action": ("Wat wij doen", "What we do"),
        "delight": ("verrassing", "delight"),
        "opens": ("Verder op", "Goes on on"),
        "needs": ("Behoefte", "Need"),
        "feels": ("Gevoel", "Feeling"),
        "feels-measured": ("{value}, gemeten", "{value}, measured"),
        "feels-assumed": ("{value}, aanname", "{value}, assumed"),
        "feels-few": ("te weinig antwoorden (n = {n}, nodig {need})", "too few answers (n = {n}, need {need})"),
        "contact": ("Contactmoment", "Touchpoint"),
        "contact-people": ("{people} personen, {times} keer", "{people} people, {times} times"),
        "contact-unseen": ("niet gezien in de gegevens", "not seen in the data"),
        "contact-blind": ("niet gemeten", "not measured"),
        "contact-planned": ("gepland", "planned"),
        "other-contacts": ("Contactmomenten zonder stap", "Touchpoints without a step"),
        "barrier-at": ("Barrière ({kind}, {severity})", "Barrier ({kind}, {severity})"),
        "opportunity-for": ("Kans ({status})", "Opportunity ({status})"),
        "truth": ("moment van de waarheid", "moment of truth"),
        "truth-suggested": ("mogelijk moment van de waarheid", "possible moment of truth"),
        "walk": ("Loop de reis, stap voor stap", "Walk the journey, step by step"),
        "walk-keys": ("Met ← en → ga je terug en verder, met Esc sluit je.", "← and → go back and on, Esc closes."),
        "walk-at": ("Stap {n} van {all}", "Step {n} of {all}"),
        "walk-at.loose": ("{n} van {all}", "{n} of {all}"),
        "walk-start": ("begin van de curve", "start of the curve"),
        "walk-lowest": ("laagste punt", "lowest point"),
        "walk-highest": ("hoogste punt", "highest point"),
        "walk-end": ("einde van de curve", "end of the curve"),
        "walk-unknown": ("nog niet bekend", "not known yet"),
        "walk-whole": ("De hele reis", "The whole journey"),
        "walk-back": ("Vorige", "Previous"),
        "walk-on": ("Volgende", "Next"),
        "walk-again": ("Opnieuw", "Once more"),
        "walk-close": ("Sluiten", "Close"),
    }
)
