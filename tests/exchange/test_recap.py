"""The recap of one huddle: short text, Markdown, a page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, Correction, Huddle, Offline, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Counting, Team
from huddle_tui.domain.workdays import Period
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.exports import export
from tests.kit.fakes import FakeTime

DAY = date(2026, 11, 20)
TEAM = Team("Voorbeeld & Zn.", "nl")


def reading(name: str, actual: Decimal | None, status: Status, **others: Any) -> Reading:
    """A reading against a promise of € 8."""
    stick = Yardstick(Direction.AT_LEAST, Decimal(8), Decimal(8), Decimal(6), Decimal(10))
    return Reading.of(name, name, DAY, actual, stick, status, unit="€", decimals=2, **others)


LOW = Yardstick(Direction.AT_MOST, Decimal(2), Decimal(2), Decimal("2.3"), None)
BUGS = Reading.of("bugs", "bugs", DAY, Decimal(3), LOW, Status.RED, next_promise=Decimal(4))
FRIDAY = Huddle(
    DAY,
    "Voorbeeld & Zn.",
    started_at=datetime(2026, 11, 20, 8, 7, tzinfo=UTC),
    ended_at=datetime(2026, 11, 20, 8, 18, tzinfo=UTC),
    turns=(
        Turn("z", "Zoë", TurnState.DONE, stucks=(Stuck("wacht op Bram"),)),
        Turn("s", "Sanne", TurnState.DONE, stucks=(Stuck("de printer", solved_on=date(2026, 11, 23)),)),
    ),
    actions=(
        Action("a", "Sanne", "plant overleg", done_on=date(2026, 11, 23)),
        Action("b", "Zoë", "mailt", done_on=date(2026, 11, 25)),
        Action("c", "Zoë", "was klaar", done_on=DAY),
    ),
)
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
                reading("omzet", Decimal("5"), Status.RED, next_promise=Decimal("7.5"), reason=5, note="bel klant"),
                reading("kosten", Decimal("4"), Status.RED),
                reading("winst", None, Status.NOT_MEASURED),
            ),
            stucks=(Stuck("wacht op IT"),),
        ),
        Turn("z", "Zoë", TurnState.DONE, readings=(BUGS,), stucks=(Stuck("Wacht op  Bram", 2),)),
        Turn("b", "Bram", TurnState.ABSENT, readings=(reading("marge", Decimal("9"), Status.GREEN),)),
    ),
    actions=(Action("a", "Bram", "belt leverancier", date(2026, 11, 25)),),
    offline=(Offline("prijslijst", "Sanne"), Offline("- streepje")),
    temperature=8,
)


TEXT = """\
Huddle of Voorbeeld & Zn., maandag 23 november 2026
1 of 5 promises kept; 3 missed, 1 not reported
⚑ Sanne, omzet: € 5,00 where € 8,00 was promised · the customer · next promise: € 7,50 · bel klant
⚑ Sanne, kosten: € 4,00 where € 8,00 was promised
⚑ Zoë, bugs: 3 where 2 or less was promised · next promise: 4 or less
● Zoë is stuck: Wacht op Bram · round 2
● Sanne is stuck: wacht op IT
✔ Sanne, solved: de printer · round 2
▸ Bram: belt leverancier · by woensdag 25 november
▸ Zoë: mailt · agreed on 20 november · done on woensdag 25 november
✔ Sanne, done: plant overleg · agreed on 20 november
○ Taken offline: prijslijst (Sanne)
○ Taken offline: - streepje
Time: 10:12 of 10:00, 0:12 over
Temperature: 8 of 10
Away: Bram
"""

MARKDOWN = """\
# Huddle of maandag 23 november 2026

**Voorbeeld & Zn.**

- 1 of 5 promises kept; 3 missed, 1 not reported
- Time: 10:12 of 10:00, 0:12 over
- Temperature: 8 of 10
- Away: Bram

## Red flags

- ⚑ **Sanne**, omzet: € 5,00 where € 8,00 was promised · the customer · next promise: € 7,50 · bel klant
- ⚑ **Sanne**, kosten: € 4,00 where € 8,00 was promised
- ⚑ **Zoë**, bugs: 3 where 2 or less was promised · next promise: 4 or less

## Stuck

- **Zoë**: Wacht op Bram · round 2
- **Sanne**: wacht op IT

## Solved

- **Sanne**: de printer · round 2

## Actions

- [ ] **Bram**: belt leverancier · by woensdag 25 november
- [ ] **Zoë**: mailt · agreed on 20 november · done on woensdag 25 november
- [x] **Sanne**: plant overleg · agreed on 20 november

## Taken offline

- prijslijst (Sanne)
- \\- streepje

## Numbers

"""

BOOK = (FRIDAY, HUDDLE)


def told(kind: str, *huddles: Huddle, team: Team = TEAM) -> str:
    """The recap of the last of those huddles, which are all that there are in the book."""
    asked = Asked(team, huddles, FakeTime().now(), summaries=[summarise(huddle) for huddle in huddles])
    return "".join(export("recap", kind, asked))


def test_text_for_a_chat_says_all_there_is_to_say_a_line_each() -> None:
    assert told("text", *BOOK) == TEXT


def test_it_is_as_it_was_on_the_day() -> None:
    """What was solved and done later is open in the older huddle, with the day on which it was closed."""
    assert told("text", FRIDAY, HUDDLE).count("mailt") == 1
    friday = export("recap", "text", Asked(TEAM, [FRIDAY], FakeTime().now(), summaries=[summarise(h) for h in BOOK]))
    lines = "".join(friday).splitlines()
    assert "● Sanne is stuck: de printer · solved on maandag 23 november" in lines
    assert "▸ Sanne: plant overleg · done on maandag 23 november" in lines
    assert "✔ Zoë, done: was klaar" in lines
    assert not any("IT" in line or "leverancier" in line for line in lines)


def test_markdown_for_minutes() -> None:
    text = told("md", *BOOK)
    assert text.startswith(MARKDOWN)
    assert "| Zoë | bugs | 3 | 2 or less | ⚑ RED | next promise: 4 or less |\n" in text


def test_a_page_says_the_same() -> None:
    page = told("html", *BOOK)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>Huddle of Voorbeeld &amp; Zn., maandag 23 november 2026</title>" in page
    said = [line.removeprefix("- ").removeprefix("\\") for line in MARKDOWN.splitlines() if line.startswith("- ")]
    for line in said:
        boxed = line.replace("[ ]", "☐").replace("[x]", "☑")
        assert "<li>" + re.sub("[*]{2}(.*?)[*]{2}", r"<b>\1</b>", boxed) + "</li>" in page
    assert page.count("<li>") == len(said)
    assert '<td class="red">⚑ RED</td>' in page
    assert "http" not in page


def test_a_promise_that_was_lowered_in_its_week_is_renegotiated_and_not_kept() -> None:
    def visits(actual: int, promise: int, day: date) -> Reading:
        pace = Decimal(promise) if day == DAY else Decimal(promise) / 2
        stick = Yardstick(Direction.AT_LEAST, Decimal(promise), pace, Decimal(0), None)
        return Reading.of("v", "visits", day, Decimal(actual), stick, Status.GREEN,
                          period=Period.WEEK, counting=Counting.RUNNING_TOTAL)  # fmt: skip

    def held(on: date, said: Reading) -> Huddle:
        return replace(FRIDAY, day=on, actions=(), turns=(Turn("s", "Sanne", TurnState.DONE, readings=(said,)),))

    before = held(date(2026, 11, 18), visits(15, 25, date(2026, 11, 17)))
    last = held(date(2026, 11, 23), visits(22, 20, DAY))
    assert "0 of 1 promise kept; 1 renegotiated\n" in told("text", before, last)
    assert "1 of 1 promise kept\n" in told("text", last)


def test_nothing_that_is_empty_is_told() -> None:
    bare = Huddle(date(2026, 11, 23), "T", started_at=HUDDLE.started_at, turns=(Turn("s", "Sanne"),))
    assert told("text", bare, team=replace(TEAM, locale="en")) == (
        "Huddle of T, Monday 23 November 2026\nTime: 0:00 of 10:00\nThis huddle has not been closed yet.\n"
    )
    assert "##" not in told("md", bare)
    assert "<h2>" not in told("html", bare)


def test_a_running_total_is_told_against_its_pace() -> None:
    stick = Yardstick(Direction.AT_LEAST, Decimal(25), Decimal(25) / 3, Decimal(7), None)
    said = Reading.of("k", "Bezoeken", DAY, Decimal(3), stick, Status.RED, next_promise=Decimal(20))
    turn = Turn("s", "Sanne", TurnState.DONE, readings=(said,))
    text = told("md", replace(HUDDLE, turns=(turn,)))
    assert "- ⚑ **Sanne**, Bezoeken: 3 at pace 8,3 of 25 · next promise: 20\n" in text
    assert "| Sanne | Bezoeken | 3 | pace 8,3 of 25 | ⚑ RED | next promise: 20 |\n" in text


def test_zero_at_most_is_zero() -> None:
    none = Yardstick(Direction.AT_MOST, Decimal(0), Decimal(0), Decimal(0), None)
    turn = Turn("s", "Sanne", TurnState.DONE, readings=(Reading.of("k", "bugs", DAY, Decimal(1), none, Status.RED),))
    assert "bugs: 1 where 0 was promised\n" in told("text", replace(HUDDLE, turns=(turn,)))


def test_a_number_that_was_put_right_shows_its_trail() -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    said = reading("omzet", Decimal(5), Status.RED, corrections=(Correction("actual", at, "Bram", "6.5"),))
    book = replace(HUDDLE, turns=(Turn("s", "Sanne", TurnState.DONE, readings=(said,)),))
    trail = "was 6,50, Bram on 24 nov. 2026"
    assert f"where € 8,00 was promised · {trail}" in told("text", book)
    assert told("md", book).rstrip().endswith(f"| {trail} |")
    assert trail in told("html", book)
