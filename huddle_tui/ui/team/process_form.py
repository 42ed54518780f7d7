"""A core process: what it delivers, the one person accountable, its key numbers; with help for department names."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from textual.content import Content

from huddle_tui.domain import team_edits
from huddle_tui.domain.coach import KEY_NUMBERS, about_process
from huddle_tui.domain.library import Delivery
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Process, Team, fold
from huddle_tui.domain.telltales import department
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.form import Field, Option
from huddle_tui.ui.team.form import FormScreen
from huddle_tui.ui.team.wording import coached


class ProcessForm(FormScreen):
    """One process of the PACe chart; `opened` is None for a new one."""

    AREA = "process_form"
    ABOUT = N_(
        "A core process is named after what it delivers, has exactly one person accountable, and three key numbers. "
        "Type a department's name and {process_form.suggestion} takes over what it delivers."
    )

    def __init__(self, opened: Process | None = None) -> None:
        super().__init__(f"process/{opened.id if opened else 'new'}")
        self._opened: Process | None = opened

    def heading(self) -> tuple[str, str]:
        """Which process it is."""
        return (_("A process"), self._opened.name) if self._opened else (_("A new process"), self.team.name)

    def make_fields(self) -> Iterable[Field]:
        """Name, who is accountable and under which title, key numbers."""
        process = self._opened or Process("", "")
        accountable = self.team.person(process.accountable or "")
        help = _("Not the department but what the customer gets from it. Type “sales” and see.")
        yield Field("name", _("What does it deliver?"), process.name, hint=_("from lead to deal"), help=help)
        people = [Option("", _("nobody yet")), *(Option(p.id, p.name) for p in self.team.members)]
        help = _("Exactly one person: two people accountable is nobody accountable.")
        yield Field("accountable", _("Who is accountable?"), process.accountable or "", options=people, help=help)
        help = _("A role title that says what this person stands for.")
        yield Field("role", _("Under which title?"), accountable.role if accountable else "", help=help)
        help = _("What tells whether it delivers. Somebody has to read it out.")
        numbers = (*process.key_numbers, *[""] * KEY_NUMBERS)[: max(KEY_NUMBERS, len(process.key_numbers))]
        for n, number in enumerate(numbers, 1):
            yield Field(f"key_{n}", _("Key number {n}").format(n=n), number, first=n == 1, help=help)

    def on_choice_changed(self) -> None:
        """Another person brings their own title."""
        person = self.team.person(self.field("accountable").value)
        self.field("role").fill(person.role if person else "")

    def shown(self) -> None:
        """The coach, and what a department delivers."""
        wanted = self._wanted()
        kpis = [k.name for k in self.team.kpis if k.process == wanted.id and k.retired_on is None]
        read_out = _("Read out already: {names}").format(names=", ".join(kpis))
        self.put("history", Content.styled(read_out, "$quiet") if kpis else "")
        self.field("role").display = wanted.accountable is not None
        suggested = self._suggestion()
        if suggested is None:
            self.put("told", "")
            self.put("example", "")
        else:
            self.put("told", Content.assemble(("→ ", "$accent"), f"“{_(suggested.name)}”"))
            numbers = ", ".join(_(example.name) for example in suggested.examples[:KEY_NUMBERS])
            text = _("Role title: {role}. Key numbers: {numbers}. {process_form.suggestion} takes it.")
            self.put("example", Content(keyed(text, role=_(suggested.role), numbers=numbers)))
        said = about_process(self.team, wanted) if wanted.name.strip() else []
        self.put("coach", coached([a for a in said if a.id == ("department-name" if suggested else "no-accountable")]))

    def _suggestion(self) -> Delivery | None:
        """What the department in the name field delivers."""
        return department(self.field("name").value)

    def action_suggestion(self) -> None:
        """Takes over the name, the title and the key numbers that belong to the department."""
        suggested = self._suggestion()
        if suggested is None:
            self.tell(_("Type the name of a department, such as sales or support: then there is something to propose."))
            return
        taken = {"name": _(suggested.name), "role": _(suggested.role)}
        empty = [f for f in self.fields() if f.about.startswith("key_") and not f.value.strip()]
        written = {fold(f.value) for f in self.fields() if f.about.startswith("key_")}
        fresh = [_(e.name) for e in suggested.examples[:KEY_NUMBERS] if fold(_(e.name)) not in written]
        self.fill({**taken, **{f.about: name for f, name in zip(empty, fresh, strict=False)}})
        self.screen.set_focus(self.field("accountable").entry)

    def _wanted(self) -> Process:
        values = self.values()
        numbers = tuple(v for k, v in values.items() if k.startswith("key_") and v.strip())
        start = self._opened or Process("", "")
        return replace(start, name=values["name"], accountable=values["accountable"] or None, key_numbers=numbers)

    def prepared(self) -> Callable[[], Team]:
        """Adds the process or saves what was changed of it; the title goes to whoever is accountable."""
        wanted, opened, setting_up = self._wanted(), self._opened, self.setting_up
        role, person = self.field("role").value, self.team.person(wanted.accountable or "")

        def titled(team: Team) -> Team:
            stored = team.person(person.id) if person else None
            if person is None or stored is None or role == person.role:
                return team
            return team_edits.change_person(team, replace(stored, role=role))

        if opened is None:
            made = (wanted.name, wanted.accountable, wanted.key_numbers)
            return lambda: setting_up.do(lambda team: titled(team_edits.add_process(team, *made)))
        return lambda: setting_up.save_process(opened, wanted, titled)

    def wrong(self, name: str, sentence: str) -> None:
        """What is wrong with the key numbers stands under the first of them."""
        super().wrong("key_1" if name == "key_numbers" else name, sentence)
