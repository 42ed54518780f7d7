"""A copy that a sync tool left beside a file is shown on home and taken in by a key (METHOD 8)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.places import Home
from tests.kit.driven import at_rest, on_screen, toasts, until
from tests.kit.fakes import MONDAY, FakeTime, small_team


def _with_copies(folder: Path, *kpis: str) -> tuple[TinyBook, list[Path]]:
    """A book with a check-in of one number, and for each of those KPIs a copy of it that has that number too."""
    here = TinyBook(folder / "here", durable=False)
    copies: list[Path] = []
    for kpi in ("sanne-opgelost", *kpis):
        book = TinyBook(folder / kpi, durable=False) if kpi in kpis else here
        book.change_team(lambda _: small_team())
        entry = Entry(kpi, "3", True, Decimal(3))
        book.change_check_in("sanne", MONDAY, lambda _, entry=entry: CheckIn("sanne", MONDAY, (entry,)))  # type: ignore[misc]
        if kpi in kpis:
            copies.append(folder / "here" / "checkins" / f"sanne (conflicted copy {len(copies)}).json")
            copies[-1].write_bytes((folder / kpi / "checkins" / "sanne.json").read_bytes())
    return here, copies


def _numbers(book: TinyBook) -> set[str]:
    return {entry.kpi for entry in book.check_ins("sanne")[0].entries}


async def test_a_copy_of_a_check_in_is_offered_and_taken_in(tmp_path: Path) -> None:
    here, (copy,) = _with_copies(tmp_path, "sanne-open")
    app = HuddleApp(TinyBook(tmp_path / "here", durable=False), FakeTime(), Home())
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "Take in copies" in "\n".join(on_screen(app)))
        await pilot.press("v")
        await until(pilot, lambda: "another version" in "\n".join(on_screen(app)))
        await pilot.press("left", "enter")
        await until(pilot, lambda: any("Taken in" in said for said in toasts(app)))
    assert _numbers(here) == {"sanne-opgelost", "sanne-open"}
    assert not copy.exists()


async def test_each_of_two_copies_is_asked_about_once_where_the_answer_is_not_now(tmp_path: Path) -> None:
    here, copies = _with_copies(tmp_path, "sanne-open", "sanne-omzet")
    app = HuddleApp(TinyBook(tmp_path / "here", durable=False), FakeTime(), Home())
    async with app.run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: "Take in copies" in "\n".join(on_screen(app)))
        home = app.screen
        assert isinstance(home, HomeScreen)
        await pilot.press("v")
        for place in range(2):
            await until(pilot, lambda place=place: f"copy {place}" in "\n".join(on_screen(app)))  # type: ignore[misc]
            await until(pilot, lambda: home.check_action("take_in", ()) and at_rest(app))  # home has read them anew
            await pilot.press("enter")
        await pilot.pause()
        assert app.screen is home
        assert "Take in copies" in "\n".join(on_screen(app)), "another time"
    assert _numbers(here) == {"sanne-opgelost"}
    assert all(copy.exists() for copy in copies)


async def test_after_one_copy_was_taken_in_the_other_is_asked_about(tmp_path: Path) -> None:
    here, copies = _with_copies(tmp_path, "sanne-open", "sanne-omzet")
    app = HuddleApp(TinyBook(tmp_path / "here", durable=False), FakeTime(), Home())
    async with app.run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: "Take in copies" in "\n".join(on_screen(app)))
        await pilot.press("v")
        for place in range(2):
            await until(pilot, lambda place=place: f"copy {place}" in "\n".join(on_screen(app)))  # type: ignore[misc]
            await pilot.press("left", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and at_rest(app))
    assert _numbers(here) == {"sanne-opgelost", "sanne-open", "sanne-omzet"}
    assert not any(copy.exists() for copy in copies)
