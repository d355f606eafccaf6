"""A recipe: what was asked, as plain JSON values, so that the same answer can be had again."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import About
from klantreis.labels import Label

KIND = "is"
"""The key that says which class a value is of, where its field may hold several."""


def asked_dict(about: About) -> dict[str, Any] | None:
    """Returns the analysis and all its options as plain values; None when nothing was asked of journeys.

    Where a column of scores answered, `answers` tells which events did: none named is any with a score.
    """
    if about.asked is None:
        return None
    analysis, options = about.asked
    hints = get_type_hints(type(options))
    return {
        "analysis": analysis,
        "options": {one.name: _plain(getattr(options, one.name), hints[one.name]) for one in _given(options)},
        **({} if about.answers is None else {"answers": list(about.answers)}),
    }


def options_from(kind: type[Any], told: Mapping[str, Any]) -> Any:
    """Returns the options of class `kind` that a recipe tells; an option that it does not name has its default.

    Raises OptionError for an option that there is not, or a value that does not fit.
    """
    return _filled(kind, told, kind.__name__)


def check_words(options: Any) -> None:
    """Raises OptionError when an option that is one word of a few is another."""
    hints = get_type_hints(type(options)) if is_dataclass(options) else {}
    for name, hint in hints.items():
        arms, given = _arms(hint), getattr(options, name)
        words = [word for arm in arms if get_origin(arm) is Literal for word in get_args(arm)]
        if words and isinstance(given, str) and str not in arms and given not in words:
            raise OptionError(
                Label(f"{given!r} kan niet bij {name!r}.", f"{given!r} is not a value of {name!r}."),
                where=name,
                mend=did_you_mean(given, words),
            )


def _plain(value: Any, hint: Any) -> Any:
    """Returns a value of a field as plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        told = {
            one.name: _plain(getattr(value, one.name), hints[one.name])
            for one in _given(value)
            if not _usual(one, value)
        }
        several = len([arm for arm in _arms(hint) if is_dataclass(arm)]) != 1
        return {KIND: type(value).__name__, **told} if several else told
    if isinstance(value, Mapping):
        (*_, inside) = get_args(hint) or (Any,)
        return {str(key): _plain(one, inside) for key, one in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(_plain(one, Any) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one, inside) for one, inside in zip(value, _inside(hint, len(value)), strict=True)]
    return value.isoformat() if isinstance(value, date) else value


def _meant(told: Any, hint: Any, where: str) -> Any:
    """Returns the value of a field from plain JSON values."""
    arms = _arms(hint)
    if told is None and NoneType in arms:
        return None
    if isinstance(told, Mapping):
        return _of_mapping(told, arms, where)
    if isinstance(told, list | tuple):
        return _of_list(told, arms, where)
    for arm in arms:
        if arm in {date, datetime} and isinstance(told, str):
            return arm.fromisoformat(told)
        if _fits(told, arm):
            return float(told) if arm is float else told
    raise OptionError(
        Label(
            f"{told!r} kan niet bij {where.rpartition('.')[2]}.", f"{told!r} cannot be the {where.rpartition('.')[2]}."
        ),
        where=where,
        mend=Label("Neem het over uit een recept.", "Take it from a recipe."),
    )


def _of_mapping(told: Mapping[str, Any], arms: tuple[Any, ...], where: str) -> Any:
    classes: dict[str, Any] = {arm.__name__: arm for arm in arms if isinstance(arm, type) and is_dataclass(arm)}
    if not classes:
        hint: Any = next((arm for arm in arms if get_args(arm)), dict[str, Any])
        (*_, inside) = get_args(hint)
        return {key: _meant(one, inside, f"{where}.{key}") for key, one in told.items()}
    name = told.get(KIND, next(iter(classes)))
    if name not in classes:
        raise OptionError(
            Label(f"{name!r} is er niet.", f"There is no {name!r}."), where=where, mend=did_you_mean(str(name), classes)
        )
    return _filled(classes[name], {key: one for key, one in told.items() if key != KIND}, where)


def _of_list(told: list[Any] | tuple[Any, ...], arms: tuple[Any, ...], where: str) -> Any:
    hint = next((arm for arm in arms if get_origin(arm) in {tuple, list, frozenset, set}), tuple[Any, ...])
    if not _long_enough(hint, len(told)):
        raise OptionError(
            Label(f"{list(told)!r} heeft een andere lengte.", f"{list(told)!r} has another length."),
            where=where,
            mend=Label("Neem het over uit een recept.", "Take it from a recipe."),
        )
    listed = [_meant(one, inside, where) for one, inside in zip(told, _inside(hint, len(told)), strict=True)]
    return (get_origin(hint) or tuple)(listed)


def _filled(kind: Any, told: Mapping[str, Any], where: str) -> Any:
    hints = get_type_hints(kind)
    known = [one.name for one in fields(kind) if one.init]
    for name in told:
        if name not in known:
            raise OptionError(
                Label(f"De optie {name!r} is er niet.", f"There is no option {name!r}."),
                where=where,
                mend=did_you_mean(name, known),
            )
    missing = [one.name for one in fields(kind) if one.init and _needed(one) and one.name not in told]
    if missing:
        raise OptionError(
            Label(f"Het recept zegt niets over {missing[0]}.", f"The recipe does not say the {missing[0]}."),
            where=where,
            mend=Label("Neem het hele recept.", "Take the whole recipe."),
        )
    return kind(**{name: _meant(one, hints[name], f"{where}.{name}") for name, one in told.items()})


def _given(value: Any) -> list[Field[Any]]:
    return [one for one in fields(value) if one.init]


def _needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _usual(one: Field[Any], value: Any) -> bool:
    """Says whether a field has its default, so that a recipe need not tell it."""
    if _needed(one):
        return False
    usual = one.default if one.default_factory is MISSING else one.default_factory()
    return bool(getattr(value, one.name) == usual)


def _arms(hint: Any) -> tuple[Any, ...]:
    """Returns what a hint allows: each arm of a union, or the hint alone."""
    if get_origin(hint) in {Union, UnionType}:
        return tuple(arm for one in get_args(hint) for arm in _arms(one))
    return (hint,)


def _inside(hint: Any, length: int) -> list[Any]:
    """Returns the hint of each item of a list or tuple."""
    listed = next((arm for arm in _arms(hint) if get_args(arm) and get_origin(arm) is not Literal), None)
    inside = get_args(listed) or (Any,)
    return list(inside) if get_origin(listed) is tuple and inside[-1] is not Ellipsis else [inside[0]] * length


def _long_enough(hint: Any, length: int) -> bool:
    inside = get_args(hint)
    return get_origin(hint) is not tuple or inside[-1] is Ellipsis or len(inside) == length


def _fits(told: Any, arm: Any) -> bool:
    if arm is Any or arm is object:
        return True
    if get_origin(arm) is Literal:
        return told in get_args(arm)
    if arm is bool or isinstance(told, bool):
        return arm is bool and isinstance(told, bool)
    return isinstance(told, int | float) if arm is float else isinstance(arm, type) and isinstance(told, arm)
