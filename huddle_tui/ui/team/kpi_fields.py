"""The fields of a KPI's form: everything of METHOD 3 in words that a sales manager understands."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from functools import partial

from huddle_tui.domain import numbers
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Counting, Kpi, Team
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.form import Field, Option
from huddle_tui.words import word


def field_of(
    value: Kpi | Team,
    name: str,
    label: str,
    help: str,
    options: Sequence[Option] = (),
    *,
    hint: str = "",
    locale: str = "en",
    first: bool = False,
) -> Field:
    """The field of a form for that field of a value, with what it holds; a choice where that is one out of a few."""
    held = getattr(value, name)
    if isinstance(held, Enum):
        options = options or [Option(each.value, word(each)) for each in type(held)]
        held = held.value
    elif isinstance(held, bool):
        options, held = [Option("yes", _("yes")), Option("no", _("no"))], "yes" if held else "no"
    elif isinstance(held, Decimal):
        held = numbers.show(held, locale)
    return Field(name, label, "" if held is None else str(held), options=options, hint=hint, help=help, first=first)


def kpi_fields(kpi: Kpi, team: Team, *, is_new: bool) -> Iterator[Field]:
    """What matters most first; a new number has no promise yet."""
    field = partial(field_of, kpi, locale=team.locale)
    owners = [Option(p.id, p.name) for p in team.people if p.left_on is None or p.id == kpi.owner]
    members = [Option(p.id, p.name) for p in team.members]
    processes = [Option("", _("none")), *(Option(p.id, p.name) for p in team.processes)]
    ways = [Option(Direction.AT_LEAST.value, _("more: at least")), Option(Direction.AT_MOST.value, _("less: at most"))]
    stands, adds_up = _("as it stands"), _("it adds up")
    countings = [Option(Counting.SNAPSHOT.value, stands), Option(Counting.RUNNING_TOTAL.value, adds_up)]
    label = _("What do you read out?")
    help = keyed(_("As you would say it aloud. {kpi_form.library} shows good examples."))
    yield field("name", label, help, hint=_("Complaints solved"))
    label = _("Whose number is it?")
    yield field("owner", label, _("The one person who reads it out, and never somebody else."), owners)
    promise = "" if is_new else numbers.show(kpi.promise, team.locale)
    label = _("What do you promise?")
    yield Field("promise", label, promise, help=_("The value you commit to for one period: from here on it is green."))
    help = _("A promise that is changed keeps its date, its old value and who changed it.")
    yield Field("by", _("Who changes it?"), kpi.owner, options=members, help=help)
    label = _("Which way is better?")
    yield field("direction", label, _("Deals: more is better. Complaints: less is better."), ways, first=True)
    label = _("Of what?")
    yield field("unit", label, _("What stands behind the number; it may stay empty."), hint=_("€, %, calls, /10"))
    label = _("The promise is for a")
    yield field("period", label, _("Day and week are fast and belong in the daily huddle; month and quarter are slow."))
    label = _("How does it count?")
    help = _("A total that adds up over its period is held against its pace on the way.")
    yield field("counting", label, help, countings)
    label = _("Is it your ★?")
    help = _("What is YOUR most important number? There is one; it is read out first.")
    yield field("most_important", label, help, first=True)
    label = _("Leading or lagging?")
    yield field("timing", label, _("Leading tells how we are going to do (offers out), lagging how we did (revenue)."))
    label = _("Output or input?")
    yield field("measures", label, _("Output is what comes out (deals), input what you put in (visits)."))
    label = _("Hard or soft?")
    yield field("nature", label, _("Hard is counted; soft is a judgement put in a number, such as how happy we are."))
    label = _("Red beyond")
    yield field("red_edge", label, _("Worse than this is a red flag. Empty: 15 % away from the promise."), first=True)
    yield field("stretch", _("Super green from"), _("At this value you did more than you promised. It may stay empty."))
    label = _("Which core process?")
    yield field("process", label, _("The process of the PACe chart that this number steers."), processes, first=True)
    yield field("decimals", _("Decimals"), _("With how many decimals it is shown, at least."))
    label = _("How is it counted?")
    yield field("definition", label, _("So that two people who count get the same number. It may stay empty."))
