"""``docs/qda.md`` is true: its commands run one after the other and print what stands below them.

``python -m tests.test_qda_page`` puts what they print now below them.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Final

from positions.exchange.content import ONLY
from positions.exchange.refi_write import write_refi_project
from tests.command_line import at_home
from tests.conftest import ROOT, copy_case
from tests.positions.exchange.books import content_of
from tests.positions.exchange.refi_files import write_like_nvivo
from tests.positions.exchange.test_refi_round_trip import coded_by_ben, rewritten
from tests.test_networks_page import run_command

PAGE: Final = ROOT / "docs" / "qda.md"
_BLOCK: Final = re.compile(r"^```(console|toml (\S+))\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BEN: Final = (
    "Peace talks – open to talks",
    "Holder: Ukraine",
    "Speaker: Volodymyr Zelensky",
    "Venue: Belarus – rejects it",
)


def write_back(data: Path, path: Path) -> None:
    """Write the project that Ben sends back: the shipped case, with a passage that he has coded."""
    content = content_of(data)
    path.with_name("sent.qdpx").write_bytes(write_refi_project(content).files[ONLY])
    document = next(one for one in content.documents if one.id == "003")
    text = document.text or ""
    start = text.index("Zelensk")
    names = {f"Speaker: {one.name}" for one in content.codebook.speakers}
    codes = [code for code in BEN if not code.startswith("Speaker") or code in names]
    span = (start, text.index("\n", start))
    rewritten(path.with_name("sent.qdpx"), lambda xml: coded_by_ben(xml, document.title, span, *codes)).rename(path)


def play(page: str, folder: Path) -> str:
    """Return the page with what its commands print now in a folder of their own."""
    data = copy_case(folder)
    home = {"POSITIONS_DATA": str(data), "HOME": str(folder), "PATH": os.environ["PATH"], "USER": "you"}

    def run_line(line: str) -> str:
        return Path(line[4:]).read_text("utf-8") if line.startswith("cat ") else run_command(line)

    def run_block(block: re.Match[str]) -> str:
        if block[2]:
            Path(block[2]).write_text(block[3], encoding="utf-8")
            return block[0]
        commands = [line for line in block[3].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{run_line(line[2:])}" for line in commands) + "```"

    with at_home(folder, home):
        write_like_nvivo(folder / "field.qdpx")
        write_back(data, folder / "back.qdpx")
        return _BLOCK.sub(run_block, page)


def test_the_pages_commands_print_what_stands_below_them(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert play(page, tmp_path) == page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(play(PAGE.read_text("utf-8"), Path(place)), encoding="utf-8")
