"""The scorecard as one page that needs nothing else: to hang on the wall (A4 or A3, landscape) or to mail (METHOD 9).

No address outside it, no script, no font: a browser opens it in ten years as it does today. A status shows by glyph and
word as well as by colour, so that a black and white printer says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from huddle_tui.domain import dates, numbers
from huddle_tui.domain.history import Past, Said
from huddle_tui.domain.judging import Status
from huddle_tui.domain.scorecard import Scorecard, ScorecardRow
from huddle_tui.domain.series import series
from huddle_tui.domain.voice import voice
from huddle_tui.exchange.writing import scorecard_text as text
from huddle_tui.exchange.writing.pages import CLASSES, END, begin, safe
from huddle_tui.exchange.writing.svg_chart import svg_chart
from huddle_tui.i18n import _
from huddle_tui.words import assurance_words, limits_words, status_word

_CHART: Final = 26
"""Readings in each chart."""


def html_page(past: Past, card: Scorecard) -> Iterator[str]:
    """The page, piece by piece: the scorecard, what there is to talk about, and a chart per number."""
    locale, title = past.team.locale, _("Scorecard of {team}").format(team=past.team.name)
    yield from begin(title)
    yield f'<p class="about">{_about(card, locale)}</p>\n'
    yield from _table(past, card, locale)
    yield f'<p class="legend">{_legend()}</p>\n'
    yield from _to_talk_about(card, locale)
    drawn = [row for row in card.rows if row.said]
    if drawn:
        yield f"<h2>{safe(_('Every number against its promise'))}</h2>\n<div class=charts>\n"
        yield from (_figure(past, row, locale) for row in drawn)
        yield "</div>\n"
    yield END


def _about(card: Scorecard, locale: str) -> str:
    if not card.columns:
        return safe(_("There is no huddle in it yet."))
    total = card.kept
    told = _("{kept} of {judged} promises kept").format(kept=total.kept, judged=total.due)
    percent = f", {total.percent}%" if total.percent is not None else ""
    return f"<b>{safe(told + percent)}</b> &nbsp; {safe(text.period(card, locale))}"


def _table(past: Past, card: Scorecard, locale: str) -> Iterator[str]:
    heads = [_("Promise"), _("Kept"), _("Streak"), *(text.heading(card.by, c, locale) for c in card.columns)]
    yield f'<table>\n<thead><tr><th class="l">{safe(_("Number"))}</th>'
    yield "".join(f"<th>{safe(head)}</th>" for head in heads) + "</tr></thead>\n<tbody>\n"
    person = None
    for row in card.rows:
        if row.person != person:
            person = row.person
            known = past.team.person(person)
            role = f" <small>{safe(known.role)}</small>" if known and known.role else ""
            yield f'<tr><th colspan="{len(heads) + 1}">{safe(row.owner)}{role}</th></tr>\n'
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
        f'<tr><td class="n">{star}{safe(row.name)}</td><td class="q">{safe(text.promise(row, locale))}</td>'
        f"<td>{safe(text.kept(row))}</td>{streak}{cells}</tr>\n"
    )


def _cell(said: Sequence[Said], locale: str) -> str:
    if not said:
        return "<td></td>"
    reading = said[-1].reading
    told = _("{day}: {status}").format(
        day=dates.show_day(reading.day, locale, "D MMMM YYYY"), status=status_word(reading.status)
    )
    hint = safe(f"{told} · {reading.note}" if reading.note else told)
    shown = safe(f"{text.value(reading, locale)} {reading.status.glyph}".strip())
    return f'<td class="{CLASSES[reading.status]}" title="{hint}">{shown}</td>'


def _legend() -> str:
    return "".join(f"<span>{status.glyph} {safe(status_word(status))}</span>" for status in Status)


def _to_talk_about(card: Scorecard, locale: str) -> Iterator[str]:
    told = [
        _("{who}: {number}, {n} missed in a row").format(who=row.owner, number=row.name, n=row.misses)
        for row in card.rows
        if row.talking_point
    ]
    told += [f"{row.owner}: {row.name}, {text.signal(row, locale)}" for row in card.rows if row.signal]
    if told:
        yield f"<h2>{safe(_('To talk about'))}</h2>\n<ul>\n"
        yield from (f"<li>{safe(line)}</li>\n" for line in told)
        yield "</ul>\n"


def _figure(past: Past, row: ScorecardRow, locale: str) -> str:
    drawn = series(row.said, _CHART, _CHART, past.team.calendar)
    star = "★ " if row.most_important else ""
    caption = f"<b>{safe(star + row.name)}</b><span>{safe(row.owner)} · {safe(text.kept(row))}</span>"
    found = voice(past, row.kpi)

    def show(value: Decimal) -> str:
        return numbers.show(numbers.rounded(value, row.decimals + 1), locale, row.decimals)

    assured = found.behaviour.assurance
    words = [limits_words(found.behaviour, show), "" if assured is None else assurance_words(assured)]
    told = " · ".join(part for part in words if part)
    voice_told = f"<figcaption><span>{safe(told)}</span></figcaption>" if told else ""
    label = _("{number}: the last {n} readings against the promise").format(number=row.name, n=len(drawn.said))
    return (
        f"<figure><figcaption>{caption}</figcaption>"
        f"{svg_chart(drawn.said, locale, safe(label), found)}{voice_told}</figure>\n"
    )
