"""Every rule of METHOD 10 speaks when it should and is silent when it should, in both languages."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.domain.coach import advise
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.library import DELIVERIES, TEMPLATES, delivery
from huddle_tui.domain.team import Kpi, Measures, Person, Process, Team, Timing
from huddle_tui.domain.telltales import department, speaks_of_attendance
from huddle_tui.domain.workdays import Period

NAMES = ("Sanne", "Bram", "Fatima", "Joris")
PROCESSES = ("relevante aanvragen", "van lead tot deal", "werkende oplossingen", "enthousiaste klanten")


def kpi(owner: str, name: str, **more: object) -> Kpi:
    return Kpi(f"{owner}/{name}", name, owner, Decimal(8), **more)  # type: ignore[arg-type]


def perfect() -> Team:
    """Four people with three numbers each, every one the key number of the process they are accountable for."""
    people = tuple(Person(name.lower(), name) for name in NAMES)
    processes = tuple(Process(f"p{i}", name, people[i].id) for i, name in enumerate(PROCESSES))
    kpis = [
        kpi(person.id, f"{what} {person.name}", process=process.id, timing=timing, most_important=star)
        for person, process in zip(people, processes, strict=True)
        for what, timing, star in (
            ("Opgelost", Timing.LAGGING, True),
            ("Toegezegd", Timing.LEADING, False),
            ("Open", Timing.LAGGING, False),
        )
    ]
    return Team("Voorbeeld", people=people, processes=processes, kpis=tuple(kpis))


def said(team: Team) -> list[tuple[str, str]]:
    return [(advice.id, advice.about) for advice in advise(team)]


def with_kpis(team: Team, owner: str, change: object) -> Team:
    """The team with `change(kpi)` in place of each of the owner's numbers."""
    return replace(team, kpis=tuple(change(k) if k.owner == owner else k for k in team.kpis))  # type: ignore[operator]


def test_the_perfect_team_is_left_in_peace() -> None:
    assert advise(perfect()) == []


@pytest.mark.parametrize(
    ("count", "rule"), [(1, "few-numbers"), (2, "few-numbers"), (5, "many-numbers"), (3, None), (4, None)]
)
def test_three_or_four_numbers(count: int, rule: str | None) -> None:
    team = perfect()
    others = tuple(k for k in team.kpis if k.owner != "bram")
    process = (Process("p1", PROCESSES[1], "bram", ("Opgelost Bram", "Toegezegd Bram", "Open Bram")),)
    mine = tuple(
        kpi("bram", name, most_important=i == 0, timing=Timing.LEADING, process="p1")
        for i, name in enumerate(("Opgelost Bram", "Toegezegd Bram", "Open Bram", "Vier", "Vijf")[:count])
    )
    team = replace(team, kpis=(*others, *mine), processes=(team.processes[0], *process, *team.processes[2:]))
    mine_only = [advice for advice in said(team) if advice[0] != "unspoken"]
    assert mine_only == ([(rule, "Bram")] if rule else [])


def test_a_retired_number_is_not_counted() -> None:
    team = perfect()
    extra = tuple(kpi("bram", f"Oud {i}", retired_on=date(2026, 1, 5), most_important=True) for i in range(3))
    assert advise(replace(team, kpis=(*team.kpis, *extra))) == []


def test_nobody_without_a_leading_number() -> None:
    team = with_kpis(perfect(), "fatima", lambda k: replace(k, timing=Timing.LAGGING))
    assert said(team) == [("no-leading", "Fatima")]


@pytest.mark.parametrize(
    ("inputs", "rules"), [(1, []), (2, [("mostly-input", "Joris")]), (3, [("mostly-input", "Joris")])]
)
def test_more_input_than_output(inputs: int, rules: list[tuple[str, str]]) -> None:
    team = perfect()
    mine = iter(range(3))
    team = with_kpis(team, "joris", lambda k: replace(k, measures=list(Measures)[next(mine) < inputs]))
    assert said(team) == rules


def test_as_much_input_as_output_is_fine() -> None:
    team = perfect()
    team = replace(team, kpis=(*team.kpis, kpi("joris", "Bezoeken", measures=Measures.INPUT)))
    first = next(k for k in team.kpis if k.owner == "joris")
    team = with_kpis(team, "joris", lambda k: replace(k, measures=Measures.INPUT) if k.id == first.id else k)
    assert advise(team) == []


def test_only_slow_numbers() -> None:
    slow = {Period.MONTH, Period.QUARTER}
    team = with_kpis(
        perfect(), "sanne", lambda k: replace(k, period=Period.QUARTER if k.most_important else Period.MONTH)
    )
    assert {k.period for k in team.kpis_of("sanne")} == slow
    assert said(team) == [("slow-only", "Sanne")]
    team = with_kpis(team, "sanne", lambda k: replace(k, period=Period.WEEK) if k.most_important else k)
    assert advise(team) == []


@pytest.mark.parametrize(
    "name",
    [
        "factureerbare uren", "Factureerbare uren", "werkuren", "Gewerkte uren", "uren", "UREN", "Overuren",
        "uur gewerkt", "urenregistratie", "ingevulde urenstaten", "support-uren", "Trainingsuren", "monteursuren",
        "declarabele uren (%)", "Aanwezigheid", "aanwezigheid op kantoor", "aanwezigheidspercentage",
        "Kantooraanwezigheid", "dagen aanwezig", "presentielijst", "Aantal FTE", "fte's", "FTEs", "billable hours",
        "Hours worked", "hour", "man-hours", "manhours", "Attendance", "meeting attendance", "Presence in the office",
        "Days present", "full-time equivalents", "mandagen",
    ],
)  # fmt: skip
def test_attendance_is_no_contribution(name: str) -> None:
    assert speaks_of_attendance(name)


@pytest.mark.parametrize(
    "name",
    [
        "Uruguay", "Omzet Uruguay", "duur", "Doorlooptijd en duur", "literatuur", "Gelezen literatuur", "facturen",
        "Facturen verstuurd", "factuur", "natuur", "procedures", "vacatures vervuld", "Structuur",
        "Storingen verholpen", "huurders", "Verhuur", "vuur", "figuren", "cultuur", "temperaturen", "besturen",
        "sturen", "buren", "avonturen", "hourglass", "our customers", "Omzet per uur", "Binnen 4 uur beantwoord",
        "Answered within 4 hours", "Answered within an hour", "aftersales", "software", "Softer", "represented",
        "Presents", "afternoon", "Customers", "",
    ],
)  # fmt: skip
def test_other_words_are_not_attendance(name: str) -> None:
    assert not speaks_of_attendance(name)


@pytest.mark.parametrize("unit", ["uur", "hours", "FTE", "h", "u", "€/uur", "€", "%", "kWh", ""])
def test_attendance_in_the_unit(unit: str) -> None:
    speaks = unit in {"uur", "hours", "FTE", "h", "u"}
    assert speaks_of_attendance("Inzet", unit) is speaks
    team = with_kpis(perfect(), "bram", lambda k: replace(k, unit=unit) if k.most_important else k)
    assert said(team) == ([("attendance", "Bram")] if speaks else [])


@pytest.mark.parametrize(
    ("name", "unit", "speaks"),
    [
        ("Reply time in hours", "", False), ("Reactietijd in uren", "", False), ("Reactietijd (uren)", "", False),
        ("Hours to the first reply", "", False), ("Reactietijd", "uur", False), ("Reply time", "h", False),
        ("Overuren", "", True), ("Gewerkte uren", "", True), ("Worked", "hours", True), ("Man-hours", "", True),
        ("Attendance in hours", "", True), ("Afwezigen", "FTE", True), ("Billable", "h", True),
    ],
)  # fmt: skip
def test_hours_as_a_unit_of_speed_are_not_attendance(name: str, unit: str, speaks: bool) -> None:
    assert speaks_of_attendance(name, unit, at_most=True) is speaks
    team = with_kpis(
        perfect(),
        "bram",
        lambda k: replace(k, name=name, unit=unit, direction=Direction.AT_MOST) if k.most_important else k,
    )
    assert said(team) == ([("attendance", "Bram")] if speaks else [])


def test_attendance_names_the_number_once() -> None:
    team = perfect()
    star = next(k for k in team.kpis if k.owner == "bram" and k.most_important)
    team = with_kpis(team, "bram", lambda k: replace(k, name="Uren", unit="uur") if k.id == star.id else k)
    [advice] = advise(team)
    assert (advice.id, advice.about) == ("attendance", "Bram")
    assert "“Uren”" in str(advice.sentence)
    assert "Bram" in str(advice.sentence)


@pytest.mark.parametrize("stars", [0, 2, 3])
def test_exactly_one_most_important_number(stars: int) -> None:
    mine = iter(range(3))
    team = with_kpis(perfect(), "joris", lambda k: replace(k, most_important=next(mine) < stars))
    assert said(team) == [("no-most-important", "Joris")]


@pytest.mark.parametrize(("count", "speaks"), [(0, True), (1, True), (3, True), (4, False), (9, False), (10, True)])
def test_four_to_nine_core_processes(count: int, speaks: bool) -> None:
    team = perfect()
    people = tuple(Person(f"x{i}", f"Naam {i}") for i in range(count))
    more = tuple(Process(f"q{i}", f"iets moois {i}", f"x{i}", ("a", "b", "c")) for i in range(count))
    spoken = tuple(kpi(f"x{i}", name, process=f"q{i}", timing=Timing.LEADING, most_important=name == "a")
                   for i in range(count) for name in "abc")  # fmt: skip
    team = replace(team, people=people, processes=more, kpis=spoken)
    assert said(team) == ([("process-count", "Voorbeeld")] if speaks else [])


def test_a_process_needs_somebody_who_is_still_here() -> None:
    team = perfect()
    hole = replace(team.processes[2], accountable=None)
    assert said(replace(team, processes=(*team.processes[:2], hole, team.processes[3]))) == [
        ("no-accountable", "werkende oplossingen")
    ]


def test_whoever_leaves_takes_the_voice_along_and_leaves_a_hole() -> None:
    team = perfect()
    gone = replace(team.people[0], left_on=date(2026, 3, 1))
    told = said(replace(team, people=(gone, *team.people[1:])))
    assert Counter(told) == {("no-accountable", "relevante aanvragen"): 1, ("unspoken", "relevante aanvragen"): 3}


def test_three_key_numbers() -> None:
    team = perfect()
    one = next(k for k in team.kpis if k.process == "p3")
    loose = tuple(replace(k, process=None) if k.id == one.id else k for k in team.kpis)
    assert said(replace(team, kpis=loose)) == [("process-numbers", "enthousiaste klanten")]


def test_the_same_key_number_written_and_spoken_is_one() -> None:
    team = perfect()
    spoken = next(k for k in team.kpis if k.process == "p3")
    written = replace(team.processes[3], key_numbers=(spoken.name.upper(),))
    assert advise(replace(team, processes=(*team.processes[:3], written))) == []


def test_a_written_number_that_nobody_reads_out() -> None:
    team = perfect()
    written = replace(team.processes[3], key_numbers=("Klachten", "Klachten van vorige week"))
    told = advise(replace(team, processes=(*team.processes[:3], written)))
    assert [advice.id for advice in told] == ["unspoken", "unspoken"]
    assert "“Klachten van vorige week”" in str(told[1].sentence)
    retired = kpi("bram", "Klachten", process="p3", retired_on=date(2026, 1, 1))
    team = replace(team, processes=(*team.processes[:3], written), kpis=(*team.kpis, retired))
    assert [advice.id for advice in advise(team)] == ["unspoken", "unspoken"]


@pytest.mark.parametrize(
    "name",
    [
        "sales", "Sales", "SALES", "marketing", "HR", "hr", "finance", "Finance & control", "support",
        "Customer support", "verkoop", "Verkoop", "financiën", "Financiën", "inkoop", "IT", "ICT", "Afdeling verkoop",
        "verkoopafdeling", "Sales & Marketing", "marketing en verkoop", "Sales / Marketing", "HR-afdeling",
        "the HR department", "R&D", "P&O", "Human Resources", "Klantenservice", "Sales team", "salesteam",
        "verkoopproces", "Logistiek", "Magazijn", "boekhouding", "Customer Service", "helpdesk", "Support.",
        "Productie", "Personeelszaken", "Juridische zaken",
    ],
)  # fmt: skip
def test_a_department_is_no_process(name: str) -> None:
    assert department(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "van lead tot deal", "from lead to deal", "enthousiaste klanten", "relevant enquiries", "Relevante aanvragen",
        "van verkoop tot werkende oplossing", "support that delights", "from order to cash", "HR: talent ontwikkelen",
        "marketing (relevante aanvragen)", "werkende oplossingen", "Italië veroveren", "It just works", "Titel",
        "successful products", "juiste voorraad op tijd", "verkoopklare huizen", "", "team", "de & het",
    ],
)  # fmt: skip
def test_a_name_that_says_what_is_delivered(name: str) -> None:
    assert department(name) is None


def test_the_coach_proposes_what_the_department_delivers() -> None:
    team = perfect()
    sales = replace(team.processes[1], name="Verkoop")
    [advice] = advise(replace(team, processes=(team.processes[0], sales, *team.processes[2:])))
    assert (advice.id, advice.about) == ("department-name", "Verkoop")
    assert "“from lead to deal”" in str(advice.sentence)


@pytest.mark.parametrize(("carries", "speaks"), [(2, False), (3, True)])
def test_more_than_two_processes_is_too_much(carries: int, speaks: bool) -> None:
    team = perfect()
    processes = tuple(replace(p, accountable="sanne") if i < carries else p for i, p in enumerate(team.processes))
    assert said(replace(team, processes=processes)) == ([("overloaded", "Sanne")] if speaks else [])


def test_a_team_that_offends_every_rule_hears_each_offence_once() -> None:
    """Each person and each process offends in one way, so that no sentence can hide behind another."""
    names = ("few", "many", "lagging", "input", "slow", "present", "starless", "atlas", "quiet", "calm")
    people = tuple(Person(x, x.title()) for x in names)
    made = [
        kpi(person, f"{person} {x}", process=f"p{at}", most_important=x == "a", timing=timing)
        for at, person in enumerate(names)
        for x, timing in (("a", Timing.LEADING), ("b", Timing.LAGGING), ("c", Timing.LAGGING))
    ]
    offend = {
        "few c": {"owner": "many"},
        "many a": {"process": None},
        "many b": {"owner": "many"},
        "lagging a": {"timing": Timing.LAGGING},
        "input b": {"measures": Measures.INPUT},
        "input c": {"measures": Measures.INPUT},
        "slow a": {"period": Period.MONTH},
        "slow b": {"period": Period.QUARTER},
        "slow c": {"period": Period.MONTH},
        "present b": {"name": "Factureerbare uren"},
        "starless a": {"most_important": False},
    }
    kpis = [replace(k, **offend.get(k.name, {})) for k in made] + [kpi("many", "many d")]  # type: ignore[arg-type]
    whose = {8: "atlas", 9: "atlas", 2: None}
    called = {3: "Inkoop", 5: "HR"}
    written = {4: ("Nooit gezegd",)}
    processes = tuple(
        Process(f"p{at}", called.get(at, f"iets moois {at}"), whose.get(at, person), written.get(at, ()))
        for at, person in enumerate(names)
    )
    assert Counter(said(Team("Ploeg", people=people, processes=processes, kpis=tuple(kpis)))) == {
        ("few-numbers", "Few"): 1,
        ("many-numbers", "Many"): 1,
        ("no-leading", "Lagging"): 1,
        ("mostly-input", "Input"): 1,
        ("slow-only", "Slow"): 1,
        ("attendance", "Present"): 1,
        ("no-most-important", "Starless"): 1,
        ("overloaded", "Atlas"): 1,
        ("process-count", "Ploeg"): 1,
        ("process-numbers", "iets moois 1"): 1,
        ("no-accountable", "iets moois 2"): 1,
        ("department-name", "Inkoop"): 1,
        ("department-name", "HR"): 1,
        ("unspoken", "iets moois 4"): 1,
    }


def test_every_sentence_names_what_it_is_about() -> None:
    team = replace(perfect(), kpis=(), processes=(Process("p", "Sales"),))
    for advice in advise(team):
        assert advice.about in str(advice.sentence)


def test_a_person_without_numbers_is_told_what_is_missing() -> None:
    team = Team("Leeg", people=(Person("a", "Anna"),))
    assert [rule for rule, about in said(team) if about == "Anna"] == [
        "few-numbers", "no-leading", "slow-only", "no-most-important"
    ]  # fmt: skip


def test_the_library_keeps_the_method() -> None:
    """What the program proposes itself would not offend the coach."""
    for delivers in DELIVERIES:
        assert department(delivers.name) is None
        assert len(delivers.examples) >= 3
        assert any(e.timing is Timing.LEADING for e in delivers.examples)
        assert not any(speaks_of_attendance(e.name, e.unit) for e in delivers.examples)
    for template in TEMPLATES:
        assert 4 <= len({delivery(id).name for id in template.deliveries}) == len(template.deliveries) <= 9
