"""Readings, flat: every number that was said, with what it was held against (METHOD 6).

A number that is still hidden is not a reading, so it is in no export (METHOD 8).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status
from huddle_tui.domain.numbers import canonical, computed, show
from huddle_tui.domain.promises import Outcome, outcomes
from huddle_tui.domain.reasons import REASONS
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import markdown, spreadsheet
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.jsons import array, corrections, decimal, name
from huddle_tui.i18n import _
from huddle_tui.words import amount, status_word, trail, word

COLUMNS: Final = (
    *(N_("date"), N_("person"), N_("kpi"), N_("day"), N_("actual"), N_("unit")),
    *(N_("promise"), N_("pace"), N_("red_edge"), N_("stretch"), N_("direction"), N_("status")),
    *(N_("period"), N_("counting"), N_("checked_in"), N_("by_proxy"), N_("note"), N_("next_promise")),
    *(N_("earlier"), N_("state"), N_("reason"), N_("outcome")),
)
"""The columns of the CSV; the names are those of the JSON export."""


def document(reading: Reading, outcome: Outcome | None) -> dict[str, Any]:
    """A reading as every JSON export has it, with what became of its promise.

    Numbers are exact decimals as text, so that no reader rounds them; `earlier` is there where it corrected something
    in its turn.
    """
    further, reason = _next_promise(reading), reading.reason
    found = {
        "kpi": name(reading.name),
        "day": reading.day,
        "actual": decimal(reading.actual),
        "promise": canonical(reading.promise),
        "pace": canonical(reading.pace),
        "red_edge": canonical(reading.red_edge),
        "stretch": decimal(reading.stretch),
        "direction": reading.direction,
        "status": reading.status,
        "checked_in": reading.checked_in,
        "by_proxy": reading.by_proxy,
        "note": clean(reading.note) if reading.note else "",
        "next_promise": decimal(further),
        "reason": "" if reason is None else str(reason),
        "outcome": outcome or "",
        "corrections": corrections(reading.corrections) if reading.corrections else (),
    }
    return found | ({"earlier": [decimal(value) for value in reading.earlier]} if reading.earlier else {})


def _next_promise(reading: Reading) -> Decimal | None:
    """What the owner promises from now on, after a miss: what was committed to; after yellow it goes on as it stood."""
    if reading.next_promise is None and reading.status is Status.YELLOW:
        return reading.promise
    return reading.next_promise


def as_json(asked: Asked) -> Iterator[str]:
    """One flat array, oldest first."""
    return array(
        {"date": huddle.day, "person": name(turn.name), "state": turn.state}
        | document(reading, became.get(reading.kpi))
        for huddle, became in outcomes(asked.huddles, asked.team.calendar)
        for turn in huddle.turns
        for reading in turn.readings
    )


def as_csv(asked: Asked) -> Iterator[str]:
    """A row per reading, numbers as the team's locale writes them."""
    locale = asked.team.locale
    rows = (
        _row(huddle, turn, reading, locale, became.get(reading.kpi))
        for huddle, became in outcomes(asked.huddles, asked.team.calendar)
        for turn in huddle.turns
        for reading in turn.readings
    )
    return spreadsheet.table(COLUMNS, rows, locale)


def _row(huddle: Huddle, turn: Turn, reading: Reading, locale: str, outcome: Outcome | None) -> list[spreadsheet.Cell]:
    stick = reading.yardstick
    return [
        *(huddle.day, turn.name, reading.name, reading.day, reading.actual, reading.unit),
        *(stick.promise, stick.pace, stick.red_edge, stick.stretch, word(stick.direction), word(reading.status)),
        *(word(reading.period), word(reading.counting)),
        *(spreadsheet.yes_no(reading.checked_in), spreadsheet.yes_no(reading.by_proxy)),
        *(reading.note, _next_promise(reading), _earlier(reading, locale), word(turn.state)),
        *(reason(reading), word(outcome) if outcome else ""),
    ]


def as_markdown(asked: Asked) -> Iterator[str]:
    """A heading and a table per huddle."""
    for huddle in asked.huddles:
        if huddle.readings:
            yield f"## {dates.show_day(huddle.day, asked.team.locale)}\n\n"
            yield from table(huddle, asked.team.locale)
            yield "\n"


def table(huddle: Huddle, locale: str) -> Iterator[str]:
    """Everything that was said in a huddle, person by person, as a Markdown table."""
    header = [_("Who"), _("Number"), _("Said"), _("Promise"), _("Status"), _("Note")]
    return markdown.table(header, (_cells(turn, r, locale) for turn in huddle.turns for r in turn.readings))


def _cells(turn: Turn, reading: Reading, locale: str) -> list[str]:
    who = markdown.inline(turn.name)
    star = "★ " if reading.most_important else ""
    return [
        _("{name} (away)").format(name=who) if turn.state is TurnState.ABSENT else who,
        star + markdown.inline(reading.name),
        markdown.inline(plain(reading, reading.actual, locale)),
        markdown.inline(promised(reading, locale)),
        f"{reading.status.glyph} {status_word(reading.status)}",
        " · ".join(map(markdown.inline, remarks(reading, locale))),
    ]


def remarks(reading: Reading, locale: str) -> Iterator[str]:
    """What belongs to a number: how it was said, what it was first, why it was missed, what comes after it."""
    if reading.by_proxy:
        yield _("by proxy")
    if reading.earlier:
        yield _("said first: {values}").format(values=_earlier(reading, locale))
    yield from trail(reading.corrections, locale, reading.decimals)
    if reading.reason is not None:
        yield reason(reading)
    if reading.next_promise is not None:
        yield _("next promise: {amount}").format(amount=_bound(reading, reading.next_promise, locale))
    if reading.note:
        yield reading.note


def reason(reading: Reading) -> str:
    """Why a promise was missed, in words (METHOD 11); nothing where none was named."""
    return "" if reading.reason is None else _(REASONS[reading.reason].words)


def plain(reading: Reading, value: Decimal | None, locale: str) -> str:
    """One of a reading's values with its unit; nothing measured is a dash."""
    return "–" if value is None else amount(value, reading.unit, locale, reading.decimals)


def _bound(reading: Reading, value: Decimal, locale: str) -> str:
    """A value that is promised: of one that is to stay low it says so, "2 or less"."""
    shown = plain(reading, value, locale)
    low = reading.direction is Direction.AT_MOST and value  # less than none is no way to say it
    return _("{amount} or less").format(amount=shown) if low else shown


def promised(reading: Reading, locale: str) -> str:
    """What a reading was held against: its promise, or the pace that had been reached of it."""
    promise = _bound(reading, reading.promise, locale)
    if reading.pace == reading.promise:
        return promise
    pace = plain(reading, computed(reading.pace, reading.decimals), locale)
    return _("pace {pace} of {promise}").format(pace=pace, promise=promise)


def _earlier(reading: Reading, locale: str) -> str:
    """The values that a reading corrected, oldest first."""
    return " → ".join("–" if value is None else show(value, locale, reading.decimals) for value in reading.earlier)
