"""The three looks: dark, light and high contrast. Red is kept for red flags, so nothing else on a screen shouts.

Colour never stands alone: each status has a glyph and a word, and where there is no colour a red flag is drawn in
reverse (METHOD 6). Every text colour reaches 4.5 : 1 on the backgrounds it is used on, 7 : 1 in the contrast theme.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from textual.theme import Theme

_NIGHT: Final = {
    "flag-bg": "#b3122a",
    "flag-fg": "#ffffff",
    "warn-bg": "#4a3606",
    "warn-fg": "#ffd166",
    "ok-bg": "#0f3d2e",
    "ok-fg": "#7df0bf",
    "quiet": "#9fb0c9",
    "hidden": "#8493ad",
    "trend-quiet": "#64748f",
    "hand": "#ffd166",
    "rule": "#26324a",
    "footer-background": "#0b0f17",
    "footer-key-foreground": "#ffd166",
    "footer-description-foreground": "#93a0b8",
    "input-selection-background": "#25406b",
    "scrollbar": "#3a4a68",
    "scrollbar-background": "#121826",
}

_DAY: Final = {
    "flag-bg": "#b3122a",
    "flag-fg": "#ffffff",
    "warn-bg": "#fff0c2",
    "warn-fg": "#6b4700",
    "ok-bg": "#d7f2e5",
    "ok-fg": "#0b5a3b",
    "quiet": "#4a5468",
    "hidden": "#5b6475",
    "trend-quiet": "#7b879c",
    "hand": "#8a4f00",
    "rule": "#c5ccd9",
    "footer-background": "#ffffff",
    "footer-key-foreground": "#8a4f00",
    "footer-description-foreground": "#4a5468",
    "input-selection-background": "#cfe0f5",
    "scrollbar": "#9aa6bb",
    "scrollbar-background": "#eef1f6",
}

_CONTRAST: Final = {
    "flag-bg": "#ff6a6a",
    "flag-fg": "#000000",
    "warn-bg": "#ffff00",
    "warn-fg": "#000000",
    "ok-bg": "#000000",
    "ok-fg": "#ffffff",
    "quiet": "#ffffff",
    "hidden": "#ffffff",
    "trend-quiet": "#b0b0b0",
    "hand": "#00ffff",
    "rule": "#b0b0b0",
    "footer-background": "#000000",
    "footer-key-foreground": "#ffff00",
    "footer-description-foreground": "#ffffff",
    "input-selection-background": "#ffff00",
    "input-selection-foreground": "#000000",
    "scrollbar": "#ffffff",
    "scrollbar-background": "#000000",
    "text": "#ffffff",
    "text-muted": "#ffffff",
}

THEMES: Final = (
    Theme(
        name="huddle-night", dark=True, variables=_NIGHT,
        background="#0b0f17", surface="#121826", panel="#1a2233", foreground="#f4f7fb",
        primary="#5aa9ff", secondary="#8b93a7", accent="#ffd166",
        success="#3ddc97", warning="#ffb020", error="#ff6b6b",
    ),
    Theme(
        name="huddle-day", dark=False, variables=_DAY,
        background="#ffffff", surface="#f3f5f9", panel="#e6eaf2", foreground="#10151f",
        primary="#0b5cad", secondary="#5b6475", accent="#8a4f00",
        success="#0b6b46", warning="#8a4f00", error="#b3122a",
    ),
    Theme(
        name="huddle-contrast", dark=True, variables=_CONTRAST,
        background="#000000", surface="#000000", panel="#1f1f1f", foreground="#ffffff",
        primary="#ffff00", secondary="#ffffff", accent="#ffff00",
        success="#ffffff", warning="#ffff00", error="#ff8a8a",
    ),
)  # fmt: skip
"""Our themes; the first is used where none was chosen."""


def without_colour(theme: Theme) -> Theme:
    """The theme for a terminal without colour, where red would be darker than white: what is red is the brightest."""
    flag = {"flag-bg": theme.foreground or "", "flag-fg": theme.background or ""}
    return replace(theme, error=theme.foreground, variables=theme.variables | flag)


VARIABLES: Final = _NIGHT | {"quiet": "#7d8798", "hidden": "#7d8798", "trend-quiet": "#7d8798", "rule": "#7d8798"}
"""Our own colour names for themes that do not know them; the greys are readable on dark and light."""
