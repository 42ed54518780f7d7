"""KPIs as CSV: both languages, any separator, mistakes with line and column, and back again without loss."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.activities.importing import plan
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, Person, Process, Team, Timing
from huddle_tui.domain.workdays import Period
from huddle_tui.exchange.reading import team_file
from huddle_tui.exchange.reading.kpi_csv import read
from huddle_tui.exchange.reading.problems import FileRefused
from huddle_tui.exchange.spelling import HEADERS, WORDS
from huddle_tui.exchange.writing.team import as_csv, as_toml
from tests.kit.teams import teams, told

TODAY = date(2026, 11, 23)
TEAM = Team(
    "T",
    "nl",
    people=(Person("s", "Sanne"), Person("b", "Bram")),
    processes=(Process("p", "van lead tot deal"),),
    kpis=(Kpi("k", "Klachten", "s", Decimal(8)),),
)


def refused(source: str, team: Team = TEAM) -> list[str]:
    """The mistakes that are told of a file."""
    with pytest.raises(FileRefused) as error:
        read(source, team)
    return [str(problem) for problem in error.value.problems]


DUTCH = """eigenaar;naam;proces;definitie;belofte;richting;periode;telling;eenheid;decimalen;rode grens;supergroen;\
leading/lagging;output/input;hard/zacht;belangrijkste
sanne;Omzet;Van lead tot deal;wat er binnenkomt;12.500,5;hoogstens;kwartaal;lopend totaal;€;1;€ 13.000;12k;\
leading;input;zacht;ja
"""
ENGLISH = """Owner,NAME,Process,Definition,Promise,Direction,Period,Counting,Unit,Decimals,red_edge,Stretch,Timing,\
Measures,Nature,Most important
sanne,Omzet,Van lead tot deal,wat er binnenkomt,"12,500.5",at most,quarter,running total,€,1,"€ 13,000",12k,\
leading,input,soft,yes
"""


@pytest.mark.parametrize(
    ("source", "locale"),
    [
        (DUTCH, "nl"),
        ("\ufeff" + DUTCH, "nl"),
        (DUTCH.replace(";", "\t"), "nl"),
        (DUTCH.replace(",", "#").replace(";", ",").replace("12.500#5", '"12.500,5"'), "nl"),
        ("sep=;\r\n" + DUTCH.replace("\n", "\r\n"), "nl"),
        ("\n;;\n" + DUTCH + ";;;\n", "nl"),
        (ENGLISH, "en"),
        (ENGLISH.replace(",", "§").replace("12§500.5", "12,500.5").replace("13§000", "13,000").replace("§", ";"), "en"),
    ],
)
def test_a_row_with_everything_in_any_notation(source: str, locale: str) -> None:
    team = plan(replace(TEAM, locale=locale), read(source, replace(TEAM, locale=locale)), TODAY).team
    kpi = team.kpis[-1]
    assert (kpi.name, kpi.owner, kpi.process, kpi.definition) == ("Omzet", "s", "p", "wat er binnenkomt")
    assert (kpi.promise, kpi.red_edge, kpi.stretch, kpi.unit, kpi.decimals) == (
        Decimal("12500.5"), Decimal(13000), Decimal(12000), "€", 1,
    )  # fmt: skip
    assert (kpi.direction, kpi.period, kpi.counting) == (Direction.AT_MOST, Period.QUARTER, Counting.RUNNING_TOTAL)
    assert (kpi.timing, kpi.measures, kpi.nature) == (Timing.LEADING, Measures.INPUT, Nature.SOFT)
    assert kpi.most_important


def test_an_empty_cell_says_nothing_and_a_dash_takes_an_edge_away() -> None:
    team = replace(TEAM, kpis=(replace(TEAM.kpis[0], red_edge=Decimal(6), stretch=Decimal(10), definition="zo"),))
    file = read("naam;eigenaar;belofte;rode grens;supergroen;definitie\nKlachten;Sanne;8;;-;", team)
    (kpi,) = plan(team, file, TODAY).team.kpis
    assert (kpi.red_edge, kpi.stretch, kpi.definition) == (Decimal(6), None, "zo")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("naam;eigenaar;belofte\na;Sanne;12.50", "Line 2, column 3 (belofte): 12.50 is not a Dutch number"),
        ("naam;eigenaar;belofte\na;Sanne;8\nb;Sane;8", 'Line 3, column 2 (eigenaar): "Sane" is not in the team; did'),
        ("naam;eigenaar;belofte\na;Sanne;", "Line 2, column 3 (belofte): this cell is empty, and it is needed."),
        ("naam;eigenaar;belofte\na;Sanne;-", "Line 2, column 3 (belofte): this is empty, and a promise was expected"),
        ("naam;eigenaar;belofte;periode\na;Sanne;8;uur", 'Line 2, column 4 (periode): "uur" is not one of dag, week,'),
        ("naam;eigenaar;belofte;bzz\na;Sanne;8;7",
         "Line 1, column 4 (bzz): this name is not known here; what can stand here is "
         "eigenaar, naam, proces, definitie, belofte, richting, periode, telling, eenheid, decimalen, rode grens, "),
        ("naam;eigenaar;belofte;★\na;Sanne;8;soms", 'Line 2, column 4 (★): "soms" is neither yes nor no.'),
        ("naam;eigenaar;belofte;★\na;Sanne;8;x\nb;Sanne;8;x", "Line 3, column 4 (★): "),
        ("naam;eigenaar;belofte;proces\na;Sanne;8;x",
         'Line 2, column 4 (proces): there is no process "x"; add it first, under Team.'),
        ("naam;eigenaar;belofte;rood\na;Sanne;8;9", "Line 2, column 4 (rood): More is better here, so red"),
        ("naam;eigenaar;belofte;decimalen\na;Sanne;8;x", 'Line 2, column 4 (decimalen): "x" is not a whole number'),
        ("naam;eigenaar;belofte\na;Sanne;8\nA;SANNE;8", 'Line 3, column 1 (naam): "A" stands in this file twice'),
        (f"naam;eigenaar;belofte\n{'x' * 121};Sanne;8", "Line 2, column 1 (naam): "),
        ("naam;eigenaar;belofte;actual\na;Sanne;8;7", "Line 1, column 4 (actual): an actual is never imported"),
        ("naam;eigenaar;belofte;peroide\na;Sanne;8;dag", "Line 1, column 4 (peroide): this name is not known here"),
        ("naam;eigenaar;belofte;kpi\na;Sanne;8;b", "Line 1, column 4 (kpi): there is a column for this already."),
        ("naam;eigenaar\na;Sanne", "Line 1: there is no column belofte: the first line"),
        ("naam;eigenaar;belofte\na;b;Sanne;8", "Line 2: there are 4 cells where the first line has 3"),
        ('naam;eigenaar;belofte\n"a"b;Sanne;8', "Line 2: the double quotes do not match"),
        ('naam;eigenaar;belofte\na;Sanne;8\n"b;Sanne;8\nc;Sanne;8', "Line 3: the double quotes do not match"),
        ('naam;eigenaar;belofte;unit\na;Sanne;8;"één\ntwee\ndrie"\nb;Wim;1;',
         'Line 5, column 2 (eigenaar): "Wim" is not in the team; add that person first, under Team.'),
    ],
)  # fmt: skip
def test_one_mistake_is_told_with_line_and_column(source: str, told: str) -> None:
    (problem,) = refused(source)
    assert problem.startswith(told)


@pytest.mark.parametrize("source", ["", "\n\n", "een stukje tekst", "a,b\n1,2", "\x00", "naam|eigenaar|belofte\na|b|1"])
def test_what_is_no_list_of_kpis_is_refused(source: str) -> None:
    assert any("there is no column" in problem for problem in refused(source))


def test_all_mistakes_are_told_at_once() -> None:
    assert len(refused("naam;eigenaar;belofte;periode\na;Wim;x;y\nb;;1;dag\nc;Sanne;2;3;4")) == 5


def test_where_nobody_is_yet_the_owners_become_the_people() -> None:
    team = Team("T", "nl")
    source = "naam;eigenaar;belofte;proces\na;Sanne;1;van lead tot deal\nb;Bram;1;\nc;SANNE;1;Van Lead Tot Deal"
    done = plan(team, read(source, team), TODAY)
    assert [person.name for person in done.team.people] == ["Sanne", "Bram"]
    assert [process.name for process in done.team.processes] == ["van lead tot deal"]
    assert len(done.team.kpis) == 3
    assert plan(done.team, read(source, done.team), TODAY).team.people == done.team.people


@given(teams())
def test_the_kpis_come_back_from_their_csv(team: Team) -> None:
    bare = replace(team, kpis=())
    back = plan(bare, read("".join(as_csv(team)), bare), TODAY).team
    assert told(back)["kpis"] == told(team)["kpis"]
    assert plan(team, read("".join(as_csv(team)), team), TODAY).empty


def test_a_companys_list_goes_in_by_csv_and_comes_out_by_toml_unchanged() -> None:
    definitions = [
        '<b>"bruto" marge</b> &amp; A/B; zie https://x.nl/?a=1&b=2',
        "=SOM(A1;A2)",
        "50% / 'k' \\ \"",
        "- per dag",
    ]
    names = [f'Getal {n}: "offertes" & <leads>/klant{"x" * (n % 80)}' for n in range(100)]
    lines = ["naam;eigenaar;belofte;definitie"]
    for n, name in enumerate(names):
        definition = definitions[n % 4].replace('"', '""')
        lines.append(f'"{name.replace(chr(34), chr(34) * 2)}";Sanne;{n},5;"{definition}"')
    done = plan(TEAM, read("\n".join(lines), TEAM), TODAY).team
    back = plan(None, team_file.read("".join(as_toml(done))), TODAY).team
    assert [kpi.name for kpi in back.kpis[1:]] == names
    assert [kpi.definition for kpi in back.kpis[1:]] == definitions * 25
    assert [kpi.promise for kpi in back.kpis[1:]] == [Decimal(f"{n}.5") for n in range(100)]


def test_every_value_has_a_word_in_both_languages() -> None:
    kinds = {
        "direction": Direction, "period": Period, "counting": Counting, "timing": Timing, "measures": Measures,
        "nature": Nature,
    }  # fmt: skip
    for key, kind in kinds.items():
        assert set(WORDS[key].values()) == {member.value for member in kind}
    headers = [header for key, others in HEADERS.items() for header in (key.replace("_", " "), *others)]
    assert len(headers) == len(set(headers))


@given(st.text(max_size=300) | st.text("abc;,\t\"'\n=-8,.", max_size=100).map("naam;eigenaar;belofte\n".__add__))
def test_any_text_is_read_or_refused_with_a_sentence(source: str) -> None:
    with suppress(HuddleError):
        read(source, TEAM)
