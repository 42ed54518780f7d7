"""How a status is coloured in text and in a cell that it fills; never without its glyph or word (METHOD 6)."""

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

COLOURS: Final = {
    Status.SUPER_GREEN: "bold $success",
    Status.GREEN: "$success",
    Status.YELLOW: "$warning",
    Status.RED: "bold $error",
    Status.TOO_EARLY: "$quiet",
    Status.NOT_MEASURED: "$quiet",
}
"""The colour of a status in running text; never without its glyph or word."""
