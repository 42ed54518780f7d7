"""JSON arrays that are written while they are made, so that ten years need no more memory than a day."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from huddle_tui.domain.dates import iso
from huddle_tui.domain.huddle import Correction
from huddle_tui.domain.numbers import canonical
from huddle_tui.domain.text import clean

_encoder = msgspec.json.Encoder()


def array(items: Iterable[object]) -> Iterator[str]:
    """One JSON array, an item a line; days and the values of enums are written as text, exact decimals must be text."""
    before = "["
    for item in items:
        yield before + msgspec.json.format(_encoder.encode(item), indent=0).decode()
        before = ",\n "
    yield "[]\n" if before == "[" else "]\n"


def document(value: object) -> Iterator[str]:
    """One value on its own, to be read by people as well."""
    yield json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@lru_cache(4096)
def name(typed: str) -> str:
    """Somebody's or something's name, cleaned; exports write the same few ten thousand times."""
    return clean(typed)


def decimal(value: Decimal | None) -> str | None:
    """An exact decimal as text, so that no reader rounds it; not measured and absent are null."""
    return None if value is None else canonical(value)


def day(value: date | None) -> str | None:
    """A day as `2026-11-23`, or null."""
    return None if value is None else value.isoformat()


def corrections(made: Iterable[Correction]) -> list[dict[str, str | None]]:
    """What was put right later, in the open, oldest first; `field` is there where it was not the value itself."""
    return [
        {
            "at": iso(one.at),
            "by": clean(one.by),
            "was": None if one.was is None else clean(one.was),
            "why": clean(one.why),
            **({} if one.field == "actual" else {"field": one.field}),
        }
        for one in made
    ]
