"""The reasons of a verdict, in Dutch and English, with their numbers."""

from __future__ import annotations

from datetime import date

from klantreis.analyses.effect.result import Reason
from klantreis.labels import LANGUAGES, Label
from klantreis.spans import dated


def _count(number: int) -> tuple[str, str]:
    return f"{number:,}".replace(",", "."), f"{number:,}"


def not_started(day: str) -> Reason:
    """The change begins after the data ends; of a month or year, on its first day."""
    begins = date(*(int(part) for part in f"{day}-1-1".split("-")[:3]))
    nl, en = (dated(begins, said) for said in LANGUAGES)
    return Reason("not_started", Label(f"De verandering begint pas op {nl}.", f"The change only starts on {en}."))


def unmeasured(why: Label) -> Reason:
    """The metric cannot be measured; `why` says why."""
    return Reason("no_metric", why)


def no_window() -> Reason:
    """Nobody said when it would be judged."""
    return Reason(
        "no_window",
        Label(
            "Er is vooraf geen tijdvak genoemd: zet 'window: 28 days' bij de verandering.",
            "No window was named beforehand: write 'window: 28 days' with the change.",
        ),
    )


def no_groups() -> Reason:
    """Nobody said who has the change."""
    return Reason(
        "no_groups",
        Label(
            "Er is niet gezegd wie de verandering kreeg: zet 'treated' en 'control' bij de verandering.",
            "It is not said who got the change: write 'treated' and 'control' with the change.",
        ),
    )


def unknown_group(name: str) -> Reason:
    """A group that the data does not know."""
    return Reason(
        "unknown_group",
        Label(f"De gegevens kennen geen groep '{name}'.", f"The data knows no group '{name}'."),
    )


def no_control() -> Reason:
    """Who met a touchpoint is compared with nobody in particular."""
    return Reason(
        "no_control",
        Label(
            "Wie het contactmoment niet had, verschilt ook verder; noem bij 'control' wie het had kunnen krijgen.",
            "Who did not meet the touchpoint differs in other ways too; name in 'control' who could have got it.",
        ),
    )


def nothing() -> Reason:
    """There are no cases on one of the sides."""
    return Reason("nothing", Label("Er is nog niets om te vergelijken.", "There is nothing to compare yet."))


def few(people: int, cases: int, need: int) -> Reason:
    """A group has too few people, or these gave too few cases, for any interval to be trusted."""
    n, nl, en = (people, "mensen", "people") if people < need else (cases, "gevallen", "cases")
    return Reason("few", Label(f"Te weinig {nl} (n = {n}, nodig {need}).", f"Too few {en} (n = {n}, need {need})."))


def running(days: int) -> Reason:
    """The window is not over."""
    return Reason(
        "running",
        Label(
            f"Het afgesproken tijdvak loopt nog {days} {'dag' if days == 1 else 'dagen'}.",
            f"The agreed window still runs for {days} {'day' if days == 1 else 'days'}.",
        ),
    )


def alarm(counts: tuple[int, ...], planned: tuple[float, ...]) -> Reason:
    """The groups are not divided as planned."""
    shares = [f"{count / max(1, sum(counts)):.1%}" for count in counts]
    aims = [f"{share:.0%}" for share in planned]
    seen, meant = " / ".join(shares), " / ".join(aims)
    return Reason(
        "split_alarm",
        Label(
            f"De groepen zijn {seen.replace('.', ',')} verdeeld, bedoeld was {meant}: dat is geen toeval. "
            "Zoek eerst uit wie er ontbreekt; tot dan is de uitkomst niet te vertrouwen.",
            f"The groups are divided {seen} where {meant} was meant: that is no chance. "
            "First find out who is missing; until then the outcome cannot be trusted.",
        ),
    )


def guard_broken(kpi: Label) -> Reason:
    """The guardrail got worse."""
    return Reason(
        "guard_broken",
        Label(
            f"De grens is overschreden: '{kpi.text('nl')}' werd slechter.",
            f"The guardrail broke: '{kpi.text('en')}' got worse.",
        ),
    )


def guard_unknown(name: Label) -> Reason:
    """The guardrail cannot be measured."""
    return Reason(
        "guard_unknown",
        Label(
            f"Het werd beter, maar of de grens '{name.text('nl')}' is bewaakt, is niet te meten.",
            f"It got better, but whether the guardrail '{name.text('en')}' held cannot be measured.",
        ),
    )


def clear() -> Reason:
    """The interval lies on one side of nothing."""
    return Reason(
        "interval",
        Label("Het hele 95%-interval ligt aan één kant van nul.", "The whole 95 % interval lies beside zero."),
    )


def early() -> Reason:
    """The sequence already lies on one side of nothing."""
    return Reason(
        "sequence",
        Label(
            "Het interval waar je elke dag naar mag kijken ligt aan één kant van nul.",
            "The interval that may be looked at every day lies beside zero.",
        ),
    )


def just_found() -> Reason:
    """The near end of the interval is close to nothing."""
    return Reason(
        "just_found",
        Label(
            "Dit verschil is maar net gevonden, en wat maar net gevonden wordt, lijkt door toeval vaak groter dan het "
            "is: reken met de kant van het interval die het dichtst bij nul ligt.",
            "This difference is only just found, and what is only just found often looks larger by chance than it is: "
            "reckon with the end of the interval nearest to zero.",
        ),
    )


def within_band() -> Reason:
    """The interval lies within the band of indifference."""
    return Reason(
        "within_band",
        Label(
            "Het hele interval ligt binnen wat ertoe doet: een groter verschil is uitgesloten.",
            "The whole interval lies within what matters: a larger difference is ruled out.",
        ),
    )


def enough_power(n: int) -> Reason:
    """The test was large enough to find what matters."""
    nl, en = _count(n)
    return Reason(
        "enough_power",
        Label(
            f"Met n = {nl} was een verschil dat ertoe doet in 4 van de 5 gevallen gevonden.",
            f"With n = {en}, a difference that matters would have been found 4 times in 5.",
        ),
    )


def need_more(n: int, need: int, days: int | None) -> Reason:
    """The window is over, and there were too few to tell."""
    nl, en = _count(n), _count(need)
    left = None if days is None else _count(days)
    when = ("", "") if left is None else (f", nog ongeveer {left[0]} dagen", f", about {left[1]} more days")
    return Reason(
        "need_more",
        Label(
            f"Nog niet te zeggen: n = {nl[0]}, nodig {en[0]}{when[0]}.",
            f"Not to be told yet: n = {nl[1]}, need {en[1]}{when[1]}.",
        ),
    )


def moved_apart() -> Reason:
    """Before the change the groups already moved differently."""
    return Reason(
        "moved_apart",
        Label(
            "De groepen liepen voor de start al uit elkaar, dus het verschil bewijst niets.",
            "The groups already moved apart before the start, so the difference proves nothing.",
        ),
    )


def mostly_trend() -> Reason:
    """Had the groups gone on as before, the difference could be there without the change."""
    return Reason(
        "mostly_trend",
        Label(
            "Gingen de groepen door zoals voor de start, dan kan dit verschil er ook zonder de verandering zijn. "
            "Meer dagen vooraf helpen.",
            "Had the groups gone on as before the start, this difference could be there without the change. "
            "More days beforehand help.",
        ),
    )


def lately() -> Reason:
    """A drift that began late could explain it too."""
    return Reason(
        "lately",
        Label(
            "Begon het verschil kort voor de start al te groeien, dan kan dat het zijn: geen uitspraak over oorzaak.",
            "Had the difference begun to grow shortly before the start, that could be it: no causal claim.",
        ),
    )


def bent() -> Reason:
    """A drift of the days before that bends could explain it too."""
    return Reason(
        "bent",
        Label(
            "Ging het al steeds sneller, of begon het kort voor de start, dan kan dat het zijn: reken er niet op.",
            "Had it been going ever faster, or begun shortly before the start, that could be it: do not count on it.",
        ),
    )


def growing() -> Reason:
    """The difference grows from day to day since the change."""
    return Reason(
        "growing",
        Label(
            "Het verschil groeit nog van dag tot dag, en dat doet een sprong niet: het kan iets anders zijn dat toen "
            "begon, dus reken er niet op.",
            "The difference still grows from day to day, as a step does not: it may be something else that began "
            "then, so do not count on it.",
        ),
    )


def carried_over(part: float) -> Reason:
    """A day is so much like the day before that nothing can be told from the days before the change."""
    return Reason(
        "carried_over",
        Label(
            f"Elke dag neemt zo'n {part:.0%} van de afwijking van de dag ervoor mee. Zo'n reeks zwerft vanzelf weg, "
            "dus voor en na zegt niets: vergelijk met een groep zonder de verandering.",
            f"Each day carries some {part:.0%} of what the day before was off. Such a series wanders by itself, so "
            "before and after tell nothing: compare with a group without the change.",
        ),
    )


def trend_unknown(days: int, need: int) -> Reason:
    """There are too few days before the change to see whether the groups moved alike."""
    return Reason(
        "trend_unknown",
        Label(
            f"Te weinig dagen vooraf ({days}, nodig {need}) om te zien of de groepen gelijk opliepen.",
            f"Too few days beforehand ({days}, need {need}) to see whether the groups moved alike.",
        ),
    )


def placebo(as_much: int, of: int) -> Reason:
    """Days on which nothing happened show as much."""
    return Reason(
        "placebo",
        Label(
            f"Op {as_much} van {of} dagen waarop niets gebeurde, is het verschil even groot.",
            f"On {as_much} of {of} days on which nothing happened, the difference is as large.",
        ),
    )


def no_cause() -> Reason:
    """A plain before and after."""
    return Reason(
        "no_claim",
        Label(
            "Voor en na, zonder vergelijking: dit zegt niet dat de verandering het deed.",
            "Before and after, without a comparison: this does not say that the change did it.",
        ),
    )
