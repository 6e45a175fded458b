"""One polite session with the services: few questions a second, patient, and none asked twice.

Sources: Crossref, *REST API: best practice and request limits* (keep answers, send ``mailto`` and a
``User-Agent``, wait after 429); OpenAlex, *Authentication & Pricing* and *Errors*. RFC 9110, 10.2.3
(``Retry-After``).
"""

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, Final, Self

import requests
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import (
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    ReadTimeoutError,
    ResponseError,
)
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from belegt import __version__
from belegt.exchange.questions import Request
from belegt.exchange.settings import Access
from belegt.store.cache import find_cache_folder

#: Far below what either service allows anybody (Crossref, OpenAlex: tens a second).
MOST_PER_SECOND: Final = 2
#: Seconds to wait for a connection, and for the next piece of an answer.
TIMEOUT: Final = (5, 15)
#: Seconds a whole answer may take, and bytes it may have.
LONGEST_ANSWER: Final = 60
MOST_BYTES: Final = 8_000_000
#: A service that asks for a longer pause than this many seconds is left alone for this run.
LONGEST_PAUSE: Final = 20
#: How long an answer is kept: a retraction must not stay unseen for long.
KEPT_FOR: Final = timedelta(days=7)
_PIECE: Final = 64 * 1024
_PASSING: Final = (429, 500, 502, 503, 504)
_REFUSED: Final = (401, 403)
# What names the user is neither part of the question nor kept with the answer.
_PRIVATE: Final = ("mailto", "api_key", "User-Agent")


class ServiceError(Exception):
    """A service did not give a usable answer.

    Attributes:
        service: Its name.
        kind: Why not; a word such as ``offline`` or ``busy``.
        status: The HTTP status, 0 when there was none.
    """

    def __init__(self, service: str, kind: str, status: int = 0) -> None:
        """Say which service, and what went wrong."""
        super().__init__(f"{service}: {kind} {status or ''}".strip())
        self.service = service
        self.kind = kind
        self.status = status

    @property
    def is_final(self) -> bool:
        """Whether asking this service again in this run would be of no use."""
        return self.kind not in {"answer", "size", "status"} or self.status >= 500


class Pace:
    """At most so many steps a second."""

    def __init__(
        self, most_per_second: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        """Take the clock and the way to sleep from outside, so that a test need not wait."""
        self._interval = 1 / most_per_second
        self._clock = clock
        self._sleep = sleep
        self._next = clock()

    def wait(self) -> None:
        """Wait until the next step may be taken."""
        pause = self._next - self._clock()
        if pause > 0:
            self._sleep(pause)
        self._next = max(self._next, self._clock()) + self._interval


class _Patience(Retry):
    """Tries again as the service asks (``Retry-After``), unless it asks for too long a pause."""

    def parse_retry_after(self, retry_after: str) -> float:
        """Return the seconds a service asks to wait; 0 when what it says is no time."""
        try:
            return super().parse_retry_after(retry_after)
        except InvalidHeader:
            return 0

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait as long as a busy service asks, else longer each time.

        urllib3 makes no pause before the first further try. Where there was no answer at all, that
        is right: a connection that broke is tried again at once.
        """
        if response is None or self.get_retry_after(response):
            super().sleep(response)
        else:
            time.sleep(self.backoff_factor * 2 ** (len(self.history) - 1))

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """Count one try; give up at once where waiting would take too long."""
        if response is not None and (self.get_retry_after(response) or 0) > LONGEST_PAUSE:
            reason = ResponseError("the service asks for a long pause")
            raise MaxRetryError(_pool, url, reason)  # type: ignore[arg-type]  # as urllib3 does
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Adapter(HTTPAdapter):
    """Sends at the pace, and stops reading what is too long or takes too long."""

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self._pace = pace
        self._clock = clock
        patience = _Patience(
            total=4,
            connect=1,
            read=False,
            status=3,
            status_forcelist=_PASSING,
            backoff_factor=1,
            raise_on_status=False,
        )
        super().__init__(max_retries=patience)

    def send(  # type: ignore[override]  # the options go through as they are
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        """Send a request and read its answer, within the limits."""
        self._pace.wait()
        started = self._clock()
        response = super().send(request, **{**options, "stream": True})
        try:
            body = self._read(response, started)
        except BaseException:
            response.close()
            raise
        # What requests itself does when it reads a whole answer (Response.content).
        response._content = body
        response._content_consumed = True  # type: ignore[attr-defined]
        response.raw.release_conn()
        return response

    def _read(self, response: requests.Response, started: float) -> bytes:
        pieces, size = [], 0
        while piece := response.raw.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise _TooLongError
            if self._clock() - started > LONGEST_ANSWER:
                raise requests.ReadTimeout
        return b"".join(pieces)


class _TooLongError(requests.RequestException):
    """An answer has too many bytes."""


class Services:
    """A session with all services; use it in a ``with`` statement."""

    def __init__(
        self,
        access: Access,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open the session; nothing is sent before ``ask``."""
        self._access = access
        self._session = _open_session()
        self._session.headers.update(
            {
                "User-Agent": f"belegt/{__version__} (mailto:{access.contact})",
                "Accept": "application/json",
            }
        )
        adapter = _Adapter(Pace(MOST_PER_SECOND, clock, sleep), clock)
        # There is no way to any other address: a redirect to one is not followed.
        self._session.adapters.clear()
        for address in access.addresses.values():
            self._session.mount(f"{address}/", adapter)

    def __enter__(self) -> Self:
        """Return the session."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close connections and cache."""
        self._session.close()  # type: ignore[no-untyped-call]  # requests-cache's omission

    def ask(self, service: str, request: Request) -> object | None:
        """Ask a service, or take the answer it gave less than ``KEPT_FOR`` ago.

        Args:
            service: ``"crossref"`` or ``"openalex"``.
            request: What to ask.

        Returns:
            The parsed JSON of the answer; None when the service says that it knows no such work.

        Raises:
            ServiceError: When there is no usable answer.
        """
        parameters = {**dict(request.parameters), "mailto": self._access.contact}
        if service == "openalex" and self._access.key:
            parameters["api_key"] = self._access.key
        address = self._access.addresses[service] + request.path
        response = self._send(service, address, parameters)
        status = response.status_code
        if status == 404 and request.is_lookup:
            return None
        if status != 200:
            kind = "busy" if status == 429 else "refused" if status in _REFUSED else "status"
            raise ServiceError(service, kind, status)
        try:
            answer: object = json.loads(response.content)
        except (ValueError, RecursionError) as error:
            raise ServiceError(service, "answer") from error
        return answer

    def _send(self, service: str, address: str, parameters: Mapping[str, str]) -> requests.Response:
        try:
            try:
                return self._session.get(address, params=parameters, timeout=TIMEOUT)
            except sqlite3.Error:  # a full disk, a damaged file: ask without the cache
                with self._session.cache_disabled():
                    return self._session.get(address, params=parameters, timeout=TIMEOUT)
        except _TooLongError as error:
            raise ServiceError(service, "size") from error
        except (requests.Timeout, ReadTimeoutError) as error:
            raise ServiceError(service, "timeout") from error
        except requests.exceptions.SSLError as error:
            raise ServiceError(service, "certificate") from error
        except requests.ConnectionError as error:
            raise ServiceError(service, "offline") from error
        except (requests.RequestException, HTTPError, ValueError) as error:
            raise ServiceError(service, "answer") from error


def _open_session() -> CachedSession:
    """Open a session whose answers are kept in the user's cache folder, as JSON.

    The folder is the one of ``store.cache``, never the knowledge base; JSON, because loading a
    pickle could run code (decision 7). Where nothing can be written, answers are kept for this run.
    """
    options: dict[str, Any] = {
        "serializer": "json",
        "expire_after": KEPT_FOR,
        "allowable_codes": (200, 404),
        "ignored_parameters": _PRIVATE,
        "filter_fn": _is_readable,
    }
    try:
        folder = find_cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        session = CachedSession(str(folder / "services.sqlite"), backend="sqlite", **options)
        session.cache.delete(expired=True)
    except (OSError, sqlite3.Error):
        return CachedSession(backend="memory", **options)
    return session


def _is_readable(response: requests.Response) -> bool:
    """Whether an answer is worth keeping: a login page of some network is none."""
    if response.status_code != 200:
        return True
    try:
        json.loads(response.content)
    except (ValueError, RecursionError):
        return False
    return True
