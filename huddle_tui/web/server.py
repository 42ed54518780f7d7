"""The HTTP server around the pages: who may ask, how much and how long, and what goes with every answer."""

import asyncio
import logging
import re
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from functools import partial
from pathlib import Path
from typing import Final, ParamSpec, TypeVar
from urllib.parse import parse_qsl

from aiohttp import web

from huddle_tui import i18n
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.i18n import _, say
from huddle_tui.web.addresses import is_own_name, origin_of
from huddle_tui.web.frame import language_of, plain
from huddle_tui.web.site import PAGES, Answer, Site

MOST: Final = 64 * 1024
"""Bytes that a form may have."""
PATIENCE: Final = 10.0
"""Seconds in which a request has to be there whole; an idle connection is closed after three times as many."""
SLOWEST: Final = 2.0
"""Seconds that a wrong link waits at most for its answer. A right one never waits."""
_WAITING: Final = 250
"""So many wrong links wait at once; more are sent away."""

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with no-referrer the page's own form would come from nowhere
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "huddle",
    "Vary": "Accept-Language",
}
"""What goes with every answer."""

_LINK: Final = re.compile(r"/i/([A-Za-z0-9_-]+)(/(.*))?", re.DOTALL)
_FILES: Final = {"/style.css": "text/css", "/flag.svg": "image/svg+xml"}
_HERE: Final = Path(__file__).parent

_SILENT: Final = logging.Logger("huddle_tui.web")  # what goes wrong in a connection would be told with its address
_SILENT.addHandler(logging.NullHandler())


P = ParamSpec("P")
T = TypeVar("T")


class Server:
    """Answers requests for the pages of one book. Made and used in one event loop."""

    def __init__(self, site: Site, tell: Callable[[Sentence | BaseException], None]) -> None:
        """`tell` takes what the book says, and errors of the program."""
        self.named = ""
        """The address that links begin with: its name is ours too."""
        self._site = site
        self._tell: Callable[[Sentence | BaseException], None] = lambda what: Context().run(tell, what)
        """In the program's own language, whatever the reader's is."""
        self._thread = ThreadPoolExecutor(1, "huddle-book")
        self._files = {place: (_HERE / place[1:]).read_bytes() for place in _FILES}
        self._wrong = 0
        self._waiting = 0
        self._runner: web.ServerRunner | None = None

    async def start(self, host: str, port: int, secure: ssl.SSLContext | None = None) -> int:
        """Listens there, port 0 is any free one; gives back the port. Raises OSError where it cannot listen."""
        self._runner = web.ServerRunner(
            _Listener(self._answer, access_log=None, logger=_SILENT, keepalive_timeout=3 * PATIENCE, lingering_time=1.0)
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, ssl_context=secure, backlog=512).start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stops listening; what is being saved is saved first."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._thread.shutdown(wait=True)

    # A request

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        with i18n.speaking(_language(request) or i18n.language(), i18n.locale()):
            return await self._page(request)

    async def _page(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if (refused := self._refused(request)) is not None:
            return refused
        reads = request.method in {"GET", "HEAD"}
        if path in self._files:
            lasting = {"Cache-Control": "max-age=300"}
            return _response(200, self._files[path], lasting, _FILES[path]) if reads else _only_read(request)
        if path == "/":
            return _plain(request, 200, "huddle", how()) if reads else _only_read(request)
        found = _LINK.fullmatch(path)
        if found is None:
            return _nothing_here(request)
        try:
            return await self._linked(request, found[1], found[2], found[3] or "")
        except HuddleError as error:
            return _plain(request, 503, _("The book cannot be read now"), say(error.sentence))
        except TimeoutError:
            return _plain(request, 408, _("Too slow"), _("The form did not arrive in time: send it again."))
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception as error:
            self._tell(error)
            text = _("The program failed here, and wrote down where. Go back: what you typed is still in your browser.")
            return _plain(request, 500, _("That went wrong"), text)

    async def _linked(self, request: web.BaseRequest, token: str, slash: str | None, place: str) -> web.StreamResponse:
        """A request under a link: first whether it is one, whatever follows."""
        reads = request.method in {"GET", "HEAD"}
        if slash is not None and PAGES.fullmatch(place) and reads:
            asked = token, place, request.query, _language(request)
            page = self._site.kept(*asked) or await self._in_thread(self._site.get, *asked)
            return await self._slowly(request) if page is None else _answered(page)
        if await self._in_thread(self._site.owner, token) is None:
            return await self._slowly(request)
        if slash is None and reads:
            return _answered(Answer(308, location=f"{token}/"))
        if slash is None or not PAGES.fullmatch(place):
            return _nothing_here(request)
        if request.method == "POST" and not place:
            return await self._posted(request, token)
        return _only_read(request, "GET" if place else "GET, POST")

    async def _posted(self, request: web.BaseRequest, token: str) -> web.StreamResponse:
        if request.content_type != "application/x-www-form-urlencoded":
            return _plain(request, 415, _("Not a form"), _("Only the form of the page itself is taken."))
        if (request.content_length or 0) > MOST:
            return _too_large(request)
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _body(request)
        except ValueError:
            return _too_large(request)
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        answer = await self._in_thread(self._site.post, token, fields, _language(request))
        return await self._slowly(request) if answer is None else _answered(answer)

    async def _in_thread(self, job: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """The book's own thread: reading and saving block."""
        done = await asyncio.get_running_loop().run_in_executor(self._thread, partial(job, *arguments, **named))
        for notice in self._site.take_told():
            self._tell(notice)
        return done

    # Who may ask

    def _refused(self, request: web.BaseRequest) -> web.Response | None:
        """The answer to who has no business here: another name than ours, a form of another site's."""
        host = request.headers.get("Host", "")
        if not is_own_name(host, self.named, _local(request)):
            text = _("This server does not go by that name: start it with --url and the address that you use.")
            return _plain(request, 400, _("Another name"), text)
        if request.method not in {"GET", "HEAD"} and not self._own_form(request, host):
            return _plain(request, 403, _("A form from elsewhere"), _("Only the form of the page itself is taken."))
        return None

    def _own_form(self, request: web.BaseRequest, host: str) -> bool:
        """Whether a form comes from a page of ours; a browser always says so, and no page of another can forge it."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return False
        origin = request.headers.get("Origin")
        ours = origin_of(self.named)
        here = ours if ours.endswith(f"://{host}") else f"{request.scheme}://{host}"
        return origin is None or origin in {here, ours}

    async def _slowly(self, request: web.BaseRequest) -> web.Response:
        """A wrong link: the more of them lately, the longer each waits. Right ones are never kept waiting."""
        if self._waiting >= _WAITING:
            return _response(429, b"", {"Retry-After": "10"})
        self._wrong += 1
        self._waiting += 1
        try:
            await asyncio.sleep(min(SLOWEST, 0.02 * self._wrong))
        finally:
            self._waiting -= 1
            asyncio.get_running_loop().call_later(60, self._forget)
        why = _("It is unknown, or it was renewed or revoked.")
        return _plain(request, 404, _("This link does not work"), why, how())

    def _forget(self) -> None:
        self._wrong -= 1


class _Connection(web.RequestHandler):
    """A connection that answers what is no HTTP without repeating any of it."""

    __slots__ = ()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        answer = _response(status, b"")
        answer.force_close()
        return answer


class _Listener(web.Server):
    """Makes our connections."""

    def __call__(self) -> _Connection:
        return _Connection(self, loop=self._loop, **self._kwargs)


def _language(request: web.BaseRequest) -> str:
    """The language that its reader asks for; empty where it is none of ours."""
    return language_of(request.headers.get("Accept-Language", ""))


async def _body(request: web.BaseRequest) -> bytes:
    """The body of a request; raises ValueError once it is too large."""
    found = bytearray()
    async for piece in request.content.iter_any():
        found += piece
        if len(found) > MOST:
            raise ValueError
    return bytes(found)


def _local(request: web.BaseRequest) -> str:
    """The address of this machine that the request came to."""
    name = request.transport.get_extra_info("sockname") if request.transport else None
    return str(name[0]) if name else ""


def _plain(request: web.BaseRequest, status: int, title: str, *sentences: str) -> web.Response:
    """A page that is nobody's; the way to its style sheet is counted from the address that was asked."""
    path = request.raw_path.partition("?")[0]
    return _response(status, plain(title, sentences, "../" * (path.count("/") - 1)))


def how() -> str:
    """How to get a link."""
    return _("Ask the person who runs the huddle for your personal link: `huddle links` makes one.")


def _nothing_here(request: web.BaseRequest) -> web.Response:
    return _plain(request, 404, _("There is nothing here"), how())


def _only_read(request: web.BaseRequest, methods: str = "GET") -> web.Response:
    refused = _plain(request, 405, _("That does not go here"), _("This page can only be read."))
    refused.headers["Allow"] = methods
    return refused


def _too_large(request: web.BaseRequest) -> web.Response:
    refused = _plain(request, 413, _("Too much"), _("A check-in is smaller than that: go back and make it shorter."))
    refused.force_close()
    return refused


def _answered(answer: Answer) -> web.Response:
    return _response(answer.status, answer.body, {"Location": answer.location} if answer.location else {})


def _response(
    status: int, body: bytes, headers: Mapping[str, str] | None = None, kind: str = "text/html"
) -> web.Response:
    charset, all_headers = "utf-8" if kind.startswith("text/") else None, {**HEADERS, **(headers or {})}
    return web.Response(status=status, body=body, headers=all_headers, content_type=kind, charset=charset)
