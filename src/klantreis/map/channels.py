"""Channels that have a name and a drawing without being declared on a map; the list is open."""

from __future__ import annotations

from klantreis.labels import Label
from klantreis.map.model import Channel
from klantreis.map.naming import titled

_KNOWN: dict[str, tuple[str, str, str]] = {
    "web": ("Website", "Website", "web"),
    "webshop": ("Webshop", "Web shop", "web"),
    "app": ("App", "App", "app"),
    "search": ("Zoekmachine", "Search engine", "search"),
    "social": ("Sociale media", "Social media", "social"),
    "video": ("Video", "Video", "video"),
    "ads": ("Advertentie", "Advertisement", "ads"),
    "marketplace": ("Marktplaats", "Marketplace", "web"),
    "comparison": ("Vergelijkingssite", "Comparison site", "web"),
    "email": ("E-mail", "E-mail", "email"),
    "newsletter": ("Nieuwsbrief", "Newsletter", "email"),
    "chat": ("Chat", "Chat", "chat"),
    "phone": ("Telefoon", "Phone", "phone"),
    "sms": ("Sms", "Text message", "phone"),
    "store": ("Winkel", "Shop", "store"),
    "person": ("Medewerker", "Staff", "person"),
    "friends": ("Vrienden en familie", "Friends and family", "person"),
    "event": ("Evenement", "Event", "event"),
    "post": ("Post", "Post", "post"),
    "parcel": ("Pakket", "Parcel", "post"),
    "print": ("Drukwerk", "Print", "print"),
    "workshop": ("Werkplaats", "Workshop", "tools"),
}


def channel(id_: str) -> Channel:
    """Returns the channel of this name; one that is not in the list gets its own name as label and no drawing."""
    if id_ not in _KNOWN:
        return Channel(id_, titled(id_))
    nl, en, icon = _KNOWN[id_]
    return Channel(id_, Label(nl, en), icon)


def channels() -> tuple[Channel, ...]:
    """Returns every channel that is known without being declared."""
    return tuple(channel(id_) for id_ in _KNOWN)
