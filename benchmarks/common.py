"""What all benchmarks share: books with up to ten years of history, fair comparisons, and a pseudo terminal.

Every figure is printed beside a yardstick that was measured in the same run, in turns, so that a busy machine slows
both. What counts is the ratio.
"""

from __future__ import annotations

import os
import select
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from huddle_tui import __version__  # noqa: E402 (after the path)
from huddle_tui.domain.clock import Stopwatch  # noqa: E402
from huddle_tui.domain.huddle import Action, Huddle, Reading, Turn, TurnState  # noqa: E402
from huddle_tui.domain.judging import Direction  # noqa: E402
from huddle_tui.domain.team import Kpi, Person, Team  # noqa: E402
from huddle_tui.store import codec  # noqa: E402
from huddle_tui.store.sealed import pack  # noqa: E402
from huddle_tui.store.tiny import TinyBook  # noqa: E402

TODAY = date(2026, 11, 23)
YEAR = 250
"""Huddles in a year."""
HISTORIES = (0, YEAR, 10 * YEAR)
"""Huddles behind a book: none, a year, ten years. With 40 readings each, ten years are 100,000."""
_BOOKS = Path(__file__).parent / ".books"
_NAMES = ("Sanne", "José", "Fatima", "Bram", "Zoë", "Joris", "Meike", "Wouter", "Aylin", "Koen")
_WORDS = ("wacht op de leverancier", "geen testomgeving", "offerte ligt bij de klant", "twee zieken in het team")


# Books


def team() -> Team:
    """Ten people with four numbers each."""
    people = tuple(Person(f"p{n}", name, "Directeur Enthousiaste Klanten") for n, name in enumerate(_NAMES))
    kpis = tuple(
        Kpi(
            f"{person.id}-k{n}", name, person.id, Decimal(promise), unit=unit, most_important=n == 0,
            direction=Direction.AT_MOST if n == 1 else Direction.AT_LEAST,
        )
        for person in people
        for n, (name, promise, unit) in enumerate(
            (("Klachten naar tevredenheid opgelost", 8, ""), ("Klachten langer dan een dag open", 2, ""),
             ("Telefoontjes binnen drie keer opgenomen", 95, "%"), ("Gefactureerd", 12500, "€"))
        )
    )  # fmt: skip
    return Team("Voorbeeld Software", "nl", people=people, kpis=kpis)


def huddle(team: Team, day: date, random: Random) -> Huddle:
    """A huddle in which everybody read out everything."""
    about = team.reporting_day(day)
    turns = []
    for person in team.people:
        readings = []
        for kpi in team.kpis_of(person.id):
            stick = team.yardstick(kpi, about)
            actual = (kpi.promise * Decimal(random.randrange(70, 125)) / 100).quantize(Decimal("0.1"))
            note = random.choice(_WORDS) if random.random() < 0.1 else ""
            readings.append(Reading(kpi.id, kpi.name, about, actual, stick, stick.judge(actual), note=note))
        stuck = random.choice(_WORDS) if random.random() < 0.2 else ""
        turns.append(
            Turn(
                person.id, person.name, TurnState.DONE, Stopwatch(random.uniform(30, 80)), readings=tuple(readings),
                stuck=stuck, stuck_solved_on=day + timedelta(days=random.randrange(1, 6)) if stuck else None,
            )
        )  # fmt: skip
    start = datetime(day.year, day.month, day.day, 8, 7, tzinfo=UTC)
    agreed = Action("belt", "Bram", "belt de leverancier", day + timedelta(days=2), day + timedelta(days=1))
    return Huddle(
        day, team.name, started_at=start, ended_at=start + timedelta(minutes=9), watch=Stopwatch(540.0),
        turns=tuple(turns), actions=(agreed,) if random.random() < 0.4 else (), temperature=random.randrange(5, 10),
    )  # fmt: skip


def book(huddles: int) -> Path:
    """A book with so many huddles behind it, the last one on the working day before today; made once, then kept."""
    folder = _BOOKS / f"{__version__}-{huddles}"
    if folder.is_dir():
        return folder
    print(f"making a book with {huddles} huddles …", file=sys.stderr)
    half = folder.with_name(f"{folder.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    members, random, day = team(), Random(huddles), TODAY
    TinyBook(half, durable=False).change_team(lambda _: members)
    for _ in range(huddles):
        day = members.calendar.before(day)
        name = f"huddles/{day.year}/{day}"
        data = pack(codec.write_huddle(huddle(members, day, random), {}), name)
        for base in (half, half / ".huddle" / "twins"):
            path = base / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    TinyBook(half).change_team(lambda stored: replace(stored or members, time_box=660))  # and with it the twin
    TinyBook(half).summaries()  # the index, as a book has it that was opened before
    half.rename(folder)
    return folder


@contextmanager
def scratch(huddles: int) -> Iterator[Path]:
    """A copy of such a book that may be written to, on the disk of this checkout."""
    original = book(huddles)
    with TemporaryDirectory(dir=_BOOKS) as folder:
        copy = Path(shutil.copytree(original, Path(folder) / "book"))
        TinyBook(copy).summaries()  # the index knows files by their inode
        yield copy


# Comparing


def seconds(job: Callable[[], object]) -> float:
    """How long it takes, once."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def alternate(rounds: int, **jobs: Callable[[], float]) -> dict[str, list[float]]:
    """Each job's figure per round; in each round every job has its turn, so that all see the same machine."""
    figures: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()  # warm: files in the cache, bytecode written
    for _ in range(rounds):
        for name, job in jobs.items():
            figures[name].append(job())
    return figures


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its yardstick."""

    what: str
    """What was measured."""
    figure: float
    """The figure."""
    unit: str = "ms"
    """Of the figure and the yardstick."""
    yardstick: str = ""
    """What it is held against; empty where the target is a plain number."""
    standard: float = 0.0
    """The yardstick's figure."""
    target: float | None = None
    """The most that the ratio (or, without a yardstick, the figure) may be; None where none is set."""


def heading(title: str) -> None:
    """The name of a benchmark, and what it ran on."""
    machine = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"\n{title}  ({machine})")


def report(*lines: Line) -> None:
    """Prints figures, yardsticks, ratios and whether the target is met."""
    for line in lines:
        against, share = "", line.figure
        if line.yardstick:
            share = line.figure / line.standard
            against = f"{line.yardstick} {line.standard:.2f} {line.unit}   {share:.2f}×"
        goal = "" if line.target is None else f"target {line.target:g}{'×' if line.yardstick else ''}"
        verdict = "" if line.target is None else "met" if share <= line.target else "MISSED"
        print(f"  {line.what:<46} {line.figure:9.2f} {line.unit:<4} {against:<44} {goal:<14} {verdict}".rstrip())


def ms(figures: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return statistics.median(figures) * 1000


def percentile(figures: Sequence[float], share: float) -> float:
    """The value that this share of the figures does not pass."""
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


# A terminal


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a program is run with: nothing of the machine's own settings."""
    home = folder.parent / "home"
    return {
        "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
        "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home), "PYTHONPATH": str(ROOT),
        "HUDDLE_DATA": str(folder), **more,
    }  # fmt: skip


class Pty:
    """A program in a pseudo terminal of 110×34."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), dict(env))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 34, 110, 0, 0))

    def until(self, *marks: bytes, limit: float = 30.0) -> float:
        """Seconds from the start until all these bytes were drawn."""
        seen, left = b"", list(marks)
        while left:
            if not select.select([self.fd], [], [], limit)[0]:
                raise SystemExit(f"never drew {left}; it drew {seen[-2000:]!r}")
            seen += os.read(self.fd, 65536)
            left = [mark for mark in left if mark not in seen]
        return time.perf_counter() - self.started

    def answer(self, keys: str, mark: bytes, limit: float = 30.0) -> float:
        """Types, and gives the seconds until these bytes were drawn in answer."""
        self.drain(0)
        start, seen = time.perf_counter(), b""
        self.send(keys)
        while mark not in seen:
            if not select.select([self.fd], [], [], limit)[0]:
                raise SystemExit(f"never drew {mark!r}; it drew {seen[-2000:]!r}")
            seen += os.read(self.fd, 65536)
        return time.perf_counter() - start

    def drain(self, seconds: float) -> bytes:
        """Takes in what is drawn for so long."""
        seen, end = b"", time.perf_counter() + seconds
        while select.select([self.fd], [], [], max(0.0, end - time.perf_counter()))[0]:
            seen += os.read(self.fd, 65536)
        return seen

    def send(self, text: str) -> None:
        """Types."""
        os.write(self.fd, text.encode())

    def kill(self) -> None:
        """Ends it at once."""
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
