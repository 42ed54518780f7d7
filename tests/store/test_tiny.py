"""What only a book in a folder has: its files, other programs at work, and what befalls folders."""

from __future__ import annotations

import errno
import json
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, CheckIn, Huddle, Stuck, Turn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.store.errors import Damaged, Newer, SaveFailed
from huddle_tui.store.port import Book
from huddle_tui.store.schema.sealed import pack
from huddle_tui.store.tiny import TinyBook
from tests.kit.copies import quarantined
from tests.kit.fakes import MONDAY, small_team

DAYS = [MONDAY + timedelta(days=n) for n in range(4)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def book(root: Path) -> TinyBook:
    """A book with a team, four huddles and a check-in."""
    book = TinyBook(root)
    book.change_team(lambda _: small_team())
    for day in DAYS:
        keep(book, Huddle(day, "x", turns=(Turn("sanne", "Sanne", stucks=(Stuck(f"stuck on {day}"),)),)))
    book.change_check_in("josé", MONDAY, lambda _: CheckIn("josé", MONDAY))
    return book


def keep(book: Book, huddle: Huddle) -> None:
    book.change_huddle(huddle.day, lambda _: huddle)


def huddle_file(root: Path, day: date) -> Path:
    return root / "huddles" / str(day.year) / f"{day}.json"


def edited(path: Path, change: Any) -> None:
    """Changes a file as a person with a text editor does."""
    tables = json.loads(path.read_text("utf-8"))
    change(tables)
    path.write_text(json.dumps(tables), "utf-8")


def tree(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the moment it was last written; every folder."""
    return {
        str(path.relative_to(root)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
    }


# Files


def test_a_new_book_is_one_file_and_what_keeps_it_safe(root: Path) -> None:
    TinyBook(root).change_team(lambda _: small_team())
    made = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert made == {"team.json", ".huddle/lock", ".huddle/.gitignore", ".huddle/twins/team.json"}


def test_each_thing_has_its_file(book: TinyBook, root: Path) -> None:
    own = {str(path.relative_to(root)) for path in root.rglob("*.json") if ".huddle" not in path.parts}
    assert own == {"team.json", "checkins/josé.json", *(f"huddles/2026/{day}.json" for day in DAYS)}
    assert json.loads(huddle_file(root, MONDAY).read_text("utf-8"))["turns"]["1"]["name"] == "Sanne"


def test_opening_a_book_that_is_not_there_makes_nothing(root: Path) -> None:
    book = TinyBook(root)
    assert not book.exists()
    book.changed()
    assert not root.exists()


def test_reading_writes_nothing(book: TinyBook, root: Path) -> None:
    before = tree(root)
    reader = TinyBook(root)
    assert reader.team() == small_team()
    assert len(reader.summaries()) == len(list(reader.huddles(reader.days()))) == 4
    assert reader.check_ins("josé")
    assert reader.huddle(MONDAY) is not None
    reader.changed()
    assert tree(root) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_book_on_read_only_media_is_read_and_says_why_it_is_not_written(book: TinyBook, root: Path) -> None:
    for path in (root, *root.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert TinyBook(root).team() == small_team()
        assert len(TinyBook(root).summaries()) == 4
        with pytest.raises(SaveFailed):
            keep(TinyBook(root), Huddle(MONDAY, "y"))
    finally:
        for path in (root, *root.rglob("*")):
            path.chmod(0o700)


def test_a_book_that_cannot_be_made_says_where_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    book = TinyBook(tmp_path / "file" / "book")
    assert not book.exists()
    with pytest.raises(SaveFailed, match=r"file.book.* could not be saved"):
        book.change_team(lambda _: small_team())


@pytest.mark.parametrize("id", ["../team", "a/b", "", ".", "a\\b", "x" * 81, "c:x", "nul\0"])
def test_an_id_that_leads_elsewhere_is_no_file_name(book: TinyBook, root: Path, id: str) -> None:
    before = tree(root)
    with pytest.raises(HuddleError, match="cannot be the id of a person"):
        book.change_check_in(id, MONDAY, lambda _: CheckIn(id, MONDAY))
    with pytest.raises(HuddleError, match="cannot be the id of a person"):
        book.check_ins(id)
    assert tree(root) == before


def test_files_that_are_no_huddles_are_no_days(book: TinyBook, root: Path) -> None:
    for name in ("2026-11-23 (conflicted copy).json", "notes.json", "2025-01-02.json", "20261123.json", ".hidden.json"):
        (root / "huddles" / "2026" / name).write_text("x")
    (root / "huddles" / "old").mkdir()
    assert book.days() == DAYS
    assert len(book.summaries()) == 4
    assert book.take_notices() == []


# By hand, by accident


def test_fields_and_tables_of_a_newer_version_survive_every_change(book: TinyBook, root: Path) -> None:
    def team(tables: Any) -> None:
        tables["team"]["1"]["motto"] = tables["people"]["1"]["motto"] = "x"
        tables["badges"] = {"gold": {"who": "sanne"}}

    def huddle(tables: Any) -> None:
        tables["turns"]["1"]["mood"] = 7

    edited(root / "team.json", team)
    edited(huddle_file(root, MONDAY), huddle)
    edited(root / "checkins" / "josé.json", lambda tables: tables["check_ins"]["1"].update(mood=7))
    book.change_team(lambda t: replace(t or small_team(), name="anders"))
    book.change_huddle(MONDAY, lambda h: replace(h or Huddle(MONDAY, "x"), draft="y"))
    book.change_check_in("josé", MONDAY, lambda c: replace(c or CheckIn("josé", MONDAY), stuck="y"))

    tables = json.loads((root / "team.json").read_text("utf-8"))
    assert tables["team"]["1"]["motto"] == tables["people"]["1"]["motto"] == "x"
    assert tables["badges"] == {"gold": {"who": "sanne"}}
    assert json.loads(huddle_file(root, MONDAY).read_text("utf-8"))["turns"]["1"]["mood"] == 7
    check_ins = json.loads((root / "checkins" / "josé.json").read_text("utf-8"))["check_ins"]
    assert check_ins["1"] == {"person": "josé", "huddle_day": str(MONDAY), "stuck": "y", "mood": 7}


def test_a_file_changed_by_hand_is_used_and_it_is_said_once(book: TinyBook, root: Path) -> None:
    edited(huddle_file(root, MONDAY), lambda tables: tables["stucks"]["1"].update(text="by hand"))
    for _ in range(3):
        found = book.huddle(MONDAY)
        assert found is not None
        assert found.turns[0].stuck == "by hand"
        assert book.summaries()[0].text == "sanne\nby hand"
    assert [str(notice) for notice in book.take_notices()] == [
        f"{huddle_file(root, MONDAY)} was changed outside this program: "
        "it is used as it is, and the next save keeps both versions."
    ]
    assert book.take_notices() == []


def test_what_others_changed_between_two_saves_is_built_on(book: TinyBook, root: Path) -> None:
    def warmer(huddle: Huddle | None) -> Huddle:
        assert huddle is not None
        return replace(huddle, temperature=(huddle.temperature or 0) + 1)

    assert book.change_huddle(MONDAY, warmer).temperature == 1
    assert TinyBook(root).change_huddle(MONDAY, warmer).temperature == 2
    assert book.change_huddle(MONDAY, warmer).temperature == 3
    edited(huddle_file(root, MONDAY), lambda tables: tables["huddle"]["1"].update(temperature=7))
    assert book.change_huddle(MONDAY, warmer).temperature == 8


def test_a_file_changed_by_hand_that_went_wrong_says_where_and_its_twin_is_used(book: TinyBook, root: Path) -> None:
    edited(root / "team.json", lambda tables: tables["kpis"]["2"].update(promise="two"))
    wrong = (root / "team.json").read_bytes()
    assert book.team() == small_team()
    (notice,) = book.take_notices()
    assert 'kpis → 2 → promise is "two", but should be an exact number' in str(notice)
    assert "twins/team.json is read instead" in str(notice)
    book.change_team(lambda team: replace(team or small_team(), name="y"))
    assert TinyBook(root).team().name == "y"
    assert wrong in quarantined(root)


def test_a_file_changed_by_hand_that_went_wrong_and_has_no_copy_is_not_touched(book: TinyBook, root: Path) -> None:
    edited(root / "team.json", lambda tables: tables["kpis"]["2"].update(promise="two"))
    shutil.rmtree(root / ".huddle")
    wrong = (root / "team.json").read_bytes()
    with pytest.raises(HuddleError, match=r'kpis → 2 → promise is "two", but should be an exact number'):
        book.team()
    with pytest.raises(HuddleError, match='promise is "two"'):
        book.change_team(lambda _: small_team())
    assert (root / "team.json").read_bytes() == wrong


def test_a_damaged_file_is_read_from_its_twin_and_mended_by_the_next_save(book: TinyBook, root: Path) -> None:
    huddle_file(root, MONDAY).write_bytes(b"")
    assert book.huddle(MONDAY) is not None
    assert len(book.summaries()) == 4
    assert ["is read instead" in str(notice) for notice in book.take_notices()] == [True]
    book.change_huddle(MONDAY, lambda h: replace(h or Huddle(MONDAY, "lost"), draft="y"))
    found = TinyBook(root).huddle(MONDAY)
    assert found is not None
    assert (found.team, found.draft) == ("x", "y")


def test_a_deleted_huddle_is_still_there(book: TinyBook, root: Path) -> None:
    huddle_file(root, MONDAY).unlink()
    assert book.days() == DAYS
    assert [huddle.day for huddle in book.huddles(DAYS)] == DAYS


@pytest.mark.parametrize("damage", ["damaged", "newer", "wrong", "swapped"])
def test_one_huddle_that_cannot_be_read_does_not_hide_the_others(book: TinyBook, root: Path, damage: str) -> None:
    file = huddle_file(root, DAYS[1])
    raw = file.read_bytes()
    shutil.rmtree(root / ".huddle" / "twins")
    shutil.rmtree(root / ".huddle" / "backups", ignore_errors=True)
    match damage:
        case "damaged":
            file.write_bytes(b"{")
        case "newer":
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("huddle_tui.store.schema.versions.SCHEMA", 99)
                file.write_bytes(pack({}, f"huddles/2026/{DAYS[1]}"))
        case "wrong":
            edited(file, lambda tables: tables["turns"]["1"].update(state="asleep"))
        case "swapped":
            file.write_bytes(huddle_file(root, DAYS[2]).read_bytes())
    for _ in range(2):
        assert [huddle.day for huddle in book.huddles(DAYS)] == [DAYS[0], DAYS[2], DAYS[3]]
        assert [summary.day for summary in book.summaries()] == [DAYS[0], DAYS[2], DAYS[3]]
    notices = [str(notice) for notice in book.take_notices()]
    assert notices
    assert all(str(file) in notice for notice in notices)
    assert len(notices) == len(set(notices))
    with pytest.raises(HuddleError, match=str(DAYS[1])):
        book.huddle(DAYS[1])
    file.write_bytes(raw)
    assert len(book.summaries()) == 4
    file.write_bytes(b"{")
    book.summaries()
    assert book.take_notices(), "what breaks again is told again"


def test_a_folder_that_was_taken_away_does_not_come_back_as_an_empty_book(book: TinyBook, root: Path) -> None:
    book.team()
    away = root.rename(root.with_name("away"))
    with pytest.raises(Damaged, match=r"team.json cannot be used \(it is missing\)"):
        keep(book, Huddle(MONDAY, "y"))
    with pytest.raises(HuddleError, match="There is no book"):
        TinyBook(root).change_check_in("josé", MONDAY, lambda _: None)
    with pytest.raises(Damaged):
        book.team()
    with pytest.raises(Damaged):
        book.change_team(lambda _: small_team())
    assert list(root.rglob("*.json")) == []
    shutil.rmtree(root, ignore_errors=True)
    away.rename(root)
    keep(book, Huddle(MONDAY, "y"))
    assert book.team() == small_team()


def test_a_newer_team_is_refused_and_not_touched(book: TinyBook, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("huddle_tui.store.schema.versions.SCHEMA", 99)
        newer = pack({}, "team")
    (root / "team.json").write_bytes(newer)
    with pytest.raises(Newer):
        book.team()
    with pytest.raises(Newer):
        book.change_team(lambda _: small_team())
    assert (root / "team.json").read_bytes() == newer


# Other programs


def test_an_edit_by_hand_of_what_is_watched_is_noticed(book: TinyBook, root: Path) -> None:
    book.changed()
    for path in (root / "team.json", huddle_file(root, DAYS[-1]), root / "checkins" / "josé.json"):
        assert not book.changed()
        with path.open("ab") as file:
            file.write(b"\n")
        assert book.changed()


def test_looking_for_changes_looks_at_a_handful_of_files(book: TinyBook, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(40):
        keep(book, Huddle(MONDAY + timedelta(days=7 * n), "x"))
    looked: list[str] = []
    stat = os.stat

    def counted(path: Any, **options: Any) -> os.stat_result:
        looked.append(str(path))
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", counted)
    book.changed()
    assert 0 < len(looked) <= 11


def append(root: Path, me: int, count: int) -> None:
    """What each of several programs does at once: a check-in of its own person, and an action in today's huddle."""
    book = TinyBook(root)
    for n in range(count):
        day = MONDAY + timedelta(days=count * me + n)
        mine = CheckIn("josé", day, stuck=f"{me}-{n}")
        book.change_check_in("josé", day, lambda _, mine=mine: mine)  # type: ignore[misc]
        book.change_huddle(MONDAY, lambda h, n=n: _with_action(h, f"{me}-{n}"))  # type: ignore[misc]


def _with_action(huddle: Huddle | None, id: str) -> Huddle:
    huddle = huddle or Huddle(MONDAY, "x")
    return replace(huddle, actions=(*huddle.actions, Action(id, "wie", "wat")))


def test_programs_that_save_at_once_lose_nothing(book: TinyBook, root: Path) -> None:
    programs, count = 3, 15
    with ProcessPoolExecutor(programs, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(append, root, me, count) for me in range(programs)]:
            done.result()
    found = book.huddle(MONDAY)
    assert found is not None
    assert {action.id for action in found.actions} == {f"{me}-{n}" for me in range(programs) for n in range(count)}
    assert {check_in.stuck for check_in in book.check_ins("josé")} == {action.id for action in found.actions}


def test_a_scratch_copy_keeps_no_copies(root: Path) -> None:
    book = TinyBook(root, durable=False)
    book.change_team(lambda _: small_team())
    book.change_team(lambda team: replace(team or small_team(), name="y"))
    assert not (root / ".huddle" / "twins").exists()
    assert isinstance(TinyBook(root).team(), Team)


def test_what_a_save_that_failed_was_about_is_not_in_the_next_one(tmp_path: Path) -> None:
    book = TinyBook(tmp_path)
    book.change_team(lambda _: small_team())
    said = Huddle(MONDAY, "team", turns=(Turn("sanne", "Sanne"),))
    book.change_huddle(MONDAY, lambda _: said)
    book.change_huddle(MONDAY, lambda _: replace(said, temperature=6))
    with mock.patch.object(os, "replace", side_effect=OSError(errno.ENOSPC, "full")), pytest.raises(SaveFailed):
        book.change_huddle(MONDAY, lambda h: replace(h or said, turns=(Turn("sanne", "Somebody else"),)))
    book.change_huddle(MONDAY, lambda h: replace(h or said, temperature=7))
    assert TinyBook(tmp_path).huddle(MONDAY) == replace(said, temperature=7)
