"""No English word stands in the code that reads documents: what is English is in ``english.toml``.

Two things are looked for: words in patterns, and words that code compares with or collects. Names of the program's own
(members of a ``Literal``, fields) are no words of a text; what else is left is listed with its reason.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from positions.language.reading_words import FOLDER

PACKAGE = FOLDER.parent
READERS = sorted(
    path.relative_to(PACKAGE)
    for path in [*PACKAGE.glob("extract/**/*.py"), *PACKAGE.glob("quotes/*.py"), PACKAGE / "workspace" / "validate.py"]
)
RULES = [path for path in READERS if path.parts[1] not in ("batch", "evaluation", "llm")]
"""Without what runs and scores the rules, or asks a model: their words are the program's own."""
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
a about after ago all also although an and any are as at be because been before between but by can could did
do does during each for from had has have he her his how i if in into is it its last more most next no nor not
of on once one or other our over posted published said say says she should since so some such than that the
their them then there these they this those though through to today tomorrow until up updated was we were what
when where whether which while who whose why will with would yesterday yet you your
""",
    )
)
ALLOWED_PATTERNS = {
    "extract/sources/linked_data.py": ({"*"}, "types and fields of schema.org"),
    "extract/sources/page_date.py": ({"*"}, "names of metadata, and endings of numbers in any language"),
    "extract/sources/page_tree.py": ({"body"}, "a tag of HTML"),
    "extract/sources/printed_date.py": ({"er", "de"}, "what stands between numbers and months in any language"),
    "extract/sources/webpage.py": ({"*"}, "what browsers write into a page that they save"),
    "extract/sources/word.py": ({"created"}, "a tag of Office's own XML"),
}
"""For each file the words that its patterns may have, ``*`` for any, and why."""
ALLOWED_WORDS = {
    "extract/judges/party_evidence.py": ({"speaks", "read"}, "kinds of evidence"),
    "extract/language/foreign_dates.py": ({"*"}, "tags of languages"),
    "extract/rules/claims.py": ({"skip"}, "a kind of reading"),
    "extract/rules/lexicon_trial.py": ({"skip"}, "a kind of reading"),
    "extract/rules/stance.py": ({"skip", "positive"}, "kinds of reading and of conditions"),
    "extract/sources/page_parts.py": ({"*"}, "tags of HTML"),
    "extract/sources/printed_date.py": ({"en", "link", "option"}, "the tag of English, and tags of HTML"),
    "quotes/clause_bounds.py": ({"stop"}, "a kind of break"),
    "quotes/letters.py": ({"nd"}, "a category of Unicode"),
    "quotes/word_search.py": ({"cf"}, "a category of Unicode"),
}
"""For each file the words that it may compare with or collect, and why."""


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("yes", "no", "kind", "language"):
                yield from strings_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of(inner)


@cache
def english() -> frozenset[str]:
    """The words of ``english.toml`` in small letters, with common ones that it may lack."""
    content = tomllib.loads((FOLDER / "english.toml").read_text())
    words = {word for text in strings_of(content) for word in re.findall(r"[a-z]{2,}", text.lower())}
    return frozenset(words | FUNCTION_WORDS)


@cache
def names() -> frozenset[str]:
    """The program's own names: kinds and phrases of the language's file, members of literals, fields."""
    content = tomllib.loads((FOLDER / "english.toml").read_text())
    found = {group["kind"] for key in ("speech", "cues") for group in content[key]} | set(content["times"]["phrases"])
    for path in (path for path in PACKAGE.glob("**/*.py") if path.parent != FOLDER and path.name != "english.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.add(node.target.id)
            if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal":
                found |= {one.value for one in ast.walk(node.slice) if isinstance(one, ast.Constant)}
    return frozenset(str(name) for name in found)


def docstrings(tree: ast.Module) -> set[ast.expr]:
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def is_pattern(text: str) -> bool:
    return re.search(r"\\[bBdDsSwWAZ]|\(\?|\[[^\]\s]+\][*+?{]|\)[?*+]|\{\d+,\d*\}", text) is not None


def words_in_pattern(text: str) -> set[str]:
    bare = re.sub(r"\\[a-zA-Z]|\(\?P[<=]\w+[>)]|\[[^\]]*\]|\{\w*\}", " ", text)
    return {word for word in re.findall(r"[a-z]{2,}", bare.lower()) if word in english()}


def patterns(tree: ast.Module) -> Iterator[tuple[int, set[str]]]:
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node in skipped:
            continue
        if is_pattern(node.value) and (words := words_in_pattern(node.value)):
            yield node.lineno, words


def compared_words(tree: ast.Module) -> Iterator[tuple[int, set[str]]]:
    """The words that code compares with, tests the ends of, or collects in a set, tuple or list."""
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            parts = list(node.elts)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("startswith", "endswith"):
            parts = list(node.args)
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        words = {text.lower() for text in texts if text.isalpha() and text.lower() in english() and text not in names()}
        if words:
            yield node.lineno, words


def unlisted(found: Iterator[tuple[int, set[str]]], allowed: set[str]) -> list[tuple[int, list[str]]]:
    return [(line, sorted(words - allowed)) for line, words in found if "*" not in allowed and words - allowed]


@pytest.mark.parametrize("path", READERS, ids=str)
def test_no_pattern_has_an_english_word(path: Path) -> None:
    allowed = ALLOWED_PATTERNS.get(str(path), (set(), ""))[0]
    assert unlisted(patterns(ast.parse((PACKAGE / path).read_text())), allowed) == []


@pytest.mark.parametrize("path", RULES, ids=str)
def test_no_english_word_is_compared_or_collected(path: Path) -> None:
    allowed = ALLOWED_WORDS.get(str(path), (set(), ""))[0]
    assert unlisted(compared_words(ast.parse((PACKAGE / path).read_text())), allowed) == []


@pytest.mark.parametrize("listing", [ALLOWED_PATTERNS, ALLOWED_WORDS], ids=["patterns", "words"])
def test_every_exception_is_one_and_has_its_reason(listing: dict[str, tuple[set[str], str]]) -> None:
    find = patterns if listing is ALLOWED_PATTERNS else compared_words
    for path, (words, reason) in listing.items():
        found = {word for _, here in find(ast.parse((PACKAGE / path).read_text())) for word in here}
        assert reason, path
        assert found, f"{path} needs no exception"
        assert "*" in words or words <= found, f"{path} needs none of {sorted(words - found)}"


@pytest.mark.parametrize(
    "code",
    [
        'X = re.compile(r"\\b(?:said|told)\\b")',
        'X = rf"^By\\s{{1,3}}{name}"',
        'if token.low == "ago": pass',
        'if token.low in ("tonight", "earlier"): pass',
        'WORDS = frozenset(("but", "while"))',
        'if low.endswith("ing"): pass',
    ],
)
def test_the_sweep_finds_words_in_code(code: str) -> None:
    tree = ast.parse(code)
    assert [*patterns(tree), *compared_words(tree)] != []
