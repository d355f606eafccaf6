"""Whether what a function was given is of a kind that it takes: its own hints say so, and nobody waits to find out."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Sequence as AnySequence
from datetime import date
from functools import cache, wraps
from numbers import Integral, Real
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import LANGUAGES, Label, paragraph, plain

P = ParamSpec("P")
R = TypeVar("R")
LONGEST = 40
"""So many signs of a value are shown."""

WORDS: Mapping[Any, Label] = {
    str: Label("een tekst", "a text"),
    Path: Label("een pad", "a path"),
    int: Label("een heel getal", "a whole number"),
    float: Label("een getal", "a number"),
    bool: Label("True of False", "True or False"),
    date: Label("een dag: datetime.date(2026, 6, 1)", "a day: datetime.date(2026, 6, 1)"),
    NoneType: Label("niets (None)", "nothing (None)"),
    list: Label("een lijst", "a list"),
    dict: Label("een woordenboek", "a dictionary"),
    "Journeys": Label("reizen: klantreis.read(...)", "journeys: klantreis.read(...)"),
    "JourneyMap": Label("een kaart: shop.map('ring-kopen')", "a map: shop.map('ring-kopen')"),
    "Result": Label("het antwoord van een vraag", "the answer of a question"),
}
"""How a kind is called in the mend of an error; classes of ours by their name."""

TURNED = ("Journeys", "JourneyMap")
"""What many questions take both of, some the one first and some the other."""

LIKE: Mapping[str, str] = {
    "within": "7d",
    "step_within": "2d",
    "session_gap": "30m",
    "since": "2026-06-01",
    "until": "2026-06-01",
}
"""What an option that is nothing when nobody gives it may be."""


def held(ask: Callable[P, R]) -> Callable[P, R]:
    """Returns a function that first holds what it is given against its own hints; a number of numpy is one.

    It raises OptionError for a value of another kind: a text where a number is asked, a word that is none of the few,
    a number that is none (nan). What a hint leaves open is let through.
    """
    signature = inspect.signature(ask)

    @wraps(ask)
    def asked(*given: P.args, **named: P.kwargs) -> R:
        try:
            told = signature.bind(*given, **named)
        except TypeError:
            return ask(*given, **named)  # which says itself what it lacks
        hints = _hints(ask)
        for name, value in told.arguments.items():
            if name in hints and signature.parameters[name].kind is not inspect.Parameter.VAR_KEYWORD:
                told.arguments[name] = hold(name, value, hints[name], signature.parameters[name].default)
        return ask(*told.args, **told.kwargs)

    return asked


def hold(name: str, value: Any, hint: Any, usual: Any = None) -> Any:
    """Returns a value as a plain one of Python; `name` is the option that an error names.

    Raises OptionError when it is of no kind that the hint allows. `usual` is what it is when nobody gives it: an
    example of what it may be.
    """
    arms = _arms(hint)
    if Any in arms:
        return value
    given = _own(value, arms)
    if any(_fits(given, arm) for arm in arms):
        return given
    raise OptionError(
        Label(f"{_shown(value)} kan niet bij {name!r}.", f"{_shown(value)} is not a value of {name!r}."),
        where=name,
        mend=_mend(value, arms, LIKE.get(name, usual)),
    )


@cache
def _hints(ask: Callable[..., Any]) -> dict[str, Any]:
    return get_type_hints(ask)


def _arms(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in {Union, UnionType}:
        return tuple(arm for one in get_args(hint) for arm in _arms(one))
    return (hint,)


def _fits(value: Any, arm: Any) -> bool:
    origin = get_origin(arm)
    if origin is Literal:
        return any(value is word or (isinstance(value, str) and value == word) for word in get_args(arm))
    if origin is tuple:
        inside = get_args(arm)
        listed = isinstance(value, list | tuple) and (inside[-1] is Ellipsis or len(value) == len(inside))
        kinds = [inside[0]] * len(value) if listed and inside[-1] is Ellipsis else inside
        return listed and all(map(_allowed, value, kinds))
    if origin is AnySequence:
        return _many(value) and all(
            _allowed(one, get_args(arm)[0]) for one in (value if hasattr(value, "__len__") else ())
        )
    if origin is Mapping:
        key, inside = get_args(arm)
        return isinstance(value, Mapping) and all(_allowed(k, key) and _allowed(v, inside) for k, v in value.items())
    return _is(value, arm)


def _allowed(value: Any, hint: Any) -> bool:
    return any(_fits(value, arm) for arm in _arms(hint))


def _is(value: Any, arm: Any) -> bool:
    truth = isinstance(value, bool)
    if arm is bool:
        return truth
    if arm is int:
        return isinstance(value, Integral) and not truth
    if arm is float:
        return isinstance(value, Real) and not truth and not math.isnan(value)
    if arm is Path:
        return isinstance(value, PathLike)
    return arm is Any or not isinstance(arm, type) or isinstance(value, arm)


def _many(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def _mend(value: Any, arms: tuple[Any, ...], usual: Any) -> Label:
    words = [word for arm in arms if get_origin(arm) is Literal for word in get_args(arm)]
    if words:
        return did_you_mean(value if isinstance(value, str) else "", words)
    told = list(dict.fromkeys(filter(None, map(_word, arms))))
    texts = {language: [one.text(language) for one in told] for language in LANGUAGES}
    if told and isinstance(usual, str | int | float) and usual != "" and not isinstance(usual, bool):
        texts["nl"][0] += f", zoals {usual!r}{',' if len(told) > 1 else ''}"
        texts["en"][0] += f", such as {usual!r}{',' if len(told) > 1 else ''}"
    nl, en = " of ".join(texts["nl"]), " or ".join(texts["en"])
    turned = type(value).__name__ in TURNED
    number = isinstance(value, str) and {int, float} & set(arms) and _reads(value)
    return paragraph(
        Label(f"Geef {nl}.", f"Give {en}."),
        Label(f"Zonder aanhalingstekens: {value.strip()}", f"Without quotes: {value.strip()}") if number else Label(),
        Label("Staan er twee andersom?", "Do two of them stand the other way round?") if turned else Label(),
    )


def _word(arm: Any) -> Label | None:
    origin = get_origin(arm)
    if origin is Mapping:
        return WORDS[dict]
    if origin in {tuple, AnySequence}:
        inside = [one for one in get_args(arm) if one is not Ellipsis]
        many = f" ({len(inside)})" if origin is tuple and get_args(arm)[-1] is not Ellipsis else ""
        kind = _word(_arms(inside[0])[0]) or Label("dingen", "things")
        return Label(f"een lijst{many} met elk {kind.text('nl')}", f"a list{many} with each {kind.text('en')}")
    return (
        WORDS.get(arm)
        or WORDS.get(getattr(arm, "__name__", ""))
        or (plain(arm.__name__) if isinstance(arm, type) else None)
    )


def _own(value: Any, arms: tuple[Any, ...]) -> Any:
    """Returns what another library calls a number, a truth or a list as one of Python; anything else as it is.

    So is what is meant without a doubt: 1e4 where a whole number is asked, and 0 or 1 where a truth is.
    """
    for word in ("tolist", "to_list"):  # numpy, pandas and arrow; polars
        if hasattr(value, word):
            return _own(getattr(value, word)(), arms)
    if isinstance(value, float) and int in arms and float not in arms and value.is_integer():
        return int(value)
    return bool(value) if bool in arms and type(value) is int and value in {0, 1} else value


def _reads(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _shown(value: Any) -> str:
    """Returns a value as it was written; of one that is no plain value, the name of its kind."""
    if value is None or isinstance(value, str | int | float | list | tuple | Mapping):
        told = repr(value)
        return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
    return f"<{type(value).__name__}>"
