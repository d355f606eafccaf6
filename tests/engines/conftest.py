"""A Spark cluster and a demo shop for the tests on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from klantreis.demo import make
from klantreis.engines.spark import SparkWorkers
from klantreis.workspace.folder import Workspace, open_workspace
from spark_session import ASKED, SETTINGS, end_session


@pytest.fixture(scope="module", autouse=True)
def by_value(request: pytest.FixtureRequest) -> None:
    """Lets what a test asks of workers go along with it: they have no tests."""
    if ASKED:
        from pyspark import cloudpickle

        import spark_every

        for module in (request.module, spark_every):
            cloudpickle.register_pickle_by_value(module)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkWorkers]:
    """A master and two workers of one core each, on loopback."""
    from spark_cluster import standalone

    with standalone(tmp_path_factory.mktemp("spark")) as running:
        yield SparkWorkers(running.url, settings=SETTINGS)
        end_session()


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo shop in eight buckets on disk."""
    folder = tmp_path_factory.mktemp("demo") / "shop"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("klantreis.journeys.append.bucket_bits", lambda touches: 3)
        make(folder, journeys=1500).load()
    return open_workspace(folder)
