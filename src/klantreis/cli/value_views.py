"""What customers are worth, as a person reads it in a terminal: groups, shares, a forecast."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.advocates import Advocates
from klantreis.analyses.balance import Balance
from klantreis.analyses.clv import Clv
from klantreis.analyses.concentration import Concentration
from klantreis.analyses.rfm import Rfm
from klantreis.cli import figures, speak
from klantreis.cli.value_words import HEADS, SHARES, TEXTS, UNITS
from klantreis.filled import filled
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

Names = Mapping[str, str]


def rfm(result: Rfm, said: Language, names: Names | None = None) -> None:
    """Prints the groups of customers, and by which rule they were scored."""
    del names
    if result.why:
        speak.say(result.why.text(said))
        return
    speak.say(
        _told("rfm", said, n=_number(result.customers, said), orders=_number(result.orders, said), on=result.as_of)
    )
    rows = []
    for group in result.groups:
        row: dict[str, object] = {
            "segment": group.label.text(said),
            _head("customers", said): group.customers,
            "share": figures.percent(group.share, said),
            _head("recency", said): _number(group.recency_days, said, 0),
            _head("orders_each", said): _number(group.orders_each, said, 1),
        }
        if result.money is not None:
            row |= {
                _head("money", said): _number(group.money, said, 0),
                _head("money_share", said): _share(group.money_share, said),
            }
        rows.append(row)
    speak.table(rows, said)
    if result.note:
        speak.say(result.note.text(said))
    speak.say(result.said.text(said), style="dim")


def concentration(result: Concentration, said: Language, names: Names | None = None) -> None:
    """Prints how few customers bring most of the revenue."""
    del names
    if result.why:
        speak.say(result.why.text(said))
        return
    gaps = {
        "asked": _share(result.revenue_asked, said),
        "share": figures.percent(result.customers_share, said),
        "needed": _number(result.needed, said),
        "n": _number(result.customers, said),
        "top": _share(result.customers_asked, said),
        "part": figures.percent(result.revenue_share, said),
        "gini": figures.around(result.gini, said),
        "once": _share(result.once_share, said),
        "once_money": _share(result.once_money_share, said),
    }
    for key in ("few", "top", "once", "gini"):
        speak.say(_told(key, said, **gaps))
    speak.say(_told("rule_of_thumb", said), style="dim")


def clv(result: Clv, said: Language, names: Names | None = None) -> None:
    """Prints what customers will still buy, the model beside what was seen, and what is not known."""
    del names
    if result.why:
        speak.say(result.why.text(said))
        return
    unit = UNITS[result.unit].text(said)
    gaps = {
        "n": _number(result.customers, said),
        "repeaters": _number(result.repeaters, said),
        "horizon": _number(result.horizon, said, 1),
        "unit": unit,
        "purchases": _whole(result.purchases, said),
        "alive": _told("not_alive" if result.alive.value is None else "alive", said, alive=_whole(result.alive, said)),
        "newcomer": figures.around(result.newcomer, said),
        "value": _whole(result.value, said),
        "each": figures.around(result.order_value, said),
        "on": result.as_of,
    }
    speak.say(_told("clv", said, **gaps))
    if result.value.value is not None:
        speak.say(_told("clv_money", said, **gaps))
    if result.held is not None:
        held = {"weeks": _number(result.held.weeks, said, 1), "bought": _number(result.held.bought, said)}
        speak.say(_told("held", said, expected=_whole(result.held.expected, said), **held))
    speak.table(
        (
            {
                _head("again", said): f"{row.times}{'+' if row.or_more else ''}",
                _head("customers", said): row.customers,
                _head("model", said): _number(row.expected, said, 0),
            }
            for row in result.repeats
        ),
        said,
    )
    speak.table(_parameters(result, said), said)
    notes = [result.fitted.why, result.value_why]
    speak.say(" ".join([*(note.text(said) for note in notes if note), _told("clv_note", said)]), style="dim")


def advocates(result: Advocates, said: Language, names: Names | None = None) -> None:
    """Prints the shares of who promotes, comes back and refers."""
    del names
    rows = (
        {
            "what": SHARES[key].text(said),
            "share": figures.measured(getattr(result, key), "nps", said) if key == "nps" else figures.percent(
                getattr(result, key), said
            ),
            "n": getattr(result, key).n,
        }
        for key in SHARES
    )  # fmt: skip
    speak.table(rows, said)
    speak.table(
        (
            {
                _head("referrer", said): one.referrer,
                _head("invited", said): one.invited,
                _head("ordered", said): one.ordered,
            }
            for one in result.top
        ),
        said,
    )
    if result.why:
        speak.say(result.why.text(said), style="dim")


def balance(result: Balance, said: Language, names: Names | None = None) -> None:
    """Prints what each phase is given and gives."""
    known = names or {}
    rows = (
        {
            "phase": known.get(phase.phase, phase.phase),
            "what": _told(phase.side, said),
            _head("actions", said): phase.actions,
            _head("hours", said): _number(phase.hours, said, 0),
            _head("cost", said): _number(phase.cost, said, 0),
            "people": phase.people,
            _head("contacts", said): figures.around(phase.contacts, said, 1),
            _head("effort", said): figures.around(phase.score, said, 1),
            _head("money", said): _number(phase.revenue, said, 0),
        }
        for phase in result.phases
    )
    speak.table(rows, said)
    gaps = {
        "cost": _share(result.cost_keeping, said),
        "hours": _share(result.hours_keeping, said),
        "again": _share(result.revenue_again, said),
        "returning": figures.percent(result.returning, said),
    }
    if result.why:
        speak.say(result.why.text(said))
    else:
        speak.say(_told("balance", said, **gaps))
    speak.say(_told("balance_note", said), style="dim")


def _parameters(result: Clv, said: Language) -> list[dict[str, object]]:
    rows = []
    for fitted in filter(None, (result.fitted, result.money)):
        for one in fitted.parameters:
            shown = figures.around(one.estimate, said, 3) if one.identified else _told("unknown", said)
            rows.append({_head("parameter", said): f"{fitted.model} {one.name}", "value": shown, "n": one.estimate.n})
    return rows


def _told(key: str, said: Language, **gaps: str) -> str:
    return filled(TEXTS[key].text(said), **gaps)


def _head(key: str, said: Language) -> str:
    return HEADS[key].text(said)


def _number(value: float | None, said: Language, places: int = 0) -> str:
    return figures.number(value, said, places)


def _share(value: float | None, said: Language) -> str:
    return figures.percent(Estimate(value, 0), said)


def _whole(estimate: Estimate, said: Language) -> str:
    return figures.around(estimate, said, 0)
