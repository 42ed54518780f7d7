"""Text that breaks programs, to be put wherever a person can put text."""

from __future__ import annotations

NASTY: tuple[str, ...] = (
    "[/]",
    "[red]x",
    "[/b] Bram",
    "[@click=app.quit]klik[/]",
    "[link=file:///etc/passwd]x[/link]",
    "$foreground $0 $$",
    "{0} {name} {} %s %(n)d %",
    r"\[x] \n \x1b[31m \u202e",
    "=1+1",
    "+31 6 12345678",
    "-4",
    "@SUM(A1:A9)",
    "'; DROP TABLE huddles; --",
    '"quoted", comma; semicolon',
    "a|b|c `code` *bold* _it_ # head",
    "<script>alert(1)</script> & &amp; <!--",
    "\x1b[31mrood\x1b[0m",
    "\x1b]0;titel\x07",
    "\x1b[2J\x1b[H",
    "\x9b31mC1\x9c",
    "bel\x07 nul\x00 del\x7f back\x08",
    "rechts\u202enaar links\u202c",
    "nul\u200bbreed\ufeff\u00ad",
    "👩‍👩‍👧‍👦 familie",
    "👍🏽🇳🇱✔️",
    "佐藤さんの売上",
    "مرحبا بالعالم",
    "हिन्दी में",
    "Zoë d'Été Ümit Øystein Łukasz",
    "Zoe\u0308 d'E\u0301te\u0301",
    "z̷̢̛͎a̵͜͠l̶̡̛g̷̨̛o̸͜͝",
    "ﬁ ﷽ ｆｕｌｌ",
    "eerste\nregel\r\ntweede\u2028derde",
    "tab\tin\tde naam",
    "   ruimte   ",
    "\ud800 half",
    "CON",
    "../../etc/passwd",
    "a" * 80,
    "lang " * 15 + "woord",
    "É" * 80,
    "👩‍👩‍👧‍👦" * 11,
    "。" * 80,
)
"""None is longer than what a person's name may be."""

TRACES = ("\x1b", "\x9b", "\x07", "\x00", "\x7f", "\x08", "\u202e", "\u200b")
"""What no terminal, file or export may get of them."""

LONG = "x" * 10_000
"""A paste that no field takes."""
