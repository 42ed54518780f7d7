"""A running huddle beside the one on disk: what may be shown as said, what others marked in it, what is not there.

One that was not closed and whose day is over is closed by the next program that begins one (METHOD 8).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from huddle_tui.activities.settling import settle
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, Stage, TurnState
from huddle_tui.domain.open_ends import End, closed_on, marked
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.stucks import solved
from huddle_tui.domain.team import Team
from huddle_tui.domain.turns import clocks
from huddle_tui.i18n import locale
from huddle_tui.store.port import Book
from huddle_tui.words import amount


def frozen(huddle: Huddle, now: float) -> Huddle:
    """The huddle as it is stored: its clocks stand still at what they showed at `now`."""
    turns = tuple(replace(t, watch=t.watch.stop(now)) if t.watch.running else t for t in huddle.turns)
    return replace(huddle, watch=huddle.watch.stop(now), turns=turns)


def still(huddle: Huddle) -> Huddle:
    """The huddle without what runs by itself, to compare what was said."""
    blank = type(huddle.watch)()
    turns = tuple(replace(solved(t, None), watch=blank) for t in huddle.turns)
    actions = tuple(replace(a, done_on=None) for a in huddle.actions)
    return replace(huddle, watch=blank, turns=turns, actions=actions, draft="", host=None, saved_at=None)


def merged(ours: Huddle, stored: Huddle | None, base: Huddle | None) -> Huddle:
    """Ours, with what others marked done or solved in the stored huddle; what was marked here since `base` stays."""
    if stored is None:
        return ours
    for end, on in _marks_of(stored).items():
        if on != closed_on(ours, end) == closed_on(base, end):
            ours = marked(ours, end, on)
    return ours


def _marks_of(huddle: Huddle) -> dict[End, date | None]:
    """Every stuck and action of a huddle, with the day on which it was marked."""
    stucks = {End(huddle.day, turn.person, s.text): s.solved_on for turn in huddle.turns for s in turn.stucks}
    return stucks | {End(huddle.day, action=action.id): action.done_on for action in huddle.actions}


def begun(huddle: Huddle | None) -> Huddle | None:
    """That huddle, where its first turn has begun; one that was only opened holds nothing."""
    return huddle if huddle is not None and huddle.stage is not Stage.OPENING else None


def unwritten(running: Huddle, stored: Huddle | None) -> Iterator[Sentence]:
    """A sentence for every number, stuck, action and subject of `running` that `stored` does not hold."""
    for turn in running.turns:
        there = stored.turn(turn.person) if stored is not None else None
        for reading in turn.readings:
            if reading.actual is not None and (there is None or reading not in there.readings):
                said = amount(reading.actual, reading.unit, locale(), reading.decimals)
                template = N_("Not on disk: {name} said {value} for “{kpi}”.")
                yield Sentence(template, {"name": turn.name, "value": said, "kpi": reading.name})
        for stuck in turn.stucks:
            if there is None or stuck not in there.stucks:
                yield Sentence(N_("Not on disk: {name} is stuck on “{what}”."), {"name": turn.name, "what": stuck.text})
    for action in running.actions:
        if stored is None or action not in stored.actions:
            yield Sentence(N_("Not on disk: {name} will do “{what}”."), {"name": action.who, "what": action.what})
    for subject in running.offline:
        if stored is None or subject not in stored.offline:
            yield Sentence(N_("Not on disk: “{what}” to talk about afterwards."), {"what": subject.what})


# Left unclosed

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
