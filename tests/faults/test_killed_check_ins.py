"""kill -9 of a check-in at a random moment: what was typed more than half a second before is there."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.promises import sound, whole
from tests.kit.terminal import Terminal

pytestmark = pytest.mark.terminal

FIELDS = ("8,123456", "0,5001234", "25,1234", "12500,12", "printer-kapot-op-de-derde-verdieping-en-niemand-komt")
"""What is typed in the fields, in order: four numbers that keep their promises and no field is a part of another."""
MARGIN = 0.5
"""What a kill may cost, seconds."""


@dataclass
class Typed:
    """What came from the keyboard, with when."""

    keys: list[tuple[float, str]]

    def before(self, moment: float) -> str:
        """What was typed before `moment`, Enter left out."""
        return "".join(key for at, key in self.keys if at < moment and key != "\r")

    def entered(self, moment: float) -> int:
        """How often Enter was pressed before `moment`."""
        return sum(key == "\r" for at, key in self.keys if at < moment)


@contextmanager
def check_in(book: Path) -> Iterator[Terminal]:
    """Sanne's check-in on that book, with nothing typed yet."""
    terminal = Terminal(["checkin", "--as", "Sanne", "--lang", "en"], book, size=(80, 24))
    try:
        terminal.wait_for("Enter alone: not measured")
        yield terminal
    finally:
        terminal.close()


def kill_at_random(book: Path, dice: random.Random) -> tuple[Typed, float]:
    """Opens the check-in, types on and kills it; what was typed, and when it was killed."""
    typed = Typed([])
    with check_in(book) as terminal:
        end = time.monotonic() + dice.uniform(0.3, 2.2)
        for key in "\r".join(FIELDS):
            if time.monotonic() >= end:
                break
            terminal.type(key)
            typed.keys.append((time.monotonic(), key))
            read_until(terminal, min(end, time.monotonic() + dice.uniform(0.01, 0.1)))
        read_until(terminal, end)
        killed = time.monotonic()
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_for_end() == -signal.SIGKILL
    return typed, killed


def read_until(terminal: Terminal, moment: float) -> None:
    """Takes in what is drawn until that moment."""
    while (left := moment - time.monotonic()) > 0:
        terminal.read(left)


def test_what_was_typed_half_a_second_before_a_kill_is_there(tmp_path: Path, full: bool) -> None:
    dice = random.Random(20261123)
    something = 0
    for run in range(200 if full else 5):
        folder = tmp_path / str(run) / "book"
        TinyBook(folder).change_team(lambda _: small_team("nl", people=1))
        typed, killed = kill_at_random(folder, dice)
        book = TinyBook(folder)
        drafts = book.check_ins("sanne")
        kept = "".join([*(e.typed for e in drafts[0].entries), drafts[0].stuck]) if drafts else ""
        answered = drafts[0].answered if drafts else 0
        assert kept.startswith(typed.before(killed - MARGIN))
        assert typed.before(killed).startswith(kept)
        assert typed.entered(killed - MARGIN) <= answered <= typed.entered(killed)
        whole(folder, {})
        sound(folder)
        assert TinyBook(folder).check_ins("sanne") == drafts
        something += bool(kept)
    assert something, "the kills all came before anything was typed"


def test_after_a_kill_the_form_opens_with_what_was_typed(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    TinyBook(folder).change_team(lambda _: small_team("nl", people=1))
    with check_in(folder) as terminal:
        terminal.type("8\r1")
        terminal.wait_for("→ 1")
        terminal.wait_for("✔ saved")
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
    (draft,) = TinyBook(folder).check_ins("sanne")
    assert (draft.huddle_day, [e.typed for e in draft.entries]) == (MONDAY, ["8", "1"])
    again = Terminal(["checkin", "--lang", "en"], folder, size=(80, 24))
    try:
        again.wait_for("→ 1")
        again.wait_for("you are Sanne")
    finally:
        again.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_costs_nothing_at_all(tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "book"
    TinyBook(folder).change_team(lambda _: small_team("nl", people=1))
    with check_in(folder) as terminal:
        terminal.type("8\r1234")
        terminal.wait_for("→ 1.234")
        terminal.signal(number)
        assert terminal.wait_for_end() == 128 + number
    (draft,) = TinyBook(folder).check_ins("sanne")
    assert [e.typed for e in draft.entries] == ["8", "1234"]
