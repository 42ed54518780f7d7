"""The team, its KPIs and the promises made on them: METHOD 2, 3 and 7."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Person, PromiseChange, Team, new_id, same_name

D = Decimal
DAY = date(2026, 11, 23)


def team_of(*kpis: Kpi) -> Team:
    return Team("T", people=(Person("sanne", "Sanne"), Person("bram", "Bram", left_on=DAY)), kpis=kpis)


@pytest.mark.parametrize(
    ("kpi", "edge"),
    [
        (Kpi("k", "K", "p", D(8)), "6.8"),
        (Kpi("k", "K", "p", D(2), direction=Direction.AT_MOST), "2.3"),
        (Kpi("k", "K", "p", D(-100)), "-115"),
        (Kpi("k", "K", "p", D(0)), "0"),
        (Kpi("k", "K", "p", D(8), red_edge=D(6)), "6"),
    ],
)
def test_the_red_edge_as_set_or_fifteen_percent_away(kpi: Kpi, edge: str) -> None:
    assert team_of(kpi).yardstick(kpi, DAY).red_edge == D(edge)


def test_the_most_important_number_is_shown_first_and_a_retired_one_no_more() -> None:
    team = team_of(
        Kpi("a", "A", "sanne", D(1)),
        Kpi("b", "B", "sanne", D(1), most_important=True),
        Kpi("c", "C", "sanne", D(1)),
        Kpi("d", "D", "sanne", D(1), retired_on=DAY),
        Kpi("e", "E", "bram", D(1)),
    )
    assert [k.id for k in team.kpis_of("sanne")] == ["b", "a", "c"]
    assert team.kpi("d") is not None


def test_who_left_is_no_member_but_is_still_known() -> None:
    team = team_of()
    assert [p.id for p in team.members] == ["sanne"]
    assert team.person_named("bram") is None
    assert team.person("bram") is not None


def test_a_name_that_two_people_have_picks_neither() -> None:
    team = team_of()
    sanne = team.people[0]
    both = replace(team, people=(*team.people, replace(sanne, id="sanne-2", name="SANNE")))
    with pytest.raises(HuddleError, match="Two people in the team are called Sanne: give one of them another name"):
        both.person_named("sanne")
    left = replace(team, people=(*team.people, replace(sanne, id="sanne-2", left_on=DAY)))
    assert left.person_named("sanne") == sanne


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sanne", "SANNE", True),
        (" Sanne  de Wit", "sanne de wit ", True),
        ("Zoë", "Zoe\u0308", True),
        ("Zoë", "Zoe", False),
        ("Straße", "STRASSE", True),
    ],
)
def test_names_are_compared_without_case(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("from_", "to", "away"),
    [
        (None, None, False),
        (DAY, DAY, True),
        (DAY, None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 11, 1), date(2026, 11, 22), False),
    ],
)
def test_away(from_: date | None, to: date | None, away: bool) -> None:
    assert Person("p", "P", away_from=from_, away_to=to).away_on(DAY) is away


def test_a_promise_keeps_its_day_old_and_new_value_and_who_changed_it() -> None:
    change = PromiseChange("2026-11-23/a", "a", DAY, D(8), D(6), "sanne")
    team = team_of(Kpi("a", "A", "sanne", D(8))).with_promises([change], DAY)
    assert team.kpis[0].promise == D(6)
    assert team.promise_changes == (change,)
    assert team.with_promises([change], DAY) == team
    assert team.with_promises([change]) == team


def test_a_promise_that_was_undone_is_withdrawn_and_one_said_anew_takes_its_place() -> None:
    team = team_of(Kpi("a", "A", "sanne", D(8)))
    first = team.with_promises([PromiseChange("2026-11-23/a", "a", DAY, D(8), D(6))], DAY)
    assert first.with_promises([], DAY) == team
    again = first.with_promises([PromiseChange("2026-11-23/a", "a", DAY, D(8), D(7))], DAY)
    assert again.kpis[0].promise == D(7)
    assert [c.new for c in again.promise_changes] == [D(7)]


def test_a_promise_that_somebody_changed_since_is_left_alone() -> None:
    team = team_of(Kpi("a", "A", "sanne", D(9)))
    assert team.with_promises([PromiseChange("2026-11-23/a", "a", DAY, D(8), D(6))], DAY).kpis[0].promise == D(9)


def test_a_change_of_an_earlier_huddle_takes_its_place_in_the_trail_and_not_that_of_a_later_one() -> None:
    down, up = PromiseChange("f1", "a", DAY, D(15), D(5)), PromiseChange("f2", "a", date(2026, 11, 24), D(5), D(15))
    team = replace(team_of(Kpi("a", "A", "sanne", D(15))), promise_changes=(down, up))
    friday = PromiseChange("2026-11-20/a", "a", date(2026, 11, 20), D(15), D(12))
    settled = team.with_promises([friday], friday.day)
    assert settled.kpis[0].promise == D(15), "what was changed later stands"
    assert settled.promise_changes == (friday, down, up)
    assert settled.with_promises([], friday.day) == team
    same = replace(team_of(Kpi("a", "A", "sanne", D(12))), promise_changes=(friday, down, replace(up, new=D(12))))
    assert same.with_promises([], friday.day).kpis[0].promise == D(12), "nor is it withdrawn with an earlier one"


def test_a_team_as_of_a_day_has_the_promises_of_that_day() -> None:
    down, up = PromiseChange("f1", "a", DAY, D(15), D(5)), PromiseChange("f2", "a", date(2026, 11, 25), D(5), D(9))
    team = replace(team_of(Kpi("a", "A", "sanne", D(9)), Kpi("b", "B", "sanne", D(1))), promise_changes=(down, up))
    promised = {n: [k.promise for k in team.as_of(date(2026, 11, n)).kpis] for n in (22, 23, 24, 25, 26)}
    assert promised == {22: [15, 1], 23: [5, 1], 24: [5, 1], 25: [9, 1], 26: [9, 1]}
    assert team.as_of(date(2026, 11, 24)).promise_changes == (down,)
    assert team.as_of(date(2026, 11, 25)) is team


def test_a_promise_on_a_kpi_that_is_not_there_changes_nothing() -> None:
    team = team_of()
    assert team.with_promises([PromiseChange("x", "gone", DAY, D(8), D(6))]) is team


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Sanne de Wit", "sanne-de-wit"),
        ("Zoë", "zoe"),
        ("佐藤", "x"),
        ("../../etc", "etc"),
        ("", "x"),
        ("CON", "con-2"),
    ],
)
def test_ids_are_readable_and_safe_as_file_names(name: str, id_: str) -> None:
    assert new_id(name, ()) == id_


@given(st.lists(st.text(max_size=60), max_size=8))
def test_ids_are_never_given_twice(names: list[str]) -> None:
    ids: list[str] = []
    for name in names:
        ids.append(new_id(name, ids))
    assert len(set(ids)) == len(ids)
    assert all(set(id_) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and id_[0] != "-" for id_ in ids)


def test_editing_a_team_gives_a_new_one() -> None:
    team = team_of()
    assert replace(team, name="U").name == "U"
    assert team.name == "T"
