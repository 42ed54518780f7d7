"""Writes the fixture of the version of the file format that the program has now: `python -m tests.faults.schemas.make`.

A book in which no field stands at its default, beside `expected.json`, which says what is to be read from it. A fixture
that is there is not written again: it shows what programs of that version left on people's disks.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import (
    Action,
    Asking,
    CheckIn,
    Correction,
    Due,
    Entry,
    Host,
    Huddle,
    Offline,
    Reading,
    Stuck,
    Turn,
    TurnState,
)
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.team import (
    Baseline,
    Counting,
    Decided,
    Decision,
    Kpi,
    Measures,
    Nature,
    Order,
    Person,
    Process,
    PromiseChange,
    Team,
    Timing,
)
from huddle_tui.domain.workdays import Calendar, Period, Reports
from huddle_tui.store.schema.versions import SCHEMA
from huddle_tui.store.tiny import TinyBook

SCHEMAS = Path(__file__).parent
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
STARTED = datetime(2026, 11, 23, 9, 7, tzinfo=timezone(timedelta(hours=1)))

TEAM = Team(
    "Voorbeeld “Software” 株式会社", "nl", "Europe/Amsterdam", 720, 45,
    Calendar(frozenset({0, 1, 2, 3, 5}), frozenset({date(2026, 12, 25)})),
    Reports.TODAY, Order.SHUFFLED, {0: time(9, 7), 3: time(9, 15)},
    people=(
        Person("zoe", "Zoë", "Directeur Enthousiaste Klanten"),
        Person(
            "bram", "Bram", "Directeur 1 op 1 Implementatie", date(2026, 12, 1), date(2026, 12, 5),
            link="8c6976e5b5410415",
        ),
        Person("weg", "Weg", left_on=date(2026, 10, 1)),
    ),
    processes=(Process("klanten", "enthousiaste klanten", "zoe", ("klachten", "score")), Process("leeg", "niemands")),
    kpis=(
        Kpi("opgelost", "Klachten opgelost", "zoe", Decimal(8), most_important=True),
        Kpi(
            "kosten", "Kosten per aanvraag", "bram", Decimal("-0.10"), "klanten", "als volgt", Direction.AT_MOST,
            Decimal("0.30"), Decimal("-0.50"), Period.MONTH, Counting.RUNNING_TOTAL, "€", 2, Timing.LEADING,
            Measures.INPUT, Nature.SOFT, False, date(2026, 1, 1), date(2026, 11, 20),
            (Baseline(TUESDAY, "nieuwe leverancier", TUESDAY),),
            decided=(Decided("2026-Q4", next(iter(Decision)), TUESDAY),),
        ),
    ),
    promise_changes=(
        PromiseChange("2026-11-20/opgelost", "opgelost", date(2026, 11, 20), Decimal(7), Decimal(8), "zoe"),
    ),
    meets=frozenset({0, 3}),
    schedule_edition=4,
)  # fmt: skip
CHECK_IN = CheckIn(
    "bram", TUESDAY,
    (
        Entry("kosten", "0,25", True, Decimal("0.25"), "morgen beter", "0,20", Decimal("0.20"), "zoe", 5),
        Entry("half getypt", "12,"),
    ),
    "printer kapot\n[b]echt[/b]", "zoe", True,
)  # fmt: skip
HIDDEN = CheckIn("zoe", MONDAY, (Entry("score", "9", True, Decimal(9)),), "", "bram", True)
READINGS = (
    Reading.of(
        "opgelost", "Klachten opgelost", date(2026, 11, 20), Decimal("12345678901234567890.10"),
        Yardstick(Direction.AT_LEAST, Decimal(8), Decimal(8), Decimal("6.8"), None), Status.GREEN, most_important=True,
    ),
    Reading.of(
        "kosten", "Kosten", date(2026, 11, 20), None,
        Yardstick(Direction.AT_MOST, Decimal(40), Decimal("1.90"), Decimal(2), Decimal(1), True), Status.NOT_MEASURED,
        period=Period.QUARTER, counting=Counting.RUNNING_TOTAL, unit="€", decimals=2, checked_in=True, by_proxy=True,
        note="het plan", next_promise=Decimal(2), earlier=(Decimal(3), None), harder=Decimal("1.5"), reason=9,
        corrections=(Correction("actual", STARTED, "Bram", "6.5", "verteld"), Correction("note", STARTED, "Zoë", None)),
    ),
)  # fmt: skip
STUCKS = (
    Stuck("wacht op inkoop", 3, TUESDAY, "wacht", (Correction("text", STARTED, "Bram", "x"),)),
    Stuck("nog een"),
)
HELD = Huddle(
    MONDAY, "Voorbeeld Software", 720, 45, STARTED, STARTED + timedelta(seconds=512), Stopwatch(512.25),
    (
        Turn("zoe", "Zoë", TurnState.DONE, Stopwatch(58.5), (Due("opgelost", date(2026, 11, 20)),), READINGS[:1]),
        Turn(
            "bram", "Bram", TurnState.DONE, Stopwatch(30.0), (Due("kosten", date(2026, 11, 20)),), READINGS[1:],
            None, 1, Asking.STUCK, STUCKS,
            True,
        ),
        Turn("weg", "Weg", TurnState.ABSENT),
    ),
    (
        Action("a1", "Bram", "belt leverancier", TUESDAY, TUESDAY, (Correction("by", STARTED, "Zoë", None),)),
        Action("a2", "iemand", "iets"),
    ),
    (Offline("de prijzen", "Zoë"), Offline("de lift")), 8,
)  # fmt: skip
RUNNING = Huddle(
    TUESDAY, "Voorbeeld Software", started_at=STARTED + timedelta(days=1), watch=Stopwatch(61.0),
    turns=(Turn("zoe", "Zoë", TurnState.SPEAKING, Stopwatch(3.5), (Due("score", MONDAY),), hidden=HIDDEN),),
    draft="12,", host=Host("5f3a", "zoe@laptop", STARTED), saved_at=STARTED,
)  # fmt: skip


def plain(value: object) -> Any:
    """A value of the domain as JSON that says all of it, by nothing that the store does."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        items = [plain(item) for item in value]
        return items if isinstance(value, tuple | list) else sorted(items)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # 0.10 and 0.1 are the same number
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def contents(book: TinyBook) -> dict[str, Any]:
    """Everything that is read from a book."""
    team = book.team()
    return {
        "team": plain(team),
        "huddles": [plain(huddle) for huddle in book.huddles(book.days())],
        "check-ins": [plain(check_in) for person in team.people for check_in in book.check_ins(person.id)],
    }


def main() -> None:
    folder = SCHEMAS / str(SCHEMA)
    folder.mkdir()  # fails where there is one: it stays as it is
    book = TinyBook(folder / "book", durable=False)
    book.change_team(lambda _: TEAM)
    for huddle in (HELD, RUNNING):
        book.change_huddle(huddle.day, lambda _, huddle=huddle: huddle)  # type: ignore[misc]  # mypy cannot infer it
    book.change_check_in("bram", TUESDAY, lambda _: CHECK_IN)
    expected = {
        "team": plain(TEAM), "huddles": [plain(HELD), plain(RUNNING)], "check-ins": [plain(CHECK_IN)],
    }  # fmt: skip
    text = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
    (folder / "expected.json").write_text(text, encoding="utf-8")
    shutil.rmtree(folder / "book" / ".huddle")


if __name__ == "__main__":
    main()
