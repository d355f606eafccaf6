"""Groups of customers that a user wrote down, from a YAML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from klantreis.analyses.rfm import RfmSegment
from klantreis.errors import OptionError, SourceError, did_you_mean
from klantreis.labels import Label

KEYS = ("label", "recency", "frequency", "monetary")


def groups_of(given: str | Path | Sequence[RfmSegment]) -> tuple[RfmSegment, ...]:
    """Returns groups from a YAML file, or as they were given.

    The file: per id a `label` (text, or nl and en) and bands of scores from 1 to 5, such as `recency: [4, 5]`; a band
    that is not named is 1 to 5. The first group that fits a customer counts. Raises SourceError or OptionError.
    """
    if not isinstance(given, str | Path):
        return tuple(given)
    file = Path(given)
    try:
        read = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise SourceError(
            Label(f"De groepen zijn niet te lezen: {error}", f"The groups cannot be read: {error}"),
            where=str(file),
            mend=Label("Geef een YAML-bestand met een groep per id.", "Give a YAML file with a group per id."),
        ) from error
    if not isinstance(read, Mapping) or not read:
        raise OptionError(
            Label("Hier staan geen groepen.", "No groups stand here."),
            where=str(file),
            mend=Label("Schrijf 'loyal: {frequency: [4, 5]}'.", "Write 'loyal: {frequency: [4, 5]}'."),
        )
    return tuple(_group(str(id_), value, file) for id_, value in read.items())


def _group(id_: str, value: Any, file: Path) -> RfmSegment:
    if not isinstance(value, Mapping):
        raise OptionError(
            Label(f"De groep {id_!r} zegt niets.", f"Group {id_!r} says nothing."),
            where=str(file),
            mend=Label("Schrijf 'loyal: {frequency: [4, 5]}'.", "Write 'loyal: {frequency: [4, 5]}'."),
        )
    unknown = next((key for key in value if key not in KEYS), None)
    if unknown is not None:
        raise OptionError(
            Label(f"{unknown!r} is geen woord van een groep.", f"{unknown!r} is no word of a group."),
            where=f"{file}, {id_}",
            mend=did_you_mean(str(unknown), KEYS),
        )
    label = value.get("label", id_)
    words = Label(nl=label.get("nl"), en=label.get("en")) if isinstance(label, Mapping) else Label(anyway=str(label))
    bands = {key: _band(value[key], f"{file}, {id_}, {key}") for key in KEYS[1:] if key in value}
    return RfmSegment(id_, words, **bands)


def _band(band: Any, where: str) -> tuple[int, int]:
    ends = [band, band] if isinstance(band, int) else list(band) if isinstance(band, Sequence) else []
    whole = len(ends) == 2 and all(isinstance(end, int) and 1 <= end <= 5 for end in ends)
    if not whole or ends[0] > ends[1]:
        raise OptionError(
            Label(f"{band!r} is geen reeks scores.", f"{band!r} is no band of scores."),
            where=where,
            mend=Label("Schrijf [4, 5]: van 1 (slechtst) tot 5.", "Write [4, 5]: from 1 (worst) to 5."),
        )
    return (ends[0], ends[1])
