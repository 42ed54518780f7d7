"""A person's form: name, role title, and when they are away (METHOD 2)."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec.structs import replace

from huddle_tui.domain import dates, team_edits
from huddle_tui.domain.coach import about_person
from huddle_tui.domain.library import DELIVERIES
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Person, Team
from huddle_tui.domain.team_edits import Refused
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.form import Field
from huddle_tui.ui.places import Links
from huddle_tui.ui.team.form import FormScreen, refusing
from huddle_tui.ui.team.wording import coached


class PersonForm(FormScreen):
    """Somebody in the team; `opened` is None for somebody new."""

    AREA = "person_form"
    ABOUT = N_("Who it is, what their role title says, and when they are away. {form.save} saves.")

    def __init__(self, opened: Person | None = None) -> None:
        super().__init__(f"person/{opened.id if opened else 'new'}")
        self._opened: Person | None = opened

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Somebody who is not in the team yet has no link."""
        return self._opened is not None if action == "link" else super().check_action(action, parameters)

    def action_link(self) -> None:
        """This person's link to the browser pages."""
        if self._opened is not None:
            self.huddle_app.open(Links(self._opened.id))

    def heading(self) -> tuple[str, str]:
        """Who it is."""
        return (_("A person"), self._opened.name) if self._opened else (_("Somebody new"), self.team.name)

    def make_fields(self) -> Iterable[Field]:
        """Name, role, away from and to."""
        person = self._opened or Person("", "")
        yield Field("name", _("Name"), person.name, help=_("As everybody calls them; it stands large on the screen."))
        help = _("A title that says what they stand for. It may stay empty.")
        yield Field("role", _("Role title"), person.role, hint=_(DELIVERIES[1].role), help=help)
        help = _("Type a day such as 30-11, fri or +3. Empty: not away.")
        yield Field("away_from", _("Away from"), _iso(person.away_from), help=help)
        help = _("The last day away. Empty: until further notice.")
        yield Field("away_to", _("Away up to"), _iso(person.away_to), help=help)

    def shown(self) -> None:
        """The days as they were understood, and the coach."""
        for name in ("away_from", "away_to"):
            try:
                day = self._day(name)
            except Refused:
                day = None
            self.field(name).echo(dates.show_day(day, locale(), "dddd D MMMM YYYY") if day else "")
        self.put("coach", coached(about_person(self.team, self._opened)) if self._opened else "")

    def _day(self, name: str) -> date | None:
        """A day in a field; one that was stored is kept as it is."""
        with refusing(name):
            return dates.parse_due(self.field(name).value, self.time.today(), past=True)

    def read(self, name: str) -> object:
        """A day that cannot be read stays in its field."""
        return self._day(name) if name in {"away_from", "away_to"} else None

    def prepared(self) -> Callable[[], Team]:
        """Adds somebody, or saves what was changed of them."""
        name, role = self.field("name").value, self.field("role").value
        away_from, away_to = self._day("away_from"), self._day("away_to")
        opened = self._opened
        if opened is not None:
            wanted = replace(opened, name=name, role=role, away_from=away_from, away_to=away_to)
            return lambda: self.setting_up.save_person(opened, wanted)

        def add(team: Team) -> Team:
            team = team_edits.add_person(team, name, role)
            return team_edits.change_person(team, replace(team.people[-1], away_from=away_from, away_to=away_to))

        return lambda: self.setting_up.do(add)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
