"""What every screen of the program shares: its book and time, key bar, help, undo, back, and the smallest size.

Textual hands a key to what has the focus and looks for its binding later: whoever types on while a form opens would
type commands into the list behind it. On an `AtOnceScreen` the bindings come first, and each waits until the next
screen stands.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Mount, ScreenSuspend, Unmount
from textual.notifications import Notification
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.files import write_new
from huddle_tui.i18n import _
from huddle_tui.store.port import Book
from huddle_tui.ui import actions
from huddle_tui.ui.kit.keybar import KeyBar
from huddle_tui.ui.kit.listed import Listed
from huddle_tui.ui.kit.people import PeopleList
from huddle_tui.ui.kit.rows import Item, Menu
from huddle_tui.ui.kit.strip import TwoEnds, titled
from huddle_tui.ui.places import Home, Place

if TYPE_CHECKING:
    from huddle_tui.ui.app import HuddleApp

T = TypeVar("T")

SMALLEST = (60, 18)
"""Below this many columns and rows one line says so."""


def calls(method: str, *arguments: object) -> Callable[[Any], Any]:
    """The action that is another method with those arguments: of the screen, or of what stands at `listed.`"""

    def action(screen: "HuddleScreen") -> object:
        return attrgetter(method)(screen)(*arguments)

    return action


class HuddleScreen(Screen[None]):
    """A screen of the program. Subclasses name their area and compose their body in `body`."""

    AREA: ClassVar[str] = ""
    """The area of the action registry that is its own."""
    AREAS: ClassVar[tuple[str, ...]] = ()
    """That, and those that it shares with others, most special first."""
    AT_ONCE: ClassVar[bool] = False
    """Whether its keys come before those of what has the focus."""
    LEADS_TO: ClassVar[Mapping[str, Place]] = {}
    """Its actions that only go somewhere, and where."""
    ABOUT: ClassVar[str] = ""
    """One or two sentences for help: what this screen is for (marked with `N_`)."""

    bar: TwoEnds
    """Its top line: what it is, and what is known at a glance."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(actions.EVERYWHERE)]
    DEFAULT_CSS = """
    HuddleScreen { background: $background; padding: 0 2; overflow: hidden; layers: base over; }
    HuddleScreen > #too-small { display: none; layer: over; width: 100%; height: 100%; background: $background;
        content-align: center middle; text-align: center; }
    HuddleScreen.-too-small > #too-small { display: block; }
    HuddleScreen.-too-small > KeyBar { display: none; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (98, "-normal"), (140, "-wide")]  # noqa: RUF012 (Textual's own type)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 (Textual's own type)

    def __init_subclass__(cls, **kwargs: object) -> None:
        if "AREA" in cls.__dict__:
            cls.AREAS = actions.on_screen(cls.AREA)
            keys = [replace(key, priority=cls.AT_ONCE) for key in actions.bindings(*cls.AREAS)]
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", []), *keys]
        for id, place in cls.__dict__.get("LEADS_TO", {}).items():
            setattr(cls, f"action_{id}", calls("huddle_app.go", place))
        super().__init_subclass__(**kwargs)  # type: ignore[arg-type]  # Textual's keywords, passed on

    @cached_property
    def huddle_app(self) -> "HuddleApp":
        """The program: known from when the screen stands, also in a thread and once the screen is gone."""
        return cast("HuddleApp", self.app)

    @property
    def book(self) -> Book:
        """The book that is open."""
        return self.huddle_app.book

    @property
    def time(self) -> Timepiece:
        """The time the program lives in."""
        return self.huddle_app.time

    def __init__(self) -> None:
        super().__init__()
        self.place: Place | None = None
        """Where it is, when it was gone to through a door."""
        self._toasts: list[Notification] = []
        """What was told here and means nothing elsewhere."""
        self.ready = asyncio.Event()
        """Set once everything on it is there to be seen and typed into."""

    @on(Mount)
    def _stand(self) -> None:
        assert self.huddle_app is self.app  # known from here on
        for cells, steps in zip(self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            self.add_class(*self._get_breakpoint_classes(cells, steps or []))  # Textual's own follow the first paint
        self.ready.set()

    @property
    def lives(self) -> bool:
        """Whether it is still one of the program's screens; one that was left may have lost its widgets already."""
        return self.is_running and self in self.app.screen_stack

    @property
    def large(self) -> bool:
        """Whether a team can gather around it: there is room for more than what is at hand."""
        return self.size.width >= 140 and self.size.height >= 40

    @property
    def in_front(self) -> bool:
        """Whether nothing lies on it; Textual's `is_current` is also true of the screen behind the one in front."""
        return self.lives and self.app.screen is self

    def begin(self) -> None:
        """Puts the focus where the first key should go."""

    def compose(self) -> ComposeResult:
        """The bar, the body, the key bar below."""
        self.bar = TwoEnds(id="bar")
        yield self.bar
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What the screen shows between its bar and its key bar."""
        yield from ()

    def on_resize(self) -> None:
        """Says so where the terminal is too small; nothing typed is lost, the fields are only covered."""
        width, height = self.app.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(small, "-too-small")
        self.set_class(width >= 140 and height >= 48, "-huge")
        if small:
            text = _("This window is {width}×{height}; huddle needs at least {least_width}×{least_height}.")
            line = text.format(width=width, height=height, least_width=SMALLEST[0], least_height=SMALLEST[1])
            if not self.query("#too-small"):
                self.mount(Static(id="too-small"))  # covers all; a terminal that has room does not wait for it
            self.query_one("#too-small", Static).update(Content(line))

    def named(self, action: actions.UserAction) -> actions.UserAction:
        """An action as it is called on this screen now."""
        return action

    def footer_actions(self) -> list[actions.UserAction]:
        """What the key bar shows: at most five, the screen's own first, help last."""
        areas = (a for area in self.AREAS for a in actions.of(area))
        mine = [self.named(a) for a in areas if a.footer and self.check_action(a.id, ())]
        return [*mine[:4], *(a for a in actions.of(actions.EVERYWHERE) if a.footer)]

    def available_actions(self) -> list[actions.UserAction]:
        """What the palette offers on this screen."""
        everywhere = [a for a in actions.of(actions.EVERYWHERE) if self.doer_of(a)]
        found = (*self.known_actions(), *everywhere)
        return [self.named(a) for a in found if a.palette and self.check_action(a.id, ())]

    def known_actions(self) -> list[actions.UserAction]:
        """What help lists: the actions of its areas that there are on this screen, though perhaps not now."""
        return [a for area in self.AREAS for a in actions.of(area) if self.doer_of(a)]

    def doer_of(self, action: actions.UserAction) -> str:
        """Whose action it is: the `screen`'s, else the `app`'s; nobody's where neither can do it."""
        doers = (("screen", self), ("app", self.app))
        return next((name for name, doer in doers if hasattr(doer, f"action_{action.id}")), "")

    def tell(self, sentence: Sentence | HuddleError | str, *, wrong: bool = False) -> None:
        """One sentence in a toast that is gone with this screen, unless something is wrong; people's text is data."""
        toast = self.huddle_app.tell(sentence, wrong=wrong)
        if toast.severity == "information":
            self._toasts.append(toast)

    @on(ScreenSuspend)
    @on(Unmount)
    def _take_its_toasts_along(self) -> None:
        for toast in self._toasts:
            self.huddle_app._unnotify(toast)
        self._toasts.clear()

    def show_bar(self, title: str, *about: str | Content, right: str | Content = "") -> None:
        """Its top line: what it is, what it is about, and what is known at a glance."""
        self.bar.show(titled(title, *about), right)

    def put(self, id: str, text: str | Content = "") -> None:
        """Shows that text in the part of that name, where this screen has it; without a text it takes no room."""
        for part in self.query(f"#{id}").results(Static):
            part.update(Content(text) if isinstance(text, str) else text)
            part.display = bool(text)

    # Off the event loop

    def work(
        self,
        job: Callable[[], T],
        then: Callable[[T], object] | None = None,
        *,
        failed: Callable[[HuddleError], object] | None = None,
        group: str = "work",
        newest: bool = False,
    ) -> None:
        """Does that in a thread, then shows what came of it; why it cannot be done is told, or `failed` tells it.

        Both also where somebody has left this screen meanwhile. With `newest` a job of the same group that was begun
        before is forgotten.
        """
        app = self.huddle_app

        def do() -> None:
            try:
                found = job()
            except HuddleError as error:
                app.call_from_thread(failed or app.tell, error)
            else:
                if then is not None and not (newest and get_current_worker().is_cancelled):
                    app.call_from_thread(then, found)

        self.run_worker(do, thread=True, exclusive=newest, group=group)

    def save_as(self, name: str, made: Callable[[], Iterable[str]]) -> None:
        """Puts a file in the folder that the program was started in, beside one of that name, and says where."""
        saved = _("Saved as {path}")
        self.work(
            lambda: write_new(name, made()), lambda path: self.huddle_app.tell(saved.format(path=path)), group="save as"
        )

    def go_back(self) -> None:
        """One level back, to the screen below; home is below the one that the program began with."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.huddle_app.open(Home(), instead=True)

    action_back = go_back

    # The keys of a list

    @property
    def listed(self) -> Listed:
        """What the keys of a list move the cursor of."""
        return self.query_one(Listed)

    action_down, action_up = calls("listed.move", 1), calls("listed.move", -1)
    action_first, action_last = calls("listed.first"), calls("listed.last")
    action_page_down, action_page_up = calls("listed.page", 1), calls("listed.page", -1)

    async def action_undo(self) -> None:
        """Undo the last step; a screen with steps does its own."""
        self.tell(_("There is nothing to undo here."))


class AtOnceScreen(HuddleScreen):
    """A screen whose own keys are handled at once, and that hands over to the next one without losing a key."""

    AT_ONCE = True


def way_in(action: actions.UserAction) -> Item:
    """The line of a PeopleList that stands for what can be done."""
    return Item(action.id, _(action.label), glyph=actions.keys_of(action)[0], style="$foreground", note=_(action.help))


class ListScreen(AtOnceScreen):
    """A screen with one Menu; its areas include `list`."""

    @property
    def listed(self) -> Menu:
        """The menu."""
        return self.query_one(Menu)

    async def on_listed_picked(self) -> None:
        """A second click on a line does what Enter does there."""
        of_enter = (action.id for action in actions.of(self.AREA) if action.keys == "enter")
        await self.run_action(next(of_enter, "enter"))


class ChoosingScreen(HuddleScreen):
    """A screen with one PeopleList, the keys of whose lines are its own actions."""

    BINDINGS = [Binding("enter", "choose", show=False)]  # noqa: RUF012 (Textual's own type)

    @property
    def listed(self) -> PeopleList:
        """The ways, with what is known beside them."""
        return self.query_one(PeopleList)

    async def action_choose(self) -> None:
        """The line under the cursor."""
        await self.run_action(self.listed.key)

    async def on_listed_picked(self) -> None:
        """A click on a line."""
        await self.action_choose()
