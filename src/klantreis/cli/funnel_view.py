"""A funnel and what it tells beside its steps, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.funnel import Funnel, FunnelGroup
from klantreis.cli import figures, speak
from klantreis.cli.words import TEXTS, text
from klantreis.labels import Label, Language
from klantreis.stats.intervals import Estimate

Names = Mapping[str, str]

SAID: Mapping[str, Label] = {
    "so_far": Label(
        "{} lopen nog en kunnen verder komen: de aandelen zijn die tot nu toe, van allen die begonnen. Met een venster "
        "tellen zij die er de tijd voor hadden: --within 30d, of op de kaart 'journey: {{within: 30 days}}'.",
        "{} still go on and may get further: shares are so far, of all who began. With a window they are of those who "
        "had the time: --within 30d, or on the map 'journey: {{within: 30 days}}'.",
    ),
    "excluded": Label(
        "{} uitgesloten: na elke poging kwam een gebeurtenis die haar beëindigt; zij tellen nergens mee.",
        "{} excluded: an event that ends it followed every attempt; they count nowhere.",
    ),
    "took": Label(
        "Van start tot einde: mediaan {}; een kwart binnen {}, negen op de tien binnen {}.",
        "From start to end: median {}; a quarter within {}, nine in ten within {}.",
    ),
    "of_all": Label(
        "Van iedereen die begon, ook wie nog bezig kan zijn, is de helft er na {} (Kaplan-Meier).",
        "Of all who began, those who may still come included, half are there after {} (Kaplan-Meier).",
    ),
    "never": Label(
        "Van iedereen die begon, ook wie nog bezig kan zijn, is binnen het venster niet de helft er (Kaplan-Meier).",
        "Of all who began, those who may still come included, half are not there within the window (Kaplan-Meier).",
    ),
    "met": Label("Gedaan, in welke volgorde ook", "Done, in any order"),
    "groups": Label("Per groep", "Per group"),
    "rest": Label(
        "Verschil: het aandeel dat het einde haalt, min dat van alle anderen.",
        "Difference: the share that reaches the end, minus that of everybody else.",
    ),
    "waits": Label(
        "Mediaan*: van iedereen die begon, ook wie nog bezig kan zijn (Kaplan-Meier); –: niet de helft in het venster.",
        "Median*: of all who began, those who may still come included (Kaplan-Meier); –: not half within the window.",
    ),
    "compared": Label("{} min {}", "{} minus {}"),
    "missing": Label("(geen waarde)", "(no value)"),
    "not_reached": Label("(stap niet bereikt)", "(step not reached)"),
    "mixed": Label("(verschillend)", "(differs)"),
    "other": Label("(overige)", "(others)"),
}


def funnel(result: Funnel, said: Language, names: Names | None = None, counted: str = "people") -> None:
    """Prints a funnel; `counted`: what its numbers are, 'people' or 'journeys'."""
    known = names or {}
    speak.table(
        (
            {
                "step": known.get(step.step, step.step),
                counted: step.people,
                "from_previous": figures.percent(step.from_previous, said),
                "of_entrants": figures.percent(step.share, said) if place else "100%" if step.people else figures.NONE,
                "n": step.people if result.within is None else step.mature,
                "median": figures.duration(step.median_seconds, said),
            }
            for place, step in enumerate(result.steps)
        ),
        said,
    )
    open_ = result.open_entries if result.within is not None else 0
    told = f" {text('open', said, figures.number(open_, said))}" if open_ else ""
    speak.say(TEXTS["brackets"].text(said) + told, style="dim")
    if result.may_go_on:
        speak.say(SAID["so_far"].text(said).format(figures.number(result.may_go_on, said)), style="dim")


def apart(result: Funnel, said: Language) -> None:
    """Prints how many are excluded; nothing when nobody is."""
    if result.excluded:
        speak.say(SAID["excluded"].text(said).format(figures.number(result.excluded, said)), style="dim")


def took(result: Funnel, said: Language) -> None:
    """Prints how long the whole way took; nothing when nobody went it."""
    waits = result.to_convert
    if waits.median.value is None or len(result.steps) < 2:
        return
    shown = figures.measured(waits.median, "seconds", said)
    quarter, most = (figures.duration(seconds, said) for seconds in (waits.q25_seconds, waits.p90_seconds))
    speak.say(SAID["took"].text(said).format(shown, quarter, most), style="dim")
    if waits.median_of_all is not None:
        key = "never" if waits.median_of_all.value is None else "of_all"
        speak.say(SAID[key].text(said).format(figures.measured(waits.median_of_all, "seconds", said)), style="dim")


def met(result: Funnel, said: Language, names: Names) -> None:
    """Prints how many did each step of a funnel in any order; nothing for another one."""
    rows = ({"step": names.get(step, step), "people": people} for step, people in result.met)
    speak.table(rows, said, title=SAID["met"].text(said))


def groups(result: Funnel, said: Language, names: Names) -> None:
    """Prints a line per group, and two groups beside each other when that was asked."""
    if not result.groups:
        return
    rows = (
        {
            "group": _called(one, said, names),
            "people": one.steps[0].people,
            "of_entrants": figures.percent(one.steps[-1].share, said),
            "n": one.steps[-1].share.n,
            "difference": points(one.difference, said),
            "median": figures.measured(one.to_convert.median, "seconds", said),
        }
        | _of_all(result, one, said)
        for one in result.groups
    )
    speak.table(rows, said, title=SAID["groups"].text(said))
    speak.say(SAID["rest"].text(said), style="dim")
    if result.to_convert.median_of_all is not None:
        speak.say(SAID["waits"].text(said), style="dim")
    if result.compare is not None:
        one, other = result.compare
        title = SAID["compared"].text(said).format(names.get(one, one), names.get(other, other))
        beside = (
            {
                "step": names.get(step.step, step.step),
                "difference": points(result.difference(one, other, step.step), said),
            }
            for step in result.steps[1:]
        )
        speak.table(beside, said, title=title)


def _of_all(result: Funnel, one: FunnelGroup, said: Language) -> dict[str, str]:
    """The median of all entries of a group, once anybody's entry is open."""
    if result.to_convert.median_of_all is None:
        return {}
    found = one.to_convert.median_of_all
    return {"median_of_all": figures.NONE if found is None else figures.measured(found, "seconds", said)}


def _signed(part: float, said: Language) -> str:
    return figures.local(f"{100 * part:+.1f}" if abs(part) >= 0.0005 else "0.0", said).replace("-", "−")


def points(gap: Estimate, said: Language) -> str:
    """Returns a difference of shares in percent points with its interval: '+3.1 (−0.4 to +6.6)'."""
    if gap.value is None or gap.low is None or gap.high is None:
        return figures.NONE
    shown = [_signed(part, said) for part in (gap.value, gap.low, gap.high)]
    return f"{shown[0]} ({shown[1]} {'tot' if said == 'nl' else 'to'} {shown[2]})"


def _called(group: FunnelGroup, said: Language, names: Names) -> str:
    if group.value is None:
        return SAID[group.kind].text(said)
    return names.get(group.value, group.value)
