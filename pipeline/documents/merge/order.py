"""What the parent asks of the child process that merges."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.documents.word_template import WordTemplate


@dataclass(frozen=True)
class MergeOrder:
    """Merge this document into that template; without a document only check the template.

    Attributes:
        digest: SHA-256 of the template's file; a changed file is compiled anew.
    """

    template: WordTemplate
    edition: str
    editions: Path
    digest: str
    document: Any = None
