"""Sources of our own for the tests of reading them: a web page, and files of any content."""

from __future__ import annotations

from pathlib import Path

STORY = (
    "The Kremlin <u>said</u> on <b>Friday</b> that President Putin was &ldquo;ready&rdquo; to send envoys to Minsk.",
    "&ldquo;We are ready for talks,&rdquo; Peskov said on 24 February 2021.",
    "Kyiv has not answered, and a spokesman said that it would do so before the end of the week.",
)


def page(*, meta: str = "", beside: str = "", story: tuple[str, ...] = STORY, charset: str = "utf-8") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Putin ready | The Example</title>{meta}'
        '</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f'<header>Saturday, 1 January 2028</header><article><h1>Putin ready for talks</h1>{beside}{body}</article>'
        "<aside><h3>Most read</h3><ul><li><a href='/r'>Ten recipes for spring</a></li></ul></aside>"
        "<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"
    )  # fmt: skip


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
