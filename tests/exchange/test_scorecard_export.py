"""The scorecard as text: the same figures everywhere, harmless cells, and a page that needs nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.domain.history import gather, page
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.judging import Status
from huddle_tui.domain.numbers import canonical
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import By, scorecard
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing import scorecard_text
from tests.kit.exporting import exported_text
from tests.kit.random_books import random_book


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="module", params=[1, 2, 3])
def book(request: pytest.FixtureRequest) -> tuple[Team, list[Huddle]]:
    return random_book(request.param, 40)


def written(kind: str, book: tuple[Team, list[Huddle]], *, whole: bool = False) -> str:
    return exported_text("scorecard", kind, *book, first=date.min if whole else None)


def test_json_holds_the_last_thirteen_huddles_and_their_figures(book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    rows = json.loads(written("json", book))
    card = scorecard(gather(team, (), map(page, huddles), complete=True))
    assert [row["kpi"] for row in rows] == [row.kpi.name for row in card.rows]
    last = [h.day.isoformat() for h in huddles[-13:]]
    for found, row in zip(rows, card.rows, strict=True):
        assert (found["kept"], found["judged"], found["percent"]) == (row.kept.kept, row.kept.due, row.kept.percent)
        assert (found["streak"], found["misses"]) == (row.streak, row.misses)
        assert found["promise"] == canonical(row.kpi.promise)
        assert [cell["date"] for cell in found["cells"]] == [
            day for day in last if date.fromisoformat(day) in row.cells
        ]
        for cell in found["cells"]:
            said = row.cells[date.fromisoformat(cell["huddle"])][-1].reading
            assert cell["actual"] == (None if said.actual is None else canonical(said.actual))
            assert cell["status"] == said.status.value


def test_a_chosen_period_is_shown_whole_and_stays_readable(book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    few = json.loads(written("json", (team, huddles[:20]), whole=True))
    assert {cell["huddle"] for row in few for cell in row["cells"]} == {h.day.isoformat() for h in huddles[:20]}
    many = json.loads(written("json", book, whole=True))
    assert all("week" in cell for row in many for cell in row["cells"])
    weeks = scorecard(gather(team, (), map(page, huddles), complete=True), By.WEEK, None, retired=True)
    assert {(row["kpi"], row["kept"], row["judged"]) for row in many} == {
        (row.kpi.name, row.kept.kept, row.kept.due) for row in weeks.rows if row.said
    }


def test_csv_opens_in_a_dutch_spreadsheet(book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    head, *rows = list(csv.reader(io.StringIO(written("csv", book)), delimiter=";"))
    assert head[14:27] == [h.day.isoformat() for h in huddles[-13:]]
    assert len(head) == 14 + 26
    assert all(len(row) == len(head) for row in rows)
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@" and cell]
    values = [cell for row in rows for cell in row[14:27] if cell]
    assert values
    assert all(re.fullmatch(r"-?[0-9]+(,[0-9]+)?", value) for value in values)
    assert team.locale == "nl"


def test_markdown_names_what_there_is_to_talk_about(book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    text = written("md", book)
    card = scorecard(gather(team, (), map(page, huddles), complete=True))
    talked = [row for row in card.rows if row.talking_point]
    assert text.count("missed in a row") == len(talked)
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(lines) == 2 + len(card.rows)
    assert {line.count(" | ") for line in lines} == {17}


class Checked(HTMLParser):
    """Every tag is closed by its own, and nothing points outside the page."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []
        self.charts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "img", "iframe", "a", "object", "b-", "image", "use"}
        assert not {name for name, _value in attrs} & {"src", "href", "xlink:href", "action", "onload", "onclick"}
        self.charts += tag == "svg"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "td" and data.strip():
            self.cells.append(data)


def test_the_page_stands_on_its_own(book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    text = written("html", book)
    parser = Checked()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    assert not re.search(r"https?:|url\(|@import|//[a-z]", text)
    card = scorecard(gather(team, (), map(page, huddles), complete=True))
    assert parser.charts == sum(bool(row.said) for row in card.rows)
    glyphs = sum(len([c for c in card.columns[-13:] if c in row.cells]) for row in card.rows)
    kinds = [status.name.lower() for status in Status]
    assert sum(text.count(f'<td class="{kind}" title') for kind in kinds) == glyphs


def test_the_page_shows_peoples_text_as_the_letters_it_is(book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    hostile = '<script>alert("x")</script>&amp; \x1b[31m[red]'
    nasty = replace(
        team,
        name=hostile,
        people=tuple(replace(p, name=hostile + p.id, role=hostile) for p in team.people),
        kpis=tuple(replace(k, name=hostile + k.id, unit='"><b>') for k in team.kpis),
    )
    text = written("html", (nasty, huddles))
    assert "<script" not in text
    assert "\x1b" not in text
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;amp; [31m[red]" in text
    Checked().feed(text)


@pytest.mark.parametrize("kind", ["md", "csv", "json", "html"])
def test_nothing_hidden_and_nothing_at_all(kind: str, book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    assert any(turn.hidden for huddle in huddles for turn in huddle.turns)
    assert "777" not in written(kind, book).replace("#", "")
    assert written(kind, (team, []))
    assert written(kind, (replace(team, kpis=()), []))


@pytest.mark.parametrize("kind", ["md", "html"])
def test_in_place_of_an_empty_table_stands_what_to_do(kind: str, book: tuple[Team, list[Huddle]]) -> None:
    team, huddles = book
    for held in ([], huddles):
        text = written(kind, (replace(team, kpis=()), held))
        assert "Nobody in the team reads out a number now: `huddle team` is where people get theirs." in text
        assert "<table" not in text


def test_the_page_speaks_dutch(book: tuple[Team, list[Huddle]]) -> None:
    i18n.use("nl")
    text = written("html", book)
    assert '<html lang="nl">' in text
    assert "groen" in text


def test_kept_is_written_with_what_else_there_was() -> None:
    assert scorecard_text.kept_fully(Tally(9, 2, 1, 1)) == "9 of 13 (69%); 1 renegotiated, 1 not reported"
    assert scorecard_text.kept_fully(Tally(3, 1)) == "3 of 4"
    assert scorecard_text.kept_fully(Tally()) == "–"
