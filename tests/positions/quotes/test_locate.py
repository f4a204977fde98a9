from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from positions.errors import QueryError
from positions.quotes.locate import AmbiguousQuoteError, find_quote, nearest_passage
from positions.quotes.rungs import RUNGS, is_equal_on_rung

TEXT = "He said: “We are ready.” Then again: “We are ready.” And “no\nmore."
SCRAPED = (
    "The Kremlin\u00a0said it “was ready – in\nprinciple” for talks… Kyiv\u200b’s answer came late.\n\n"
    "“We don’t rule out peace talks, but not under fire,” he said."
)
SEEDS = Path(__file__).parents[3]


def found(text: str, quote: str, **where: int | str) -> tuple[str, str]:
    start, end, rung = find_quote(text, quote, **where)  # type: ignore[arg-type]
    return text[start:end], rung


@pytest.mark.parametrize(
    ("quote", "own", "rung"),
    [
        ("answer came late.", "answer came late.", None),
        ("Kyiv’s answer came late", "Kyiv\u200b’s answer came late", "space"),
        ("Kyiv's answer came late.", "Kyiv\u200b’s answer came late.", "marks"),
        ("The Kremlin said it “was ready", "The Kremlin\u00a0said it “was ready", "space"),
        ("  it “was ready – in\n principle”\n", "it “was ready – in\nprinciple”", "space"),
        ('it "was ready - in principle" for talks...', "it “was ready – in\nprinciple” for talks…", "marks"),
        ("‘was ready -- in principle’ for talks", "“was ready – in\nprinciple” for talks", "marks"),
        ("We don’t rule out peace talks", "We don’t rule out peace talks", "exact"),
        ("We don't rule out peace talks", "We don’t rule out peace talks", "marks"),
    ],
)
def test_a_quote_is_given_back_as_the_document_has_it(quote: str, own: str, rung: str | None) -> None:
    if rung is None:
        with pytest.raises(QueryError, match="at least 4 words or a whole clause"):
            find_quote(SCRAPED, quote)
    else:
        assert found(SCRAPED, quote) == (own, rung)


@pytest.mark.parametrize(
    "quote",
    [
        "we don’t rule out peace talks",
        "We dont rule out peace talks",
        "We do not rule out peace talks",
        "We don’t rule out the peace talks",
        "We don’t rule out peace talks. but not under fire",
        "We don’t rule out peace talks... not under fire",
        "was ready–in principle",
    ],
)
def test_nothing_further_is_forgiven(quote: str) -> None:
    with pytest.raises(QueryError, match="not in the document word for word; the nearest passage is"):
        find_quote(SCRAPED, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It is an immediate end to the fire.", "mediate end to the fire"),
        ("We can't accept any talks now.", "We can"),
        ("They are non-negotiable terms for us all.", "negotiable terms for us all"),
        ("Talks with all of Ukraine’s friends.", "Talks with all of Ukraine"),
        ("Il a parle\u0301 de paix avec nous.", "Il a parle"),
    ],
)
def test_a_quote_cut_inside_a_word_is_refused(text: str, quote: str) -> None:
    with pytest.raises(QueryError, match="inside a word"):
        find_quote(text, quote)


def test_a_whole_word_wins_over_a_part_of_one() -> None:
    assert find_quote("unready to talk now, but ready to talk now", "ready to talk now").start == 25


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“They go on.” He left.", "They go on."),
        ("Zelensky refuses diplomacy\nOn his part, he spoke.", "Zelensky refuses diplomacy"),
        ("Asked about talks, he said: “Never.”", "Never"),
        ("We agree; they do not.", "We agree"),
    ],
)
def test_a_whole_clause_may_be_short(text: str, quote: str) -> None:
    assert found(text, quote)[0] == quote


@pytest.mark.parametrize("quote", ["no to Minsk", "Minsk", "are ready"])
def test_a_few_words_out_of_a_clause_are_refused_with_the_clause(quote: str) -> None:
    text = "At the moment, we are ready to say no to Minsk."
    with pytest.raises(QueryError, match="at least 4 words or a whole clause, as 'At the moment, we are ready to say"):
        find_quote(text, quote)


def test_an_altered_quote_is_refused_with_the_nearest_passage() -> None:
    with pytest.raises(QueryError, match="nearest passage is:\n  .*We are ready"):
        find_quote(TEXT, "We are all ready.")
    assert "We don’t rule out peace talks" in nearest_passage(SCRAPED * 3, "we never rule out peace talks")


def test_an_ambiguous_quote_is_refused_with_its_places_unless_one_is_named() -> None:
    first, second = TEXT.index("We"), TEXT.rindex("We")
    with pytest.raises(AmbiguousQuoteError, match=rf"occurs 2 times(.|\n)*--start {first}(.|\n)*--start {second}"):
        find_quote(TEXT, "We are ready.")
    assert find_quote(TEXT, "We are ready.", start=second).start == second
    with pytest.raises(QueryError, match=f"start: found 3, allowed: {first}, {second}, where"):
        find_quote(TEXT, "We are ready.", start=3)


@pytest.mark.parametrize(
    ("near", "which"),
    [(0, 0), (40, 1), ("He said: “We are ready.”", 0), ("Then again: 'We are ready.'", 1), ("And “no more.", 1)],
)
def test_context_settles_which_of_two_places_is_meant(near: int | str, which: int) -> None:
    assert find_quote(TEXT, "We are ready.", near=near).start == [TEXT.index("We"), TEXT.rindex("We")][which]


@pytest.mark.parametrize("near", ["", "nowhere in the text", "We are ready."])
def test_context_that_settles_nothing_leaves_it_refused(near: str) -> None:
    with pytest.raises(AmbiguousQuoteError, match="occurs 2 times"):
        find_quote(TEXT, "We are ready.", near=near)


def test_context_outweighs_a_stricter_rung() -> None:
    text = "It’s time for peace talks. It's time for peace talks."
    assert find_quote(text, "It's time for peace talks.") == (27, 53, "exact")
    assert find_quote(text, "It's time for peace talks.", near=0) == (0, 26, "marks")


@pytest.mark.parametrize("quote", ["", "  \n", "x" * 20_001])
def test_no_words_and_too_many_are_refused(quote: str) -> None:
    with pytest.raises(QueryError, match="quote: "):
        find_quote("x" * 30_000, quote)


def test_every_quote_of_the_shipped_case_is_found_where_it_was_coded() -> None:
    documents = {}
    for line in (SEEDS / "data" / "documents.jsonl").read_text().splitlines():
        document = json.loads(line)
        documents[document["id"]] = (SEEDS / "data" / document["file"]).read_bytes().decode()
    for line in (SEEDS / "data" / "statements.jsonl").read_text().splitlines():
        said = json.loads(line)
        if "quote" in said:
            place = find_quote(documents[said["document"]], said["quote"], near=said["start"])
            assert place == (said["start"], said["end"], "exact")


SIGNS = "abc  \n\t\u00a0\u200b\u00ad'‘’\"“”«»-–—‐….,ЖΩ\u0301א"
SHAPES = {"'": "‘’'", '"': '“”«»"', "-": "–—-", " ": " \n\u00a0", "…": "…"}


@given(st.text(SIGNS, max_size=120), st.text(SIGNS, min_size=1, max_size=30), st.sampled_from([None, 0, 7]))
def test_what_is_found_equals_the_quote_on_its_rung(text: str, quote: str, near: int | None) -> None:
    try:
        start, end, rung = find_quote(text, quote, near=near)
    except QueryError:
        return
    assert 0 <= start < end <= len(text)
    assert is_equal_on_rung(text[start:end], quote, rung)
    for stricter in RUNGS[: RUNGS.index(rung)]:
        assert not is_equal_on_rung(text[start:end], quote, stricter)


@given(
    st.lists(st.sampled_from(["we", "will", "not", "talk", "“peace”", "Kyiv’s", "–", "…"]), min_size=4, max_size=9),
    st.text(SIGNS, max_size=30),
    st.text(SIGNS, max_size=30),
    st.randoms(use_true_random=False),
)
def test_a_quote_in_other_shapes_is_found(words: list[str], left: str, right: str, chance: random.Random) -> None:
    assume(sum(any(sign.isalnum() for sign in word) for word in words) >= 4)
    quote = " ".join(words)
    text = f"{left}\n{quote}\n{right}"
    shaped = "".join(chance.choice(SHAPES.get(sign, sign)) for sign in quote)
    place = find_quote(text, shaped, near=len(left) + 1)
    assert text[place.start : place.end] == quote


@given(st.text(max_size=80), st.text(max_size=40))
def test_the_nearest_passage_never_fails(text: str, quote: str) -> None:
    assert isinstance(nearest_passage(text, quote), str)
    assert isinstance(nearest_passage(text * 500, quote), str)


@pytest.mark.parametrize(
    ("unit", "quote"),
    [
        ("a", "a" * 4_000 + " b c d"),
        ("a ", "a a a a b"),
        ("'–… ", "'–… '–… we will not talk"),
        ("we will not talk, ", "we will not talk never"),
        (".”", "we. will. not. talk. now."),
        ("\u200b\n", "we will not talk"),
        ("...", "we will not talk"),
    ],
)
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(unit: str, quote: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        with pytest.raises(QueryError, match="^quote: is not in the document word for word"):
            find_quote(text, quote, near="we will not talk at all")
        return time.process_time() - began

    # An eightfold text at a quadratic price would take 64 times as long.
    assert seconds(80_000) < 30 * max(seconds(10_000), 0.005)
