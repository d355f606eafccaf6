"""The question at each step of a walk, whether a viewer recognises it, and how they send their answers themselves.

There is no server: the answers become a small text that is copied, saved or mailed. The fields are one form, written as
plain text in the order of the page, so that a mail without a script holds the same text as the script makes.
"""

from __future__ import annotations

from importlib import resources
from urllib.parse import quote

from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.map.votes import LEAST, version_of
from klantreis.scenes.numbers import estimated


def asked(reader: Reader) -> Part:
    """Returns what stands above the button of the walk; None where nothing is asked."""
    return el("p", reader.say("vote-asked"), class_="walk-asks") if reader.ask is not None else None


def known(reader: Reader) -> Part:
    """Returns what the text of answers begins with; the script adds the viewer and the moment."""
    if reader.ask is None:
        return None
    map_ = reader.report.map
    begin = {"klantreis-votes": "1", "map": map_.id, "version": version_of(map_), "viewer": "", "at": ""}
    return joined(el("input", type="hidden", form="votes", name=name, value=f"{text};") for name, text in begin.items())


def question(reader: Reader, id_: str, name: Markup, spot: int) -> Part:
    """Returns yes and no at one step, and the way on."""
    if reader.ask is None:
        return None
    choices = (
        el("label", el("input", type="radio", name=f"step:{id_}", value=f"{value};", form="votes", autocomplete="off"),
           " ", reader.say(f"vote-{value}"))
        for value in ("yes", "no")
    )  # fmt: skip
    legend = el("legend", reader.say("vote"), el("span", " ", name, class_="heard"))
    on = el("label", reader.say("walk-on"), " →", for_=f"walk-{spot + 1}", class_="on", aria_hidden="true")
    return el("div", el("fieldset", legend, *choices), on, class_="vote")


def sending(reader: Reader, spot: int) -> Part:
    """Returns the last part of the walk: one line of comment, and the answers as a text to copy, save or mail."""
    if reader.ask is None:
        return None
    map_, to = reader.report.map, reader.ask.reply_to
    comment = el("input", type="text", name="comment", maxlength="500", autocomplete="off", id="vote-comment")
    bare = [el("p", reader.say("vote-bare" if to else "vote-bare.none", to=to or ""))]
    bare += [el("button", reader.say("vote-mail"), type="submit")] if to else []
    mail = f"mailto:{quote(to, safe='@')}?subject={quote(map_.title.text(reader.language) or map_.id)}" if to else None
    form = el(
        "form",
        el("p", el("label", reader.say("vote-comment"), for_="vote-comment", class_="plain"), comment),
        el("input", type="hidden", name="end", value=";"),
        el("div", *bare, class_="vote-bare"),
        _made(reader, mail),
        id="votes", action=mail, method="post", enctype="text/plain",
        data_map=map_.id, data_count=reader.say("vote-count", n="{n}", all="{all}"),
        data_copied=reader.say("vote-copied"), data_paste=reader.say("vote-paste"),
    )  # fmt: skip
    back = el("label", "← ", reader.say("walk-back"), for_=f"walk-{spot - 1}")
    name = el("h4", reader.say("vote-send"), id=f"walk-{spot}-name")
    button = el("input", type="radio", name="walk", id=f"walk-{spot}", aria_labelledby=f"walk-{spot}-name")
    return joined([button, el("div", el("p", back, class_="walk-ways"), name, form, class_="walk-step")])


def said(reader: Reader, id_: str) -> list[Markup]:
    """Returns what viewers said of a step, as a term with its numbers; [] when nobody voted."""
    one = reader.report.votes.get(id_)
    if one is None:
        return []
    told = reader.say("voted-few", n=reader.number(one.n), need=reader.number(LEAST))
    if one.n >= LEAST:
        counted = reader.say("voted-at", yes=reader.number(one.yes), n=reader.number(one.n))
        share = estimated(one.share, "share", reader.language)
        told = joined([counted, f" · {share}" if one.share.value is not None else ""])
    return [joined([el("dt", reader.say("voted")), el("dd", told, class_="observed")])]


def _made(reader: Reader, mail: str | None) -> Markup:
    """What the script fills: how many steps have an answer, the text, and the ways to hand it on."""
    to = reader.ask.reply_to if reader.ask is not None else None
    return el(
        "div",
        el("p", class_="vote-count", role="status"),
        el("p", reader.say("vote-to" if to else "vote-back", to=to or "")),
        el(
            "p",
            el("a", reader.say("vote-mail"), class_="vote-mail", href=mail) if mail else None,
            el("button", reader.say("vote-copy"), type="button", class_="vote-copy"),
            el("a", reader.say("vote-save"), class_="vote-save", download=f"klantreis-{reader.report.map.id}.txt"),
            el("button", reader.say("vote-clear"), type="button", class_="vote-clear"),
            class_="walk-ways",
        ),
        el("textarea", readonly=True, rows="4", aria_label=reader.say("vote-text"), spellcheck="false"),
        el("p", reader.say("vote-id"), class_="note"),
        class_="vote-made",
        hidden=True,
    )


def script() -> Markup:
    """Returns the one script that a page may have; a policy in its head allows it by its hash, and no other."""
    return Markup((resources.files("klantreis.exporters.html") / "votes.js").read_text(encoding="utf-8"))
