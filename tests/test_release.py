"""One version, told in one place; the newest heading of the changelog is about it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

from huddle_tui import __version__

ROOT = Path(__file__).parents[1]


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "huddle_tui/__init__.py"
    assert version("huddle-tui") == __version__


def test_the_changelog_begins_with_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


def test_the_lock_file_names_every_dependency() -> None:
    """Those of the program, of its extras and of its tests, each with one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    names = {re.match(r"[\w-]+", line)[0].lower() for line in wanted}  # type: ignore[index]  # each begins with a name
    assert names - {"huddle-tui"} <= {name.lower().replace("_", "-") for name in locked}
