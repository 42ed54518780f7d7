"""What the coach says of the last thirteen weeks (METHOD 10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.domain.coach_past import advise_on, thirteen_weeks
from huddle_tui.domain.history import Past, Said, gather
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Kpi, Person, Team
from huddle_tui.i18n import say
from tests.kit.random_books import said as judged

LAST = date(2026, 11, 20)
CALLS = Kpi("calls", "Calls", "s", Decimal(8))
TEAM = Team("T", people=(Person("s", "Sanne"),), kpis=(CALLS,))


def past_of(actuals: Sequence[object], kpi: Kpi = CALLS) -> Past:
    """A value per working day, the last one on a Friday; of … nothing was asked."""
    team, day, said = replace(TEAM, kpis=(kpi,)), LAST, []
    for actual in reversed(actuals):
        if actual is not ...:
            value = None if actual is None else Decimal(str(actual))
            said.append(Said(team.calendar.after(day), "s", False, judged(day, kpi, team, value)))
        day = team.calendar.before(day)
    return replace(gather(team, (), (), complete=True), said={kpi.id: tuple(reversed(said))})


def ids(past: Past) -> list[str]:
    return [advice.id for advice in advise_on(past)]


@pytest.mark.parametrize(
    ("actuals", "found"),
    [
        ([9] * 12, ["always-kept"]),
        ([9] * 11, []),
        ([*[9] * 11, 7], []),
        ([*[9] * 12, None], []),
        ([1] * 12, ["never-kept"]),
        ([*[1] * 11, 9], ["never-kept"]),
        ([*[1] * 10, 9, 9], []),
        ([7, 9] * 6, ["hit-and-miss"]),
        ([7, 9] * 5, []),
        ([*[7, 9] * 6, *[...] * 65, *[9] * 5], ["hit-and-miss"]),
        ([*[7, 9] * 6, *[...] * 65, *[9] * 12], ["always-kept"]),
        ([*[7, 9] * 6, *[...] * 66], ["hit-and-miss"]),
        ([], []),
    ],
)
def test_always_never_and_by_chance(actuals: list[object], found: list[str]) -> None:
    assert ids(past_of(actuals)) == found


def test_once_is_not_one_times() -> None:
    [once] = advise_on(past_of([*[1] * 11, 9]))
    assert "was kept once out of 12 times in thirteen weeks" in say(once.sentence)
    [never] = advise_on(past_of([1] * 12))
    assert "was kept 0 times out of 12 in thirteen weeks" in say(never.sentence)


def test_only_thirteen_weeks_count() -> None:
    assert "always-kept" in ids(past_of([*[1] * 30, *[9] * 65]))
    assert "always-kept" not in ids(past_of([*[1] * 30, *[9] * 64]))
    assert thirteen_weeks(past_of([9] * 100)).team.due == 65


def test_a_team_that_keeps_nearly_everything_is_asked_whether_its_promises_are_easy() -> None:
    easy = advise_on(past_of([9] * 30))
    assert [(advice.id, advice.about) for advice in easy] == [("always-kept", "Sanne"), ("too-easy", "T")]
    assert say(easy[1].sentence) == "T kept 30 of 30 promises in thirteen weeks: are the promises easy?"
    assert "too-easy" not in ids(past_of([9] * 29))
    assert "too-easy" not in ids(past_of([*[9] * 28, 1, 1]))


def test_at_most_is_held_the_other_way_round() -> None:
    few = replace(CALLS, direction=Direction.AT_MOST)
    assert ids(past_of([9] * 12, few)) == ["never-kept"]
    assert ids(past_of([7] * 12, few)) == ["always-kept"]


def test_a_number_that_nobody_reads_out_is_left_in_peace() -> None:
    past = past_of([9] * 30)
    retired = replace(past.team, kpis=(replace(CALLS, retired_on=LAST),))
    assert ids(replace(past, team=retired, memo={})) == ["too-easy"]
    assert ids(replace(past, team=replace(TEAM, kpis=()), memo={})) == ["too-easy"]
