"""Huddles: the session as it is stored, as JSON for other programs, CSV for spreadsheets and Markdown for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from huddle_tui.domain.dates import iso
from huddle_tui.domain.huddle import Huddle, Turn
from huddle_tui.domain.promises import Outcome, outcomes
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Team
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import actions, readings, spreadsheet
from huddle_tui.exchange.writing.jsons import array
from huddle_tui.exchange.writing.recap import recap
from huddle_tui.i18n import _

COLUMNS: Final = (
    *(N_("date"), N_("team"), N_("started_at"), N_("ended_at"), N_("seconds"), N_("time_box_s")),
    *(N_("temperature"), N_("present"), N_("absent"), N_("kept"), N_("judged"), N_("red flags")),
    *(N_("open stucks"), N_("actions"), N_("open actions")),
)
"""The columns of the CSV."""


def document(huddle: Huddle, became: Mapping[str, Outcome]) -> dict[str, Any]:
    """A huddle as the JSON export has it (the interface, "The JSON export")."""
    return {
        "date": huddle.day.isoformat(),
        "team": clean(huddle.team),
        "started_at": iso(huddle.started_at) if huddle.started_at else None,
        "ended_at": iso(huddle.ended_at) if huddle.ended_at else None,
        "time_box_s": huddle.time_box,
        "temperature": huddle.temperature,
        "turns": [_turn(turn, became) for turn in huddle.turns],
        "actions": [actions.document(action) for action in huddle.actions],
        "offline": [{"what": clean(subject.what), "who": clean(subject.who)} for subject in huddle.offline],
    }


def _turn(turn: Turn, became: Mapping[str, Outcome]) -> dict[str, Any]:
    return {
        "person": clean(turn.name),
        "state": turn.state.value,
        "seconds": round(turn.watch.used),
        "stuck": clean(turn.stuck),
        "stucks": [
            {"text": clean(one.text), "rounds": one.rounds, "solved_on": one.solved_on and one.solved_on.isoformat()}
            for one in turn.stucks
        ],
        "by_proxy": turn.by_proxy,
        "readings": [readings.document(reading, became.get(reading.kpi)) for reading in turn.readings],
    }


def as_json(huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """One array of huddles, oldest first."""
    return array(document(huddle, became) for huddle, became in outcomes(huddles, team.calendar))


def as_csv(huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """A row per huddle."""
    yield from spreadsheet.rows([[_(name) for name in COLUMNS]], team.locale)
    yield from spreadsheet.rows((_row(huddle) for huddle in huddles), team.locale)


def _row(huddle: Huddle) -> list[spreadsheet.Cell]:
    told = summarise(huddle)
    return [
        *(huddle.day, huddle.team),
        *(iso(huddle.started_at) if huddle.started_at else None, iso(huddle.ended_at) if huddle.ended_at else None),
        *(round(told.seconds), told.time_box, huddle.temperature, ", ".join(told.present), ", ".join(told.absent)),
        *(told.kept, told.judged, told.red),
        *(len(told.open_stucks), len(huddle.actions), len(told.open_actions)),
    ]


def as_markdown(huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """The recap of each."""
    for place, huddle in enumerate(huddles):
        yield ("\n" if place else "") + recap(huddle, team)
