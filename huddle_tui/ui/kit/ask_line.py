"""A question that one line answers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from huddle_tui.domain.text import clean_line


class AskLineScreen(ModalScreen[str | None]):
    """Gives back what was typed; None where Escape took the question away."""

    BINDINGS = [  # noqa: RUF012 (Textual's own type)
        Binding("escape", "answer", show=False, id="everywhere.back.0"),
        Binding("ctrl+q", "answer", show=False, id="everywhere.leave.0"),
    ]
    DEFAULT_CSS = """
    AskLineScreen { align: center middle; background: $background 60%; }
    AskLineScreen > Vertical { width: 72; max-width: 90%; height: auto; background: $panel; padding: 1 2;
        border-left: outer $accent; }
    AskLineScreen Input { margin-top: 1; height: 1; border: none; padding: 0; background: $surface; }
    AskLineScreen Input:focus { border: none; background-tint: transparent 0%; }
    """

    def __init__(self, question: str, proposal: str = "", *, empty: bool = False) -> None:
        """`proposal` stands in the line, selected; with `empty` nothing typed is an answer too."""
        super().__init__()
        self._question, self._proposal, self._empty = question, proposal, empty

    def compose(self) -> ComposeResult:
        """The question, and the line below it."""
        with Vertical():
            yield Static(Content(self._question))
            yield Input(self._proposal, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers; an empty line only where that is one."""
        typed = clean_line(event.value)
        if typed or self._empty:
            self.dismiss(typed)

    def action_answer(self) -> None:
        """Never mind."""
        self.dismiss(None)
