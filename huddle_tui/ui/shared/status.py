"""How a status fills a cell wherever it is shown; never without its glyph or word (METHOD 6)."""

from __future__ import annotations

from typing import Final

from huddle_tui.domain.judging import Status

BLOCKS: Final = {
    Status.SUPER_GREEN: "bold $ok-fg on $ok-bg",
    Status.GREEN: "$ok-fg on $ok-bg",
    Status.YELLOW: "bold $warn-fg on $warn-bg",
    Status.RED: "bold $flag-fg on $flag-bg",
    Status.TOO_EARLY: "$quiet on $surface",
    Status.NOT_MEASURED: "$quiet on $surface",
}
"""The colours of a cell that a status fills."""
