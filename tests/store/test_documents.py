"""What stands in a book's files: everything comes back, what nobody knows is kept, what is wrong is named."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import CheckIn, Correction, Due, Entry, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.team import Team
from huddle_tui.store.errors import fault
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.documents import (
    HuddleDocument,
    read_check_ins,
    read_huddle,
    read_team,
    write_check_ins,
)
from huddle_tui.store.schema.rows import put
from huddle_tui.store.schema.sealed import Contents, pack, unpack
from huddle_tui.store.schema.versions import Tables
from tests.kit import strategies
from tests.kit.examples import examples
from tests.kit.fakes import MONDAY, small_team
from tests.kit.shelf import by_hand, huddle_tables, sealed, team_tables, written

quickly = settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
ROADS: list[Callable[[Tables], Contents]] = [sealed, by_hand]
"""The two ways in which tables are read: as this program sealed them, and as anybody may have changed them."""


def held() -> Huddle:
    """A huddle in which one number was said and one is hidden."""
    team = small_team(people=2)
    kpi, other = team.kpis[:2]
    reading = replace(
        Reading.of(kpi.id, kpi.name, MONDAY, Decimal("7.5"), team.yardstick(kpi, MONDAY), Status.YELLOW),
        corrections=(Correction("actual", datetime(2026, 11, 24, tzinfo=UTC), "Bram", "7"),),
    )
    hidden = CheckIn("sanne", MONDAY, (Entry(other.id, "3", True, Decimal(3)),))
    turn = Turn(
        "sanne", "Sanne", TurnState.SPEAKING, Stopwatch(3.5), (Due(kpi.id, MONDAY),), (reading,), hidden,
        stucks=(Stuck("printer", 3),),
    )  # fmt: skip
    started = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)
    return Huddle(MONDAY, team.name, started_at=started, turns=(turn, Turn("bram", "Bram")))


# Everything comes back


@pytest.mark.parametrize("road", ROADS)
@quickly
@given(team=strategies.teams())
def test_a_team_comes_back(road: Callable[[Tables], Contents], team: Team) -> None:
    assert read_team(road(team_tables(team))) == team


@pytest.mark.parametrize("road", ROADS)
@quickly
@given(huddle=strategies.huddles())
def test_a_huddle_comes_back(road: Callable[[Tables], Contents], huddle: Huddle) -> None:
    assert read_huddle(road(huddle_tables(huddle)), huddle.day) == huddle


@pytest.mark.parametrize("road", ROADS)
@quickly
@given(check_ins=st.lists(strategies.check_ins(st.just("anna")), max_size=4, unique_by=lambda c: c.huddle_day))
def test_check_ins_come_back_oldest_first(road: Callable[[Tables], Contents], check_ins: list[CheckIn]) -> None:
    found = read_check_ins(road(written(lambda db: write_check_ins(check_ins, db))), "anna")
    assert found == sorted(check_ins, key=lambda c: c.huddle_day)


@settings(quickly, max_examples=examples(15))
@given(strategies.huddles(), strategies.huddles())
def test_nothing_of_the_version_before_shines_through(huddle: Huddle, before: Huddle) -> None:
    """Not a row, and not a field that has its usual value now."""
    before = replace(before, day=huddle.day)
    after = huddle_tables(huddle, huddle_tables(before))
    assert read_huddle(sealed(after), huddle.day) == huddle
    anew = huddle_tables(huddle)
    for table, rows in after.items():
        known = anew.get(table, {})
        assert sorted(map(str, rows.values())) == sorted(map(str, known.values())), table


@quickly
@given(strategies.huddles(), st.data())
def test_turns_that_did_not_change_are_left_as_they_stand(huddle: Huddle, data: st.DataObject) -> None:
    """Whichever turns change, go or move: knowing what is stored changes nothing of what is written."""
    other = data.draw(strategies.huddles())
    turns = data.draw(st.permutations(huddle.turns))
    new = {turn.person: turn for turn in other.turns}
    after = replace(huddle, turns=tuple(new.get(turn.person, turn) for turn in turns[: data.draw(st.integers(0, 9))]))
    before = huddle_tables(huddle)
    assert huddle_tables(after, before, huddle) == huddle_tables(after, before)
    assert read_huddle(sealed(huddle_tables(after, before, huddle)), after.day) == after


def test_an_id_stays_with_its_row_for_as_long_as_the_order_allows() -> None:
    huddle = held()
    before = huddle_tables(huddle)
    first, second = huddle.turns
    assert [row["person"] for row in before["turns"].values()] == ["sanne", "bram"]
    moved = huddle_tables(replace(huddle, turns=(second, first)), before)
    assert {n: row["person"] for n, row in moved["turns"].items()} == {"2": "bram", "3": "sanne"}
    assert moved["readings"] == before["readings"]


def test_rows_are_flat_and_say_whose_they_are() -> None:
    tables = huddle_tables(held())
    assert list(tables) == ["huddle", "turns", "readings", "stucks"]
    assert {key for rows in tables.values() for key in rows} == {"1", "2"}
    row = tables["readings"]["1"]
    assert (row["person"], row["person_name"]) == ("sanne", "Sanne")
    assert (row["kpi"], row["kpi_name"]) == ("sanne-opgelost", small_team().kpis[0].name)
    assert (row["actual"], row["promise"], row["pace"], row["status"]) == ("7.5", "8", "8", "yellow")
    assert tables["stucks"]["1"] == {"person": "sanne", "person_name": "Sanne", "text": "printer", "rounds": 3}


def test_order_is_that_of_the_ids_and_not_of_the_file() -> None:
    team = small_team()
    tables = team_tables(team)
    tables["people"] = dict(reversed(tables["people"].items()))
    assert read_team(by_hand(tables)).people == team.people


def test_a_row_added_by_hand_comes_last() -> None:
    tables = team_tables(small_team(people=2))
    tables["people"] = {"10": {"id": "zoë", "name": "Zoë"}} | tables["people"]
    assert [person.id for person in read_team(by_hand(tables)).people] == ["sanne", "josé", "zoë"]


def test_a_running_clock_is_stored_as_the_seconds_used_before() -> None:
    huddle = replace(held(), watch=Stopwatch(7.25, since=100.0))
    assert read_huddle(sealed(huddle_tables(huddle)), MONDAY).watch == Stopwatch(7.25)


def test_numbers_are_exact_and_written_as_people_write_them() -> None:
    huddle = held()
    reading = replace(huddle.turns[0].readings[0], actual=Decimal("0.1") + Decimal("0.2"), stretch=Decimal("1E+3"))
    huddle = replace(huddle, turns=(replace(huddle.turns[0], readings=(reading,)),))
    row = huddle_tables(huddle)["readings"]["1"]
    assert (row["actual"], row["promise"], row["stretch"]) == ("0.3", "8", "1000")


@pytest.mark.parametrize("typed", ["8", "8.10", "-0.5", "12345678901234567.890123456", "0.1234567890123456789012345"])
def test_a_number_without_quotes_is_read_as_the_exact_number_it_is(typed: str) -> None:
    raw = pack(huddle_tables(held()), "huddles/2026/2026-11-23").replace(b'"7.5"', typed.encode())
    contents = unpack(raw, "huddles/2026/2026-11-23", "file")
    assert not contents.sealed
    tables = huddle_tables(held())
    tables["readings"]["1"]["actual"] = Decimal(typed)  # what a save leaves of it in a turn that did not change
    for found in (contents, sealed(tables)):
        assert str(read_huddle(found, MONDAY).readings[0].actual) == typed


@pytest.mark.parametrize("road", ROADS)
def test_equal_numbers_are_kept_once_and_others_as_they_were_written(road: Callable[[Tables], Contents]) -> None:
    made, other, tables = held(), "7.500", huddle_tables(held())
    one, same = (read_huddle(road(tables), made.day).readings[0] for _ in range(2))
    assert one.promise is same.promise
    assert one.actual is same.actual
    tables["readings"]["1"]["actual"] = other
    assert str(read_huddle(road(tables), made.day).readings[0].actual) == other


@pytest.mark.parametrize("seconds", [float("nan"), float("inf")])
def test_what_json_cannot_hold_is_not_written(seconds: float) -> None:
    with pytest.raises(ValueError, match="no number of JSON"):
        huddle_tables(replace(held(), watch=Stopwatch(seconds)))


def test_two_with_the_same_id_are_not_stored() -> None:
    team = small_team(people=1)
    with pytest.raises(ValueError, match="two of the same"):
        team_tables(replace(team, people=team.people * 2))


def test_a_field_that_is_back_at_its_default_does_not_stay_behind() -> None:
    db = TinyDB(storage=MemoryStorage)
    for row in ({"day": "2026-11-23", "draft": "x"}, {"day": "2026-11-23"}):
        put(db, "huddle", HuddleDocument, [(("2026-11-23",), row)], ("day",))
    assert db.table("huddle").all() == [{"day": "2026-11-23"}]


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
        for n, inside in enumerate(found):
            if isinstance(inside, dict):
                yield from every_document(inside, (*place, str(n)))


def test_fields_of_a_newer_version_survive_a_change_wherever_they_stand() -> None:
    before = huddle_tables(held())
    for _, document in list(every_document(before)):
        document["mood"] = {"since": "version 9", "exactly": Decimal("0.12345678901234567890")}
    mood = {"since": "version 9", "exactly": Decimal("0.12345678901234567890")}
    before["polls"] = {"lunch": {"mood": mood}}
    before["_meta"] = {"1": {"by": "version 9"}}
    places = {place for place, _ in every_document(before)}
    assert ("readings", "1", "corrections", "0") in places
    assert ("turns", "1", "hidden", "entries", "0") in places

    huddle = read_huddle(sealed(before), MONDAY)
    assert huddle == held()
    first, second = huddle.turns
    said = replace(first.readings[0], actual=Decimal(9))
    changed = replace(huddle, draft="x", turns=(second, replace(first, readings=(said,))))
    after = huddle_tables(changed, sealed(before).tables())

    assert read_huddle(sealed(after), MONDAY) == changed
    assert after["polls"] == before["polls"]
    assert after["_meta"]["1"]["by"] == "version 9"
    for place, document in every_document(after):
        if place[0] != "_meta":
            assert document["mood"] == mood, place
    assert b"0.12345678901234567890" in pack(after, "team")


def test_fields_of_a_newer_version_survive_in_the_team_and_in_check_ins() -> None:
    team = small_team(people=1)
    before = team_tables(team)
    before["team"]["1"]["motto"] = before["people"]["1"]["motto"] = "x"
    after = team_tables(replace(team, name="Anders", people=(replace(team.people[0], role="Nieuw"),)), before)
    assert after["team"]["1"]["motto"] == after["people"]["1"]["motto"] == "x"
    assert after["people"]["1"]["role"] == "Nieuw"

    check_in = CheckIn("anna", MONDAY, (Entry("calls", "8"),))
    before = written(lambda db: write_check_ins([check_in], db))
    before["check_ins"]["1"]["entries"][0]["mood"] = 7
    after = written(lambda db: write_check_ins([replace(check_in, stuck="x")], db), before)
    assert after["check_ins"]["1"]["entries"][0]["mood"] == 7


# What is wrong


READING = ("readings", "1")


@pytest.mark.parametrize(
    ("place", "wrong", "told"),
    [
        ((*READING, "actual"), "7,5", 'readings → 1 → actual is "7,5", but should be an exact number, such as'),
        ((*READING, "actual"), "NaN", 'actual is "NaN"'),
        ((*READING, "actual"), "Infinity", 'actual is "Infinity"'),
        ((*READING, "actual"), "1e5", 'actual is "1e5"'),
        ((*READING, "actual"), "1_000", 'actual is "1_000"'),
        ((*READING, "actual"), " 8 ", 'actual is " 8 "'),
        ((*READING, "actual"), "٨", 'actual is "٨"'),
        ((*READING, "actual"), True, "actual is true"),
        ((*READING, "actual"), 1e25, "actual is "),
        ((*READING, "actual"), "1e400", 'actual is "1e400"'),
        ((*READING, "promise"), "1" * 39, "promise is"),
        ((*READING, "promise"), None, "promise is null"),
        ((*READING, "day"), "2026-W48-1", 'day is "2026-W48-1", but should be a day, such as "2026-11-23"'),
        ((*READING, "day"), "2026-02-30", "day is"),
        ((*READING, "status"), "orange", '"supergreen", "green", "yellow", "red", "too early", "not measured"'),
        ((*READING, "checked_in"), 1, "checked_in is 1, but should be true or false"),
        ((*READING, "decimals"), True, "decimals is true, but should be a whole number"),
        ((*READING, "decimals"), -1, "decimals is -1"),
        ((*READING, "decimals"), 99_999, "decimals is 99999, but should be a whole number from 0 to 9"),
        ((*READING, "reason"), 10, "reason is 10, but should be a whole number from 1 to 9, or null"),
        ((*READING, "note"), ["x"], 'note is ["x"], but should be text in quotes'),
        ((*READING, "earlier"), ["7", "x"], 'earlier → 2 is "x"'),
        ((*READING, "kpi"), 5, "readings → 1 → kpi is 5"),
        ((*READING, "person"), "koen", 'person is "koen", but should be somebody who has a turn in this huddle'),
        ((*READING, "corrections", 0, "at"), "2026-11-24", "corrections → actual → at is"),
        (READING, "x", 'readings → 1 is "x", but should be an object in braces'),
        (("readings",), {"sanne": {}}, 'readings is "sanne", but should be a whole number in quotes'),
        (("turns", "1", "agenda"), ["x"], 'agenda is ["x"], but should be an object in braces'),
        (("turns", "1", "seconds"), -1, "seconds is -1, but should be a number of seconds"),
        (("turns", "2", "person"), "sanne", 'person is "sanne", but should be another than that of turns → 1'),
        (("turns", "1", "hidden", "entries", 0, "answered"), "yes", "hidden → entries → sanne-open → answered"),
        (("huddle", "1", "started_at"), "2026-11-23T09:07:00", "a moment with its offset"),
        (("huddle", "1", "temperature"), 11, "temperature is 11, but should be a whole number from 1 to 10"),
        (("huddle", "1", "day"), "2026-11-24", "huddle → 1 → day is"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_place(place: tuple[str | int, ...], wrong: Any, told: str) -> None:
    tables: Any = huddle_tables(held())
    inside = tables
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = wrong
    with pytest.raises(Wrong) as error:
        read_huddle(by_hand(tables), MONDAY)
    assert told in str(fault(error.value))


def test_a_number_that_was_said_twice_is_named() -> None:
    tables = huddle_tables(held())
    tables["readings"]["9"] = copy.deepcopy(tables["readings"]["1"])
    with pytest.raises(Wrong) as error:
        read_huddle(by_hand(tables), MONDAY)
    assert 'readings → 9 → kpi is "sanne-opgelost", but should be another than that of readings → 1' in str(
        fault(error.value)
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ((*READING, "actual"), "readings → 1 → actual is missing (an exact number"),
        (("turns", "1", "state"), "turns → 1 → state is missing (one of"),
        (("huddle", "1"), "huddle is missing"),
    ],
)
def test_what_is_missing_in_a_file_is_named_with_its_place(place: tuple[str, ...], told: str) -> None:
    tables: Any = huddle_tables(held())
    inside = tables
    for name in place[:-1]:
        inside = inside[name]
    del inside[place[-1]]
    for road in ROADS:
        with pytest.raises(Wrong) as error:
            read_huddle(road(tables), MONDAY)
        assert told in str(fault(error.value))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("locale", "de"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("workdays", []),
        ("workdays", ["maandag"]),
        ("meets", ["maandag"]),
        ("days_off", ["2026-13-01"]),
        ("time_box", 0),
        ("huddle_times", {"mon": "9:07"}),
        ("huddle_times", {"mon": "09:07:30"}),
        ("huddle_times", {"someday": "09:07"}),
        ("order", ["listed"]),
    ],
)
def test_a_team_that_the_program_could_not_work_with_is_refused(name: str, wrong: Any) -> None:
    tables = team_tables(small_team())
    tables["team"]["1"][name] = wrong
    with pytest.raises(Wrong) as error:
        read_team(by_hand(tables))
    assert f"team → 1 → {name}" in str(fault(error.value))


def test_a_check_in_of_somebody_else_is_not_read_as_ones_own() -> None:
    tables = written(lambda db: write_check_ins([CheckIn("bram", MONDAY)], db))
    for road in ROADS:
        with pytest.raises(Wrong, match="whose file it is"):
            read_check_ins(road(tables), "anna")


odd = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
odder = st.recursive(
    odd, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
)


@settings(quickly, max_examples=examples(200))
@given(st.data())
def test_whatever_stands_in_a_file_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    tables: Any = huddle_tables(held())
    inside = tables
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = data.draw(st.sampled_from(keys))
        deeper = inside[key] if isinstance(inside[key], dict | list) and inside[key] else None
        if deeper is None or (inside is not tables and deeper is not tables and data.draw(st.booleans())):
            break
        inside = deeper
    inside[key] = data.draw(odder)
    try:
        read_huddle(by_hand(tables), MONDAY)
    except Wrong as wrong:
        told = str(fault(wrong))
    else:
        told = "it reads"
    assert told.partition(" ")[0] in {*tables, "it", "huddle"}


def test_text_in_a_file_is_cleaned_like_text_that_is_typed() -> None:
    tables = team_tables(small_team(people=1))
    tables["people"]["1"]["name"] = "San\x1b[31mne\u202e"
    assert read_team(by_hand(tables)).people[0].name == "San[31mne"


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
        hidden = CheckIn(person.id, day, entries)
        turns.append(Turn(person.id, person.name, TurnState.DONE, Stopwatch(58.125), agenda, said, hidden))
    tables = huddle_tables(Huddle(day, team.name, turns=tuple(turns)))
    assert len(pack(tables, "huddles/2026/2026-11-23")) < 20_000
