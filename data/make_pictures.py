"""Draws the pictures of the README and the docs with the program itself: `python data/make_pictures.py`.

The example team on Monday 23 November 2026, a clock that stands where it is put, no fonts from elsewhere in the file.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from huddle_tui import i18n
from huddle_tui.activities.example import write_example
from huddle_tui.activities.settings import Settings
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import Home

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
DAY = date(2026, 11, 23)
SCENES = {
    "home": ((110, 34), "huddle-night", []),
    "round": ((110, 34), "huddle-night", ["r", "enter", "+21", "2 6 0 0 0 enter", "1 7 0 0 0 0 enter enter", "7"]),
    "red-flag": ((110, 34), "huddle-night", ["r", "enter", "+12", "9 0 0 0 enter"]),
    "scorecard": ((110, 34), "huddle-night", ["s"]),
    "number": ((110, 34), "huddle-night", ["s", "j j j j j j j j j j j j", "n", "t"]),
    "round-day": ((80, 24), "huddle-day", ["r", "enter", "+21", "2 6 0 0 0 enter", "1 7 0 0 0 0 enter enter", "7"]),
}
"""Per picture: columns and rows, theme, and what is pressed; `+21` moves the clock by so many seconds."""


class Still(Timepiece):
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        super().__init__("Europe/Amsterdam")
        self.seconds = 0.0

    def now(self) -> datetime:
        """Two minutes past nine, and what was added."""
        start = datetime(DAY.year, DAY.month, DAY.day, 9, 2, tzinfo=timezone(timedelta(hours=1)))
        return start + timedelta(seconds=self.seconds)

    def today(self) -> date:
        """The day of the pictures."""
        return DAY

    def monotonic(self) -> float:
        """What was added."""
        return self.seconds


async def draw(name: str, folder: Path) -> str:
    """The picture as SVG."""
    (size, theme, keys), time = SCENES[name], Still()
    book = TinyBook(folder / name, durable=False)
    write_example(book, "en", DAY)
    team = book.team()
    i18n.use("en", team.locale)
    app = HuddleApp(book, time, Home(), Settings(theme=theme))
    async with app.run_test(size=size) as pilot:
        await pilot.pause(1)
        for line in keys:
            if line.startswith("+"):
                time.seconds += float(line)
            else:
                await pilot.press(*line.split())
            await pilot.pause(0.5)
        await pilot.pause(1)
        return app.export_screenshot(title="huddle")


def plain(svg: str) -> str:
    """Without fonts from elsewhere, and with the spaces that block letters are made of."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "Menlo, Consolas, DejaVu Sans Mono")
    return svg.replace("<text ", '<text xml:space="preserve" ')


def main() -> None:
    """Draws every scene."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in SCENES:
            (PICTURES / f"{name}.svg").write_text(plain(asyncio.run(draw(name, Path(folder)))), "utf-8")
            print(f"drew {name}")


if __name__ == "__main__":
    main()
