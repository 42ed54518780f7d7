"""What every form shares: Enter and arrows through the fields, one sentence under what is wrong, drafts that stay.

Enter, arrows, Tab and the form's Ctrl keys are handled in the order in which they were pressed: each waits until the
field has taken what was typed before it, so that nobody types faster than the form.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from huddle_tui.domain.merging import Conflict
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Person, Process, Team
from huddle_tui.domain.team_edits import Refused
from huddle_tui.i18n import _, say
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import AtOnceScreen, calls
from huddle_tui.ui.kit.big import BigNumber
from huddle_tui.ui.kit.form import Choice, Field

PANEL = ("told", "example", "help", "coach", "history")
"""The parts of the panel, top to bottom."""


@contextmanager
def refusing(field: str) -> Iterator[None]:
    """What cannot be read in here is what that field holds: raises Refused."""
    try:
        yield
    except HuddleError as error:
        raise Refused(field, error.sentence.template, **error.sentence.values) from None


class FormScreen(AtOnceScreen):
    """Fields at the left, what they come to at the right (below, where it is narrow)."""

    AREA = "form"
    AUTO_FOCUS = "TextEntry, Choice"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False, priority=True),
        Binding("escape", "close", show=False, priority=True, id="everywhere.back.0"),
    ]
    DEFAULT_CSS = """
    FormScreen #bar { margin-bottom: 1; }
    FormScreen.-short.-dense #bar { margin-bottom: 0; }
    FormScreen #form { height: 1fr; }
    FormScreen #fields { width: 3fr; height: 1fr; padding-right: 1; scrollbar-size-vertical: 1; }
    FormScreen #panel { width: 2fr; height: 1fr; padding: 0 0 0 2; border-left: solid $rule; }
    FormScreen #panel Static { margin-bottom: 1; }
    FormScreen #told { text-style: bold; color: $foreground; }
    FormScreen #history, FormScreen #help { color: $quiet; }
    FormScreen #coach { color: $accent; }
    FormScreen.-narrow #form { layout: vertical; }
    FormScreen.-narrow #fields { width: 1fr; }
    FormScreen.-narrow #panel { width: 1fr; height: auto; max-height: 12; padding: 0; border-left: none;
        border-top: solid $rule; }
    FormScreen.-narrow.-short #panel { max-height: 10; }
    FormScreen #big { height: 4; margin-bottom: 1; }
    FormScreen.-narrow #big { display: none; }
    FormScreen.-narrow #panel Static { margin: 0; }
    FormScreen .empty { display: none; }
    FormScreen Field { margin-bottom: 1; }
    FormScreen.-dense Field { margin-bottom: 0; }
    FormScreen.-grouped Field.-first { margin-top: 1; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setting_up = self.huddle_app.setting_up
        self.team: Team = self.setting_up.team if self.book.exists() else Team("")
        self.key = key
        """Under which name a draft of this form is kept."""
        self._opened: Person | Process | Kpi | Team | None = None
        """The value that is edited, as it was when the form was opened; None is a new one."""
        self._start: dict[str, str] = {}
        self._thrown_away: dict[str, str] = {}
        """What stood in the fields when they were emptied last; empty where that was brought back."""

    # What a form is made of

    def heading(self) -> tuple[str, str]:
        """The title, and what it is about."""
        return "", ""

    def corner(self) -> Content:
        """What stands at the right end of the title."""
        return Content("")

    def make_fields(self) -> Iterable[Field]:
        """The fields, top to bottom."""
        return ()

    def shown(self) -> None:
        """Called after every key: tells in the panel what the fields come to."""

    def prepared(self) -> Callable[[], Team]:
        """What saves the fields as they stand; it is called off the event loop. Both raise Refused, Conflict."""
        raise NotImplementedError

    def rebase(self, conflict: Conflict) -> None:
        """After a conflict: what is stored now is what the form was opened with, for that field."""
        opened, team = self._opened, self.setting_up.team
        if isinstance(opened, (Person, Process, Kpi)):
            of_its_kind = (one for one in (*team.people, *team.processes, *team.kpis) if type(one) is type(opened))
            stored = next((one for one in of_its_kind if one.id == opened.id), opened)
            self._opened = replace(opened, **{conflict.field: getattr(stored, conflict.field)})

    async def saved(self) -> None:
        """After saving: back to where it was opened from."""
        self.dismiss()

    # The frame

    def body(self) -> ComposeResult:
        """Fields, and the panel."""
        with Horizontal(id="form"):
            with VerticalScroll(id="fields", can_focus=False):
                yield from self.make_fields()
            with Vertical(id="panel"):
                yield BigNumber(id="big")
                for id in PANEL:
                    yield Static(id=id, classes="empty")

    def on_mount(self) -> None:
        """What is stored, with a draft over it."""
        title, about = self.heading()
        self.show_bar(title, about, right=self.corner())
        self._start = self.values()
        if draft := self.setting_up.drafts.get(self.key):
            self.fill(draft)
            self.tell(keyed(_("Your draft is back. {everywhere.undo} throws it away.")))
        self.shown()

    def on_resize(self) -> None:
        """A line between the fields where there is room for it."""
        fields = self.fields()
        dense = 2 * len(fields) + 4 > self.size.height
        groups = sum(field.has_class("-first") for field in fields)
        self.set_class(dense, "-dense")
        self.set_class(dense and len(fields) + groups + 4 <= self.size.height, "-grouped")

    def fields(self) -> list[Field]:
        """All of them, top to bottom."""
        return list(self.query(Field))

    def field(self, name: str) -> Field:
        """The field of that name."""
        return self.query_one(f"#field-{name.replace('_', '-')}", Field)

    def found(self, name: str) -> Field | None:
        """The field of that name, where this form has one."""
        return next((field for field in self.fields() if field.about == name), None)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.about: field.value for field in self.fields()}

    def fill(self, values: Mapping[str, str]) -> None:
        """Puts these values in their fields."""
        for field in self.fields():
            if field.about in values:
                field.fill(values[field.about])

    @property
    def dirty(self) -> bool:
        """Whether something stands in the fields that is not saved."""
        return self.values() != self._start

    @on(Input.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Message) -> None:
        """A key more: the panel follows, and the draft is kept."""
        event.stop()
        if not self.is_current:  # saved meanwhile: late news must not become a draft
            return
        self.setting_up.drafts.put(self.key, self.values() if self.dirty else {})
        self.huddle_app.keep_drafts()
        self.shown()

    def on_unmount(self) -> None:
        """What was not saved is on disk when the form is gone."""
        self.setting_up.drafts.keep()

    def on_descendant_focus(self) -> None:
        """The help of the field at hand."""
        field = self.at_hand()
        self.put("help", field.help if field else "")

    def at_hand(self) -> Field | None:
        """The field that has the focus."""
        return next((f for f in self.fields() if f.entry.has_focus), None)

    def begin(self) -> None:
        """The first field."""
        self.set_focus(self.fields()[0].entry)

    # Keys, in the order in which they were pressed

    async def settled(self) -> None:
        """Returns when the field has taken every key that was pressed before."""
        if self.focused is not None:
            done = asyncio.Event()
            self.focused.call_later(done.set)
            await done.wait()

    async def action_enter(self) -> None:
        """The next field; from the last one, saves."""
        await self.settled()
        here = self.at_hand()
        fields = [f for f in self.fields() if f.display]
        if here is not None:
            try:
                self.read(here.about)
            except Refused as refused:
                here.fail(say(refused.sentence))
                return
        if here is None or here is fields[-1]:
            await self.save()
        else:
            self.screen.set_focus(fields[fields.index(here) + 1].entry)

    def read(self, name: str) -> object:
        """What the field of that name comes to. Raises Refused: then Enter does not leave it."""
        return None

    action_next_field, action_previous_field = calls("_step", 1), calls("_step", -1)

    async def _step(self, by: int) -> None:
        await self.settled()
        fields, here = [f for f in self.fields() if f.display], self.at_hand()
        if fields:
            place = fields.index(here) + by if here in fields else 0
            self.screen.set_focus(fields[max(0, min(len(fields) - 1, place))].entry)

    async def action_save(self) -> None:
        """Saves from any field."""
        await self.settled()
        await self.save()

    async def save(self) -> None:
        """Puts it on disk; what is refused is said under its field."""
        for field in self.fields():
            field.fail("")
        try:
            self.team = await asyncio.to_thread(self.prepared())  # a slow disk must not freeze the screen
        except Conflict as conflict:
            self.wrong(conflict.field, say(conflict.sentence))
            self.rebase(conflict)
        except Refused as refused:
            self.wrong(refused.field, say(refused.sentence))
        except HuddleError as error:
            self.tell(error)
        else:
            self.setting_up.drafts.pop(self.key, None)
            await self.saved()

    def wrong(self, name: str, sentence: str) -> None:
        """Says under that field what is wrong and goes there; as a toast where the form has no such field."""
        field = self.found(name)
        if field is None:
            self.tell(sentence, wrong=True)
        else:
            field.fail(sentence)
            self.set_focus(field.entry)

    async def action_undo(self) -> None:
        """The form as it was opened; once more brings back what was typed in it."""
        if self.dirty:
            self.throw_away()
            self.tell(keyed(_("What was typed is thrown away; {everywhere.undo} brings it back.")))
        else:
            self.fill(self._thrown_away)
            self._thrown_away = {}
            self.shown()

    def throw_away(self) -> None:
        """The form as it was opened, without a draft."""
        self._thrown_away = self.values()
        self.fill(self._start)
        self.setting_up.drafts.pop(self.key, None)
        self.shown()

    async def action_close(self) -> None:
        """Back, once everything typed has arrived."""
        await self.settled()
        self.action_back()

    def action_back(self) -> None:
        """Back; a draft stays for when the form is opened again."""
        if self.dirty:
            self.setting_up.drafts[self.key] = self.values()
            self.huddle_app.tell(_("Not saved, but kept: open it again to go on."))
        self.dismiss()
