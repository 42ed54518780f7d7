"""Three days of a team of five in a terminal of 80 by 24; what must be in the book at the end was written down first.

Anna, Bram, Chen, Dewi and Eva promise 8 calls a day each (red below 6.8); Bram at most 2 open tickets, Chen 25 visits a
week (adds up), Dewi a score of 90. Monday's huddle is about Friday, whose week is complete: Chen's 26 visits are kept.

Monday: Dewi has checked in. Eva is away at the start and joins as a latecomer. Bram's 3 is a red flag: he lowers his
promise to 6, agrees an action and is stuck. Chen is skipped and comes back. Eva's 9 is undone and said again as 10.
After closing, Anna's 8 is corrected to 9, in the open.
Tuesday: Dewi is away. Bram's 6 keeps what he promised by now; his stuck is a round older. The clocks are paused.
Wednesday: the stuck is solved and the action done in the opening. Monday's 7 of Chen is corrected to 8 by Anna.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from huddle_tui.activities.correcting import Correcting
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Counting, Kpi, Order, Person, Team
from huddle_tui.domain.workdays import Period
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import FakeTime
from tests.kit.terminal import Terminal, run

pytestmark = [pytest.mark.terminal, pytest.mark.slow]

NAMES = ("Anna", "Bram", "Chen", "Dewi", "Eva")
SIZE = (80, 24)
DOWN, AGREE, SKIP, PEOPLE = "\x1b[B", "\x14", "\x0c", "\x12"
OFFLINE, UNDO, BACK, NEXT, PAUSE = "\x0f", "\x1a", "\x02", "\x0e", "\x1b[15~"

EXPECTED: dict[str, dict[str, Any]] = {
    "2026-11-23": {
        "temperature": 8,
        "turns": {
            "Anna": ("done", [("Calls", "9", "8", "green", "kept")], []),
            "Bram": (
                "done",
                [("Calls", "3", "8", "red", "missed"), ("Open tickets", "1", "2", "green", "kept")],
                [("waiting for the vpn", 1, None)],  # said again on Tuesday, where it stands when it was solved
            ),
            "Chen": ("done", [("Calls", "8", "8", "green", "kept"), ("Visits", "26", "25", "green", "kept")], []),
            "Dewi": ("done", [("Calls", "9", "8", "green", "kept"), ("Score", "95", "90", "green", "kept")], []),
            "Eva": ("done", [("Calls", "10", "8", "green", "kept")], []),
        },
        "actions": [("Bram", "call the list", "2026-11-27", True)],
        "offline": [("new price list", "Eva")],
    },
    "2026-11-24": {
        "temperature": None,
        "turns": {
            "Anna": ("done", [("Calls", "8", "8", "green", "kept")], []),
            "Bram": (
                "done",
                [("Calls", "6", "6", "green", "kept"), ("Open tickets", "2", "2", "green", "kept")],
                [("waiting for the vpn", 2, "2026-11-25")],
            ),
            "Chen": (
                "done",
                [("Calls", None, "8", "not measured", "not reported"), ("Visits", "3", "25", "too early", "")],
                [],
            ),
            "Dewi": ("absent", [], []),
            "Eva": ("done", [("Calls", "8", "8", "green", "kept")], []),
        },
        "actions": [],
        "offline": [],
    },
    "2026-11-25": {
        "temperature": 9,
        "turns": {
            "Anna": ("done", [("Calls", "8", "8", "green", "kept")], []),
            "Bram": ("done", [("Calls", "7", "6", "green", "kept"), ("Open tickets", "0", "2", "green", "kept")], []),
            "Chen": ("done", [("Calls", "8", "8", "green", "kept"), ("Visits", "11", "25", "green", "")], []),
            "Dewi": ("done", [("Calls", "8", "8", "green", "kept"), ("Score", "90", "90", "green", "kept")], []),
            "Eva": ("done", [("Calls", "8", "8", "green", "kept")], []),
        },
        "actions": [],
        "offline": [],
    },
}
"""Per huddle: temperature; per person state, readings (number, actual, promise, status, outcome) and stucks (words,
rounds, solved on); actions (who, what, by, done); offline (what, who)."""


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """The book of the team."""
    people = tuple(Person(name.casefold(), name) for name in NAMES)
    calls = tuple(Kpi(f"{p.id}-calls", "Calls", p.id, Decimal(8), most_important=True) for p in people)
    others = (
        Kpi("bram-open", "Open tickets", "bram", Decimal(2), direction=Direction.AT_MOST),
        Kpi("chen-visits", "Visits", "chen", Decimal(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL),
        Kpi("dewi-score", "Score", "dewi", Decimal(90), unit="%"),
    )
    team = Team("Five", locale="en", people=people, kpis=(*calls, *others), order=Order.LISTED)
    TinyBook(tmp_path / "book").change_team(lambda _: team)
    return tmp_path / "book"


@pytest.fixture
def days(five: Path) -> Iterator[Days]:
    """The days, one program after another."""
    running = Days(five)
    yield running
    for terminal in running.terminals:
        terminal.close()


class Days:
    """The programs of those days, driven by what shows."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self.terminals: list[Terminal] = []
        self.day = ""

    def open(self, *arguments: str, shows: str) -> None:
        """A program on that day, and what must show first."""
        environment = {"HUDDLE_TODAY": self.day}
        self.terminals.append(Terminal([*arguments, "--lang", "en"], self.book, size=SIZE, environment=environment))
        self.keys("", shows)

    def keys(self, keys: str, shows: str) -> None:
        """Those keys, and then what must show."""
        self.terminals[-1].type(keys)
        self.terminals[-1].wait_for(shows, 60)

    def end(self, keys: str = "") -> None:
        """Those keys, and the program ends well."""
        self.terminals[-1].type(keys)
        assert self.terminals[-1].wait_for_end(60) == 0


def test_three_days(days: Days, five: Path) -> None:
    monday(days)
    tuesday(days)
    wednesday(days)
    huddles = json.loads(run(five, "export", "--format", "json").stdout)
    for huddle in huddles:
        told = found(huddle)
        for name, wanted in EXPECTED[huddle["date"]]["turns"].items():
            assert told["turns"][name] == wanted, f"{huddle['date']} {name}"
        assert told == EXPECTED[huddle["date"]]
    assert [huddle["date"] for huddle in huddles] == list(EXPECTED)
    (agreed,) = json.loads(run(five, "export", "actions", "--format", "json").stdout)
    assert (agreed["date"], agreed["done_on"]) == ("2026-11-23", "2026-11-25")
    (anna, bram, chen, dewi, eva) = huddles[0]["turns"]
    assert anna["readings"][0]["earlier"] == ["8"]
    assert (bram["readings"][0]["next_promise"], bram["readings"][0]["by_proxy"]) == ("6", False)
    assert chen["readings"][0]["note"] == "two more tomorrow"
    assert [(one["by"], one["was"]) for one in chen["readings"][0]["corrections"]] == [("Anna", "7")]
    assert [reading["checked_in"] for reading in dewi["readings"]] == [True, True]
    assert "earlier" not in eva["readings"][0], "what was undone was never said"
    assert huddles[0]["ended_at"] > huddles[0]["started_at"]
    assert [(change.kpi, change.old, change.new) for change in TinyBook(five).team().promise_changes] == [
        ("bram-calls", Decimal(8), Decimal(6))
    ]


def monday(days: Days) -> None:
    """A check-in, a latecomer, a red flag, a skip, undo, back, offline, and a correction after closing."""
    days.day = "2026-11-23"
    days.open("checkin", "--plain", "--as", "Dewi", shows="Calls, for")
    days.keys("9\r", "Score, for")
    days.keys("95\r", "Where are you stuck?")
    days.keys("\r", "Saved: 2 numbers")
    days.end()
    days.open("run", shows="Enter starts")
    days.keys(DOWN * 4 + " ", "4 people are here")
    days.keys("\r", "Next: Bram, then Chen, Dewi")
    days.keys("8\r", "Where are you stuck?")
    days.keys("\r", "Next: Chen, then Dewi")
    days.keys("3\r", "Ctrl+G stuck")
    if "Count on me:" not in days.terminals[-1].text():  # why comes first: Enter alone is "don't know yet"
        days.keys("\r", "Count on me:")
    days.keys(AGREE, "Action: who?")
    days.keys("\r", "What?")
    days.keys("call the list\r", "By when?")
    days.keys("fri\r", "Count on me:")
    days.keys("6\r", "Open tickets   ")
    days.keys("1\r", "Where are you stuck?")
    days.keys("waiting for the vpn\r", "Next: Dewi")
    days.keys(SKIP, "Enter uncovers it")
    days.keys("\r", "✔ green")
    days.keys("\r", "Where are you stuck?")
    days.keys("\r", "Nobody is left.")
    days.keys(PEOPLE, "Enter gives the floor")
    days.keys(DOWN * 4 + " ", "5 people are here")
    days.keys("\x1b", "Enter alone: not measured")
    days.keys("7\r", "What is the plan?")
    days.keys("two more tomorrow\r", "Enter alone: not measured")
    days.keys("26\r", "Where are you stuck?")
    days.keys("\r", "Nobody is left.")
    days.keys(OFFLINE, "Take offline:")
    days.keys("new price list\r", "Enter alone: not measured")
    days.keys("9\r", "Where are you stuck?")
    days.keys(UNDO, "Enter alone: not measured")
    days.keys("10\r", "Where are you stuck?")
    days.keys(BACK, "Next: Eva")
    days.keys(NEXT, "Nobody is left.")
    days.keys("\r", "Team temperature")
    days.keys("8\r", "Enter goes home")
    days.keys("o", "Team temperature")
    days.keys(PEOPLE, "Enter gives the floor")
    days.keys("\x1b[A" * 5 + "\r", "Where are you stuck?")
    days.keys("\x1b[A", "Enter leaves it as it is")
    days.keys("9\r", "Where are you stuck?")
    days.keys("\r", "Team temperature")
    days.keys("\x158\r", "Enter goes home")
    days.keys("\r", "See today's recap")
    days.end("q")


def tuesday(days: Days) -> None:
    """Somebody is away, a lowered promise is read out, a stuck goes on, the clocks are paused."""
    days.day = "2026-11-24"
    days.open("run", shows="waiting for the vpn")
    days.keys(DOWN * 3 + " ", "4 people are here")
    days.keys("\r", "Next: Bram, then Chen, Eva")
    days.keys("8\r", "Where are you stuck?")
    days.keys("\r", "Lowered: ▼ 8 → 6 Calls")
    days.keys("6\r", "Open tickets   ")
    days.keys("2\r", "waiting for the vpn")
    days.keys("\r", "Next: Eva")
    days.keys("-\r", "Visits   ")
    days.keys("3\r", "Where are you stuck?")
    days.keys(PAUSE, "Paused at")
    days.keys("\r", "Where are you stuck?")
    days.keys("\r", "Nobody is left.")
    days.keys("8\r", "Where are you stuck?")
    days.keys("\r", "Team temperature")
    days.keys("\r", "Enter goes home")
    days.keys("\r", "See today's recap")
    days.end("q")


def wednesday(days: Days) -> None:
    """What was open is solved and done; Monday is put right in the open."""
    days.day = "2026-11-25"
    days.open("run", shows="●●●")
    days.keys(DOWN * 5 + " " + DOWN + " ", "Enter starts")
    days.keys("\r", "Next: Bram, then Chen, Dewi, Eva")
    days.keys("8\r", "Where are you stuck?")
    days.keys("\r", "Next: Chen, then Dewi, Eva")
    days.keys("7\r", "Open tickets   ")
    days.keys("0\r", "Where are you stuck?")
    days.keys("\r", "Next: Dewi, then Eva")
    days.keys("8\r", "Visits   ")
    days.keys("11\r", "Where are you stuck?")
    days.keys("\r", "Next: Eva")
    days.keys("8\r", "Score   ")
    days.keys("90\r", "Where are you stuck?")
    days.keys("\r", "Nobody is left.")
    days.keys("8\r", "Where are you stuck?")
    days.keys("\r", "Team temperature")
    days.keys("9\r", "Enter goes home")
    days.keys("\r", "See today's recap")
    days.end("q")
    correcting = Correcting(TinyBook(days.book), FakeTime(date(2026, 11, 25)))
    correcting.name("Anna")
    correcting.number(date(2026, 11, 23), "chen", "chen-calls", "8", "one was in another list")


def found(huddle: dict[str, Any]) -> dict[str, Any]:
    """What of a huddle's JSON was written down beforehand."""
    return {
        "temperature": huddle["temperature"],
        "turns": {
            turn["person"]: (
                turn["state"],
                [(r["kpi"], r["actual"], r["promise"], r["status"], r["outcome"]) for r in turn["readings"]],
                [(s["text"], s["rounds"], s["solved_on"]) for s in turn["stucks"]],
            )
            for turn in huddle["turns"]
        },
        "actions": [(a["who"], a["what"], a["by"], a["done"]) for a in huddle["actions"]],
        "offline": [(o["what"], o["who"]) for o in huddle["offline"]],
    }
