"""`klantreis share`: a page for others at an address that nobody can guess; renew it, list it, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from klantreis.cli import columns, speak
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.spans import dated
from klantreis.workspace import Workspace, open_workspace
from klantreis.workspace.share import Asked, Done, again, settled, share, withdraw
from klantreis.workspace.share_links import ShareLink, read_links

To = Annotated[
    Path | None, typer.Option("--to", help="The folder that your web server, storage or network disk shows.")
]
Address = Annotated[str | None, typer.Option(help="Where on the web that folder stands: https://...")]
View = Annotated[
    Literal[
        "report", "map", "compact", "print", "time", "ideal", "blueprint", "matrix", "strengths", "means"
    ],
    typer.Option(help="What to share: the whole report, or one view of the map."),
]  # fmt: skip
Until = Annotated[str | None, typer.Option(help="On this date the link stops (2027-01-01).")]
New = Annotated[bool, typer.Option("--new", help="Another link to the same page, to be withdrawn by itself.")]
Votes = Annotated[
    bool | None, typer.Option("--votes/--no-votes", help="Ask at each step of the walk whether it is recognisable.")
]
ReplyTo = Annotated[
    str | None, typer.Option(metavar="MAIL", help="With --votes: where viewers may mail their answers.")
]
Again = Annotated[
    str | None, typer.Option("--again", metavar="ID", help="Renew the page of this link, or of all; its address stays.")
]
Withdraw = Annotated[str | None, typer.Option("--withdraw", metavar="ID", help="Withdraw this link.")]
List = Annotated[bool, typer.Option("--list", help="Which links there are, until when, and which were withdrawn.")]

WORDS: Mapping[str, Label] = {
    "made": Label("Gedeeld: {}", "Shared: {}"),
    "renewed": Label("Vernieuwd, het adres blijft: {}", "Renewed, the address stays: {}"),
    "withdrawn": Label("Ingetrokken: {}", "Withdrawn: {}"),
    "ended": Label("Afgelopen, en daarom ingetrokken: {}", "Past its date, so withdrawn: {}"),
    "unreached": Label(
        "Ingetrokken, maar de map is niet te bereiken, dus de pagina staat er nog: {}. Draai klantreis share --list "
        "als zij er weer is; dan gaat de pagina alsnog weg.",
        "Withdrawn, but its folder cannot be reached, so the page still stands: {}. Run klantreis share --list when "
        "it is back; then the page goes.",
    ),
    "held": Label(
        "Niet vernieuwd: {}. De cijfers schelen {} met wat er staat, en zo'n kleine groep zou te herleiden zijn.",
        "Not renewed: {}. Its numbers differ by {} from what stands there, and so small a group could be worked out.",
    ),
    "none": Label("Er is nog niets gedeeld.", "Nothing is shared yet."),
    "report": Label("verslag", "report"),
    "map": Label("kaart", "map"),
    "stands": Label("staat er", "stands"),
    "gone": Label(
        "de pagina is weg; terugzetten: klantreis share --again {}",
        "its page is gone; to put it back: klantreis share --again {}",
    ),
    "state.withdrawn": Label("ingetrokken op {}", "withdrawn on {}"),
    "state.ended": Label("afgelopen op {}", "ended on {}"),
    "state.unreached": Label(
        "ingetrokken op {}, maar de pagina staat er nog", "withdrawn on {}, but its page still stands"
    ),
    "asks": Label("vraagt of elke stap herkenbaar is", "asks whether each step is recognisable"),
    "until": Label("tot {}", "until {}"),
    "on": Label("gemaakt {}", "made {}"),
    "again": Label("vernieuwd {}", "renewed {}"),
}


def run(
    to: To = None,
    address: Address = None,
    view: View = "report",
    until: Until = None,
    new: New = False,
    votes: Votes = None,
    reply_to: ReplyTo = None,
    listed: List = False,
    again_: Again = None,
    withdraw_: Withdraw = None,
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    segment: columns.Segment = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> int:
    """Share a report or one view of a map by a link that you can renew and withdraw.

    The page is put in a folder that your own web server, storage or network disk shows, under a name that nobody can
    guess. It tells nothing of small groups, like every report. Shared once more it keeps its address. A link past its
    date is withdrawn whenever this runs. With --votes viewers say of each step whether it is recognisable; they send
    their answers themselves, and klantreis votes adds these up.

    Exit code 1 when a page that must go could not be reached.

    Example: klantreis share --map ring-kopen --to deellinks
    Example: klantreis share --list
    """
    _one_thing(
        listed=listed, again=again_, withdraw=withdraw_, to=to, new=new, address=address, map=map_, segment=segment,
        until=None if again_ else until, votes=votes is not None, reply_to=reply_to,
    )  # fmt: skip
    shop, now = open_workspace(workspace), datetime.now(UTC)
    asks = True if reply_to and votes is None else votes
    said = speak.language(language, shop.languages)
    with speak.progress("share") as tell:
        if again_ is not None:
            done = again(shop, again_, now, until=until, tell=tell)
        elif withdraw_ is not None:
            done = withdraw(shop, withdraw_, now)
        elif listed or not (to or map_ or segment or until or address or new or view != "report" or asks is not None):
            done, listed = settled(shop, now), True
        else:
            asked = Asked(map_, view, segment, said, to, address, until, new, asks, reply_to)
            done = share(shop, asked, now, tell=tell)
    if json:
        told = [{"id": one.link.id, "did": one.did, "people": one.people} for one in done]
        links = [link.to_dict(shop.folder) for link in read_links(shop.folder).links]
        speak.as_json({"done": told, "links": links})
    else:
        _told(shop, done, said)
        if listed:
            _listed(shop, said)
    return int(any(one.did == "unreached" for one in done))


def _one_thing(**given: object) -> None:
    """Raises OptionError when more than one thing is asked at once."""
    apart = [f"--{name}" for name in ("list", "again", "withdraw") if given.get("listed" if name == "list" else name)]
    other = ("to", "new", "address", "map", "segment", "until", "votes", "reply_to")
    also = [f"--{name.replace('_', '-')}" for name in other if given[name]]
    if len(apart) > 1 or (apart and also):
        words = " en ".join([*apart, *also]), " and ".join([*apart, *also])
        raise OptionError(
            Label(f"{words[0]} gaan niet samen.", f"{words[1]} do not go together."),
            mend=Label("Doe het een na het ander.", "Do one after the other."),
        )


def _told(shop: Workspace, done: Sequence[Done], said: Language) -> None:
    for one in done:
        name = _named(one.link, said)
        text = WORDS[one.did].text(said)
        if one.did in {"held", "unreached"}:
            speak.warn(text.format(name, one.people))
        else:
            speak.done(text.format(name))
        if one.did in {"made", "renewed", "held"}:
            speak.line(f"  {one.link.link(shop.folder)}")


def _named(link: ShareLink, said: Language) -> str:
    until = f", {_say('until', said).format(_date(link.until, said))}" if link.until and not link.withdrawn else ""
    return f"{link.id} ({_what(link, said)}{until})"


def _what(link: ShareLink, said: Language) -> str:
    view = _say(link.view, said) if link.view in WORDS else link.view
    return ", ".join(part for part in (f"{view} {link.map}", link.segment, link.language) if part)


def _listed(shop: Workspace, said: Language) -> None:
    links = read_links(shop.folder).links
    if not links:
        speak.line(_say("none", said))
    for link in links:
        state = link.state(shop.folder)
        days = [_say("on", said).format(_date(link.made, said))]
        if link.renewed != link.made:
            days.append(_say("again", said).format(_date(link.renewed, said)))
        if link.withdrawn is None and link.until:
            days.append(_say("until", said).format(_date(link.until, said)))
        if link.votes:
            days.append(_say("asks", said))
        shown = _say("stands", said) if state == "stands" else _say("gone", said).format(link.id)
        if link.withdrawn is not None:
            shown = _say(f"state.{state}", said).format(_date(link.withdrawn, said))
        speak.line(f"{link.id}  {_what(link, said)}", style="bold")
        speak.line(f"  {' · '.join([shown, *days])}")
        if state in {"stands", "unreached"}:
            speak.line(f"  {link.link(shop.folder)}")


def _date(text: str, said: Language) -> str:
    return dated(date.fromisoformat(text[:10]), said)


def _say(key: str, said: Language) -> str:
    return WORDS[key].text(said)
