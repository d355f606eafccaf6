"""The texts of the pictures of where people go, in Dutch and English; `words.py` adds them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WAY_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    # a funnel without a window
    "share-of-start": ("{share} van wie begon", "{share} of those who began"),
    "funnel-so-far": ("{share} tot nu toe", "{share} so far"),
    "onward-so-far": ("{share} verder tot nu toe", "{share} go on so far"),
    "lost-so-far": ("{share} (nog) niet", "{share} do not (yet)"),
    "may-go-on": ("{n} kunnen nog verder komen", "{n} may still get further"),
    "journeys-over": ("Afgelopen", "Over"),
    "stream-note-so-far": (
        "dikte = reizen; aandelen tot nu toe, {n} nog bezig",
        "width = journeys; shares so far, {n} still going on",
    ),
    "steps": ("Stappenmatrix", "Step matrix"),
    "steps-under": (
        "Welk deel van {of} is bij welke stap waar. Vanaf {anchor}: {journeys} van {all} reizen, {people}",
        "Which part of {of} is where at which step. From {anchor}: {journeys} of {all} journeys, {people}",
    ),
    "windows": ("{n} keer", "{n} times"),
    "the-start": ("het begin van de reis", "the start of the journey"),
    "steps-legend": (
        "getal = % van die stap · donkerder = groter deel · · = niemand · elke stap telt op tot 100%",
        "figure = % of that step · darker = larger part · · = nobody · every step adds up to 100%",
    ),
    "rows-left-out": ("nog {n} contactmomenten in de tabel", "{n} more touchpoints in the table"),
    "steps-left-out": ("getekend: {shown} van {all} stappen", "drawn: {shown} of {all} steps"),
    "at-step": ("Stap {step}", "Step {step}"),
    "not-begun": ("nog niet begonnen", "not begun yet"),
    "over": ("afgelopen", "over"),
    "heard-cell": ("{name}, stap {step}: {share}", "{name}, step {step}: {share}"),
    "anchor-none": ("Niemand kwam bij {anchor}.", "Nobody met {anchor}."),
    "sankey": ("Stromen", "Streams"),
    "sankey-under": (
        "Vanaf {anchor}: {count}, in {journeys} van {all} reizen, door {people} ({share} van iedereen)",
        "From {anchor}: {count}, in {journeys} of {all} journeys, by {people} ({share} of everybody)",
    ),
    "sankey-legend": (
        "dikte en × = keer · p = personen · gearceerd = overig of einde · wat bij een blok binnenkomt, gaat eruit",
        "width and × = times · p = people · hatched = other or end · what comes into a block goes out of it",
    ),
    "stop-count": ("{count}× · {people} p", "{count}× · {people} p"),
    "other-touchpoints": ("Overig", "Other"),
    "step-head": ("Stap", "Step"),
    "times-head": ("Keer", "Times"),
    "share-of-from": ("Aandeel", "Share"),
    "heard-stop": ("{name}, stap {step}: {count} keer, {people}", "{name}, step {step}: {count} times, {people}"),
    "heard-link": (
        "Van {one} naar {other}, na stap {step}: {count} keer, {people}",
        "From {one} to {other}, after step {step}: {count} times, {people}",
    ),
    "follows": ("Wat later komt", "What comes later"),
    "follows-under": (
        "Van de reizen met het contactmoment van de rij: deel waarin dat van de kolom later komt. {journeys}, {people}",
        "Of the journeys with the row's touchpoint: the share in which the column's comes later. {journeys}, {people}",
    ),
    "follows-legend": (
        "getal = % van de reizen van de rij · kolommen hebben het nummer van hun rij · · = nooit",
        "figure = % of the row's journeys · columns have the number of their row · · = never",
    ),
    "heard-later": ("{other} na {one}: {share}", "{other} after {one}: {share}"),
    "direct-head": ("Direct (keer)", "Directly (times)"),
    "later-head": ("Later (keer)", "Later (times)"),
    "reached-head": ("Aandeel van wie begint", "Share of who starts"),
    "contrast": ("Verschil: {one} en {other}", "Difference: {one} and {other}"),
    "contrast-under": (
        "{one} (n = {n}) min {other} (n = {m}), in procentpunten; 95%-intervallen (Newcombe)",
        "{one} (n = {n}) minus {other} (n = {m}), in percentage points; 95% intervals (Newcombe)",
    ),
    "contrast-legend": (
        "vol = meer bij {one} · gearceerd = meer bij {other} · leeg: het interval bevat 0 · "
        "van {cells} verschillen kunnen er ook zonder echt verschil zo'n {chance} uitspringen",
        "filled = more in {one} · hatched = more in {other} · empty: the interval holds 0 · "
        "of {cells} differences some {chance} may stand out without any real one",
    ),
    "graph-legend": (
        "doorgetrokken = vaker bij {one} · streepjes = vaker bij {other} · dun en grijs: het interval bevat 0 · "
        "dikte en getal = verschil in procentpunten van de personen · in een blok: deel van {one} en van {other} · "
        "getekend: {shown} van {all} wegen",
        "solid = more often in {one} · dashes = more often in {other} · thin and grey: the interval holds 0 · "
        "width and figure = difference in percentage points of people · in a block: share of {one} and of {other} · "
        "drawn: {shown} of {all} ways",
    ),
    "both-shares": ("{one} en {other}", "{one} and {other}"),
    "contrast-none": ("Er is niets om te vergelijken.", "There is nothing to compare."),
    "difference-head": ("Verschil", "Difference"),
    "sure-head": ("Buiten toeval", "Beyond chance"),
    "yes": ("ja", "yes"),
    "heard-gap": ("{name}: {one} en {other}, verschil {gap}", "{name}: {one} and {other}, difference {gap}"),
    "points": ("{value} procentpunt ({low} tot {high})", "{value} percentage points ({low} to {high})"),
    "clusters": ("Groepen reizen", "Groups of journeys"),
    "clusters-under": (
        "{compared} van {journeys} vergeleken: de {variants} meest gelopen van {all} routes. "
        "Elke groep staat hier als de route in haar midden",
        "{compared} of {journeys} compared: the {variants} most taken of {all} routes. "
        "Each group is shown by the route in its middle",
    ),
    "clusters-legend": (
        "afstand 0 = hetzelfde, 1 = niets gemeen · aandeel met 95%-interval (Wilson)",
        "distance 0 = the same, 1 = nothing shared · share with 95% interval (Wilson)",
    ),
    "cluster-note": (
        "{journeys} · {variants} routes · {exactly} precies zo · afstand {distance}",
        "{journeys} · {variants} routes · {exactly} exactly so · distance {distance}",
    ),
    "group-head": ("Groep", "Group"),
    "routes-head": ("Routes", "Routes"),
    "exactly-head": ("Precies zo", "Exactly so"),
    "distance-head": ("Afstand", "Distance"),
})  # fmt: skip
