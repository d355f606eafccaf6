"""Votes: whether viewers of a shared map recognise its steps, kept as a plain file of rows.

A viewer is a random id, made on their own machine. What they sent last is what they say: it replaces all they sent
before about that map. Votes are observed, and never customer data.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from klantreis.errors import StoreError
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Step
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.untold import Untold

HEAD = ("map", "version", "viewer", "step", "answer", "when", "comment")
"""The columns of the file: one row a vote; a comment has a row of its own, without a step."""
ANSWERS = {"yes": True, "ja": True, "no": False, "nee": False}
LEAST = 5
"""Fewer votes at a step say nothing: with five that are all alike the interval is still over 40 points wide."""
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one viewer sent about one map. `when` is a moment (ISO 8601, UTC); `votes`: a yes or no per step."""

    map: str
    version: str
    viewer: str
    when: str
    votes: Mapping[str, bool] = field(default_factory=dict)
    comment: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What was said, whenever that was."""
        return self.version, dict(self.votes), self.comment


@dataclass(frozen=True, slots=True)
class Recognised:
    """How many of the `n` viewers who voted at a step recognise it; `older`: who saw another version of the map."""

    yes: int
    n: int
    older: int = 0

    @property
    def share(self) -> Estimate:
        """The share that recognises it, with Wilson's interval; no value where only a bound may be told."""
        return Estimate(None, self.n) if isinstance(self.yes, Untold) else share(self.yes, self.n)


NONE: Mapping[str, Recognised] = MappingProxyType({})
"""No votes."""


def walked(map_: JourneyMap) -> tuple[str, ...]:
    """Returns the ids of the stops that are there already, in order; a touchpoint that is only planned is not."""
    there = (one.id for _, one in map_.stops() if isinstance(one, Step) or not one.planned)
    return tuple(dict.fromkeys(there))


def version_of(map_: JourneyMap) -> str:
    """Returns eight signs that change when what the walk says of the steps changes, and not when data does."""
    labels = {one.id: one.label for one in map_.touchpoints} | {step.id: step.label for _, step in map_.steps()}
    steps = {step.id: (step.think, step.expect, step.feel, step.word) for _, step in map_.steps()}
    told = [(id_, repr(labels[id_]), repr(steps.get(id_))) for id_ in walked(map_)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]


def tally(found: Iterable[Answers], version: str) -> dict[str, Recognised]:
    """Returns what viewers say of each step that anybody voted at; `version` is that of the map now."""
    counts: dict[str, list[int]] = {}
    for one in found:
        for step, yes in one.votes.items():
            count = counts.setdefault(step, [0, 0, 0])
            count[0] += yes
            count[1] += 1
            count[2] += one.version != version
    return {step: Recognised(*count) for step, count in counts.items()}


def merged(before: Iterable[Answers], found: Iterable[Answers]) -> list[Answers]:
    """Returns what each viewer said last, in the order of their moments; the same said again keeps its moment."""
    last: dict[tuple[str, str], Answers] = {}
    for one in (*before, *found):
        old = last.get((one.map, one.viewer))
        if old is None or (one.when >= old.when and one.said != old.said):
            last[one.map, one.viewer] = one
    return sorted(last.values(), key=lambda one: (one.when, one.map, one.viewer))


def shareable(votes: Mapping[str, Recognised], least: int, before: Mapping[str, int]) -> dict[str, Recognised]:
    """Returns the votes that may go to others: of no step where fewer than `least` viewers voted, nor where what was
    told `before` differs by so few; and of an answer that fewer than `least` gave only its bound.
    """
    found = {}
    for step, one in votes.items():
        apart = [abs(n - before.get(key, n)) for key, n in told({step: one}).items()]
        if one.n < least or any(0 < few < least for few in apart):
            continue
        yes = one.yes
        if 0 < one.n - yes < least:
            yes = Untold(one.n - least + 1, "≥")
        if 0 < one.yes < least:
            yes = Untold(least, "<")
        found[step] = Recognised(yes, one.n)
    return found


def told(votes: Mapping[str, Recognised]) -> dict[str, int]:
    """Returns the numbers that votes tell, by where they stand."""
    whole = {f"votes/{step}/yes": int(one.yes) for step, one in votes.items()}
    return whole | {f"votes/{step}/n": one.n for step, one in votes.items()}


def written(found: Iterable[Answers]) -> str:
    """Returns the file that keeps votes. A comment that a program would take for a formula begins with a space."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(HEAD)
    for one in found:
        for step, yes in one.votes.items():
            rows.writerow((one.map, one.version, one.viewer, step, "yes" if yes else "no", one.when, ""))
        if one.comment:
            comment = f" {one.comment}" if one.comment.startswith(FORMULA) else one.comment
            rows.writerow((one.map, one.version, one.viewer, "", "", one.when, comment))
    return made.getvalue()


def read(text: str, where: str) -> list[Answers]:
    """Returns the votes of a file, also of one that a spreadsheet saved. Raises StoreError for a line that is none."""
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    if text and set(HEAD) - set(rows.fieldnames or ()):
        raise _damaged(where, Label("de eerste regel is anders", "its first line is another"))
    found: dict[tuple[str, str], Answers] = {}
    for row in rows:
        answer, key = ANSWERS.get(row["answer"] or ""), (row["map"], row["viewer"])
        if not all(key) or (row["step"] and answer is None):
            raise _damaged(where, Label(f"regel {rows.line_num} is geen stem", f"line {rows.line_num} is no vote"))
        one = found.get(key) or Answers(row["map"], row["version"], row["viewer"], row["when"])
        if row["step"] and answer is not None:
            one = replace(one, votes={**one.votes, row["step"]: answer})
        found[key] = replace(one, comment=(row["comment"] or "").strip() or one.comment)
    return list(found.values())


def _damaged(where: str, why: Label) -> StoreError:
    return StoreError(
        Label(f"De stemmen zijn niet te lezen: {why.nl}.", f"The votes cannot be read: {why.en}."),
        where=where,
        mend=Label(
            "Maak die regel in orde of haal hem weg, of zet het bestand terug uit git.",
            "Mend that line or take it out, or put the file back from git.",
        ),
    )
