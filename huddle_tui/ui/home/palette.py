"""Everything the program can do, to be found by name: what belongs to the screen at hand first."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from huddle_tui.domain.team import fold
from huddle_tui.domain.text import clean_line
from huddle_tui.i18n import _
from huddle_tui.ui.actions import Command
from huddle_tui.ui.kit.inputs import Finder
from huddle_tui.ui.kit.rows import Item, Menu

_AROUND = 6
"""Lines that are no line of the list: field, sentence, what is left free."""


class Palette(ModalScreen[Command]):
    """A field and a list below it. Gives back the command that was chosen.

    Textual's own looks for its commands in tasks that a program which is ended meanwhile waits for, at times for ever,
    and orders them by the alphabet.
    """

    AUTO_FOCUS = "#find"
    BINDINGS = [  # noqa: RUF012 (Textual's own type)
        Binding("escape", "dismiss", show=False, id="everywhere.back.0"),
        Binding("ctrl+p", "dismiss", show=False, id="everywhere.command_palette.0"),
        Binding("ctrl+q", "dismiss", show=False, id="everywhere.leave.0"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
    ]
    DEFAULT_CSS = """
    Palette { align: center top; background: $background 60%; }
    Palette > Vertical { width: 90%; max-width: 92; height: auto; margin-top: 1; padding: 0 1;
        background: $surface; border-left: outer $accent; }
    Palette Finder { background: $panel; padding: 0 1; }
    Palette Menu { margin-top: 1; }
    Palette #does { height: 2; color: $quiet; padding: 1 1 0 1; }
    """

    def __init__(self, commands: Sequence[Command], asked: str) -> None:
        super().__init__()
        self._commands = tuple(commands)
        self._finder = Finder(self._find, asked, id="find")
        self._menu = Menu()
        self._does = Static(id="does")

    def compose(self) -> ComposeResult:
        """The field, what it finds, and a sentence about the line at hand."""
        with Vertical():
            yield self._finder
            yield self._menu
            yield self._does

    def on_resize(self) -> None:
        """As much of the list as there is room for."""
        self._find(clean_line(self._finder.value))

    def _find(self, typed: str) -> None:
        found = sorted(self._found(typed), key=lambda place: self._rank(self._commands[place], typed))
        items = [Item(str(place), self._commands[place].title, right=self._commands[place].keys) for place in found]
        if typed and not items:
            items = [Item(None, _("Nothing is called that."), style="$quiet")]
        first = items[0].key if items else None
        if not typed:
            away = next((n for n, place in enumerate(found) if not self._commands[place].here), 0)
            items = [*items[:away], *([Item(None)] if away else []), *items[away:]]
        self._menu.show_items(items, first)
        self._menu.styles.height = max(1, min(len(items), self.app.size.height - _AROUND))
        self.on_listed_moved()

    def _found(self, typed: str) -> list[int]:
        """The places of the commands that have every word that was typed."""
        words = fold(typed).split()
        texts = (fold(f"{one.title} {one.help} {one.keys}") for one in self._commands)
        return [place for place, text in enumerate(texts) if all(word in text for word in words)]

    def _rank(self, command: Command, typed: str) -> int:
        """Names that begin so come before names that contain it, and these before sentences that do."""
        title, looked_for = fold(command.title), fold(typed)
        if title.startswith(looked_for):
            return 0
        return 1 if looked_for in title else 2

    def action_move(self, by: int) -> None:
        """The cursor, so many lines down."""
        self._menu.move(by)

    def on_listed_moved(self) -> None:
        """What that line does."""
        key = self._menu.key
        self._does.update(Content(self._commands[int(key)].help if key else ""))

    @on(Menu.Picked)
    @on(Input.Submitted)
    def _choose(self) -> None:
        """A click on the line at hand chooses it, and so does Enter."""
        if key := self._menu.key:
            self.dismiss(self._commands[int(key)])
