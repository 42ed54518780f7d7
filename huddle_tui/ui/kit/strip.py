"""The thin lines of a round: who has spoken, who is next, ahead or behind."""

from collections.abc import Sequence
from itertools import zip_longest

from textual.content import Content
from textual.widgets import Static

from huddle_tui.ui.look.text import cut


class TwoEnds(Static):
    """One line with something at each end; what does not fit is cut at the end of the left one."""

    DEFAULT_CSS = "TwoEnds { height: 1; width: 1fr; color: $quiet; }"

    _ends = (Content(""), Content(""))

    def show(self, left: Content, right: Content | str = "") -> None:
        """Shows both ends; draws only where something changed."""
        right = Content(right) if isinstance(right, str) else right
        if not (left.is_same(self._ends[0]) and right.is_same(self._ends[1])):
            self._ends = (left, right)
            self.refresh()

    def render(self) -> Content:
        """The line at the width of the moment."""
        return two_ends(*self._ends, self.size.width)


def titled(title: str, *about: str | Content) -> Content:
    """What a screen is, and what it is about: the left end of its top line."""
    return Content.assemble((title.upper(), "bold $foreground"), *(part for each in about for part in ("  ", each)))


def two_ends(left: Content, right: Content, width: int) -> Content:
    """Something at each end of a line; what does not fit is cut at the end of the left one."""
    if right.cell_length >= width:
        return Content(cut(right.plain, width))
    room = width - right.cell_length - 2
    if left.cell_length > room:
        left = left.truncate(max(0, room), ellipsis=True)
    return Content.assemble(left, " " * max(0, width - left.cell_length - right.cell_length), right)


def side_by_side(left: Sequence[Content], right: Sequence[Content], at: int) -> list[Content]:
    """Two columns of lines, the right one beginning in that cell."""
    pairs = zip_longest(left, right, fillvalue=Content(""))
    return [one.pad_right(max(0, at - one.cell_length)).append(other) for one, other in pairs]
