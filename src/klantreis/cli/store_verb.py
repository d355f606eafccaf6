"""`klantreis store`: what the store holds, tidying it, and taking a source out."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import columns, figures, speak
from klantreis.cli.agree import agreed
from klantreis.cli.words import TEXTS
from klantreis.journeys.tidy import ROOMS, Contents
from klantreis.labels import Label, Language
from klantreis.workspace import open_workspace
from klantreis.workspace.care import removed, tidied

Tidy = Annotated[bool, typer.Option("--tidy", help="Join small files and buckets, and remove what no longer counts.")]
Remove = Annotated[str | None, typer.Option("--remove", metavar="SOURCE", help="Take this source out of the store.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to remove it.")]
WORDS = {
    "events": Label("gebeurtenissen", "events"),
    "generation": Label("generatie", "generation"),
    "buckets": Label("buckets (hele personen)", "buckets (whole persons)"),
    "event_files": Label("bestanden met gebeurtenissen", "event files"),
    "least_files": Label("zoveel zouden volstaan", "as few would do"),
    "beside": Label("buckets met nieuwe gebeurtenissen ernaast", "buckets with new events beside them"),
    "cached": Label("bewaarde tussenuitkomsten", "kept parts of measures"),
}
MIB = 1 << 20


def run(
    workspace: columns.Workspace = None,
    tidy: Tidy = False,
    remove: Remove = None,
    yes: Yes = False,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Tell what the store holds and how much room it takes; with --tidy, join its many small files first.

    Tidying changes no number: every event, count and journey stays. It is safe to end it at any moment.
    With --remove all events of one source go, and every number is what it would be without. To load it again brings
    them back.

    Example: klantreis store --tidy
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    gone = None
    if remove is not None:
        asked = TEXTS["sure_source"].text(said).format(remove)
        if not agreed(asked, said, yes=yes):
            return
        before, gone = shop.store.contents(), removed(shop.store, remove)
        after = shop.store.contents()
    elif not tidy:
        before = after = shop.store.contents()
    else:
        with speak.progress("store") as tell:
            before, after = tidied(shop.store, tell=tell)
    changed = tidy or gone is not None
    if json:
        told = {"before": before.to_dict() if changed else None, "removed": None if gone is None else gone.to_dict()}
        speak.as_json({**after.to_dict(), **told})
        return
    speak.line(str(shop.store.folder))
    speak.table(_counts(before, after, said, changed), said)
    speak.table(_rooms(before, after, said, changed), said)
    speak.table(_maps(after, said), said)
    if gone is not None:
        speak.done(TEXTS["source_gone"].text(said).format(gone.source, figures.number(gone.events, said)))
        again = any(source.name == gone.source for source in shop.settings.sources)
        speak.line(TEXTS["source_back" if again else "source_unnamed"].text(said), style="dim")
    elif tidy:
        speak.done(TEXTS["tidied"].text(said).format(_mib(before.bytes), _mib(after.bytes)))
        if before.beside > after.beside:
            together = figures.number(before.beside - after.beside, said)
            speak.line(TEXTS["put_together"].text(said).format(together), style="dim")
    elif after.left_over or after.beside or after.event_files > after.least_files:
        speak.line(TEXTS["to_tidy"].text(said), style="dim")


def _counts(before: Contents, after: Contents, said: Language, changed: bool) -> list[dict[str, object]]:
    return [
        _beside(label.text(said), getattr(before, name), getattr(after, name), changed) for name, label in WORDS.items()
    ]


def _rooms(before: Contents, after: Contents, said: Language, changed: bool) -> list[dict[str, object]]:
    rows = [_beside(f"{room}/", _mib(before.room[room]), _mib(after.room[room]), changed) for room in ROOMS]
    rows.append(_beside(TEXTS["left_over"].text(said), _mib(before.left_over), _mib(after.left_over), changed))
    return rows


def _maps(after: Contents, said: Language) -> list[dict[str, object]]:
    yes, no = TEXTS["up_to_date"].text(said), TEXTS["behind"].text(said)
    return [
        {"map": one.map, "buckets": one.buckets, "room": _mib(one.bytes), "state": yes if one.current else no}
        for one in after.maps
    ]


def _beside(what: str, before: object, after: object, changed: bool) -> dict[str, object]:
    return {"what": what, "before": before, "after": after} if changed else {"what": what, "now": after}


def _mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"
