"""Questions that lie over the screen: one with two answers, the safe one in focus, and one that a line answers."""

from collections.abc import Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from huddle_tui.domain.text import clean_line
from huddle_tui.ui.kit.inputs import LineInput

Answer = TypeVar("Answer")


class _QuestionScreen(ModalScreen[Answer]):
    """A question over the screen; Escape takes it away unanswered, or with the safe answer."""

    BINDINGS = [  # noqa: RUF012 (Textual's own type)
        Binding("escape", "leave_it", show=False, id="everywhere.back.0"),
        Binding("ctrl+q", "leave_it", show=False, id="everywhere.leave.0"),
    ]
    DEFAULT_CSS = """
    _QuestionScreen { align: center middle; background: $background 60%; }
    _QuestionScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $panel; padding: 1 2;
        border-left: outer $accent; }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question


class ConfirmScreen(_QuestionScreen[bool]):
    """Gives back True where the person chose `yes`."""

    AUTO_FOCUS = "#no"
    BINDINGS = [  # noqa: RUF012 (Textual's own type)
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmScreen > Vertical { width: 64; }
    ConfirmScreen Button.-style-default { margin-left: 2; height: 1; min-width: 14; border: none; background: $surface;
        color: $foreground; text-style: bold; }
    ConfirmScreen Button.-style-default:focus { border: none; background: $accent; color: $background;
        text-style: bold; background-tint: $accent 0%; }
    ConfirmScreen Horizontal { height: auto; margin-top: 1; align-horizontal: right; }
    """

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__(question)
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical():
            yield Static(Content(self._question))
            with Horizontal():
                yield Button(Content(self._no), id="no")
                yield Button(Content(self._yes), id="yes")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The chosen answer."""
        self.dismiss(event.button.id == "yes")

    def action_leave_it(self) -> None:
        """The safe answer."""
        self.dismiss(False)


class AskLineScreen(_QuestionScreen[str | None]):
    """Gives back what was typed; None where Escape took the question away."""

    BINDINGS = [Binding("ctrl+z", "undo", show=False, id="everywhere.undo.0")]  # noqa: RUF012 (Textual's own type)
    DEFAULT_CSS = """
    AskLineScreen LineInput { margin-top: 1; }
    AskLineScreen #about { color: $quiet; }
    """

    def __init__(
        self,
        question: str,
        proposal: str,
        typed: Callable[[str], None],
        draft: str | None,
        *,
        about: str = "",
        empty: bool = False,
    ) -> None:
        """`proposal` stands in the line, selected, or the `draft` that is gone on with, and `about` below it.

        `typed` is told of every letter. With `empty` nothing typed is an answer too.
        """
        super().__init__(question)
        self._stood, self._typed, self._about, self._empty = proposal, typed, about, empty
        self._draft = proposal if draft is None else draft

    def compose(self) -> ComposeResult:
        """The question, and the line below it."""
        with Vertical():
            yield Static(Content(self._question))
            yield LineInput(self._draft, compact=True, select_on_focus=self._draft == self._stood)
            if self._about:
                yield Static(Content(self._about), id="about")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tells what stands there."""
        self._typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers; an empty line only where that is one."""
        typed = clean_line(event.value)
        if typed or self._empty:
            self.dismiss(typed)

    def action_leave_it(self) -> None:
        """Never mind."""
        self._typed(self.query_one(Input).value)  # the last letter may not have been told yet
        self.dismiss(None)

    def action_undo(self) -> None:
        """What stood there before; once more brings back what was typed."""
        line = self.query_one(Input)
        self._stood, line.value = line.value, self._stood
