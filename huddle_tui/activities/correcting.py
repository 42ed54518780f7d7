"""Correcting the past in the open: what, who and when stay visible, and every step can be undone (METHOD 8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import corrections, dates, numbers
from huddle_tui.domain.corrections import Mark
from huddle_tui.domain.huddle import Action, Huddle, Reading, Stage
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.text import FREE, PERSON_NAME, checked
from huddle_tui.i18n import locale
from huddle_tui.store.port import Book


class Correcting:
    """The corrections of one program, the last one first to be undone. Every method blocks on the book."""

    def __init__(self, book: Book, time: Timepiece) -> None:
        self.book = book
        self.time = time
        self.by = ""
        """The name of who corrects; nothing is corrected without."""
        self._steps: list[Callable[[], object]] = []

    def name(self, by: str) -> None:
        """Who corrects from now on."""
        self.by = checked(by, PERSON_NAME, N_("who corrects this")).strip()
        if not self.by:
            raise HuddleError(N_("A correction needs a name: who corrects this?"))

    def number(self, day: date, person: str, kpi: str, typed: str, why: str = "") -> None:
        """Another number for what was said; nothing typed is *not measured*. Raises NotANumber."""
        unit = self._said(day, person, kpi).unit
        actual = numbers.parse(typed, locale(), unit)
        self._change(day, lambda h: corrections.number(h, person, kpi, actual, self._mark(why)))

    def reason(self, day: date, person: str, kpi: str, chosen: int | None) -> None:
        """Another reason, 1 to 9; None is none given."""
        if chosen is not None and not 1 <= chosen <= 9:
            raise HuddleError(N_("A reason is a number from 1 to 9, or empty."))
        self._change(day, lambda h: corrections.reason(h, person, kpi, chosen, self._mark()))

    def note(self, day: date, person: str, kpi: str, typed: str) -> None:
        """Another plan; empty is none."""
        text = checked(typed, FREE, N_("the plan")).strip()
        self._change(day, lambda h: corrections.note(h, person, kpi, text, self._mark()))

    def stuck(self, day: date, person: str, words: str, typed: str) -> None:
        """Other words for what somebody was stuck on."""
        text = checked(typed, FREE, N_("what you are stuck on")).strip()
        self._change(day, lambda h: corrections.stuck(h, person, words, text, self._mark()))

    def action(self, day: date, id: str, who: str, what: str, by: str) -> None:
        """Another who, what or by when of an action; the day as people type it."""
        person, text = (
            checked(who, PERSON_NAME, N_("who does it")).strip(),
            checked(what, FREE, N_("this text")).strip(),
        )
        agreed = self._agreed(day, id)
        due = agreed.by if agreed.by and by == agreed.by.isoformat() else dates.parse_due(by, day, locale())
        self._change(day, lambda h: corrections.action(h, id, person, text, due, self._mark()))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def undo(self) -> None:
        """Takes the last correction back, its trail included: it was none."""
        if not self._steps:
            raise HuddleError(N_("There is nothing to undo."))
        self._steps[-1]()
        self._steps.pop()

    # Inside

    def _mark(self, why: str = "") -> Mark:
        if not self.by:
            raise HuddleError(N_("A correction needs a name: who corrects this?"))
        return Mark(self.by, self.time.now(), checked(why, FREE, N_("the reason of a correction")).strip())

    def _change(self, day: date, change: Callable[[Huddle], Huddle]) -> None:
        before: Huddle | None = None

        def corrected(huddle: Huddle | None) -> Huddle:
            nonlocal before
            before = _closed(huddle, day)
            return change(before)

        after = self.book.change_huddle(day, corrected)
        was = before
        if was is None or after == was:
            return
        self._steps.append(
            lambda: self.book.change_huddle(day, lambda h: corrections.put_back(_closed(h, day), was, after))
        )

    def _said(self, day: date, person: str, kpi: str) -> Reading:
        turn = _closed(self.book.huddle(day), day).turn(person)
        reading = turn.reading(kpi) if turn else None
        if reading is None:
            raise HuddleError(N_("That number was not said in this huddle."))
        return reading

    def _agreed(self, day: date, id: str) -> Action:
        found = next((one for one in _closed(self.book.huddle(day), day).actions if one.id == id), None)
        if found is None:
            raise HuddleError(N_("That action is not in this huddle any more."))
        return found


def _closed(huddle: Huddle | None, day: date) -> Huddle:
    if huddle is None:
        raise HuddleError(N_("There is no huddle of {day} in this book."), day=day)
    if huddle.stage is not Stage.ENDED:
        raise HuddleError(
            N_("The huddle of {day} is not closed yet: what was said is corrected in the round."), day=day
        )
    return huddle
