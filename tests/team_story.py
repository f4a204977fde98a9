"""The story in ``docs/team.md``, played: two people's folders, their commands on the days that its headings name.

``python -m tests.team_story --write`` puts what the commands print now below them.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final
from unittest.mock import patch

from positions.store import chain
from tests.command_line import at_home, call_command

ROOT: Final = Path(__file__).parent.parent
STORY: Final = ROOT / "docs" / "team.md"
PEOPLE: Final = ("anna", "ben")
_PART: Final = re.compile(
    r"^## (?P<day>\d+ \w+ \d{4}).*?$|^```(?P<info>\w.*?)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_PROMPT: Final = re.compile(r"(?P<who>\w+)\$ (?P<command>.*)")
_PROGRAM: Final = """\
#!{python}
import os, sys
from datetime import datetime
import positions.store.chain as chain
from positions.cli import main

class Story(datetime):
    @classmethod
    def now(cls, zone=None):
        return cls.fromisoformat(os.environ["STORY_CLOCK"])

chain.datetime = Story
sys.argv[0] = "positions"
sys.exit(main())
"""
"""``positions`` as it runs in the story: its record book's clock is the story's."""


class Stage:
    """The folders in which the story happens, and its clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places = {who: folder / who for who in PEOPLE}
        self._now = datetime(2026, 1, 1, tzinfo=UTC)
        for place in (*self._places.values(), folder / "bin", folder / "cache"):
            place.mkdir()
        subprocess.run(["git", "init", "-q", "-b", "main", "--bare", folder / "hub.git"], check=True)
        program = folder / "bin" / "positions"
        program.write_text(_PROGRAM.format(python=sys.executable))
        program.chmod(0o755)

    def wait_for(self, day: str) -> None:
        """Let it be nine o'clock on a day, written as in ``2 February 2026``."""
        self._now = datetime.strptime(day, "%d %B %Y").replace(hour=9, tzinfo=UTC)

    def write(self, name: str, text: str) -> None:
        """Write a file that the story shows whole."""
        (self.folder / name).write_text(text)

    def run(self, who: str, command: str) -> str:
        """Run a command as somebody in their folder, a minute after the last one; return all that it prints."""
        self._now += timedelta(minutes=1)
        if command.startswith("cd "):
            self._places[who] = (self._places[who] / command[3:]).resolve()
            return ""
        if re.fullmatch(r"positions [^|&;<>$`]*", command):
            return self._answer(who, command)
        told = subprocess.run(
            ["sh", "-c", command], cwd=self._places[who], env=self._environment(who), text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return self._told(told.stdout, told.returncode)

    def _answer(self, who: str, command: str) -> str:
        """Call the command line as somebody, in this process: most of a new one's time would be spent on its start."""
        clock = self._now

        class Story(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Story:
                return cls.fromtimestamp(clock.timestamp(), tz)

        with at_home(self._places[who], self._environment(who)), patch.object(chain, "datetime", Story):
            answer = call_command(*shlex.split(command)[1:], is_joined=True)
        return self._told(answer.out.decode(), answer.code)

    def _told(self, text: str, code: int) -> str:
        return text.replace(f"{self.folder}/", "") + (f"[exit {code}]\n" if code else "")

    def _environment(self, who: str) -> dict[str, str]:
        clock = self._now.isoformat()
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "POSITIONS_"))}
        return own | {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder / who),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "LOGNAME": who,
            "STORY_CLOCK": clock,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{role}_NAME": who.title() for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": f"{who}@example.org" for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_DATE": clock for role in ("AUTHOR", "COMMITTER")},
        }


def play(text: str, stage: Stage) -> str:
    """Return a story with what its commands print below each."""
    return "".join(_played(text, stage))


def _played(text: str, stage: Stage) -> Iterator[str]:
    end = 0
    for part in _PART.finditer(text):
        yield text[end : part.start()]
        end = part.end()
        if part["day"]:
            stage.wait_for(part["day"])
            yield part[0]
        elif part["info"] == "console":
            yield "```console\n" + "".join(_answers(part["body"], stage)) + "```"
        else:
            stage.write(part["info"].split(maxsplit=1)[1], part["body"])
            yield part[0]
    yield text[end:]


def _answers(body: str, stage: Stage) -> Iterator[str]:
    for line in body.replace("\\\n", "\0").splitlines():
        if prompt := _PROMPT.match(line):
            shown = line.replace("\0", "\\\n")
            yield f"{shown}\n"
            yield stage.run(prompt["who"], prompt["command"].replace("\0", ""))


def main() -> None:
    """Play the story; print it, or with ``--write`` put it in its place."""
    with tempfile.TemporaryDirectory() as folder:
        played = play(STORY.read_text(), Stage(Path(folder)))
    if "--write" in sys.argv:
        STORY.write_text(played)
    else:
        sys.stdout.write(played)


if __name__ == "__main__":
    main()
