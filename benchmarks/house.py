"""What the house itself weighs: imports that go round in a circle, lines, the largest file, the quick tests.

Counted, not timed, but for the last; there the yardstick is the minute that somebody is willing to wait.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.figures import Plan, Row, seconds
from benchmarks.terminals import ROOT

TITLE: Final = "The house"
PACKAGE: Final = ROOT / "huddle_tui"


def modules() -> dict[str, Path]:
    """Every module of the product by its full name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imported(node: ast.AST) -> Iterator[str]:
    """The names that are imported anywhere below, also inside functions, but not those for types only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif not (isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")):
            yield from imported(child)


def circles(known: Mapping[str, set[str]]) -> list[set[str]]:
    """Groups of modules each of which imports, over whatever way, all others of its group."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            new = known[ahead.pop()] - seen
            seen |= new
            ahead += new
        return seen

    reach = {name: reached(name) for name in known}
    found: list[set[str]] = []
    for name in known:
        if name in reach[name] and not any(name in circle for circle in found):
            found.append({other for other in reach[name] if name in reach[other]})
    return found


def measure(plan: Plan) -> list[Row]:
    """The counts, and how long `pytest --quick` takes on two cores."""
    files = modules()
    rooms = {name for name, path in files.items() if path.name == "__init__.py"}
    known = {
        name: set(imported(ast.parse(path.read_text("utf-8")))) & (files.keys() - rooms - {name})
        for name, path in files.items()
    }
    lines = [len(path.read_text("utf-8").splitlines()) for path in files.values()]
    quick = [sys.executable, "-m", "pytest", "--quick", "-n", "2", *(["tests/domain"] if plan.quick else [])]
    run = partial(subprocess.run, quick, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)

    def row(what: str, figure: float, unit: str, most: float) -> Row:
        return Row(what, [None] * (len(plan.histories) - 1) + [figure], "", None, unit, most=most)

    return [
        row("import circles", len(circles(known)), "", 0),
        row("lines of the product", sum(lines), "lines", 27_000),
        row("largest file", max(lines), "lines", 450),
        row("quick test profile", seconds(run), "s", 60),
    ]
