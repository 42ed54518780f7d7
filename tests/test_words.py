"""The words of the method."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

import pytest

from huddle_tui.domain.huddle import TurnState
from huddle_tui.domain.judging import Direction, Status
from huddle_tui.domain.promises import Outcome
from huddle_tui.domain.reasons import Hands, Pile
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, Order, Timing
from huddle_tui.domain.workdays import Period, Reports
from huddle_tui.words import WORDS, amount, hands, promise_sentence, status_word, word

KINDS: tuple[Iterable[Enum], ...] = (
    Direction, Period, Counting, Timing, Measures, Nature, Reports, Order, TurnState, Status, Outcome, Hands,
)  # fmt: skip


def test_every_value_is_marked_for_translation() -> None:
    assert {str(value.value) for kind in KINDS for value in kind} == set(WORDS)


def test_a_status_is_a_word_and_only_a_red_flag_shouts() -> None:
    assert [status_word(status) for status in Status] == [
        "super green", "green", "yellow", "RED", "too early", "not measured",
    ]  # fmt: skip
    assert word(Status.RED) == "red"
    assert word(Direction.AT_MOST) == "at most"


@pytest.mark.parametrize(
    ("value", "unit", "locale", "decimals", "shown"),
    [
        ("12500", "€", "nl", 0, "€ 12.500"),
        ("12500", "€", "en", 0, "€12,500"),
        ("-12.5", "$", "en", 2, "−$12.50"),
        ("-100", "€", "nl", 0, "€ −100"),
        ("-0.5", "%", "nl", 0, "−0,5%"),
        ("85", "%", "nl", 0, "85%"),
        ("7.5", "/10", "nl", 0, "7,5/10"),
        ("8", "calls", "en", 0, "8 calls"),
        ("8", "", "en", 1, "8.0"),
    ],
)
def test_a_value_with_its_unit(value: str, unit: str, locale: str, decimals: int, shown: str) -> None:
    assert amount(Decimal(value), unit, locale, decimals) == shown


def test_a_promise_is_read_back_as_a_sentence() -> None:
    kpi = Kpi("k", "Klachten", "s", Decimal(8), unit="complaints")
    assert promise_sentence(kpi, "en") == "At least 8 complaints a day: count on me"
    told = {
        promise_sentence(Kpi("k", "a", "s", Decimal(8), direction=direction, period=period), "nl")
        for direction in Direction
        for period in Period
    }
    assert len(told) == 8
    assert "At most 8 a quarter: count on me" in told


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([], ""),
        ([9, 9, 9], ""),
        ([9, 1], "1 of 2 misses were in our own hands"),
        ([5, 6], "0 of 2 misses were in our own hands"),
        ([4], "1 of 1 miss was in our own hands"),
    ],
)
def test_whose_hands_it_was_is_said_once_a_reason_is_known(reasons: list[int], said: str) -> None:
    assert hands(Pile.of(reasons)) == said
