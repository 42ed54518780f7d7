"""Labelled fields of a form: text, and a choice out of a few. The sentence about what is wrong stands under the field.

A field holds text or a chosen key and decides nothing; its screen reads it, and moves on with Enter and the arrows.
"""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from huddle_tui.domain.text import clean
from huddle_tui.ui.kit.inputs import LineInput
from huddle_tui.ui.look.text import cut

LINE_END = "↵"
"""Stands for a line end in a field of one line, so that a text of several lines comes out as it went in."""


class TextEntry(LineInput):
    """A field of one line, in which text of several lines keeps its line ends."""

    DEFAULT_CSS = """
    TextEntry { padding: 0 1; width: 1fr; }
    TextEntry:focus { background: $panel; }
    """

    def __init__(self, value: str = "", placeholder: str = "") -> None:
        super().__init__(shown_on_one_line(value), placeholder, select_on_focus=False)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are text; everything else may be a key of the screen."""
        return character is not None and character.isprintable()


def shown_on_one_line(text: str) -> str:
    """Text of several lines as a TextEntry shows it."""
    return clean(text).replace("\n", f" {LINE_END} ")


def as_typed(text: str) -> str:
    """What a TextEntry shows as the text it stands for."""
    return text.replace(f" {LINE_END} ", "\n").replace(LINE_END, "\n")


class Option(msgspec.Struct, frozen=True):
    """Something that can be chosen."""

    key: str
    """What it stands for."""
    label: str
    """What people see; may be a name that somebody typed."""


class Choice(Widget, can_focus=True):
    """One out of a few, all in sight where they fit; left, right, space or a first letter choose."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: clip; }
    Choice:focus { background: $panel; }
    """

    class Changed(Message):
        """Another one was chosen."""

    def __init__(self, options: Sequence[Option], chosen: str = "") -> None:
        super().__init__()
        self.options = tuple(options)
        self._at = 0
        self._spans: list[tuple[int, int]] = []
        self.choose(chosen)

    @property
    def chosen(self) -> str:
        """The key of what is chosen."""
        return self.options[self._at].key if self.options else ""

    def choose(self, key: str) -> None:
        """Chooses `key`; what is not offered changes nothing. Says nothing to the screen."""
        places = [place for place, option in enumerate(self.options) if option.key == key]
        if places:
            self._at = places[0]
            self.refresh()

    def render(self) -> Content:
        """All options in a row, or the chosen one between arrows where they do not fit."""
        width = self.content_size.width
        if not self.options or width < 1:
            return Content("")
        row, self._spans, x = [], [], 0
        for place, option in enumerate(self.options):
            chosen = place == self._at
            text = f"{'●' if chosen else '○'} {option.label}"
            style = ("bold $accent" if self.has_focus else "bold") if chosen else "$quiet"
            row.append(Content.styled(text, style))
            self._spans.append((x, place))
            x += cell_len(text) + 2
        if x - 2 <= width:
            return Content("  ").join(row)
        self._spans = []
        count = f"  {self._at + 1}/{len(self.options)}"
        label = cut(self.options[self._at].label, max(1, width - len(count) - 4))
        style = "bold $accent" if self.has_focus else "bold"
        return Content.assemble(("‹ ", "$quiet"), (label, style), (" ›", "$quiet"), (count, "$quiet")).truncate(width)

    def on_key(self, event: events.Key) -> None:
        """Left and right, space, or the first letter of an option."""
        steps = {"left": -1, "right": 1, "space": 1, "home": -self._at, "end": len(self.options) - 1 - self._at}
        if event.key in steps:
            self._go(steps[event.key], around=event.key == "space")
        elif event.character and event.character.isalnum():
            order = [*range(self._at + 1, len(self.options)), *range(self._at + 1)]
            first = event.character.casefold()
            found = [p for p in order if self.options[p].label.casefold().startswith(first)]
            if found:
                self._go(found[0] - self._at)
        else:
            return
        event.stop()
        event.prevent_default()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters choose here, so they are no keys of the screen."""
        return character is not None and character.isalnum()

    def on_click(self, event: events.Click) -> None:
        """The option that was clicked, or the next one."""
        hits = [place for x, place in self._spans if x <= event.x - 1]
        self._go(hits[-1] - self._at if hits else 1, around=True)

    def _go(self, steps: int, *, around: bool = False) -> None:
        before, count = self._at, len(self.options)
        if count:
            wanted = self._at + steps
            self._at = wanted % count if around else max(0, min(count - 1, wanted))
        if self._at != before:
            self.refresh()
            self.post_message(self.Changed())


class Several(Choice):
    """Any number out of a few: left and right go along them, space takes one in or out."""

    def __init__(self, options: Sequence[Option], chosen: str = "") -> None:
        self._taken = frozenset(chosen.split(","))
        super().__init__(options)

    @property
    def chosen(self) -> str:
        """The keys of what is taken, in their order, with commas between."""
        return ",".join(option.key for option in self.options if option.key in self._taken)

    def choose(self, key: str) -> None:
        """Takes these keys, with commas between, and no other."""
        self._taken = frozenset(key.split(",")) if key else self._taken
        self.refresh()

    def render(self) -> Content:
        """All options in a row, the one at hand underlined; nearer to each other and cut where there is less room."""
        width = max(1, self.content_size.width)
        shapes = [
            (most, between, gap) for most in (99, 3, 2, 1) for between, gap in ((" ", "  "), (" ", " "), ("", " "))
        ]
        most, between, gap = next((shape for shape in shapes if self._wide(*shape) <= width), shapes[-1])
        row, self._spans, x = [], [], 0
        for place, option in enumerate(self.options):
            taken, label = option.key in self._taken, option.label[:most]
            style = ("bold $accent" if self.has_focus else "bold") if taken else "$quiet"
            here = " underline" if self.has_focus and place == self._at else ""
            row.append(Content.assemble((f"{'■' if taken else '□'}{between}", style), (label, style + here)))
            self._spans.append((x, place))
            x += row[-1].cell_length + len(gap)
        return Content(gap).join(row).truncate(width)

    def _wide(self, most: int, between: str, gap: str) -> int:
        """Cells of the row with labels of at most so many letters."""
        labels = sum(cell_len(option.label[:most]) + 1 + len(between) for option in self.options)
        return labels + len(gap) * (len(self.options) - 1)

    def on_key(self, event: events.Key) -> None:
        """One in or out; along the options as in a choice of one."""
        if event.key == "space":
            self._turn(self._at)
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """The option that was clicked, in or out."""
        hits = [place for x, place in self._spans if x <= event.x - 1]
        if hits:
            self._turn(hits[-1])

    def _turn(self, place: int) -> None:
        self._at = place
        self._taken = self._taken ^ {self.options[place].key}
        self.refresh()
        self.post_message(self.Changed())


class Field(Widget):
    """A label, what is filled in, what was understood of it, and under it what is wrong with it."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: 1; }
    Field .label { width: 26; color: $quiet; padding-right: 1; text-wrap: nowrap; text-overflow: ellipsis; height: 1; }
    Field.-at-hand .label { color: $foreground; text-style: bold; }
    Field .echo { width: auto; color: $success; padding: 0 0 0 1; height: 1; }
    Field > .wrong { padding-left: 27; color: $error; text-style: bold; display: none; height: auto; }
    Field.-wrong > .wrong { display: block; }
    """

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        options: Sequence[Option] = (),
        hint: str = "",
        help: str = "",
        first: bool = False,
        several: bool = False,
    ) -> None:
        super().__init__(id=f"field-{name.replace('_', '-')}", classes="-first" if first else None)
        self.about = name
        """What the screen calls it."""
        self.help = help
        """One line that explains it."""
        self._label = label
        self._refused: str | None = None
        chooser = Several if several else Choice
        self.entry: TextEntry | Choice = chooser(options, value) if options else TextEntry(value, hint)
        """Where it is filled in."""

    def compose(self) -> ComposeResult:
        """Label, entry, echo, and the line for what is wrong."""
        with Horizontal():
            yield Static(Content(self._label), classes="label")
            yield self.entry
            yield Static(classes="echo")
        yield Static(classes="wrong")

    @property
    def value(self) -> str:
        """The text as it was typed, or the key that is chosen."""
        return as_typed(self.entry.value) if isinstance(self.entry, TextEntry) else self.entry.chosen

    def fill(self, value: str) -> None:
        """Puts `value` in its place."""
        if isinstance(self.entry, Choice):
            self.entry.choose(value)
        elif as_typed(self.entry.value) != value:
            self.entry.value = shown_on_one_line(value)
            self.entry.cursor_position = len(self.entry.value)

    def fail(self, sentence: str) -> None:
        """Says under the field what is wrong; an empty sentence takes it away."""
        self._refused = self.value if sentence else None
        self.set_class(bool(sentence), "-wrong")
        self.query_one(".wrong", Static).update(Content(sentence))
        if sentence:
            self.call_after_refresh(self.scroll_visible, animate=False)

    def echo(self, understood: str) -> None:
        """Says beside the field what was understood."""
        self.query_one(".echo", Static).update(Content(understood))

    def understood(self, shown: str) -> None:
        """The same where that is not what stands there anyway."""
        self.echo(f"→ {shown}" if shown and shown != self.value.strip() else "")

    def on_descendant_focus(self) -> None:
        """The label of the field at hand stands out."""
        self.add_class("-at-hand")

    def on_descendant_blur(self) -> None:
        """And no longer."""
        self.remove_class("-at-hand")

    @on(Input.Changed)
    @on(Choice.Changed)
    def _no_longer_wrong(self) -> None:
        if self._refused is not None and self.value != self._refused:  # news may be older than the refusal
            self.fail("")
