"""The gateway itself: a refusal changes nothing, a lying child is not believed, and threads wait their turn."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from fixtures.uploads import boxes, pictures
from fixtures.uploads.upload import Upload
from inbox import kept, sent

from pipeline.errors import StepFailed
from pipeline.intake.accepted import Accepted, Change
from pipeline.intake.gateway import Gateway, IntakeSettings
from pipeline.intake.kinds import ACCEPT, GROUPS, MOST_BYTES, Kind
from pipeline.intake.refusals import FileRefused, Reason


class Liar(AbstractContextManager["Liar"]):
    """A child that was taken over and says what it likes."""

    def __init__(self, answer: bytes | Exception | Callable[[], bytes]) -> None:
        self._answer = answer

    def ask(self, question: object) -> bytes:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer if isinstance(self._answer, bytes) else self._answer()

    def __exit__(self, *_: object) -> None:
        pass


def _accept(answer: bytes | Exception, folder: Path, data: bytes = b"x" * 10) -> FileRefused | Accepted:
    gateway = Gateway(IntakeSettings(), lambda: Liar(answer))
    outcome = sent(Upload("", "fil.pdf", lambda: data), folder / "in", gateway)
    assert outcome.left == ["modtaget"]
    return outcome.result


def _said(**facts: object) -> bytes:
    return json.dumps({"kind": "pdf", "changes": [], "edits": [], "body": False} | facts).encode() + b"\n"


def test_an_accepted_file_says_what_it_is_and_what_was_done(tmp_path: Path) -> None:
    accepted, data = kept(lambda: pictures.heic(orientation=6), tmp_path, "IMG_1.HEIC")

    assert (accepted.kind, accepted.media_type, accepted.extension) == (Kind.JPEG, "image/jpeg", ".jpg")
    assert accepted.original_name == "IMG_1.HEIC"
    assert accepted.size == len(data) == accepted.path.stat().st_size
    assert {Change.DRAWN_ANEW, Change.AS_JPEG} <= set(accepted.what_was_changed)
    assert not accepted.virus_scanned


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\0b", "x" * 300, "\u202egpj.exe", "", "/dev/null", "\ud800"])
def test_a_name_is_kept_as_it_is_and_never_used(name: str, tmp_path: Path) -> None:
    outcome = sent(Upload("", name, pictures.photo), tmp_path / "in")

    assert isinstance(outcome.result, Accepted)
    assert outcome.result.original_name == name
    assert outcome.left == ["modtaget"]


def test_a_refused_file_is_left_as_it_was(tmp_path: Path) -> None:
    outcome = sent(Upload("", "a.jpg", lambda: b"<html>"), tmp_path / "in")

    assert isinstance(outcome.result, FileRefused)
    assert outcome.data == b"<html>"


def test_a_file_larger_than_any_may_be_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(FileRefused, match="højst 200 MB") as refused:
        Gateway(IntakeSettings(), lambda: Liar(AssertionError("looked into"))).accept(path, "stor.mp4")

    assert refused.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("head", "most"), [(b"\xff\xd8\xff\xe0", 25), (b"%PDF-1.7", 50), (b"PK\3\4", 25)], ids=["jpeg", "pdf", "office"]
)
def test_a_file_larger_than_its_kind_may_be_is_told_so(head: bytes, most: int, tmp_path: Path) -> None:
    path = tmp_path / "stor"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(most * 1024**2 + 1)
    with pytest.raises(FileRefused, match=f"højst {most} MB"):
        Gateway(IntakeSettings()).accept(path, "stor")


def test_only_a_plain_file_is_taken(tmp_path: Path) -> None:
    (tmp_path / "hemmelig").write_bytes(pictures.photo())
    (tmp_path / "fil").symlink_to(tmp_path / "hemmelig")
    with pytest.raises(ValueError, match="plain file"):
        Gateway(IntakeSettings()).accept(tmp_path / "fil", "fil.jpg")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"\xff\n",
        b"[" * 100_000,
        _said(kind="exe"),
        _said(kind=["pdf"]),
        _said(changes=["OPFUNDET"]),
        _said(changes="x"),
        _said(edits=[[8, "6666", 1]]),
        _said(edits=[[-1, "", 1]]),
        _said(edits=[[0, "", -5]]),
        _said(edits=[[0.5, "", 1]]),
        _said(edits=[["0", "", 1]]),
        _said(edits=[[0, "zz", 1]]),
        _said(edits=[[0, "00"]]),
        _said(edits={}),
        _said() + b"en krop uden ord",
        json.dumps({"refused": "opfundet", "message": "x"}).encode() + b"\n",
        json.dumps({"refused": "virus", "message": 5}).encode() + b"\n",
    ],
)
def test_an_answer_that_no_child_of_ours_gives_is_a_refusal(answer: bytes, tmp_path: Path) -> None:
    result = _accept(answer, tmp_path)

    assert isinstance(result, FileRefused)
    assert result.reason is Reason.TOO_HEAVY


def test_a_child_that_dies_is_a_refusal(tmp_path: Path) -> None:
    result = _accept(StepFailed("døde"), tmp_path)

    assert isinstance(result, FileRefused)
    assert "prøv igen" in str(result)


def test_a_message_is_shown_without_what_cannot_be_seen_and_not_at_any_length(tmp_path: Path) -> None:
    message = "Sted: \u202e\x1b[2J " + "ord " * 1000
    result = _accept(json.dumps({"refused": "damaged", "message": message}).encode() + b"\n", tmp_path)

    assert "\u202e" not in str(result)
    assert str(result).isprintable()
    assert len(str(result)) <= 501


def test_so_many_files_at_once_and_no_more(tmp_path: Path) -> None:
    inside, most, turn = 0, 0, threading.Lock()
    both = threading.Barrier(2, timeout=20)

    def answer() -> bytes:
        nonlocal inside, most
        with turn:
            inside += 1
            most = max(most, inside)
        both.wait()
        with turn:
            inside -= 1
        return _said()

    gateway = Gateway(IntakeSettings(at_once=2), lambda: Liar(answer))
    uploads = [Upload("", str(number), lambda: b"x") for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(lambda upload: sent(upload, tmp_path / upload.name, gateway).result, uploads))

    assert most == 2
    assert all(isinstance(result, Accepted) for result in results)


def test_whoever_waits_too_long_is_told_to_come_back(tmp_path: Path) -> None:
    busy, done = threading.Event(), threading.Event()

    def answer() -> bytes:
        busy.set()
        assert done.wait(20)
        return _said()

    gateway = Gateway(IntakeSettings(at_once=1, patience=0.05), lambda: Liar(answer))
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(sent, Upload("", "1", lambda: b"x"), tmp_path / "1", gateway)
        assert busy.wait(20)
        second = sent(Upload("", "2", lambda: b"x"), tmp_path / "2", gateway).result
        done.set()

    assert isinstance(first.result().result, Accepted)
    assert isinstance(second, FileRefused)
    assert second.reason is Reason.BUSY


def test_every_kind_stands_in_one_group() -> None:
    assert sorted(kind for group in GROUPS for kind in group.kinds) == sorted(Kind)
    assert set(ACCEPT.split(",")) >= {".jpg", ".jpeg", ".heic", ".docx", ".mov"}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("tom.pdf", b"", "er tom"),
        ("gif", b"GIF89a" + bytes(50), "JPEG eller PNG"),
        ("zip", b"PK\5\6" + bytes(18), "Pak den ud"),
        ("svg", b"<svg/>", "skærmbillede"),
        ("exe", b"MZ" + bytes(99), "program"),
        ("doc", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(99), ".docx"),
        ("låst", bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "adgangskode"),
        ("avi", b"RIFF....AVI ", "MP4"),
        ("3gp", boxes.box(b"ftyp", b"3gp4"), "MP4"),
        ("lyd", b"ID3\3" + bytes(50), "MP4"),
        ("txt", b"hej", "Vi tager imod billeder"),
        ("halv", boxes.box(b"ftyp", b"isom") + b"x", "beskadiget"),
        ("lang.mp4", boxes.mp4(seconds=601), "højst 10 minutter"),
        ("stor.png", pictures.pixel_bomb(51_000_000, 1), "højst 50 megapixel"),
        ("gif.png", pictures.moving("PNG"), "bevæger sig"),
    ],
)
def test_each_refusal_says_what_is_wrong_and_what_to_do(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    result = sent(Upload("", name, lambda: data), tmp_path / "in").result

    assert isinstance(result, FileRefused)
    assert words in str(result)
