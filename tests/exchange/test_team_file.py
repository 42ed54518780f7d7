"""The team file of the interface: what it says, and every way in which one can be wrong."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.activities.importing import plan
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Counting, Kpi, Nature, Order, Person, Process, PromiseChange, Team, Timing
from huddle_tui.domain.workdays import Period, Reports
from huddle_tui.exchange.reading.given import TeamFile
from huddle_tui.exchange.reading.problems import FileRefused
from huddle_tui.exchange.reading.team_file import read
from huddle_tui.exchange.writing.team import as_toml
from tests.kit.teams import teams, told

EXAMPLE = """
[team]
name = "Voorbeeld Software"
locale = "nl"                       # nl or en
timezone = "Europe/Amsterdam"
time_box = 10                       # minutes
seconds_per_person = 60
workdays = ["mon", "tue", "wed", "thu", "fri"]
days_off = [2026-12-25]
reports = "yesterday"               # or "today"
order = "rotating"                  # or "listed", "shuffled"

[[person]]
name = "Sanne"
role = "Directeur Enthousiaste Klanten"

[[process]]                         # in the customer's order
name = "enthousiaste klanten"
accountable = "Sanne"

[[kpi]]
name = "Klachten naar tevredenheid opgelost"
owner = "Sanne"
process = "enthousiaste klanten"
promise = 8                         # also "12,5" in the team's locale
direction = "at least"              # or "at most"
period = "day"                      # day, week, month, quarter
counting = "snapshot"               # or "running total"
unit = ""
red_edge = 6
stretch = 10
timing = "lagging"                  # leading, lagging
measures = "output"                 # output, input
nature = "hard"                     # hard, soft
most_important = true
"""
TODAY = date(2026, 11, 23)
SANNE = Team(
    "T",
    "nl",
    people=(Person("s", "Sanne"), Person("b", "Bram")),
    processes=(Process("p", "van lead tot deal"),),
    kpis=(Kpi("k", "Klachten", "s", Decimal(8), stretch=Decimal(10)),),
)


def refused(source: str, team: Team | None = SANNE) -> list[str]:
    """The mistakes that are told of a file."""
    with pytest.raises(FileRefused) as error:
        read(source, team)
    assert str(error.value).count("\n") == len(error.value.problems)
    return [str(problem) for problem in error.value.problems]


def test_the_example_of_the_interface() -> None:
    team = plan(None, read(EXAMPLE), TODAY).team
    assert (team.name, team.locale, team.time_box, team.seconds_per_person) == ("Voorbeeld Software", "nl", 600, 60)
    assert team.calendar.days_off == {date(2026, 12, 25)}
    assert (team.reports, team.order) == (Reports.YESTERDAY, Order.ROTATING)
    (sanne,), (process,), (kpi,) = team.people, team.processes, team.kpis
    assert (sanne.name, sanne.role) == ("Sanne", "Directeur Enthousiaste Klanten")
    assert (process.name, process.accountable) == ("enthousiaste klanten", sanne.id)
    assert (kpi.owner, kpi.process) == (sanne.id, process.id)
    assert (kpi.promise, kpi.red_edge, kpi.stretch) == (Decimal(8), Decimal(6), Decimal(10))
    assert (kpi.direction, kpi.period, kpi.counting) == (Direction.AT_LEAST, Period.DAY, Counting.SNAPSHOT)
    assert (kpi.timing, kpi.nature, kpi.most_important, kpi.since) == (Timing.LAGGING, Nature.HARD, True, TODAY)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_example_teams(language: str) -> None:
    source = (Path(__file__).parents[2] / "data" / "example" / f"team.{language}.toml").read_text("utf-8")
    team = plan(None, read(source), TODAY).team
    assert len(team.processes) == 8
    again = read("".join(as_toml(team)), team)
    assert plan(team, again, TODAY).empty


@given(teams())
def test_a_team_comes_back_from_its_file(team: Team) -> None:
    assert told(plan(None, read("".join(as_toml(team))), TODAY).team) == told(team)
    assert plan(team, read("".join(as_toml(team)), team), TODAY).empty


def test_who_left_and_what_is_retired_stays_behind() -> None:
    team = Team(
        "T",
        people=(Person("s", "Sanne"), Person("b", "Bram", left_on=TODAY)),
        processes=(Process("p", "proces", "b"),),
        kpis=(
            Kpi("1", "een", "s", Decimal(1), retired_on=TODAY),
            Kpi("2", "twee", "b", Decimal(1)),
            Kpi("3", "drie", "s", Decimal(1), process="gone"),
        ),
    )
    back = plan(None, read("".join(as_toml(team))), TODAY).team
    assert [person.name for person in back.people] == ["Sanne"]
    assert [(kpi.name, kpi.process) for kpi in back.kpis] == [("drie", None)]
    assert back.processes[0].accountable is None


def test_a_promise_that_went_past_its_edges_still_reads_back() -> None:
    kpi = Kpi("k", "a", "s", Decimal(12), red_edge=Decimal(13), stretch=Decimal(10))
    team = Team("T", people=(Person("s", "Sanne"),), kpis=(kpi,))
    (back,) = plan(None, read("".join(as_toml(team))), TODAY).team.kpis
    day = date(2026, 11, 20)
    assert team.yardstick(back, day) == team.yardstick(kpi, day)


def test_the_team_file_in_every_notation() -> None:
    file = read(
        """
        team.name = 'T'
        team.locale = "nl"
        team.huddle_times = {mon = "9:07", fri = 13:30:00}
        team.days_off = ["2026-12-25", 2026-12-26]
        person = [{name = "Sanne", away_from = "2026-12-01", away_to = 2026-12-31}, {"name" = "Bram"}]
        [[process]]
        name = "p"
        accountable = []
        key_numbers = ["a", "b"]
        [[kpi]]
        name = "a"
        owner = "sanne"
        unit = "stuks"
        promise = "12.500 stuks"
        red_edge = "-"
        stretch = "12,6k"
        definition = '''
        twee
        regels'''
        [[kpi]]
        name = "b"
        owner = "SANNE"
        promise = 1_000.5
        decimals = 1
        """
    )
    assert file.settings["huddle_times"] == {0: time(9, 7), 4: time(13, 30)}
    assert file.settings["days_off"] == {date(2026, 12, 25), date(2026, 12, 26)}
    assert file.people[0] == {
        "name": "Sanne",
        "away_from": date(2026, 12, 1),
        "away_to": date(2026, 12, 31),
    }
    assert file.processes[0] == {"name": "p", "accountable": None, "key_numbers": ("a", "b")}
    first, second = file.kpis
    assert (first["promise"], first["red_edge"], first["stretch"]) == (12500, None, 12600)
    assert first["owner"] == second["owner"] == "Sanne"
    assert first["definition"] == "twee\n        regels"
    assert second["promise"] == Decimal("1000.5")


def test_a_float_is_read_to_the_last_digit() -> None:
    file = read('[[kpi]]\nname="a"\nowner="Sanne"\npromise = 0.1\nred_edge = -100000000000000.123456789', SANNE)
    assert file.kpis[0]["promise"] == Decimal("0.1")
    assert file.kpis[0]["red_edge"] == Decimal("-100000000000000.123456789")


def test_only_what_the_file_mentions_is_given() -> None:
    file = read('[[kpi]]\nname = "Klachten"\nowner = "Sanne"\npromise = 9', SANNE)
    values = {"name": "Klachten", "owner": "Sanne", "promise": Decimal(9)}
    assert file == TeamFile(kpis=(values,))


def kpi(*lines: str, owner: str = "Sanne") -> str:
    """A team file with one KPI; its own lines begin on line 4."""
    return "\n".join([f'[[kpi]]\nname = "a"\nowner = "{owner}"', *lines])


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (kpi("promise = 8", 'ower = "x"'), "Line 5, ower: this name is not known here; did you mean owner?"),
        (kpi("promise = 8", "zzz = 1"), "Line 5, zzz: this name is not known here; what can stand here is name, owner"),
        (kpi("promise = 8", "actual = 7"), "Line 5, actual: an actual is never imported"),
        (kpi("promise = 8", 'period = "dya"'), 'Line 5, period: "dya" is not one of day, week, month, quarter; did'),
        (kpi("promise = 8", "period = 3"), "Line 5, period: 3 is not one of day, week, month, quarter."),
        (kpi("promise = 8", "unit = 3"), "Line 5, unit: 3 is not text"),
        (kpi("promise = 8", "decimals = 10"), "Line 5, decimals: 10 is not a whole number from 0 to 6."),
        (kpi("promise = 8", "decimals = true"), "Line 5, decimals: true is not a whole number"),
        (kpi("promise = 8", 'most_important = "ja"'), 'Line 5, most_important: "ja" is neither true nor false.'),
        (kpi("promise = 8", "name = 1"), "Line 5: this key stands here for the second time: name = 1"),
        (kpi("promise = true"), "Line 4, promise: true is not a number"),
        (kpi("promise = nan"), "Line 4, promise: NaN is not a number"),
        (kpi("promise = -inf"), "Line 4, promise: -Infinity is not a number"),
        (kpi("promise = 1e400"), "Line 4, promise: 1E+400 is too large"),
        (kpi("promise = 1e99999999999999999999"), "Line 4, promise: Infinity is not a number"),
        (kpi(f"promise = {'9' * 16}"), "Line 4, promise: 9999999999999999 is too large"),
        (kpi(f"promise = {'9' * 5000}"), "Line 4: this number has too many digits."),
        (kpi("promise = 0.0123456789"), "Line 4, promise: 0.0123456789 has too many decimals"),
        (kpi('promise = "12.50"'), "Line 4, promise: 12.50 is not a Dutch number: did you mean 12,50?"),
        (kpi('promise = "abc"'), "Line 4, promise: abc is not a number"),
        (kpi('promise = ""'), "Line 4, promise: this is empty, and a promise was expected"),
        (kpi("promise = 12,5"), "Line 4: something stands behind the value that does not belong there: promise = 12,5"),
        (kpi("promise = 8", "red_edge = 9"), "Line 5, red_edge: More is better here, so red has to begin"),
        (kpi("promise = 8", "stretch = 7"), "Line 5, stretch: More is better here, so super green has to begin"),
        (kpi("promise = 8", 'direction = "at most"', "red_edge = 7"), "Line 6, red_edge: Less is better here"),
        (kpi("promise = 8", 'direction = "at most"', "stretch = 9"), "Line 6, stretch: Less is better here"),
        (kpi("promise = 8", owner="Sane"), 'Line 3, owner: "Sane" is not in the team; did you mean Sanne?'),
        (kpi("promise = 8", owner="Wim"), 'Line 3, owner: "Wim" is not in the team; add that person first'),
        (kpi("promise = 8", owner=""), "Line 3, owner: this is empty, and a name was expected."),
        (kpi("promise = 8", 'process = "van lead to deal"'), "did you mean van lead tot deal?"),
        (kpi("promise = 8", 'process = "x"'), 'Line 5, process: there is no process "x"; add it first'),
        (kpi(), "Line 1, kpi: promise is missing here."),
        ('[kpi]\nname = "a"', "Line 1, kpi: there can be several: write [[kpi]] between double brackets."),
        ("kpi = [1]", "Line 1, kpi: a table was expected, that begins with [[kpi]]."),
        ('\n\n[[kpis]]\nname = "a"', "Line 3, kpis: there is no such table; did you mean kpi?"),
        ('nonsense = "a"', "Line 1, nonsense: there is no such table; what can stand here is [team], [[person]]"),
        ("[[team]]", "Line 1, team: there is one team: write [team] between single brackets, once."),
        ('[team]\nlocale = "de"', 'Line 2, locale: "de" is not one of en, nl.'),
        ('[team]\ntimezone = "Europe/Amsterdm"', "did you mean Europe/Amsterdam?"),
        ("[team]\ntime_box = 0", "Line 2, time_box: 0 is not a number of minutes from 1 to 60."),
        ("[team]\nseconds_per_person = 1.5", "Line 2, seconds_per_person: 1.5 is not a whole number"),
        ("[team]\nworkdays = []", "Line 2, workdays: this is empty, and at least one working day was expected"),
        ('[team]\nworkdays = "mon"', 'Line 2, workdays: "mon" is not a list'),
        ('[team]\nworkdays = ["maa"]', 'Line 2, workdays: "maa" is not one of mon, tue'),
        ('[team]\nmeets = "mon"', 'Line 2, meets: "mon" is not a list'),
        ('[team]\nmeets = ["moon"]', 'Line 2, meets: "moon" is not one of mon, tue, wed, thu, fri, sat, sun; did you'),
        ("[team]\ndays_off = [2026-12-25T10:00:00]", "Line 2, days_off: "),
        ('[team]\ndays_off = ["kerst"]', "Line 2, days_off: kerst is not a day"),
        ('[team]\norder = "shufled"', "did you mean shuffled?"),
        ('[team]\nname = ""', "Line 2, name: this is empty, and a name was expected."),
        ('[team.huddle_times]\nmon = "25:00"', 'Line 1, huddle_times: "25:00" is not a time of day'),
        ('[team]\nhuddle_times = "09:07"', "Line 2, huddle_times: "),
        (f'[[person]]\nname = "{"x" * 81}"', "has 81 characters and 80 is the most"),
        ('[[person]]\nname = "Jan"\n[[person]]\nname = "JAN"', 'Line 4, name: "JAN" stands in this file twice'),
        ('[[person]]\nname = "Jan"\naway_to = 2026-01-01', "Line 3, away_to: this needs away_from too"),
        (
            '[[person]]\nname = "Jan"\naway_from = 2026-01-02\naway_to = 2026-01-01',
            "Line 4, away_to: the last day away, 2026-01-01, is before the first, 2026-01-02.",
        ),
        ("", "Line 1: this file is empty"),
        ("[team", "Line 1"),
        ("[team]\nname = Sanne", "Line 2: the value cannot be read: name = Sanne (text stands between"),
        ('[team]\nname = "Sanne', "Line 2: a quote is missing at the end of the text"),
        ('[team]\nname = "a\\q"', "Line 2: a backslash in text is written twice"),
        ("[team]\nname", "Line 2: a key and a value with = between them were expected: name"),
        ("[team]\n[team]", "Line 2: this table stands here for the second time"),
        ("x = " + "[" * 4000, "Line 1: brackets are nested too deep"),
        ("x = [1,\n2", "Line 2: a closing bracket is missing"),
    ],
)
def test_one_mistake_is_told_with_its_place(source: str, told: str) -> None:
    (problem,) = refused(source)
    assert told in problem
    assert problem.startswith("Line ")


@pytest.mark.parametrize(
    "accountable", ['["Sanne", "Bram"]', '"Sanne, Bram"', '"Sanne en Bram"', '"sanne / Wim"', '"Sanne & Bram"']
)
def test_two_accountable_people_is_nobody_accountable(accountable: str) -> None:
    (problem,) = refused(f'[[process]]\nname = "p"\naccountable = {accountable}')
    assert problem.startswith("Line 3, accountable: two accountable people is nobody accountable")


def test_a_name_with_a_comma_in_it_is_one_person() -> None:
    file = read('[[person]]\nname = "Jansen, Sanne"\n[[process]]\nname = "p"\naccountable = "jansen, sanne"', SANNE)
    assert file.processes[0]["accountable"] == "Jansen, Sanne"


def test_the_same_number_twice_for_one_owner_and_two_stars() -> None:
    one = '[[kpi]]\nname = "a"\nowner = "Sanne"\npromise = 1\nmost_important = true\n'
    twice = refused(one + one.replace('"a"', '"Ａ"'))
    assert twice[0].startswith('Line 7, name: "Ａ" stands in this file twice, on line 2 too')
    assert twice[1].startswith('Line 10, most_important: "Sanne" has a most important number already, on line 5')
    assert read(one + one.replace("Sanne", "Bram"), SANNE).kpis[1]["owner"] == "Bram"


def test_a_new_book_needs_the_name_of_its_team() -> None:
    assert refused('[[person]]\nname = "Jan"', None) == [
        "Line 1, team: name is missing: a new book needs the name of the team."
    ]
    assert refused('[[person]]\nname = "Jan"\n[team]\nlocale = "nl"', None) == [
        "Line 3, team: name is missing: a new book needs the name of the team."
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    told = refused(
        '[[kpi]]\nname = "a"\nowner = "Wim"\npromise = "x"\n[team]\ntime_box = "x"\nlocale = "fr"\n'
        '[[kpi]]\nname = "b"\npromise = 5\nred_edge = 6\nstretch = 4\n[[kpi]]\n'
    )
    assert [line.split(":")[0] for line in told] == [
        "Line 3, owner", "Line 4, promise", "Line 6, time_box", "Line 7, locale", "Line 8, kpi",
        "Line 11, red_edge", "Line 12, stretch", *["Line 13, kpi"] * 3,
    ]  # fmt: skip


def test_edges_are_held_against_what_the_number_has_already() -> None:
    (problem,) = refused('[[kpi]]\nname = "Klachten"\nowner = "Sanne"\npromise = 12')
    assert problem.startswith("Line 4, promise: More is better here, so super green has to begin at the promise of 12")
    past = Team("T", people=SANNE.people, kpis=(Kpi("k", "Klachten", "s", Decimal(12), stretch=Decimal(10)),))
    assert read('[[kpi]]\nname = "Klachten"\nowner = "Sanne"\npromise = 12', past).kpis


def test_text_is_cleaned_and_what_is_told_of_it_too() -> None:
    file = read('[[person]]\nname = "Jan\\u001B[31m \\u202E  de\\tWit"\nrole = "e\\u0301"', SANNE)
    assert file.people[0] == {"name": "Jan[31m de Wit", "role": "é"}
    (problem,) = refused(kpi("promise = 8", 'period = "\\u001B[31m\\u202Edag"'))
    assert "\x1b" not in problem
    assert "\u202e" not in problem


@given(
    st.text(max_size=200)
    | teams().map(as_toml).map("".join).flatmap(lambda text: st.integers(0, len(text)).map(lambda cut: text[:cut]))
)
def test_any_text_is_read_or_refused_with_a_sentence(source: str) -> None:
    with suppress(HuddleError):
        read(source, SANNE)


def test_a_change_in_a_huddle_is_not_lost_in_the_file() -> None:
    change = PromiseChange("2026-11-20/k", "k", date(2026, 11, 20), Decimal(9), Decimal(8))
    team = Team("T", people=SANNE.people, kpis=SANNE.kpis, promise_changes=(change,))
    done = plan(team, read("".join(as_toml(team)), team), TODAY)
    assert done.team == team
