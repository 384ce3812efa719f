"""The child that opens files from outside: no network, no file written, little memory, and no word of a file said."""

import json
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from offline_forms import Forms

from pipeline.errors import UnreadableFile
from pipeline.limited_child import LimitedChild
from pipeline.offline.outside import MEMORY_BYTES, MOST_BYTES, SECONDS, read_from_outside, start_child
from pipeline.offline.reader_child import MOST_CHARACTERS, answer
from pipeline.offline.recognise import FileFormat, recognise

CONFINED = "tests.pipeline.children.confined"


@pytest.fixture
def child() -> Iterator[LimitedChild]:
    with LimitedChild(CONFINED, memory_bytes=MEMORY_BYTES, seconds=SECONDS, what="Prøven") as child:
        yield child


def test_the_limits_are_those_that_were_promised() -> None:
    assert (MEMORY_BYTES, SECONDS, MOST_BYTES) == (512 * 1024 * 1024, 10.0, 25 * 1024 * 1024)


def test_the_child_reaches_no_network_and_neither_does_what_it_starts(child: LimitedChild) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        socket.create_connection(("127.0.0.1", int(port))).close()
        assert child.ask(("connect", port)) == b"no: OSError"
        assert child.ask(("command", port)) == b"no: CalledProcessError"
        assert child.ask(("ring", "")) == b"no: OSError"


def test_the_child_writes_no_file(child: LimitedChild, tmp_path: Path) -> None:
    assert child.ask(("write", str(tmp_path / "x"))) == b"no: OSError"
    assert not (tmp_path / "x").exists() or (tmp_path / "x").read_bytes() == b""


def test_the_child_has_512_mb(child: LimitedChild) -> None:
    assert child.ask(("eat", "200")) == str(200 * 1024 * 1024).encode()
    assert child.ask(("eat", "512")) == b"no: MemoryError"


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_every_file_is_read_in_a_process_of_its_own_that_ends(kind: str, forms: Forms) -> None:
    children: list[LimitedChild] = []

    def start() -> LimitedChild:
        children.append(start_child())
        return children[-1]

    assert read_from_outside(forms.files[kind], start) == read_from_outside(forms.files[kind], start)
    assert len(children) == 2
    assert {child.pid for child in children} == {None}


@pytest.mark.parametrize(
    ("beginning", "known"),
    [
        (b"%PDF-1.4", FileFormat.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", FileFormat.PDF),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", FileFormat.JPEG),
        (b"\x89PNG\r\n\x1a\n", FileFormat.PNG),
        (b"II*\0", FileFormat.TIFF),
        (b"MM\0*", FileFormat.TIFF),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", FileFormat.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", FileFormat.HEIC),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileFormat.WEBP),
        (b"GIF89a", FileFormat.GIF),
    ],
)
def test_a_file_is_known_by_what_stands_in_it(beginning: bytes, known: FileFormat) -> None:
    assert recognise(beginning + bytes(100)) is known


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_our_own_forms_are_known(kind: str, forms: Forms) -> None:
    assert recognise(forms.files[kind]) is FileFormat(kind)


def test_whoever_reads_a_file_can_be_heard_again_afterwards(forms: Forms, caplog: pytest.LogCaptureFixture) -> None:
    answer(forms.files["pdf"])

    logging.getLogger("tilsyn").warning("her igen")

    assert "her igen" in caplog.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Filen er tom"),
        (b"Hej", "hverken en PDF-, Word- eller Excel-fil"),
        (bytes(1000), "hverken en PDF-, Word- eller Excel-fil"),
        (b"{\\rtf1 hej}", "hverken en PDF-, Word- eller Excel-fil"),
        (b"<html>", "hverken en PDF-, Word- eller Excel-fil"),
        (b"PK\x03\x04" + bytes(100), "beskadiget"),
        (b"PK\x05\x06" + bytes(18), "hverken en PDF-, Word- eller Excel-fil"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(100), "gammelt Office-format eller låst med adgangskode"),
    ],
)
def test_what_is_none_of_them_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_from_outside(content)


def test_a_file_that_is_too_large_is_refused_before_anything_looks_into_it() -> None:
    with pytest.raises(UnreadableFile, match=r"^Filen må fylde højst 25 MB\."):
        read_from_outside(b"%PDF-" + bytes(MOST_BYTES - 4))


def test_a_file_of_just_25_mb_is_looked_into(forms: Forms) -> None:
    body, _, end = forms.files["pdf"].rpartition(b"startxref")
    large = body + b"%" * (MOST_BYTES - len(forms.files["pdf"]) - 1) + b"\nstartxref" + end
    assert len(large) == MOST_BYTES
    assert read_from_outside(large) == read_from_outside(forms.files["pdf"])


class Said:
    """A child that says what it likes."""

    def __init__(self, words: bytes) -> None:
        self._words = words

    def __enter__(self) -> "Said":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ask(self, _: object) -> bytes:
        return self._words


@pytest.mark.parametrize(
    "words",
    [
        b"", b"x", b"[]", b"null", b"{}", b'{"format":"exe"}', b'{"format":["pdf"]}', b"[" * 200_000,
        b'{"format":"pdf","passport":1}', b'{"format":"pdf","passport":"x","values":[]}',
        b'{"format":"pdf","passport":"x","values":{"a":1}}', b'{"format":"pdf","passport":"x","values":{"a":null}}',
        b'{"format":"pdf","values":null}', b'{"format":"pdf","why":7}', b'"' + b"x" * 100_000_000 + b'"',
    ],
)  # fmt: skip
def test_a_child_that_was_taken_over_is_not_believed(words: bytes) -> None:
    with pytest.raises(UnreadableFile, match="Filen kan ikke læses sikkert"):
        read_from_outside(b"%PDF-", lambda: Said(words))


def test_no_message_moves_the_cursor() -> None:
    said = json.dumps({"format": "pdf", "why": "(Sted: \x1b[2J\x9b\n" + "x" * 1000}).encode()
    why = read_from_outside(b"%PDF-", lambda: Said(said)).why_not
    assert why.isprintable()
    assert len(why) < 600


@pytest.mark.parametrize("error", [ValueError, KeyError, MemoryError, RecursionError, AssertionError, OSError])
def test_whatever_a_library_raises_becomes_a_sentence_that_quotes_nothing(
    error: type[Exception], capfd: pytest.CaptureFixture[str]
) -> None:
    def read(_: bytes) -> tuple[str, dict[str, str]]:
        raise error("hemmeligt svar")

    with pytest.raises(UnreadableFile, match="Filen er beskadiget") as refusal:
        answer(b"%PDF-", lambda _: read)
    assert "hemmeligt" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert capfd.readouterr() == ("", "")


def test_what_a_library_says_of_a_file_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    def read(_: bytes) -> tuple[str, dict[str, str]]:
        os.write(2, b"hemmeligt svar")
        return "{}", {}

    answer(b"%PDF-", lambda _: read)
    os.write(2, b"bagefter")
    assert capfd.readouterr() == ("", "bagefter")


def test_more_text_than_a_form_holds_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="mere tekst, end der er plads til"):
        answer(b"%PDF-", lambda _: lambda _: ("{}", {"a": "x" * MOST_CHARACTERS}))


def test_text_that_is_no_unicode_comes_through_the_line() -> None:
    words = "\ud800 \0 \x1b[2J æ 😀"
    assert json.loads(answer(b"%PDF-", lambda _: lambda _: ("{}", {"a": words})))["values"] == {"a": words}
