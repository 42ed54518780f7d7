"""A book copied from one place to another says the same there; a book that is there is never copied over."""

from __future__ import annotations

from pathlib import Path

import pytest

from huddle_tui.activities.copying import copy
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import random_book


def test_everything_comes_along(tmp_path: Path) -> None:
    team, past = random_book(3, huddles=12)
    source, target = MemoryBook(team, past), TinyBook(tmp_path / "copy", durable=False)
    draft = CheckIn(team.people[0].id, MONDAY, stuck="nothing yet")
    source.change_check_in(draft.person, MONDAY, lambda _: draft)
    assert copy(source, target) == len(past)
    assert target.team() == source.team()
    assert target.days() == source.days()
    back = MemoryBook()
    copy(target, back)
    assert back.check_ins(draft.person) == [draft]
    assert list(back.huddles(back.days())) == list(target.huddles(target.days()))


def test_a_book_that_is_there_is_left_as_it_is() -> None:
    source, target = MemoryBook(small_team()), MemoryBook(small_team())
    with pytest.raises(HuddleError, match="already"):
        copy(source, target)
    assert target.saves == 0


def test_a_huddle_that_cannot_be_read_is_no_whole_copy(tmp_path: Path) -> None:
    team, past = random_book(1, huddles=3)
    source = TinyBook(tmp_path / "book", durable=False)
    copy(MemoryBook(team, past), source)
    for file in (tmp_path / "book").rglob(f"{past[1].day}.json"):
        file.write_text("{", "utf-8")
    with pytest.raises(HuddleError, match=str(past[1].day)):
        copy(source, TinyBook(tmp_path / "copy", durable=False))
