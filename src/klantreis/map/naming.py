"""A readable name for what has an id but no label yet."""

from __future__ import annotations

from klantreis.labels import Label


def titled(id_: str) -> Label:
    """Returns the id as a label: 'lange_wachttijd' reads 'Lange wachttijd'."""
    words = id_.replace("_", " ").strip() or id_
    return Label(anyway=words[:1].upper() + words[1:])


def both_names(label: Label, id_: str) -> Label:
    """Returns a name with its id, to be found by either: 'Na de aankoop' (na); once when they are the same word."""
    nl, en = (label.text("nl") or id_, label.text("en") or id_)
    return Label(*(f"'{name}'" + ("" if name.casefold() == id_.casefold() else f" ({id_})") for name in (nl, en)))


def free(id_: str, taken: tuple[str, ...]) -> str:
    """Returns the id, with a number behind it when it is taken: 'kassa_need', 'kassa_need_2'."""
    names = (id_, *(f"{id_}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
