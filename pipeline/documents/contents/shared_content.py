"""What all recipients of a report read alike, as bytes: two variants that name its digest are one and the same report.

The bytes are kept with the municipality, so that whoever has to can show what a digest stands for.
"""

from dataclasses import replace
from hashlib import sha256

import msgspec

from pipeline.documents.contents.report import ReportDocument
from pipeline.documents.contents.words import Line

NAMED = "Fælles indhold, SHA-256"


def shared_content(document: ReportDocument) -> bytes:
    """The slots as canonical JSON: keys in order, no spaces, UTF-8.

    Args:
        document: with the words left out that not all recipients read.
    """
    return msgspec.json.encode(msgspec.to_builtins(document), order="sorted")


def digest_of(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return sha256(content).hexdigest()


def naming(document: ReportDocument, common: str) -> ReportDocument:
    """The report with the digest of what it shares with its variants; as it was where it has none."""
    return replace(document, facts=(*document.facts, Line(NAMED, common))) if common else document
