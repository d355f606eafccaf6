"""Words of how journeys go: funnel, paths, fit and times."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "node.start": ("begin van de reis", "start of the journey"),
        "node.end": ("einde van de reis", "end of the journey"),
        "empty.unmeasured": ("Hier is nog niets gemeten.", "Nothing has been measured here yet."),
        "empty.unmeasured.do": (
            "Laad eerst gegevens met `klantreis load` en maak het verslag opnieuw met `klantreis report`.",
            "Load data first with `klantreis load`, then make the report again with `klantreis report`.",
        ),
        # funnel
        "title.funnel": ("Trechter", "Funnel"),
        "question.funnel": ("Hoeveel reizen komen van fase naar fase?", "How many journeys get from phase to phase?"),
        "gist.funnel": ("{share} van de reizen bereikt {phase}", "{share} of journeys reach {phase}"),
        "what.funnel": (
            "Een reis bereikt een fase als zij, na de fasen ervoor, een contactmoment van die fase raakt. Elk "
            "contactmoment telt één keer. Tussen het begin en de fase mag hooguit {within} zitten.\n\n"
            "Percentages gaan over reizen met volledige tijd: reizen die lang genoeg geleden begonnen om hun "
            "hele venster "
            "in de gegevens te hebben. Open reizen kunnen het nog halen; ze staan wel bij de aantallen, niet in de "
            "percentages. Het interval (Wilson) zegt waartussen het echte aandeel met 95% zekerheid ligt.",
            "A journey reaches a phase when, after the phases before it, it meets a touchpoint of that phase. Each "
            "touch counts once. At most {within} may pass from the start to the phase.\n\n"
            "Percentages are about journeys with full time: those that began long enough ago to have their "
            "whole window in "
            "the data. Open journeys may still get there; they are in the counts but not in the percentages. The "
            "interval (Wilson) says where the true share lies with 95% confidence.",
        ),
        "gist.funnel.so-far": (
            "{share} van de reizen bereikte tot nu toe {phase}",
            "{share} of journeys have reached {phase} so far",
        ),
        "what.funnel.no-limit": (
            "Een reis bereikt een fase als zij, na de fasen ervoor, een contactmoment van die fase raakt, hoe lang dat "
            "ook duurt. Elk contactmoment telt één keer.\n\n"
            "Percentages gaan over alle reizen die begonnen, en zeggen hoe ver die tot nu toe kwamen. Open reizen "
            "kunnen nog verder komen, dus een percentage kan nog stijgen. Met een venster op de kaart (`journey: "
            "{{within: 60 days}}`) gaan percentages over reizen die er de tijd voor hadden. Het interval (Wilson) zegt "
            "waartussen het aandeel met 95% zekerheid ligt.",
            "A journey reaches a phase when, after the phases before it, it meets a touchpoint of that phase, however "
            "long that takes. Each touch counts once.\n\n"
            "Percentages are of all journeys that began, and say how far these have come. Open journeys may still get "
            "further, so a percentage may still rise. With a window on the map (`journey: {{within: 60 days}}`) they "
            "are of journeys that had the time. The interval (Wilson) says where the share lies with 95% confidence.",
        ),
        "funnel-so-far": (
            "{all} reizen in de gegevens, waarvan {entered} de eerste fase raken. {open} daarvan lopen nog en kunnen "
            "verder komen: de percentages zijn die van nu. Geef de kaart een venster (`journey: {{within: 60 days}}`) "
            "voor percentages over reizen die er de tijd voor hadden.",
            "{all} journeys in the data, of which {entered} meet the first phase. {open} of those still go on and may "
            "get further: percentages are those of now. Give the map a window (`journey: {{within: 60 days}}`) for "
            "percentages of journeys that had the time.",
        ),
        "funnel-caption.no-limit": (
            "Reizen per fase, {period}. Percentages over alle reizen die begonnen, met 95%-interval.",
            "Journeys per phase, {period}. Percentages of all journeys that began, with 95% interval.",
        ),
        "col.over": ("Afgelopen (reizen)", "Over (journeys)"),
        "segments-caption.no-limit": (
            "Aandeel van het begin dat elke fase bereikt, per segment, met 95%-interval en n reizen die begonnen.",
            "Share of the start that reaches each phase, by segment, with 95% interval and n journeys that began.",
        ),
        "funnel-open": (
            "{all} reizen in de gegevens, waarvan {entered} de eerste fase raken. {open} daarvan zijn nog open: "
            "hun venster van {within} is niet voorbij.",
            "{all} journeys in the data, of which {entered} meet the first phase. {open} of those are still open: "
            "their window of {within} has not passed.",
        ),
        "funnel-mature": (
            "{all} reizen in de gegevens, waarvan {entered} de eerste fase raken. Geen ervan is nog open.",
            "{all} journeys in the data, of which {entered} meet the first phase. None of them is still open.",
        ),
        "funnel-caption": (
            "Reizen per fase, {period}. Percentages over reizen met volledige tijd, met 95%-interval.",
            "Journeys per phase, {period}. Percentages of journeys with full time, with 95% interval.",
        ),
        "col.phase": ("Fase", "Phase"),
        "col.what-bar": ("In beeld", "At a glance"),
        "col.reached": ("Bereikt (reizen)", "Reached (journeys)"),
        "col.mature": ("Met volledige tijd (reizen)", "With full time (journeys)"),
        "col.share": ("Aandeel van begin", "Share of start"),
        "col.onward": ("Vanaf vorige fase", "From previous phase"),
        "col.median-before": ("Mediane tijd vanaf vorige", "Median time from previous"),
        "col.middle-half": ("Middelste helft", "Middle half"),
        "empty.funnel": ("Geen reis raakte een fase van de kaart.", "No journey met a phase of the map."),
        "empty.funnel.do": (
            "Een fase telt mee zodra een van haar contactmomenten een herkenner (`match:`) heeft die "
            "gebeurtenissen raakt. Kijk bij Dekking welke gebeurtenissen de kaart nog niet kent.",
            "A phase counts once one of its touchpoints has a matcher (`match:`) that meets events. See Coverage "
            "for the events that the map does not know yet.",
        ),
        "segments": ("Per segment", "By segment"),
        "segments-caption": (
            "Aandeel van het begin dat elke fase bereikt, per segment, met 95%-interval en n reizen met "
            "volledige tijd.",
            "Share of the start that reaches each phase, by segment, with 95% interval and n journeys with full time.",
        ),
        "segments-note": (
            "Overlappen de intervallen van twee segmenten niet, dan verschillen ze vrijwel zeker. Overlappen ze "
            "wel, dan is daarmee nog niet gezegd dat ze gelijk zijn.",
            "Where the intervals of two segments do not overlap they almost surely differ. Where they do, that "
            "does not yet say that they are equal.",
        ),
        "everybody": ("Iedereen", "Everybody"),
        "no-segments": (
            "Deze kaart heeft geen segmenten. Voeg ze toe onder `segments:` om groepen klanten te vergelijken.",
            "This map has no segments. Add them under `segments:` to compare groups of customers.",
        ),
        # paths
        "title.paths": ("Paden", "Paths"),
        "question.paths": (
            "Wat volgt op wat, en welke hele routes nemen klanten?",
            "What follows what, and which whole routes do customers take?",
        ),
        "gist.paths": ("{n} verschillende routes in {journeys} reizen", "{n} different routes in {journeys} journeys"),
        "what.paths": (
            "Een pijl is een directe opvolging: na het ene contactmoment kwam meteen het andere. Keer telt elke "
            "opvolging, personen telt iedereen één keer. Het aandeel is van alles wat van dat contactmoment "
            "vertrekt, het einde van de reis meegeteld.\n\n"
            "Een route is de hele rij contactmomenten van een reis. Dekking is het deel van alle reizen dat de "
            "routes tot en met die rij samen verklaren.",
            "An arrow is a direct succession: right after one touchpoint came the other. Times counts every "
            "succession, people counts everybody once. The share is of all that leaves that touchpoint, the end of "
            "the journey included.\n\n"
            "A route is the whole row of touchpoints of a journey. Coverage is the part of all journeys that the "
            "routes up to that row explain together.",
        ),
        "edges": ("Wat volgt op wat", "What follows what"),
        "edges-caption": (
            "Directe opvolgingen, {period}, meeste eerst.",
            "Direct successions, {period}, most frequent first.",
        ),
        "col.from": ("Van", "From"),
        "col.to": ("Naar", "To"),
        "col.times": ("Keer", "Times"),
        "col.share-out": ("Aandeel van vertrek", "Share of leaving"),
        "col.median": ("Mediaan", "Median"),
        "col.p90": ("9 van 10 binnen", "9 in 10 within"),
        "variants": ("Hele routes", "Whole routes"),
        "variants-caption": (
            "Routes, {period}: {shown} van {all}, meeste eerst.",
            "Routes, {period}: {shown} of {all}, most frequent first.",
        ),
        "col.rank": ("Nr.", "No."),
        "col.route": ("Route", "Route"),
        "col.journeys": ("Reizen", "Journeys"),
        "col.share-journeys": ("Aandeel van reizen", "Share of journeys"),
        "col.covered": ("Dekking tot hier", "Covered so far"),
        "collapsed": (
            "Herhalingen direct na elkaar zijn samengenomen: {n} keer.",
            "Repeats in a row are taken together: {n} times.",
        ),
        "empty.paths": ("Er zijn geen reizen om paden van te tekenen.", "There are no journeys to draw paths of."),
        "empty.paths.do": (
            "Geen gebeurtenis viel op een contactmoment. Kijk bij Dekking welke gebeurtenissen er wel zijn en geef "
            "de contactmomenten een herkenner (`match:`).",
            "No event fell on a touchpoint. See Coverage for the events there are and give the touchpoints a "
            "matcher (`match:`).",
        ),
        # fit
        "title.fit": ("Ideaal tegenover echt", "Ideal against real"),
        "question.fit": (
            "Hoeveel reizen lopen zoals bedacht, en waar wijken ze af?",
            "How many journeys go as designed, and where do they deviate?",
        ),
        "gist.fit": ("{share} volgt {scenario} precies", "{share} follow {scenario} exactly"),
        "what.fit": (
            "Elke reis wordt op de goedkoopste manier naast het ideale pad gelegd. Een niet bereikt of ongepland "
            "contactmoment kost 1. Fitness = 1 − kosten ÷ (gebeurtenissen + minste nodige contactmomenten): 1 is "
            "precies zoals bedacht. Het gemiddelde is over reizen; gewogen is over alle stappen samen, zodat lange "
            "reizen zwaarder tellen.\n\n"
            "Van open reizen telt alleen wat al gebeurd is: wat nog kan komen, is geen afwijking. "
            "Gebeurtenissen die de kaart niet kent tellen hier niet mee; die staan bij Dekking.",
            "Each journey is laid beside the ideal path in the cheapest way. A skipped or unplanned touchpoint "
            "costs 1. Fitness = 1 − cost ÷ (events + fewest required touchpoints): 1 is exactly as designed. The "
            "mean is over journeys; pooled is over all moves together, so that long journeys weigh more.\n\n"
            "Of open journeys only what has happened counts: what may still come is not called missing. Events "
            "that the map does not know are left out here; see Coverage.",
        ),
        "fit-share": ("Precies volgens {scenario}", "Exactly as {scenario}"),
        "fit-mean": ("Gemiddelde fitness", "Mean fitness"),
        "fit-pooled": ("Gewogen fitness", "Pooled fitness"),
        "fit-scored": ("Gescoorde reizen", "Journeys scored"),
        "fit-open": ("waarvan {n} nog open", "of which {n} still open"),
        "fit-of-one": ("van 1", "of 1"),
        "occasion.trigger": ("Begint bij", "Begins with"),
        "occasion.goal": ("Doel van de klant", "Goal of the customer"),
        "occasion.urgency": ("Haast", "Urgency"),
        "fit-path": ("Het bedachte pad: {path}", "The designed path: {path}"),
        "fit-not": ("Niet te berekenen voor {scenario}: {why}", "Cannot be computed for {scenario}: {why}"),
        "deviations": ("Afwijkingen", "Deviations"),
        "deviations-caption": (
            "Afwijkingen van {scenario}, meeste reizen eerst, als aandeel van {n} gescoorde reizen.",
            "Deviations from {scenario}, most journeys first, as a share of {n} journeys scored.",
        ),
        "no-deviations": ("Geen enkele reis wijkt af.", "Not one journey deviates."),
        "col.touchpoint": ("Contactmoment", "Touchpoint"),
        "col.kind": ("Soort", "Kind"),
        "col.skip": ("Slaat over", "Skip it"),
        "skip-least": ("minstens {share} van {n}", "at least {share} of {n}"),
        "col.moves": ("Keer", "Times"),
        "col.examples": ("Voorbeelden", "Examples"),
        "fit-phases-caption": (
            "Waar de kosten van {scenario} vallen, per fase.",
            "Where the cost of {scenario} falls, by phase.",
        ),
        "col.cost": ("Kosten", "Cost"),
        "col.cost-share": ("Deel van alle kosten", "Part of all cost"),
        "col.deviating": ("Reizen die afwijken", "Deviating journeys"),
        "kind.missing": ("niet bereikt", "not reached"),
        "kind.ad_hoc": ("ongepland", "unplanned"),
        "kind.out_of_order": ("andere volgorde", "out of order"),
        "kind.repeat": ("herhaald", "repeated"),
        "kind.failed": ("mislukt", "failed"),
        "whatkind.missing": (
            "het moment hoort erbij maar kwam niet, ook bij wie eerder afhaakte. Slaat over: het deel dat het zeker "
            "zonder deed, van de reizen die verder kwamen",
            "it belongs there but did not come, also for those who left earlier. Skip it: the part that surely did "
            "without, of the journeys that got further",
        ),
        "whatkind.ad_hoc": ("het moment kwam maar hoort niet in dit pad", "it came but is not on this path"),
        "whatkind.out_of_order": (
            "het moment kwam eerder of later dan bedacht",
            "it came earlier or later than designed",
        ),
        "whatkind.repeat": ("het moment kwam vaker dan bedacht", "it came more often than designed"),
        "whatkind.failed": ("het moment werd bereikt maar ging mis", "it was reached but went wrong"),
        "kinds": ("Wat de soorten betekenen", "What the kinds mean"),
        "empty.fit": ("Deze kaart heeft geen ideaal scenario.", "This map has no ideal scenario."),
        "empty.fit.do": (
            "Schrijf op hoe de reis hoort te lopen, onder `scenarios:` met `kind: ideal` en een `path`. Dan laat "
            "dit hoofdstuk zien hoeveel klanten dat pad echt volgen.",
            "Write down how the journey should go, under `scenarios:` with `kind: ideal` and a `path`. This "
            "chapter then shows how many customers really follow it.",
        ),
        "path.or": ("of", "or"),
        "path.and": ("en", "and"),
        "path.choice": ("({options})", "({options})"),
        "path.any-order": ("({parts}, in willekeurige volgorde)", "({parts}, in any order)"),
        "path.maybe": ("({part}, mag)", "({part}, optional)"),
        "path.repeat": ("({part}, één keer of vaker)", "({part}, once or more)"),
        "path.redo": ("({part}, zo nodig opnieuw via {redo})", "({part}, if needed again by {redo})"),
        "path.exit": ("haakt af: {reason}", "leaves: {reason}"),
        # times
        "title.times": ("Tijden", "Times"),
        "question.times": (
            "Hoe lang duurt de reis, en waar gaat de tijd zitten?",
            "How long does the journey take, and where does the time go?",
        ),
        "gist.times": ("De helft is binnen {median} klaar", "Half are done within {median}"),
        "what.times": (
            "De mediaan is de middelste: de helft is sneller, de helft langzamer. De middelste helft loopt van het "
            "eerste tot het derde kwart. Een gemiddelde staat er niet bij: een paar heel lange reizen zouden het "
            "bepalen.\n\n"
            "Tijd in een fase loopt van het eerste contactmoment in die fase tot het eerste in een latere fase, of "
            "tot het laatste contactmoment als er geen latere komt. 'Wie verdergaat' laat weg wie in de fase stopte.",
            "The median is the middle one: half are faster, half slower. The middle half runs from the first to "
            "the third quarter. There is no mean: a few very long journeys would rule it.\n\n"
            "Time in a phase runs from the first touch in that phase to the first in a later one, or to the last "
            "touch when none follows. 'Those who go on' leaves out those who stopped in the phase.",
        ),
        "times-phases-caption": (
            "Duur van de hele reis en per fase, {period}.",
            "Duration of the whole journey and per phase, {period}.",
        ),
        "times-between-caption": (
            "Tijd tussen twee contactmomenten die direct op elkaar volgen, meeste eerst.",
            "Time between two touchpoints in direct succession, most frequent first.",
        ),
        "onward": ("– wie verdergaat", "– those who go on"),
        "whole-journey": ("De hele reis", "The whole journey"),
        "between": ("Tussen contactmomenten", "Between touchpoints"),
        "not-exact": (
            "Kwartielen met ≈ komen uit een histogram en wijken hooguit 0,4% af.",
            "Quartiles with ≈ come from a histogram and are within 0.4%.",
        ),
        "col.what-time": ("Wat", "What"),
        "col.expected": ("Verwacht", "Expected"),
        "empty.times": ("Er zijn geen tijden om te laten zien.", "There are no times to show."),
        "empty.times.do": (
            "Een duur vraagt twee contactmomenten in één reis. Geef meer contactmomenten een herkenner (`match:`).",
            "A duration takes two touches in one journey. Give more touchpoints a matcher (`match:`).",
        ),
    }
)
