"""What becomes of huddles that were held: promises that they changed, the bin, what was marked in them since.

Promises go on in the team when a huddle ends, or when the next program sees that they did not.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from huddle_tui.domain.huddle import Huddle, Stage
from huddle_tui.domain.open_ends import End, marked
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.domain.turns import promise_changes
from huddle_tui.store.port import Book

UNSETTLED = 3
"""So many huddles are looked at: an older one was settled by a program since."""


def there(team: Team | None) -> Team:
    """The stored team, to be changed. Raises HuddleError where it is gone."""
    if team is None:
        raise HuddleError(N_("The team's book is gone: put it back from a backup, or make a team again."))
    return team


def held(book: Book) -> Iterator[Huddle]:
    """The huddles that began, newest first, read as far as they are asked for; one that was only opened is none."""
    return (huddle for huddle in book.huddles(reversed(book.days())) if huddle.stage is not Stage.OPENING)


def settle(book: Book, huddles: Iterable[Huddle]) -> None:
    """Records what those huddles promised anew; changes nothing the second time."""
    made = [(huddle.day, promise_changes(huddle)) for huddle in huddles]

    def change(stored: Team | None) -> Team:
        team = there(stored)
        for day, changes in made:
            team = team.with_promises(changes, day)
        return team

    team = book.team()
    if change(team) != team:
        book.change_team(change)


def settle_last(book: Book, today: date) -> None:
    """Does so for the last huddles before `today`: a program may not have lived to do it."""
    settle(book, book.huddles([day for day in book.days() if day < today][-UNSETTLED:]))


def discard(book: Book, day: date) -> None:
    """Deletes the huddle of `day`, which was held as a test, into the bin (METHOD 8). Raises HuddleError.

    The promises that it changed go with it; one that somebody changed since is left alone.
    """
    book.discard_huddle(day)
    book.change_team(lambda team: there(team).with_promises((), day))


def restore(book: Book, day: date) -> None:
    """Brings the huddle of `day` back from the bin, with its promises. Raises HuddleError."""
    book.restore_huddle(day)
    if (huddle := book.huddle(day)) is not None:
        settle(book, [huddle])


def mark(book: Book, end: End, on: date | None) -> None:
    """Marks a stuck solved or an action done on a day; None makes it open again. Raises HuddleError."""

    def change(huddle: Huddle | None) -> Huddle:
        if huddle is None:
            text = N_("There is no huddle of {day} in this book any more, so nothing was marked.")
            raise HuddleError(text, day=end.day)
        return marked(huddle, end, on)

    book.change_huddle(end.day, change)
