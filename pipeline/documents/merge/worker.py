"""The child process that checks and merges templates: `python -m pipeline.documents.merge.worker`."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.documents.merge.compiled import CompiledTemplate, compile_template
from pipeline.documents.merge.lint import lint
from pipeline.documents.merge.order import MergeOrder
from pipeline.documents.shapes import roots_of
from pipeline.documents.word_template import WordTemplate
from pipeline.errors import TilsynError
from pipeline.limited_child import serve
from pipeline.tool.load import load_tool


def answer(order: MergeOrder) -> bytes:
    """The merged docx; nothing where the template was only to be checked."""
    compiled = _compiled(order.template, order.edition, order.editions, order.digest)
    if order.document is None:
        lint(compiled.package, order.template, compiled.used)
        return b""
    return compiled.render(_context(order.document))


@cache
def _compiled(template: WordTemplate, edition: str, editions: Path, digest: str) -> CompiledTemplate:
    """Compiled once for each digest of the file: a template that was edited is compiled again."""
    return compile_template(template.path.read_bytes(), roots_of(template.kind, load_tool(edition, editions)))


def _context(document: Any) -> dict[str, Any]:
    return {field.name: _attributes(getattr(document, field.name)) for field in fields(document)}


def _attributes(value: Any) -> Any:
    """A mapping as attributes: a slot then cannot reach the methods of dict."""
    return SimpleNamespace(**value) if isinstance(value, Mapping) else value


if __name__ == "__main__":
    serve(answer, TilsynError)
