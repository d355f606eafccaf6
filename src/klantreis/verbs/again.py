"""`again`: the answer that a recipe tells of, asked anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from klantreis.analyses.fold import fold
from klantreis.analyses.recipe import options_from
from klantreis.analyses.result import Result
from klantreis.errors import OptionError, warn
from klantreis.journeys.model import Journeys
from klantreis.journeys.slices import sliced
from klantreis.labels import Label
from klantreis.plugins import part
from klantreis.verbs.answers import answering
from klantreis.verbs.contrast import Pair, contrast
from klantreis.verbs.data import Data, opened

DATA = ("version", "map", "grain", "segment", "since", "until")
MEND = Label(
    "Geef result.recipe, of het woordenboek van het hele resultaat.",
    "Give result.recipe, or the dictionary of the whole result.",
)


def again(recipe: Mapping[str, Any], data: Data, **columns: Any) -> Result:
    """Returns the Result that a recipe tells of: the same analysis with the same options, of the same part of the data.

    Data of another version is warned of, since it may give other numbers.

    Args:
        recipe: `result.recipe`, or the dictionary of a whole result (`result.to_dict()`, what `--json` prints).
        data: the file, data frame or journeys it was asked of; of a workspace: `shop.journeys(shop.map("ring-kopen"))`.
            The segment and the period are those of the recipe.
        columns: as for `read`.

    Raises:
        OptionError: it is no recipe, or it is of another map or another part of the data than these journeys are.
        MissingPart: there is no such analysis.
    """
    told = _recipe(recipe)
    journeys = opened(data, **columns)
    _same(told["data"], journeys)
    return _asked(told, journeys)


def _asked(told: Mapping[str, Any], journeys: Journeys) -> Result:
    if told["analysis"] == "contrast":
        pair = options_from(Pair, told["options"])
        one, other = (_asked(_recipe(recipe), journeys) for recipe in pair.of)
        return contrast(one, other, names=pair.names)  # type: ignore[type-var]
    analysis, cut = part("analysis", told["analysis"]), _slice(told["data"], journeys)
    if (answers := told.get("answers")) is not None:
        cut = answering(cut, answers or None)
    answer: Result = fold(analysis, cut, options_from(analysis.Options, told["options"]))
    return answer


def _recipe(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns a recipe with its data, also when the dictionary of a whole result is given."""
    told = told if isinstance(told, Mapping) else {}
    about = told.get("about")
    if isinstance(about, Mapping) and isinstance(about.get("recipe"), Mapping):
        told = {**about["recipe"], "data": {word: about.get(word) for word in DATA}}
    if not isinstance(told.get("analysis"), str) or not isinstance(told.get("options"), Mapping):
        raise OptionError(
            Label(
                "Dit is geen recept: het noemt geen analyse met haar opties.",
                "This is no recipe: it names no analysis with its options.",
            ),
            where="recipe",
            mend=MEND,
        )
    data = told.get("data")
    return {**told, "data": data if isinstance(data, Mapping) else {}}


def _same(data: Mapping[str, Any], journeys: Journeys) -> None:
    about = journeys.about
    for word, here in (("map", about.map), ("grain", about.grain)):
        if word in data and data[word] != here:
            raise OptionError(
                Label(
                    f"Het recept is van {word} {data[word]!r}, en deze reizen zijn van {here!r}.",
                    f"The recipe is of {word} {data[word]!r}, and these journeys are of {here!r}.",
                ),
                where=f"recipe.data.{word}",
                mend=Label("Vraag het aan de gegevens waarmee het gemaakt is.", "Ask it of the data it was made of."),
            )
    version = data.get("version")
    if version and version != about.version:
        warn(
            Label(
                "De gegevens zijn van een andere versie dan die van het recept, dus de getallen kunnen verschillen.",
                "The data is of another version than the recipe's, so the numbers may differ.",
            )
        )


def _slice(data: Mapping[str, Any], journeys: Journeys) -> Journeys:
    about = journeys.about
    period = {word: _micros(data, word) for word in ("since", "until")}
    asked: dict[str, Any] = {"segment": data.get("segment"), **period}
    for word, value in asked.items():
        here = getattr(about, word)
        if here is not None and here != value:
            raise OptionError(
                Label(
                    f"Deze reizen zijn al één deel, naar {word}, en het recept is van een ander.",
                    f"These journeys are one part already, by {word}, and the recipe is of another.",
                ),
                where=f"recipe.data.{word}",
                mend=Label(
                    "Geef alle reizen: het recept neemt zelf zijn deel.",
                    "Give all journeys: the recipe takes its own part.",
                ),
            )
    return sliced(journeys, **{word: value for word, value in asked.items() if getattr(about, word) is None})


def _micros(data: Mapping[str, Any], word: str) -> int | None:
    told = data.get(word)
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError as error:
        raise OptionError(
            Label(f"{told!r} is geen moment.", f"{told!r} is no moment."), where=f"recipe.data.{word}", mend=MEND
        ) from error
    seconds = int(moment.replace(microsecond=0).timestamp())
    return seconds * 1_000_000 + moment.microsecond
