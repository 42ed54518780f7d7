"""Commands that run in a home of their own, on a Monday morning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huddle_tui import cli

Run = Callable[..., tuple[int, str, str]]
"""Runs a command; gives back its exit status, what it gave and what it told."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account that never used the program, in a folder where nothing lies."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "HUDDLE_DATA", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("HUDDLE_TODAY", "2026-11-23")
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in that account."""

    def command(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(list(arguments))
        given, told = capsys.readouterr()
        return status, given, told

    return command
