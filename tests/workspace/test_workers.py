from pathlib import Path

import pytest

from klantreis.engines.spark import SparkWorkers
from klantreis.errors import DocumentError
from klantreis.workspace.settings import Settings, read_settings
from klantreis.workspace.workers import workers_of


def settings(folder: Path, *lines: str) -> Settings:
    file = folder / "klantreis.yaml"
    file.write_text("\n".join(["klantreis: 1", "name: shop", *lines]), encoding="utf-8")
    return read_settings(file)


def workers(folder: Path, *lines: str) -> object:
    told = settings(folder, *lines)
    return workers_of(told.engine, told.spark)


def test_a_workspace_is_measured_by_this_process_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert workers(tmp_path) is None
    assert workers(tmp_path, "engine: duckdb", "spark: {master: 'spark://there:7077'}") is None


def test_spark_without_more_is_this_machine_which_sees_its_own_files(tmp_path: Path) -> None:
    assert workers(tmp_path, "engine: spark") == SparkWorkers("local[*]", shared=True)


def test_other_machines_are_sent_what_they_measure_unless_they_share_the_disk(tmp_path: Path) -> None:
    there = "master: 'spark://there:7077'"
    assert workers(tmp_path, "engine: spark", f"spark: {{{there}}}") == SparkWorkers("spark://there:7077", shared=False)
    found = workers(tmp_path, "engine: spark", f"spark: {{{there}, files: shared, python: /opt/python3}}")
    assert found == SparkWorkers("spark://there:7077", shared=True, python="/opt/python3")


def test_settings_of_spark_itself_are_handed_on(tmp_path: Path) -> None:
    told = settings(tmp_path, "engine: spark", "spark: {settings: [spark.executor.memory=4g, spark.cores.max = 8]}")
    assert told.spark.settings == (("spark.executor.memory", "4g"), ("spark.cores.max", "8"))


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["engine: sparc"], "sparc"),
        (["engine: spark", "spark: {master: there}"], "“there” names no Spark"),
        (["engine: spark", "spark: {settings: [memory=4g]}"], "“memory=4g” is no setting of Spark"),
        (["engine: spark", "spark: {files: both}"], "both"),
        (["engine: spark", "spark: {mastr: local}"], "mastr"),
    ],
)
def test_a_wrong_word_is_told_with_what_to_write(tmp_path: Path, lines: list[str], title: str) -> None:
    with pytest.raises(DocumentError) as refused:
        settings(tmp_path, *lines)
    (finding,) = refused.value.findings
    assert title in finding.title.en
    assert finding.advice.en
