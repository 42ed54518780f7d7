"""What a huddle recalls of the ones before it."""

from __future__ import annotations

from datetime import timedelta

from huddle_tui.activities.hosting import Hosting
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook


def held(book: MemoryBook, day_before: int, stuck: str = "") -> None:
    """A huddle so many days before Monday, with Sanne stuck on something."""
    time = FakeTime(MONDAY - timedelta(days=day_before))
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(time.seconds, time.now()))
    hosting.do(lambda r: r.stuck(stuck, time.seconds))
    for _person in range(2):
        hosting.do(lambda r: r.next(time.seconds))
    hosting.do(lambda r: r.end(None, time.seconds, time.now()))
    hosting.save()


def test_the_age_of_a_stuck_is_counted_in_huddles_that_were_held() -> None:
    book = MemoryBook(small_team())
    held(book, 5, "printer")
    held(book, 4)
    opened_only = Hosting(book, FakeTime(MONDAY - timedelta(days=3)))
    opened_only.save()
    (found,) = Hosting(book, FakeTime()).open_ends().stucks
    assert (found.said.text, found.age, found.since) == ("printer", 3, MONDAY - timedelta(days=5))
