"""A sample case whose every free text is replaced, and both of its Word documents."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import report_document
from pipeline.documents.contents.tool_document import tool_document
from pipeline.documents.merge.merger import Merger
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Kind, Tool
from pipeline.tool.load import EDITIONS, load_tool

KINDS = ("tilsynsredskab", "tilsynsrapport")
SAMPLES = tuple(sorted((EDITIONS / "2018").glob("sample_*.json")))
TOOL: Tool = load_tool("2018", EDITIONS)

# Words that programs compare or look up; everything else in a case is somebody's free text.
_NOT_FREE = {
    "format", "edition", "document_date", "visit_kind", "id", "role", "by", "on_behalf_of", "at", "date", "choice",
    "decided_on", "goal_type", "origin", "dated", "visit_date", "type", "to", "deadline", "not_asked", "note",
}  # fmt: skip
_CODED_CELLS = {
    column.key
    for field in TOOL.fields
    for column in field.columns
    if field.kind is Kind.TABLE and column.kind in (Kind.DATE, Kind.CHOICE)
}


def rewritten(raw: Any, write: Callable[[str], str], key: str = "") -> Any:
    """The JSON of a case with every free text given to `write`."""
    if isinstance(raw, dict):
        return {name: rewritten(value, write, name) for name, value in raw.items()}
    if isinstance(raw, list):
        return [rewritten(item, write, key) for item in raw]
    if not isinstance(raw, str) or not raw or key in _NOT_FREE | _CODED_CELLS:
        return raw
    return write(raw)


def free_texts(sample: int) -> list[tuple[str, str]]:
    """Every free text of a sample in the order of `numbered`: the key of the case that it stands under, and itself."""
    found: list[tuple[str, str]] = []
    for top, raw in json.loads(SAMPLES[sample].read_text(encoding="utf-8")).items():
        texts: list[str] = []
        rewritten(raw, partial(_noted, texts), top)
        found += [(top, text) for text in texts]
    return found


def _noted(texts: list[str], text: str) -> str:
    texts.append(text)
    return text


def numbered(sample: int, text_of: Callable[[int], str]) -> Answers:
    """A sample whose n-th free text is `text_of(n)`; each has to be unlike the others, or documents say it once."""
    count = iter(range(10_000))
    raw = json.loads(SAMPLES[sample].read_text(encoding="utf-8"))
    return read_answers(rewritten(raw, lambda _: text_of(next(count))), EDITIONS)


def document_of(kind: str, answers: Answers) -> tuple[WordTemplate, Any]:
    """A template and the document that is merged into it."""
    template = newest_template(TOOL, kind)
    law = law_for(answers.document_date, visit_date(answers))
    paper = paper_of(answers, TOOL, law, title=template.title, template=template.name)
    make = tool_document if kind == "tilsynsredskab" else report_document
    return template, make(answers, TOOL, law, paper)


def merged(merger: Merger, kind: str, answers: Answers) -> bytes:
    """One of the case's Word documents."""
    template, document = document_of(kind, answers)
    return merger.merge(template, TOOL, document)
