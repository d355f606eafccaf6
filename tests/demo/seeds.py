"""Makes one demo shop per seed, loads and measures it, and prints what is shown of each known truth.

Run as `python seeds.py FIRST LAST JOURNEYS`: a line of JSON per seed, from FIRST up to but not LAST, with
`{"seed": 7, "shown": {truth: [low, high, n]}}`. A truth that is not shown (too few answers) is left out. A program of
its own, so that a test can run several beside each other.
"""

import json
import sys
import tempfile
from pathlib import Path

from klantreis.analyses.results import Results
from klantreis.demo import make
from klantreis.log.generate.truths import Shop, truths
from klantreis.measure import measured
from klantreis.stats.intervals import Estimate

MAIN = "ring-kopen"


def shown(results: Results) -> dict[str, Estimate]:
    """Returns the estimate of each truth that a report of these results shows, by the id of the truth."""
    found = {
        **{("funnel.from_previous", step.step): step.from_previous for step in results.funnel.steps},
        **{("coverage.share", behaviour.event): behaviour.share for behaviour in results.coverage.behaviours},
        **{("kpi", value.kpi): value.estimate for value in results.kpis.values if value.segment is None},
        **{("emotion", feeling.touchpoint): feeling.feel for feeling in results.emotion.feelings if feeling.enough},
    }
    known = {truth.id: found.get((truth.measure, truth.place)) for truth in truths(Shop())}
    return {id_: estimate for id_, estimate in known.items() if estimate is not None and estimate.low is not None}


def measured_shop(folder: Path, seed: int, journeys: int) -> Results:
    """Returns what is measured of a fresh demo shop for its main map; the maps beside it are taken away for speed."""
    shop = make(folder / str(seed), journeys=journeys, seed=seed)
    for file in (shop.folder / "maps").iterdir():
        if not file.name.startswith(MAIN):
            file.unlink()
    return measured(shop.map(), shop.journeys(shop.map()))


def main(first: int, last: int, journeys: int) -> None:
    """Prints a line per seed."""
    for seed in range(first, last):
        with tempfile.TemporaryDirectory(prefix="klantreis-seed-") as folder:
            estimates = shown(measured_shop(Path(folder), seed, journeys))
        line = {id_: [estimate.low, estimate.high, estimate.n] for id_, estimate in estimates.items()}
        sys.stdout.write(json.dumps({"seed": seed, "shown": line}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
