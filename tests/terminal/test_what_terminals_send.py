"""Replies, keypads, a pane without focus, the place of the cursor: what real terminals send and want."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.terminal import Open, Terminal, begun, leave, until_said

pytestmark = pytest.mark.terminal

REPLIES = (
    b"\x1b[?62;4;22c\x1b[>41;388;0c\x1bP!|00000000\x1b\\\x1bP>|XTerm(388) d x run \x1b\\"
    b"\x1b]11;rgb:1e1e/2020/2b2b\x1b\\\x1b]10;rgb:ffff/ffff/ffff\x07\x1b]52;c;aHVkZGxl\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?1u\x1b[0n\x1b[8;34;110t"
)
"""What a terminal answers to this program, or to the one before it."""


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Terminal]:
    """A round of one person in an English book, at the first number."""
    folder = tmp_path / "english"
    TinyBook(folder).change_team(lambda _: small_team("en", people=1))
    terminal = Terminal(["run", "--lang", "en"], folder)
    terminal.wait_for("Enter starts")
    terminal.type("\r")
    terminal.wait_for("Enter alone")
    yield terminal
    terminal.close()


@pytest.mark.parametrize(
    "replies",
    [b"\x1b]11;rgb:1e1e/2020/2b2b\x1b\\", b"\x1bP>|a terminal of a very long name, tmux r t d x\x1b\\", REPLIES],
    ids=["colour", "name", "all"],
)
def test_replies_on_home_change_nothing(opened: Open, book: Path, replies: bytes) -> None:
    """One of XTVERSION removed a person, one of OSC 11 started a huddle."""
    before = TinyBook(book).team()
    terminal = opened("--lang", "en")
    terminal.wait_for("Run huddle")
    terminal.send(replies)
    for byte in replies:
        terminal.send(bytes([byte]))
    terminal.type("q")
    assert terminal.wait_for_end() == 0
    assert b"Enter starts" not in terminal.raw
    assert TinyBook(book).team() == before
    assert TinyBook(book).huddle(MONDAY) is None


def test_replies_in_a_number_are_none_of_it(opened: Open, book: Path) -> None:
    terminal = begun(opened)
    terminal.send(b"1" + REPLIES + b"2" + REPLIES + b"\r")
    until_said(terminal, book, ["12"])
    assert leave(terminal) == 0


@pytest.mark.parametrize(
    ("keys", "number"),
    [((57400, 57401, 57409, 57404), "12.5"), ((57412, 57403), "-4"), ((57400, 57416, 57399, 57399, 57399), "1000")],
)
def test_a_number_on_the_keypad_is_that_number(
    english: Terminal, tmp_path: Path, keys: tuple[int, ...], number: str
) -> None:
    """12.5 was stored as 125 and -4 as 4, both green."""
    for key in (*keys, 57414, 57414):  # again: 1000 is asked about
        english.type(f"\x1b[{key};129u")
    end = time.monotonic() + 20
    while (huddle := TinyBook(tmp_path / "english").huddle(MONDAY)) is None or not huddle.readings:
        assert english.read(0.05)
        assert time.monotonic() < end
    assert str(huddle.readings[0].actual) == number


def unfocused(opened: Open, *arguments: str) -> Terminal:
    """A terminal whose window is not in front, and says so as soon as it is asked to."""
    terminal = opened(*arguments, "--lang", "en")
    while b"\x1b[?1004h" not in terminal.raw:
        assert terminal.read(5)
    terminal.send(b"\x1b[O")
    return terminal


def test_keys_are_for_a_round_that_began_without_focus(opened: Open, book: Path) -> None:
    terminal = unfocused(opened, "run")
    terminal.wait_for("Enter starts")
    terminal.type("\r8\r")
    until_said(terminal, book, ["8"])
    terminal.send(b"\x1b[O")
    terminal.type("2\r")
    until_said(terminal, book, ["8", "2"])
    assert leave(terminal) == 0


def test_keys_are_for_a_check_in_that_began_without_focus(opened: Open, book: Path) -> None:
    terminal = unfocused(opened, "checkin", "--as", "Sanne")
    terminal.wait_for("Klachten opgelost")
    terminal.type("8\r")
    terminal.wait_for("1 of 4")


def test_keys_are_for_a_round_in_a_detached_tmux(tmux: list[str], book: Path) -> None:
    def tell(*words: str) -> str:
        return subprocess.run([*tmux, *words], check=True, capture_output=True, text=True, timeout=60).stdout

    env = {"HUDDLE_DATA": str(book), "HUDDLE_TODAY": "2026-11-23", "HOME": str(book.parent), "LANG": "C.UTF-8"}
    program = f"{sys.executable} -m huddle_tui run --lang en"
    start = [*tmux, "-u", "start-server", ";", "set", "-g", "focus-events", "on", ";"]
    start += ["new-session", "-d", "-s", "t", "-x", "110", "-y", "34", program]
    subprocess.run(start, check=True, timeout=60, env={"PATH": os.environ["PATH"], **env})
    end = time.monotonic() + 20
    while "Enter starts" not in tell("capture-pane", "-p", "-t", "t"):
        assert time.monotonic() < end
    tell("send-keys", "-t", "t", "Enter", "8", "Enter")
    while (huddle := TinyBook(book).huddle(MONDAY)) is None or not huddle.readings:
        assert time.monotonic() < end, tell("capture-pane", "-p", "-t", "t")
    assert str(huddle.readings[0].actual) == "8"


def test_the_cursor_of_the_terminal_stands_on_the_field(opened: Open) -> None:
    """Where an input method composes: from the moment the field has the focus, and not only once something is typed."""

    def stands_on(text: str) -> bool:
        cursor = terminal.screen.cursor
        row = terminal.text().splitlines()[cursor.y :][:1]  # a moment after a resize it is below
        return bool(row) and row[0][: cursor.x].rstrip().endswith(text)

    terminal = begun(opened)
    end = time.monotonic() + 20
    while not stands_on("Klachten opgelost"):
        assert terminal.read(0.05)
        assert time.monotonic() < end, (terminal.screen.cursor.y, terminal.screen.cursor.x, terminal.text())
    terminal.type("12")
    while not stands_on("12"):
        assert terminal.read(0.05)
        assert time.monotonic() < end
    terminal.resize(90, 30)
    while not (stands_on("12") and terminal.screen.cursor.y > 20):
        assert terminal.read(0.05)
        assert time.monotonic() < end


def test_what_is_pasted_is_text_whatever_is_in_it(opened: Open, book: Path) -> None:
    """A byte that is no text, and an escape, which Textual's own types."""
    terminal = begun(opened, "8", "2", "25", "12500")
    terminal.wait_for("stuck")
    terminal.send(b"\x1b[200~printer \xff\x1b[31mkapot\x1b[A\x1b\x1b]11;rgb:" + b"0" * 40 + b"\x1b[201~\r")
    end = time.monotonic() + 20
    while not (huddle := TinyBook(book).huddle(MONDAY)) or not huddle.turns[0].stuck:
        assert terminal.read(0.05)
        assert time.monotonic() < end, terminal.text()
    assert huddle.turns[0].stuck.startswith("printer �[31mkapot[A]11;rgb:000")
    assert leave(terminal) == 0
