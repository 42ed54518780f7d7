"""Making a book and filling it, from the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from zoneinfo import ZoneInfoNotFoundError

import pytest

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.tiny import TinyBook
from tests.cli.conftest import Run
from tests.kit.fakes import MONDAY, FakeTime, small_team


@pytest.fixture
def sydney() -> Iterator[None]:
    """A machine in Sydney."""
    from pendulum import Timezone
    from pendulum.tz import set_local_timezone

    set_local_timezone(Timezone("Australia/Sydney"))
    yield
    set_local_timezone()


def test_a_book_is_made_in_the_zone_and_language_of_the_machine_and_it_says_so(
    run: Run, home: Path, sydney: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    status, given, told = run("init", "--data", "~/book")
    assert (status, given) == (0, "")
    assert told.startswith(
        f"In {home}/book is een boek gemaakt: getallen en datums in het Nederlands, dagen volgens de klok van "
        "Australia/Sydney."
    )
    team = TinyBook(home / "book").team()
    assert (team.timezone, team.locale, team.name) == ("Australia/Sydney", "nl", "Ons team")


def test_what_is_named_is_taken(run: Run, home: Path, sydney: None) -> None:
    _status, _given, told = run("init", "--data", "b", "--locale", "nl", "--timezone", "Europe/Brussels")
    assert "in het Nederlands, dagen volgens de klok van Europe/Brussels." in told
    team = TinyBook(home / "b").team()
    assert (team.timezone, team.locale) == ("Europe/Brussels", "nl")


def test_a_team_that_is_imported_into_nothing_lives_where_the_machine_does(run: Run, home: Path, sydney: None) -> None:
    (home / "team.toml").write_text('[team]\nname = "Ours"\n', "utf-8")
    assert run("import", "~/team.toml", "--data", "~/book")[0] == 0
    assert TinyBook(home / "book").team().timezone == "Australia/Sydney"


def test_a_team_that_is_imported_into_nothing_answers_in_its_own_language_and_is_known(run: Run, home: Path) -> None:
    (home / "team.toml").write_text(
        '[team]\nname = "Wij"\nlocale = "nl"\n[[process]]\nname = "van a naar b"\n', "utf-8"
    )
    status, given, told = run("import", "~/team.toml", "--data", "book", "--dry-run")
    assert (status, given) == (0, "+ Team Wij\n+ Proces van a naar b\n")
    assert told.startswith("Er is niets veranderd")
    assert run("teams")[1] == ""
    assert run("import", "~/team.toml", "--data", "book") == (0, "+ Team Wij\n+ Proces van a naar b\n", "")
    assert run("teams")[1].startswith("Wij ")


def test_a_machine_without_a_named_zone_is_asked_for_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huddle_tui.cli.books.machine_zone", lambda: None)
    status, _given, told = run("init", "--data", "book")
    assert status == 1
    assert told == ("The time zone of this machine is not known: name it, as in --timezone Europe/Amsterdam.\n")


def test_a_machine_without_time_zone_data_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(dates, "available_timezones", set)
    monkeypatch.setattr(dates, "ZoneInfo", unknown)
    zone = "Europe/Amsterdam"
    for asked in (lambda: dates.is_zone(zone), lambda: dates.now(zone), lambda: dates.parse_moment("2026-11-23", zone)):
        with pytest.raises(HuddleError, match=r"no time zone data: install the package tzdata"):
            asked()


@pytest.mark.parametrize(
    ("name", "begins", "says"),
    [
        ("kpis.xlsx", b"PK\x03\x04\x14\x00", "is a spreadsheet or an archive, not text: save the sheet as CSV"),
        ("kpis.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old spreadsheet or document, not text: save the sheet as CSV"),
        ("kpis.pdf", b"%PDF-1.7\n", "is a PDF, not text"),
        ("kpis.csv", b"PK\x03\x04\x14\x00", "is a spreadsheet or an archive, not text: save the sheet as CSV"),
        ("team.toml", b"\x00\x01\x02", "is no text file: import a team file (TOML), or a CSV"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_the_way_out(
    run: Run, home: Path, name: str, begins: bytes, says: str
) -> None:
    (home / name).write_bytes(begins + bytes(100))
    assert run("init", "--data", "book")[0] == 0
    status, given, told = run("import", name, "--data", "book")
    assert (status, given) == (1, "")
    assert told.startswith(f"{name} {says}")


def test_a_sheet_that_was_saved_as_unicode_text_is_read(run: Run, home: Path) -> None:
    (home / "kpis.csv").write_bytes("owner\tname\tpromise\nJosé\tCalls\t8\n".encode("utf-16"))
    assert run("init", "--data", "book", "--locale", "en")[0] == 0
    told = "+ Person José\n+ KPI Calls of José: ≥ 8, day, snapshot\n"
    assert run("import", "kpis.csv", "--data", "book")[:2] == (0, told)


def test_a_home_folder_there_is_not_is_said(run: Run) -> None:
    status, _given, told = run("import", "~nobody-at-all/x.csv")
    assert status == 1
    assert told == "~nobody-at-all/x.csv cannot be found: there is no such home folder.\n"


@pytest.mark.parametrize("command", ["init", "status", "doctor", "demo --keep"])
@pytest.mark.parametrize("typed", ["file", "file/inside", "x" * 300])
def test_a_place_that_can_be_no_folder_is_refused_with_the_way_out(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, command: str, typed: str
) -> None:
    (home / "file").write_text("mine", "utf-8")
    monkeypatch.setenv("HUDDLE_DATA", typed)
    status, given, told = run(*command.split(), *([typed] if "--" in command else []))
    assert (status, given) == (1, "")
    assert told.startswith(f"{typed} cannot be the folder of a book (")
    assert told.endswith("): name another place.\n")


@pytest.mark.parametrize("place", ["mysql://host/huddle", "https://example.org/book"])
def test_an_address_of_something_else_is_no_folder(run: Run, home: Path, place: str) -> None:
    status, given, told = run("init", "--data", place)
    assert (status, given, list(home.iterdir())) == (1, "", [])
    assert told == f"{place} is no address of a database; write it as postgresql://host/database?book=NAME.\n"


def test_what_the_doctor_finds_is_said_once(run: Run, home: Path) -> None:
    assert run("init", "--data", "book", "--name", "Ours")[0] == 0
    team = home / "book" / "team.json"
    team.write_text(team.read_text("utf-8").replace("Ours", "Theirs"), "utf-8")
    os.utime(team, (1, 1))
    status, given, told = run("doctor", "--data", "book")
    assert (status, told) == (1, "")
    assert given == (
        "book/team.json was changed outside this program: it is used as it is. "
        "`huddle doctor --repair` mends it, and keeps what is replaced.\n"
    )


@pytest.mark.parametrize("command", ["status", "export", "run", "", "init", "coach"])
def test_huddles_without_their_team_are_said_to_be_that(run: Run, home: Path, command: str) -> None:
    book = TinyBook(home / "book")
    book.change_team(lambda _: small_team())
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "Ours", started_at=FakeTime().now()))
    (home / "book" / "team.json").unlink()
    rmtree(home / "book" / ".huddle")
    status, given, told = run(*command.split(), "--data", "book", "--lang", "en")
    assert (status, given) == (1, "")
    assert told.startswith(
        "book/team.json is missing and there are huddles, the last of 2026-11-23: no new team is made"
    )


def test_the_example_goes_over_no_book_of_which_only_a_copy_is_left(run: Run, home: Path) -> None:
    assert run("init", "--data", "book")[0] == 0
    (home / "book" / "team.json").unlink()
    assert run("demo", "--keep", "book") == (1, "", "There is a book in book already: name another folder.\n")
