"""The team: people and their numbers, their four axes, and what the coach says of them (METHOD 3 and 10)."""

from datetime import timedelta
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from huddle_tui.domain import numbers, team_edits
from huddle_tui.domain.coach import Advice, about_person, advise
from huddle_tui.domain.history import TRAILING, Past
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Kpi, Person
from huddle_tui.i18n import _, ngettext
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import ListScreen
from huddle_tui.ui.kit.big import BigNumber, BigText
from huddle_tui.ui.kit.rows import Item, Menu
from huddle_tui.ui.places import EditKpi, EditPerson, ImportFile, PaceChart, TeamSettings
from huddle_tui.ui.team.editing import EditingScreen
from huddle_tui.ui.team.person_drawn import Axes, LastThirteen
from huddle_tui.ui.team.wording import coached, colours, facts, people_lines, role_line
from huddle_tui.words import promise_sentence


class TeamScreen(EditingScreen, ListScreen):
    """Who is in the team, what they read out, and what the coach makes of it."""

    AREA = "team"
    LEADS_TO: ClassVar = {
        "add_person": EditPerson(),
        "chart": PaceChart(),
        "settings": TeamSettings(),
        "import_file": ImportFile(),
    }
    ABOUT = N_(
        "Who is in the team and what they read out. Beside it their numbers on the four axes of the method, and what "
        "the coach says of them: advice, never a block."
    )
    DEFAULT_CSS = """
    TeamScreen #bar { margin-bottom: 1; }
    TeamScreen #list { width: 2fr; }
    TeamScreen #detail { width: 3fr; padding-left: 2; scrollbar-size-vertical: 1; }
    TeamScreen #detail > * { margin-bottom: 1; }
    TeamScreen #title { margin: 0; }
    TeamScreen #role { color: $quiet; }
    TeamScreen #coach { color: $accent; }
    TeamScreen #told { text-style: bold; }
    TeamScreen.-short #name { height: 1; margin: 0; }
    TeamScreen.-short #role { margin-bottom: 1; }
    """

    _gone = False
    _past: Past | None = None
    _advised: list[Advice] | None = None
    """What the coach says of the last thirteen weeks; None until they were read."""
    _asked_early = False
    """Whether the coach was asked for before that."""

    def body(self) -> ComposeResult:
        """People at the left, the one at hand at the right."""
        with Horizontal():
            yield Menu(id="list")
            with VerticalScroll(id="detail", can_focus=False):
                yield BigText("", id="name")
                yield Static(id="title")
                yield BigNumber(id="promised")
                for id in ("role", "told", "facts"):
                    yield Static(id=id)
                yield Axes(id="axes")
                for id in ("coach", "carries"):
                    yield Static(id=id)
                yield LastThirteen()

    # Showing

    def show_team(self) -> None:
        """The list and what the cursor is on; what the past says of it is read anew."""
        self._lay_out()
        self.work(self._look_back, self._take_advice, group="coach", newest=True)
        self._read_if_large()

    def _lay_out(self) -> None:
        """Shows the team with what is known already: nothing is read."""
        if not self.lives:
            return
        team = self.team
        count = sum(len(team.kpis_of(person.id)) for person in team.members)
        people = ngettext("{n} person", "{n} people", len(team.members)).format(n=len(team.members))
        count_of_numbers = ngettext("{n} number", "{n} numbers", count).format(n=count)
        said = len(self._said())
        text = ngettext("the coach has {n} remark", "the coach has {n} remarks", said).format(n=said)
        silent = "" if self._advised is None else _("✔ the coach is silent")
        coach = (text, "$accent") if said else (silent, "$success")
        self.show_bar(team.name, f"{people} · {count_of_numbers}", right=Content.styled(*coach))
        self.listed.show_items(self._lines())
        self._detail()

    def _read_if_large(self) -> None:
        """Reads the last thirteen weeks where there is room for them."""
        if self.large:
            self.run_worker(self._read, thread=True, exclusive=True, group="past")

    def _said(self, person: Person | None = None) -> list[Advice]:
        """What the coach says of that member, or of everything: the set-up, then the last thirteen weeks."""
        if person is None:
            return [*advise(self.team), *(self._advised or ())]
        if person.left_on is not None:
            return []
        mine = (advice for advice in self._advised or () if advice.about == person.name)
        return [*about_person(self.team, person), *mine]

    def _look_back(self) -> list[Advice]:
        """In a thread: the coach's word on the last thirteen weeks."""
        from huddle_tui.activities.coaching import past_advice

        return past_advice(self.book, self.book.team())

    def _take_advice(self, advised: list[Advice]) -> None:
        if advised != self._advised:
            self._advised = advised
            self._lay_out()
        asked, self._asked_early = self._asked_early, False
        if asked and self.in_front:
            self.action_coach()

    def _lines(self) -> list[Item]:
        """The list, with room between people where there is some."""
        said = {person.id: len(self._said(person)) for person in self.team.members}
        lines = people_lines(self.team, self.time.today(), said, gone=self._gone)
        people = [n for n, line in enumerate(lines) if n and str(line.key).startswith("person/")]
        if len(lines) + len(people) <= self.listed.size.height:
            for place in reversed(people):
                lines.insert(place, Item(None))
        return lines

    def on_resize(self) -> None:
        """Another size has other room; one that is large has to read for it, where that was not done."""
        self.call_after_refresh(self._lay_out)
        if self._past is None:
            self._read_if_large()

    def _read(self) -> None:
        """The last thirteen weeks, then as many months: of a month's number there is one in four weeks."""
        worker, today = get_current_worker(), self.time.today()
        try:
            for days in (7 * TRAILING, 31 * TRAILING):
                past = self.huddle_app.looking.back_to(today - timedelta(days), lambda: worker.is_cancelled)
                if not worker.is_cancelled:
                    self.huddle_app.call_from_thread(self._take_past, past)
        except HuddleError as error:
            self.huddle_app.call_from_thread(self.tell, error)

    def _take_past(self, past: Past | None) -> None:
        if self.lives:
            self._past = past
            self._detail()

    def _detail(self) -> None:
        """The person or number under the cursor."""
        team, (person, kpi) = self.team, self._here()
        axes = self.query_one(Axes)
        axes.display = kpi is None and person is not None
        self.query_one("#name", BigText).text = person.name if person else ""
        self.query_one("#name", BigText).display = kpi is None
        numbers_at_hand = [kpi] if kpi else team.kpis_of(person.id) if person else []
        self.query_one(LastThirteen).show(self._past if self.large else None, numbers_at_hand)
        parts: dict[str, str | Content] = dict.fromkeys(("title", "role", "told", "facts", "coach", "carries"), "")
        promised = self.query_one("#promised", BigNumber)
        promised.display = kpi is not None and not self.has_class("-short")
        if kpi is not None:
            promised.text = numbers.show(kpi.promise, team.locale, kpi.decimals)
            promised.unit = kpi.unit
            parts["title"] = Content.styled(f"★ {kpi.name}" if kpi.most_important else kpi.name, "bold")
            parts["told"] = f"“{promise_sentence(kpi, team.locale)}”"
            parts["role"] = person.name if person else ""
            parts["facts"] = Content("\n\n").join([colours(kpi, team.locale), facts(kpi, team)])
            parts["coach"] = coached([a for a in self._said(person) if _names(a, kpi)] if person else [])
        elif person is not None:
            axes.show(team.kpis_of(person.id))
            parts["role"] = role_line(person)
            parts["coach"] = coached(self._said(person))
            carried = [p.name for p in team.processes if p.accountable == person.id]
            if carried:
                parts["carries"] = _("Accountable for: {names}").format(names=", ".join(carried))
        else:
            parts["told"] = keyed(_("Nobody is in the team yet: {team.add_person} adds somebody."))
        for id, text in parts.items():
            self.put(id, text)

    def _here(self) -> tuple[Person | None, Kpi | None]:
        """What the cursor is on: a person, or a number and its owner."""
        kind, _slash, id = self.listed.key.partition("/")
        kpi = self.team.kpi(id) if kind == "kpi" else None
        return self.team.person(kpi.owner if kpi else id), kpi

    def on_listed_moved(self) -> None:
        """The cursor is on another line."""
        self._detail()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot be done on this line is grey."""
        if action in {"open", "add_number", "earlier", "later", "remove", "star"}:
            person, kpi = self._here()
            return (kpi if action == "star" else person) is not None
        return True

    # What can be done

    async def action_open(self) -> None:
        """The form of what the cursor is on."""
        person, kpi = self._here()
        if kpi is not None:
            await self.huddle_app.go(EditKpi(kpi.owner, kpi))
        elif person is not None:
            await self.huddle_app.go(EditPerson(person))

    async def action_add_number(self) -> None:
        """A form for a new number of the person at hand."""
        person, _kpi = self._here()
        if person is not None:
            await self.huddle_app.go(EditKpi(person.id))

    def action_coach(self) -> None:
        """The cursor to the next person the coach speaks of; while that is being read, once it is known."""
        people, (here, _kpi) = list(self.team.members), self._here()
        start = people.index(here) + 1 if here in people else 0
        for person in [*people[start:], *people[:start]]:
            if self._said(person):
                self.listed.go(f"person/{person.id}")
                return
        if self._advised is None:
            self._asked_early = True
            return
        left = len(self._said())
        text = ngettext(
            "The coach has {n} remark about the PACe chart: {team.chart}.",
            "The coach has {n} remarks about the PACe chart: {team.chart}.",
            left,
        )
        self.tell(keyed(text, n=left) if left else _("The coach has nothing to say: your numbers are in order."))

    def action_gone(self) -> None:
        """Shows who left and what was retired, or hides them."""
        self._gone = not self._gone
        self._lay_out()

    async def action_star(self) -> None:
        """The owner's ★ to this number."""
        _person, kpi = self._here()
        if kpi is not None:
            await self.edit_team(partial(team_edits.star, id=kpi.id))

    async def move(self, steps: int) -> None:
        """Moves the person or number at hand."""
        person, kpi = self._here()
        if kpi is not None and kpi.retired_on is None:
            await self.edit_team(partial(team_edits.move_kpi, id=kpi.id, steps=steps))
        elif kpi is None and person is not None and person.left_on is None:
            await self.edit_team(partial(team_edits.move_person, id=person.id, steps=steps))

    async def action_remove(self) -> None:
        """Takes it away, or brings back what was gone."""
        person, kpi = self._here()
        setting_up = self.huddle_app.setting_up
        back, gone = _("{name} is back. {everywhere.undo} undoes."), _("{name} is gone. {everywhere.undo} undoes.")
        if kpi is not None and kpi.retired_on is not None:
            brought = replace(kpi, retired_on=None)
            await self.edit(partial(setting_up.save_kpi, kpi, brought), keyed(back, name=kpi.name))
        elif kpi is not None:
            await self.edit(partial(setting_up.remove_kpi, kpi.id), keyed(gone, name=kpi.name))
        elif person is not None and person.left_on is not None:
            returned = replace(person, left_on=None)
            await self.edit(partial(setting_up.save_person, person, returned), keyed(back, name=person.name))
        elif person is not None:
            await self.edit(partial(setting_up.remove_person, person.id), keyed(gone, name=person.name))


def _names(advice: Advice, kpi: Kpi) -> bool:
    """Whether the coach speaks of that very number."""
    return advice.sentence.values.get("kpi") == kpi.name
