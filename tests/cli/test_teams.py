"""Teams side by side: which books are known, which one is opened, and what of one that is gone."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from huddle_tui.activities.settings import settings_path
from huddle_tui.domain.huddle import Huddle
from huddle_tui.store.tiny import TinyBook
from tests.cli.conftest import Run
from tests.kit.fakes import MONDAY, FakeTime


@pytest.fixture(autouse=True)
def two(run: Run, home: Path) -> None:
    """Two books: Support, and after it Sales."""
    for name in ("Support", "Sales"):
        assert run("init", "--data", f"~/{name}", "--name", name)[0] == 0


def test_the_book_used_last_comes_first(run: Run, home: Path) -> None:
    TinyBook(home / "Support").change_huddle(MONDAY, lambda _: Huddle(MONDAY, "Support", started_at=FakeTime().now()))
    status, given, told = run("teams")
    assert (status, told) == (0, "")
    assert [line.split("  ") for line in given.splitlines()] == [
        ["Sales", "", f"{home}/Sales", "", "no huddle yet"],
        ["Support", f"{home}/Support", "last huddle on Monday 23 November 2026"],
    ]


def test_the_same_for_scripts(run: Run, home: Path) -> None:
    assert json.loads(run("teams", "--format", "json")[1]) == [
        {"name": name, "place": f"{home}/{name}", "last_huddle": None, "gone": False} for name in ("Sales", "Support")
    ]


def test_they_are_in_the_settings_beside_what_stood_there(run: Run, home: Path) -> None:
    path = settings_path()
    path.write_text('# mine\ntheme = "huddle-day"\n\n[keys]\n"round.skip" = "f4"\n', "utf-8")
    assert run("init", "--data", "third", "--name", "Third")[0] == 0
    written = path.read_text("utf-8")
    assert written.startswith('# mine\ntheme = "huddle-day"\n')
    assert tomllib.loads(written)["book"] == [{"place": f"{home}/third", "name": "Third"}]


@pytest.mark.parametrize(("asked", "opened"), [("Sales", "Sales"), ("sup", "Support"), ("SUPPORT", "Support")])
def test_a_team_is_chosen_by_the_beginning_of_its_name(run: Run, home: Path, asked: str, opened: str) -> None:
    assert f"{home}/{opened}\n" in run("paths", "--team", asked)[1]


def test_without_a_name_it_is_the_one_used_last(run: Run, home: Path) -> None:
    assert f"{home}/Sales\n" in run("paths")[1]


def test_a_book_that_is_named_goes_before_those_that_are_known(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUDDLE_DATA", "~/elsewhere")
    assert f"{home}/elsewhere\n" in run("paths")[1]
    assert f"{home}/Sales\n" in run("paths", "--team", "sales")[1]
    assert f"{home}/Support\n" in run("paths", "--data", "~/Support")[1]


def test_a_team_that_was_renamed_elsewhere_is_found_by_its_name_of_now(run: Run, home: Path) -> None:
    (home / "team.toml").write_text('[team]\nname = "Leadership"\n', "utf-8")
    assert run("import", "team.toml", "--data", "~/Support")[0] == 0
    assert f"{home}/Support\n" in run("paths", "--team", "lead")[1]


def test_a_name_that_can_be_several_or_none_is_refused_with_what_there_is(run: Run, home: Path) -> None:
    status, given, told = run("coach", "--team", "s")
    assert (status, given) == (1, "")
    assert told == f"s can be several teams: Sales ({home}/Sales), Support ({home}/Support). " \
        "Write more of the name, or the place.\n"  # fmt: skip
    assert run("coach", "--team", "x")[2] == ("No team called x is known on this machine; these are: Sales, Support.\n")


def test_a_book_that_is_gone_is_shown_as_such_and_the_one_before_it_is_used(run: Run, home: Path) -> None:
    (home / "Sales").rename(home / "moved")
    assert f"There is no book in {home}/Sales now." in run("teams")[1]
    assert json.loads(run("teams", "--format", "json")[1])[0]["gone"] is True
    status, given, told = run("paths")
    assert status == 0
    assert f"{home}/Support\n" in given
    assert told == f"The book of Sales is not in {home}/Sales now; `huddle teams` shows what is known.\n"


def test_a_file_in_the_place_of_a_book_is_told_and_the_one_before_it_is_used(run: Run, home: Path) -> None:
    (home / "Sales").rename(home / "moved")
    (home / "Sales").write_text("a file", "utf-8")
    status, given, told = run("paths")
    assert status == 0
    assert f"{home}/Support\n" in given
    assert told == f"{home}/Sales cannot be the folder of a book (Not a directory): name another place.\n"


def test_one_is_forgotten_and_its_book_stays(run: Run, home: Path) -> None:
    status, given, told = run("teams", "--forget", "sal")
    assert (status, given) == (0, "")
    assert told == f"Sales is no longer listed; the book in {home}/Sales stays as it is.\n"
    assert [team["name"] for team in json.loads(run("teams", "--format", "json")[1])] == ["Support"]
    assert TinyBook(home / "Sales").team().name == "Sales"


def test_a_damaged_list_is_told_and_keeps_nobody_out(run: Run, home: Path) -> None:
    settings_path().write_text("book = [{place = 3}]\n", "utf-8")
    assert run("coach", "--data", "~/Sales")[0] == 0
    told = run("teams")[2]
    assert "each [[book]] needs a place and a name between quotes" in told
    assert told.endswith("open one once with `huddle --data PLACE`.\n")
