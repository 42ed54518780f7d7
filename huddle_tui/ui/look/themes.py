"""The three looks: dark, light and high contrast. Red is kept for red flags, so nothing else on a screen shouts.

Colour never stands alone: each status has a glyph and a word, and where there is no colour a red flag is drawn in
reverse (METHOD 6). Every text colour reaches 4.5 : 1 on the backgrounds it is used on, 7 : 1 in the contrast theme.
"""

from dataclasses import fields, replace
from typing import Any, Final

from textual.theme import Theme

_COLOURS: Final = """
background                     #0b0f17  #ffffff  #000000
surface                        #121826  #f3f5f9  #000000
panel                          #1a2233  #e6eaf2  #1f1f1f
foreground                     #f4f7fb  #10151f  #ffffff
primary                        #5aa9ff  #0b5cad  #ffff00
secondary                      #8b93a7  #5b6475  #ffffff
accent                         #ffd166  #8a4f00  #ffff00
success                        #3ddc97  #0b6b46  #ffffff
warning                        #ffb020  #8a4f00  #ffff00
error                          #ff6b6b  #b3122a  #ff8a8a
flag-bg                        #b3122a  #b3122a  #ff6a6a
flag-fg                        #ffffff  #ffffff  #000000
warn-bg                        #4a3606  #fff0c2  #ffff00
warn-fg                        #ffd166  #6b4700  #000000
ok-bg                          #0f3d2e  #d7f2e5  #000000
ok-fg                          #7df0bf  #0b5a3b  #ffffff
quiet                          #9fb0c9  #4a5468  #ffffff
hidden                         #8493ad  #5b6475  #ffffff
trend-quiet                    #64748f  #7b879c  #b0b0b0
hand                           #ffd166  #8a4f00  #00ffff
rule                           #26324a  #c5ccd9  #b0b0b0
footer-background              #0b0f17  #ffffff  #000000
footer-key-foreground          #ffd166  #8a4f00  #ffff00
footer-description-foreground  #93a0b8  #4a5468  #ffffff
input-selection-background     #25406b  #cfe0f5  #ffff00
input-selection-foreground     -        -        #000000
scrollbar                      #3a4a68  #9aa6bb  #ffffff
scrollbar-background           #121826  #eef1f6  #000000
text                           -        -        #ffffff
text-muted                     -        -        #ffffff
"""
"""By name the colour of night, day and contrast: those that Textual asks of a theme, then the others."""


def _theme(name: str, column: int, *, dark: bool) -> Theme:
    lines = [line.split() for line in _COLOURS.strip().splitlines()]
    colours: dict[str, Any] = {line[0]: line[column] for line in lines if line[column] != "-"}
    asked = {field.name: colours.pop(field.name) for field in fields(Theme) if field.name in colours}
    return Theme(name=name, dark=dark, variables=colours, **asked)


THEMES: Final = (
    _theme("huddle-night", 1, dark=True),
    _theme("huddle-day", 2, dark=False),
    _theme("huddle-contrast", 3, dark=True),
)
"""Our themes; the first is used where none was chosen."""


def without_colour(theme: Theme) -> Theme:
    """The theme for a terminal without colour, where red would be darker than white: what is red is the brightest."""
    flag = {"flag-bg": theme.foreground or "", "flag-fg": theme.background or ""}
    return replace(theme, error=theme.foreground, variables=theme.variables | flag)


VARIABLES: Final = THEMES[0].variables | dict.fromkeys(("quiet", "hidden", "trend-quiet", "rule"), "#7d8798")
"""Our own colour names for themes that do not know them; the greys are readable on dark and light."""
