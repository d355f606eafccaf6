"""What two groups counted by name, together."""

from klantreis.stats.by_name import together


def test_what_both_have_is_added_and_the_rest_is_kept():
    assert together({"a": 1, "b": 2}, {"b": 3, "c": 4}) == {"a": 1, "b": 5, "c": 4}
    assert together({"a": (1, 5)}, {"a": (2, 3)}, max) == {"a": (2, 3)}
    assert together({}, {}) == {}
