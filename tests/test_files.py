import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.files import (
    MOST_NAMES,
    MOST_SUGGESTIONS,
    Dialect,
    decode_bytes,
    hash_bytes,
    shorten,
    suggest_from,
    write_atomically,
)


@pytest.mark.parametrize(
    ("data", "text", "encoding", "newline", "codes"),
    [
        ("ä\n".encode(), "ä\n", "utf-8", "\n", []),
        (b"", "", "utf-8", "\n", []),
        (b"\xef\xbb\xbf\xc3\xa4", "ä", "utf-8", "\n", ["file-bom"]),
        (b"\xff\xfe" + "ä\n".encode("utf-16-le"), "ä\n", "utf-16-le", "\n", ["file-bom"]),
        (b"\xfe\xff" + "ä\n".encode("utf-16-be"), "ä\n", "utf-16-be", "\n", ["file-bom"]),
        (b"\xe4 \x80\n", "ä €\n", "cp1252", "\n", ["file-encoding"]),
        (b"\xe4\x81\n", "ä\x81\n", "latin-1", "\n", ["file-encoding"]),
        (b"a\r\nb\r\n", "a\r\nb\r\n", "utf-8", "\r\n", ["file-line-ends"]),
        (b"a\rb\r", "a\rb\r", "utf-8", "\r", ["file-line-ends"]),
        (b"a\rb\n", "a\rb\n", "utf-8", "\n", []),
        (b"a\0b", "a\0b", "utf-8", "\n", ["file-nul"]),
    ],
)
def test_files_of_other_programs_are_decoded(
    data: bytes, text: str, encoding: str, newline: str, codes: list[str]
) -> None:
    """Encoding, mark and line ends of a file are found out and reported."""
    decoded, dialect, problems = decode_bytes(data, "f.csv")
    assert (decoded, dialect.encoding, dialect.newline) == (text, encoding, newline)
    assert [problem.code for problem in problems] == codes
    assert {problem.path for problem in problems} <= {"f.csv"}


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_findings_name_the_line(newline: bytes) -> None:
    """A byte that is no UTF-8 and a NUL are named with their line, whatever ends the lines."""
    data = newline.join([b"a", b"b", b"\xfc", b"\0"])
    found = {problem.code: problem.line for problem in decode_bytes(data, "f")[2]}
    assert (found["file-encoding"], found["file-nul"]) == (3, 4)


@given(st.binary(max_size=60))
def test_decoding_and_encoding_give_the_same_bytes(data: bytes) -> None:
    """Whatever bytes a file holds, writing its text again gives the same bytes."""
    text, dialect, _problems = decode_bytes(data, "f")
    assert dialect.encode(text) == data


@given(st.sampled_from(["utf-16-le", "utf-16-be", "utf-8"]), st.binary(max_size=40))
def test_files_with_a_mark_give_the_same_bytes(encoding: str, tail: bytes) -> None:
    """A file with a byte order mark keeps its bytes also when the rest is damaged."""
    data = "\ufeffab".encode(encoding) + tail
    text, dialect, _problems = decode_bytes(data, "f")
    assert dialect.encode(text) == data


def test_letters_an_old_encoding_lacks_become_utf8() -> None:
    """A text that cp1252 cannot hold is written as UTF-8, not with question marks."""
    assert Dialect(encoding="cp1252").encode("ü") == b"\xfc"
    assert Dialect(encoding="cp1252").encode("ü→") == "ü→".encode()


def test_values_in_messages_are_short() -> None:
    """A long value becomes one line of at most 60 characters."""
    assert shorten("a\n  b\tc") == "a b c"
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 59 + "…"
    assert len(shorten("y " * 1_000_000)) == 60


def test_hashes_are_sha256() -> None:
    """The fingerprint of a file is the SHA-256 of its bytes."""
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_bytes(b"abc") == expected


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    """Writing replaces the content, keeps the mode and leaves nothing beside the file."""
    path = tmp_path / "f.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_atomically(tmp_path / "g.csv", b"made")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["f.csv", "g.csv"]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half-way the old file is whole and no temporary one is left."""
    path = tmp_path / "f.csv"
    path.write_bytes(b"old")

    def fail(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["f.csv"]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """Writing into a folder that does not exist raises and makes nothing."""
    with pytest.raises(OSError, match="No such file"):
        write_atomically(tmp_path / "nowhere" / "f", b"x")
    assert list(tmp_path.iterdir()) == []


def test_suggestions_come_to_an_end() -> None:
    """The nearest name is found, again for the same slip, but not for any number of slips."""
    find_nearest = suggest_from(["Koltyn2014", "Sluka2018"])
    assert find_nearest("Koltin2014") == "Koltyn2014"
    for number in range(MOST_SUGGESTIONS):
        find_nearest(f"other{number}")
    assert find_nearest("Sluka2019") == ""
    assert find_nearest("Koltin2014") == "Koltyn2014"
    assert suggest_from([f"name{number}" for number in range(MOST_NAMES + 1)])("name1") == ""
