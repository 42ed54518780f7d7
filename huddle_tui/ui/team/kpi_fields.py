"""The fields of a KPI's form: everything of METHOD 3 in words that a sales manager understands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from huddle_tui.domain import numbers
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, Team, Timing
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.form import Field, Option
from huddle_tui.words import word


def kpi_fields(kpi: Kpi, team: Team, *, is_new: bool) -> Iterator[Field]:
    """What matters most first; a new number has no promise yet."""
    owners = [p for p in team.people if p.left_on is None or p.id == kpi.owner]
    yield Field(
        "name",
        _("What do you read out?"),
        kpi.name,
        hint=_("Complaints solved"),
        help=keyed(_("As you would say it aloud. {kpi_form.library} shows good examples.")),
    )
    yield Field(
        "owner",
        _("Whose number is it?"),
        kpi.owner,
        options=[Option(p.id, p.name) for p in owners],
        help=_("The one person who reads it out, and never somebody else."),
    )
    yield Field(
        "promise",
        _("What do you promise?"),
        "" if is_new else _shown(kpi.promise, team),
        help=_("The value you commit to for one period: from here on it is green."),
    )
    yield Field(
        "by",
        _("Who changes it?"),
        kpi.owner,
        options=[Option(p.id, p.name) for p in team.members],
        help=_("A promise that is changed keeps its date, its old value and who changed it."),
    )
    yield Field(
        "direction",
        _("Which way is better?"),
        kpi.direction.value,
        options=directions(),
        help=_("Deals: more is better. Complaints: less is better."),
        first=True,
    )
    yield Field(
        "unit",
        _("Of what?"),
        kpi.unit,
        hint=_("€, %, calls, /10"),
        help=_("What stands behind the number; it may stay empty."),
    )
    yield Field(
        "period",
        _("The promise is for a"),
        kpi.period.value,
        options=options(Period),
        help=_("Day and week are fast and belong in the daily huddle; month and quarter are slow."),
    )
    yield Field(
        "counting",
        _("How does it count?"),
        kpi.counting.value,
        options=[
            Option(Counting.SNAPSHOT.value, _("as it stands")),
            Option(Counting.RUNNING_TOTAL.value, _("it adds up")),
        ],
        help=_("A total that adds up over its period is held against its pace on the way."),
    )
    yield Field(
        "most_important",
        _("Is it your ★?"),
        _yes(kpi.most_important),
        options=_yes_or_no(),
        help=_("What is YOUR most important number? There is one; it is read out first."),
        first=True,
    )
    yield Field(
        "timing",
        _("Leading or lagging?"),
        kpi.timing.value,
        options=options(Timing),
        help=_("Leading tells how we are going to do (offers out), lagging how we did (revenue)."),
    )
    yield Field(
        "measures",
        _("Output or input?"),
        kpi.measures.value,
        options=options(Measures),
        help=_("Output is what comes out (deals), input what you put in (visits)."),
    )
    yield Field(
        "nature",
        _("Hard or soft?"),
        kpi.nature.value,
        options=options(Nature),
        help=_("Hard is counted; soft is a judgement put in a number, such as how happy we are."),
    )
    yield Field(
        "red_edge",
        _("Red beyond"),
        _shown(kpi.red_edge, team),
        help=_("Worse than this is a red flag. Empty: 15 % away from the promise."),
        first=True,
    )
    yield Field(
        "stretch",
        _("Super green from"),
        _shown(kpi.stretch, team),
        help=_("At this value you did more than you promised. It may stay empty."),
    )
    none = Option("", _("none"))
    yield Field(
        "process",
        _("Which core process?"),
        kpi.process or "",
        options=[none, *(Option(p.id, p.name) for p in team.processes)],
        help=_("The process of the PACe chart that this number steers."),
        first=True,
    )
    yield Field("decimals", _("Decimals"), str(kpi.decimals), help=_("With how many decimals it is shown, at least."))
    yield Field(
        "definition",
        _("How is it counted?"),
        kpi.definition,
        help=_("So that two people who count get the same number. It may stay empty."),
    )


def directions() -> list[Option]:
    """More is better, or less."""
    return [Option(Direction.AT_LEAST.value, _("more: at least")), Option(Direction.AT_MOST.value, _("less: at most"))]


def options(kind: type[Enum]) -> list[Option]:
    """The values of an axis or a period."""
    return [Option(value.value, word(value)) for value in kind]


def _shown(value: Decimal | None, team: Team) -> str:
    return "" if value is None else numbers.show(value, team.locale)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _yes_or_no() -> list[Option]:
    return [Option("yes", _("yes")), Option("no", _("no"))]
