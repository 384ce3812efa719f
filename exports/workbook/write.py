"""The whole workbook: the plan, its development over the visits, texts too long for their cells, and the choices."""

from collections.abc import Mapping
from datetime import UTC
from pathlib import Path

from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook import Workbook

from exports.carried_text import in_pieces
from exports.workbook.archive import to_bytes
from exports.workbook.cell_text import accepted
from exports.workbook.choice_lists import write_choice_lists
from exports.workbook.goal_sheet import GoalSheet
from exports.workbook.long_texts import write_long_texts
from exports.workbook.looks import DressedWorkbook, Wardrobe
from exports.workbook.own_words import own_words
from exports.workbook.plan import PlanSheet, UnreadablePlan, WorkbookProperties
from exports.workbook.progress_sheet import write_progress_sheet

PASSPORT = "Hjemmetilsyn"
"""Name of the document properties that carry the passport."""

OWN_WORDS = f"{PASSPORT} ledetekster"
"""Name of those that carry the digests of what we wrote, so that all else is known for somebody's own words."""


def write_workbook(plan: PlanSheet, path: Path) -> None:
    """Write a plan as an Excel file; the same plan gives the same bytes.

    Raises:
        UnwritableText: a text holds a character that no workbook can hold.
        UnreadablePlan: a grade is not on the scale, or the moment of creation has no time zone.
    """
    path.write_bytes(workbook_bytes(plan))


def workbook_bytes(plan: PlanSheet) -> bytes:
    """A plan as the bytes of an Excel file, see `write_workbook`."""
    book = DressedWorkbook()
    book.properties = _properties(plan.properties)
    wardrobe = Wardrobe()
    goals = GoalSheet(book.worksheets[0], wardrobe, plan)
    goals.write()
    write_progress_sheet(book, wardrobe, plan)
    if goals.too_long:
        write_long_texts(book, wardrobe, plan, goals.too_long)
    write_choice_lists(book, wardrobe, (plan.goal_types, plan.scale))
    if plan.passport:
        _carry(book, in_pieces(PASSPORT, plan.passport) | in_pieces(OWN_WORDS, own_words(book).as_text()))
    return to_bytes(book)


def _carry(book: Workbook, properties: Mapping[str, str]) -> None:
    for name, text in properties.items():
        piece = StringProperty(name=name, value=text)
        book.custom_doc_props.append(piece)  # type: ignore[attr-defined] # the stubs leave it out


def _properties(facts: WorkbookProperties) -> DocumentProperties:
    if facts.created.utcoffset() is None:
        raise UnreadablePlan("Tidspunktet for filen mangler tidszone. Angiv det med tidszone.")
    created = facts.created.astimezone(UTC)
    return DocumentProperties(
        title=accepted(facts.title),
        creator=accepted(facts.creator),
        language=facts.language,
        created=created,
        modified=created,
    )
