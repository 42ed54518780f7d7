"""A question with two answers, the safe one in focus."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class ConfirmScreen(ModalScreen[bool]):
    """Gives back True where the person chose `yes`."""

    AUTO_FOCUS = "#no"
    BINDINGS = [  # noqa: RUF012 (Textual's own type)
        Binding("escape", "answer(False)", show=False, id="everywhere.back.0"),
        Binding("ctrl+q", "answer(False)", show=False, id="everywhere.leave.0"),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; background: $background 60%; }
    ConfirmScreen > Vertical { width: 64; max-width: 90%; height: auto; background: $panel; padding: 1 2;
        border-left: outer $accent; }
    ConfirmScreen Button.-style-default { margin-left: 2; height: 1; min-width: 14; border: none; background: $surface;
        color: $foreground; text-style: bold; }
    ConfirmScreen Button.-style-default:focus { border: none; background: $accent; color: $background;
        text-style: bold; background-tint: $accent 0%; }
    ConfirmScreen Horizontal { height: auto; margin-top: 1; align-horizontal: right; }
    """

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._texts = (question, yes, no)

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        question, yes, no = self._texts
        with Vertical():
            yield Static(Content(question))
            with Horizontal():
                yield Button(Content(no), id="no")
                yield Button(Content(yes), id="yes")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The chosen answer."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        """The safe answer, by Escape."""
        self.dismiss(answer)
