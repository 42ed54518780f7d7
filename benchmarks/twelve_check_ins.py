"""Twelve programs check in at the same moment, key by key, while a thirteenth runs the round on its screen.

Measured: the longest that any save of anybody waited, how soon the shared screen shows what was changed elsewhere, and
the longest the running clock stood between two frames. Yardsticks: one program that checks in alone, and twelve
programs that write the same drafts to one SQLite database (WAL, synchronous=FULL).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from benchmarks import books
from benchmarks.books import scratch
from benchmarks.figures import Plan, Row, seconds
from benchmarks.terminals import ROOT, environment, huddle, running_round
from benchmarks.yardsticks import connect
from huddle_tui.domain.team import Order, Person, Team
from huddle_tui.store.tiny import TinyBook

TITLE: Final = "Twelve check-ins at once"
PEOPLE: Final = 13


def team() -> Team:
    """Thirteen people with four numbers each."""
    few = books.team()
    people = tuple(Person(f"p{n}", f"Persoon {n}") for n in range(PEOPLE))
    numbers = few.kpis_of(few.people[0].id)
    kpis = tuple(replace(k, id=f"{p.id}-k{n}", owner=p.id) for p in people for n, k in enumerate(numbers))
    return replace(few, people=people, kpis=kpis, order=Order.LISTED)


class Program:
    """A program that waits for the word, then saves once for every key of a check-in, and tells its longest wait."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=environment(folder),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._line()

    def _line(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline()

    def go(self) -> None:
        """Says the word."""
        assert self._program.stdin is not None
        self._program.stdin.write("go\n")
        self._program.stdin.flush()

    @property
    def running(self) -> bool:
        """Whether it is not done yet."""
        return self._program.poll() is None

    def longest(self) -> float:
        """Seconds that its longest save took."""
        with self._program:
            return float(self._line())


def at_once(programs: list[Program]) -> list[Program]:
    """All of them at the same moment."""
    for program in programs:
        program.go()
    return programs


def check_ins(folder: Path, people: Sequence[Person]) -> list[Program]:
    """Checks all of them in at the same moment."""
    return at_once([Program(["tests.kit.at_once", "checkin", str(folder), p.id], folder) for p in people])


def renewed(folder: Path) -> tuple[Path, Sequence[Person]]:
    """The book with thirteen people and no check-ins, and the twelve who are to check in."""
    everybody = team()
    book = TinyBook(folder)
    book.change_team(lambda _: everybody)
    for person in everybody.people:
        for found in book.check_ins(person.id):
            book.change_check_in(person.id, found.huddle_day, lambda _: None)
    return folder, everybody.people[1:]


def alone(folder: Path) -> float:
    """The longest wait of one program that checks in alone."""
    (only,) = check_ins(folder, renewed(folder)[1][:1])
    return only.longest()


def gathered(folder: Path) -> tuple[float, float]:
    """The longest wait; then the seconds from a check-in that is taken back until the shared screen shows that."""
    folder, people = renewed(folder)
    with huddle(folder, "run") as screen:
        screen.until(b"Enter starts")
        programs = check_ins(folder, people)
        screen.until(b"12 of 13 checked in")
        longest = max(program.longest() for program in programs)
        book, last = TinyBook(folder), people[-1].id
        (found,) = book.check_ins(last)
        screen.drain(1)
        book.change_check_in(last, found.huddle_day, lambda _: None)
        saved = time.perf_counter()
        screen.until(b"11 of 13 checked in")
        return longest, time.perf_counter() - saved


def meanwhile(folder: Path) -> tuple[float, float]:
    """The longest wait, and the longest between two frames of a turn's clock meanwhile."""
    folder, people = renewed(folder)
    with running_round(folder) as screen:
        programs = check_ins(folder, people)
        frame, gap = time.perf_counter(), 0.0
        while any(program.running for program in programs):
            if screen.drain(0.02):
                gap, frame = max(gap, time.perf_counter() - frame), time.perf_counter()
        return max(program.longest() for program in programs), gap


def yardstick(folder: Path) -> float:
    """The longest wait of twelve programs that write to one SQLite database."""
    path = folder.parent / "drafts.db"
    with closing(connect(path)) as database:
        database.execute("CREATE TABLE IF NOT EXISTS draft (person TEXT PRIMARY KEY, document TEXT)")
    programs = [Program([__spec__.name, str(path), person.id], folder) for person in team().people[1:]]
    return max(program.longest() for program in at_once(programs))


def measure(plan: Plan) -> list[Row]:
    """The longest waits."""
    one: list[float] = []
    sqlite: list[float] = []
    longest: list[float] = []
    shown: list[float] = []
    gaps: list[float] = []
    with scratch(plan) as folders:
        for folder in folders:
            one.append(alone(folder) * 1000)
            sqlite.append(yardstick(folder) * 1000)
            (first, seen), (second, gap) = gathered(folder), meanwhile(folder)
            longest.append(max(first, second) * 1000)
            shown.append(seen * 1000)
            gaps.append(gap * 1000)
    return [
        Row("longest wait for a save", longest, "one program alone", one, most=1000),
        Row("longest wait for a save", longest, "twelve on SQLite, WAL and FULL", sqlite),
        Row("a change elsewhere to the shared screen", shown, most=500),
        Row("longest between two frames of the clock", gaps, most=1250),
    ]


def write_drafts(path: Path, person: str) -> None:
    """What one program of the yardstick does: as many drafts saved as a check-in of four numbers takes."""
    saves = sum(len(str(kpi.promise)) + 1 for kpi in team().kpis_of(person)) + 1
    with closing(connect(path)) as database:
        print("ready", flush=True)
        sys.stdin.readline()
        waits = []
        for n in range(saves):
            row = (person, "x" * 900 + str(n))

            def save(row: tuple[str, str] = row) -> None:
                with database:
                    database.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", row)

            waits.append(seconds(save))
        print(max(waits), flush=True)


if __name__ == "__main__":
    write_drafts(Path(sys.argv[1]), sys.argv[2])
