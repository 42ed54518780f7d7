"""What people type is data: cleaned where it comes in, refused when too long, never cut in silence (METHOD 3).

Escape codes, C1 controls and bidirectional overrides would reach the terminal raw and repaint or reorder a shared
screen, so they go at every entry: typed, pasted, imported, read from a file.
"""

import re
import unicodedata
from typing import Final

from huddle_tui.domain.sentence import N_, HuddleError, Sentence

PERSON_NAME: Final = 80
"""The most characters in a person's name."""
NAME: Final = 120
"""The most characters in a KPI's or process's name, a role, a unit."""
FREE: Final = 2000
"""The most characters in free text: a stuck, an action, a note, a definition."""

_LINE_ENDS: Final = re.compile("\r\n?|\u2028|\u2029")
_JOINER: Final = "\u200d"  # holds an emoji family together


def clean(text: str) -> str:
    """`text` composed (NFC), with newlines kept, tabs as spaces, and every other control or invisible mark dropped."""
    if text.isprintable():  # nothing to drop, as in nearly all text: exports clean a hundred thousand of them
        return unicodedata.normalize("NFC", text)
    kept = (c for c in _LINE_ENDS.sub("\n", text).replace("\t", " ") if c == "\n" or not _unwanted(c))
    return unicodedata.normalize("NFC", "".join(kept))


def clean_line(text: str) -> str:
    """`text` cleaned, on one line: runs of white space become one space, none at the ends."""
    return " ".join(clean(text).split())


def checked(text: str, limit: int, what: Sentence | str, *, lines: bool = False) -> str:
    """`text` cleaned, on one line unless `lines`, without white space at the ends.

    Raises HuddleError when more than `limit` characters are left; `what` names the field in that sentence.
    """
    text = clean(text).strip() if lines else clean_line(text)
    if len(text) > limit:
        template = N_("{what} has {length} characters and {limit} is the most: please make it shorter.")
        raise HuddleError(template, what=what, length=len(text), limit=limit)
    return text


def _unwanted(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Cc", "Cs"} or (category == "Cf" and character != _JOINER)
