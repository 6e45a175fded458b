"""Crossref: what is asked, and what its answers say. No network here.

Formats: Crossref REST API, ``/works?query.bibliographic=`` (titles, authors, ISSNs, years) with
``query.author``, ``filter``, ``rows`` and ``select``; ``/works/{doi}``; *Metadata API JSON format*
(``api_format.md``): ``message`` is a work, or holds ``items``. ``updated-by`` names what updates a
work (retractions of Retraction Watch too), ``update-to`` the works that a notice updates.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from belegt.exchange.answers import (
    LONGEST_TITLE,
    MOST_NOTICES,
    MOST_PEOPLE,
    AnswerError,
    Candidate,
    Notice,
    build_fields,
    clean_text,
    find_date,
    find_list,
    find_record,
    find_texts,
    render_people,
)
from belegt.exchange.questions import Question, Request, list_years, parse_doi
from belegt.model import Reference

#: Crossref's types of works as BibTeX types; any other is ``misc``.
TYPES: Final = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book": "book",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "reference-entry": "incollection",
    "dissertation": "phdthesis",
    "report": "techreport",
}
#: What is needed of each work of a list (``select``); the rest would only be carried about.
SELECTED: Final = (
    "DOI,type,title,subtitle,author,editor,issued,published,published-print,published-online,"
    "container-title,short-container-title,publisher,volume,issue,page,article-number,update-to,"
    "updated-by"
)
_CONTAINERS: Final = {
    "article": "journal",
    "misc": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
}
_ISSUED: Final = ("published-print", "issued", "published-online", "published")


def build_lookup(doi: str) -> Request:
    """Ask for the work with a DOI; capitals mean nothing in one."""
    return Request(path=f"/works/{quote(doi.lower(), safe='')}", is_lookup=True)


def build_search(question: Question, rows: int) -> Request:
    """Ask for works like this one.

    Args:
        question: What is known; it can be searched with (``can_search``).
        rows: How many works to answer with at most.

    Returns:
        The request. Without a title the years around the printed one are asked for: a surname
        alone fits too many.
    """
    words = " ".join([question.title or " ".join(question.names), question.year]).strip()
    parameters = [("query.bibliographic", words)]
    if question.names:
        parameters.append(("query.author", " ".join(question.names)))
    if not question.title:
        years = list_years(question.year)
        parameters.append(("filter", f"from-pub-date:{years[0]},until-pub-date:{years[-1]}"))
    parameters += [("rows", str(rows)), ("select", SELECTED)]
    return Request(path="/works", parameters=tuple(parameters))


def parse_record(answer: object) -> Candidate | None:
    """Read the answer to ``build_lookup``.

    Returns:
        The work, or None when the answer describes none.

    Raises:
        AnswerError: When the answer is not of the documented shape.
    """
    if not find_record(answer, "message"):
        raise AnswerError
    return parse_work(find_record(answer, "message"))


def parse_list(answer: object) -> tuple[Candidate, ...]:
    """Read the answer to ``build_search``.

    Returns:
        The works in the service's order; what is no work is left out.

    Raises:
        AnswerError: When the answer is not of the documented shape.
    """
    message = find_record(answer, "message")
    if not isinstance(message.get("items"), list):
        raise AnswerError
    found = (parse_work(item) for item in message["items"])
    return tuple(work for work in found if work is not None)


def parse_work(item: object) -> Candidate | None:
    """Read one work.

    Returns:
        The work, or None when it has neither title nor DOI.
    """
    if not isinstance(item, Mapping):
        return None
    kind = TYPES.get(clean_text(item.get("type")), "misc")
    titles = find_texts(item, "title", LONGEST_TITLE)
    years = [date[:4] for date in (find_date(item, name) for name in _ISSUED) if date]
    containers = find_texts(item, "container-title")
    fields = build_fields(
        (
            ("author", _render_people(item, "author")),
            ("editor", _render_people(item, "editor") if kind == "book" else ""),
            ("title", _join_title(titles, find_texts(item, "subtitle", LONGEST_TITLE))),
            (_CONTAINERS.get(kind, ""), containers[0] if containers else ""),
            ("publisher", "" if kind == "article" else clean_text(item.get("publisher"))),
            ("year", years[0] if years else ""),
            ("volume", clean_text(item.get("volume"))),
            ("number", clean_text(item.get("issue"))),
            ("pages", clean_text(item.get("page")) or clean_text(item.get("article-number"))),
            ("doi", clean_text(item.get("DOI"))),
        )
    )
    if not fields.keys() & {"title", "doi"}:
        return None
    short = find_texts(item, "short-container-title")
    return Candidate(
        services=("crossref",),
        reference=Reference(citekey="", type=kind, fields=fields),
        notices=tuple(_find_notices(item)),
        variants={
            "title": tuple(titles),
            "year": tuple(years[1:]),
            "journal": (*containers[1:], *short),
            "booktitle": (*containers[1:], *short),
        },
    )


def _join_title(titles: list[str], subtitles: list[str]) -> str:
    title = titles[0] if titles else ""
    subtitle = subtitles[0] if subtitles else ""
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{'' if title.endswith(('?', '!', ':')) else ':'} {subtitle}"


def _render_people(item: Mapping[str, Any], key: str) -> str:
    people = find_list(item, key)
    names = (
        (
            clean_text(person.get("family")) or clean_text(person.get("name")),
            clean_text(person.get("given")) if clean_text(person.get("family")) else "",
        )
        for person in people[:MOST_PEOPLE]
        if isinstance(person, Mapping)
    )
    known = [name for name in names if name[0]]
    return render_people(known, more=len(people) > MOST_PEOPLE)


def _find_notices(item: Mapping[str, Any]) -> Iterator[Notice]:
    """Yield each notice once: publisher and Retraction Watch often report the same one."""
    seen = set()
    for key in ("updated-by", "update-to"):
        for update in find_list(item, key)[:MOST_NOTICES]:
            if not isinstance(update, Mapping):
                continue
            notice = Notice(
                kind=clean_text(update.get("type")).casefold().replace("-", "_") or "update",
                doi=parse_doi(clean_text(update.get("DOI"))),
                date=find_date(update, "updated"),
                is_own=key == "update-to",
            )
            if (notice.kind, notice.doi) not in seen:
                seen.add((notice.kind, notice.doi))
                yield notice
