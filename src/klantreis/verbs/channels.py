"""`channels`: which channels people use, where, and beside the ones a map draws."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import channel_mix as analysis
from klantreis.analyses.channel_mix import ChannelMix
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.verbs.data import Data, opened


@held
def channels(data: Data, *, map_: JourneyMap | None = None, **columns: Any) -> ChannelMix:
    """Returns the channel mix: of the whole journey, of its first touch, and on a map of each phase and segment.

    `map_`: the map that the journeys lie on; its drawn channels are laid beside the real ones. `columns`: as for
    `read`; `channel` names the column. Raises OptionError when the data has no channel and the map draws none.
    """
    journeys = opened(data, **columns)
    options = analysis.asked_by(map_) if map_ is not None else None
    if options is None:
        _have(journeys)
        options = _phases_of(map_)
    answer: ChannelMix = fold(analysis, journeys, options)
    return answer


def _phases_of(map_: JourneyMap | None) -> analysis.Options:
    """Returns what to ask of a map that draws no channel: its phases and segments."""
    if map_ is None:
        return analysis.Options()
    order = [phase.id for phase in map_.phases]
    seen = sorted((one for one in map_.touchpoints if one.matcher), key=lambda one: order.index(one.phase))
    return analysis.Options(
        phases=tuple((one.id, one.phase) for one in seen), segments=tuple(segment.id for segment in map_.segments)
    )


def _have(journeys: Journeys) -> None:
    if not journeys.about.names.channels and journeys.touches:
        raise OptionError(
            Label("De gegevens hebben geen kanaal.", "The data has no channel."),
            where="channel",
            mend=Label(
                "Noem de kolom: channel=..., --channel ..., of `channel:` bij de kolommen van een bron.",
                "Name its column: channel=..., --channel ..., or `channel:` under the columns of a source.",
            ),
        )
