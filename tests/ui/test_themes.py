"""The themes can be read: measured as WCAG measures it."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from huddle_tui.ui.look.themes import THEMES, VARIABLES

TEXT = (
    *((name, ground) for ground in ("background", "surface", "panel")
      for name in ("foreground", "quiet", "hidden", "primary", "accent", "success", "warning", "error", "ok-fg")),
    ("flag-fg", "flag-bg"),
    ("warn-fg", "warn-bg"),
    ("ok-fg", "ok-bg"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
)  # fmt: skip
"""Which colour names are used as text on which backgrounds: these pairs must be readable in every theme."""


def luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_its_background(theme: Theme) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    least = 7 if theme.name == "huddle-contrast" else 4.5
    found = {(text, ground): contrast(colours[text], colours[ground]) for text, ground in TEXT}
    assert not {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}
    for ground in ("background", "surface", "panel"):
        assert contrast(colours["trend-quiet"], colours[ground]) >= 3


def test_every_theme_knows_our_names() -> None:
    own = {
        name for name in VARIABLES if name.split("-")[0] in {"flag", "warn", "ok", "quiet", "hidden", "trend", "rule"}
    }
    assert len(own) == 10
    assert all(own <= theme.variables.keys() for theme in THEMES)
    assert len({theme.name for theme in THEMES}) == 3
