"""Every measure on a real Spark cluster gives what this machine gives, also when a worker dies half way.

They start a master and two workers on loopback, so they run when asked: `./klantreis test --spark`.
"""

from __future__ import annotations

import operator
import os
import pickle
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from klantreis.analyses.fold import fold
from klantreis.bare import read
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.engines.spark import SparkWorkers
from klantreis.errors import OptionError, QueryError, StoreError
from klantreis.findings import finding_dict
from klantreis.journeys.manifest import read_manifest, write_manifest
from klantreis.journeys.model import Journeys
from klantreis.journeys.slices import kept, sliced, wordless
from klantreis.journeys.travel import parcel, parcels
from klantreis.measure import measured, plan
from klantreis.plugins import part, parts
from klantreis.testing import journeys_of, trips
from klantreis.workspace.folder import Workspace, open_workspace
from spark_every import every, told
from spark_session import SETTINGS, end_session, spark


def recut(journeys: Journeys, buckets: int) -> Journeys:
    (whole,) = journeys.buckets
    return replace(journeys, buckets=tuple(kept(whole, whole.person % buckets == turn) for turn in range(buckets)))


@spark
def test_every_measure_of_the_demo_equals_that_of_this_machine(cluster: SparkWorkers, shop: Workspace) -> None:
    map_ = shop.map()
    here = replace(shop.journeys(map_), parts=None)
    assert len(here.buckets) == 8
    asked = plan(map_)
    chosen = {name.split(":")[0]: options for name, _, options in (*asked.steps, *asked.further)}
    seen, expected = (fold(every(here, chosen), one, None) for one in (replace(here, workers=cluster), here))
    assert set(seen) == set(parts("analysis"))
    for name, result in expected.items():
        assert told(seen[name]) == told(result), name


@spark
def test_a_segment_in_a_period_is_the_same_on_the_cluster(cluster: SparkWorkers, shop: Workspace) -> None:
    here = replace(shop.journeys(shop.map()), parts=None)
    half = sliced(here, segment="nieuw", since=(here.about.first + here.about.last) // 2)
    for shared in (True, False):
        there = replace(half, workers=replace(cluster, shared=shared))
        found, expected = (fold(every(half, {}), one, None) for one in (there, half))
        assert {name: told(one) for name, one in found.items()} == {name: told(one) for name, one in expected.items()}


LOGS = {
    "receipt": ("receipt/receipt.xes.gz", {}),
    "bpi2013": ("bpi2013_closed_problems/bpic2013_closed.xes.gz", {}),
    "roadtraffic": ("roadtraffic_variants/roadtraffic_1t_per_variant.xes.gz", {}),
    "running example": ("running_example/running_example.xes", {}),
    "clickstream": (
        "ecom_clickstream/ecom.csv.gz",
        {"person": "user_id", "at": "timestamp", "event": "event", "channel": "acquisition_channel"},
    ),
    "cdnow": (
        "cdnow/cdnowElog.csv",
        {"person": "masterid", "at": "date", "event": "always:purchase", "value": "sales", "ids": True},
    ),
}


@spark
@pytest.mark.parametrize("log", LOGS)
def test_every_measure_of_a_real_log_equals_that_of_this_machine(cluster: SparkWorkers, shared: Path, log: str) -> None:
    file, columns = LOGS[log]
    here = recut(read(shared / "data" / file, **columns), 5)
    there = replace(here, workers=replace(cluster, shared=False))
    seen, expected = (fold(every(here, {}), one, None) for one in (there, here))
    assert set(seen) == set(parts("analysis"))
    for name, result in expected.items():
        assert told(seen[name]) == told(result), name


@spark
def test_many_answers_are_merged_in_a_tree(cluster: SparkWorkers) -> None:
    assert cluster.reduced(range(100), abs, operator.add) == 4950
    assert cluster.reduced([7], abs, operator.add) == 7


@spark
def test_a_refusal_on_a_worker_is_raised_here_with_its_own_words(cluster: SparkWorkers) -> None:
    def refused(piece: int) -> int:
        if piece == 37:
            raise OptionError("Nobody can measure 37.", where="piece", mend="Leave it out.")
        return piece

    with pytest.raises(OptionError, match="Nobody can measure 37") as error:
        cluster.reduced(range(40), refused, operator.add)
    assert error.value.mend == "Leave it out."


@spark
def test_a_fault_on_a_worker_is_told_in_one_line(cluster: SparkWorkers) -> None:
    def broken(piece: int) -> int:
        return piece // 0

    with pytest.raises(QueryError, match="ZeroDivisionError") as error:
        cluster.reduced([1, 2], broken, operator.add)
    assert error.value.where == cluster.master


@spark
def test_an_empty_log_has_the_same_answers(cluster: SparkWorkers) -> None:
    here = journeys_of([])
    seen, expected = (fold(every(here, {}), one, None) for one in (replace(here, workers=cluster), here))
    assert {name: told(result) for name, result in seen.items()} == {
        name: told(result) for name, result in expected.items()
    }


@spark
def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    from spark_cluster import standalone

    end_session()
    begun, struck = tmp_path / "begun", tmp_path / "struck"
    begun.mkdir()

    def slowly(piece: int) -> list[int]:
        executor = Path(f"/proc/{os.getppid()}/stat").read_text().rsplit(")", 1)[1].split()[1]
        (begun / f"{executor}-{time.monotonic_ns()}").touch()
        until = time.monotonic() + 60
        if len(list(begun.glob(f"{executor}-*"))) > 1:
            while time.monotonic() < until and not struck.exists():
                time.sleep(0.05)
        return [piece]

    def merged(one: list[int], other: list[int]) -> list[int]:
        return sorted(one + other)

    with standalone(tmp_path) as running:
        workers = SparkWorkers(running.url, settings=SETTINGS)

        def kill() -> None:
            # Both are at their second piece, where they wait for this, and one has an answer that will be lost with it.
            until = time.monotonic() + 60
            while time.monotonic() < until and len(list(begun.iterdir())) < 4:
                time.sleep(0.05)
            running.kill(0)
            struck.touch()

        killer = threading.Thread(target=kill)
        killer.start()
        assert workers.reduced(range(12), slowly, merged) == list(range(12))
        killer.join()
        assert running.workers[0].poll() is not None, "it was killed"
        assert len(list(begun.iterdir())) > 12, "what it had begun was begun again elsewhere"
        end_session()


# What needs no cluster


def test_a_bucket_in_files_travels_as_their_paths(shop: Workspace) -> None:
    here = shop.journeys(shop.map())
    bucket, names = here.buckets[0], here.about.names
    sent = parcel(bucket, names, shared=True)
    assert {"at", "touch", "event", "start", "person"} <= set(sent.told)
    assert "names" not in sent.whole
    for one in (sent, parcel(bucket, names, shared=False)):
        again = one.bucket(names)
        assert again.names == names
        for name in ("at", "touch", "event", "start", "person", "state", "keys", "value", "channel"):
            assert np.array_equal(getattr(again, name), getattr(bucket, name)), name
    assert parcel(bucket, names, shared=False).told == {}


def test_a_part_of_an_array_in_a_file_does_not_travel_as_the_whole_file(shop: Workspace) -> None:
    here = shop.journeys(shop.map())
    bucket = replace(here.buckets[0], at=here.buckets[0].at[1:])
    sent = parcel(bucket, here.about.names, shared=True)
    assert "at" not in sent.told
    assert np.array_equal(sent.bucket(here.about.names).at, bucket.at)


def test_a_file_that_a_worker_does_not_see_is_named_with_what_to_write(shop: Workspace) -> None:
    here = shop.journeys(shop.map())
    sent = parcel(here.buckets[0], here.about.names, shared=True)
    with pytest.raises(StoreError, match="does not see a file") as error:
        replace(sent, told={"at": "/nowhere/at.npy"}).bucket(here.about.names)
    assert "files: sent" in error.value.mend


class Here:
    """Workers that are this process: all that travels is packed and unpacked, and the last comes first."""

    shared = True

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        asked, joined = pickle.loads(pickle.dumps((measure, merge)))
        return reduce(joined, (asked(pickle.loads(pickle.dumps(piece))) for piece in reversed(pieces)))

    def heard(self, tell: Callable[[int, int], None]) -> Told:
        return Told(self, tell)


class Told(Here):
    """The same, who tell when half of a question is done."""

    def __init__(self, workers: Here, tell: Callable[[int, int], None]) -> None:
        self.workers, self.shared, self.tell = workers, workers.shared, tell

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        self.tell(1, 2)
        return self.workers.reduced(pieces, measure, merge)


class Loose(Here):
    """The same, for what only Spark's own pickle can pack."""

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        return reduce(merge, map(measure, reversed(pieces)))


@contextmanager
def engine() -> Iterator[DuckDbEngine]:
    own = DuckDbEngine()
    yield own
    own.close()


def test_journeys_with_workers_are_measured_by_them() -> None:
    listed = trips({"ann": [("a", 1), ("b", 2)], "bob": [("a", 1)], "cas": [("b", 3)], "dee": [("a", 4), ("b", 9)]})
    here = journeys_of(listed, buckets=2)
    paths = part("analysis", "paths")
    heard: list[tuple[int, int]] = []
    seen = fold(
        paths, replace(here, workers=Loose()), paths.Options(), on_bucket=lambda done, all_: heard.append((done, all_))
    )
    assert told(seen) == told(fold(paths, here, paths.Options()))
    assert heard == [(500, 1000), (1000, 1000)], "half way, and done"


def of_buckets(store: Path) -> list[Path]:
    """What is kept of single buckets, not of all together."""
    return [one for one in (store / "parts").rglob("*.part") if not one.parent.name.startswith("all")]


@spark
def test_a_map_measured_by_workers_is_the_same_for_each_segment(shop: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(shop.folder, folder, ignore=shutil.ignore_patterns("parts"))
    there, map_ = open_workspace(folder), shop.map()
    here = replace(there.journeys(map_), parts=None)
    assert len(map_.segments) == 2
    away = replace(here, workers=Loose())
    assert measured(map_, away, kept=there.store.parts()).to_dict() == measured(map_, here).to_dict()
    assert of_buckets(folder / ".klantreis"), "the workers kept what they measured"
    retour = there.map("retour")
    few = replace(there.journeys(retour), parts=None)
    assert measured(retour, replace(few, workers=Loose())).to_dict() == measured(retour, few).to_dict()


def test_what_workers_measured_is_kept_and_not_measured_again(shop: Workspace, tmp_path: Path) -> None:
    class Counted(Loose):
        def __init__(self) -> None:
            self.pieces: list[int] = []

        def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
            self.pieces.append(len(pieces))
            return super().reduced(pieces, measure, merge)

    folder = tmp_path / "shop"
    shutil.copytree(shop.folder, folder, ignore=shutil.ignore_patterns("parts"))
    there, paths = open_workspace(folder), part("analysis", "paths")
    here = replace(there.journeys(there.map()), parts=None)
    expected = told(fold(paths, here, paths.Options()))
    asked = Counted()
    away = replace(here, workers=asked)
    for _ in range(2):
        assert told(fold(paths, away, paths.Options(), parts=there.store.parts())) == expected
    assert asked.pieces == [8], "the second time nobody was asked"
    kept = sorted(
        (folder / ".klantreis" / "parts").rglob("*.part"), key=lambda path: path.parent.name.startswith("all")
    )
    assert len(kept) == 8 + 1, "of each bucket, and of all together"
    for lost in (*kept[:3], kept[-1]):
        lost.unlink()
    local = there.store.parts()
    assert told(fold(paths, away, paths.Options(), parts=there.store.parts())) == expected
    assert asked.pieces == [8, 3], "only what was lost is measured again"
    next((folder / ".klantreis" / "parts").glob("*/all*/*.part")).unlink()
    assert told(fold(paths, here, paths.Options(), parts=local)) == expected
    assert (local.kept["paths"], local.made["paths"]) == (8, 0), "this process reads what workers kept"


def test_answers_of_workers_that_do_not_see_the_store_are_kept_as_one(shop: Workspace, tmp_path: Path) -> None:
    class Blind(Loose):
        shared = False

    folder = tmp_path / "shop"
    shutil.copytree(shop.folder, folder, ignore=shutil.ignore_patterns("parts"))
    there, paths = open_workspace(folder), part("analysis", "paths")
    here = replace(there.journeys(there.map()), parts=None)
    away = replace(here, workers=Blind())
    assert told(fold(paths, away, paths.Options(), parts=there.store.parts())) == told(
        fold(paths, here, paths.Options())
    )
    (kept,) = (folder / ".klantreis" / "parts").rglob("*.part")
    assert kept.parent.name.startswith("all"), "only what came back, of all buckets together"


@pytest.fixture(scope="module")
def settled(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shop, on none of whose maps the log is placed yet."""
    folder = tmp_path_factory.mktemp("settled") / "shop"
    shutil.copytree(shop.folder, folder)
    manifest = read_manifest(folder / ".klantreis")
    write_manifest(folder / ".klantreis", replace(manifest, maps=()))
    return folder


def same_journeys(one: Journeys, other: Journeys) -> bool:
    pairs = zip(one.buckets, other.buckets, strict=True)
    arrays = all(
        np.array_equal(getattr(ours, field.name), getattr(theirs, field.name))
        for ours, theirs in pairs
        for field in fields(ours)
        if isinstance(getattr(ours, field.name), np.ndarray)
    )
    return arrays and one.about == other.about and (one.outside, one.counts) == (other.outside, other.counts)


def test_buckets_put_on_a_map_by_workers_are_the_same(shop: Workspace, settled: Path) -> None:
    map_ = shop.map()
    store = open_workspace(settled).store
    zone = shop.settings.time_zone
    with engine() as own:
        assert store.place(own, map_, time_zone=zone, workers=Here()) == 8
        assert store.place(own, map_, time_zone=zone, workers=Here()) == 0, "all is up to date"
    assert same_journeys(store.open_journeys(map_, time_zone=zone), shop.store.open_journeys(map_, time_zone=zone))
    assert store.verify() == ()


def test_workers_that_do_not_see_the_store_leave_the_placing_to_this_process(shop: Workspace, settled: Path) -> None:
    class Blind(Here):
        shared = False

        def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
            raise AssertionError("they were asked")

    retour = shop.map("retour")
    with engine() as own:
        assert open_workspace(settled).store.place(own, retour, workers=Blind()) == 8


def test_a_worker_whose_engine_hashes_otherwise_is_refused(
    shop: Workspace, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klantreis.journeys.elsewhere.hash_check", lambda own: 1)
    with engine() as own, pytest.raises(StoreError, match="hashes persons otherwise"):
        open_workspace(settled).store.place(own, shop.map("klacht"), workers=Here())


@spark
def test_a_workspace_with_engine_spark_loads_places_and_measures_there(
    cluster: SparkWorkers, shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klantreis.journeys.append.bucket_bits", lambda touches: 3)
    monkeypatch.setattr("klantreis.log.pieces.SIZE", 100_000)
    for place in ("here", "there"):
        shutil.copytree(shop.folder, tmp_path / place, ignore=shutil.ignore_patterns(".klantreis"))
    told_spark = "\n".join(
        [
            "engine: spark",
            f"spark: {{master: '{cluster.master}', files: shared, settings: {[f'{k}={v}' for k, v in SETTINGS]}}}",
        ]
    )
    file = tmp_path / "there" / "klantreis.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{told_spark}\n", encoding="utf-8")
    here, there = (open_workspace(tmp_path / place) for place in ("here", "there"))
    ours, theirs = here.load(), there.load()
    assert theirs.rows() == ours.rows()

    def told(findings):
        return str([finding_dict(one) for one in findings])

    assert told(theirs.findings).replace("/there/", "/here/") == told(ours.findings)
    for map_ in (there.map(), there.map("retour")):
        one, other = there.journeys(map_), here.journeys(map_)
        assert same_journeys(one, other), "under the same version too"
    # Each measure is a question to the cluster; of this map there are fewer, without segments.
    assert there.measure("retour").to_dict() == here.measure("retour").to_dict()
    assert of_buckets(there.store.folder), "the workers kept what they measured"


def test_a_slice_is_cut_where_it_arrives(shop: Workspace) -> None:
    here = shop.journeys(shop.map())
    half = wordless(sliced(here, segment="nieuw", since=(here.about.first + here.about.last) // 2))
    sent = pickle.loads(pickle.dumps(parcels(half, shared=True)))
    assert all("at" in one.told for one in sent), "the files are told by path, whatever is cut from them"
    arrived = [one.bucket(half.about.names) for one in sent]
    assert same_journeys(replace(half, buckets=arrived), half)
    assert [one.generation for one in arrived] == list(half.generations)
    assert sum(one.journeys for one in arrived) < here.journeys / 2


def test_a_worker_with_another_version_refuses() -> None:
    pytest.importorskip("pyarrow")
    from klantreis.engines.spark import _measure

    (batch,) = _measure("0.0.0", abs, operator.add, [])
    fault = pickle.loads(batch.column("fault")[0].as_py())
    assert isinstance(fault, OptionError)
    assert "this is 0.0.0." in fault.what
