"""What holds for every example: it checks, it explains itself, and it says which data it misses."""

import pytest

from klantreis.errors import SourceError
from klantreis.findings import LEVELS
from klantreis.workspace import open_workspace

from .conftest import EXAMPLES, copied

NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/klantreis.yaml"))


def test_the_three_examples_are_there():
    assert NAMES == ["ecom", "olist", "receipt"]


@pytest.mark.parametrize("name", NAMES)
def test_the_maps_of_an_example_have_no_mistakes_and_no_warnings(name):
    found = open_workspace(EXAMPLES / name).check()
    assert [finding.title.text("en") for finding in found if LEVELS.index(finding.level) < LEVELS.index("hint")] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_in_both_languages_what_it_is_and_how_to_run_it(name):
    text = (EXAMPLES / name / "README.md").read_text("utf-8")
    assert f"./klantreis report --workspace examples/{name}" in text
    assert "**Nederlands:**" in text


@pytest.mark.parametrize("name", NAMES)
def test_without_its_data_an_example_says_which_file_is_missing(name, tmp_path):
    shop = open_workspace(copied(tmp_path, name))
    with pytest.raises(SourceError) as trouble:
        shop.reports()
    assert ".gz" in str(trouble.value)
    assert "shared/data" in str(trouble.value)
