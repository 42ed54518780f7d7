"""Programs without a screen, to be run all at once on one book: `at_once.py JOB BOOK PERSON`.

Job `checkin` types a whole check-in of PERSON, key by key, with a save at every key as fast as the disk takes them;
job `round` runs today's huddle: PERSON, who speaks first, goes on correcting a number until everybody else has
checked in, then everybody uncovers theirs. Each prints `ready`, waits for a line, does its job, and prints the seconds
that the longest save took.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.dates import parse_moment
from huddle_tui.domain.huddle import Asking, Turn
from huddle_tui.domain.round import Round
from huddle_tui.domain.team import Kpi, Team
from huddle_tui.store.tiny import TinyBook

ZONE = "Europe/Amsterdam"
MOMENT = "2026-11-23T09:07:00+01:00"


def number(team: Team, kpi: str) -> Decimal:
    """What is reported of that KPI: no two of the team are alike, and every promise is kept."""
    place = [k.id for k in team.kpis].index(kpi)
    found = team.kpis[place]
    return found.promise - Decimal(place) / 1000 if found.direction.value == "at most" else found.promise + place


class Stop:
    """How long this program waited for a save."""

    def __init__(self, time: Timepiece) -> None:
        self.time, self.longest = time, 0.0

    def __call__(self, save: Callable[[], object]) -> None:
        began = self.time.monotonic()
        save()
        self.longest = max(self.longest, self.time.monotonic() - began)


def check_in(book: TinyBook, person: str, time: Timepiece) -> float:
    """One person's numbers, a save at every key; gives back the longest wait."""
    form, stop = CheckingIn(book, time, person), Stop(time)
    for row in form.rows:
        typed = str(number(form.team, row.kpi.id)).replace(".", ",")
        for end in range(1, len(typed) + 1):
            form.type(row.kpi.id, typed[:end])
            stop(form.save)
        form.commit(row.kpi.id, typed)
        stop(form.save)
    form.commit("", f"stuck of {person}", Asking.STUCK)
    form.close()
    stop(form.save)
    return stop.longest


def run_round(book: TinyBook, person: str, time: Timepiece) -> float:
    """The huddle of everybody; gives back the longest wait."""
    hosting, stop = Hosting(book, time), Stop(time)
    if not hosting.claim():
        raise SystemExit("somebody else runs it")

    def do(step: Callable[[Round], Round]) -> None:
        hosting.do(step)
        stop(hosting.save)

    def correct(value: Decimal) -> None:
        hosting.do(lambda r: r.select(0, time.monotonic()))
        do(lambda r: r.say(value, time.monotonic()))

    def answer(turn: Turn, kpi: Kpi | None) -> None:
        now = time.monotonic()
        if turn.asking is Asking.STUCK or kpi is None:
            do(lambda r: r.stuck(turn.hidden.stuck if turn.hidden else "", now))
        elif turn.covered(kpi.id):
            do(lambda r: r.uncover(now))
        else:
            do(lambda r: r.say(number(r.team, kpi.id), now))

    do(lambda r: r.start(time.monotonic(), time.now()))
    hosting.do(lambda r: r.give(person, time.monotonic()))
    tries = 0
    while sum(c.closed for c in hosting.check_ins.values()) < len(hosting.round.huddle.turns) - 1:
        tries += 1
        correct(Decimal(1000 + tries))
        hosting.adopt(hosting.look())
    hosting.do(lambda r: r.select(0, time.monotonic()))
    while (turn := hosting.round.speaking) is not None:
        answer(turn, hosting.round.kpi_at_hand())
    do(lambda r: r.end(8, time.monotonic(), time.now()))
    hosting.release()
    return stop.longest


def main(job: str, folder: str, person: str) -> None:
    book, time = TinyBook(Path(folder)), Timepiece(ZONE, parse_moment(MOMENT, ZONE))
    print("ready", flush=True)
    sys.stdin.readline()
    longest = run_round(book, person, time) if job == "round" else check_in(book, person, time)
    print(longest, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
