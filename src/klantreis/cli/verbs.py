"""The verbs, in the order a person meets them: name -> (panel, one line of help)."""

from collections.abc import Mapping

from klantreis.labels import Label

START, MAP, MEASURE = Label("Beginnen", "Start"), Label("De kaart", "The map"), Label("Meten", "Measure a workspace")
GO = Label("Vraag waar mensen heen gaan", "Ask where people go")
WITH = Label("Vraag wat ermee samengaat", "Ask what goes with it")
FEEL = Label("Vraag wat ze voelen", "Ask how they feel")
BACK = Label("Vraag wie terugkomt, en wat dat brengt", "Ask who comes back, and what they bring")
PROVE = Label("Vergelijken en bewijzen", "Compare and prove")
CARE = Label("Onderhoud", "Look after it")
"""Panels of the help. What is asked is asked of a file, or of a map of the workspace."""

VERBS: Mapping[str, tuple[Label, Label]] = {
    "demo": (
        START,
        Label(
            "Maak een demowinkel, meet hem, en schrijf zijn verslag.",
            "Make a demo shop, measure it, and write its report.",
        ),
    ),
    "init": (
        START,
        Label(
            "Maak hier een werkmap: klantreis.yaml en een eerste kaart.",
            "Make a workspace here: klantreis.yaml and a first map.",
        ),
    ),
    "guide": (
        START,
        Label(
            "Vertel welke van de negen stappen van een kaart gedaan zijn, en doe de volgende.",
            "Tell which of the nine steps of a map are done, and do the next one.",
        ),
    ),
    "check": (
        MAP,
        Label("Lees de kaarten en noem elke fout in één keer.", "Read the maps and say every mistake at once."),
    ),
    "edit": (
        MAP,
        Label(
            "Bewerk een kaart in de browser: stappen, gevoel, teksten en barrières.",
            "Edit a map in the browser: its steps, feelings, texts and barriers.",
        ),
    ),
    "draw": (
        MAP,
        Label(
            "Teken een kaart (SVG), gemeten waar er gegevens zijn.", "Draw a map (SVG), measured where there is data."
        ),
    ),
    "diff": (
        MAP,
        Label(
            "Vertel wat er tussen twee versies van een kaart verschilt.",
            "Tell what differs between two versions of a map.",
        ),
    ),
    "merge": (
        MAP,
        Label(
            "Voeg twee bewerkingen van een kaart samen; botsingen staan bij hun id.",
            "Put two edits of one map together; conflicts are named by id.",
        ),
    ),
    "export": (
        MAP,
        Label(
            "Schrijf een kaart als pdf, dia's, werkboek, verhaal en meer.",
            "Write a map as pdf, slides, workbook, story and more.",
        ),
    ),
    "import": (
        MAP,
        Label("Maak een kaart van een bestand uit een ander programma.", "Make a map from a file of another tool."),
    ),
    "load": (
        MEASURE,
        Label(
            "Lees de bronnen in; dat mag zo vaak als je wilt.",
            "Read the sources into the store; repeat it as often as you like.",
        ),
    ),
    "measure": (MEASURE, Label("Reken alles uit wat een kaart meet.", "Compute every measure of a map.")),
    "find": (
        MEASURE,
        Label("Noem wat opvalt, het belangrijkste eerst.", "List what stands out, most important first."),
    ),
    "report": (
        MEASURE,
        Label(
            "Schrijf het verslag: één HTML-bestand dat overal opent.",
            "Write the report: one HTML file that opens anywhere.",
        ),
    ),
    "share": (
        MEASURE,
        Label(
            "Deel een verslag of kaart met een deellink, die je kunt vernieuwen en intrekken.",
            "Share a report or map by a link that you can renew and withdraw.",
        ),
    ),
    "votes": (
        MEASURE,
        Label(
            "Welke stappen herkennen kijkers van een gedeelde kaart?",
            "Which steps do viewers of a shared map recognise?",
        ),
    ),
    "kpis": (
        MEASURE,
        Label("Hoe elke KPI van een kaart ervoor staat.", "How each KPI of a map stands against its target."),
    ),
    "coverage": (
        MEASURE,
        Label("Wat mensen doen zonder dat de kaart het kent.", "What people do that the map does not know."),
    ),
    "identity": (
        MEASURE,
        Label(
            "Wie is wie: gebeurtenissen met een persoon, gedeelde apparaten; koppelingen losmaken, mensen vergeten.",
            "Who is who: events with a person, shared devices; undo a link, forget a person.",
        ),
    ),
    "funnel": (GO, Label("Hoeveel mensen van stap naar stap komen.", "How many get from step to step.")),
    "paths": (GO, Label("Wat op wat volgt, en hele routes.", "What follows what, and whole routes.")),
    "fit": (GO, Label("Hoe goed reizen een pad volgen.", "How well journeys follow a path.")),
    "times": (
        GO,
        Label(
            "Hoe lang reizen duren, en de wegen tussen gebeurtenissen.",
            "How long journeys and the ways between events take.",
        ),
    ),
    "standing": (GO, Label("In welke fase mensen nu zijn.", "In which phase people are now.")),
    "steps": (
        GO,
        Label("Bij welk contactmoment reizen zijn, stap voor stap.", "At which touchpoint journeys are at each step."),
    ),
    "sankey": (
        GO,
        Label(
            "Waar mensen na een contactmoment heen gaan, en waar ze vandaan komen.",
            "Where people go from a touchpoint, and came from.",
        ),
    ),
    "follows": (GO, Label("Wat na wat komt, en wie terugkeert.", "What comes after what, and who comes back.")),
    "clusters": (GO, Label("Groepen reizen die op elkaar lijken.", "Groups of journeys that go alike.")),
    "drivers": (
        WITH,
        Label(
            "Wat samengaat met het doel halen, en met weggaan.", "What goes with reaching the goal, and with leaving."
        ),
    ),
    "contacts": (
        WITH,
        Label(
            "Waarna mensen bellen, chatten of schrijven, en wie dat nog eens moet.",
            "After what people call, chat or write, and who must again.",
        ),
    ),
    "channels": (
        WITH,
        Label(
            "Welke kanalen mensen gebruiken, naast die op de kaart.",
            "Which channels people use, beside the ones the map draws.",
        ),
    ),
    "audience": (
        WITH,
        Label("Of de eerste contacten van je doelgroep zijn.", "Whether first contacts are of the people you aim at."),
    ),
    "attribution": (
        WITH,
        Label(
            "Welke kanalen aan een conversie voorafgaan, volgens elk model.",
            "Which channels come before a conversion, by every model.",
        ),
    ),
    "credit": (
        WITH,
        Label("Hetzelfde voor paden die elders geteld zijn.", "The same for paths that were counted elsewhere."),
    ),
    "emotion": (
        FEEL,
        Label(
            "Hoe klanten zeggen zich te voelen, per contactmoment.", "How customers say they feel at each touchpoint."
        ),
    ),
    "mood": (FEEL, Label("Hoe het gevoel door de tijd gaat.", "How the feeling goes over time.")),
    "themes": (
        FEEL,
        Label(
            "Waar klanten over schrijven, met je eigen woordenlijst.",
            "What customers write about, by your own word list.",
        ),
    ),
    "experience": (
        FEEL,
        Label("Wat klanten vonden, los van wat ze deden.", "What customers found, apart from what they did."),
    ),
    "retention": (
        BACK,
        Label("Hoeveel mensen terugkomen, zo lang na hun begin.", "How many come back, so long after they began."),
    ),
    "lifecycle": (BACK, Label("Wie nieuw is, terugkomt of stil wordt.", "Who is new, returns, or goes quiet.")),
    "rfm": (BACK, Label("Wie kortgeleden, vaak en voor veel kocht.", "Who bought recently, often and for much.")),
    "concentration": (
        BACK,
        Label(
            "Of 80 % van de omzet van 20 % van de klanten komt.",
            "Whether 80 % of revenue comes from 20 % of customers.",
        ),
    ),
    "clv": (
        BACK,
        Label(
            "Wat klanten nog gaan kopen, en wat dat waard is.", "What customers will still buy, and what that is worth."
        ),
    ),
    "advocates": (
        BACK,
        Label("Promotors die ook terugkomen of anderen meebrengen.", "Promoters who also come back or bring others."),
    ),
    "opinion": (
        BACK,
        Label("Of een hoge score samengaat met opnieuw kopen.", "Whether a high score goes with buying again."),
    ),
    "balance": (
        BACK,
        Label(
            "Wat elke fase krijgt, en waar de omzet vandaan komt.",
            "What each phase is given, and where revenue comes from.",
        ),
    ),
    "compare": (
        PROVE,
        Label(
            "Twee segmenten, of één en alle anderen, op alles wat gemeten is.",
            "Two segments, or one and everybody else, on every measure.",
        ),
    ),
    "drift": (
        PROVE,
        Label(
            "Loopt de nieuwste week in de pas, en wanneer veranderde er iets?",
            "Is the newest week in line, and when did something change?",
        ),
    ),
    "power": (
        PROVE,
        Label(
            "Hoeveel mensen een proef nodig heeft, voor hij begint.",
            "How many people a test needs, before it starts.",
        ),
    ),
    "prove": (
        PROVE,
        Label(
            "Hielp de verandering? Verbeterd, geen verschil, slechter, of te vroeg.",
            "Did the change work? Improved, no difference, worse, or too soon.",
        ),
    ),
    "store": (
        CARE,
        Label(
            "Wat de opslag bevat en inneemt; voeg kleine bestanden samen met --tidy.",
            "What the store holds and takes; join small files with --tidy.",
        ),
    ),
    "mcp": (
        CARE,
        Label(
            "Laat een assistent de kaarten en metingen lezen, en de getallen aanhalen.",
            "Let an assistant read the maps and measure, and cite its numbers.",
        ),
    ),
    "doctor": (CARE, Label("Kijk omgeving, opslag en tellingen na.", "Check environment, store and counts.")),
    "test": (CARE, Label("Draai de eigen tests van het programma.", "Run the product's own tests.")),
}
