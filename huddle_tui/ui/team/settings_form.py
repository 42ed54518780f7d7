"""The team's settings, each explained in one line; a wrong value cannot be saved and says why (METHOD 3, 5 and 8)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from functools import partial
from itertools import groupby

from msgspec.structs import replace
from textual.content import Content

from huddle_tui import i18n
from huddle_tui.domain import dates, numbers
from huddle_tui.domain.coach import too_many
from huddle_tui.domain.merging import Conflict
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Order, Team
from huddle_tui.domain.team_edits import SECONDS_PER_PERSON, TIME_BOX, Refused
from huddle_tui.domain.workdays import Calendar, Reports
from huddle_tui.i18n import LANGUAGE_NAMES, LANGUAGES, _, language, ngettext, say
from huddle_tui.ui.kit.form import Field, Option
from huddle_tui.ui.look.themes import THEMES
from huddle_tui.ui.team.form import FormScreen, refusing
from huddle_tui.ui.team.number_form import field_of


class SettingsForm(FormScreen):
    """How the huddle goes: its time, its days, its order, and how numbers are written."""

    ABOUT = N_("How your huddle goes. Each field says below what it is for; {form.save} saves them all.")

    def __init__(self) -> None:
        super().__init__("settings")
        self._opened: Team = self.team

    def heading(self) -> tuple[str, str]:
        """Whose settings."""
        return _("Settings"), self.team.name

    def make_fields(self) -> Iterable[Field]:
        """Everything a team can set, the huddle first."""
        team, theme = self._opened, self.app.theme
        worked, met = team.calendar.weekdays, team.meets or team.calendar.weekdays
        weekdays = [Option(str(n), name) for n, name in enumerate(weekday_names())]
        field = partial(field_of, team)
        yield field("name", _("Name of the team"), _("It stands at the top of every screen."))
        label, times = _("When is the huddle?"), shown_times(team.huddle_times, worked)
        help = _("An odd time such as 09:07 is remembered, and people come on time. A day of its own: fri 16:03.")
        yield Field("huddle_times", label, times, hint=_("09:07, or 09:07, fri 16:03"), help=help)
        label = _("Time box in minutes")
        help = _("For the whole huddle. Ten minutes is what works; above fifteen it is a meeting.")
        yield Field("time_box", label, str(round(team.time_box / 60)), help=help)
        label = _("Seconds per person")
        yield field("seconds_per_person", label, _("One signal when they are over; nobody is cut off."))
        yield field("order", _("In which order?"), _("Rotating lets somebody else begin every working day."))
        label = _("Numbers are about")
        help = _("A morning huddle reports on the last working day; one at the end of the day on today.")
        yield field("reports", label, help)
        label = _("Working days")
        help = _("Left and right go along the days, space takes one in or out.")
        yield Field("weekdays", label, _listed(worked), several=True, first=True, options=weekdays, help=help)
        label = _("Huddle on")
        help = _("The days on which you huddle: a weekly team takes one day, and keeps its working days for the pace.")
        yield Field("meets", label, _listed(met), several=True, options=weekdays, help=help)
        label, hint = _("Days off"), _("25-12, 20-7 to 7-8")
        help = _("Nobody works then: streaks and paces pass over them. A day as 25-12, a holiday as 20-7 to 7-8.")
        yield Field("days_off", label, shown_days(team.calendar.days_off), hint=hint, help=help)
        label, languages = _("Language of numbers"), [Option(*named) for named in LANGUAGE_NAMES.items()]
        help = _("How numbers and dates are written: 12.500,75 in Dutch, 12,500.75 in English.")
        yield field("locale", label, help, languages, first=True)
        yield field("timezone", _("Time zone"), _("The day of a huddle is a day there."), hint="Europe/Amsterdam")
        label, themes = _("Colours here"), [Option(each.name, each.name) for each in THEMES]
        help = _("For this screen, not for the team: dark, light, or high contrast.")
        yield Field("theme", label, theme, options=themes, help=help)

    def shown(self) -> None:
        """What was understood of the huddle's times."""
        try:
            times = read_times(self.field("huddle_times").value, self._days())
        except HuddleError:
            times = {}
        self.field("huddle_times").understood(shown_times(times, self._days()))
        try:
            off = len(self._read_days(self.field("days_off").value))
        except Refused:
            off = 0
        self.field("days_off").echo(ngettext("{n} day", "{n} days", off).format(n=off) if off else "")
        self.put("coach", Content.styled(self._fits(), "$warning"))

    def _fits(self) -> str:
        """What the coach says of the time box and the time per person as they are typed; nothing where all fits."""
        try:
            box = self._time_box(self.field("time_box").value)
            each = self._whole("seconds_per_person", self.field("seconds_per_person").value, *SECONDS_PER_PERSON)
        except Refused:
            return ""
        sentence = too_many(len(self._opened.members), each, box)
        return say(sentence) if sentence else ""

    def _meets(self) -> frozenset[int]:
        """The days of the huddle; the working days, also as they become, are none of their own."""
        meets = self._days("meets")
        was = self._opened.meets or self._opened.calendar.weekdays
        follows = not self._opened.meets and meets == was
        return frozenset() if follows or meets == self._days() else meets

    def _days(self, name: str = "weekdays") -> frozenset[int]:
        return frozenset(int(day) for day in self.field(name).value.split(",") if day)

    # Reading

    def _wanted(self) -> Team:
        """The settings that the fields describe. Raises Refused for what cannot be read."""
        values = self.values()
        return replace(
            self._opened,
            name=values["name"],
            huddle_times=self._read_times(values["huddle_times"]),
            time_box=self._time_box(values["time_box"]),
            seconds_per_person=self._whole("seconds_per_person", values["seconds_per_person"], *SECONDS_PER_PERSON),
            order=Order(values["order"]),
            reports=Reports(values["reports"]),
            calendar=Calendar(self._days(), self._read_days(values["days_off"])),
            meets=self._meets(),
            locale=values["locale"],
            timezone=values["timezone"].strip(),
        )

    def _time_box(self, typed: str) -> int:
        """Seconds; a time box that is no whole minute stays what it was until another is typed."""
        if typed == self._start.get("time_box"):
            return self._opened.time_box
        return 60 * self._whole("time_box", typed, TIME_BOX[0] // 60, TIME_BOX[1] // 60)

    def _whole(self, name: str, typed: str, least: int, most: int) -> int:
        if (value := numbers.whole(typed, least, most)) is not None:
            return value
        text = N_("{typed} is not a whole number from {least} to {most}.")
        raise Refused(name, text, typed=typed.strip() or "–", least=least, most=most)

    def _read_times(self, typed: str) -> dict[int, time]:
        with refusing("huddle_times"):
            return read_times(typed, self._days())

    def _read_days(self, typed: str) -> frozenset[date]:
        with refusing("days_off"):
            return dates.parse_days(typed, self.time.today())

    # Saving

    def prepared(self) -> Callable[[], Team]:
        """Saves what was changed of the settings."""
        opened, wanted = self._opened, self._wanted()
        return lambda: self.setting_up.save_settings(opened, wanted)

    def wrong(self, name: str, sentence: str) -> None:
        """What is wrong with the calendar stands under the working days."""
        super().wrong("weekdays" if name == "calendar" else name, sentence)

    def rebase(self, conflict: Conflict) -> None:
        """What somebody else stored is what the form was opened with, for that field."""
        stored, calendar = self.setting_up.team, self._opened.calendar
        if conflict.field in Calendar.__struct_fields__:
            theirs = {conflict.field: getattr(stored.calendar, conflict.field)}
            self._opened = replace(self._opened, calendar=replace(calendar, **theirs))
        else:
            self._opened = replace(self._opened, **{conflict.field: getattr(stored, conflict.field)})

    async def saved(self) -> None:
        """Numbers are written the new way from here on, and the colours change."""
        i18n.use(i18n.language(), self.team.locale)
        if self.field("theme").value != self.app.theme:
            self.huddle_app.choose_theme(self.field("theme").value)
        await super().saved()


def _listed(days: Iterable[int]) -> str:
    """The keys of those weekdays, as a field holds them."""
    return ",".join(str(day) for day in sorted(days))


_MONDAY = date(2024, 1, 1)
_TIME = re.compile(r"(?:(?P<day>[^\W\d]+)\.?\s+)?(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})")


def weekday_names() -> list[str]:
    """Monday to Sunday, short, in the language spoken now."""
    return [dates.show_day(_MONDAY + timedelta(days=n), language(), "ddd") for n in range(7)]


def read_times(text: str, weekdays: frozenset[int]) -> dict[int, time]:
    """The time per weekday (Monday is 0) that `09:07, fri 16:03` means. Raises HuddleError."""
    found: dict[int, time] = {}
    for part in (part.strip() for part in re.split(r"[,;]", text) if part.strip()):
        match = _TIME.fullmatch(part)
        day = _weekday(match["day"]) if match and match["day"] else None
        if not match or int(match["hour"]) > 23 or int(match["minute"]) > 59 or (match["day"] and day is None):
            template = N_("{typed} is not a time: write it as 09:07, and for a day of its own as fri 16:03.")
            raise HuddleError(template, typed=part)
        at = time(int(match["hour"]), int(match["minute"]))
        found |= {day: at} if day is not None else dict.fromkeys(sorted(weekdays), at)
    return found


def _weekday(typed: str) -> int | None:
    """The weekday of that name, in any of our languages, from two letters on."""
    for n in range(7):
        names = {dates.weekday(n, spoken).casefold() for spoken in LANGUAGES}
        if len(typed) >= 2 and any(name.startswith(typed.casefold()) for name in names):
            return n
    return None


def shown_times(times: Mapping[int, time], weekdays: frozenset[int]) -> str:
    """The times as `read_times` takes them: the commonest alone, the others behind their day."""
    if not times:
        return ""
    values = list(times.values())
    common = max(dict.fromkeys(values), key=values.count)
    whole = (weekdays <= set(times) and values.count(common) > 1) or len(values) == len(weekdays) == 1
    names = weekday_names()
    parts = [common.strftime("%H:%M")] if whole else []
    parts += [f"{names[day]} {at:%H:%M}" for day, at in sorted(times.items()) if not whole or at != common]
    return ", ".join(parts)


def shown_days(days: Iterable[date]) -> str:
    """Days off as `parse_days` takes them: stretches of three or more by their ends."""
    parts: list[str] = []
    ordered = sorted(days)
    for _step, run in groupby(enumerate(ordered), key=lambda at: at[1] - timedelta(days=at[0])):
        whole = [day.isoformat() for _place, day in run]
        stretch = _("{first} to {last}").format(first=whole[0], last=whole[-1])
        parts += [stretch] if len(whole) > 2 else whole
    return ", ".join(parts)
