"""Nasty text in every field of a book, on every screen, in toasts, in what is printed, in the log: letters, no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import cli
from huddle_tui.cli.crash import log_crash
from huddle_tui.domain.huddle import Action, CheckIn, Huddle, Offline, Reading, Stuck, Turn
from huddle_tui.domain.sentence import Sentence
from huddle_tui.domain.team import Team
from huddle_tui.domain.text import clean, clean_line
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.places import Home
from tests.kit.driven import on_screen
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.nasty import NASTY, TRACES
from tests.kit.screens import SCREENS, book_of, today

BATCHES = [NASTY[n::6] for n in range(6)]
"""Seven texts each, of every kind."""


def names(texts: tuple[str, ...]) -> Iterator[str]:
    """As they are after the door, where a name must not be empty and differ from the others."""
    return (f"{clean_line(text)[:76]} {n}" for n, text in enumerate(cycle(texts)))


def soiled(book: MemoryBook, texts: tuple[str, ...]) -> MemoryBook:
    """The book with nasty text in everything that a person can type."""
    name, words = names(texts), cycle([clean(text) for text in texts])

    def team_of(team: Team) -> Team:
        return replace(
            team,
            name=next(name),
            people=tuple(replace(p, name=next(name), role=next(name)) for p in team.people),
            processes=tuple(replace(p, name=next(name), key_numbers=(next(name),)) for p in team.processes),
            kpis=tuple(replace(k, name=next(name), definition=next(words), unit=next(name)[:20]) for k in team.kpis),
        )

    def reading_of(reading: Reading) -> Reading:
        return replace(reading, name=next(name), note=next(words), unit=next(name)[:20])

    def turn_of(turn: Turn) -> Turn:
        return replace(
            turn, name=next(name), readings=tuple(map(reading_of, turn.readings)), stucks=(Stuck(next(words)),),
        )  # fmt: skip

    def huddle_of(huddle: Huddle) -> Huddle:
        return replace(
            huddle, team=next(name), turns=tuple(map(turn_of, huddle.turns)),
            actions=(Action("a", next(name), next(words), huddle.day),), offline=(Offline(next(words), next(name)),),
        )  # fmt: skip

    def check_in_of(check_in: CheckIn | None) -> CheckIn:
        assert check_in is not None
        entries = tuple(replace(e, typed=next(words), note=next(words), answered=False) for e in check_in.entries)
        return replace(check_in, entries=entries, stuck=next(words))

    dirty = MemoryBook(team_of(book.team()), [huddle_of(huddle) for huddle in book.huddles(book.days())])
    (drafts,) = book.check_ins("p1")
    dirty.change_check_in("p1", drafts.huddle_day, lambda _: check_in_of(drafts))
    return dirty


def rounds(full: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every screen with some of the texts; in the long form every screen with all of them."""
    for place, name in enumerate(SCREENS):
        yield from ((name, batch) for n, batch in enumerate(BATCHES) if full or n == place % len(BATCHES))


@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_shows_the_letters_they_are(name: str, full: bool) -> None:
    for screen_name, batch in rounds(full):
        if screen_name != name:
            continue
        book = soiled(book_of(), batch)
        app = HuddleApp(book, FakeTime(today(book)), Home())
        async with app.run_test(size=(150, 44), notifications=True, tooltips=True) as pilot:
            await app.push_screen(SCREENS[name](app))
            for _ in range(20):
                await pilot.pause()
            if isinstance(app.screen, HuddleScreen):
                for text in batch:
                    app.screen.tell(Sentence("{text}", {"text": clean(text)}), wrong=True)
            for key in ("down", "enter", "f1"):
                await pilot.press(key)
                await pilot.pause()
                text = "\n".join(on_screen(app))
                assert not [trace for trace in TRACES if trace in text]
                assert text.strip()


@pytest.mark.parametrize("batch", BATCHES, ids=range(len(BATCHES)))
async def test_no_letter_is_taken_for_markup(batch: tuple[str, ...]) -> None:
    """What fits on a line of the team's own screen stands there whole."""
    book = soiled(book_of(), batch)
    app = HuddleApp(book, FakeTime(today(book)), Home())
    async with app.run_test(size=(300, 100), notifications=True) as pilot:
        await app.push_screen(SCREENS["team"](app))
        for _ in range(20):
            await pilot.pause()
        text = " ".join(" ".join(on_screen(app)).split())
        for person in book.team().people:
            assert person.name[:20].strip() in text


@pytest.mark.parametrize("text", NASTY)
def test_names_of_files_reach_the_terminal_as_letters(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = text.replace("/", "").replace("\0", "").encode("utf-8", "replace").decode()[:60] or "x"
    folder = tmp_path / name
    for command in (["export"], ["coach"], ["doctor"], ["import", str(folder)]):
        assert cli.main([*command, "--data", str(folder), "--lang", "en"]) == 1
    TinyBook(folder).change_team(lambda _: small_team())
    (folder / "team.json").write_bytes(b"")
    assert cli.main(["doctor", "--data", str(folder), "--lang", "en"]) == 1
    assert cli.main(["coach", "--data", str(folder), "--lang", "en"]) == 0
    told = capsys.readouterr()
    for trace in TRACES:
        assert trace not in told.out + told.err


@pytest.mark.parametrize("text", NASTY)
def test_written_into_a_file_by_hand_it_is_cleaned_where_it_is_read(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    TinyBook(folder).change_team(lambda _: small_team())
    tables = json.loads((folder / "team.json").read_text("utf-8"))
    tables["people"]["1"]["name"] = text
    (folder / "team.json").write_text(json.dumps(tables), "utf-8")
    name = TinyBook(folder).team().people[0].name
    assert not [trace for trace in TRACES if trace in name]
    assert name == clean(text)


def test_the_log_of_a_crash_holds_no_text_of_the_team(tmp_path: Path) -> None:
    for text in NASTY:
        told = log_crash(crash(text))
        assert str(told).startswith("The program stopped on an error (ValueError)")
    (log,) = (tmp_path / "home").rglob("huddle.log")
    written = log.read_text("utf-8")
    assert written.count("ValueError") == len(NASTY)
    assert not [text for text in NASTY if len(text) > 3 and text in written]


def crash(text: str) -> ValueError:
    """An error that holds somebody's text, as it is caught."""
    try:
        raise ValueError(text, MONDAY)
    except ValueError as error:
        return error
