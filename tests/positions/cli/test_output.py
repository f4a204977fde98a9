"""Tables and styled lines: plain where they go to a file, with styles and marks of direction on a terminal."""

from __future__ import annotations

import io
from typing import Any

import pytest

from positions.cli import screen
from positions.cli.output import print_line, print_rule, print_styled, print_table

ARABIC = "\u0645\u0631\u062d\u0628\u0627"
HOSTILE = "\x1b[2J\x07\u202e"


class Terminal(io.TextIOWrapper):
    """A terminal that keeps what it was sent."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        """Return that it is one."""
        return True

    @property
    def shown(self) -> str:
        """What was sent, as text."""
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)  # type: ignore[attr-defined,no-any-return]


def terminal_with(monkeypatch: pytest.MonkeyPatch, encoding: str = "utf-8", **environment: str) -> Terminal:
    for name, value in ({"COLUMNS": "40", "TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", terminal := Terminal(encoding))
    screen.prepare_streams()
    return terminal


def test_elsewhere_a_table_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["who", "value"], [["Ukraine", "1.00"], ["語言", "-12.50"], [ARABIC, ""]], numbers=["value"])
    assert capsys.readouterr().out == (
        f"who        value\n────────────────\nUkraine     1.00\n語言      -12.50\n{ARABIC}           \n"
    )


def test_elsewhere_nothing_of_a_table_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["quote"] * 150, [["word " * 50] * 150])
    assert "   ".join([("word " * 50).rstrip()] * 2) in capsys.readouterr().out.replace("word    ", "word   ")


def test_a_table_without_rows_has_its_heads(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["who", "what"], [])
    assert capsys.readouterr().out == "who   what\n──────────\n"


def test_on_a_terminal_long_cells_wrap_at_its_width_and_heads_are_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_table(["who", "what"], [["Ukraine", "is ready for talks in Minsk but not today"]])
    head, rule, first, second = terminal.shown.splitlines()
    assert head.split() == ["\x1b[1mwho", "\x1b[0m", "\x1b[1mwhat", "\x1b[0m"]
    assert rule == "─" * 40
    assert (first.split(), second.split()) == (
        ["Ukraine", *["is", "ready", "for", "talks", "in", "Minsk"]],
        ["but", "not", "today"],
    )


def test_each_cell_from_right_to_left_is_laid_out_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_table(["who", "what", "n"], [[ARABIC, f"{ARABIC} 12 {ARABIC}", "3"]])
    row = terminal.shown.splitlines()[-1]
    assert row == f"\u2068{ARABIC}\u2069   \u2068{ARABIC} 12 {ARABIC}\u2069   3"


def test_a_styled_line_keeps_the_order_of_a_script_from_right_to_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_styled(("a ", ""), (ARABIC, "bold reverse"), (f" {ARABIC} b", ""))
    assert terminal.shown == f"a \x1b[1;7m\u2068{ARABIC}\x1b[0m {ARABIC}\u2069 b\n"


def test_a_style_goes_on_over_the_end_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_styled(("before ", ""), ("a quote that is longer than one line is", "bold"), (" after", ""))
    first, second = terminal.shown.splitlines()
    assert first == "before \x1b[1ma quote that is longer than one\x1b[0m"
    assert second == "\x1b[1mline is\x1b[0m after"


def test_a_rule_crosses_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_rule("1 of 2")
    print_rule("")
    print_rule("title " * 8)
    assert terminal.shown.splitlines() == [
        "1 of 2 " + "─" * 33,
        " " + "─" * 39,
        "title title title title title title",
        "title title " + "─" * 28,
    ]


def test_a_line_wraps_at_the_width_of_wide_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_line("語" * 21)
    assert terminal.shown == "語" * 20 + "\n語\n"


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_without_styles_gets_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    terminal = terminal_with(monkeypatch, TERM=name)
    print_table(["who"], [["Ukraine"]])
    print_styled(("bold", "bold"))
    assert "\x1b" not in terminal.shown


def test_a_terminal_of_another_encoding_gets_no_marks_of_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch, encoding="cp1256")
    print_table(["who"], [[ARABIC]])
    print_styled((ARABIC, ""))
    print_line(ARABIC)
    assert terminal.shown.split()[-3:] == [ARABIC] * 3


@pytest.mark.parametrize("print_it", [lambda text: print_table([text], [[text]]), print_rule, print_line])
def test_what_others_wrote_commands_no_terminal(monkeypatch: pytest.MonkeyPatch, print_it: Any) -> None:
    terminal = terminal_with(monkeypatch)
    print_it(HOSTILE)
    for own in ("\x1b[1m", "\x1b[0m"):
        assert own not in HOSTILE
    assert not set("\x1b\x07\u202e") & set(terminal.shown.replace("\x1b[1m", "").replace("\x1b[0m", ""))


def test_a_styled_part_commands_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_with(monkeypatch)
    print_styled((HOSTILE, "bold"))
    assert terminal.shown.count("\x1b") == 2
