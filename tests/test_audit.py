import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from belegt.article.anchor import make_anchor, split_paragraphs
from belegt.audit import (
    REPORT_FORMATS,
    RULES,
    SEVERITIES,
    Finding,
    check_knowledge_base,
    count_severities,
    is_at_least,
)
from belegt.audit.catalogue import render_cure, render_message
from belegt.audit.findings import render_summary
from belegt.audit.texts.article import ARTICLE_RULES
from belegt.audit.texts.imports import IMPORT_RULES
from belegt.model import Problem
from belegt.standing import find_standing
from belegt.store import load_knowledge_base
from belegt.vocabulary import LANGUAGES, Language
from samples import REPOSITORY, load_files

Files = Mapping[str, bytes | str]

HEAD = "id,document,claim_de,kind,mechanisms,cites,attributed_to,paragraph,anchor\n"
GOOD_ROW = "a,d,Eins.,effect,m,K2001,,2,\n"
GOOD_ENTRY = (
    "@article{K2001,\n  author = {A, B.},\n  title = {T},\n  year = {2001},\n"
    "  doi = {10.1000/one},\n}\n"
)
ARTICLE = "Kopf\n\nEins steht hier.\n"
ANCHOR = "2:0-9:"
APPRAISALS_HEAD = "claim,reference,origin,verdict,basis,readings,reason_de\n"
GOOD_APPRAISAL = "a,K2001,article,supports,abstract,1,Darum.\n"
BOTH_JUDGED = GOOD_APPRAISAL + GOOD_APPRAISAL.replace("a,", "b,", 1)
RELATIONS_HEAD = "claim,relation,other\n"
MECHANISMS_HEAD = "id,parent,label_de\n"
GOOD: Files = {
    "claims.csv": HEAD + GOOD_ROW + "b,d,Zwei.,advice,m; n,K2001,,2,\n",
    "references.bib": GOOD_ENTRY,
    "kb/documents.csv": "id,title\nd,T\n",
    "kb/mechanisms.csv": MECHANISMS_HEAD + "m,,M\nn,m,N\n",
    "kb/relations.csv": RELATIONS_HEAD + "a,qualifies,b\n",
}


def claims(*rows: str) -> Files:
    return {"claims.csv": HEAD + GOOD_ROW + "".join(f"{row}\n" for row in rows)}


def entries(text: str, *, cited: str = "") -> Files:
    rows = claims(f"z,d,Z.,effect,m,{cited},,2,") if cited else {}
    return {**rows, "references.bib": GOOD_ENTRY + text}


def below_kb(name: str, head: str, row: str) -> Files:
    return {f"kb/{name}.csv": head + row + "\n"}


def judged(*rows: str) -> Files:
    """Return a table of appraisals in order, with these rows below."""
    return {"kb/appraisals.csv": APPRAISALS_HEAD + BOTH_JUDGED + "".join(f"{r}\n" for r in rows)}


def entry(extra: str, key: str = "L2002") -> str:
    return f"@article{{{key}, author = {{A, B.}}, title = {{T}}, year = {{2001}}, {extra}}}\n"


# What each code fires on: the files that differ from GOOD, and the line and value it names.
FAILING: dict[str, tuple[Files, int, str]] = {
    "folder-missing": ({}, 0, "nowhere"),
    "file-missing": ({}, 0, ""),
    "file-unreadable": ({}, 0, "Is a directory"),
    "file-empty": ({"kb/documents.csv": ""}, 1, ""),
    "file-bom": ({"references.bib": "\ufeff" + GOOD_ENTRY}, 1, "utf-8"),
    "file-encoding": ({"kb/documents.csv": b"id,title\nd,\xfc\n"}, 2, "0xfc"),
    "file-line-ends": ({"kb/documents.csv": "id,title\r\nd,T\r\n"}, 1, "\\r\\n"),
    "file-nul": ({"kb/documents.csv": "id,title\nd,T\0\n"}, 2, "NUL"),
    "csv-separator": ({"kb/documents.csv": "id;title\nd;T\n"}, 1, ";"),
    "csv-missing-column": ({"kb/relations.csv": "claim,other\n"}, 1, "relation"),
    "csv-duplicate-column": ({"kb/documents.csv": "id,title,title\nd,T,U\n"}, 1, "title"),
    "csv-unknown-column": ({"kb/documents.csv": "id,titel\nd,T\n"}, 1, "titel"),
    "csv-broken-row": (claims('q,d,"nie'), 3, 'q,d,"nie'),
    "csv-row-length": ({"kb/documents.csv": "id,title\nd\n"}, 2, "1"),
    "csv-long-cell": (
        {"kb/documents.csv": "id,title\nd," + "x" * 20_001 + "\n"},
        2,
        "x" * 59 + "…",
    ),
    "duplicate-id": (claims("a,d,Noch mal.,effect,m,K2001,,2,"), 3, "a"),
    "record-without-id": (claims(",d,Namenlos.,effect,m,K2001,,2,"), 3, "line-3"),
    "bib-broken-entry": (entries("@misc{x, note = {nie"), 7, "@misc{x, note = {nie"),
    "bib-no-key": (entries("@misc{, note = {n}}"), 7, "@misc{, note = {n}}"),
    "bib-duplicate-key": (entries("@misc{K2001, note = {n}}"), 7, "K2001"),
    "bib-duplicate-string": (entries("@string{a = {A}}\n@string{a = {B}}"), 8, "a"),
    "bib-duplicate-field": (entries(entry("note = {n}, note = {m}"), cited="L2002"), 7, "note"),
    "bib-missing-comma": (entries(entry("note = {n} volume = 1"), cited="L2002"), 7, "volume"),
    "bib-undefined-string": (entries(entry("journal = jp"), cited="L2002"), 7, "jp"),
    "bib-empty-entry": (entries("@misc{L2002}", cited="L2002"), 7, "L2002"),
    "bib-unknown-crossref": (entries(entry("crossref = {K2002}"), cited="L2002"), 7, "K2002"),
    "claim-uncited": (claims("c,d,Drei.,effect,m,,,2,"), 3, "c"),
    "claim-attributed": (claims("c,d,Drei.,effect,m,,Jemand,2,"), 3, "c"),
    "claim-unidentified": (claims("c,d,Drei.,effect,m,Nowhere,,2,"), 3, "c"),
    "claim-without-text": (claims("c,d,,effect,m,K2001,,2,"), 3, "c"),
    "claim-unknown-document": (claims("c,e,Drei.,effect,m,K2001,,2,"), 3, "e"),
    "claim-unknown-mechanism": (claims("c,d,Drei.,effect,mm; m,K2001,,2,"), 3, "mm"),
    "claim-unknown-reference": (claims("c,d,Drei.,effect,m,K2001; K2002,,2,"), 3, "K2002"),
    "claim-unknown-kind": (claims("c,d,Drei.,efect,m,K2001,,2,"), 3, "efect"),
    "claim-bad-paragraph": (claims("c,d,Drei.,effect,m,K2001,,zwei,"), 3, "zwei"),
    "claim-bad-anchor": (claims("c,d,Drei.,effect,m,K2001,,2,hier"), 3, "hier"),
    "claim-stale-anchor": (
        claims("c,d,Drei.,effect,m,K2001,,2,2:0-9:0123456789ab"),
        3,
        "2:0-9:0123456789ab",
    ),
    "article-missing": (claims("c,e,Drei.,effect,m,K2001,,2,2:0-9:0123456789ab"), 3, "e"),
    "reference-uncited": (entries(entry("")), 7, "L2002"),
    "reference-unidentified": (
        entries(entry("identification = {ambiguous}, candidates = {K2001}"), cited="L2002"),
        7,
        "L2002",
    ),
    "reference-without-title": (
        entries("@misc{L2002, author = {A, B.}, year = {2001}}", cited="L2002"),
        7,
        "L2002",
    ),
    "reference-without-author": (
        entries("@misc{L2002, title = {T}, year = {2001}}", cited="L2002"),
        7,
        "L2002",
    ),
    "reference-without-year": (
        entries("@misc{L2002, title = {T}, author = {A, B.}}", cited="L2002"),
        7,
        "L2002",
    ),
    "reference-unknown-identification": (
        entries(entry("identification = {sure}"), cited="L2002"),
        7,
        "sure",
    ),
    "reference-unknown-candidate": (
        entries(entry("identification = {ambiguous}, candidates = {Nobody}"), cited="L2002"),
        7,
        "Nobody",
    ),
    "duplicate-doi": (entries(entry("doi = {10.1000/ONE}"), cited="L2002"), 7, "10.1000/ONE"),
    "broken-doi": (entries(entry("doi = {11.1000/x}"), cited="L2002"), 7, "11.1000/x"),
    "mechanism-unknown-parent": (
        {"kb/mechanisms.csv": MECHANISMS_HEAD + "m,,M\nn,m,N\no,nowhere,O\n"},
        4,
        "nowhere",
    ),
    "mechanism-circle": (
        {"kb/mechanisms.csv": MECHANISMS_HEAD + "m,,M\nn,m,N\no,o,O\n"},
        4,
        "o",
    ),
    "appraisal-unknown-claim": (
        judged("x,K2001,article,supports,abstract,1,D."),
        4,
        "x",
    ),
    "appraisal-unknown-reference": (
        judged("a,K2000,suggested,supports,abstract,1,D."),
        4,
        "K2000",
    ),
    "appraisal-unknown-word": (
        judged("a,K2001,suggested,support,abstract,1,D."),
        4,
        "support",
    ),
    "appraisal-uncited": (
        {
            "references.bib": GOOD_ENTRY + entry(""),
            **judged("a,L2002,article,supports,abstract,1,D.", "b,L2002,suggested,,,,"),
        },
        4,
        "a",
    ),
    "appraisal-missing": (
        {"kb/appraisals.csv": APPRAISALS_HEAD + GOOD_APPRAISAL},
        3,
        "b",
    ),
    "appraisal-without-reason": (judged("a,K2001,suggested,supports,title,1,"), 4, "a × K2001"),
    "appraisal-without-basis": (judged("a,K2001,suggested,supports,none,1,D."), 4, "a × K2001"),
    "relation-unknown-claim": (below_kb("relations", RELATIONS_HEAD, "a,agrees,x"), 2, "x"),
    "relation-unknown-word": (below_kb("relations", RELATIONS_HEAD, "a,agree,b"), 2, "agree"),
    "relation-to-itself": (below_kb("relations", RELATIONS_HEAD, "a,agrees,a"), 2, "a"),
    "relation-both-ways": (
        below_kb("relations", RELATIONS_HEAD, "a,agrees,b\nb,agrees,a"),
        3,
        "b agrees a",
    ),
    "relation-repeats-circle": (
        {
            **claims("b,d,Zwei.,advice,m,K2001,,2,", "c,d,Drei.,advice,m,K2001,,2,"),
            **below_kb("relations", RELATIONS_HEAD, "a,repeats,b\nb,repeats,c\nc,repeats,a"),
        },
        4,
        "c",
    ),
}


def check(folder: Path, files: Files, articles: Mapping[str, str] | None = None) -> list[Problem]:
    texts = {"d": ARTICLE} if articles is None else articles
    paragraphs = {name: split_paragraphs(text) for name, text in texts.items()}
    findings = check_knowledge_base(load_files(folder, files), paragraphs)
    assert all(finding.severity == RULES[finding.problem.code].severity for finding in findings)
    return [finding.problem for finding in findings]


def prepare(folder: Path, code: str) -> list[Problem]:
    if code == "folder-missing":
        kb = load_knowledge_base(folder / "nowhere")
        return [finding.problem for finding in check_knowledge_base(kb)]
    files = {**GOOD, **FAILING[code][0]}
    if code == "file-missing":
        del files["references.bib"]
    if code == "file-unreadable":
        del files["kb/relations.csv"]
        (folder / "kb" / "relations.csv").mkdir(parents=True)
    return check(folder, files)


def test_every_rule_has_a_case_here() -> None:
    """The table of failing folders names exactly the codes that a folder can have."""
    others = {rule.code for rule in (*ARTICLE_RULES, *IMPORT_RULES)}
    assert set(FAILING) == set(RULES) - others


def test_a_good_folder_has_no_findings(tmp_path: Path) -> None:
    """No rule fires on a folder in order, anchors included."""
    digest = str(make_anchor(split_paragraphs(ARTICLE), "Eins steht")).rpartition(":")[2]
    row = f"c,d,Drei.,opinion,m,K2001,,2,2:0-10:{digest}\n"
    files = {**GOOD, **judged("c,K2001,article,not checked,none,,")}
    assert check(tmp_path, {**files, "claims.csv": str(GOOD["claims.csv"]) + row}) == []


@pytest.mark.parametrize("code", sorted(FAILING))
def test_every_rule_fires_where_it_should(tmp_path: Path, code: str) -> None:
    """A damage in one place gives its code once, with the right line and value."""
    problems = [problem for problem in prepare(tmp_path, code) if problem.code == code]
    _files, line, value = FAILING[code]
    assert [(problem.line, problem.value) for problem in problems] == [(line, value)]


@pytest.mark.parametrize("code", sorted(FAILING))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_can_be_read(tmp_path: Path, code: str, language: Language) -> None:
    """Message and cure of every finding are whole sentences in both languages."""
    (problem, *_) = [problem for problem in prepare(tmp_path, code) if problem.code == code]
    message, cure = render_message(problem, language), render_cure(problem, language)
    assert (
        problem.value in message or not problem.value or code in {"file-nul", "record-without-id"}
    )
    assert "{" not in message.replace(problem.value, "")
    assert cure.endswith((".", ")", "?")) or cure[-1].isalnum()


def test_german_and_english_are_both_written() -> None:
    """Every rule says title, message and cure in two languages, and names itself."""
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.severity in SEVERITIES
        for pair in (rule.title, rule.message, rule.cure):
            assert len(pair) == 2
            assert all(text.strip() == text != "" for text in pair)


def test_braces_in_a_value_stay_as_they_are() -> None:
    """A value that looks like a placeholder is shown as it is."""
    problem = Problem(
        code="bib-broken-entry", path="references.bib", value="{detail} {0}", detail="{value}"
    )
    assert render_message(problem, "en") == "The entry cannot be read: {detail} {0} ({value})"


def test_a_suggestion_names_the_nearest_key(tmp_path: Path) -> None:
    """An unknown key is shown beside the known one that is nearest."""
    files = {**GOOD, **claims("c,d,Drei.,effect,m,K2002,,2,")}
    (problem,) = [p for p in check(tmp_path, files) if p.code == "claim-unknown-reference"]
    assert problem.detail == "K2001"


def test_a_moved_passage_is_found_again(tmp_path: Path) -> None:
    """An anchor whose text now stands in another paragraph says where."""
    digest = str(make_anchor(split_paragraphs(ARTICLE), "Eins steht")).rpartition(":")[2]
    files = {**GOOD, **claims(f"c,d,Drei.,effect,m,K2001,,2,2:0-10:{digest}")}
    problems = check(tmp_path, files, {"d": "Kopf\nNeu.\nEins steht hier.\n"})
    assert [(p.code, p.detail) for p in problems if p.line == 3] == [
        ("claim-stale-anchor", f"3:0-10:{digest}")
    ]


def test_an_anchor_of_another_paragraph_is_noticed(tmp_path: Path) -> None:
    """Anchor and column paragraph must name the same paragraph."""
    files = {**GOOD, **claims("c,d,Drei.,effect,m,K2001,,7,2:0-9:0123456789ab")}
    codes = [p.code for p in check(tmp_path, files) if p.line == 3]
    assert "claim-bad-anchor" in codes


def test_without_articles_anchors_are_not_compared(tmp_path: Path) -> None:
    """Nobody who has no copies of the articles is told that anchors do not fit."""
    rows = "b,d,B.,effect,m,K2001,,2,", "c,d,Drei.,effect,m,K2001,,2,2:0-9:0123456789ab"
    assert check_knowledge_base(load_files(tmp_path, {**GOOD, **claims(*rows)})) == ()


def test_without_tables_below_kb_the_claims_own_words_count(tmp_path: Path) -> None:
    """Articles and mechanisms need no table of their own."""
    files = {name: GOOD[name] for name in ("claims.csv", "references.bib")}
    assert check(tmp_path, files) == []


def test_a_circle_of_two_names_both(tmp_path: Path) -> None:
    """Mechanisms that stand above each other are both named; one below the circle is not."""
    text = MECHANISMS_HEAD + "m,n,M\nn,m,N\no,m,O\n"
    problems = check(tmp_path, {**GOOD, "kb/mechanisms.csv": text})
    assert [(p.code, p.line, p.value) for p in problems] == [
        ("mechanism-circle", 2, "m"),
        ("mechanism-circle", 3, "n"),
    ]


@pytest.mark.parametrize(
    ("doi", "fine"),
    [
        ("10.1016/j.jpain.2014.09.006", True),
        ("https://doi.org/10.1000/one", True),
        ("doi: 10.1000/182(99)<a>;2-x", True),
        ("10.1016", False),
        ("10.1016/a b", False),
        ("https://example.org/10.1000/one", False),
    ],
)
def test_dois_are_told_from_other_things(tmp_path: Path, doi: str, *, fine: bool) -> None:
    """A DOI may be written with its address; anything that is none is a finding."""
    text = GOOD_ENTRY.replace("10.1000/one", doi)
    problems = check(tmp_path, {**GOOD, "references.bib": text})
    assert [p.code for p in problems] == ([] if fine else ["broken-doi"])


def test_a_parent_and_a_candidate_count_as_used(tmp_path: Path) -> None:
    """An entry that is only crossref, candidate or suggestion is not called uncited."""
    text = (
        GOOD_ENTRY
        + entry("crossref = {P}")
        + entry("", key="P")
        + entry("identification = {ambiguous}, candidates = {C}", key="U")
        + entry("", key="C")
        + entry("", key="S")
    )
    files = {
        **GOOD,
        **claims("z,d,Z.,effect,m,L2002; U,,2,", "b,d,B.,effect,m,K2001,,2,"),
        "references.bib": text,
        **judged(
            "a,S,suggested,supports,abstract,1,D.",
            "z,L2002,article,supports,abstract,1,D.",
            "z,U,article,not checked,none,,",
        ),
    }
    assert {p.code for p in check(tmp_path, files)} == {"reference-unidentified"}


def test_findings_come_in_order(tmp_path: Path) -> None:
    """The most serious come first, then one code after the other, then by file and line."""
    files = {
        **GOOD,
        **claims("c,d,,effect,m,,,2,", "e,d,E.,effect,m,,,2,", "f,d,,effect,m,,Jemand,2,"),
    }
    problems = check(tmp_path, {**files, "kb/relations.csv": RELATIONS_HEAD})
    assert [(p.code, p.line) for p in problems] == [
        ("claim-without-text", 3),
        ("claim-without-text", 5),
        ("claim-uncited", 3),
        ("claim-uncited", 4),
        ("claim-attributed", 5),
    ]


def test_severities_are_counted_and_compared() -> None:
    """Counts name every severity; an error is at least a warning, a note is not."""
    problem = Problem(code="claim-uncited", path="claims.csv")
    counts = count_severities([Finding(problem=problem, severity="warning")] * 2)
    assert counts == {"error": 0, "warning": 2, "note": 0}
    assert render_summary(counts, "de") == "0 Fehler, 2 Warnungen, 0 Hinweise"
    counts = {"error": 1, "warning": 1, "note": 1}
    assert render_summary(counts, "en") == "1 error, 1 warning, 1 note"
    assert is_at_least("error", "warning")
    assert is_at_least("note", "note")
    assert not is_at_least("note", "warning")


def test_the_json_report_has_every_key(tmp_path: Path) -> None:
    """The JSON report holds code, severity, file, line, value, message and cure."""
    files = {**GOOD, **claims("c,d,Drei „vier“.,effect,m,,,2,", "b,d,B.,effect,m,K2001,,2,")}
    findings = check_knowledge_base(load_files(tmp_path, files))
    content = json.loads(REPORT_FORMATS["json"](findings, "en"))
    assert content == {
        "summary": {"error": 0, "warning": 1, "note": 0},
        "findings": [
            {
                "code": "claim-uncited",
                "severity": "warning",
                "file": "claims.csv",
                "line": 3,
                "value": "c",
                "message": "c: Drei „vier“.",
                "cure": RULES["claim-uncited"].cure[1],
            }
        ],
    }


def test_the_text_report_groups_by_rule(tmp_path: Path) -> None:
    """The text report has a heading per rule, the cure once, a line per place and a summary."""
    files = {**GOOD, **claims("c,d,Drei.,effect,m,,,2,", "b,d,B.,effect,m,,,2,")}
    findings = check_knowledge_base(load_files(tmp_path, files))
    assert REPORT_FORMATS["text"](findings, "de") == (
        "WARNUNG claim-uncited: Aussage ohne Quelle (2)\n"
        f"  Abhilfe: {RULES['claim-uncited'].cure[0]}\n"
        "  claims.csv:3  c: Drei.\n"
        "  claims.csv:4  b: B.\n"
        "\n"
        "0 Fehler, 2 Warnungen, 0 Hinweise\n"
    )


def test_the_repository_has_no_errors_and_every_gap_is_found() -> None:
    """Our own folder has no error, and the audit names exactly the claims without a source."""
    kb = load_knowledge_base(REPOSITORY)
    findings = check_knowledge_base(kb)
    assert [finding for finding in findings if finding.severity == "error"] == []
    for status in ("uncited", "unidentified", "attributed"):
        named = {f.problem.value for f in findings if f.problem.code == f"claim-{status}"}
        expected = {claim.id for claim in kb.claims if find_standing(claim, kb).status == status}
        assert named == expected != set()
