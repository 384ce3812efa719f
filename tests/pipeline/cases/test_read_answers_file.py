"""A file of answers is read, or it is said what is wrong with the file."""

import json
from pathlib import Path

import pytest
from raw_answers import Raw

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers, read_answers_file
from pipeline.errors import AnswersError, UnreadableFile


def file_with(folder: Path, content: bytes) -> Path:
    path = folder / "svar.json"
    path.write_bytes(content)
    return path


def test_a_file_of_answers_is_read(raw: Raw, tmp_path: Path) -> None:
    answers: Answers = read_answers_file(file_with(tmp_path, json.dumps(raw).encode()))
    assert answers == read_answers(raw)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = file_with(tmp_path, b'{"answers": {"email": [], "email": []}}')
    with pytest.raises(AnswersError, match=r"“email” står to gange samme sted\. Saml de to til ét\."):
        read_answers_file(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "er ikke gyldig JSON (linje 1, tegn 1). Ret stedet."),
        (b'{\n "format": ja}', "er ikke gyldig JSON (linje 2, tegn 12). Ret stedet."),
        (b'{"case_number": "\xe6\xf8\xe5"}', "er ikke UTF-8. Gem den som UTF-8."),
        (b"[" * 100_000, "er indlejret for dybt."),
        (b'{"visit_number": ' + b"9" * 5000 + b"}", "et tal i den er for langt."),
        (b"%PDF-1.7\n", "er ikke gyldig JSON (linje 1, tegn 1). Ret stedet."),
    ],
    ids=["empty", "not JSON", "not UTF-8", "nested too deep", "endless number", "a PDF"],
)
def test_a_file_that_holds_no_answers_cannot_be_read(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_answers_file(file_with(tmp_path, content))
    assert str(refused.value).startswith("Filen svar.json ")
    assert str(refused.value).endswith(words)


def test_a_file_that_is_not_there_or_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"Filen væk\.json findes ikke\. Ret navnet\."):
        read_answers_file(tmp_path / "væk.json")
    with pytest.raises(UnreadableFile, match=r"kan ikke læses\. Se, om det er en fil"):
        read_answers_file(tmp_path)


def test_nesting_below_the_limit_is_refused_as_any_other_wrong_value(raw: Raw, tmp_path: Path) -> None:
    raw["answers"]["email"] = json.loads("[" * 500 + "]" * 500)
    with pytest.raises(AnswersError, match=r"bidrag nr\. 1: her skal stå et objekt"):
        read_answers_file(file_with(tmp_path, json.dumps(raw).encode()))
