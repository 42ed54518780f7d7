"""Reasons that were not known yet, asked again at the next turn and kept in the huddle of the miss (METHOD 11)."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from huddle_tui.domain import corrections, dates
from huddle_tui.domain.corrections import Mark
from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Asking, Huddle, Turn
from huddle_tui.domain.reasons import NOT_KNOWN
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.i18n import locale
from huddle_tui.store.port import Book


class _Answer(msgspec.Struct, eq=False):
    """A reason that was given, with the huddle before and after it was put there."""

    said: Said
    reason: int
    mark: Mark
    before: Huddle | None = None
    after: Huddle | None = None

    def put(self, huddle: Huddle | None) -> Huddle:
        """The huddle with the reason; put there once, it stands there."""
        there = _there(huddle, self.said)
        changed = corrections.number(there, self.said.person, self.said.reading.kpi, self.mark, reason=self.reason)
        if changed != there:
            self.before, self.after = there, changed
        return changed


class _Gone(HuddleError):
    """The miss that a reason was given for is not in the book any more."""


class Owing:
    """The queue of one huddle. Answers wait in memory until `save` puts them on disk, off the event loop."""

    def __init__(self, book: Book, owed: Mapping[str, tuple[Said, ...]]) -> None:
        self._book = book
        self._owed = dict(owed)
        self._unwritten: list[_Answer] = []

    @property
    def unsaved(self) -> bool:
        """Whether an answer is not on disk yet."""
        return bool(self._unwritten)

    def asked(self, turn: Turn) -> Said | None:
        """The miss that is asked about before the first number of that turn, if any."""
        owed = self._owed.get(turn.person, ())
        begins = not turn.readings and (turn.asking is Asking.NUMBER or not turn.agenda)
        return owed[0] if owed and begins else None

    def answer(self, said: Said, reason: int | None, mark: Mark) -> Callable[[], None]:
        """Takes the answer; *don't know yet* leaves the miss as it is. Gives back what takes it back (it blocks)."""
        asked = self._owed[said.person]
        self._owed[said.person] = tuple(one for one in asked if one is not said)
        answer = _Answer(said, reason or NOT_KNOWN, mark)
        if answer.reason != NOT_KNOWN:
            self._unwritten.append(answer)

        def back() -> None:
            self._owed[said.person] = asked
            if answer in self._unwritten:
                self._unwritten.remove(answer)
            elif (before := answer.before) and (after := answer.after):
                self._book.change_huddle(
                    said.huddle, lambda now: corrections.put_back(_there(now, said), before, after)
                )

        return back

    def save(self) -> Iterator[Sentence]:
        """Puts the answers on disk, one by one; blocks. Says which of them came too late. Raises HuddleError."""
        while self._unwritten:
            answer = self._unwritten[0]
            try:
                self._book.change_huddle(answer.said.huddle, answer.put)
            except _Gone as gone:
                yield gone.sentence
            self._unwritten.remove(answer)


def _there(huddle: Huddle | None, said: Said) -> Huddle:
    """That huddle, with the miss still in it."""
    turn = huddle.turn(said.person) if huddle else None
    reading = turn.reading(said.reading.kpi) if turn else None
    if huddle is None or reading is None or not reading.status.missed:
        day = dates.show_day(said.huddle, locale(), "dddd D MMMM")
        text = N_("{kpi} was not missed any more in the huddle of {day}, so the reason was not kept.")
        raise _Gone(text, kpi=said.reading.name, day=day)
    return huddle
