"""What a huddle needs to know of the ones before it, read once when it is opened (METHOD 7, 8 and 11).

Of it the misses whose reason was not known yet: they are asked about again at that person's next turn, and the answer
is kept in the huddle of the miss.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import msgspec

from huddle_tui.activities.settling import UNSETTLED
from huddle_tui.domain import corrections, dates
from huddle_tui.domain.corrections import Mark
from huddle_tui.domain.history import Said, page
from huddle_tui.domain.huddle import Asking, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.outlook import since
from huddle_tui.domain.reasons import NOT_KNOWN
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Counting, Team
from huddle_tui.domain.turns import begun
from huddle_tui.i18n import locale
from huddle_tui.store.port import Book

TREND = 13
"""How many past readings of each number are kept at hand for its trend."""


class Memory(msgspec.Struct, frozen=True):
    """What the round recalls of the huddles before it."""

    trends: Mapping[str, tuple[Reading, ...]]
    """Per KPI its last readings, oldest first."""
    reported: Mapping[str, date]
    """Per slow KPI the newest day it was reported for."""
    owed: Mapping[str, tuple[Said, ...]]
    """Per person the misses of their last turn of which it was not known yet why."""
    spoke: Mapping[str, tuple[date, Turn]]
    """Per person that turn, with the day of its huddle."""
    last: tuple[Huddle, ...]
    """The last few huddles, newest first: a program may not have lived to record what they promised anew."""


def recall(book: Book, team: Team, day: date) -> Memory:
    """What the huddles before `day` say: trends from the last few, slow numbers as far back as their period asks."""
    trends: dict[str, tuple[Reading, ...]] = {}
    reported: dict[str, date] = {}
    owed: dict[str, tuple[Said, ...]] = {}
    spoke: dict[str, tuple[date, Turn]] = {}
    reporting = team.reporting_day(day)
    slow = {k.id: team.calendar.completed(k.period, reporting) for k in team.kpis if k.period.slow and not k.retired_on}
    oldest = min(slow.values(), default=day)
    before = [d for d in book.days() if d < day]
    needed = [d for n, d in enumerate(reversed(before)) if n < TREND or d > oldest]
    last: list[Huddle] = []
    for huddle in book.huddles(needed):
        if len(last) < UNSETTLED:
            last.append(huddle)
        for turn in huddle.turns:
            if turn.person not in owed and turn.state is not TurnState.ABSENT and begun(turn):
                unknown = (reading for reading in turn.readings if reading.reason == NOT_KNOWN)
                owed[turn.person] = tuple(Said(huddle.day, turn.person, False, reading) for reading in unknown)
                spoke[turn.person] = huddle.day, turn
        for reading in huddle.readings:
            seen = trends.get(reading.kpi, ())
            if len(seen) < TREND:
                trends[reading.kpi] = (reading, *seen)
            if reading.kpi in slow and reading.actual is not None:
                reported[reading.kpi] = max(reading.day, reported.get(reading.kpi, reading.day))
    return Memory(trends, reported, owed, spoke, tuple(last))


def totals_before(book: Book, team: Team, person: str, day: date) -> dict[str, list[Said]]:
    """Per running total of that person what was said before `day` that its chance is made of, oldest first."""
    kpis = [kpi for kpi in team.kpis_of(person) if kpi.counting is Counting.RUNNING_TOTAL]
    said: dict[str, list[Said]] = {kpi.id: [] for kpi in kpis}
    first = min((since(kpi.period, team.reporting_day(day), team.calendar) for kpi in kpis), default=day)
    for huddle in book.huddles(d for d in book.days() if first <= d < day):
        for one in page(huddle).said:
            if one.reading.kpi in said:
                said[one.reading.kpi].append(one)
    return said


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
    """What one huddle asks about again. Answers wait in memory until `save` puts them on disk, off the event loop."""

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
