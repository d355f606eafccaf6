"""`klantreis compare`: two segments, or one and everybody else, on every measure at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from klantreis.analyses.comparison import Comparison, Line
from klantreis.cli import columns, figures, speak
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.comparison import names
from klantreis.verbs.compare import compare
from klantreis.verbs.picture import picture
from klantreis.workspace import open_workspace

One = Annotated[str, typer.Option("--segment", help="A segment of the map, by its id.")]
With = Annotated[str | None, typer.Option("--with", help="Another segment. Default: everybody else.")]
Drawn = Annotated[Path | None, typer.Option("--svg", help="Also draw the answer, in this file.")]
HEADS: Mapping[str, Label] = {
    "measure": Label("maat", "measure"),
    "difference": Label("verschil", "difference"),
    "strength": Label("sterkte", "strength"),
    "sure": Label("zeker", "sure"),
}
TEXTS: Mapping[str, Label] = {
    "size": Label("{n} klantreizen tegen {m}.", "{n} journeys against {m}."),
    "both": Label(
        "{n} personen zijn in beide groepen; de intervallen tellen hun klantreizen als los van elkaar.",
        "{n} people are in both groups; the intervals take their journeys as independent.",
    ),
    "rule": Label(
        "Zeker: ook na correctie voor het aantal vergelijkingen (Benjamini-Hochberg, 5%). Sterkte: het verschil in "
        "standaardafwijkingen (0,2 klein, 0,8 groot). Een verschil tussen mensen is nog geen gevolg.",
        "Sure: also after correction for how many were compared (Benjamini-Hochberg, 5%). Strength: the difference in "
        "standard deviations (0.2 small, 0.8 large). A difference between people is not yet an effect.",
    ),
    "points": Label(" procentpunt", " percentage points"),
}


def run(
    segment: One,
    with_: With = None,
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    since: columns.Since = None,
    until: columns.Until = None,
    language: columns.Said = None,
    json: columns.Json = False,
    svg: Drawn = None,
) -> None:
    """What differs between two segments, or a segment and everybody else: every measure, strongest first.

    Example: klantreis compare --map ring-kopen --segment nieuw --with bestaand
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    one = shop.map(map_)
    with speak.progress("compare") as tell:
        found = compare(shop.slice(one, since=since, until=until, tell=tell), one, segment, other=with_)
    if svg is not None:
        picture(found, map_=one, language=said).save(svg)
    if json:
        speak.as_json(found.to_dict())
        return
    show(found, said, one)
    if svg is not None:
        speak.line(str(svg))


def _asked(of: object, with_: With = None) -> None:
    """What differs between a segment, which must be given as of any question, and another one or everybody else: every
    measure, strongest first.
    """


run.question = _asked  # type: ignore[attr-defined] # who asks without a terminal reads its options here


def show(result: Comparison, said: Language, map_: JourneyMap) -> None:
    """Prints both groups and their difference, one row a measure."""
    known, groups = names(result, map_, said)
    speak.line(" – ".join(groups), style="bold")
    n = [figures.number(count, said) for count in result.n]
    speak.say(TEXTS["size"].text(said).format(n=n[0], m=n[1]))
    speak.table((_row(line, known, groups, said) for line in result.lines), said)
    if result.both:
        speak.say(TEXTS["both"].text(said).format(n=figures.number(result.both, said)), style="dim")
    speak.say(TEXTS["rule"].text(said), style="dim")


def _row(
    line: Line, known: Mapping[tuple[str, str], str], groups: tuple[str, str], said: Language
) -> dict[str, object]:
    difference = figures.measured(line.difference, line.unit, said)
    if line.unit == "share":
        difference = difference.replace("%", TEXTS["points"].text(said))
    return {
        HEADS["measure"].text(said): known[line.kind, line.id],
        groups[0]: figures.plain(line.one.value, line.unit, said),
        groups[1]: figures.plain(line.other.value, line.unit, said),
        HEADS["difference"].text(said): difference.replace("-", "−"),
        HEADS["strength"].text(said): figures.number(line.strength.value, said, 2),
        HEADS["sure"].text(said): line.why.text(said) if line.why else line.sure,
    }
