"""How drivers, contacts and the barriers among them are shown in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantreis.analyses.barriers import Barrier
from klantreis.analyses.contacts import Contacts
from klantreis.analyses.drivers import Driver, Drivers, FeelDriver
from klantreis.cli import figures, speak
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.scenes.words_barriers import FEEL_VERDICTS, KINDS, STATUS, VERDICTS, driver_name, surely
from klantreis.stats.association import OddsRatio

Names = Mapping[str, str]
MOST = 15
HEADS: Mapping[str, Label] = {
    "what": Label("wat", "what"),
    "n": Label("personen", "people"),
    "journeys": Label("reizen", "journeys"),
    "with": Label("haalt doel", "reaches goal"),
    "without": Label("zonder", "without"),
    "odds": Label("kansverhouding", "odds ratio"),
    "alike": Label("bij gelijke lengte", "at like length"),
    "q": Label("q", "q"),
    "goes_with": Label("hangt samen met", "goes with"),
    "share": Label("neemt contact op", "make contact"),
    "contacts": Label("contacten", "contacts"),
    "lower": Label("lager gevoel", "feel lower"),
    "feel": Label("gevoel", "feeling"),
    "feel_without": Label("anderen", "others"),
    "gap": Label("verschil", "difference"),
    "lost": Label("minder halen het doel", "fewer reach the goal"),
    "again": Label("opnieuw", "again"),
    "after": Label("na", "after"),
    "money": Label("hoogstens", "at most"),
    "status": Label("op de kaart", "on the map"),
}
REACHED = Label("{share} haalt het doel (n = {n}).", "{share} reach the goal (n = {n}).")
STILL = Label("{n} kunnen het nog halen en tellen niet mee.", "{n} may still reach it and do not count.")
FEW = Label("{n} hebben te weinig personen om te vergelijken.", "{n} have too few people to compare.")
WAY = Label(
    "{n} horen bij de weg ernaartoe (bijna iedereen die het doel haalt doet het): {names}.",
    "{n} are part of the way there (nearly all who reach the goal do it): {names}.",
)
NO_CAUSE = Label(
    "Hangt samen met, is niet de oorzaak van. Vóór het eerste doel. q: zo veel van wat even zeker is, is toeval, na "
    "correctie voor {n} vergelijkingen.",
    "Goes with, does not cause. Before the first goal. q: so much of what is as sure is chance, after adjusting for "
    "{n} comparisons.",
)
BARRIERS = Label("Wat in de weg zit", "What gets in the way")
UPPER = Label(
    "Hoogstens: personen × verschil in wie het doel haalt × gemiddelde waarde; alsof alles terug te winnen is.",
    "At most: people × difference in who reaches the goal × mean value; as if all could be won back.",
)
CONTACTS = Label(
    "{n} contacten van {people} personen; {charged} binnen {within} na iets anders.",
    "{n} contacts of {people} people; {charged} within {within} after something else.",
)
FEEL = Label("Wat samenhangt met het gevoel (−2 tot +2)", "What goes with the feeling (−2 to +2)")
FELT = Label(
    "Vóór het laatste antwoord van {n} op {surveys}; gecorrigeerd voor {tests} vergelijkingen. Geen oorzaak.",
    "Before the last answer of {n} to {surveys}; adjusted for {tests} comparisons. No cause.",
)
AGAIN = Label("Opnieuw contact binnen {time}: {share}.", "Contact again within {time}: {share}.")


def drivers(result: Drivers, said: Language, names: Names | None = None) -> None:
    """Prints what goes with leaving and with reaching, with how people feel, then the barriers."""
    known = names or {}
    if result.why:
        speak.say(result.why.text(said))
    else:
        _reached(result, said, known)
    _feel(result, said, known)
    _barriers(result.barriers, said, known)


def _reached(result: Drivers, said: Language, known: Names) -> None:
    n = figures.number
    shown = [one for one in result.drivers if not one.on_the_way]
    unit = HEADS["n" if result.unit == "person" else "journeys"]
    speak.table([_driver(one, said, known, unit) for one in shown[:MOST]], said)
    notes = [REACHED.text(said).format(share=figures.percent(result.reached, said), n=n(result.reached.n, said))]
    if result.still:
        notes.append(STILL.text(said).format(n=n(result.still, said)))
    if result.few:
        notes.append(FEW.text(said).format(n=n(result.few, said)))
    way = [driver_name(one.kind, one.name, said, known) for one in result.drivers if one.on_the_way]
    if way:
        notes.append(WAY.text(said).format(n=n(len(way), said), names=", ".join(way)))
    speak.say(" ".join(notes))
    speak.say(NO_CAUSE.text(said).format(n=n(len(result.drivers), said)), style="dim")


def _feel(result: Drivers, said: Language, known: Names) -> None:
    """What goes with feeling better or worse; nothing when nobody was asked."""
    if not result.feel:
        return
    speak.table([_felt(one, said, known) for one in result.feel[:MOST]], said, title=FEEL.text(said))
    told = {"n": figures.number(result.answered, said), "tests": figures.number(len(result.feel), said)}
    surveys = ", ".join(known.get(one, one) for one in result.surveys)
    speak.say(FELT.text(said).format(surveys=surveys, **told), style="dim")


def _felt(one: FeelDriver, said: Language, names: Names) -> dict[str, object]:
    return {
        HEADS["what"].text(said): driver_name(one.kind, one.name, said, names),
        "n": one.with_it.n,
        HEADS["feel"].text(said): figures.around(one.with_it, said),
        HEADS["feel_without"].text(said): figures.around(one.without_it, said),
        HEADS["gap"].text(said): figures.around(one.gap, said),
        HEADS["alike"].text(said): "–" if one.alike is None else figures.around(one.alike, said),
        HEADS["q"].text(said): surely(one.q, said),
        HEADS["goes_with"].text(said): FEEL_VERDICTS[one.verdict].text(said),
    }


def contacts(result: Contacts, said: Language, names: Names | None = None) -> None:
    """Prints the share that makes contact after each touchpoint, and who comes again."""
    if result.why:
        speak.say(result.why.text(said))
        return
    known, n = names or {}, figures.number
    rows = [
        {
            HEADS["after"].text(said): known.get(one.name, one.name),
            HEADS["contacts"].text(said): one.contacts,
            HEADS["share"].text(said): figures.percent(one.share, said),
            "n": one.share.n,
            HEADS["lost"].text(said): figures.percent(one.lost, said),
        }
        for one in result.causes[:MOST]
    ]
    speak.table(rows, said)
    gaps = {"n": n(result.contacts, said), "people": n(result.people, said), "charged": n(result.charged, said)}
    speak.say(filled(CONTACTS.text(said), **gaps, within=figures.duration(result.within_seconds, said)))
    again = [
        {
            HEADS["what"].text(said): known.get(one.name, one.name),
            HEADS["again"].text(said): figures.percent(one.share, said),
            "n": one.share.n,
            HEADS["lost"].text(said): figures.percent(one.lost, said),
        }
        for one in result.repeats[:MOST]
    ]
    speak.table(again, said)
    time = figures.duration(result.again_seconds, said)
    speak.say(AGAIN.text(said).format(time=time, share=figures.percent(result.again, said)))
    _barriers(result.barriers, said, known)


def _driver(one: Driver, said: Language, names: Names, unit: Label) -> dict[str, object]:
    return {
        HEADS["what"].text(said): driver_name(one.kind, one.name, said, names),
        unit.text(said): one.with_it.n,
        HEADS["with"].text(said): figures.percent(one.with_it, said),
        HEADS["without"].text(said): figures.percent(one.without_it, said),
        HEADS["odds"].text(said): _odds(one.odds, said),
        HEADS["alike"].text(said): "–" if one.alike is None else _odds(one.alike, said),
        HEADS["q"].text(said): surely(one.q, said),
        HEADS["goes_with"].text(said): VERDICTS[one.verdict].text(said),
    }


def _odds(odds: OddsRatio, said: Language) -> str:
    low, high = (figures.number(value, said, 2) for value in (odds.low, odds.high))
    return f"{figures.number(odds.value, said, 2)} ({low}–{high})"


def _barriers(barriers: Sequence[Barrier], said: Language, names: Names) -> None:
    felt = any(one.severity_feel.value is not None for one in barriers)
    rows = [
        {
            HEADS["what"].text(said): driver_name(one.kind, one.at, said, names),
            HEADS["n"].text(said): one.people,
            KINDS["reach"].text(said): figures.percent(one.reach, said),
            HEADS["lost"].text(said): figures.percent(one.severity, said),
            **({HEADS["lower"].text(said): figures.around(one.severity_feel, said)} if felt else {}),
            HEADS["money"].text(said): "–" if one.at_most is None else figures.number(one.at_most, said, 0),
            HEADS["status"].text(said): STATUS[one.status].text(said),
        }
        for one in barriers[:MOST]
    ]
    speak.table(rows, said, title=BARRIERS.text(said))
    if any(one.at_most is not None for one in barriers):
        speak.say(UPPER.text(said), style="dim")
