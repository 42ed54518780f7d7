"""Conflict copies, and twins that a power cut took."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.domain import team_edits
from huddle_tui.domain.huddle import Action, CheckIn, Due, Entry, Huddle, Turn, TurnState
from huddle_tui.domain.team import Baseline, Kpi, PromiseChange, Team
from huddle_tui.domain.turns import judged
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
    "{} - Kopie.json",
    "Kopie van {}.json",
    "{} (Conflicterende kopie van Sanne 2026-11-23).json",
    "~{}.JSON",
]
"""As Dropbox, OneDrive, Syncthing, iCloud, git, Windows and Google Drive name them."""
FOLDERS = ["huddles 2/2026", "huddles (conflicted copy)/2026", "huddles/2026 2", "huddles-LAPTOP/2026"]
"""As they name folders that two computers made at once."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return held(tmp_path / "book", {"sanne": "7"})


def held(root: Path, numbers: dict[str, str]) -> Path:
    """A book with a huddle in which these people said these numbers."""
    team, turns = small_team(), []
    for person in team.people:
        kpi = team.kpis_of(person.id)[0]
        said = [
            judged(kpi, MONDAY, Decimal(number), team.yardstick(kpi, MONDAY))
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


@pytest.mark.parametrize(
    "place",
    [f"huddles/2026/{name.format(MONDAY)}" for name in NAMES] + [f"{folder}/{MONDAY}.json" for folder in FOLDERS],
)
def test_a_conflict_copy_is_noticed_and_taken_in(root: Path, tmp_path: Path, place: str) -> None:
    theirs = held(tmp_path / "theirs", {"sanne": "3", "josé": "9"})
    copy = root / place
    copy.parent.mkdir(parents=True, exist_ok=True)
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


@pytest.mark.parametrize(
    "place", [name.format("team") for name in NAMES] + [f"checkins/{name.format('sanne')}" for name in NAMES]
)
def test_a_version_of_the_team_or_of_check_ins_is_noticed_and_the_doctor_says_so(root: Path, place: str) -> None:
    book, copy = TinyBook(root), root / place
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="before"))
    name = "checkins/sanne" if place.startswith("checkins") else "team"
    shutil.copy(root / f"{name}.json", copy)
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="after"))
    book.change_team(lambda team: replace(team or small_team(), name="after"))
    assert [(conflict.copy, conflict.name) for conflict in TinyBook(root).conflicts()] == [(copy, name)]
    assert [str(copy) in str(finding.sentence) for finding in examine(root, repair=False)] == [True]


@pytest.mark.parametrize("name", ["team", HUDDLE, "checkins/sanne"])
def test_a_copy_that_comes_while_a_program_runs_is_told_too(root: Path, name: str) -> None:
    book = TinyBook(root)
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="before"))
    assert book.changed()
    assert book.take_notices() == []
    before = (root / f"{name}.json").read_bytes()
    book.change_team(lambda team: replace(team or small_team(), name="after"))
    book.change_huddle(MONDAY, lambda h: replace(h or Huddle(MONDAY, ""), draft="after"))
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="after"))
    assert book.changed()
    assert book.take_notices() == []
    copy = root / f"{name} (conflicted copy).json"
    copy.write_bytes(before)
    assert book.changed()
    (notice,) = book.take_notices()
    assert str(notice).startswith(f"{copy} is another version of")


def test_control_what_others_keep_beside_a_book_is_no_version_of_anything(root: Path) -> None:
    (root / "package.json").write_text('{"name": "team"}')
    (root / "huddles.json").write_text('{"_meta": {"1": {"schema": 2, "name": "theirs"}}}')
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


def two_teams(root: Path, theirs: Callable[[Team], Team], ours: Callable[[Team], Team]) -> TinyBook:
    """The book, in which the team became ours while another computer made it theirs."""
    copy = root / "team.sync-conflict-20261127-101010-ABC.json"
    aside = root.parent / "elsewhere"
    shutil.copytree(root, aside)
    TinyBook(aside).change_team(lambda team: theirs(team or small_team()))
    TinyBook(root).change_team(lambda team: ours(team or small_team()))
    shutil.copy(aside / "team.json", copy)
    return TinyBook(root)


def promised(team: Team, value: int, day: date) -> Team:
    """The team with another promise on Sanne's first number."""
    kpi = team.kpi("sanne-opgelost")
    assert kpi is not None
    return team_edits.change_kpi(team, replace(kpi, promise=Decimal(value)), day, "sanne")


def test_two_versions_of_the_team_meet_by_id_and_where_they_differ_that_is_told(root: Path) -> None:
    def theirs(team: Team) -> Team:
        team = team_edits.add_person(replace(team, name="Elders", time_box=900), "Aylin")
        return team_edits.add_kpi(team, Kpi("", "Offertes", "aylin", Decimal(3)), MONDAY)

    book = two_teams(root, theirs, lambda team: team_edits.add_person(replace(team, name="Hier"), "Koen"))
    raw = book.conflicts()[0].copy.read_bytes()
    book.take_in(book.conflicts()[0], NOW, "laptop")
    team = TinyBook(root).team()
    assert (team.name, team.time_box) == ("Hier", 600)
    assert [person.name for person in team.people[-2:]] == ["Aylin", "Koen"]
    assert "aylin" in {kpi.owner for kpi in team.kpis}
    told = [str(notice) for notice in book.take_notices() if "the copy said" in str(notice)]
    (kept,) = [path for path in (root / ".huddle/quarantine").iterdir() if path.read_bytes() == raw]
    start = f"{root / 'team.json'}: "
    assert f'{start}name stays "Hier"; the copy said "Elders". The copy is kept as {kept}.' in told
    assert f"{start}time_box stays 600; the copy said 900. The copy is kept as {kept}." in told
    assert len(told) == 2
    assert book.conflicts() == []
    assert examine(root, repair=False) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "holds"),
    [(None, (12, 24), 12), ((9, 24), (12, 25), 12), ((9, 25), (12, 24), 9), ((9, 24), (12, 24), 9)],
)
def test_of_two_promises_the_one_that_was_changed_last_holds_and_both_changes_stay(
    root: Path, ours: tuple[int, int] | None, theirs: tuple[int, int], holds: int
) -> None:
    def change(to: tuple[int, int] | None) -> Callable[[Team], Team]:
        return lambda team: promised(team, to[0], date(2026, 11, to[1])) if to else replace(team, name="x")

    book = two_teams(root, change(theirs), change(ours))
    book.take_in(book.conflicts()[0], NOW, "laptop")
    team = TinyBook(root).team()
    kpi = team.kpi("sanne-opgelost")
    assert kpi is not None
    assert kpi.promise == holds
    assert sorted(int(c.new) for c in team.promise_changes) == sorted(each[0] for each in (ours, theirs) if each)
    assert [c.day for c in team.promise_changes] == sorted(c.day for c in team.promise_changes)


def test_the_doctor_takes_another_version_of_the_team_in(root: Path) -> None:
    two_teams(root, lambda team: replace(team, name="Elders"), lambda team: team_edits.add_person(team, "Koen"))
    taken, told = examine(root, repair=True)
    assert taken.repaired
    assert 'name stays "Voorbeeld Software"; the copy said "Elders"' in str(told.sentence)
    assert TinyBook(root).conflicts() == []


def test_a_number_and_a_temperature_that_differ_are_told_and_the_copy_kept(root: Path, tmp_path: Path) -> None:
    theirs = held(tmp_path / "theirs", {"sanne": "3"})
    for place, degrees in ((root, 7), (theirs, 3)):
        TinyBook(place).change_huddle(MONDAY, lambda h, d=degrees: replace(h or Huddle(MONDAY, ""), temperature=d))  # type: ignore[misc]
    copy = root / f"{HUDDLE}-LAPTOP.json"
    shutil.copy(theirs / f"{HUDDLE}.json", copy)
    raw, book = copy.read_bytes(), TinyBook(root)
    book.take_in(book.conflicts()[0], NOW, "laptop")
    warmth, number = sorted(str(notice) for notice in book.take_notices() if "the copy said" in str(notice))
    assert "temperature stays 7; the copy said 3. The copy is kept as" in warmth
    assert 'readings → sanne-opgelost → actual stays "7"; the copy said "3".' in number
    assert raw in quarantined(root)
    assert said(TinyBook(root))["sanne"] == ("7", ["3"]), "and the trail tells it for good"


def told(book: TinyBook) -> list[str]:
    """What of a copy does not hold, without which file it is about and where the copy went."""
    book.take_in(book.conflicts()[0], NOW, "laptop")
    notices = [str(notice).partition("json: ")[2] for notice in book.take_notices() if "the copy said" in str(notice)]
    return [notice.partition(" The copy is kept")[0] for notice in notices]


def test_what_a_copy_of_the_team_cleared_is_told(root: Path) -> None:
    def with_kpi(team: Team, **fields: object) -> Team:
        kpi = team.kpi("sanne-opgelost")
        assert kpi is not None
        return team_edits.change_kpi(team, replace(kpi, **fields), MONDAY)

    book = two_teams(
        root,
        lambda team: with_kpi(replace(team, huddle_times={1: time(8, 7)}), definition=""),
        lambda team: with_kpi(replace(team, huddle_times={0: time(9, 7)}), definition="Zelf", stretch=Decimal(99)),
    )
    assert sorted(told(book)) == [
        'huddle_times → 0 stays "09:07:00"; the copy said nothing.',
        'huddle_times → 1 stays nothing; the copy said "08:07:00".',
        'kpis → sanne-opgelost → definition stays "Zelf"; the copy said nothing.',
        'kpis → sanne-opgelost → stretch stays "99"; the copy said nothing.',
    ]


def test_a_new_beginning_of_limits_that_only_a_copy_has_is_told(root: Path) -> None:
    began = Baseline(MONDAY, "another way of counting", MONDAY)
    book = two_teams(
        root,
        lambda team: team_edits.begin_limits(team, "sanne-opgelost", began),
        lambda team: team_edits.add_person(team, "Koen"),
    )
    (one,) = told(book)
    assert one.startswith(f"kpis → sanne-opgelost → baselines → {MONDAY} stays nothing; the copy said ")


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [("", "abc", ['people → sanne → link stays nothing; the copy said "abc".']), ("abc", "", [])],
)
def test_a_link_that_was_revoked_stays_so(root: Path, ours: str, theirs: str, said: list[str]) -> None:
    book = two_teams(root, lambda team: with_link(team, theirs), lambda team: with_link(replace(team, name="x"), ours))
    assert [one for one in told(book) if "link" in one] == said
    assert {person.link for person in TinyBook(root).team().people} == {""}


def with_link(team: Team, link: str) -> Team:
    """The team in which Sanne has that link."""
    sanne = team.person("sanne")
    assert sanne is not None
    return team_edits.change_person(team, replace(sanne, link=link))


def test_what_a_copy_gave_an_id_that_was_taken_stands_in_the_file_and_is_not_told(root: Path, tmp_path: Path) -> None:
    theirs = held(tmp_path / "theirs", {"sanne": "7"})
    for place, what in ((root, "belt de klant"), (theirs, "schrijft het op")):
        action = Action("x", "Sanne", what)
        TinyBook(place).change_huddle(MONDAY, lambda h, a=action: replace(h or Huddle(MONDAY, ""), actions=(a,)))  # type: ignore[misc]
    shutil.copy(theirs / f"{HUDDLE}.json", root / f"{HUDDLE}-LAPTOP.json")
    assert told(TinyBook(root)) == []
    huddle = TinyBook(root).huddle(MONDAY)
    assert huddle is not None
    assert {action.what for action in huddle.actions} == {"belt de klant", "schrijft het op"}


def test_two_changes_of_a_promise_under_one_id_both_stand_and_neither_is_told(root: Path) -> None:
    def changed(team: Team, new: int) -> Team:
        change = PromiseChange("x", "sanne-opgelost", MONDAY, Decimal(8), Decimal(new))
        return replace(team, promise_changes=(change,))

    book = two_teams(root, lambda team: changed(team, 9), lambda team: changed(team, 10))
    assert told(book) == []
    assert [int(change.new) for change in TinyBook(root).team().promise_changes] == [9, 10]


# Twins


def by_writing(program: TinyBook) -> None:
    program.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="waits"))


@pytest.mark.parametrize("damage", ["gone", "empty", "torn", "behind", "of its time", "of another time"])
@pytest.mark.parametrize("use", [by_writing, TinyBook.changed], ids=["it writes", "it shows any screen"])
def test_the_next_program_heals_the_twins_of_the_newest_files(
    root: Path, damage: str, use: Callable[[TinyBook], object]
) -> None:
    twin, behind = root / ".huddle/twins" / f"{HUDDLE}.json", (root / f"{HUDDLE}.json").read_bytes()
    TinyBook(root).change_huddle(MONDAY, lambda huddle: replace(huddle or Huddle(MONDAY, ""), ended_at=NOW))
    whole = twin.read_bytes()
    if damage == "gone":
        twin.unlink()
    else:
        left = {"empty": b"", "torn": whole[:-100], "behind": behind, "of its time": bytes(len(whole))}
        twin.write_bytes(left.get(damage, whole))
    if damage == "of its time":  # what a power cut may leave of a twin that was written in place
        shutil.copystat(root / f"{HUDDLE}.json", twin)
    program = TinyBook(root)
    use(program)
    assert twin.read_bytes() == whole
    assert program.take_notices() == []
    assert twin.stat().st_mtime_ns == (root / f"{HUDDLE}.json").stat().st_mtime_ns


def test_the_twins_of_check_ins_are_healed_too(root: Path) -> None:
    TinyBook(root).change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="waits"))
    twin = root / ".huddle/twins/checkins/sanne.json"
    whole = twin.read_bytes()
    twin.write_bytes(whole[:-100])
    TinyBook(root).changed()
    assert twin.read_bytes() == whole


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
