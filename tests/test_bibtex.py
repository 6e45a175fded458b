from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.model import Problem, Reference
from belegt.store.bibtex import MONTHS, parse_references, render_references


def read(text: str | bytes) -> tuple[dict[str, Reference], list[tuple[str, int, str]]]:
    references, problems = parse_references(text.encode() if isinstance(text, str) else text)
    keys = [reference.citekey for reference in references]
    assert len(keys) == len(set(keys))
    found = [(problem.code, problem.line, problem.value) for problem in problems]
    return {reference.citekey: reference for reference in references}, found


def fields(text: str, key: str = "K") -> dict[str, str]:
    references, problems = read(text)
    assert problems == []
    return dict(references[key].fields)


def test_an_entry_becomes_a_reference() -> None:
    """Type, key, fields and line of an entry are read; names of types and fields lose capitals."""
    references, problems = read(
        '\n% note\n@Article{K,\n  Title = {A {DNA} b},\n  year = "2014"\n}\n'
    )
    assert problems == []
    expected = Reference(citekey="K", type="article", fields={"title": "A {DNA} b", "year": "2014"})
    assert references == {"K": expected}
    assert references["K"].line == 3


def test_an_unclosed_entry_does_not_take_the_next_one_along() -> None:
    """An unclosed brace costs one entry; those before and after it are read."""
    references, problems = read(
        "@article{A, title = {a}}\n"
        "@article{B,\n  title = {never closed,\n  year = {2000},\n}\n\n"
        "@article{C, title = {c}}\n"
    )
    assert list(references) == ["A", "C"]
    assert [(code, line) for code, line, _ in problems] == [("bib-broken-entry", 2)]
    assert references["C"].line == 7


def test_an_entry_unclosed_at_the_end_is_a_finding() -> None:
    """A file cut off in its last entry keeps the entries before."""
    references, problems = read("@article{A, title = {a}}\n@article{B, title = {b")
    assert list(references) == ["A"]
    assert [(code, line) for code, line, _ in problems] == [("bib-broken-entry", 2)]


def test_the_first_of_two_keys_stays() -> None:
    """A doubled citekey keeps the first entry, and the finding names the first line."""
    text = "@article{K, title = {a}}\n\n@book{K, title = {b}}\n"
    references, problems = parse_references(text.encode())
    assert [reference.title for reference in references] == ["a"]
    expected = Problem(
        code="bib-duplicate-key", path="references.bib", line=3, value="K", detail="1"
    )
    assert problems == (expected,)


def test_a_doubled_key_is_noticed_beside_a_doubled_field() -> None:
    """A doubled citekey is noticed also when a field of either entry is doubled."""
    plain, doubled = "@article{K, title = {a}}\n", "@article{K, note = {n}, note = {m}}\n"
    references, problems = read(plain + doubled)
    assert references["K"].fields == {"title": "a"}
    assert problems == [("bib-duplicate-key", 2, "K")]
    references, problems = read(doubled + plain)
    assert references["K"].fields == {"note": "n"}
    assert problems == [("bib-duplicate-field", 1, "note"), ("bib-duplicate-key", 2, "K")]


@pytest.mark.parametrize("second", ["title", "Title", "TITLE"])
def test_the_first_of_two_fields_stays(second: str) -> None:
    """A doubled field keeps its first value, in whatever capitals; its own line is named."""
    references, problems = read(f"@article{{K,\n title = {{a}},\n {second} = {{b}}\n}}\n")
    assert references["K"].fields == {"title": "a"}
    assert problems == [("bib-duplicate-field", 3, second)]


def test_strings_are_put_in() -> None:
    """@string names, nested ones and # concatenation give one plain value."""
    text = (
        '@string{jp = "J. Pain"}\n'
        '@string{sup = jp # " Suppl"}\n'
        '@article{K, journal = sup # { } # "A" # 12, note = JP}\n'
    )
    assert fields(text) == {"journal": "J. Pain Suppl A12", "note": "J. Pain"}


def test_the_first_of_two_strings_counts() -> None:
    """Of two @strings with one name the first counts, as the finding says; capitals do not."""
    references, problems = read('@string{a = "A"}\n@string{a = "B"}\n@misc{K, note = a}\n')
    assert references["K"].fields == {"note": "A"}
    assert problems == [("bib-duplicate-string", 2, "a")]
    assert fields('@string{a = "A"}\n@string{A = "B"}\n@misc{K, note = a}\n') == {"note": "A"}


def test_a_string_of_itself_comes_to_an_end() -> None:
    """A @string that names itself, or a circle of them, is a finding and no endless loop."""
    references, problems = read(
        '@string{a = b # "x"}\n@string{b = a # "y"}\n@misc{K,\n note = a}\n'
    )
    assert references["K"].fields == {"note": "ayx"}
    assert problems == [("bib-undefined-string", 4, "a")]


def test_stacked_strings_come_to_an_end() -> None:
    """Strings that each double the one below, or stand a thousand deep, end in a finding."""
    for joined in ("s{below} # s{below}", 's{below} # "y"'):
        stack = "".join(
            f"@string{{s{level} = {joined.format(below=level - 1)}}}\n" for level in range(1, 1500)
        )
        references, problems = read(f'@string{{s0 = "x"}}\n{stack}@misc{{K,\n note = s1499}}\n')
        assert len(references["K"].fields["note"]) < 2_000
        assert {code for code, _, _ in problems} == {"bib-undefined-string"}


def test_an_undefined_string_stays_as_text() -> None:
    """A name that nothing defines stays in the value and is a finding at its field."""
    references, problems = read("@article{K,\n title = {t},\n journal = jpain\n}\n")
    assert references["K"].fields == {"title": "t", "journal": "jpain"}
    assert problems == [("bib-undefined-string", 3, "jpain")]


def test_months_need_no_string() -> None:
    """The twelve months are known, in any capitals, and a file may define them itself."""
    assert fields('@misc{K, month = jan, note = "5 " # DEC}') == {
        "month": "January",
        "note": "5 December",
    }
    assert len(MONTHS) == 12
    assert fields('@string{jan = "Jänner"}\n@misc{K, month = jan}') == {"month": "Jänner"}


def test_comments_and_preambles_are_no_entries() -> None:
    """@comment, @preamble and text between entries are passed over without a finding."""
    text = (
        "Free text, with a comma\n@comment{@article{Z, title = {z}}}\n"
        '@preamble{"\\newcommand{x}"}\n% @ sign\n@misc{K, note = {n}}\n'
    )
    references, problems = read(text)
    assert (list(references), problems) == (["K"], [])
    assert references["K"].line == 5


@pytest.mark.parametrize("entry", ["@misc{K}", "@misc{K,}", "@misc{K,\n}"])
def test_an_entry_without_fields_is_kept_and_noticed(entry: str) -> None:
    """An entry without fields stays an entry, with a finding."""
    references, problems = read(f"\n{entry}\n")
    assert list(references) == ["K"]
    assert problems == [("bib-empty-entry", 2, "K")]


def test_an_entry_without_key_is_a_finding() -> None:
    """An entry without a key is named with its line; the next one is read."""
    references, problems = read("@misc{, note = {n}}\n@misc{K, note = {n}}\n")
    assert list(references) == ["K"]
    assert problems == [("bib-no-key", 1, "@misc{, note = {n}}")]


def test_a_forgotten_key_is_a_finding() -> None:
    """An entry that starts with its first field is a finding; the next one is read."""
    references, problems = read("@misc{note = {n}}\n@misc{K, note = {n}}\n")
    assert list(references) == ["K"]
    assert [(code, line) for code, line, _ in problems] == [("bib-broken-entry", 1)]


def test_accents_are_decoded_for_reading_and_kept_for_writing() -> None:
    """LaTeX stays in the field as it was written and is decoded for a reader."""
    references, _ = read(r"@misc{K, title = {Stra{\ss}e \& {\"U}bung}, author = {M{\"u}ller, J.}}")
    assert references["K"].fields["title"] == r"Stra{\ss}e \& {\"U}bung"
    assert references["K"].title == "Straße & Übung"
    assert references["K"].text("author") == "Müller, J."


def test_markup_in_a_title_stays_text() -> None:
    """A title with a script in it is a title."""
    title = "<script>alert('x')</script>"
    references, problems = read(f"@misc{{K, title = {{{title}}}}}")
    assert (references["K"].title, problems) == (title, [])


@pytest.mark.parametrize(
    "first", ["title = {a}", 'title = "a"', "title = {{a}}", 'title = {a} # "b"', "year = 2003"]
)
@pytest.mark.parametrize("second", ["volume = {3}", 'volume = "3"', "volume = 3"])
def test_a_missing_comma_does_not_swallow_the_next_field(first: str, second: str) -> None:
    """Where a comma is forgotten both fields are read, and the finding names the second."""
    references, problems = read(f"@misc{{K,\n {first}\n {second},\n note = {{n}}\n}}")
    name, value = {
        "title = {a}": ("title", "a"),
        'title = "a"': ("title", "a"),
        "title = {{a}}": ("title", "{a}"),
        'title = {a} # "b"': ("title", "ab"),
        "year = 2003": ("year", "2003"),
    }[first]
    assert references["K"].fields == {name: value, "volume": "3", "note": "n"}
    assert problems == [("bib-missing-comma", 2, "volume")]


def test_a_missing_comma_after_a_month_is_noticed() -> None:
    """A bare word before a forgotten comma keeps its meaning."""
    references, problems = read("@misc{K, month = jan title = {t}}")
    assert references["K"].fields == {"month": "January", "title": "t"}
    assert problems == [("bib-missing-comma", 1, "title")]


def test_a_chapter_inherits_from_its_book() -> None:
    """Crossref gives a chapter what it lacks: the book's title as booktitle, its year."""
    text = (
        "@incollection{C, title = {Chapter}, crossref = {B}}\n"
        "@book{B, title = {Book}, year = {2001}, editor = {E, F.}, doi = {10.1000/book}}\n"
    )
    references, problems = read(text)
    chapter = references["C"]
    assert problems == []
    assert (chapter.title, chapter.year, chapter.container) == ("Chapter", "2001", "Book")
    assert chapter.text("editor") == "E, F."
    assert chapter.doi == ""
    assert chapter.fields == {"title": "Chapter", "crossref": "B"}


def test_a_chapter_is_not_unclear_because_its_book_is() -> None:
    """What we say about one entry (identification, candidates, findings) is never inherited."""
    text = (
        "@incollection{C, title = {Chapter}, crossref = {B}}\n"
        "@book{B, title = {Book}, identification = {ambiguous}, candidates = {X}, citedas = {B, 1},"
        " annotation = {a}, annotation_en = {b}, studydesign = {RCT}, unverified = {pages}}\n"
    )
    references, _ = read(text)
    assert references["C"].is_identified
    assert dict(references["C"].inherited) == {"booktitle": "Book"}


def test_a_crossref_to_nowhere_is_a_finding() -> None:
    """An unknown crossref names the key that is meant."""
    text = "@misc{C,\n crossref = {Bok2001}}\n@book{Book2001, title = {t}}\n"
    _references, problems = parse_references(text.encode())
    expected = Problem(
        code="bib-unknown-crossref",
        path="references.bib",
        line=1,
        value="Bok2001",
        detail="Book2001",
    )
    assert problems == (expected,)


def test_round_brackets_enclose_an_entry_too() -> None:
    """An entry in round brackets is read, and so is the one after it."""
    references, problems = read("@misc(K, note = {a) b}, year = 2001)\n@misc{L, note = {l}}\n")
    assert dict(references["K"].fields) == {"note": "a) b", "year": "2001"}
    assert (list(references), problems) == (["K", "L"], [])


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems_keep_lines_right(newline: str) -> None:
    """CRLF and CR files give the same references and line numbers."""
    text = "@misc{A,\n note = {two\nlines}\n}\n\n@misc{B,\n note = x\n}\n"
    references, problems = read(text.replace("\n", newline))
    assert references["A"].fields == {"note": "two\nlines"}
    assert references["B"].line == 6
    assert [(code, line) for code, line, _ in problems] == [
        ("file-line-ends", 1),
        ("bib-undefined-string", 7),
    ]


def test_encodings_of_other_programs_are_read() -> None:
    """A byte order mark and Windows' old encoding are read, each with a finding."""
    references, problems = read(b"\xef\xbb\xbf@misc{K, note = {\xc3\xbc}}")
    assert (references["K"].fields["note"], problems) == ("ü", [("file-bom", 1, "utf-8")])
    references, problems = read(b"@misc{K,\n note = {\xfc}}")
    assert (references["K"].fields["note"], problems) == ("ü", [("file-encoding", 2, "0xfc")])


def test_addresses_are_not_damaged() -> None:
    """Addresses keep every sign; only LaTeX escapes are undone for the reader."""
    url = "https://a.example/x?a=1&b=2#frag_x~y%20z--w"
    references, _ = read(f"@misc{{K, url = {{{url}}}, doi = {{https://doi.org/10.1000/a\\_b}}}}")
    assert references["K"].fields["url"] == url
    assert references["K"].text("url") == url
    assert references["K"].doi == "10.1000/a_b"


def test_bodies_in_braces_stay_whole() -> None:
    """A corporate author keeps its inner braces in the field."""
    assert fields("@misc{K, author = {{World Health Organization and others}}}") == {
        "author": "{World Health Organization and others}"
    }


def test_an_at_sign_in_a_value_is_text() -> None:
    """An @ inside a value does not start an entry."""
    assert fields("@misc{K, note = {write to me@home.de {now}}}") == {
        "note": "write to me@home.de {now}"
    }


VALUE = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}\\@")),
    lambda inner: st.lists(inner | inner.map("{{{}}}".format), max_size=3).map("".join),
    max_leaves=6,
).map(str.strip)
NAME = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda name: name != "crossref")
REFERENCE = st.builds(
    Reference,
    citekey=st.from_regex(r"[A-Za-zäß][A-Za-z0-9:_-]{0,8}", fullmatch=True),
    type=st.sampled_from(["article", "book", "misc"]),
    fields=st.dictionaries(NAME, VALUE, min_size=1, max_size=4),
    inherited=st.just({}),
    line=st.just(0),
)


@given(st.lists(REFERENCE, unique_by=lambda reference: reference.citekey, max_size=4))
def test_references_survive_being_written_and_read(references: list[Reference]) -> None:
    """What is written for references is read back as the same references."""
    read_again, problems = parse_references(render_references(references).encode())
    assert read_again == tuple(references)
    assert problems == ()


@given(st.text(st.sampled_from('ab{}\\"@\n, =#%('), max_size=30))
def test_no_value_breaks_its_neighbours(value: str) -> None:
    """Whatever somebody types into a field, the other fields and entries are read back."""
    typed = Reference(citekey="K", fields={"note": value, "year": "2001"})
    after = Reference(citekey="L", fields={"title": "t"})
    again, problems = parse_references(render_references([typed, after]).encode())
    assert [reference.citekey for reference in again] == ["K", "L"]
    assert again[0].fields["year"] == "2001"
    assert again[1] == after
    assert problems == ()


def test_a_lone_brace_is_still_read_as_a_brace() -> None:
    """A brace without its partner is written so that readers see it again."""
    lone = Reference(citekey="K", fields={"title": "a } b { c"})
    (again,), _ = parse_references(render_references([lone]).encode())
    assert again.title == "a } b { c"


@given(
    st.lists(
        st.sampled_from(
            ["@misc{", "@string{", "@comment{", "@misc(", "}", ")", "{", '"', ",", "=", "\n", "k",
             "title", " # ", "\\", "@", "jan", "crossref", "\r\n"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_no_file_stops_the_reader(text: str) -> None:
    """However broken a file is, it gives references and problems, never an exception."""
    references, problems = parse_references(text.encode())
    lines = text.count("\n") + 1
    assert all(1 <= reference.line <= lines for reference in references)
    assert all(1 <= problem.line <= lines for problem in problems)


def test_nothing_is_written_for_no_references() -> None:
    """No references make no text."""
    assert render_references([]) == ""


def test_the_layout_is_the_one_of_the_repository() -> None:
    """Entries are written with two blanks of indent and a comma after the last field."""
    reference = Reference(citekey="K", type="book", fields={"title": "T", "year": "2001"})
    assert render_references([replace(reference, line=9)]) == (
        "@book{K,\n  title = {T},\n  year = {2001},\n}\n"
    )
