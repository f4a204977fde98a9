"""The story in ``docs/spreadsheets.md``, played: Anna's record book, and the workbook that Ben edits.

``python -m tests.spreadsheet_story --write`` puts what the commands print now below them.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from tests.positions.exchange.workbooks import Sheets, edit_sheets, set_cell
from tests.team_story import ROOT, Stage, play

STORY: Final = ROOT / "docs" / "spreadsheets.md"


class WorkbookStage(Stage):
    """The folders of the story; ``edit-workbook`` is what Ben does in his spreadsheet."""

    def run(self, who: str, command: str) -> str:
        """Run a command as somebody, or edit the workbook."""
        if command != "edit-workbook":
            return super().run(who, command)
        edit_sheets(self.folder / "anna" / "case" / "book.xlsx", _edit)
        return ""


def _edit(sheets: Sheets) -> None:
    rows = sheets["statements"]
    set_cell(rows, "000-05", "Stance", -1)
    set_cell(rows, "000-06", "Note", "Ben: is this a promise?")
    set_cell(sheets["documents"], "003", "Author", "A. Reporter")
    rows[:] = [row for row in rows if row[0] != "000-11"]
    new = {
        "Document": "003",
        "Quote": "At the moment, we're saying no to Minsk,",
        "Speaker": "Zelensky",
        "Whose position": "Ukraine",
        "Issue": "Peace talks",
        "Stance": "sceptical",
        "Said on": date(2022, 2, 27),
        "How the date is known": "inherited",
    }
    rows.append([new.get(heading, "") for heading in rows[0]])


def play_story(text: str, folder: Path) -> str:
    """Return the story with what its commands print below each."""
    return play(text, WorkbookStage(folder))


def main() -> None:
    """Play the story; print it, or with ``--write`` put it in its place."""
    with tempfile.TemporaryDirectory() as folder:
        played = play_story(STORY.read_text(), Path(folder))
    if "--write" in sys.argv:
        STORY.write_text(played)
    else:
        sys.stdout.write(played)


if __name__ == "__main__":
    main()
