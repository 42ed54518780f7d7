"""Two edits of one team meet: both survive, or the clash is told (METHOD 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain import team_edits as edits
from huddle_tui.domain.merging import Conflict, merged, merged_lists, merged_teams, united_teams, whole_again
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Person, Team
from huddle_tui.domain.workdays import Calendar

DAY = date(2026, 11, 23)


def start() -> Team:
    team = Team("Voorbeeld")
    for name in ("Anna", "Bob", "Chris"):
        team = edits.add_person(team, name)
    for name in ("een", "twee", "drie", "vier"):
        team = edits.add_process(team, name, "anna")
    for name in ("Omzet", "Marge", "Cijfer"):
        team = edits.add_kpi(team, Kpi("", name, "anna", Decimal(8)), DAY)
    return team


T = TypeVar("T")


def there(item: T | None) -> T:
    """The item, or the refusal that a real edit gives where it is gone."""
    if item is None:
        raise HuddleError("gone")
    return item


STEPS: list[Callable[[Team], Team]] = [
    lambda t: edits.add_person(t, "Dora"),
    lambda t: edits.change_person(t, replace(there(t.person("anna")), role="Baas")),
    lambda t: edits.change_person(t, replace(there(t.person("bob")), name="Bobby")),
    lambda t: edits.remove_person(t, "anna", DAY, has_history=True),
    lambda t: edits.remove_person(t, "anna", DAY, has_history=False),
    lambda t: edits.move_person(t, "chris", -2),
    lambda t: edits.add_process(t, "vijf"),
    lambda t: edits.change_process(t, replace(there(t.process("twee")), accountable="bob")),
    lambda t: edits.remove_process(t, "twee"),
    lambda t: edits.move_process(t, "een", 2),
    lambda t: edits.add_kpi(t, Kpi("", "Nieuw", "bob", Decimal(1)), DAY),
    lambda t: edits.add_kpi(t, Kpi("", "Beste", "anna", Decimal(1), most_important=True), DAY),
    lambda t: edits.change_kpi(t, replace(there(t.kpi("anna-omzet")), promise=Decimal(6)), DAY),
    lambda t: edits.star(t, "anna-marge"),
    lambda t: edits.remove_kpi(t, "anna-cijfer", DAY, has_history=True),
    lambda t: edits.remove_kpi(t, "anna-cijfer", DAY, has_history=False),
    lambda t: edits.move_kpi(t, "anna-omzet", 1),
    lambda t: edits.change_settings(t, replace(t, time_box=900)),
]
step = st.sampled_from(STEPS)


@given(step)
def test_undo_is_an_exact_inverse(taken: Callable[[Team], Team]) -> None:
    before = start()
    after = taken(before)
    assert merged_teams(after, before, after) == before


@given(step, step)
def test_undo_leaves_what_others_did_or_says_that_it_cannot(
    mine: Callable[[Team], Team], theirs: Callable[[Team], Team]
) -> None:
    """What the other side alone changed is still there after my step was taken back."""
    before = start()
    after = mine(before)
    try:
        stored = theirs(after)
        alone = theirs(before)
        undone = edits.sound(merged_teams(after, before, stored), stored)
    except HuddleError:
        return
    assume(stored != after)
    # an id is made from the names of its day, so a new number may have another one
    assert {replace(k, id=k.name) for k in undone.kpis} == {replace(k, id=k.name) for k in alone.kpis}
    assert {p.id: p for p in undone.people} == {p.id: p for p in alone.people}
    assert {p.id: p for p in undone.processes} == {p.id: p for p in alone.processes}
    assert undone.time_box == alone.time_box


def test_each_side_keeps_the_fields_it_changed() -> None:
    opened = Person("anna", "Anna")
    mine, stored = replace(opened, role="Directeur"), replace(opened, name="Annabel")
    assert merged(opened, mine, stored) == Person("anna", "Annabel", "Directeur")


def test_the_same_change_twice_is_no_clash() -> None:
    opened = Person("anna", "Anna")
    changed = replace(opened, role="Directeur")
    assert merged(opened, changed, changed) == changed


def test_a_clash_names_both_values() -> None:
    team = start()
    opened = team.processes[0]
    with pytest.raises(Conflict) as caught:
        merged(opened, replace(opened, accountable="bob"), replace(opened, accountable="chris"), team)
    assert caught.value.field == "accountable"
    assert "“Chris”" in str(caught.value)
    assert "“Bob”" in str(caught.value)


def test_working_days_and_days_off_are_two_things() -> None:
    opened = Team("Voorbeeld")
    mine = replace(opened, calendar=Calendar(frozenset({0, 1})))
    theirs = replace(opened, calendar=Calendar(days_off=frozenset({DAY})))
    assert merged(opened, mine, theirs).calendar == Calendar(frozenset({0, 1}), frozenset({DAY}))
    with pytest.raises(Conflict, match="The working days"):
        merged(opened, mine, replace(opened, calendar=Calendar(frozenset({2}))))


def people(names: str) -> tuple[Person, ...]:
    return tuple(Person(x, x) for x in names)


@pytest.mark.parametrize(
    ("opened", "wanted", "stored", "result"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "abxc", "abc", "abxc"),
        ("abc", "abc", "abxc", "abxc"),
        ("abc", "abxc", "aybc", "aybxc"),
        ("abc", "ac", "abc", "ac"),
        ("abc", "abc", "ac", "ac"),
        ("abc", "ac", "ab", "a"),
        ("abc", "cab", "abc", "cab"),
        ("abc", "abc", "cab", "cab"),
        ("abc", "cab", "cab", "cab"),
        ("abc", "cab", "abxc", "cabx"),
        ("abc", "xabc", "abc", "xabc"),
        ("", "ab", "", "ab"),
    ],
)
def test_lists(opened: str, wanted: str, stored: str, result: str) -> None:
    assert "".join(p.id for p in merged_lists(people(opened), people(wanted), people(stored))) == result


def test_what_one_changed_and_the_other_removed_is_told() -> None:
    old = people("abc")
    changed = (old[0], replace(old[1], role="x"), old[2])
    for mine, theirs in ((changed, people("ac")), (people("ac"), changed)):
        with pytest.raises(HuddleError, match="b was changed by somebody else"):
            merged_lists(old, mine, theirs)


def test_two_orders_cannot_both_hold() -> None:
    with pytest.raises(HuddleError, match="order was changed"):
        merged_lists(people("abc"), people("bac"), people("cab"))


def test_the_same_person_added_twice_in_different_ways_is_told() -> None:
    with pytest.raises(HuddleError, match="b was changed"):
        merged_lists((), (Person("b", "b", "x"),), (Person("b", "b", "y"),))


def starred(team: Team) -> list[str]:
    """The numbers with a ★ that are read out."""
    return [kpi.id for kpi in team.kpis if kpi.most_important and kpi.retired_on is None]


def test_united_teams_leave_a_person_one_star_and_ours_holds() -> None:
    ours = edits.star(start(), "anna-omzet")
    theirs = edits.add_kpi(ours, Kpi("", "Nieuw", "anna", Decimal(1), most_important=True), DAY)
    assert starred(united_teams(ours, theirs)) == ["anna-omzet"]
    assert starred(united_teams(theirs, ours)) == ["anna-nieuw"]


def test_two_new_stars_that_met_are_one_and_ours_holds() -> None:
    opened = edits.star(start(), "anna-omzet")
    ours, theirs = edits.star(opened, "anna-marge"), edits.star(opened, "anna-cijfer")
    assert starred(whole_again(merged_teams(opened, ours, theirs), ours)) == ["anna-marge"]
    assert starred(whole_again(merged_teams(opened, opened, theirs), opened)) == ["anna-cijfer"]


def test_united_teams_leave_a_hole_where_somebody_left() -> None:
    ours = edits.remove_person(start(), "bob", DAY, has_history=True)
    theirs = edits.add_process(start(), "vijf", "bob")
    assert [process.accountable for process in united_teams(ours, theirs).processes] == [*["anna"] * 4, None]


@pytest.mark.parametrize(
    ("ours", "theirs", "holds"), [("a", "", ""), ("", "a", ""), ("a", "a", "a"), ("a", "b", "a"), ("", "", "")]
)
def test_united_teams_bring_no_revoked_link_back(ours: str, theirs: str, holds: str) -> None:
    sides = [edits.change_person(start(), Person("bob", "Bob", link=link)) for link in (ours, theirs)]
    bob = united_teams(*sides).person("bob")
    assert bob
    assert bob.link == holds


two_steps = st.tuples(step, step)


@given(two_steps, two_steps)
def test_united_teams_have_one_star_for_each_and_point_at_nobody_who_is_gone(
    mine: tuple[Callable[[Team], Team], ...], others: tuple[Callable[[Team], Team], ...]
) -> None:
    ours = theirs = start()
    try:
        for taken in mine:
            ours = taken(ours)
        for taken in others:
            theirs = taken(theirs)
    except HuddleError:
        return
    united = united_teams(ours, theirs)
    owners = [kpi.owner for kpi in united.kpis if kpi.id in starred(united)]
    assert len(owners) == len(set(owners))
    assert {process.accountable for process in united.processes} <= {None, *(p.id for p in united.members)}
    assert {kpi.process for kpi in united.kpis} <= {None, *(p.id for p in united.processes)}
