"""Where today's huddle is gone into."""

from __future__ import annotations

from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.huddle import Stage
from huddle_tui.store.port import Book
from huddle_tui.ui.places import Place, RecapOf, RunningHuddle, TakenHuddle


def todays_huddle(book: Book, time: Timepiece) -> Place:
    """The round, claimed; its recap when it has ended; a choice where another program runs it. Raises HuddleError."""
    hosting = Hosting(book, time)
    if hosting.round.huddle.stage is Stage.ENDED:
        return RecapOf(hosting.round.huddle, hosting.round.team)
    return RunningHuddle(hosting) if hosting.claim() else TakenHuddle(hosting)
