"""Ready-made touchpoints to choose from, with their words in Dutch and English and how each can be measured."""

from __future__ import annotations

from klantreis.labels import Label
from klantreis.map.contact import Plan, Touchpoint
from klantreis.map.matching import Matcher

_ONLINE: tuple[tuple[str, str, str, str, str], ...] = (
    ("zoekmachine", "Zoekmachine", "Search engine", "search", "search_visit"),
    ("advertentie", "Online advertentie", "Online advertisement", "ads", "ad_click"),
    ("sociale_media", "Sociale media", "Social media", "social", "social_visit"),
    ("vergelijker", "Vergelijkingssite", "Comparison site", "comparison", "comparison_visit"),
    ("productpagina", "Productpagina", "Product page", "web", "product_view"),
    ("zoekt_op_site", "Zoekt op de site", "Searches the site", "web", "site_search"),
    ("beoordelingen", "Beoordelingen gelezen", "Reviews read", "web", "reviews_view"),
    ("mandje", "In het mandje", "Into the cart", "web", "add_to_cart"),
    ("afgerekend", "Afgerekend", "Checked out", "web", "order_paid"),
    ("offerte", "Offerte gevraagd", "Quote requested", "web", "quote_requested"),
    ("afspraak", "Afspraak gemaakt", "Appointment booked", "web", "appointment_booked"),
    ("bedrijfsprofiel_route", "Route via het bedrijfsprofiel", "Route by the listing", "search", "listing_route"),
    ("bedrijfsprofiel_gebeld", "Gebeld via het profiel", "Called by the listing", "phone", "listing_call"),
    ("bedrijfsprofiel_review", "Beoordeling achtergelaten", "Review left", "search", "listing_review"),
    ("winactie", "Wedstrijd", "Contest", "social", "contest_entered"),
    ("nieuwsbrief", "Ingeschreven voor de nieuwsbrief", "Newsletter subscription", "newsletter", "subscribed"),
    ("bezorgd", "Bezorgd", "Delivered", "parcel", "delivered"),
    ("klacht_gemeld", "Klacht gemeld", "Complaint made", "email", "complaint_opened"),
    ("chat", "Chat", "Chat", "chat", "chat_started"),
    ("retour_aangemeld", "Retour aangemeld", "Return registered", "web", "return_requested"),
    ("stempel", "Stempel op de kaart", "Stamp on the card", "store", "stamp_added"),
    ("community", "Bijdrage in de community", "Post in the community", "social", "community_post"),
    ("doorverteld", "Gedeeld met een vriend", "Shared with a friend", "friends", "referral_shared"),
)  # fmt: skip
"""What leaves an event: id, Dutch, English, channel, and a name for the event."""

_OFFLINE: tuple[tuple[str, str, str, str, Plan], ...] = (
    ("krant", "Advertentie in de plaatselijke krant", "Advertisement in the local paper", "print", Plan("qr")),
    ("shirt", "Logo op het shirt van de club", "Logo on the club's shirts", "event", Plan("asked")),
    ("pand", "Loopt binnen in winkel of pand", "Walks into shop or premises", "store", Plan("counter")),
    ("folder", "Folder in de bus", "Leaflet in the letter box", "print", Plan("code")),
    ("beurs", "Beurs of markt", "Fair or market", "event", Plan("code")),
    ("via_via", "Gehoord via via", "Heard from someone", "friends", Plan("asked")),
    ("vertegenwoordiger", "De vertegenwoordiger komt", "A representative calls", "person", Plan("counter")),
    ("uitpakken", "De doos uitpakken", "Unpacking the box", "parcel", Plan("asked")),
)  # fmt: skip
"""What leaves no event, with how it may be counted."""


def library() -> tuple[Touchpoint, ...]:
    """Returns every ready-made touchpoint, those online first; their `phase` is empty until they stand on a map."""
    online = (_online(id_, Label(nl, en), channel, event) for id_, nl, en, channel, event in _ONLINE)
    offline = (
        Touchpoint(id_, Label(nl, en), "", channel, setting="physical", plan=plan, delight=id_ == "uitpakken")
        for id_, nl, en, channel, plan in _OFFLINE
    )
    return (*online, *offline)


def written(touch: Touchpoint) -> dict[str, object]:
    """Returns a ready-made touchpoint as it is written on a map, without its phase, and not measured yet.

    How it is measured is for who has the event or makes the plan; until then the map says that it is not.
    """
    said = {"label": {"nl": touch.label.text("nl"), "en": touch.label.text("en")}, "channel": touch.channel}
    place = {"setting": touch.setting} if touch.setting == "physical" else {}
    return said | place | ({"delight": True} if touch.delight else {})


def _online(id_: str, label: Label, channel: str, event: str) -> Touchpoint:
    return Touchpoint(id_, label, "", channel, Matcher(event), setting="digital", measurement="event")
