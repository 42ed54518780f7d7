"""The recap of one huddle: what has to be read for it."""

from datetime import date, datetime, timedelta

from huddle_tui.domain.huddle import Stage
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.exports import between, export
from huddle_tui.exchange.writing.recap import BEFORE
from huddle_tui.store.port import Book


def asked(book: Book, team: Team, day: date, now: datetime) -> Asked:
    """What the recap of that day's huddle is made of: what was open then, and what was promised before it."""
    days = between(book.days(), day - timedelta(days=BEFORE), day)
    return Asked(team, book.huddles(days), now, None, day, book.summaries())


def recap(book: Book, team: Team, day: date, now: datetime, kind: str) -> str:
    """The recap of that day's huddle as `text`, `md` or `html`; empty where there is none."""
    return "".join(export("recap", kind, asked(book, team, day, now)))


def held_on(book: Book, day: date) -> date:
    """That day; raises HuddleError, which names the one before it, where no huddle was held on it."""
    days = book.days()
    found = next(book.huddles([day]), None)
    if day in days and (found is None or found.stage is not Stage.OPENING):  # one that cannot be read was held
        return day
    before = max((other for other in days if other < day), default=None)
    if before is None:
        raise HuddleError(N_("No huddle was held on {day}, nor before it."), day=day)
    raise HuddleError(N_("No huddle was held on {day}; the one before it was on {before}."), day=day, before=before)
