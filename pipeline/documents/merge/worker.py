"""The child process that checks and merges templates: `python -m pipeline.documents.merge.worker`."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.documents.merge.compiled import CompiledTemplate, compile_template
from pipeline.documents.merge.lint import lint, require_slots
from pipeline.documents.merge.order import MergeOrder
from pipeline.documents.shapes import roots_of
from pipeline.documents.word_template import WordTemplate
from pipeline.errors import TemplateError, TilsynError
from pipeline.limited_child import serve
from pipeline.tool.load import load_tool

_KEPT = 16
"""Templates kept compiled: those of a few editions, not every draft that somebody ever had checked."""


def answer(order: MergeOrder) -> bytes:
    """The merged docx; nothing where the template was only to be checked."""
    compiled = _compiled(order.template, order.edition, order.editions, order.digest)
    if order.document is None:
        lint(compiled.package)
        return b""
    return compiled.render(context_of(order.document))


@lru_cache(maxsize=_KEPT)
def _compiled(template: WordTemplate, edition: str, editions: Path, digest: str) -> CompiledTemplate:
    """Compiled once for each digest of the file: a template that was edited is compiled again."""
    data = template.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise TemplateError("Filen blev ændret i samme øjeblik. Prøv igen.")
    compiled = compile_template(data, roots_of(template.kind, load_tool(edition, editions)))
    require_slots(compiled.used, template.required)
    return compiled


def context_of(document: Any) -> dict[str, Any]:
    """A document as the names that its slots begin with."""
    return {field.name: _attributes(getattr(document, field.name)) for field in fields(document)}


def _attributes(value: Any) -> Any:
    """A mapping as attributes: a slot then cannot reach the methods of dict."""
    return SimpleNamespace(**value) if isinstance(value, Mapping) else value


if __name__ == "__main__":
    serve(answer, TilsynError)
