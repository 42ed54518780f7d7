"""What our pages to print or to mail share: one style, no address outside it, no script, no font.

A browser opens them in ten years as it does today. A status shows by glyph and word as well as by colour, so that a
black and white printer says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from huddle_tui import i18n
from huddle_tui.domain.judging import Status
from huddle_tui.domain.text import clean_line

_STYLE: Final = """
@page { size: landscape; margin: 8mm; }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { font: 10pt/1.3 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; color: #10151f;
  background: #fff; margin: 0 auto; padding: 12px; max-width: 420mm; }
h1 { font-size: 17pt; margin: 0; } h2 { font-size: 12pt; margin: 14pt 0 4pt; break-after: avoid; }
.about { color: #4a5468; margin: 0 0 8pt; } .about b { color: #10151f; font-size: 12pt; }
.plain { list-style: none; padding: 0; margin: 0 0 8pt; }
table { border-collapse: separate; border-spacing: 2px 1px; width: 100%; font-size: 8pt; line-height: 1.2;
  font-variant-numeric: tabular-nums; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th { text-align: right; font-weight: 600; color: #4a5468; white-space: nowrap; } th.l { text-align: left; }
tbody th { color: #8a4f00; padding-top: 4px; font-size: 9pt; text-align: left; }
tbody th small { color: #4a5468; font-weight: 400; }
td { padding: 1px 4px; text-align: right; white-space: nowrap; }
td.n { text-align: left; white-space: normal; min-width: 62mm; } td.q { color: #4a5468; }
.kept { background: #e2f4eb; color: #0b5a3b; } .yellow { background: #fff0c2; color: #6b4700; font-weight: 600; }
.red { background: #b3122a; color: #fff; font-weight: 700; } .none { background: #f0f2f6; color: #5b6475; }
.talk { color: #8a4f00; font-weight: 700; } .star { color: #8a4f00; }
.charts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10px; }
figure { margin: 0; break-inside: avoid; border: 1px solid #d5dae4; border-radius: 4px; padding: 6px; }
figcaption { font-size: 8.5pt; min-height: 2.5em; } figcaption span { color: #4a5468; display: block; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 9px system-ui, Arial, sans-serif; fill: #4a5468; }
svg text.promised { fill: #8a4f00; font-weight: 700; } svg text.value { fill: #10151f; font-weight: 700; }
.legend { color: #4a5468; font-size: 8.5pt; margin: 4pt 0; } .legend span { margin-right: 12pt; }
@media print { body { padding: 0; } h1 { font-size: 14pt; } table { font-size: 7.4pt; } td { padding: 0 3px; }
  tbody th { padding-top: 2px; font-size: 8pt; } }
@media (min-width: 360mm) { .charts { grid-template-columns: repeat(4, 1fr); } }
"""

CLASSES: Final = {
    Status.SUPER_GREEN: "kept",
    Status.GREEN: "kept",
    Status.YELLOW: "yellow",
    Status.RED: "red",
    Status.TOO_EARLY: "none",
    Status.NOT_MEASURED: "none",
}
"""The class of a cell by the status in it."""

END: Final = "</body>\n</html>\n"
"""What a page ends with."""


def safe(typed: str) -> str:
    """Text as the letters it is, on one line."""
    return escape(clean_line(typed))


def begin(title: str) -> Iterator[str]:
    """A page up to and including its title."""
    yield f'<!DOCTYPE html>\n<html lang="{i18n.language()}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f"<title>{safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{safe(title)}</h1>\n"
