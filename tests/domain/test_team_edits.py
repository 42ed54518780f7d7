"""Edits of a team: what is refused and why, what moves along, and what is kept (METHOD 3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.domain import team_edits as edits
from huddle_tui.domain import text
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, PromiseChange, Team
from huddle_tui.domain.workdays import Calendar

DAY = date(2026, 11, 23)
D = Decimal


def kpi(name: str, owner: str = "sanne", promise: str = "8", **more: object) -> Kpi:
    return Kpi("", name, owner, D(promise), **more)  # type: ignore[arg-type]


@pytest.fixture
def team() -> Team:
    made = Team("Voorbeeld", locale="nl")
    for name in ("Sanne", "Bram", "Fatima"):
        made = edits.add_person(made, name)
    for name, who in (("aanvragen", "sanne"), ("klanten", "bram"), ("oplossingen", None)):
        made = edits.add_process(made, name, who)
    for name in ("Klachten", "Gesprekken", "Cijfer"):
        made = edits.add_kpi(made, kpi(name, process="klanten", most_important=name == "Klachten"), DAY)
    return made


def names(team: Team, what: str) -> list[str]:
    return [item.name for item in getattr(team, what)]


def refused(field: str) -> pytest.RaisesExc[edits.Refused]:
    return pytest.raises(edits.Refused, check=lambda error: error.field == field)


# People


def test_people_get_readable_ids_and_cleaned_names(team: Team) -> None:
    made = edits.add_person(team, "  Anne-Mieke\t de  Vries\x1b[31m ", " Directeur ")
    assert (made.people[-1].id, made.people[-1].name) == ("anne-mieke-de-vries-31m", "Anne-Mieke de Vries[31m")
    assert made.people[-1].role == "Directeur"


@pytest.mark.parametrize("name", ["sanne", "SANNE", " Sanne "])
def test_two_people_cannot_have_the_same_name(team: Team, name: str) -> None:
    with refused("name"):
        edits.add_person(team, name)
    with refused("name"):
        edits.change_person(team, replace(team.people[1], name=name))


def test_a_name_may_change_its_own_case(team: Team) -> None:
    assert edits.change_person(team, replace(team.people[0], name="SANNE")).people[0].name == "SANNE"


@pytest.mark.parametrize(("name", "what"), [("", "empty"), ("  ", "blank"), ("x" * (text.PERSON_NAME + 1), "long")])
def test_a_person_needs_a_name_that_fits(team: Team, name: str, what: str) -> None:
    with refused("name"):
        edits.add_person(team, name)
    assert edits.add_person(team, "x" * text.PERSON_NAME).people[-1].name == "x" * text.PERSON_NAME


def test_who_left_no_longer_takes_a_name(team: Team) -> None:
    gone = edits.remove_person(team, "sanne", DAY, has_history=True)
    again = edits.add_person(gone, "Sanne")
    assert again.people[-1].id == "sanne-2"
    with refused("name"):  # two of them cannot be in the team at once
        edits.change_person(again, replace(again.people[0], left_on=None))


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (date(2026, 5, 2), date(2026, 5, 1), "away_to"),
        (None, date(2026, 5, 1), "away_from"),
        (date(2026, 5, 1), date(2026, 5, 1), None),
        (date(2026, 5, 1), None, None),
    ],
)
def test_away_from_and_to(team: Team, start: date | None, end: date | None, field: str | None) -> None:
    wanted = replace(team.people[0], away_from=start, away_to=end)
    if field is None:
        assert edits.change_person(team, wanted).people[0] == wanted
    else:
        with refused(field):
            edits.change_person(team, wanted)


def test_leaving_keeps_the_numbers_and_leaves_a_hole(team: Team) -> None:
    gone = edits.remove_person(team, "sanne", DAY, has_history=True)
    assert gone.people[0].left_on == DAY
    assert gone.kpis == team.kpis
    assert gone.processes[0].accountable is None
    assert gone.processes[1].accountable == "bram"
    assert edits.change_person(gone, replace(gone.people[0], left_on=None)).people == team.people


def test_who_never_spoke_is_deleted_with_their_numbers(team: Team) -> None:
    team = edits.change_kpi(team, replace(team.kpis[0], promise=D(7)), DAY)
    gone = edits.remove_person(team, "sanne", DAY, has_history=False)
    assert names(gone, "people") == ["Bram", "Fatima"]
    assert (gone.kpis, gone.promise_changes) == ((), ())


@pytest.mark.parametrize(
    ("id", "steps", "order"),
    [
        ("sanne", 1, ["Bram", "Sanne", "Fatima"]),
        ("fatima", -1, ["Sanne", "Fatima", "Bram"]),
        ("fatima", -9, ["Fatima", "Sanne", "Bram"]),
        ("sanne", -1, ["Sanne", "Bram", "Fatima"]),
        ("sanne", 9, ["Bram", "Fatima", "Sanne"]),
    ],
)
def test_moving_people(team: Team, id: str, steps: int, order: list[str]) -> None:
    assert names(edits.move_person(team, id, steps), "people") == order


def test_moving_passes_over_who_left(team: Team) -> None:
    gone = edits.remove_person(team, "bram", DAY, has_history=True)
    assert [p.name for p in edits.move_person(gone, "fatima", -1).members] == ["Fatima", "Sanne"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda t: edits.change_person(t, replace(t.people[0], id="x")),
        lambda t: edits.remove_person(t, "x", DAY, has_history=False),
        lambda t: edits.move_person(t, "x", 1),
        lambda t: edits.change_process(t, replace(t.processes[0], id="x")),
        lambda t: edits.remove_process(t, "x"),
        lambda t: edits.move_process(t, "x", 1),
        lambda t: edits.change_kpi(t, replace(t.kpis[0], id="x"), DAY),
        lambda t: edits.remove_kpi(t, "x", DAY, has_history=True),
        lambda t: edits.move_kpi(t, "x", 1),
        lambda t: edits.star(t, "x"),
    ],
)
def test_what_is_gone_cannot_be_edited(team: Team, edit: object) -> None:
    with pytest.raises(HuddleError, match="removed it meanwhile"):
        edit(team)  # type: ignore[operator]


# Processes


def test_processes_keep_the_customers_order(team: Team) -> None:
    assert names(edits.move_process(team, "oplossingen", -2), "processes") == ["oplossingen", "aanvragen", "klanten"]


def test_a_process_name_is_unique_and_says_something(team: Team) -> None:
    for wrong in ("Klanten", "", "x" * (text.NAME + 1)):
        with refused("name"):
            edits.add_process(team, wrong)


def test_only_a_member_can_be_accountable(team: Team) -> None:
    gone = edits.remove_person(team, "bram", DAY, has_history=True)
    with refused("accountable"):
        edits.change_process(gone, replace(gone.processes[0], accountable="bram"))
    with refused("accountable"):
        edits.add_process(team, "nieuw", "niemand")


def test_key_numbers_are_named_once(team: Team) -> None:
    made = edits.change_process(team, replace(team.processes[0], key_numbers=("Omzet", " ", "omzet ", "Marge")))
    assert made.processes[0].key_numbers == ("omzet", "Marge")


def test_removing_a_process_leaves_the_numbers_with_their_owner(team: Team) -> None:
    gone = edits.remove_process(team, "klanten")
    assert names(gone, "processes") == ["aanvragen", "oplossingen"]
    assert [k.process for k in gone.kpis] == [None] * 3


# KPIs


def test_a_number_starts_on_the_day_it_is_added(team: Team) -> None:
    assert team.kpis[0].since == DAY
    assert [k.id for k in team.kpis] == ["sanne-klachten", "sanne-gesprekken", "sanne-cijfer"]


def test_a_name_is_unique_for_its_owner_only(team: Team) -> None:
    with refused("name"):
        edits.add_kpi(team, kpi("KLACHTEN"), DAY)
    assert edits.add_kpi(team, kpi("Klachten", "bram"), DAY).kpis[-1].id == "bram-klachten"


def test_a_retired_number_gives_its_name_free(team: Team) -> None:
    retired = edits.remove_kpi(team, "sanne-klachten", DAY, has_history=True)
    assert edits.add_kpi(retired, kpi("Klachten"), DAY).kpis[-1].id == "sanne-klachten-2"
    back = edits.add_kpi(retired, kpi("Klachten"), DAY)
    with refused("name"):
        edits.change_kpi(back, replace(back.kpis[0], retired_on=None), DAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * (text.NAME + 1)}, "name"),
        ({"unit": "x" * (text.NAME + 1)}, "unit"),
        ({"definition": "x" * (text.FREE + 1)}, "definition"),
        ({"owner": "niemand"}, "owner"),
        ({"process": "niets"}, "process"),
        ({"decimals": -1}, "decimals"),
        ({"decimals": 10}, "decimals"),
        ({"red_edge": D("8.01")}, "red_edge"),
        ({"stretch": D("7.99")}, "stretch"),
        ({"direction": Direction.AT_MOST, "red_edge": D("7.99")}, "red_edge"),
        ({"direction": Direction.AT_MOST, "stretch": D("8.01")}, "stretch"),
    ],
)
def test_what_a_number_cannot_be(team: Team, wrong: dict[str, object], field: str) -> None:
    with refused(field):
        edits.add_kpi(team, replace(kpi("Nieuw"), **wrong), DAY)
    with refused(field):
        edits.change_kpi(team, replace(team.kpis[1], **wrong), DAY)


@pytest.mark.parametrize(
    "right",
    [
        {"red_edge": D(8), "stretch": D(8)},
        {"red_edge": D(6), "stretch": D(10)},
        {"direction": Direction.AT_MOST, "red_edge": D(10), "stretch": D(6)},
        {"promise": D(-100), "red_edge": D(-115), "stretch": D(0)},
    ],
)
def test_edges_on_their_own_side(team: Team, right: dict[str, object]) -> None:
    assert edits.add_kpi(team, replace(kpi("Nieuw"), **right), DAY).kpis[-1].name == "Nieuw"


def test_an_edge_that_a_huddle_overtook_does_not_stand_in_the_way_of_another_name(team: Team) -> None:
    edged = edits.change_kpi(team, replace(team.kpis[0], red_edge=D(7)), DAY)
    lowered = edged.with_promises([PromiseChange("h", "sanne-klachten", DAY, D(8), D(5))])
    renamed = edits.change_kpi(lowered, replace(lowered.kpis[0], name="Opgelost"), DAY)
    assert renamed.kpis[0].name == "Opgelost"
    with refused("red_edge"):
        edits.change_kpi(lowered, replace(lowered.kpis[0], promise=D(4)), DAY)


def test_the_star_is_on_one_number_only(team: Team) -> None:
    moved = edits.star(team, "sanne-cijfer")
    assert [k.name for k in moved.kpis if k.most_important] == ["Cijfer"]
    added = edits.add_kpi(moved, kpi("Nieuw", most_important=True), DAY)
    assert [k.name for k in added.kpis if k.most_important] == ["Nieuw"]
    changed = edits.change_kpi(added, replace(added.kpis[0], most_important=True), DAY)
    assert [k.name for k in changed.kpis if k.most_important] == ["Klachten"]


def test_a_number_that_goes_to_somebody_else_does_not_take_their_star(team: Team) -> None:
    team = edits.add_kpi(team, kpi("Omzet", "bram", most_important=True), DAY)
    given = edits.change_kpi(team, replace(team.kpis[0], owner="bram"), DAY)
    assert [k.name for k in given.kpis_of("bram") if k.most_important] == ["Omzet"]
    to_nobodys_star = edits.change_kpi(team, replace(team.kpis[0], owner="fatima"), DAY)
    assert to_nobodys_star.kpis_of("fatima")[0].most_important


def test_somebody_takes_over_from_who_left(team: Team) -> None:
    gone = edits.remove_person(team, "sanne", DAY, has_history=True)
    taken = edits.change_kpi(gone, replace(gone.kpis[0], owner="bram"), DAY)
    assert [k.name for k in taken.kpis_of("bram")] == ["Klachten"]
    with refused("owner"):
        edits.change_kpi(taken, replace(taken.kpis[0], owner="sanne"), DAY)
    assert edits.change_kpi(gone, replace(gone.kpis[1], unit="x"), DAY).kpis[1].owner == "sanne"


def test_a_changed_promise_is_recorded(team: Team) -> None:
    lowered = edits.change_kpi(team, replace(team.kpis[0], promise=D(6)), DAY, by="bram")
    [change] = lowered.promise_changes
    assert (change.kpi, change.day, change.old, change.new, change.by) == ("sanne-klachten", DAY, D(8), D(6), "bram")
    again = edits.change_kpi(lowered, replace(lowered.kpis[0], promise=D(7)), DAY, by="sanne")
    assert [(c.old, c.new) for c in again.promise_changes] == [(D(8), D(6)), (D(6), D(7))]
    assert len({c.id for c in again.promise_changes}) == 2
    set_back = edits.change_kpi(again, replace(again.kpis[0], promise=D(9)), DAY - timedelta(days=2))
    assert [(c.day, c.old, c.new) for c in set_back.promise_changes][2:] == [(DAY, D(7), D(9))], "after what stood"


def test_the_same_promise_written_otherwise_is_no_change(team: Team) -> None:
    assert edits.change_kpi(team, replace(team.kpis[0], promise=D("8.0")), DAY).promise_changes == ()


def test_what_was_reported_is_retired_and_what_was_not_is_deleted(team: Team) -> None:
    team = edits.change_kpi(team, replace(team.kpis[0], promise=D(6)), DAY)
    retired = edits.remove_kpi(team, "sanne-klachten", DAY, has_history=True)
    assert (retired.kpis[0].retired_on, retired.kpis[0].most_important) == (DAY, False)
    assert len(retired.promise_changes) == 1
    deleted = edits.remove_kpi(team, "sanne-klachten", DAY, has_history=False)
    assert names(deleted, "kpis") == ["Gesprekken", "Cijfer"]
    assert deleted.promise_changes == ()


def test_numbers_move_among_those_of_their_owner(team: Team) -> None:
    team = edits.add_kpi(team, kpi("Omzet", "bram"), DAY)
    team = edits.add_kpi(team, kpi("Extra"), DAY)
    moved = edits.move_kpi(team, "sanne-extra", -1)
    assert [k.name for k in moved.kpis_of("sanne")] == ["Klachten", "Gesprekken", "Extra", "Cijfer"]
    assert [k.name for k in moved.kpis_of("bram")] == ["Omzet"]


# Settings


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"name": " "}, "name", "needs a name"),
        ({"locale": "fr"}, "locale", "en, nl"),
        ({"timezone": "Amsterdam"}, "timezone", "Europe/Amsterdam"),
        ({"time_box": 0}, "time_box", "between 1 and 60 minutes"),
        ({"time_box": 3601}, "time_box", "between 1 and 60 minutes"),
        ({"seconds_per_person": 9}, "seconds_per_person", "between 10 and 900"),
        ({"seconds_per_person": 901}, "seconds_per_person", "between 10 and 900"),
        ({"calendar": Calendar(frozenset())}, "calendar", "at least one day"),
    ],
)
def test_wrong_settings_say_why(team: Team, wrong: dict[str, object], field: str, says: str) -> None:
    with refused(field) as caught:
        edits.change_settings(team, replace(team, **wrong))
    assert says in str(caught.value)


def test_settings_leave_everybody_in_the_team(team: Team) -> None:
    wanted = Team("Ander", locale="en", time_box=900, seconds_per_person=45)
    changed = edits.change_settings(team, wanted)
    assert (changed.name, changed.locale, changed.time_box, changed.seconds_per_person) == ("Ander", "en", 900, 45)
    assert (changed.people, changed.processes, changed.kpis) == (team.people, team.processes, team.kpis)
