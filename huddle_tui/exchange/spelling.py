"""How files spell things, read and written alike: days of the week, the words of a CSV, text in cells."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from huddle_tui.domain.text import clean

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Names of the days of the week in files; Monday is 0."""

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "owner": ("eigenaar", "persoon", "person", "who", "wie"),
    "name": ("naam", "kpi", "getal", "number"),
    "process": ("proces", "core process", "kernproces"),
    "definition": ("definitie", "omschrijving", "description", "toelichting"),
    "promise": ("belofte", "target", "doel", "norm"),
    "direction": ("richting",),
    "period": ("periode",),
    "counting": ("telling", "telwijze"),
    "unit": ("eenheid",),
    "decimals": ("decimalen",),
    "red_edge": ("rode grens", "rood"),
    "stretch": ("supergroen", "super green", "supergreen"),
    "timing": ("leading/lagging",),
    "measures": ("output/input",),
    "nature": ("hard/zacht", "hard/soft", "aard"),
    "most_important": ("belangrijkste", "★"),
}
"""The keys of a KPI, in the order in which they are written, with the other headers each of them may have;
the first one is the Dutch header."""


def header_of(key: str, locale: str) -> str:
    """The header of that key in a CSV of a team with that locale."""
    return HEADERS[key][0] if locale == "nl" else key


WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "direction": {"minstens": "at least", "minimaal": "at least", "≥": "at least", ">=": "at least",
                  "hoogstens": "at most", "maximaal": "at most", "≤": "at most", "<=": "at most"},
    "period": {"dag": "day", "week": "week", "maand": "month", "kwartaal": "quarter"},
    "counting": {"momentopname": "snapshot", "stand": "snapshot", "lopend totaal": "running total"},
    "timing": {"leading": "leading", "lagging": "lagging"},
    "measures": {"output": "output", "input": "input"},
    "nature": {"hard": "hard", "zacht": "soft"},
}  # fmt: skip
"""Other words for the values of a column; the first Dutch one of each is the one that is written."""


def word_of(key: str, value: str, locale: str) -> str:
    """The word for a value in that column of a CSV of a team with that locale."""
    return next(word for word, means in WORDS[key].items() if means == value) if locale == "nl" else value


_COMPUTES: Final = re.compile(r"'*\s*[=+\-@]")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe in front says that it is text."""
    text = clean(text)
    return f"'{text}" if _COMPUTES.match(unicodedata.normalize("NFKC", text)) else text


def unharmed(text: str) -> str:
    """The text that `harmless` was given."""
    starts = text.startswith("'") and _COMPUTES.match(unicodedata.normalize("NFKC", text))
    return text[1:] if starts else text
