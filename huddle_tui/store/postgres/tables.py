"""The tables of all books in a database, and the way from each version of them to the next."""

from collections.abc import Mapping
from typing import Final

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.store.postgres.connector import Connection

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


def found(connection: Connection) -> int:
    """The version of the tables that are there; 0 where there are none."""
    there = connection.execute("select to_regclass('huddle_tui.schema_version') is not null").fetchone()
    if not there or not there[0]:
        return 0
    row = connection.execute("select version from huddle_tui.schema_version").fetchone()
    return int(row[0]) if row else 0


def made(connection: Connection) -> bool:
    """Makes the tables or brings them to this version. True where something was made.

    Raises HuddleError where a newer version of the program made them: then nothing is touched.
    """
    if (version := found(connection)) == SCHEMA:
        return False
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        while (version := found(connection)) < SCHEMA:
            connection.execute(MIGRATIONS[version].encode())
            connection.execute("update huddle_tui.schema_version set version = %s", [version + 1])
    refuse_newer(version)
    return True


def refuse_newer(version: int) -> None:
    """Raises HuddleError where the tables are those of a newer program."""
    if version > SCHEMA:
        text = N_("This database was made by a newer version of huddle (tables {version}): update this program.")
        raise HuddleError(text, version=version)
