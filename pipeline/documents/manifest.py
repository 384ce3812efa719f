"""The manifest: for each file what it is, what it was checked for, and on which edition, template and law it rests."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.cases.answers import Answers
from pipeline.documents.kinds import DocumentKind
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool

FORMAT = "hjemmetilsyn-manifest-1"


@dataclass(frozen=True)
class Check:
    """One check and by what it was made; a check that fails stops the run, so only those that held stand here."""

    what: str
    by: str
    result: str = "i orden"


@dataclass(frozen=True)
class MadeFile:
    """One finished file."""

    kind: DocumentKind
    path: Path
    template: str
    checks: tuple[Check, ...]
    seal: dict[str, Any] | None = None


def manifest_of(answers: Answers, tool: Tool, law: Law, files: tuple[MadeFile, ...]) -> dict[str, Any]:
    """The manifest as JSON data; no personal data beyond the case number."""
    return {
        "format": FORMAT,
        "case_number": answers.case_number,
        "visit_number": answers.visit_number,
        "document_date": answers.document_date.isoformat(),
        "fictional": answers.is_fictional,
        "edition": {"name": tool.edition, "published_in": tool.published_in, "sha256": tool.digest},
        "law": _law(law),
        "files": [_file(file, tool, law) for file in files],
    }


def as_json(manifest: dict[str, Any]) -> str:
    """The manifest as it is written: readable, UTF-8."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _file(file: MadeFile, tool: Tool, law: Law) -> dict[str, Any]:
    content = file.path.read_bytes()
    entry: dict[str, Any] = {
        "name": file.kind.file_name,
        "kind": file.kind.key,
        "profile": list(file.kind.profiles),
        "media_type": file.kind.media_type,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "edition": tool.edition,
        "template": file.template or None,
        "law": {"on": law.on.isoformat(), "hjemmel": law.hjemmel, "citation": law.citation},
        "checks": [asdict(check) for check in file.checks],
    }
    return entry | ({"seal": file.seal} if file.seal else {})


def _law(law: Law) -> dict[str, Any]:
    return {
        "on": law.on.isoformat(),
        "act": law.act,
        "hjemmel": law.hjemmel,
        "citation": law.citation,
        "rules": [asdict(rule) for rule in law.rules],
    }
