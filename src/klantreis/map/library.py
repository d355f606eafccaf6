"""Ready-made touchpoints to choose from, with their words in Dutch and English and how each can be measured."""

from __future__ import annotations

from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label
from klantreis.map.contact import Plan, Touchpoint
from klantreis.map.kinds import PhaseClass
from klantreis.map.matching import Matcher

_ONLINE: tuple[tuple[str, str, str, str, str, PhaseClass], ...] = (
    ("zoekmachine", "Zoekmachine", "Search engine", "search", "search_visit", "OR"),
    ("advertentie", "Online advertentie", "Online advertisement", "ads", "ad_click", "AW"),
    ("sociale_media", "Sociale media", "Social media", "social", "social_visit", "AW"),
    ("vergelijker", "Vergelijkingssite", "Comparison site", "comparison", "comparison_visit", "CO"),
    ("productpagina", "Productpagina", "Product page", "web", "product_view", "CO"),
    ("zoekt_op_site", "Zoekt op de site", "Searches the site", "web", "site_search", "CO"),
    ("beoordelingen", "Beoordelingen gelezen", "Reviews read", "web", "reviews_view", "CO"),
    ("mandje", "In het mandje", "Into the cart", "web", "add_to_cart", "DE"),
    ("afgerekend", "Afgerekend", "Checked out", "web", "order_paid", "BU"),
    ("offerte", "Offerte gevraagd", "Quote requested", "web", "quote_requested", "DE"),
    ("afspraak", "Afspraak gemaakt", "Appointment booked", "web", "appointment_booked", "DE"),
    ("bedrijfsprofiel_route", "Route via het bedrijfsprofiel", "Route by the listing", "search", "listing_route", "OR"),
    ("bedrijfsprofiel_gebeld", "Gebeld via het profiel", "Called by the listing", "phone", "listing_call", "OR"),
    ("bedrijfsprofiel_review", "Beoordeling achtergelaten", "Review left", "search", "listing_review", "AD"),
    ("winactie", "Wedstrijd", "Contest", "social", "contest_entered", "AW"),
    ("nieuwsbrief", "Ingeschreven voor de nieuwsbrief", "Newsletter subscription", "newsletter", "subscribed", "OR"),
    ("bezorgd", "Bezorgd", "Delivered", "parcel", "delivered", "US"),
    ("klacht_gemeld", "Klacht gemeld", "Complaint made", "email", "complaint_opened", "SE"),
    ("chat", "Chat", "Chat", "chat", "chat_started", "SE"),
    ("retour_aangemeld", "Retour aangemeld", "Return registered", "web", "return_requested", "SE"),
    ("stempel", "Stempel op de kaart", "Stamp on the card", "store", "stamp_added", "LO"),
    ("community", "Bijdrage in de community", "Post in the community", "social", "community_post", "LO"),
    ("doorverteld", "Gedeeld met een vriend", "Shared with a friend", "friends", "referral_shared", "AD"),
)  # fmt: skip
"""What leaves an event: id, Dutch, English, channel, a name for the event, and the class it mostly stands in."""

_OFFLINE: tuple[tuple[str, str, str, str, Plan, PhaseClass], ...] = (
    ("krant", "Advertentie in de plaatselijke krant", "Advertisement in the local paper", "print", Plan("qr"), "AW"),
    ("shirt", "Logo op het shirt van de club", "Logo on the club's shirts", "event", Plan("asked"), "AW"),
    ("pand", "Loopt binnen in winkel of pand", "Walks into shop or premises", "store", Plan("counter"), "OR"),
    ("folder", "Folder in de bus", "Leaflet in the letter box", "print", Plan("code"), "AW"),
    ("beurs", "Beurs of markt", "Fair or market", "event", Plan("code"), "AW"),
    ("via_via", "Gehoord via via", "Heard from someone", "friends", Plan("asked"), "AW"),
    ("vertegenwoordiger", "De vertegenwoordiger komt", "A representative calls", "person", Plan("counter"), "DE"),
    ("uitpakken", "De doos uitpakken", "Unpacking the box", "parcel", Plan("asked"), "US"),
)  # fmt: skip
"""What leaves no event, with how it may be counted."""


def library() -> tuple[Touchpoint, ...]:
    """Returns every ready-made touchpoint, those online first; their `phase` is empty until they stand on a map."""
    online = (_online(id_, Label(nl, en), channel, event) for id_, nl, en, channel, event, _ in _ONLINE)
    offline = (
        Touchpoint(id_, Label(nl, en), "", channel, setting="physical", plan=plan, delight=id_ == "uitpakken")
        for id_, nl, en, channel, plan, _ in _OFFLINE
    )
    return (*online, *offline)


def ready_made(id_: str) -> Touchpoint:
    """Returns the ready-made touchpoint of this id; raises OptionError with the nearest."""
    known = {touch.id: touch for touch in library()}
    if id_ not in known:
        raise OptionError(
            Label(f"Het kant-en-klare contactmoment {id_!r} is er niet.", f"there is no ready-made touchpoint {id_!r}"),
            mend=did_you_mean(id_, known),
        )
    return known[id_]


def mostly_in(id_: str) -> PhaseClass | None:
    """Returns the class of phases that a ready-made touchpoint mostly stands in; None for one that is not known."""
    return next((row[-1] for row in (*_ONLINE, *_OFFLINE) if row[0] == id_), None)


def _online(id_: str, label: Label, channel: str, event: str) -> Touchpoint:
    return Touchpoint(id_, label, "", channel, Matcher(event), setting="digital", measurement="event")
