"""Two versions of one document become one, whoever made them: a machine without its server, or a sync tool."""

from datetime import datetime
from typing import Any

from huddle_tui.domain import checkin
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.huddle_merging import merged_huddle
from huddle_tui.domain.merging import merged_teams, united_teams, whole_again
from huddle_tui.domain.team import Team


def merged(base: Any, ours: Any, theirs: Any, at: datetime, by: str) -> Any:
    """Team, huddle or check-ins, both made from `base`, where that is known.

    Where both said another number, ours holds and theirs stands in its corrections, from `by` at `at`. Raises
    HuddleError where two edits of the team contradict each other.
    """
    match ours:
        case Team() if base is None:
            return united_teams(ours, theirs)
        case Team():
            return whole_again(merged_teams(base, ours, theirs), ours)
        case Huddle():
            return merged_huddle(base, ours, theirs, at, by)
    return checkin.merged_days(base or [], ours, theirs)
