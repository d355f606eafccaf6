"""The ring map of the fixtures with everything a team brings: owners, images, needs, alternatives, lanes, actions."""

from dataclasses import replace

from klantreis.labels import plain
from klantreis.map.about import Alternative, Asset, Criterion, Lane, LaneCell
from klantreis.map.model import JourneyMap, Scenario
from klantreis.map.path import Sequence, Visit
from klantreis.map.people import Actor
from klantreis.map.proof import Evidence
from klantreis.map.stages import Action, Feeling
from klantreis.map.work import Need

DAYS = (3, 7, 3, 0.02, 5, 60)


def furnished(map_: JourneyMap) -> JourneyMap:
    """Returns the map with every lane filled and two scenarios that differ."""
    phases = tuple(_phase(number, phase) for number, phase in enumerate(map_.phases))
    ids = [step.id for phase in phases for step in phase.steps]
    touches = [touch.id for touch in map_.touchpoints]
    return replace(
        map_, phases=phases,
        actors=(Actor("marketing", plain("Marketingteam")), Actor("winkel", plain("Webwinkelteam"))),
        assets=(Asset("foto", plain("Foto"), alt=plain("Een hand met een zilveren ring")),),
        evidence=(Evidence("vraag", "interview", "klantinterviews", date="2026-05", sample=14),),
        needs=(
            Need("n1", plain("Hoe bereken ik mijn ringmaat?"), "product", answered="no"),
            Need("n2", plain("Kan ik gratis ruilen?"), "product", answered="partly"),
            Need("n3", plain("Wanneer is het er?"), "wacht", answered="yes"),
        ),
        criteria=(Criterion("past", plain("Past hij"), 5), Criterion("prijs", plain("Prijs"), 3)),
        alternatives=(
            Alternative("wij", plain("Onze webshop"), "besluit", True, (plain("ruilen"),), (),
                        (("past", 3), ("prijs", 4))),
            Alternative("straat", plain("De juwelier"), "besluit", False, (), (plain("duur"),),
                        (("past", 5), ("prijs", 2))),
        ),
        lanes=(
            Lane("tast", plain("Tastbaar"), band="evidence", cells=(LaneCell(ids[0], ids[1], plain("Reel")),)),
            Lane("elders", plain("Elders"), cells=(LaneCell(ids[2], ids[4], plain("Vergelijkt op andere sites")),)),
            Lane("chat", plain("Chat"), band="front", actor="winkel",
                 cells=(LaneCell(ids[4], ids[6], plain("Antwoordt binnen vijf minuten"), "observed"),)),
            Lane("magazijn", plain("Magazijn"), band="back", cells=(LaneCell(ids[8], ids[10], plain("Pakt in")),)),
            Lane("systeem", plain("Systemen"), band="support",
                 cells=(LaneCell(ids[3], ids[10], plain("Voorraad")),
                        LaneCell(ids[5], ids[8], plain("Betaalprovider")))),
        ),
        scenarios=(
            Scenario("ideaal", plain("Zoals bedoeld"), "ideal", _path(touches[:3] + touches[5:])),
            Scenario("echt", plain("Zoals het gaat"), "realistic", _path(touches[:7] + touches[9:])),
        ),
    )  # fmt: skip


def _path(names):
    return Sequence(tuple(Visit(name) for name in names))


def _phase(number, phase):
    steps = tuple(
        replace(
            step,
            owner="marketing" if number < 3 else "winkel",
            image="foto" if spot == 0 and number in {0, 2} else None,
            evidence=("vraag",) if spot == 0 else (),
            feels=(Feeling(None, "ideaal", min(2.0, (step.feel or 0.0) + 1)),),
        )
        for spot, step in enumerate(phase.steps)
    )
    story = Action(f"verhaal{number}", plain("Elke maand een klantverhaal"), owner="Marketing", hours=6.5, cost=250)
    classes = ("AW", "CO", "DE", "BU", "US", "LO")
    actions = (story,) if number in {0, 2} else ()
    return replace(
        phase, steps=steps, actions=actions, classes=(classes[number],), expected_seconds=DAYS[number] * 86400
    )
