"""Closing a huddle that nobody closed (METHOD 8). Pure."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from huddle_tui.domain.huddle import Huddle, TurnState
from huddle_tui.domain.round import Round
from huddle_tui.domain.team import Team
from huddle_tui.domain.turns import clocks


def closed_late(huddle: Huddle, team: Team, at: datetime) -> Huddle:
    """A huddle that nobody closed, closed with the time of its last save (METHOD 8). Who was cut off had their say."""
    turns = tuple(
        replace(turn, state=TurnState.DONE if turn.readings or turn.stucks else TurnState.SKIPPED)
        if turn.state is TurnState.SPEAKING
        else turn
        for turn in huddle.turns
    )
    closing = Round(clocks(replace(huddle, turns=turns), 0.0, running=False), team)
    return closing.end(huddle.temperature, 0.0, at).huddle
