"""Themes: the matching rule, the counts, scores beside the rest, and examples without personal data."""

import csv
import json
import pickle
from functools import reduce
from itertools import permutations
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import klantreis
from klantreis.analyses import themes
from klantreis.analyses.fold import fold
from klantreis.analyses.themes.examples import kept, shown
from klantreis.analyses.themes.matching import matcher
from klantreis.analyses.themes.reading import read
from klantreis.analyses.themes.vocabulary import Vocabulary
from klantreis.errors import DocumentError, OptionError
from klantreis.journeys.questions import Question
from klantreis.labels import Label
from klantreis.map.themes import STARTER, Theme, read_themes, themes_near, themes_text
from klantreis.testing import Touch, Trip, journeys_of, split

SCHEMA = json.loads((Path(klantreis.__file__).parent / "schemas/themes.schema.json").read_text("utf-8"))


def theme(id_, *words):
    return Theme(id_, Label(nl=id_, en=id_), words)


def about(comment, *words):
    return bool(read(Vocabulary(matcher((theme("t", *words),))), [comment]).theme.size)


def counted(comments, *listed, **more):
    trips = [
        Trip(f"p{n}", (Touch("paid", n, score=score, survey="csat", detail=words),))
        for n, (words, score) in enumerate(comments)
    ]
    return fold(themes, journeys_of(trips), themes.Options((Question("csat"),), listed, **more))


@pytest.mark.parametrize(
    ("comment", "word", "found"),
    [
        ("De bezorging was top", "bezorg*", True),
        ("Thuisbezorgd", "bezorg*", False),
        ("Te DUUR!", "duur", True),
        ("Te duurzaam", "duur", False),
        ("één reünie in het café", "cafe", True),
        ("Mooie foto’s gezien", "foto's", True),
        ("Kwam te   laat, helaas", "te laat", True),
        ("te veel te vroeg en laat", "te laat", False),
        ("slechte e-mails", "e-mail*", True),
        ("Geen reactie. Gekregen", "reactie gekregen", True),
        ("STRASSE", "straße", True),
        ("", "x", False),
        ("bezorg", "bezorg*", True),
        ("mail jan@bezorgdienst.nl", "bezorg*", False),
    ],
)
def test_a_word_counts_whole_as_a_beginning_or_in_a_row(comment, word, found):
    assert about(comment, word) is found


def test_a_comment_counts_once_for_a_theme_and_for_each_of_its_themes():
    found = counted(
        [("duur en duur en traag", 2), ("duur", 1), ("prima", 5), (None, 4)],
        theme("price", "duur"),
        theme("slow", "traag"),
    )
    assert [(one.theme, one.n, one.share.value) for one in found.themes] == [("price", 2, 2 / 3), ("slow", 1, 1 / 3)]
    assert (found.comments, found.commented.value, found.untold.value) == (3, 0.75, 1 / 3)
    assert found.themes[0].words == (("duur", 2),)


def test_scores_with_a_theme_stand_beside_all_other_comments_as_scipy_has_it():
    low, high = [1, 2, 2, 1, 3, 2, 1, 1, 2, 2], [4, 5, 5, 3, 4, 5, 4, 5, 5, 4, 9]
    rows = [("laat", s) for s in low] + [("fijn", s) for s in high] + [("laat", None), (None, 1)]
    (score,) = counted(rows, theme("late", "laat")).themes[0].scores
    told = stats.ttest_ind(low, high[:-1], equal_var=False)
    assert (score.with_theme.n, score.without.n, score.gap.value) == (10, 10, pytest.approx(1.7 - 4.4))
    assert (score.p, score.q) == pytest.approx((told.pvalue, told.pvalue))
    assert (score.feel_gap, score.lower) == (pytest.approx(-2.7), True)


def test_scores_of_two_questions_are_never_mixed():
    trips = [
        Trip(
            "a",
            (Touch("x", 0, score=5, survey="csat", detail="laat"), Touch("x", 1, score=1, survey="ces", detail="laat")),
        ),
    ]
    options = themes.Options((Question("csat"), Question("ces", 1, 7, kind="CES")), (theme("late", "laat"),))
    (found,) = fold(themes, journeys_of(trips), options).themes
    assert [(score.survey, score.with_theme.value, score.enough) for score in found.scores] == [
        ("csat", 5, False),
        ("ces", 1, False),
    ]
    assert found.n == 2


def test_comments_without_scores_are_counted_all_the_same():
    (found,) = counted([("laat", None), ("ok", None)], theme("late", "laat")).themes
    assert (found.n, found.scores) == (1, ())


def test_examples_show_only_words_that_many_people_use_and_no_numbers():
    comments = [("De bezorger was te laat zei Annelies 0612345678 bel mij", 1)] + [
        ("De bezorger was te laat", 2), ("De bezorger was te vroeg", 2),
    ] * 5  # fmt: skip
    (found,) = counted(comments, theme("delivery", "bezorg*")).themes
    assert found.examples
    shown = " ".join(found.examples)
    assert "bezorger was te" in shown
    assert not {"Annelies", "0612345678"} & set(shown.split())


def test_examples_stand_in_one_order_whoever_was_counted_first():
    pools = [{rank: (rank, words, words)} for rank, words in ((1, "laat weer"), (2, "laat duur"), (3, "laat weer"))]
    spoken = {"laat": 3, "weer": 2, "duur": 2}
    for order in permutations(pools):
        assert shown(kept(one for pool in order for one in pool.values()).values(), spoken, OPTIONS) == (
            "laat weer", "laat duur",
        )  # fmt: skip


def test_words_beyond_those_that_are_remembered_are_counted_alike(monkeypatch):
    texts = ["laat weer", "laat en duur", "weer duur", "bezorger laat", "een heel ander woord"]
    trips = [Trip(f"p{n % 7}", (Touch("x", n, score=3, survey="csat", detail=texts[n % 5]),)) for n in range(20)] + [
        Trip("alone", (Touch("x", 1, score=3, survey="csat", detail="nog een heel ander woord"),))
    ]
    (bucket,) = journeys_of(trips).buckets
    whole = themes.measure(bucket, OPTIONS)
    assert whole.spoken["laat"] == len({n % 7 for n in range(20) if n % 5 in {0, 1, 3}})
    monkeypatch.setattr("klantreis.analyses.themes.reading.MOST_WORDS", 3)
    assert themes.measure(bucket, OPTIONS) == whole


def test_what_was_read_does_not_travel_with_the_question():
    journeys = journeys_of([Trip("p", (Touch("x", 1, score=3, survey="csat", detail="laat"),))])
    asked = themes.aware(OPTIONS, journeys.about)
    assert themes.measure(journeys.buckets[0], asked).comments
    sent = pickle.loads(pickle.dumps(asked))
    assert (sent, len(sent.ready.known), len(asked.ready.known)) == (asked, 1, 2)
    assert themes.measure(journeys.buckets[0], sent) == themes.measure(journeys.buckets[0], asked)


@pytest.mark.parametrize(
    ("comment", "written", "folded"),
    [
        ("'Foto’s' en e-mail", "Foto’s en e mail", "fotos en e mail"),
        ("a''b d'un", "a b d'un", "a b dun"),
        ("goed…traag", "goed traag", "goed traag"),
        ("dag´s nu", "dag´s dag´s nu", "dag s nu"),
        ("zie WWW.x.nl/y of jan@x.nl nu\0ja", "zie 0 of 0 nu ja", "zie 0 of 0 nu ja"),
        ("", "", ""),
    ],
)
def test_a_comment_is_read_word_by_word_as_it_was_written_and_folded(comment, written, folded):
    known = Vocabulary(matcher(()))
    texts = read(known, ["goed", comment, "dag´s"])
    low, high = texts.since[1:3]
    assert " ".join(known.written[code] for code in texts.written[low:high]) == written
    assert " ".join(known.words[number] for number in texts.words[low:high]) == folded


def test_a_word_that_one_person_repeats_is_not_shared():
    trips = [Trip("one", tuple(Touch("x", n, score=3, survey="csat", detail="laat Annelies") for n in range(9)))]
    trips += [Trip(f"p{n}", (Touch("x", n, score=3, survey="csat", detail="laat weer"),)) for n in range(9)]
    (found,) = fold(themes, journeys_of(trips), themes.Options((Question("csat"),), (theme("late", "laat"),))).themes
    assert found.examples == ("laat weer",)


def test_nothing_written_is_an_answer():
    found = counted([(None, 4)], theme("late", "laat"))
    assert (found.comments, found.themes, found.silent, found.untold.value) == (0, (), True, None)
    assert counted([], theme("late", "laat")).commented.value is None


def test_the_starter_list_reads_in_both_languages_and_comes_back_from_its_own_text(tmp_path):
    listed = read_themes(STARTER)
    (tmp_path / "themes.yaml").write_text(themes_text(listed), "utf-8")
    again = read_themes(tmp_path / "themes.yaml")
    assert [(one.id, one.words) for one in again] == [(one.id, one.words) for one in listed]
    assert all(one.label.nl and one.label.en for one in listed)
    assert [one.id for one in listed if about("het pakje kwam te laat", *one.words)] == ["waiting"]


def test_the_word_list_beside_the_map_or_above_it_is_used(tmp_path):
    (tmp_path / "maps").mkdir()
    (tmp_path / "themes.yaml").write_text("laat: [te laat, vertraag*]\n", "utf-8")
    (found,) = themes_near(tmp_path / "maps/ring.reis.yaml")
    assert (found.id, found.words) == ("laat", ("te laat", "vertraag*"))
    assert themes_near(tmp_path / "elsewhere/maps/x.reis.yaml") == read_themes(STARTER)


@pytest.mark.parametrize("word", ['"*"', '"be*zorg"', '"!!"', '"* laat"'])
def test_a_word_that_cannot_be_looked_for_is_a_mistake_with_its_line(tmp_path, word):
    file = tmp_path / "themes.yaml"
    file.write_text(f"laat:\n  words: [goed, {word}]\n", "utf-8")
    with pytest.raises(DocumentError) as refused:
        read_themes(file)
    assert refused.value.findings[0].place.line == 2


def test_a_list_in_python_is_checked_too():
    with pytest.raises(OptionError, match="no word"):
        klantreis.themes(journeys_of([]), words={"late": ["!"]})


WORDS = ("bezorging", "laat", "te", "duur", "app", "fijn")
rows = st.lists(
    st.tuples(
        st.sampled_from("klmnop"), st.lists(st.sampled_from(WORDS), max_size=5), st.sampled_from([None, 0, 1, 3, 5])
    ),
    max_size=25,
)
OPTIONS = themes.Options(
    (Question("csat"),),
    (theme("d", "bezorg*"), theme("l", "te laat", "laat"), theme("p", "duur")),
    n_min=2,
    shared_by=2,
)


@settings(max_examples=50, deadline=None)
@given(rows, st.integers(1, 4), st.randoms(use_true_random=False))
def test_any_split_and_any_merge_order_give_the_same_result(comments, buckets, random):
    log = [
        Trip(who, (Touch("x", n, score=score, survey="csat", detail=" ".join(words) or None),))
        for n, (who, words, score) in enumerate(comments)
    ]
    whole = journeys_of(log)
    parts = [themes.measure(bucket, OPTIONS) for bucket in split(whole, log, buckets).buckets]
    random.shuffle(parts)
    found = fold(themes, whole, OPTIONS)
    assert themes.finish(reduce(themes.merge, parts), OPTIONS, whole.about) == found
    jsonschema.validate(found.to_dict(), SCHEMA)


def test_complaints_of_uwv_are_counted_by_theme_as_pandas_does(shared):
    told = json.loads((shared / "oracles/satisfaction/bpi2016_complaints.json").read_text())
    file = shared / "data/bpi2016_uwv_complaints/BPI2016_Complaints.csv"
    with file.open(encoding="cp1252", newline="") as opened:
        lists = {row["ComplaintTheme"]: [row["ComplaintTheme"]] for row in csv.DictReader(opened, delimiter=";")}
    found = klantreis.themes(
        file, person="CustomerID", at="ContactDate", event="always:complaint", detail="ComplaintTheme",
        encoding="cp1252", delimiter=";", words={name.split(" (")[0]: words for name, words in lists.items()},
    )  # fmt: skip
    assert (found.comments, found.about.last > found.about.first) == (told["rows"], True)
    assert {one.theme: one.n for one in found.themes} == {
        name.split(" (")[0]: n for name, n in told["by_theme_nl"].items()
    }


def test_olist_reviews_with_words_are_as_many_as_pandas_says(shared):
    told = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["csat"]
    found = klantreis.themes(
        shared / "data/olist_sample_3k/olist_order_reviews_dataset.csv.gz", person="order_id",
        at="review_answer_timestamp", event="always:review", score="review_score", detail="review_comment_message",
        words={"delivery": ["entreg*", "prazo"]},
    )  # fmt: skip
    assert (found.comments, found.commented.n) == (told["with_comment"], told["n_reviews"])
