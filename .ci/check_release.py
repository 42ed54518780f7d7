"""What lies in `dist/` is the release: one version everywhere, nothing missing, and it installs and runs anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from huddle_tui import __version__  # noqa: E402 (after the path)
from tests.kit.terminal import Terminal  # noqa: E402 (after the path)

PACKAGED = (
    "py.typed", "ui/app.tcss", "locale/nl/LC_MESSAGES/huddle.mo", "locale/en/LC_MESSAGES/huddle.mo",
    "example/history.json", "example/texts.toml", "example/team.nl.toml", "example/team.en.toml",
)  # fmt: skip
"""What a program without its sources needs beside its modules."""
SOURCES = (
    "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "requirements.lock", ".ci/run", "docs/file-format.md",
    "data/make_example.py", "data/example/team.nl.toml", "tests/conftest.py", "tests/faults/schemas/1/expected.json",
    "benchmarks/README.md", "huddle_tui/ui/app.tcss",
)  # fmt: skip
"""What somebody needs who builds or tests it from the sdist."""


def main() -> None:
    """Says what was checked; ends with what is wrong."""
    one_version()
    wheel, sdist = found(f"huddle_tui-{__version__}-*.whl"), found(f"huddle_tui-{__version__}.tar.gz")
    holds(wheel, zipfile.ZipFile(wheel).namelist(), [f"huddle_tui/{name}" for name in PACKAGED])
    with tarfile.open(sdist) as archive:
        holds(sdist, archive.getnames(), [f"huddle_tui-{__version__}/{name}" for name in SOURCES])
    for package in (wheel, sdist):
        with tempfile.TemporaryDirectory() as folder:
            runs(package, Path(folder))
    print(f"huddle {__version__} can be released.")


def wrong(what: str) -> None:
    """Ends the check."""
    sys.exit(f"NOT RELEASED: {what}")


def one_version() -> None:
    """The changelog's newest heading and the tag, where there is one, are those of the program."""
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    if newest is None or newest[1] != __version__:
        wrong(f"CHANGELOG.md begins with {newest and newest[1]}, the program is {__version__}")
    tags = subprocess.run(
        ["git", "tag", "--points-at", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    if tags and f"v{__version__}" not in tags:
        wrong(f"this commit is tagged {', '.join(tags)}, and not v{__version__}")
    print(f"one version: {__version__}")


def found(pattern: str) -> Path:
    """The one file in `dist/` that was built."""
    files = list((ROOT / "dist").glob(pattern))
    if len(files) != 1:
        wrong(f"dist/ holds {len(files)} of {pattern}: run `python -m build`")
    return files[0]


def holds(package: Path, names: list[str], expected: list[str]) -> None:
    """Everything that is needed is in the package, and nothing that was made by running it."""
    if missing := sorted(set(expected) - set(names)):
        wrong(f"{package.name} lacks {', '.join(missing)}")
    if made := [name for name in names if re.search(r"__pycache__|\.pyc$|/\.huddle/|\.books|\.venv", name)]:
        wrong(f"{package.name} holds {made[0]}")
    print(f"{package.name}: {len(names)} files, nothing missing")


def runs(package: Path, folder: Path) -> None:
    """Installed in a fresh environment: commands, a team in and out, the example on a screen; all in that folder."""
    environment, book = folder / "venv", folder / "book"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    subprocess.run([str(environment / "bin" / "pip"), "install", "-q", str(package)], check=True)
    huddle = environment / "bin" / "huddle"

    def command(*arguments: str) -> str:
        done = subprocess.run(
            [str(huddle), "--data", str(book), "--lang", "en", *arguments],
            cwd=folder, env={"PATH": "/usr/bin:/bin", "HOME": str(folder)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or "Traceback" in done.stderr:
            wrong(f"{package.name}: huddle {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done.stdout + done.stderr

    if command("--version").strip() != f"huddle {__version__}":
        wrong(f"{package.name} says that it is {command('--version')}")
    for quick in (["--help"], ["keys"], ["paths"]):
        command(*quick)
    command("init", "--name", "Voorbeeld Software", "--locale", "nl")
    command("import", str(ROOT / "data" / "example" / "team.nl.toml"))
    team = folder / "team.toml"
    command("export", "team", "-o", str(team))
    if "Nothing to import" not in command("import", str(team)):
        wrong(f"{package.name}: a team that was exported is not the same when it is imported")
    command("coach")
    command("doctor")
    jump = "import os, sys; os.chdir(sys.argv[1]); os.execv(sys.argv[2], sys.argv[2:])"
    arguments = [str(folder), str(huddle), "demo", "--lang", "nl"]
    terminal = Terminal(arguments, folder / "none", program=("-c", jump))
    try:
        terminal.wait_for("Start huddle", 60.0)
        terminal.wait_for("Sanne")
        terminal.type("q")
        if (status := terminal.wait_for_end()) != 0:
            wrong(f"{package.name}: the demo ended with {status}")
    finally:
        terminal.close()
    print(f"{package.name}: installs and runs")


if __name__ == "__main__":
    main()
