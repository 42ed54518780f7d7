"""The quarter's review: every number once, with its thirteen weeks, and what was decided of it (METHOD 9–12). Pure."""

import re
from datetime import date, timedelta
from typing import Final

import msgspec

from huddle_tui.domain.coach import Advice
from huddle_tui.domain.coach_past import about_number
from huddle_tui.domain.history import Past
from huddle_tui.domain.promises import Tally, account
from huddle_tui.domain.reasons import Pile
from huddle_tui.domain.scorecard import ScorecardRow, row
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Decided, Kpi, Team
from huddle_tui.domain.voice import Voice, voice
from huddle_tui.domain.workdays import Period

_NAME: Final = re.compile("(2[0-9]{3})-?Q([1-4])")


class Quarter(msgspec.Struct, frozen=True):
    """A quarter of a year that is looked back on."""

    first: date
    """Its first day."""

    @property
    def last(self) -> date:
        """Its last day."""
        return Period.QUARTER.last(self.first)

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.first.month + 2) // 3

    @property
    def name(self) -> str:
        """`2026-Q4`: how it is stored with what was decided in it."""
        return f"{self.first.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    """The quarter that is reviewed on `day`: the one whose end is nearest, as a review is held around it."""
    this = Quarter(Period.QUARTER.first(day))
    before = Quarter(Period.QUARTER.first(this.first - timedelta(days=1)))
    return this if this.last - day <= day - before.last else before


def parse(typed: str) -> Quarter | None:
    """The quarter that was typed, such as `2026-Q4`; None where nothing was. Raises HuddleError."""
    if not typed:
        return None
    found = _NAME.fullmatch(typed.strip().upper())
    if found is None:
        raise HuddleError(N_("{typed} is no quarter: write it as 2026-Q4."), typed=typed)
    return Quarter(date(int(found[1]), 3 * int(found[2]) - 2, 1))


class Subject(msgspec.Struct, frozen=True):
    """One number in the review."""

    kpi: Kpi
    """The number as it is now."""
    row: ScorecardRow
    """Its figures."""
    kept: Tally
    """What became of its promises in the thirteen weeks."""
    weeks: tuple[tuple[date, Tally], ...]
    """The same per first day of a week, oldest first."""
    pile: Pile
    """Why those that were missed were missed."""
    voice: Voice
    """Its limits and signals."""
    advice: tuple[Advice, ...]
    """What the coach says of it."""
    away: bool
    """Its owner is away today: it can be left for later."""

    def decided(self, quarter: Quarter) -> Decided | None:
        """What was decided of it in that quarter's review; None while it was not looked at."""
        return next((one for one in reversed(self.kpi.decided) if one.quarter == quarter.name), None)


def subjects(past: Past, quarter: Quarter, today: date) -> tuple[Subject, ...]:
    """Every number that is read out, in the order of the team, over the thirteen weeks up to the quarter's end.

    A number that was dropped in this review stays in it, so that the walk ends where it began.
    """
    team, last = past.team, min(quarter.last, past.team.reporting_day(today))
    found = []
    for kpi in reviewed(team, quarter):
        told, owner = account(past, [kpi.id], last=last), team.person(kpi.owner)
        advice = () if kpi.retired_on else tuple(about_number(past, kpi, told.team))
        away = owner is not None and owner.away_on(today)
        figures = row(past, kpi.id)
        found.append(Subject(kpi, figures, told.team, told.weeks, told.pile, voice(past, kpi.id), advice, away))
    return tuple(found)


def reviewed(team: Team, quarter: Quarter) -> list[Kpi]:
    """The numbers of the review, ★ first for each: those that are read out, and those that were dropped in it."""
    starred = sorted(team.kpis, key=lambda kpi: not kpi.most_important)
    kpis = [k for k in starred if k.retired_on is None or any(one.quarter == quarter.name for one in k.decided)]
    return [kpi for person in team.members for kpi in kpis if kpi.owner == person.id]
