"""Every error speaks Dutch and English, each in whole sentences with the same values."""

from __future__ import annotations

import ast
import errno
import pickle
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from klantreis import errors
from klantreis.errors import DocumentError, KlantreisError, OptionError, Remark, did_you_mean, reason
from klantreis.labels import Label, dotted, paragraph
from klantreis.log.frames import NoColumn
from klantreis.spans import NoSpan

SOURCE = Path(errors.__file__).parent
FAMILY = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, KlantreisError)}
FILES = sorted(
    str(file.relative_to(SOURCE))
    for file in SOURCE.rglob("*.py")
    if file.name != "errors.py" and any(name in file.read_text("utf-8") for name in FAMILY)
)


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def told(call: ast.Call) -> list[ast.expr]:
    """What an error tells: `what` and `mend`."""
    return [*call.args[:1], *(one.value for one in call.keywords if one.arg in {"what", "mend"})]


def written(node: ast.expr, words: set[str]) -> bool:
    """Whether a text is written without a language here, or in a name that stands for such a text."""
    if isinstance(node, ast.Name):
        return node.id in words
    if isinstance(node, ast.IfExp):
        return written(node.body, words) or written(node.orelse, words)
    if isinstance(node, ast.BoolOp):
        return any(written(one, words) for one in node.values)
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (isinstance(node, ast.Constant) and node.value != "")


def named(tree: ast.AST) -> set[str]:
    """The names that stand for a text without a language."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
            for target, value in pairs:
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                    pairs += zip(target.elts, value.elts, strict=False)
                elif isinstance(target, ast.Name) and written(value, set()):
                    found.add(target.id)
    return found


def values(node: ast.expr) -> Counter[str]:
    """The names whose values stand in a text."""
    inside = [part.value for part in ast.walk(node) if isinstance(part, ast.FormattedValue)]
    names = {name.id for part in inside for name in ast.walk(part) if isinstance(name, ast.Name)}
    return Counter(names - {"dotted"})


@pytest.mark.parametrize("file", FILES)
def test_no_error_is_raised_in_english_only(file):
    tree = ast.parse((SOURCE / file).read_text("utf-8"))
    words = named(tree)
    bare = [one.lineno for call in calls(tree, FAMILY) for one in told(call) if written(one, words)]
    assert bare == [], "Tell it in Dutch too: Label(nl, en)"


@pytest.mark.parametrize("file", FILES)
def test_the_dutch_of_an_error_names_the_same_values(file):
    tree = ast.parse((SOURCE / file).read_text("utf-8"))
    for call in calls(tree, FAMILY):
        for label in calls(call, {"Label"}):
            if len(label.args) == 2:
                dutch, english = label.args
                assert values(dutch) == values(english), (label.lineno, ast.unparse(dutch), ast.unparse(english))


@pytest.mark.parametrize("file", FILES)
def test_the_dutch_of_an_error_is_not_its_english(file):
    tree = ast.parse((SOURCE / file).read_text("utf-8"))
    labels = [label for call in calls(tree, FAMILY) for label in calls(call, {"Label"}) if len(label.args) == 2]
    same = [label.lineno for label in labels if ast.dump(label.args[0]) == ast.dump(label.args[1])]
    assert same == []


def test_an_error_is_told_in_either_language_and_is_english_by_itself():
    error = OptionError(
        Label("De kaart 'a' is er niet.", "There is no map 'a'."),
        where=Label("regel 3", "line 3"),
        mend=Label("Bedoelde je 'b'?", "Did you mean 'b'?"),
    )
    assert error.told("nl") == "De kaart 'a' is er niet.\n  bij regel 3\n  Bedoelde je 'b'?"
    assert error.told("en") == str(error) == "There is no map 'a'.\n  at line 3\n  Did you mean 'b'?"
    assert (error.what, error.where, error.mend) == error.parts("en")
    assert error.args == ("There is no map 'a'.",)


def test_words_without_a_language_read_the_same_in_both():
    error = KlantreisError("pip install polars", where="/tmp")
    assert error.told("nl") == "pip install polars\n  bij /tmp"
    assert error.told("en") == "pip install polars\n  at /tmp"


@pytest.mark.parametrize("error", [OptionError(Label("a", "b"), mend=Label("c", "d")), DocumentError(Label("a", "b"))])
def test_an_error_keeps_both_languages_on_its_way_from_a_worker(error):
    back = pickle.loads(pickle.dumps(error))
    assert (back.told("nl"), back.told("en")) == (error.told("nl"), error.told("en"))


@pytest.mark.parametrize("one", [NoSpan(Label("a", "b")), Remark(Label("a", "b")), NoColumn("at", Path("web.csv"))])
def test_what_is_told_in_two_languages_may_come_from_another_process(one):
    back = pickle.loads(pickle.dumps(one))
    assert str(back) == str(one)
    assert vars(back) == vars(one)


def test_the_nearest_word_is_asked_for_in_both_languages():
    assert did_you_mean("byu", ["buy", "view"]) == Label("Bedoelde je 'buy'?", "Did you mean 'buy'?")
    assert did_you_mean("x", ["buy", "view"]) == Label("Wel bekend: buy, view.", "Known: buy, view.")
    assert not did_you_mean("x", [])


def test_a_remark_is_english_in_a_log():
    remark = Remark(Label("Let op.", "Mind this."))
    assert (str(remark), remark.text.nl) == ("Mind this.", "Let op.")


def test_what_the_system_refuses_is_told_in_dutch():
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == Label(
        "de schijf is vol", "No space left on device"
    )
    assert reason(OSError(errno.EIO, "Input/output error")).nl == "Input/output error"


def test_sentences_follow_each_other_and_thousands_have_a_dot():
    assert paragraph(Label("A.", "B."), Label(), Label("C.", "D.")) == Label("A. C.", "B. D.")
    assert dotted(1_234_567) == "1.234.567"
