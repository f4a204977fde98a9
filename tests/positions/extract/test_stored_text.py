"""The same article, however a program has stored it, makes the same claims with quotes that look the same."""

from __future__ import annotations

import textwrap
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.model.candidate import Candidate
from positions.quotes.readable import readable_text
from positions.quotes.rungs import is_equal_on_rung
from tests.positions.extract.reading import read

PARAGRAPHS = (
    "Talks in doubt",
    "Turkish President Recep Tayyip Erdoğan said on Thursday that he was ready to host talks between Russia and "
    "Ukraine in Istanbul. “We support a ceasefire,” he said.",
    "Ukrainian President Volodymyr Zelensky said on Thursday that Ukraine was ready for negotiations in Istanbul but "
    "ruled out neutrality. “We will not accept any talks in Minsk or in any other place in Belarus,” Zelensky told "
    "reporters.",
    "Kremlin spokesman Dmitry Peskov said that Russia demanded the demilitarisation of Ukraine. “We have offered talks "
    "in Minsk, and we are ready to meet Kyiv there,” Peskov said. He rejected talks in Warsaw.",
)
ARTICLE = "\n\n".join(PARAGRAPHS) + "\n"


def claims(text: str) -> list[tuple[object, ...]]:
    return [_content(one) for one in read(text)]


def _content(one: Candidate) -> tuple[object, ...]:
    return one.speaker, one.holder, one.issue, one.element, one.stance, one.directness, one.said_on.text


def wrapped(width: int, *, between: str = "\n\n", first: str = "", rest: str = "", end: str = "\n") -> str:
    lines = (textwrap.fill(one, width, initial_indent=first, subsequent_indent=rest) for one in PARAGRAPHS)
    return between.join(lines).replace("\n", end) + end


def parted(width: int, hyphen: str = "-") -> str:
    """The article with long words parted at the ends of its lines, as typesetters do."""
    pieces = []
    for paragraph in PARAGRAPHS:
        lines, line = [], ""
        for word in paragraph.split():
            room = width - len(line) - 2
            if len(line) + len(word) + 1 <= width:
                line = f"{line} {word}".strip()
            elif word.isalpha() and word.islower() and 3 <= room <= len(word) - 3:
                lines.append(f"{line} {word[:room]}{hyphen}")
                line = word[room:]
            else:
                lines.append(line)
                line = word
        pieces.append("\n".join([*lines, line]))
    return "\n\n".join(pieces) + "\n"


STORED: dict[str, Callable[[], str]] = {
    "wrapped at 50": lambda: wrapped(50),
    "wrapped at 32": lambda: wrapped(32),
    "wrapped at 60": lambda: wrapped(60),
    "wrapped at 72": lambda: wrapped(72),
    "wrapped at 80": lambda: wrapped(80),
    "wrapped at 100": lambda: wrapped(100),
    "with Windows' line ends": lambda: wrapped(60, end="\r\n"),
    "with a Mac's old line ends": lambda: wrapped(60, end="\r"),
    "with line separators": lambda: wrapped(60, end="\u2028"),
    "with indented first lines": lambda: wrapped(66, between="\n", first="    "),
    "with indented lines": lambda: wrapped(66, first="      ", rest="   "),
    "quoted in a mail": lambda: wrapped(66, first="> ", rest="> "),
    "quoted twice in a mail": lambda: wrapped(66, first="> > ", rest="> > "),
    "with ragged blanks": lambda: wrapped(60).replace("\n", "  \n"),
    "with a page's end in a paragraph": lambda: wrapped(60).replace("\nready", "\n\fready").replace("\nin", "\f\nin"),
    "with parted words": lambda: parted(40),
    "with words parted by soft hyphens": lambda: parted(40, "\u00ad"),
    "with words parted by another hyphen": lambda: parted(52, "\u2010"),
    "decomposed": lambda: unicodedata.normalize("NFD", ARTICLE),
    "decomposed and wrapped": lambda: unicodedata.normalize("NFD", wrapped(60)),
    "with ligatures": lambda: ARTICLE.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "with soft hyphens": lambda: ARTICLE.replace("ceasefire", "cease\u00adfire").replace("Zelensky", "Zelen\u00adsky"),
    "with signs that nobody sees": lambda: ARTICLE.replace("Erdo", "Er\u200bdo").replace(" said", " \u2066said\u2069"),
    "with hard blanks": lambda: ARTICLE.replace(" ", "\u00a0"),
    "with thin blanks": lambda: ARTICLE.replace(" ", "\u2009"),
    "with straight marks": lambda: ARTICLE.replace("“", '"').replace("”", '"'),
    "with single marks": lambda: ARTICLE.replace("“", "‘").replace("”", "’"),
    "with German marks": lambda: ARTICLE.replace("“", "„").replace("”", "“"),
    "with French marks": lambda: ARTICLE.replace("“", "«\u00a0").replace("”", "\u00a0»"),
    "with Danish marks": lambda: ARTICLE.replace("“", "»").replace("”", "«"),
    "with markup": lambda: ARTICLE.replace("said", "<u>said</u>").replace("talks", "<b>talks</b>"),
}


@pytest.mark.parametrize("how", STORED)
def test_the_same_article_makes_the_same_claims_however_it_is_stored(how: str) -> None:
    text = STORED[how]()
    assert text != ARTICLE
    assert claims(text) == claims(ARTICLE)
    assert all(text[one.start : one.end] == one.quote for one in read(text))


def test_the_article_makes_claims() -> None:
    assert len(claims(ARTICLE)) >= 8
    assert {one[5] for one in claims(ARTICLE)} == {"direct", "paraphrase"}


@settings(deadline=None, max_examples=25)
@given(
    st.integers(30, 110),
    st.sampled_from(["\n", "\r\n", "\u2028"]),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from(["", "\u200b", "\u00ad", "\ufeff"]),
)
def test_any_width_line_end_and_normal_form_gives_the_same_claims(width: int, end: str, form: str, sign: str) -> None:
    text = unicodedata.normalize(form, wrapped(width, end=end)).replace("sk", f"s{sign}k")  # type: ignore[arg-type]
    found, expected = read(text), read(ARTICLE)
    assert [_content(one) for one in found] == [_content(one) for one in expected]
    for one, two in zip(found, expected, strict=True):
        assert text[one.start : one.end] == one.quote
        assert is_equal_on_rung(one.quote, two.quote, "letters")


@pytest.mark.parametrize(
    "text",
    [
        "Talks in doubt\nPeskov said that Russia was ready.\nZelensky said no.",
        "The demands of the Russian side are\n- neutrality of Ukraine\n- recognition of Crimea",
        "The demands are\n1. neutrality of Ukraine\n2. recognition of Crimea",
        "# The demands of the Russian side\nneutrality of Ukraine",
        "| the demands of the Russian | side |\n| neutrality of | Ukraine |",
        "LAVROV: We are ready to meet them.\nKULEBA: We will not come to Minsk.",
        "He said that they were ready.\n\nthen he left.",
        "Kyiv\nMinsk\nWarsaw",
        "The talks of the two delegations\u2029in the town of Gomel",
        "Name of the city\tplace of the talks\nwarsaw\tPoland",
    ],
)
def test_lines_that_are_no_paragraph_stay_lines(text: str) -> None:
    assert readable_text(text).text.split() == text.replace("#", "").split()
    assert readable_text(text).text.count("\n") >= text.count("\n")


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("They spoke of the minis-\nters of both sides", "They spoke of the ministers of both sides"),
        ("They spoke of a pro-\nRussian party there", "They spoke of a pro-Russian party there"),
        ("They called it non-\nnegotiable in the talks", "They called it non-negotiable in the talks"),
        ("The cease-fire holds and the cease-\nfire goes on", "The cease-fire holds and the cease-fire goes on"),
        ("The ceasefire holds and the cease-\nfire goes on", "The ceasefire holds and the ceasefire goes on"),
        ("It is their state-\nof-the-art system", "It is their state-of-the-art system"),
        ("They met on a 24-\nhour visit to Kyiv", "They met on a 24-hour visit to Kyiv"),
        ("我们愿意在伊斯坦布尔举行谈判，我\n们不会去明斯克，我们不接受任何条\n件", None),
    ],
)
def test_a_word_that_a_line_end_parts_is_read_as_one(text: str, read_as: str | None) -> None:
    assert readable_text(text, frozenset({"non"})).text == (read_as or text.replace("\n", ""))


@pytest.mark.parametrize("unit", ["“", '" ', "‘a’ ", "a\n", "a-\n", "Putin said “", "a" * 25])
def test_no_text_takes_long_to_read(unit: str) -> None:
    began = time.process_time()
    read(unit * (4_000 if "Putin" in unit else 40_000))
    assert time.process_time() - began < 20
