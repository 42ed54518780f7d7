"""What the doctor finds in a book, what it mends, and that nothing is lost by it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import PromiseChange
from huddle_tui.store.care import doctor
from huddle_tui.store.care.doctor import Finding, examine
from huddle_tui.store.disk import saving
from huddle_tui.store.disk.reading import BookFile
from huddle_tui.store.errors import Busy
from huddle_tui.store.schema import versions as migrations
from huddle_tui.store.schema.sealed import pack
from huddle_tui.store.tiny import TinyBook
from tests.kit.damage import KINDS, Damage, a_folder, deleted, empty
from tests.kit.random_books import random_book
from tests.kit.read_only import read_only
from tests.kit.shelf import Shelf

CHECKED_IN = CheckIn("p1", date(2026, 12, 1), (Entry("p1-k0", "8", True, Decimal(8)),))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of a team, eight huddles and a check-in, with nothing wrong."""
    root = tmp_path / "book"
    book = TinyBook(root)
    team, past = random_book(6, huddles=8)
    book.change_team(lambda _: team)
    for huddle in past:
        book.change_huddle(huddle.day, lambda _, huddle=huddle: huddle)  # type: ignore[misc]
    book.change_check_in("p1", CHECKED_IN.huddle_day, lambda _: CHECKED_IN)
    assert examine(root, repair=False) == []
    return root


def contents(root: Path) -> tuple[object, ...]:
    """Everything that a person put in the book."""
    book = TinyBook(root)
    return book.team(), list(book.huddles(book.days())), book.check_ins("p1")


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def said(findings: list[Finding]) -> str:
    return "\n".join(str(finding.sentence) for finding in findings)


def one(root: Path, *, repair: bool = False) -> Finding:
    """The only finding."""
    findings = examine(root, repair=repair)
    assert len(findings) == 1, said(findings)
    return findings[0]


def mended(root: Path, *expected: str) -> None:
    """Each is found, mended without a byte lost, and not found again."""
    before, wrong = tree(root), examine(root, repair=False)
    for words in expected:
        assert words in said(wrong)
    assert not any(finding.repaired for finding in wrong)
    assert tree(root) == before, "looking wrote something"
    findings = examine(root, repair=True)
    assert findings
    assert all(finding.repaired for finding in findings), said(findings)
    assert set(before.values()) <= set(tree(root).values()), "something is lost"
    assert examine(root, repair=False) == []


def huddle_files(root: Path) -> list[Path]:
    return sorted((root / "huddles").rglob("*.json"))


def edited(path: Path, change: Callable[[Any], object]) -> None:
    """Changes a file as a person with a text editor does."""
    tables = json.loads(path.read_text("utf-8"))
    change(tables)
    path.write_text(json.dumps(tables, ensure_ascii=False), "utf-8")


def test_where_there_is_no_book(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(HuddleError, match="There is no book"):
            examine(folder, repair=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["team.json", "checkins/p1.json", "huddles/2026/2026-01-07.json"])
@pytest.mark.parametrize("damage", [kind for kind in KINDS if kind.__name__ not in ("no_utf8", "swapped")])
def test_a_damaged_file_is_mended_from_its_twin(root: Path, place: str, damage: Damage) -> None:
    before = contents(root)
    damage(root / place)
    mended(root, f"{root / place} cannot be used")
    assert contents(root) == before


def test_two_files_that_were_swapped_are_put_right(root: Path) -> None:
    before = contents(root)
    one, other = huddle_files(root)[:2]
    keep = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(keep)
    mended(root, "it is the file of “huddles/2026/2026-01-07”", "it is the file of “huddles/2026/2026-01-06”")
    assert contents(root) == before


@pytest.mark.parametrize("damage", [empty, a_folder])
def test_a_damaged_twin_is_renewed(root: Path, damage: Damage) -> None:
    before = contents(root)
    damage(root / ".huddle/twins/team.json")
    mended(root, "and its twin")
    assert contents(root) == before
    assert (root / ".huddle/twins/team.json").read_bytes() == (root / "team.json").read_bytes()


def test_a_file_that_was_put_back_counts_and_its_twin_is_kept(root: Path) -> None:
    older = (root / "team.json").read_bytes()
    shelf = Shelf(root, "team")
    with shelf.edit():
        shelf.put("team", "1", {"name": "Newer"})
    (root / "team.json").write_bytes(older)
    mended(root, "are not the same")
    assert (root / "team.json").read_bytes() == older


def test_a_book_that_was_cloned_gets_its_second_copies_in_one_sentence(root: Path) -> None:
    shutil.rmtree(root / ".huddle")
    assert "only one copy of files of this book (10, the first is" in str(one(root).sentence)
    mended(root)
    assert len(list((root / ".huddle/twins").rglob("*.json"))) == 10


def test_line_ends_that_git_changed_are_no_trouble(root: Path) -> None:
    path = root / "team.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert examine(root, repair=False) == []


def test_both_damaged_the_backup_is_put_back(root: Path) -> None:
    old = TinyBook(root).team()
    shelf = Shelf(root, "team", today=lambda: date(2026, 12, 2))
    with shelf.edit():
        shelf.put("team", "1", {"name": "Newer"})
    empty(root / "team.json")
    empty(root / ".huddle/twins/team.json")
    mended(root, "backups/2026-12-02/team.json is read in its place")
    assert TinyBook(root).team() == old


def test_where_no_copy_is_left_it_is_said_and_nothing_is_touched(root: Path) -> None:
    path = huddle_files(root)[0]
    empty(path)
    empty(root / ".huddle/twins" / path.relative_to(root))
    before = tree(root)
    assert "no copy in" in str(one(root, repair=True).sentence)
    assert tree(root) == before


def test_a_book_without_a_team_is_said(root: Path) -> None:
    for path in list(root.rglob("team.json")):
        path.unlink()
    assert "team.json is missing and there is no copy of it" in said(examine(root, repair=True))


def test_a_file_changed_by_hand_gets_its_seal_and_both_versions_are_kept(root: Path) -> None:
    edited(root / "team.json", lambda tables: tables["team"]["1"].update(name="By hand"))
    mended(root, "changed outside this program: it is used as it is")
    assert TinyBook(root).team().name == "By hand"


def test_a_number_that_was_changed_by_hand_is_judged_again_by_its_own_day(root: Path) -> None:
    """The status in the file is worked out of what stands beside it, and no word of anybody's."""
    huddle = next(huddle for huddle in TinyBook(root).huddles(TinyBook(root).days()) if huddle.readings)
    path = BookFile(root, f"huddles/{huddle.day:%Y/%Y-%m-%d}").path
    tables = json.loads(path.read_text("utf-8"))
    for row in tables["readings"].values():
        row["status"] = "red" if row["status"] == "supergreen" else "supergreen"
    path.write_text(json.dumps(tables), "utf-8")
    mended(root, "has a status that does not go with its number and its promise")
    assert TinyBook(root).huddle(huddle.day) == huddle


def test_a_file_changed_by_hand_that_went_wrong_is_mended_from_its_twin(root: Path) -> None:
    before = contents(root)
    path = huddle_files(root)[0]
    edited(path, lambda tables: tables["turns"]["1"].update(state="asleep"))
    mended(root, 'turns → 1 → state is "asleep", but should be one of')
    assert contents(root) == before


def test_a_file_changed_by_hand_that_went_wrong_and_has_no_copy_is_left_to_a_person(root: Path) -> None:
    path = huddle_files(root)[0]
    edited(path, lambda tables: tables["turns"]["1"].update(state="asleep"))
    (root / ".huddle/twins" / path.relative_to(root)).unlink()
    before = tree(root)
    assert 'turns → 1 → state is "asleep"' in str(one(root, repair=True).sentence)
    assert tree(root) == before


def test_a_merge_that_left_a_key_twice_does_not_choose_one_in_silence(root: Path) -> None:
    before = contents(root)
    path = root / "team.json"
    path.write_text(path.read_text("utf-8").replace('"locale": "nl"', '"locale": "en",\n   "locale": "nl"'), "utf-8")
    mended(root, "it names locale twice")
    assert contents(root) == before


def test_a_file_of_a_newer_version_is_not_touched(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SCHEMA", 99)
    newer = pack({"team": {"1": {"name": "From the future"}}}, "team")
    monkeypatch.undo()
    for path in root.rglob("team.json"):
        path.write_bytes(newer)
    before = tree(root)
    assert "was written by a newer version" in str(one(root, repair=True).sentence)
    assert tree(root) == before


@pytest.mark.parametrize(
    "name",
    [
        "team (Sanne's conflicted copy 2026-11-23).json",
        "team.sync-conflict-20261123-090700-ABCDEF7.json",
        "team 2.json",
        "team.json.orig",
        "huddles/2026/2026-01-06 (1).json",
        "huddles/2026/2026-01-06-LAPTOP.json",
        "huddles/2026-01-06.json",
        "huddles/2025/2025-12-31.json",
        "checkins/p1-LAPTOP.json",
    ],
)
def test_a_copy_of_a_sync_tool_that_says_the_same_is_put_aside(root: Path, name: str) -> None:
    before = contents(root)
    original = "team" if name.startswith("team") else "checkins/p1" if "p1" in name else "huddles/2026/2026-01-06"
    (root / name).parent.mkdir(exist_ok=True)
    shutil.copy(root / f"{original}.json", root / name)
    mended(root, f"{root / name} is a copy of {root / original}.json and says the same")
    assert not (root / name).exists()
    assert contents(root) == before


def test_without_repair_a_conflict_copy_stays_where_it_is(root: Path) -> None:
    copy = root / "team (conflicted copy).json"
    copy.write_bytes((root / "team.json").read_bytes().replace(b"Voorbeeld", b"Elders   "))
    before = tree(root)
    assert "is another version of" in str(one(root, repair=False).sentence)
    assert tree(root) == before


def test_two_people_with_one_name_are_told(root: Path) -> None:
    """No screen lets that happen; a hand edit and a merge do."""
    team = TinyBook(root).team()
    twice = replace(team.people[0], id="another", name=team.people[0].name.upper())
    TinyBook(root).change_team(lambda _: replace(team, people=(*team.people, twice)))
    assert f"two people are called “{twice.name}”: give one of them another name" in str(one(root).sentence)
    gone = replace(twice, left_on=date(2026, 11, 23))
    TinyBook(root).change_team(lambda _: replace(team, people=(*team.people, gone)))
    assert examine(root, repair=False) == []


def test_files_of_others_beside_a_book_are_none_of_our_business(root: Path) -> None:
    for name in ("README.md", "package.json", "huddles/.DS_Store", "huddles/notes.txt"):
        (root / name).write_text("{}")
    assert examine(root, repair=False) == []
    (root / "huddles/2026/2026-13-45.json").write_text("{}")
    assert "is no file of this book" in str(one(root, repair=True).sentence)


def test_half_written_files_are_put_aside(root: Path) -> None:
    for folder in (root, root / "huddles/2026", root / ".huddle/twins", root / ".huddle/backups/2026-11-20"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".team.json.0badcafe.tmp").write_text(f"half of {folder}")
    mended(root, "was left half-written")


def test_a_damaged_backup_is_put_aside(root: Path) -> None:
    backup = root / ".huddle/backups/2026-11-20/huddles/2026/2026-01-06.json"
    backup.parent.mkdir(parents=True)
    backup.write_bytes(huddle_files(root)[0].read_bytes()[:-20])
    mended(root, f"The backup {backup} cannot be used")


def test_references_to_nobody_are_named_with_their_days(root: Path) -> None:
    def forget(team: Any) -> Any:
        first, *others = team.kpis
        return replace(
            team,
            people=tuple(p for p in team.people if p.id != "p1"),
            kpis=tuple(replace(k, process="nowhere") if k is others[0] else k for k in others),
            promise_changes=(PromiseChange("x", first.id, date(2026, 1, 7), Decimal(1), Decimal(2)),),
        )

    TinyBook(root).change_team(forget)
    before = tree(root)
    findings = examine(root, repair=True)
    assert tree(root) == before
    assert not any(finding.repaired for finding in findings)
    text = said(findings)
    assert "does not know “p1”, who spoke in huddles" in text
    assert "does not know “p1”, who checked in (1, from 2026-12-01 to 2026-12-01)" in text
    assert "does not know the number “p0-k0”, which was reported in huddles" in text
    assert "belongs to “p1”, who is not there" in text
    assert "is of the process “nowhere”, which is not there" in text
    assert "a promise was changed on 2026-01-07 of the number “p0-k0”" in text


def test_everything_at_once(root: Path) -> None:
    before = contents(root)
    files = huddle_files(root)
    empty(files[0])
    deleted(files[1])
    files[2].write_bytes(files[2].read_bytes()[:100])
    (root / ".huddle/twins/team.json").unlink()
    (root / ".huddle/twins/huddles/2026" / files[3].name).write_bytes(b"null")
    shutil.copy(files[4], root / "huddles/2026/copy.json")
    mended(root)
    assert contents(root) == before


def test_while_others_save_it_waits_and_then_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty(root / "team.json")
    monkeypatch.setattr(doctor, "PATIENCE", 0.05)
    held = saving.lock(BookFile(root, "team"), 0)
    with pytest.raises(Busy):
        examine(root, repair=True)
    held.release()
    mended(root)


def test_what_another_program_is_saving_just_now_is_no_trouble(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the swap of a file and that of its twin the two differ: under the lock they are the same again."""
    path, twin = root / "team.json", root / ".huddle/twins/team.json"
    new = path.read_bytes()
    old = new.replace(b"Voorbeeld", b"Vroeger  ")
    twin.write_bytes(old)
    real = saving.lock

    def lock(*args: Any, **options: Any) -> Any:
        twin.write_bytes(new)  # the other program is done by the time the lock is ours
        return real(*args, **options)

    monkeypatch.setattr(doctor, "lock", lock)
    assert examine(root, repair=True) == []


def test_a_book_on_read_only_media_is_examined(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty(root / "team.json")
    before = tree(root)
    with read_only(monkeypatch):
        assert "cannot be used (it is empty)" in str(one(root).sentence)
        with pytest.raises(HuddleError, match="writing there is not allowed"):
            examine(root, repair=True)
    assert tree(root) == before


def test_a_repair_that_the_system_refuses_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    empty(root / "team.json")
    (root / ".huddle/twins/checkins/p1.json").unlink()
    monkeypatch.setattr(doctor, "save", refuse)
    findings = examine(root, repair=True)
    assert [finding.repaired for finding in findings] == [False, True]
    assert "It was not mended:" in str(findings[0].sentence)
    assert "the disk is full" in str(findings[0].sentence)


def test_backups_that_are_whole_are_no_trouble(root: Path) -> None:
    day = date(2026, 1, 1)
    for n in range(30):
        copy = root / f".huddle/backups/{day + timedelta(days=n)}/team.json"
        copy.parent.mkdir(parents=True)
        shutil.copy(root / "team.json", copy)
    assert examine(root, repair=False) == []
