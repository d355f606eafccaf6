"""What can be asked of a funnel, and what cannot be asked together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label

MOST_STEPS = 62
MOST_EXCLUSIONS = 62


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Touchpoints that end an attempt when they come after step `after` was met and before step `before` is.

    Steps by their place, from 0. `after` 0 and `before` the last place: the whole way.
    """

    touchpoints: tuple[str, ...]
    after: int
    before: int


@dataclass(frozen=True, slots=True)
class Options:
    """`steps`: per step its id and the touchpoint ids that count as it. `within`: microseconds from the entry to the
    last step, inclusive; None: no limit. `ties`: 'step' lets events at the same instant convert in step order,
    'strict' asks for strictly later, 'file' keeps the order of the source. `entry`: 'any' entry may succeed, or only
    each unit's 'first'. `order`: 'ordered' lets anything happen between steps; 'strict' nothing in `scope` but
    repeats of the step before; 'reentry' nothing but repeats of any step before; 'any': the steps may come in any
    order, then step k is having done any k of them. `scope`: the touchpoints that can break a strict order; None:
    every event. `grain`: count 'person's (events of all their journeys together) or 'journey's (sessions are
    journeys too).

    `step_within`: per step the longest time in microseconds from the step before, inclusive (None: no limit; empty:
    no limits). `exclude`: what ends an attempt. `optional`: ids of steps that may be skipped; not the first or last.
    `by`: split by the 'channel', 'detail', 'event', 'touchpoint' or 'segment' of one event of the matched attempt:
    that of the 'first' step, of the 'last' one it reached, of the step with the id `value_of`, or 'all' (the value
    that all its events share). `most`: how many groups to show; the rest is one. `compare`: two
    groups whose difference stands in the answer.
    """

    steps: tuple[tuple[str, tuple[str, ...]], ...]
    within: int | None = None
    ties: Literal["step", "strict", "file"] = "step"
    entry: Literal["any", "first"] = "any"
    order: Literal["ordered", "strict", "reentry", "any"] = "ordered"
    grain: Literal["person", "journey"] = "person"
    scope: tuple[str, ...] | None = None
    step_within: tuple[int | None, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    optional: tuple[str, ...] = ()
    by: Literal["channel", "detail", "event", "touchpoint", "segment"] | None = None
    value_of: str = "first"
    most: int = 20
    compare: tuple[str, str] | None = None

    @property
    def places(self) -> frozenset[int]:
        """The places of the optional steps."""
        return frozenset(place for place, (id_, _) in enumerate(self.steps) if id_ in self.optional)

    @property
    def plain(self) -> bool:
        """Whether nothing is asked that needs each attempt to be followed by itself."""
        limits = any(limit is not None for limit in self.step_within)
        return not (limits or self.exclude or self.optional or self.by) and self.order != "any"


def check(options: Options) -> None:
    """Raises OptionError when a funnel cannot be asked so, saying what to change."""
    _check_steps(options)
    limits = any(limit is not None for limit in options.step_within)
    if options.order == "any" and (options.exclude or options.optional or limits):
        raise OptionError(
            Label(
                "Stappen in willekeurige volgorde hebben geen stap ervoor of erna.",
                "Steps in any order have no step before or after them.",
            ),
            mend=Label(
                "Laat uitsluitingen, optionele stappen en tijden per stap weg, of vraag een volgorde.",
                "Leave out exclusions, optional steps and times per step, or ask for an order.",
            ),
        )
    ids = [id_ for id_, _ in options.steps]
    for id_ in options.optional:
        if id_ not in ids:
            raise OptionError(
                Label(
                    f"De stap {id_!r}, die optioneel zou zijn, is er niet.", f"There is no step {id_!r} to be optional."
                ),
                mend=did_you_mean(id_, ids),
            )
    if options.places & {0, len(ids) - 1}:
        raise OptionError(
            Label(
                "De eerste en de laatste stap kunnen niet optioneel zijn.",
                "The first and the last step cannot be optional.",
            ),
            mend=Label("Laat die stap uit de trechter.", "Leave that step out of the funnel."),
        )
    for exclusion in options.exclude:
        _check_exclusion(exclusion, options)
    if options.by is not None and options.value_of not in {"first", "last", "all", *ids}:
        raise OptionError(
            Label(
                f"De stap {options.value_of!r}, waarvan de waarde zou tellen, is er niet.",
                f"There is no step {options.value_of!r} to take the value of.",
            ),
            mend=did_you_mean(options.value_of, ["first", "last", "all", *ids]),
        )


def _check_steps(options: Options) -> None:
    steps = len(options.steps)
    if steps > MOST_STEPS:
        raise OptionError(
            Label(
                f"Een trechter heeft hoogstens {MOST_STEPS} stappen; deze heeft er {steps}.",
                f"A funnel has at most {MOST_STEPS} steps; this one has {steps}.",
            ),
            mend=Label("Laat stappen weg.", "Leave some steps out."),
        )
    if any(limit is not None and limit < 0 for limit in (options.within, *options.step_within)):
        raise OptionError(
            Label(
                "Het venster van een trechter kan niet korter zijn dan niets.",
                "A funnel's window cannot be shorter than nothing.",
            ),
            mend=Label("Geef een tijdsduur, zoals '7d'.", "Give a span such as '7d'."),
        )
    if options.step_within and len(options.step_within) != steps:
        raise OptionError(
            Label(
                f"Er zijn {steps} stappen, met {len(options.step_within)} tijden erbij.",
                f"There are {steps} steps and {len(options.step_within)} times for them.",
            ),
            mend=Label(
                "Geef één tijd per stap, None waar er geen grens is.",
                "Give one time per step, None where there is no limit.",
            ),
        )


def _check_exclusion(exclusion: Exclusion, options: Options) -> None:
    span = range(exclusion.after, exclusion.before + 1)
    if len(options.exclude) > MOST_EXCLUSIONS:
        raise OptionError(
            Label(
                f"Een trechter heeft hoogstens {MOST_EXCLUSIONS} uitsluitingen.",
                f"A funnel has at most {MOST_EXCLUSIONS} exclusions.",
            ),
            mend=Label("Laat er een paar weg.", "Leave some out."),
        )
    if not 0 <= exclusion.after < exclusion.before < len(options.steps):
        raise OptionError(
            Label(
                f"Een uitsluiting ligt tussen twee stappen, niet tussen {exclusion.after + 1} en "
                f"{exclusion.before + 1}.",
                f"An exclusion lies between two steps, not {exclusion.after + 1} and {exclusion.before + 1}.",
            ),
            mend=Label(
                f"Stappen zijn genummerd van 1 tot {len(options.steps)}, de vroegste eerst.",
                f"Steps are numbered from 1 to {len(options.steps)}, the earlier one first.",
            ),
        )
    if options.places & {exclusion.after, exclusion.before}:
        raise OptionError(
            Label(
                "Een uitsluiting ligt tussen stappen die iedereen zet.",
                "An exclusion lies between steps that everybody takes.",
            ),
            mend=Label("Noem een stap die niet optioneel is.", "Name a step that is not optional."),
        )
    for place in span:
        both = set(exclusion.touchpoints) & set(options.steps[place][1])
        if both:
            raise OptionError(
                Label(
                    f"{min(both)!r} kan niet stap {place + 1} zijn én een uitsluiting daaromheen.",
                    f"{min(both)!r} cannot be step {place + 1} and an exclusion around it.",
                ),
                mend=Label(
                    "Sluit een andere gebeurtenis uit, of kies andere stappen eromheen.",
                    "Choose another event to exclude, or other steps around it.",
                ),
            )
