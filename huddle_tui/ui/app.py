"""The program on the screen: theme, first screen, quitting, signals. Everything else belongs to the screens."""

import asyncio
import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual._callback import invoke
from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.geometry import Offset
from textual.notifications import Notification, Notify, SeverityLevel
from textual.timer import Timer
from textual.widgets import Input

from huddle_tui.activities.books import look, place_of
from huddle_tui.activities.settings import KnownBook, Settings, save
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.i18n import _, say
from huddle_tui.store.port import Book
from huddle_tui.ui import actions, doors
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.look.themes import THEMES, VARIABLES, without_colour
from huddle_tui.ui.places import Help, Home, OverTime, Place, TeamOf, Welcome
from huddle_tui.ui.terminal.driver import for_real_terminals, on_signal

if TYPE_CHECKING:
    from huddle_tui.activities.drafts import FormDrafts
    from huddle_tui.activities.identity import Identity
    from huddle_tui.activities.links import Pages
    from huddle_tui.activities.looking_back import LookingBack
    from huddle_tui.activities.setting_up import SettingUp

_REST = 0.5
"""Seconds after the last key when a draft is put on disk."""


class HuddleApp(App[None], inherit_bindings=False):
    """One window on one book."""

    TITLE = "huddle"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # there is one of our own
    BINDINGS = [Binding("ctrl+c", "help_quit", show=False)]  # noqa: RUF012 (Textual's own type)

    def __init__(
        self,
        book: Book,
        time: Timepiece,
        first: Place,
        settings: Settings = Settings(),  # noqa: B008 (frozen)
        settings_file: Path | None = None,
    ) -> None:
        """`first` is where it starts; `settings_file` is where a chosen theme is kept, if anywhere."""
        super().__init__()
        self._settings_file = settings_file
        self.book = book
        self.time = time
        self.settings = settings
        self._first = first
        self.last_words: list[Sentence] = []
        """What must still be said in the plain terminal after the screen is gone."""
        self.afterwards = ""
        """The command to go on with once the screen is gone, such as `demo`."""
        self.next_book = ""
        """The place of the book to go on with once the screen is gone: another team."""
        self.serve: Callable[[], Pages] | None = None
        """Serves the browser pages beside this program; blocks. None where nobody said how."""
        self.pages: Pages | None = None
        """What serves them now; whoever runs the program stops it."""
        self.shown_links: dict[str, str] = {}
        """By fingerprint the links that this program made: they can be shown until it ends."""
        self.links_begin = "http://127.0.0.1:8907/"
        """What links begin with while nothing is served from here."""
        self._notices = list(settings.notices)
        self._keeping: Timer | None = None
        chosen: dict[str, str] = {}
        self._own_keys: dict[str, str] = {}
        if settings.keys:
            from huddle_tui.ui.own_keys import keymap, usable

            chosen, wrong = usable(settings.keys)
            self._own_keys = keymap(chosen)
            self._notices += wrong
        actions.use(chosen)  # what is shown are the keys that work
        self.crash: Exception | None = None
        """What ended the program, if something did that should not have."""
        for theme in THEMES:
            self.register_theme(without_colour(theme) if self.no_color else theme)
        self._begin_with(settings.theme if settings.theme in self.available_themes else THEMES[0].name)

    def _begin_with(self, theme: str) -> None:
        """Its colours, before there is anything to draw: Textual's change of theme reads every style sheet twice."""
        self.set_reactive(HuddleApp.theme, theme)
        dark = self.current_theme.dark
        self.update_classes({"-dark-mode": dark, "-light-mode": not dark, f"-theme-{theme}": True}, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    # Loaded when first asked for: the first frame does not wait for them.

    @cached_property
    def looking(self) -> "LookingBack":
        """The past as far as it was read: shared, so that every screen that looks back stands at once."""
        from huddle_tui.activities.looking_back import LookingBack

        return LookingBack(self.book)

    @cached_property
    def setting_up(self) -> "SettingUp":
        """The team's edits with their way back and drafts: shared, so that undo reaches over screens."""
        from huddle_tui.activities.setting_up import SettingUp

        return SettingUp(self.book, self.time, self.drafts)

    @cached_property
    def identity(self) -> "Identity":
        """Who this program is for, once that is known."""
        from huddle_tui.activities.identity import Identity

        return Identity.of(self.book)

    @cached_property
    def drafts(self) -> "FormDrafts":
        """What was typed and not saved."""
        from huddle_tui.activities.drafts import FormDrafts

        return FormDrafts(self.book)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; none while Textual makes itself ready, which is for a theme of its own."""
        return super().get_css_variables() if THEMES[0].name in self.available_themes else {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, so that Textual's themes work too."""
        return dict(VARIABLES)

    def get_driver_class(self) -> type[Driver]:
        """The one of the platform, made to live with what terminals do."""
        return for_real_terminals(super().get_driver_class())

    def get_default_screen(self) -> HuddleScreen:
        """The first screen lies at the bottom: an empty one below it would cost a frame."""
        try:
            screen = doors.screen_of(self._first, self)
        except HuddleError as error:  # no huddle can be held on a disk that can only be read, say
            self.call_later(self.tell, error)
            screen = doors.screen_of(Home(), self)
        screen._push_result_callback(screen, None)  # as `push_screen` does: else none can take its place
        return screen

    def on_mount(self) -> None:
        """Leaves in order when the terminal is closed; says what is wrong with the settings."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            if number := getattr(signal, name, None):
                with suppress(ValueError):  # not the main thread
                    on_signal(number, loop, partial(self.exit, None, 128 + number))
        self.set_keymap(self._own_keys)
        if self.settings.theme and self.settings.theme not in self.available_themes:
            names = ", ".join(theme.name for theme in THEMES)
            known = {"name": self.settings.theme, "names": names}
            self._notices.append(Sentence(N_("There is no theme {name}; choose one of: {names}."), known))
        self.call_after_refresh(_collect_from_now_on)
        for notice in self._notices:
            self.notify(say(notice), severity="warning", markup=False, timeout=10)

    # Where to

    def open(self, place: Place, *, instead: bool = False) -> None:
        """Goes to a place, from which Escape comes back, or there instead of here; why not is said."""
        if (screen := self._screen_of(place)) is not None:
            self.switch_screen(screen) if instead else self.push_screen(screen)

    async def go(self, place: Place, *, instead: bool = False) -> None:
        """The same, and comes back when the screen is there: the next key finds it."""
        if (screen := self._screen_of(place)) is None:
            return
        if instead:  # is not waited for to its end: that is when the other screen is gone, and the click on it done
            self.switch_screen(screen)
            await screen.ready.wait()
        else:
            await self.push_screen(screen)
        screen.begin()

    def _screen_of(self, place: Place) -> HuddleScreen | None:
        try:
            return doors.screen_of(place, self)
        except HuddleError as error:
            self.tell(error)
            return None

    async def arrive(self, then: Place | None = None) -> None:
        """From a screen of the welcome to home, from any other path just back; and on to where `then` says."""
        stack = [screen for screen in self.screen_stack if isinstance(screen, HuddleScreen)]
        if not any(isinstance(screen.place, Welcome) for screen in stack):
            stack[-1].dismiss()
            if then is not None:
                stack[-2].call_after_refresh(self.go, then)
            return
        if any(isinstance(screen.place, Welcome) for screen in stack[1:-1]):
            self.pop_screen()
        self.open(Home(), instead=True)  # a welcome that the program began with stays at the bottom, out of reach
        if then is not None:
            self.open(then)

    def ask(
        self, text: str, yes: str, no: str, agreed: Callable[[], object], refused: Callable[[], object] = lambda: None
    ) -> None:
        """A question with two answers, the safe one in focus, and what follows on each."""
        from huddle_tui.ui.kit.questions import ConfirmScreen

        def answered(answer: bool | None) -> None:
            if answer:
                agreed()
            else:
                refused()

        self.push_screen(ConfirmScreen(text, yes, no), answered)

    def keep_drafts(self) -> None:
        """Puts them on disk when nothing was typed for a moment."""
        if self._keeping is not None:
            self._keeping.stop()
        keep = partial(self.run_worker, self.drafts.keep, thread=True, group="keep")
        self._keeping = self.set_timer(_REST, keep)

    def ask_line(
        self, form: str, text: str, answered: Callable[[str | None], None], proposal: str = "", *, empty: bool = False
    ) -> None:
        """A question that one line answers; Escape answers None. With `empty` nothing typed is an answer too.

        What is typed is a draft of `form` until whoever asks throws that away: it stands there when it is asked again.
        """
        from huddle_tui.ui.kit.questions import AskLineScreen

        asked = dict(self.drafts.get(form, {}))

        def typed(line: str) -> None:
            asked[text] = line
            if line == proposal:
                del asked[text]
            self.drafts.put(form, asked)
            self.keep_drafts()

        def done(line: str | None) -> None:
            self.drafts.keep()
            if line is None and form in self.drafts:
                self.tell(_("Not saved, but kept: open it again to go on."))
            answered(line)

        draft = asked.get(text)
        back = "" if draft is None else actions.keyed(_("Your draft is back. {everywhere.undo} throws it away."))
        self.push_screen(AskLineScreen(text, proposal, typed, draft, about=back, empty=empty), done)

    def on_notify(self, event: Notify) -> None:
        """The same sentence again takes the place of the one that stands: no pile of them covers the screen."""
        for standing in list(self._notifications):
            if standing.message == event.notification.message:
                self._unnotify(standing, refresh=False)

    def tell(self, sentence: Sentence | HuddleError | str, *, wrong: bool = False) -> Notification:
        """One sentence in a toast, which is given back; people's text in it is data."""
        wrong = wrong or isinstance(sentence, HuddleError)
        sentence = sentence.sentence if isinstance(sentence, HuddleError) else sentence
        text = say(sentence) if isinstance(sentence, Sentence) else sentence
        severity: SeverityLevel = "error" if wrong else "information"
        toast = Notification(text, severity=severity, timeout=self.NOTIFICATION_TIMEOUT, markup=False)
        self.post_message(Notify(toast))
        return toast

    def commands(self, screen: HuddleScreen) -> Iterator[actions.Command]:
        """Everything that can be done, for the palette: what belongs to this screen first."""
        for action in screen.available_actions():
            keys, own = " · ".join(actions.keys_of(action)), action.area != actions.EVERYWHERE
            run = partial(self.run_action, f"{screen.doer_of(action)}.{action.id}")
            yield actions.Command(_(action.label), _(action.help), run, keys, own)
        if not any(hasattr(one, "ask_to_leave") for one in self.screen_stack):
            yield from self._ways_in(screen)
        if not hasattr(screen, "ask_to_leave"):
            here = place_of(self.book)
            for known in self.settings.books:
                if known.place != here:
                    alike = [other.name for other in self.settings.books].count(known.name) > 1
                    name = f"{known.name} ({known.place})" if alike else known.name
                    title = _("Switch team: {name}").format(name=name)
                    yield actions.Command(title, known.place, partial(self.switch_team, known.place))
        for theme in THEMES:
            title = _("Theme: {name}").format(name=theme.name)
            yield actions.Command(title, _("Other colours, from now on."), partial(self.choose_theme, theme.name))

    def _ways_in(self, screen: HuddleScreen) -> Iterator[actions.Command]:
        """What home, Team and the team over time lead to, from any screen of a book, less what that leads to itself."""
        if screen.AREA == "welcome":
            return
        homes = [one for one in self.screen_stack if isinstance(one, HuddleScreen) and one.AREA == "home"]
        home = homes[0] if homes else doors.screen_of(Home(), self)
        offered = home.available_actions()
        known = [*screen.LEADS_TO.values()]
        for page in (home, doors.screen_of(TeamOf(), self), doors.screen_of(OverTime(), self)):
            for action in offered if page is home else actions.of(page.AREA):
                place = page.LEADS_TO.get(action.id)
                if place is not None and place not in known:
                    known.append(place)
                    yield actions.Command(_(action.label), _(action.help), partial(self.go, place))

    def switch_team(self, place: str) -> None:
        """Goes on with the book of another team, as if it had been started with it; one that is gone is told."""
        if gone := look(KnownBook(place, "")).gone:
            self.notify(say(gone), severity="warning", markup=False)
            return
        self.next_book = place
        self.exit()

    def choose_theme(self, name: str) -> None:
        """Other colours, from now on and at the next start."""
        self.theme = name
        if self._settings_file is not None:
            try:
                save(self._settings_file, theme=name)
            except HuddleError as error:
                self.notify(say(error.sentence), severity="warning", markup=False)

    def action_command_palette(self) -> None:
        """Everything the program can do."""
        if isinstance(self.screen, HuddleScreen):
            self.offer(tuple(self.commands(self.screen)), _("What do you want to do?"))

    def offer(self, commands: Sequence[actions.Command], asked: str) -> None:
        """Asks which of these, and does it."""
        self.push_screen(doors.palette(commands, asked), self._carry_out)

    async def _carry_out(self, command: actions.Command | None) -> None:
        """What was chosen in the palette."""
        if command is not None:
            await invoke(command.run)

    def action_help(self) -> None:
        """Help for the screen at hand."""
        if isinstance(self.screen, HuddleScreen) and not isinstance(self.screen.place, Help):
            self.open(Help(tuple(self.screen.known_actions()), self.screen.ABOUT))

    def action_help_quit(self) -> None:
        """Ctrl+C is a reflex: it says how to leave."""
        self.notify(actions.keyed(_("{everywhere.leave} leaves the program.")), markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Whether the terminal has the focus changes nothing: a key that comes is for this program.

        Textual takes the focus from the field when its pane loses it, and gives none to a screen that opens meanwhile.
        """
        if not isinstance(event, (events.AppBlur, events.AppFocus)):
            await super().on_event(event)  # no handler of a message: the way in for all, which is called once

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands, and what an input method composes: on the field, wherever it is laid.

        Textual notes it when a field is written in, which is before it has its place.
        """
        field = self.screen.focused
        return field.cursor_screen_offset if isinstance(field, Input) else Offset()

    @cursor_position.setter
    def cursor_position(self, _: Offset) -> None:
        """It follows from the field."""

    async def action_leave(self) -> None:
        """Leaves; a screen that must not be left lightly asks first."""
        getattr(self.screen, "ask_to_leave", self.exit)()

    def _handle_exception(self, error: Exception) -> None:
        self.crash = error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """No traceback on the screen: the command line logs it and says one sentence."""
        self._close_messages_no_wait()


def _collect_from_now_on() -> None:
    """What a start makes stays for good: it is never looked through for garbage."""
    if not gc.isenabled():  # it is in a test
        gc.freeze()
        gc.enable()
