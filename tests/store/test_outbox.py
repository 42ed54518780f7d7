"""A book on a server that goes away: what is said meanwhile is kept, delivered and merged, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from huddle_tui import cli
from huddle_tui.activities import books
from huddle_tui.domain import team_edits
from huddle_tui.domain.huddle import CheckIn, Entry, Huddle, Stuck, Turn, TurnState
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.domain.team import Kpi, Team
from huddle_tui.store.port import Held
from huddle_tui.store.postgres.connector import Unreachable
from huddle_tui.store.postgres.opening import merge
from huddle_tui.store.postgres.outbox import Outbox, Unsent
from huddle_tui.store.texts import Changed, TextBook, Texts
from tests.kit.fakes import MONDAY, small_team

T = TypeVar("T")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Away(Texts):
    """A server in memory that can be away, or lose the answer to a change."""

    shown = "postgresql://server/huddle?book=team"

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.summaries: dict[str, str | None] = {}
        self.away = False
        self.loses_answers = False
        self.changes = 0

    def _ask(self) -> None:
        if self.away:
            raise Unreachable("The server is away.")

    def read(self, name: str) -> str | None:
        self._ask()
        return self.texts.get(name)

    def read_many(self, names: Iterable[str]) -> dict[str, str]:
        self._ask()
        return {name: self.texts[name] for name in names if name in self.texts}

    def huddles(self) -> dict[str, str | None]:
        self._ask()
        return {name: self.summaries.get(name) for name in self.texts if name.startswith("huddles/")}

    def change(self, name: str, changed: Changed[T]) -> T:
        self._ask()
        value, body, summary = changed(self.texts.get(name))
        if body is not None:
            self.texts[name], self.summaries[name] = body, summary
            self.changes += 1
        if self.loses_answers:
            self.away = True
            raise Unreachable("The answer was lost.")
        return value

    def move(self, name: str, to: str) -> None:
        self._ask()
        self.texts[to] = self.texts.pop(name)

    def named(self, beginning: str) -> list[str]:
        self._ask()
        return sorted(name for name in self.texts if name.startswith(beginning))

    def prepare(self) -> list[Sentence]:
        self._ask()
        return []

    def hold(self, name: str) -> Held | None:
        raise NotImplementedError

    def version(self) -> object:
        self._ask()
        return self.changes

    def wait(self, seconds: float) -> bool:
        return True

    def take_notices(self) -> list[Sentence]:
        return []

    @property
    def unsent(self) -> int:
        return 0

    def close(self) -> None:
        return


class Laptop:
    """A program on a machine of its own, with a clock that is moved by hand."""

    def __init__(self, server: Away, folder: Path, name: str) -> None:
        self.seconds = 0.0
        self.outbox = Outbox(server, folder / name, partial(merge, lambda: NOON, name), lambda: self.seconds)
        self.book = TextBook(self.outbox)

    def later(self) -> None:
        """So much later that the server is asked again."""
        self.seconds += 60


@pytest.fixture
def server() -> Away:
    return Away()


@pytest.fixture
def laptop(server: Away, tmp_path: Path) -> Callable[[str], Laptop]:
    """A laptop by its name; the same name again is the next program on it."""
    return lambda name: Laptop(server, tmp_path, name)


def said(book: TextBook, person: str, text: str) -> None:
    """That person checks in with a stuck."""
    book.change_check_in(person, MONDAY, lambda was: replace(was or CheckIn(person, MONDAY), stuck=text))


def number(book: TextBook, person: str, kpi: str, actual: str) -> None:
    """That person checks in with a number."""

    def change(was: CheckIn | None) -> CheckIn:
        check_in = was or CheckIn(person, MONDAY)
        others = [entry for entry in check_in.entries if entry.kpi != kpi]
        return replace(check_in, entries=(*others, Entry(kpi, actual, True, Decimal(actual))))

    book.change_check_in(person, MONDAY, change)


def test_a_check_in_goes_on_without_the_server_and_arrives(server: Away, laptop: Callable[[str], Laptop]) -> None:
    one = laptop("one")
    one.book.change_team(lambda _: small_team())
    said(one.book, "anna", "before")
    server.away = True
    said(one.book, "anna", "meanwhile")
    assert one.book.check_ins("anna")[0].stuck == "meanwhile"
    assert one.outbox.unsent == 1
    [notice] = one.book.take_notices()
    assert "kept on this machine" in str(notice)
    server.away = False
    one.later()
    assert one.book.check_ins("anna")[0].stuck == "meanwhile"
    assert one.outbox.unsent == 0
    assert "has everything" in str(one.book.take_notices()[0])
    assert laptop("two").book.check_ins("anna")[0].stuck == "meanwhile"


def test_the_next_program_delivers(server: Away, laptop: Callable[[str], Laptop]) -> None:
    laptop("one").book.change_team(lambda _: small_team())
    first = laptop("one")
    first.book.team()
    server.away = True
    said(first.book, "anna", "said and then killed")
    killed = laptop("one")
    assert killed.book.check_ins("anna")[0].stuck == "said and then killed", "without the server it goes on from there"
    server.away = False
    assert laptop("one").book.check_ins("anna")[0].stuck == "said and then killed"
    assert server.texts["checkins/anna"]


def test_two_who_were_apart_are_merged_number_by_number(server: Away, laptop: Callable[[str], Laptop]) -> None:
    one, two = laptop("one"), laptop("two")
    one.book.change_team(lambda _: small_team())
    number(one.book, "anna", "a", "1")
    two.book.check_ins("anna")
    server.away = True
    number(two.book, "anna", "b", "2")
    server.away = False
    number(one.book, "anna", "c", "3")
    two.later()
    two.book.changed()
    found = one.book.check_ins("anna")[0]
    assert {e.kpi: e.actual for e in found.entries} == {"a": Decimal(1), "b": Decimal(2), "c": Decimal(3)}


def test_a_round_goes_on_and_its_turns_meet_what_others_stored(server: Away, laptop: Callable[[str], Laptop]) -> None:
    one, two = laptop("one"), laptop("two")
    one.book.change_team(lambda _: small_team())
    begun = Huddle(MONDAY, "x", started_at=NOON, turns=(Turn("anna", "Anna"), Turn("bram", "Bram")))
    one.book.change_huddle(MONDAY, lambda _: begun)
    two.book.huddle(MONDAY)
    server.away = True

    def speak(person: str, text: str) -> Callable[[Huddle | None], Huddle]:
        def change(huddle: Huddle | None) -> Huddle:
            assert huddle is not None
            turns = [
                replace(t, state=TurnState.DONE, stucks=(Stuck(text),)) if t.person == person else t
                for t in huddle.turns
            ]
            return replace(huddle, turns=tuple(turns))

        return change

    two.book.change_huddle(MONDAY, speak("bram", "no server"))
    server.away = False
    one.book.change_huddle(MONDAY, speak("anna", "nothing"))
    two.later()
    merged = two.book.huddle(MONDAY)
    assert merged is not None
    assert [(t.state, t.stuck) for t in merged.turns] == [
        (TurnState.DONE, "nothing"),
        (TurnState.DONE, "no server"),
    ]
    assert one.book.huddle(MONDAY) == merged
    assert [s.day for s in one.book.summaries()] == [MONDAY]


def test_a_change_whose_answer_was_lost_is_not_made_twice(server: Away, laptop: Callable[[str], Laptop]) -> None:
    one = laptop("one")
    one.book.change_team(lambda _: small_team())
    number(one.book, "anna", "a", "1")
    server.loses_answers = True
    number(one.book, "anna", "b", "2")
    server.loses_answers = server.away = False
    one.later()
    found = one.book.check_ins("anna")[0]
    assert [(e.kpi, e.actual) for e in found.entries] == [("a", Decimal(1)), ("b", Decimal(2))]
    assert one.outbox.unsent == 0


def test_edits_of_the_team_that_contradict_are_kept_beside_and_told(
    server: Away, laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    one, two = laptop("one"), laptop("two")
    one.book.change_team(lambda _: small_team())
    two.book.team()

    def named(name: str) -> Callable[[Team | None], Team]:
        def change(team: Team | None) -> Team:
            assert team is not None
            return replace(team, name=name)

        return change

    server.away = True
    two.book.change_team(named("Ours"))
    server.away = False
    one.book.change_team(named("Theirs"))
    two.later()
    assert two.book.team().name == "Theirs"
    aside = tmp_path / "two" / "unmerged" / "team.json"
    assert "Ours" in aside.read_text("utf-8")
    assert any(str(aside) in str(notice) for notice in two.book.take_notices())


def test_without_the_server_and_without_having_read_anything_it_says_so(
    server: Away, laptop: Callable[[str], Laptop]
) -> None:
    laptop("one").book.change_team(lambda _: small_team())
    server.away = True
    with pytest.raises(HuddleError, match=r"The server is away\. Nothing of this book was read"):
        laptop("two").book.team()


def test_the_doctor_says_which_huddles_are_not_on_this_machine(
    server: Away, laptop: Callable[[str], Laptop], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = laptop("one").book, laptop("two").book
    one.change_team(lambda _: small_team("en"))
    days = [MONDAY - timedelta(days=ago) for ago in (2, 1, 0)]
    for day in days:
        one.change_huddle(day, lambda _, day=day: Huddle(day, "T", started_at=NOON, ended_at=NOON))  # type: ignore[misc]  # mypy infers no type for a default
    assert (two.team().locale, len(list(two.huddles(two.days()[-1:])))) == ("en", 1)
    server.away = True
    monkeypatch.setattr(books, "open_book", lambda _place: laptop("two").book)
    assert cli.main(["doctor", "--data", server.shown]) == 1
    given, told = capsys.readouterr()
    assert given == f"These huddles cannot be read now: {days[0]}, {days[1]}.\n"
    assert "The server is away." in told


def test_a_server_that_is_away_is_not_asked_at_every_step(server: Away, laptop: Callable[[str], Laptop]) -> None:
    one = laptop("one")
    one.book.change_team(lambda _: small_team())
    server.away = True
    said(one.book, "anna", "first")
    server.away = False
    said(one.book, "anna", "second")
    assert "checkins/anna" not in server.texts, "it is asked again in a while"
    one.later()
    one.book.changed()
    assert one.book.check_ins("anna")[0].stuck == "second"


def test_merging_again_changes_nothing(server: Away, laptop: Callable[[str], Laptop]) -> None:
    """A program may die between delivering and forgetting what it delivered."""
    one = laptop("one")
    one.book.change_team(lambda _: small_team())
    number(one.book, "anna", "a", "1")
    base = server.texts["checkins/anna"]
    number(one.book, "anna", "b", "2")
    ours = server.texts["checkins/anna"]
    merging = partial(merge, lambda: NOON + timedelta(days=1), "one")
    once = merging("checkins/anna", Unsent(base, ours), base)
    assert merging("checkins/anna", Unsent(base, ours), once) == once == ours


def test_two_new_stars_of_one_person_meet_as_one(server: Away, laptop: Callable[[str], Laptop]) -> None:
    one, two = laptop("one"), laptop("two")
    one.book.change_team(lambda _: team_edits.star(small_team(), "sanne-opgelost"))
    two.book.team()
    server.away = True
    extra = Kpi("", "Nieuw", "sanne", Decimal(1), most_important=True)
    one.book.change_team(lambda team: team_edits.add_kpi(team or small_team(), extra, MONDAY))
    server.away = False
    two.book.change_team(lambda team: team_edits.star(team or small_team(), "sanne-open"))
    one.later()
    one.book.changed()
    starred = [kpi.name for kpi in two.book.team().kpis if kpi.owner == "sanne" and kpi.most_important]
    assert starred == ["Nieuw"]
