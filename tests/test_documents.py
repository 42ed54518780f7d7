"""What the documents name is there: pages they link to, files they point at, sections of the method that code cites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "benchmarks" / "README.md"]
SOURCES = sorted(
    path for folder in ("huddle_tui", "tests", "data", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" not in target:
            file, _, anchor = target.partition("#")
            there = (page.parent / file) if file else page
            assert there.exists(), target
            assert not anchor or anchor in anchors(there), target


def test_every_section_of_the_method_that_is_cited_is_there() -> None:
    sections = set(re.findall(r"^## (\d+)\.", (ROOT / "docs" / "method.md").read_text("utf-8"), re.MULTILINE))
    assert sections == {str(n + 1) for n in range(len(sections))}
    for path in SOURCES:
        cited = set(re.findall(r"\bMETHOD[ :](\d+)", path.read_text("utf-8")))
        assert cited <= sections, f"{path.name} cites METHOD {cited - sections}"


def test_the_rooms_hold_what_their_page_says() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z]+)/` \| (.*) \|$", page, re.MULTILINE)
    assert {room for room, _ in rows} >= {"domain", "store", "exchange", "activities", "ui", "web", "cli"}
    for room, text in rows:
        there = {path.stem for path in (ROOT / "huddle_tui" / room).rglob("*") if "__" not in path.name}
        assert set(re.findall(r"`([a-z_]+)/?`", text)) <= there, room


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_are_there(page: Path) -> None:
    named = re.findall(
        r"`((?:tests|data|docs|benchmarks|huddle_tui|ui|domain|store|exchange|activities|cli|web)/[\w/.-]+)`",
        page.read_text("utf-8"),
    )
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "huddle_tui" / name).exists(), name
