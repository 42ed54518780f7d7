"""What this program does when another account runs it.

The tests' own interpreter is split in two and one half becomes somebody else: an account of its own may not even be
able to start Python where it is installed for the tester alone.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from huddle_tui import cli
from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team

GROUP = 60_100
"""A group that both accounts are in."""
ONE, OTHER = 60_101, 60_102
"""Two accounts; each has a group of its own too."""
FAULT = 70
"""The exit status of a fault in the program."""


@dataclass
class Somebody:
    """A program that another account runs."""

    process: int
    out: Path
    err: Path

    def wait(self) -> tuple[int, str, str]:
        """Its exit status, standard output and standard error, once it has ended."""
        _, status = os.waitpid(self.process, 0)
        return os.waitstatus_to_exitcode(status), self.out.read_text("utf-8"), self.err.read_text("utf-8")


def start_as(account: int, place: Path, deed: Callable[[], int]) -> Somebody:
    """Lets `account` run `deed`, from a home of its own in `place`."""
    home = place / f"home of {account}"
    if not home.exists():
        home.mkdir(0o700)
        os.chown(home, account, account)
    out, err = place / f"out of {account}", place / f"err of {account}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: none of theirs is needed in the other half
        process = os.fork()
    if process:
        return Somebody(process, out, err)
    try:
        for path, fd in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), fd)
        sys.stdout, sys.stderr = (os.fdopen(fd, "w", encoding="utf-8", closefd=False) for fd in (1, 2))
        os.umask(0o077)
        os.setgroups([GROUP])
        os.setgid(account)
        os.setuid(account)
        os.chdir(home)
        os.environ.update({name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")})
        status = FAULT
        try:
            status = deed()
        except SystemExit as error:
            status = int(error.code or 0)
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def run_as(account: int, place: Path, *command: str) -> tuple[int, str, str]:
    """Lets that account run a command of the program."""
    return start_as(account, place, lambda: cli.main([*command, "--lang", "en"])).wait()


def do_as(account: int, place: Path, deed: str, book: Path, text: str = "") -> tuple[int, str, str]:
    """Lets that account do something to the book: `read` what it says, or put `text` somewhere."""
    return start_as(account, place, lambda: do(deed, TinyBook(book), text)).wait()


def do(deed: str, book: TinyBook, text: str) -> int:
    """Does it as every command does: an error is one line on standard error, and the exit status is 1."""
    try:
        if deed == "team":
            book.change_team(lambda _: replace(small_team(), name=text))
        elif deed == "huddle":
            book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, text))
        elif deed == "check-in":
            book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck=text))
        else:
            huddle = book.huddle(MONDAY)
            print(book.team().name, huddle.team if huddle else None)
    except HuddleError as error:
        print(error, file=sys.stderr)
        return 1
    for notice in book.take_notices():
        print(notice, file=sys.stderr)
    return 0
