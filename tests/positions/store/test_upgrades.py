"""A record book that an earlier version of the program made reads the same: no byte of what is recorded changes."""

from pathlib import Path

from positions.store.entry import content_text
from positions.workspace import open_workspace

HEADS = ("192:e9573fc63909", "193:4a02d852eec7")
"""Heads of the shipped book: before statements had translations, documents a language, and the codebook rules; and with
the first rules."""


def test_the_entries_of_an_earlier_version_have_the_same_hashes(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        assert [workspace.entries_to(head) for head in HEADS] == [192, 193]


def test_a_field_that_is_not_there_is_not_written(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        contents = [content_text(revision.content) or "" for revision in workspace.revisions()]

    assert not any('"translation":""' in content or '"translated_by":""' in content for content in contents)
