"""The nine reasons and their pile (METHOD 11)."""

from __future__ import annotations

import pytest

from huddle_tui.domain.reasons import NOT_KNOWN, REASONS, Hands, Pile, turned


def test_nine_reasons_and_in_whose_hands_each_was() -> None:
    assert [REASONS[number].hands.value for number in range(1, 10)] == [
        *["ours"] * 4, "theirs", "theirs", "outside", "outside", "open",
    ]  # fmt: skip
    assert REASONS[1].words == "promised too much"


@pytest.mark.parametrize(
    ("reason", "step", "found"),
    [(None, 0, 9), (None, 1, 1), (None, -1, 8), (8, 1, 9), (9, 1, 1), (1, -1, 9), (4, 1, 5)],
)
def test_a_ring_that_starts_at_nine(reason: int | None, step: int, found: int) -> None:
    assert turned(reason, step) == found


def test_every_reason_costs_at_most_four_keys() -> None:
    for wanted in REASONS:
        assert min(sum(1 for _ in range(n)) for n in range(9) if wanted in {turned(None, n), turned(None, -n)}) <= 4


def test_the_pile_is_largest_first() -> None:
    pile = Pile.of([2, 5, 2, 9, 2, 5, 1])
    assert pile.counts == ((2, 3), (5, 2), (1, 1), (9, 1))
    assert (pile.total, pile.in_hands(Hands.OURS), pile.in_hands(Hands.OPEN)) == (7, 4, 1)
    assert Pile.of([]).total == 0
    assert NOT_KNOWN == 9
