"""JSON arrays that are written while they are made, so that ten years need no more memory than a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from huddle_tui.domain.numbers import canonical


def array(items: Iterable[object]) -> Iterator[str]:
    """One JSON array, an item a line. What JSON has no exact form for must be text already."""
    before = "["
    for item in items:
        yield before + json.dumps(item, ensure_ascii=False)
        before = ",\n "
    yield "[]\n" if before == "[" else "]\n"


def document(value: object) -> Iterator[str]:
    """One value on its own, to be read by people as well."""
    yield json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def decimal(value: Decimal | None) -> str | None:
    """An exact decimal as text, so that no reader rounds it; not measured and absent are null."""
    return None if value is None else canonical(value)


def day(value: date | None) -> str | None:
    """A day as `2026-11-23`, or null."""
    return None if value is None else value.isoformat()
