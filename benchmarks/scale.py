"""Loads, places and measures shops of many sizes: time, memory, bytes on disk, a refresh after 1 % new events.

    python benchmarks/scale.py --sizes 10M --data /somewhere/with/room

Each stage runs in a process of its own, so that its peak memory is its own. The shop is that of `klantreis demo`, with
one map (500,000 events or more). New events are the last 1 % in time, in files of their own; `--cores` runs the whole
on one core and on all, and tells how much faster that is. On two quiet cores about 4 minutes for 10M, 25 for 50M and 50
for 100M (half without `--cores`), and 20 GB of disk for 100M. Bytecode is kept, as an installation keeps it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
PER_JOURNEY = 3.49
"""Events that one person of the demo shop leaves."""
SOURCES = {"web": '"at"', "orders": "betaald_op", "reviews": '"at"', "tickets": '"at"'}
MAP = "ring-kopen"
STAGES = ("load", "place", "measure")
Told = dict[str, list[float]]


def main() -> None:
    """Makes each shop, runs it in full, with nothing new and with 1 % new events, and prints what it took."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sizes", default="10M")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--cores", action="store_true", help="Also in full on one core.")
    words.add_argument("--keep", action="store_true", help="Leave the shop on the disk.")
    words.add_argument("--stages", type=Path)
    asked = words.parse_args()
    if asked.stages:
        print(json.dumps(stages(asked.stages)))
        return
    print(f"{os.cpu_count()} cores, load when begun: {os.getloadavg()[0]:.1f}")
    for word in asked.sizes.split(","):
        folder = asked.data / f"scale-{word}"
        shutil.rmtree(folder, ignore_errors=True)
        shop(folder, int(float(word.removesuffix("M")) * 1_000_000))
        if asked.cores:
            one = in_a_process(folder, one_core=True)
            show(word, "in full, one core", one)
            shutil.rmtree(folder / ".klantreis")
        full = in_a_process(folder)
        show(word, "in full", full)
        if asked.cores:
            each = ", ".join(f"{name} {one[name][0] / full[name][0]:.2f}" for name in STAGES)
            print(f"{word} faster than on one core: {wall(one) / wall(full):.2f} times ({each})", flush=True)
        show(word, "nothing new", in_a_process(folder), full)
        for file in (folder / "data").glob("*.parquet"):
            file.unlink()
        for file in (folder / "later").glob("*.parquet"):
            file.rename(folder / "data" / file.name)
        show(word, "1 % new events", in_a_process(folder), full)
        if not asked.keep:
            shutil.rmtree(folder)


def shop(folder: Path, events: int) -> None:
    """Makes a demo shop of so many events, with the last 1 % in time in `later/`."""
    made = (
        "import sys, pathlib, klantreis.demo as demo; demo.make(pathlib.Path(sys.argv[1]), journeys=int(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", made, str(folder), str(round(events / PER_JOURNEY))], check=True)
    for other in (folder / "maps").glob("*"):
        if other.name != f"{MAP}.reis.yaml":
            other.unlink()
    whole, later = folder / "data", folder / "later"
    later.mkdir()
    whole.rename(folder / "all")
    whole.mkdir()
    every = f"SELECT * FROM read_parquet('{folder}/all/{{}}-*.parquet')"
    with duckdb.connect() as engine:
        engine.execute("SET memory_limit = '2GB'")
        engine.execute("SET enable_progress_bar = false")
        asked = f'SELECT approx_quantile("at", 0.99) FROM ({every.format("web")})'
        ((moment,),) = engine.execute(asked).fetchall()
        for source, at in SOURCES.items():
            for which, target in ((f"({at} > $moment) IS NOT TRUE", whole), (f"{at} > $moment", later)):
                path = target / f"{source}-{target.name}.parquet"
                engine.execute(
                    f"COPY ({every.format(source)} WHERE {which}) TO '{path}' (FORMAT parquet)", {"moment": moment}
                )
    shutil.rmtree(folder / "all")


def in_a_process(folder: Path, *, one_core: bool = False) -> Told:
    """Runs all stages in a process of their own; returns seconds, processor seconds and peak MB of each, and bytes."""
    first = (lambda: os.sched_setaffinity(0, {0})) if one_core else None
    asked = [sys.executable, __file__, "--stages", str(folder)]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(asked, check=True, capture_output=True, text=True, preexec_fn=first, env=environ)
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def stages(folder: Path) -> Told:
    """Loads, places and measures a workspace, in this process."""
    from klantreis.cli import briefly  # noqa: PLC0415 - only here it is in the memory
    from klantreis.engines.duckdb import DuckDbEngine, modest  # noqa: PLC0415
    from klantreis.measure import measured  # noqa: PLC0415
    from klantreis.workspace import open_workspace  # noqa: PLC0415
    from klantreis.workspace.load import load  # noqa: PLC0415

    briefly()  # as every command
    shop_ = open_workspace(folder)
    map_ = shop_.map()

    def place() -> None:
        engine = DuckDbEngine(scratch=folder / "scratch", memory=modest())
        shop_.store.place(engine, map_, time_zone=shop_.settings.time_zone)
        engine.close()

    def measure() -> None:
        kept = shop_.store.parts()
        measured(map_, shop_.journeys(map_), kept=kept)
        kept.settle()

    told: Told = {}
    work = (lambda: load(shop_.store, shop_.settings.sources), place, measure)
    for name, stage in zip(STAGES, work, strict=True):
        wall, cpu = time.perf_counter(), processor()
        stage()
        told[name] = [time.perf_counter() - wall, processor() - cpu, peak()]
    shutil.rmtree(folder / "scratch", ignore_errors=True)
    room = shop_.store.contents().room
    told["bytes"] = [room["events"], room["journeys"], room["parts"]]
    return told


def processor() -> float:
    """Returns the processor seconds of this process and of its children that are done."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak() -> float:
    """Returns the most memory, in MB, that this process or one of its children has held so far."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def wall(told: Told) -> float:
    """Returns the seconds of all stages together."""
    return sum(told[name][0] for name in STAGES)


def show(word: str, what: str, told: Told, full: Told | None = None) -> None:
    """Prints one row: seconds (processor seconds) of each stage, share of the full time, peak after each, and bytes."""
    each = ", ".join(f"{name} {told[name][0]:.1f} ({told[name][1]:.1f})" for name in STAGES)
    wall, cpu = (sum(told[name][place] for name in STAGES) for place in (0, 1))
    share = ""
    if full is not None:
        share = f" = {cpu / sum(full[name][1] for name in STAGES):.1%} of full"
    most = " ".join(f"{told[name][2]:.0f}" for name in STAGES)
    room = " + ".join(f"{size / 1e9:.2f}" for size in told["bytes"])
    print(
        f"{word} {what}: {each}; {wall:.1f} s ({cpu:.1f}){share}; peak {most} MB; {room} GB",
        flush=True,
    )


if __name__ == "__main__":
    main()
