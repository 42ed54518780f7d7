"""Setting the team up: every edit is applied to what is stored by then, and can be undone (METHOD 3).

Two programs may edit at once: an edit is a function of the stored team, called under the book's lock. A form hands in
what it was opened with, so that a field which both changed is a Conflict and not an overwrite.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum

from msgspec.structs import replace

from huddle_tui.activities.drafts import FormDrafts
from huddle_tui.activities.links import linked
from huddle_tui.activities.settling import held, there
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import dates, team_edits
from huddle_tui.domain.coach import FEWEST_NUMBERS
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.merging import merged, merged_teams
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Decided, Decision, Kpi, Person, Process, Team
from huddle_tui.domain.team_edits import found
from huddle_tui.store.port import Book

Edit = Callable[[Team], Team]


class Missing(Enum):
    """What a team still needs before its first huddle, in the order of the guided path."""

    TEAM = "team"
    PEOPLE = "people"
    """Also while nobody has a number yet: perhaps not everybody was named."""
    NUMBERS = "numbers"
    """Somebody has fewer than three."""
    NOTHING = "nothing"


class SettingUp:
    """The team of one book in the hands of this program, with the way back."""

    def __init__(self, book: Book, time: Timepiece, drafts: FormDrafts | None = None) -> None:
        self.book = book
        self.time = time
        self.drafts = FormDrafts(book) if drafts is None else drafts
        """What forms hold that was not saved, per form: it is there again when the form is opened again."""
        self._steps: list[tuple[Team, Team]] = []

    @property
    def team(self) -> Team:
        """The team as it is stored now; raises HuddleError where there is no book."""
        return self.book.team()

    def begin(self, name: str, locale: str, timezone: str | None = None) -> Team:
        """Makes a book with an empty team in it, in the time zone of this machine unless one is named.

        Raises HuddleError where there is a team already.
        """
        fresh = Team("", timezone=timezone or dates.machine_zone() or "UTC")
        fresh = team_edits.change_settings(fresh, replace(fresh, name=name, locale=locale))

        def make(stored: Team | None) -> Team:
            if stored is not None:
                raise HuddleError(N_("This book already holds the team {name}."), name=stored.name)
            return fresh

        return self.book.change_team(make)

    # Steps

    def do(self, edit: Edit) -> Team:
        """Applies `edit` to the stored team; gives back what is on disk. Raises HuddleError: then nothing changed."""
        before: Team | None = None

        def change(stored: Team | None) -> Team:
            nonlocal before
            before = there(stored)
            return team_edits.with_edition(before, edit(before))

        after = self.book.change_team(change)
        if before is not None and before != after:
            self._steps.append((before, after))
        return after

    def link(self, person: str, token: str | None) -> Team:
        """Gives a member that personal link, or none any more; gives back what is on disk. Raises HuddleError.

        It is no step: undo neither brings a revoked link back to life nor ends one that was handed out.
        """
        return self.book.change_team(lambda stored: linked(there(stored), person, token))

    @property
    def can_undo(self) -> bool:
        """Whether this program has taken a step that can be taken back."""
        return bool(self._steps)

    def undo(self) -> Team:
        """Takes the last step back, and nothing that others changed since. Raises HuddleError where the two clash."""
        if not self._steps:
            raise HuddleError(N_("There is nothing to undo here."))
        before, after = self._steps[-1]
        steps = self._steps[:-1]
        team = self.do(lambda stored: team_edits.sound(merged_teams(after, before, stored), stored))
        self._steps = steps
        return team

    # What forms save: the value they were opened with, and the one that is wanted

    def save_person(self, opened: Person, wanted: Person) -> Team:
        """Puts what the form changed of a member. Raises Refused, Conflict."""
        return self.do(
            lambda team: team_edits.change_person(team, merged(opened, wanted, found(team.person(opened.id)), team))
        )

    def save_process(self, opened: Process, wanted: Process, also: Edit = lambda team: team) -> Team:
        """Puts what the form changed of a process, and `also` in the same step. Raises Refused, Conflict."""

        def change(team: Team) -> Team:
            now = merged(opened, wanted, found(team.process(opened.id)), team)
            return also(team_edits.change_process(team, now))

        return self.do(change)

    def save_kpi(self, opened: Kpi, wanted: Kpi, by: str = "") -> Team:
        """Puts what the form changed of a number; another promise is recorded as changed today by `by`."""
        today = self.time.today()
        return self.do(
            lambda team: team_edits.change_kpi(
                team, merged(opened, wanted, found(team.kpi(opened.id)), team), today, by
            )
        )

    def save_settings(self, opened: Team, wanted: Team) -> Team:
        """Puts what the form changed of the settings. Raises Refused, Conflict."""
        return self.do(lambda team: team_edits.change_settings(team, merged(_bare(opened), _bare(wanted), _bare(team))))

    # What has a history is retired

    def remove_person(self, id: str) -> Team:
        """Lets a member go: with a history they left today, without one they were never there."""
        today = self.time.today()
        return self.do(lambda team: team_edits.remove_person(team, id, today, self.has_spoken(team, id)))

    def remove_kpi(self, id: str) -> Team:
        """Takes a number away: with a history it is retired today, without one it was never there."""
        today = self.time.today()
        return self.do(lambda team: team_edits.remove_kpi(team, id, today, self.was_reported(team, id)))

    def decide(self, kpi: str, decision: Decision, quarter: str) -> Team:
        """What a quarter's review, such as `2026-Q4`, came to for that number; one that is dropped is retired today."""
        today = self.time.today()
        decided = Decided(quarter, decision, today)

        def change(team: Team) -> Team:
            after = team_edits.decide(team, kpi, decided)
            drops = decision is Decision.DROP
            return team_edits.remove_kpi(after, kpi, today, self.was_reported(team, kpi)) if drops else after

        return self.do(change)

    def was_reported(self, team: Team, kpi: str) -> bool:
        """Whether that number was ever said in a huddle, or waits in a check-in."""
        known = team.kpi(kpi)
        if known is None:
            return False
        drafts = self.book.check_ins(known.owner)
        if any(entry.kpi == kpi and entry.answered for draft in drafts for entry in draft.entries):
            return True
        return any(reading.kpi == kpi for huddle in self._huddles(known.since) for reading in huddle.readings)

    def has_spoken(self, team: Team, person: str) -> bool:
        """Whether that person ever had a place in a huddle, or left a check-in."""
        return bool(self.book.check_ins(person)) or any(h.turn(person) for h in self._huddles(None))

    def _huddles(self, since: date | None) -> Iterator[Huddle]:
        """The huddles from `since` on, newest first: who has a history is mostly found in the first one."""
        return self.book.huddles(day for day in reversed(self.book.days()) if since is None or day >= since)

    # The guided path

    def missing(self) -> Missing:
        """Where the guided path goes on, worked out from what is stored; nothing once a first huddle was held."""
        if not self.book.exists():
            return Missing.TEAM
        if next(held(self.book), None) is not None:
            return Missing.NOTHING
        team = self.team
        if not any(team.kpis_of(person.id) for person in team.members):
            return Missing.PEOPLE
        return Missing.NUMBERS if self.short_of_numbers() else Missing.NOTHING

    def short_of_numbers(self) -> list[Person]:
        """Members who do not have three numbers yet, in the listed order."""
        team = self.team
        return [person for person in team.members if len(team.kpis_of(person.id)) < FEWEST_NUMBERS]


def _bare(team: Team) -> Team:
    """The settings of a team alone."""
    return replace(team, people=(), processes=(), kpis=(), promise_changes=())
