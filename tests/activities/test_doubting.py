"""Asked once, and the same again is meant."""

from __future__ import annotations

import pytest

from huddle_tui.domain.doubt import Doubted, Doubts
from huddle_tui.domain.sentence import Sentence

DOUBT = Sentence("Is it {value}?", {"value": 12})


def test_the_same_again_is_meant() -> None:
    doubts = Doubts()
    with pytest.raises(Doubted) as asked:
        doubts.ask(DOUBT, "sanne", "calls", "12.500")
    assert asked.value.sentence == DOUBT
    doubts.ask(DOUBT, "sanne", "calls", "12.500")


def test_anything_else_is_asked_about_anew() -> None:
    doubts = Doubts()
    for answer in ("12.500", "13.500", "12.500"):
        with pytest.raises(Doubted):
            doubts.ask(DOUBT, "calls", answer)
    with pytest.raises(Doubted):
        doubts.ask(DOUBT, "visits", "12.500")
    doubts.ask(None, "visits", "8")
    with pytest.raises(Doubted):
        doubts.ask(DOUBT, "visits", "12.500")
    doubts.ask(DOUBT, "visits", "12.500")
    with pytest.raises(Doubted):
        doubts.ask(DOUBT, "visits", "12.500")
