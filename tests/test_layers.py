"""Imports only ever point down: who may know whom (docs/architecture.md)."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from huddle_tui.ui import doors, places

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "huddle_tui"
MAY_KNOW = {
    "domain": {"domain"},
    "i18n": {"domain", "i18n"},
    "words": {"domain", "i18n", "words"},
    "files": {"domain", "files"},
    "store": {"domain", "store", "i18n", "words"},
    "exchange": {"domain", "exchange", "i18n", "words"},
    "activities": {"domain", "store", "exchange", "activities", "i18n", "words", "files"},
    "ui": {"domain", "store", "exchange", "activities", "ui", "i18n", "words", "files"},
    "web": {"domain", "store", "exchange", "activities", "web", "i18n", "words", "files"},
    "cli": {"domain", "store", "exchange", "activities", "ui", "web", "cli", "i18n", "words", "files"},
    "__init__": set(),
    "__main__": {"cli"},
}
OWNERS = {
    "textual": {"ui"},
    "pyperclip": {"ui"},
    "rich": {"ui"},
    "tinydb": {"store"},
    "tomlkit": {"exchange", "activities"},
    "platformdirs": {"cli", "activities"},
    "pendulum": {"domain"},
    "aiohttp": {"web"},
    "jinja2": {"exchange"},
    "markupsafe": {"exchange", "web"},
    "segno": {"activities"},
    "psycopg": {"store"},
}
"""Which rooms may import which library."""

FILES = sorted(PACKAGE.rglob("*.py"))


@cache
def imports(path: Path, *, for_types: bool = True) -> frozenset[str]:
    """The full names of every module that a file imports, wherever in it; also those for types only, or not."""
    found: set[str] = set()
    ahead: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        if for_types or not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            ahead += ast.iter_child_nodes(node)
    return frozenset(found)


def module(path: Path) -> str:
    """The full name of the module that a file is."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in FILES}


def ui_room(name: str) -> str:
    """The room inside `ui/` that a module lives in, or the module itself where it lives in none."""
    return name.removeprefix("huddle_tui.ui.").split(".")[0]


def room(path: Path) -> str:
    """The room a file lives in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_knows_only_what_lies_below_it(path: Path) -> None:
    own = {name.split(".")[1] for name in imports(path) if name.startswith("huddle_tui.")} - {"__version__"}
    assert own <= MAY_KNOW[room(path)], f"{path.name} reaches up"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_is_known_only_where_it_belongs(path: Path) -> None:
    for library in {name.split(".")[0] for name in imports(path)} & OWNERS.keys():
        assert room(path) in OWNERS[library], f"{path.name} knows {library}"


def test_only_one_module_knows_pendulum() -> None:
    assert [p.name for p in FILES if any(n.split(".")[0] == "pendulum" for n in imports(p))] == ["dates.py"]


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda p: str(p.relative_to(TESTS)))
def test_no_test_module_is_imported(path: Path) -> None:
    """What tests share is in `tests/kit/`, and a test can be read, moved and deleted alone."""
    assert not [name for name in imports(path) if re.search(r"^tests\b.*\.test_", name)]


IN_UI = {name for name in MODULES if name.startswith("huddle_tui.ui.")}
FEATURES = {"home", "links", "round", "checkin", "past", "team"}
DOORS = "huddle_tui.ui.doors"
LED_TO = {f"huddle_tui.ui.{screen.rpartition('.')[0]}" for screen in doors.SCREENS.values()}
"""The modules of the screens that are loaded by their name when they are first gone to."""


@pytest.mark.parametrize("name", sorted(n for n in IN_UI if ui_room(n) in FEATURES))
def test_a_feature_knows_no_other_feature(name: str) -> None:
    known = {ui_room(n) for n in imports(MODULES[name]) & IN_UI}
    assert not known & (FEATURES - {ui_room(name)}), name


@pytest.mark.parametrize("name", sorted(n for n in IN_UI if ui_room(n) in {"kit", "look"}))
def test_what_only_draws_knows_no_domain(name: str) -> None:
    """The cleaning of what people typed is the one thing of the domain that it may use."""
    own = {
        n for n in imports(MODULES[name], for_types=False) & MODULES.keys() if n not in {"huddle_tui", "huddle_tui.ui"}
    }
    drawing = {n for n in own if n in IN_UI and ui_room(n) in {"kit", "look", "actions"}}
    assert own - drawing <= {"huddle_tui.domain.text", "huddle_tui.i18n"}, name


def test_only_the_doors_know_the_screens() -> None:
    """Whatever they lead to is imported by nobody else: a screen says where to go, and never makes another screen."""
    behind = LED_TO | {n for n in imports(MODULES[DOORS], for_types=False) & IN_UI if ui_room(n) in FEATURES}
    knowing = {name for name, path in MODULES.items() if name != DOORS and imports(path) & behind}
    assert len(behind) > 20
    assert not knowing


def test_every_screen_is_tried_with_random_keys_and_nasty_texts() -> None:
    """`tests/kit/screens.py` opens each that the doors lead to."""
    behind = LED_TO | {n for n in imports(MODULES[DOORS], for_types=False) & IN_UI if ui_room(n) in FEATURES}
    assert behind <= imports(TESTS / "kit" / "screens.py")


def test_every_place_has_a_screen_that_is_made_of_what_the_place_says() -> None:
    """They are made by name, which no type checker sees."""
    elsewhere = {places.RunHuddle, places.MyCheckIn, places.MakeTeam}
    assert {*doors.SCREENS, *elsewhere} == set(places.Place.__subclasses__())
    for place, name in doors.SCREENS.items():
        kind = doors.screen_class(name)
        said = dict.fromkeys(place.__struct_fields__)
        inspect.signature(kind).bind(**said)


def test_no_imports_go_round_in_a_circle() -> None:
    """Those inside functions count; those for types only do not: they are never carried out."""
    reach = {name: imports(path, for_types=False) & (MODULES.keys() - {name}) for name, path in MODULES.items()}
    reach[DOORS] |= LED_TO
    packages = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    left = {name: known - packages for name, known in reach.items()}
    while free := {name for name, known in left.items() if not known & left.keys()}:
        left = {name: known for name, known in left.items() if name not in free}
    assert not left, "each of these imports another of them"


@pytest.mark.parametrize("path", [MODULES[name] for name in sorted(IN_UI)], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_handler_calls_that_of_its_base(path: Path) -> None:
    """Textual calls the handlers of every class itself: they would run twice. (`on_event` is none: it hands out.)"""
    assert not re.findall(r"super\(\)\.(?!on_event\b)_?on_\w+", path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_file_is_longer_than_can_be_read_at_once(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 450


def test_no_two_classes_have_the_same_name() -> None:
    """Whoever reads a name knows what it is, in rooms that do not know each other too."""
    places: dict[str, list[str]] = {}
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(name)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_every_room_says_what_lives_there() -> None:
    for folder in {p.parent for p in FILES}:
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))), folder


@pytest.mark.parametrize(
    ("command", "unknown"),
    [
        ("import huddle_tui.domain.round, huddle_tui.domain.scorecard, huddle_tui.domain.coach", ("textual", "tinydb")),
        ("import huddle_tui.activities.hosting", ("textual", "rich")),
        (
            "from huddle_tui.cli import main; main(['--version'])",
            ("argparse", "gettext", "re", "typing", "msgspec", "textual", "pendulum", "tinydb"),
        ),
        ("from huddle_tui.cli import main; main(['--help'])", ("textual", "rich", "pendulum", "tinydb", "aiohttp")),
        ("from huddle_tui.cli import main; main(['keys'])", ("tinydb",)),
        (
            "from huddle_tui.cli import main; main(['paths'])",
            ("textual", "pendulum", "huddle_tui.cli.exporting", "huddle_tui.cli.serving"),
        ),
    ],
)
def test_what_is_not_needed_is_not_imported(command: str, unknown: tuple[str, ...]) -> None:
    code = f"import sys; {command}; print(','.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.strip().split(","))
    assert not loaded & set(unknown)
