from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.wording.quotes import readable_quote


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("We are <u>ready</u> for talks", "We are ready for talks"),
        ('We are <a href="https://example.org/x">ready</a>', "We are ready"),
        ("We are <span class='x'>ready</span><br/>", "We are ready"),
        ("We <STRONG>are</STRONG> <em>ready</em>", "We are ready"),
        ("The minis-\nters will meet in the town", "The ministers will meet in the town"),
        ("We are ready for talks and\nwe will come", "We are ready for talks and we will come"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("Neutrality.\nRecognition.", "Neutrality.\nRecognition."),
    ],
)
def test_people_see_a_quote_without_formatting_and_in_whole_lines(quote: str, shown: str) -> None:
    assert readable_quote(quote) == shown


@given(st.text(alphabet="ab <>u/\n-.", max_size=80))
def test_no_letter_outside_of_tags_is_lost(quote: str) -> None:
    assert readable_quote(quote).count("\n") <= quote.count("\n")
