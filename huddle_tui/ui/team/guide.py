"""The guided path from nothing to a first huddle: the team, its people, their numbers.

Every Enter is stored, so that whoever is interrupted goes on where they stopped; one step replaces the one before it.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from huddle_tui import i18n
from huddle_tui.activities.setting_up import Missing, SettingUp
from huddle_tui.domain import team_edits
from huddle_tui.domain.coach import MOST_NUMBERS, about_person
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Counting, Person, Team
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import _, ngettext
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.kit.form import Field, Option
from huddle_tui.ui.places import NameNumbers, NamePeople, NameTeam, Place, Ready
from huddle_tui.ui.team.form import FormScreen
from huddle_tui.ui.team.number_form import NumberForm, kpi_fields, new_number, with_unit
from huddle_tui.ui.team.wording import coached, promised

_KEPT_SIMPLE = ("name", "promise", "direction", "period", "counting", "timing")
"""What a first number is asked for; the rest is filled in later, under Team."""

_PEOPLE = "guide/people"
"""The draft of a person who is being named."""


def next_step(setting_up: SettingUp) -> Place:
    """The step that comes next, worked out from what is stored; first the one in which somebody stands half-entered."""
    team = setting_up.team if setting_up.book.exists() else None
    if team and _PEOPLE in setting_up.drafts:
        return NamePeople()
    for person in team.members if team else ():
        if new_number(person.id) in setting_up.drafts:
            return NameNumbers(person)
    match setting_up.missing():
        case Missing.TEAM:
            return NameTeam()
        case Missing.PEOPLE:
            return NamePeople()
        case Missing.NUMBERS:
            return NameNumbers(setting_up.short_of_numbers()[0])
        case Missing.NOTHING:
            return Ready()


class Step(FormScreen):
    """A form of the path: what is saved stays, and the next step stands instead of this one."""

    AT: ClassVar[int] = 1
    """Which step of the path it is."""
    DEFAULT_CSS = """
    Step #big { display: none; }
    Step #who { height: 4; margin-bottom: 1; color: $foreground; }
    Step #who.-example { color: $trend-quiet; }
    """

    def body(self) -> ComposeResult:
        """What is named, in block letters while it is typed: so it will stand on the shared screen. Then the form."""
        yield BigText("", id="who")
        yield from super().body()

    def big(self, text: str, example: str = "") -> None:
        """Those block letters; quietly an example while nothing is typed."""
        who = self.query_one("#who", BigText)
        who.text = text or example
        who.set_class(not text, "-example")

    async def unfinished(self, *others: str) -> bool:
        """Whether a field is filled in that was not saved: then that is said, and nobody goes on without it."""
        await self.settled()
        if name := self.field("name").value.strip():
            text = _("{name} is not saved yet: Enter saves it, {everywhere.undo} throws it away.")
            self.wrong("name", keyed(text, name=name))
            return True
        if any(self.field(other).value.strip() for other in others):
            text = _("Something is filled in without a name: give it one, or {everywhere.undo} throws it away.")
            self.wrong("name", keyed(text))
            return True
        return False

    async def action_enter(self) -> None:
        """Enter on an empty name: this is enough."""
        await self.settled()
        name = self.field("name")
        if name.entry.has_focus and not name.value.strip():
            await self.action_enough()
        else:
            await super().action_enter()

    async def action_enough(self) -> None:
        """On to what follows."""
        await super().action_enter()

    def corner(self) -> Content:
        """Where on the path this is."""
        steps = [_("Team"), _("People"), _("Numbers"), _("First huddle")]
        parts = [
            Content.styled(f"{n} {name}", "bold $accent" if n == self.AT else "$quiet")
            for n, name in enumerate(steps, 1)
        ]
        return Content.styled("  ", "").join(parts)


class TeamStep(Step):
    """The team's name and language: then there is a book."""

    ABOUT = N_("The name of your team and the language it speaks. Enter goes on.")

    def __init__(self) -> None:
        super().__init__("guide/team")

    def heading(self) -> tuple[str, str]:
        """The first step."""
        return _("Make a team"), ""

    def make_fields(self) -> Iterable[Field]:
        """Name and language."""
        help = _("It stands at the top of every screen. Enter goes on.")
        yield Field("name", _("Name of the team"), hint=_("Our team"), help=help)
        help = _("Left and right choose. Numbers are written that way too: 12.500 or 12,500.")
        languages = [Option(*named) for named in i18n.LANGUAGE_NAMES.items()]
        yield Field("locale", _("Which language?"), i18n.language(), options=languages, help=help)

    def shown(self) -> None:
        """The name as it will stand on the screen."""
        self.big(self.field("name").value, _("Our team"))

    def prepared(self) -> Callable[[], Team]:
        """Makes the book."""
        name, locale = self.field("name").value, self.field("locale").value
        return lambda: self.setting_up.begin(name, locale)

    async def saved(self) -> None:
        """The book is made; from here on the program speaks the team's language."""
        i18n.use(self.team.locale, self.team.locale)
        await self.huddle_app.go(NamePeople(), instead=True)


class PeopleStep(Step):
    """Everybody's name and role title, one after another; an empty name goes on."""

    AREA = "guide"
    AT = 2
    ABOUT = N_("Who is in the team. Enter adds somebody; Enter on an empty name goes on when everybody is there.")

    def __init__(self) -> None:
        super().__init__(_PEOPLE)

    def heading(self) -> tuple[str, str]:
        """The second step."""
        return self.team.name, ""

    def make_fields(self) -> Iterable[Field]:
        """Name and role."""
        help = _("One name at a time. Enter on an empty name goes on when everybody is there.")
        yield Field("name", _("Who is in the team?"), hint=_("Sanne"), help=help)
        help = _("A title that says what this person stands for. It may stay empty.")
        yield Field("role", _("Role title"), hint=_("Director Enthusiastic Customers"), help=help)

    def shown(self) -> None:
        """Who is there already."""
        people = self.team.members
        self.big(self.field("name").value, "" if people else _("Sanne"))
        count = ngettext("{n} person:", "{n} people:", len(people)).format(n=len(people))
        names = ", ".join(person.name for person in people)
        self.put("example", Content.assemble((count, "$quiet"), " ", (names, "bold")) if people else "")

    def prepared(self) -> Callable[[], Team]:
        """Adds the person."""
        name, role = self.field("name").value, self.field("role").value
        return lambda: self.setting_up.do(lambda team: team_edits.add_person(team, name, role))

    async def saved(self) -> None:
        """Ready for the next name."""
        self.fill(dict.fromkeys(("name", "role"), ""))
        self.set_focus(self.field("name").entry)
        self.shown()

    async def action_enough(self) -> None:
        """On to the numbers, once there is somebody to have one."""
        if await self.unfinished("role"):
            return
        without = self.setting_up.short_of_numbers()
        if not self.team.members:
            self.wrong("name", _("A team needs at least one person: who reads out a number?"))
        else:
            await self.huddle_app.go(NameNumbers(without[0]) if without else Ready(), instead=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no example people, and nobody before the first name."""
        return action not in {"library", "previous"}

    async def action_undo(self) -> None:
        """Takes the last name back."""
        if self.dirty:
            self.throw_away()
        elif self.setting_up.can_undo:
            self.work(self.setting_up.undo, self._undone)

    def _undone(self, team: Team) -> None:
        self.team = team
        if self.lives:
            self.shown()


class NumbersStep(Step, NumberForm):
    """Three or four numbers of one person, one after another."""

    AREA = "guide"
    AT = 3
    ABOUT = N_(
        "What this person reads out: three or four numbers, each with a promise. {guide.library} shows good examples; "
        "Enter on an empty name goes on to the next person."
    )
    DEFAULT_CSS = "NumbersStep.-short #who { display: none; }"

    def __init__(self, person: Person) -> None:
        NumberForm.__init__(self, person.id)
        self._person = person
        self._period = Period.DAY.value

    def heading(self) -> tuple[str, str]:
        """Whose numbers, and how many people are still to come."""
        people = list(self.team.members)
        place = next((n for n, p in enumerate(people, 1) if p.id == self._person.id), 1)
        text = _("{person}, {place} of {all}")
        return _("Numbers"), text.format(person=self._person.name, place=place, all=len(people))

    def make_fields(self) -> Iterable[Field]:
        """The few fields of a first number."""
        fields = {field.about: field for field in kpi_fields(self._shape, self.team, is_new=True)}
        self._hidden = {name: field.value for name, field in fields.items() if name not in _KEPT_SIMPLE}
        return [fields[name] for name in _KEPT_SIMPLE]

    def values(self) -> dict[str, str]:
        """What is typed, with what is not asked here."""
        return with_unit({**self._hidden, **FormScreen.values(self)})

    def fill(self, values: Mapping[str, str]) -> None:
        """Also what is not asked here: an example brings its kinds and unit along."""
        super().fill(values)
        self._hidden |= {name: value for name, value in values.items() if name in self._hidden}

    def shown(self) -> None:
        """The promise read back, and the numbers that are there already."""
        period = self.field("period").value
        self.field("counting").display = period != Period.DAY.value
        if period != self._period:  # another period proposes how it counts; what is chosen afterwards stays
            self._period = period
            self.field("counting").fill(Counting.proposed(Period(period), self.values()["unit"]).value)
        super().shown()
        self.big(self._person.name)
        kpis = self.team.kpis_of(self._person.id)
        lines = []
        for kpi in kpis:
            star = (f"{'★' if kpi.most_important else '·'} ", "$accent")
            lines.append(Content.assemble(star, kpi.name, "  ", (promised(kpi, self.team.locale), "$quiet")))
        self.put("history", Content("\n").join(lines) if lines else "")
        if not self.field("name").value.strip():
            self.put("told", "")
            enough = _("Enter on an empty name goes on; so far {n} of at least three.").format(n=len(kpis))
            self.put("example", enough)
            self.put("coach", coached(about_person(self.team, self._person)[1:2]) if kpis else "")

    async def saved(self) -> None:
        """An empty form for the next number; after the fourth it is the next person's turn."""
        enough = len(self.team.kpis_of(self._person.id)) >= MOST_NUMBERS
        await self.huddle_app.go(self._next_person() if enough else NameNumbers(self._person), instead=True)

    async def action_enough(self) -> None:
        """On to the next person, or to the huddle."""
        if not await self.unfinished("promise"):
            await self.huddle_app.go(self._next_person(), instead=True)

    async def action_previous(self) -> None:
        """Back to the person before, and from the first one to the names."""
        if not await self.unfinished("promise"):
            before = list(takewhile(lambda p: p.id != self._person.id, self.setting_up.team.members))
            await self.huddle_app.go(NameNumbers(before[-1]) if before else NamePeople(), instead=True)

    def _next_person(self) -> Place:
        """The numbers of the next person who has fewer than three; whoever was passed over stays so."""
        order = [person.id for person in self.setting_up.team.members]
        place = order.index(self._person.id) if self._person.id in order else -1
        after = [person for person in self.setting_up.short_of_numbers() if order.index(person.id) > place]
        return NameNumbers(after[0]) if after else Ready()
