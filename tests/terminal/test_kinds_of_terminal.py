"""Terminals of every kind: few colours or none, another encoding, tmux, one cell; and what no keyboard sends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.terminal import Open, Terminal, begun, leave, until_said

pytestmark = pytest.mark.terminal


# Colours


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        {"NO_COLOR": "1"},
        {"TERM": "linux", "NO_COLOR": "1"},
        {"TERM": "vt100"},
    ],
    ids=str,
)
def test_a_red_flag_is_seen(opened: Open, environment: dict[str, str]) -> None:
    """By its word, its sign and its ground: a colour, or reverse video where there is none."""
    terminal = begun(opened, environment=environment)
    terminal.type("3\r")
    terminal.wait_for("⚑")
    without = "NO_COLOR" in environment
    end = time.monotonic() + 20
    while flagged(terminal, reversed_too=without) <= 80:  # the flag owns the whole width
        assert terminal.read(0.05)
        assert time.monotonic() < end, terminal.text()
    terminal.type("8\r")
    terminal.wait_for("⚑ RED")
    assert leave(terminal) == 0
    assert not terminal.changed_modes()


def flagged(terminal: Terminal, *, reversed_too: bool) -> int:
    """How many cells beside a flag have a ground of their own; in reverse it is the letters' colour around."""
    screen = terminal.screen
    around = screen.buffer[0][0].bg
    rows = [row for row in range(screen.lines) if "⚑" in screen.display[row]]
    cells = [screen.buffer[row][column] for row in rows for column in range(screen.columns)]
    return len([cell for cell in cells if cell.bg != around and (not reversed_too or cell.fg == around)])


@pytest.mark.parametrize("name", ["nonsense-256color", "", "unknown"])
def test_a_terminal_that_nobody_knows_is_refused_in_one_sentence(opened: Open, name: str) -> None:
    terminal = opened("--lang", "en", environment={"TERM": name})
    assert terminal.wait_for_end() == 1
    assert terminal.text().count("cannot be drawn in") == 1
    assert not terminal.changed_modes()


# Encodings


@pytest.fixture
def zoe(tmp_path: Path) -> Path:
    """A book of somebody whose name is no ASCII, with a huddle."""
    folder = tmp_path / "book"
    team = small_team("nl", people=1)
    store = TinyBook(folder)
    store.change_team(lambda _: replace(team, people=(replace(team.people[0], name="Zoë"),)))
    return folder


ENCODINGS = [
    {"LANG": "C"},
    {"LC_ALL": "POSIX"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("environment", ENCODINGS, ids=str)
def test_the_screen_is_drawn_whatever_the_encoding(zoe: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(["run", "--lang", "en"], zoe, environment=environment)
    try:
        terminal.wait_for("Enter starts")
        assert "Zoë" in terminal.text()
        terminal.type("\r8\r")
        terminal.wait_for("✔ green")
        assert "█" in terminal.text()
        assert leave(terminal) == 0
        assert not terminal.changed_modes()
    finally:
        terminal.close()


@pytest.mark.parametrize("environment", ENCODINGS, ids=str)
def test_data_is_utf8_and_talk_never_stops_a_command(zoe: Path, environment: dict[str, str]) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        env = {"PATH": "/usr/bin:/bin", "HOME": str(zoe.parent), "HUDDLE_DATA": str(zoe), **environment}
        return subprocess.run(
            [sys.executable, "-m", "huddle_tui", *arguments, "--lang", "nl"],
            env=env, capture_output=True, timeout=60, check=False,
        )  # fmt: skip

    assert b"Zo\xc3\xab" in run("export", "team").stdout
    assert json.loads(run("coach", "--format", "json").stdout.decode("utf-8"))
    for arguments in (("coach",), ("keys",), ("paths",), ("--help",), ("doctor",)):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"log" not in done.stderr


# What no keyboard sends


def test_a_huge_paste_is_no_end(opened: Open, book: Path) -> None:
    terminal = begun(opened)
    terminal.send(b"\x1b[200~" + b"9" * 1_000_000 + b"\n" * 1000 + b"\x1b[201~")
    terminal.type("\r")
    terminal.wait_for("★ Klachten opgelost")
    terminal.type("\x01\x0b8\r")
    until_said(terminal, book, ["8"])
    assert leave(terminal) == 0
    assert not terminal.changed_modes()


def test_every_byte_there_is(opened: Open, book: Path) -> None:
    """Over and over, as from a file sent down the line: it lives, and the terminal is restored."""
    terminal = begun(opened)
    without = bytes(byte for byte in range(256) if byte not in b"\x1b\x11\x0d\x0aq")  # no escape, no quit, no Enter
    terminal.send(without * 10)
    terminal.signal(15)
    assert terminal.wait_for_end(120) == 128 + 15
    assert not terminal.changed_modes()
    assert TinyBook(book).huddle(MONDAY) is not None


def test_one_cell_is_enough_to_start_in(opened: Open, book: Path) -> None:
    terminal = opened("run", "--lang", "en", size=(1, 1))
    while b"\x1b[?1049h" not in terminal.raw:
        assert terminal.read(20)
    drawn = -1
    while drawn != len(terminal.raw):  # until the round is there: in one cell only that it comes to rest says so
        drawn = len(terminal.raw)
        terminal.read(1.5)
    terminal.type("\r8\r")
    until_said(terminal, book, ["8"])
    terminal.resize(110, 34)
    terminal.wait_for("✔ green")
    assert leave(terminal) == 0
    assert not terminal.changed_modes()


# tmux


def test_inside_tmux(tmux: list[str], book: Path) -> None:
    def tell(*words: str) -> str:
        return subprocess.run([*tmux, *words], check=True, capture_output=True, text=True, timeout=60).stdout

    def wait_for(text: str) -> None:
        end = time.monotonic() + 20
        while text not in (shown := tell("capture-pane", "-p", "-t", "t")):
            assert time.monotonic() < end, f"never showed {text!r}; it shows:\n{shown}"

    env = {"HUDDLE_DATA": str(book), "HUDDLE_TODAY": "2026-11-23", "HOME": str(book.parent), "LANG": "C.UTF-8"}
    variables = [part for name, value in env.items() for part in ("-e", f"{name}={value}")]
    shell = [*tmux, "-u", "new-session", "-d", "-s", "t", "-x", "110", "-y", "34", *variables, "env PS1='$ ' sh"]
    subprocess.run(shell, check=True, timeout=60, env={"PATH": os.environ["PATH"], **env})
    tell("send-keys", "-t", "t", f"{sys.executable} -m huddle_tui run --lang en; echo ended with $?", "Enter")
    wait_for("Enter starts")
    tell("send-keys", "-t", "t", "Enter", "8", "Enter")
    wait_for("✔ green")
    tell("send-keys", "-t", "t", "2", "Enter", "C-q")
    wait_for("Stay")
    tell("send-keys", "-t", "t", "Right", "Enter")
    wait_for("ended with 0")
    shown = tell("display-message", "-p", "-t", "t", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}")
    assert shown.split() == ["0", "1", "0"]
    huddle = TinyBook(book).huddle(MONDAY)
    assert huddle is not None
    assert [str(reading.actual) for reading in huddle.readings] == ["8", "2"]
