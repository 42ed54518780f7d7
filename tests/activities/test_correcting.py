"""The past is corrected in the open: what stood, who and when stay visible, and every step can be undone (METHOD 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from huddle_tui import i18n
from huddle_tui.activities.correcting import Correcting
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.huddle import Action, Correction, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import open_ends
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.summary import summarise
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook

TUESDAY = MONDAY + timedelta(days=1)
KPI = "sanne-opgelost"


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    i18n.use("nl")
    yield
    i18n.use("en")


@pytest.fixture
def book() -> MemoryBook:
    """Monday's huddle: Sanne said 6 of 8, promised 7, is stuck on the printer; José calls."""
    made, time = MemoryBook(small_team()), FakeTime()
    hosting = Hosting(made, time)
    hosting.do(lambda r: r.start(time.monotonic(), time.now()))
    hosting.say("6")
    hosting.say("7")
    hosting.do(lambda r: r.agree(Action("bel", "José", "bellen", TUESDAY)))
    hosting.do(lambda r: r.stuck("printer", time.monotonic()))
    for _person in range(2):
        hosting.do(lambda r: r.next(time.monotonic()))
    hosting.do(lambda r: r.end(8, time.monotonic(), time.now()))
    hosting.save()
    hosting.settle()
    hosting.release()
    return made


@pytest.fixture
def correcting(book: MemoryBook) -> Correcting:
    """Bram corrects on Tuesday."""
    made = Correcting(book, FakeTime(TUESDAY))
    made.name("Bram")
    return made


def monday(book: MemoryBook) -> Huddle:
    found = book.huddle(MONDAY)
    assert found is not None
    return found


def reading(book: MemoryBook) -> Reading:
    found = monday(book).turns[0].reading(KPI)
    assert found is not None
    return found


def test_a_number_is_judged_again_by_its_own_day(book: MemoryBook, correcting: Correcting) -> None:
    correcting.number(MONDAY, "sanne", KPI, "8", "dubbel geteld")
    now = reading(book)
    assert (now.actual, now.status, now.promise) == (Decimal(8), Status.GREEN, Decimal(8))
    at = FakeTime(TUESDAY).now()
    assert now.corrections == (Correction("actual", at, "Bram", "6", "dubbel geteld"),)
    assert now.next_promise == Decimal(7), "a promise that was made stays made"
    assert summarise(monday(book)).red == 0
    correcting.number(MONDAY, "sanne", KPI, "")
    assert [one.was for one in reading(book).corrections] == ["6", "8"]
    assert reading(book).status is Status.NOT_MEASURED


def test_undo_takes_the_correction_back_with_its_trail(book: MemoryBook, correcting: Correcting) -> None:
    before = monday(book)
    correcting.number(MONDAY, "sanne", KPI, "8")
    correcting.number(MONDAY, "sanne", KPI, note="morgen bellen")
    correcting.stuck(MONDAY, "sanne", "printer", "printer kapot")
    correcting.action(MONDAY, "bel", "Fatima", "bellen", TUESDAY.isoformat())
    for _step in range(4):
        correcting.undo()
    assert monday(book) == before
    assert not correcting.can_undo
    with pytest.raises(HuddleError, match="nothing to undo"):
        correcting.undo()


def test_undo_leaves_alone_what_somebody_changed_since(book: MemoryBook, correcting: Correcting) -> None:
    correcting.number(MONDAY, "sanne", KPI, "8")
    other = Correcting(book.beside(), FakeTime(TUESDAY))
    other.name("José")
    other.number(MONDAY, "sanne", KPI, "9")
    with pytest.raises(HuddleError, match="changed again since"):
        correcting.undo()
    assert reading(book).actual == Decimal(9)
    assert [one.by for one in reading(book).corrections] == ["Bram", "José"]
    assert not correcting.can_undo, "it never can be, and keeps nothing else from being undone"


def test_an_undo_that_the_disk_refuses_can_be_tried_again(book: MemoryBook, correcting: Correcting) -> None:
    before = monday(book)
    correcting.number(MONDAY, "sanne", KPI, "8")
    book.fail_with = HuddleError("The disk is full.")
    with pytest.raises(HuddleError, match="disk is full"):
        correcting.undo()
    book.fail_with = None
    correcting.undo()
    assert monday(book) == before


def test_a_number_its_reason_and_its_plan_are_one_change_and_one_step(book: MemoryBook, correcting: Correcting) -> None:
    before, saves = monday(book), book.saves
    assert correcting.number(MONDAY, "sanne", KPI, "5", reason="2", note="morgen bellen")
    assert book.saves == saves + 1
    now = reading(book)
    assert (now.actual, now.reason, now.note) == (Decimal(5), 2, "morgen bellen")
    assert [(one.field, one.was) for one in now.corrections] == [("actual", "6"), ("reason", "9"), ("note", "")]
    correcting.undo()
    assert monday(book) == before
    assert not correcting.can_undo


def test_a_reason_goes_with_a_miss_alone(book: MemoryBook, correcting: Correcting) -> None:
    correcting.number(MONDAY, "sanne", KPI, reason="2")
    correcting.number(MONDAY, "sanne", KPI, reason="5")
    assert reading(book).reason == 5
    assert [one.was for one in reading(book).corrections] == ["9", "2"]
    correcting.number(MONDAY, "sanne", KPI, "8")
    assert reading(book).reason is None
    assert [(one.field, one.was) for one in reading(book).corrections][2:] == [("actual", "6"), ("reason", "5")]
    with pytest.raises(HuddleError, match="was not missed"):
        correcting.number(MONDAY, "sanne", KPI, reason="1")
    correcting.number(MONDAY, "sanne", KPI, "7")
    assert reading(book).reason == 9, "a miss of which nobody said why is asked about at the next turn"
    correcting.number(MONDAY, "sanne", KPI, reason="")
    assert reading(book).reason == 9
    assert [one.field for one in reading(book).corrections][4:] == ["actual"]


def test_a_stuck_and_an_action_have_their_trail(book: MemoryBook, correcting: Correcting) -> None:
    correcting.stuck(MONDAY, "sanne", "printer", "printer op de gang")
    (stuck,) = monday(book).turns[0].stucks
    assert (stuck.text, [(c.field, c.was, c.by) for c in stuck.corrections]) == (
        "printer op de gang",
        [("text", "printer", "Bram")],
    )
    correcting.action(MONDAY, "bel", "Fatima", "belt de leverancier", "30-11")
    (action,) = monday(book).actions
    assert (action.who, action.what, action.by) == ("Fatima", "belt de leverancier", date(2026, 11, 30))
    assert [(c.field, c.was) for c in action.corrections] == [("who", "José"), ("what", "bellen"), ("by", "2026-11-24")]


@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_other_words_for_a_stuck_are_the_same_stuck_whichever_mention_is_corrected(day: date) -> None:
    turns = [Turn("sanne", "Sanne", TurnState.DONE, stucks=(Stuck("printr", rounds),)) for rounds in (1, 2)]
    begun = FakeTime().now()
    huddles = [
        Huddle(on, "T", started_at=begun, ended_at=begun, turns=(turn,))
        for on, turn in zip((MONDAY, TUESDAY), turns, strict=True)
    ]
    book = MemoryBook(small_team(), huddles)
    correcting = Correcting(book, FakeTime(TUESDAY))
    correcting.name("Bram")
    correcting.stuck(day, "sanne", "printr", "printer")
    (one,) = open_ends(book.summaries()).stucks
    assert (one.said.day, one.since, one.age) == (TUESDAY, MONDAY, 2)


def test_nothing_is_corrected_without_a_name(book: MemoryBook) -> None:
    nameless = Correcting(book, FakeTime(TUESDAY))
    before = monday(book)
    for name in ("", "   "):
        with pytest.raises(HuddleError, match="needs a name"):
            nameless.name(name)
    with pytest.raises(HuddleError, match="needs a name"):
        nameless.number(MONDAY, "sanne", KPI, "8")
    assert monday(book) == before


def test_what_is_refused_changes_nothing(book: MemoryBook, correcting: Correcting) -> None:
    before = monday(book)
    steps: list[Callable[[], object]] = [
        lambda: correcting.number(MONDAY, "sanne", KPI, "1x"),
        lambda: correcting.number(MONDAY, "sanne", "weg", "1"),
        lambda: correcting.stuck(MONDAY, "sanne", "printer", " "),
        lambda: correcting.stuck(MONDAY, "sanne", "iets anders", "x"),
        lambda: correcting.action(MONDAY, "bel", "José", "", ""),
        lambda: correcting.action(MONDAY, "weg", "José", "x", ""),
        lambda: correcting.number(MONDAY, "sanne", KPI, "8", note="x" * 2001),
        lambda: correcting.number(MONDAY, "sanne", KPI, "5", reason="10"),
        lambda: correcting.number(MONDAY, "sanne", KPI, "8", reason="2"),
        lambda: correcting.number(MONDAY, "sanne", KPI, note="12,5"),
        lambda: correcting.number(TUESDAY, "sanne", KPI, "8"),
    ]
    for step in steps:
        with pytest.raises(HuddleError):
            step()
    assert monday(book) == before
    assert not correcting.can_undo


def test_the_same_again_is_no_correction(book: MemoryBook, correcting: Correcting) -> None:
    before = monday(book)
    assert not correcting.number(MONDAY, "sanne", KPI, "6,0", note="")
    assert not correcting.stuck(MONDAY, "sanne", "printer", "printer")
    assert not correcting.action(MONDAY, "bel", "José", "bellen", TUESDAY.isoformat())
    assert monday(book) == before
    assert not correcting.can_undo


def test_a_running_huddle_is_corrected_in_the_round(correcting: Correcting, book: MemoryBook) -> None:
    time = FakeTime(TUESDAY)
    hosting = Hosting(book, time)
    assert hosting.claim()
    hosting.do(lambda r: r.start(time.monotonic(), time.now()))
    hosting.say("6")
    hosting.save()
    with pytest.raises(HuddleError, match="is not closed yet"):
        correcting.number(TUESDAY, "sanne", KPI, "8")
