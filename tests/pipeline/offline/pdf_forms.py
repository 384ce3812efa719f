"""PDF forms for the tests: made of a fictional case, filled by a plain writer, looked at with other tools."""

import io
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pikepdf
from pypdf import PdfReader, PdfWriter

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.words import Paper
from pipeline.documents.render import Workshop
from pipeline.documents.word_template import newest_template
from pipeline.law.dated_law import law_for
from pipeline.offline.passport import Passport, passport_of
from pipeline.offline.pdf_form import make_archive_copy, make_pdf_form
from pipeline.offline.slots import FormSection, Slot, all_slots, form_sections
from pipeline.tool.load import EDITIONS, load_tool

SAMPLES = tuple(sorted(path.stem.removeprefix("sample_") for path in (EDITIONS / "2018").glob("sample_*.json")))
TOOL = load_tool("2018")


@dataclass(frozen=True)
class Sheets:
    """What a form of one case is made of, and the files that are made of it."""

    sections: tuple[FormSection, ...]
    passport: Passport
    folder: Path
    machines: Workshop

    @property
    def slots(self) -> tuple[Slot, ...]:
        return all_slots(self.sections)

    @property
    def values(self) -> dict[str, str]:
        return {slot.name: slot.value for slot in self.slots}

    @cached_property
    def blank(self) -> Path:
        return self.form("blank.pdf", filled=False)

    @cached_property
    def filled(self) -> Path:
        return self.form("filled.pdf", filled=True)

    @cached_property
    def archived(self) -> Path:
        return self.archive("archived.pdf", None)

    def form(self, name: str, *, filled: bool) -> Path:
        path = self.folder / name
        make_pdf_form(self.sections, self.passport, self._paper("formular"), TOOL, self.machines, path, filled=filled)
        return path

    def archive(self, name: str, values: Mapping[str, str] | None) -> Path:
        path = self.folder / name
        paper = self._paper("formular_flad")
        make_archive_copy(self.sections, self.passport, paper, TOOL, self.machines, path, values=values)
        return path

    def with_slots(self, change: Callable[[Slot], Slot], folder: Path) -> "Sheets":
        """The same form with other slots."""
        sections = tuple(
            replace(
                section,
                groups=tuple(
                    replace(group, slots=tuple(change(slot) for slot in group.slots)) for group in section.groups
                ),
            )
            for section in self.sections
        )
        return replace(self, sections=sections, folder=folder)

    def _paper(self, kind: str) -> Paper:
        case = read_answers_file(EDITIONS / "2018" / "sample_cp_skole_2.json")
        template = newest_template(TOOL, kind)
        return paper_of(case, TOOL, law_for(case.document_date), title=template.title, template=template.name)


def sheets_of(sample: str, machines: Workshop, folder: Path) -> Sheets:
    """The form of a fictional case, e.g. “cp_skole_2”."""
    case = read_answers_file(EDITIONS / "2018" / f"sample_{sample}.json")
    sections = form_sections(TOOL, law_for(case.document_date), case)
    return Sheets(sections, passport_of(case, sections), folder, machines)


def typed_in(form: Path, values: Mapping[str, str]) -> bytes:
    """A form that somebody filled with a plain pypdf, as any other program would."""
    writer = PdfWriter(clone_from=PdfReader(form))
    written = {name.replace(".", "-"): value for name, value in values.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, written, auto_regenerate=False)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def words_on(pdf: Path, first: int, last: int) -> str:
    """What poppler reads on some pages, with one space between words."""
    command = ("pdftotext", "-f", str(first), "-l", str(last), str(pdf), "-")
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def pages_of_labels_and_boxes(pdf: Path) -> list[tuple[int, int]]:
    """For each box the page of the label before it in reading order, and its own."""
    found, label = [], 0
    with pikepdf.open(pdf) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        for paragraph in opened.Root.StructTreeRoot.K[0].K:
            style = str(paragraph.S)
            if style == "/Ledetekst":
                label = numbers[paragraph.Pg.objgen]
            elif style.startswith("/Felt"):
                found.append((label, numbers[paragraph.Pg.objgen]))
    return found
