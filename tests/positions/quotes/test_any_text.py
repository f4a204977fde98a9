"""Any text, stored in any way that looks the same, has the same words, direct speech and quotes at its own offsets."""

from __future__ import annotations

import random
import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from positions.quotes.clause_bounds import widen_to_clauses
from positions.quotes.locate import find_quote
from positions.quotes.quotations import find_quotations, is_quoted
from positions.quotes.readable import readable_text
from positions.quotes.rungs import is_equal_on_rung

WORDS = re.findall(
    r"\S+",
    "the delegation ceasefire offices cross-border Erdoğan café naïve Istanbul ready negotiations flight affairs Kyiv"
    " we can’t never talks non-member 2022 demilitarisation готовы переговоры Україна é preconditions sufficiently",
)
MARKS = [("“", "”"), ("«", "»"), ("„", "“"), ("‘", "’"), ('"', '"'), ("»", "«"), ("“", "”")]
LIGATURES = (("ffi", "ﬃ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"))
UNSEEN = ("\u00ad", "\u200b", "\u2060", "\ufeff")


def sentence(words: list[str], spoken: tuple[str, str] | None) -> str:
    text = " ".join(["Officials", *words])
    return f"{spoken[0]}{text},{spoken[1]} Peskov said." if spoken else f"{text}."


def write(chance: random.Random) -> list[list[str]]:
    """Paragraphs of sentences with some direct speech; no sentence has a word twice, so that each is found."""
    return [
        [
            sentence(chance.sample(WORDS, chance.randint(6, 14)), chance.choice([None, None, *MARKS]))
            for _ in range(chance.randint(2, 5))
        ]
        for _ in range(chance.randint(2, 4))
    ]


def part_word(word: str, room: int, chance: random.Random) -> int:
    """How many of a word's letters go before a line's end; 0 to leave it whole."""
    fits = word.isascii() and word.isalpha() and word.islower() and 3 <= room <= len(word) - 3
    return room if fits and chance.random() < 0.7 else 0


def wrap(paragraph: str, width: int, chance: random.Random) -> list[str]:
    """The lines of a paragraph at a width, with words parted at their ends."""
    lines, line = [], ""
    for word in paragraph.split():
        room = width - len(line) - 2
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
        elif letters := part_word(word, room, chance):
            hyphen = chance.choice(["-", "\u00ad", "‐"])
            lines.append(f"{line} {word[:letters]}{hyphen}")
            line = word[letters:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def store(paragraphs: list[str], width: int, chance: random.Random) -> str:
    """The same text wrapped hard, in another normal form, with other blanks, unseen signs and ligatures."""
    end = chance.choice(["\n", "\r\n", "\r", "\u2028"])
    text = (2 * end).join(end.join(wrap(paragraph, width, chance)) for paragraph in paragraphs)
    text = unicodedata.normalize(chance.choice(["NFC", "NFD"]), text)
    for plain, joined in LIGATURES:
        text = re.sub(plain, lambda match, sign=joined: chance.choice([match[0], sign]), text)  # type: ignore[misc]
    text = re.sub(r"(?<=\w) (?=\w)", lambda _: chance.choice("     \u00a0\u2009\u202f"), text)
    return re.sub(r"(?<=[a-z])(?=[a-z])", lambda _: chance.choice(["", *[""] * 12, *UNSEEN]), text)


def spoken_words(text: str) -> list[list[str]]:
    return [re.findall(r"\w+", text[slice(*span)]) for span in find_quotations(text)]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(36, 90))
def test_any_text_has_the_same_words_and_quotes_however_it_is_stored(seed: int, width: int) -> None:
    chance = random.Random(seed)
    article = write(chance)
    paragraphs = [" ".join(sentences) for sentences in article]
    stored = store(paragraphs, width, chance)
    view, plain = readable_text(stored).text, readable_text("\n\n".join(paragraphs)).text
    assert view.split() == plain.split()
    assert spoken_words(view) == spoken_words(plain)
    near = 0
    for printed in (one for sentences in article for one in sentences):
        words = printed.strip('“”«»„‘’"').split(",")[0].strip(".")
        start, end, rung = find_quote(stored, words, near=near)
        assert is_equal_on_rung(stored[start:end], words, rung)
        first, last = widen_to_clauses(stored, start, end)
        assert first <= start < end <= last
        assert is_quoted(stored, start, end) is printed.endswith("Peskov said.")
        near = end
