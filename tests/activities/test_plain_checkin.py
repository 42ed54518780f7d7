"""The check-in in a plain shell: a question a line, understood and judged, saved as on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities import plain_checkin
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.identity import Identity
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Team
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.steady_weeks import steady_weeks

D = Decimal
SOLVED, OPEN, VISITS, BILLED = (f"sanne-{kpi}" for kpi in ("opgelost", "open", "bezoek", "omzet"))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en", "nl")
    yield
    i18n.use("en")


class Shell:
    """Answers one after another, and hangs up when there are no more."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.told: list[str] = []
        self.before_answer: Callable[[], None] | None = None

    def ask(self, question: str) -> str:
        self.asked.append(question)
        if self.before_answer:
            self.before_answer()
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)

    def tell(self, text: str) -> None:
        self.told.append(text)


def dialogue(*answers: str, book: MemoryBook | None = None, by: str | None = None) -> tuple[Shell, MemoryBook]:
    book, shell = book or MemoryBook(small_team()), Shell(*answers)
    assert plain_checkin.run(CheckingIn(book, FakeTime(), "sanne", by), shell.ask, shell.tell)
    return shell, book


def stored(book: MemoryBook) -> CheckIn:
    (found,) = book.check_ins("sanne")
    return found


WHY = (
    "Why, 1 to 9, or the plan at once? Another number is the next promise. 1 promised too much · "
    "2 waited for a colleague · 3 other work went first · "
    "4 forgot, or not started · 5 the customer · 6 a supplier · 7 ill or away · 8 something unforeseen · "
    "9 don't know yet ({}) "
)


def test_one_question_a_line_and_what_was_understood() -> None:
    shell, book = dialogue("3", "hands", "6", "1", "25", "12,5k", "printer")
    assert shell.asked == [
        "★ Klachten opgelost, for vrijdag 20 november, promised at least 8: ",
        WHY.format("don't know yet"),
        "Count on me, from now on (8): ",
        "Klachten open, for vrijdag 20 november, promised at most 2: ",
        "Bezoeken, for week 47, promised at least 25: ",
        "Gefactureerd, for vrijdag 20 november, promised at least € 12.500: ",
        "Where are you stuck? ",
    ]
    assert shell.told[0] == "Check-in of Sanne for the huddle of maandag 23 november 2026."
    assert "  ⚑ 3: RED" in shell.told
    assert "  ✔ € 12.500: green" in shell.told
    assert shell.told[-1] == "Saved: 4 numbers, to be said aloud on maandag 23 november."
    check_in = stored(book)
    assert {e.kpi: e.actual for e in check_in.entries} == {SOLVED: D(3), OPEN: D(1), VISITS: D(25), BILLED: D(12500)}
    assert (check_in.entry(SOLVED).note, check_in.entry(SOLVED).next_promise) == ("hands", D(6))
    assert (check_in.stuck, check_in.closed, check_in.by_proxy) == ("printer", True, False)


def test_a_number_that_is_far_off_is_asked_about_once() -> None:
    shell, book = dialogue("8", "1", "25", "12,500", "", "waarom", "", "")
    assert [told for told in shell.told if "Enter again" in told] == [
        "That is 12,5, and the promise is 12.500. Enter again if it is right, or type it anew."
    ]
    assert shell.asked[4] == "Gefactureerd, for vrijdag 20 november, promised at least € 12.500 (12,500): "
    assert stored(book).entry(BILLED).actual == D("12.5")


def test_enter_alone_goes_through_all_of_it_as_not_measured() -> None:
    shell, book = dialogue("", "", "", "", "")
    assert shell.told.count("  – not measured") == 4
    assert [e.actual for e in stored(book).entries] == [None] * 4
    assert stored(book).answered == 4


def test_what_is_no_number_is_told_and_asked_again() -> None:
    shell, book = dialogue("12.50", "abc", "8", "", "", "", "")
    assert "12.50 is not a Dutch number: did you mean 12,50?" in shell.told
    assert shell.asked[0] == shell.asked[1] == shell.asked[2]
    assert stored(book).entry(SOLVED).actual == D(8)


def test_enter_after_a_refusal_is_not_measured() -> None:
    _, book = dialogue("abc", "", "", "", "", "")
    assert stored(book).entry(SOLVED).answered
    assert stored(book).entry(SOLVED).actual is None


def test_going_through_it_again_enter_keeps_what_was_answered() -> None:
    _, book = dialogue("3", "hands", "6", "1", "", "", "printer")
    before = stored(book)
    shell, _ = dialogue("", "", "", "", "", "", "", book=book)
    assert shell.asked[0].endswith("promised at least 8 (3): ")
    assert shell.asked[1:3] == [WHY.format("don't know yet"), "Count on me, from now on (6): "]
    assert shell.asked[-1] == "Where are you stuck? (printer) "
    assert stored(book) == before


def test_the_last_answer_can_be_taken_back() -> None:
    shell, book = dialogue("8", "1", "undo", "2", "", "", "")
    assert "Taken back." in shell.told
    assert stored(book).entry(OPEN).actual == D(2)
    shell, _ = dialogue("undo", "8", "1", "", "", "", book=MemoryBook(small_team()))
    assert "There is nothing to undo." in shell.told


def test_each_answer_is_on_disk_before_the_next_question() -> None:
    book = MemoryBook(small_team())
    shell = Shell("8", "1")
    with pytest.raises(EOFError):
        plain_checkin.run(CheckingIn(book, FakeTime(), "sanne"), shell.ask, shell.tell)
    assert {e.kpi: e.actual for e in stored(book).entries} == {SOLVED: D(8), OPEN: D(1)}
    assert not stored(book).closed


def test_a_failing_disk_is_told_and_tried_again() -> None:
    book, shell = MemoryBook(small_team()), Shell("8", "1", "25", "12500", "", "")
    book.fail_with = HuddleError("The disk is full: make room.")

    def mended() -> None:
        if shell.asked[-1].startswith("Not saved yet"):
            book.fail_with = None

    shell.before_answer = mended
    assert plain_checkin.run(CheckingIn(book, FakeTime(), "sanne"), shell.ask, shell.tell)
    assert "The disk is full: make room." in shell.told
    assert stored(book).answered == 4


def test_somebody_else_is_by_proxy_and_says_so() -> None:
    shell, book = dialogue("8", "", "", "", "", by="josé")
    assert "Typed by José: marked by proxy, for ever." in shell.told
    assert stored(book).typed_by_proxy(SOLVED)


def test_a_number_that_is_retired_meanwhile_is_not_asked_again() -> None:
    book, shell = MemoryBook(small_team()), Shell("8", "1", "12500", "")

    def edit(team: Team | None) -> Team:
        assert team is not None
        return replace(team, kpis=tuple(k for k in team.kpis if k.id not in {SOLVED, VISITS}))

    shell.before_answer = lambda: len(shell.asked) == 1 and book.change_team(edit) and None  # type: ignore[assignment]
    assert plain_checkin.run(CheckingIn(book, FakeTime(), "sanne"), shell.ask, shell.tell)
    assert [question.split(",")[0] for question in shell.asked[1:3]] == ["Klachten open", "Gefactureerd"]


def test_who_names_themselves_is_remembered(tmp_path: Path) -> None:
    book, identity = MemoryBook(small_team()), Identity(tmp_path / "who.json", "/book")

    def start(name: str | None, *answers: str) -> tuple[int, Shell]:
        shell = Shell(*answers)
        return plain_checkin.start(book, small_team(), FakeTime(), name, shell.ask, shell.tell, identity), shell

    status, shell = start(None, "nobody", "jo", "", "", "", "", "")
    assert status == 0
    assert shell.asked[0] == "Who are you? (Sanne, José, Fatima) "
    assert "Nobody in the team is called nobody" in shell.told[0]
    assert start(None, "", "", "", "", "")[1].told[0].startswith("Check-in of José")
    assert start("Fatima", "", "", "", "", "")[1].told[0].startswith("Check-in of Fatima")
    assert start(None, "", "", "", "", "")[1].told[0].startswith("Check-in of Fatima")
    with pytest.raises(HuddleError, match="did you mean Sanne"):
        start("Sanna")


def test_where_the_team_has_nobody_it_asks_nothing(tmp_path: Path) -> None:
    team, shell = Team("Empty"), Shell()
    identity = Identity(tmp_path / "who.json", "/book")
    with pytest.raises(HuddleError, match="nobody in the team yet"):
        plain_checkin.start(MemoryBook(team), team, FakeTime(), None, shell.ask, shell.tell, identity)
    assert shell.asked == []


def test_hanging_up_is_no_success_and_keeps_what_was_answered(tmp_path: Path) -> None:
    book, shell = MemoryBook(small_team()), Shell("8")
    identity = Identity(tmp_path / "who.json", "/book")
    assert plain_checkin.start(book, small_team(), FakeTime(), "sanne", shell.ask, shell.tell, identity) == 1
    assert shell.told[-1] == "Stopped. What was answered is kept; check in again to go on."
    assert stored(book).entry(SOLVED).actual == D(8)


def test_for_somebody_else_it_is_by_proxy_and_a_wrong_name_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    book, identity = MemoryBook(small_team()), Identity(tmp_path / "who.json", "/book")

    def start(for_name: str, *answers: str) -> Shell:
        shell = Shell(*answers)
        plain_checkin.start(book, small_team(), FakeTime(), "José", shell.ask, shell.tell, identity, for_name)
        return shell

    shell = start("sanne", "8", "", "", "", "")
    assert shell.told[:2] == [
        "Check-in of Sanne for the huddle of maandag 23 november 2026.",
        "Typed by José: marked by proxy, for ever.",
    ]
    assert stored(book).typed_by_proxy(SOLVED)
    with pytest.raises(HuddleError, match="did you mean Sanne"):
        start("Sanna")


def test_undo_is_no_plan() -> None:
    shell, book = dialogue("3", "undo", "8", "1", "", "", "")
    assert "Taken back." in shell.told
    entry = stored(book).entry("sanne-opgelost")
    assert (entry.actual, entry.note) == (Decimal(8), "")


def test_undo_is_no_plan_either_after_the_reason_of_a_yellow() -> None:
    shell, book = dialogue("7", "4", "undo", "", "hands", "1", "", "", "")
    assert "Taken back." in shell.told
    entry = stored(book).entry("sanne-opgelost")
    assert (entry.actual, entry.note, entry.reason) == (Decimal(7), "hands", None)


def test_a_refused_answer_leaves_the_one_that_stood() -> None:
    _, book = dialogue("8", "1", "", "", "")
    shell, _ = dialogue("1x", "", "", "", "", "", book=book)
    assert shell.asked[0].endswith("(8): ")
    assert shell.asked[1].endswith("(8): "), "the prompt shows what still stands"
    assert stored(book).entry("sanne-opgelost").actual == Decimal(8)


def test_numbers_typed_on_after_a_yellow_are_the_next_numbers() -> None:
    shell, book = dialogue("7", "0", "", "12500", "")
    check_in = stored(book)
    assert [e.actual for e in check_in.entries] == [7, 0, None, 12500]
    assert [e.note for e in check_in.entries] == ["", "", "", ""]
    assert shell.asked[1].startswith("Why, 1 to 9, or the plan at once?")
    assert shell.asked[2].startswith("Bezoeken")


@pytest.mark.parametrize(
    ("answers", "reason", "note", "following"),
    [
        (("7", "3", "morgen bellen", "1", "", "", ""), 3, "morgen bellen", None),
        (("7", "3", "", "1", "", "", ""), 3, "", None),
        (("7", "3", "1", "", "", ""), 3, "", None),
        (("7", "morgen bellen", "1", "", "", ""), None, "morgen bellen", None),
        (("7", "", "1", "", "", ""), None, "", None),
        (("3", "2", "6", "1", "", "", ""), 2, "", D(6)),
        (("3", "2", "", "1", "", "", ""), 2, "", D(8)),
        (("3", "12", "1", "", "", ""), None, "", D(12)),
        (("3", "10 euro", "6", "1", "", "", ""), None, "10 euro", D(6)),
        (("3", "12.50", "10", "1", "", "", ""), None, "", D(10)),
        (("3", "100", "100", "1", "", "", ""), None, "", D(100)),
    ],
)
def test_a_reason_is_its_digit(
    answers: tuple[str, ...], reason: int | None, note: str, following: Decimal | None
) -> None:
    _shell, book = dialogue(*answers)
    entry = stored(book).entry(SOLVED)
    assert (entry.reason, entry.note, entry.next_promise) == (reason, note, following)
    assert stored(book).entry(OPEN).actual == 1


def test_what_a_total_still_needs_is_told_before_its_owner_promises_anew() -> None:
    team, wednesday = small_team(), date(2026, 11, 25)
    history = steady_weeks(team, VISITS, date(2026, 11, 24), [5] * 16)
    book, shell = MemoryBook(team, history), Shell("8", "2", "8", "1", "20", "12500", "")
    assert plain_checkin.run(CheckingIn(book, FakeTime(wednesday), "sanne"), shell.ask, shell.tell)
    told = shell.told.index("  5,7 a day needed from now, 4 a day so far · 1 day behind · 1 in 10 that it will be kept")
    assert shell.told[told - 1] == "  ⚑ 8: RED"
    assert shell.asked[4].startswith("Count on me, from now on (25)")
    assert not any("needed from now" in line for line in shell.told[told + 1 :]), "of a running total under way alone"


def test_the_promise_in_brackets_is_the_one_that_enter_takes() -> None:
    """A promise that is far from the old one is asked about: Enter is the new one by then, and it stands there."""
    shell, book = dialogue("8", "0", "25", "9000", "9", "1", "", "")
    asked = [question for question in shell.asked if question.startswith("Count on me")]
    assert asked == ["Count on me, from now on (€ 12.500): ", "Count on me, from now on (1): "]
    entry = stored(book).entry(BILLED)
    assert entry is not None
    assert entry.next_promise == D(1)
