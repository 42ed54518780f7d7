"""Start, a whole round, resize, closed windows, kills and exit status, in a real terminal."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.kit.terminal import Open, run, said

pytestmark = pytest.mark.terminal


def test_start_and_quit(opened: Open) -> None:
    terminal = opened("--lang", "en")
    terminal.wait_for("Run huddle")
    terminal.type("q")
    assert terminal.wait_for_end() == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_a_whole_round_is_exported_exactly(opened: Open, book: Path) -> None:
    terminal = opened("run", "--lang", "en")
    terminal.wait_for("Enter starts")
    terminal.type("\r")
    terminal.wait_for("Klachten opgelost")
    terminal.type("8\r2\r25\r12.500\r\r")
    terminal.type("7\r\r3\r\r\r12,5\r\r\r-\rprinter kapot\r")
    terminal.wait_for("Team temperature")
    terminal.type("8\r")
    terminal.wait_for("Enter goes home")
    terminal.type("\r")
    terminal.wait_for("See today's recap")
    terminal.type("q")
    assert terminal.wait_for_end() == 0
    (huddle,) = json.loads(run(book, "export", "--format", "json").stdout)
    assert huddle["temperature"] == 8
    assert [[r["actual"], r["status"], r["promise"]] for t in huddle["turns"] for r in t["readings"]] == [
        ["8", "green", "8"],
        ["2", "green", "2"],
        ["25", "green", "25"],
        ["12500", "green", "12500"],
        ["7", "yellow", "8"],
        ["3", "red", "2"],
        ["12.5", "red", "25"],
        [None, "not measured", "12500"],
    ]
    assert huddle["turns"][1]["stuck"] == "printer kapot"


def test_resize_keeps_what_is_typed(opened: Open) -> None:
    terminal = opened("run", "--lang", "en", size=(80, 24))
    terminal.wait_for("Enter starts")
    terminal.type("\r12")
    terminal.wait_for("→ 12")
    terminal.resize(40, 10)
    terminal.wait_for("huddle needs")
    terminal.resize(120, 40)
    terminal.wait_for("→ 12")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was_and_everything_said_on_disk(
    opened: Open, book: Path, number: signal.Signals
) -> None:
    terminal = opened("run", "--lang", "en")
    terminal.wait_for("Enter starts")
    terminal.type("\r8\r2")
    terminal.wait_for("green")
    terminal.signal(number)
    assert terminal.wait_for_end() == 128 + number
    assert b"\x1b[?1049l" in terminal.raw
    assert said(book) == ["8"]
    again = opened("run", "--lang", "en")
    again.wait_for("Paused at")
    again.type("\r")
    again.wait_for("→ 2")


def test_a_closed_window_loses_nothing(opened: Open, book: Path) -> None:
    terminal = opened("run", "--lang", "en")
    terminal.wait_for("Enter starts")
    terminal.type("\r8\r")
    terminal.wait_for("green")
    terminal.hang_up()
    assert said(book) == ["8"]


def test_killed_and_started_again_it_goes_on_at_the_same_person_and_number(opened: Open, book: Path) -> None:
    terminal = opened("run", "--lang", "en")
    terminal.wait_for("Enter starts")
    terminal.type("\r8\r2\r")
    terminal.wait_for("green")
    terminal.signal(signal.SIGKILL)
    terminal.wait_for_end()
    shown = terminal.text().count("✔ green")
    assert len(said(book)) >= shown >= 1
    again = opened("run", "--lang", "en")
    again.wait_for("Paused at")
    again.type("\r")
    again.wait_for("Bezoeken")
    again.type("25\r")
    again.wait_for("Gefactureerd")
    assert said(book)[0] == "8"


@pytest.mark.parametrize("arguments", [(), ("run",), ("checkin",), ("review",), ("team",), ("demo",)])
def test_without_a_terminal_it_says_so_in_one_sentence(book: Path, arguments: tuple[str, ...]) -> None:
    done = run(book, *arguments, "--lang", "en")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "terminal" in done.stderr


def test_a_dumb_terminal_is_refused_in_one_sentence(opened: Open) -> None:
    terminal = opened("run", "--lang", "en", environment={"TERM": "dumb"})
    assert terminal.wait_for_end() == 1
    assert "TERM=dumb" in terminal.text()


def test_invalid_bytes_do_not_end_the_program(opened: Open) -> None:
    terminal = opened("run", "--lang", "en")
    terminal.wait_for("Enter starts")
    terminal.type("\r")
    terminal.wait_for("Klachten opgelost")
    terminal.send(b"\xff\xfe8\r")
    terminal.wait_for("is not a number")
    terminal.type("\x11")
    terminal.wait_for("Stay")
    terminal.type("\x1b[C\r")
    assert terminal.wait_for_end() == 0
