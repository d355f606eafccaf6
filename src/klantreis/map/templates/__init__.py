"""Phase models to start a map from: the YAML files beside this one, one model each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from klantreis.documents import Reader, Record, read_document_text
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label
from klantreis.map.model import JourneyType, Phase
from klantreis.map.options import CLASSES, allowed

ORDER = (
    "nl-5", "funnel-3", "journey-7", "actie-5", "stdc", "aida", "race", "cdj", "lv-3", "lifecycle",
    "klacht", "klantenservice", "reparatie", "retour",
)  # fmt: skip
"""The order they are shown in: models of buying first, then one for each other kind of journey."""


@dataclass(frozen=True, slots=True)
class Template:
    """A model of phases. `kind`: 'phases' follow one another, 'intents' do not, 'states' are what a firm calls people.

    `type` is the journey type a map from this template starts with; `source` says whose model it is.
    """

    id: str
    label: Label
    kind: Literal["phases", "intents", "states"]
    type: JourneyType
    source: str
    phases: tuple[Phase, ...]


def templates() -> tuple[Template, ...]:
    """Returns all templates, in the order they are shown in."""
    return tuple(template(key) for key in ORDER)


def template(key: str) -> Template:
    """Returns the template called `key` ('nl-5'); raises OptionError, with the nearest key, when there is none."""
    if key not in ORDER:
        raise OptionError(
            Label(f"Het sjabloon {key!r} is er niet.", f"there is no template {key!r}"), mend=did_you_mean(key, ORDER)
        )
    return _read(key)


@cache
def _read(key: str) -> Template:
    text = files(__package__).joinpath(f"{key}.yaml").read_text(encoding="utf-8")
    return read_document_text(text, Record("template", _template), file=f"{key}.yaml")


def _template(reader: Reader) -> Template:
    return Template(
        id=reader.text("id", required=True),
        label=reader.label("label", required=True),
        kind=reader.choice("kind", allowed(Template, "kind"), "phases"),
        type=reader.choice("type", allowed(Template, "type"), "custom"),
        source=reader.text("source"),
        phases=reader.mapping("phases", Record("template_phase", _phase)),
    )


def _phase(reader: Reader) -> Phase:
    return Phase(
        id=reader.id,
        label=reader.label("label", required=True),
        classes=reader.get("class", CLASSES, ()),
        goal=reader.label("goal", required=True),
    )
