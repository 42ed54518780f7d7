"""What only a server can do: go away in the middle, freeze, lose an answer, hold rights back, know a newer program."""

from __future__ import annotations

import itertools
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace

from huddle_tui.activities.books import copy
from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.huddles import as_json
from huddle_tui.store.address import in_database, parse
from huddle_tui.store.postgres import connector, database_texts
from huddle_tui.store.postgres.connector import Unreachable
from huddle_tui.store.postgres.database_texts import SCHEMA, DatabaseTexts
from huddle_tui.store.postgres.opening import merge
from huddle_tui.store.postgres.outbox import Outbox
from huddle_tui.store.texts import TextBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.postgres import Server, new_database, running
from tests.kit.random_books import random_book

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of our own: these tests stop it."""
    with running() as server:
        yield server


@pytest.fixture
def address(server: Server) -> str:
    """A database in which nothing was made yet."""
    return new_database(server.address, "faults")


@pytest.fixture
def opened(address: str) -> Iterator[Callable[[], TextBook]]:
    """Opens the book; each call is another program."""
    books: list[TextBook] = []

    def another() -> TextBook:
        books.append(TextBook(DatabaseTexts(parse(f"{address}?book=leadership"))))
        return books[-1]

    yield another
    for book in books:
        book.close()


def hang_up_on_all(address: str) -> None:
    """As an administrator or a network does it: every connection to the database ends."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


def count(book: TextBook, person: str, kpi: str, actual: int) -> None:
    """That person checks in with a number."""

    def change(was: CheckIn | None) -> CheckIn:
        check_in = was or CheckIn(person, MONDAY)
        others = [entry for entry in check_in.entries if entry.kpi != kpi]
        return replace(check_in, entries=(*others, Entry(kpi, str(actual), True, Decimal(actual))))

    book.change_check_in(person, MONDAY, change)


def test_a_first_book_makes_its_tables_and_says_so(opened: Callable[[], TextBook]) -> None:
    one = opened()
    assert not one.exists()
    one.change_team(lambda _: small_team())
    assert ["tables of huddle were made" in str(notice) for notice in one.take_notices()] == [True]
    assert opened().team() == small_team()


def test_many_books_in_one_database(address: str, opened: Callable[[], TextBook]) -> None:
    opened().change_team(lambda _: small_team())
    other = TextBook(DatabaseTexts(parse(f"{address}?book=operations")))
    try:
        assert not other.exists()
        other.change_team(lambda _: replace(small_team(), name="Operations"))
        assert other.take_notices() == []
        assert opened().team().name == small_team().name
    finally:
        other.close()


def test_a_book_copied_there_and_back_is_the_same(opened: Callable[[], TextBook]) -> None:
    team, past = random_book(2, huddles=30)
    source, back = MemoryBook(team, past), MemoryBook()
    copy(source, opened())
    copy(opened(), back)
    assert back.team() == source.team()
    exported = ["".join(as_json(Asked(team, book.huddles(book.days()), NOON))) for book in (source, back)]
    assert exported[0] == exported[1]


def test_a_dropped_connection_is_not_noticed(address: str, opened: Callable[[], TextBook]) -> None:
    book = opened()
    book.change_team(lambda _: small_team())
    for actual in range(3):
        hang_up_on_all(address)
        count(book, "anna", "a", actual)
        hang_up_on_all(address)
        assert book.check_ins("anna")[0].entry("a").actual == actual


def test_a_commit_whose_answer_was_lost_is_made_once(
    opened: Callable[[], TextBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server commits and the line is cut before it can say so: the change is not made a second time."""
    book = opened()
    book.change_team(lambda _: small_team())
    made: list[int] = []
    leave = psycopg.Pipeline.__exit__

    def cut(self: psycopg.Pipeline, *error: object) -> None:
        leave(self, *error)  # type: ignore[arg-type]
        if len(made) == 1:
            book.close()
            raise psycopg.OperationalError("the answer was lost")

    monkeypatch.setattr(psycopg.Pipeline, "__exit__", cut)

    def once_more(was: CheckIn | None) -> CheckIn:
        made.append(1)
        return replace(was or CheckIn("anna", MONDAY), stuck=f"{was.stuck if was else ''}x")

    book.change_check_in("anna", MONDAY, once_more)
    assert len(made) == 1
    assert book.check_ins("anna")[0].stuck == "x"


def test_a_program_that_holds_a_row_for_too_long_is_not_waited_for(
    address: str, opened: Callable[[], TextBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened()
    book.change_team(lambda _: small_team())
    count(book, "anna", "a", 1)
    monkeypatch.setattr(database_texts, "_LIMITS", database_texts._LIMITS.replace("'5s'", "'50ms'"))
    with psycopg.connect(address) as other:
        other.execute("select 1 from huddle_tui.documents where name = 'checkins/anna' for update")
        with pytest.raises(HuddleError, match="did not finish in time"):
            count(book, "anna", "a", 2)
    count(book, "anna", "a", 3)
    assert book.check_ins("anna")[0].entry("a").actual == 3


def test_a_server_that_freezes_is_given_up(
    server: Server, opened: Callable[[], TextBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened()
    book.change_team(lambda _: small_team())
    monkeypatch.setattr(connector, "PATIENCE", 0.3)
    monkeypatch.setattr(connector, "_CONNECTING", 2)  # libpq knows no shorter wait
    with server.frozen(), pytest.raises(Unreachable):
        book.team()
    assert book.team() == small_team()


def test_a_connection_that_died_in_silence_leaves_time_for_a_new_one(
    server: Server, opened: Callable[[], TextBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened()
    book.change_team(lambda _: small_team())
    monkeypatch.setattr(connector, "_ON_OLD", 0.02, raising=False)
    with psycopg.connect(server.address) as other:
        query = "select pid from pg_stat_activity where datname = 'faults' and application_name = 'huddle'"
        silent = [pid for (pid,) in other.execute(query)]
    for pid in silent:
        os.kill(pid, signal.SIGSTOP)
    try:
        assert book.team() == small_team()
    finally:
        for pid in silent:
            os.kill(pid, signal.SIGCONT)


def test_a_connection_from_before_may_take_longer_than_a_change_waits_for_another() -> None:
    assert "'lock_timeout', '5s'" in database_texts._LIMITS
    assert connector.PATIENCE * connector._ON_OLD > 5


def listening(book: TextBook) -> None:
    """Its line stands, and what was before is no news to it."""
    for _ in range(2000):
        if not book.wait(0.01):
            return
        book.changed()
    raise AssertionError("it never listened")


def test_who_waits_is_woken_by_what_another_program_saves_and_by_nothing_else(
    address: str, opened: Callable[[], TextBook]
) -> None:
    one, two = opened(), opened()
    one.change_team(lambda _: small_team())
    listening(two)
    assert not two.wait(0.05), "nobody said anything"
    other = TextBook(DatabaseTexts(parse(f"{address}?book=operations")))
    other.change_team(lambda _: small_team())
    other.close()
    assert not two.wait(0.05), "another book"
    count(one, "anna", "a", 1)
    assert two.wait(60)
    two.changed()  # so that nothing of it is on its way any more
    count(one, "anna", "a", 2)
    began = time.monotonic()
    assert two.wait(60)
    assert time.monotonic() - began < 30, "it was woken"
    assert two.changed()
    assert not two.wait(0.05)


def test_a_line_that_was_cut_is_asked_until_it_hears_again(address: str, opened: Callable[[], TextBook]) -> None:
    one, two = opened(), opened()
    one.change_team(lambda _: small_team())
    listening(two)
    hang_up_on_all(address)
    count(one, "anna", "a", 1)
    assert two.wait(0.25)
    assert two.changed()
    listening(two)


def test_where_notifications_do_not_come_it_is_asked(
    opened: Callable[[], TextBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a pooler that hands out sessions by transaction."""
    monkeypatch.setattr(connector, "_TRIAL", 0.05)
    monkeypatch.setattr(psycopg.Connection, "notifies", lambda *_, **__: iter(()))
    one, two = opened(), opened()
    one.change_team(lambda _: small_team())
    two.changed()
    for actual in range(3):
        count(one, "anna", "a", actual)
        assert two.wait(0.05)
        assert two.changed()


def test_a_claim_goes_with_its_program(address: str, opened: Callable[[], TextBook]) -> None:
    one, two = opened(), opened()
    one.change_team(lambda _: small_team())
    lost = one.hold("host")
    assert lost is not None
    assert two.hold("host") is None
    hang_up_on_all(address)
    held = two.hold("host")
    assert held is not None
    held.release()
    lost.release()


def test_a_claim_that_was_given_up_is_free_at_once(opened: Callable[[], TextBook]) -> None:
    one, two = opened(), opened()
    one.change_team(lambda _: small_team())
    for _ in range(100):
        claim = one.hold("host")
        assert claim is not None
        claim.release()
        claim = two.hold("host")
        assert claim is not None
        claim.release()


def test_tables_of_a_newer_program_are_not_touched(address: str, opened: Callable[[], TextBook]) -> None:
    opened().change_team(lambda _: small_team())
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("update huddle_tui.schema_version set version = 99")
    assert SCHEMA < 99
    with pytest.raises(HuddleError, match="newer version"):
        opened().team()


def test_rights_that_are_missing_are_told(address: str, opened: Callable[[], TextBook]) -> None:
    opened().change_team(lambda _: small_team())
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("drop role if exists guest")
        connection.execute("create role guest login")
    guest = TextBook(DatabaseTexts(parse(f"{address.replace('huddle@', 'guest@')}?book=leadership")))
    try:
        with pytest.raises(HuddleError, match="does not allow this"):
            guest.team()
    finally:
        guest.close()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql://?service=office&book=team", "postgresql://?service=office&book=team"),
        ("postgresql:///huddle", "postgresql:///huddle?book=huddle"),
        ("postgres://anna:pw@db:1/x?password=pw", "postgres://anna@db:1/x?book=huddle"),
    ],
)
def test_the_address_that_is_shown_opens_the_same_book_again(typed: str, shown: str) -> None:
    assert parse(typed).shown == shown
    assert in_database(shown)
    assert parse(shown).shown == shown


def test_a_place_that_is_no_server_is_said_without_the_password() -> None:
    book = TextBook(DatabaseTexts(parse("postgresql://anna:secret@127.0.0.1:1/x?book=y&connect_timeout=2")))
    with pytest.raises(Unreachable) as refused:
        book.team()
    assert "secret" not in str(refused.value)
    assert "127.0.0.1:1" in str(refused.value)


@pytest.mark.parametrize("laptops", [5, pytest.param(15, marks=pytest.mark.full)])
def test_faults_lose_and_double_nothing(
    server: Server, address: str, tmp_path: Path, laptops: int, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laptops, each with a wrong clock of its own, check in over and over while lines are cut, the server freezes until
    it is given up, and is killed and started again.
    """
    monkeypatch.setattr(connector, "PATIENCE", 1.0)
    monkeypatch.setattr(connector, "_CONNECTING", 2)  # libpq knows no shorter wait
    faults = 500 if full else 20
    place = parse(f"{address}?book=leadership")
    programs: list[tuple[Outbox, TextBook]] = []

    def opened(name: str) -> TextBook:
        wrong = timedelta(hours=7 * len(programs))
        outbox = Outbox(DatabaseTexts(place), tmp_path / name, partial(merge, lambda: NOON + wrong, name))
        programs.append((outbox, TextBook(outbox)))
        return programs[-1][1]

    opened("first").change_team(lambda _: small_team())
    books = [opened(f"laptop {n}") for n in range(laptops)]
    for book in books:
        book.team()
    acknowledged: dict[tuple[int, int], int] = {}
    failures: list[BaseException] = []
    over = threading.Event()

    def work(n: int) -> None:
        try:
            for turn in itertools.count():
                if over.is_set():
                    return
                count(books[n], f"p{turn % 3}", f"kpi{n}", turn)
                acknowledged[n, turn % 3] = turn
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(laptops)]
    for thread in threads:
        thread.start()
    for fault in range(faults):
        if fault % 50 == 10:
            with server.frozen():
                programs[fault % laptops][0].version()  # until this one gives it up, and others beside it
        elif fault % 5 == 4:
            server.stop(at_once=fault % 2 == 0)
            server.start()
        else:
            hang_up_on_all(address)
    over.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(acknowledged) == 3 * laptops, "everybody got something in"
    began = time.monotonic()
    while any(outbox.unsent for outbox, _ in programs) and time.monotonic() - began < 5:
        for _, book in programs:
            book.changed()  # as a screen asks that is open
    alike = [[book.check_ins(f"p{person}") for person in range(3)] for _, book in programs]
    assert time.monotonic() - began < 5
    assert all(each == alike[0] for each in alike)
    reader = opened("reader")
    for (n, person), turn in acknowledged.items():
        [check_in] = reader.check_ins(f"p{person}")
        assert check_in.entry(f"kpi{n}").actual == turn
        assert len({entry.kpi for entry in check_in.entries}) == len(check_in.entries)
    for _, book in programs:
        book.close()
