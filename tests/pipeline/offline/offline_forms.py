"""Forms as people fill them in, each with the tool that its format is made for."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lxml import etree
from offline_packages import parts_of, zipped
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from pipeline.cases.answers import Answers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Forms:
    """The forms of one case, by format."""

    case: Answers
    files: Mapping[str, bytes]


class MakeForms(Protocol):
    """Makes all forms of a fictional case."""

    def __call__(self, name: str, *, blank: bool = False, only: str = "") -> Forms:
        """Make them, or take them from the last time."""


def filled(kind: str, forms: Forms, answers: Mapping[str, str]) -> bytes:
    """The form with these words in these slots."""
    form = forms.files[kind]
    match kind:
        case "pdf":
            return pdf_with(form, answers)
        case "docx":
            return docx_with(form, answers)
        case _:
            return xlsx_with(form, answers, [goal.id for goal in forms.case.goals])


def fields_of(writer: PdfWriter) -> dict[str, DictionaryObject]:
    fields = writer.root_object["/AcroForm"]["/Fields"]  # type: ignore[index] # a form of ours has them
    found = (field.get_object() for field in fields)  # type: ignore[union-attr] # each is an object
    return {str(field["/T"]): field for field in found if isinstance(field, DictionaryObject)}


def pdf_with(form: bytes, answers: Mapping[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form)))
    fields = fields_of(writer)
    for name, text in answers.items():
        fields[name.replace(".", "-")][NameObject("/V")] = TextStringObject(text)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def docx_with(form: bytes, answers: Mapping[str, str]) -> bytes:
    parts = parts_of(form)
    document = etree.fromstring(parts["word/document.xml"])
    controls = {tag.get(f"{W}val"): tag.getparent().getparent() for tag in document.iter(f"{W}tag")}
    for name, text in answers.items():
        _write(controls[name], text)
    return zipped(parts | {"word/document.xml": etree.tostring(document)})


def _write(control: etree._Element, text: str) -> None:
    placeholder = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    if placeholder is not None:
        placeholder.getparent().remove(placeholder)
    content = control.find(f"{W}sdtContent")
    assert content is not None
    for old in list(content):
        content.remove(old)
    run = etree.SubElement(content, f"{W}r")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        words = etree.SubElement(run, f"{W}t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = line


HEADINGS = {
    "goal_type": "1. Måltype",
    "wording": "1. Mål",
    "focus": "2. Fokus",
    "attainment": "3. Grad",
    "reason": "3. Begrundelse",
    "next": "4. Nye mål",
}


def xlsx_with(form: bytes, answers: Mapping[str, str], goals: Sequence[str]) -> bytes:
    """A goal that the case has not is written on the rows below."""
    book = load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    top, columns = next(
        (row[0].row, {cell.value: cell.column for cell in row})
        for row in sheet.iter_rows()
        if "Mål-id" in [cell.value for cell in row]
    )
    ids = [sheet.cell(row, columns["Mål-id"]).value for row in range(top + 1, sheet.max_row + 1)]
    rows = {number: top + 1 + ids.index(goal) for number, goal in enumerate(goals, start=1) if goal in ids}
    last = top + sum(1 for each in ids if each)
    for name, text in answers.items():
        _, number, part = name.split(".")
        row = rows.get(int(number), last + int(number) - len(rows))
        cell = sheet.cell(row, columns[HEADINGS[part]], text)
        cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
