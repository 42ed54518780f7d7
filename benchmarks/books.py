"""Books with up to ten years of history: ten people with four numbers each. Made once, then kept in `.books`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from filecmp import dircmp
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final, cast

from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from benchmarks.figures import Plan
from huddle_tui import __version__
from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Kpi, Person, Team
from huddle_tui.store.disk.durable import replace as replace_file
from huddle_tui.store.disk.reading import BookFile
from huddle_tui.store.schema.documents import write_huddle
from huddle_tui.store.schema.sealed import pack
from huddle_tui.store.schema.versions import SCHEMA, Tables
from huddle_tui.store.tiny import TinyBook

TODAY: Final = date(2026, 11, 23)
_BOOKS: Final = Path(__file__).parent / ".books"
_NAMES: Final = ("Sanne", "José", "Fatima", "Bram", "Zoë", "Joris", "Meike", "Wouter", "Aylin", "Koen")
_WORDS: Final = ("wacht op de leverancier", "geen testomgeving", "offerte ligt bij de klant", "twee zieken in het team")


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
            readings.append(Reading.of(kpi.id, kpi.name, about, actual, stick, stick.judge(actual), note=note))
        stuck = random.choice(_WORDS) if random.random() < 0.2 else ""
        turns.append(
            Turn(
                person.id, person.name, TurnState.DONE, Stopwatch(random.uniform(30, 80)), readings=tuple(readings),
                stucks=(Stuck(stuck, solved_on=day + timedelta(days=random.randrange(1, 6))),) if stuck else (),
            )
        )  # fmt: skip
    start = datetime(day.year, day.month, day.day, 8, 7, tzinfo=UTC)
    agreed = Action("belt", "Bram", "belt de leverancier", day + timedelta(days=2), day + timedelta(days=1))
    return Huddle(
        day, team.name, started_at=start, ended_at=start + timedelta(minutes=9), watch=Stopwatch(540.0),
        turns=tuple(turns), actions=(agreed,) if random.random() < 0.4 else (), temperature=random.randrange(5, 10),
    )  # fmt: skip


def tables_of(huddle: Huddle) -> Tables:
    """The tables of a huddle's file."""
    db = TinyDB(storage=MemoryStorage)
    write_huddle(huddle, db)
    return cast(Tables, db.storage.read())


def book(huddles: int) -> Path:
    """A book with so many huddles behind it, the last one on the working day before today; made once, then kept."""
    folder = _BOOKS / f"{__version__}-{SCHEMA}.1-{huddles}"
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
        data = pack(tables_of(huddle(members, day, random)), name)
        place = BookFile(half, name)
        replace_file(data, place.path, place.twin, durable=False)  # as a save leaves them, without waiting for the disk
    TinyBook(half).change_team(lambda stored: replace(stored or members, time_box=660))  # and with it the twin
    TinyBook(half).summaries()  # the index, as a book has it that was opened before
    half.rename(folder)
    return folder


@contextmanager
def room() -> Iterator[Path]:
    """An empty folder on the disk of this checkout, for a while."""
    _BOOKS.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=_BOOKS) as folder:
        yield Path(folder)


@contextmanager
def scratch(plan: Plan) -> Iterator[list[Path]]:
    """Copies of such books that may be written to, one for each history. One program at a time.

    They are kept and put right for the next: a disk that removed thousands of files is slow to make one for a minute
    (ext4 goes around what was just freed), and that is no part of what is measured.
    """
    copies = []
    for original in map(book, plan.histories):
        copy = _BOOKS / "scratch" / original.name / "book"
        copy.mkdir(parents=True, exist_ok=True)
        for left in set(copy.parent.iterdir()) - {copy}:  # a yardstick's
            _remove(left)
        _mirror(original, copy)
        TinyBook(copy).summaries()  # the index knows files by their inode
        copies.append(copy)
    yield copies


def _mirror(original: Path, copy: Path) -> None:
    """Makes `copy` hold what `original` does, and touches nothing that it holds already."""
    compared = dircmp(original, copy, ignore=[])
    for name in compared.right_only:
        _remove(copy / name)
    for name in (*compared.left_only, *compared.diff_files):
        if (original / name).is_dir():
            shutil.copytree(original / name, copy / name)
        else:
            shutil.copy2(original / name, copy / name)
    for name in compared.common_dirs:
        _mirror(original / name, copy / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
