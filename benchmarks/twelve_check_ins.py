"""Twelve programs check in at the same moment, key by key, while a thirteenth runs the round on its screen.

Printed: the longest that any save of anybody waited, how soon after the last one the shared screen shows all twelve,
and the longest the running clock stood between two frames. The yardstick is one program that checks in alone.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import common

from huddle_tui.domain.team import Order, Person, Team
from huddle_tui.store.tiny import TinyBook

PEOPLE = 13


def team() -> Team:
    """Thirteen people with four numbers each."""
    few = common.team()
    people = tuple(Person(f"p{n}", f"Persoon {n}") for n in range(PEOPLE))
    numbers = few.kpis_of(few.people[0].id)
    kpis = tuple(replace(k, id=f"{p.id}-k{n}", owner=p.id) for p in people for n, k in enumerate(numbers))
    return replace(few, people=people, kpis=kpis, order=Order.LISTED)


class CheckIn:
    """A program that waits for the word and then checks somebody in, with a save at every key."""

    def __init__(self, folder: Path, person: str) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.activities.at_once", "checkin", str(folder), person], cwd=common.ROOT,
            env=common.environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
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
        return float(self._line())


def at_once(folder: Path, people: Iterable[str]) -> list[CheckIn]:
    """Checks all of them in at the same moment."""
    programs = [CheckIn(folder, person) for person in people]
    for program in programs:
        program.go()
    return programs


def run(*, started: bool) -> tuple[list[float], float, float]:
    """Everybody at once: the longest waits, the seconds until all are on the screen, the longest gap in its frames."""
    everybody = team()
    with common.scratch(0) as folder:
        TinyBook(folder).change_team(lambda _: everybody)
        env = common.environment(folder, HUDDLE_TODAY=common.TODAY.isoformat())
        screen = common.Pty([sys.executable, "-m", "huddle_tui", "run", "--lang", "en"], env)
        screen.until(b"Enter starts")
        if started:
            screen.answer("\r", b"Enter alone")
        programs = at_once(folder, (person.id for person in everybody.people[1:]))
        frame, gap, done, seen = time.perf_counter(), 0.0, 0.0, b""
        while started or b"12 of 13 checked in" not in seen:
            drawn = screen.drain(0.02)
            if drawn:
                gap, frame = max(gap, time.perf_counter() - frame), time.perf_counter()
                seen = (seen + drawn)[-100_000:]
            if not done and not any(program.running for program in programs):
                done = time.perf_counter()
            if (started and done) or (done and time.perf_counter() - done > 10):
                break
        shown = max(0.0, time.perf_counter() - done) if done else 0.0
        screen.kill()
        return [program.longest() for program in programs], shown, gap


def main() -> None:
    """Prints the longest waits."""
    common.heading("Twelve check-ins at once")
    with common.scratch(0) as folder:
        TinyBook(folder).change_team(lambda _: team())
        (only,) = at_once(folder, ["p1"])
        alone = only.longest()
    waits, shown, _ = run(started=False)
    others, _, gap = run(started=True)
    longest = max(waits + others) * 1000
    common.report(
        common.Line("longest wait for a save", longest, target=1000),
        common.Line("longest wait for a save", longest, "ms", "one program alone", alone * 1000),
        common.Line("last check-in on disk to shared screen", shown * 1000, target=500),
        common.Line("longest between two frames of the clock", gap * 1000, target=1250),
    )


if __name__ == "__main__":
    main()
