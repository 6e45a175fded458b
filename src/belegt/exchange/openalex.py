"""OpenAlex: what is asked, and what its answers say. No network here.

Formats: OpenAlex, *Search* (``search``: title, abstract and full text, words joined by AND;
``raw_author_name.search`` for names), *Filtering* (``publication_year:2018|2019``), *Get a single
work* (``/works/doi:10.…``, free of charge), *Work object*. A list answers with ``results``.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from belegt.exchange.answers import (
    LONGEST_TITLE,
    MOST_PEOPLE,
    AnswerError,
    Candidate,
    Notice,
    build_fields,
    clean_text,
    find_list,
    find_record,
    render_people,
)
from belegt.exchange.questions import Question, Request, list_years
from belegt.model import Reference
from belegt.names import parse_names

#: OpenAlex's types of works as BibTeX types; any other is ``misc``.
TYPES: Final = {
    "article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "erratum": "article",
    "retraction": "article",
    "book": "book",
    "book-chapter": "incollection",
    "dissertation": "phdthesis",
    "report": "techreport",
}
#: What is needed of a work; the rest (abstracts, institutions) would only be carried about.
SELECTED: Final = (
    "id,doi,ids,display_name,publication_year,type,authorships,primary_location,biblio,is_retracted"
)
#: All words must occur: a long title with one slip in it would find nothing.
_MOST_WORDS: Final = 12
_NO_WORD: Final = re.compile(r"[^\w]+|_+")
_PUBMED: Final = re.compile(r"(\d{1,9})/?$")
_CENTRAL: Final = re.compile(r"(?:PMC)?(\d{1,9})/?$", re.IGNORECASE)


def build_lookup(doi: str) -> Request:
    """Ask for the work with a DOI; capitals mean nothing in one."""
    return Request(
        path=f"/works/doi:{quote(doi.lower(), safe='/')}",
        parameters=(("select", SELECTED),),
        is_lookup=True,
    )


def build_search(question: Question, rows: int) -> Request:
    """Ask for works like this one.

    Args:
        question: What is known; it can be searched with (``can_search``).
        rows: How many works to answer with at most.

    Returns:
        The request: the words of the title, or name and years where there is none (``search`` does
        not look at names). Signs that mean something in a search are left out.
    """
    parameters: list[tuple[str, str]] = []
    if question.title:
        words = _find_words(question.title)[:_MOST_WORDS]
        parameters.append(("search", " ".join(words)))
    else:
        name = " ".join(_find_words(question.names[0]))
        years = "|".join(list_years(question.year))
        filters = f'raw_author_name.search:"{name}",publication_year:{years}'
        parameters.append(("filter", filters))
    parameters += [("per_page", str(rows)), ("select", SELECTED)]
    return Request(path="/works", parameters=tuple(parameters))


def _find_words(text: str) -> list[str]:
    """Return the words in small letters: AND, OR and NOT would be commands."""
    return _NO_WORD.sub(" ", text.casefold()).split()


def parse_record(answer: object) -> Candidate | None:
    """Read the answer to ``build_lookup``.

    Returns:
        The work, or None when the answer describes none.

    Raises:
        AnswerError: When the answer is not of the documented shape.
    """
    if not isinstance(answer, Mapping) or "id" not in answer:
        raise AnswerError
    return parse_work(answer)


def parse_list(answer: object) -> tuple[Candidate, ...]:
    """Read the answer to ``build_search``.

    Returns:
        The works in the service's order; what is no work is left out.

    Raises:
        AnswerError: When the answer is not of the documented shape.
    """
    if not isinstance(answer, Mapping) or not isinstance(answer.get("results"), list):
        raise AnswerError
    found = (parse_work(item) for item in answer["results"])
    return tuple(work for work in found if work is not None)


def parse_work(item: object) -> Candidate | None:
    """Read one work.

    Returns:
        The work, or None when it has neither title nor DOI.
    """
    if not isinstance(item, Mapping):
        return None
    kind = TYPES.get(clean_text(item.get("type")), "misc")
    biblio, ids = find_record(item, "biblio"), find_record(item, "ids")
    pubmed = _PUBMED.search(clean_text(ids.get("pmid")))
    central = _CENTRAL.search(clean_text(ids.get("pmcid")))
    source = find_record(find_record(item, "primary_location"), "source")
    fields = build_fields(
        (
            ("author", _render_people(item)),
            ("title", clean_text(item.get("display_name"), LONGEST_TITLE)),
            (
                "journal" if kind in {"article", "misc"} else "",
                clean_text(source.get("display_name")),
            ),
            ("year", clean_text(item.get("publication_year"))),
            ("volume", clean_text(biblio.get("volume"))),
            ("number", clean_text(biblio.get("issue"))),
            ("pages", _join_pages(biblio)),
            ("doi", clean_text(item.get("doi"))),
            ("pmid", pubmed.group(1) if pubmed else ""),
            ("pmcid", f"PMC{central.group(1)}" if central else ""),
        )
    )
    if not fields.keys() & {"title", "doi"}:
        return None
    return Candidate(
        services=("openalex",),
        reference=Reference(citekey="", type=kind, fields=fields),
        notices=(Notice(kind="retraction"),) if item.get("is_retracted") is True else (),
    )


def _join_pages(biblio: Mapping[str, Any]) -> str:
    first, last = clean_text(biblio.get("first_page")), clean_text(biblio.get("last_page"))
    return f"{first}-{last}" if first and last and first != last else first


def _render_people(item: Mapping[str, Any]) -> str:
    """Write the authors. OpenAlex does not say which part of a name is the surname.

    BibTeX's own rule decides: the last word, with the small words before it. Lists are cut after
    100 authors (*Authors: limitations*); a list that long may have more.
    """
    listed = find_list(item, "authorships")
    names = (
        clean_text(find_record(entry, "author").get("display_name"))
        for entry in listed[:MOST_PEOPLE]
    )
    people = []
    for name in filter(None, names):
        parts = parse_names(name)
        is_one = len(parts) == 1 and not set(name) & set("{}\\")
        people.append((parts[0].last, parts[0].first) if is_one else (name, ""))
    return render_people(people, more=len(listed) >= 100)
