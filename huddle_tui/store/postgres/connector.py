"""The way to the server: one connection that is made again when it was lost, and never waited for without end.

Whatever a server, a network or a pooler does, a call ends within `PATIENCE` seconds: with its answer, or with
`Unreachable`. A call that is made again must be one that may be.

Another connection hears that something may have changed in a book, so that nobody needs to ask over and over. What is
heard is a hint and the counter of the book the truth: notifications sent while the line was down are missed, and behind
a pooler that hands out sessions by transaction none ever comes. Then it says so, and is asked instead.
"""

import logging
import math
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeVar

import psycopg
from psycopg import errors

from huddle_tui.domain.sentence import N_, HuddleError

T = TypeVar("T")
logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what is lost is said by us, never on the screen
Connection = psycopg.Connection[tuple[Any, ...]]

PATIENCE: Final = 8.0
"""Seconds that one call to the server may take, its connection included."""
_CONNECTING: Final = 4
"""Seconds for making a connection; what the address says goes first."""
_ON_OLD: Final = 0.75
"""The part of `PATIENCE` that a connection may use that was made before: it can be dead without a word, and a new one
would answer at once. Longer than a change waits for somebody else's (`lock_timeout`), which is no lost connection.
"""
_TRIES: Final = 3
"""How often something is tried where connections are lost on the way."""
_ALIVE: Final = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 8000}
"""A peer that vanished without a word is noticed within half a minute (seconds; the last in milliseconds)."""
_AT_REST: Final = psycopg.pq.TransactionStatus.IDLE
_MISSING: Final = (errors.UndefinedTable, errors.InvalidSchemaName)


class Unreachable(HuddleError):
    """The server could not be reached, or stopped answering. Nothing is known to have changed."""


class NoTables(HuddleError):
    """The database has no tables of ours yet."""


class Connector:
    """One connection for all threads of the program: they take turns on it."""

    def __init__(self, conninfo: str, shown: str, greet: Callable[[Connection], None]) -> None:
        """`shown` is what sentences call the place; `greet` looks at every new connection and may refuse it."""
        self._conninfo = conninfo
        self._shown = shown
        self._greet = greet
        self._connection: Connection | None = None
        self._turn = threading.RLock()

    def close(self) -> None:
        """Gives the connection back; the next call makes another one."""
        with self._turn:
            self._drop()

    def ask(self, query: str, values: list[object]) -> list[tuple[Any, ...]]:
        """The rows of a statement that changes nothing. Raises Unreachable, NoTables, HuddleError."""
        return self.run(lambda connection: connection.execute(query, values).fetchall())

    def run(self, task: Callable[[Connection], T]) -> T:
        """Does something that may be done twice: again, on a new connection, where that was lost on the way.

        Raises Unreachable where the server cannot be reached. Whether a change was committed then is not known;
        whoever does it again asks the database first.
        """
        with self._turn:
            began = time.monotonic()
            until = began + PATIENCE
            for left in reversed(range(_TRIES)):
                hung_up = began + PATIENCE * _ON_OLD if self._stands else until
                try:
                    with explained(self._shown), watched(self._open(until), hung_up) as connection:
                        return task(connection)
                except Unreachable:
                    if not left or time.monotonic() >= until:
                        raise
                finally:
                    if self._connection and self._connection.info.transaction_status is not _AT_REST:
                        self._drop()  # cut off in the middle of something
        raise AssertionError("a try ends with a value or an error")

    @property
    def _stands(self) -> bool:
        """Whether there is a connection from before, as far as this side knows."""
        return self._connection is not None and not self._connection.closed

    def _open(self, until: float) -> Connection:
        if self._connection is None or self._connection.closed:
            connection = connected(self._conninfo, until - time.monotonic())
            try:
                self._greet(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error, OSError):
                self._connection.close()
            self._connection = None


def connected(conninfo: str, seconds: float = PATIENCE) -> Connection:
    """A new connection, made in whole seconds: about so many, and no more than `_CONNECTING`.

    What libpq finds by itself (service files, `.pgpass`, certificates) holds as ever.
    """
    given = psycopg.conninfo.conninfo_to_dict(conninfo)
    timeout = min(_CONNECTING, max(1, math.ceil(seconds)))  # 0 would wait without end
    ours: dict[str, Any] = {"connect_timeout": timeout, "application_name": "huddle", **_ALIVE}
    wanted = {key: value for key, value in ours.items() if key not in given}
    # prepared statements do not live long enough behind a pooler, and every statement here is a small one
    return psycopg.connect(conninfo, autocommit=True, prepare_threshold=None, **wanted)


@contextmanager
def watched(connection: Connection, until: float) -> Iterator[Connection]:
    """A server that keeps the line open and says nothing is hung up on at that moment of `time.monotonic`."""
    timer = threading.Timer(until - time.monotonic(), hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()


def hang_up(connection: Connection) -> None:
    """Ends a connection from another thread: who waits on it gets an error at once."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=connection.fileno()) as line:
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach()  # psycopg closes it


@contextmanager
def explained(shown: str) -> Iterator[None]:
    """Turns what psycopg raises into a sentence that says what to do."""
    try:
        yield
    except _MISSING as error:
        text = N_("The database {place} has no tables of huddle yet: make a book there with `huddle init`.")
        raise NoTables(text, place=shown) from error
    except (errors.LockNotAvailable, errors.QueryCanceled, errors.DeadlockDetected) as error:
        text = N_("Somebody else is saving to {place} and did not finish in time: try again.")
        raise HuddleError(text, place=shown) from error
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        text = N_(
            "The database {place} does not allow this ({reason}): docs/postgresql.md says which rights are needed."
        )
        raise HuddleError(text, place=shown, reason=_reason(error)) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        text = N_("The database {place} cannot be reached ({reason}).")
        raise Unreachable(text, place=shown, reason=_reason(error)) from error
    except psycopg.Error as error:
        text = N_("The database {place} refused this ({reason}).")
        raise HuddleError(text, place=shown, reason=_reason(error)) from error


def _reason(error: psycopg.Error) -> str:
    """The server's own words, the first line of them."""
    said = (error.diag.message_primary or str(error)).strip()
    return said.partition("\n")[0] or type(error).__name__


# Hearing of changes

CHANNEL: Final = "huddle_tui"
"""On which it is told, with the name of the book, that a book changed."""
_UNTOLD: Final = 2.0
"""Seconds after which it may have changed although nothing was heard."""
_TRIAL: Final = 1.0
"""Seconds in which a line that carries notifications brings the first."""


class Ear:
    """A connection of its own that listens. Safe to use from several threads."""

    def __init__(self, conninfo: str, book: str, server: Connector) -> None:
        """`server` is the way on which it is tried whether notifications come."""
        self._conninfo, self._book, self._server = conninfo, book, server
        self._line: Connection | None = None
        self._deaf = False
        self._heard = False
        self._asked = time.monotonic()
        self._turn = threading.Lock()

    def asked(self) -> None:
        """The counter is read now: what was heard before is no news any more."""
        self._heard, self._asked = False, time.monotonic()

    def wait(self, seconds: float) -> bool:
        """Waits until the book may have changed since it was asked, at most so many seconds; whether it may have."""
        began = time.monotonic()
        with self._turn:
            try:
                if self._line is None and not self._deaf:
                    self._line = self._opened()
                if self._line is not None:
                    self._heard = self._heard or self._hears(self._line, seconds)
                    return self._heard or time.monotonic() - self._asked > _UNTOLD
            except (psycopg.Error, HuddleError):  # whoever reads the counter is told why
                self.close()
            time.sleep(max(0.0, seconds - (time.monotonic() - began)))  # deaf: the counter is read as often instead
            return True

    def close(self) -> None:
        """Gives the connection back; whoever waits next makes another one."""
        line, self._line = self._line, None
        if line is not None:
            hang_up(line)
            with suppress(psycopg.Error):
                line.close()

    def _hears(self, line: Connection, seconds: float) -> bool:
        return any(told.payload == self._book for told in line.notifies(timeout=seconds, stop_after=1))

    def _opened(self) -> Connection | None:
        """A line that listens; None where nothing comes over it."""
        line = connected(self._conninfo)
        try:
            line.execute(f"listen {CHANNEL}".encode())
            self._server.ask("select pg_notify(%s, '')", [CHANNEL])
            self._deaf = not list(line.notifies(timeout=_TRIAL, stop_after=1))
        except BaseException:
            line.close()
            raise
        if self._deaf:
            line.close()
            return None
        self._heard = True  # what was said before it stood was missed
        return line
