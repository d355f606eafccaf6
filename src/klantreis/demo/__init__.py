"""The demo shop as a workspace: data at known rates, three maps, and a settings file that shows what sources can be."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.log.generate.write import write
from klantreis.workspace import Workspace, open_workspace
from klantreis.workspace.settings import preferred

MAPS = ("ring-kopen", "klacht", "retour")
MARK = "# Made by klantreis demo."

SETTINGS = """\
klantreis: 1
{mark} Change what you like; the data comes from data/.
name: Demowinkel Sieraden
languages: [{languages}]
currency: EUR
time_zone: Europe/Amsterdam

sources:
  web:                                   # one row for each thing that happened on the site
    path: data/web{ending}
    person: visitor_id
    at: at
    event: event
    channel: channel
    score: score
    detail: query
    rename: {{customer_orders: customer.orders}}
    time_zone: UTC
  orders:                                # a wide table: each filled date is an event
    path: data/orders{ending}
    person: klantnummer
    value: bedrag
    channel: kanaal
{orders}    time_zone: Europe/Amsterdam
    events:
      order_paid: betaald_op
      return_requested: retour_aangemeld_op
      refund_paid: terugbetaald_op
  parcels:                               # the same table once more: what the parcel service did
    path: data/orders{ending}
    person: klantnummer
    value: bedrag
    channel: vervoer
{orders}    time_zone: Europe/Amsterdam
    events:
      delivered: bezorgd_op
      return_received: retour_ontvangen_op
  reviews:
    path: data/reviews{ending}
    person: customer
    at: at
    event: {{always: review_submitted}}    # every row is the same event
    channel: channel
    id: review_id
    score: score
    time_zone: UTC
  tickets:
    path: data/tickets{tickets}
    person: customer
    at: at
    event: event
    channel: channel
    time_zone: UTC
"""
AS_TEXT = '    delimiter: ";"\n    decimal: ","\n    dates: ["%d-%m-%Y %H:%M:%S"]\n'


def make(
    folder: Path,
    *,
    journeys: int = 20_000,
    seed: int = 1,
    language: Language = "nl",
    tell: Callable[[float, float, str], None] | None = None,
) -> Workspace:
    """Returns a fresh demo workspace in `folder`: data, maps and settings. `language` is the one it answers in.

    An earlier demo there is made anew when size or seed differ; anything else is never overwritten (OptionError).
    """
    settings = folder / "klantreis.yaml"
    if settings.exists() and MARK not in settings.read_text(encoding="utf-8"):
        raise OptionError(
            Label(f"{folder} is een werkmap, en geen demo.", f"{folder} is a workspace, and not a demo."),
            mend=Label("Noem een andere map: klantreis demo MAP", "Name another folder: klantreis demo FOLDER"),
        )
    if not settings.exists() and folder.is_dir() and any(folder.iterdir()):
        raise OptionError(
            Label(f"{folder} is niet leeg.", f"{folder} is not empty."),
            mend=Label("Noem een andere map: klantreis demo MAP", "Name another folder: klantreis demo FOLDER"),
        )
    (folder / "maps").mkdir(parents=True, exist_ok=True)
    _forget(folder / "data")
    written = write(
        folder / "data",
        journeys=journeys,
        seed=seed,
        on_chunk=None if tell is None else lambda done, total: tell(done, total, "customers"),
    )
    for name in MAPS:
        text = resources.files(__package__).joinpath(f"maps/{name}.reis.yaml").read_text(encoding="utf-8")
        (folder / "maps" / f"{name}.reis.yaml").write_text(text, encoding="utf-8")
    endings = {"ending": ".csv", "tickets": ".jsonl", "orders": AS_TEXT}
    if not written.text:
        endings = {"ending": "-*.parquet", "tickets": "-*.parquet", "orders": ""}
    settings.write_text(
        SETTINGS.format(mark=MARK, languages=", ".join(preferred(language)), **endings), encoding="utf-8"
    )
    return open_workspace(folder)


def _forget(data: Path) -> None:
    """Removes what an earlier demo wrote, and the store made from it: another seed is another shop."""
    for path in data.glob("*"):
        if path.suffix in (".csv", ".jsonl", ".parquet", ".json"):
            path.unlink()
    store = data.parent / ".klantreis"
    if store.is_dir():
        for path in sorted(store.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
