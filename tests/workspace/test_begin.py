"""A new workspace is connected to the file it was begun with."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.labels import LANGUAGES, Language
from klantreis.workspace import add_map, begin, open_workspace

ROWS = "klant,tijdstip,gebeurtenis\nann,2026-03-01,bezoek\nann,2026-03-02,koop\nbob,2026-03-05,bezoek\n"


def test_the_first_map_meets_the_events_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "web.csv").write_text(ROWS, encoding="utf-8")
    begin(tmp_path / "shop", events=tmp_path / "web.csv")
    shop = open_workspace(tmp_path / "shop")
    text = (tmp_path / "shop/maps/nl-5.reis.yaml").read_text(encoding="utf-8")
    assert '#   "bezoek" (2)\n#   "koop" (1)' in text
    assert shop.load().to_dict()["sources"][0]["stored"] == 3
    assert shop.journeys(shop.map()).people == 2


def test_a_file_whose_moments_are_not_understood_still_gives_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "web.csv").write_text("klant,tijdstip,gebeurtenis\nann,gisteren,bezoek\n", encoding="utf-8")
    made = begin(tmp_path / "shop", events=tmp_path / "web.csv").files
    assert [path.name for path in made] == ["klantreis.yaml", "nl-5.reis.yaml", ".gitignore"]
    assert 'person: "klant"' in made[0].read_text(encoding="utf-8")


def test_what_exists_is_never_written_over(tmp_path: Path) -> None:
    begin(tmp_path)
    with pytest.raises(OptionError, match="already"):
        begin(tmp_path)


def test_a_workspace_gets_one_more_map_from_a_template(tmp_path: Path) -> None:
    # Requirement C12: a complaint, a repair, a return beside the purchase, each from its template.
    begin(tmp_path)
    for template, type_ in (("klacht", "complaint"), ("retour", "return"), ("reparatie", "repair")):
        (path,) = add_map(tmp_path, template).files
        assert path.name == f"{template}.reis.yaml"
        assert open_workspace(tmp_path).map(template).type == type_
    assert add_map(tmp_path, "retour", "ring-terug").files[0].name == "ring-terug.reis.yaml"
    assert [one.level for one in open_workspace(tmp_path).check() if one.level == "error"] == []


def test_a_map_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (path,) = (file for file in begin(tmp_path, template="retour").files if file.name.endswith(".reis.yaml"))
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OptionError, match="already"):
        add_map(tmp_path, "retour")
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_role_that_cannot_be_guessed_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("klant,x,y\nann,1,2\n", encoding="utf-8")
    begun = begin(tmp_path / "shop", events=tmp_path / "odd.csv")
    assert begun.guess is not None
    assert begun.guess.missing == ("at", "event")
    text = begun.files[0].read_text(encoding="utf-8")
    assert '#    person: "klant"\n#    at: ' in text
    assert "#   x\n#   y\n" in text
    assert open_workspace(tmp_path / "shop").settings.sources == ()


def test_a_workspace_answers_in_the_language_it_was_begun_in(tmp_path: Path) -> None:
    cases: tuple[tuple[Language, tuple[str, str]], ...] = (("nl", ("nl", "en")), ("en", ("en", "nl")))
    for language, languages in cases:
        begin(tmp_path / language, language=language)
        assert open_workspace(tmp_path / language).languages == languages


@pytest.mark.parametrize("rows", ["", ROWS, "klant,x,y\nann,1,2\n"], ids=["no file", "guessed", "not guessed"])
def test_settings_explain_themselves_in_the_language_that_was_asked(tmp_path: Path, rows: str) -> None:
    (tmp_path / "web.csv").write_text(rows, encoding="utf-8")
    dutch, english = (settings(tmp_path, said, rows) for said in LANGUAGES)
    assert "# Een bron is een bestand" in dutch
    assert "# Each source is a file" in english
    assert not {"the", "columns", "fill", "Fill", "allowed", "below"} & set(dutch.split())
    assert not {"een", "kolommen", "vul", "Vul", "mag)", "hieronder"} & set(english.split())


def settings(at: Path, language: Language, rows: str) -> str:
    """The settings of a workspace that is begun in this language."""
    begin(at / language, events=at / "web.csv" if rows else None, language=language)
    return (at / language / "klantreis.yaml").read_text(encoding="utf-8")


def test_a_date_and_a_time_in_two_columns_are_connected(tmp_path: Path) -> None:
    (tmp_path / "till.csv").write_text("Klant;Datum;Tijd;Actie\nann;3-10-2026;9:15;koop\nann;3-10-2026;9:10;bezoek\n")
    begun = begin(tmp_path / "shop", events=tmp_path / "till.csv")
    assert 'at: ["Datum", "Tijd"]' in begun.files[0].read_text(encoding="utf-8")
    shop = open_workspace(tmp_path / "shop")
    assert shop.load().to_dict()["sources"][0]["stored"] == 2
    assert '#   "bezoek" (1)' in begun.files[1].read_text(encoding="utf-8")


def test_a_table_of_orders_is_connected_with_an_event_for_each_date(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        "Ordernr;Klantnummer;Besteldatum;Leverdatum;Orderbedrag\n1;ann;1-10-2026;3-10-2026;12,50\n2;bob;2-10-2026;;9,95\n"
    )
    begun = begin(tmp_path / "shop", events=tmp_path / "orders.csv")
    text = begun.files[0].read_text(encoding="utf-8")
    assert 'id: "Ordernr"\n    events: {"besteld": "Besteldatum", "geleverd": "Leverdatum"}' in text
    assert 'decimal: ","' in text
    assert 'value: "Orderbedrag"' in text
    assert open_workspace(tmp_path / "shop").load().to_dict()["sources"][0]["stored"] == 3
    assert '#   "besteld" (2)\n#   "geleverd" (1)' in begun.files[1].read_text(encoding="utf-8")
