"""What is copied and saved of a huddle: the clipboard is only said to have it where it has it."""

from __future__ import annotations

from pathlib import Path

import pyperclip
import pytest

from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.terminal import clipboard
from tests.kit.looking import desk, past

LAST = past()[1][-1].day


class Board:
    """A clipboard that keeps what it is given, or says that it does and forgets it."""

    def __init__(self, *, forgets: bool = False) -> None:
        self.forgets = forgets
        self.text = "of before"

    def copy(self, text: str) -> None:
        self.text = self.text if self.forgets else text.replace("\n", "\r\n")

    def paste(self) -> str:
        return self.text


def here(monkeypatch: pytest.MonkeyPatch, board: Board) -> None:
    """That is the clipboard of the machine that one sits at."""
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    monkeypatch.setattr(pyperclip, "copy", board.copy)
    monkeypatch.setattr(pyperclip, "paste", board.paste)


def test_what_can_be_read_back_has_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, Board())
    assert clipboard.put("one\ntwo")
    here(monkeypatch, Board(forgets=True))
    assert not clipboard.put("one\ntwo")


def test_a_machine_without_a_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, Board())

    def none(_text: str) -> None:
        raise pyperclip.PyperclipException("no mechanism")

    monkeypatch.setattr(pyperclip, "copy", none)
    assert not clipboard.put("one")


def test_the_clipboard_of_a_machine_far_away_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board()
    here(monkeypatch, board)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    assert not clipboard.put("one")
    assert board.text == "of before"


@pytest.mark.parametrize("forgets", [False, True])
async def test_it_is_said_to_be_there_only_where_it_is(monkeypatch: pytest.MonkeyPatch, forgets: bool) -> None:
    board = Board(forgets=forgets)
    here(monkeypatch, board)
    async with desk(HuddleDetailScreen(LAST)) as at:
        await at.press("c")
        if forgets:
            assert at.app.clipboard.startswith("Huddle of ")
            assert "if it is not there, s saves it" in at.toasts
            assert "It is on the clipboard" not in at.toasts
        else:
            assert board.text.startswith("Huddle of ")
            assert at.toasts == "It is on the clipboard."
            assert at.app.clipboard == ""


@pytest.mark.parametrize(
    ("choose", "name", "begins"),
    [
        ([], "txt", "Huddle of "),
        (["down"], "md", "# Huddle of "),
        (["down", "down"], "html", "<!DOCTYPE html>"),
    ],
)
async def test_saved_as_text_markdown_or_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choose: list[str], name: str, begins: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(HuddleDetailScreen(LAST)) as at:
        await at.press("s", *choose, "enter")
        await at.until(lambda: "Saved as" in at.toasts)
        assert (tmp_path / f"huddle-{LAST}.{name}").read_text("utf-8").casefold().startswith(begins.casefold())
        await at.press("s", "escape")
        assert len(list(tmp_path.iterdir())) == 1


async def test_what_is_saved_replaces_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / f"huddle-{LAST}.txt"
    mine.write_text("mine", "utf-8")
    async with desk(HuddleDetailScreen(LAST)) as at:
        await at.press("s", "enter")
        await at.until(lambda: f"huddle-{LAST}-2.txt" in at.toasts)
    assert mine.read_text("utf-8") == "mine"


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with desk(HuddleDetailScreen(LAST)) as at:
        await at.press("s", "enter")
        await at.until(lambda: at.toasts)
        assert "Saved as" not in at.toasts
