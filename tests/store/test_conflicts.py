"""Conflict copies, and twins that a power cut took."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Due, Entry, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from tests.kit.copies import quarantined
from tests.kit.fakes import MONDAY, small_team

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HUDDLE = f"huddles/2026/{MONDAY}"
NAMES = [
    "{} (Sanne's conflicted copy 2026-11-23).json",
    "{}-LAPTOP.json",
    "{}.sync-conflict-20261123-090700-ABCDEF7.json",
    "{} 2.json",
    "{}.json.orig",
]
"""As Dropbox, OneDrive, Syncthing, iCloud and git name them."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return held(tmp_path / "book", {"sanne": "7"})


def held(root: Path, numbers: dict[str, str]) -> Path:
    """A book with a huddle in which these people said these numbers."""
    team, turns = small_team(), []
    for person in team.people:
        kpi = team.kpis_of(person.id)[0]
        said = [
            Reading.of(kpi.id, kpi.name, MONDAY, Decimal(number), team.yardstick(kpi, MONDAY), Status.GREEN)
            for who, number in numbers.items()
            if who == person.id
        ]
        turns.append(Turn(person.id, person.name, TurnState.DONE, agenda=(Due(kpi.id, MONDAY),), readings=tuple(said)))
    book = TinyBook(root)
    book.change_team(lambda _: team)
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "x", started_at=NOW, turns=tuple(turns)))
    return root


def said(book: Book) -> dict[str, tuple[str, list[str | None]]]:
    """What each said, with the values that stand in the trail of corrections."""
    huddle = book.huddle(MONDAY)
    assert huddle is not None
    return {
        turn.person: (str(reading.actual), [correction.was for correction in reading.corrections])
        for turn in huddle.turns
        for reading in turn.readings
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_conflict_copy_is_noticed_and_taken_in(root: Path, tmp_path: Path, name: str) -> None:
    theirs = held(tmp_path / "theirs", {"sanne": "3", "josé": "9"})
    copy = root / name.format(HUDDLE)
    shutil.copy(theirs / f"{HUDDLE}.json", copy)
    raw = copy.read_bytes()

    book = TinyBook(root)
    book.team()
    (notice,) = [str(notice) for notice in book.take_notices()]
    assert notice.startswith(f"{copy} is another version of {root / HUDDLE}.json")
    (conflict,) = book.conflicts()
    assert (conflict.copy, conflict.path) == (copy, root / f"{HUDDLE}.json")
    assert book.days() == [MONDAY]

    book.take_in(conflict, NOW, "laptop")
    assert said(TinyBook(root)) == {"sanne": ("7", ["3"]), "josé": ("9", [])}
    assert not copy.exists()
    assert raw in quarantined(root)
    assert TinyBook(root).conflicts() == []
    assert examine(root, repair=False) == []


def test_a_copy_that_says_the_same_is_no_conflict(root: Path) -> None:
    shutil.copy(root / f"{HUDDLE}.json", root / f"{HUDDLE} 2.json")
    assert TinyBook(root).conflicts() == []


def test_the_doctor_takes_a_conflict_copy_in(root: Path, tmp_path: Path) -> None:
    theirs = held(tmp_path / "theirs", {"josé": "9"})
    shutil.copy(theirs / f"{HUDDLE}.json", root / f"{HUDDLE}-LAPTOP.json")
    (finding,) = examine(root, repair=True)
    assert finding.repaired
    assert said(TinyBook(root)) == {"sanne": ("7", []), "josé": ("9", [])}


def test_check_ins_are_taken_in_number_by_number(root: Path, tmp_path: Path) -> None:
    for place, kpi in ((root, "sanne-opgelost"), (tmp_path / "theirs", "sanne-open")):
        book = TinyBook(place)
        book.change_team(lambda _: small_team())
        entry = Entry(kpi, "8", True, Decimal(8))
        book.change_check_in("sanne", MONDAY, lambda _, entry=entry: CheckIn("sanne", MONDAY, (entry,)))  # type: ignore[misc]
    shutil.copy(tmp_path / "theirs/checkins/sanne.json", root / "checkins/sanne-LAPTOP.json")
    book = TinyBook(root)
    book.take_in(book.conflicts()[0], NOW, "laptop")
    (found,) = TinyBook(root).check_ins("sanne")
    assert {entry.kpi for entry in found.entries} == {"sanne-opgelost", "sanne-open"}


def test_another_version_of_the_team_takes_a_person(root: Path) -> None:
    copy = root / "team (conflicted copy).json"
    copy.write_bytes((root / "team.json").read_bytes().replace(b"Voorbeeld", b"Elders   "))
    book = TinyBook(root)
    with pytest.raises(HuddleError, match="Compare the two under Team"):
        book.take_in(book.conflicts()[0], NOW, "laptop")
    assert copy.exists()


# Twins


def by_hosting(program: TinyBook) -> None:
    claim = program.hold("host-2026-11-24")
    assert claim is not None
    claim.release()


@pytest.mark.parametrize("damage", ["gone", "empty", "torn", "behind"])
@pytest.mark.parametrize("use", [by_hosting, TinyBook.changed], ids=["it writes", "it shows any screen"])
def test_the_next_program_heals_the_twins_of_the_newest_files(
    root: Path, damage: str, use: Callable[[TinyBook], object]
) -> None:
    twin, behind = root / ".huddle/twins" / f"{HUDDLE}.json", (root / f"{HUDDLE}.json").read_bytes()
    TinyBook(root).change_huddle(MONDAY, lambda huddle: replace(huddle or Huddle(MONDAY, ""), ended_at=NOW))
    whole = twin.read_bytes()
    if damage == "gone":
        twin.unlink()
    else:
        twin.write_bytes({"empty": b"", "torn": whole[:-100], "behind": behind}[damage])
    program = TinyBook(root)
    use(program)
    assert twin.read_bytes() == whole
    assert program.take_notices() == []
    assert twin.stat().st_mtime_ns == (root / f"{HUDDLE}.json").stat().st_mtime_ns


def test_one_file_that_cannot_be_read_keeps_no_other_twin_from_being_healed(root: Path) -> None:
    twin = root / ".huddle/twins" / f"{HUDDLE}.json"
    whole = twin.read_bytes()
    twin.unlink()
    for team in (root / "team.json", root / ".huddle/twins/team.json"):
        team.write_bytes(b"")
    TinyBook(root).changed()
    assert twin.read_bytes() == whole


def test_the_twin_of_a_huddle_that_ended_is_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    real = os.fsync

    def fsync(fd: int) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{fd}").readlink()))
        real(fd)

    book = TinyBook(root)
    book.change_huddle(MONDAY, lambda huddle: replace(huddle or Huddle(MONDAY, ""), draft="x"))
    monkeypatch.setattr(os, "fsync", fsync)
    book.change_huddle(MONDAY, lambda huddle: replace(huddle or Huddle(MONDAY, ""), draft="y"))
    assert not [path for path in flushed if "/twins/" in path]
    book.change_huddle(MONDAY, lambda huddle: replace(huddle or Huddle(MONDAY, ""), ended_at=NOW))
    assert len([path for path in flushed if "/twins/" in path]) == 2, "its bytes, and the folder that it is in"
