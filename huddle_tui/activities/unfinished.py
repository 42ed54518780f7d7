"""A huddle that was not closed and whose day is over: closed by the next program that begins one (METHOD 8)."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from huddle_tui.activities.settling import settle
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, Stage, TurnState
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.team import Team
from huddle_tui.domain.turns import clocks
from huddle_tui.store.port import Book

_LEFT = {Stage.TURNS, Stage.CLOSING}
"""The stages of a huddle that began and was not closed."""

_LOOK_BACK = 10
"""So many huddles back one that was left is looked for: every later one has closed those before it."""


def unfinished(book: Book, today: date) -> list[Huddle]:
    """The huddles before `today` that began and were not closed, oldest first."""
    days = [day for day in book.days() if day < today][-_LOOK_BACK:]
    return [huddle for huddle in book.huddles(days) if huddle.stage in _LEFT]


def close_unfinished(book: Book, today: date, locale: str) -> Iterator[Sentence]:
    """Closes them with the time of their last save, and says so; one that a program runs to this day is left alone."""
    for huddle in unfinished(book, today):
        told = close(book, huddle.day, locale)
        if told is not None:
            yield told


def close(book: Book, day: date, locale: str) -> Sentence | None:
    """Closes the huddle of `day`, and says with which time; None where a program runs it to this day or closed it."""
    claim = book.hold(f"host-{day}")
    if claim is None:
        return None
    with claim:
        left, team = book.huddle(day), book.team().as_of(day)
        if left is None or left.stage not in _LEFT:
            return None
        closed = book.change_huddle(day, lambda stored: _closed_late(stored or left, team))
        settle(book, [closed])
    return Sentence(
        N_("The huddle of {day} had not been closed. It is now, with the time of its last save: {time}."),
        {
            "day": dates.show_day(day, locale, "dddd D MMMM"),
            "time": closed.ended_at.strftime("%H:%M") if closed.ended_at else "",
        },
    )


def _closed_late(huddle: Huddle, team: Team) -> Huddle:
    """Closed with the time of its last save; where an older program did not write it, its start and the time it used.

    Who was cut off had their say.
    """
    assert huddle.started_at is not None
    at = huddle.saved_at or huddle.started_at + timedelta(seconds=huddle.watch.used)
    turns = tuple(
        replace(turn, state=TurnState.DONE if turn.readings or turn.stucks else TurnState.SKIPPED)
        if turn.state is TurnState.SPEAKING
        else turn
        for turn in huddle.turns
    )
    closing = Round(clocks(replace(huddle, turns=turns), 0.0, running=False), team)
    return closing.end(huddle.temperature, 0.0, at).huddle
