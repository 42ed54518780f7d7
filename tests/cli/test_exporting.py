"""`huddle export`: which days, to where, and what it says when something is left out."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.cli import exporting
from huddle_tui.domain.huddle import Huddle
from huddle_tui.exchange.writing import exports
from huddle_tui.store.tiny import TinyBook
from tests.cli.conftest import Run
from tests.kit.fakes import MONDAY, FakeTime, small_team

DAYS = [MONDAY - timedelta(days=ago) for ago in (7, 3, 1)]
TEAM = replace(small_team("en"), huddle_times={0: time(9, 7)})


@pytest.fixture(autouse=True)
def book(home: Path, monkeypatch: pytest.MonkeyPatch) -> TinyBook:
    """Huddles a week, three days and a day ago."""
    monkeypatch.setenv("HUDDLE_DATA", "~/book")
    book = TinyBook(home / "book")
    book.change_team(lambda _: TEAM)
    for day in DAYS:
        start = FakeTime(day).now()
        book.change_huddle(day, lambda _, d=day, s=start: Huddle(d, TEAM.name, started_at=s, ended_at=s))  # type: ignore[misc]  # mypy infers no type for a default
    return book


def days(given: str) -> list[str]:
    return [huddle["date"] for huddle in json.loads(given)]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("-7", "-1", DAYS),
        ("-6", "today", DAYS[1:]),
        ("yesterday", "today", DAYS[2:]),
        ("2026-11-16", "-2", DAYS[:2]),
        ("today", "today", []),
    ],
)
def test_days_in_words(run: Run, first: str, last: str, found: list[date]) -> None:
    status, given, told = run("export", "--format", "json", "--from", first, "--to", last)
    assert (status, told, days(given)) == (0, "", [str(day) for day in found])


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["actuals"], "invalid choice: 'actuals' (choose from "),
        (["huddles", "--format", "toml"], "huddles cannot be written as toml: choose from md, csv, json."),
    ],
)
def test_what_cannot_be_exported_is_wrong_usage(run: Run, asked: list[str], sentence: str) -> None:
    status, given, told = run("export", *asked)
    assert (status, given) == (2, "")
    assert sentence in told


def test_a_period_that_ends_before_it_begins_is_wrong_usage(run: Run) -> None:
    status, given, told = run("export", "--from", "today", "--to", "-7")
    assert (status, given) == (2, "")
    assert told.startswith("huddle export: 2026-11-23 is after 2026-11-16: nothing lies in between.")


def test_into_a_file_at_home(run: Run, home: Path) -> None:
    assert run("export", "--format", "json", "-o", "~/out.json") == (0, "", "")
    assert len(days((home / "out.json").read_text("utf-8"))) == 3


@pytest.mark.parametrize("what", ["huddles", "readings", "scorecard", "actions"])
def test_what_cannot_be_read_is_said_and_the_rest_is_written(run: Run, book: TinyBook, home: Path, what: str) -> None:
    for copy in (home / "book").rglob(f"{DAYS[1]}.json*"):
        copy.write_text("no huddle at all", "utf-8")
    status, given, told = run("export", what, "--format", "json")
    assert status == 1
    assert f"Left out, because it cannot be read: the huddle of {DAYS[1]}. `huddle doctor` says more." in told
    assert json.loads(given) is not None
    if what == "huddles":
        assert days(given) == [str(DAYS[0]), str(DAYS[2])]
    status, _given, told = run("export", what, "--format", "json", "--from", "yesterday")
    assert status == (what == "huddles"), "what was carried from it is missing there"
    assert "Left out" not in told


def test_the_huddles_to_come(run: Run) -> None:
    status, given, told = run("export", "calendar")
    assert "BEGIN:VCALENDAR\r\n" in given
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO\r\n" in given
    assert status == 1
    assert told == "Left out, because the huddle has no time on these days: Tuesday, Wednesday, Thursday, Friday.\n"


def test_every_day_with_a_time_is_a_calendar_with_nothing_to_add(run: Run, book: TinyBook) -> None:
    book.change_team(lambda _: replace(TEAM, meets=frozenset({0})))
    status, given, told = run("export", "calendar", "--lang", "nl")
    assert (status, told) == (0, "")
    assert "SUMMARY:Huddle van Voorbeeld Software\r\n" in given


def test_a_team_without_a_time_is_told_how_to_set_one(run: Run, book: TinyBook) -> None:
    book.change_team(lambda _: replace(TEAM, huddle_times={}))
    status, given, told = run("export", "calendar")
    assert (status, given) == (1, "")
    assert told == (
        "The huddle has no time of day yet: set one under Team, or in the team file, for example "
        'huddle_times = {mon = "09:07"}.\n'
    )


def test_the_recap_is_of_the_newest_huddle_unless_one_is_named(run: Run) -> None:
    status, given, told = run("export", "recap")
    assert (status, told) == (0, "")
    assert given.startswith("Huddle of Voorbeeld Software, Sunday 22 November 2026\n")
    assert run("export", "recap", "--from", "-3", "--format", "md")[1].startswith("# Huddle of Friday 20 November 2026")
    assert run("export", "recap", "--from", "-7", "--format", "html")[1].startswith("<!DOCTYPE html>")


def test_the_recap_is_of_the_newest_huddle_up_to_a_day(run: Run) -> None:
    given = run("export", "recap", "--to", "-2")[1]
    assert given.startswith("Huddle of Voorbeeld Software, Friday 20 November 2026\n")
    assert run("export", "recap", "--to", "-8") == (1, "", "No huddle was held on 2026-11-15, nor before it.\n")


def test_days_of_an_export_that_has_none_are_said_to_change_nothing(run: Run) -> None:
    whole = run("export", "team")
    told = "The export team is about no day that was: --from and --to change nothing in it.\n"
    assert run("export", "team", "--from", "-7") == (0, whole[1], told)


def test_a_dash_is_standard_output(run: Run, home: Path) -> None:
    assert len(days(run("export", "--format", "json", "-o", "-")[1])) == 3
    assert not (home / "-").exists()


def test_a_day_without_a_huddle_has_no_recap(run: Run) -> None:
    told = "No huddle was held on 2026-11-21; the one before it was on 2026-11-20.\n"
    assert run("export", "recap", "--from", "-2") == (1, "", told)
    assert run("export", "recap", "--from", "2020-01-01")[2] == "No huddle was held on 2020-01-01, nor before it.\n"


def test_a_huddle_that_cannot_be_read_has_no_recap_of_another_one(run: Run, home: Path) -> None:
    for copy in (home / "book").rglob(f"{DAYS[1]}.json*"):
        copy.write_text("no huddle at all", "utf-8")
    status, given, told = run("export", "recap", "--from", "-3")
    assert (status, given) == (1, "")
    assert f"the huddle of {DAYS[1]}. `huddle doctor` says more." in told


@pytest.mark.parametrize("kind", ["toml", "csv", "json"])
def test_a_team_in_which_a_name_stands_for_either_of_two_people_is_no_team_file(
    run: Run, book: TinyBook, home: Path, kind: str
) -> None:
    twice = replace(TEAM.people[0], id="another", name=TEAM.people[0].name.upper())
    book.change_team(lambda _: replace(TEAM, people=(*TEAM.people, twice)))
    status, given, told = run("export", "team", "--format", kind, "-o", "~/out")
    assert (status, given) == (1, "")
    assert told.startswith("Two people in the team are called Sanne: give one of them another name")
    assert not (home / "out").exists()


def test_everything_that_can_be_written_can_be_asked_for(run: Run) -> None:
    assert set(exporting.EXPORTS) == set(exports.EXPORTS)
    assert set(exporting.FORMATS) == {kind for kinds in exports.EXPORTS.values() for kind in kinds}
    for what, kinds in exports.EXPORTS.items():
        for kind in kinds:
            status, _given, told = run("export", what, "--format", kind)
            assert (status, told) == (0, "") or what == "calendar", (what, kind)
    assert "Review of Q3 2026" in run("export", "quarter", "--to", "2026-10-20")[1]
    assert "<h1>Review of Q4 2026" in run("export", "quarter", "--format", "html")[1]
