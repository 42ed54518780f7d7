"""Correcting the past in the open: what, who and when stay visible, and every step can be undone (METHOD 8)."""

from collections.abc import Callable
from datetime import date

from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import corrections, dates, numbers
from huddle_tui.domain.corrections import Mark, Overtaken
from huddle_tui.domain.huddle import Huddle, Stage
from huddle_tui.domain.reasons import of_digit
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.text import FREE, PERSON_NAME, checked
from huddle_tui.i18n import locale
from huddle_tui.store.port import Book


def reason_of(typed: str) -> int | None:
    """The reason that was typed as its number, 1 to 9; nothing typed is none."""
    reason = of_digit(typed)
    if typed and reason is None:
        raise HuddleError(N_("A reason is a number from 1 to 9, or empty."))
    return reason


class Correcting:
    """The corrections of one program, the last one first to be undone. Every method blocks on the book.

    Each correction is one change of the book and one step to undo, or none: it gives back whether anything changed.
    """

    def __init__(self, book: Book, time: Timepiece) -> None:
        self.book = book
        self.time = time
        self.by = ""
        """The name of who corrects; nothing is corrected without."""
        self._steps: list[Callable[[], object]] = []

    def name(self, by: str) -> None:
        """Who corrects from now on."""
        self.by = checked(by, PERSON_NAME, N_("who corrects this"))
        if not self.by:
            raise HuddleError(N_("A correction needs a name: who corrects this?"))

    def number(
        self,
        day: date,
        person: str,
        kpi: str,
        typed: str | None = None,
        why: str = "",
        *,
        reason: str | None = None,
        note: str | None = None,
    ) -> bool:
        """Another number, reason or plan for what was said, as typed; None leaves it. Raises NotANumber.

        Nothing typed is *not measured*, no reason given, or no plan.
        """
        mark = self._mark(why)
        wanted: dict[str, object] = {} if reason is None else {"reason": reason_of(reason)}
        if note is not None:
            wanted["note"] = checked(note, FREE, N_("the plan"))

        def change(huddle: Huddle) -> Huddle:
            said = corrections.said(huddle, person, kpi)
            actual = {} if typed is None else {"actual": numbers.parse(typed, locale(), said.unit)}
            return corrections.number(huddle, person, kpi, mark, **actual, **wanted)

        return self._change(day, change)

    def stuck(self, day: date, person: str, words: str, typed: str) -> bool:
        """Other words for what somebody was stuck on."""
        text = checked(typed, FREE, N_("what you are stuck on"))
        return self._change(day, lambda h: corrections.stuck(h, person, words, text, self._mark()))

    def action(self, day: date, id: str, who: str, what: str, by: str) -> bool:
        """Another who, what or by when of an action; the day as people type it."""
        person, text = checked(who, PERSON_NAME, N_("who does it")), checked(what, FREE, N_("this text"))

        def change(huddle: Huddle) -> Huddle:
            stood = corrections.agreed(huddle, id).by
            due = stood if stood and by == stood.isoformat() else dates.parse_due(by, day)
            return corrections.action(huddle, id, person, text, due, self._mark())

        return self._change(day, change)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def undo(self) -> None:
        """Takes the last correction back, its trail included: it was none.

        Raises Overtaken where it never can be; where the book cannot be written it can be tried again.
        """
        if not self._steps:
            raise HuddleError(N_("There is nothing to undo."))
        step = self._steps.pop()
        try:
            step()
        except HuddleError as error:
            if not isinstance(error, Overtaken):
                self._steps.append(step)
            raise

    # Inside

    def _mark(self, why: str = "") -> Mark:
        if not self.by:
            raise HuddleError(N_("A correction needs a name: who corrects this?"))
        return Mark(self.by, self.time.now(), checked(why, FREE, N_("the reason of a correction")))

    def _change(self, day: date, change: Callable[[Huddle], Huddle]) -> bool:
        before: Huddle | None = None

        def corrected(huddle: Huddle | None) -> Huddle:
            nonlocal before
            before = _closed(huddle, day)
            return change(before)

        after = self.book.change_huddle(day, corrected)
        was = before
        if was is None or after == was:
            return False
        self._steps.append(
            lambda: self.book.change_huddle(day, lambda h: corrections.put_back(_closed(h, day), was, after))
        )
        return True


def _closed(huddle: Huddle | None, day: date) -> Huddle:
    if huddle is None:
        raise HuddleError(N_("There is no huddle of {day} in this book."), day=day)
    if huddle.stage is not Stage.ENDED:
        text = N_("The huddle of {day} is not closed yet: what was said is corrected in the round.")
        raise HuddleError(text, day=day)
    return huddle
