import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.files import Dialect
from belegt.model import Appraisal, Claim, Document, Mechanism, Problem, Relation
from belegt.store.records import (
    APPRAISALS,
    CLAIM_COLUMNS,
    CLAIMS,
    DOCUMENTS,
    MECHANISMS,
    RELATIONS,
    parse_list,
    parse_records,
)
from belegt.store.tables import render_row
from samples import CLAIMS_HEADER

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(str.strip)
KEY = st.text("abcXYZ019-_äß", min_size=1, max_size=8)
KEYS = st.lists(KEY, unique=True, max_size=3).map(tuple)
CLAIM = st.builds(
    Claim,
    id=KEY,
    document=TEXT,
    claim_de=TEXT,
    claim_en=TEXT,
    kind=TEXT,
    mechanisms=KEYS,
    cites=KEYS,
    cited_as=TEXT,
    attributed_to=TEXT,
    section=TEXT,
    paragraph=st.none() | st.integers(0, 999_999_999),
    anchor=TEXT,
    note=TEXT,
    line=st.just(0),
)


def read_claims(text: str) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    _table, records, problems = parse_records(text.encode(), CLAIMS)
    return records, problems


@given(
    st.lists(CLAIM, unique_by=lambda claim: claim.id, max_size=4),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_claims_survive_being_written_and_read(
    claims: list[Claim], delimiter: str, newline: str
) -> None:
    """Whatever a claim says, rows written for it are read back as the same claim."""
    dialect = Dialect(delimiter=delimiter, newline=newline)
    rows = [list(CLAIM_COLUMNS), *(list(CLAIMS.cells_of(claim).values()) for claim in claims)]
    text = "".join(render_row(cells, dialect) for cells in rows)
    records, problems = read_claims(text)
    assert records == tuple(claims)
    harmless = {"file-line-ends", "csv-separator", "csv-long-cell"}
    assert {problem.code for problem in problems} <= harmless


def test_a_full_row_becomes_a_claim() -> None:
    """Every column of claims.csv lands in the claim's field of that name."""
    row = "k1,doc,De.,En.,effect,m1; m2;m1,A2014 ;; B,(A 2014),Jemand,Kopf,7,7:0-2:0123456789ab,n\n"
    records, problems = read_claims(CLAIMS_HEADER + row)
    assert problems == ()
    assert records == (
        Claim(
            id="k1",
            document="doc",
            claim_de="De.",
            claim_en="En.",
            kind="effect",
            mechanisms=("m1", "m2"),
            cites=("A2014", "B"),
            cited_as="(A 2014)",
            attributed_to="Jemand",
            section="Kopf",
            paragraph=7,
            anchor="7:0-2:0123456789ab",
            note="n",
        ),
    )
    assert records[0].line == 2


def test_the_first_of_two_ids_stays() -> None:
    """A doubled id keeps the first record, and the finding names the first line."""
    records, problems = read_claims("id,document,claim_de\na,d,x\nb,d,y\na,d,z\n")
    assert [(record.id, record.claim_de) for record in records] == [("a", "x"), ("b", "y")]
    assert problems == (
        Problem(code="duplicate-id", path="claims.csv", line=4, value="a", detail="2"),
    )


def test_a_row_without_an_id_is_shown_under_its_line() -> None:
    """A claim nobody named is not lost: it is loaded under the number of its line."""
    records, problems = read_claims("id,document,claim_de\na,d,x\n,d,y\n , d ,z\n")
    assert [record.id for record in records] == ["a", "line-3", "line-4"]
    assert [(problem.code, problem.line) for problem in problems] == [
        ("record-without-id", 3),
        ("record-without-id", 4),
    ]


def test_a_file_without_an_id_column_still_shows_its_claims() -> None:
    """Without the column id every claim is loaded under its line."""
    records, problems = read_claims("document,claim_de\nd,x\n")
    assert [(record.id, record.claim_de) for record in records] == [("line-2", "x")]
    assert [(problem.code, problem.value) for problem in problems] == [
        ("csv-missing-column", "id"),
        ("record-without-id", "line-2"),
    ]


def test_one_language_is_enough_but_none_is_not() -> None:
    """A file may hold German or English claims; with neither column that is a finding."""
    assert read_claims("id,document,claim_en\na,d,x\n")[1] == ()
    _records, problems = read_claims("id,document\na,d\n")
    assert [(p.code, p.line, p.value, p.detail) for p in problems] == [
        ("csv-missing-column", 1, "claim_de / claim_en", "")
    ]


@pytest.mark.parametrize(
    ("cell", "paragraph", "bad"),
    [
        ("21", 21, False),
        (" 7 ", 7, False),
        ("21.0", 21, False),
        ("", None, False),
        ("vier", None, True),
        ("-3", None, True),
        ("1.5", None, True),
        ("²", None, True),
        ("٣", None, True),
        ("9" * 5000, None, True),
    ],
)
def test_paragraphs_are_whole_numbers(cell: str, paragraph: int | None, *, bad: bool) -> None:
    """A paragraph is a whole number as a spreadsheet writes it; anything else is a finding."""
    records, problems = read_claims(f"id,document,claim_de,paragraph\na,d,x,{cell}\n")
    assert records[0].paragraph == paragraph
    assert [(p.code, p.line) for p in problems] == ([("claim-bad-paragraph", 2)] if bad else [])


def test_the_first_of_two_columns_is_read() -> None:
    """Of two columns with one name the first is read."""
    records, _problems = read_claims("id,document,claim_de,claim_de\na,d,first,second\n")
    assert records[0].claim_de == "first"


def test_short_rows_lack_only_what_is_missing() -> None:
    """A short row keeps the cells it has; a long one loses none of the known ones."""
    records, _problems = read_claims("id,document,claim_de,cites\na,d\nb,d,x,K,L\n")
    assert [(r.id, r.document, r.claim_de, r.cites) for r in records] == [
        ("a", "d", "", ()),
        ("b", "d", "x", ("K",)),
    ]


def test_the_other_sheets_become_their_records() -> None:
    """Each file below kb/ becomes records of its own kind."""
    data = b"id,title\nd1,T\n"
    assert parse_records(data, DOCUMENTS)[1] == (Document(id="d1", title="T"),)
    data = b"id,parent,label_en\nm2,m1,M\n"
    assert parse_records(data, MECHANISMS)[1] == (Mechanism(id="m2", parent="m1", label_en="M"),)
    data = b"claim,reference,origin,verdict,reviewed_by\nc1,K,article,supports,Dr. X\n"
    assert parse_records(data, APPRAISALS)[1] == (
        Appraisal(
            claim="c1", reference="K", origin="article", verdict="supports", reviewed_by="Dr. X"
        ),
    )
    data = b"claim,relation,other,reason_de\nc1,agrees,c2,weil\n"
    assert parse_records(data, RELATIONS)[1] == (
        Relation(claim="c1", relation="agrees", other="c2", reason_de="weil"),
    )


def test_an_appraisal_counts_once_per_claim_reference_and_origin() -> None:
    """One source may be appraised as cited and as suggested, but not twice as cited."""
    data = (
        b"claim,reference,origin,verdict\n"
        b"c,K,article,supports\nc,K,suggested,supports\nc,K,article,contradicts\n"
    )
    _table, records, problems = parse_records(data, APPRAISALS)
    assert [record.origin for record in records] == ["article", "suggested"]
    assert [(p.code, p.line, p.value, p.detail) for p in problems] == [
        ("duplicate-id", 4, "c / K / article", "2")
    ]


def test_lists_are_split_at_semicolons() -> None:
    """A list cell is split at semicolons; blanks, empty parts and doubles fall away."""
    assert parse_list(" a;b ;; a ; c d") == ("a", "b", "c d")
    assert parse_list("") == ()
