"""The PACe chart as a poster: the core processes as a chain of cards in the customer's order (METHOD 2).

Drawn in one go at any size: cards beside each other where they fit, else a line or two per process. A process with
nobody accountable is a hole that cannot be overlooked.
"""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.events import Click

from huddle_tui.i18n import _
from huddle_tui.ui.kit.listed import Listed
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import cut, pad, wrap

_GAP = 3
"""Cells between cards, with the arrow in them."""
_CARD = (28, 6)
"""Fewest cells and lines of a card."""


class ProcessCard(msgspec.Struct, frozen=True):
    """One process as the poster shows it."""

    key: str
    """The id of the process."""
    name: str
    """What it delivers."""
    person: str = ""
    """Who is accountable; empty is the hole."""
    role: str = ""
    """Their role title."""
    numbers: tuple[tuple[str, bool], ...] = ()
    """The key numbers, and whether somebody reads each of them out."""
    missing: int = 0
    """How many key numbers it still needs."""


class Chain(Listed):
    """All cards, one of them at hand. A click takes a card at hand, a second one picks it."""

    DEFAULT_CSS = "Chain { height: 1fr; width: 1fr; text-wrap: nowrap; text-overflow: clip; }"
    TWICE = True

    lines: tuple[ProcessCard, ...] = ()
    _columns = 1
    _step = (1, 1)
    _first = 0
    _letters = 1

    def show(self, cards: Sequence[ProcessCard]) -> None:
        """Shows these cards."""
        self._put(tuple(cards))

    def sideways(self, by: int) -> None:
        """The card so many places further."""
        super().move(by)

    def move(self, by: int) -> None:
        """The card so many rows below."""
        super().move(by * self._columns)

    def page(self, by: int) -> None:
        """To the first or the last: all are in sight."""
        self.sideways(by * len(self.lines))

    def render(self) -> Content:
        """The poster at the size of the moment."""
        width, height = self.content_size
        if width < 8 or height < 1 or not self.lines:
            return Content("")
        self._columns, card_width, card_height = _arranged(len(self.lines), width, height)
        self._step = (card_width + _GAP, card_height + (1 if self._columns > 1 or card_height > 3 else 0))
        if self._columns == 1:
            return self._listed(width, height, card_height)
        self._letters = self._block_letters(card_width - 3, card_height)
        lines: list[Content] = []
        for start in range(0, len(self.lines), self._columns):
            row = self.lines[start : start + self._columns]
            drawn = [self._card(card, start + n, card_width, card_height) for n, card in enumerate(row)]
            for y in range(card_height):
                line = Content("")
                for n, card_lines in enumerate(drawn):
                    line = line.append(card_lines[y])
                    last = start + n == len(self.lines) - 1
                    if not last:
                        line = line.append(Content.styled(" ▶ " if y == card_height // 2 else "   ", "$accent"))
                lines.append(line.truncate(width))
            lines.append(Content(""))
        self._first = 0
        return Content("\n").join(lines[:height])

    # Cards beside each other

    def _block_letters(self, width: int, height: int) -> int:
        """How many lines the names take, alike on every card: 1 where most would not fit in block letters."""
        room = height - 2 - 1 - 1 - 3 - 1  # a name of two lines, a role, three numbers, air
        names = [card.person or _("NOBODY") for card in self.lines]
        for lines in (4, 3):
            if lines <= room and 2 * sum(bool(_lettered(name, width - 1, lines)) for name in names) > len(names):
                return lines
        return 1

    def _card(self, card: ProcessCard, place: int, width: int, height: int) -> list[Content]:
        here = card.key == self.cursor
        inner = width - 3
        name = f"{place + 1} {card.name}"
        head = [Content.styled(part, "bold") for part in wrap(name, inner, 2 if height >= 8 else 1)]
        numbers = self._numbers(card, inner, max(0, height - len(head) - (2 if card.person else 1) - 1))
        middle = self._who(card, inner)
        if height - len(head) - len(middle) - len(numbers) >= 6:  # room to breathe
            numbers = [line for number in numbers for line in (number, Content(""))]
        free = height - len(head) - len(middle) - len(numbers)
        above = min(free, 1 if height >= 7 else 0)
        body = [*head, *[Content("")] * above, *middle, *[Content("")] * (free - above), *numbers]
        ground = "on $panel" if here else "on $surface"
        bar = ("▌", "$accent") if here else ("▏", "$rule")
        lines = []
        for content in body[:height]:
            line = Content.assemble(bar, " ", content)
            lines.append(line.pad_right(max(0, width - line.cell_length)).truncate(width).stylize_before(ground))
        return lines

    def _who(self, card: ProcessCard, width: int) -> list[Content]:
        """Who is accountable, in block letters where there is room on every card; the hole shouts in any case."""
        drawn = _lettered(card.person or _("NOBODY"), width - 1, self._letters)
        air = [Content("")] * (self._letters - max(1, len(drawn)))
        if not card.person:
            words = [*drawn, *[""] * (self._letters - max(1, len(drawn))), _("⚑ NOBODY ACCOUNTABLE")]
            return [Content.styled(pad(f" {word}", width), self._shout) for word in words]
        name = [Content(row) for row in drawn] or [Content.styled(cut(card.person, width), "bold $success")]
        return [*air, *name, Content.styled(cut(card.role, width), "$quiet")]

    @property
    def _shout(self) -> str:
        """How a hole looks, also where there is no colour."""
        return "bold reverse" if self.app.no_color else "bold $flag-fg on $flag-bg"

    def _numbers(self, card: ProcessCard, width: int, most: int) -> list[Content]:
        """The key numbers; one that nobody reads out, and one that is missing, look like the holes they are."""
        told = []
        for name, spoken in card.numbers:
            sign, style = (("● ", "$success"), "") if spoken else (("○ ", "$warning"), "$warning")
            told.append(Content.assemble(sign, (cut(name, max(1, width - 2)), style)))
        told += [Content.styled("○ " + cut(_("number missing"), max(1, width - 2)), "$quiet")] * card.missing
        return told[:most]

    # One below the other

    def _listed(self, width: int, height: int, each: int) -> Content:
        """A line or more per process, around the one at hand."""
        fits = max(1, height // each)
        self._first = max(0, min(self._at - fits // 2, len(self.lines) - fits))
        self._step = (width, each)
        lines: list[Content] = []
        for n, card in enumerate(self.lines[self._first : self._first + fits], self._first):
            lines += self._entry(card, n, width, each)
        return Content("\n").join(lines[:height])

    def _entry(self, card: ProcessCard, place: int, width: int, height: int) -> list[Content]:
        here = card.key == self.cursor
        bar = ("▌", "$accent") if here else ("▏", "$rule")
        room = max(4, width // 2 - 4)
        name = Content.styled(pad(f"{place + 1} {card.name}", room), "bold")
        if card.person:
            person = cut(card.person, max(4, width - room - 4))
            role = cut(f"  {card.role}" if card.role else "", max(0, width - room - 4 - cell_len(person)))
            who = Content.assemble((person, "bold $success"), (role, "$quiet"))
        else:
            shout = _("⚑ NOBODY ACCOUNTABLE")
            who = Content.styled(f" {shout} ", self._shout)
        lines = [Content.assemble(bar, name, "  ", who)]
        if height > 1:
            numbers = self._numbers(card, max(8, (width - 6) // 3 - 2), 3)
            cells = max(8, (width - 4) // 3)
            row = Content("").join([n.pad_right(max(1, cells - n.cell_length)) for n in numbers])
            lines.append(Content.assemble(bar, "  ", row))
        lines += [Content.assemble(bar)] * (height - len(lines) - 1)
        if height > 2:
            arrow = " ▼" if place < len(self.lines) - 1 else ""
            lines.append(Content.styled(arrow, "$accent"))
        drawn = []
        for n, line in enumerate(lines[:height]):
            filled = line.pad_right(max(0, width - line.cell_length)).truncate(width)
            drawn.append(filled.stylize_before("on $panel") if here and (height < 3 or n < height - 1) else filled)
        return drawn

    def _clicked(self, event: Click) -> int:
        across, down = event.x // self._step[0], event.y // self._step[1]
        return self._first + down * self._columns + min(across, self._columns - 1)


def _lettered(name: str, width: int, lines: int) -> list[str]:
    """A name in block letters of so many lines; nothing where it does not fit, or for one line."""
    return (bigfont.fit(name, width, lines) or []) if lines > 1 else []


def _arranged(count: int, width: int, height: int) -> tuple[int, int, int]:
    """Columns, and cells and lines of a card: as near to a playing card on its side as the screen allows."""
    best: tuple[float, int, int, int] | None = None
    for columns in range(2, count + 1):
        rows = -(-count // columns)
        card = ((width - (columns - 1) * _GAP) // columns, (height - (rows - 1)) // rows)
        if card[0] < _CARD[0] or card[1] < _CARD[1]:
            continue
        empty = columns * rows - count
        score = abs(card[0] / (2 * card[1]) - 1.3) + 0.4 * empty
        if best is None or score < best[0]:
            best = (score, columns, *card)
    if best is not None:
        return best[1], best[2], min(best[3], 26)
    return 1, width, max(1, min(4, height // count, 4 if height >= 4 * count else 2))
