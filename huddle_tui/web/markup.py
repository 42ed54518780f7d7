"""HTML in which what people typed is data: every value that goes in a place is cleaned and escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from huddle_tui.domain.text import clean


class Html(str):
    """Markup that may go into a page as it is."""

    __slots__ = ()


NOTHING = Html()
"""What stands where nothing is to be shown."""


def fill(template: str, **values: object) -> Html:
    """The template with its `{places}` filled; what is no Html already is text, and None is nothing."""
    return Html(template.format_map({name: _safe(value) for name, value in values.items()}))


def join(parts: Iterable[Html], between: str = "\n") -> Html:
    """The parts one after another."""
    return Html(between.join(parts))


def when(condition: object, part: Html) -> Html:
    """The part, where the condition holds."""
    return part if condition else NOTHING


def _safe(value: object) -> str:
    if isinstance(value, Html):
        return value
    return "" if value is None else escape(clean(str(value)))
