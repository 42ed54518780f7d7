"""A copy that a sync tool left beside a file is shown on home and taken in by a key (METHOD 8)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import Home
from tests.kit.driven import on_screen, toasts, until
from tests.kit.fakes import MONDAY, FakeTime, small_team


async def test_a_copy_of_a_check_in_is_offered_and_taken_in(tmp_path: Path) -> None:
    here, there = TinyBook(tmp_path / "here", durable=False), TinyBook(tmp_path / "there", durable=False)
    for book, kpi in ((here, "sanne-opgelost"), (there, "sanne-open")):
        book.change_team(lambda _: small_team())
        entry = Entry(kpi, "3", True, Decimal(3))
        book.change_check_in("sanne", MONDAY, lambda _, entry=entry: CheckIn("sanne", MONDAY, (entry,)))  # type: ignore[misc]
    copy = tmp_path / "here" / "checkins" / "sanne (conflicted copy).json"
    copy.write_bytes((tmp_path / "there" / "checkins" / "sanne.json").read_bytes())
    app = HuddleApp(TinyBook(tmp_path / "here", durable=False), FakeTime(), Home())
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "Take in copies" in "\n".join(on_screen(app)))
        await pilot.press("v")
        await until(pilot, lambda: "another version" in "\n".join(on_screen(app)))
        await pilot.press("left", "enter")
        await until(pilot, lambda: any("Taken in" in said for said in toasts(app)))
    found = here.check_ins("sanne")[0]
    assert {entry.kpi for entry in found.entries} == {"sanne-opgelost", "sanne-open"}
    assert not copy.exists()
