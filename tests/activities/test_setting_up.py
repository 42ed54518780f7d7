"""Setting up: applied to what is stored by then, undone without harm to others, retired where there is a history."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.activities.setting_up import Missing, SettingUp
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import team_edits as edits
from huddle_tui.domain.huddle import CheckIn, Entry, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status, yardstick
from huddle_tui.domain.merging import Conflict
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Team
from tests.kit.memory_book import MemoryBook

DAY = date(2026, 11, 23)
BEFORE = date(2026, 11, 20)


@dataclass
class FixedTime(Timepiece):
    """A clock that stands still."""

    day: date = DAY

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=UTC)

    def today(self) -> date:
        return self.day

    def monotonic(self) -> float:
        return 0.0


def kpi(name: str, owner: str = "sanne", promise: int = 8) -> Kpi:
    return Kpi("", name, owner, Decimal(promise))


@pytest.fixture
def book() -> MemoryBook:
    team = Team("Voorbeeld", locale="nl")
    for name in ("Sanne", "Bram"):
        team = edits.add_person(team, name)
    team = edits.add_process(team, "klanten", "sanne")
    return MemoryBook(edits.add_kpi(team, kpi("Klachten"), date(2026, 1, 5)))


@pytest.fixture
def mine(book: MemoryBook) -> SettingUp:
    return SettingUp(book, FixedTime())


@pytest.fixture
def theirs(book: MemoryBook) -> SettingUp:
    return SettingUp(book.beside(), FixedTime())


def huddle(day: date, person: str, kpi_id: str | None) -> Huddle:
    said = (
        Reading.of(kpi_id, "x", day, Decimal(1), yardstick(Direction.AT_LEAST, Decimal(1)), Status.GREEN)
        if kpi_id
        else None
    )
    turn = Turn(person, person, TurnState.DONE, readings=(said,) if said else ())
    return Huddle(day, "Voorbeeld", started_at=datetime(day.year, day.month, day.day, 9, 7, tzinfo=UTC), turns=(turn,))


# A book from nothing


def test_a_team_from_nothing() -> None:
    setting_up = SettingUp(MemoryBook(), FixedTime())
    assert setting_up.missing() is Missing.TEAM
    setting_up.begin(" De  ploeg ", "nl")
    assert (setting_up.team.name, setting_up.team.locale) == ("De ploeg", "nl")
    assert setting_up.missing() is Missing.PEOPLE
    setting_up.do(lambda t: edits.add_person(t, "Sanne"))
    assert setting_up.missing() is Missing.PEOPLE
    for name in ("Klachten", "Omzet"):
        setting_up.do(lambda t, name=name: edits.add_kpi(t, kpi(name), DAY))  # type: ignore[misc]
        assert setting_up.missing() is Missing.NUMBERS
    setting_up.do(lambda t: edits.add_kpi(t, kpi("Marge"), DAY))
    assert setting_up.missing() is Missing.NOTHING


def test_the_path_goes_on_where_it_stopped_in_another_program(book: MemoryBook) -> None:
    elsewhere = SettingUp(book.beside(), FixedTime())
    assert elsewhere.missing() is Missing.NUMBERS
    assert [p.name for p in elsewhere.short_of_numbers()] == ["Sanne", "Bram"]
    huddled = MemoryBook(book.team(), [huddle(BEFORE, "sanne", None)])
    assert SettingUp(huddled, FixedTime()).missing() is Missing.NOTHING
    opened_only = MemoryBook(book.team(), [replace(huddle(BEFORE, "sanne", None), started_at=None)])
    assert SettingUp(opened_only, FixedTime()).missing() is Missing.NUMBERS


def test_a_team_is_not_made_over_another(mine: SettingUp) -> None:
    with pytest.raises(HuddleError, match="already holds the team Voorbeeld"):
        mine.begin("Ander", "en")
    assert mine.team.name == "Voorbeeld"


@pytest.mark.parametrize(
    ("name", "locale", "zone"), [("", "nl", "Europe/Amsterdam"), ("x", "fr", "Europe/Amsterdam"), ("x", "nl", "Mars")]
)
def test_a_wrong_beginning_makes_no_book(name: str, locale: str, zone: str) -> None:
    book = MemoryBook()
    with pytest.raises(edits.Refused):
        SettingUp(book, FixedTime()).begin(name, locale, zone)
    assert not book.exists()


# Two programs


def test_two_programs_both_keep_their_change(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team.people[0]
    theirs.save_person(opened, replace(opened, name="Susanne"))
    mine.save_person(opened, replace(opened, role="Directeur"))
    assert (mine.team.people[0].name, mine.team.people[0].role) == ("Susanne", "Directeur")


def test_the_same_field_is_shown_and_not_overwritten(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team.kpis[0]
    theirs.save_kpi(opened, replace(opened, promise=Decimal(10)))
    with pytest.raises(Conflict) as caught:
        mine.save_kpi(opened, replace(opened, promise=Decimal(6)))
    assert caught.value.field == "promise"
    assert (caught.value.theirs, caught.value.mine) == (Decimal(10), Decimal(6))
    assert mine.team.kpis[0].promise == 10
    assert not mine.can_undo
    mine.save_kpi(mine.team.kpis[0], replace(opened, promise=Decimal(6)))
    assert [(c.old, c.new) for c in mine.team.promise_changes] == [(Decimal(8), Decimal(10)), (Decimal(10), Decimal(6))]


def test_a_check_is_made_on_what_is_stored_by_then(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team.people[1]
    theirs.do(lambda t: edits.add_person(t, "Fatima"))
    with pytest.raises(edits.Refused):
        mine.save_person(opened, replace(opened, name="fatima"))


def test_what_another_program_removed_cannot_be_saved(mine: SettingUp, theirs: SettingUp) -> None:
    person, process, number = mine.team.people[1], mine.team.processes[0], mine.team.kpis[0]
    theirs.remove_person("bram")
    theirs.do(lambda t: edits.remove_process(t, "klanten"))
    theirs.remove_kpi(number.id)
    with pytest.raises(HuddleError, match="removed it meanwhile"):
        mine.save_person(person, replace(person, role="x"))
    with pytest.raises(HuddleError, match="removed it meanwhile"):
        mine.save_process(process, replace(process, name="x"))
    with pytest.raises(HuddleError, match="removed it meanwhile"):
        mine.save_kpi(number, replace(number, unit="x"))


def test_settings_of_two_programs(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team
    theirs.do(lambda t: edits.add_person(t, "Fatima"))
    theirs.save_settings(opened, replace(opened, time_box=900))
    mine.save_settings(opened, replace(opened, seconds_per_person=45))
    assert (mine.team.time_box, mine.team.seconds_per_person, len(mine.team.people)) == (900, 45, 3)
    with pytest.raises(Conflict):
        mine.save_settings(opened, replace(opened, time_box=720))


def test_twelve_programs_at_once_lose_nothing(book: MemoryBook) -> None:
    def add(number: int) -> None:
        SettingUp(book.beside(), FixedTime()).do(lambda t: edits.add_person(t, f"Nummer {number}"))

    threads = [threading.Thread(target=add, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book.team().people) == 14


# Undo


def test_undo_takes_steps_back_one_by_one(mine: SettingUp) -> None:
    start = mine.team
    mine.do(lambda t: edits.add_person(t, "Fatima"))
    middle = mine.team
    mine.remove_kpi("sanne-klachten")
    assert mine.undo() == middle
    assert mine.undo() == start
    assert not mine.can_undo
    with pytest.raises(HuddleError, match="nothing to undo"):
        mine.undo()


def test_undo_leaves_what_others_did(mine: SettingUp, theirs: SettingUp) -> None:
    mine.do(lambda t: edits.move_person(t, "bram", -1))
    theirs.do(lambda t: edits.add_person(t, "Fatima"))
    assert [p.name for p in mine.undo().people] == ["Sanne", "Bram", "Fatima"]


def test_an_undo_that_would_take_back_somebody_elses_change_is_told(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team.people[0]
    mine.save_person(opened, replace(opened, role="Directeur"))
    theirs.save_person(theirs.team.people[0], replace(theirs.team.people[0], role="Koningin"))
    with pytest.raises(Conflict):
        mine.undo()
    assert mine.team.people[0].role == "Koningin"
    assert mine.can_undo


def test_a_step_that_changed_nothing_is_none(mine: SettingUp) -> None:
    mine.do(lambda t: t)
    assert not mine.can_undo


def test_a_save_that_fails_changes_nothing(book: MemoryBook, mine: SettingUp) -> None:
    book.fail_with = HuddleError("The disk is full.")
    with pytest.raises(HuddleError, match="disk is full"):
        mine.do(lambda t: edits.add_person(t, "Fatima"))
    assert not mine.can_undo
    book.fail_with = None
    assert len(mine.team.people) == 2


def test_an_undo_cannot_make_two_people_of_one_name(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team.people[1]
    mine.save_person(opened, replace(opened, name="Bert"))
    theirs.do(lambda t: edits.add_person(t, "Bram"))
    with pytest.raises(edits.Refused, match="already somebody called Bram"):
        mine.undo()


def test_an_undo_leaves_a_hole_where_somebody_is_gone(mine: SettingUp, theirs: SettingUp) -> None:
    opened = mine.team.processes[0]
    mine.save_process(opened, replace(opened, accountable="bram"))
    theirs.remove_person("sanne")
    assert mine.undo().processes[0].accountable is None


# Retiring


def test_a_number_that_was_said_is_retired(book: MemoryBook) -> None:
    spoken = MemoryBook(book.team(), [huddle(BEFORE, "sanne", "sanne-klachten")])
    team = SettingUp(spoken, FixedTime()).remove_kpi("sanne-klachten")
    assert team.kpis[0].retired_on == DAY


@pytest.mark.parametrize("day", [date(2025, 12, 31), None])
def test_a_number_that_was_never_said_is_deleted(book: MemoryBook, day: date | None) -> None:
    """A huddle from before the number began is not looked into."""
    found = [huddle(day, "sanne", "sanne-klachten")] if day else []
    team = SettingUp(MemoryBook(book.team(), found), FixedTime()).remove_kpi("sanne-klachten")
    assert team.kpis == ()


def test_a_number_that_waits_in_a_check_in_is_retired(book: MemoryBook, mine: SettingUp) -> None:
    draft = CheckIn("sanne", DAY, (Entry("sanne-klachten", "8", True, Decimal(8)),))
    book.change_check_in("sanne", DAY, lambda _none: draft)
    assert mine.remove_kpi("sanne-klachten").kpis[0].retired_on == DAY


def test_who_ever_had_a_turn_has_left(book: MemoryBook) -> None:
    spoken = MemoryBook(book.team(), [huddle(BEFORE, "sanne", None)])
    setting_up = SettingUp(spoken, FixedTime())
    assert setting_up.remove_person("sanne").people[0].left_on == DAY
    assert [p.name for p in setting_up.remove_person("bram").people] == ["Sanne"]
    assert setting_up.undo().people[1].name == "Bram"


def test_a_promise_is_changed_by_somebody_on_a_day(mine: SettingUp) -> None:
    number = mine.team.kpis[0]
    [change] = mine.save_kpi(number, replace(number, promise=Decimal(6)), by="bram").promise_changes
    assert (change.day, change.by, change.new) == (DAY, "bram", Decimal(6))
