"""What people typed goes through every export as the letters it is, and nothing of it computes, draws or commands."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, Huddle, Offline, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.team import Kpi, Person, Process, Team
from huddle_tui.domain.text import clean, clean_line
from huddle_tui.exchange.spelling import harmless, unharmed
from huddle_tui.exchange.writing.exports import EXPORTS
from huddle_tui.exchange.writing.markdown import inline, opening
from tests.kit.exporting import exported_text
from tests.kit.teams import NASTY

DAY = date(2026, 11, 23)
STICK = Yardstick(Direction.AT_LEAST, Decimal(8), Decimal(8), Decimal(6), None)
any_text = (
    st.sampled_from(NASTY) | st.text(max_size=80) | st.text("`*_[]()<>|~#&\\-+=.!1aé \n\t'\"\x1b\u202e", max_size=40)
)


def book(text: str) -> tuple[Team, Huddle]:
    """A team and a huddle in which everything that can be typed is `text`."""
    team = Team(
        text,
        people=(Person("p", text, text),),
        processes=(Process("q", text, "p", (text, text)),),
        kpis=(Kpi("k", text, "p", Decimal(8), "q", text, unit=text),),
    )
    reading = Reading.of("k", text, DAY, Decimal(5), STICK, Status.RED, unit=text, note=text, next_promise=Decimal(6))
    turn = Turn("p", text, TurnState.DONE, Stopwatch(60), readings=(reading,), stucks=(Stuck(text),))
    away = Turn("b", text, TurnState.ABSENT)
    huddle = Huddle(
        DAY, text, started_at=datetime(2026, 11, 23, 8, tzinfo=UTC), turns=(turn, away),
        actions=(Action("a", text, text, DAY),), offline=(Offline(text, text), Offline(text)),
    )  # fmt: skip
    return team, huddle


def shown(markdown: str) -> list[str]:
    """The texts that a reader of Markdown sees, a block each; HTML that gets through counts as a failure."""
    blocks = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown):
        assert token.type not in {"html_block", "code_block", "fence", "blockquote_open", "hr"}, token
        if token.type == "inline":
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "strong_open", "strong_close", "text_special"}, kinds
            blocks.append("".join(child.content for child in token.children or ()))
    return blocks


@given(any_text.filter(lambda text: clean_line(text) != ""))
def test_text_in_markdown_shows_as_the_letters_it_is(text: str) -> None:
    line = clean_line(text)
    assert shown(f"# {inline(text)}\n") == [line]
    assert shown(f"- {opening(text)}\n") == [line]
    assert shown(f"{opening(text)}\n") == [line]
    assert shown(f"- ⚑ **{inline(text)}**, {inline(text)}: x\n") == [f"⚑ {line}, {line}: x"]
    table = f"| a | b |\n| --- | --- |\n| {inline(text)} | {inline(text)} |\n"
    assert shown(table) == ["a", "b", line, line]


@given(any_text.filter(lambda text: clean_line(text) != ""))
def test_a_recap_shows_every_text_as_the_letters_it_is(text: str) -> None:
    team, huddle = book(text)
    line, blocks = clean_line(text), shown(exported_text("recap", "md", team, [huddle]))
    assert line in blocks  # the team, and the subject taken offline
    assert f"{line}: {line}" in blocks  # the stuck
    assert f"{line} ({line})" in blocks
    assert any(block.startswith(f"[ ] {line}: {line} · by ") for block in blocks)
    assert any(block.startswith(f"⚑ {line}, {line}: ") for block in blocks)
    assert blocks[-1].endswith(line)  # the note


@given(any_text)
def test_no_export_holds_a_control_character(text: str) -> None:
    team, huddle = book(text)
    for what, kinds in EXPORTS.items():
        for kind in kinds:
            written = exported_text(what, kind, team, [huddle])
            for character in written.replace("\r\n", "\n") if kind == "ics" else written:  # as RFC 5545 has its lines
                assert character in "\n\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


@given(any_text)
def test_json_and_toml_hold_the_text_itself(text: str) -> None:
    team, huddle = book(text)
    (found,) = json.loads(exported_text("huddles", "json", team, [huddle]))
    assert found["turns"][0]["stuck"] == found["actions"][0]["what"] == found["offline"][1]["what"] == clean(text)
    assert found["turns"][0]["readings"][0]["note"] == clean(text)
    (kpi,) = tomllib.loads(exported_text("team", "toml", team, []))["kpi"]
    assert kpi["definition"] == clean(text)


def cells(text: str) -> Iterator[str]:
    """Every cell of a CSV."""
    for row in csv.reader(io.StringIO(text), strict=True):
        yield from row


@given(any_text)
def test_no_cell_computes(text: str) -> None:
    team, huddle = book(text)
    for what, kinds in EXPORTS.items():
        if "csv" in kinds:
            found = list(cells(exported_text(what, "csv", team, [huddle])))
            assert not [c for c in found if unicodedata.normalize("NFKC", c).strip()[:1] in {"=", "+", "-", "@"} and c]
            assert harmless(text) in found


@given(any_text)
def test_a_harmless_cell_is_read_back_as_it_was(text: str) -> None:
    assert unharmed(harmless(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r\n+1", "'\n+1"),
        ("-8", "'-8"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        ("8-3", "8-3"),
        ("R&D's", "R&D's"),
        ("", ""),
    ],
)
def test_cells_that_would_compute_are_text(text: str, cell: str) -> None:
    assert harmless(text) == cell
