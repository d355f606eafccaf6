"""Share links: published under a name nobody can guess, renewed at the same address, withdrawn, and never forgotten."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from klantreis.errors import OptionError, StoreError
from klantreis.workspace import Workspace, open_workspace, share
from klantreis.workspace.share import Asked, again, settled, withdraw
from klantreis.workspace.share import share as shared
from klantreis.workspace.share_links import read_links

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MAP = """
klantreis: 1
id: shop
title: {nl: Winkel, en: Shop}
phases: {all: {look: {match: look}, buy: {match: buy}}}
"""


def events(people: range) -> str:
    rows = [f"p{n:03},2026-06-01T10:{n % 60:02}:00Z,look" for n in people]
    rows += [f"p{n:03},2026-06-02T10:{n % 60:02}:00Z,buy" for n in people if n % 2]
    return "\n".join(rows) + "\n"


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    folder = tmp_path / "winkel"
    (folder / "maps").mkdir(parents=True)
    (folder / "maps" / "shop.reis.yaml").write_text(MAP, encoding="utf-8")
    (folder / "klantreis.yaml").write_text(
        "klantreis: 1\nname: Winkel\ntime_zone: UTC\n"
        "sources: {web: {path: web.csv, person: who, at: at, event: event}}\n",
        encoding="utf-8",
    )
    (folder / "web.csv").write_text("who,at,event\n" + events(range(40)), encoding="utf-8")
    return open_workspace(folder)


def more(shop: Workspace, people: range) -> None:
    with (shop.folder / "web.csv").open("a", encoding="utf-8") as file:
        file.write(events(people))
    shop.load()


def page(shop: Workspace, number: int = 0) -> str:
    return read_links(shop.folder).links[number].file(shop.folder).read_text(encoding="utf-8")


def says(shop: Workspace, text: str) -> bool:
    return text in page(shop)  # the page is long: a test that fails shows only what it looked for


def test_a_page_is_published_under_a_name_that_nobody_can_guess(shop: Workspace, tmp_path: Path) -> None:
    (done,) = shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert done.did == "made"
    assert len(done.link.name) * 6 >= 128
    assert re.fullmatch(r"[A-Za-z0-9][\w-]+", done.link.name)
    assert says(shop, 'name="robots" content="noindex')
    assert not says(shop, "script-src")
    assert says(shop, "default-src &#39;none&#39;")
    assert not says(shop, done.link.name)  # the page names its own address only when it has one


def test_two_links_never_have_the_same_name(shop: Workspace, tmp_path: Path) -> None:
    for _ in range(2):
        shared(shop, Asked(folder=tmp_path / "web", new=True), NOW)
    one, two = read_links(shop.folder).links
    assert one.name != two.name
    assert (one.id, two.id) == ("shop-1", "shop-2")


def test_shared_once_more_the_page_keeps_its_address(shop: Workspace, tmp_path: Path) -> None:
    asked = Asked(folder=tmp_path / "web", address="https://winkel.example/k")
    (first,) = shared(shop, asked, NOW)
    more(shop, range(40, 71))
    assert not says(shop, ">71<")
    (second,) = shared(shop, Asked(folder=tmp_path / "web"), NOW + timedelta(days=1))
    assert (second.did, second.link.link(shop.folder)) == ("renewed", first.link.link(shop.folder))
    assert says(shop, ">71<")
    assert [done.did for done in again(shop, "all", NOW)] == ["renewed"]


def test_the_preview_of_a_link_has_the_title_the_curve_and_the_card(shop: Workspace, tmp_path: Path) -> None:
    (done,) = shared(shop, Asked(folder=tmp_path / "web", address="https://winkel.example/k", language="en"), NOW)
    assert done.link.file(shop.folder, ".png").read_bytes()[:4] == b"\x89PNG"
    assert says(shop, 'property="og:title" content="Shop"')
    assert says(shop, f'property="og:image" content="https://winkel.example/k/{done.link.name}.png"')


def test_a_withdrawn_link_leaves_a_page_that_says_so_in_both_languages_and_nothing_else(
    shop: Workspace, tmp_path: Path
) -> None:
    (done,) = shared(shop, Asked(folder=tmp_path / "web", address="https://winkel.example/k"), NOW)
    left = tmp_path / "web" / f"{done.link.name}.html.77.new"
    left.write_text("what a run left that was cut short")
    assert [one.did for one in withdraw(shop, "shop-1", NOW)] == ["withdrawn"]
    names = sorted(path.name for path in (tmp_path / "web").iterdir())
    assert names == sorted([f"{done.link.name}.html", "index.html"])
    assert says(shop, "ingetrokken")
    assert says(shop, "22 november 2026")
    assert says(shop, "withdrawn")
    assert says(shop, "22 November 2026")
    assert says(shop, "noindex")
    assert not says(shop, "Winkel")
    assert read_links(shop.folder).links[0].state(shop.folder) == "withdrawn"
    with pytest.raises(OptionError, match="was withdrawn on 22 November 2026"):
        withdraw(shop, "shop-1", NOW)
    with pytest.raises(OptionError, match="was withdrawn"):
        again(shop, "shop-1", NOW)
    (new,) = shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert (new.did, new.link.id) == ("made", "shop-2")


def test_a_link_past_its_date_is_withdrawn_whatever_is_asked(shop: Workspace, tmp_path: Path) -> None:
    shared(shop, Asked(folder=tmp_path / "web", until="2026-11-24"), NOW)
    assert settled(shop, NOW + timedelta(days=1)) == []
    shared(shop, Asked(view="map", folder=tmp_path / "web"), NOW)
    done = again(shop, "all", NOW + timedelta(days=2))
    assert [(one.link.id, one.did) for one in done] == [("shop-1", "ended"), ("shop-2", "renewed")]
    assert says(shop, "afgelopen")
    assert says(shop, "24 november 2026")
    assert read_links(shop.folder).links[0].state(shop.folder) == "ended"


@pytest.mark.parametrize("day", ["2026-11-22", "2020-01-01", "morgen"])
def test_a_date_that_is_past_or_none_is_refused_before_anything_is_written(
    shop: Workspace, tmp_path: Path, day: str
) -> None:
    with pytest.raises(OptionError):
        shared(shop, Asked(folder=tmp_path / "web", until=day), NOW)
    assert not (tmp_path / "web").exists()


def test_a_folder_that_is_away_is_told_and_its_pages_go_when_it_is_back(shop: Workspace, tmp_path: Path) -> None:
    shared(shop, Asked(folder=tmp_path / "web"), NOW)
    (tmp_path / "web").rename(tmp_path / "away")
    assert [one.did for one in withdraw(shop, "shop-1", NOW)] == ["unreached"]
    assert [one.did for one in settled(shop, NOW)] == ["unreached"]
    (tmp_path / "away").rename(tmp_path / "web")
    assert [one.did for one in settled(shop, NOW + timedelta(days=3))] == ["withdrawn"]
    assert says(shop, "22 november 2026")
    assert settled(shop, NOW) == []


def test_a_link_is_written_down_before_its_page_is_there(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(share, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            shared(shop, Asked(folder=tmp_path / "web"), NOW)
    (link,) = read_links(shop.folder).links
    assert link.state(shop.folder) == "gone"
    (done,) = shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert (done.did, done.link.name) == ("renewed", link.name)


def test_a_withdrawal_that_is_cut_short_is_finished_by_the_next_run(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared(shop, Asked(folder=tmp_path / "web"), NOW)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(share, "replace_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            withdraw(shop, "shop-1", NOW)
    assert not says(shop, "ingetrokken")
    assert [one.did for one in again(shop, "all", NOW)] == ["withdrawn"]
    assert says(shop, "ingetrokken")


def test_what_is_kept_is_out_of_sight_of_git_whatever_the_workspace_says(shop: Workspace, tmp_path: Path) -> None:
    shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert (shop.folder / ".klantreis" / "shared" / ".gitignore").read_text() == "*\n"


def test_a_list_that_cannot_be_read_is_never_taken_for_an_empty_one(shop: Workspace, tmp_path: Path) -> None:
    shared(shop, Asked(folder=tmp_path / "web"), NOW)
    (shop.folder / ".klantreis" / "shared" / "links.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        shared(shop, Asked(folder=tmp_path / "web"), NOW)


def test_a_link_is_not_renewed_when_a_few_people_could_be_worked_out(shop: Workspace, tmp_path: Path) -> None:
    shared(shop, Asked(folder=tmp_path / "web"), NOW)
    before = page(shop)
    more(shop, range(40, 43))
    (done,) = shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert (done.did, done.people, page(shop) == before) == ("held", 3, True)
    with pytest.raises(OptionError, match="differs by 3"):
        shared(shop, Asked(folder=tmp_path / "web", language="en"), NOW)
    more(shop, range(43, 55))
    (done,) = shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert done.did == "renewed"


def test_a_workspace_that_shares_small_groups_renews_always(shop: Workspace, tmp_path: Path) -> None:
    with (shop.folder / "klantreis.yaml").open("a", encoding="utf-8") as file:
        file.write("privacy: {least: 0}\n")
    free = open_workspace(shop.folder)
    shared(free, Asked(folder=tmp_path / "web"), NOW)
    more(free, range(40, 43))
    assert [one.did for one in again(free, "shop-1", NOW)] == ["renewed"]


def test_a_folder_that_holds_other_things_gets_no_page_of_ours_in_front(shop: Workspace, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "index.php").write_text("<?php")
    shared(shop, Asked(folder=tmp_path / "web"), NOW)
    assert not (tmp_path / "web" / "index.html").exists()


def test_a_link_keeps_working_when_the_workspace_moves_with_its_pages(shop: Workspace, tmp_path: Path) -> None:
    shared(shop, Asked(folder=shop.folder / "web"), NOW)
    moved = open_workspace(shop.folder.rename(tmp_path / "elders"))
    assert read_links(moved.folder).links[0].state(moved.folder) == "stands"
    assert json.loads((moved.folder / ".klantreis/shared/links.json").read_text())["links"][0]["folder"] == "web"
