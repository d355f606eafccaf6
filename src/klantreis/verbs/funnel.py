"""`funnel`: how many get from step to step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from klantreis.analyses import funnel as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.funnel import Exclusion, Funnel
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.data import Data, listed, micros, opened, warn_unknown

Steps = tuple[tuple[str, tuple[str, ...]], ...]


@held
def funnel(
    data: Data,
    steps: str | Sequence[str | Sequence[str]],
    *,
    within: str | None = None,
    step_within: str | Mapping[str, str] | None = None,
    order: Literal["ordered", "strict", "reentry", "any"] = "ordered",
    scope: str | Sequence[str] | None = None,
    ties: Literal["step", "strict", "file"] = "step",
    entry: Literal["any", "first"] = "any",
    optional: str | Sequence[str] | None = None,
    exclude: str | Sequence[str] | None = None,
    by: Literal["channel", "detail", "event", "touchpoint", "segment"] | None = None,
    value_of: str = "first",
    compare: str | Sequence[str] | None = None,
    most: int = 20,
    **columns: Any,
) -> Funnel:
    """Returns how many get from step to step.

    Units are persons, or values of `grain` when that is another column, or sessions. A name that no event has is
    warned of, with the nearest one, and counts as never met.

    Args:
        data: a file, a data frame, or journeys that were read before.
        steps: 'a,b|c,d' or a list, each step an event or a list of events that count as it.
        within: span from the first to the last step, such as '7d'; None: no limit.
        step_within: span from one step to the next: '1d' for every step, 'b:1h,c:2d' or a mapping for some.
        order: 'ordered' lets anything happen between steps; 'strict' only repeats of the step before; 'reentry' only
            steps met before; 'any': the steps in any order, counted by how many were done.
        scope: the events that can break a strict order; None: every event.
        ties: whether events at one instant may convert in step order ('step'), in file order ('file') or not at all.
        entry: 'any' start may succeed or only the 'first'.
        optional: steps that may be skipped.
        exclude: events that end an attempt: 'x' anywhere on the way, 'x:1-2' between steps 1 and 2, 'x|y' either.
        by: split by the channel, detail (any column: detail='country'), event, touchpoint or segment of one event.
        value_of: whose: of the 'first' step, the 'last' one reached, a step by its name, or 'all' when alike.
        compare: two groups, 'web,app', whose difference is told at each step.
        most: how many groups to show; the rest is one.
        columns: as for `read`.

    Raises:
        OptionError: a rule is off, or two of them clash; it says which and how to mend it.
    """
    journeys = opened(data, **columns)
    wanted = _steps(steps)
    excluded = _exclusions(exclude, len(wanted))
    warn_unknown(journeys, [*_names(wanted), *(name for one in excluded for name in one.touchpoints)])
    options = analysis.Options(
        steps=wanted,
        within=micros(within, "within"),
        ties=ties,
        entry=entry,
        order=order,
        grain="person" if journeys.about.grain == "person" else "journey",
        scope=listed(scope),
        step_within=_step_within(step_within, wanted),
        exclude=excluded,
        optional=listed(optional) or (),
        by=_by(by, journeys),
        value_of=value_of,
        most=most,
        compare=_pair(compare, by),
    )
    answer: Funnel = fold(analysis, journeys, options)
    if answer.compare is not None:
        answer.difference(*answer.compare)
    return answer


def _names(steps: Steps) -> list[str]:
    return [name for _, names in steps for name in names]


def _steps(steps: str | Sequence[str | Sequence[str]]) -> Steps:
    parts = [part.strip() for part in steps.split(",")] if isinstance(steps, str) else list(steps)
    if not parts:
        raise OptionError(
            Label("Een trechter heeft stappen nodig.", "A funnel needs steps."),
            where="steps",
            mend=Label("Noem gebeurtenissen, met komma's ertussen: a,b,c", "Name events, separated by commas: a,b,c"),
        )
    wanted = []
    for step in parts:
        names = tuple(part.strip() for part in step.split("|")) if isinstance(step, str) else tuple(step)
        if not names or not all(names):
            raise OptionError(
                Label(f"In {steps!r} is een stap leeg.", f"A step is empty in {steps!r}."),
                mend=Label(
                    "Noem gebeurtenissen, met komma's ertussen: a,b,c", "Name events, separated by commas: a,b,c"
                ),
            )
        wanted.append(("|".join(names), names))
    return tuple(wanted)


def _exclusions(exclude: str | Sequence[str] | None, steps: int) -> tuple[Exclusion, ...]:
    found = []
    for part in listed(exclude) or ():
        names, after, before = re.fullmatch(r"(.*?)(?::(\d+)-(\d+))?", part.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
        touches = tuple(name.strip() for name in names.split("|"))
        if not all(touches):
            raise OptionError(
                Label(f"In {part!r} staat geen gebeurtenis.", f"No event is named in {part!r}."),
                where="exclude",
                mend=Label("Bijvoorbeeld: exclude='x:1-2'.", "For example: exclude='x:1-2'."),
            )
        found.append(Exclusion(touches, int(after or 1) - 1, int(before or steps) - 1))
    return tuple(found)


def _step_within(asked: str | Mapping[str, str] | None, steps: Steps) -> tuple[int | None, ...]:
    if asked is None:
        return ()
    if isinstance(asked, str):
        parts = [part.strip().rpartition(":") for part in asked.split(",")]
        if [name for name, _, _ in parts] == [""]:
            return (None, *[micros(asked.strip(), "step_within")] * (len(steps) - 1))
        asked = {name.strip(): limit.strip() for name, _, limit in parts}
    ids = [id_ for id_, _ in steps]
    for name in asked:
        if name not in ids[1:]:
            raise OptionError(
                Label(
                    f"De stap {name!r}, die op tijd bereikt moet worden, is er niet.",
                    f"There is no step {name!r} to arrive at in time.",
                ),
                where="step_within",
                mend=did_you_mean(name, ids[1:])
                or Label(
                    "Noem een stap na de eerste, met een tijdsduur: b:1h",
                    "Name a step after the first, and its span: b:1h",
                ),
            )
    return tuple(micros(asked.get(id_), "step_within") for id_ in ids)


def _by(by: Any, journeys: Journeys) -> Any:
    """Returns what to split by; raises OptionError when the data does not carry it."""
    names = journeys.about.names
    carried = {"channel": names.channels, "detail": names.details, "segment": names.segments}
    if by not in carried or carried[by] or not journeys.touches:
        return by
    mend = {
        "channel": Label(
            "Noem de kolom ermee: channel=..., of --channel ... op de opdrachtregel.",
            "Name the column with it: channel=..., or --channel ... on the command line.",
        ),
        "detail": Label(
            "Noem de kolom ermee: detail=..., of --detail ... op de opdrachtregel.",
            "Name the column with it: detail=..., or --detail ... on the command line.",
        ),
        "segment": Label(
            "Segmenten staan op een kaart; vraag het in haar werkmap.", "Segments stand in a map; ask in its workspace."
        ),
    }
    raise OptionError(
        Label(f"In de gegevens is geen {by} om naar te splitsen.", f"There is no {by} in the data to split by."),
        where="by",
        mend=mend[by],
    )


def _pair(compare: str | Sequence[str] | None, by: object) -> tuple[str, str] | None:
    """Returns the two groups to lay beside each other; raises OptionError when they are not two, or of no split."""
    if compare is None:
        return None
    pair = listed(compare) or ()
    if len(pair) != 2 or by is None:
        raise OptionError(
            Label(
                "Vergelijken kan met twee groepen, van een trechter die gesplitst is.",
                "Two groups can be compared, of a funnel that is split.",
            ),
            where="compare",
            mend=Label(
                "Bijvoorbeeld: by='channel', compare='web,app'.", "For example: by='channel', compare='web,app'."
            ),
        )
    return pair[0], pair[1]
