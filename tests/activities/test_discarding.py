"""What a test huddle changed goes to the bin with it, and comes back with it (METHOD 8)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from huddle_tui.activities.settling import discard, restore
from huddle_tui.domain.huddle import Huddle, Reading, Turn, TurnState
from huddle_tui.domain.team import Team
from huddle_tui.domain.turns import promise_changes
from tests.kit.fakes import MONDAY, small_team
from tests.kit.memory_book import MemoryBook


def lowered(team: Team, day: date) -> Huddle:
    """A huddle in which the first number was red, and its promise lowered to 5."""
    kpi = team.kpis[0]
    stick = team.yardstick(kpi, day)
    reading = Reading.of(kpi.id, kpi.name, day, Decimal(1), stick, stick.judge(Decimal(1)), next_promise=Decimal(5))
    turn = Turn(kpi.owner, "Sanne", TurnState.DONE, readings=(reading,))
    return Huddle(day, team.name, turns=(turn,))


def test_its_promises_go_and_come_with_it() -> None:
    team = small_team()
    kpi = team.kpis[0]
    huddle = lowered(team, MONDAY)
    book = MemoryBook(team.with_promises(promise_changes(huddle), MONDAY), [huddle])
    assert [k.promise for k in book.team().kpis if k.id == kpi.id] == [5]
    discard(book, MONDAY)
    assert book.team().kpi(kpi.id) == kpi
    restore(book, MONDAY)
    assert [k.promise for k in book.team().kpis if k.id == kpi.id] == [5]


def test_a_promise_that_somebody_changed_since_is_left_alone() -> None:
    team = small_team()
    kpi = team.kpis[0]
    huddle = lowered(team, MONDAY)
    changed = team.with_promises(promise_changes(huddle), MONDAY)
    since = replace(changed, kpis=tuple(replace(k, promise=Decimal(7)) if k.id == kpi.id else k for k in changed.kpis))
    book = MemoryBook(since, [huddle, Huddle(MONDAY + timedelta(days=1), team.name)])
    discard(book, MONDAY)
    assert [k.promise for k in book.team().kpis if k.id == kpi.id] == [7]
