"""What people do, in words: well-known event names as verb phrases in both languages, and words that have a twin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantreis.labels import Label


@dataclass(frozen=True, slots=True)
class Phrase:
    """How an event whose name holds `pattern` is said: `about` a word, or, without one, as `it` is."""

    pattern: str
    about: Label
    it: Label


def _phrase(pattern: str, about: tuple[str, str], it: tuple[str, str]) -> Phrase:
    return Phrase(pattern, Label(*about), Label(*it))


PHRASES: tuple[Phrase, ...] = (
    _phrase("search|zoek|query", ("Zoekt op {word}", "Searches for {word}"), ("Zoekt op de site", "Searches the site")),
    _phrase("chat", ("Chat over {word}", "Chats about {word}"), ("Start een chat", "Starts a chat")),
    _phrase("faq|help|support", ("Zoekt hulp bij {word}", "Looks for help with {word}"), ("Zoekt hulp", "Seeks help")),
    _phrase("call|phone|bel(t|len)|telefoon", ("Belt over {word}", "Calls about {word}"), ("Belt op", "Calls")),
    _phrase(
        "contact|mail|ticket|bericht",
        ("Vraagt naar {word}", "Asks about {word}"),
        ("Neemt contact op", "Gets in touch"),
    ),
    _phrase("compar|vergelijk", ("Vergelijkt {word}", "Compares {word}"), ("Vergelijkt", "Compares")),
    _phrase(
        "wish|favou?rite|bewaar|verlang", ("Bewaart {word}", "Saves {word}"), ("Bewaart voor later", "Saves for later")
    ),
    _phrase("download", ("Downloadt {word}", "Downloads {word}"), ("Downloadt iets", "Downloads something")),
    _phrase(
        "video|play",
        ("Kijkt een video over {word}", "Watches a video on {word}"),
        ("Kijkt een video", "Watches a video"),
    ),
    _phrase("review", ("Leest reviews over {word}", "Reads reviews of {word}"), ("Leest reviews", "Reads reviews")),
    _phrase(
        "coupon|voucher|korting|promo",
        ("Gebruikt korting {word}", "Uses discount {word}"),
        ("Zoekt korting", "Uses a discount"),
    ),
    _phrase("share|deel|deelt", ("Deelt {word}", "Shares {word}"), ("Deelt iets", "Shares something")),
    _phrase(
        "store|winkel|locat|route",
        ("Zoekt winkel {word}", "Looks for shop {word}"),
        ("Zoekt een winkel", "Looks for a shop"),
    ),
    _phrase(
        "newsletter|subscri|nieuwsbrief",
        ("Abonneert zich op {word}", "Subscribes to {word}"),
        ("Neemt de nieuwsbrief", "Subscribes"),
    ),
    _phrase("log_?in|sign_?in|inlog", ("Logt in voor {word}", "Logs in for {word}"), ("Logt in", "Logs in")),
    _phrase(
        "register|sign_?up|account_?(creat|made|open)|(create|make|open)_?account",
        ("Maakt een account voor {word}", "Makes an account for {word}"),
        ("Maakt een account", "Makes an account"),
    ),
    _phrase("cancel|annul", ("Annuleert {word}", "Cancels {word}"), ("Annuleert", "Cancels")),
    _phrase("return|retour", ("Stuurt {word} terug", "Returns {word}"), ("Stuurt iets terug", "Returns something")),
    _phrase("complain|klacht", ("Klaagt over {word}", "Complains about {word}"), ("Dient een klacht in", "Complains")),
    _phrase("filter|sort", ("Filtert op {word}", "Filters by {word}"), ("Filtert", "Filters")),
    _phrase("open", ("Opent {word}", "Opens {word}"), ("Opent: {event}", "Opens: {event}")),
    _phrase("click|klik", ("Klikt op {word}", "Clicks {word}"), ("Klikt: {event}", "Clicks: {event}")),
    _phrase(
        "view|visit|page|bekijk|bezoek",
        ("Bekijkt {word}", "Looks at {word}"),
        ("Bekijkt: {event}", "Looks at: {event}"),
    ),
    _phrase("", ("Doet: {event} ({word})", "Does: {event} ({word})"), ("Doet: {event}", "Does: {event}")),
)
"""The first whose pattern is found in the event name holds; the last one always does."""

SEEN = re.compile(r"\b(view(s|ed|ing)?|bekijk(t|en)?|open(s|ed|t)?)\b *", re.IGNORECASE)
"""What our own verb says already: 'product view' is 'Looks at product'."""

TWINS: tuple[tuple[str, str], ...] = (
    ("maat", "size"),
    ("prijs", "price"),
    ("levering", "delivery"),
    ("bezorging", "delivery"),
    ("verzending", "shipping"),
    ("retour", "returns"),
    ("ruilen", "exchange"),
    ("garantie", "warranty"),
    ("kleur", "colour"),
    ("betalen", "paying"),
    ("openingstijden", "opening hours"),
    ("voorraad", "stock"),
    ("korting", "discount"),
    ("handleiding", "manual"),
    ("reparatie", "repair"),
    ("factuur", "invoice"),
    ("wachtwoord", "password"),
)
"""Words customers often use, in Dutch and in English."""

EMPTY = frozenset(
    "aan als bij dan dat de deze die dit doe door een en er geen heb hebben het hoe ik ben in is je kan kun met mijn "
    "moet naar niet nog of om ook op over te uit van voor waar wat wel welke wie wij worden zijn "
    "about and are can does for from have how the this that what when where which who with you your".split()
)
"""Words that say nothing by themselves."""


def phrase(event: str, word: str | None) -> tuple[Label, dict[str, Label]]:
    """Returns how an event is said, as a text with `{word}` or `{event}` to fill in, and what to fill in."""
    found = next(one for one in PHRASES if re.search(one.pattern, event, re.IGNORECASE))
    said = event.replace("_", " ")
    values = {"event": Label(anyway=SEEN.sub("", said).strip() or said)}
    return (found.it, values) if word is None else (found.about, values | {"word": twin(word)})


def twin(word: str) -> Label:
    """Returns a word in both languages where its twin is known, else the word as it is."""
    folded = word.casefold()
    for nl, en in TWINS:
        if folded in {nl, en}:
            return Label(nl=nl, en=en)
    return Label(anyway=word)


def dominant(words: tuple[tuple[str, int], ...], share: float) -> str | None:
    """Returns the word that most texts have in them ('maat' in 'ringmaat', 'welke maat'), or None.

    `words` are (text, how often). A word counts for every text that holds it, also inside a longer word, and has to be
    in at least `share` of all. Between equals the longer one, then the first of the alphabet.
    """
    known = [(text.casefold(), often) for text, often in words]
    tokens = {token for text, _ in known for token in re.findall(r"[^\W\d_]{3,}", text)} - EMPTY
    weight = {token: sum(often for text, often in known if token in text) for token in tokens}
    best = min(tokens, key=lambda token: (-weight[token], -len(token), token), default=None)
    return best if best is not None and weight[best] >= share * sum(often for _, often in known) else None
