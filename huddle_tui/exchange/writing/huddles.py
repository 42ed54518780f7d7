"""Huddles: the session as it is stored, as JSON for other programs, CSV for spreadsheets and Markdown for people."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from huddle_tui.domain.dates import iso
from huddle_tui.domain.huddle import Huddle, Stuck, Turn
from huddle_tui.domain.open_ends import Ledger, OpenEnds, begun
from huddle_tui.domain.promises import Outcome, outcomes
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.summary import said_stucks, summarise
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import actions, readings, recap, spreadsheet
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.jsons import array, corrections, day, name

COLUMNS: Final = (
    *(N_("date"), N_("team"), N_("started_at"), N_("ended_at"), N_("seconds"), N_("time_box_s")),
    *(N_("temperature"), N_("present"), N_("absent"), N_("kept"), N_("judged"), N_("red flags")),
    *(N_("open stucks"), N_("actions"), N_("open actions")),
)
"""The columns of the CSV."""


def document(huddle: Huddle, became: Mapping[str, Outcome], ends: OpenEnds) -> dict[str, Any]:
    """A huddle as the JSON export has it (the interface, "The JSON export"); `ends` is what was open on its day."""
    return {
        "date": huddle.day,
        "team": name(huddle.team),
        "started_at": iso(huddle.started_at) if huddle.started_at else None,
        "ended_at": iso(huddle.ended_at) if huddle.ended_at else None,
        "time_box_s": huddle.time_box,
        "temperature": huddle.temperature,
        "turns": [_turn(turn, became) for turn in huddle.turns],
        "actions": [actions.document(action) for action in huddle.actions],
        "offline": [{"what": clean(subject.what), "who": clean(subject.who)} for subject in huddle.offline],
        "carried": _carried(huddle.day, ends),
    }


def _carried(on: date, ends: OpenEnds) -> dict[str, Any]:
    """What was open from earlier huddles when this one began."""
    return {
        "stucks": [
            {
                "person": clean(aged.said.name),
                "text": clean(aged.said.text),
                "since": day(aged.since),
                "rounds": aged.age,
                "solved_on": day(aged.said.stuck.solved_on),
            }
            for aged in (*ends.stucks, *ends.solved)
            if aged.since < on
        ],
        "actions": [
            {
                **actions.document(aged.action),
                "since": day(aged.day),
                "rounds": aged.age,
                "done_on": day(aged.action.done_on),
            }
            for aged in (*ends.actions, *ends.done)
            if aged.day < on
        ],
    }


def _turn(turn: Turn, became: Mapping[str, Outcome]) -> dict[str, Any]:
    return {
        "person": name(turn.name),
        "state": turn.state,
        "seconds": round(turn.watch.used),
        "stuck": clean(turn.stuck),
        "stucks": [_stuck(stuck) for stuck in turn.stucks],
        "by_proxy": turn.by_proxy,
        "readings": [readings.document(reading, became.get(reading.kpi)) for reading in turn.readings],
    }


def _stuck(stuck: Stuck) -> dict[str, Any]:
    found = {"text": clean(stuck.text), "rounds": stuck.rounds, "solved_on": day(stuck.solved_on)}
    return found | ({"corrections": corrections(stuck.corrections)} if stuck.corrections else {})


def as_json(asked: Asked) -> Iterator[str]:
    """One array of huddles, oldest first."""
    return array(document(*told) for told in _told(asked))


def _told(asked: Asked) -> Iterator[tuple[Huddle, Mapping[str, Outcome], OpenEnds]]:
    """Huddles, each with what became of its promises and what was open; the summaries tell of those before them."""
    ledger, earlier = Ledger(), iter(begun(asked.summaries))
    before = next(earlier, None)
    for huddle, became in outcomes(asked.huddles, asked.team.calendar):
        while before is not None and before.day < huddle.day:
            ledger.add(before.day, before.stucks, before.actions)
            before = next(earlier, None)
        if before is not None and before.day == huddle.day:
            before = next(earlier, None)
        ledger.add(huddle.day, said_stucks(huddle), huddle.actions)
        yield huddle, became, ledger.ends(huddle.day)


def as_csv(asked: Asked) -> Iterator[str]:
    """A row per huddle."""
    return spreadsheet.table(COLUMNS, map(_row, asked.huddles), asked.team.locale)


def _row(huddle: Huddle) -> list[spreadsheet.Cell]:
    told = summarise(huddle)
    return [
        *(huddle.day, huddle.team),
        *(iso(huddle.started_at) if huddle.started_at else None, iso(huddle.ended_at) if huddle.ended_at else None),
        *(round(told.seconds), told.time_box, huddle.temperature, ", ".join(told.present), ", ".join(told.absent)),
        *(told.kept, told.due, told.red),
        *(len(told.open_stucks), len(huddle.actions), len(told.open_actions)),
    ]


def as_markdown(asked: Asked) -> Iterator[str]:
    """The recap of each."""
    for place, (huddle, became, ends) in enumerate(_told(asked)):
        if place:
            yield "\n"
        yield from recap.as_markdown(recap.Recap(huddle, asked.team, became, ends))
