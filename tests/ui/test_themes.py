"""The themes can be read: measured as WCAG measures it."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from huddle_tui.activities.settings import Settings
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.look.themes import THEMES, VARIABLES
from huddle_tui.ui.places import Home
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook

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


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_a_theme_has_its_colours_from_the_start_and_style_sheets_are_read_once(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[str] = []
    monkeypatch.setattr(HuddleApp, "refresh_css", lambda app, animate=True: read_again.append(app.theme))
    book = MemoryBook(small_team())
    app = HuddleApp(book, FakeTime(), Home(), Settings(theme=theme.name))
    assert app.theme == theme.name
    assert (app.has_class("-dark-mode"), app.has_class("-light-mode")) == (theme.dark, not theme.dark)
    async with app.run_test() as pilot:
        await pilot.pause()
        shown = app.screen.styles.background
        assert shown == Color.parse(app.get_css_variables()["background"])
        assert app.current_theme.background is None or shown == Color.parse(app.current_theme.background)
        assert read_again == []
        app.theme = next(other.name for other in THEMES if other.dark != theme.dark)
        await pilot.pause()
        assert len(read_again) == 1, "a control: whoever changes the theme sees it"
