"""The texts of a book as rows of a PostgreSQL database.

A change locks the row, reads it in the next statement (locking and reading in one would show what stood before the
lock was waited for) and stores what was made of it in the same transaction, with the id of the operation: after a
commit whose answer was lost that id tells whether it was committed. A counter per book says that something changed.

The tables are those of all books in the database; from each version of them there is a way to the next.
"""

import time
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, TypeVar

import psycopg

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.store.address import Address
from huddle_tui.store.kept import TEAM
from huddle_tui.store.port import Held
from huddle_tui.store.postgres.connector import (
    CHANNEL,
    Connection,
    Connector,
    Ear,
    NoTables,
    connected,
    explained,
    watched,
)
from huddle_tui.store.texts import Changed, Texts

T = TypeVar("T")

SCHEMA: Final = 1
"""The version of the tables that this program makes and reads."""
MIGRATIONS: Final[Mapping[int, str]] = {
    0: """
    create schema if not exists huddle_tui;
    create table huddle_tui.schema_version (version int not null);
    insert into huddle_tui.schema_version values (0);
    create table huddle_tui.books (
        name text primary key,
        version bigint not null default 0
    );
    create table huddle_tui.documents (
        book text not null references huddle_tui.books (name) on update cascade on delete cascade,
        name text not null,
        body text,
        summary text,
        primary key (book, name)
    );
    create table huddle_tui.operations (
        id uuid primary key,
        at timestamptz not null default now()
    );
    """
}
"""From version n, the key, to n + 1: each runs in one transaction with the new version, under a lock."""
_LOCK: Final = 0x6875_6464_6C65
"""The advisory lock of whoever makes or changes the tables."""


def found_tables(connection: Connection) -> int:
    """The version of the tables that are there; 0 where there are none."""
    there = connection.execute("select to_regclass('huddle_tui.schema_version') is not null").fetchone()
    if not there or not there[0]:
        return 0
    row = connection.execute("select version from huddle_tui.schema_version").fetchone()
    return int(row[0]) if row else 0


def made_tables(connection: Connection) -> bool:
    """Makes the tables or brings them to this version. True where something was made.

    Raises HuddleError where a newer version of the program made them: then nothing is touched.
    """
    if (version := found_tables(connection)) == SCHEMA:
        return False
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        while (version := found_tables(connection)) < SCHEMA:
            connection.execute(MIGRATIONS[version].encode())
            connection.execute("update huddle_tui.schema_version set version = %s", [version + 1])
    refuse_newer(version)
    return True


def refuse_newer(version: int) -> None:
    """Raises HuddleError where the tables are those of a newer program."""
    if version > SCHEMA:
        text = N_("This database was made by a newer version of huddle (tables {version}): update this program.")
        raise HuddleError(text, version=version)


_LIMITS: Final = (
    "select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '7s', true), "
    "set_config('idle_in_transaction_session_timeout', '10s', true)"
)
"""What a change may wait for on the server, so that a program that hangs holds nobody up for long."""
_STORED: Final = """
with document as (update huddle_tui.documents set body = %s, summary = %s where book = %s and name = %s),
     operation as (insert into huddle_tui.operations (id) values (%s)),
     counter as (update huddle_tui.books set version = version + 1 where name = %s)
select pg_notify(%s, %s)
"""
"""A document, the operation that stored it, the counter of its book, and that it is told."""
_BODY: Final = "select body from huddle_tui.documents where book = %s and name = %s"
_COMMITTED: Final = "select 1 from huddle_tui.operations where id = %s"
_KEPT_ALIVE: Final = ("set tcp_keepalives_idle = 10", "set tcp_keepalives_interval = 5", "set tcp_keepalives_count = 3")
"""For a session that holds a claim: that of a machine that vanished is over within half a minute."""
_LEAVING: Final = 1.0
"""Seconds that giving up a claim may take; then it goes with its connection."""


class DatabaseTexts(Texts):
    """The texts of the book `address.book`. Safe to use from several threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.shown = address.shown
        self._server = Connector(address.conninfo, address.shown, _greet)
        self._ear = Ear(address.conninfo, address.book, self._server)

    @property
    def unsent(self) -> int:
        return 0

    def close(self) -> None:
        self._server.close()
        self._ear.close()

    def read(self, name: str) -> str | None:
        rows = self._ask(_BODY, [self.address.book, name])
        return rows[0][0] if rows else None

    def read_many(self, names: Iterable[str]) -> dict[str, str]:
        query = "select name, body from huddle_tui.documents where book = %s and name = any(%s) and body is not null"
        return dict(self._ask(query, [self.address.book, list(names)]))

    def huddles(self) -> dict[str, str | None]:
        query = (
            "select name, summary from huddle_tui.documents "
            "where book = %s and starts_with(name, 'huddles/') and body is not null"
        )
        return dict(self._ask(query, [self.address.book]))

    def move(self, name: str, to: str) -> None:
        def attempt(connection: Connection) -> None:
            book = self.address.book
            with connection.transaction():
                query = "select name from huddle_tui.documents where book = %s and name = any(%s) for update"
                found = {row[0] for row in connection.execute(query, [book, [name, to]])}
                if to in found:
                    raise FileExistsError(to)
                if name not in found:
                    raise KeyError(name)
                query = "update huddle_tui.documents set name = %s where book = %s and name = %s"
                connection.execute(query, [to, book, name])
                connection.execute("update huddle_tui.books set version = version + 1 where name = %s", [book])

        self._server.run(attempt)

    def named(self, beginning: str) -> list[str]:
        query = (
            "select name from huddle_tui.documents "
            "where book = %s and starts_with(name, %s) and body is not null order by name"
        )
        return [row[0] for row in self._ask(query, [self.address.book, beginning])]

    def prepare(self) -> list[Sentence]:
        made = self._server.run(made_tables)
        return [Sentence(N_("The tables of huddle were made in {place}."), {"place": self.shown})] if made else []

    def hold(self, name: str) -> Held | None:
        claim = Claim(self.address, name)
        return claim if claim.taken else None

    def version(self) -> object:
        self._ear.asked()
        rows = self._ask("select version from huddle_tui.books where name = %s", [self.address.book])
        return rows[0][0] if rows else None

    def wait(self, seconds: float) -> bool:
        return self._ear.wait(seconds)

    def take_notices(self) -> list[Sentence]:
        return []

    def change(self, name: str, changed: Changed[T]) -> T:
        operation, made = uuid.uuid4(), list[T]()

        def attempt(connection: Connection) -> T:
            if made and connection.execute(_COMMITTED, [operation]).fetchone() is not None:
                return made[-1]
            with connection.pipeline():  # two ways there and back: for the newest text, and with what was made of it
                connection.execute("begin")
                try:
                    value, body, summary = changed(self._locked(connection, name))
                except BaseException:
                    connection.execute("rollback")
                    raise
                made.append(value)
                if body is not None:
                    book = self.address.book
                    connection.execute(_STORED, [body, summary, book, name, operation, book, CHANNEL, book])
                connection.execute("commit" if body is not None else "rollback")
            return value

        return self._server.run(attempt)

    def _ask(self, query: str, values: list[object]) -> list[tuple[Any, ...]]:
        """The rows of a reading statement; none where the tables are not made yet."""
        try:
            return self._server.ask(query, values)
        except NoTables:
            return []

    def _locked(self, connection: Connection, name: str) -> str | None:
        """The newest text of a document, locked until the end of the transaction."""
        key, team = [self.address.book, name], [self.address.book, TEAM]
        connection.execute(_LIMITS)
        if name == TEAM:
            connection.execute("insert into huddle_tui.books (name) values (%s) on conflict do nothing", key[:1])
        there = connection.execute(f"{_BODY} and body is not null", team)
        locked = connection.execute(f"{_BODY} for update", key)
        found = connection.execute(_BODY, key)
        if name != TEAM and there.fetchone() is None:
            raise HuddleError(N_("There is no book in {folder}: make a team there first."), folder=self.shown)
        if locked.fetchone() is None:
            connection.execute(
                "insert into huddle_tui.documents (book, name) values (%s, %s) on conflict do nothing", key
            )
            connection.execute(f"{_BODY} for update", key)
            found = connection.execute(_BODY, key)
        row = found.fetchone()
        return row[0] if row else None


def _greet(connection: Connection) -> None:
    """Raises HuddleError where the tables are those of a newer program: then nothing is read or changed."""
    refuse_newer(found_tables(connection))


class Claim(Held):
    """A name of a book held for this program: an advisory lock of a session of its own.

    It goes with its connection, as a program's file lock goes with the program. A pooler that hands out sessions by
    transaction does not keep it; there the session that a huddle carries keeps two hosts apart.
    """

    def __init__(self, address: Address, name: str) -> None:
        """Asks for the claim and never waits; `taken` says whether it was free."""
        self._connection: Connection | None = None
        with explained(address.shown):
            connection = connected(address.conninfo)
            try:
                for setting in _KEPT_ALIVE:
                    connection.execute(setting)
                row = connection.execute(
                    "select pg_try_advisory_lock(hashtextextended(%s, 0))", [f"huddle:{address.book}/{name}"]
                ).fetchone()
            except psycopg.Error:
                connection.close()
                raise
        self.taken = bool(row and row[0])
        """Whether it was free."""
        if self.taken:
            self._connection = connection
        else:
            connection.close()

    def release(self) -> None:
        """It is free when this returns; of a connection that merely ends the server notices a moment later."""
        if self._connection is not None:
            with suppress(psycopg.Error), watched(self._connection, time.monotonic() + _LEAVING):
                self._connection.execute("select pg_advisory_unlock_all()")
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None
