"""What all benchmarks share: how much is measured, taking turns, and figures beside their yardsticks."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

EMPTY_BOOK: Final = "an empty book"
"""The yardstick of growth."""
_AGES: Final = {0: "none", 250: "a year", 2500: "ten years"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    histories: tuple[int, int, int]
    """Huddles behind a book: none, some, many."""
    quick: bool = False
    """Whether it is only to be seen that everything works: such figures are not worth quoting."""

    def times(self, often: int, few: int = 1) -> int:
        """How often something is done: `few` times where it is only to be seen that it works."""
        return few if self.quick else often

    @property
    def ages(self) -> list[str]:
        """The histories in words."""
        return [_AGES.get(huddles, f"{huddles} huddles") for huddles in self.histories]


FULL: Final = Plan((0, 250, 2500))
"""No history, a year and ten years: with 40 readings in each huddle, ten years are 100,000."""
QUICK: Final = Plan((0, 10, 20), quick=True)
"""Just to see that everything works."""


# Measuring


def seconds(job: Callable[[], object]) -> float:
    """How long it takes, once."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def alternate(rounds: int, **jobs: Callable[[], float]) -> dict[str, list[float]]:
    """Each job's figure per round; in each round every job has its turn, so that all see the same machine."""
    figures: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()  # warm: files in the cache, bytecode written
    for _ in range(rounds):
        for name, job in jobs.items():
            figures[name].append(job())
    return figures


def ms(figures: Iterable[float]) -> float:
    """The median, in milliseconds."""
    return statistics.median(figures) * 1000


def slow_ms(figures: Iterable[float]) -> float:
    """What 95 of 100 do not pass, in milliseconds."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


# Showing


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured, held against one yardstick."""

    what: str
    """What was measured."""
    figures: Sequence[float | None]
    """With no, some and many huddles behind it; None where there is nothing to measure."""
    yardstick: str = EMPTY_BOOK
    """What it is held against."""
    standard: float | Sequence[float] | None = None
    """The yardstick's figure, or one for each history; None is that of an empty book."""
    unit: str = "ms"
    """Of figures and yardstick."""
    most: float | None = None
    """The target: the most that the figure with the longest history may be."""
    ratio: float | None = None
    """The target: the most that it may be times the yardstick."""

    @property
    def figure(self) -> float:
        """That of the longest history: this one is held against the yardstick."""
        figure = self.figures[-1]
        assert figure is not None
        return figure

    @property
    def beside(self) -> float | None:
        """The yardstick's figure for the same history; None where an empty book has none, or nothing is compared."""
        if self.standard is None:
            return self.figures[0] if self.yardstick else None
        return self.standard if isinstance(self.standard, float) else self.standard[-1]

    @property
    def share(self) -> float | None:
        """How many times the yardstick it is."""
        return self.figure / self.beside if self.beside else None

    def cells(self) -> list[str]:
        """What, a figure per history, the yardstick, how many times that, the target and whether it is met."""
        figures = ["" if figure is None else _of(figure, self.unit) for figure in self.figures]
        beside = "" if self.beside is None else f"{self.yardstick}: {_of(self.beside, self.unit)}"
        share = "" if self.share is None else f"{self.share:.2f}×"
        _now, target, verdict = self.goal() or ("", "", "")
        return [self.what, *figures, beside, share, target, verdict]

    def goal(self) -> tuple[str, str, str] | None:
        """What is held against the target, the target, and whether it is met; None where there is none."""
        if self.most is not None:
            now, most, met = _of(self.figure, self.unit), _of(self.most, self.unit), self.figure <= self.most
        elif self.ratio is not None and self.share is not None:
            now, most, met = f"{self.share:.2f}×", f"{self.ratio:g}×", self.share <= self.ratio
        else:
            return None
        return now, most, "met" if met else "MISSED"


def _short(value: float) -> str:
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _of(value: float, unit: str) -> str:
    return f"{_short(value)} {unit}".rstrip()


def table(plan: Plan, title: str, rows: Sequence[Row], *, markdown: bool) -> str:
    """The rows of one subject, for a terminal or for a README."""
    heads = [title, *plan.ages, "yardstick", "ratio", "target", ""]
    left = {0, len(plan.ages) + 1, len(heads) - 1}
    return _drawn(heads, [row.cells() for row in rows], left, markdown=markdown)


def goals(subjects: Mapping[str, Sequence[Row]], *, markdown: bool) -> str:
    """Everything of all subjects that has a target: what it is held against it, and whether it is met."""
    lines = [
        [f"{title}: {row.what}" + (f" ÷ {row.yardstick}" if row.ratio else ""), *goal]
        for title, rows in subjects.items()
        for row in rows
        if (goal := row.goal())
    ]
    return _drawn(["What it must show", "now", "at most", ""], lines, {0, 3}, markdown=markdown)


def _drawn(heads: list[str], lines: list[list[str]], left: set[int], *, markdown: bool) -> str:
    """A table; `left` are the columns that are not numbers."""
    if markdown:
        marks = ["---" if place in left else "---:" for place in range(len(heads))]
        return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, marks, *lines)) + "\n"
    widths = [max(len(cells[place]) for cells in (heads, *lines)) for place in range(len(heads))]
    return "\n".join(
        "  ".join(c.ljust(w) if p in left else c.rjust(w) for p, (c, w) in enumerate(zip(cells, widths, strict=True)))
        .rstrip()
        for cells in (heads, *lines)
    ) + "\n"  # fmt: skip


def machine() -> str:
    """What the figures were measured on."""
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
