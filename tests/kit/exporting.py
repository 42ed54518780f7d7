"""What an export comes to, as one text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from msgspec.structs import replace

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.exports import export
from tests.kit.fakes import FakeTime


def exported_text(
    what: str, kind: str, team: Team, huddles: Iterable[Huddle], first: date | None = None, last: date | None = None
) -> str:
    """The whole text, asked for on Monday 23 November 2026; a team without times huddles at 09:07."""
    if not team.huddle_times:
        team = replace(team, huddle_times=dict.fromkeys(range(7), time(9, 7))) if what == "calendar" else team
    return "".join(export(what, kind, Asked(team, huddles, FakeTime().now(), first, last)))
