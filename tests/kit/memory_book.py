"""A book in memory, with the contract of `store.port.Book` and handles for what can go wrong with a real one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Team
from huddle_tui.store.care.strays import ConflictCopy
from huddle_tui.store.port import Book, Held


@dataclass
class _Pages:
    """What is in the book; shared by every program that has it open."""

    team: Team | None = None
    huddles: dict[date, Huddle] = field(default_factory=dict)
    check_ins: dict[tuple[str, date], CheckIn] = field(default_factory=dict)
    holders: dict[str, MemoryHeld] = field(default_factory=dict)
    bin: list[Huddle] = field(default_factory=list)
    saves: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)


class MemoryHeld(Held):
    """A claim on a name of a book in memory."""

    def __init__(self, holders: dict[str, MemoryHeld], name: str) -> None:
        self._holders, self._name = holders, name
        holders[name] = self

    def release(self) -> None:
        """Gives the claim up; a second time does nothing."""
        if self._holders.get(self._name) is self:
            del self._holders[self._name]


class MemoryBook(Book):
    """A book that lives as long as the test.

    `fail_with`: while set, every save raises it and changes nothing. `before_save`: called under the book's lock
    after the change was made and before it stands; let it wait for an event and the disk is slow. `notices`: what
    `take_notices` hands out next. `saves`: how many changes stand.
    """

    def __init__(
        self, team: Team | None = None, huddles: Iterable[Huddle] = (), *, _pages: _Pages | None = None
    ) -> None:
        self._pages = _pages or _Pages(team, {h.day: _still(h) for h in huddles})
        self.fail_with: HuddleError | None = None
        self.before_save: Callable[[], None] | None = None
        self.notices: list[Sentence] = []
        self.incomplete = False
        self._seen = self._pages.saves

    def beside(self) -> MemoryBook:
        """The same book as another program has it open."""
        return MemoryBook(_pages=self._pages)

    def copy(self) -> MemoryBook:
        """Another book with the same content."""
        pages = self._pages
        return MemoryBook(_pages=_Pages(pages.team, dict(pages.huddles), dict(pages.check_ins)))

    @property
    def saves(self) -> int:
        """How many changes stand, by whichever program."""
        return self._pages.saves

    def exists(self) -> bool:
        return self._pages.team is not None

    def team(self) -> Team:
        self._require()
        assert self._pages.team is not None
        return self._pages.team

    def change_team(self, change: Callable[[Team | None], Team]) -> Team:
        with self._pages.lock:
            changed = change(self._pages.team)
            if changed != self._pages.team:
                self._save()
            self._pages.team = changed
            return changed

    def _require(self) -> None:
        if not self.exists():
            raise HuddleError("There is no team's book in memory.")

    def days(self) -> list[date]:
        return sorted(self._pages.huddles)

    def huddle(self, day: date) -> Huddle | None:
        return self._pages.huddles.get(day)

    def huddles(self, days: Iterable[date]) -> Iterator[Huddle]:
        for day in days:
            if found := self.huddle(day):
                yield found

    def change_huddle(self, day: date, change: Callable[[Huddle | None], Huddle]) -> Huddle:
        self._require()
        with self._pages.lock:
            changed = change(self._pages.huddles.get(day))
            if changed.day != day:
                raise ValueError(f"a huddle of {changed.day} cannot be stored as that of {day}")
            if changed != self._pages.huddles.get(day):
                self._save()
            self._pages.huddles[day] = _still(changed)
            return changed

    def discard_huddle(self, day: date) -> None:
        with self._pages.lock:
            if f"host-{day}" in self._pages.holders:
                raise HuddleError("It is being held.")
            if day not in self._pages.huddles:
                raise HuddleError("There is no huddle of that day.")
            self._save()
            self._pages.bin.append(self._pages.huddles.pop(day))

    def discarded(self) -> list[date]:
        return sorted({huddle.day for huddle in self._pages.bin}, reverse=True)

    def restore_huddle(self, day: date) -> None:
        with self._pages.lock:
            kept = [huddle for huddle in self._pages.bin if huddle.day == day]
            if not kept or day in self._pages.huddles:
                raise HuddleError("It cannot be brought back.")
            self._save()
            self._pages.bin.remove(kept[-1])
            self._pages.huddles[day] = kept[-1]

    def summaries(self) -> list[Summary]:
        return [summarise(huddle) for huddle in self.huddles(self.days())]

    def check_ins(self, person: str) -> list[CheckIn]:
        with self._pages.lock:
            mine = [check_in for (who, _), check_in in self._pages.check_ins.items() if who == person]
        return sorted(mine, key=lambda check_in: check_in.huddle_day)

    def checked_in(self) -> list[str]:
        return sorted({person for person, _ in self._pages.check_ins})

    def change_check_in(self, person: str, day: date, change: Callable[[CheckIn | None], CheckIn | None]) -> None:
        self._require()
        with self._pages.lock:
            stored = self._pages.check_ins.get((person, day))
            changed = change(stored)
            if changed is not None and (changed.person, changed.huddle_day) != (person, day):
                raise ValueError(f"a check-in of {changed.person} for {changed.huddle_day} is not {person}'s for {day}")
            if changed == stored:
                return
            self._save()
            if changed is None:
                del self._pages.check_ins[person, day]
            else:
                self._pages.check_ins[person, day] = changed

    def conflicts(self) -> list[ConflictCopy]:
        return []

    def take_in(self, conflict: ConflictCopy, at: datetime, by: str) -> None:
        raise HuddleError("There is no copy to take in.")

    def hold(self, name: str) -> MemoryHeld | None:
        self._require()
        with self._pages.lock:
            return None if name in self._pages.holders else MemoryHeld(self._pages.holders, name)

    def changed(self) -> bool:
        before, self._seen = self._seen, self._pages.saves
        return before != self._seen

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)
        return True

    def take_notices(self) -> list[Sentence]:
        taken, self.notices = self.notices, []
        return taken

    def _save(self) -> None:
        """Called before a change stands: here it is slow, or fails."""
        if self.before_save is not None:
            self.before_save()
        if self.fail_with is not None:
            raise self.fail_with
        self._pages.saves += 1


def _still(huddle: Huddle) -> Huddle:
    """As a huddle is read back: its clocks stand still."""
    turns = tuple(replace(t, watch=Stopwatch(t.watch.used)) for t in huddle.turns)
    return replace(huddle, watch=Stopwatch(huddle.watch.used), turns=turns)
