"""Who may ask, what is answered, and what never goes over the line: each asked of a running server."""

from __future__ import annotations

import hashlib
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities import links
from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.web import server
from huddle_tui.web.serving import Wish
from tests.kit.fakes import MONDAY, small_team
from tests.kit.served import Page, Served, begin, served

PLACES = ("", "numbers", "huddles", "huddles/2026-11-23", "scorecard")
TRACES = ("4711", "4.711", "geheim plan", "geheime printer", "4712", "4.712")
"""What somebody else checked in, as it might show."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    i18n.use("en", "nl")
    with served(tmp_path) as running:
        yield running


def secret(person: str) -> CheckIn:
    entries = (
        Entry(f"{person}-open", "4711", True, Decimal(4711), "geheim plan", "4712", Decimal(4712)),
        Entry(f"{person}-opgelost", "4711", True, Decimal(4711)),
    )
    return CheckIn(person, MONDAY, entries, stuck="geheime printer", by=person, closed=True)


def files(site: Served) -> dict[str, bytes]:
    """Every file of the book, to the byte."""
    root = Path(site.book.root)  # type: ignore[attr-defined]
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


# Whose link it is


@pytest.mark.parametrize("place", [*PLACES, "nonsense", "huddles/", "../", "numbers/x"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_an_unknown_link_is_404_whatever_follows_it(site: Served, method: str, place: str) -> None:
    page = site.ask(method, f"/i/{links.new_token()}/{place}")
    assert page.status == 404
    assert "Sanne" not in page.text


def test_a_renewed_and_a_revoked_link_stop_at_once(site: Served) -> None:
    old = site.tokens["sanne"]
    assert site.get("sanne").status == 200
    site.tokens["sanne"] = links.new_token()
    site.edit(lambda team: links.linked(team, "sanne", site.tokens["sanne"]))
    assert site.ask("GET", f"/i/{old}/").status == 404
    assert site.get("sanne").status == 200
    site.edit(lambda team: links.linked(team, "sanne", None))
    assert site.get("sanne").status == 404
    assert site.send("sanne", {"number.sanne-open": "1"}).status == 404
    assert site.book.check_ins("sanne") == []


def test_who_left_the_team_is_out(site: Served) -> None:
    site.edit(lambda team: replace(team, people=tuple(replace(p, left_on=MONDAY) for p in team.people)))
    assert site.get("sanne").status == 404


def test_without_a_link_one_sentence_says_how_to_get_one(site: Served) -> None:
    page = site.ask("GET", "/")
    assert page.status == 200
    assert (
        "Ask the person who runs the huddle for your personal link: <code>huddle links</code> makes one." in page.text
    )
    assert site.tokens["sanne"] not in page.text
    assert "Voorbeeld" not in page.text


def test_a_wrong_link_is_slowed_down_and_a_right_one_is_not(site: Served) -> None:
    def wrong(_: int) -> float:
        start = time.perf_counter()
        assert site.ask("GET", f"/i/{links.new_token()}/").status == 404
        return time.perf_counter() - start

    with ThreadPoolExecutor(60) as guesses:
        waited = guesses.map(wrong, range(60))
        start = time.perf_counter()
        assert site.get("sanne").status == 200
        right = time.perf_counter() - start
        slowest = max(waited)
    assert slowest > 0.9
    assert right < slowest / 2


# Another's number


def test_nobody_writes_another_number(site: Served) -> None:
    mine = site.get("sanne").form.values | {"number.fatima-opgelost": "1", "number.sanne-opgelost": "8"}
    sent = site.send("sanne", mine)
    assert "Klachten opgelost is not yours to report (any more): 1 was not kept." in sent.text
    assert site.book.check_ins("fatima") == []
    assert [e.kpi for e in site.book.check_ins("sanne")[0].entries] == ["sanne-opgelost"]


def test_what_is_not_yet_said_is_on_no_page_of_anybody_else(site: Served) -> None:
    for person in ("sanne", "fatima"):
        site.book.change_check_in(person, MONDAY, lambda _, person=person: secret(person))  # type: ignore[misc]
    pages = [site.get("josé", place) for place in PLACES]
    hosting = begin(site)  # sanne's turn takes hers over
    pages += [site.get("josé", place) for place in PLACES]
    pages += [site.fill("josé", **{"number__josé_open": "abc"}), site.send("josé", {"number.sanne-open": "4"})]
    pages += [site.ask("GET", site.path("josé", "huddles/2026-11-24")), site.ask("GET", "/i/x/"), site.ask("GET", "/")]
    for page in pages:
        assert [trace for trace in TRACES if trace in page.whole] == []
    assert "4711" in site.get("fatima").text  # a control: it is on its owner's own
    hosting.do(lambda r: r.say(Decimal(4711), site.time.monotonic()))
    hosting.save()
    assert "4.711" in site.get("josé", "huddles/2026-11-23").text  # and on everybody's, once it was said
    hosting.release()


# Requests from elsewhere


def test_reading_changes_nothing(site: Served) -> None:
    site.get("sanne")
    before = files(site)
    for place in PLACES:
        for method in ("GET", "HEAD"):
            site.ask(method, site.path("sanne", place) + "?number.sanne-open=3&saved&before=2026-01-01")
    assert files(site) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused(site: Served, headers: dict[str, str]) -> None:
    fields = site.get("sanne").form.values | {"number.sanne-open": "1"}
    assert site.send("sanne", fields, **headers).status == 403
    assert site.book.check_ins("sanne") == []


def test_a_link_in_a_mail_or_a_chat_opens(site: Served) -> None:
    assert site.get("sanne", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8907", "127.0.0.1.evil.example", "", "a/b", "[::1"])
def test_another_name_is_refused(site: Served, host: str) -> None:
    assert site.get("sanne", Host=host).status == 400


def test_the_address_it_listens_on_is_its_name_through_any_port(site: Served) -> None:
    for host in ("127.0.0.1", f"127.0.0.1:{site.port}", "localhost:9000", "LOCALHOST"):
        assert site.get("sanne", Host=host).status == 200, host


@pytest.mark.parametrize("request_line", [b"GET %s HTTP/1.0\r\n\r\n", b"GET %s HTTP/1.1\r\nConnection: close\r\n\r\n"])
def test_a_request_without_a_name_is_refused(site: Served, request_line: bytes) -> None:
    answer = site.raw(request_line % site.path("sanne").encode())
    assert answer.split(b" ", 2)[1] == b"400"
    assert b"Sanne" not in answer


# Requests out of measure


def test_a_form_over_64_kb_is_refused_however_it_comes(site: Served) -> None:
    large = {"stuck.": "x" * 70_000}
    assert site.send("sanne", large).status == 413
    body = b"%x\r\n" % 70_000 + b"stuck.=" + b"x" * 69_993 + b"\r\n0\r\n\r\n"
    answer = site.raw(
        b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" % site.path("sanne").encode() + body
    )
    assert answer.split(b" ", 2)[1] == b"413"
    assert site.book.check_ins("sanne") == []


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", "", "text/plain"]
)
def test_only_a_form_is_taken(site: Served, kind: str) -> None:
    assert site.send("sanne", {"number.sanne-open": "1"}, Content_Type=kind).status == 415
    assert site.book.check_ins("sanne") == []


def test_a_form_that_does_not_arrive_is_given_up(site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as line:
        line.sendall(
            b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 1000\r\n\r\nnumber.sanne-open=1" % site.path("sanne").encode()
        )
        assert line.recv(65536).split(b" ", 2)[1] == b"408"
    assert site.book.check_ins("sanne") == []


def test_clients_that_send_nothing_keep_nobody_out(site: Served) -> None:
    silent = [socket.create_connection(("127.0.0.1", site.port), timeout=30) for _ in range(200)]
    try:
        for line in silent[::2]:
            line.sendall(b"GET /i/")
        assert site.get("sanne").status == 200
    finally:
        for line in silent:
            line.close()


@pytest.mark.parametrize("sent", [b"", b"GET /i/", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"], ids=str)
def test_a_line_on_which_nothing_more_comes_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.1)
    with served(tmp_path) as site:
        site.raw(sent)  # comes back once it is closed


def test_two_hundred_clients_at_once_are_all_answered(site: Served) -> None:
    ready = threading.Barrier(200)

    def ask(n: int) -> int:
        ready.wait()
        person = ("sanne", "josé", "fatima")[n % 3]
        return site.get(person, PLACES[n % 2]).status if n % 4 else site.fill(person).status

    with ThreadPoolExecutor(200) as clients:
        answers = list(clients.map(ask, range(200)))
    assert set(answers) == {200, 303}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(site: Served, method: str) -> None:
    page = site.ask(method, site.path("sanne"))
    assert (page.status, page.headers["allow"]) == (405, "GET, POST")
    page = site.ask("POST", site.path("sanne", "numbers"))
    assert (page.status, page.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "path",
    ["/i/%s/../../etc/passwd", "/i/%s/%%2e%%2e/", "/i/%s//", "/i/%s/numbers/", "/i/%s/numbers%%00", "/i/%s/%%0d%%0aX:1",
     "//i/%s/", "/I/%s/", "/i/%s/huddles/2026-11-23/..", "/i/%s;x/", "/../i/%s/x", "/i/%s/style.css"],
)  # fmt: skip
def test_tricks_with_paths_lead_nowhere(site: Served, path: str) -> None:
    page = site.ask("GET", path % site.tokens["sanne"])
    assert page.status == 404
    assert "Klachten" not in page.text
    assert site.tokens["sanne"] not in page.whole


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"GET /i/" + b"x" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["tls", "half", "http 9", "long"],
)
def test_what_is_no_http_is_answered_without_repeating_it(site: Served, request_bytes: bytes) -> None:
    answer = site.raw(request_bytes)
    assert answer.split(b" ", 2)[1] == b"400"
    assert b"xxx" not in answer
    assert b"Traceback" not in answer


# What goes with every answer


def answers(site: Served) -> list[Page]:
    """Answers of every kind."""
    return [
        *(site.get("sanne", place) for place in PLACES),
        *(site.fill("sanne", number__sanne_open=text) for text in ("1", "abc")),
        site.ask("GET", "/"), site.ask("GET", "/i/x/"), site.ask("GET", "/nothing"), site.ask("GET", "/style.css"),
        site.ask("GET", "/flag.svg"), site.ask("PUT", site.path("sanne")), site.get("sanne", Host="evil.example"),
        site.send("sanne", {}, Origin="null"), site.send("sanne", {}, Content_Type="text/plain"),
        site.ask("GET", f"/i/{site.tokens['sanne']}"), site.send("sanne", {"stuck.": "x" * 70_000}),
    ]  # fmt: skip


def test_every_answer_has_the_headers_that_keep_a_link_in(site: Served) -> None:
    for page in answers(site):
        for name, value in server.HEADERS.items():
            if name != "Cache-Control":
                assert page.headers[name.casefold()] == value
        kept = page.headers["cache-control"]
        assert kept == (
            "max-age=300" if page.headers["content-type"].startswith(("text/css", "image/")) else "no-store"
        )
    policy = server.HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy
    assert server.HEADERS["Referrer-Policy"] == "same-origin"


def test_no_page_needs_what_its_policy_forbids(site: Served) -> None:
    for page in answers(site):
        if page.headers["content-type"].startswith("text/html"):
            assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|https?://", page.text)


def test_every_address_is_relative(site: Served) -> None:
    for page in answers(site):
        found = [*re.findall(r'(?:href|src|action)="([^"]*)"', page.text), page.headers.get("location", "")]
        assert [each for each in found if each.startswith("/") or "://" in each or (site.tokens["sanne"] + "/" in each
                and page.status != 308)] == []  # fmt: skip


def test_names_that_are_html_are_names(tmp_path: Path) -> None:
    nasty = '"><script>alert(1)</script><b>&amp;\u202e{0}{name}%s'
    team = small_team()
    team = replace(
        team, name=nasty, people=tuple(replace(p, name=f"{p.id} {nasty}", role=nasty) for p in team.people),
        kpis=tuple(replace(k, name=f"{k.id} {nasty}", unit="<i>") for k in team.kpis),
    )  # fmt: skip
    with served(tmp_path, team) as site:
        site.fill("sanne", number__sanne_open=nasty, stuck=nasty)
        begin(site).release()
        for person in ("sanne", "josé"):
            for place in PLACES:
                page = site.get(person, place)
                assert page.status == 200
                assert not re.search(r"<(script|b|i)>[^<]*alert|<script|<i>|\u202e", page.text)
                assert "&lt;script&gt;" in page.text


def test_nothing_of_anybody_is_told_or_logged(
    site: Served, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    answers(site)
    site.raw(b"GET /i/" + site.tokens["sanne"].encode() * 500 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    told = "".join([*site.said, *capfd.readouterr(), caplog.text])
    assert told == ""


def test_an_error_of_the_program_is_told_without_values_and_the_page_says_so(
    site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(site.tokens["sanne"])

    monkeypatch.setattr("huddle_tui.web.site.form_page", broken)
    page = site.get("sanne")
    assert page.status == 500
    assert site.tokens["sanne"] not in page.whole
    assert "Traceback" not in page.text
    assert site.said == [repr(ValueError(site.tokens["sanne"]))]  # handed to the crash log, which writes no message


def test_who_runs_it_is_told_in_their_own_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in that of the reader whose page went wrong."""
    spoken: list[str] = []
    with served(tmp_path, tell=lambda _: spoken.append(i18n.language())) as site:
        monkeypatch.setattr("huddle_tui.web.site.form_page", None)
        page = site.get("sanne", Accept_Language="nl")
    assert "Dat ging mis" in page.text
    assert spoken == ["en"]


def test_what_the_book_says_is_told_without_its_words(site: Served) -> None:
    root = Path(site.book.root)  # type: ignore[attr-defined]
    site.fill("sanne", number__sanne_open="1")
    file = root / "checkins" / "sanne.json"
    file.write_bytes(b"half a fi")
    site.get("sanne")
    assert "sanne" not in "".join(site.said)


def test_the_style_sheet_is_one_file_that_needs_no_other(site: Served) -> None:
    sheet = site.ask("GET", "/style.css")
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert not re.search(r"url\(|@import", sheet.text)
    assert (
        hashlib.sha256(sheet.body).digest()
        == hashlib.sha256((Path(server.__file__).parent / "style.css").read_bytes()).digest()
    )


def test_it_is_served_over_https_and_over_ipv6(tmp_path: Path) -> None:
    """With a certificate made here, which its client trusts alone."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("NO OPENSSL HERE: that pages are served over https is not tested")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
         "-subj", "/CN=huddle", "-addext", "subjectAltName=IP:::1"], check=True, capture_output=True,
    )  # fmt: skip
    with served(tmp_path, wish=Wish("::1", 0, cert=str(cert), key=str(key))) as site:
        assert site.serving.address == f"https://[::1]:{site.port}/"
        trust = ssl.create_default_context(cafile=str(cert))
        connection = HTTPSConnection("::1", site.port, context=trust, timeout=30)
        connection.request("GET", site.path("sanne"))
        assert connection.getresponse().status == 200
        connection.close()


def test_behind_a_proxy_its_own_name_and_origin_count(tmp_path: Path) -> None:
    with served(tmp_path, wish=Wish(port=0, url="https://huddle.example.org/team/")) as site:
        assert site.serving.url == "https://huddle.example.org/team/"
        public = {"Origin": "https://huddle.example.org", "Host": "huddle.example.org"}
        fields = site.get("sanne").form.values | {"number.sanne-open": "1"}
        assert site.send("sanne", fields, **public).status == 303
        assert site.send("sanne", fields, **public | {"Origin": "http://huddle.example.org"}).status == 403
        assert site.send("sanne", fields, **public | {"Origin": "https://huddle.example.org.evil"}).status == 403
        assert site.send("sanne", fields, **public | {"Host": "127.0.0.1"}).status == 303
