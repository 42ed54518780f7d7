"""The browser pages: how soon one is there, how soon what a phone sent is on the shared screen, and what fifty take.

Pages are asked for on one connection that stays open, in turns with a page of the same size that a bare aiohttp server
gives back from memory. Check-ins are sent one after another to a server beside a program that shows the opening.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from msgspec.structs import replace

from benchmarks.books import TODAY, scratch
from benchmarks.figures import Plan, Row, slow_ms
from benchmarks.terminals import ROOT, environment, huddle
from benchmarks.twelve_check_ins import renewed
from huddle_tui.activities import links
from huddle_tui.domain.team import Person
from huddle_tui.store.tiny import TinyBook

TITLE: Final = "Browser pages"
ASKED: Final = 400
"""How often a page is asked for."""
PEOPLE: Final = 50
BARE: Final = """
import asyncio
from aiohttp import web
async def page(request):
    return web.Response(body=b"x" * int(request.query["size"]), content_type="text/html")
app = web.Application()
app.router.add_get("/", page)
async def main():
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""
"""A server that gives back as many bytes as it is asked for."""


class Line:
    """A connection to a server that was started here."""

    def __init__(self, program: subprocess.Popen[str], address: str) -> None:
        self.pid = program.pid
        parts = urlsplit(address)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> bytes:
        """One request, with a form where there is one."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        body = urlencode(form) if form else None
        self._connection.request("POST" if form else "GET", path, body, headers)
        answer = self._connection.getresponse()
        page = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{path.rpartition('/')[2] or 'the check-in'} was answered with {answer.status}")
        return page

    def times(self, path: str, often: int) -> list[float]:
        """Seconds that each of so many requests took."""
        found = []
        for _ in range(often):
            start = time.perf_counter()
            self.ask(path)
            found.append(time.perf_counter() - start)
        return found

    def memory(self) -> float:
        """What the server holds in memory, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000


@contextmanager
def server(folder: Path, *command: str) -> Iterator[Line]:
    """A server in a process of its own; it prints where it listens."""
    program = subprocess.Popen(
        [sys.executable, *command], env=environment(folder, HUDDLE_TODAY=TODAY.isoformat()), cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    with program:
        try:
            yield Line(program, program.stdout.readline().strip())
        finally:
            program.kill()


def served(folder: Path) -> tuple[str, ...]:
    """The command that serves the book of a folder."""
    return "-m", "huddle_tui", "--data", str(folder), "serve", "--port", "0"


def linked(folder: Path, people: Sequence[Person]) -> dict[str, str]:
    """A link for each, by person: the path on a server."""
    tokens = {person.id: links.new_token() for person in people}

    TinyBook(folder).change_team(lambda team: links.all_linked(team, tokens))  # type: ignore[arg-type]  # it is there
    return {person: f"/i/{token}/" for person, token in tokens.items()}


def pages(folder: Path, often: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds for the check-in, for the scorecard, and for a bare page as large as the check-in."""
    path = linked(folder, TinyBook(folder).team().members[:1]).popitem()[1]
    with server(folder, *served(folder)) as ours, server(folder, "-c", BARE) as bare:
        size = len(ours.ask(path))
        ours.ask(f"{path}scorecard")
        check_in, scorecard, yardstick = [], [], []
        for _ in range(10):
            check_in += ours.times(path, often // 10)
            scorecard += ours.times(f"{path}scorecard", often // 10)
            yardstick += bare.times(f"/?size={size}", often // 10)
    return check_in, scorecard, yardstick


def shown(folder: Path) -> list[float]:
    """Seconds from the moment a phone sends a check-in until the shared screen counts it."""
    folder, people = renewed(folder)
    paths, team, found = linked(folder, people), TinyBook(folder).team(), []
    with huddle(folder, "run") as screen, server(folder, *served(folder)) as ours:
        screen.until(b"Enter starts")
        for count, person in enumerate(people, start=1):
            form = {f"number.{kpi.id}": str(kpi.promise) for kpi in team.kpis_of(person.id)}
            screen.drain(0.3)
            start = time.perf_counter()
            ours.ask(paths[person.id], form)
            screen.until(f"{count} of 13 checked in".encode())
            found.append(time.perf_counter() - start)
    return found


def with_fifty(folder: Path) -> float:
    """The memory of a server from which fifty people have each looked at everything."""
    book = TinyBook(folder)
    people = tuple(Person(f"q{n}", f"Mens {n}") for n in range(PEOPLE))
    book.change_team(lambda team: replace(team, people=(*team.people, *people)) if team else book.team())
    paths = linked(folder, people)
    with server(folder, *served(folder)) as ours:
        for path in paths.values():
            for place in ("", "numbers", "huddles", "scorecard"):
                ours.ask(path + place)
        return ours.memory()


def measure(plan: Plan) -> list[Row]:
    """Pages, what a phone sends, memory."""
    check_in: list[float] = []
    scorecard: list[float] = []
    bare: list[float] = []
    screen: list[float] = []
    fifty: list[float] = []
    with scratch(plan) as folders:
        for folder in folders:
            ours, table, yardstick = pages(folder, plan.times(ASKED, 20))
            check_in.append(slow_ms(ours))
            scorecard.append(slow_ms(table))
            bare.append(slow_ms(yardstick))
            screen.append(slow_ms(shown(folder)))
            fifty.append(with_fifty(folder))
    return [
        Row("a check-in's page, 95 of 100", check_in, "a bare aiohttp page of its size", bare, ratio=3),
        Row("the scorecard, 95 of 100", scorecard, "a bare aiohttp page of its size", bare),
        Row("a check-in sent to the shared screen, 95 of 100", screen, "", most=600),
        Row(f"memory of the server, {PEOPLE} people", fifty, "", unit="MB"),
    ]
