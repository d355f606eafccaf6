"""What the tests on a Spark cluster share: the mark that lets them run when they are asked for, and small settings."""

from __future__ import annotations

import os

import pytest

ASKED = "KLANTREIS_SPARK" in os.environ
SETTINGS = (
    ("spark.driver.host", "127.0.0.1"),
    ("spark.driver.memory", "512m"),
    ("spark.executor.memory", "512m"),
    ("spark.executor.cores", "1"),
    ("spark.sql.shuffle.partitions", "2"),
)
spark = pytest.mark.skipif(not ASKED, reason="NOT RUN: measures on a Spark cluster; run: ./klantreis test --spark")


def end_session() -> None:
    """Ends this process's one session, if it has one; whoever measures next begins its own."""
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()
