"""The exports: the JSON of the interface to the letter, tables that add up, and nothing that is still hidden."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import (
    Action,
    CheckIn,
    Correction,
    Entry,
    Huddle,
    Offline,
    Reading,
    Stuck,
    Turn,
    TurnState,
)
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.exports import EXPORTS, between, export
from tests.kit.exporting import exported_text
from tests.kit.fakes import FakeTime
from tests.kit.random_books import random_book

EXPECTED = """\
[{"date": "2026-11-23", "team": "Voorbeeld Software", "started_at": "2026-11-23T09:07:00+01:00", \
"ended_at": "2026-11-23T09:15:12+01:00", "time_box_s": 600, "temperature": 8, "turns": [{"person": "Sanne", \
"state": "done", "seconds": 58, "stuck": "", "stucks": [], "by_proxy": false, "readings": [{"kpi": \
"Klachten naar tevredenheid opgelost", "day": "2026-11-20", "actual": "7", "promise": "8", "pace": "8", \
"red_edge": "6", "stretch": "10", "direction": "at least", "status": "yellow", "checked_in": true, \
"by_proxy": false, "note": "", "next_promise": "8", "reason": "", "outcome": "missed", \
"corrections": []}]}], "actions": \
[{"who": "Bram", "what": "belt leverancier", "by": "2026-11-25", "done": false}], "offline": [], \
"carried": {"stucks": [], "actions": []}}]
"""
AMSTERDAM = timezone(timedelta(hours=1))
STICK = Yardstick(Direction.AT_LEAST, Decimal(8), Decimal(8), Decimal(6), Decimal(10))
READING = Reading.of(
    "k", "Klachten naar tevredenheid opgelost", date(2026, 11, 20), Decimal(7), STICK, Status.YELLOW,
    checked_in=True, next_promise=Decimal("8.0"),
)  # fmt: skip
HUDDLE = Huddle(
    date(2026, 11, 23),
    "Voorbeeld Software",
    started_at=datetime(2026, 11, 23, 9, 7, tzinfo=AMSTERDAM),
    ended_at=datetime(2026, 11, 23, 9, 15, 12, 999, tzinfo=AMSTERDAM),
    watch=Stopwatch(492.4),
    turns=(Turn("s", "Sanne", TurnState.DONE, Stopwatch(57.6), readings=(READING,)),),
    actions=(Action("a", "Bram", "belt leverancier", date(2026, 11, 25)),),
    temperature=8,
)
TEAM = Team("Voorbeeld Software", "nl")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def written(what: str, kind: str, *huddles: Huddle, team: Team = TEAM) -> str:
    """An export as one text."""
    return exported_text(what, kind, team, huddles)


def cells(text: str, separator: str = ";") -> list[dict[str, str]]:
    """The rows of a CSV as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def with_reading(**changes: object) -> Huddle:
    """The huddle of the interface with another reading in it."""
    turn = replace(HUDDLE.turns[0], readings=(replace(READING, **changes),))
    return replace(HUDDLE, turns=(turn,))


def test_the_json_of_the_interface_to_the_letter() -> None:
    assert written("huddles", "json", HUDDLE) == EXPECTED


def test_what_was_not_measured_and_not_asked_is_null_and_a_corrected_value_is_kept() -> None:
    huddle = with_reading(
        actual=None, status=Status.NOT_MEASURED, stretch=None, pace=Decimal(25) / 3, next_promise=None,
        earlier=(Decimal("7.50"), None),
    )  # fmt: skip
    (found,) = json.loads(written("huddles", "json", replace(huddle, ended_at=None, temperature=None)))
    (reading,) = found["turns"][0]["readings"]
    assert (found["started_at"], found["ended_at"], found["temperature"]) == ("2026-11-23T09:07:00+01:00", None, None)
    assert (reading["actual"], reading["stretch"], reading["next_promise"]) == (None, None, None)
    assert reading["pace"] == "8.333333333333333333333333333"
    assert list(reading)[-1] == "earlier"
    assert reading["earlier"] == ["7.5", None]


@pytest.mark.parametrize(
    ("status", "committed", "written_as"),
    [
        (Status.YELLOW, None, "8"),
        (Status.RED, Decimal(6), "6"),
        (Status.RED, None, None),
        (Status.GREEN, None, None),
    ],
)
def test_after_yellow_the_promise_goes_on_as_it_stood(
    status: Status, committed: Decimal | None, written_as: str | None
) -> None:
    huddle = with_reading(status=status, next_promise=committed)
    (found,) = json.loads(written("readings", "json", huddle))
    assert found["next_promise"] == written_as
    assert cells(written("readings", "csv", huddle))[0]["next_promise"] == (written_as or "")


@pytest.mark.parametrize("kind", ["json", "csv", "md"])
def test_a_huddle_that_was_only_opened_is_in_no_export(kind: str) -> None:
    opened = replace(HUDDLE, started_at=None, ended_at=None)
    assert written("huddles", kind, opened) == written("huddles", kind)


def test_no_huddles_make_an_empty_array() -> None:
    for what in ("huddles", "readings", "actions"):
        assert json.loads(written(what, "json")) == []


def test_what_is_hidden_stays_hidden() -> None:
    secret = Decimal("987654.321")
    entry = Entry("k", "987654,321", True, secret, "geheim plan", "987", Decimal(987))
    hidden = CheckIn("s", HUDDLE.day, (entry,), "geheim knelpunt")
    turns = tuple(
        Turn(state.value, state.value, state, readings=(), hidden=hidden)
        for state in (TurnState.WAITING, TurnState.SPEAKING, TurnState.SKIPPED, TurnState.ABSENT)
    )
    huddle = replace(HUDDLE, turns=turns, ended_at=None, draft="987654,321")
    for what, kinds in EXPORTS.items():
        for kind in kinds:
            text = written(what, kind, huddle).casefold()
            assert "987" not in text
            assert "geheim" not in text


@pytest.mark.parametrize("seed", range(5))
def test_the_exports_agree_with_the_huddles_and_each_other(seed: int) -> None:
    team, past = random_book(seed)
    found = json.loads(written("huddles", "json", *past, team=team))
    flat = json.loads(written("readings", "json", *past, team=team))
    nested = [r for h in found for t in h["turns"] for r in t["readings"]]
    assert [{k: v for k, v in r.items() if k not in {"date", "person", "state"}} for r in flat] == nested
    said = [r for huddle in past for r in huddle.readings]
    assert [r["actual"] and Decimal(r["actual"]) for r in nested] == [r.actual for r in said]
    assert [(Decimal(r["promise"]), Decimal(r["pace"]), Decimal(r["red_edge"])) for r in nested] == [
        (r.promise, r.pace, r.red_edge) for r in said
    ]
    assert [r["status"] for r in nested] == [r.status.value for r in said]
    rows = cells(written("readings", "csv", *past, team=team))
    assert [row["actual"].replace(",", ".") or None for row in rows] == [r["actual"] for r in nested]
    assert [row["status"] for row in rows] == [r["status"] for r in nested]
    told = cells(written("huddles", "csv", *past, team=team))
    assert [(int(row["kept"]), int(row["judged"]), int(row["red flags"])) for row in told] == [
        (summary.kept, summary.due, summary.red) for summary in map(summarise, past)
    ]
    actions = json.loads(written("actions", "json", *past, team=team))
    assert [a["what"] for a in actions] == [a.what for huddle in past for a in huddle.actions]
    assert [a["done"] for a in actions] == [a["done_on"] is not None for a in actions]


def test_csv_has_the_locales_separator_and_decimal_sign_and_true_numbers() -> None:
    huddle = with_reading(actual=Decimal("-12500.5"), status=Status.RED, note="-12500.5")
    (dutch,) = cells(written("readings", "csv", huddle))
    assert (dutch["actual"], dutch["note"]) == ("-12500,5", "'-12500.5")
    (english,) = cells(written("readings", "csv", huddle, team=Team("T", "en")), ",")
    assert (english["actual"], english["note"]) == ("-12500.5", "'-12500.5")
    assert (english["day"], english["checked_in"], english["state"]) == ("2026-11-20", "yes", "done")


def test_huddles_as_csv() -> None:
    away = Turn("b", "Bram", TurnState.ABSENT)
    stuck = replace(HUDDLE.turns[0], stucks=(Stuck("wacht op IT"),))
    (row,) = cells(written("huddles", "csv", replace(HUDDLE, turns=(stuck, away))))
    assert (row["date"], row["team"], row["seconds"], row["time_box_s"]) == ("2026-11-23", TEAM.name, "492", "600")
    assert (row["present"], row["absent"], row["temperature"]) == ("Sanne", "Bram", "8")
    assert (row["open stucks"], row["actions"], row["open actions"]) == ("1", "1", "1")


def test_actions_as_csv_and_markdown() -> None:
    done = Action("b", "José", "[af]", None, date(2026, 11, 24))
    huddle = replace(HUDDLE, actions=(*HUDDLE.actions, done), offline=(Offline("prijs", "Bram"),))
    first, second = cells(written("actions", "csv", huddle))
    assert (first["who"], first["by"], first["done"], first["done_on"]) == ("Bram", "2026-11-25", "no", "")
    assert (second["who"], second["by"], second["done"], second["done_on"]) == ("José", "", "yes", "2026-11-24")
    assert written("actions", "md", replace(HUDDLE, actions=()), huddle) == (
        "## maandag 23 november 2026\n\n"
        "- [ ] **Bram**: belt leverancier, by woensdag 25 november\n"
        "- [x] **José**: \\[af\\]\n\n"
    )


def test_readings_as_markdown() -> None:
    huddle = with_reading(by_proxy=True, note="plan | b", earlier=(Decimal("6.5"),), unit="€", most_important=True)
    assert written("readings", "md", replace(HUDDLE, turns=()), huddle) == (
        "## maandag 23 november 2026\n\n"
        "| Who | Number | Said | Promise | Status | Note |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| Sanne | ★ Klachten naar tevredenheid opgelost | € 7 | € 8 | ◐ yellow "
        "| by proxy · said first: 6,5 · next promise: € 8 · plan \\| b |\n\n"
    )


def test_readings_as_a_table_name_the_reason_and_the_outcome() -> None:
    huddle = with_reading(reason=2, note="belt morgen")
    assert "| waited for a colleague · next promise: € 8 · belt morgen |" in written(
        "readings", "md", with_reading(reason=2, note="belt morgen", unit="€")
    )
    header, row = written("readings", "csv", huddle).splitlines()
    cells = dict(zip(header.split(";"), row.split(";"), strict=True))
    assert (cells["reason"], cells["outcome"]) == ("waited for a colleague", "missed")
    header, row = written("readings", "csv", with_reading(actual=None)).splitlines()
    assert row.endswith(";not reported")


def test_the_team_in_every_format() -> None:
    team, _past = random_book(1, 5)
    names = [kpi.name for person in team.members for kpi in team.kpis_of(person.id)]
    found = json.loads(written("team", "json", team=team))
    assert sorted(kpi["name"] for kpi in found["kpi"]) == sorted(names)
    assert {type(kpi["promise"]) for kpi in found["kpi"]} == {str}
    assert found["team"]["days_off"] == sorted(str(day) for day in team.calendar.days_off)
    assert "count on me" in written("team", "md", team=team)


def test_a_hole_in_the_pace_chart_cannot_be_overlooked() -> None:
    from huddle_tui.domain.team import Process

    text = written("team", "md", team=Team("T", processes=(Process("p", "van lead tot deal"),)))
    assert "| van lead tot deal | **nobody** |  |" in text


def test_what_was_open_from_earlier_huddles_is_carried_with_its_age() -> None:
    friday = replace(
        HUDDLE,
        day=date(2026, 11, 20),
        actions=(Action("a", "Bram", "belt", date(2026, 11, 25)), Action("b", "x", "y", done_on=date(2026, 11, 20))),
        turns=(Turn("s", "Sanne", TurnState.DONE, stucks=(Stuck("IT"), Stuck("de printer", solved_on=HUDDLE.day))),),
    )
    monday = replace(HUDDLE, turns=(replace(HUDDLE.turns[0], stucks=(Stuck("it", 2), Stuck("nieuw"))),))
    before, found = json.loads(written("huddles", "json", friday, monday))
    assert before["carried"] == {"stucks": [], "actions": []}
    assert found["carried"] == {
        "stucks": [
            {"person": "Sanne", "text": "it", "since": "2026-11-20", "rounds": 2, "solved_on": None},
            {"person": "Sanne", "text": "de printer", "since": "2026-11-20", "rounds": 2, "solved_on": "2026-11-23"},
        ],
        "actions": [
            {"who": "Bram", "what": "belt", "by": "2026-11-25", "done": False, "since": "2026-11-20", "rounds": 2,
             "done_on": None},
        ],
    }  # fmt: skip
    (turn,) = found["turns"]
    assert (turn["stuck"], turn["stucks"]) == ("it", [
        {"text": "it", "rounds": 2, "solved_on": None}, {"text": "nieuw", "rounds": 1, "solved_on": None},
    ])  # fmt: skip
    asked = Asked(TEAM, [monday], FakeTime().now(), monday.day, None, [summarise(friday), summarise(monday)])
    (alone,) = json.loads("".join(export("huddles", "json", asked)))
    assert alone["carried"] == found["carried"], "also where the huddle before it is not exported"


def test_what_was_put_right_is_told_in_the_open() -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=AMSTERDAM)
    huddle = with_reading(
        corrections=(Correction("actual", at, "Bram", "6"), Correction("note", at, "Bram", "", "typo"))
    )
    (found,) = json.loads(written("readings", "json", huddle))
    assert found["corrections"] == [
        {"at": "2026-11-24T09:00:00+01:00", "by": "Bram", "was": "6", "why": ""},
        {"at": "2026-11-24T09:00:00+01:00", "by": "Bram", "was": "", "why": "typo", "field": "note"},
    ]


def test_days_between() -> None:
    days = [date(2026, 11, day) for day in (20, 23, 24)]
    assert between(days) == days
    assert between(days, date(2026, 11, 23)) == days[1:]
    assert between(days, None, date(2026, 11, 23)) == days[:2]
    assert between(days, date(2026, 11, 21), date(2026, 11, 22)) == []


@pytest.mark.parametrize(
    ("what", "kind"), [(what, kind) for what in ("huddles", "readings", "actions") for kind in EXPORTS[what]]
)
def test_years_are_exported_without_holding_them(what: str, kind: str) -> None:
    team, past = random_book(2, 20)
    past = [replace(huddle, actions=(), turns=tuple(replace(t, stucks=()) for t in huddle.turns)) for huddle in past]

    def years(count: int) -> Iterator[Huddle]:
        for _ in range(count):
            yield from past

    def peak(count: int) -> int:
        tracemalloc.start()
        for _piece in export(what, kind, Asked(team, years(count), FakeTime().now())):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(10) < 2 * peak(1) + 80_000  # all of ten years at once would be ten times


def test_a_moment_in_another_zone_keeps_its_offset() -> None:
    huddle = replace(HUDDLE, started_at=datetime(2026, 7, 1, 7, 7, tzinfo=UTC))
    assert '"started_at": "2026-07-01T07:07:00+00:00"' in written("huddles", "json", huddle)


def test_an_order_of_random_huddles_is_kept() -> None:
    _team, past = random_book(Random(3).randrange(99), 30)
    assert [h["date"] for h in json.loads(written("huddles", "json", *past))] == [str(h.day) for h in past]
