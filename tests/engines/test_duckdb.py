import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from klantreis.engines.base import Query, literal, quoted
from klantreis.engines.duckdb import DuckDbEngine, modest
from klantreis.errors import OptionError, QueryError


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDbEngine]:
    made = DuckDbEngine(threads=1, memory="200MB", scratch=tmp_path)
    yield made
    made.close()


def one(sql: str, **values: object) -> Query:
    return Query().then("one", sql, **values)


def test_steps_build_on_each_other_and_values_are_bound(engine: DuckDbEngine) -> None:
    query = one("SELECT $name AS name", name="x'; DROP TABLE y").then(
        "two", 'SELECT name || $end AS name FROM "one"', end="!"
    )
    assert engine.rows(query) == [("x'; DROP TABLE y!",)]


def test_a_failed_query_names_the_first_step_that_cannot_be_and_shows_its_sql(engine: DuckDbEngine) -> None:
    query = one("SELECT 1 AS a").then("visits", "SELECT b FROM one").then("reached", "SELECT * FROM visits")
    with pytest.raises(QueryError) as failed:
        engine.rows(query)
    assert "Step 'visits'" in failed.value.what
    assert "SELECT b FROM one" in failed.value.where
    assert "LINE" not in failed.value.what


def test_a_query_that_fails_while_running_names_its_last_step(engine: DuckDbEngine) -> None:
    with pytest.raises(QueryError, match="Step 'cast'"):
        engine.rows(one("SELECT 'q' AS a").then("cast", "SELECT a::INTEGER FROM one"))


def test_a_failed_query_leaves_the_engine_usable(engine: DuckDbEngine) -> None:
    with pytest.raises(QueryError):
        engine.run(one("SELECT nothing"))
    assert engine.rows(one("SELECT 1")) == [(1,)]


def test_arrays_are_numpy_and_an_empty_answer_has_empty_arrays(engine: DuckDbEngine) -> None:
    arrays = engine.arrays(one("SELECT 1::BIGINT AS at, 7 AS score UNION ALL SELECT 2, 8 ORDER BY 1"))
    assert arrays["at"].dtype == np.int64
    assert arrays["at"].tolist() == [1, 2]
    assert not np.ma.isMaskedArray(arrays["at"])
    assert engine.arrays(one("SELECT 1::BIGINT AS at WHERE false"))["at"].size == 0


def test_arrays_refuse_null_instead_of_guessing_what_it_stands_for(engine: DuckDbEngine) -> None:
    with pytest.raises(QueryError, match="'at' of step 'one' holds NULL"):
        engine.arrays(one("SELECT unnest([1, NULL]) AS at"))


def test_columns_are_told_without_running(engine: DuckDbEngine) -> None:
    assert engine.columns(one("SELECT $a::BIGINT AS a, error('ran') AS b", a=1)) == {"a": "BIGINT", "b": '"NULL"'}


def test_what_is_written_is_read_back_in_order(engine: DuckDbEngine, tmp_path: Path) -> None:
    file = tmp_path / "it's.parquet"
    engine.write(one("SELECT i FROM range($n) AS r(i) ORDER BY i DESC", n=5), file)
    assert engine.rows(one(f"SELECT * FROM read_parquet({literal(str(file))})")) == [(4,), (3,), (2,), (1,), (0,)]


def test_a_table_keeps_rows_at_hand_and_can_be_replaced(engine: DuckDbEngine) -> None:
    assert engine.rows(engine.table('odd "name"', one("SELECT $a AS a", a=1))) == [(1,)]
    assert engine.rows(engine.table('odd "name"', one("SELECT $a AS a", a=2))) == [(2,)]


def test_an_engine_beside_another_has_tables_of_its_own_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    first = DuckDbEngine(scratch=tmp_path, memory="200MB")
    beside = first.beside()
    kept = first.table("numbers", Query((("n", "SELECT 1 AS n"),)))
    beside.table("numbers", Query((("n", "SELECT 2 AS n"),)))
    names = ("memory_limit", "temp_directory", "TimeZone", "parquet_metadata_cache")
    asked = Query((("settings", "SELECT " + ", ".join(f"current_setting('{name}')" for name in names)),))
    assert beside.rows(asked) == first.rows(asked)
    assert beside.rows(asked)[0][1:] == (str(tmp_path), "UTC", True)
    beside.close()
    assert first.rows(kept) == [(1,)]
    first.close()


def test_no_file_is_a_database_and_nothing_may_be_fetched(engine: DuckDbEngine, tmp_path: Path) -> None:
    asked = (
        "SELECT value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions', 'TimeZone') ORDER BY name"
    )
    assert engine.rows(one(asked)) == [("UTC",), ("false",)]
    assert engine.rows(one("SELECT path FROM duckdb_databases() WHERE NOT internal")) == [(None,)]


def test_what_does_not_fit_in_memory_goes_to_scratch(tmp_path: Path) -> None:
    engine = DuckDbEngine(threads=1, memory="40MB", scratch=tmp_path / "spill")
    sorted_rows = one("SELECT max(n) FROM (SELECT n, md5(n::VARCHAR) AS m FROM range(1000000) AS r(n) ORDER BY m)")
    assert engine.rows(sorted_rows) == [(999_999,)]
    engine.close()


def test_an_engine_without_threads_is_refused() -> None:
    with pytest.raises(OptionError, match="0 threads"):
        DuckDbEngine(threads=0)


def test_names_and_texts_are_quoted_in_one_place() -> None:
    assert quoted('a"b') == '"a""b"'
    assert literal("it's") == "'it''s'"


def test_a_query_that_is_stopped_is_a_stop_and_no_error_of_the_query(monkeypatch):
    engine = DuckDbEngine()

    def stopped(_):
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(engine, "_execute", stopped)
    with pytest.raises(KeyboardInterrupt):
        engine.rows(Query((("long", "SELECT 1"),)))


def test_a_modest_engine_has_a_gigabyte_and_half_a_gigabyte_for_each_core(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert modest() == "5120MB"
    engine = DuckDbEngine(memory=modest())
    ((limit,),) = engine.rows(Query((("limit", "SELECT current_setting('memory_limit')"),)))
    engine.close()
    assert limit == "4.7 GiB"


NOTEBOOK = """
import sys, types
kernel = types.ModuleType("IPython")
kernel.get_ipython = lambda: types.SimpleNamespace(config={"IPKernelApp": {}})
sys.modules["IPython"] = kernel
from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
engine = DuckDbEngine()
print(engine.rows(Query((("one", "SELECT 1"),))), engine.progress())
"""


def test_it_runs_in_a_notebook_that_has_no_widgets():
    # DuckDB itself takes this for a Jupyter kernel, and there refuses a progress bar without ipywidgets.
    ran = subprocess.run([sys.executable, "-c", NOTEBOOK], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("[(1,)] 0.0\n", "")
