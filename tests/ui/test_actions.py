"""The registry of actions, and what comes from it: bindings, key bar, help, palette, the user's own keys."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from huddle_tui import i18n, ui
from huddle_tui.activities.settings import Settings, load
from huddle_tui.domain.huddle import TurnState
from huddle_tui.i18n import _
from huddle_tui.ui import actions, own_keys
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.checkin.check_in import CheckInScreen
from huddle_tui.ui.checkin.who_am_i import WhoAmIScreen
from huddle_tui.ui.home.help import HelpScreen
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.home.palette import Palette
from huddle_tui.ui.kit.keybar import KeyBar
from huddle_tui.ui.kit.questions import ConfirmScreen
from huddle_tui.ui.kit.rows import Menu
from huddle_tui.ui.places import Home, PastHuddles
from huddle_tui.ui.round.round import RoundScreen
from huddle_tui.ui.team.team import TeamScreen
from tests.kit.driven import Driven, toasts
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.round_table import table
from tests.kit.screens import SCREENS, book_of, today

AREAS = list(dict.fromkeys(action.area for action in actions.ACTIONS))


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    i18n.use("en")
    actions.use({})


def test_no_action_is_there_twice() -> None:
    refs = sorted(action.ref for action in actions.ACTIONS)
    assert all(one != other for one, other in pairwise(refs))


@pytest.mark.parametrize("area", AREAS)
def test_a_key_means_one_thing_in_an_area(area: str) -> None:
    keys = [key for action in actions.of(area) for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_a_title_for_help(area: str) -> None:
    assert actions.AREAS[area].title


@pytest.mark.parametrize("key", ["ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+enter"])
def test_keys_that_terminals_swallow_are_not_used(key: str) -> None:
    assert not any(key in action.keys.split(",") for action in actions.ACTIONS)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("area", [area for area in AREAS if area != actions.EVERYWHERE])
def test_the_key_bar_fits_eighty_columns(area: str, language: str) -> None:
    i18n.use(language)
    mine = [a for a in actions.of(area) if a.footer][:4] + [a for a in actions.of(actions.EVERYWHERE) if a.footer]
    hints = [f"{actions.shown(a.keys.split(',')[0])} {_(a.label)}" for a in mine]
    assert len("  ".join(hints)) <= 80 - 2 * 2 - 2, hints


def test_keys_are_written_as_people_read_them() -> None:
    assert [actions.shown(key) for key in ("ctrl+n", "f5", "question_mark", "G", "escape")] == [
        "Ctrl+N",
        "F5",
        "?",
        "G",
        "Esc",
    ]


def test_the_users_keys_replace_all_keys_of_an_action() -> None:
    assert own_keys.keymap({"round.pause": "ctrl+k"}) == {"round.pause.0": "ctrl+k", "round.pause.1": "ctrl+k"}


@pytest.mark.parametrize(
    ("ref", "keys", "says"),
    [
        ("round.skipp", "ctrl+k", "did you mean round.skip?"),
        ("round.skip", "ctrl+n", "it belongs to round.forward"),
        ("round.skip", "escape", "it belongs to everywhere.back"),
        ("round.skip", "", "cannot have the key"),
        ("team.remove", "j", "it belongs to list.down"),
        ("list.down", "t", "it belongs to"),
        ("everywhere.undo", "ctrl+l", "it belongs to"),
        ("everywhere.leave", "banana", "write it as x"),
        ("everywhere.leave", "shift+x", "write it as x"),
        ("everywhere.leave", "ctrl+ctrl+x", "write it as x"),
        ("round.skip", "z", "types into the field"),
        ("form.save", "ctrl+k,space", "types into the field"),
        ("everywhere.help", "h", "types into the field"),
        ("everywhere.enter", "x", "keeps its key"),
        ("opening.here", "j", "it belongs to list.down"),
        ("opening.proxy", "q", "it belongs to everywhere.leave"),
        ("round.skip", "ctrl+h", "a terminal sends it for Backspace"),
        ("round.skip", "ctrl+k,ctrl+m", "a terminal sends it for Enter"),
    ],
)
def test_keys_that_cannot_be_are_refused_in_a_sentence(ref: str, keys: str, says: str) -> None:
    kept, [sentence] = own_keys.usable({ref: keys, "home.team": "y"})
    assert kept == {"home.team": "y"}, "the others hold"
    assert says in str(sentence)


def test_a_key_that_was_given_away_by_one_that_cannot_be_is_not_free() -> None:
    kept, wrong = own_keys.usable({"home.checkin": "s", "home.scorecard": "banana"})
    assert kept == {}
    assert [str(sentence).rpartition("; ")[2] for sentence in wrong] == [
        "write it as x, X, f5, ctrl+k or slash.",
        "it belongs to home.scorecard.",
    ]


def test_no_letter_is_a_key_where_a_field_has_the_focus() -> None:
    wrong = [
        a.ref for a in actions.ACTIONS if a.area in own_keys.TYPING and any(map(own_keys.typed, a.keys.split(",")))
    ]
    assert wrong == []


@pytest.mark.parametrize("key", ["x", "X", "7", "f12", "slash", "ctrl+k", "alt+up", "shift+tab", "é"])
def test_keys_that_a_terminal_sends_can_be_chosen(key: str) -> None:
    assert own_keys.can_be_sent(key)


@pytest.mark.parametrize("key", sorted({key for action in actions.ACTIONS for key in action.keys.split(",")}))
def test_the_keys_that_are_there_can_be_sent(key: str) -> None:
    assert own_keys.can_be_sent(key)


def test_every_area_is_on_a_screen() -> None:
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    ahead: list[type[HuddleScreen]] = [HuddleScreen]
    there = {actions.EVERYWHERE}
    while ahead:
        screen = ahead.pop()
        ahead += screen.__subclasses__()
        there |= {*screen.AREAS}
    assert there == {*actions.AREAS}


@pytest.mark.parametrize("size", [(110, 34), (66, 18)])
async def test_a_click_on_a_key_does_what_the_key_does_and_one_beside_it_nothing(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = HuddleApp(MemoryBook(small_team("en")), FakeTime(), Home())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        bar = app.screen.query_one(KeyBar)
        done: list[str] = []
        monkeypatch.setattr(bar, "run_action", lambda action: _noted(done, action))
        line = bar.render().plain
        assert line.startswith("r Run huddle  c Check in  ")
        assert line.endswith("F1 Help")
        for label, action in (("Run huddle", "screen.run"), ("Check in", "screen.checkin"), ("F1 Help", "app.help")):
            first = line.index(label)
            last = first + len(label) - 1
            for x, wanted in ((first, [action]), (last, [action]), (last + 1, [])):
                done.clear()
                await pilot.click(bar, offset=(1 + x, 0))
                assert done == wanted, (label, x)
            await pilot.hover(bar, offset=(1 + last, 0))
            assert bar.pointed.endswith("." + action.partition(".")[2])
            assert [(line[at.start : at.end], at.style) for at in bar.render().spans if at.style == "$foreground"] == [
                (f" {label.removeprefix('F1 ')}", "$foreground")
            ]
        await pilot.hover(bar, offset=(1 + len(line), 0))
        assert bar.pointed == ""


async def _noted(done: list[str], action: str) -> None:
    done.append(action)


async def test_the_users_key_works_and_shows() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    app = HuddleApp(book, time, Home(), Settings(keys={"home.team": "y"}))
    async with app.run_test(size=(110, 34)) as pilot:
        await pilot.pause()
        await pilot.press("t")
        assert not isinstance(app.screen, TeamScreen)
        await pilot.press("y")
        assert isinstance(app.screen, TeamScreen)


async def test_the_keys_of_the_roll_call_are_the_users_like_any_other() -> None:
    keys = {"opening.here": "v", "opening.proxy": "ctrl+k", "list.down": "f9", "everywhere.help": "f4"}
    async with table(settings=Settings(keys=keys)) as t:
        assert "v here or away" in t.text()
        await t.keys("space", "x", "j")
        assert all(turn.state is TurnState.WAITING for turn in t.round_screen.round.huddle.turns)
        await t.keys("v", "f9", "ctrl+k")
        sanne, jose = t.round_screen.round.huddle.turns[:2]
        assert (sanne.state, jose.state, jose.by_proxy) == (TurnState.ABSENT, TurnState.WAITING, True)
        await t.keys("f4")
        assert isinstance(t.screen, HelpScreen)


async def test_escape_in_a_form_and_a_question_is_the_users_key() -> None:
    book = MemoryBook(small_team())
    async with table(book, settings=Settings(keys={"everywhere.back": "f2"})) as t:
        await t.keys("|", "f2")
        assert isinstance(t.screen, ConfirmScreen)
        await t.keys("escape")
        assert isinstance(t.screen, ConfirmScreen)
        await t.keys("f2")
        assert isinstance(t.app.screen, RoundScreen)


def _marked() -> list[str]:
    """Every text of the screens that is marked for translation."""
    calls = (
        node
        for path in sorted(Path(ui.__path__[0]).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_", "ngettext"}
    )
    texts = (argument.value for call in calls for argument in call.args if isinstance(argument, ast.Constant))
    return [text for text in texts if isinstance(text, str)]


def test_no_sentence_names_a_key_that_may_be_another_by_now() -> None:
    """A key stands in a sentence as `{round.skip}`; Enter alone is Enter for everybody."""
    not_one = ("as x, X, f5, ctrl+k or slash", "space takes one in")  # how keys are written; a choice is no action
    naming = re.compile(r"(?i)\b(ctrl|alt|shift)\+\w|\b[fF][0-9]{1,2}\b|\bEsc(ape)?\b|\bSpace\b|\bpress [a-z]\b")
    texts = [text for text in _marked() if text != "Space" and not any(part in text for part in not_one)]
    assert len(texts) > 500
    assert [text for text in texts if naming.search(text)] == []


def test_every_key_that_a_sentence_names_is_that_of_an_action() -> None:
    refs = {action.ref for action in actions.ACTIONS}
    named = {place for text in _marked() for place in re.findall(r"{(\w+\.\w+)}", text)}
    assert {"everywhere.undo", "opening.here"} <= named <= refs


async def test_wrong_keys_in_the_settings_are_said_and_the_program_runs() -> None:
    app = HuddleApp(MemoryBook(small_team()), FakeTime(), Home(), Settings(keys={"round.jump": "z"}))
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await pilot.pause()
        assert any("round.jump" in text for text in toasts(pilot.app))
        assert actions.keyed("{round.skip}") == "Ctrl+L"  # what is shown are the keys that work


@pytest.mark.quick
@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_help_shows_the_keys_of_the_screen_at_hand(key: str) -> None:
    async with table() as t:
        if key == "f1":
            await t.keys("|")
        await t.pilot.press(key)
        await t.pilot.pause()
        assert isinstance(t.screen, HelpScreen)
        assert "Ctrl+L" in t.text()
        await t.pilot.press("escape")
        await t.pilot.pause()
        assert not isinstance(t.screen, HelpScreen)


@pytest.mark.parametrize(
    ("name", "there", "not_there"),
    [
        ("library", "Take this one", "Find as you type"),
        ("team", "Add somebody", "Find as you type"),
        ("opening", "Here or away", "Find as you type"),
        ("past", "Find as you type", "Take this one"),
        ("scorecard", "Find as you type", "Take this one"),
        ("guide: people", "This is enough", "Take a good number"),
    ],
)
async def test_help_lists_what_there_is_on_the_screen_and_nothing_else(name: str, there: str, not_there: str) -> None:
    book = book_of()
    async with HuddleApp(book, FakeTime(today(book)), Home()).run_test(size=(110, 70)) as pilot:
        await pilot.app.push_screen(SCREENS[name](pilot.app))  # type: ignore[arg-type]  # it is ours
        await pilot.press("f1")
        t = Driven(pilot)
        await t.until(lambda: isinstance(t.app.screen, HelpScreen) and there in t.text())
        assert not_there not in t.text()


@pytest.mark.quick
async def test_the_palette_offers_everything_that_can_be_done_here() -> None:
    async with table() as t:
        await t.keys("|")
        await t.pilot.press("ctrl+p")
        await t.pilot.pause()
        assert isinstance(t.screen, Palette)
        screen = t.pilot.app.screen_stack[-2]
        assert isinstance(screen, HuddleScreen)
        offered = {command.title for command in screen.huddle_app.commands(screen)}
        assert {"Skip", "Next person", "Undo", "Pause", "Quit", "Theme: huddle-day"} <= offered
        await t.pilot.press(*"skip", "enter")
        await t.pilot.pause()
        await t.until(lambda: not isinstance(t.screen, Palette))
        await t.until(lambda: t.speaker == "josé")


async def test_the_palette_leads_from_a_page_to_wherever_home_leads_and_from_a_round_nowhere() -> None:
    app = HuddleApp(book_of(), FakeTime(today(book_of())), Home())
    async with app.run_test() as pilot:
        here = Driven(pilot)
        await here.until(lambda: isinstance(app.screen, HomeScreen))
        assert isinstance(app.screen, HomeScreen)
        titles = [command.title for command in app.commands(app.screen)]
        assert {"PACe chart", "Settings", "Import", "Quarter"} <= {*titles}
        assert len(titles) == len({*titles})
        await app.go(PastHuddles())
        await pilot.press("ctrl+p")
        await here.until(lambda: isinstance(app.screen, Palette))
        await pilot.press(*"check", "space", *"in", "enter")
        await here.until(lambda: isinstance(app.screen, CheckInScreen | WhoAmIScreen))
    async with table() as t:
        await t.keys("|")
        titles = [command.title for command in t.round_screen.huddle_app.commands(t.round_screen)]
        assert not {"Run huddle", "Check in", "Scorecard"} & {*titles}


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (110, 34)])
async def test_the_palette_puts_what_belongs_to_this_screen_first(size: tuple[int, int]) -> None:
    async with table(size=size) as t:
        await t.keys("|")
        await t.pilot.press("ctrl+p")
        await t.pilot.pause()
        menu = t.pilot.app.screen.query_one(Menu)
        screen = t.pilot.app.screen_stack[-2]
        assert isinstance(screen, HuddleScreen)
        commands = list(screen.huddle_app.commands(screen))
        assert [commands[int(str(line.key))] for line in menu.lines if line.key is not None] == commands
        here = [command.here for command in commands]
        assert here == sorted(here, reverse=True)
        assert here[0]
        for _ in commands:
            assert commands[int(menu.key)].title in t.text()
            assert " ".join(commands[int(menu.key)].help.split()[:4]) in t.text()
            await t.pilot.press("down")
        await t.pilot.press(*"undo")
        assert commands[int(menu.key)].title == "Undo"
        await t.pilot.press(*"xyz", "enter")
        await t.pilot.pause()
        assert isinstance(t.screen, Palette), "nothing is called that"
        await t.pilot.press("escape")
        await t.pilot.pause()
        assert t.pilot.app.screen is screen


async def test_a_chosen_theme_is_used_and_remembered(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('language = "nl"\nfuture = 1\n', "utf-8")
    app = HuddleApp(MemoryBook(small_team()), FakeTime(), Home(), Settings(), file)
    async with app.run_test(size=(110, 34)) as pilot:
        await pilot.pause()
        app.choose_theme("huddle-day")
        await pilot.pause()
        assert app.theme == "huddle-day"
    assert load(file).theme == "huddle-day"
    assert "future = 1" in file.read_text("utf-8")


async def test_an_unknown_theme_in_the_settings_does_not_stop_the_start() -> None:
    app = HuddleApp(MemoryBook(small_team()), FakeTime(), Home(), Settings(theme="neon"))
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == "huddle-night"
        (said,) = toasts(app)
        assert said == "There is no theme neon; choose one of: huddle-night, huddle-day, huddle-contrast."
