"""A book copied from one place to another says the same there; a book that is there is never copied over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.activities.books import copy
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.text import NAME
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import random_book


def test_everything_comes_along(tmp_path: Path) -> None:
    team, past = random_book(3, huddles=12)
    source, target = MemoryBook(team, past), TinyBook(tmp_path / "copy", durable=False)
    draft = CheckIn(team.people[0].id, MONDAY, stuck="nothing yet")
    source.change_check_in(draft.person, MONDAY, lambda _: draft)
    unknown = CheckIn("gone", MONDAY, stuck="of somebody whom the team does not know")
    source.change_check_in(unknown.person, MONDAY, lambda _: unknown)
    assert copy(source, target) == len(past)
    assert target.team() == source.team()
    assert target.days() == source.days()
    back = MemoryBook()
    copy(target, back)
    assert back.check_ins(draft.person) == [draft]
    assert back.check_ins("gone") == [unknown]
    assert list(back.huddles(back.days())) == list(target.huddles(target.days()))


def test_a_book_that_is_there_is_left_as_it_is() -> None:
    source, target = MemoryBook(small_team()), MemoryBook(small_team())
    with pytest.raises(HuddleError, match="already"):
        copy(source, target)
    assert target.saves == 0


@pytest.mark.parametrize("place", ["book/sub", "book/huddles/a/b", ".", "link/sub"])
def test_no_copy_lies_inside_its_book_nor_around_it(tmp_path: Path, place: str) -> None:
    source, target = TinyBook(tmp_path / "book", durable=False), TinyBook(tmp_path / place, durable=False)
    copy(MemoryBook(small_team()), source)
    (tmp_path / "link").symlink_to(tmp_path / "book")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(HuddleError, match="inside the other"):
        copy(source, target)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_huddle_that_cannot_be_read_is_no_whole_copy(tmp_path: Path) -> None:
    team, past = random_book(1, huddles=3)
    source = TinyBook(tmp_path / "book", durable=False)
    copy(MemoryBook(team, past), source)
    for file in (tmp_path / "book").rglob(f"{past[1].day}.json"):
        file.write_text("{", "utf-8")
    with pytest.raises(HuddleError, match=str(past[1].day)):
        copy(source, TinyBook(tmp_path / "copy", durable=False))


class Killed(BaseException):
    """Nothing of the program runs after it."""


def dying(save: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    """It, for as often as is left; then the program is killed."""

    def change(*given: object) -> object:
        if next(left, None) is None:
            raise Killed
        return save(*given)

    return change


@pytest.mark.parametrize("in_files", [True, False])
def test_a_copy_that_is_killed_at_any_step_is_called_unfinished(tmp_path: Path, in_files: bool) -> None:
    team, past = random_book(1, huddles=3)
    source = MemoryBook(team, past)
    draft = CheckIn(team.people[0].id, MONDAY, stuck="nothing yet")
    source.change_check_in(draft.person, MONDAY, lambda _: draft)
    steps = 1 + 1 + len(past) + 1
    for last in range(steps + 1):
        target = TinyBook(tmp_path / f"copy {last}", durable=False) if in_files else MemoryBook()
        with pytest.MonkeyPatch.context() as patched:
            left = iter(range(last))
            for name in ("change_team", "change_check_in", "change_huddle"):
                patched.setattr(target, name, dying(getattr(target, name), left))
            with pytest.raises(Killed) if last < steps else nullcontext():
                copy(source, target)
        if last == 0:
            assert not target.exists()
        elif last < steps:
            assert target.team().name == f"Onvoltooide kopie van {team.name}"
            with pytest.raises(HuddleError, match="was cut off: remove it and copy again"):
                copy(source, target)
        else:
            assert target.team() == source.team()


def test_the_longest_name_leaves_room_for_that_it_is_unfinished(tmp_path: Path) -> None:
    source, target = MemoryBook(replace(small_team(), name="n" * NAME)), TinyBook(tmp_path / "copy", durable=False)
    copy(source, target)
    assert target.team() == source.team()
