"""`huddle status`: how the team stands for its next huddle."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, CheckIn, Entry, Huddle, Stuck, Turn, TurnState
from huddle_tui.domain.team import Team
from huddle_tui.domain.workdays import Calendar
from huddle_tui.store.tiny import TinyBook
from tests.cli.conftest import Run
from tests.kit.fakes import MONDAY, FakeTime, small_team

FRIDAY = date(2026, 11, 20)
TEAM = replace(small_team("en"), huddle_times={0: time(9, 7)})


def check_in_as(book: TinyBook, made: CheckIn) -> None:
    book.change_check_in(made.person, made.huddle_day, lambda _: made)


@pytest.fixture
def book(home: Path, monkeypatch: pytest.MonkeyPatch) -> TinyBook:
    """Friday's huddle left a stuck and an action; Sanne has checked in for Monday, and José began."""
    monkeypatch.setenv("HUDDLE_DATA", str(home / "book"))
    book = TinyBook(home / "book")
    book.change_team(lambda _: TEAM)
    turn = Turn("sanne", "Sanne", TurnState.DONE, stucks=(Stuck("the printer"),))
    start = FakeTime(FRIDAY).now()
    actions = (Action("1", "José", "call them"), Action("2", "José", "done", done_on=FRIDAY))
    held = Huddle(FRIDAY, TEAM.name, started_at=start, ended_at=start, turns=(turn,), actions=actions)
    book.change_huddle(FRIDAY, lambda _: held)
    for who, closed in (("sanne", True), ("josé", False)):
        given = ("opgelost", "open", "bezoek", "omzet") if closed else ("opgelost",)
        entries = tuple(Entry(f"{who}-{kpi}", "8", True, Decimal(8)) for kpi in given)
        check_in_as(book, CheckIn(who, MONDAY, entries, closed=closed))
    return book


def standing(run: Run) -> dict[str, Any]:
    status, given, told = run("status", "--format", "json")
    assert (status, told) == (0, "")
    found: dict[str, Any] = json.loads(given)
    return found


def test_who_has_checked_in_and_what_is_open(run: Run, book: TinyBook) -> None:
    assert standing(run) == {
        "team": "Voorbeeld Software",
        "next_huddle": {"date": "2026-11-23", "time": "09:07"},
        "running": None,
        "checked_in": ["Sanne"],
        "partly": [{"person": "José", "answered": 1, "of": 4}],
        "not_checked_in": ["Fatima"],
        "open_stucks": 1,
        "open_actions": 1,
        "unsent": 0,
    }


def test_the_same_for_people_in_both_languages(run: Run, book: TinyBook) -> None:
    assert run("status", "--lang", "en") == (0, (
        "Voorbeeld Software: the next huddle is on Monday 23 November at 09:07.\nChecked in: Sanne\n"
        "Partly: José (1 of 4)\nNot checked in: Fatima\n1 stuck is open.\n1 action is open.\n"
    ), "")  # fmt: skip
    assert run("status", "--lang", "nl")[1] == (
        "Voorbeeld Software: de volgende huddle is op Monday 23 November om 09:07.\nIngecheckt: Sanne\n"
        "Ten dele: José (1 van 4)\nNog niet ingecheckt: Fatima\n1 knelpunt staat open.\n1 actie staat open.\n"
    )


def test_no_number_is_ever_told(run: Run, book: TinyBook) -> None:
    secret = CheckIn("fatima", MONDAY, (Entry("fatima-omzet", "98765", True, Decimal(98765)),), closed=True)
    check_in_as(book, secret)
    for arguments in ((), ("--format", "json")):
        assert "98765" not in run("status", *arguments)[1]


def test_who_is_away_is_not_waited_for(run: Run, book: TinyBook) -> None:
    def away(team: Team | None) -> Team:
        assert team is not None
        return replace(team, people=tuple(replace(p, away_from=FRIDAY) for p in team.people))

    book.change_team(away)
    found = standing(run)
    assert (found["checked_in"], found["partly"], found["not_checked_in"]) == ([], [], [])


def test_a_huddle_that_runs(run: Run, book: TinyBook) -> None:
    start = FakeTime().now()
    turns = (Turn("sanne", "Sanne", TurnState.DONE), Turn("josé", "José", TurnState.SPEAKING))
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, TEAM.name, started_at=start, turns=turns))
    assert standing(run)["running"] == {"started_at": "2026-11-23T09:07:00+01:00", "speaking": "José"}
    assert run("status")[1].startswith(
        "Voorbeeld Software: the huddle of Monday 23 November has begun; it is the turn of José."
    )


@pytest.mark.parametrize(
    ("meets", "off", "next"),
    [
        (frozenset[int](), (), "2026-11-24"),
        (frozenset({0}), (), "2026-11-30"),
        (frozenset({0}), (date(2026, 11, 30),), "2026-12-07"),
        (frozenset({5}), (), "2026-11-28"),
    ],
)
def test_after_today_it_is_the_next_day_on_which_the_team_meets(
    run: Run, book: TinyBook, meets: frozenset[int], off: tuple[date, ...], next: str
) -> None:
    book.change_team(lambda _: replace(TEAM, meets=meets, calendar=Calendar(days_off=frozenset(off))))
    start = FakeTime().now()
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, TEAM.name, started_at=start, ended_at=start))
    assert standing(run)["next_huddle"]["date"] == next


def test_without_a_book_it_says_so(run: Run) -> None:
    status, given, told = run("status", "--data", "nowhere")
    assert (status, given) == (1, "")
    assert told == "There is no book in nowhere: make one with `huddle init`, or try `huddle demo`.\n"
