"""How many examples a property is tried on, where the usual hundred are too few or too many."""

from __future__ import annotations

from hypothesis import settings

_USUAL = 100


def examples(count: int) -> int:
    """So many; in the quick profile no more than that profile asks for."""
    quick = settings.default
    return count if quick is None or quick.max_examples >= _USUAL else min(count, quick.max_examples)
