"""People's text on the screen: never markup, never wider than its place, never cut inside a character (METHOD 3)."""

import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

from rich.cells import cell_len
from textual.content import Content

from huddle_tui.domain.text import clean

ELLIPSIS: Final = "…"
_JOINER: Final = "\u200d"


def plain(text: str) -> Content:
    """`text` as it stands, for any widget: no markup in it is read, no control code in it gets out."""
    return Content(clean(text))


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells` cells, ending in an ellipsis where something had to go."""
    if cell_len(text) <= cells:
        return text
    kept, room = "", cells - cell_len(ELLIPSIS)
    for cluster in graphemes(text):
        if cell_len(kept + cluster) > room:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS if room >= 0 else ""


def pad(text: str, cells: int, align: Literal["left", "right", "center"] = "left") -> str:
    """`text` in exactly `cells` cells: cut where it is too wide, else filled with spaces."""
    text = cut(text, cells)
    spare = max(0, cells - cell_len(text))
    before = {"left": 0, "right": spare, "center": spare // 2}[align]
    return " " * before + text + " " * (spare - before)


def wrap(text: str, cells: int, most: int = 0) -> list[str]:
    """`text` on as many lines of at most `cells` cells as it takes, broken between words; at least one line.

    On `most` lines, where that is said: the last one is cut.
    """
    lines = [line.plain.rstrip() for line in plain(text).wrap(max(2, cells))] or [""]
    if 0 < most < len(lines):
        lines[most - 1 :] = [cut(" ".join(lines[most - 1 :]), cells)]
    return lines


def graphemes(text: str) -> Iterator[str]:
    """What a reader sees as single characters: a letter with its marks, an emoji family, a flag."""
    cluster, flags = "", 0
    for c in text:
        flag = "\U0001f1e6" <= c <= "\U0001f1ff"
        flags = flags + 1 if flag else 0
        joins = _extends(c) or cluster.endswith(_JOINER) or (flag and flags % 2 == 0)
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += c
    if cluster:
        yield cluster


def _extends(c: str) -> bool:
    """Whether `c` belongs to the character before it: marks, joiners, variation selectors, skin tones."""
    return c == _JOINER or unicodedata.category(c) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= c <= "\U0001f3ff"
