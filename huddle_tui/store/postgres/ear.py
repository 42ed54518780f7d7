"""Hears that something may have changed in a book, so that nobody needs to ask over and over.

What is heard is a hint and the counter of the book the truth: notifications sent while the line was down are missed,
and behind a pooler that hands out sessions by transaction none ever comes. Then it says so, and is asked instead.
"""

import threading
import time
from contextlib import suppress
from typing import Final

import psycopg

from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.postgres.connector import Connection, Connector, connected, hang_up

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
