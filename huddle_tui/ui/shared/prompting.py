"""What the round and the check-in share: a name, a board of numbers, and one field that every key goes to."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widgets import Input, Static

from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.kit.inputs import LineInput
from huddle_tui.ui.kit.strip import TwoEnds
from huddle_tui.ui.shared.board import Board

_ARROWS = {"left": -1, "right": 1}


class Prompt(LineInput, inherit_bindings=False):
    """The one field of the round: it never moves and never loses the focus, so that no key can land in the wrong place.

    Every key is handled here in the order in which it was pressed, Enter included: whoever types four numbers and four
    Enters in one breath gets four readings.
    """

    BINDINGS = Input.BINDINGS  # and none of those that scroll: a line of text has nowhere to
    DEFAULT_CSS = "Prompt { background: transparent; width: 1fr; }"

    def __init__(self, screen: "PromptScreen") -> None:
        self._answers, self._filling = screen, False
        super().__init__(id="prompt", select_on_focus=False)
        self.cursor_blink = False  # a blinking cursor repaints twice a second, and draws the eye on a projector
        self.takes_text = False
        """Whether printable keys are text; else they are keys of the screen like any other."""

    def fill(self, text: str) -> None:
        """Puts it in the field: nobody typed that, so nobody is told."""
        self._filling = True
        self.value = text
        self._filling = False

    def watch_value(self) -> None:
        """Tells it at once, not only by message: so the key and what it means come in one frame."""
        if self.is_attached and not self._filling:
            self._answers.typed()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only where it takes text are letters text."""
        return self.takes_text and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self._answers.enter(self.value)
        elif event.key in _ARROWS and not self.value and self._answers.turn(_ARROWS[event.key]):
            pass
        elif event.is_printable and self.takes_text:
            return  # is text: Textual calls the handler of the field itself
        elif not await self._run(event.key) and not event.is_printable:
            return
        event.stop()
        event.prevent_default()

    async def _run(self, key: str) -> bool:
        """What a key does: on the screen first, so that one that a user chose does not edit the field instead."""
        chain = sorted(self.screen._modal_binding_chain, key=lambda each: each[0] is not self.screen)
        for node, bindings in chain:
            for binding in bindings.key_to_bindings.get(key, ()):
                if await self.app.run_action(binding.action, node):
                    return True
        return False

    def _on_paste(self, event: events.Paste) -> None:
        """Only where it takes text. Textual calls the handlers of all its classes, this one first."""
        if not self.takes_text:
            event.stop()
            event.prevent_default()


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
        self._prompt = Prompt(self)
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
        """Enter was pressed; `text` is what stood in the field."""
        raise NotImplementedError

    def turn(self, step: int) -> bool:
        """An arrow in the empty field, -1 left or 1 right: the reason before or after; False where none is asked."""
        raise NotImplementedError

    def typed(self) -> None:
        """Shows what is understood while it is typed."""
        raise NotImplementedError
