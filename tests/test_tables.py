import pytest

from belegt.files import Dialect
from belegt.store.tables import Table, find_delimiter, parse_table, render_row

COLUMNS = ("id", "document", "claim_de", "claim_en", "note")
REQUIRED = ("id", "document")


def read(text: str | bytes) -> Table:
    data = text.encode() if isinstance(text, str) else text
    return parse_table(data, "claims.csv", COLUMNS, REQUIRED)


def found(table: Table) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in table.problems]


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows if not row.broken]


ONE = [["a", "d", "x"]]
TWO = [["a", "d", "x"], ["b", "d", "y"]]
THREE = [*TWO, ["c", "d", "z"]]
HEADER = "id,document,claim_de\n"

CASES: dict[str, tuple[str | bytes, list[tuple[str, int]], list[list[str]]]] = {
    "plain": (HEADER + "a,d,x\nb,d,y\n", [], TWO),
    "no line end at the end": (HEADER + "a,d,x\nb,d,y", [], TWO),
    "byte order mark": (b"\xef\xbb\xbfid,document,claim_de\na,d,x\n", [("file-bom", 1)], ONE),
    "utf-16": (
        "\ufeffid,document,claim_de\na,d,x\n".encode("utf-16-le"),
        [("file-bom", 1)],
        ONE,
    ),
    "CRLF": ("id,document,claim_de\r\na,d,x\r\nb,d,y\r\n", [("file-line-ends", 1)], TWO),
    "CR only": ("id,document,claim_de\ra,d,x\rb,d,y\r", [("file-line-ends", 1)], TWO),
    "semicolons": ("id;document;claim_de\na;d;x\nb;d;y\n", [("csv-separator", 1)], TWO),
    "tabs": ("id\tdocument\tclaim_de\na\td\tx\n", [("csv-separator", 1)], ONE),
    "sep line": ("sep=;\nid;document;claim_de\na;d;x\n", [("csv-separator", 2)], ONE),
    "cp1252": (
        HEADER.encode() + b"a,d,x\nb,d,\xfcber\n",
        [("file-encoding", 3)],
        [["a", "d", "x"], ["b", "d", "über"]],
    ),
    "byte no old encoding has": (
        HEADER.encode() + b"a,d,\x81\n",
        [("file-encoding", 2)],
        [["a", "d", "\x81"]],
    ),
    "missing column": ("id,claim_de\na,x\n", [("csv-missing-column", 1)], [["a", "x"]]),
    "duplicate column": (
        "id,document,claim_de,claim_de\na,d,x,y\n",
        [("csv-duplicate-column", 1)],
        [["a", "d", "x", "y"]],
    ),
    "unknown column": (
        "id,document,claim_de,page\na,d,x,7\n",
        [("csv-unknown-column", 1)],
        [["a", "d", "x", "7"]],
    ),
    "unclosed quote in the middle": (
        HEADER + 'a,d,x\nq,d,"never closed\nb,d,y\nc,d,z\n',
        [("csv-broken-row", 3)],
        THREE,
    ),
    "unclosed quote before quoted rows": (
        HEADER + 'a,d,x\nq,d,"never closed\nb,d,"y"\nc,d,"z"\n',
        [("csv-broken-row", 3)],
        THREE,
    ),
    "unclosed quote in the last row": (
        HEADER + 'a,d,x\nb,d,y\nq,d,"never closed\n',
        [("csv-broken-row", 4)],
        TWO,
    ),
    "two unclosed quotes": (
        HEADER + 'p,d,"one\na,d,x\nq,d,"two\nb,d,y\n',
        [("csv-broken-row", 2), ("csv-broken-row", 4)],
        TWO,
    ),
    "text after a closing quote": (
        HEADER + 'a,d,x\nq,d,"one" two\nb,d,y\n',
        [("csv-broken-row", 3)],
        TWO,
    ),
    "quote inside a field": (HEADER + 'a,d,5" pipe\n', [], [["a", "d", '5" pipe']]),
    "doubled quote": (HEADER + 'a,d,"say ""x"""\n', [], [["a", "d", 'say "x"']]),
    "cell of several lines": (
        HEADER + 'a,d,"one\ntwo\nthree"\nb,d,y\n',
        [],
        [["a", "d", "one\ntwo\nthree"], ["b", "d", "y"]],
    ),
    "short row with a cell of several lines": (
        HEADER + 'a,d,x\nq,"one\ntwo"\nb,d,y\n',
        [("csv-row-length", 3)],
        [["a", "d", "x"], ["q", "one\ntwo"], ["b", "d", "y"]],
    ),
    "long row with a cell of several lines": (
        HEADER + 'q,d,"one\ntwo",more\nb,d,y\n',
        [("csv-row-length", 2)],
        [["q", "d", "one\ntwo", "more"], ["b", "d", "y"]],
    ),
    "unclosed quote that meets a quote of the next row": (
        HEADER + 'q,"never closed,z\nb,d,19"\nc,d,z\n',
        [("csv-broken-row", 2)],
        [["b", "d", '19"'], ["c", "d", "z"]],
    ),
    "NUL": (HEADER + "a,d,x\nb,d,y\0\n", [("file-nul", 3)], [["a", "d", "x"], ["b", "d", "y\0"]]),
    "empty": (b"", [("file-empty", 1)], []),
    "only a byte order mark": (b"\xef\xbb\xbf", [("file-bom", 1), ("file-empty", 1)], []),
    "only blank lines": ("\n \n", [("file-empty", 1)], []),
    "header only": (HEADER, [], []),
    "header without a line end": ("id,document,claim_de", [], []),
    "row too short": (HEADER + "a,d\n", [("csv-row-length", 2)], [["a", "d"]]),
    "row too long": (HEADER + "a,d,x,y\n", [("csv-row-length", 2)], [["a", "d", "x", "y"]]),
    "blank lines": ("\n" + HEADER + "\na,d,x\n\n\nb,d,y\n\n", [], TWO),
    "row of separators": (HEADER + "a,d,x\n,,\nb,d,y\n", [], TWO),
    "unclosed quote in the header": (
        'id,document,"claim_de\na,d,x\n',
        [],
        ONE,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_damage_has_its_code_and_line_and_the_rest_loads(name: str) -> None:
    """A damaged CSV file gives the right finding at the right line, and its good rows."""
    text, problems, rows = CASES[name]
    table = read(text)
    assert found(table) == problems
    assert cells(table) == rows


def test_every_line_of_a_file_is_kept() -> None:
    """The lines of a table put together are the file, whatever is wrong with it."""
    for text, _problems, _rows in CASES.values():
        data = text.encode() if isinstance(text, str) else text
        table = read(data)
        assert table.dialect.encode("".join(table.lines)) == data


def test_rows_know_their_lines() -> None:
    """A row says which physical lines it covers, those of a quoted line break included."""
    table = read(HEADER + 'a,d,"one\ntwo"\n\nb,d,y\n')
    assert [(row.start, row.end) for row in table.rows] == [(1, 3), (4, 5)]


def test_a_slip_in_a_column_name_gets_a_suggestion() -> None:
    """An unknown column names the known one that is meant, a missing one the slip."""
    table = read("id,documnet,claim_de\na,d,x\n")
    assert [(p.code, p.value, p.detail) for p in table.problems] == [
        ("csv-missing-column", "document", "documnet"),
        ("csv-unknown-column", "documnet", "document"),
    ]


def test_a_column_like_no_other_gets_no_suggestion() -> None:
    """Where no known column is near, none is suggested."""
    (problem,) = read("id,document,zzz\na,d,x\n").problems
    assert (problem.value, problem.detail) == ("zzz", "")


def test_column_names_are_read_kindly() -> None:
    """Capitals, blanks and hyphens in column names do not matter."""
    assert read("ID, Document ,Claim-DE,claim en\n").header == (
        "id",
        "document",
        "claim_de",
        "claim_en",
    )


def test_a_megabyte_in_one_cell_loads_and_is_noticed() -> None:
    """A cell of a megabyte is loaded whole, and somebody is asked to look at it."""
    table = read(HEADER + "a,d," + "x" * 1_000_000 + "\nb,d,y\n")
    assert found(table) == [("csv-long-cell", 2)]
    assert table.problems[0].detail == "claim_de: 1000000"
    assert len(table.problems[0].value) == 60
    assert [len(row.cells[2]) for row in table.rows] == [1_000_000, 1]


def test_a_long_cell_of_many_lines_is_noticed() -> None:
    """A long cell is noticed also when none of its lines is long."""
    table = read(HEADER + 'a,d,"' + "word\n" * 5_000 + '"\n')
    assert found(table) == [("csv-long-cell", 2)]


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("id,document,claim_de", ","),
        ("id;document;claim_de", ";"),
        ("id\tdocument", "\t"),
        ('"id";"document";"a, b, c, d"', ";"),
        ("id", ","),
        ("x;y;z", ";"),
    ],
)
def test_the_separator_is_the_one_that_shows_known_columns(header: str, delimiter: str) -> None:
    """The separator is chosen by the columns it reveals, not by how often it occurs."""
    assert find_delimiter(header, COLUMNS) == delimiter


@pytest.mark.parametrize(
    ("values", "dialect", "text"),
    [
        (["a", "b c", ""], Dialect(), "a,b c,\n"),
        (["a,b", 'say "x"'], Dialect(), '"a,b","say ""x"""\n'),
        (["a;b", "c,d"], Dialect(delimiter=";", newline="\r\n"), '"a;b";c,d\r\n'),
        (["a\rb", "c"], Dialect(), '"a\rb",c\n'),
        (["a\nb", "c"], Dialect(newline="\r"), '"a\nb",c\r'),
    ],
)
def test_a_row_is_written_in_the_dialect_of_its_file(
    values: list[str], dialect: Dialect, text: str
) -> None:
    """A row is quoted where its file's separator or any line end stands in a cell."""
    assert render_row(values, dialect) == text
