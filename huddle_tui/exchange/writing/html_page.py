"""The scorecard as one page that needs nothing else: to hang on the wall (A4 or A3, landscape) or to mail (METHOD 9).

No address outside it, no script, no font: a browser opens it in ten years as it does today. A status shows by glyph and
word as well as by colour, so that a black and white printer says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import Final

from huddle_tui import i18n
from huddle_tui.domain import dates, numbers
from huddle_tui.domain.history import Past, Said
from huddle_tui.domain.judging import Status
from huddle_tui.domain.scorecard import Scorecard, ScorecardRow
from huddle_tui.domain.series import series
from huddle_tui.domain.text import clean_line
from huddle_tui.domain.voice import voice
from huddle_tui.exchange.writing import scorecard_text as text
from huddle_tui.exchange.writing.svg_chart import svg_chart
from huddle_tui.i18n import _
from huddle_tui.words import assurance_words, limits_words, status_word

_CHART: Final = 26
"""Readings in each chart."""

_STYLE: Final = """
@page { size: landscape; margin: 8mm; }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { font: 10pt/1.3 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; color: #10151f;
  background: #fff; margin: 0 auto; padding: 12px; max-width: 420mm; }
h1 { font-size: 17pt; margin: 0; } h2 { font-size: 12pt; margin: 14pt 0 4pt; break-after: avoid; }
.about { color: #4a5468; margin: 0 0 8pt; } .about b { color: #10151f; font-size: 12pt; }
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

_CLASSES: Final = {
    Status.SUPER_GREEN: "kept",
    Status.GREEN: "kept",
    Status.YELLOW: "yellow",
    Status.RED: "red",
    Status.TOO_EARLY: "none",
    Status.NOT_MEASURED: "none",
}


def html_page(past: Past, card: Scorecard) -> Iterator[str]:
    """The page, piece by piece: the scorecard, what there is to talk about, and a chart per number."""
    locale, title = past.team.locale, _("Scorecard of {team}").format(team=past.team.name)
    yield f'<!DOCTYPE html>\n<html lang="{i18n.language()}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_safe(title)}</h1>\n"
    yield f'<p class="about">{_about(card, locale)}</p>\n'
    yield from _table(past, card, locale)
    yield f'<p class="legend">{_legend()}</p>\n'
    yield from _to_talk_about(card, locale)
    drawn = [row for row in card.rows if row.said]
    if drawn:
        yield f"<h2>{_safe(_('Every number against its promise'))}</h2>\n<div class=charts>\n"
        yield from (_figure(past, row, locale) for row in drawn)
        yield "</div>\n"
    yield "</body>\n</html>\n"


def _safe(typed: str) -> str:
    return escape(clean_line(typed))


def _about(card: Scorecard, locale: str) -> str:
    if not card.columns:
        return _safe(_("There is no huddle in it yet."))
    total = card.kept
    told = _("{kept} of {judged} promises kept").format(kept=total.kept, judged=total.due)
    percent = f", {total.percent}%" if total.percent is not None else ""
    return f"<b>{_safe(told + percent)}</b> &nbsp; {_safe(text.period(card, locale))}"


def _table(past: Past, card: Scorecard, locale: str) -> Iterator[str]:
    heads = [_("Promise"), _("Kept"), _("Streak"), *(text.heading(card.by, c, locale) for c in card.columns)]
    yield f'<table>\n<thead><tr><th class="l">{_safe(_("Number"))}</th>'
    yield "".join(f"<th>{_safe(head)}</th>" for head in heads) + "</tr></thead>\n<tbody>\n"
    person = None
    for row in card.rows:
        if row.person != person:
            person = row.person
            known = past.team.person(person)
            role = f" <small>{_safe(known.role)}</small>" if known and known.role else ""
            yield f'<tr><th colspan="{len(heads) + 1}">{_safe(row.owner)}{role}</th></tr>\n'
        yield _row(row, card, locale)
    yield "</tbody>\n</table>\n"


def _row(row: ScorecardRow, card: Scorecard, locale: str) -> str:
    star = '<span class="star">★</span> ' if row.most_important else ""
    if row.talking_point:
        streak = f'<td class="talk">▼ {row.misses}</td>'
    else:
        streak = f"<td>{f'✔ {row.streak}' if row.streak else '–'}</td>"
    cells = "".join(_cell(row.cells.get(column, ()), locale) for column in card.columns)
    return (
        f'<tr><td class="n">{star}{_safe(row.name)}</td><td class="q">{_safe(text.promise(row, locale))}</td>'
        f"<td>{_safe(text.kept(row))}</td>{streak}{cells}</tr>\n"
    )


def _cell(said: Sequence[Said], locale: str) -> str:
    if not said:
        return "<td></td>"
    reading = said[-1].reading
    told = _("{day}: {status}").format(
        day=dates.show_day(reading.day, locale, "D MMMM YYYY"), status=status_word(reading.status)
    )
    hint = _safe(f"{told} · {reading.note}" if reading.note else told)
    shown = _safe(f"{text.value(reading, locale)} {reading.status.glyph}".strip())
    return f'<td class="{_CLASSES[reading.status]}" title="{hint}">{shown}</td>'


def _legend() -> str:
    return "".join(f"<span>{status.glyph} {_safe(status_word(status))}</span>" for status in Status)


def _to_talk_about(card: Scorecard, locale: str) -> Iterator[str]:
    told = [
        _("{who}: {number}, {n} missed in a row").format(who=row.owner, number=row.name, n=row.misses)
        for row in card.rows
        if row.talking_point
    ]
    told += [f"{row.owner}: {row.name}, {text.signal(row, locale)}" for row in card.rows if row.signal]
    if told:
        yield f"<h2>{_safe(_('To talk about'))}</h2>\n<ul>\n"
        yield from (f"<li>{_safe(line)}</li>\n" for line in told)
        yield "</ul>\n"


def _figure(past: Past, row: ScorecardRow, locale: str) -> str:
    drawn = series(row.said, _CHART, _CHART)
    star = "★ " if row.most_important else ""
    caption = f"<b>{_safe(star + row.name)}</b><span>{_safe(row.owner)} · {_safe(text.kept(row))}</span>"
    found = voice(past, row.kpi)

    def show(value: Decimal) -> str:
        return numbers.show(numbers.rounded(value, row.decimals + 1), locale, row.decimals)

    assured = found.behaviour.assurance
    words = [limits_words(found.behaviour, show), "" if assured is None else assurance_words(assured)]
    told = " · ".join(part for part in words if part)
    voice_told = f"<figcaption><span>{_safe(told)}</span></figcaption>" if told else ""
    label = _("{number}: the last {n} readings against the promise").format(number=row.name, n=len(drawn.said))
    return (
        f"<figure><figcaption>{caption}</figcaption>"
        f"{svg_chart(drawn.said, locale, _safe(label), found)}{voice_told}</figure>\n"
    )
