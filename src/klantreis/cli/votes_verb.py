"""`klantreis votes`: which steps viewers recognise; add the answers they sent back, or remove those of one."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from klantreis.cli import columns, figures, speak
from klantreis.cli.agree import agreed
from klantreis.errors import OptionError
from klantreis.filled import filled
from klantreis.labels import Label, Language, mentioned
from klantreis.map.model import JourneyMap
from klantreis.map.votes import LEAST, Answers, Recognised, version_of, walked
from klantreis.workspace import open_workspace
from klantreis.workspace.votes import Added, add, file_of, recognised, remove, text_of, votes_of

More = Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="More files, after --add.", show_default=False)]
Add = Annotated[
    list[Path] | None,
    typer.Option("--add", metavar="FILE", help="Add the answers in this file, a saved mail too; - for pasted text."),
]
Remove = Annotated[str | None, typer.Option("--remove", metavar="VIEWER", help="Remove all that this viewer sent.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to remove it.")]

HALF = 0.5
"""A step that fewer recognise is to be asked on about."""

WORDS: Mapping[str, Label] = {
    "added": Label("Toegevoegd: {new} nieuwe kijkers, {replaced} vervangen, {same} hetzelfde.",
                   "Added: {new} new viewers, {replaced} replaced, {same} the same."),
    "older": Label("{n} van hen zagen een andere versie van de kaart.", "{n} of them saw another version of the map."),
    "empty": Label("In {file} staan geen antwoorden.", "There are no answers in {file}."),
    "refused": Label("{n} geweigerd; ze staan met hun reden in .klantreis/votes/refused.csv.",
                     "{n} refused; they stand with their reason in .klantreis/votes/refused.csv."),
    "sure": Label("Alles van kijker {viewer} verwijderen?", "Remove all that viewer {viewer} sent?"),
    "removed": Label("Weg: {n} antwoorden van kijker {viewer}.", "Removed: {n} answers of viewer {viewer}."),
    "git": Label("Wat git al bewaarde, staat nog in de geschiedenis.", "What git kept before, its history still has."),
    "head": Label("{map}: {viewers} kijkers, {votes} stemmen; minst herkend eerst",
                  "{map}: {viewers} viewers, {votes} votes; least recognised first"),
    "older-all": Label("{n} kijkers zagen een andere versie van de kaart dan er nu staat.",
                       "{n} viewers saw another version of the map than stands now."),
    "gone": Label("Niet meer op de kaart, wel op gestemd: {steps}.", "Voted on, and no longer on the map: {steps}."),
    "comments": Label("Reacties", "Comments"),
    "none": Label("Op de kaart {map} is nog niet gestemd.", "Nobody voted on the map {map} yet."),
    "ask": Label("Vraag erom: klantreis share --map {map} --votes --to MAP\n"
                 "Voeg toe wat je terugkrijgt: klantreis votes --add BESTAND",
                 "Ask for it: klantreis share --map {map} --votes --to FOLDER\n"
                 "Add what comes back: klantreis votes --add FILE"),
    "few": Label("te weinig (n = {n}, nodig {need})", "too few (n = {n}, need {need})"),
    "of": Label("{yes} van {n}", "{yes} of {n}"),
    "next-few": Label("Volgende stap: geen stap heeft al {need} stemmen; geef de link aan meer kijkers.",
                      "Next step: no step has {need} votes yet; give the link to more viewers."),
    "next-weak": Label("Volgende stap: vraag door bij {step}, dat de minste herkennen, en pas de stap aan.",
                       "Next step: ask on about {step}, which fewest recognise, and mend that step."),
    "next-good": Label("Volgende stap: geen; elke stap met genoeg stemmen wordt door de meesten herkend.",
                       "Next step: none; most recognise every step that has enough votes."),
}  # fmt: skip


def run(
    more: More = None,
    add_: Add = None,
    remove_: Remove = None,
    yes: Yes = False,
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Tell how many viewers recognise each step of a map, least recognised first; add what they sent, or remove it.

    A page made by klantreis share --votes asks it at each step, and its viewers send their answers themselves. They are
    kept in votes/, a plain file per map. Of each viewer only the last answers count. Votes are no measure of customers.

    Example: klantreis votes --map ring-kopen
    Example: klantreis votes --add answers.txt
    """
    shop = open_workspace(workspace)
    said, added, gone = speak.language(language, shop.languages), None, None
    files = [*(add_ or ()), *(more or ())]
    if (files and not add_) or (files and remove_):
        raise OptionError(
            Label("Wat moet er met deze bestanden?", "What is to be done with these files?"),
            mend=Label("Toevoegen: klantreis votes --add BESTAND", "To add them: klantreis votes --add FILE"),
        )
    if files:
        texts = {str(file): sys.stdin.read() if str(file) == "-" else text_of(file) for file in files}
        added = add(shop.folder, shop.maps(), texts, datetime.now(UTC), said)
    if remove_ is not None:
        if not agreed(_say("sure", said, viewer=remove_), said, yes=yes):
            return
        gone = remove(shop.folder, remove_)
    shown = shop.map(map_ or (added.maps[0] if added and added.maps else None))
    found, kept = recognised(shop.folder, shown), votes_of(shop.folder, shown.id)
    if json:
        file = str(file_of(shop.folder, shown.id))
        speak.as_json(_plain(shown, found, kept, said) | {"file": file, "added": _of(added, said), "removed": gone})
        return
    if added is not None:
        _added(added, said)
    if gone is not None:
        speak.done(_say("removed", said, n=gone, viewer=remove_))
        speak.line(_say("git", said), style="dim")
    _shown(shown, found, kept, said)


def ranked(found: Mapping[str, Recognised]) -> list[tuple[str, Recognised]]:
    """Returns the steps, least recognised first; those with too few votes come last, in the order of the map."""
    few = {step for step, one in found.items() if one.n < LEAST}
    return sorted(found.items(), key=lambda one: (one[0] in few, 0 if one[0] in few else one[1].yes / one[1].n))


def _shown(map_: JourneyMap, found: Mapping[str, Recognised], kept: Sequence[Answers], said: Language) -> None:
    if not kept:
        speak.line(_say("none", said, map=map_.id))
        speak.line(_say("ask", said, map=map_.id), style="dim")
        return
    names, votes = _names(map_, said), sum(len(one.votes) for one in kept)
    title = map_.title.text(said) or map_.id
    speak.line(_say("head", said, map=title, viewers=len(kept), votes=votes), style="bold")
    few = {step: _say("few", said, n=one.n, need=LEAST) for step, one in found.items() if one.n < LEAST}
    rows = [
        {
            "step": names[step],
            "recognised": few.get(step) or _say("of", said, yes=one.yes, n=one.n),
            "share": "" if step in few else figures.percent(one.share, said),
        }
        for step, one in ranked(found)
    ]
    speak.table(rows, said)
    older = sum(one.version != version_of(map_) for one in kept)
    if older:
        speak.warn(_say("older-all", said, n=older))
    lost = sorted({step for one in kept for step in one.votes} - set(walked(map_)))
    if lost:
        speak.warn(_say("gone", said, steps=", ".join(lost)))
    comments = [one.comment for one in kept if one.comment]
    if comments:
        speak.line(f"\n{_say('comments', said)}", style="bold")
    for comment in comments:
        speak.say(f"- {comment}")
    speak.line(f"\n{_next(found, names, said)}")


def _next(found: Mapping[str, Recognised], names: Mapping[str, str], said: Language) -> str:
    enough = [(step, one) for step, one in ranked(found) if one.n >= LEAST]
    if not enough:
        return _say("next-few", said, need=LEAST)
    step, least = enough[0]
    weak = (least.share.value or 0) < HALF
    return _say("next-weak" if weak else "next-good", said, step=mentioned(names[step]))


def _added(added: Added, said: Language) -> None:
    speak.done(_say("added", said, new=added.new, replaced=added.replaced, same=added.same))
    if added.older:
        speak.line(_say("older", said, n=added.older))
    for file in added.empty:
        speak.warn(_say("empty", said, file=file))
    if added.refused:
        speak.warn(_say("refused", said, n=len(added.refused)))
    for one in added.refused:
        speak.line(f"  {one.file}: {one.part.text} {one.part.why.text(said)}")
    speak.line()


def _plain(
    map_: JourneyMap, found: Mapping[str, Recognised], kept: Sequence[Answers], said: Language
) -> dict[str, Any]:
    names = _names(map_, said)
    steps = [
        {"step": step, "name": names[step], "yes": one.yes, "share": one.share.to_dict(), "older": one.older,
         "enough": one.n >= LEAST}
        for step, one in ranked(found)
    ]  # fmt: skip
    viewers = [asdict(one) for one in kept]
    return {"map": map_.id, "version": version_of(map_), "need": LEAST, "steps": steps, "viewers": viewers}


def _of(added: Added | None, said: Language) -> dict[str, Any] | None:
    if added is None:
        return None
    refused = [
        {"file": one.file, "map": one.map, "viewer": one.viewer, "text": one.part.text, "why": one.part.why.text(said)}
        for one in added.refused
    ]
    counts = {name: value for name, value in asdict(added).items() if name != "refused"}
    return {**counts, "refused": refused}


def _names(map_: JourneyMap, said: Language) -> dict[str, str]:
    labels = {one.id: one.label for one in map_.touchpoints} | {step.id: step.label for _, step in map_.steps()}
    return {id_: label.shown(said) or id_ for id_, label in labels.items()}


def _say(key: str, said: Language, **gaps: object) -> str:
    return filled(WORDS[key].text(said), **gaps)
