from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.quotes.quotations import find_quotations, is_quoted
from positions.quotes.readable import readable_text

WORDS = "We are ready to meet Kyiv now"


def quoted(text: str) -> list[str]:
    """The words in quotation marks, as the readable text has them."""
    text = readable_text(text).text
    return [text[start:end] for start, end in find_quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS},” Peskov said.",
        f"“{WORDS}”, Peskov said.",
        f'"{WORDS}," Peskov said.',
        f"‘{WORDS},’ Peskov said.",
        f"'{WORDS},' Peskov said.",
        f"‘We can’t wait. {WORDS},’ Peskov said.",
        f"'It's late. {WORDS},' Peskov said.",
        f"‘The soldiers’ boots are worn. {WORDS},’ Peskov said.",
        f"„{WORDS}“, sagte Peskow.",
        f"„{WORDS}”, powiedział Pieskow.",
        f"‚{WORDS}‘, sagte Peskow.",
        f"»{WORDS}«, sagte Peskow.",
        f"›{WORDS}‹, sagte Peskow.",
        f"«{WORDS}», a dit Peskov.",
        f"«\u00a0{WORDS}\u00a0», a dit Peskov.",
        f"« {WORDS} », a dit Peskov.",
        f"‹ {WORDS} ›, a dit Peskov.",
        f"”{WORDS}”, sade Peskov.",
        f"’{WORDS},’ sade Peskov.",
        f"「{WORDS}」とペスコフ氏は語った。",
        f"『{WORDS}』とペスコフ氏は語った。",
        f"〝{WORDS}〟とペスコフ氏は語った。",
        f"＂{WORDS}＂, said Peskov.",
        f"Peskov said:“{WORDS}.”",
        f'Peskov said,"{WORDS}."',
        f"Peskov said—“{WORDS}.”",
        f"(“{WORDS}.”)",
        f"“He said “never”. {WORDS},” Peskov said.",
        f"“He said ‘never’. {WORDS},” Peskov said.",
        f"‘He said “never”. {WORDS},’ Peskov said.",
        f"« Il a dit “jamais”. {WORDS} », a dit Peskov.",
        f"«Он сказал „никогда“. {WORDS}», заявил Песков.",
        f'"It is 5" wide. {WORDS}," Peskov said.',
        f"Peskov said: “It is late, and\n{WORDS}.”",
        f'Peskov said: "It is late, and\n{WORDS}."',
        f"Peskov said: ‘It is late, and\n{WORDS}.’",
        f"Peskov said: “It is late.\n{WORDS}.”",
        f"Peskov said: “It is late.\r\n{WORDS}.”",
        f"Peskov said: “It is late.\u2028{WORDS}.”",
        f"“It is late.\n\n“{WORDS},” Peskov said.",
        f"“It is late.\n\n“It is cold.\n\n“{WORDS}.”",
        f'"It is late.\n\n"{WORDS}," Peskov said.',
        f"‘It is late.\n\n‘{WORDS},’ Peskov said.",
        f"«It is late.\n\n»{WORDS}», dijo Peskov.",
        f"„It is late.\n\n„{WORDS}“, sagte Peskow.",
        f"“It is late.\n\n{WORDS},” Peskov said.",
        f"“{WORDS} and it was never closed. He left.",
        f"Peskov <u>said</u>: “<b>{WORDS}</b>.”",
        f"&ldquo;{WORDS},&rdquo; Peskov said.",
        f"&#8222;{WORDS}&#8220;, Peskov said.",
    ],
)
def test_words_in_any_quotation_marks_are_quoted(text: str) -> None:
    assert is_quoted(text, text.index(WORDS))
    assert is_quoted(text, text.index(WORDS), text.index(WORDS) + len(WORDS))


@pytest.mark.parametrize(
    "text",
    [
        f'Peskov showed a 5" pipe. {WORDS} is what they all say.',
        f'Peskov showed a 5" pipe and a 7" pipe. {WORDS}.',
        f"A man of 6'2\" came. {WORDS}.",
        f"The soldiers' boots. {WORDS}. The nurses' coats.",
        f"It’s late. {WORDS}. They’re here.",
        f"In the ’90s. {WORDS}. In the ’80s.",
        f"“Never.” {WORDS}, Peskov did not say.",
        f"“Never,” he said. {WORDS}. “Always,” he said.",
        f"«Jamais», a-t-il dit. {WORDS}. «Toujours.»",
        f"„Nie“, sagte er. {WORDS}. „Immer.“",
        f"»Nie«, sagte er. {WORDS}. »Immer.«",
        f"„Nigdy”, powiedział. {WORDS}. „Zawsze.”",
        f"”Aldrig”, sade han. {WORDS}. ”Alltid.”",
        f"「いいえ」と言った。 {WORDS}。",
        f"He said “it never closed. Then he left.\n\n{WORDS}.",
        f"He said “it never closed. Then he left. {WORDS}.",
        f'He said "it never closed. Then he left.\n\n{WORDS}.',
        f"He said ‘it never closed. Then he left.\n\n{WORDS}.",
        f"“It never closed. He left. “It did,” he said. {WORDS}.",
        f"A stray ” mark. {WORDS}.",
        f"A stray » mark. {WORDS}.",
        f"He said “never”.\n\n{WORDS}.\n\nHe said “always”.",
        f'<a href="x">{WORDS}</a>',
        f'<a title="a>b">{WORDS}</a> <i class="y">.</i>',
    ],
)
def test_words_outside_of_quotation_marks_are_not_quoted(text: str) -> None:
    assert not is_quoted(text, text.index(WORDS))


def test_a_quote_with_its_own_marks_is_quoted() -> None:
    assert is_quoted("He said “we are ready”.", 8)
    assert not is_quoted("He said: we are “ready”.", 9)


def test_words_that_leave_the_quotation_are_not_wholly_quoted() -> None:
    text = "“We are ready,” he said, “to meet.”"
    assert is_quoted(text, 1)
    assert not is_quoted(text, 1, len(text) - 1)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("‘Consultations’ on Venue and Time", ["Consultations"]),
        ("rock ’n’ roll", []),
        ("“A “b” c” and “d”", ["A “b” c", "d"]),
        ("“A ‘b’ c” and ‘d “e” f’", ["A ‘b’ c", "d “e” f"]),
        ("“We come. He said. “We go,” he added.", ["We come.", "We go,"]),
        ("“He said “never”. Late.\n\n“Then.”", ["He said “never”. Late.", "Then."]),
        ("“One.\n\n“Two.\n\nThree.", ["One.", "Two."]),
        ("“一。他说“二”。三。” 四。", ["一。他说“二”。三。"]),
        ('a "b c" d "e', ["b c", "e"]),
        ("", []),
        ("“", []),
    ],
)
def test_the_outermost_quotations_are_found(text: str, inside: list[str]) -> None:
    assert quoted(text) == inside


SIGNS = "ab .,!?\"“”„‟«»‹›‘’‚'「」\n5s"


@given(st.text(SIGNS, max_size=200))
def test_quotations_are_ordered_and_within_a_paragraph(text: str) -> None:
    spans = find_quotations(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in spans)


@given(st.text(SIGNS + "\u200b\u00ad\u2028\r\f<b>", max_size=200), st.integers(0, 200))
def test_any_offset_of_any_text_is_answered(text: str, offset: int) -> None:
    assert is_quoted(text, min(offset, len(text))) in (True, False)


@given(st.text("ab cd.,’", max_size=60), st.sampled_from(["“”", "„“", "«»", "»«", "「」", "‹›", '""']))
def test_what_stands_between_two_marks_is_found(inside: str, marks: str) -> None:
    text = f"Then. {marks[0]}x{inside}.{marks[1]} Then."
    assert find_quotations(text) == ((7, 7 + len(inside) + 2),)


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "”",
        '"',
        "'",
        "’ ",
        " ‘a",
        "„a ",
        "« ",
        " »",
        "“a” ",
        "“a\n",
        '"a\n',
        "a\n",
        "a",
        "“a ”b",
        " '",
        '5" ',
        "“\n\n",
    ],
)
def test_twice_the_marks_take_no_more_than_a_few_times_as_long(unit: str) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        is_quoted(unit * (size // len(unit)), size // 2)
        return time.process_time() - began

    assert seconds(80_000) < 60 * max(seconds(10_000), 0.005)
