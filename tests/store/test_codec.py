"""What stands in a book's files: everything comes back, what nobody knows is kept, what is wrong is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import CheckIn, Due, Entry, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.team import Team
from huddle_tui.store import codec
from huddle_tui.store.codec import Misread
from huddle_tui.store.migrations import Tables
from huddle_tui.store.sealed import pack
from tests.kit import strategies
from tests.kit.fakes import MONDAY, small_team

FILE = Path("book/file.json")
quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def on_disk(tables: Tables) -> Tables:
    """The tables as a file gives them back."""
    found: Tables = json.loads(json.dumps(tables, allow_nan=False))
    return found


def held() -> Huddle:
    """A huddle in which one number was said and one is hidden."""
    team = small_team(people=2)
    kpi, other = team.kpis[:2]
    reading = Reading.of(kpi.id, kpi.name, MONDAY, Decimal("7.5"), team.yardstick(kpi, MONDAY), Status.YELLOW)
    hidden = CheckIn("sanne", MONDAY, (Entry(other.id, "3", True, Decimal(3)),))
    turn = Turn("sanne", "Sanne", TurnState.SPEAKING, Stopwatch(3.5), (Due(kpi.id, MONDAY),), (reading,), hidden)
    started = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)
    return Huddle(MONDAY, team.name, started_at=started, turns=(turn, Turn("bram", "Bram")))


@quickly
@given(strategies.teams())
def test_a_team_comes_back(team: Team) -> None:
    assert codec.read_team(on_disk(codec.write_team(team, {})), FILE) == team


@quickly
@given(strategies.huddles())
def test_a_huddle_comes_back(huddle: Huddle) -> None:
    assert codec.read_huddle(on_disk(codec.write_huddle(huddle, {})), huddle.day, FILE) == huddle


@quickly
@given(st.lists(strategies.check_ins(st.just("anna")), max_size=4, unique_by=lambda c: c.huddle_day))
def test_check_ins_come_back_oldest_first(check_ins: list[CheckIn]) -> None:
    tables: Tables = {}
    for check_in in check_ins:
        tables = codec.write_check_in(check_in.huddle_day, check_in, tables)
    found = codec.read_check_ins(on_disk(tables), "anna", FILE)
    assert found == sorted(check_ins, key=lambda c: c.huddle_day)


@settings(quickly, max_examples=15)
@given(strategies.huddles(), strategies.huddles())
def test_what_is_written_depends_on_the_value_alone(huddle: Huddle, before: Huddle) -> None:
    """Nothing of the earlier version shines through: not a row, not a field that has its usual value now."""
    before = replace(before, day=huddle.day)
    assert codec.write_huddle(huddle, codec.write_huddle(before, {})) == codec.write_huddle(huddle, {})


@quickly
@given(strategies.huddles(), st.data())
def test_turns_that_did_not_change_are_written_as_they_stand(huddle: Huddle, data: st.DataObject) -> None:
    """Whichever turns change, go or move: knowing what is stored changes nothing of what is written."""
    other = data.draw(strategies.huddles())
    turns = data.draw(st.permutations(huddle.turns))
    new = {turn.person: turn for turn in other.turns}
    after = replace(huddle, turns=tuple(new.get(turn.person, turn) for turn in turns[: data.draw(st.integers(0, 9))]))
    before = on_disk(codec.write_huddle(huddle, {}))
    assert codec.write_huddle(after, before, huddle) == codec.write_huddle(after, before)


def test_order_is_kept_by_a_position_and_not_by_the_file() -> None:
    team = small_team()
    tables = codec.write_team(team, {})
    tables["people"] = dict(reversed(tables["people"].items()))
    assert codec.read_team(tables, FILE).people == team.people


def test_a_row_added_by_hand_comes_last() -> None:
    tables = codec.write_team(small_team(people=2), {})
    tables["people"] = {"zoë": {"name": "Zoë"}} | tables["people"]
    assert [person.id for person in codec.read_team(tables, FILE).people] == ["sanne", "josé", "zoë"]


def test_a_running_clock_is_stored_as_the_seconds_used_before() -> None:
    huddle = replace(held(), watch=Stopwatch(7.25, since=100.0))
    found = codec.read_huddle(codec.write_huddle(huddle, {}), MONDAY, FILE)
    assert found.watch == Stopwatch(7.25)


def test_numbers_are_exact_and_written_as_people_write_them() -> None:
    huddle = held()
    kpi = small_team().kpis[0]
    reading = replace(huddle.turns[0].readings[0], actual=Decimal("0.1") + Decimal("0.2"))
    huddle = replace(huddle, turns=(replace(huddle.turns[0], readings=(reading,)),))
    row = codec.write_huddle(huddle, {})["turns"]["sanne"]["readings"][0]
    assert (row["kpi"], row["actual"], row["promise"]) == (kpi.id, "0.3", "8")


def test_two_with_the_same_id_are_not_stored_as_one() -> None:
    team = small_team(people=1)
    with pytest.raises(ValueError, match="two of the same"):
        codec.write_team(replace(team, people=team.people * 2), {})


# What we do not know


def every_document(found: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every document in a huddle's tables, with the way to it. An agenda is a value, not a document."""
    if isinstance(found, dict):
        if len(place) >= 2:
            yield place, found
        for name, inside in found.items():
            if name not in {"agenda", "mood"}:
                yield from every_document(inside, (*place, name))
    elif isinstance(found, list):
        for inside in found:
            name = inside.get("kpi") or inside.get("what") if isinstance(inside, dict) else None
            if name:
                yield from every_document(inside, (*place, name))


def test_fields_of_a_newer_version_survive_a_change_wherever_they_stand() -> None:
    before = on_disk(codec.write_huddle(held(), {}))
    for _, document in list(every_document(before)):
        document["mood"] = {"since": "version 9"}
    before["polls"] = {"lunch": {"mood": {"since": "version 9"}}}
    before["_meta"] = {"file": {"by": "version 9"}}
    places = {place for place, _ in every_document(before)}
    assert ("turns", "sanne", "readings", "sanne-opgelost") in places
    assert ("turns", "sanne", "hidden", "entries", "sanne-open") in places

    huddle = codec.read_huddle(before, MONDAY, FILE)
    assert huddle == held()
    first, second = huddle.turns
    said = replace(first.readings[0], actual=Decimal(9))
    changed = replace(huddle, draft="x", turns=(second, replace(first, readings=(said,))))
    after = codec.write_huddle(changed, copy.deepcopy(before))

    assert codec.read_huddle(after, MONDAY, FILE) == changed
    assert after["polls"] == before["polls"]
    assert after["_meta"] == before["_meta"]
    for place, document in every_document(after):
        if place[0] != "_meta":
            assert document["mood"] == {"since": "version 9"}, place
    assert [turn.person for turn in codec.read_huddle(after, MONDAY, FILE).turns] == ["bram", "sanne"]


def test_fields_of_a_newer_version_survive_in_the_team_and_in_check_ins() -> None:
    team = small_team(people=1)
    before = on_disk(codec.write_team(team, {}))
    before["team"]["team"]["motto"] = before["people"]["sanne"]["motto"] = "x"
    after = codec.write_team(replace(team, name="Anders", people=(replace(team.people[0], role="Nieuw"),)), before)
    assert after["team"]["team"]["motto"] == after["people"]["sanne"]["motto"] == "x"
    assert after["people"]["sanne"]["role"] == "Nieuw"

    check_in = CheckIn("anna", MONDAY, (Entry("calls", "8"),))
    before = on_disk(codec.write_check_in(MONDAY, check_in, {}))
    before["check_ins"][str(MONDAY)]["entries"][0]["mood"] = 7
    after = codec.write_check_in(MONDAY, replace(check_in, stuck="x"), before)
    assert after["check_ins"][str(MONDAY)]["entries"][0]["mood"] == 7


# What is wrong


READING = ("turns", "sanne", "readings", 0)


@pytest.mark.parametrize(
    ("place", "wrong", "told"),
    [
        ((*READING, "actual"), 7.5, 'sanne-opgelost → actual is 7.5, but should be an exact number in quotes'),
        ((*READING, "actual"), "7,5", 'actual is "7,5", but should be an exact number in quotes, such as "12.5", or'),
        ((*READING, "actual"), "NaN", 'actual is "NaN"'),
        ((*READING, "actual"), "1e400", 'actual is "1e400"'),
        ((*READING, "promise"), "1" * 39, "promise is"),
        ((*READING, "promise"), None, "promise is null"),
        ((*READING, "day"), "2026-W48-1", 'day is "2026-W48-1", but should be a day, such as "2026-11-23"'),
        ((*READING, "day"), "2026-02-30", "day is"),
        ((*READING, "status"), "orange", '"supergreen", "green", "yellow", "red", "too early", "not measured"'),
        ((*READING, "checked_in"), 1, "checked_in is 1, but should be true or false"),
        ((*READING, "decimals"), True, "decimals is true, but should be a whole number"),
        ((*READING, "decimals"), -1, "decimals is -1"),
        ((*READING, "note"), ["x"], 'note is ["x"], but should be text in quotes'),
        ((*READING, "earlier"), ["7", 8], "earlier → 2 is 8"),
        ((*READING, "kpi"), 5, "readings → 1 → kpi is 5"),
        (READING, "x", 'readings → 1 is "x", but should be an object in braces'),
        (("turns", "sanne", "readings"), {}, "readings is {}, but should be a list in brackets"),
        (("turns", "sanne", "agenda"), ["x"], 'agenda is ["x"], but should be KPIs with the day'),
        (("turns", "sanne", "seconds"), -1, "seconds is -1, but should be a number of seconds"),
        (("turns", "sanne", "position"), "1", 'turns → sanne → position is "1"'),
        (("turns", "sanne", "hidden", "entries", 0, "answered"), "yes", "hidden → entries → sanne-open → answered"),
        (("huddle", "2026-11-23", "started_at"), "2026-11-23T09:07:00", "a moment with its offset"),
        (("huddle", "2026-11-23", "temperature"), 11, "temperature is 11, but should be a whole number from 1 to 10"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_named_with_its_place(place: tuple[str | int, ...], wrong: Any, told: str) -> None:
    tables: Any = on_disk(codec.write_huddle(held(), {}))
    inside = tables
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = wrong
    with pytest.raises(Misread) as error:
        codec.read_huddle(tables, MONDAY, FILE)
    assert str(error.value).startswith(f"{FILE}: ")
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ((*READING, "actual"), "turns → sanne → readings → sanne-opgelost → actual is missing"),
        (("turns", "sanne", "state"), "turns → sanne → state is missing (one of"),
        (("huddle", "2026-11-23"), "huddle → 2026-11-23 is missing"),
    ],
)
def test_what_is_missing_in_a_file_is_named_with_its_place(place: tuple[str | int, ...], told: str) -> None:
    tables: Any = on_disk(codec.write_huddle(held(), {}))
    inside = tables
    for name in place[:-1]:
        inside = inside[name]
    del inside[place[-1]]
    with pytest.raises(Misread) as error:
        codec.read_huddle(tables, MONDAY, FILE)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("locale", "de"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("workdays", []),
        ("workdays", ["maandag"]),
        ("days_off", ["2026-13-01"]),
        ("time_box", 0),
        ("huddle_times", {"mon": "9:07"}),
        ("huddle_times", {"mon": "09:07:30"}),
        ("order", ["listed"]),
    ],
)
def test_a_team_that_the_program_could_not_work_with_is_refused(name: str, wrong: Any) -> None:
    tables = codec.write_team(small_team(), {})
    tables["team"]["team"][name] = wrong
    with pytest.raises(Misread, match=f"team → team → {name}"):
        codec.read_team(tables, FILE)


def test_a_check_in_of_somebody_else_is_not_read_as_ones_own() -> None:
    tables = codec.write_check_in(MONDAY, CheckIn("bram", MONDAY), {})
    with pytest.raises(Misread, match="person"):
        codec.read_check_ins(tables, "anna", FILE)


odd = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
odder = st.recursive(
    odd, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
)


@quickly
@given(st.data())
def test_whatever_stands_in_a_file_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    tables: Any = on_disk(codec.write_huddle(held(), {}))
    inside = tables
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = data.draw(st.sampled_from(keys))
        deeper = inside[key] if isinstance(inside[key], dict | list) and inside[key] else None
        if deeper is None or (inside is not tables and deeper is not tables and data.draw(st.booleans())):
            break
        inside = deeper
    inside[key] = data.draw(odder)
    if not all(isinstance(row, dict) for rows in tables.values() if isinstance(rows, dict) for row in rows.values()):
        return  # not tables of documents: the shelf refuses such a file
    if not all(isinstance(rows, dict) for rows in tables.values()):
        return
    try:
        codec.read_huddle(tables, MONDAY, FILE)
    except Misread as error:
        told = str(error)
    else:
        told = f"{FILE}: reads"
    assert told.startswith(f"{FILE}: ")


def test_text_in_a_file_is_cleaned_like_text_that_is_typed() -> None:
    tables = codec.write_team(small_team(people=1), {})
    tables["people"]["sanne"]["name"] = "San\x1b[31mne\u202e"
    assert codec.read_team(tables, FILE).people[0].name == "San[31mne"


def test_a_huddle_of_forty_readings_stays_a_page() -> None:
    team = small_team(people=8)
    day = date(2026, 11, 23)
    turns = []
    for person in team.people:
        said = tuple(
            Reading.of(k.id, k.name, day, Decimal(8), team.yardstick(k, day), Status.GREEN, unit=k.unit)
            for k in team.kpis_of(person.id)
        )
        entries = tuple(Entry(r.kpi, "8", True, Decimal(8)) for r in said)
        agenda = tuple(Due(r.kpi, day) for r in said)
        turns.append(
            Turn(
                person.id,
                person.name,
                TurnState.DONE,
                Stopwatch(58.125),
                agenda,
                said,
                CheckIn(person.id, day, entries),
            )
        )
    tables = codec.write_huddle(Huddle(day, team.name, turns=tuple(turns)), {})
    assert len(pack(tables, "huddles/2026/2026-11-23")) < 20_000
