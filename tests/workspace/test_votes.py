"""The votes of a workspace: added from texts and mails, kept as rows that git can compare, and removed per viewer."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.map.votes import Recognised, version_of
from klantreis.workspace import Workspace, open_workspace
from klantreis.workspace.reporting import report_of
from klantreis.workspace.share import Asked, again, share
from klantreis.workspace.share_links import read_links
from klantreis.workspace.sharing import shared
from klantreis.workspace.votes import add, file_of, recognised, remove, text_of, votes_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SETTINGS = "klantreis: 1\nname: Winkel\n"
MAP = """\
klantreis: 1
id: ring
title: Een ring
phases:
  keuze:
    zoeken: {do: Ik zoek}
    filter: {do: Ik filter}
    prijs: {do: Ik kijk naar de prijs}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    (tmp_path / "maps").mkdir()
    (tmp_path / "klantreis.yaml").write_text(SETTINGS)
    (tmp_path / "maps" / "ring.reis.yaml").write_text(MAP)
    return open_workspace(tmp_path)


def text(shop: Workspace, viewer: str, *votes: str, at: str = "2026-11-22T20:00:00Z", comment: str = "") -> str:
    said = "".join(f"step:{vote};\n" for vote in votes)
    head = f"klantreis-votes=1;\nmap=ring;\nversion={version_of(shop.map())};\nviewer={viewer};\nat={at};\n"
    return f"{head}{said}comment={comment}\nend=;\n"


def test_votes_are_kept_as_rows_that_a_second_time_changes_nothing(shop: Workspace) -> None:
    texts = {"a.txt": text(shop, "aaaaaa", "zoeken=yes", "filter=no", comment="Fijn, echt")}
    added = add(shop.folder, shop.maps(), texts, NOW, "nl")
    assert (added.new, added.same, added.refused, added.maps) == (1, 0, (), ("ring",))
    kept, version = file_of(shop.folder, "ring").read_text(), version_of(shop.map())
    assert kept == (
        "map,version,viewer,step,answer,when,comment\n"
        f"ring,{version},aaaaaa,zoeken,yes,2026-11-22T20:00:00Z,\n"
        f"ring,{version},aaaaaa,filter,no,2026-11-22T20:00:00Z,\n"
        f'ring,{version},aaaaaa,,,2026-11-22T20:00:00Z,"Fijn, echt"\n'
    )
    assert add(shop.folder, shop.maps(), texts, NOW, "nl").same == 1
    assert file_of(shop.folder, "ring").read_text() == kept


def test_the_second_answer_of_a_viewer_replaces_the_first_whichever_is_added_first(shop: Workspace) -> None:
    early = text(shop, "aaaaaa", "zoeken=no", "filter=no")
    late = text(shop, "aaaaaa", "zoeken=yes", at="2026-11-22T21:00:00Z")
    added = add(shop.folder, shop.maps(), {"late": late}, NOW, "nl")
    assert add(shop.folder, shop.maps(), {"early": early}, NOW, "nl").replaced == 0
    assert recognised(shop.folder, shop.map()) == {"zoeken": Recognised(1, 1)}
    assert added.new == 1


def test_several_in_one_text_are_of_several_viewers(shop: Workspace) -> None:
    both = "Hoi\n" + text(shop, "aaaaaa", "zoeken=yes") + "Van Piet:\n>" + text(shop, "bbbbbb", "zoeken=no")
    assert add(shop.folder, shop.maps(), {"mail": both}, NOW, "nl").new == 2
    assert recognised(shop.folder, shop.map())["zoeken"] == Recognised(1, 2)


def test_what_cannot_be_used_is_kept_with_its_reason_once_and_out_of_git(shop: Workspace) -> None:
    bad = {
        "a.txt": text(shop, "aaaaaa", "zoekn=yes", "filter=yes"),
        "b.txt": text(shop, "bbbbbb", "filter=yes").replace("=ring", "=rng"),
        "c.txt": "Hoi!",
    }
    for _ in range(2):
        added = add(shop.folder, shop.maps(), bad, NOW, "en")
        assert [(one.file, one.part.why.en) for one in added.refused] == [
            ("a.txt", "The map has no such step. Did you mean 'zoeken'?"),
            ("b.txt", "There is no map 'rng'. Did you mean 'ring'?"),
        ]
        assert added.empty == ("c.txt",)
    refused = shop.folder / ".klantreis" / "votes" / "refused.csv"
    assert len(refused.read_text().splitlines()) == 3
    assert refused.with_name(".gitignore").read_text() == "*\n"
    assert recognised(shop.folder, shop.map()) == {"filter": Recognised(1, 1)}


def test_answers_of_nothing_but_refused_votes_keep_what_the_viewer_said_before(shop: Workspace) -> None:
    add(shop.folder, shop.maps(), {"a": text(shop, "aaaaaa", "zoeken=yes")}, NOW, "nl")
    add(shop.folder, shop.maps(), {"b": text(shop, "aaaaaa", "x=yes", at="2026-11-22T22:00:00Z")}, NOW, "nl")
    assert recognised(shop.folder, shop.map()) == {"zoeken": Recognised(1, 1)}


def test_answers_to_an_older_version_count_and_are_told_apart(shop: Workspace) -> None:
    old = text(shop, "aaaaaa", "zoeken=yes")
    (shop.folder / "maps" / "ring.reis.yaml").write_text(MAP.replace("Ik zoek", "Ik zoek een ring"))
    assert add(shop.folder, shop.maps(), {"a": old}, NOW, "nl").older == 1
    assert recognised(shop.folder, shop.map()) == {"zoeken": Recognised(1, 1, 1)}


def test_all_of_one_viewer_goes_and_nothing_of_another(shop: Workspace) -> None:
    texts = {"a": text(shop, "aaaaaa", "zoeken=yes", "x=no", comment="Jan"), "b": text(shop, "bbbbbb", "zoeken=no")}
    add(shop.folder, shop.maps(), texts, NOW, "nl")
    assert remove(shop.folder, "aaaaaa") == 2
    assert [one.viewer for one in votes_of(shop.folder, "ring")] == ["bbbbbb"]
    left = [path.read_text() for path in shop.folder.rglob("*.csv")]
    assert not any("aaaaaa" in one or "Jan" in one for one in left)
    with pytest.raises(OptionError, match=r"There is no viewer 'bbbbb'\.\n +Did you mean 'bbbbbb'"):
        remove(shop.folder, "bbbbb")


@pytest.mark.parametrize("kind", ["plain", "html", "both"])
def test_a_mail_that_was_saved_whole_is_read(shop: Workspace, tmp_path: Path, kind: str) -> None:
    said = text(shop, "aaaaaa", "zoeken=yes", "x=no", comment="Één & al <hier>")
    page = f"<html><body>{escape(said).replace(chr(10), '<br>')}</body></html>"
    parts = {"plain": [("plain", said)], "html": [("html", page)], "both": [("plain", said), ("html", page)]}[kind]
    mail = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=q\n\n"
    for sort, words in parts:
        coded = base64.encodebytes(words.encode()).decode()
        mail += f"--q\nContent-Type: text/{sort}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{coded}\n"
    file = tmp_path / "mail.eml"
    file.write_text(mail + "--q--\n")
    added = add(shop.folder, shop.maps(), {"mail.eml": text_of(file)}, NOW, "nl")
    assert (added.new, len(added.refused)) == (1, 1)
    assert votes_of(shop.folder, "ring")[0].comment == "Één & al <hier>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_way_that_programs_save_it(shop: Workspace, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text(shop, "aaaaaa", "zoeken=yes", comment="Één").encode(encoding))
    add(shop.folder, shop.maps(), {"a": text_of(tmp_path / "a.txt")}, NOW, "nl")
    assert votes_of(shop.folder, "ring")[0].comment == "Één"


def vote(shop: Workspace, many: int) -> None:
    texts = {str(n): text(shop, f"viewer{n:02}", f"zoeken={'yes' if n % 2 else 'no'}") for n in range(many)}
    add(shop.folder, shop.maps(), texts, NOW, "nl")


def test_a_report_tells_votes_from_ten_viewers_on_and_a_page_that_asks_tells_none(shop: Workspace) -> None:
    def page(**asked: object) -> str:
        made = share(shop, Asked("ring", "map", folder=shop.folder / "web", new=True, **asked), NOW)  # type: ignore[arg-type]
        return made[0].link.file(shop.folder).read_text()

    vote(shop, 9)
    assert "Herkenbaar volgens kijkers" not in page()
    vote(shop, 22)
    assert "11 van 22" in page()
    asking = page(votes=True)
    assert "11 van 22" not in asking
    assert 'name="step:zoeken"' in asking
    vote(shop, 23)
    assert "Herkenbaar volgens kijkers" not in page()


def test_whoever_shares_small_groups_sees_every_vote(shop: Workspace) -> None:
    vote(shop, 3)
    report = report_of(shop.map(), None, shop.settings, NOW, recognised(shop.folder, shop.map()))
    assert shared(report, 0).votes["zoeken"].yes == 1
    assert shared(report, 10).votes == {}


def test_a_renewed_page_asks_as_it_did_until_it_is_told_not_to(shop: Workspace) -> None:
    asked = Asked("ring", "map", folder=shop.folder / "web", votes=True, reply_to="team@winkel.nl")
    link = share(shop, asked, NOW)[0].link
    file = link.file(shop.folder)
    again(shop, "all", NOW)
    assert "form-action mailto:" in file.read_text()
    assert 'action="mailto:team@winkel.nl?subject=Een%20ring"' in file.read_text()
    share(shop, Asked("ring", "map", folder=shop.folder / "web", votes=False), NOW)
    assert "<script" not in file.read_text()
    assert read_links(shop.folder).one(link.id).reply_to is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("ring", "matrix", votes=True), "no steps to vote on"),
        (Asked("ring", "map", votes=True, reply_to="jan"), "'jan' is not a mail address"),
        (Asked("ring", "map", votes=True, reply_to="a@b.nl?cc=x@y.nl"), "not a mail address"),
        (Asked("ring", "map", votes=True, reply_to="a@b.nl\nx"), "not a mail address"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_written(shop: Workspace, asked: Asked, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        share(shop, asked, NOW)
    assert read_links(shop.folder).links == ()
