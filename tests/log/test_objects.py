"""Objects in storage are read as files are, and keep their own names."""

import gzip
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from klantreis.errors import MissingPart, SourceError
from klantreis.log.model import Lookup, Roles, Source
from klantreis.log.model import Storage as At
from klantreis.log.quality import write_rejected
from klantreis.log.read import checked
from servers import Storage, free_port, storage

HEAD = "who,when,what\n"
WEB = Roles("who", "when", "what")


@pytest.fixture(scope="module")
def objects() -> Iterator[Storage]:
    with pytest.MonkeyPatch.context() as environ, storage(environ) as found:
        found.put("shop/days/2026-01-01.csv", (HEAD + "a,2026-01-01,x\nb,,x\n").encode())
        found.put("shop/days/2026-01-02.csv.gz", gzip.compress((HEAD + "c,2026-01-02,y\n").encode()))
        found.put("shop/days/deep/2026-01-03.csv", (HEAD + "d,2026-01-03,z\n").encode())
        found.put("shop/days/notes.txt", b"nothing\n")
        yield found


def of(desk, objects: Storage, path: str, roles: Roles = WEB, **more: Any) -> Source:
    return replace(desk.source(path, roles, **more), storage=At(objects.endpoint))


def people(desk, source: Source) -> list[Any]:
    rows = desk.select(checked(desk.engine, source, desk.folder / "scratch"), "person, file")
    return [(person, file.removeprefix("s3://shop/")) for person, file in rows]


def test_a_glob_means_the_objects_that_fit_it_zipped_or_not_each_under_its_own_name(desk, objects) -> None:
    first = [("a", "days/2026-01-01.csv"), ("b", "days/2026-01-01.csv"), ("c", "days/2026-01-02.csv.gz")]
    assert people(desk, of(desk, objects, "s3://shop/days/2026-*.csv*")) == first
    assert people(desk, of(desk, objects, "s3://shop/days/**/2026-01-0[!12].csv")) == [
        ("d", "days/deep/2026-01-03.csv")
    ]
    assert people(desk, of(desk, objects, "s3://shop/days/**/2026-01-0?.csv")) == [
        *first[:2],
        ("d", "days/deep/2026-01-03.csv"),
    ]
    assert people(desk, of(desk, objects, "s3://shop/days/deep/2026-01-03.csv")) == [("d", "days/deep/2026-01-03.csv")]
    assert people(desk, of(desk, objects, "s3://shop/days/deep", format="csv")) == [("d", "days/deep/2026-01-03.csv")]


def test_refused_rows_tell_the_object_and_the_line(desk, objects) -> None:
    rows = checked(desk.engine, of(desk, objects, "s3://shop/days/2026-01-01.csv"), desk.folder / "scratch")
    refused = write_rejected(desk.engine, rows, desk.folder / "rejected", "x")
    assert refused.file is not None
    assert "s3://shop/days/2026-01-01.csv,3,2,no_time" in refused.file.read_text(encoding="utf-8-sig")


def test_of_parquet_only_the_columns_that_are_used_are_taken(desk, objects) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"who": ["a"], "when": ["2026-01-01"], "what": ["x"], "n": [1], "wide": ["w" * 100_000]})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="none")
    objects.put("shop/p/a.parquet", out.getvalue())
    narrow = of(desk, objects, "s3://shop/p", properties=("N",))
    rows = checked(desk.engine, narrow, desk.folder / "scratch")
    assert desk.select(rows, 'person, "p.n"') == [("a", "1")]
    assert rows.raw_columns == ("who", "when", "what", "n")
    (copy,) = (desk.folder / "scratch").rglob("a.parquet")
    assert copy.stat().st_size < 10_000
    assert "wide" in checked(desk.engine, of(desk, objects, "s3://shop/p"), desk.folder / "other").raw_columns


def test_a_lookup_may_stand_in_storage_too(desk, objects) -> None:
    objects.put("shop/who.csv", b"code,who\n1,jan\n")
    file = desk.write("web.csv", "code,when,what\n1,2026-01-01,x\n")
    source = of(desk, objects, str(file), lookups=(Lookup("s3://shop/who.csv", "code"),))
    rows = checked(desk.engine, source, desk.folder / "scratch")
    assert desk.select(rows, "person") == [("jan",)]


def test_what_is_wrong_is_told_with_the_nearest_name(desk, objects) -> None:
    for path, words in {
        "s3://shop/days/2026-01-01.cvs": ("No object fits", "'s3://shop/days/2026-01-01.csv'"),
        "s3://shop/days/*.parquet": ("No object fits", "s3://shop/days/"),
        "s3://shop/empty/*.csv": ("No object fits", "nothing in that folder"),
        "s3://shopp/days/*.csv": ("The storage has no 'shopp'", "`endpoint`"),
        "s3://shop/days": ("folder without parquet", "path: s3://shop/days/*.csv"),
    }.items():
        with pytest.raises(SourceError) as refused:
            people(desk, of(desk, objects, path))
        assert all(word in str(refused.value) for word in words), str(refused.value)
    with pytest.raises(SourceError, match="'whoo' is no column") as refused:
        people(desk, of(desk, objects, "s3://shop/days/2026-01-01.csv", Roles("whoo", "when", "what")))
    assert "file s3://shop/days/2026-01-01.csv" in refused.value.where
    objects.put("shop/bad.csv", b"who,when,what\n\xe9,2026-01-01,x\n")
    with pytest.raises(SourceError, match="UTF-8") as refused:
        people(desk, of(desk, objects, "s3://shop/bad.csv"))
    assert "file s3://shop/bad.csv, line 2" in refused.value.where
    objects.put("shop/none.csv", b"")
    with pytest.raises(SourceError, match="empty"):
        people(desk, of(desk, objects, "s3://shop/none.csv"))


def test_storage_that_cannot_be_reached_is_told_without_a_secret(desk, objects) -> None:
    away = replace(desk.source("s3://shop/days/*.csv", WEB), storage=At(f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(SourceError, match="cannot be reached") as refused:
        people(desk, away)
    assert "geheim" not in str(refused.value)


def test_an_object_that_changes_while_it_is_read_is_refused(desk, objects, monkeypatch) -> None:
    from klantreis.log import objects as module

    copied = module._copied

    def meanwhile(store: Any, one: Any, copy: Any) -> None:
        copied(store, one, copy)
        objects.put(one.key, (HEAD + "q,2026-01-01,x\nr,2026-01-01,x\n").encode())

    objects.put("shop/moving.csv", (HEAD + "a,2026-01-01,x\n").encode())
    monkeypatch.setattr(module, "_copied", meanwhile)
    with pytest.raises(SourceError, match="changed while it was read"):
        people(desk, of(desk, objects, "s3://shop/moving.csv"))


def test_a_full_disk_is_no_fault_of_the_storage(desk, objects, monkeypatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("klantreis.log.objects._copied", full)
    with pytest.raises(SourceError, match="disk of the scratch folder is full") as refused:
        people(desk, of(desk, objects, "s3://shop/days/2026-01-01.csv"))
    assert "TMPDIR" in refused.value.mend


def test_without_the_library_it_says_what_to_install(desk, objects, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingPart) as missing:
        people(desk, of(desk, objects, "s3://shop/days/*.csv"))
    assert "klantreis[s3]" in missing.value.mend
