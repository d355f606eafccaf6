"""What the guide lists: the ready-made touchpoints to choose from."""

from __future__ import annotations

from klantreis.cli import speak
from klantreis.labels import Label, Language
from klantreis.map.channels import channel
from klantreis.map.contact import Touchpoint
from klantreis.map.library import library, written

HEADS = (
    Label("id", "id"), Label("contactmoment", "touchpoint"), Label("kanaal", "channel"),
    Label("te meten met", "can be measured by"),
)  # fmt: skip
PLANS = {
    "qr": Label("een QR-code", "a QR code"),
    "code": Label("een code", "a code"),
    "counter": Label("een teller", "a counter"),
    "asked": Label("ernaar vragen", "asking"),
}
HOW = Label(
    "Typ er een of meer in stap 3 van de gids. Gemeten zijn ze pas met match: of plan: erbij.",
    "Type one or more of them in step 3 of the guide. They are measured once match: or plan: is added.",
)


def ready_made(said: Language, *, json: bool) -> None:
    """Prints every ready-made touchpoint: its id and name, its channel, and how it is measured."""
    if json:
        speak.as_json([{"id": touch.id, **written(touch), **_measured(touch)} for touch in library()])
        return
    heads = [head.text(said) for head in HEADS]
    rows = []
    for touch in library():
        found = _measured(touch)
        how = found["match"] if "match" in found else PLANS[found["plan"]].text(said)
        told = (touch.id, touch.label.text(said), channel(touch.channel or "").label.text(said), how)
        rows.append(dict(zip(heads, told, strict=True)))
    speak.table(rows, said)
    speak.line(HOW.text(said), style="dim")


def _measured(touch: Touchpoint) -> dict[str, str]:
    """How a ready-made touchpoint can be measured: {'match': event}, or {'plan': 'qr'}."""
    if touch.matcher is not None:
        return {"match": touch.matcher.event}
    return {"plan": touch.plan.how if touch.plan else "asked"}
