"""The natural limits and signals of every number, for other programs (METHOD 12)."""

from collections.abc import Iterator
from typing import Any

from huddle_tui.domain.history import Past
from huddle_tui.domain.scorecard import order
from huddle_tui.domain.text import clean
from huddle_tui.domain.voice import voice
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.jsons import array, decimal


def as_json(asked: Asked) -> Iterator[str]:
    """One array, a KPI that anything was said of a line, in the order of the team."""
    past = asked.past()
    return array(_document(past, kpi) for kpi in order(past, retired=True) if past.said.get(kpi))


def _document(past: Past, kpi: str) -> dict[str, Any]:
    found = voice(past, kpi).behaviour
    return {
        "kpi": clean(past.kpi_name(kpi)),
        "owner": clean(past.owner_name(kpi)),
        "values": [decimal(value) for value in found.values],
        "baseline": found.baseline,
        "trial": found.trial,
        "mean": decimal(found.mean),
        "average_moving_range": decimal(found.average_moving_range),
        "upper": decimal(found.upper),
        "lower": decimal(found.lower),
        "signals": [{"name": signal.name, "from": signal.start, "to": signal.end} for signal in found.signals],
        "assurance": found.assurance and found.assurance.value,
    }
