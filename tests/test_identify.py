"""``belegt identify`` from end to end, against a server of this machine."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from belegt.cli import main
from belegt.exchange.accept import LEVELS
from belegt.exchange.proposal_words import FAILURES, NAMES, REFUSALS
from belegt.exchange.settings import ADDRESS_VARIABLES, ADDRESSES
from belegt.store import load_knowledge_base
from belegt.vocabulary import IDENTIFICATIONS
from samples import read_folder, write_folder
from service_samples import (
    Answer,
    Server,
    crossref_list,
    crossref_record,
    crossref_work,
    openalex_list,
    openalex_work,
    run_server,
)

DOI = "10.5555/muster.2018"
CLAIMS = (
    "id,document,claim_de,cites,cited_as,note\n"
    "a,d,GEHEIM Gehen hebt die Stimmung.,Muster2018,\"Muster et al., 2018\",GEHEIM\n"
    "b,d,GEHEIM Stehen auch.,Zwei2020,\"Zwei, 2020\",\n"
)  # fmt: skip
BIB = """% Quellen
@string{zb = "Zeitschrift"}

@misc{Muster2018,
  author = {Muster and others},
  year = {2018},
  citedas = {Muster et al., 2018},
  identification = {unresolved},
  note = {GEHEIM gesucht und nichts gefunden.},
}

@article{Lang2018,
  author  = "Muster, Erika and Lang, Jan and Weber, Ute",
  title   = {Gehen und Stimmung bei Erwachsenen},
  journal = zb,
  year    = 2018,
  volume  = {12}, pages = {101--119},
  doi     = {10.5555/lang.2018},
  identification = {probable},
  unverified = {volume; pages; pmid; studydesign},
  annotation = {GEHEIM Befund},
  eigenes = {bleibt},
}

@misc{Zwei2020,
  author = {Zwei}, year = {2020}, citedas = {Zwei, 2020},
  identification = {ambiguous}, candidates = {Zwei2020a; Zwei2020b},
}
@article{Zwei2020a, author = {Zwei, A.}, title = {Eins}, year = {2020}, doi = {10.5555/zwei.a}}
@article{Zwei2020b, author = {Zwei, B.}, title = {Zwei}, year = {2020}}

@misc{Leer, identification = {unresolved}, note = {Nichts bekannt.}}
"""
LANG = {"DOI": "10.5555/lang.2018", "container-title": ["Zeitschrift"]}


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the reader's own settings out, and the pauses between requests."""
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BELEGT_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("BELEGT_OPENALEX_KEY", raising=False)
    monkeypatch.setenv("BELEGT_CONTACT", "e.muster@example.org")
    monkeypatch.setattr("belegt.exchange.services.MOST_PER_SECOND", 1e6)
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _seconds: None)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Run a server that knows the two works of the folder, the second also at OpenAlex."""
    with run_server() as running:
        for name, variable in ADDRESS_VARIABLES.items():
            monkeypatch.setenv(variable, f"{running.address}/{name}")
        running.put("/crossref/works", crossref_list(crossref_work()))
        running.put("/openalex/works", openalex_list(openalex_work()))
        running.put(f"/crossref/works/{DOI}", crossref_record())
        running.put(f"/openalex/works/doi:{DOI}", openalex_work())
        running.put("/crossref/works/10.5555/lang.2018", crossref_record(**LANG))
        lang = openalex_work(doi="https://doi.org/10.5555/lang.2018")
        running.put("/openalex/works/doi:10.5555/lang.2018", lang)
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a folder with unclear, unverified and ambiguous entries."""
    return write_folder(tmp_path / "kb", {"claims.csv": CLAIMS, "references.bib": BIB})


def run(*arguments: str | Path) -> Result:
    """Run the command; an exception that is not an exit fails the test."""
    result = CliRunner().invoke(main, ["identify", *(str(argument) for argument in arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def read_entry(folder: Path, key: str) -> dict[str, str]:
    """Return the fields of an entry."""
    return dict(load_knowledge_base(folder).reference_by_key[key].fields)


@pytest.mark.parametrize("language", ["de", "en"])
def test_proposals_for_a_person(
    server: Server,
    folder: Path,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    check_golden: Callable[[str, str], None],
) -> None:
    """Every open entry is shown with ranked works, reasons, notices and what to do next."""
    notice = {"DOI": "10.5555/notiz", "type": "retraction", "updated": {"date-parts": [[2020, 5]]}}
    later = crossref_work(DOI="10.5555/spaeter", title=["Stehen"], author=[{"family": "Muster"}])
    retracted = crossref_work(**{"updated-by": [notice]})
    server.put("/crossref/works", crossref_list(later, retracted))
    monkeypatch.chdir(folder)
    result = run(".", "--lang", language)
    assert result.exit_code == 0
    check_golden(f"identify-{language}.txt", result.stdout)


def test_proposals_for_programs(
    server: Server, folder: Path, check_golden: Callable[[str, str], None]
) -> None:
    """JSON says the same, every reason and every field apart."""
    result = run(folder, "--format", "json", "--key", "Muster2018", "--key", "Lang2018")
    assert result.exit_code == 0
    check_golden("identify.json", result.stdout)
    assert [item["citekey"] for item in json.loads(result.stdout)["proposals"]] == [
        "Muster2018",
        "Lang2018",
    ]
    assert server.asked


def test_asking_changes_nothing(server: Server, folder: Path, tmp_path: Path) -> None:
    """Proposals write nothing into the folder; what is kept lies in the cache folder."""
    before = read_folder(folder)
    run(folder)
    assert read_folder(folder) == before
    assert (tmp_path / "cache" / "services.sqlite").is_file()
    assert server.asked


def test_only_bibliographic_words_are_sent(server: Server, folder: Path) -> None:
    """No claim, no remark and no finding leaves the machine, and no name of a file or folder."""
    run(folder)
    run(folder, "--accept", f"Muster2018={DOI}")
    sent = "\n".join(f"{asked.line} {asked.headers} {asked.parameters}" for asked in server.asked)
    assert len(server.asked) >= 8
    assert "GEHEIM" not in sent
    assert folder.name not in sent.replace("mailto", "")
    assert {name for asked in server.asked for name in asked.parameters} <= {
        "query.bibliographic", "query.author", "filter", "rows", "search", "per_page", "select",
        "mailto",
    }  # fmt: skip


def test_the_second_run_asks_nothing(server: Server, folder: Path) -> None:
    """What was answered once is not asked again, and the output is the same."""
    first = run(folder)
    asked = len(server.asked)
    second = run(folder)
    assert len(server.asked) == asked
    assert second.stdout == first.stdout


@pytest.mark.parametrize(
    "arguments",
    [["check", "."], ["reading-list", "."], ["graph", "."], ["audit", "a.txt", "--kb", "."],
     ["handout", ".", "--claim", "a"], ["draft", "a.txt", "--into", "."], ["new", "neu"],
     ["anchor", "a.txt", "Gehen hilft"],
     ["identify", "--help"], ["identify", "."], ["identify", ".", "--key", "Fehlt"]],
)  # fmt: skip
def test_nothing_is_sent_without_being_asked_for(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """No other command asks a service, nor does this one without contact or with a wrong key."""
    monkeypatch.chdir(folder)
    if arguments == ["identify", "."]:
        monkeypatch.delenv("BELEGT_CONTACT")
    (folder / "a.txt").write_text("Gehen hilft (Muster et al., 2018).\n")
    result = CliRunner().invoke(main, arguments)
    assert result.output
    assert server.asked == []


def test_without_a_contact_one_line_says_how_to_set_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is one line in both languages and names all three ways."""
    monkeypatch.delenv("BELEGT_CONTACT")
    result = run(folder)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    for word in ("--contact", "BELEGT_CONTACT", "settings.toml", " · "):
        assert word in result.stderr


@pytest.mark.parametrize("service", ["crossref", "openalex"])
def test_one_service_can_be_chosen(server: Server, folder: Path, service: str) -> None:
    """Only the chosen service is asked."""
    result = run(folder, "--service", service, "--key", "Muster2018")
    assert NAMES[service] in result.stdout
    assert {path.split("/")[1] for path in server.paths} == {service}


def test_too_many_works_are_counted(server: Server, folder: Path) -> None:
    """A common name fits many: the best are shown, the rest counted, and none is singled out."""
    works = [
        crossref_work(DOI=f"10.5555/m{number}", title=[f"Gehen {number}"]) for number in range(20)
    ]
    server.put("/crossref/works", crossref_list(*works))
    server.put("/openalex/works", openalex_list())
    few = run(folder, "--key", "Muster2018", "--limit", "3").stdout
    assert "17 weitere passen" in few
    assert "--accept Muster2018=DOI" in few
    many = run(folder, "--key", "Muster2018", "--limit", "20").stdout
    assert "Die Dienste können weitere kennen." in many


def test_a_doi_that_leads_elsewhere_is_not_trusted(server: Server, folder: Path) -> None:
    """Where the DOI belongs to another title, the title is searched for as well."""
    wrong = crossref_record(DOI="10.5555/lang.2018", title=["Schwimmen im Winter"])
    server.put("/crossref/works/10.5555/lang.2018", wrong)
    result = run(folder, "--service", "crossref", "--key", "Lang2018")
    assert server.paths == ["/crossref/works/10.5555/lang.2018", "/crossref/works"]
    assert "Schwimmen im Winter" in result.stdout
    assert f"doi:{DOI}" in result.stdout


def test_offline_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network a line for each service says so, with exit status 1."""
    for variable in ADDRESS_VARIABLES.values():
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    result = run(folder)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == len(ADDRESSES)
    assert "Crossref ist nicht erreichbar (kein Netz?). · Crossref cannot be reached" in lines[0]
    assert "Kein Dienst hat geantwortet." in result.stdout


def test_what_was_found_before_a_failure_is_shown(server: Server, folder: Path) -> None:
    """When a service fails midway, earlier works stay, the other service goes on, status is 1."""
    server.put("/openalex/works", Answer(b"", 500))
    result = run(folder)
    assert result.exit_code == 1
    assert f"doi:{DOI}" in result.stdout
    assert "OpenAlex meldet einen Fehler (HTTP 500)." in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert server.paths.count("/openalex/works") == 4  # tried again, then left alone


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b'{"message": 3}', b'{"message": {"items": {}}}', b'{"results": "x"}', b"1"],
)
def test_garbage_is_one_line(server: Server, folder: Path, body: bytes) -> None:
    """An answer of another shape is said once for each service, with the entries concerned."""
    for path in list(server.answers):
        server.put(path, Answer(body))
    result = run(folder)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert "hat unlesbar geantwortet" in result.stderr
    assert "Muster2018" in result.stderr


def test_nothing_found_accuses_nobody(server: Server, folder: Path) -> None:
    """That a service knows nothing is no verdict on the work."""
    server.put("/crossref/works", crossref_list(crossref_work(author=[{"family": "Fremd"}])))
    server.put("/openalex/works", openalex_list())
    result = run(folder, "--key", "Muster2018")
    assert result.exit_code == 0
    assert "Das heißt nicht, dass es die Arbeit nicht gibt." in result.stdout
    for word in ("erfunden", "gefälscht", "invented", "fake"):
        assert word not in result.stdout


def test_what_services_say_cannot_command_the_terminal(server: Server, folder: Path) -> None:
    """Escapes and control characters of an answer, or of a file, do not reach the screen."""
    evil = crossref_work(
        title=["\x1b]0;x\x07Gehen\x9b2J\u202e"],
        author=[{"family": "Muster", "given": "\x1b[31mE"}, {"family": "L\r\nang"}],
        DOI="10.5555/\x1b[2J",
        **{"updated-by": [{"type": "\x1b[5mretraction", "DOI": "\x07"}]},
    )
    server.put("/crossref/works", crossref_list(evil))
    bib = BIB.replace("Muster et al., 2018", "Muster\x1b[31m\x9b2J")
    bib = bib.replace("studydesign}", "eigen\x1b[31m\x9b2J\u202e}").replace("12}", "12\x9b2J}")
    (folder / "references.bib").write_text(bib)
    choice = ["--accept", "Lang2018=10.5555/lang.2018"]
    calls = (["--service", "crossref"], ["--format", "json"], [*choice, "--dry-run"], choice)
    shown = "".join(run(folder, *options).output for options in calls)
    assert "Muster" in shown
    assert [sign for sign in shown if ord(sign) < 32 and sign != "\n"] == []
    assert not set(shown) & {"\x7f", "\x9b", "\u202e"}


def test_accepting_completes_an_unresolved_entry(server: Server, folder: Path) -> None:
    """An accepted work fills what is missing; the entry is confirmed: a person said so."""
    before = read_entry(folder, "Muster2018")
    result = run(folder, "--accept", f"Muster2018=https://doi.org/{DOI.upper()}")
    assert result.exit_code == 0
    after = read_entry(folder, "Muster2018")
    assert after.pop("identification") == "confirmed"
    assert after.pop("author") == "Muster, Erika and Lang, Jan and Weber, Ute"
    assert after == {
        **{name: value for name, value in before.items() if name in {"year", "citedas", "note"}},
        "title": "Gehen und Stimmung bei Erwachsenen",
        "journal": "Zeitschrift für Beispiele",
        "volume": "12",
        "number": "3",
        "pages": "101--109",
        "doi": DOI,
        "pmid": "12345678",
    }
    assert load_knowledge_base(folder).reference_by_key["Muster2018"].type == "article"
    assert "note" in result.stdout


def test_accepting_keeps_every_other_byte(server: Server, folder: Path) -> None:
    """Claims, comments, strings and the other entries stay as they are written."""
    before = read_folder(folder)
    run(folder, "--accept", f"Muster2018={DOI}")
    after = read_folder(folder)
    assert after["claims.csv"] == before["claims.csv"]
    start, end = (BIB.index(mark) for mark in ("@misc{Muster2018", "@article{Lang2018"))
    written = after["references.bib"].decode()
    assert written.startswith(BIB[:start])
    assert written.endswith(BIB[end:])


def test_accepting_verifies_what_is_equal(server: Server, folder: Path) -> None:
    """Equal fields are verified, others stay as they are and unverified; nothing else moves."""
    before = read_entry(folder, "Lang2018")
    result = run(folder, "--accept", "Lang2018=10.5555/lang.2018", "--lang", "en")
    assert result.exit_code == 0
    assert read_entry(folder, "Lang2018") == {
        **before,
        "identification": "confirmed",
        "unverified": "pages; studydesign",
        "number": "3",
        "pmid": "12345678",
    }
    assert "kept as it is, differs: pages (101–119 ≠ 101–109)" in result.stdout


def test_a_translated_title_is_kept_under_a_checked_doi(server: Server, folder: Path) -> None:
    """Another title is no other work where the entry vouches for the DOI; else it is refused."""
    bib = BIB.replace("Gehen und Stimmung bei Erwachsenen", "Walking and mood in adults")
    for unverified, status in (("doi; ", 1), ("", 0)):
        changed = bib.replace("unverified = {", f"unverified = {{{unverified}")
        (folder / "references.bib").write_text(changed)
        result = run(folder, "--accept", "Lang2018=10.5555/lang.2018", "--lang", "en")
        assert result.exit_code == status
        assert read_entry(folder, "Lang2018")["title"] == "Walking and mood in adults"
    assert "kept as it is, differs: title" in result.stdout


def test_a_list_cut_short_is_completed_where_nobody_vouches(server: Server, folder: Path) -> None:
    """``and others`` gives way to the names when author is unverified, and not otherwise."""
    short = BIB.replace("Muster, Erika and Lang, Jan and Weber, Ute", "Muster, E. and others")
    for unverified, names in (("author; ", "Muster, Erika and L"), ("", "Muster, E. and others")):
        bib = short.replace("unverified = {", f"unverified = {{{unverified}")
        (folder / "references.bib").write_text(bib)
        assert run(folder, "--accept", "Lang2018=10.5555/lang.2018").exit_code == 0
        entry = read_entry(folder, "Lang2018")
        assert entry["author"].startswith(names)
        assert entry["unverified"] == "pages; studydesign"


def test_a_broken_folder_breaks_nothing(server: Server, tmp_path: Path) -> None:
    """What cannot be read is said, the rest is asked about; nothing ends in a traceback."""
    bib = BIB.encode() + b"@article{Kaputt, title = {\x00\xff\n@@{{{"
    broken = write_folder(tmp_path / "x", {"references.bib": bib, "claims.csv": b"\x00,\n"})
    result = run(broken, "--key", "Muster2018", "--key", "Leer")
    assert result.exit_code == 0
    assert DOI in result.stdout
    assert "belegt check" in result.stderr
    run(broken, "--accept", f"Muster2018={DOI}")
    assert (broken / "references.bib").read_bytes().endswith(b"@@{{{")
    assert server.asked


def test_the_person_may_say_less(server: Server, folder: Path) -> None:
    """With --as probable an entry becomes probable, and a clearer one keeps what it says."""
    run(folder, "--accept", f"Muster2018={DOI}", "--as", "probable")
    assert read_entry(folder, "Muster2018")["identification"] == "probable"
    run(folder, "--accept", f"Muster2018={DOI}")
    assert read_entry(folder, "Muster2018")["identification"] == "confirmed"
    run(folder, "--accept", f"Muster2018={DOI}", "--as", "probable")
    assert read_entry(folder, "Muster2018")["identification"] == "confirmed"


def test_an_entry_that_says_nothing_keeps_saying_nothing(server: Server, folder: Path) -> None:
    """A confirmed entry gets no field identification."""
    bib = BIB.replace("  identification = {probable},\n", "")
    (folder / "references.bib").write_text(bib)
    run(folder, "--accept", "Lang2018=10.5555/lang.2018")
    assert "identification" not in read_entry(folder, "Lang2018")


def test_a_dry_run_shows_the_change(server: Server, folder: Path) -> None:
    """--dry-run prints a diff of references.bib and writes nothing."""
    before = read_folder(folder)
    result = run(folder, "--accept", f"Muster2018={DOI}", "--dry-run")
    assert read_folder(folder) == before
    assert "--- references.bib" in result.stdout
    assert "-  identification = {unresolved}," in result.stdout
    assert "+  identification = {confirmed}," in result.stdout
    assert "Lang2018" not in result.stdout
    assert server.asked


def test_a_retraction_is_loud_when_accepting(server: Server, folder: Path) -> None:
    """A retracted work can be accepted, but not unnoticed."""
    server.put(f"/openalex/works/doi:{DOI}", openalex_work(is_retracted=True))
    result = run(folder, "--accept", f"Muster2018={DOI}")
    assert "!!! ZURÜCKGEZOGEN" in result.stdout


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("Zwei2020=10.5555/zwei.a", ["steht für mehrere Arbeiten", "Zwei2020a ← b"]),
        ("Zwei2020=10.5555/neu", ["steht für mehrere Arbeiten", "Zwei2020a, Zwei2020b ← b"]),
        ("Lang2018=10.5555/anders", ["andere DOI (10.5555/lang.2018)"]),
        ("Muster2018=10.5555/zwei.a", ["steht schon hier als Zwei2020a"]),
        ("Muster2018=keine", ["keine DOI: keine"]),
        ("Muster2018=10.5555/../x", ["keine DOI"]),
        ("Fehlt=10.5555/x", ["kein Eintrag"]),
        ("Muster2018=10.5555/unbekannt", ["kein gefragter Dienst kennt diese DOI"]),
        ("Muster2018=10.5555/fremd", ["beschreibt eine andere Arbeit", "Fremd"]),
        ("Muster2018=10.5555/alt", ["unter einer anderen DOI: 10.5555/neu"]),
    ],
)
def test_what_cannot_be_accepted_is_refused(
    server: Server, folder: Path, choice: str, words: list[str]
) -> None:
    """A choice that would mix two works, or decide for several places, is refused in one line."""
    server.put("/crossref/works/10.5555/alt", crossref_record(DOI="10.5555/neu"))
    other = crossref_record(DOI="10.5555/fremd", author=[{"family": "Fremd"}])
    server.put("/crossref/works/10.5555/fremd", other)
    before = read_folder(folder)
    result = run(folder, "--accept", "Lang2018=10.5555/lang.2018", "--accept", choice)
    if choice.startswith("Lang2018"):
        result = run(folder, "--accept", choice)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert " · " in result.stderr
    for word in words:
        assert word in result.stderr
    assert read_folder(folder) == before


@pytest.mark.parametrize("choice", ["Muster2018", "=10.5555/x", "Muster2018="])
def test_a_choice_names_entry_and_doi(server: Server, folder: Path, choice: str) -> None:
    """Half a choice is wrong usage, said in one line."""
    result = run(folder, "--accept", choice)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert server.asked == []


def test_nothing_is_accepted_twice(server: Server, folder: Path) -> None:
    """One work for two entries, or two works for one entry, are slips."""
    for choices in ((f"Muster2018={DOI}", f"Leer={DOI}"), (f"Leer={DOI}", "Leer=10.5555/y")):
        result = run(folder, "--accept", choices[0], "--accept", choices[1])
        assert result.exit_code == 1
        assert "zweimal genannt" in result.stderr
    assert server.asked == []


def test_accepting_offline_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no service confirms is not written."""
    for variable in ADDRESS_VARIABLES.values():
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    before = read_folder(folder)
    result = run(folder, "--accept", f"Muster2018={DOI}")
    assert result.exit_code == 1
    assert "ein gefragter Dienst hat nicht geantwortet" in result.stderr
    assert "nicht erreichbar" in result.stderr
    assert read_folder(folder) == before


def test_hostile_values_stay_values_in_the_file(server: Server, folder: Path) -> None:
    """Braces, commands and entries inside a title are text in the .bib file."""
    title = "Gehen}, note = {x} \\input{/etc/passwd}\n@article{Neu, title = {y}} & 50% $a_b"
    server.put(f"/crossref/works/{DOI}", crossref_record(title=[title]))
    assert run(folder, "--accept", f"Muster2018={DOI}").exit_code == 0
    kb = load_knowledge_base(folder)
    assert kb.problems == ()
    assert len(kb.references) == 6
    entry = kb.reference_by_key["Muster2018"]
    assert entry.title == " ".join(title.split())
    assert "\\input{" not in entry.fields["title"]


def test_every_message_has_two_languages() -> None:
    """Every failure and refusal is said in German and English with the same details."""
    for german, english in [*FAILURES.values(), *REFUSALS.values()]:
        assert german != english
        assert german.count("{}") == english.count("{}")
    assert set(LEVELS) == set(IDENTIFICATIONS)
    assert set(NAMES) == set(ADDRESSES)
