"""What customers said of us, and where on the map it stands."""

from __future__ import annotations

from klantreis.map.model import JourneyMap
from klantreis.map.proof import Evidence


def testimonials(map_: JourneyMap) -> tuple[tuple[str, Evidence], ...]:
    """Returns each testimonial with words, and where what names it first stands; of a persona, where the map begins."""
    known = {one.id: one for one in map_.evidence if one.kind == "testimonial" and one.quote}
    if not known:
        return ()
    named = [(step.id, id_) for _, step in map_.steps() for id_ in step.evidence]
    named += [(touch.id, id_) for touch in map_.touchpoints for id_ in touch.evidence]
    named += [(phase.id, id_) for phase in map_.phases for id_ in phase.evidence]
    named += [(barrier.at, id_) for barrier in map_.barriers for id_ in barrier.evidence]
    named += [(claim.at, id_) for claim in map_.claims if claim.at for id_ in claim.evidence]
    begin = map_.phases[0].id if map_.phases else ""
    named += [(begin, id_) for persona in map_.personas for id_ in persona.evidence]
    spots: dict[str, str] = {}
    for spot, id_ in named:
        if id_ in known:
            spots.setdefault(id_, spot)
    return tuple((spot, known[id_]) for id_, spot in spots.items())
