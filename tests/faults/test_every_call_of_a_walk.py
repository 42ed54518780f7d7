"""A huddle, a check-in and a form of the browser are gone through to their end; every call of the system on the way
fails once. What was told as said is on disk at that moment, a sentence is told, and the next try goes on.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.huddle import Asking, Stage
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.store.tiny import TinyBook
from huddle_tui.web.sent import Sent, lay
from tests.kit.failing import Failing
from tests.kit.fakes import MONDAY, FakeTime, small_team

T = TypeVar("T")

KPI = "sanne-opgelost"


def two_numbers() -> Team:
    """Two people with a number each."""
    team = small_team(people=2)
    return replace(team, kpis=tuple(kpi for kpi in team.kpis if kpi.id.endswith("-opgelost")))


class Walk:
    """Somebody who tries again where they are told that something went wrong."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: list[str] = []

    @property
    def book(self) -> TinyBook:
        """The book as a program opens it."""
        return TinyBook(self.root)

    def through(self, step: Callable[[], T]) -> T:
        """The step, or after a sentence the same step again: only one call fails."""
        try:
            return step()
        except HuddleError as error:
            self.told.append(str(error))
            return step()


def through_a_round(walk: Walk) -> None:
    time = FakeTime()
    hosting = walk.through(lambda: Hosting(walk.book, time, MONDAY))
    assert walk.through(hosting.claim)
    hosting.do(lambda r: r.start(time.monotonic(), time.now()))
    walk.through(hosting.save)
    while hosting.round.huddle.stage is Stage.TURNS:
        turn, now = hosting.round.speaking, time.monotonic()
        assert turn is not None
        match turn.asking:
            case Asking.NUMBER:
                hosting.do(lambda r, now=now: r.say(Decimal(5), now))  # type: ignore[misc]
            case Asking.REASON | Asking.PROMISE:
                hosting.do(lambda r, now=now: r.promise(Decimal(7), now))  # type: ignore[misc]
            case _:
                hosting.do(lambda r, now=now: r.stuck("wacht", now))  # type: ignore[misc]
        walk.through(hosting.save)
        assert not hosting.unsaved
        assert hosting.stored is not None
        there = walk.through(lambda: walk.book.huddle(MONDAY))
        assert there is not None
        assert there.readings == hosting.stored.readings, "what the screen shows as said is on disk"
        walk.through(hosting.look)
    hosting.do(lambda r: r.end(8, time.monotonic(), time.now()))
    walk.through(hosting.save)
    walk.through(hosting.settle)
    walk.through(hosting.save)
    hosting.release()


def after_a_round(book: TinyBook) -> None:
    huddle = book.huddle(MONDAY)
    assert huddle is not None
    assert huddle.stage is Stage.ENDED
    assert [(r.actual, r.next_promise) for r in huddle.readings] == [(Decimal(5), Decimal(7))] * 2
    assert [turn.stuck for turn in huddle.turns] == ["wacht"] * 2
    assert [kpi.promise for kpi in book.team().kpis] == [Decimal(7)] * 2


def through_a_check_in(walk: Walk) -> None:
    checking_in = walk.through(lambda: CheckingIn(walk.book, FakeTime(), "sanne"))
    for asking, typed in ((Asking.NUMBER, "5"), (Asking.PROMISE, "7")):
        checking_in.commit(KPI, typed, asking)
        walk.through(checking_in.save)
        assert checking_in.saved
        assert walk.through(lambda: walk.book.check_ins("sanne")) == [checking_in.draft], "shown as saved: on disk"
        walk.through(checking_in.look)
    checking_in.commit("", "wacht", Asking.STUCK)
    walk.through(checking_in.save)


def through_a_form(walk: Walk) -> None:
    """As the server lays a form over the check-in; sent again in a moment, as its page says."""
    fields = {"day": MONDAY.isoformat(), f"number.{KPI}": "5", f"promise.{KPI}": "7", "stuck.": "wacht"}

    def send() -> None:
        checking_in = CheckingIn(walk.book, FakeTime(), "sanne")
        outcome = lay(checking_in, Sent.of(fields))
        assert outcome.problems == {}
        checking_in.save()

    walk.through(send)
    assert walk.through(lambda: walk.book.check_ins("sanne")), "told as saved: on disk"


def after_a_check_in(book: TinyBook) -> None:
    (found,) = book.check_ins("sanne")
    entry = found.entry(KPI)
    assert (entry.answered, entry.actual, entry.next_promise) == (True, Decimal(5), Decimal(7))
    assert found.stuck == "wacht"


WALKS: dict[str, tuple[Callable[[Walk], None], Callable[[TinyBook], None]]] = {
    "round": (through_a_round, after_a_round),
    "check-in": (through_a_check_in, after_a_check_in),
    "form": (through_a_form, after_a_check_in),
}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_every_call_of_the_system_on_the_way_may_fail(
    tmp_path: Path, walk: str, number: int, request: pytest.FixtureRequest
) -> None:
    go, after = WALKS[walk]
    model = tmp_path / "model"
    TinyBook(model).change_team(lambda _: two_numbers())
    every = 1 if request.config.getoption("--full") or walk != "round" else 11
    told, at = 0, 1
    while True:
        root = Path(shutil.copytree(model, tmp_path / f"{at}"))
        failing, somebody = Failing(root, at, number), Walk(root)
        with failing.once():
            go(somebody)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in somebody.told)
        told += len(somebody.told)
        after(TinyBook(root))
        shutil.rmtree(root)
        if not failing.reached:
            break
        at += every
    assert at > 50
    assert told > at / every / 4, (
        "what fails on the way to the file is told; without its twin a file is saved all the same"
    )
