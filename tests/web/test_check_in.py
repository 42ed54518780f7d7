"""Checking in from a browser: what is understood, refused, asked next, and what becomes of every kind of late form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain.huddle import Asking, CheckIn, Stuck
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.tiny import TinyBook
from huddle_tui.web.form import form_page
from huddle_tui.web.sent import Told
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.served import Served, begin, served
from tests.kit.steady_weeks import steady_weeks

ALL = {
    "number__sanne_opgelost": "8", "number__sanne_open": "2", "number__sanne_bezoek": "25",
    "number__sanne_omzet": "12.500",
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    i18n.use("en", "nl")
    with served(tmp_path) as running:
        yield running


def stored(site: Served, person: str = "sanne") -> CheckIn:
    """What is in the book."""
    return next((c for c in site.book.check_ins(person) if c.huddle_day == MONDAY), CheckIn(person, MONDAY))


def test_the_star_comes_first_and_every_number_has_its_promise(site: Served) -> None:
    page = site.get("sanne").text
    assert page.index("Klachten opgelost") < page.index("Klachten open<") < page.index("Gefactureerd")
    for promise in ("promised at least 8", "promised at most 2", "promised at least 25", "promised at least € 12.500"):
        assert promise in page
    assert "for vrijdag 20 november" in page


def test_what_was_sent_is_an_ordinary_check_in_and_says_what_was_understood(site: Served) -> None:
    sent = site.fill("sanne", None, **ALL, stuck="De printer")
    assert (sent.status, sent.headers["location"]) == (303, "?saved")
    found = stored(site)
    assert [(e.typed, e.actual, e.answered) for e in found.entries] == [
        ("8", Decimal(8), True), ("2", Decimal(2), True), ("25", Decimal(25), True), ("12.500", Decimal(12500), True),
    ]  # fmt: skip
    assert (found.stuck, found.closed, found.by, found.by_proxy) == ("De printer", True, "sanne", False)
    page = site.get("sanne", "?saved").text
    assert "This was understood" in page
    assert "€ 12.500" in page
    assert "Nobody sees it until you say it aloud." in page


def test_what_is_left_empty_is_asked_in_the_huddle_and_a_dash_is_not_measured(site: Served) -> None:
    site.fill("sanne", number__sanne_opgelost="8", number__sanne_open="–")
    found = stored(site)
    assert [(e.kpi, e.answered, e.actual) for e in found.entries] == [
        ("sanne-opgelost", True, Decimal(8)),
        ("sanne-open", True, None),
    ]
    assert not found.closed
    assert "not filled in" in site.get("sanne").text


def test_a_number_that_is_refused_stays_in_its_field_and_the_rest_is_saved(site: Served) -> None:
    sent = site.fill("sanne", number__sanne_opgelost="12.50", number__sanne_open="2")
    assert sent.status == 422
    assert sent.form.values["number.sanne-opgelost"] == "12.50"
    assert sent.form.marked == ["number.sanne-opgelost"]
    assert sent.form.focus == "number.sanne-opgelost"
    assert sent.text.count("12.50 is not a Dutch number: did you mean 12,50?") == 2
    assert "<title>Not saved yet" in sent.text
    assert stored(site).entry("sanne-open").actual == Decimal(2)
    again = site.fill("sanne", sent, number__sanne_opgelost="12,5")
    assert again.status == 303
    assert stored(site).entry("sanne-opgelost").actual == Decimal("12.5")


def test_a_refused_number_is_still_refused_when_it_is_sent_again(site: Served) -> None:
    sent = site.fill("sanne", number__sanne_opgelost="abc")
    assert site.fill("sanne", sent).status == 422


def test_the_plan_is_asked_for_beside_yellow_and_the_next_promise_after_red(site: Served) -> None:
    before = site.get("sanne").form.values
    assert not [name for name in before if name.startswith(("note.", "promise."))]
    site.fill("sanne", None, **ALL | {"number__sanne_opgelost": "7", "number__sanne_open": "5"})
    page = site.get("sanne", "?saved")
    asked = [name for name in page.form.values if name.startswith(("reason.", "note.", "promise."))]
    assert asked == [
        *("reason.sanne-opgelost", "note.sanne-opgelost"),
        *("reason.sanne-open", "note.sanne-open", "promise.sanne-open"),
    ]
    assert page.form.values["promise.sanne-open"] == "2"
    assert page.form.focus == "reason.sanne-opgelost"
    assert not stored(site).closed
    site.fill(
        "sanne", page, reason__sanne_opgelost="5", note__sanne_opgelost="Morgen bellen", promise__sanne_open="3",
        reason__sanne_open="77",
    )  # fmt: skip
    found = stored(site)
    assert (found.entry("sanne-opgelost").reason, found.entry("sanne-open").reason) == (5, 9)
    assert '<option value="5" selected>the customer</option>' in site.get("sanne").text
    assert found.entry("sanne-opgelost").note == "Morgen bellen"
    assert found.entry("sanne-open").next_promise == Decimal(3)
    assert found.closed


def test_a_reason_can_be_taken_back(site: Served) -> None:
    site.fill("sanne", None, **ALL | {"number__sanne_open": "5"})
    site.fill("sanne", reason__sanne_open="5")
    assert stored(site).entry("sanne-open").reason == 5
    site.fill("sanne", reason__sanne_open="")
    assert stored(site).entry("sanne-open").reason == 9
    assert "the customer</option>" in site.get("sanne").text


def test_the_promise_as_it_stood_is_committed_to_by_sending_it(site: Served) -> None:
    site.fill("sanne", number__sanne_open="5")
    site.fill("sanne")
    assert stored(site).entry("sanne-open").next_promise == Decimal(2)


def test_a_number_that_is_far_off_is_asked_about_once_and_the_same_again_is_meant(site: Served) -> None:
    sent = site.fill("sanne", number__sanne_omzet="12", number__sanne_open="2")
    assert sent.status == 422
    assert "That is 12, and the promise is 12.500." in sent.text
    assert (sent.form.marked, sent.form.focus) == ([], "number.sanne-omzet")
    assert not stored(site).entry("sanne-omzet").answered
    assert stored(site).entry("sanne-open").answered
    opened = site.get("sanne")
    assert "That is 12" in opened.text
    assert site.fill("sanne", opened, number__sanne_omzet="13").status == 422
    assert site.fill("sanne", site.get("sanne")).status == 303
    assert stored(site).entry("sanne-omzet").actual == Decimal(13)


def test_a_promise_that_is_a_large_step_is_asked_about_too(site: Served) -> None:
    site.fill("sanne", number__sanne_open="5")
    sent = site.fill("sanne", promise__sanne_open="200")
    assert sent.status == 422
    assert stored(site).entry("sanne-open").next_promise is None
    assert site.fill("sanne", sent).status == 303
    assert stored(site).entry("sanne-open").next_promise == Decimal(200)


def test_a_text_that_is_too_long_stays_in_its_field(site: Served) -> None:
    sent = site.fill("sanne", number__sanne_open="2", stuck="x" * 2001)
    assert sent.status == 422
    assert sent.form.values["stuck."] == "x" * 2001
    assert "2001 characters and 2000 is the most" in sent.text
    assert stored(site).entry("sanne-open").actual == Decimal(2)


# More than one form


def test_a_form_that_is_sent_twice_is_one_check_in(site: Served) -> None:
    page = site.get("sanne")
    first, second = site.fill("sanne", page, **ALL), site.fill("sanne", page, **ALL)
    assert (first.status, second.status) == (303, 303)
    assert stored(site).answered == 4


def test_two_tabs_lose_nothing_of_each_other(site: Served) -> None:
    one, other = site.get("sanne"), site.get("sanne")
    site.fill("sanne", one, number__sanne_opgelost="8")
    site.fill("sanne", other, number__sanne_open="1")
    assert stored(site).entry("sanne-opgelost").actual == Decimal(8)
    assert stored(site).entry("sanne-open").actual == Decimal(1)


def test_where_two_tabs_say_something_else_the_later_counts_and_it_says_so(site: Served) -> None:
    one, other = site.get("sanne"), site.get("sanne")
    site.fill("sanne", one, number__sanne_opgelost="8")
    sent = site.fill("sanne", other, number__sanne_opgelost="9")
    assert "Klachten opgelost: 8 was sent from elsewhere meanwhile; what counts now is 9." in sent.text
    assert stored(site).entry("sanne-opgelost").actual == Decimal(9)


def test_what_was_typed_in_the_terminal_meanwhile_is_kept(site: Served) -> None:
    page = site.get("sanne")
    terminal = CheckingIn(site.book, site.time, "sanne")
    terminal.commit("sanne-opgelost", "8")
    terminal.commit("", "Geen stroom", Asking.STUCK)
    terminal.save()
    site.fill("sanne", page, number__sanne_open="1")
    assert stored(site).entry("sanne-opgelost").actual == Decimal(8)
    assert stored(site).stuck == "Geen stroom"


def test_a_number_that_is_taken_away_is_asked_again(site: Served) -> None:
    site.fill("sanne", number__sanne_opgelost="8")
    site.fill("sanne", number__sanne_opgelost="")
    assert not stored(site).entry("sanne-opgelost").answered


def test_what_comes_after_the_turn_began_is_hidden_in_it_for_what_was_not_said_yet(site: Served) -> None:
    """The first number is said aloud as something else; the others wait behind ▒▒ until their owner says them."""
    page = site.get("sanne")
    hosting = begin(site)
    hosting.say("7")
    hosting.say("Bellen")
    hosting.save()
    sent = site.fill("sanne", page, **ALL, stuck="De printer")
    assert sent.status == 200
    assert "Your turn has begun" in sent.text
    assert "<b>12.500</b>" in sent.text
    assert sent.text.count("7 was said in your turn already, and stands") == 1
    assert hosting.adopt(hosting.look())
    hosting.save()
    turn = hosting.round.speaking
    assert turn is not None
    assert [turn.covered(f"sanne-{kpi}") is not None for kpi in ("opgelost", "open", "bezoek")] == [False, True, True]
    assert hosting.stucks(turn) == (Stuck("De printer"),)
    hosting.say("")
    said = hosting.round.huddle.turns[0].readings
    assert [(r.actual, r.checked_in) for r in said] == [(Decimal(7), False), (Decimal(2), True)]
    assert site.book.check_ins("sanne") == []


def test_what_was_checked_in_before_the_turn_stays_behind_a_late_form(site: Served) -> None:
    site.fill("sanne", number__sanne_opgelost="8", number__sanne_open="2")
    page = site.get("sanne")
    hosting = begin(site)
    assert site.book.check_ins("sanne") == []
    assert site.fill("sanne", page, number__sanne_open="1").status == 200
    hosting.adopt(hosting.look())
    turn = hosting.round.speaking
    assert turn is not None
    assert turn.hidden is not None
    assert [(e.kpi, e.actual) for e in turn.hidden.entries] == [
        ("sanne-opgelost", Decimal(8)),
        ("sanne-open", Decimal(1)),
    ]


def test_a_late_form_that_is_sent_twice_is_one(site: Served) -> None:
    page = site.get("sanne")
    hosting = begin(site)
    hidden = []
    for _ in range(2):
        assert site.fill("sanne", page, **ALL).status == 200
        hosting.adopt(hosting.look())
        hosting.save()
        assert site.book.check_ins("sanne") == []
        hidden.append(hosting.round.huddle.turns[0].hidden)
    assert hidden[0] == hidden[1]
    assert hidden[0] is not None


def test_what_is_no_number_is_kept_and_said_in_a_late_form_too(site: Served) -> None:
    page = site.get("sanne")
    begin(site)
    sent = site.fill("sanne", page, number__sanne_open="twee")
    assert "twee is not a number" in sent.text
    assert stored(site).entry("sanne-open").typed == "twee"


def test_what_comes_after_the_turn_is_kept_and_listed_with_the_next_check_in(site: Served) -> None:
    page = site.get("sanne")
    hosting = begin(site)
    for text in ("8", "2", "25", "12.500", ""):
        hosting.say(text)
    hosting.save()
    sent = site.fill("sanne", page, number__sanne_opgelost="9")
    assert sent.status == 200
    assert "Your turn of maandag 23 november is over" in sent.text
    assert "Never read out, for the huddle of maandag 23 november: Klachten opgelost 9." in sent.text
    assert [(e.kpi, e.actual) for e in stored(site).entries] == [("sanne-opgelost", Decimal(9))]
    hosting.adopt(hosting.look())
    assert hosting.round.huddle.turns[0].readings[0].actual == Decimal(8)


def test_an_old_form_before_ones_own_turn_is_taken(site: Served) -> None:
    page = site.get("fatima")
    hosting = begin(site)
    assert site.fill("fatima", page, number__fatima_opgelost="8").status == 303
    hosting.adopt(hosting.look())
    assert hosting.check_ins["fatima"].entry("fatima-opgelost").actual == Decimal(8)


def test_a_form_of_a_huddle_that_is_over_is_kept_and_says_what_became_of_it(site: Served) -> None:
    page = site.get("sanne")
    site.time.seconds += 24 * 3600
    sent = site.fill("sanne", page, number__sanne_opgelost="8")
    assert sent.status == 200
    assert "The huddle of maandag 23 november is over" in sent.text
    assert "Never read out, for the huddle of maandag 23 november: Klachten opgelost 8." in sent.text
    assert stored(site).entry("sanne-opgelost").actual == Decimal(8)
    assert sent.form.values["day"] == "2026-11-24"
    assert sent.form.values["number.sanne-opgelost"] == ""


@pytest.mark.parametrize("day", ["", "nonsense", "2099-01-01", "0001-01-01"])
def test_a_form_for_no_day_of_ours_makes_no_check_in_for_it(site: Served, day: str) -> None:
    fields = site.get("sanne").form.values | {"day": day, "number.sanne-opgelost": "8"}
    assert site.send("sanne", fields).status == (409 if day.startswith("0") else 303)
    assert {c.huddle_day.year for c in site.book.check_ins("sanne")} <= {2026}


# The book


def test_a_disk_that_cannot_be_written_keeps_what_was_typed_in_the_form(
    site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise HuddleError("The disk is full.")

    page = site.get("sanne")
    with monkeypatch.context() as patch:
        patch.setattr(TinyBook, "change_check_in", full)
        sent = site.fill("sanne", page, number__sanne_opgelost="8", stuck="De printer")
    assert sent.status == 503
    assert "The disk is full." in sent.text
    assert (sent.form.values["number.sanne-opgelost"], sent.form.values["stuck."]) == ("8", "De printer")
    assert site.fill("sanne", sent).status == 303
    assert stored(site).entry("sanne-opgelost").actual == Decimal(8)
    assert stored(site).stuck == "De printer"


def test_a_team_that_was_changed_meanwhile_is_seen_at_once(site: Served) -> None:
    assert "promised at least 8" in site.get("sanne").text
    site.edit(lambda t: replace(t, kpis=tuple(replace(k, promise=Decimal(9)) for k in t.kpis)))
    assert "promised at least 9" in site.get("sanne").text


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("nl", "nl"), ("nl-BE,nl;q=0.9,en;q=0.8", "nl"), ("fr, en;q=0.4, nl;q=0.6", "nl"), ("de", "nl"), ("", "nl"),
        ("en-GB", "en"), ("fr;q=0.9,EN;q=0.2", "en"), ("nl;q=0, en;q=0.1", "en"), ("nl;q=x,en", "en"), ("*", "nl"),
    ],
)  # fmt: skip
def test_pages_speak_the_language_of_their_reader_else_the_teams(site: Served, asked: str, spoken: str) -> None:
    """Whatever the server speaks; the team is Dutch."""
    page = site.get("sanne", Accept_Language=asked)
    assert f'<html lang="{spoken}">' in page.text
    assert {"nl": "beloofd minstens 8", "en": "promised at least 8"}[spoken] in page.text
    assert page.headers["vary"] == "Accept-Language"


def test_two_readers_of_one_page_each_read_their_own_language(site: Served) -> None:
    for _ in range(2):
        assert "Scorekaart" in site.get("sanne", "scorecard", Accept_Language="nl").text
        assert "Scorecard" in site.get("sanne", "scorecard", Accept_Language="en").text
    refused = site.send("sanne", site.get("sanne").form.values | {"number.sanne-open": "x"}, Accept_Language="nl")
    assert "x is geen getal" in refused.text
    assert "Deze link werkt niet" in site.ask("GET", "/i/AAAA/", headers={"Accept-Language": "nl"}).text
    assert i18n.language() == "en"


def test_what_a_total_still_needs_stands_beside_it_before_its_owner_promises_anew() -> None:
    i18n.use("en", "nl")
    team = small_team()
    book = MemoryBook(team, steady_weeks(team, "sanne-bezoek", date(2026, 11, 24), [5] * 16))
    checking_in = CheckingIn(book, FakeTime(date(2026, 11, 25)), "sanne")
    assert "needed from now" not in form_page(checking_in, Told()).decode()
    checking_in.commit("sanne-bezoek", "8")
    page = form_page(checking_in, Told()).decode()
    assert "5,7 a day needed from now, 4 a day so far · 1 day behind · 1 in 10 that it will be kept" in page
    assert "From now on, count on me for:" in page
