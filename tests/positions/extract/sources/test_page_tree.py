"""A page is read in time that grows with its length, and what nobody looks at is left out first."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from positions.errors import DataError
from positions.extract.sources.page_tree import MANY_ELEMENTS, MOST_ELEMENTS, has_many_elements, parse_page
from positions.extract.sources.reader import read_source
from tests.positions.extract.pages import page, written

SENTENCE = "The ministers said that point {} was discussed at length by both of the sides, and left."


def crowded_page(paragraphs: int, attributes: int = 50) -> str:
    """Return a page of paragraphs that have many attributes each, the last of them the class."""
    names = " ".join(f'data-a{number}="{number}"' for number in range(attributes))
    body = "".join(f'</p><p {names} class="word">{SENTENCE.format(number)}' for number in range(paragraphs))
    return page(meta='<meta property="article:published_time" content="2022-02-25">', story=(body,))


def seconds_of(path: Path) -> float:
    start = time.process_time()
    read_source(path)
    return time.process_time() - start


def test_a_crowded_element_keeps_the_attributes_that_readers_look_at() -> None:
    tree = parse_page(crowded_page(3), where="a.html")
    paragraphs = [element for element in tree.iter("p") if element.get("class") == "word"]
    assert [dict(element.attrib) for element in paragraphs] == [{"class": "word"}] * 3
    plain = parse_page('<html><body><p data-own="1" class="x">Words</p></body></html>', where="a.html")
    assert dict(next(plain.iter("p")).attrib) == {"data-own": "1", "class": "x"}


def test_a_long_list_of_classes_is_cut_between_two() -> None:
    tree = parse_page(f'<html><body><p class="{"ab " * 500}">Words</p></body></html>', where="a.html")
    names = next(tree.iter("p")).get("class")
    assert len(names) <= 400
    assert set(names.split()) == {"ab"}


def test_a_page_of_many_paragraphs_is_read_whole_in_time_that_grows_with_its_length(tmp_path: Path) -> None:
    short, long = (written(tmp_path, f"{count}.html", crowded_page(count)) for count in (1_000, 4_000))
    assert has_many_elements(parse_page(long.read_text(), where="long"))
    seconds_of(short)  # loads the libraries
    assert seconds_of(long) < 8 * seconds_of(short) + 0.5
    text = read_source(long).text
    assert all(SENTENCE.format(number) in text for number in (0, 1_999, 3_999))


def test_a_page_of_too_many_elements_is_refused_with_the_limit(tmp_path: Path) -> None:
    assert MANY_ELEMENTS < MOST_ELEMENTS
    path = written(tmp_path, "a.html", page(story=("a",) * (MOST_ELEMENTS + 1)))
    with pytest.raises(DataError, match=r"a\.html: found a page of 20,0\d\d elements, allowed: up to 20,000; is it"):
        read_source(path)


def test_a_tag_of_too_many_attributes_is_refused_with_the_limit(tmp_path: Path) -> None:
    tag = "<p " + " ".join(f'a{number}=""' for number in range(6_000)) + ">"
    path = written(tmp_path, "a.html", page(beside=f"{tag}Words</p>"))
    with pytest.raises(DataError, match=r"a\.html: found a tag with 6,000 attributes, allowed: up to 5,000"):
        read_source(path)
