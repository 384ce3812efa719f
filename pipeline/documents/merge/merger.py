"""Merges documents into Word templates; all work on templates happens in a limited child process."""

import hashlib
from types import TracebackType
from typing import Any, Self

from pipeline.documents.merge.order import MergeOrder
from pipeline.documents.word_template import WordTemplate
from pipeline.errors import TemplateError
from pipeline.limited_child import LimitedChild, Refused
from pipeline.tool.definition import Tool

MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 20.0


class Merger:
    """Merges and checks templates; warm, thread-safe, to be closed.

    Args:
        seconds: deadline for one document.
        memory_bytes: address space of the child process.
    """

    def __init__(self, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._child = LimitedChild(
            "pipeline.documents.merge.worker",
            memory_bytes=memory_bytes,
            seconds=seconds,
            what="Fletningen af Word-filen",
        )

    def merge(self, template: WordTemplate, tool: Tool, document: Any) -> bytes:
        """The docx of a document.

        Args:
            template: which Word file.
            tool: the edition, which says which slots there may be.
            document: a shape of `pipeline.documents.contents`.

        Raises:
            TemplateError: the template was refused; the message names each place.
            StepFailed: the template ran away and was stopped.
        """
        return self._ask(template, tool, document)

    def check(self, template: WordTemplate, tool: Tool) -> None:
        """Check a template without a document: slots, required slots, and what PDF/UA needs.

        Raises:
            TemplateError: with every fault and its place.
        """
        self._ask(template, tool, None)

    def _ask(self, template: WordTemplate, tool: Tool, document: Any) -> bytes:
        digest = hashlib.sha256(template.path.read_bytes()).hexdigest()
        try:
            return self._child.ask(MergeOrder(template, tool.edition, tool.folder.parent, digest, document))
        except Refused as refusal:
            raise TemplateError(f"Skabelonen {template.name} blev afvist:\n{refusal}") from None

    @property
    def pid(self) -> int | None:
        """Process id of the child, for measurements."""
        return self._child.pid

    def close(self) -> None:
        """End the child process."""
        self._child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
