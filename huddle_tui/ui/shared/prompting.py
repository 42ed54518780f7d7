"""What the round and the check-in share: a name, a board of numbers, and one field that every key goes to."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widgets import Static

from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.kit.inputs import Prompt
from huddle_tui.ui.kit.strip import TwoEnds
from huddle_tui.ui.shared.board import Board


class _Hint(Static):
    """What is understood of what is typed: it takes what label and field leave, and what does not fit ends in `…`."""

    def __init__(self, label: Static, field: Prompt) -> None:
        super().__init__(id="echo")
        self._before, self._field = label, field

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its text, up to the room there is."""
        label, least = self._before, self._field.styles.min_width
        taken = label.get_content_width(container, viewport) + label.gutter.width
        if (most := label.styles.max_width) is not None:
            taken = min(taken, int(most.resolve(container, viewport)))
        room = container.width - taken - (int(least.resolve(container, viewport)) if least is not None else 0)
        return max(0, min(super().get_content_width(container, viewport), room))


class PromptScreen(HuddleScreen):
    """A screen whose one field never loses the focus; what is wrong stands above it."""

    AUTO_FOCUS = "#prompt"
    DEFAULT_CSS = """
    PromptScreen #who, PromptScreen #who > * { height: 4; }
    PromptScreen #name { width: 1fr; }
    PromptScreen #asking { height: 1; background: $panel; }
    PromptScreen #label, PromptScreen #echo { width: auto; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    PromptScreen #label { color: $accent; text-style: bold; }
    PromptScreen #echo { color: $quiet; }
    PromptScreen .told { height: auto; padding: 0 1; display: none; }
    PromptScreen #wrong { color: $error; }
    PromptScreen.-tall #bar { margin-bottom: 1; }
    PromptScreen.-huge #who, PromptScreen.-huge #who > * { height: 8; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._big_name = BigText("", id="name")
        self._board = Board(id="board")
        self._strip = TwoEnds(id="strip")
        self._label = Static(id="label")
        self._prompt = Prompt(self, id="prompt")
        self._echo = _Hint(self._label, self._prompt)

    def below(self) -> ComposeResult:
        """The strip, what is wrong, and the field between what it asks and what is understood of it."""
        yield self._strip
        yield Static(id="wrong", classes="told")
        with Horizontal(id="asking"):
            yield self._label
            yield self._prompt
            yield self._echo

    def begin(self) -> None:
        """The next key is typed into the field, though the screen has only just been put there."""
        self.set_focus(self._prompt)

    def enter(self, text: str) -> None:
        """Enter was pressed in the field."""
        raise NotImplementedError

    def turn(self, step: int) -> bool:
        """The reason before or after the one that stands there; False where none is asked."""
        raise NotImplementedError

    def typed(self) -> None:
        """Shows what is understood while it is typed."""
        raise NotImplementedError
