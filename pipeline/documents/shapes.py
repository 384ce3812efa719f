"""Which slots each kind of document has: derived from the shapes in `contents` and the fields of the edition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from pipeline.documents.contents.agreement_words import AgreementDocument
from pipeline.documents.contents.consent_words import ConsentDocument
from pipeline.documents.contents.final_report import FinalReport
from pipeline.documents.contents.form_document import FormDocument
from pipeline.documents.contents.hearing_letter import ChildSheet, HearingLetter
from pipeline.documents.contents.hearing_words import AnswerDocument
from pipeline.documents.contents.reminder_letter import ReminderLetter
from pipeline.documents.contents.report import ReportDocument
from pipeline.documents.contents.tool_document import ToolDocument
from pipeline.documents.contents.visit_notice import VisitNotice
from pipeline.documents.contents.words import Block
from pipeline.errors import TemplateError
from pipeline.tool.definition import Tool


@dataclass(frozen=True)
class Keyed:
    """A shape with one attribute for each key, all of one type (the fields of an edition)."""

    keys: frozenset[str]
    item: Any


def _tool_document(tool: Tool) -> dict[str, Any]:
    return get_type_hints(ToolDocument)


def _report(tool: Tool) -> dict[str, Any]:
    keys = frozenset(field.key for field in tool.fields if field.key != tool.goals_field.key)
    return get_type_hints(ReportDocument) | {"field": Keyed(keys, Block)}


def _final_report(tool: Tool) -> dict[str, Any]:
    return get_type_hints(FinalReport) | _report(tool)


def _hearing_answer(tool: Tool) -> dict[str, Any]:
    return get_type_hints(AnswerDocument)


def _hearing_letter(tool: Tool) -> dict[str, Any]:
    return get_type_hints(HearingLetter)


def _child_sheet(tool: Tool) -> dict[str, Any]:
    return get_type_hints(ChildSheet)


def _agreement(tool: Tool) -> dict[str, Any]:
    return get_type_hints(AgreementDocument)


def _reminder(tool: Tool) -> dict[str, Any]:
    return get_type_hints(ReminderLetter)


def _visit_notice(tool: Tool) -> dict[str, Any]:
    return get_type_hints(VisitNotice)


def _consent(tool: Tool) -> dict[str, Any]:
    return get_type_hints(ConsentDocument)


def _form(tool: Tool) -> dict[str, Any]:
    return get_type_hints(FormDocument)


SHAPES: Mapping[str, Callable[[Tool], dict[str, Any]]] = {
    "tilsynsredskab": _tool_document,
    "tilsynsrapport": _report,
    "formular": _form,
    "formular_flad": _form,
    "hoeringssvar": _hearing_answer,
    "hoeringsbrev": _hearing_letter,
    "hoering_barn": _child_sheet,
    "besoegsvarsel": _visit_notice,
    "paamindelse": _reminder,
    "endelig_rapport": _final_report,
    "aftale": _agreement,
    "samtykke": _consent,
}


def roots_of(kind: str, tool: Tool) -> dict[str, Any]:
    """The names that a slot of this kind of document may begin with, and their types."""
    if kind not in SHAPES:
        raise TemplateError(f"“{kind}” er ikke en kendt slags dokument. Brug en af: {', '.join(SHAPES)}.")
    return SHAPES[kind](tool)
