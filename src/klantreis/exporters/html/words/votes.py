"""Words of the question at each step of a shared page, of sending the answers, and of what viewers said."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "vote": ("Herkenbaar?", "Recognisable?"),
        "vote-yes": ("Ja", "Yes"),
        "vote-no": ("Nee", "No"),
        "vote-asked": (
            "Is dit zoals het bij jou ging? Bij elke stap kun je ja of nee zeggen. Niemand ziet je antwoorden "
            "tot je ze zelf verstuurt, en je naam vragen we niet.",
            "Is this how it went for you? At each step you can say yes or no. Nobody sees your answers until you "
            "send them yourself, and nobody asks your name.",
        ),
        "vote-send": ("Stuur mijn antwoorden", "Send my answers"),
        "vote-comment": (
            "Wil je er iets bij zeggen? (mag leeg blijven; zet er geen naam in)",
            "Anything to add? (may stay empty; please write no names)",
        ),
        "vote-count": ("{n} van {all} stappen beantwoord.", "{n} of {all} steps answered."),
        "vote-back": (
            "Stuur ze terug aan wie de pagina met je deelde: kopieer ze in een bericht, of stuur het bestand mee.",
            "Send them back to whoever shared the page with you: copy them into a message, or attach the file.",
        ),
        "vote-to": (
            "De knop zet ze in een mail aan {to}; jij verstuurt die. Kopiëren of bewaren kan ook.",
            "The button puts them in a mail to {to}, which you send. You may also copy or save them.",
        ),
        "vote-text": ("Mijn antwoorden als tekst", "My answers as text"),
        "vote-mail": ("Mail mijn antwoorden", "Mail my answers"),
        "vote-copy": ("Kopieer", "Copy"),
        "vote-copied": ("Gekopieerd.", "Copied."),
        "vote-save": ("Bewaar als bestand", "Save as a file"),
        "vote-clear": ("Wis mijn antwoorden", "Clear my answers"),
        "vote-paste": ("Plak hier je antwoorden.", "Paste your answers here."),
        "vote-id": (
            "Je antwoorden blijven in deze browser staan tot je ze wist. Verstuur je later nog eens, dan vervangt dat "
            "wat je eerder stuurde. Deelt iemand anders dit apparaat? Wis ze dan eerst.",
            "Your answers stay in this browser until you clear them. Send again later, and that replaces what you "
            "sent before. Does somebody else share this device? Then clear them first.",
        ),
        "vote-bare": (
            "De knop opent een mail aan {to} met je antwoorden; jij verstuurt die.",
            "The button opens a mail to {to} with your answers, which you send.",
        ),
        "vote-bare.none": (
            "Zonder script kan deze pagina je antwoorden niet verzamelen. Zet scripts aan, of schrijf wie de pagina "
            "met je deelde welke stappen je niet herkent.",
            "Without scripts this page cannot gather your answers. Allow scripts, or write to whoever shared the page "
            "with you which steps you do not recognise.",
        ),
        "voted": ("Herkenbaar volgens kijkers", "Recognisable to viewers"),
        "voted-at": ("{yes} van {n}", "{yes} of {n}"),
        "voted-few": ("te weinig stemmen (n = {n}, nodig {need})", "too few votes (n = {n}, need {need})"),
    }
)
