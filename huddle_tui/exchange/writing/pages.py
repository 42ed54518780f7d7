"""HTML out of templates (Jinja), in which what people typed is data: every value in a page is cleaned and escaped.

Our pages to print or to mail share one style, with no address outside it, no script, no font: a browser opens them in
ten years as it does today. A status shows by glyph and word as well as by colour, so that a black and white printer
says the same.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from huddle_tui import i18n, words
from huddle_tui.domain.dates import show_day
from huddle_tui.domain.judging import Status
from huddle_tui.domain.text import clean_line
from huddle_tui.exchange.writing import scorecard_text

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE: Final = Path(__file__).parent / "html"


@cache
def templates(folder: Path, clean: Callable[[str], str]) -> "Environment":
    """The templates in a folder; `clean` is what becomes of each text. Jinja is loaded when a page is written."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def safe(value: object) -> object:
        """A value as it goes in a place: markup as it is, nothing for None, all else is text."""
        return value if isinstance(value, Markup) else "" if value is None else clean(str(value))

    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=safe,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"_": i18n._, "ngettext": i18n.ngettext, "language": i18n.language, "say": i18n.say}
    made.globals |= {
        "STATUSES": Status,
        "kept": words.kept,
        "status_word": words.status_word,
        "show_day": show_day,
        "text": scorecard_text,
    }
    return made


def page(template: str, title: str, **values: object) -> Iterator[str]:
    """A page to print or to mail, piece by piece."""
    found = templates(_HERE, clean_line).get_template(f"{template}.html")
    return found.generate(title=title, **values)
