"""The terminal as it really is: it sends bytes that are no text, goes away without a word, and is stopped and resumed.

Textual's driver for Linux and macOS decodes strictly and stops at the first byte that is no UTF-8; it spins when the
terminal is gone, and its writer, once it failed, blocks the whole program; and when it goes on after a SIGSTOP that it
could not see coming it reads keys twice and takes its own raw mode for the one to restore. Until it knows better,
`for_real_terminals` gives a driver that does.
"""

import asyncio
import codecs
import functools
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.driver import Driver

from huddle_tui.ui.terminal.parser import TerminalParser

if TYPE_CHECKING:
    from textual.app import App


HUNG_UP = 128 + 1
"""The exit status of a program whose terminal is gone: as of one that SIGHUP ended."""


class _Line:
    """The way to the terminal. What is written after the terminal has gone goes nowhere, which is no fault."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.fileno, self.isatty = file.fileno, file.isatty

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._give_up()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        """Also what is still held back goes nowhere."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())


def _tolerant(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """A decoder that turns what is no text into the replacement character, and knows the end of a terminal."""

    class Decoder(codecs.getincrementaldecoder(encoding)):  # type: ignore[misc]  # a class made by a function
        def decode(self, data: bytes, final: bool = False) -> str:
            if not data and not final:
                raise EOFError  # a read from a terminal that is there never gives nothing
            return cast(str, super().decode(data, final))

    return functools.partial(Decoder, errors="replace")


def for_real_terminals(driver: type[Driver]) -> type[Driver]:
    """Textual's driver with our parser and our ends; one that drives no real terminal is given back as it is."""
    if sys.platform == "win32":
        return driver
    from textual.drivers import linux_driver

    if driver is not linux_driver.LinuxDriver:
        return driver
    # The module's own imports, which it makes its parts of.
    linux_driver.getincrementaldecoder = _tolerant  # type: ignore[assignment, attr-defined]
    linux_driver.XTermParser = TerminalParser  # type: ignore[attr-defined]

    class RealTerminalDriver(linux_driver.LinuxDriver):
        def __init__(self, app: "App[Any]", **options: Any) -> None:
            super().__init__(app, **options)
            self._file = cast(Any, _Line(cast(TextIO, self._file)))
            self._drives = self._asleep = False
            self._loop = asyncio.get_running_loop()
            on_signal(signal.SIGTSTP, self._loop, self._sigtstp_application)
            on_signal(signal.SIGCONT, self._loop, self._sigcont_application)

        def start_application_mode(self) -> None:
            self._drives = True
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's

        def stop_application_mode(self) -> None:
            self._drives = False
            super().stop_application_mode()

        def _sigtstp_application(self, *_: object) -> None:
            """Leaves the terminal as it was found, and stops."""
            self._asleep = self._drives
            super()._sigtstp_application()

        def _sigcont_application(self, *_: object) -> None:
            """Goes on. After a SIGSTOP, which cannot be seen coming, the terminal is first left as it should have been.

            Whoever had it meanwhile may have changed it and drawn on it, so everything is set and drawn afresh.
            """
            if self._asleep:
                self.resume_application_mode()
            elif self._drives:
                before = self.attrs_before
                self.suspend_application_mode()
                self.resume_application_mode()
                self.attrs_before = before
            self._asleep = False
            self._app.refresh(layout=True)

        def _run_input_thread(self) -> None:
            """Reads keys until the end of the terminal, which is the end of the program."""
            try:
                self.run_input_thread()
            except (EOFError, OSError):
                self._loop.call_soon_threadsafe(self._app.exit, None, HUNG_UP)
            except Exception as error:
                self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    return RealTerminalDriver


def on_signal(number: int, loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> None:
    """Calls that on the loop for every signal of this kind, until the loop is closed.

    On the loop: a handler in the middle of anything could wait for a lock that it interrupted. Not by asyncio's own
    way, which is told by a byte in a pipe: while hundreds of keys wait, as after a large paste, the pipe is full of
    wake-ups, the signal is lost, and a program that was told to end lives on.
    """
    before = signal.getsignal(number)

    def handle(*_: object) -> None:
        try:
            loop.call_soon_threadsafe(call)
        except RuntimeError:  # closed: it is nobody's but the system's any more
            signal.signal(number, before if before is not None else signal.SIG_DFL)
            os.kill(os.getpid(), number)

    signal.signal(number, handle)
