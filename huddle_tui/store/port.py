"""The port: the fewest methods that a store of books needs. A database server could stand behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, Self

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import Sentence
from huddle_tui.domain.summary import Summary
from huddle_tui.domain.team import Team

if TYPE_CHECKING:
    from huddle_tui.store.care.strays import ConflictCopy


class Held(Protocol):
    """A claim that lives as long as the program that made it, or until it is released, as at the end of a `with`."""

    def release(self) -> None:
        """Gives the claim up; a second time does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *how: object) -> None:
        self.release()


class Book(Protocol):
    """One team's book. Whatever a `change_…` method returned from is on disk; reading never writes.

    A change is a function from the newest stored value to the new one: it is called under the book's lock, so two
    programs never overwrite each other. Every method may raise a HuddleError that says what a person can do; a change
    that failed has changed nothing.
    """

    incomplete: bool
    """Whether something of the book could not be read since it was opened: what was read is not all there is."""

    def exists(self) -> bool:
        """Whether there is a book here."""

    def team(self) -> Team:
        """The team; raises HuddleError where there is no book."""

    def change_team(self, change: Callable[[Team | None], Team]) -> Team:
        """Stores what `change` makes of the stored team (None where there is no book yet) and gives it back."""

    def days(self) -> list[date]:
        """The days that have a huddle, oldest first."""

    def huddle(self, day: date) -> Huddle | None:
        """The huddle of that day; its clocks stand still."""

    def huddles(self, days: Iterable[date]) -> Iterator[Huddle]:
        """Those huddles, in the order asked, read one by one; days without one are passed over."""

    def change_huddle(self, day: date, change: Callable[[Huddle | None], Huddle]) -> Huddle:
        """Stores what `change` makes of that day's huddle and gives it back."""

    def summaries(self) -> list[Summary]:
        """What the list of past huddles shows of each, oldest first: fast also with ten years of history."""

    def check_ins(self, person: str) -> list[CheckIn]:
        """That person's check-ins that no huddle took over, oldest first."""

    def checked_in(self) -> list[str]:
        """The ids of everybody who has check-ins, also of those whom the team does not know."""

    def all_check_ins(self, people: Iterable[str]) -> Mapping[str, list[CheckIn]]:
        """The same of each of them: where the store is far away, in one question."""
        return {person: self.check_ins(person) for person in people}

    def change_check_in(self, person: str, day: date, change: Callable[[CheckIn | None], CheckIn | None]) -> None:
        """Stores what `change` makes of the check-in for the huddle on `day`; None drops it."""

    def discard_huddle(self, day: date) -> None:
        """Deletes that day's huddle into the bin of the book. Raises HuddleError where there is none, or it is held."""

    def discarded(self) -> list[date]:
        """The days whose huddles lie in the bin, newest first."""

    def restore_huddle(self, day: date) -> None:
        """Brings back the huddle of that day that was deleted last. Raises HuddleError where it has one again."""

    def conflicts(self) -> "list[ConflictCopy]":
        """Other versions of the book's files that a sync tool left beside them; nobody reads them."""

    def take_in(self, conflict: "ConflictCopy", at: datetime, by: str) -> None:
        """Takes what such a copy says into its file, and puts the copy away. Where both said another thing, the file's
        holds and the other stands in its corrections, from `by` at `at`. Raises HuddleError where that takes a person.
        """

    def hold(self, name: str) -> Held | None:
        """Claims `name` for this program; None while another program that is alive holds it. Never waits."""

    def changed(self) -> bool:
        """Whether another program or this one changed the team, a check-in or the newest huddles since last asked."""

    def wait(self, seconds: float) -> bool:
        """Waits until `changed` may hold, at most so many seconds; gives back whether it may. A hint, and never a
        HuddleError: a store that nobody tells of changes waits that long and says yes.
        """

    def take_notices(self) -> list[Sentence]:
        """What a person should be told since last asked: a copy was used, a file was changed by hand."""
