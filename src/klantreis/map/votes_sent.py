"""The text of answers that a shared page makes, read back from whatever became of it on the way.

    klantreis-votes=1;
    map=ring-kopen;
    version=5f3c9a12;
    viewer=k7q2m9xw4r;
    at=2026-11-22T20:14:05Z;
    step:filter=yes;
    comment=This is how it went for me
    end=;

White space means nothing before the comment, so that a mail program may break lines where it likes; quote signs ('>')
in front of a line fall away. Around it may stand any text, and there may be several in one. It is the way a browser
writes a form as plain text, so a page without a script makes the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from klantreis.errors import did_you_mean
from klantreis.labels import Label, paragraph
from klantreis.map.votes import ANSWERS, Answers

MOST = 500
"""The signs of a comment that are kept."""


def _loose(word: str) -> str:
    """A word that may be broken over lines anywhere."""
    return r"\s*".join(map(re.escape, word))


_QUOTED = re.compile(r"^[ \t>]+", re.MULTILINE)
_BLANK = str.maketrans({"\u00a0": " ", "\u200b": "", "\u200c": "", "\ufeff": "", "\u00ad": "", "\r": "\n"})
_START = re.compile(_loose("klantreis-votes=1;"), re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|;)\s*" + _loose("comment="), re.IGNORECASE)
_END = re.compile(r"(?:^|(?<=[\s;]))" + _loose("end=;"), re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_VIEWER = re.compile(r"[a-z0-9]{6,32}")


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a text of answers that could not be read, and why."""

    text: str
    why: Label


@dataclass(frozen=True, slots=True)
class Sent:
    """One text of answers: what could be read of it, and what was refused. `whole`: its end was there."""

    answers: Answers
    refused: tuple[Refused, ...] = field(default=())


def sent(text: str, now: str) -> list[Sent]:
    """Returns every text of answers in a text, in its order; [] when there is none.

    `now` (ISO 8601, UTC) is the moment of one that names none, or a later one. One without a viewer gets an id of its
    own content, so that the same text added twice counts once.
    """
    plain = _QUOTED.sub("", text.translate(_BLANK))
    starts = [*_START.finditer(plain)]
    ends = [*(one.start() for one in starts), len(plain)][1:]
    return [_one(plain[one.end() : end], now) for one, end in zip(starts, ends, strict=True)]


def placed(found: Sent, steps: Collection[str]) -> Sent:
    """Returns the same without votes at steps that the map has not; each is refused with the nearest that it has."""
    gone = [step for step in found.answers.votes if step not in steps]
    if not gone:
        return found
    why = Label("De kaart heeft deze stap niet.", "The map has no such step.")
    refused = tuple(Refused(_vote(found.answers, step), paragraph(why, did_you_mean(step, steps))) for step in gone)
    kept = {step: yes for step, yes in found.answers.votes.items() if step in steps}
    return Sent(replace(found.answers, votes=kept), (*found.refused, *refused))


def _vote(answers: Answers, step: str) -> str:
    return f"step:{step}={'yes' if answers.votes[step] else 'no'};"


def _one(body: str, now: str) -> Sent:
    last = [*_END.finditer(body)][-1:]
    inside = body[: last[0].start()] if last else body
    comment = _COMMENT.search(inside)
    head = inside[: comment.start() + 1] if comment else inside
    *parts, rest = re.sub(r"\s+", "", head).split(";")
    known: dict[str, str] = {}
    votes: dict[str, bool] = {}
    refused: list[Refused] = []
    for part in parts:
        name, _, value = part.partition("=")
        answer = ANSWERS.get(value.lower())
        if name.startswith("step:") and name != "step:" and answer is not None:
            votes[name.removeprefix("step:")] = answer
        elif name.startswith("step:"):
            refused.append(Refused(f"{part};", Label("Het antwoord is geen ja of nee.", "The answer is no yes or no.")))
        elif name in {"map", "version", "viewer", "at"}:
            known[name] = value
        elif part:
            refused.append(Refused(f"{part};", Label("Zo'n regel is er niet.", "There is no such line.")))
    if not last:
        refused.append(Refused(rest[:80] or "end=;", CUT))
    # Without its end a comment runs on into the mail around it, which is nobody's comment.
    said = " ".join(inside[comment.end() :].split())[:MOST] if comment and last else ""
    answers = Answers(known.get("map", ""), known.get("version", ""), "", _when(known.get("at", ""), now), votes, said)
    viewer = known.get("viewer", "")
    return Sent(replace(answers, viewer=viewer if _VIEWER.fullmatch(viewer) else _own(answers)), tuple(refused))


CUT = Label(
    "De tekst is afgebroken; vraag hem nog eens, dan vervangt die deze.",
    "The text is cut off; ask for it again, and that one replaces this.",
)


def _when(said: str, now: str) -> str:
    try:
        datetime.fromisoformat(said.removesuffix("Z"))
    except ValueError:
        return now
    return min(said, now) if _MOMENT.fullmatch(said) else now


def _own(answers: Answers) -> str:
    content = repr((answers.map, answers.version, sorted(answers.votes.items()), answers.comment))
    return f"x{hashlib.sha256(content.encode()).hexdigest()[:9]}"
