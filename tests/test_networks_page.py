"""``docs/networks.md`` is true: its commands run one after the other and print what stands below them.

``python -m tests.test_networks_page`` puts what they print now below them.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import Final

import networkx as nx
import pytest

from tests.command_line import at_home, call_command
from tests.conftest import ROOT, copy_case
from tests.dna_files import Said, write_dna

PAGE: Final = ROOT / "docs" / "networks.md"
_BLOCK: Final = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXPERTS: Final = """River,"As experts see it",3,1,
Actor,Description,Power,Dam,Dam weight,
UPL,Upland,100,90,60,
DEL,Delta,80,10,80,
CIT,Free City,30,45,50,
"""
TEXT: Final = "Ann said that the dam will feed the valley. Bob replied that the dam will drown the valley."
CODED: Final = [
    Said("the dam will feed the valley", "Ann", "Millers", "The dam does good."),
    Said("the dam will drown the valley", "Bob", "Anglers", "The dam does good.", agrees=False),
]


def run_command(line: str) -> str:
    """Run one command of the page where the process works, and return what it prints, its head hidden."""
    words = shlex.split(line)
    if words[0] == "cp":
        shutil.copy(*words[1:])
        return ""
    if words[0] == "rm":
        Path(words[1]).unlink()
        return ""
    answer = call_command(*words[1:], is_joined=True)
    assert answer.code == 0, answer.out
    return re.sub(r"\bhead \S+", "head …", answer.out.decode())


def play(page: str, folder: Path) -> str:
    """Return the page with what its commands print now in a folder of their own."""
    home = {"POSITIONS_DATA": str(copy_case(folder)), "HOME": str(folder), "PATH": os.environ["PATH"], "USER": "you"}
    (folder / "experts.csv").write_text(EXPERTS, encoding="utf-8")
    write_dna(folder / "project.dna", TEXT, CODED)

    def run_block(block: re.Match[str]) -> str:
        commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{run_command(line[2:])}" for line in commands) + "```"

    with at_home(folder, home):
        return _BLOCK.sub(run_block, page)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


def test_the_pages_commands_print_what_stands_below_them(folder: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert play(page, folder) == page


def test_the_attributes_that_its_lines_of_r_name_are_in_the_file(folder: Path) -> None:
    lines = PAGE.read_text("utf-8").partition("```r\n")[2].partition("```")[0]
    if not (folder / "congruence.graphml").exists():
        play(PAGE.read_text("utf-8"), folder)
    graph = nx.read_graphml(folder / "congruence.graphml")
    vertices, edges = re.findall(r"V\(g\)\$(\w+)", lines), re.findall(r"E\(g\)\$(\w+)", lines)
    assert vertices
    assert all(set(vertices) <= set(data) for _, data in graph.nodes(data=True))
    assert all(set(edges) <= set(data) for *_, data in graph.edges(data=True))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(play(PAGE.read_text("utf-8"), Path(place)), encoding="utf-8")
