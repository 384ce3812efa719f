"""The manifest says of each file what is true of it, and of the case only its number."""

import hashlib
from pathlib import Path

import pytest
from rendered_case import FILES, MANIFEST, PLAN, REPORT, REPORT_WORD, TOOL_WORD, RenderedCase

from pipeline.tool.load import load_tool

pytestmark = pytest.mark.office

_PROFILES = {
    TOOL_WORD: ["Office Open XML"],
    REPORT_WORD: ["Office Open XML"],
    PLAN: ["Office Open XML"],
    REPORT: ["PDF/A-3a", "PDF/UA-1", "PAdES B-LT"],
}


def test_the_folder_holds_the_five_files_and_nothing_else(case: RenderedCase) -> None:
    assert {path.name for path in case.folder.iterdir()} == FILES


def test_every_other_file_stands_in_it_with_its_size_digest_and_profile(case: RenderedCase) -> None:
    entries = {entry["name"]: entry for entry in case.manifest["files"]}
    assert set(entries) == FILES - {MANIFEST}
    for name, entry in entries.items():
        content = (case.folder / name).read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert entry["profile"] == _PROFILES[name]


def test_every_file_has_the_checks_it_passed_and_by_what(case: RenderedCase) -> None:
    for entry in case.manifest["files"]:
        assert entry["checks"]
        assert all(check["what"] and check["by"] and check["result"] == "i orden" for check in entry["checks"])
    [report] = [entry for entry in case.manifest["files"] if entry["name"] == REPORT]
    checked = " ".join(check["what"] for check in report["checks"])
    assert "PDF/A-3a" in checked
    assert "PDF/UA-1" in checked


def test_the_seal_is_said_to_be_a_demo(case: RenderedCase) -> None:
    [report] = [entry for entry in case.manifest["files"] if entry["name"] == REPORT]
    assert report["seal"]["demo"] is True
    assert "DEMO" in report["seal"]["by"]


def test_the_law_is_that_of_the_documents_own_date(case: RenderedCase) -> None:
    before_barnets_lov = case.name == "autisme_skole_1"
    hjemmel = "servicelovens § 32 a" if before_barnets_lov else "barnets lov § 85"
    laws = [case.manifest["law"], *(entry["law"] for entry in case.manifest["files"])]
    assert {law["hjemmel"] for law in laws} == {hjemmel}
    assert {law["on"] for law in laws} == {case.answers.document_date.isoformat()}
    assert (case.manifest["document_date"] < "2024-01-01") is before_barnets_lov


def test_it_names_the_edition_by_the_digest_of_its_definition(case: RenderedCase) -> None:
    tool = load_tool(case.answers.edition)
    assert case.manifest["edition"]["sha256"] == tool.digest
    assert case.manifest["case_number"] == case.answers.case_number


def test_nobody_in_the_case_is_named_in_it(case: RenderedCase) -> None:
    text = Path(case.folder / MANIFEST).read_text(encoding="utf-8")
    parts = {part for person in case.answers.people for part in person.name.split()}
    assert not [part for part in parts if part in text]
