"""A local server that answers as Crossref and OpenAlex document it, about invented works."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass
class Answer:
    """What the server answers: JSON, or bytes as they are."""

    body: object = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None

    def encode(self) -> bytes:
        """Return the bytes that are sent."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    line: str


@dataclass
class Server:
    """A running server: what it was asked, and what it answers by path.

    Of several answers to one path each is given once, the last one from then on.
    """

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def put(self, path: str, *answers: Answer | dict[str, Any]) -> None:
        """Set what is answered to a path (without parameters)."""
        self.answers[path] = [a if isinstance(a, Answer) else Answer(a) for a in answers]

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [asked.path for asked in self.asked]


@contextmanager
def run_server() -> Iterator[Server]:
    """Run a server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(url.query).items()}
            path = unquote(url.path)
            server.asked.append(Asked(path, parameters, dict(self.headers), self.path))
            listed = server.answers.get(path, [Answer({"status": "missing"}, 404)])
            answer = listed.pop(0) if len(listed) > 1 else listed[0]
            if answer.wait is not None:
                answer.wait.wait(20)
            body = answer.encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the other side has stopped listening

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    host = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.daemon_threads = True
    server = Server(f"http://127.0.0.1:{host.server_port}")
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        host.shutdown()
        thread.join()
        host.server_close()


def crossref_work(**changes: object) -> dict[str, Any]:
    """Make a work as Crossref writes one ("Metadata API JSON format")."""
    return {
        "indexed": {"date-parts": [[2024, 1, 2]], "timestamp": 1704153600000},
        "reference-count": 12,
        "publisher": "Verlag Beispiel",
        "issue": "3",
        "DOI": "10.5555/muster.2018",
        "type": "journal-article",
        "page": "101-109",
        "source": "Crossref",
        "title": ["Gehen und Stimmung bei Erwachsenen"],
        "prefix": "10.5555",
        "volume": "12",
        "author": [
            {"given": "Erika", "family": "Muster", "sequence": "first", "affiliation": []},
            {"given": "Jan", "family": "Lang", "sequence": "additional", "affiliation": []},
            {"given": "Ute", "family": "Weber", "sequence": "additional", "affiliation": []},
        ],
        "container-title": ["Zeitschrift für Beispiele"],
        "short-container-title": ["Z Beisp"],
        "issued": {"date-parts": [[2018, 3]]},
        "published-print": {"date-parts": [[2018, 3]]},
        "published-online": {"date-parts": [[2017, 12, 11]]},
        "ISSN": ["1234-5678"],
        "URL": "http://dx.doi.org/10.5555/muster.2018",
        "score": 42.5,
        **changes,
    }


def crossref_record(**changes: object) -> dict[str, Any]:
    """Make the answer to ``/works/{doi}``."""
    return {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
        "message": crossref_work(**changes),
    }


def crossref_list(*works: object) -> dict[str, Any]:
    """Make the answer to ``/works?query.bibliographic=``."""
    return {
        "status": "ok",
        "message-type": "work-list",
        "message-version": "1.0.0",
        "message": {
            "facets": {},
            "total-results": 4321,
            "items": list(works),
            "items-per-page": 5,
            "query": {"start-index": 0, "search-terms": None},
        },
    }


def openalex_work(**changes: object) -> dict[str, Any]:
    """Make a work as OpenAlex writes one ("Work object")."""
    people = ("Erika Muster", "Jan Lang", "Ute Weber")
    return {
        "id": "https://openalex.org/W1234567890",
        "doi": "https://doi.org/10.5555/muster.2018",
        "display_name": "Gehen und Stimmung bei Erwachsenen",
        "publication_year": 2018,
        "ids": {
            "openalex": "https://openalex.org/W1234567890",
            "doi": "https://doi.org/10.5555/muster.2018",
            "mag": "1234567890",
            "pmid": "https://pubmed.ncbi.nlm.nih.gov/12345678",
        },
        "type": "article",
        "primary_location": {
            "is_oa": False,
            "source": {
                "id": "https://openalex.org/S99",
                "display_name": "Zeitschrift für Beispiele",
                "issn_l": "1234-5678",
                "type": "journal",
            },
            "version": "publishedVersion",
        },
        "authorships": [
            {
                "author_position": "first" if number == 0 else "middle",
                "author": {"id": f"https://openalex.org/A{number}", "display_name": name},
                "institutions": [],
                "raw_author_name": name,
            }
            for number, name in enumerate(people)
        ],
        "biblio": {"volume": "12", "issue": "3", "first_page": "101", "last_page": "109"},
        "is_retracted": False,
        **changes,
    }


def openalex_list(*works: object) -> dict[str, Any]:
    """Make the answer to ``/works?search=``."""
    return {
        "meta": {"count": len(works), "db_response_time_ms": 12, "page": 1, "per_page": 5},
        "results": list(works),
        "group_by": [],
    }
