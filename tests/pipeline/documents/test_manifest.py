"""The manifest says of each file what it is and what it was checked for, and holds no personal data."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cases.answers import Answers
from pipeline.documents.kinds import DOCX, PDF, PLAN, REPORT, REPORT_WORD, TOOL_WORD, XLSX
from pipeline.documents.manifest import Check, MadeFile, as_json, manifest_of
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool

SEAL = {"by": "Testkommune", "at": "2026-04-20T12:00:00+00:00", "level": "PAdES B-LT", "demo": True}


@pytest.fixture
def manifest(answers: Answers, tool: Tool, law: Law, tmp_path: Path) -> dict[str, Any]:
    report, plan = tmp_path / "rapport", tmp_path / "plan"
    report.write_bytes(b"%PDF-1.7")
    plan.write_bytes(b"")
    files = (
        MadeFile(REPORT, report, "tilsynsrapport-1", (Check("PDF/A-3a", "page-validation"),), SEAL),
        MadeFile(PLAN, plan, "", ()),
    )
    return manifest_of(answers, tool, law, files)


def test_the_manifest_says_which_case_edition_and_law(manifest: dict[str, Any], tool: Tool) -> None:
    assert set(manifest) == {
        "format", "case_number", "visit_number", "document_date", "fictional", "edition", "law", "files",
    }  # fmt: skip
    assert manifest["format"] == "hjemmetilsyn-manifest-1"
    assert (manifest["case_number"], manifest["visit_number"]) == ("DEMO-0901", 2)
    assert (manifest["document_date"], manifest["fictional"]) == ("2026-04-20", True)
    assert manifest["edition"] == {"name": "2018", "published_in": tool.published_in, "sha256": tool.digest}


def test_the_manifest_says_which_law_on_which_day(manifest: dict[str, Any]) -> None:
    law = manifest["law"]
    assert (law["on"], law["act"], law["hjemmel"]) == ("2026-04-20", "barnets lov", "barnets lov § 85")
    assert law["citation"] == "LBK nr. 282 af 17/03/2025"
    assert {rule["key"]: rule["verified"] for rule in law["rules"]}["report"] is False


def test_a_sealed_file_has_its_digest_checks_and_seal(manifest: dict[str, Any]) -> None:
    assert manifest["files"][0] == {
        "name": "tilsynsrapport.pdf",
        "kind": "tilsynsrapport",
        "profile": ["PDF/A-3a", "PDF/UA-1", "PAdES B-LT"],
        "media_type": PDF,
        "size": 8,
        "sha256": hashlib.sha256(b"%PDF-1.7").hexdigest(),
        "edition": "2018",
        "template": "tilsynsrapport-1",
        "law": {"on": "2026-04-20", "hjemmel": "barnets lov § 85", "citation": "LBK nr. 282 af 17/03/2025"},
        "checks": [{"what": "PDF/A-3a", "by": "page-validation", "result": "i orden"}],
        "seal": SEAL,
    }


def test_a_file_without_template_or_seal_says_neither(manifest: dict[str, Any]) -> None:
    plan = manifest["files"][1]
    assert plan["template"] is None
    assert "seal" not in plan
    assert (plan["size"], plan["checks"]) == (0, [])


def test_the_manifest_names_nobody_in_the_case(manifest: dict[str, Any], answers: Answers) -> None:
    written = as_json(manifest)
    assert not [person.name for person in answers.people if person.name in written]


def test_the_written_manifest_is_readable_and_the_same_data(manifest: dict[str, Any]) -> None:
    written = as_json(manifest)
    assert json.loads(written) == manifest
    assert "Håndbog" in written
    assert written.endswith("}\n")


def test_each_kind_of_file_has_a_name_of_its_own_that_tells_nothing_of_the_case() -> None:
    kinds = (TOOL_WORD, REPORT_WORD, REPORT, PLAN)
    assert len({kind.key for kind in kinds}) == len({kind.file_name for kind in kinds}) == 4
    suffixes = {".docx": DOCX, ".pdf": PDF, ".xlsx": XLSX}
    assert all(suffixes[Path(kind.file_name).suffix] == kind.media_type for kind in kinds)
