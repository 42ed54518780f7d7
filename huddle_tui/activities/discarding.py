"""A huddle that was held as a test goes to the bin of the book, and comes back from it (METHOD 8).

The promises that it changed go and come with it: a promise that somebody changed since is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import PromiseChange, Team
from huddle_tui.domain.turns import promise_changes
from huddle_tui.store.port import Book


def discard(book: Book, day: date) -> None:
    """Deletes the huddle of `day` into the bin. Blocks on the book; raises HuddleError."""
    book.discard_huddle(day)
    book.change_team(_with_promises((), day))


def restore(book: Book, day: date) -> None:
    """Brings the huddle of `day` back from the bin. Blocks on the book; raises HuddleError."""
    book.restore_huddle(day)
    if (huddle := book.huddle(day)) is not None:
        book.change_team(_with_promises(promise_changes(huddle), day))


def _with_promises(changes: tuple[PromiseChange, ...], day: date) -> Callable[[Team | None], Team]:
    def change(team: Team | None) -> Team:
        if team is None:
            raise HuddleError(N_("The team's book is gone: put it back from a backup, or make a team again."))
        return team.with_promises(changes, day)

    return change
