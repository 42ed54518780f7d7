"""The recap of one huddle."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, Huddle, Offline, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.recap import recap

DAY = date(2026, 11, 20)
TEAM = Team("Voorbeeld & Zn.", "nl")


def reading(name: str, actual: Decimal | None, status: Status, next_promise: Decimal | None = None) -> Reading:
    """A reading against a promise of € 8."""
    stick = Yardstick(Direction.AT_LEAST, Decimal(8), Decimal(8), Decimal(6), Decimal(10))
    return Reading.of("k", name, DAY, actual, stick, status, unit="€", decimals=2, next_promise=next_promise)


HUDDLE = Huddle(
    date(2026, 11, 23),
    "Voorbeeld & Zn.",
    started_at=datetime(2026, 11, 23, 8, 7, tzinfo=UTC),
    ended_at=datetime(2026, 11, 23, 8, 18, tzinfo=UTC),
    watch=Stopwatch(612.9),
    turns=(
        Turn(
            "s",
            "Sanne",
            TurnState.DONE,
            readings=(
                reading("marge", Decimal("12500.5"), Status.SUPER_GREEN),
                reading("omzet", Decimal("5"), Status.RED, Decimal("7.5")),
                reading("kosten", Decimal("4"), Status.RED),
                reading("winst", None, Status.NOT_MEASURED),
            ),
            stucks=(Stuck("wacht op IT"),),
        ),
        Turn("z", "Zoë", TurnState.DONE, stucks=(Stuck("opgelost", solved_on=DAY),)),
        Turn("b", "Bram", TurnState.ABSENT, readings=(reading("marge", Decimal("9"), Status.GREEN),)),
    ),
    actions=(Action("a", "Bram", "belt leverancier", date(2026, 11, 25)),),
    offline=(Offline("prijslijst", "Sanne"), Offline("- streepje")),
    temperature=8,
)

EXPECTED = """\
# Huddle of maandag 23 november 2026

**Voorbeeld & Zn.**

- Kept promises: 1 of 3
- Red flags: 2
- Time: 10:12 of 10:00, 0:12 over
- Temperature: 8 of 10
- Here: Sanne, Zoë
- Away: Bram

## Red flags

- ⚑ **Sanne**, omzet: € 5,00 where € 8,00 was promised; next promise € 7,50
- ⚑ **Sanne**, kosten: € 4,00 where € 8,00 was promised

## Stuck

- **Sanne**: wacht op IT

## Actions

- [ ] **Bram**: belt leverancier, by woensdag 25 november

## Taken offline

- prijslijst (Sanne)
- \\- streepje

## Numbers

| Who | Number | Said | Promise | Status | Note |
| --- | --- | --- | --- | --- | --- |
| Sanne | marge | € 12.500,50 | € 8,00 | ✦ super green |  |
| Sanne | omzet | € 5,00 | € 8,00 | ⚑ RED | next promise: € 7,50 |
| Sanne | kosten | € 4,00 | € 8,00 | ⚑ RED |  |
| Sanne | winst | – | € 8,00 | – not measured |  |
| Bram (away) | marge | € 9,00 | € 8,00 | ✔ green |  |
"""


def test_a_recap() -> None:
    assert recap(HUDDLE, TEAM) == EXPECTED


def test_a_huddle_in_which_nothing_was_said_yet() -> None:
    bare = Huddle(date(2026, 11, 23), "T", turns=(Turn("s", "Sanne"),))
    assert recap(bare, replace(TEAM, locale="en")) == (
        "# Huddle of Monday 23 November 2026\n\n**T**\n\n- Kept promises: 0 of 0\n- Red flags: 0\n"
        "- Time: 0:00 of 10:00\n- Here: Sanne\n- This huddle has not been closed yet.\n"
    )


def test_a_running_total_is_told_against_its_pace() -> None:
    stick = Yardstick(Direction.AT_LEAST, Decimal(25), Decimal(25) / 3, Decimal(7), None)
    said = Reading.of("k", "Bezoeken", DAY, Decimal(3), stick, Status.RED, next_promise=Decimal(20))
    turn = Turn("s", "Sanne", TurnState.DONE, readings=(said, replace(said, name="Offertes", next_promise=None)))
    told = recap(replace(HUDDLE, turns=(turn,)), TEAM)
    assert "- ⚑ **Sanne**, Bezoeken: 3 at pace 8,3 of 25; next promise 20\n" in told
    assert "- ⚑ **Sanne**, Offertes: 3 at pace 8,3 of 25\n" in told
    assert "| Sanne | Bezoeken | 3 | pace 8,3 of 25 | ⚑ RED | next promise: 20 |\n" in told
