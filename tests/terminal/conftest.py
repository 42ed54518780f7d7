"""A book, and terminals that are opened on it."""

from __future__ import annotations

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
