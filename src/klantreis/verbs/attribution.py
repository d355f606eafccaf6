"""`attribution` and `path_attribution`: which channels come before a conversion, by every model beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from klantreis.analyses import attribution as analysis
from klantreis.analyses.attribution import Attribution, By
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.data import Data, listed, micros, opened, warn_unknown
from klantreis.verbs.path_rows import Columns, path_rows


@held
def attribution(
    data: Data,
    conversions: str | Sequence[str],
    *,
    by: By | None = None,
    called: Mapping[str, str] | None = None,
    only: str | Sequence[str] | None = None,
    within: str | None = "30d",
    per: Literal["person", "journey"] = "person",
    own: bool = False,
    position: tuple[float, float] = (0.4, 0.4),
    half_life: str = "7d",
    order: int = 3,
    **columns: Any,
) -> Attribution:
    """Returns how conversions are divided over channels: first, last, linear, position, decay, Shapley and Markov.

    `conversions`: the events (on a map: touchpoints) that are the conversion: 'order_paid' or 'signup,order_paid'.
    `by`: what a channel is: the 'channel' or 'detail' of an event, its 'touchpoint', or the 'event' itself (None: the
    channel when the data has one, else the touchpoint). `called`: {touchpoint: channel}, with by='touchpoint': which
    channel each touchpoint belongs to. `only`: the channels that count. `within`: how long before the
    conversion a touch may lie (None: no limit). `per`: the paths of a 'person', or of each 'journey'. `own`: whether
    the conversion is itself the last touch. `position`: what the first and the last touch get in the position model.
    `half_life`: of a touch in the decay model. `order`: the highest Markov order, 0 to 3. `columns`: as for `read`.
    It says what goes with conversions, not what causes them.
    """
    journeys = opened(data, **columns)
    wanted = listed(conversions) or ()
    if not wanted:
        raise OptionError(
            Label("Welke gebeurtenis is de conversie?", "Which event is the conversion?"),
            where="conversions",
            mend=Label("Noem haar: conversions='buy'.", "Name it: conversions='buy'."),
        )
    warn_unknown(journeys, wanted)
    options = analysis.Options(
        conversions=wanted,
        by=by or _by(journeys),
        called=tuple(sorted((called or {}).items())),
        only=listed(only),
        within=micros(within, "within"),
        grain=per,
        own=own,
        first_share=position[0],
        last_share=position[1],
        half_life=micros(half_life, "half_life") or 0,
        order=order,
    )
    _asked_for(journeys, options.by)
    answer: Attribution = fold(analysis, journeys, options)
    return answer


@held
def path_attribution(
    data: Any,
    *,
    path: str = "path",
    conversions: str = "total_conversions",
    value: str | None = "total_conversion_value",
    nulls: str | None = "total_null",
    separator: str = ">",
    position: tuple[float, float] = (0.4, 0.4),
    order: int = 3,
) -> Attribution:
    """Returns the same of paths that were counted elsewhere: a CSV file, or a data frame, with one row per path.

    `path`: the column with 'mail > web > shop'; `conversions`, `nulls`: how often it converted and how often not;
    `value`: what all conversions of the row were worth. A file without a `value` or `nulls` column has none of them.
    Such paths have no persons and no times, so there is no look-back, no decay and no interval. Raises SourceError
    for a column that is not there or a number that cannot be read, with its line.
    """
    rows = path_rows(data, Columns(path, conversions, value, nulls, separator))
    options = analysis.Options(conversions=(), first_share=position[0], last_share=position[1], order=order)
    return analysis.of_paths(rows, options)


def _by(journeys: Journeys) -> By:
    return "channel" if journeys.about.names.channels else "touchpoint"


def _asked_for(journeys: Journeys, by: str) -> None:
    names = journeys.about.names
    if by in {"channel", "detail"} and not getattr(names, f"{by}s") and journeys.touches:
        raise OptionError(
            Label(
                f"De gegevens hebben geen {by}, dus valt er niets over {by} te verdelen.",
                f"The data has no {by}, so nothing can be divided by {by}.",
            ),
            where="by",
            mend=Label(
                f"Noem de kolom ({by}=..., of --{by} ...), of vraag naar 'touchpoint' of 'event'.",
                f"Name its column ({by}=..., or --{by} ...), or ask by 'touchpoint' or 'event'.",
            ),
        )
