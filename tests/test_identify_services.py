"""The session with the services, against a server of this machine."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import urllib3

from belegt.exchange import services as module
from belegt.exchange.questions import Request
from belegt.exchange.services import MOST_PER_SECOND, Pace, ServiceError, Services
from belegt.exchange.settings import Access, SettingsError, find_settings_path, load_access
from service_samples import Answer, Server, crossref_record, run_server

LOOKUP = Request(path="/works/10.5555%2Fx", is_lookup=True)
SEARCH = Request(path="/works", parameters=(("search", "gehen"),))


class Clock:
    """A clock that a test turns; sleeping turns it too."""

    def __init__(self, step: float = 0) -> None:
        self.now = 0.0
        self.step = step
        self.slept: list[float] = []

    def read(self) -> float:
        """Return the time."""
        self.now += self.step
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the reader's own settings, keys and proxies out."""
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BELEGT_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("NO_PROXY", "*")
    for name in ("BELEGT_CONTACT", "BELEGT_OPENALEX_KEY", "BELEGT_CROSSREF_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    """Run a server that knows nothing yet."""
    with run_server() as running:
        yield running


def open_services(server: Server, clock: Clock | None = None, key: str = "") -> Services:
    clock = clock or Clock()
    access = Access(
        contact="e.muster@example.org",
        addresses={"crossref": server.address, "openalex": server.address},
        key=key,
    )
    return Services(access, clock=clock.read, sleep=clock.sleep)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the pauses before a further try instead of making them."""
    made: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", made.append)
    return made


def test_the_pace_is_kept() -> None:
    """Between two steps lies the interval; a pause that was made anyway counts."""
    clock = Clock()
    pace = Pace(2, clock.read, clock.sleep)
    for _step in range(3):
        pace.wait()
    assert clock.slept == [0.5, 0.5]
    clock.now += 10
    pace.wait()
    assert clock.slept == [0.5, 0.5]


def test_requests_keep_the_pace(server: Server) -> None:
    """Ten different questions take as long as the pace demands."""
    clock = Clock()
    with open_services(server, clock) as services:
        for number in range(10):
            services.ask("crossref", Request(path=f"/works/{number}", is_lookup=True))
    assert len(server.asked) == 10
    assert clock.now == pytest.approx(9 / MOST_PER_SECOND)


def test_the_contact_is_named(server: Server) -> None:
    """Every request names the program and the contact address, in the header and as mailto."""
    with open_services(server) as services:
        services.ask("crossref", LOOKUP)
        services.ask("openalex", LOOKUP)
    for asked in server.asked:
        assert asked.parameters["mailto"] == "e.muster@example.org"
        assert asked.headers["User-Agent"].startswith("belegt/")
        assert "mailto:e.muster@example.org" in asked.headers["User-Agent"]
        assert "api_key" not in asked.parameters


def test_the_key_goes_to_openalex_alone(server: Server) -> None:
    """A key is sent to the service it belongs to, and shown nowhere."""
    with open_services(server, key="geheim") as services:
        services.ask("crossref", LOOKUP)
        services.ask("openalex", LOOKUP)
    assert [asked.parameters.get("api_key") for asked in server.asked] == [None, "geheim"]
    assert "geheim" not in repr(Access(contact="a@example.org", key="geheim"))


def test_nothing_is_asked_twice(server: Server, tmp_path: Path) -> None:
    """A second session takes known works and unknown ones from the cache, with any key."""
    server.put("/works/10.5555/x", crossref_record())
    for key in ("einer", "anderer"):
        with open_services(server, key=key) as services:
            assert services.ask("openalex", LOOKUP) is not None
            assert services.ask("openalex", Request(path="/works/fehlt", is_lookup=True)) is None
    assert len(server.asked) == 2
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["services.sqlite"]


def test_the_cache_names_nobody(server: Server, tmp_path: Path) -> None:
    """Neither contact address nor key is kept with an answer, and nothing that could run."""
    server.put("/works/10.5555/x", crossref_record())
    with open_services(server, key="schluessel") as services:
        services.ask("openalex", LOOKUP)
    path = tmp_path / "cache" / "services.sqlite"
    data = path.read_bytes()
    assert b"muster@example.org" not in data
    assert b"schluessel" not in data
    connection = sqlite3.connect(path)
    (value,) = connection.execute("SELECT value FROM responses").fetchone()
    connection.close()
    assert value.lstrip().startswith("{")  # JSON, no pickle


@pytest.mark.parametrize("spoil", ["file", "folder"])
def test_a_cache_that_cannot_be_used_does_no_harm(
    server: Server, tmp_path: Path, spoil: str
) -> None:
    """A damaged cache file, or a file where its folder should be, costs only the cache."""
    folder = tmp_path / "cache"
    if spoil == "file":
        folder.mkdir()
        (folder / "services.sqlite").write_bytes(b"no database" * 500)
    else:
        folder.write_bytes(b"")
    server.put("/works/10.5555/x", crossref_record())
    with open_services(server) as services:
        assert services.ask("crossref", LOOKUP) == crossref_record()


def test_a_pause_that_is_asked_for_is_made(server: Server, pauses: list[float]) -> None:
    """After 429 with Retry-After the question is asked again after that many seconds."""
    busy = Answer(b"", 429, {"Retry-After": "7"})
    server.put("/works/10.5555/x", busy, busy, Answer(crossref_record()))
    with open_services(server) as services:
        assert services.ask("crossref", LOOKUP) == crossref_record()
    assert pauses == [7, 7]


def test_no_service_is_pestered(server: Server, pauses: list[float]) -> None:
    """A service that stays busy is asked four times in all, after longer and longer pauses."""
    server.put("/works/10.5555/x", Answer(b"", 429))
    with open_services(server) as services, pytest.raises(ServiceError) as caught:
        services.ask("crossref", LOOKUP)
    assert (caught.value.kind, caught.value.status) == ("busy", 429)
    assert len(server.asked) == 4
    assert pauses == [1, 2, 4]


def test_a_long_pause_is_not_waited_for(server: Server, pauses: list[float]) -> None:
    """A service that asks for an hour's pause is left alone at once."""
    server.put("/works/10.5555/x", Answer(b"", 429, {"Retry-After": "3600"}))
    with open_services(server) as services, pytest.raises(ServiceError) as caught:
        services.ask("crossref", LOOKUP)
    assert caught.value.kind == "busy"
    assert caught.value.is_final
    assert len(server.asked) == 1
    assert pauses == []


@pytest.mark.parametrize(
    ("answer", "kind", "is_final"),
    [
        (Answer(b"<html>Anmelden</html>"), "answer", False),
        (Answer(b""), "answer", False),
        (Answer(b'{"a": ' + b"[" * 200_000), "answer", False),
        (Answer(b'{"a": ' + b"9" * 10_000 + b"}"), "answer", False),
        (Answer(b"\xff\xfe\x00"), "answer", False),
        (Answer(b"{}", headers={"Content-Encoding": "gzip"}), "answer", False),
        (Answer({"error": "Invalid filter"}, 400), "status", False),
        (Answer({}, 401), "refused", True),
        (Answer({}, 403), "refused", True),
        (Answer({}, 500), "status", True),
        (Answer({}, 503, {"Retry-After": "bald"}), "status", True),
        (Answer({}, 302, {"Location": "http://127.0.0.1:9/works"}), "answer", False),
        (Answer({}, 302, {"Location": "file:///etc/passwd"}), "answer", False),
        (Answer({}, 302, {"Location": "/works/10.5555/x"}), "answer", False),
    ],
)
def test_no_answer_breaks_the_session(
    server: Server, pauses: list[float], answer: Answer, kind: str, is_final: bool
) -> None:
    """Whatever a server sends is an error that has a name, and is not kept."""
    server.put("/works/10.5555/x", answer)
    with open_services(server) as services:
        with pytest.raises(ServiceError) as caught:
            services.ask("crossref", LOOKUP)
        server.put("/works/10.5555/x", crossref_record())
        assert services.ask("crossref", LOOKUP) == crossref_record()
    assert caught.value.kind == kind
    assert caught.value.is_final == is_final
    assert len(pauses) <= 3


def test_a_moved_work_is_followed(server: Server) -> None:
    """A service may send on to another address of its own, as for merged works."""
    server.put("/works/10.5555/x", Answer(b"", 301, {"Location": "/works/10.5555/y"}))
    server.put("/works/10.5555/y", crossref_record())
    with open_services(server) as services:
        assert services.ask("crossref", LOOKUP) == crossref_record()


def test_nobody_else_is_asked(server: Server) -> None:
    """A redirect to another server is not followed: it never hears of the question."""
    with run_server() as other:
        elsewhere = f"{other.address}/works/10.5555/x?mailto=e.muster@example.org"
        server.put("/works/10.5555/x", Answer(b"", 302, {"Location": elsewhere}))
        with open_services(server) as services, pytest.raises(ServiceError):
            services.ask("crossref", LOOKUP)
        assert other.asked == []


def test_an_unknown_work_is_an_answer_and_a_missing_search_an_error(server: Server) -> None:
    """404 to a DOI says that the service does not know it; 404 to a search is a wrong address."""
    with open_services(server) as services:
        assert services.ask("crossref", LOOKUP) is None
        with pytest.raises(ServiceError, match="status 404"):
            services.ask("openalex", SEARCH)


def test_too_long_an_answer_is_not_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stops at the limit."""
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    server.put("/works/10.5555/x", Answer(b'"' + b"x" * 200_000 + b'"'))
    with open_services(server) as services, pytest.raises(ServiceError) as caught:
        services.ask("crossref", LOOKUP)
    assert caught.value.kind == "size"


def test_an_answer_that_trickles_in_is_not_waited_for(server: Server) -> None:
    """An answer that takes longer than the limit as a whole counts as none."""
    server.put("/works/10.5555/x", crossref_record())
    with open_services(server, Clock(step=100)) as services, pytest.raises(ServiceError) as caught:
        services.ask("crossref", LOOKUP)
    assert caught.value.kind == "timeout"


def test_a_silent_server_is_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes the question and says nothing counts as out of reach."""
    monkeypatch.setattr(module, "TIMEOUT", (5, 0.1))
    release = threading.Event()
    server.put("/works/10.5555/x", Answer(crossref_record(), wait=release))
    try:
        with open_services(server) as services, pytest.raises(ServiceError) as caught:
            services.ask("crossref", LOOKUP)
    finally:
        release.set()
    assert caught.value.kind == "timeout"
    assert caught.value.is_final


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://gibt-es-nicht.invalid"])
def test_no_network_is_said_at_once(address: str, pauses: list[float]) -> None:
    """A closed port and a name that does not exist are both: out of reach, without pauses."""
    access = Access(contact="a@example.org", addresses={"crossref": address})
    with Services(access) as services, pytest.raises(ServiceError) as caught:
        services.ask("crossref", LOOKUP)
    assert caught.value.kind == "offline"
    assert pauses == []


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.exceptions.SSLError(), "certificate"),
        (requests.exceptions.ConnectTimeout(), "timeout"),
        (requests.exceptions.ProxyError(), "offline"),
        (requests.exceptions.TooManyRedirects(), "answer"),
        (requests.exceptions.ChunkedEncodingError(), "answer"),
        (urllib3.exceptions.ProtocolError(), "answer"),
        (UnicodeError(), "answer"),
    ],
)
def test_every_fault_of_the_line_has_a_name(
    server: Server, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    """Certificates, proxies and broken lines are told apart, or at least no traceback."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", fail)
    with open_services(server) as services, pytest.raises(ServiceError) as caught:
        services.ask("crossref", LOOKUP)
    assert caught.value.kind == kind


def test_opening_a_session_asks_nothing(server: Server) -> None:
    """Only a question goes out, not the session by itself."""
    with open_services(server):
        pass
    assert server.asked == []


def test_the_contact_comes_from_option_or_settings(tmp_path: Path) -> None:
    """The command's own address counts before the one in the settings file."""
    path = find_settings_path()
    assert path == tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text('contact = "datei@example.org"\n')
    assert load_access(None).contact == "datei@example.org"
    assert load_access("option@example.org").contact == "option@example.org"


@pytest.mark.parametrize(
    "settings",
    [None, b"", b"contact = 3", b"\xff\xfe", b"contact = ", b'contact = "keine"',
     b'contact = "a@example.org\\r\\nX-Header: 1"'],
)  # fmt: skip
def test_no_contact_no_session(settings: bytes | None) -> None:
    """Missing or broken settings are refused with a message in both languages."""
    if settings is not None:
        find_settings_path().parent.mkdir()
        find_settings_path().write_bytes(settings)
    with pytest.raises(SettingsError, match=" · ") as caught:
        load_access(None)
    assert "\n" not in str(caught.value)


def test_addresses_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror is used when it is a web address; anything else is refused."""
    monkeypatch.setenv("BELEGT_CROSSREF_URL", "https://spiegel.example.org/crossref/")
    assert load_access("a@example.org").addresses == {
        "crossref": "https://spiegel.example.org/crossref",
        "openalex": "https://api.openalex.org",
    }
    monkeypatch.setenv("BELEGT_CROSSREF_URL", "file:///etc/passwd")
    with pytest.raises(SettingsError, match="BELEGT_CROSSREF_URL"):
        load_access("a@example.org")
