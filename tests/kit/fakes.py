"""A clock that a test moves by hand, and a team small enough to read."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Counting, Kpi, Order, Person, Team
from huddle_tui.domain.workdays import Period

MONDAY = date(2026, 11, 23)


class FakeTime(Timepiece):
    """Stands still until a test moves it; starts on Monday 23 November 2026 at 09:07 in Amsterdam."""

    def __init__(self, day: date = MONDAY) -> None:
        super().__init__("Europe/Amsterdam")
        self.seconds = 1000.0
        self._start = datetime(day.year, day.month, day.day, 9, 7, tzinfo=timezone(timedelta(hours=1)))

    def now(self) -> datetime:
        """The moment that the test has come to."""
        return self._start + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        """The second that the test has come to."""
        return self.seconds


def small_team(locale: str = "nl", people: int = 3) -> Team:
    """People with four numbers each: at least, at most, a weekly running total, and a percentage."""
    names = ["Sanne", "José", "Fatima", "Bram", "Zoë", "Joris", "Meike", "Wouter"][:people]
    members = tuple(Person(name.casefold(), name, "Directeur Enthousiaste Klanten") for name in names)
    kpis = tuple(
        kpi
        for person in members
        for kpi in (
            Kpi(f"{person.id}-opgelost", "Klachten opgelost", person.id, Decimal(8), most_important=True),
            Kpi(f"{person.id}-open", "Klachten open", person.id, Decimal(2), direction=Direction.AT_MOST),
            Kpi(
                f"{person.id}-bezoek", "Bezoeken", person.id, Decimal(25),
                period=Period.WEEK, counting=Counting.RUNNING_TOTAL,
            ),
            Kpi(f"{person.id}-omzet", "Gefactureerd", person.id, Decimal(12500), unit="€"),
        )
    )  # fmt: skip
    return Team("Voorbeeld Software", locale=locale, people=members, kpis=kpis, order=Order.LISTED)
