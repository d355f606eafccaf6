"""`audience`: whether the people who come for the first time are those you aim at."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.analyses import audience as analysis
from klantreis.analyses.audience import Audience
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.verbs.data import listed


@held
def audience(map_: JourneyMap, journeys: Journeys, *, segments: str | Sequence[str] | None = None) -> Audience:
    """Returns the share of first contacts that are in the segments you aim at.

    `segments`: ids of segments of the map ('nieuw,regio' or a list); None: those of its personas, an anti-persona's
    left out. Raises OptionError for a segment the map does not have, and when nobody said whom it aims at.
    """
    known = [segment.id for segment in map_.segments]
    wanted = listed(segments)
    for segment in wanted or ():
        if segment not in known:
            raise OptionError(
                Label(
                    f"Het segment {segment!r} staat niet op de kaart.", f"There is no segment {segment!r} on the map."
                ),
                mend=did_you_mean(segment, known),
            )
    asked = analysis.Options(wanted) if wanted else analysis.asked_by(map_)
    if asked is None:
        raise OptionError(
            Label("De kaart zegt niet op wie ze mikt.", "The map does not say whom it aims at."),
            where=Label(f"kaart {map_.id}", f"map {map_.id}"),
            mend=Label(
                "Geef een persona haar segment (personas: {lisa: {segment: nieuw}}), of noem het: --segments nieuw.",
                "Give a persona its segment (personas: {lisa: {segment: nieuw}}), or name it: --segments nieuw.",
            ),
        )
    found: Audience = fold(analysis, journeys, asked)
    return found
