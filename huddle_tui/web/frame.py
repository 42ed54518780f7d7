"""What every page has: its head, who and which team it is for, the way to the other pages."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

import msgspec
from markupsafe import Markup

from huddle_tui import i18n, words
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import readings
from huddle_tui.exchange.writing.pages import templates
from huddle_tui.i18n import N_

PAGES: Final = (
    ("", N_("Check-in")),
    ("numbers", N_("My numbers")),
    ("huddles", N_("Huddles")),
    ("scorecard", N_("Scorecard")),
)
"""What stands under a link, in the order of the menu."""


class Visitor(msgspec.Struct, frozen=True):
    """For whom a page is made."""

    name: str
    """The person's name."""
    team: str
    """The team's name."""


@lru_cache(200)
def language_of(accepted: str) -> str:
    """Of our languages the one that a reader's `Accept-Language` puts first; empty where it names none of them."""
    wanted: dict[str, float] = {}
    for each in accepted.split(","):
        name, _semicolon, weight = each.partition(";")
        try:
            likes = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            likes = 0.0
        wanted.setdefault(name.strip().casefold().partition("-")[0], likes)
    return max((one for one in wanted if one in i18n.LANGUAGES and wanted[one] > 0), key=wanted.__getitem__, default="")


def page(
    template: str, heading: str, visitor: Visitor, here: str, *, title: str = "", up: str = "", **values: object
) -> bytes:
    """A whole page, with these values in its template. `here` is its place in the menu, `title` its title where that is
    not its heading, `up` leads from its address to those of the menu.
    """
    title = f"{title or heading} · {visitor.team}"
    about = {"heading": heading, "visitor": visitor, "menu": PAGES, "here": here, "up": up}
    return _rendered(template, title=title, root=f"{up}../../", **about, **values)


def plain(title: str, sentences: Sequence[str], root: str) -> bytes:
    """A page for nobody in particular: what is the matter, and what to do; `root` leads to the server's own files."""
    told = [Markup(re.sub("`(.+?)`", r"<code>\1</code>", escape(clean(sentence)))) for sentence in sentences]
    return _rendered("plain", title=title, root=root, sentences=told)


def _rendered(template: str, **values: object) -> bytes:
    return _templates.get_template(f"{template}.html").render(values).encode("utf-8", "replace")


_templates: Final = templates(Path(__file__).parent / "pages", clean)
_templates.globals |= {"locale": i18n.locale, "plain": readings.plain, "remarks": readings.remarks}
_templates.globals |= {
    name: getattr(words, name) for name in ("amount", "clock", "promise_sentence", "promised", "word")
}
