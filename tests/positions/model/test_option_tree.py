from __future__ import annotations

import pytest

from positions.model.option_tree import Tree

PLACES = Tree(
    {"any": None, "belarus": "any", "minsk": "belarus", "gomel": "belarus", "geneva": "any", "elsewhere": None}
)


def test_a_path_leads_from_the_place_to_the_root() -> None:
    assert PLACES.path("minsk") == ("minsk", "belarus", "any")
    assert [PLACES.depth(place) for place in ("any", "belarus", "minsk")] == [0, 1, 2]


def test_leaves_are_what_contains_nothing_in_declared_order() -> None:
    assert PLACES.leaves == ("minsk", "gomel", "geneva", "elsewhere")
    assert PLACES.below("belarus") == ("minsk", "gomel")
    assert PLACES.below("geneva") == ("geneva",)


def test_leaves_that_are_all_of_a_place_are_told_as_that_place() -> None:
    assert PLACES.cover(["minsk", "gomel"]) == ("belarus",)
    assert PLACES.cover(["geneva", "minsk"]) == ("geneva", "minsk")
    assert PLACES.cover(["minsk", "gomel", "geneva"]) == ("any",)
    assert PLACES.cover([]) == ()
    assert Tree({"poland": None, "warsaw": "poland"}).cover(["warsaw"]) == ("warsaw",)


def test_an_unknown_parent_is_refused_with_the_allowed_ones() -> None:
    with pytest.raises(ValueError, match=r"parent of 'minsk': found 'belorus', allowed: belarus, minsk"):
        Tree({"belarus": None, "minsk": "belorus"})


def test_a_loop_is_refused_with_its_path() -> None:
    with pytest.raises(ValueError, match=r"'a' contains itself: a > b > a"):
        Tree({"a": "b", "b": "a"})
