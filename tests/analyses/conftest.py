"""Real logs as journeys, read with pandas so that an oracle meets only the analysis; and laws every analysis keeps."""

import gzip
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas
import pytest

from klantreis.journeys.model import ENDED, About, Bucket, Journeys, Names

OLIST = {
    "purchase": ("orders", "order_purchase_timestamp"),
    "payment_approved": ("orders", "order_approved_at"),
    "handed_to_carrier": ("orders", "order_delivered_carrier_date"),
    "delivered": ("orders", "order_delivered_customer_date"),
    "review_request": ("order_reviews", "review_creation_date"),
    "review_answered": ("order_reviews", "review_answer_timestamp"),
}
XES = {
    "receipt": "receipt/receipt.xes.gz",
    "roadtraffic_variants": "roadtraffic_variants/roadtraffic_1t_per_variant.xes.gz",
    "bpi2013_closed": "bpi2013_closed_problems/bpic2013_closed.xes.gz",
}


def placed(frame: pandas.DataFrame, *, buckets: int = 1, touchpoints: tuple[str, ...] = ()) -> Journeys:
    """Journeys from columns person, case, at (microseconds), event; ties keep the order of the rows."""
    names = Names(*(tuple(dict.fromkeys([*touchpoints, *sorted(frame["event"].unique())])),) * 2)
    code = {name: place for place, name in enumerate(names.touchpoints)}
    frame = frame.assign(code=frame["event"].map(code), number=pandas.factorize(frame["person"])[0])
    frame["trip"] = pandas.factorize(frame["case"])[0]
    frame = frame.sort_values(["number", "trip", "at"], kind="stable")
    about = About(names, int(frame["at"].min()), int(frame["at"].max()))
    return Journeys(tuple(_bucket(frame[frame["number"] % buckets == k], names) for k in range(buckets)), about)


def _bucket(frame: pandas.DataFrame, names: Names) -> Bucket:
    code = frame["code"].to_numpy(np.int32)
    trips = frame.groupby("trip", sort=False)
    persons = trips["number"].first().to_numpy()
    journeys = len(persons)
    return Bucket(
        names=names,
        at=frame["at"].to_numpy(np.int64),
        touch=code,
        event=code,
        start=np.concatenate([[0], np.cumsum(trips.size().to_numpy())]).astype(np.int64),
        person=pandas.factorize(persons)[0].astype(np.int64),
        state=np.full(journeys, ENDED, np.int8),
        segments=np.zeros(journeys, np.uint64),
        keys=np.arange(len(set(persons)), dtype=np.uint64),
    )


def micros(column: pandas.Series) -> pandas.Series:
    return pandas.to_datetime(column, utc=True, format="ISO8601").astype("datetime64[us, UTC]").astype("int64")


def read_log(shared: Path, name: str) -> pandas.DataFrame:
    """A log of `oracles/process`: person = case."""
    data = shared / "data"
    if name in XES:
        return _xes(data / XES[name])
    if name == "running_example":
        frame = pandas.read_csv(data / "running_example/running_example.csv", sep=";", dtype=str)
        frame = frame.rename(columns={"case_id": "case", "activity": "event"}).assign(at=micros(frame["timestamp"]))
    elif name == "greps":
        frame = pandas.read_csv(data / "greps_user_journeys/journeys.csv", dtype=str)
        frame = frame.rename(columns={"journey_id": "case", "touchpoint": "event"})
        frame["at"] = frame["position"].astype(int) * 60_000_000  # no clock: the oracle spaced them a minute apart
    elif name == "ecom":
        frame = pandas.read_csv(data / "ecom_clickstream/ecom.csv.gz", dtype=str)
        frame = frame.rename(columns={"session_id": "case"}).assign(at=micros(frame["timestamp"]))
        return frame.assign(person=frame["user_id"])[["person", "case", "at", "event"]]
    else:
        frame = _olist(data / "olist_sample_3k")
    return frame.assign(person=frame["case"])[["person", "case", "at", "event"]]


def _olist(folder: Path) -> pandas.DataFrame:
    tables = {
        table: pandas.read_csv(folder / f"olist_{table}_dataset.csv.gz", dtype=str)
        for table in ("orders", "order_reviews")
    }
    parts = [
        tables[table][["order_id", column]].dropna().set_axis(["case", "when"], axis=1).assign(event=event)
        for event, (table, column) in OLIST.items()
    ]
    frame = pandas.concat(parts, ignore_index=True)
    return frame.assign(at=micros(frame["when"]))


def _xes(path: Path) -> pandas.DataFrame:
    rows = []
    with gzip.open(path) as file:
        root = ElementTree.parse(file).getroot()
    for number, trace in enumerate(root.findall("{*}trace")):
        for event in trace.findall("{*}event"):
            values = {item.get("key"): item.get("value") for item in event}
            rows.append((number, values["time:timestamp"], values["concept:name"]))
    frame = pandas.DataFrame(rows, columns=["case", "when", "event"])
    return frame.assign(person=frame["case"], at=micros(frame["when"]))[["person", "case", "at", "event"]]


@pytest.fixture
def place():
    return placed


@pytest.fixture
def log(shared):
    return lambda name: read_log(shared, name)


@pytest.fixture(params=["plain", "compiled"])
def kernels(request, monkeypatch):
    """Runs a test twice: kernels as plain Python, and compiled."""
    if request.param == "compiled":
        monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    return request.param
