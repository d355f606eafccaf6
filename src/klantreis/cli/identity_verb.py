"""`klantreis identity`: who is who, and what that makes of the numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import columns, figures, identity_view, speak
from klantreis.cli.agree import agreed
from klantreis.cli.identity_words import text
from klantreis.errors import OptionError
from klantreis.journeys.links import shown
from klantreis.labels import Label, Language
from klantreis.scenes.names import names_of
from klantreis.workspace import open_workspace
from klantreis.workspace.folder import Workspace
from klantreis.workspace.identity import forget, known, recognition, trips, unlink

Show = Annotated[str | None, typer.Option(help="One person, or an id: 'email:x@y.nl', 'device:d1'.")]
Unlink = Annotated[str | None, typer.Option(help="Undo this link of the ledger.")]
Relink = Annotated[str | None, typer.Option(help="Make an undone link good again.")]
Forget = Annotated[str | None, typer.Option(help="Erase this person, for good; their device keeps what is anonymous.")]
Yes = Annotated[bool, typer.Option("--yes", help="With --forget: do not ask whether it is sure.")]


def run(
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    show: Show = None,
    unlink: Unlink = None,
    relink: Relink = None,
    forget: Forget = None,
    yes: Yes = False,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Who is who: how many events have a person and why, shared devices, and the measures with and without linking.

    Example: klantreis identity --map ring-kopen
    """
    asked = {"--show": show, "--unlink": unlink, "--relink": relink, "--forget": forget}
    given = {word: value for word, value in asked.items() if value is not None}
    if len(given) > 1:
        raise OptionError(
            Label(
                f"{' en '.join(given)} zijn verschillende vragen.", f"{' and '.join(given)} are different questions."
            ),
            mend=Label("Stel ze een voor een.", "Ask them one by one."),
        )
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    word, value = next(iter(given.items()), ("", ""))
    if word == "--show":
        _show(shop, str(value), said, json)
    elif word == "--forget":
        _forget(shop, str(value), said, (json, yes))
    elif word:
        _unlink(shop, str(value), said, (json, word == "--relink"))
    else:
        _all(shop, map_, said, json)


def _all(shop: Workspace, map_: str | None, said: Language, json: bool) -> None:
    with speak.progress("identity") as tell:
        found = recognition(shop, map_, tell=tell)
    if json:
        speak.as_json(found.to_dict())
        return
    names = {} if found.map is None else names_of(shop.map(found.map), said)
    identity_view.recognition(found, said, names)


def _show(shop: Workspace, who: str, said: Language, json: bool) -> None:
    with speak.progress("identity") as tell:
        made = trips(shop, who, tell=tell)
    found = known(shop, who)
    if json:
        links = [link.to_dict() for link in found.links]
        rows = [identity_view.trip_dict(map_, trail) for map_, trail in made]
        speak.as_json({"person": found.who, "events": dict(found.events), "links": links, "journeys": rows})
        return
    identity_view.person(found, said)
    identity_view.trips(made, said)


def _unlink(shop: Workspace, link: str, said: Language, how: tuple[bool, bool]) -> None:
    json, back = how
    with speak.progress("identity") as tell:
        found = unlink(shop, link, back=back, tell=tell)
    if json:
        speak.as_json(found.to_dict())
        return
    speak.done(text("made_good" if back else "undone", said, link, shown(found.who), found.kind, found.key))
    if not back:
        speak.line(text("way_back", said, link), style="dim")


def _forget(shop: Workspace, who: str, said: Language, how: tuple[bool, bool]) -> None:
    json, yes = how
    if not agreed(text("sure", said, who), said, yes=yes):
        return
    with speak.progress("identity") as tell:
        gone = forget(shop, who, tell=tell)
    if json:
        speak.as_json(gone.to_dict())
        return
    counts = (gone.events, gone.links, gone.refused_rows, gone.unstitched)
    if any(counts):
        speak.done(text("forgotten", said, *(figures.number(count, said) for count in counts)))
    else:
        speak.warn(text("not_there", said, who))
    speak.line(text("elsewhere", said), style="dim")
