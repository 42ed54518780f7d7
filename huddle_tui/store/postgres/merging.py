"""A text that was changed without the server meets what is stored there by now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath

from huddle_tui.domain import checkin
from huddle_tui.domain.huddle_merging import merged_huddle
from huddle_tui.domain.merging import merged_teams, whole_again
from huddle_tui.store import documents
from huddle_tui.store.documents import CHECK_INS, TEAM
from huddle_tui.store.postgres.outbox import Unsent


def merge(now: Callable[[], datetime], by: str, name: str, unsent: Unsent, stored: str | None) -> str:
    """The text that holds what `unsent` came to and what is stored by now, each made of what it began from.

    `by` names this machine to people, in the trail of a number that two machines know differently, and `now` is when.
    Raises HuddleError where two edits of the team contradict each other.
    """
    if stored is None or stored == unsent.base:
        return unsent.ours
    place = PurePath(name)
    if name == TEAM:
        base = documents.read_team(unsent.base or stored, place)
        ours, theirs = (documents.read_team(text, place) for text in (unsent.ours, stored))
        return documents.write_team(whole_again(merged_teams(base, ours, theirs), ours), stored)
    if name.startswith(CHECK_INS):
        person, texts = name.removeprefix(CHECK_INS), (unsent.base, unsent.ours, stored)
        found = [documents.read_check_ins(text, person, place) if text else [] for text in texts]
        return documents.write_check_ins(checkin.merged_days(*found), stored)
    day = documents.day_of(name)
    began = None if unsent.base is None else documents.read_huddle(unsent.base, day, place)
    mine, there = (documents.read_huddle(text, day, place) for text in (unsent.ours, stored))
    return documents.write_huddle(merged_huddle(began, mine, there, now(), by), stored, there)
