"""`huddle checkin --plain`: no word is broken at the edge, and who pipes is refused in the words of the team."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.cli.output import wrapped
from huddle_tui.store.tiny import TinyBook
from tests.cli.conftest import Run
from tests.kit.fakes import small_team

LONG = "Waarom, 1 tot en met 9, of meteen het plan? 1 te veel beloofd · 2 wachten op een collega · 3 ander werk "


def test_words_are_not_broken_at_the_edge_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((40, 24)))
    assert wrapped(LONG) == LONG, "where no terminal shows it, a sentence is one line"
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    lines = wrapped(LONG).split("\n")
    assert max(map(len, lines)) <= 40
    assert len(lines) > 2
    assert " ".join(lines) == LONG
    command = "`cp '/Users/anna/Application Support/huddle/team.json' 'back up'`"
    assert command in wrapped(f"It is kept. To bring it back: {command} does it."), "a command is there to be copied"
    assert wrapped("  ✔ 8: groen") == "  ✔ 8: groen"
    assert wrapped("a\n\n" + "b" * 60) == "a\n\n" + "b" * 60, "lines of their own and long paths stay"


def test_who_pipes_is_refused_in_the_language_of_the_team(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    TinyBook(home / "book").change_team(lambda _: replace(small_team(), locale="nl"))
    status, given, told = run("--data", str(home / "book"), "checkin", "--as", "Sanne", "--plain")
    assert (status, given) == (1, "")
    assert "Een check-in typ je zelf" in told
