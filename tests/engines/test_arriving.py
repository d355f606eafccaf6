"""Numbers of DuckDB become arrays while they arrive: the same ones, each held once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import QueryError

KINDS = {
    **{"TINYINT": np.int8, "SMALLINT": np.int16, "INTEGER": np.int32, "BIGINT": np.int64, "FLOAT": np.float32},
    **{"UTINYINT": np.uint8, "USMALLINT": np.uint16, "UINTEGER": np.uint32, "UBIGINT": np.uint64, "DOUBLE": np.float64},
}


@pytest.fixture
def engine() -> Iterator[DuckDbEngine]:
    made = DuckDbEngine(threads=2)
    yield made
    made.close()


def one(sql: str, **values: object) -> Query:
    return Query().then("one", sql, **values)


def test_every_kind_of_number_keeps_its_type_over_many_pieces(engine):
    told = ", ".join(f'(n % 100)::{kind} AS "{kind}"' for kind in KINDS)
    found = engine.arrays(one(f"SELECT n, {told} FROM range($size) AS r(n)", size=300_000))
    assert np.array_equal(found["n"], np.arange(300_000))
    for kind, dtype in KINDS.items():
        assert found[kind].dtype == dtype
        assert np.array_equal(found[kind], (np.arange(300_000) % 100).astype(dtype))
        assert found[kind].flags.writeable


def test_texts_of_all_signs_and_lengths_over_many_pieces(engine):
    signs = ("", "é", "\N{GRINNING FACE}", "a\0b", "long enough to lie apart from the row")
    sql = "SELECT n, list_extract($signs, 1 + n % 5) || CASE WHEN n % 5 > 0 THEN n::VARCHAR ELSE '' END AS word"
    found = engine.arrays(one(f"{sql} FROM range(300000) AS r(n)", signs=list(signs)))
    assert found["word"].tolist() == [f"{signs[n % 5]}{n if n % 5 else ''}" for n in range(300_000)]
    assert engine.arrays(one("SELECT '' AS word FROM range(3)"))["word"].tolist() == [""] * 3
    assert engine.arrays(one("SELECT '' AS word FROM range(0)"))["word"].tolist() == []


def test_no_rows_keep_their_types(engine):
    found = engine.arrays(one("SELECT 1::UTINYINT AS a, 2::DOUBLE AS b WHERE false"))
    assert {name: (column.dtype, column.size) for name, column in found.items()} == {"a": ("u1", 0), "b": ("f8", 0)}


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT CASE WHEN n <> 290000 THEN n END AS late FROM range(300000) AS r(n)",
            "'late' of step 'one' holds NULL",
        ),
        ("SELECT true AS yes", "Column 'yes' of step 'one' holds no numbers or texts"),
        ("SELECT [1] AS list", "Column 'list' of step 'one' holds no numbers or texts"),
        ("SELECT nullif('a' || n, 'a290000') AS late FROM range(300000) AS r(n)", "'late' of step 'one' holds NULL"),
        (
            "SELECT CASE WHEN n < 290000 THEN n ELSE error('boo') END AS n FROM range(300000) AS r(n)",
            "'one' failed.*boo",
        ),
    ],
)
def test_what_is_no_number_is_refused_and_the_engine_stays_usable(engine, sql, said):
    with pytest.raises(QueryError, match=said):
        engine.arrays(one(sql))
    assert engine.rows(one("SELECT 1")) == [(1,)]
    assert engine.arrays(one("SELECT 1 AS a"))["a"].tolist() == [1]


def test_a_query_that_needs_more_memory_than_it_may_says_so_in_our_words():
    engine = DuckDbEngine(threads=1, memory="20MB")
    with pytest.raises(QueryError) as failed:
        engine.arrays(one("SELECT n FROM range(9000000) AS r(n) ORDER BY hash(n)"))
    engine.close()
    assert "Give the engine more memory" in failed.value.mend


ONCE = """
import resource
from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
engine = DuckDbEngine(threads=1)
def ask(size):
    sql = "SELECT n AS a, n + 1 AS b, n + 2 AS c, n + 3 AS d, n + 4 AS e FROM range($size) AS r(n)"
    return engine.arrays(Query((("rows", sql),), {"size": size}))
ask(100_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = ask(3_000_000)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / sum(one.nbytes for one in found.values()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds at most is told in other units elsewhere")
def test_an_answer_is_held_once_while_it_arrives():
    ran = subprocess.run([sys.executable, "-c", ONCE], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 1.3, "the engine holds its rows until the arrays are made"
