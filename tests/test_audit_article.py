from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from belegt.article.limits import ARTICLE_ERRORS
from belegt.article.read import read_article
from belegt.article.records import Article, Block, BlockKind
from belegt.audit import article as audit_module
from belegt.audit.article import (
    ArticleAudit,
    ArticleFinding,
    audit_article,
    find_paragraph,
    label_item,
    list_line_starts,
)
from belegt.audit.batch import Setup, audit_source
from belegt.audit.catalogue import RULES
from belegt.audit.fingerprint import find_fingerprint
from belegt.audit.reports import render_finding
from belegt.audit.silence import MOST_COMMENTS, find_comments, parse_patterns
from belegt.audit.source_note import find_source_notes
from belegt.audit.texts.article import ARTICLE_RULES, REASONS
from belegt.cite.records import Item, Linked, Reason, Statement
from belegt.model import Reference
from belegt.vocabulary import LANGUAGES, Language
from samples import load_files

BIB = """\
@article{Muster2018, author = {Muster, Erika}, title = {Gehen}, year = {2018}}
@article{Probe2019a, author = {Probe, Max}, title = {Laufen}, year = {2019}}
@article{Probe2019b, author = {Probe, Max}, title = {Springen}, year = {2019}}
@article{Nie2001, author = {Nie, Nora}, title = {Nie zitiert}, year = {2001}}
"""
UNCLEAR = """\
@misc{Alt2010, citedas = {Alt et al., 2010}, identification = {ambiguous},
  candidates = {Alt2010a, Alt2010b}}
@article{Alt2010a, author = {Alt, Anna and B, C and D, E}, title = {Eins}, year = {2010}}
@article{Alt2010b, author = {Alt, Anna and F, G and H, I}, title = {Zwei}, year = {2010}}
@misc{Fort2012, citedas = {Fort, 2012}, identification = {unresolved}}
"""


def read(text: str, name: str = "probe.txt") -> Article:
    return read_article(text.encode(), name)


def load_references(folder: Path, text: str) -> tuple[Reference, ...]:
    return load_files(folder, {"references.bib": text}).references


def audit(folder: Path, text: str, bib: str = BIB, name: str = "probe.txt") -> ArticleAudit:
    """Audit a text by its citations alone."""
    return audit_article(read(text, name), load_references(folder, bib), statements=False)


def codes(result: ArticleAudit) -> list[str]:
    return [finding.problem.code for finding in result.findings]


def values(result: ArticleAudit, code: str) -> list[str]:
    return [f.problem.value for f in result.findings if f.problem.code == code]


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("Das gilt (Fremd, 2015).", "citation-unresolved", "Fremd, 2015"),
        ("Wie Fremd (2015) sagt.", "citation-unresolved", "Fremd (2015)"),
        ("Das gilt (Muster, 2019).", "citation-near-miss", "Muster, 2019"),
        ("Das gilt (Probe, 2019).", "citation-ambiguous", "Probe, 2019"),
        ("Das gilt (Alt et al., 2010).", "citation-unidentified", "Alt et al., 2010"),
        ("Das gilt (Fort, 2012).", "citation-unidentified", "Fort, 2012"),
        (("Erst [1], dann [2].\n\nLiteratur\n\n[1] Muster, E. (2018). Gehen.\n"
         "[3] Nie, N. (2001). Nie zitiert.\n"), "number-without-entry", "2"),
        ("Das gilt (Muster, 2018; Nie, 2001).\n\nLiteratur\n\nMuster, E. (2018). Gehen.\n",
         "cited-not-listed", "Nie, 2001"),
        (("Das gilt (Muster, 2018).\n\nLiteratur\n\nMuster, E. (2018). Gehen.\n"
         "Nie, N. (2001). Nie zitiert.\n"), "listed-not-cited", "Nie, N. (2001). Nie zitiert."),
        (("Das gilt (Muster, 2018).\n\nLiteratur\n\nMuster, E. (2018). Gehen.\n"
         "Fremd, F. (2015). Anderswo.\n"), "listed-not-in-bib", "Fremd, F. (2015). Anderswo."),
        ("Quellen: Dr. Erika Muster, Max Probe", "source-note", "Dr. Erika Muster, Max Probe"),
    ],
)  # fmt: skip
def test_each_fault_has_its_finding(tmp_path: Path, text: str, code: str, value: str) -> None:
    """Each kind of fault gives its code once, at the words that are wrong."""
    result = audit(tmp_path, text, BIB + UNCLEAR)
    assert values(result, code) == [value]
    (finding,) = (f for f in result.findings if f.problem.code == code)
    assert finding.severity == RULES[code].severity
    assert finding.place == result.article.find_place(finding.start)
    assert result.article.text[finding.start : finding.end]


def test_an_unknown_citekey_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    """A citekey no entry has is an error; the known key nearest to it is suggested."""
    result = audit(tmp_path, "Das gilt [@Muster2081].\n", name="probe.md")
    (finding,) = (f for f in result.findings if f.severity == "error")
    assert finding.problem.code == "citekey-unknown"
    assert (finding.problem.value, finding.problem.detail) == ("Muster2081", "Muster2018")


def test_a_sound_article_has_no_finding(tmp_path: Path) -> None:
    """Citations that are linked and listed give no finding; what nobody cites is a note."""
    text = "Das gilt (Muster, 2018).\n\nLiteratur\n\nMuster, E. (2018). Gehen.\n"
    result = audit(tmp_path, text)
    assert set(codes(result)) == {"reference-not-cited"}
    assert {finding.severity for finding in result.findings} == {"note"}
    assert result.uncited == ("Nie2001", "Probe2019a", "Probe2019b")


def test_without_a_library_nothing_is_called_missing(tmp_path: Path) -> None:
    """Citations are found without a library too, but none is blamed for having no work."""
    result = audit(tmp_path, "Das gilt (Muster, 2018).", bib="")
    assert len(result.linked.links) == 1
    assert result.findings == ()


def test_a_list_and_its_text_are_compared_without_a_library(tmp_path: Path) -> None:
    """Names and years tell what an article's own list lacks, even when there is no .bib file."""
    text = (
        "Das gilt (Muster, 2018; Fremd, 2015).\n\nLiteratur\n\nMuster, E. (2018). Gehen.\n"
        "Nie, N. (2001). Nie zitiert.\n"
    )
    result = audit(tmp_path, text, bib="")
    assert values(result, "cited-not-listed") == ["Fremd, 2015"]
    assert values(result, "listed-not-cited") == ["Nie, N. (2001). Nie zitiert."]
    assert "listed-not-in-bib" not in codes(result)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_near_miss_names_the_work_and_says_what_differs(
    tmp_path: Path, language: Language
) -> None:
    """The message of a near miss holds the citekey and what keeps it from fitting."""
    (finding,) = (
        f
        for f in audit(tmp_path, "Das gilt (Muster, 2019).").findings
        if f.problem.code == "citation-near-miss"
    )
    message = render_finding(finding, language)
    assert "Muster2018 (" in message
    assert ("Jahr" if language == "de" else "year") in message
    assert "2018" in message


def test_an_unclear_entry_counts_as_cited_with_its_candidates(tmp_path: Path) -> None:
    """When an unclear citation occurs, its entry and the candidates are not called uncited."""
    text = "Das gilt (Alt et al., 2010) und (Fort, 2012)."
    assert audit(tmp_path, text, UNCLEAR).uncited == ()
    assert len(audit(tmp_path, "Das gilt.", UNCLEAR).uncited) == 4


def test_a_collection_is_cited_with_its_chapters(tmp_path: Path) -> None:
    """The parent of a cited chapter is not called uncited."""
    bib = (
        "@incollection{Muster2018, author = {Muster, E.}, title = {T}, crossref = {Buch}}\n"
        "@book{Buch, editor = {Hand, H.}, title = {Handbuch}, year = {2018}}\n"
    )
    assert audit(tmp_path, "Das gilt (Muster, 2018).", bib).uncited == ()


CLAIMS = (
    "id,document,claim_de,cites,paragraph\n"
    "p-1,probe,Eins.,Probe2019b,2\np-2,andere,Zwei.,Nie2001,1\n"
)
KB = {
    "claims.csv": CLAIMS,
    "references.bib": BIB + "@article{Rat2020, author = {Rat, R.}, title = {Rat}, year = {2020}}\n",
    "kb/documents.csv": "id,title\nprobe,Eine Probe\nandere,Anderes\n",
    "kb/appraisals.csv": "claim,reference,origin,verdict\np-1,Rat2020,suggested,supports\n",
}


@pytest.mark.parametrize("name", ["probe.txt", "ordner/probe.md", "titel.md"])
def test_what_the_claims_decided_counts(tmp_path: Path, name: str) -> None:
    """A claim of the same article and paragraph settles an ambiguous citation, no other does."""
    kb = load_files(tmp_path, KB)
    text = "# Eine Probe\n\nDas gilt (Probe, 2019).\n\nNoch einmal (Probe, 2019).\n"
    article = replace(read(text, "x.md"), name=name)
    result = audit_article(article, kb.references, kb=kb, statements=False)
    outcomes = [outcome for link in result.linked.links for outcome in link.outcomes]
    assert outcomes[0] == Linked(reference="Probe2019b", rule="decided")
    assert codes(result).count("citation-ambiguous") == 1
    other = audit_article(replace(article, name="fremd.md", title=""), kb.references, kb=kb)
    assert codes(other).count("citation-ambiguous") == 2


def test_a_knowledge_base_does_not_have_to_be_cited_whole(tmp_path: Path) -> None:
    """Suggestions, and what other articles cite, are not called uncited."""
    kb = load_files(tmp_path, KB)
    result = audit_article(read("Kein Zitat.", "probe.txt"), kb.references, kb=kb)
    assert result.uncited == ("Muster2018", "Probe2019a", "Probe2019b")


def test_a_citekey_counts_once(tmp_path: Path) -> None:
    """Of two entries with one citekey the first counts: no second work appears."""
    one, two = load_references(tmp_path, BIB)[:2]
    twin = replace(two, citekey=one.citekey)
    result = audit_article(read("Das gilt (Muster, 2018)."), [one, twin], statements=False)
    assert result.linked.cited == {"Muster2018"}


def state(article: Article, text: str, covered_by: int | None = None) -> Statement:
    start = article.text.index(text)
    return Statement(
        start=start, end=start + len(text), text=text, reason=Reason.EFFECT, covered_by=covered_by
    )


def test_statements_are_findings_and_covered_ones_are_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement without a source is a warning that says why; one covered nearby is a note."""
    article = read("Gehen hilft. Laufen hilft auch.")
    found = (state(article, "Gehen hilft."), state(article, "Laufen hilft auch.", covered_by=3))
    monkeypatch.setattr(audit_module, "find_unsourced", lambda *_: found)
    result = audit_article(article, load_references(tmp_path, BIB))
    assert codes(result)[:2] == ["statement-unsourced", "reference-not-cited"]
    assert values(result, "statement-covered") == ["Laufen hilft auch."]
    assert "nennt eine Wirkung" in render_finding(result.findings[0], "de")
    assert "states an effect" in render_finding(result.findings[0], "en")
    assert audit_article(article, (), statements=False).statements == ()


def test_a_plain_fact_is_found_and_a_question_is_not() -> None:
    """The classifier itself is asked: a figure without a source is a statement, a question none."""
    text = (
        "Studien zeigen, dass Krafttraining das Risiko für Rückenschmerzen um 30 Prozent senkt.\n\n"
        "Und wie geht es dir heute?\n"
    )
    result = audit_article(read(text), ())
    assert [record.text[:7] for record in result.statements] == ["Studien"]


def test_code_lists_and_comments_are_no_text(tmp_path: Path) -> None:
    """Citations in code, and statements in the reference list or in comments, do not count."""
    text = "Text.\n\n```\n(Muster, 2018)\n```\n\nUnd `(Probe, 2019)` hier.\n"
    assert audit(tmp_path, text, name="probe.md").linked.links == ()
    line = "[belegt: ignore statement-unsourced laut Muster (2018) belegt]"
    report = audit_source(read(f"{line}\n\nText.\n"), b"", Setup())
    assert report.audit is not None
    assert (report.audit.linked.links, report.audit.statements) == ((), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quellen: Dr. Erika Muster, WHO und Max von Probe",
         ("Dr. Erika Muster", "WHO", "Max von Probe")),
        (("Hinweis zu Quellen: Dieser Text folgt den Arbeiten von Dr. Max Muster und dem Modell "
         "nach Prof. Dr. Eva Probe."), ("Dr. Max Muster", "Prof. Dr. Eva Probe")),
        ("This article is based on the work of Jane Doe.", ("Jane Doe",)),
        ("Sources: Erika Muster; World Health Organization",
         ("Erika Muster", "World Health Organization")),
        ("Quellen\n\nDr. Max Muster\n\nWHO\n", ("Dr. Max Muster", "WHO")),
        ("Quelle: Muster, E. (2018). Gehen.", ()),
        ("Quelle: https://example.org/studie von Dr. Erika Muster", ()),
        ("Quelle: eigene Darstellung", ()),
        ("Literatur: auf Anfrage bei der Redaktion erhältlich", ()),
        ("Quellen sind wichtig, sagt Dr. Erika Muster.", ()),
        ("Quellen: " + "A" * 500, ("A" * 500,)),
    ],
)  # fmt: skip
def test_a_note_of_names_is_told_from_sources(text: str, names: tuple[str, ...]) -> None:
    """Names without year, address or title are listed; what one could look up is left alone."""
    found = [found for _start, _end, found in find_source_notes(read(text))]
    assert found == ([names] if names else [])


def test_a_note_is_found_without_blocks() -> None:
    """A text that nobody has taken apart is looked at line by line."""
    text = "Eins.\nQuellen: Dr. Erika Muster\n"
    (note,) = find_source_notes(Article(name="x", format="text", text=text))
    assert text[note[0] : note[1]] == "Quellen: Dr. Erika Muster"


def test_paragraphs_are_counted_as_in_claims() -> None:
    """The ordinal of a place is that of the non-empty line it stands in, from 1."""
    text = "\nEins\n\n  \nZwei\r\nDrei"
    starts = list_line_starts(text)
    assert [find_paragraph(starts, text.index(word)) for word in ("Eins", "Zwei", "Drei")] == [
        1, 2, 3,
    ]  # fmt: skip
    assert find_paragraph([], 0) == 1


def test_labels_are_closed() -> None:
    """An item that opens a bracket is shown with the bracket closed, a citekey by itself."""
    assert label_item(Item(start=0, end=0, text="Probe (2019")) == "Probe (2019)"
    assert label_item(Item(start=0, end=0, text="@a", key="a")) == "a"


def test_findings_come_in_order(tmp_path: Path) -> None:
    """The most serious come first, then by code and place."""
    text = "Das [@fehlt], (Fremd, 2015) und (Anders, 2014).\n"
    found = audit(tmp_path, text, name="probe.md").findings
    ranks = [(finding.severity, finding.problem.code, finding.start) for finding in found]
    order = {"error": 0, "warning": 1, "note": 2}
    assert ranks == sorted(ranks, key=lambda rank: (order[rank[0]], rank[1], rank[2]))
    assert ranks[0][0] == "error"


def test_every_rule_says_itself_in_two_languages() -> None:
    """Every rule of articles is in the catalogue, and every reason to refuse a file is one."""
    assert all(RULES[rule.code] is rule for rule in ARTICLE_RULES)
    assert {rule.code for rule in ARTICLE_RULES} >= set(ARTICLE_ERRORS)
    assert Counter(rule.code for rule in ARTICLE_RULES).most_common(1)[0][1] == 1
    for rule in ARTICLE_RULES:
        for pair in (rule.title, rule.message, rule.cure):
            assert len(pair) == 2
            assert all(text.strip() == text != "" for text in pair)
    assert set(REASONS) == {reason.value for reason in Reason}


def report_of(text: str, name: str, folder: Path, ignore: str = "") -> dict[str, list[str]]:
    """Audit a source with silencing; return the values of what counts and what is silenced."""
    setup = Setup(references=load_references(folder, BIB), statements=False)
    path = folder / ".belegtignore"
    path.write_text(ignore)
    report = audit_source(read(text, name), text.encode(), setup, path)
    return {
        "counting": [
            f.problem.value for f in report.findings if f.problem.code == "citation-unresolved"
        ],
        "silenced": [record.finding.problem.value for record in report.silenced],
        "reasons": [record.reason for record in report.silenced],
        "bad": [f.problem.code for f in report.findings if f.problem.code.startswith("ignore-")],
    }


MARKDOWN = """\
# Titel

Eins (Eins, 2011). <!-- belegt: ignore citation-unresolved steht im Archiv -->

Zwei (Zwei, 2012).

<!-- belegt: ignore citation-unresolved
statement-unsourced: alt
und bekannt -->

## Überschrift

Drei (Drei, 2013).

Vier (Vier, 2014).
"""
HTML = """\
<html><body><h1>Titel</h1>
<p><!-- belegt: ignore citation-unresolved steht im Archiv -->Eins (Eins, 2011).</p><p>Zwei
(Zwei, 2012).</p>
<!-- belegt: ignore citation-unresolved statement-unsourced alt und bekannt -->
<h2>&Uuml;berschrift</h2><p>Drei <b>sagt</b> (Drei, 2013).</p>
<p>Vier (Vier, 2014).</p></body></html>
"""
TEXT = """\
Titel

Eins (Eins, 2011). [belegt: ignore citation-unresolved steht im Archiv]

Zwei (Zwei, 2012).

<!-- belegt: ignore citation-unresolved statement-unsourced alt und bekannt -->

Überschrift

Drei (Drei, 2013) und noch mehr Wörter, damit es ein Absatz ist und keine Überschrift wird.

Vier (Vier, 2014).
"""


@pytest.mark.parametrize(
    ("text", "name"), [(MARKDOWN, "probe.md"), (HTML, "probe.html"), (TEXT, "probe.txt")]
)
def test_a_comment_silences_its_paragraph(tmp_path: Path, text: str, name: str) -> None:
    """A comment counts where it stands; alone in its line it counts for the next paragraph."""
    found = report_of(text, name, tmp_path)
    assert found == {
        "counting": ["Zwei, 2012", "Vier, 2014"],
        "silenced": ["Eins, 2011", "Drei, 2013"],
        "reasons": ["steht im Archiv", "alt und bekannt"],
        "bad": [],
    }


@pytest.mark.parametrize(
    ("comment", "bad"),
    [
        ("citation-unresolved", "ignore-without-reason"),
        ("", "ignore-without-reason"),
        ("citation-ambiguous anderer Code", "ignore-unused"),
        ("citation-unresolvd verschrieben", "ignore-unused"),
    ],
)
def test_a_comment_that_does_nothing_is_said(tmp_path: Path, comment: str, bad: str) -> None:
    """Without a reason, or with a code that does not occur, nothing is silenced."""
    text = f"Eins (Eins, 2011). <!-- belegt: ignore {comment} -->\n"
    found = report_of(text, "probe.md", tmp_path)
    assert (found["counting"], found["bad"]) == (["Eins, 2011"], [bad])


@pytest.mark.parametrize(
    ("line", "silenced"),
    [
        ('citation-unresolved probe.md "eins" # alt', ["Eins, 2011"]),
        ('citation-unresolved *.md "EINS,  2011" # alt', ["Eins, 2011"]),
        ("citation-unresolved * # alt", ["Eins, 2011", "Zwei, 2012"]),
        ('citation-unresolved "probe.md" # alt', ["Eins, 2011", "Zwei, 2012"]),
        ('* * "Zwei" # alt', ["Zwei, 2012"]),
        ('reference-not-cited * "Nie2001" # alt', ["Nie2001"]),
        ('citation-unresolved andere.md "eins" # alt', []),
        ('citation-ambiguous * "eins" # alt', []),
        ("# nur ein Kommentar", []),
    ],
)
def test_a_pattern_silences_by_code_file_and_words(
    tmp_path: Path, line: str, silenced: list[str]
) -> None:
    """A line of .belegtignore names code, files and words; case and white space do not matter."""
    text = "Eins (Eins, 2011).\n\nZwei (Zwei, 2012).\n"
    assert report_of(text, "probe.md", tmp_path, f"\n{line}\n")["silenced"] == silenced


def test_a_pattern_may_name_a_fingerprint(tmp_path: Path) -> None:
    """The fingerprint of a report silences exactly that finding."""
    result = audit(tmp_path, "Eins (Eins, 2011). Zwei (Zwei, 2012).")
    (first, _second) = (f for f in result.findings if f.problem.code == "citation-unresolved")
    line = f'citation-unresolved * "{find_fingerprint(first, result.article)}" # alt'
    found = report_of("Eins (Eins, 2011). Zwei (Zwei, 2012).", "probe.txt", tmp_path, line)
    assert found["silenced"] == ["Eins, 2011"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('citation-unresolved * "x"', "ignore-without-reason"),
        ("citation-unresolved * #  ", "ignore-without-reason"),
        ("citation-unresolved", "ignore-unreadable"),
        ('citation-unresolved * "x # y', "ignore-unreadable"),
    ],
)
def test_a_bad_line_of_patterns_is_a_finding(line: str, code: str) -> None:
    """A line without a reason, or one that cannot be read, does not count and is named."""
    patterns, findings = parse_patterns(f"# Kopf\n{line}\n", ".belegtignore")
    assert patterns == ()
    assert [(f.problem.code, f.problem.line) for f in findings] == [(code, 2)]


def find_prints(result: ArticleAudit, code: str) -> list[str]:
    found = (f for f in result.findings if f.problem.code == code)
    return [find_fingerprint(finding, result.article) for finding in found]


def test_a_fingerprint_survives_moved_lines(tmp_path: Path) -> None:
    """Paragraphs put in front change no fingerprint; other words and neighbours do."""
    text = "Das sagt man eben so (Fremd, 2015), wie es heißt. Auch (Fremd, 2015) sagt es."
    one = find_prints(audit(tmp_path, text), "citation-unresolved")
    moved = find_prints(audit(tmp_path, f"Neu davor.\n\n{text}\n\nNeu.\n"), "citation-unresolved")
    assert moved == one
    assert len(set(one)) == 2
    assert find_prints(audit(tmp_path, text.replace("5", "6")), "citation-unresolved") != one


def test_a_fingerprint_needs_no_place() -> None:
    """A finding about the whole article is known by what it names."""
    problem = replace(audit_module.make_finding(read("x"), "reference-not-cited", "K").problem)
    one = ArticleFinding(problem=problem, severity="note")
    other = replace(one, problem=replace(problem, value="L"))
    assert find_fingerprint(one, read("x")) == find_fingerprint(one, None)
    assert find_fingerprint(one, None) != find_fingerprint(other, None)


def test_a_heading_with_nothing_below_is_no_note() -> None:
    """A heading of sources at the end of a text names nobody."""
    heading = Block(kind=BlockKind.HEADING, start=0, end=7)
    article = Article(name="x", format="text", text="Quellen", blocks=(heading,))
    assert list(find_source_notes(article)) == []


def test_what_the_reader_could_not_read_well_is_a_finding() -> None:
    """A guessed encoding is a warning of the audit, under the name the article goes by."""
    article = replace(read_article("Für dich.".encode("cp1252"), "x.txt"), name="ordner/x.txt")
    (finding,) = audit_article(article, (), statements=False).findings
    assert (finding.problem.code, finding.problem.path) == ("article-bytes", "ordner/x.txt")
    assert "0xfc" in render_finding(finding, "de")


def test_a_text_without_blocks_has_fingerprints_by_line() -> None:
    """Where nobody has found paragraphs, the words of the line tell findings apart."""
    article = Article(name="x", format="text", text="Eins A hier.\nZwei A dort.")
    spans = [(5, 6), (18, 19)]
    made = [audit_module.make_finding(article, "source-note", "A", span=span) for span in spans]
    assert len({find_fingerprint(finding, article) for finding in made}) == 2
    alone = replace(article, text="Eins A hier.\nAnders.")
    assert find_fingerprint(made[0], alone) == find_fingerprint(made[0], article)


def test_many_comments_do_not_keep_the_audit_busy() -> None:
    """Comments and paragraphs without end are looked through in a moment."""
    text = "<!-- belegt: ignore citation-unresolved x -->\n\nWort.\n\n" * 5_000
    for name in ("x.md", "x.html", "x.txt"):
        source = f"<html><body>{text}</body></html>" if name == "x.html" else text
        comments = find_comments(read(source, name), source.encode())
        assert len(comments) == MOST_COMMENTS


def test_numbers_of_intervals_and_years_are_left_alone(tmp_path: Path) -> None:
    """Only brackets that look like citations are missed in the list: no interval, no year."""
    listed = "Literatur\n\n[1] Muster, E. (2018). Gehen.\n[2] Nie, N. (2001). Nie zitiert.\n"
    text = f"Eins [1], zwei [2, 5], KI [3, 4], Bild [2018], [6](x), wieder [5].\n\n{listed}"
    assert values(audit(tmp_path, text), "number-without-entry") == ["5"]
    assert values(audit(tmp_path, text.replace("[1], zwei", "ohne")), "number-without-entry") == []
