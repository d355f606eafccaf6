"""What the editor says, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from klantreis.labels import LANGUAGES, Label, Language
from klantreis.map.kinds import Severity
from klantreis.scenes.numbers import score
from klantreis.scenes.words import say as pictured

WORDS: Mapping[str, Label] = MappingProxyType({
    "kind": Label("Kaart bewerken", "Edit the map"),
    "skip": Label("Naar de stappen", "To the steps"),
    "undo": Label("Ongedaan maken", "Undo"),
    "redo": Label("Opnieuw doen", "Redo"),
    "ready": Label("Elke wijziging staat meteen in {file}.", "Each change is in {file} at once."),
    "saved": Label("Bewaard. {what}", "Saved. {what}"),
    "undone": Label("Ongedaan gemaakt: {what}", "Undone: {what}"),
    "redone": Label("Opnieuw gedaan: {what}", "Done again: {what}"),
    "same": Label("Er is niets veranderd.", "Nothing was changed."),
    "nothing": Label("Er is niets om ongedaan te maken.", "There is nothing to undo."),
    "nothing-redo": Label("Er is niets om opnieuw te doen.", "There is nothing to do again."),
    "stopped": Label(
        "De editor is gestopt, of dit adres is niet meer van jou. Wat bewaard was, is bewaard. Start hem opnieuw.",
        "The editor has stopped, or this address is no longer yours. What was saved is saved. Start it again.",
    ),
    "elsewhere": Label("Het bestand is elders veranderd; dit is hoe het nu is.",
                       "The file was changed elsewhere; this is how it is now."),
    "map": Label("De kaart", "The map"),
    "how": Label(
        "Sleep een merk op de lijn omhoog of omlaag, of kies hem en druk op ↑ of ↓. Enter opent het woord, ← en → gaan "
        "naar het merk ernaast, Ctrl+Z maakt ongedaan. Hieronder doe je hetzelfde met een menu.",
        "Drag a mark on the line up or down, or choose it and press ↑ or ↓. Enter opens the word, ← and → go to the "
        "mark beside it, Ctrl+Z undoes. Below you do the same with a menu.",
    ),
    "axis": Label("Een gevoel loopt van +2 ({high}) tot −2 ({low}).", "A feeling runs from +2 ({high}) to −2 ({low})."),
    "no-curve": Label(
        "Nog geen stap heeft een gevoel, dus er is nog geen lijn. Kies er hieronder een.",
        "No step has a feeling yet, so there is no line. Choose one below.",
    ),
    "steps": Label("De stappen", "The steps"),
    "no-steps": Label("Nog geen stappen.", "No steps yet."),
    "empty-map": Label(
        "Deze kaart heeft nog geen stappen. Voeg de eerste toe in een fase.",
        "This map has no steps yet. Add the first one in a phase.",
    ),
    "feel": Label("Gevoel", "Feeling"),
    "word": Label("Woord", "Word"),
    "do": Label("Doet", "Does"),
    "think": Label("Denkt", "Thinks"),
    "expect": Label("Verwacht", "Expects"),
    "texts": Label("Naam en teksten", "Name and texts"),
    "at": Label("bij {step}", "at {step}"),
    "save": Label("Bewaar", "Save"),
    "cancel": Label("Annuleer", "Cancel"),
    "ask-word": Label("Woord bij {step}", "Word at {step}"),
    "unsaid": Label("nog niet gezegd", "not said yet"),
    "measured": Label("Gemeten: {value}. Wat je hier kiest is de aanname ernaast.",
                      "Measured: {value}. What you choose here is the assumption beside it."),
    "sure": Label("Dit gevoel was {sure}; wat je zelf kiest is een aanname.",
                  "This feeling was {sure}; what you choose yourself is an assumption."),
    "sure.observed": Label("waargenomen", "observed"),
    "sure.measured": Label("gemeten", "measured"),
    "sure.confirmed": Label("bevestigd", "confirmed"),
    "apart": Label("Gevoel per persona", "Feeling by persona"),
    "as-all": Label("als iedereen", "as everybody"),
    "everybody": Label("Iedereen", "Everybody"),
    "in-way": Label("{who} in {way}", "{who} in {way}"),
    "felt": Label("Gevoel van {who} bij {step}: {value}.", "Feeling of {who} at {step}: {value}."),
    "no-own": Label("Dit eigen gevoel is hier niet te kiezen.", "This feeling apart cannot be chosen here."),
    "no-own-how": Label("Schrijf het in het bestand, onder feel.", "Write it in the file, under feel."),
    "other": Label("In het {tongue}: {text}", "In {tongue}: {text}"),
    "nl": Label("Nederlands", "Dutch"),
    "en": Label("Engels", "English"),
    "change": Label("{field} bij {step}: {value}.", "{field} at {step}: {value}."),
    "emptied": Label("leeg", "empty"),
    "arrange": Label("Plaats in de reis", "Place in the journey"),
    "new-step": Label("Nieuwe stap", "New step"),
    "in-phase": Label("in {phase}", "in {phase}"),
    "before": Label("Zet ervóór", "Put before it"),
    "after": Label("Zet erna", "Put after it"),
    "add": Label("Voeg toe", "Add"),
    "earlier": Label("Eerder", "Earlier"),
    "later": Label("Later", "Later"),
    "phase": Label("Fase", "Phase"),
    "to": Label("Verplaats", "Move"),
    "delete": Label("Verwijder de stap", "Delete the step"),
    "nameless": Label("De nieuwe stap heeft geen naam.", "The new step has no name."),
    "nameless-how": Label("Schrijf wat de klant doet: 'Ik betaal'.", "Write what the customer does: 'I pay'."),
    "added": Label("{step} is een stap in {phase}.", "{step} is a step in {phase}."),
    "moved": Label("{step} staat nu in {phase}, {where}.", "{step} is now in {phase}, {where}."),
    "moved-after": Label("na {step}", "after {step}"),
    "moved-first": Label("vooraan", "at the front"),
    "deleted": Label("{step} is verwijderd. {more}", "{step} is deleted. {more}"),
    "deleted-barriers": Label("Ook weg: {names}.", "Gone with it: {names}."),
    "held": Label("Niet verwijderd: deze regels spreken nog van de stap: {lines}.",
                  "Not deleted: these lines still speak of the step: {lines}."),
    "held-how": Label("Wijzig die eerst in het bestand.", "Change those in the file first."),
    "unsound": Label("Zo is de kaart niet meer te lezen: {why}.", "Like this the map can no longer be read: {why}."),
    "barriers": Label("Barrières", "Barriers"),
    "barrier": Label("Barrière", "Barrier"),
    "new-barrier": Label("Nieuwe barrière", "New barrier"),
    "severity": Label("Ernst", "Severity"),
    "clear": Label("Verwijder", "Delete"),
    "wordless": Label("De barrière heeft geen woorden.", "The barrier has no words."),
    "wordless-how": Label("Schrijf wat er in de weg staat: 'De rij is te lang'.",
                          "Write what gets in the way: 'The queue is too long'."),
    "barred": Label("Barrière bij {step}: {name} ({weight}).", "Barrier at {step}: {name} ({weight})."),
    "renamed": Label("Barrière {barrier} heet nu {name}.", "Barrier {barrier} is now called {name}."),
    "weighed": Label("Ernst van {barrier}: {weight}.", "Severity of {barrier}: {weight}."),
    "cleared": Label("Barrière {barrier} is verwijderd.", "Barrier {barrier} is deleted."),
    "barrier-held": Label("Niet verwijderd: dit spreekt nog van de barrière: {lines}.",
                          "Not deleted: this still speaks of the barrier: {lines}."),
    "mistakes": Label("Het bestand is niet te lezen", "The file cannot be read"),
    "mend": Label(
        "Herstel dit in {file}; deze pagina gaat dan vanzelf verder.",
        "Mend this in {file}; then this page goes on by itself.",
    ),
    "look-again": Label("Kijk opnieuw", "Look again"),
    "line": Label("regel {line}, kolom {column}", "line {line}, column {column}"),
    "clash": Label("Niet bewaard: het bestand is intussen veranderd", "Not saved: the file was changed meanwhile"),
    "clash-how": Label(
        "Er is niets overschreven. Wat jij wilde: {what} Hieronder staan de twee teksten; kies welke geldt.",
        "Nothing was overwritten. What you wanted: {what} Both texts stand below; choose which holds.",
    ),
    "theirs": Label("Zoals het bestand nu is", "As the file is now"),
    "mine": Label("Zoals jij het wilde", "As you wanted it"),
    "difference": Label("Het verschil", "The difference"),
    "anyway": Label("Mijn wijziging alsnog, op het bestand van nu", "My change still, on the file as it is"),
    "leave": Label("Laat het bestand zoals het is", "Leave the file as it is"),
    "clash-undo": Label(
        "Terug kan niet meer: daarmee zou verdwijnen wat er elders in het bestand veranderd is.",
        "That cannot be taken back: it would remove what was changed in the file elsewhere.",
    ),
    "refused": Label("Niet bewaard", "Not saved"),
    "next": Label("En nu?", "What next?"),
    "next.check": Label("Kijk of de kaart klopt:", "See whether the map is right:"),
    "next.draw": Label("Teken hem:", "Draw it:"),
    "next.report": Label("Maak er een verslag van:", "Make a report of it:"),
    "text": Label("De tekst van het bestand", "The text of the file"),
    "closed": Label("Dit adres is niet geldig", "This address is not valid"),
    "closed-how": Label(
        "Elk adres van de editor geldt één keer, in één browser. Neem het adres dat de terminal toont, of start de "
        "editor opnieuw.",
        "Each address of the editor holds once, in one browser. Take the address that the terminal shows, or start the "
        "editor again.",
    ),
})  # fmt: skip
SCORES = (2, 1, 0, -1, -2)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def say(key: str, language: Language, **gaps: object) -> str:
    """Returns one of the texts, its gaps filled; an unknown key raises KeyError."""
    return WORDS[key].text(language).format(**gaps)


def both(key: str, **gaps: Label) -> Label:
    """Returns the same in both languages; each gap is filled in its own."""
    nl, en = ({name: gap.text(said) for name, gap in gaps.items()} for said in ("nl", "en"))
    return Label(WORDS[key].text("nl").format(**nl), WORDS[key].text("en").format(**en))


def severity(word: Severity) -> Label:
    """Returns what a severity is called: 'klein', 'omweg', 'haakt af'."""
    return Label(*(pictured(f"severity.{word}", said) for said in LANGUAGES))


def feeling(value: float | None, language: Language) -> str:
    """Returns a feeling as it is read: '+2 Enthousiast', '−0,5', 'nog niet gezegd'."""
    if value is None:
        return say("unsaid", language)
    names = {2: "keen", 0: "neutral", -2: "disappointed"}
    told = score(value, language, 0 if value == round(value) else 1)
    middle = {1: Label("positief", "positive"), -1: Label("negatief", "negative")}.get(int(value)) or Label()
    name = pictured(names[int(value)], language) if value in names else middle.text(language)
    return f"{told} {name}" if value in SCORES else told
