"""Direct speech in every way that texts of the world mark it, and the signs that look like marks and are none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.quotes.quotations import find_quotations, is_quoted
from positions.quotes.readable import readable_text
from positions.quotes.typed_marks import show_usual_marks

WORDS = "We are ready to meet Kyiv now"
SPOKEN = {
    "a dash": [
        f"— {WORDS}, — сказал Песков.",
        f"- {WORDS}, - сказал Песков.",
        f"― {WORDS}! ― ответил Песков.",
        f"— Поздно, — сказал Песков. — {WORDS}.",
        f"— Поздно, — сказал Песков, — {WORDS}.",
        f"Песков ответил:\n— {WORDS}.",
        f"— Когда?\n— {WORDS}.",
        f"—{WORDS} —dijo Peskov—. Nunca.",
        f"—Nunca —dijo Peskov—. {WORDS}.",
        f"–{WORDS}, dijo Peskov.",
        f"– {WORDS}, dijo Peskov.",
        f"Peskov respondió:\n\n—{WORDS}.",
        f"—¿Cuándo? —preguntó.\n—{WORDS} —respondió.",
        f"– {WORDS} – powiedział Pieskow.",
        f"– {WORDS}, säger Peskov.",
        f"— {WORDS}, a dit Peskov.",
        f"— Jamais, dit-il. — {WORDS}.",
        f"– {WORDS}, sa talsmann Peskov.\n– Nå, sier han?",
    ],
    "a block quote": [
        f"Peskov said:\n\n> {WORDS}.\n\nHe left.",
        f"He wrote:\n\n> It is late.\n>\n> {WORDS}.\n\nHe left.",
        f"Text.\n\n> It is late and\n> {WORDS}.\n\nText.",
        f"Text.\n\n> > {WORDS}.\n\nText.",
        f"Text.\n\n>{WORDS}.\n\nText.",
        f"Text.\r\n\r\n> {WORDS}.\r\n\r\nText.",
        f"Text.\n\n  > {WORDS}.\n\nText.",
        f"Text.\n\n> **{WORDS}.**\n\nText.",
        f"Text.\n\n> — {WORDS}.\n\nText.",
        f"Text.\n\n> It is late.\n\nHe went on.\n\n> {WORDS}.\n\nText.",
        f"Text.\n\n> He said: “{WORDS}.”\n\nText.",
    ],
    "paragraphs": [
        f"“It is late.\n\n“{WORDS}.\n\n“It is cold,” he said.",
        f"“It is late.\n\n{WORDS},” he said.",
        f"«It is late.\n\n«{WORDS}», he said.",
        f"«It is late.\n\n»{WORDS}», he said.",
        f"'It is late.\n\n'{WORDS},' he said.",
        f'"It is late.\n\n"{WORDS}.\n\n"And cold," he said.',
        f"« It is late.\n\n» {WORDS}.\n\n» It is cold », he said.",
        f"„It is late.\n\n„{WORDS}.”",
        f"„It is late.\r\n\r\n„{WORDS}.“",
        f"``It is late.\n\n``{WORDS},'' he said.",
    ],
    "typed marks": [
        f"``{WORDS},'' Peskov said.",
        f"''{WORDS},'' Peskov said.",
        f"`{WORDS},' Peskov said.",
        f",,{WORDS}'', Peskov said.",
        f",,{WORDS}“, sagte Peskow.",
        f"<<{WORDS}>>, Peskov said.",
        f"<< {WORDS} >>, a dit Peskov.",
        f"``It's late. {WORDS},'' Peskov said.",
        f"Peskov said ''{WORDS}''.",
        f"´{WORDS}´, Peskov said.",
        f"``It is 5'' wide. {WORDS},'' Peskov said.",
        f"``Never,'' he said. ``{WORDS},'' he added.",
    ],
    "other marks within": [
        f"“He said ‘no, “never” he said’. {WORDS},” Peskov said.",
        f"«Он сказал «никогда». {WORDS}», заявил Песков.",
        f"„Er sagte ‚nie‘. {WORDS}“, sagte er.",
        f"‘He said “no”. {WORDS},’ he said.",
        f"\"He said 'no'. {WORDS},\" he said.",
        f"«Il a dit « jamais ». {WORDS} », a-t-il dit.",
        f"“He said 'it's late'. {WORDS}.”",
        f"「彼は『いいえ』。{WORDS}」と。",
        f"'He said \"no\". {WORDS},' he said.",
        f"``He said `never'. {WORDS},'' he said.",
    ],
    "mixed marks": [
        f'“{WORDS}," Peskov said.',
        f'"{WORDS},” Peskov said.',
        f'„{WORDS}", Peskov said.',
        f'«{WORDS}", Peskov said.',
        f"‘{WORDS},' Peskov said.",
        f"'{WORDS},’ Peskov said.",
        f"“{WORDS}“, Peskov said.",
        f"”{WORDS}“, Peskov said.",
        f"“{WORDS}''. He left.",
        f"„{WORDS}''. He left.",
        f"‚{WORDS}', sagte er.",
        f'“It is late. {WORDS}," Peskov said. He left.',
    ],
    "no closing mark": [
        f"“{WORDS}.\n\nHe left.",
        f"Peskov said: “{WORDS}. He left.",
        f"«{WORDS}.\n\nHe left.",
        f'"{WORDS}.\n\nHe left.',
        f"„{WORDS}.\n\nHe left.",
        f"「{WORDS}。\n\nHe left.",
        f"Peskov said “{WORDS}\n\nHe left.",
        f"“{WORDS}. He left.\n\n“Never,” he said.",
        f"Peskov: “{WORDS}",
        f"``{WORDS}. It''s late.",
    ],
    "inches and apostrophes": [
        f"“In the '90s it was so. {WORDS},” he said.",
        f"‘In the ’90s it was so. {WORDS},’ he said.",
        f"'Rock 'n' roll. {WORDS},' he said.",
        f"‘Rock ’n’ roll. {WORDS},’ he said.",
        f'"It is 5\' 10" tall. {WORDS}," he said.',
        f"'We won't. {WORDS},' he said.",
        f'"A 5" pipe. {WORDS}," he said.',
        f"'It's the '90s. {WORDS},' he said.",
        f'"6\'2" tall men. {WORDS}."',
        f'“A 5" pipe. {WORDS},” he said.',
    ],
}
NOT_SPOKEN = {
    "a dash": [
        f"— Никогда, — сказал Песков. {WORDS}.",
        f"—Nunca —dijo Peskov—.\n\n{WORDS}.",
        f"– Nunca, dijo Peskov. {WORDS}.",
        f"Peskov — who said no — left. {WORDS}.",
        f"- first item\n- {WORDS}\n- third item",
        f"— first item\n— {WORDS}\n— third item",
        f"The plan has three points:\n— A truce.\n— {WORDS}.\n— Elections.",
        f"KYIV — {WORDS}.",
        f"– The board, Peskov said, is full.\n– {WORDS}.",
        f"- {WORDS}.\n- It is late.",
    ],
    "a block quote": [
        f"> Never.\n\n{WORDS}. He left.\n\nAnd more.",
        f"{WORDS} > all",
        f"x > y. {WORDS}.",
        f"Text.\n\n> “Never,” he said. {WORDS}.\n\nText.",
        f"> A heading\n>\n> {WORDS}, the Kremlin says.\n>\n> It is late.",
        f"Text\n>\n{WORDS}",
        f"<p>{WORDS}</p>",
        f"Text -> more\n\n{WORDS}.",
        f"a =>\n{WORDS}",
        f"1 > 0 and\n{WORDS}",
    ],
    "typed marks": [
        f"``Never,'' he said. {WORDS}.",
        f"''Never'' and {WORDS}.",
        f"It is 5'' wide. {WORDS}.",
        f"5' 10'' tall. {WORDS}.",
        f"A 5'' pipe and a 7'' pipe. {WORDS}.",
        f"`code` and {WORDS} and `more`",
        f"<<Jamais>>, a-t-il dit. {WORDS}.",
        f",,Nie'', sagte er. {WORDS}.",
        f"x<<y. {WORDS}. y>>x",
        f"L´Ukraine. {WORDS}. L´Europe.",
    ],
    "inches and apostrophes": [
        f"In the '90s. {WORDS}. In the '80s.",
        f"rock 'n' roll. {WORDS}. fish 'n' chips.",
        f"5' 10\" tall. {WORDS}.",
        f"It is 5' 10\" and 6' 2\". {WORDS}.",
        f'a 7" single and a 12" one. {WORDS}.',
        f"the '90s' end. {WORDS}. It's the '80s' too.",
        f"’Twas late. {WORDS}. ’Tis so.",
        f"40° 26' 46\" N. {WORDS}. 79° 58' 56\" W.",
        f"the players' union. {WORDS}. The owners' club.",
        f"O'Neill's. {WORDS}. D'Artagnan's.",
    ],
    "no closing mark": [
        f"Peskov said: “Never. He left.\n\n{WORDS}.",
        f"He said «never. He left.\n\n{WORDS}.",
        f"“Never.” He left.” {WORDS}.",
        f"“Never,” he said.” {WORDS}. “No.”",
        f'He said "never. He left. {WORDS}.',
        f"He said “never. He left.\n\nIt is late. {WORDS}.",
        f"He said „nie. {WORDS}.",
        f"A ’stray one. {WORDS}.",
        f"A stray“ one. {WORDS}.",
        f"``never. He left.\n\n{WORDS}.",
    ],
}


@pytest.mark.parametrize("text", [text for texts in SPOKEN.values() for text in texts])
def test_words_are_direct_speech(text: str) -> None:
    start = text.index(WORDS)
    assert is_quoted(text, start)
    assert is_quoted(text, start, start + len(WORDS))


@pytest.mark.parametrize("text", [text for texts in NOT_SPOKEN.values() for text in texts])
def test_words_are_not_direct_speech(text: str) -> None:
    assert not is_quoted(text, text.index(WORDS))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("— Мы готовы, — сказал он. — Но не сейчас.", ["Мы готовы,", "Но не сейчас."]),
        ("— Мы готовы, — сказал он, — но не сейчас.", ["Мы готовы,", "но не сейчас."]),
        ("— Мы — народ, — сказал он.", ["Мы — народ,"]),
        ("—No aceptaremos —dijo él—. Nunca.", ["No aceptaremos", "Nunca."]),
        ("–No aceptaremos, dijo él.", ["No aceptaremos,"]),
        ("— Да?\n— Нет.", ["Да?", "Нет."]),
        ("Text.\n\n> Never.\n\nText.", ["Never."]),
    ],
)
def test_who_speaks_is_not_part_of_what_is_said(text: str, spoken: list[str]) -> None:
    view = readable_text(text).text
    assert [view[slice(*span)] for span in find_quotations(view)] == spoken


@given(st.text("ab5 '`´,,<>\n“”.ns0", max_size=60))
def test_typed_marks_keep_the_length_and_every_word(text: str) -> None:
    shown = show_usual_marks(text)
    assert len(shown) == len(text)
    assert [sign for sign in shown if sign in "ab5"] == [sign for sign in text if sign in "ab5"]


@given(st.text("Аб ab—–-.,?:>\n“”", max_size=80))
def test_spans_of_any_dashes_and_blocks_are_in_order_and_not_empty(text: str) -> None:
    view = readable_text(text).text
    spans = find_quotations(view)
    assert all(span.start < span.end <= len(view) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.parametrize("part", ["— А, — а. ", "> a\n", "5'' ", "`a,' ", "<<a>> ", "–A, dijo ", "— А\n", "``", "''"])
def test_finding_takes_linear_time(part: str) -> None:
    started = time.process_time()
    find_quotations(readable_text(part * 20_000).text)
    assert time.process_time() - started < 5
