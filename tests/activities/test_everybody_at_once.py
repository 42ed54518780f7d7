"""Twelve programs check in at the same moment on one book while a thirteenth runs the round: nothing gets lost."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import TurnState
from huddle_tui.domain.team import Order, Person, Team
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.tiny import TinyBook
from tests.kit.at_once import number
from tests.kit.exporting import exported_text
from tests.kit.fakes import MONDAY, small_team

PEOPLE = 13
WHOLE_RUN = 300.0
"""Seconds in which even a crowded machine is done; how fast it is, is a matter of the benchmarks."""


def large_team() -> Team:
    """Thirteen people with the four numbers of the small team each."""
    few = small_team("nl", people=1)
    people = tuple(Person(f"p{n}", f"Persoon {n}", "Directeur") for n in range(PEOPLE))
    kpis = tuple(
        replace(kpi, id=f"{person.id}-{place}", owner=person.id)
        for person in people
        for place, kpi in enumerate(few.kpis)
    )
    return replace(few, people=people, kpis=kpis, order=Order.LISTED)


def all_at_once(folder: Path, team: Team) -> list[float]:
    """Runs the round and everybody's check-in; the longest wait of each, the round's first."""
    host, *others = (person.id for person in team.people)
    jobs = [("round", host), *(("checkin", person) for person in others)]
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.kit.at_once", job, str(folder), person],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for job, person in jobs
    ]  # fmt: skip
    try:
        for program in programs:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        return [float(program.communicate(timeout=WHOLE_RUN)[0]) for program in programs]
    finally:
        for program in programs:
            program.kill()
            program.wait()
            for pipe in (program.stdin, program.stdout):
                if pipe is not None:
                    pipe.close()


@pytest.mark.slow
def test_every_number_of_every_one_is_in_the_export(tmp_path: Path) -> None:
    team, folder = large_team(), tmp_path / "book"
    TinyBook(folder).change_team(lambda _: team)
    waits = all_at_once(folder, team)
    assert len(waits) == PEOPLE
    book = TinyBook(folder)
    huddle = book.huddle(MONDAY)
    assert huddle is not None
    assert {turn.state for turn in huddle.turns} == {TurnState.DONE}
    said = {reading.kpi: reading for reading in huddle.readings}
    assert {kpi: reading.actual for kpi, reading in said.items()} == {k.id: number(team, k.id) for k in team.kpis}
    assert {kpi for kpi, reading in said.items() if not reading.checked_in} == {k.id for k in team.kpis_of("p0")}
    assert [turn.stuck for turn in huddle.turns] == ["", *(f"stuck of p{n}" for n in range(1, PEOPLE))]
    (exported,) = json.loads(exported_text("huddles", "json", team, [huddle]))
    actuals = [r["actual"] for turn in exported["turns"] for r in turn["readings"]]
    assert sorted(map(Decimal, actuals)) == sorted(number(team, kpi.id) for kpi in team.kpis)
    assert [c for person in team.people for c in book.check_ins(person.id)] == []
    assert examine(folder, repair=False) == []
    assert huddle.watch.used > 0
