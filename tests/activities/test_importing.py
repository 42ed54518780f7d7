"""Laying a file over a team: what it adds and changes, all or nothing, and nothing the second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from huddle_tui.activities.importing import carry_out, plan, read
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Person, Process, PromiseChange, Team
from huddle_tui.exchange.reading import team_file
from huddle_tui.exchange.reading.given import TeamFile
from huddle_tui.exchange.reading.problems import FileRefused
from huddle_tui.exchange.writing.team import as_toml
from tests.kit.memory_book import MemoryBook
from tests.kit.teams import teams, told

TODAY = date(2026, 11, 23)
SPOKEN = PromiseChange("2026-11-20/k", "k", date(2026, 11, 20), Decimal(9), Decimal(8), "s")
TEAM = Team(
    "Voorbeeld",
    "nl",
    people=(
        Person("s", "Sanne"),
        Person("w", "Wim", left_on=date(2026, 1, 1)),
        Person("b", "Bram", "Directeur", date(2026, 12, 1), date(2026, 12, 31)),
    ),
    processes=(Process("p", "van lead tot deal", "s"), Process("q", "klanten aan boord")),
    kpis=(
        Kpi("k", "Klachten", "s", Decimal(8), red_edge=Decimal(6), most_important=True, since=date(2026, 1, 5)),
        Kpi("o", "Omzet", "s", Decimal(100), "p"),
        Kpi("r", "Bezoeken", "b", Decimal(5), retired_on=date(2026, 6, 1)),
    ),
    promise_changes=(SPOKEN,),
)


def lay(source: str, team: Team | None = TEAM) -> tuple[Team, list[str], list[str]]:
    """The team that a file makes, and what is told of it; the second time there is nothing to tell."""
    file = team_file.read(source, team)
    done = plan(team, file, TODAY)
    assert plan(done.team, team_file.read(source, done.team), TODAY).empty
    assert done.empty == (done.team == team)
    return done.team, [str(one) for one in done.added], [str(one) for one in done.changed]


def test_a_promise_that_changes_is_a_change_of_today() -> None:
    team, added, changed = lay('[[kpi]]\nname = "klachten"\nowner = "SANNE"\npromise = 6')
    assert added == []
    assert changed == [
        "KPI Klachten of Sanne · The name: Klachten → klachten",
        "KPI Klachten of Sanne · The promise: 8 → 6",
    ]
    kpi, change = team.kpis[0], team.promise_changes[-1]
    assert (kpi.id, kpi.promise, kpi.red_edge, kpi.since) == ("k", Decimal(6), Decimal(6), date(2026, 1, 5))
    assert team.promise_changes[0] == SPOKEN
    assert (change.kpi, change.day, change.old, change.new, change.by) == ("k", TODAY, Decimal(8), Decimal(6), "")


@pytest.mark.parametrize("line", ['[[kpi]]\nname = "Klachten"\nowner = "sanne"\npromise = 6',
                                  '[[process]]\nname = "klanten aan boord"\naccountable = "Sanne"',
                                  '[[person]]\nname = "Sanne"\nrole = "Directeur"'])  # fmt: skip
def test_a_name_that_two_people_of_the_team_have_stands_for_neither(line: str) -> None:
    team = replace(TEAM, people=(*TEAM.people, Person("s-2", "SANNE")))
    with pytest.raises(HuddleError, match="Two people in the team are called Sanne: give one of them another name"):
        plan(team, team_file.read(line, team), TODAY)


def test_changes_of_one_day_are_told_apart_and_survive_a_huddle() -> None:
    team = TEAM
    for promise in (6, 7, 6):
        team, _added, _changed = lay(f'[[kpi]]\nname = "Klachten"\nowner = "Sanne"\npromise = {promise}', team)
    ids = [change.id for change in team.promise_changes]
    assert len(ids) == len(set(ids)) == 4
    assert team.with_promises((), TODAY) == team


def test_what_is_new_is_told_and_counts_from_today() -> None:
    team, added, changed = lay(
        '[[person]]\nname = "Zoë"\nrole = "Directeur"\n[[process]]\nname = "talent"\naccountable = "zoë"\n'
        '[[kpi]]\nname = "Geluk"\nowner = "Zoë"\npromise = 7.5\nprocess = "talent"\nunit = "/10"'
    )
    assert (added, changed) == (["Person Zoë", "Process talent", "KPI Geluk of Zoë: ≥ 7,5/10, day, snapshot"], [])
    person, process, kpi = team.people[-1], team.processes[-1], team.kpis[-1]
    assert (person.name, person.role, process.accountable) == ("Zoë", "Directeur", person.id)
    assert (kpi.owner, kpi.process, kpi.promise, kpi.since) == (person.id, process.id, Decimal("7.5"), TODAY)
    assert len({k.id for k in team.kpis}) == len(team.kpis)


def test_every_setting_is_laid_over_and_told() -> None:
    team, added, changed = lay(
        '[team]\nname = "Nieuw"\nlocale = "en"\ntime_box = 7.5\nworkdays = ["mon", "tue"]\ndays_off = [2026-12-25]\n'
        'reports = "today"\norder = "listed"\nhuddle_times = {mon = "09:07"}\nseconds_per_person = 45\n'
        'meets = ["mon", "thu"]'
    )
    assert added == []
    assert team.promise_changes == TEAM.promise_changes
    assert changed == [
        "Team Voorbeeld · The name: Voorbeeld → Nieuw",
        "Team Voorbeeld · The language: Nederlands → English",
        "Team Voorbeeld · The time box: 10 min → 7.5 min",
        "Team Voorbeeld · The seconds per person: 60 → 45",
        "Team Voorbeeld · The reporting day: yesterday → today",
        "Team Voorbeeld · The order: rotating → listed",
        "Team Voorbeeld · The huddle's times: nothing → Monday 09:07",
        "Team Voorbeeld · The days of the huddle: the working days → Monday, Thursday",
        "Team Voorbeeld · The working days: Monday, Tuesday, Wednesday, Thursday, Friday → Monday, Tuesday",
        "Team Voorbeeld · The days off: nothing → 2026-12-25",
    ]


def test_what_the_file_takes_away() -> None:
    team, _added, changed = lay(
        '[[person]]\nname = "Bram"\naway_from = ""\n[[process]]\nname = "van lead tot deal"\naccountable = ""\n'
        '[[kpi]]\nname = "Klachten"\nowner = "Sanne"\npromise = 8\nred_edge = ""\n'
        '[[kpi]]\nname = "Omzet"\nowner = "Sanne"\npromise = 100\nprocess = ""'
    )
    assert changed == [
        "Person Bram · The first day away: 2026-12-01 → nothing",
        "Person Bram · The last day away: 2026-12-31 → nothing",
        "Process van lead tot deal · The one accountable: Sanne → nothing",
        "KPI Klachten of Sanne · The red edge: 6 → nothing",
        "KPI Omzet of Sanne · The process: van lead tot deal → nothing",
    ]
    assert (team.people[2].away_from, team.people[2].away_to) == (None, None)


def test_another_most_important_number_takes_the_star() -> None:
    team, _added, changed = lay('[[kpi]]\nname = "Omzet"\nowner = "Sanne"\npromise = 100\nmost_important = true')
    assert [kpi.most_important for kpi in team.kpis] == [False, True, False]
    assert changed == ["KPI Klachten of Sanne · The ★: yes → no", "KPI Omzet of Sanne · The ★: no → yes"]


def test_a_retired_number_comes_back_with_its_history() -> None:
    team, added, changed = lay('[[kpi]]\nname = "Bezoeken"\nowner = "Bram"\npromise = 5')
    assert (team.kpis[2].id, team.kpis[2].retired_on) == ("r", None)
    assert (added, changed) == ([], ["KPI Bezoeken of Bram · The day of retiring: 2026-06-01 → nothing"])


def test_who_left_is_not_who_comes() -> None:
    team, added, _changed = lay('[[person]]\nname = "Wim"')
    assert added == ["Person Wim"]
    assert [(person.name, person.left_on is None) for person in team.people if person.name == "Wim"] == [
        ("Wim", False),
        ("Wim", True),
    ]


@pytest.mark.parametrize(
    ("source", "order"),
    [
        (["Bram", "Sanne"], ["Bram", "Sanne", "Wim"]),
        (["Zoë", "Sanne"], ["Zoë", "Sanne", "Wim", "Bram"]),
        (["Sanne", "Zoë"], ["Sanne", "Wim", "Bram", "Zoë"]),
        (["Zoë"], ["Sanne", "Wim", "Bram", "Zoë"]),
    ],
)
def test_the_file_gives_the_order_and_the_others_stay_behind_whom_they_stood(
    source: list[str], order: list[str]
) -> None:
    team, _added, changed = lay("".join(f'[[person]]\nname = "{name}"\n' for name in source))
    assert [person.name for person in team.people] == order
    assert changed == (["The people stand in another order"] if source[0] == "Bram" else [])


def test_processes_and_numbers_in_another_order_are_told() -> None:
    _team, _added, changed = lay(
        '[[process]]\nname = "klanten aan boord"\n[[process]]\nname = "van lead tot deal"\n'
        '[[kpi]]\nname = "Omzet"\nowner = "Sanne"\npromise = 100\n'
        '[[kpi]]\nname = "Klachten"\nowner = "Sanne"\npromise = 8'
    )
    assert changed == ["The processes stand in another order", "The KPIs stand in another order"]


@given(teams(), teams())
def test_any_file_over_any_team_is_a_plan_or_a_sentence_and_nothing_the_second_time(one: Team, other: Team) -> None:
    source = "".join(as_toml(other))
    try:
        file = team_file.read(source, one)
    except FileRefused:
        return
    done = plan(one, file, TODAY)
    assert plan(done.team, team_file.read(source, done.team), TODAY).empty
    assert {p.id for p in one.people} <= {p.id for p in done.team.people}
    assert {k.id for k in one.kpis} <= {k.id for k in done.team.kpis}


@given(teams())
def test_laying_a_file_over_what_it_was_made_from_mends_every_change(team: Team) -> None:
    changed = replace(
        team,
        calendar=replace(team.calendar, days_off=frozenset({TODAY})),
        processes=tuple(replace(process, accountable=None) for process in team.processes[::-1]),
        kpis=tuple(replace(kpi, promise=Decimal(1), red_edge=None, stretch=None) for kpi in team.kpis[::-1]),
    )
    done = plan(changed, team_file.read("".join(as_toml(team)), changed), TODAY)
    assert told(done.team) == told(team)


def test_without_a_book_the_file_names_the_team() -> None:
    done = plan(None, team_file.read('[team]\nname = "Nieuw"\n[[person]]\nname = "Jan"'), TODAY)
    assert [str(one) for one in done.added] == ["Team Nieuw", "Person Jan"]
    assert (done.changed, done.team.locale) == ((), "en")
    with pytest.raises(HuddleError, match="There is no team yet"):
        plan(None, TeamFile(), TODAY)


def test_who_went_away_since_the_file_was_read_is_missed() -> None:
    file = TeamFile(kpis=({"name": "x", "owner": "Piet", "promise": Decimal(1)},))
    with pytest.raises(HuddleError, match="Piet is not there any more"):
        plan(TEAM, file, TODAY)


def test_carrying_out_stores_the_plan_and_writes_nothing_where_nothing_changes() -> None:
    book = MemoryBook()
    file = team_file.read('[team]\nname = "Nieuw"\n[[person]]\nname = "Jan"')
    done = carry_out(book, file, TODAY)
    assert book.team() == done.team
    book.fail_with = HuddleError("nothing may be saved")
    assert carry_out(book, file, TODAY).empty


def test_carrying_out_is_laid_over_what_is_stored_by_then() -> None:
    book = MemoryBook(TEAM)
    file = team_file.read('[[person]]\nname = "Jan"', TEAM)

    def meanwhile() -> None:
        book.before_save = None
        book.beside().change_team(lambda team: replace(team or TEAM, name="Anders"))

    change_team = book.change_team

    def late(change: Callable[[Team | None], Team]) -> Team:
        meanwhile()
        return change_team(change)

    book.change_team = late  # type: ignore[method-assign]
    carry_out(book, file, TODAY)
    assert (book.team().name, book.team().people[-1].name) == ("Anders", "Jan")


def test_reading_goes_by_the_name_of_the_file(tmp_path: Path) -> None:
    toml, sheet, tabs = tmp_path / "a.toml", tmp_path / "a.CSV", tmp_path / "a.tsv"
    toml.write_text('[[person]]\nname = "Jan"', "utf-8")
    sheet.write_text("\ufeffnaam;eigenaar;belofte\na;Sanne;12,5\n", "utf-8")
    tabs.write_text("naam\teigenaar\tbelofte\na\tSanne\t12,5\n", "utf-8")
    assert read(toml, TEAM).people[0]["name"] == "Jan"
    assert read(sheet, TEAM) == read(tabs, TEAM)
    assert read(sheet, TEAM).kpis[0]["promise"] == Decimal("12.5")
