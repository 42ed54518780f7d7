"""What every page has: its head, who and which team it is for, the way to the other pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from huddle_tui import i18n
from huddle_tui.i18n import N_, _
from huddle_tui.web.markup import NOTHING, Html, fill, join

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


def page(title: str, body: Html, visitor: Visitor, here: str, *, up: str = "", wide: bool = False) -> bytes:
    """A whole page. `here` is its place in the menu, `up` leads from its address to those of the menu."""
    entry = '<li><a href="{address}"{current}>{name}</a></li>'
    current = {here: Html(' aria-current="page"')}
    menu = join(
        fill(entry, address=f"{up}{place}" or "./", name=_(name), current=current.get(place, NOTHING))
        for place, name in PAGES
    )
    whole = fill(
        """<a class="skip" href="#main">{skip}</a>
<header>
<p class="team">{team}</p>
<p class="who">{name}</p>
<nav aria-label="{pages}"><ul>
{menu}
</ul></nav>
</header>
<main id="main">
{body}
</main>
""",
        skip=_("To the page"), pages=_("Pages"), team=visitor.team, name=visitor.name, menu=menu, body=body,
    )  # fmt: skip
    return document(f"{title} · {visitor.team}", whole, f"{up}../../", wide=wide)


def plain(title: str, sentences: Sequence[str], root: str) -> bytes:
    """A page for nobody in particular: what is the matter, and what to do."""
    said = join(
        fill("<p>{text}</p>", text=Html(re.sub("`(.+?)`", r"<code>\1</code>", fill("{text}", text=text))))
        for text in sentences
    )
    return document(title, fill('<main id="main">\n<h1>{title}</h1>\n{said}\n</main>\n', title=title, said=said), root)


def document(title: str, body: Html, root: str, *, wide: bool = False) -> bytes:
    """The HTML around a body; `root` leads from the page's address to the server's own files."""
    files = fill('<link rel="stylesheet" href="{root}style.css">\n<link rel="icon" href="{root}flag.svg">\n', root=root)
    head = fill(
        """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
{files}</head>
<body{wide}>
{body}</body>
</html>
""",
        language=i18n.language(), title=title, files=files, body=body,
        wide=Html(' class="wide"') if wide else NOTHING,
    )  # fmt: skip
    return head.encode("utf-8", "replace")
