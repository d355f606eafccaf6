"""Words of what the numbers stand on: coverage, data quality and how it was computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title.coverage": ("Dekking", "Coverage"),
        "question.coverage": (
            "Wat doen klanten dat niet op de kaart staat, en wat op de kaart doet niemand?",
            "What do customers do that is not on the map, and what on the map does nobody do?",
        ),
        "gist.coverage": ("{share} van de gebeurtenissen staat op de kaart", "{share} of events are on the map"),
        "what.coverage": (
            "Een gebeurtenis staat op de kaart als een herkenner (`match`) van een contactmoment haar raakt. De "
            "rest is gedrag dat niemand tekende. Gaat samen met succes vergelijkt reizen met en zonder dit gedrag: "
            "de kansverhouding (odds ratio) is 1 als er geen verband is. Een verband is geen oorzaak.",
            "An event is on the map when a matcher of a touchpoint meets it. The rest is behaviour that nobody "
            "drew. Goes with success compares journeys with and without this behaviour: the odds ratio is 1 when "
            "there is no association. An association is not a cause.",
        ),
        "behaviours": ("Gedrag dat niet op de kaart staat", "Behaviour that is not on the map"),
        "behaviours-caption": (
            "Gebeurtenissen zonder contactmoment, meeste personen eerst, {period}.",
            "Events without a touchpoint, most people first, {period}.",
        ),
        "no-behaviours": (
            "Elke gebeurtenis valt op een contactmoment: de kaart kent alles wat er gebeurt.",
            "Every event falls on a touchpoint: the map knows all that happens.",
        ),
        "col.event": ("Gebeurtenis", "Event"),
        "col.words": ("Woorden erbij", "Words with it"),
        "col.neighbours": ("Komt tussen", "Comes between"),
        "col.success": ("Gaat samen met succes", "Goes with success"),
        "between-touches": ("{after} en {before}", "{after} and {before}"),
        "odds": (
            "odds ratio {ratio} ({low} tot {high}); met {yes}, zonder {no}",
            "odds ratio {ratio} ({low} to {high}); with {yes}, without {no}",
        ),
        "unseen": ("Contactmomenten die niemand raakte", "Touchpoints nobody met"),
        "unseen-note": (
            "Deze contactmomenten hebben een herkenner, maar die raakte in deze periode niets. Dat heet een dode "
            "herkenner: klopt de naam van de gebeurtenis nog?",
            "These touchpoints have a matcher, but it met nothing in this period. That is a dead matcher: is the "
            "name of the event still right?",
        ),
        "blind": ("Contactmomenten zonder gegevens", "Touchpoints without data"),
        "blind-note": (
            "Deze contactmomenten hebben geen herkenner. Wat hier gebeurt, blijft onzichtbaar tot er een `match:` "
            "bij staat.",
            "These touchpoints have no matcher. What happens here stays invisible until there is a `match:`.",
        ),
        "seen-caption": ("Contactmomenten in de gegevens, {period}.", "Touchpoints in the data, {period}."),
        "seen": ("Contactmomenten in de gegevens", "Touchpoints in the data"),
        "col.events": ("Gebeurtenissen", "Events"),
        "col.last": ("Laatst gezien", "Last seen"),
        "never": ("nooit", "never"),
        "none-unseen": ("Elke herkenner raakte iets.", "Every matcher met something."),
        "none-blind": ("Elk contactmoment heeft een herkenner.", "Every touchpoint has a matcher."),
        # quality
        "title.quality": ("Kwaliteit van de gegevens", "Data quality"),
        "question.quality": (
            "Wat is er gelezen, bewaard en geweigerd, en telt het op?",
            "What was read, stored and refused, and does it add up?",
        ),
        "gist.quality": ("{stored} bewaard, {rejected} geweigerd", "{stored} stored, {rejected} refused"),
        "gist.quality.none": ("Geen telling bij deze gegevens", "No counts with this data"),
        "what.quality": (
            "Gelezen = bewaard + dubbel + geweigerd, per bron. Dubbel is een gebeurtenis die er al was: twee keer "
            "laden verandert niets. Geweigerde rijen staan met hun reden en regelnummer in `.klantreis/rejected/`.",
            "Read = stored + duplicate + refused, per source. Duplicate is an event that was there already: "
            "loading twice changes nothing. Refused rows are in `.klantreis/rejected/` with their reason and line.",
        ),
        "quality-caption": ("Rijen per bron.", "Rows per source."),
        "col.source": ("Bron", "Source"),
        "col.read": ("Gelezen", "Read"),
        "col.stored": ("Bewaard", "Stored"),
        "col.duplicate": ("Dubbel", "Duplicate"),
        "col.rejected": ("Geweigerd", "Refused"),
        "col.adds-up": ("Telt op", "Adds up"),
        "adds-up": ("✓ ja", "✓ yes"),
        "adds-not": ("✗ nee, {n} verschil", "✗ no, off by {n}"),
        "all-sources": ("Alle bronnen", "All sources"),
        "people.head": ("Van wie zijn de gebeurtenissen?", "Whose are the events?"),
        "people.known": (
            "{share} van {n} gebeurtenissen heeft een persoon; {device} is anoniem gedaan en gekoppeld aan wie daarna "
            "op dat apparaat inlogde. Met en zonder koppelen naast elkaar: `klantreis identity`.",
            "{share} of {n} events have a person; {device} were done anonymously and linked to who next logged in on "
            "that device. With and without linking side by side: `klantreis identity`.",
        ),
        "people.devices": (
            "{people} personen en {devices} apparaten; op {shared} apparaten logde meer dan één persoon in.",
            "{people} people and {devices} devices; on {shared} devices more than one person logged in.",
        ),
        "people-caption": ("Hoe gebeurtenissen aan een persoon komen.", "How events come to a person."),
        "col.way": ("Hoe", "How"),
        "col.of-events": ("Aandeel van alle", "Share of all"),
        "way.person": ("noemt zelf de persoon", "names the person itself"),
        "way.by_id": ("een ander id zegt wie", "another id says who"),
        "way.by_device": ("anoniem, herkend op het apparaat", "anonymous, recognised on the device"),
        "way.anonymous": ("blijft anoniem", "stays anonymous"),
        "way.nobody": ("geen bruikbaar id: op geen reis", "no usable id: on no journey"),
        "way.ambiguous": (
            "waarvan dubbelzinnig: tussen logins van verschillende personen",
            "of which ambiguous: between logins of different people",
        ),
        "overlaps": ("Gebeurtenissen die bij twee contactmomenten passen", "Events that fit two touchpoints"),
        "overlaps-caption": (
            "Het eerste contactmoment op de kaart krijgt de gebeurtenis.",
            "The first touchpoint on the map takes the event.",
        ),
        "no-overlaps": ("Geen gebeurtenis past bij twee contactmomenten.", "No event fits two touchpoints."),
        "col.taken": ("Telt bij", "Counted at"),
        "col.passed": ("Past ook bij", "Also fits"),
        "outside": (
            "{n} gebeurtenissen van bekende personen vallen buiten elke reis, omdat ze voor het begin van een reis "
            "liggen.",
            "{n} events of known people fall outside every journey, because they come before the start of one.",
        ),
        "outside-none": ("Geen gebeurtenis valt buiten een reis.", "No event falls outside a journey."),
        "empty.quality": (
            "Bij deze gegevens zit geen telling van wat er is gelezen.",
            "There is no count of what was read with this data.",
        ),
        "empty.quality.do": (
            "`klantreis load` telt elke rij; `klantreis doctor` controleert of alles optelt.",
            "`klantreis load` counts every row; `klantreis doctor` checks that all adds up.",
        ),
        # method
        "title.method": ("Hoe is dit berekend?", "How was this computed?"),
        "question.method": (
            "Wat betekenen de getallen precies, en hoe maak je ze zelf na?",
            "What do the numbers mean exactly, and how do you make them yourself?",
        ),
        "gist.method": ("Definities, bronnen en opdrachten", "Definitions, sources and commands"),
        "method-terms": ("Begrippen", "Terms"),
        "term.journey": ("Reis", "Journey"),
        "def.journey": (
            "Eén tocht van één persoon, van begin tot einde. Een reis eindigt bij een eindcontactmoment, of na een "
            "lange stilte{timeout}. Iemand kan meer reizen maken.",
            "One trip of one person, from start to end. A journey ends at an end touchpoint, or after a long "
            "silence{timeout}. One person can make more journeys.",
        ),
        "def.timeout": (" (hier {span})", " (here {span})"),
        "term.touchpoint": ("Contactmoment", "Touchpoint"),
        "def.touchpoint": (
            "Een moment waarop klant en bedrijf elkaar raken. Een herkenner (`match`) zegt welke gebeurtenissen "
            "dat zijn.",
            "A moment where customer and company meet. A matcher says which events that are.",
        ),
        "term.success": ("Succes", "Success"),
        "def.success": (
            "Een reis slaagt als zij dit raakt: {touchpoints}.",
            "A journey succeeds when it meets: {touchpoints}.",
        ),
        "term.interval": ("95%-interval", "95% interval"),
        "def.interval": (
            "Aandelen hebben het interval van Wilson (1927, JASA 22: 209–212); gemiddelden dat van Student, dat "
            "met scheve antwoorden meegaat (Hall 1992, JRSS B 54: 221–228); mediane tijden van KPI’s een interval "
            "uit rangnummers. Bij herhaald meten bevat zo’n interval in 95 van de 100 gevallen de echte waarde.",
            "Shares have Wilson’s interval (1927, JASA 22: 209–212); means have Student’s, which leans as lopsided "
            "answers do (Hall 1992, JRSS B 54: 221–228); median times of KPIs have one from order statistics. "
            "Measured again and again, such an interval holds the true value 95 times in 100.",
        ),
        "term.mature": ("Met volledige tijd, en open", "With full time, and open"),
        "def.mature": (
            "Een reis heeft volledige tijd als haar hele venster{window} voor het einde van de gegevens ligt ({last}). "
            "Anders is zij open en telt zij niet in percentages.",
            "A journey has full time when its whole window{window} lies before the end of the data ({last}). Else it "
            "is open and does not count in percentages.",
        ),
        "term.over": ("Aandelen tot nu toe, en open", "Shares so far, and open"),
        "def.over": (
            "De kaart heeft geen venster (`journey: {{within: 60 days}}`), dus gaan percentages over alle reizen die "
            "begonnen. Een reis is open als zij aan het einde van de gegevens ({last}) nog kan doorgaan. Haar aandeel "
            "kan dan nog stijgen.",
            "The map has no window (`journey: {{within: 60 days}}`), so percentages are of all journeys that began. A "
            "journey is open when it can still go on at the end of the data ({last}). Shares may rise by these.",
        ),
        "def.window": (" van {span}", " of {span}"),
        "term.fitness": ("Fitness", "Fitness"),
        "def.fitness": (
            "Optimale uitlijning: 1 − kosten ÷ (gebeurtenissen + minste nodige contactmomenten). Bij gelijke "
            "kosten gaat het vroegste passende contactmoment voor, en niet bereikt voor ongepland.",
            "Optimal alignment: 1 − cost ÷ (events + fewest required touchpoints). At equal cost the earliest "
            "matching touchpoint goes first, and not reached before unplanned.",
        ),
        "term.odds": ("Verband", "Association"),
        "def.odds": (
            "Odds ratio met +0,5 per cel en een 95%-interval, alleen over wat voor het succes gebeurde. Het zegt "
            "wat samengaat, niet wat iets veroorzaakt.",
            "Odds ratio with +0.5 per cell and a 95% interval, only over what happened before the success. It says "
            "what goes together, not what causes what.",
        ),
        "term.peak-end": ("Piek-eind", "Peak-end"),
        "def.peak-end": (
            "(uitgesprokenste antwoord + laatste antwoord) ÷ 2 per reis. Bron: Alaybek e.a. (2022), Organizational "
            "Behavior and Human Decision Processes 170.",
            "(most extreme answer + last answer) ÷ 2 per journey. Source: Alaybek et al. (2022), Organizational "
            "Behavior and Human Decision Processes 170.",
        ),
        "method-data": ("Welke gegevens", "Which data"),
        "method-data-text": (
            "Gegevens van {period}, tijdzone {zone}, versie `{version}`. Dezelfde versie en dezelfde kaart geven "
            "altijd dezelfde getallen.",
            "Data from {period}, time zone {zone}, version `{version}`. The same version and the same map always "
            "give the same numbers.",
        ),
        "again": ("Zelf narekenen:", "Compute it yourself:"),
        "title.further": ("Verder gemeten", "Measured further"),
        "question.further": ("Wat is er nog meer te zeggen?", "What more is there to say?"),
        "gist.further": ("{n} metingen", "{n} measures"),
        "method-again": ("Zelf narekenen", "Do it yourself"),
        "method-again-text": (
            "Deze opdrachten maken de getallen en dit verslag opnieuw. Met `--json` krijg je ze als gegevens.",
            "These commands make the numbers and this report again. With `--json` you get them as data.",
        ),
        "cmd.load": ("gegevens laden en controleren", "load and check the data"),
        "cmd.measure": ("alle metingen als gegevens", "everything measured, as data"),
        "cmd.find": ("alle bevindingen als gegevens", "all findings, as data"),
        "cmd.report": ("dit verslag", "this report"),
        "col.command": ("Opdracht", "Command"),
        "col.gives": ("Geeft", "Gives"),
        "commands-caption": ("Opdrachten voor deze kaart.", "Commands for this map."),
    }
)
