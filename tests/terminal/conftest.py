"""A book, and terminals that are opened on it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import small_team
from tests.kit.terminal import Open, Terminal


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two people with four numbers each."""
    folder = tmp_path / "book"
    TinyBook(folder).change_team(lambda _: small_team("nl", people=2))
    return folder


@pytest.fixture
def opened(book: Path) -> Iterator[Open]:
    """Opens terminals on that book, and closes what still runs."""
    running: list[Terminal] = []

    def start(*arguments: str, **options: object) -> Terminal:
        running.append(Terminal(arguments, book, **options))  # type: ignore[arg-type]
        return running[-1]

    yield start
    for terminal in running:
        terminal.close()


@pytest.fixture
def tmux(book: Path) -> Iterator[list[str]]:
    """A tmux of its own, on a socket of the test."""
    found = shutil.which("tmux")
    if found is None:
        pytest.skip("tmux IS NOT INSTALLED: the program inside tmux is not tested on this machine")
    command = [found, "-S", str(book.parent / "tmux"), "-f", "/dev/null"]
    yield command
    subprocess.run([*command, "kill-server"], check=False, capture_output=True)
