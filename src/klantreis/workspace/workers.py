"""Where a workspace is measured: on this machine, or on a Spark cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.documents import Choice, Misread, Parsed, Reader, Record, Words
from klantreis.engines.base import Workers
from klantreis.labels import Label
from klantreis.plugins import part

ENGINES = ("duckdb", "spark")
MASTERS = ("local", "spark://", "sc://", "yarn", "k8s://")
Files = Literal["shared", "sent"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where Spark is. `files` says whether its machines see the store themselves ('shared'), or what they measure is
    sent to them; None: shared on this machine, else sent. `settings` are Spark's own, as (name, value).
    """

    master: str = "local[*]"
    files: Files | None = None
    python: str | None = None
    settings: tuple[tuple[str, str], ...] = ()


HERE = Cluster()
"""Spark on this machine, with all its cores."""


def workers_of(engine: str, cluster: Cluster) -> Workers | None:
    """Returns who measures; None: this process. Nothing is started before it is asked to measure."""
    if engine != "spark":
        return None
    shared = cluster.files == "shared" or (cluster.files is None and cluster.master.startswith("local"))
    found: Workers = part("engine", "spark").SparkWorkers(
        cluster.master, shared=shared, python=cluster.python, settings=cluster.settings
    )
    return found


def _cluster(reader: Reader) -> Cluster:
    return Cluster(
        master=reader.get("master", Parsed(_master), "local[*]"),
        files=reader.maybe("files", _FILES),
        python=reader.text("python") or None,
        settings=reader.many("settings", Parsed(_setting)),
    )


def _master(text: str) -> str:
    if text.startswith(MASTERS):
        return text
    raise Misread(
        Words(
            Label(f"“{text}” wijst geen Spark aan", f"“{text}” names no Spark"),
            advice=Label(
                "Schrijf local[2], spark://machine:7077 of sc://machine.",
                "Write local[2], spark://machine:7077 or sc://machine.",
            ),
        )
    )


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if equals and key.strip().startswith("spark."):
        return key.strip(), value.strip()
    raise Misread(
        Words(
            Label(f"“{text}” is geen instelling van Spark", f"“{text}” is no setting of Spark"),
            advice=Label(
                "Schrijf naam=waarde, zoals spark.executor.memory=4g.",
                "Write name=value, such as spark.executor.memory=4g.",
            ),
        )
    )


_FILES: Choice[Files] = Choice(("shared", "sent"))
CLUSTER: Record[Cluster] = Record("spark", _cluster)
