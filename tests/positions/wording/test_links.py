from __future__ import annotations

import pytest

from positions.wording.links import web_address


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTPS://example.org/a", "HTTPS://example.org/a"),
        ("http://example.org:8050/a?b=1&c=2#d", "http://example.org:8050/a?b=1&c=2#d"),
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://a.example/\"><b>'", "https://a.example/%22%3E%3Cb%3E'"),
    ],
)
def test_a_web_address_is_linked_percent_encoded(url: str, linked: str) -> None:
    assert web_address(url) == linked


@pytest.mark.parametrize(
    "url",
    [
        *("", "//host", "example.org/a", "ftp://a/b", "mailto:a@example.org"),
        *("http://", "https:///a", "http:a", "http://:80/", "http://["),
        *("javascript:alert(1)", "JAVASCRIPT:alert(1)//https://a.example", "data:text/html,x"),
        *(" https://a.example", "https://a.example\n", "\thttps://a.example"),
    ],
)
def test_nothing_else_is_linked(url: str) -> None:
    assert web_address(url) == ""
