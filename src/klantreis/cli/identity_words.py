"""The words of the terminal about who is who."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

WORDS: Mapping[str, Label] = {
    "person": Label("persoon genoemd", "person named"),
    "by_id": Label("ander id zegt wie", "another id says who"),
    "by_device": Label("herkend op apparaat", "recognised on a device"),
    "anonymous": Label("anoniem", "anonymous"),
    "nobody": Label("geen bruikbaar id", "no usable id"),
    "ambiguous": Label("waarvan dubbelzinnig", "of which ambiguous"),
    "events": Label("gebeurtenissen", "events"),
    "share": Label("aandeel", "share"),
    "how": Label("hoe", "how"),
    "link": Label("koppeling", "link"),
    "links": Label("koppelingen", "links"),
    "kind": Label("soort", "kind"),
    "key": Label("waarde", "value"),
    "who": Label("wie", "who"),
    "since": Label("sinds", "since"),
    "source": Label("bron", "source"),
    "reason": Label("reden", "reason"),
    "state": Label("stand", "state"),
    "device": Label("apparaat", "device"),
    "people": Label("personen", "people"),
    "measure": Label("maat", "measure"),
    "stitched": Label("gekoppeld", "linked"),
    "unstitched": Label("los", "not linked"),
    "reason.together": Label("samen gezien", "seen together"),
    "reason.login": Label("ingelogd", "logged in"),
    "state.used": Label("in gebruik", "used"),
    "state.undone": Label("ongedaan gemaakt", "undone"),
    "state.shared": Label("te veel personen", "too many people"),
    "state.limit": Label("te veel ids", "too many ids"),
    "state.persons": Label("zou twee personen één maken", "would make one of two people"),
    "measure.people": Label("personen met een reis", "people with a journey"),
    "measure.journeys": Label("reizen", "journeys"),
    "measure.duration": Label("duur van een reis (mediaan)", "duration of a journey (median)"),
    "measure.reached": Label("bereikt", "reached"),
    "measure.fit": Label("volgt", "follows"),
    "measure.kpi": Label("KPI", "KPI"),
    "coverage": Label(
        "{} van {} gebeurtenissen hebben een persoon: {} noemt die zelf, {} door een ander id, {} herkend op een "
        "apparaat. {} blijft anoniem; {} is dubbelzinnig.",
        "{} of {} events have a person: {} name their own, {} by another id, {} recognised on a device. {} stay "
        "anonymous; {} are ambiguous.",
    ),
    "size": Label(
        "{} personen, {} apparaten; op {} apparaten logde meer dan één persoon in.",
        "{} people, {} devices; on {} devices more than one person logged in.",
    ),
    "alone": Label(
        "Elke gebeurtenis noemt zelf haar persoon: er is niets te koppelen. Heeft een bron een apparaat of ander id, "
        "noem dat in klantreis.yaml: device: kolom, of ids: {{email: kolom}}.",
        "Each event names its own person: there is nothing to link. When a source has a device or another id, name "
        "it in klantreis.yaml: device: column, or ids: {{email: column}}.",
    ),
    "title.links": Label("Koppelingen", "Links"),
    "title.shared": Label("Gedeelde apparaten, de dubbelzinnigste eerst", "Shared devices, the most ambiguous first"),
    "title.both": Label("Gemeten met en zonder koppelen", "Measured with and without linking"),
    "unknown": Label("Van {} is niets bewaard.", "Nothing is stored of {}."),
    "title.trips": Label("Reizen", "Journeys"),
    "journey": Label("reis", "journey"),
    "map": Label("kaart", "map"),
    "sort": Label("soort", "kind of journey"),
    "begins": Label("begin", "start"),
    "ends": Label("laatste", "latest"),
    "touches": Label("contacten", "touches"),
    "stands": Label("staat", "state"),
    "undone": Label("Koppeling {} is ongedaan gemaakt: {} · {} {}.", "Link {} is undone: {} · {} {}."),
    "made_good": Label("Koppeling {} geldt weer: {} · {} {}.", "Link {} holds again: {} · {} {}."),
    "way_back": Label("Terug: klantreis identity --relink {}", "Back: klantreis identity --relink {}"),
    "forgotten": Label(
        "Gewist: {} gebeurtenissen, {} koppelingen, {} geweigerde rijen. Terug bij hun apparaat: {} gebeurtenissen.",
        "Erased: {} events, {} links, {} refused rows. {} events are back with their device.",
    ),
    "not_there": Label(
        "Van '{}' is niets bewaard, dus er viel niets te wissen. Is dit de naam die in de bron staat? "
        "Komt die later binnen, dan wordt die geweigerd.",
        "Nothing is stored of '{}', so there was nothing to erase. Is this the name in the source? "
        "If it comes in later, it is refused.",
    ),
    "elsewhere": Label(
        "Wis de persoon ook in de bronbestanden. Rapporten en back-ups van .klantreis zijn niet aangeraakt.",
        "Erase the person in the source files too. Reports and copies of .klantreis were not touched.",
    ),
    "sure": Label("{} wissen? Dit kan niet ongedaan worden gemaakt.", "Erase {}? This cannot be undone."),
}


def text(key: str, said: Language, *shown: object) -> str:
    """Returns our words in one language, their gaps filled."""
    return filled(WORDS[key].text(said), *shown)
