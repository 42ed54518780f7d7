"""Who am I: chosen once, remembered for this account on this machine, per book. One small JSON file.

Nothing depends on it: where it cannot be read, the question is simply asked again.
"""

import json
from difflib import get_close_matches
from pathlib import Path

import msgspec
from platformdirs import user_state_path

from huddle_tui.activities.books import place_of
from huddle_tui.domain.sentence import N_, HuddleError, reason
from huddle_tui.domain.team import Person, Team, fold
from huddle_tui.files import make_folder, replace
from huddle_tui.store.port import Book


def identity_path() -> Path:
    """Where this account's identities are remembered on this platform."""
    return user_state_path("huddle-tui", appauthor=False) / "who.json"


class Identity(msgspec.Struct):
    """Who this account is in one book; once known it stays so, whatever other programs choose meanwhile."""

    path: Path
    """The file that remembers it."""
    book_key: str
    """What tells the book from others: its place."""
    chosen: str = ""
    """The id of who it is, once that is known."""

    @staticmethod
    def of(book: Book, path: Path | None = None) -> "Identity":
        """The identity in `book`; one that is in no lasting place shares a key with its like."""
        return Identity(path or identity_path(), place_of(book))

    def remembered(self, team: Team) -> Person | None:
        """The member that was remembered; None where nobody was, or who it was left the team."""
        known = self.chosen or self._read().get(self.book_key)
        found = next((p for p in team.members if p.id == known), None)
        self.chosen = found.id if found else ""
        return found

    def remember(self, person: Person) -> None:
        """From now on this account is that person in this book. Raises HuddleError where it cannot be written."""
        self.chosen = person.id
        known = self._read() | {self.book_key: person.id}
        try:
            make_folder(self.path.parent)
            replace(self.path, [json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True)], alone=True)
        except OSError as error:
            text = N_("Who you are cannot be remembered in {path} ({why}): you will be asked again next time.")
            raise HuddleError(text, path=self.path, why=reason(error)) from error

    def _read(self) -> dict[str, str]:
        try:
            return _known.decode(self.path.read_bytes())
        except (OSError, msgspec.DecodeError):  # not there, not readable, not ours: asked again
            return {}


_known = msgspec.json.Decoder(dict[str, str])


def named(team: Team, name: str) -> Person:
    """The member that `name` means: the name itself without case, or the only one that begins with it.

    Raises HuddleError that names the nearest member, or all of them; where two begin with it, both.
    """
    if found := _fitting(team, name):
        return found
    if not team.members:
        raise HuddleError(N_("There is nobody in the team yet: add people first, with `huddle team`."))
    folded = {fold(p.name): p.name for p in team.members}
    if near := get_close_matches(fold(name), folded, 1):
        text = N_("Nobody in the team is called {name}: did you mean {near}?")
        raise HuddleError(text, name=name, near=folded[near[0]])
    everybody = ", ".join(p.name for p in team.members)
    text = N_("Nobody in the team is called {name}; these are: {everybody}.")
    raise HuddleError(text, name=name, everybody=everybody)


def who_does(team: Team, typed: str) -> str:
    """The name of the member that was meant; what fits nobody stays as it was typed: somebody outside the team.

    Raises HuddleError that asks which one, where it fits more than one.
    """
    found = _fitting(team, typed)
    return found.name if found else typed


def _fitting(team: Team, name: str) -> Person | None:
    """The member of that name, else the only one whose name begins with it; of nothing typed nobody."""
    if exact := team.person_named(name):
        return exact
    begins = [p for p in team.members if fold(name) and fold(p.name).startswith(fold(name))]
    if len(begins) > 1:
        text = N_("{typed} is the beginning of more than one name: {names}. Which one is meant?")
        raise HuddleError(text, typed=name, names=", ".join(person.name for person in begins))
    return begins[0] if begins else None
