"""`Attribution`: which channels come before conversions, under each model, side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate

OBSERVATIONAL = Label(
    nl="Dit zegt wat samengaat met een conversie, niet wat haar veroorzaakt. Het bewijs is een experiment.",
    en="This says what goes with a conversion, not what causes it. The experiment is the proof.",
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What one model gives one channel: `conversions`, their `share` of all that were divided, and `value` where it is
    known. `removal`: the share of the chance to convert that goes when the channel is taken out of the chain.
    """

    channel: str
    conversions: float
    share: Estimate
    value: float | None = None
    removal: float | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One way to divide conversions. `nulls`: whether paths that did not convert take part (None: they never do).

    `chance`: of a conversion per path, by the chain; it equals the observed rate. `why`: why it was not `computed`.
    """

    model: str
    credits: tuple[Credit, ...] = ()
    nulls: bool | None = None
    chance: float | None = None
    states: int | None = None
    computed: bool = True
    why: Label = field(default_factory=Label)

    def share(self, channel: str) -> Estimate:
        """Returns the share of a channel; without a value when the model has none."""
        return next((one.share for one in self.credits if one.channel == channel), Estimate(None, 0))


@dataclass(frozen=True, slots=True)
class Attribution(Result):
    """Conversions divided over channels, by every model.

    `conversions` were counted; `attributed` of them have a touch before them, and are what is divided; `nulls` paths
    led to none, of which `open_nulls` may still. `rate`: of the paths, the share that converts. `value` of the
    attributed conversions, of which `valued` carry one (None: none does). `touches` in paths; `old` left out because
    they came too long before; `nameless` because they have no channel, or not one that was asked for.
    """

    by: str = "channel"
    channels: tuple[str, ...] = ()
    models: tuple[Model, ...] = ()
    conversions: int = 0
    attributed: int = 0
    nulls: int = 0
    open_nulls: int = 0
    rate: Estimate = field(default_factory=lambda: Estimate(None, 0))
    value: float | None = None
    valued: int = 0
    people: int = 0
    touches: int = 0
    old: int = 0
    nameless: int = 0
    unknown: tuple[str, ...] = ()
    rules: tuple[tuple[str, Any], ...] = ()
    no_interval: Label = field(default_factory=Label)
    """Why no share has an interval; empty when they have."""

    def model(self, name: str) -> Model:
        """Returns one model by its name, such as 'markov_1'; raises KeyError when there is none."""
        found = {one.model: one for one in self.models}
        return found[name]

    def spread(self, channel: str) -> tuple[float, float] | None:
        """Returns the lowest and the highest share of a channel over all models; None when there is none."""
        shares = [one.share(channel).value for one in self.models if one.computed]
        known = [share for share in shares if share is not None]
        return (min(known), max(known)) if known else None

    def side_by_side(self) -> list[dict[str, Any]]:
        """Returns one row per channel: its share by each model, and the lowest and highest of them."""
        rows = []
        for channel in self.channels:
            low, high = self.spread(channel) or (None, None)
            shares = {one.model: one.share(channel).value for one in self.models}
            rows.append({"channel": channel, **shares, "lowest": low, "highest": high})
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Returns the attribution in the shape of `schemas/attribution.schema.json`."""
        return {
            "by": self.by,
            "claim": "observational",
            "note": _texts(OBSERVATIONAL),
            "conversions": self.conversions,
            "attributed": self.attributed,
            "nulls": self.nulls,
            "open_nulls": self.open_nulls,
            "rate": self.rate.to_dict(),
            "value": self.value,
            "valued": self.valued,
            "people": self.people,
            "touches": self.touches,
            "old": self.old,
            "nameless": self.nameless,
            "channels": list(self.channels),
            "models": [_model_dict(one) for one in self.models],
            "rules": dict(self.rules),
            "unknown": list(self.unknown),
            "no_interval": _texts(self.no_interval),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per channel and model: conversions, share with its interval and n, value, removal effect."""
        return [
            {
                "channel": credit.channel,
                "model": one.model,
                "conversions": credit.conversions,
                "share": credit.share.value,
                "share_low": credit.share.low,
                "share_high": credit.share.high,
                "n": credit.share.n,
                "value": credit.value,
                "removal": credit.removal,
            }
            for one in self.models
            for credit in one.credits
        ]


def _model_dict(model: Model) -> dict[str, Any]:
    return {
        "model": model.model,
        "nulls": model.nulls,
        "computed": model.computed,
        "why": _texts(model.why),
        "chance": model.chance,
        "states": model.states,
        "credits": [
            {
                "channel": one.channel,
                "conversions": one.conversions,
                "share": one.share.to_dict(),
                "value": one.value,
                "removal": one.removal,
            }
            for one in model.credits
        ],
    }


def _texts(label: Label) -> dict[str, str]:
    return {"nl": label.text("nl"), "en": label.text("en")}
