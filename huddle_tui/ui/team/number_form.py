"""What forms of a number share: its fields, the promise read back as a sentence, and the coach (METHOD 3)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import partial

from msgspec.structs import replace
from textual.content import Content

from huddle_tui.domain import numbers, team_edits
from huddle_tui.domain.coach import about_person
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, Team, Timing
from huddle_tui.domain.team_edits import Refused
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.big import BigNumber
from huddle_tui.ui.kit.form import Field, Option
from huddle_tui.ui.places import GoodNumbers
from huddle_tui.ui.team.form import FormScreen, refusing
from huddle_tui.ui.team.wording import coached, colours, history
from huddle_tui.words import promise_sentence, word


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
    """Everything of METHOD 3 in words that a sales manager understands, what matters most first."""
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


_NUMBERS = ("promise", "red_edge", "stretch")
_ENUMS: dict[str, type[Enum]] = {
    "direction": Direction,
    "period": Period,
    "counting": Counting,
    "timing": Timing,
    "measures": Measures,
    "nature": Nature,
}


def new_number(owner: str) -> str:
    """The draft of a number that is being made for that person."""
    return f"kpi/new/{owner}"


_UNIT = re.compile(r"[%€$£]|/ ?\d+$")
"""A unit that is typed along with a promise: `85%`, `€ 12500`, `8/10`."""


class NumberForm(FormScreen):
    """One number of one person; `opened` is None for a new one."""

    def __init__(self, owner: str, opened: Kpi | None = None) -> None:
        super().__init__(f"kpi/{opened.id}" if opened else new_number(owner))
        self._opened: Kpi | None = opened
        star = not any(k.most_important for k in self.team.kpis_of(owner))
        self._shape = opened or Kpi("", "", owner, Decimal(0), most_important=star)
        """What fields that cannot be read yet fall back on."""

    def values(self) -> dict[str, str]:
        """What stands in the fields; where no unit is filled in, the one that is typed along with the promise."""
        return with_unit(super().values())

    def _number(self, value: Decimal | None) -> str:
        return "" if value is None else numbers.show(value, self.team.locale)

    # What the fields come to

    def wanted(self, values: Mapping[str, str]) -> Kpi:
        """The number that the fields describe. Raises Refused for what cannot be read."""
        read = {name: self._read(name, values) for name in _NUMBERS}
        if read["promise"] is None:
            raise Refused("promise", N_("A promise needs a number: what do you commit to?"))
        return self._made(values, read)

    def _made(self, values: Mapping[str, str], read: Mapping[str, Decimal | None]) -> Kpi:
        if (decimals := numbers.whole(values["decimals"] or "0", 0, numbers.MOST_DECIMALS)) is None:
            raise Refused("decimals", N_("Between 0 and {most} decimals, please."), most=numbers.MOST_DECIMALS)
        as_typed = {name: values[name] for name in ("name", "owner", "unit", "definition")}
        chosen = {name: kind(values[name]) for name, kind in _ENUMS.items()}
        star, process = values["most_important"] == "yes", values["process"] or None
        kinds = {**chosen, "most_important": star, "process": process, "decimals": decimals}
        return replace(self._shape, **as_typed, **kinds, **read)

    def _read(self, name: str, values: Mapping[str, str]) -> Decimal | None:
        with refusing(name):
            return numbers.parse(values[name], self.team.locale, values["unit"])

    def shown(self) -> None:
        """The promise read back, what would be which colour, and what the coach says of it."""
        values = self.values()
        read: dict[str, Decimal | None] = {}
        for name in _NUMBERS:
            try:
                read[name] = self._read(name, values)
            except Refused:
                read[name] = None
            if field := self.found(name):
                field.understood(self._number(read[name]))
        promise = read["promise"]
        changed = self._opened is not None and promise is not None and promise != self._opened.promise
        if by := self.found("by"):
            by.display = changed
        try:
            kpi = self._made(values, read | {"promise": promise or Decimal(0)})
        except Refused:
            kpi = self._shape
        big = self.query_one(BigNumber)
        big.text = numbers.show(kpi.promise, self.team.locale, kpi.decimals) if promise is not None else ""
        big.unit = kpi.unit
        told = promise_sentence(kpi, self.team.locale) if promise is not None else _("Count on me for …")
        self.put("told", Content.assemble(("“", "$accent"), told, ("”", "$accent")))
        room = self.size.width - 4 if self.has_class("-narrow") else 0
        self.put("example", colours(kpi, self.team.locale, room) if promise is not None else "")
        self.put("coach", self._coached(kpi))
        self.put("history", history(self._opened, self.team) if self._opened else "")

    def _coached(self, kpi: Kpi) -> Content:
        """What the coach would say once this was saved; of this number first."""
        team = with_draft(self.team, self._opened, kpi)
        owner = team.person(kpi.owner)
        advice = about_person(team, owner) if owner and kpi.name.strip() else []
        advice.sort(key=lambda a: a.id != "attendance")
        return coached(advice[:2])

    # Saving

    def read(self, name: str) -> object:
        """A number that cannot be read stays in its field."""
        return self._read(name, self.values()) if name in _NUMBERS else None

    def prepared(self) -> Callable[[], Team]:
        """Adds the number, or saves what was changed of it."""
        values, opened = self.values(), self._opened
        kpi = self.wanted(values)
        if opened is None:
            today = self.time.today()
            return lambda: self.setting_up.do(lambda team: team_edits.add_kpi(team, kpi, today))
        by = values["by"] if kpi.promise != opened.promise else ""
        return lambda: self.setting_up.save_kpi(opened, kpi, by)

    # Examples

    async def action_library(self) -> None:
        """Good numbers per process, to take one and make it one's own."""
        process = self.team.process(self.values()["process"] or None)
        await self.huddle_app.go(GoodNumbers(self.take, process.name if process else ""))

    def take(self, example: Kpi) -> None:
        """Fills the form with an example."""
        taken = {name: str(getattr(example, name).value) for name in _ENUMS}
        self.fill({**taken, "name": _(example.name), "unit": _(example.unit), "promise": self._number(example.promise)})
        self.screen.set_focus(self.field("promise").entry)


def with_unit(values: dict[str, str]) -> dict[str, str]:
    """What was typed of a number, with the unit of its promise where none is filled in."""
    unit = None if values.get("unit", "").strip() else _UNIT.search(values.get("promise", ""))
    return values | {"unit": unit[0]} if unit else values


def with_draft(team: Team, opened: Kpi | None, kpi: Kpi) -> Team:
    """The team as if the form were saved, for the coach; nothing is checked."""
    others = tuple(k for k in team.kpis if opened is None or k.id != opened.id)
    if kpi.most_important:
        others = tuple(replace(k, most_important=False) if k.owner == kpi.owner else k for k in others)
    return replace(team, kpis=(*others, kpi))
