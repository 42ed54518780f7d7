"""The scorecard laid out for one width: what stays at the left, how wide a column is, what stands in a cell."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec
from rich.cells import cell_len
from textual.content import Content

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past, Said
from huddle_tui.domain.promises import tally
from huddle_tui.domain.scorecard import By, Scorecard, ScorecardRow
from huddle_tui.domain.workdays import Calendar, Period, week_number
from huddle_tui.exchange.writing import scorecard_text
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.grid import Table
from huddle_tui.ui.kit.rows import Words
from huddle_tui.ui.look.text import cut, pad
from huddle_tui.ui.past import wording
from huddle_tui.ui.shared import phrases
from huddle_tui.words import others, over

_TREND: Final = 13
_LEAST_NAME, _MOST_NAME = 20, 44
_MOST_VALUE: Final = 12
_COLUMNS: Final = 13
"""So many columns are to be in sight, if names can be cut for it."""


class ScorecardTable(msgspec.Struct, frozen=True):
    """A scorecard, ready to be laid out for any width."""

    scorecard: Scorecard
    """What it shows."""
    roles: Mapping[str, str]
    """Per person the role title."""
    widest: int
    """Cells for the longest value."""
    counts: int
    """Cells for `3/5` in a week or month; 0 where each cell holds one reading at most."""
    plain: bool
    """There is no colour on this terminal."""
    calendar: Calendar
    """The working days of the team."""


def card_of(past: Past, scorecard: Scorecard, *, plain: bool) -> ScorecardTable:
    """Measures a scorecard: which may take a while, and is done once."""
    widest = max((_widest(past, row) for row in scorecard.rows), default=1)
    counts = 0
    if scorecard.by is not By.HUDDLE:
        several = any(len(row.said) > len(row.cells) for row in scorecard.rows)
        counts = (len("5/5") if scorecard.by is By.WEEK else len("20/20")) if several else 0
    roles = {person.id: person.role for person in past.team.people}
    return ScorecardTable(scorecard, roles, min(_MOST_VALUE, widest), counts, plain, past.team.calendar)


def _widest(past: Past, row: ScorecardRow) -> int:
    """Cells for the longest value that was ever said of a KPI."""
    known = past.memo.get(f"widest {row.kpi.id}")
    if not isinstance(known, int):
        once = {id(one.reading.actual): one.reading for one in row.said}  # the store gives equal numbers as one
        known = max((cell_len(wording.short_value(reading)) for reading in once.values()), default=1)
        past.memo[f"widest {row.kpi.id}"] = known
    return known


def _count(cell: Sequence[Said], calendar: Calendar) -> str:
    """`3/5`: kept of due, where more than one promise of a cell fell due."""
    kept = tally(cell, calendar)
    return f"{kept.kept}/{kept.due}" if kept.due > 1 else ""


def lay_out(card: ScorecardTable, width: int) -> Table:
    """The table for so many cells."""
    scorecard, rows = card.scorecard, {row.kpi.id: row for row in card.scorecard.rows}
    wide = max(6, card.widest + 1 + (card.counts + 1 if card.counts else 0) + 1)
    name = max((cell_len(row.kpi.name) + 2 for row in scorecard.rows), default=_LEAST_NAME)
    promises = max((cell_len(scorecard_text.brief_promise(row, locale())) for row in scorecard.rows), default=1)
    tallies = max((cell_len(scorecard_text.kept_of(row.kept, percent=False)) for row in scorecard.rows), default=1)
    titles = (_("promise"), _("kept"), _("streak"), _("trend"))
    sizes = [max(promises, cell_len(titles[0])), max(tallies, cell_len(titles[1])), 0, 0]
    if width >= 98:
        sizes[2] = max(6, cell_len(titles[2]))
    if width >= 150:
        sizes[3] = _TREND
    beside = 1 + sum(size + 2 for size in sizes if size) + 1
    name = max(_LEAST_NAME, min(name, _MOST_NAME, width - beside - _COLUMNS * wide))
    columns = max(1, (width - name - beside) // wide)
    name = max(name, min(_MOST_NAME, width - beside - columns * wide))
    fixed = name + beside

    def left(row: ScorecardRow) -> Content:
        parts: list[Content | tuple[str, str]] = [
            ("★ " if row.kpi.most_important else "  ", "$accent"),
            (pad(row.kpi.name, name - 2), "$quiet" if row.retired else ""),
            ("  " + pad(scorecard_text.brief_promise(row, locale()), sizes[0], "right"), "$quiet"),
            ("  " + pad(scorecard_text.kept_of(row.kept, percent=False), sizes[1], "right"), ""),
        ]
        if sizes[2]:
            parts += [Content("  "), in_a_row(row, sizes[2], plain=card.plain)]
        if sizes[3]:
            parts.append(("  " + pad(wording.trend(row.said, _TREND), _TREND), "$trend-quiet"))
        return Content.assemble(*parts)

    lines: list[Words] = []
    person = None
    for row in scorecard.rows:
        if row.kpi.owner != person:
            person = row.kpi.owner
            role = card.roles.get(person, "")
            title = Content.assemble((row.owner, "bold $accent"), ("  " + role if role else "", "$quiet"))
            lines.append(Words(Content.assemble(" ", title.truncate(width - 1, ellipsis=True))))
        lines.append(Words(left(row), row.kpi.id))

    def cell(key: Hashable, place: int) -> Content:
        said = rows[str(key)].cells.get(scorecard.columns[place], ())
        return _cell(said, wide - 1, card)

    head = "".join("  " + pad(title, size, "right") for title, size in zip(titles, sizes, strict=True) if size)
    titles_above = [Content(""), Content.styled(" " * (name + 1) + head, "$quiet")]
    apart = scorecard.by is By.HUDDLE and any(_about(card, column) for column in scorecard.columns[-_COLUMNS:])
    if apart:
        titles_above.append(Content.styled(pad(_("over"), fixed - 1, "right"), "$quiet"))

    def heading(place: int) -> tuple[str, ...]:
        column = scorecard.columns[place]
        above = wording.heading(scorecard.by, column)
        return (*above, _about(card, column)) if apart else above

    return Table(fixed, wide, tuple(titles_above), len(scorecard.columns), heading, lines, cell)


def _about(card: ScorecardTable, huddle: date) -> str:
    """What most of the fast numbers of a huddle are about, in a few cells; empty where that is its own day."""
    said = [row.cells[huddle][-1].reading for row in card.scorecard.rows if huddle in row.cells]
    days = [reading.day for reading in said if reading.period is Period.DAY]
    if days:
        day = Counter(days).most_common(1)[0][0]
        return "" if day == huddle else dates.show_day(day, locale(), "dd D")
    weeks = [reading.day for reading in said if reading.period is Period.WEEK]
    if not weeks:
        return ""
    return _("wk {n}").format(n=week_number(card.calendar.first(Period.WEEK, max(weeks)))[1])


def in_a_row(row: ScorecardRow, width: int, *, plain: bool) -> Content:
    """How many were kept or missed in a row, and an arrow for a signal."""
    arrow = ("↑" if row.signal.above else "↓") if row.signal else ""
    if row.talking_point:
        text, style = f"▼{row.misses}", "bold reverse" if plain else "bold $warn-fg on $warn-bg"
    elif row.misses:
        text, style = f"▼{row.misses}", "$warning"
    elif row.streak:
        text, style = f"✔{row.streak}", "$success"
    else:
        text, style = "", ""
    arrow_style = "bold $success" if row.signal and row.signal.better else "bold $warning"
    spare = max(0, width - cell_len(text) - cell_len(arrow) - (1 if arrow and text else 0))
    return Content.assemble(" " * spare, (arrow, arrow_style), " " if arrow and text else "", (text, style))


def _cell(said: Sequence[Said], room: int, card: ScorecardTable) -> Content:
    """Value, glyph and colour; in a week or month also how many of how many were kept."""
    if not said:
        return Content("")
    last = said[-1]
    status = last.reading.status
    count = pad(_count(said, card.calendar), card.counts + 1, "right") if card.counts else ""
    text = f"{cut(wording.short_value(last.reading), room - 1 - len(count))}{status.glyph}{count}"
    if last.absent:
        return Content.styled(pad(text, room, "right"), "$quiet")
    return Content.styled(pad(text, room, "right"), wording.block(status, card.plain))


def story(row: ScorecardRow, column: date | None, card: ScorecardTable) -> list[Content]:
    """What there is to tell of the cell at hand: the number, its figures, what was said then."""
    name = Content.assemble(
        ("★ " if row.kpi.most_important else "", "$accent"),
        (row.kpi.name, "bold"),
        (f"  {row.owner}", "$quiet"),
        (f"  {_('retired')}" if row.retired else "", "$quiet"),
    )
    streak = "" if row.talking_point else wording.streak(row)
    figures = [wording.kept_fully(row.kept), others(row.kept), streak, wording.signal(row)]
    small = wording.trend(row.said, 26)
    parts = [Content.styled(text, "$quiet") for text in figures if text]
    if row.talking_point:
        parts.insert(1, Content.styled(wording.talking_point(row), "bold $warning"))
    if small:
        parts.append(Content.styled(small, "$trend-quiet"))
    return [name, Content.styled(" · ", "$quiet").join(parts), _said_then(row, column, card)]


def _said_then(row: ScorecardRow, column: date | None, card: ScorecardTable) -> Content:
    said = row.cells.get(column, ()) if column is not None else ()
    if not said:
        return Content.styled(_("Nothing was said of it here."), "$quiet")
    last = said[-1]
    reading = last.reading
    extras = [_("away: from the check-in") if last.absent else "", wording.besides(reading)]
    return Content.assemble(
        (_("over {what}").format(what=over(reading.period, reading.day, card.calendar, locale())) + "  ", "$quiet"),
        (wording.value(reading), "bold"),
        "  ",
        (phrases.promised(reading.yardstick, reading.decimals, reading.unit), "$quiet"),
        "  ",
        wording.flag(reading.status),
        *(part for extra in extras if extra for part in ("  ", extra)),
    )
