"""Who is where now, who is reached, and what goes with buying again, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.audience import Audience
from klantreis.analyses.opinion import Opinion
from klantreis.analyses.standing import Standing
from klantreis.cli import figures, speak
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.scenes.numbers import day, local
from klantreis.scenes.points import within

Names = Mapping[str, str]
TEXTS: Mapping[str, Label] = {
    "standing": Label(
        "Op {} hebben {} van {} personen een reis die nog openstaat.", "On {}, {} of {} people have an open journey."
    ),
    "nobody": Label("Er is niets gemeten.", "Nothing was measured."),
    "elsewhere": Label("(nog in geen fase)", "(in no phase yet)"),
    "any": Label("een van deze", "any of these"),
    "unknown": Label("De gegevens kennen geen segment {}.", "The data know no segment {}."),
    "content": Label("hoge score: kocht opnieuw", "high score: bought again"),
    "others": Label("lagere score: kocht opnieuw", "lower score: bought again"),
    "gap": Label("verschil", "difference"),
    "claim": Label(
        "Waargenomen: het gaat samen, het is geen oorzaak. Een proef is het bewijs.",
        "Observed: it goes together, it is no cause. An experiment is the proof.",
    ),
    "young": Label("{} antwoorden hadden de tijd nog niet.", "{} answers had not had the time yet."),
    "question": Label("Vraag: {}", "Question: {}"),
}


def standing(result: Standing, said: Language, names: Names | None = None) -> None:
    """Prints how many people are in each phase, and the moment."""
    if result.why or result.at is None:
        speak.say(result.why.text(said) if result.why else _told("nobody", said))
        return
    moment = day(local(result.at, result.about.time_zone), said)
    people = (figures.number(count, said) for count in (result.people, result.all_people))
    speak.say(_told("standing", said, moment, *people))
    known = names or {}
    speak.table(
        (
            {
                "phase": _told("elsewhere", said) if row["phase"] is None else known.get(row["phase"], row["phase"]),
                "people": row["people"],
                "journeys": row["journeys"],
            }
            for row in result.rows()
            if row["phase"] is not None or row["people"]
        ),
        said,
    )


def audience(result: Audience, said: Language, names: Names | None = None) -> None:
    """Prints the share of first contacts in the segments that were aimed at."""
    known = names or {}
    if result.why:
        speak.say(result.why.text(said))
        return
    rows = [(known.get(one.segment, one.segment), one.share) for one in result.segments]
    rows += [(_told("any", said), result.fit)] if len(rows) != 1 else []
    speak.table(({"segment": who, "share": figures.percent(one, said), "n": one.n} for who, one in rows), said)
    for segment in result.unknown:
        speak.warn(_told("unknown", said, segment))


def opinion(result: Opinion, said: Language, names: Names | None = None) -> None:
    """Prints how often customers with a high and with a lower score bought again, and the difference."""
    speak.say(_told("question", said, (names or {}).get(result.survey, result.survey)))
    rows = [
        {"what": _told(key, said), "share": figures.percent(one, said), "n": one.n}
        for key, one in (("content", result.content), ("others", result.others))
    ]
    if result.gap.value is not None:
        rows.append({"what": _told("gap", said), "share": within(result.gap, said), "n": result.gap.n})
    speak.table(rows, said)
    if result.why:
        speak.say(result.why.text(said))
    if result.young:
        speak.say(_told("young", said, figures.number(result.young, said)), style="dim")
    speak.say(_told("claim", said), style="dim")


def _told(key: str, said: Language, *gaps: str) -> str:
    return filled(TEXTS[key].text(said), *gaps)
