"""What did not change is not read again, what did change always is, and a load that fails leaves nothing half."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from klantreis.errors import SourceError
from klantreis.journeys.manifest import read_manifest
from klantreis.workspace import Workspace, open_workspace
from klantreis.workspace.load import load
from servers import Postgres, Storage, postgres, storage

HEAD = "who,at,what,note\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "klantreis.yaml", 'klantreis: 1\nname: Shop\nsources:\n  web: {path: "data/*.csv", person: who, '
          "at: at, event: what}\n")  # fmt: skip
    write(tmp_path, "data/a.csv", HEAD + "b,2026-01-02,view,2\na,2026-01-01,view,1\nc,,view,3\n")
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def rested(path: Path, days: int = 1) -> None:
    """Gives a file the times it has when it was at rest for days; only its second time cannot be set."""
    told = path.stat()
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns - days * 86_400 * 10**9))


def shop(folder: Path) -> Workspace:
    return open_workspace(folder)


def counts(folder: Path, **more: Any) -> list[tuple[str, int, int, int, int, bool]]:
    one = shop(folder)
    done = load(one.store, one.settings.sources, **more).sources
    return [(each.source, each.read, each.stored, each.duplicate, each.rejected, each.unchanged) for each in done]


FIRST, SAME = [("web", 3, 2, 0, 1, False)], [("web", 0, 0, 0, 0, True)]


def test_files_that_did_not_change_are_not_read_and_again_reads_them(folder, monkeypatch) -> None:
    assert counts(folder) == FIRST
    one = shop(folder)
    listed = load(one.store, one.settings.sources).sources[0].rejected_file
    assert listed is not None
    assert listed.is_file(), "the list of what was refused still stands"
    with monkeypatch.context() as patched:
        patched.setattr("klantreis.workspace.load.checked", lambda *_: pytest.fail("it was read"))
        assert counts(folder) == SAME
        rested(folder / "data/a.csv")
        assert counts(folder) == SAME, "another time, the same bytes"
    assert counts(folder, again=True) == [("web", 3, 0, 2, 1, False)]
    assert shop(folder).verify() == ()


def test_a_workspace_that_is_moved_or_copied_reads_nothing_again(folder, tmp_path_factory, monkeypatch) -> None:
    text = (folder / "klantreis.yaml").read_text()
    write(folder, "klantreis.yaml", text.replace("event: what", "event: what, lookups: {w: {path: who.csv, on: who}}"))
    write(folder, "who.csv", "who,city\na,Oss\n")
    assert counts(folder) == FIRST
    kept = (folder / ".klantreis/sources.json").read_text()
    assert str(folder) not in kept
    for file in json.loads(kept)["web"]["files"]:
        assert file["path"] in ("data/a.csv", "who.csv")
    copied = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(folder, copied)
    moved = folder.rename(folder.with_name("moved"))
    for there in (copied, moved):
        assert counts(there) == SAME
        one = shop(there)
        listed = load(one.store, one.settings.sources).sources[0].rejected_file
        assert listed is not None
        assert there in listed.parents, "the list of what was refused went with it"
    monkeypatch.chdir(moved.parent)
    assert counts(Path("moved")) == SAME, "by another path too"
    write(moved, "data/b.csv", HEAD + "d,2026-01-03,view,4\n")
    assert counts(moved) == [("web", 1, 1, 0, 0, False)], "only what is new"


def test_paths_as_they_were_kept_before_still_count(folder) -> None:
    assert counts(folder) == FIRST
    path = folder / ".klantreis/sources.json"
    kept = json.loads(path.read_text())
    for file in kept["web"]["files"]:
        file["path"] = str(folder / file["path"])
    path.write_text(json.dumps(kept))
    assert counts(folder) == SAME
    assert str(folder) not in path.read_text(), "and are kept from the folder on since"


def test_a_change_of_the_same_size_and_time_is_noticed(folder) -> None:
    file = folder / "data/a.csv"
    rested(file, 2)
    before = file.stat()
    assert counts(folder) == FIRST
    file.write_text(file.read_text().replace("b,2026-01-02", "d,2026-01-02"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert counts(folder) == [("web", 3, 1, 1, 1, False)]


def test_a_file_at_rest_is_not_even_hashed(folder, monkeypatch) -> None:
    monkeypatch.setattr("klantreis.workspace.seen.SETTLED_NS", -1)
    assert counts(folder) == FIRST
    monkeypatch.setattr("klantreis.workspace.seen.checksum", lambda _: pytest.fail("it was hashed"))
    assert counts(folder) == SAME


def test_only_new_files_are_read_and_come_after_what_is_stored(folder) -> None:
    assert counts(folder) == FIRST
    write(folder, "data/0.csv", HEAD + "a,2026-01-01,paid,4\n")
    assert counts(folder) == [("web", 1, 1, 0, 0, False)]
    assert counts(folder) == SAME
    total = shop(folder).store.log()
    assert (total.read, total.stored, total.duplicate, total.rejected) == (4, 3, 0, 1)
    # The same moment, so the place decides: what was stored later comes later.
    assert order(folder) == ["view", "paid"]


@pytest.mark.parametrize("forgets", [True, False])
def test_what_is_added_comes_after_what_is_stored_also_when_all_is_read_again(folder, forgets: bool) -> None:
    counts(folder)
    for event in ("search", "paid"):
        path = folder / "data/a.csv"
        path.write_text(f"{path.read_text()}a,2026-01-03,{event},4\n")
        if event == "paid" and forgets:  # as after a new version, or other settings of the source
            (folder / ".klantreis/sources.json").unlink()
        assert counts(folder, again=event == "paid" and not forgets)[0][2] == 1
    assert order(folder) == ["view", "search", "paid"]


def order(folder: Path) -> list[str]:
    import duckdb

    files = [str(path) for _, path in shop(folder).store.log().files]
    return [
        name
        for (name,) in duckdb.execute(
            "SELECT event FROM read_parquet($1, union_by_name=true) WHERE person = 'a' ORDER BY sequence", [files]
        ).fetchall()
    ]


def test_a_new_file_without_a_column_that_others_have_is_read_with_them(folder) -> None:
    text = (folder / "klantreis.yaml").read_text().replace("event: what", "event: what, detail: note")
    write(folder, "klantreis.yaml", text)
    assert counts(folder) == FIRST
    write(folder, "data/b.csv", "who,at,what\ne,2026-01-05,view\n")
    assert counts(folder) == [("web", 4, 1, 2, 1, False)]


def test_rows_that_are_kept_though_equal_are_counted_over_all_files(folder) -> None:
    text = (folder / "klantreis.yaml").read_text().replace("event: what", "event: what, duplicates: keep")
    write(folder, "klantreis.yaml", text)
    assert counts(folder) == FIRST
    write(folder, "data/b.csv", HEAD + "a,2026-01-01,view,1\n")
    assert counts(folder) == [("web", 4, 1, 2, 1, False)]
    assert counts(folder) == SAME


def test_another_role_a_changed_lookup_or_another_store_reads_everything(folder) -> None:
    write(folder, "who.csv", "who,city\na,Oss\n")
    text = (folder / "klantreis.yaml").read_text()
    write(folder, "klantreis.yaml", text.replace("event: what", "event: what, lookups: {w: {path: who.csv, on: who}}"))
    assert counts(folder) == FIRST
    assert counts(folder) == SAME
    write(folder, "who.csv", "who,city\na,Ede\n")
    assert counts(folder) == [("web", 3, 1, 1, 1, False)]
    write(folder, "klantreis.yaml", text.replace("event: what", "event: what, channel: note"))
    assert counts(folder)[0][1] == 3
    kept = (folder / ".klantreis/sources.json").read_text()
    (folder / ".klantreis/manifest.json").unlink()
    (folder / ".klantreis/sources.json").write_text(kept)
    assert counts(folder)[0][2] == 2, "an older or empty store is not believed to hold what another did"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"web": 3}', '{"web": {"files": [{}]}}'])
def test_a_damaged_memory_only_means_that_everything_is_read(folder, text: str) -> None:
    assert counts(folder) == FIRST
    (folder / ".klantreis/sources.json").write_text(text)
    assert counts(folder) == [("web", 3, 0, 2, 1, False)]
    assert counts(folder) == SAME


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as found:
        yield found


def table(server: Postgres, folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    monkeypatch.setenv("SHOP", server.address())
    server.run(
        "DROP TABLE IF EXISTS clicks",
        "CREATE TABLE clicks (who text, at timestamptz, what text, made timestamptz)",
        "INSERT INTO clicks SELECT 'p' || i, '2026-01-01'::timestamptz + i * interval '1 hour', 'view', "
        "'2026-01-01'::timestamptz + i * interval '1 hour' FROM generate_series(1, 240) i",
    )
    write(folder, "klantreis.yaml", "klantreis: 1\nname: Shop\nsources:\n  web: {database: {env: SHOP}, table: clicks, "
          f"person: who, at: at, event: what{more}}}\n")  # fmt: skip


def test_a_table_that_grows_is_asked_from_its_latest_moment_on(server, folder, monkeypatch) -> None:
    table(server, folder, monkeypatch, ", grows_by: made, overlap: 6h")
    server.run(
        "INSERT INTO clicks VALUES ('slip', '2026-01-05', 'view', '9999-12-31'), "
        "('never', '2026-01-05', 'view', 'infinity'), ('unknown', '2026-01-05', 'view', NULL)"
    )
    assert counts(folder) == [("web", 243, 243, 0, 0, False)]
    kept = json.loads((folder / ".klantreis/sources.json").read_text())["web"]["mark"]
    assert kept == {"kind": "moment", "value": "2026-01-11T00:00:00+00:00"}, "a moment after now is no mark"
    server.run("INSERT INTO clicks VALUES ('new', '2026-01-10 20:00', 'paid', '2026-01-10 20:00')",
               "INSERT INTO clicks VALUES ('new', '2026-01-12', 'paid', '2026-01-12')")  # fmt: skip
    # Six hours back: 18:00 to 00:00 are seven rows; the slips are asked each time.
    assert counts(folder) == [("web", 12, 2, 10, 0, False)]
    assert counts(folder, again=True) == [("web", 245, 0, 245, 0, False)]
    assert shop(folder).verify() == ()


def test_a_table_without_a_moment_to_grow_by_is_read_whole(server, folder, monkeypatch) -> None:
    table(server, folder, monkeypatch)
    assert counts(folder) == [("web", 240, 240, 0, 0, False)]
    assert counts(folder) == [("web", 240, 0, 240, 0, False)]


@pytest.mark.parametrize(
    ("first", "last", "new"),
    [
        ("'2026-01-01 10:00:00'", "'2026-01-09 10:00:00.250'", "'2026-01-09 11:00:00'"),
        ("'2026-01-01T10:00:00Z'", "'2026-01-09T10:00:00Z'", "'2026-01-09T11:00:00Z'"),
        ("'2026-01-01'", "'2026-01-09'", "'2026-01-10'"),
        ("1767261600", "1767952800", "1767956400"),
        ("1767261600000", "1767952800000", "1767956400000"),
        ("1767261600.5", "1767952800.25", "1767956400.75"),
    ],
)
def test_a_sqlite_table_grows_by_texts_and_by_numbers(folder, first: str, last: str, new: str) -> None:
    write(folder, "klantreis.yaml", "klantreis: 1\nname: S\nsources:\n  web: {database: {module: sqlite3, file: s.db}"
          ", table: t, grows_by: at, overlap: 1d, person: who, at: at, event: what}\n")  # fmt: skip
    made = sqlite3.connect(folder / "s.db")
    made.execute("CREATE TABLE t (who, at, what)")
    made.execute(f"INSERT INTO t VALUES ('a', {first}, 'x'), ('b', {last}, 'x')")
    made.commit()
    assert counts(folder) == [("web", 2, 2, 0, 0, False)]
    made.execute(f"INSERT INTO t VALUES ('c', {new}, 'x')")
    made.commit()
    made.close()
    assert counts(folder) == [("web", 2, 1, 1, 0, False)]


def test_a_connection_that_is_lost_leaves_nothing_half(server, folder, monkeypatch) -> None:
    table(server, folder, monkeypatch, ", grows_by: made")
    assert counts(folder) == [("web", 240, 240, 0, 0, False)]
    before = (folder / ".klantreis/manifest.json").read_bytes(), (folder / ".klantreis/sources.json").read_bytes()
    server.run(
        "INSERT INTO clicks SELECT repeat('x', 500) || i, '2026-02-01', 'view', '2026-02-01' "
        "FROM generate_series(1, 200000) i"
    )
    rows: list[float] = []

    def tell(done: float, total: float, word: str) -> None:
        rows.append(done)
        if len(rows) == 2:
            server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                       "AND query LIKE '%clicks%'")  # fmt: skip

    with pytest.raises(SourceError, match=r"lost half way|refused|reached") as refused:
        counts(folder, tell=tell)
    assert "what was stored before is still whole" in refused.value.mend
    assert (folder / ".klantreis/manifest.json").read_bytes() == before[0]
    assert (folder / ".klantreis/sources.json").read_bytes() == before[1]
    assert counts(folder)[0][2] == 200_000


def test_no_secret_stands_in_the_store_or_in_what_is_said(server, folder, monkeypatch) -> None:
    table(server, folder, monkeypatch)
    one = shop(folder)
    assert "zeer-geheim" not in repr(one.settings) + json.dumps(load(one.store, one.settings.sources).to_dict())
    for path in (folder / ".klantreis").rglob("*"):
        assert not path.is_file() or b"zeer-geheim" not in path.read_bytes(), path


def test_the_same_rows_are_the_same_stored_events_from_every_kind_of_source(server, folder, monkeypatch) -> None:
    import duckdb

    table(server, folder, monkeypatch)
    duckdb.execute(
        "CREATE TABLE clicks AS SELECT 'p' || i AS who, TIMESTAMP '2026-01-01' + to_hours(i::INT) AS \"at\", "
        "'view' AS what, '2026-01-0' || (i % 9 + 1) AS made FROM range(1, 500) r(i)"
    )
    duckdb.execute(f"COPY clicks TO '{folder}/clicks.csv'; COPY clicks TO '{folder}/clicks.parquet'")
    rows = duckdb.execute('SELECT who, CAST("at" AS VARCHAR), what, made FROM clicks').fetchall()
    duckdb.execute("DROP TABLE clicks")
    with sqlite3.connect(folder / "s.db") as made:
        made.execute("CREATE TABLE clicks (who, at, what, made)")
        made.executemany("INSERT INTO clicks VALUES (?, ?, ?, ?)", rows)
    made.close()
    server.run("DROP TABLE clicks", "CREATE TABLE clicks (who text, at timestamp, what text, made text)")
    values = ", ".join(f"('{who}', '{at}', '{what}', '{day}')" for who, at, what, day in rows)
    server.run(f"INSERT INTO clicks VALUES {values}")
    found = {}
    for kind, words in {
        "csv": "path: clicks.csv",
        "parquet": "path: clicks.parquet",
        "postgresql": "database: {env: SHOP}, table: clicks",
        "sqlite": "database: {module: sqlite3, file: s.db}, table: clicks",
    }.items():
        write(
            folder,
            "klantreis.yaml",
            f"klantreis: 1\nname: S\nsources: {{web: {{{words}, person: who, at: at, event: what}}}}\n",
        )
        one = shop(folder)
        store = type(one.store)(folder / kind)
        assert load(store, one.settings.sources).sources[0].stored == 499
        files = [str(path) for _, path in store.log().files]
        found[kind] = duckdb.execute("SELECT * EXCLUDE (bucket) FROM read_parquet($1) ORDER BY key", [files]).fetchall()
    for kind, stored in found.items():
        assert stored == found["csv"], kind


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    with storage(monkeypatch) as found:
        yield found


def test_new_objects_in_storage_are_read_and_old_ones_are_not(objects, folder, monkeypatch) -> None:
    monkeypatch.setattr("klantreis.workspace.seen.SETTLED_NS", -(10**12))
    write(folder, "klantreis.yaml", 'klantreis: 1\nname: S\nsources: {web: {path: "s3://shop/clicks/*.csv", '
          f"endpoint: {objects.endpoint}, person: who, at: at, event: what}}}}\n")  # fmt: skip
    objects.put("shop/clicks/a.csv", (folder / "data/a.csv").read_bytes())
    assert counts(folder) == FIRST
    assert counts(folder) == SAME
    objects.put("shop/clicks/b.csv", (HEAD + "d,2026-01-03,view,9\n").encode())
    assert counts(folder) == [("web", 1, 1, 0, 0, False)]
    assert counts(folder, again=True) == [("web", 4, 0, 3, 1, False)]
    assert read_manifest(folder / ".klantreis").stored == 3


@pytest.mark.parametrize("module", ["duckdb", "adbc_driver_sqlite"])
def test_the_mark_is_bound_as_the_module_wants_it(folder, module: str) -> None:
    import duckdb

    database = f"{{module: {module}, file: s.db}}"
    write(folder, "klantreis.yaml", f"klantreis: 1\nname: S\nsources:\n  web: {{database: {database}"
          ", table: t, grows_by: at, overlap: 1d, person: who, at: at, event: what}\n")  # fmt: skip
    first = (
        "('a', '2026-01-01 10:00:00', 'x'), ('b', '2026-01-09 10:00:00', 'x'), ('%s ? $1', '2026-01-09 10:00:00', 'x')"
    )
    for number, values in enumerate([first, "('c', '2026-01-09 11:00:00', 'x')"]):
        made: Any = duckdb.connect(folder / "s.db") if module == "duckdb" else sqlite3.connect(folder / "s.db")
        if not number:
            made.execute('CREATE TABLE t (who VARCHAR, "at" TIMESTAMP, what VARCHAR)')
        made.execute(f"INSERT INTO t VALUES {values}")
        made.commit()
        made.close()
        assert counts(folder) == [("web", 3, 3, 0, 0, False) if not number else ("web", 3, 1, 2, 0, False)]


def test_a_column_that_tells_nothing_new_is_said(folder) -> None:
    write(folder, "klantreis.yaml", "klantreis: 1\nname: S\nsources:\n  web: {database: {module: sqlite3, file: s.db},"
          " table: t, grows_by: who, person: who, at: at, event: what}\n")  # fmt: skip
    with sqlite3.connect(folder / "s.db") as made:
        made.execute("CREATE TABLE t AS SELECT 'a' who, '2026-01-01' at, 'x' what")
    made.close()
    one = shop(folder)
    for _ in range(2):
        loaded = load(one.store, one.settings.sources)
        assert [finding.rule for finding in loaded.findings] == ["no-mark"]
        assert loaded.sources[0].read == 1
