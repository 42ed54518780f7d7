"""Reading along: one's own numbers, past huddles, the scorecard. From what was said aloud alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past, Said
from huddle_tui.domain.huddle import Action, Huddle, Reading, Stage, Stuck, Turn, TurnState
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.outcomes import tally_of
from huddle_tui.domain.scorecard import By, ScorecardRow, row, scorecard
from huddle_tui.domain.series import series
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.voice import voice
from huddle_tui.exchange.writing import recap
from huddle_tui.exchange.writing import scorecard_text as text
from huddle_tui.exchange.writing.readings import plain, remarks
from huddle_tui.exchange.writing.svg_chart import svg_chart
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.web.form import CLASSES, flag, star
from huddle_tui.web.frame import Visitor, page
from huddle_tui.web.markup import NOTHING, Html, fill, join, when
from huddle_tui.words import clock, kept, promise_sentence, promised, status_word, trail, word

_CHART: Final = 26
"""Readings in a chart."""
_TABLE: Final = 13
"""Readings spelled out below it, and huddles on the scorecard."""
LISTED: Final = 50
"""Huddles on one page of the list."""


# One's own numbers


def numbers_page(past: Past, person: str, visitor: Visitor) -> bytes:
    """A person's own numbers over time."""
    title = _("The numbers of {name}").format(name=visitor.name)
    cards = join(_number(past, row(past, kpi.id)) for kpi in past.team.kpis_of(person))
    empty = fill("<p>{text}</p>", text=_("There is no number to report: the team has given you none yet."))
    body = fill("<h1>{title}</h1>\n{cards}", title=title, cards=cards or empty)
    return page(title, body, visitor, "numbers")


def _number(past: Past, found: ScorecardRow) -> Html:
    kpi = past.team.kpi(found.kpi)
    drawn = series(found.said, _CHART, _CHART, past.team.calendar).said
    promise = promise_sentence(kpi, past.team.locale) if kpi else ""
    table = fill(
        '<details><summary>{title}</summary>\n<table>\n<thead><tr><th scope="col">{day}</th><th scope="col">{value}'
        '</th><th scope="col">{how}</th></tr></thead>\n<tbody>{rows}</tbody></table></details>',
        title=_("The last {n}, one by one").format(n=min(_TABLE, len(found.said))), day=_("Day"), value=_("Said"),
        how=_("Status"), rows=join(_line(one.reading) for one in reversed(found.said[-_TABLE:])),
    )  # fmt: skip
    chart = Html(svg_chart(drawn, locale(), found.name, voice(past, found.kpi)))
    return fill(
        '<section class="card"><h2>{star}{name}</h2>\n<p class="promise">{promise}</p>\n<p class="kept">{kept}</p>\n'
        "{drawing}\n{table}</section>",
        star=star(found.most_important), name=found.name, promise=promise, kept=_kept(found),
        drawing=chart if drawn else fill("<p>{no}</p>", no=_("Nothing was said yet.")),
        table=when(drawn, table),
    )  # fmt: skip


def _kept(found: ScorecardRow) -> str:
    said = _("Kept: {kept}").format(kept=text.kept_fully(found.kept))
    if found.talking_point:
        return said + " · " + _("{n} missed in a row").format(n=found.misses)
    return said + (" · " + _("{n} kept in a row").format(n=found.streak) if found.streak > 1 else "")


def _line(reading: Reading) -> Html:
    line = '<tr><th scope="row">{day}</th><td class="value">{value}</td><td>{flag}{note}</td></tr>'
    day, value = dates.show_day(reading.day, locale(), "D MMM YYYY"), plain(reading, reading.actual, locale())
    return fill(line, day=day, value=value, flag=flag(reading.status), note=_note(reading))


def _note(reading: Reading, tag: str = "p") -> Html:
    """What belongs to a reading: the promise of its day, why it was missed, the plan, what was put right since."""
    told = [promised(reading.yardstick, reading.unit, locale(), reading.decimals), *remarks(reading, locale())]
    return join(fill('<{tag} class="plan">{text}</{tag}>', tag=tag, text=text) for text in told)


# Past huddles


def huddles_page(past: Past, visitor: Visitor, before: date | None) -> bytes:
    """The huddles, newest first, a page at a time."""
    title = _("Huddles")
    found = [s for s in reversed(past.summaries) if before is None or s.day < before]
    shown = join(_huddle_line(summary) for summary in found[:LISTED])
    listed = fill('<ul class="list">\n{shown}\n</ul>\n', shown=shown)
    older = NOTHING
    if len(found) > LISTED:
        button = '<p><a class="button" href="huddles?before={day}">{older}</a></p>'
        older = fill(button, older=_("Older huddles"), day=found[LISTED - 1].day)
    empty = fill("<p>{text}</p>", text=_("No huddle was held yet."))
    body = fill("<h1>{title}</h1>\n{list}{older}", title=title, list=listed if shown else empty, older=older)
    return page(title, body, visitor, "huddles")


def _huddle_line(summary: Summary) -> Html:
    told = [_("{kept} of {judged} kept").format(kept=summary.kept, judged=summary.due), *_red_flags(summary)]
    told.append(_("not closed") if summary.stage is not Stage.ENDED else clock(summary.seconds))
    day = dates.show_day(summary.day, locale(), "dddd D MMMM YYYY")
    line = '<li><a href="huddles/{day}">{name}<span>{told}</span></a></li>'
    return fill(line, day=summary.day, name=day, told=" · ".join(told))


def _red_flags(summary: Summary) -> list[str]:
    """How many there were, where there were any."""
    n = summary.red
    return ["⚑ " + ngettext("{n} red flag", "{n} red flags", n).format(n=n)] if n else []


def huddle_page(huddle: Huddle, ends: OpenEnds, visitor: Visitor) -> bytes:
    """One huddle: what it came to, what everybody said, and what was open on its day from earlier ones."""
    day, summary = dates.show_day(huddle.day, locale(), "dddd D MMMM YYYY"), summarise(huddle)
    title = _("Huddle of {day}").format(day=day)
    tally = tally_of(r for turn in huddle.turns if turn.state is not TurnState.ABSENT for r in turn.readings)
    figures = join(fill("<li>{line}</li>", line=line) for line in (*_red_flags(summary), *recap.figures(huddle, tally)))
    body = join([
        fill('<h1>{title}</h1>\n<ul class="figures">{figures}</ul>', title=title, figures=figures),
        *(_turn(turn) for turn in huddle.turns),
        _section(_("Actions"), [_action(action) for action in huddle.actions]),
        _section(_("Taken offline"), [
            (_("{what} ({who})") if each.who else "{what}").format(what=each.what, who=each.who)
            for each in huddle.offline
        ]),
        *_from_earlier(ends, huddle.day),
        fill('<p><a class="button" href="../huddles">{back}</a></p>', back=_("All huddles")),
    ])  # fmt: skip
    return page(title, body, visitor, "huddles", up="../")


def no_huddle_page(visitor: Visitor) -> bytes:
    """The page of a day without a huddle."""
    title = _("No huddle was held on that day")
    body = fill(
        '<h1>{title}</h1>\n<p><a class="button" href="../huddles">{back}</a></p>', title=title, back=_("All huddles")
    )
    return page(title, body, visitor, "huddles", up="../")


def _turn(turn: Turn) -> Html:
    """What one person said; of who has not spoken yet, that."""
    state = (
        NOTHING if turn.state is TurnState.DONE else fill(' <span class="quiet">{state}</span>', state=word(turn.state))
    )
    rows = join(
        fill(
            "<div><dt>{star}{name}</dt><dd><b>{value}</b> {flag}</dd>{note}</div>",
            star=star(r.most_important), name=r.name, flag=flag(r.status), note=_note(r, "dd"),
            value=None if r.actual is None else plain(r, r.actual, locale()),
        )
        for r in turn.readings
    )  # fmt: skip
    card = '<section class="card"><h2>{name}{state}</h2>\n{table}{stuck}</section>'
    table = when(rows, fill("<dl>{rows}</dl>\n", rows=rows))
    return fill(card, name=turn.name, state=state, table=table, stuck=join(_stuck(stuck) for stuck in turn.stucks))


def _stuck(stuck: Stuck) -> Html:
    is_open = stuck.solved_on is None
    label, css = (_("Stuck:"), "") if is_open else ("✔ " + _("Solved:"), " solved")
    return fill('<p class="stuck{css}"><b>{label}</b> {stuck}</p>', css=css, label=label, stuck=_told(stuck))


def _told(stuck: Stuck) -> str:
    parts = [stuck.text] + [_("round {n}").format(n=stuck.rounds)] * (stuck.rounds > 1)
    if stuck.solved_on is not None:
        parts.append(_("solved on {day}").format(day=dates.show_day(stuck.solved_on, locale(), "dddd D MMMM")))
    return " · ".join([*parts, *trail(stuck.corrections, locale())])


def _action(action: Action) -> str:
    if action.by is None:
        told = _("{who}: {what}").format(who=action.who, what=action.what)
    else:
        by = dates.show_day(action.by, locale(), "D MMMM")
        told = _("{who}: {what}, by {day}").format(who=action.who, what=action.what, day=by)
    return " · ".join([f"✔ {told}" if action.done_on else told, *trail(action.corrections, locale())])


def _from_earlier(ends: OpenEnds, on: date) -> Iterator[Html]:
    """What earlier huddles had left open on that day, with its age, and what of it was closed then (METHOD 8)."""
    for title, sign, stucks, actions in (
        (_("Still open from earlier huddles"), "", ends.stucks, ends.actions),
        (_("From earlier huddles, and closed on this day"), "✔ ", ends.solved, ends.done),
    ):
        told = [recap.stuck_told(each, on, locale()) for each in stucks if each.said.day < on]
        told += [recap.action_told(each, on, locale()) for each in actions if each.day < on]
        yield _section(title, [f"{sign}{line}" for line in told])


def _section(title: str, lines: Sequence[str]) -> Html:
    shown = join(fill("<li>{line}</li>", line=line) for line in lines)
    return when(
        lines, fill('<section class="card"><h2>{title}</h2>\n<ul>{shown}</ul></section>', title=title, shown=shown)
    )


# The scorecard


def scorecard_page(past: Past, visitor: Visitor) -> bytes:
    """A row per number grouped by person, a column per huddle; the newest stands in sight."""
    title, card = _("Scorecard"), scorecard(past)
    columns = card.columns[-_TABLE:]
    if not columns:
        body = fill("<h1>{title}</h1>\n<p>{text}</p>", title=title, text=_("No huddle was held yet."))
        return page(title, body, visitor, "scorecard")
    heads = join(
        fill('<th scope="col">{day}</th>', day=text.heading(By.HUDDLE, column, locale())) for column in columns
    )
    groups, person = [], None
    for found in card.rows:
        if found.person != person:
            person = found.person
            owner = '<tr class="owner"><th scope="rowgroup" colspan="{all}"><span>{owner}</span></th></tr>'
            groups.append(fill(owner, all=len(columns) + 1, owner=found.owner))
        groups.append(_row(found, columns))
    head = '<thead><tr><th scope="col">{number}</th>{heads}</tr></thead>'
    whole = f'<table class="scorecard">\n{head}\n<tbody>\n{{rows}}\n</tbody></table>'
    table = fill(whole, number=_("Number"), heads=heads, rows=join(groups))
    body = fill(
        '<h1>{title}</h1>\n<p class="lead">{total}</p>\n<div class="scroll" role="region" aria-label="{title}"'
        ' tabindex="0" dir="rtl"><div dir="ltr">{table}</div></div>\n<p class="legend">{legend}</p>',
        title=title,
        table=table,
        total=kept(card.kept),
        legend=join((flag(status) for status in CLASSES), " "),
    )
    return page(title, body, visitor, "scorecard", wide=True)


def _row(found: ScorecardRow, columns: Sequence[date]) -> Html:
    cells = join((_cell(found.cells.get(column, ())) for column in columns), "")
    about = f"{text.promise(found, locale())} · {text.kept_fully(found.kept)}"
    line = '<tr><th scope="row"><span>{star}{name}</span><small>{about}</small></th>{cells}</tr>'
    return fill(line, star=star(found.most_important), name=found.name, about=about, cells=cells)


def _cell(said: Sequence[Said]) -> Html:
    if not said:
        return Html("<td></td>")
    reading = said[-1].reading
    cell = '<td class="{css}">{value} <span aria-hidden="true">{glyph}</span><span class="unseen">{word}</span></td>'
    value, status = text.value(reading, locale()), reading.status
    return fill(cell, css=CLASSES[status], value=value, glyph=status.glyph, word=status_word(status))
