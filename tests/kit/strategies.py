"""Random teams, huddles and check-ins, as valid as the domain makes them; for property tests of any layer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import (
    Action,
    Asking,
    CheckIn,
    Correction,
    Due,
    Entry,
    Host,
    Huddle,
    Offline,
    Reading,
    Stuck,
    Turn,
    TurnState,
)
from huddle_tui.domain.judging import Direction, Status, Yardstick, yardstick
from huddle_tui.domain.numbers import plain
from huddle_tui.domain.team import (
    Baseline,
    Counting,
    Decided,
    Decision,
    Kpi,
    Measures,
    Nature,
    Order,
    Person,
    Process,
    PromiseChange,
    Team,
    Timing,
)
from huddle_tui.domain.text import clean
from huddle_tui.domain.workdays import Calendar, Period, Reports

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)


def built(of: type[S], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[S]:
    """Values of a Struct, each field from its strategy. A field without one would go untested: refused."""
    names = set(of.__struct_fields__)
    if fields.keys() != names:
        raise TypeError(f"{of.__name__} has other fields than its strategy: {fields.keys() ^ names}")
    return st.builds(of, **fields)


def texts(size: int = 20) -> st.SearchStrategy[str]:
    """What people type, cleaned as at every entry: any script, markup, quotes, emoji, new lines."""
    nasty = st.sampled_from(["[/]", "[red]x", "=1+1", '"', "\\", "👩‍👩‍👧", "漢字", "é", "a\nb", "{x}", "💾"])
    return (st.text(max_size=size) | nasty).map(clean)


def names() -> st.SearchStrategy[str]:
    """A name: text with something in it, on one line."""
    return texts().map(lambda text: " ".join(text.split())).filter(bool)


def ids() -> st.SearchStrategy[str]:
    """An id as `new_id` makes them; few, so that values drawn apart speak of the same things."""
    return st.sampled_from(["anna", "bram", "zoe-2", "calls", "calls-2", "omzet", "x", "van-lead-tot-deal"])


def numbers() -> st.SearchStrategy[Decimal]:
    """An exact decimal, as large and as fine as may be typed."""
    return st.builds(
        lambda n, places: plain(Decimal(n).scaleb(-places)), st.integers(-(10**15), 10**15), st.integers(0, 9)
    )


def days() -> st.SearchStrategy[date]:
    """A day that a team could live."""
    return st.dates(date(2000, 1, 1), date(2099, 12, 31))


def moments() -> st.SearchStrategy[datetime]:
    """A moment with an offset, in whole seconds."""
    zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    return st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30), timezones=zones).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    )


def watches() -> st.SearchStrategy[Stopwatch]:
    """A watch that stands still."""
    return st.integers(0, 10**7).map(lambda thousandths: Stopwatch(thousandths / 1000))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """That, or None."""
    return st.none() | strategy


def tuples_of(strategy: st.SearchStrategy[T], *unique: str, most: int = 4) -> st.SearchStrategy[tuple[T, ...]]:
    """Some of those, in each of the fields `unique` all different."""
    keys = [lambda value, name=name: getattr(value, name) for name in unique]
    return st.lists(strategy, max_size=most, unique_by=tuple(keys) or None).map(tuple)


def calendars() -> st.SearchStrategy[Calendar]:
    """Working days, at least one a week."""
    return built(
        Calendar,
        weekdays=st.frozensets(st.integers(0, 6), min_size=1),
        days_off=st.frozensets(days(), max_size=4),
    )


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """A team whose parts refer to each other as they should."""
    people = draw(
        tuples_of(
            built(
                Person,
                id=ids(),
                name=names(),
                role=texts(),
                away_from=maybe(days()),
                away_to=maybe(days()),
                left_on=maybe(days()),
                link=texts(),
            ),
            "id",
        )
    )
    person = st.sampled_from([p.id for p in people]) if people else st.nothing()
    processes = draw(
        tuples_of(
            built(Process, id=ids(), name=names(), accountable=maybe(person), key_numbers=tuples_of(names(), most=3)),
            "id",
        )
    )
    process = st.sampled_from([p.id for p in processes]) if processes else st.nothing()
    kpis = draw(tuples_of(kpis_of(person, process), "id")) if people else ()
    changes = (
        draw(
            tuples_of(
                built(
                    PromiseChange,
                    id=st.builds("{}/{}".format, days(), ids()),
                    kpi=st.sampled_from([k.id for k in kpis]),
                    day=days(),
                    old=numbers(),
                    new=numbers(),
                    by=st.just("") | person,
                ),
                "id",
            )
        )
        if kpis
        else ()
    )
    return draw(
        built(
            Team,
            name=names(),
            locale=st.sampled_from(["en", "nl"]),
            timezone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "UTC"]),
            time_box=st.integers(1, 7200),
            seconds_per_person=st.integers(1, 600),
            calendar=calendars(),
            reports=st.sampled_from(Reports),
            order=st.sampled_from(Order),
            meets=st.frozensets(st.integers(0, 6), max_size=3),
            schedule_edition=st.integers(0, 99),
            huddle_times=st.dictionaries(
                st.integers(0, 6), st.builds(time, st.integers(0, 23), st.integers(0, 59)), max_size=3
            ),
            people=st.just(people),
            processes=st.just(processes),
            kpis=st.just(kpis),
            promise_changes=st.just(changes),
        )
    )


def kpis_of(owner: st.SearchStrategy[str], process: st.SearchStrategy[str]) -> st.SearchStrategy[Kpi]:
    """A KPI of one of those people, of one of those processes or of none."""
    return built(
        Kpi,
        id=ids(),
        name=names(),
        owner=owner,
        promise=numbers(),
        process=maybe(process),
        definition=texts(40),
        direction=st.sampled_from(Direction),
        red_edge=maybe(numbers()),
        stretch=maybe(numbers()),
        period=st.sampled_from(Period),
        counting=st.sampled_from(Counting),
        unit=texts(3),
        decimals=st.integers(0, 6),
        timing=st.sampled_from(Timing),
        measures=st.sampled_from(Measures),
        nature=st.sampled_from(Nature),
        most_important=st.booleans(),
        since=maybe(days()),
        retired_on=maybe(days()),
        baselines=st.lists(built(Baseline, day=days(), why=texts(), decided_on=days()), max_size=2).map(tuple),
        decided=st.lists(
            built(Decided, quarter=st.just("2026-Q4"), decision=st.sampled_from(Decision), on=days()), max_size=2
        ).map(tuple),
    )


def yardsticks() -> st.SearchStrategy[Yardstick]:
    """A yardstick as a team makes them, also in the middle of a period."""
    passed = st.integers(1, 23).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
    return st.builds(
        yardstick, st.sampled_from(Direction), numbers(), maybe(numbers()), maybe(numbers()), maybe(passed)
    )


def readings() -> st.SearchStrategy[Reading]:
    """What was said of one KPI, judged."""
    said = built(
        Reading,
        kpi=ids(),
        name=names(),
        day=days(),
        actual=maybe(numbers()),
        status=st.just(Status.NOT_MEASURED),
        promise=numbers(),
        pace=numbers(),
        red_edge=numbers(),
        direction=st.sampled_from(Direction),
        stretch=maybe(numbers()),
        too_early=st.booleans(),
        period=st.sampled_from(Period),
        counting=st.sampled_from(Counting),
        unit=texts(3),
        decimals=st.integers(0, 6),
        most_important=st.booleans(),
        checked_in=st.booleans(),
        by_proxy=st.booleans(),
        note=texts(),
        next_promise=maybe(numbers()),
        harder=maybe(numbers()),
        reason=maybe(st.integers(1, 9)),
        earlier=tuples_of(maybe(numbers()), most=2),
        corrections=tuples_of(corrections(), most=2),
    )

    def judged(reading: Reading, stick: Yardstick) -> Reading:
        edges = {name: getattr(stick, name) for name in stick.__struct_fields__}
        return msgspec.structs.replace(reading, status=stick.judge(reading.actual), **edges)

    return st.builds(judged, said, yardsticks())


def check_ins(
    person: st.SearchStrategy[str] | None = None, day: st.SearchStrategy[date] | None = None
) -> st.SearchStrategy[CheckIn]:
    """A check-in, closed or not."""
    entry = built(
        Entry,
        kpi=ids(),
        typed=texts(),
        answered=st.booleans(),
        actual=maybe(numbers()),
        note=texts(),
        reason=maybe(st.integers(1, 9)),
        next_typed=texts(),
        next_promise=maybe(numbers()),
        by=st.just("") | ids(),
    )
    return built(
        CheckIn,
        person=ids() if person is None else person,
        huddle_day=days() if day is None else day,
        entries=tuples_of(entry, "kpi", most=3),
        stuck=texts(),
        by=st.just("") | ids(),
        closed=st.booleans(),
    )


def stucks() -> st.SearchStrategy[Stuck]:
    """Something that holds somebody back."""
    return built(
        Stuck, text=texts(), rounds=st.integers(1, 9), solved_on=maybe(days()), was=texts(),
        corrections=tuples_of(corrections(), most=2),
    )  # fmt: skip


def corrections() -> st.SearchStrategy[Correction]:
    """Something that was put right afterwards."""
    return built(Correction, field=texts(), at=moments(), by=names(), was=maybe(texts()), why=texts())


def turns(day: date) -> st.SearchStrategy[Turn]:
    """Somebody's part of the huddle on `day`."""

    def of(person: str) -> st.SearchStrategy[Turn]:
        return built(
            Turn,
            person=st.just(person),
            name=names(),
            state=st.sampled_from(TurnState),
            watch=watches(),
            agenda=tuples_of(built(Due, kpi=ids(), day=days()), "kpi"),
            readings=tuples_of(readings(), "kpi", most=2),
            hidden=maybe(check_ins(st.just(person), st.just(day))),
            at=st.integers(0, 4),
            asking=st.sampled_from(Asking),
            stucks=tuples_of(stucks(), "text", most=2),
            by_proxy=st.booleans(),
        )

    return ids().flatmap(of)


def huddles(day: st.SearchStrategy[date] | None = None) -> st.SearchStrategy[Huddle]:
    """A huddle at any stage, its clocks standing still."""
    action = built(
        Action, id=ids(), who=names(), what=names(), by=maybe(days()), done_on=maybe(days()),
        corrections=tuples_of(corrections(), most=2),
    )  # fmt: skip

    def of(day: date) -> st.SearchStrategy[Huddle]:
        return built(
            Huddle,
            day=st.just(day),
            team=names(),
            time_box=st.integers(1, 7200),
            seconds_per_person=st.integers(1, 600),
            started_at=maybe(moments()),
            ended_at=maybe(moments()),
            watch=watches(),
            turns=tuples_of(turns(day), "person", most=3),
            actions=tuples_of(action, "id"),
            offline=tuples_of(built(Offline, what=names(), who=texts()), most=2),
            temperature=maybe(st.integers(1, 10)),
            draft=texts(),
            host=maybe(built(Host, session=ids(), name=names(), since=moments())),
            saved_at=maybe(moments()),
        )

    return (days() if day is None else day).flatmap(of)
