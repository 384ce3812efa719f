"""What the reader of the report sees: everybody's words, nobody's private data, and no label without its answer."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from rendered_case import MANIFEST, PLAN, REPORT_WORD, TOOL_WORD, RenderedCase, body_lines, pages_of, shows, squeezed

from pipeline.cases.answers import Contribution
from pipeline.cases.values import ChoiceValue, TableValue
from pipeline.danish import danish_date
from pipeline.documents.render import Workshop
from pipeline.documents.word_template import newest_template
from pipeline.tool.load import load_tool

pytestmark = pytest.mark.office

_CPR = re.compile(r"\b\d{6}-?\d{4}\b")
_PHONE = re.compile(r"\b\d\d ?\d\d ?\d\d ?\d\d\b")


def test_every_word_that_was_said_to_a_field_of_the_report_can_be_read_in_it(case: RenderedCase) -> None:
    pages = [squeezed(page) for page in pages_of(case.report, "-raw")]
    said = [words for key in _fields_of_the_report() for given in case.answers.of(key) for words in _words(given)]
    assert len(said) > 80
    assert [words for words in said if not shows(pages, words)] == []


def test_every_goal_can_be_read_with_all_that_was_said_of_it(case: RenderedCase) -> None:
    pages = [squeezed(page) for page in pages_of(case.report, "-raw")]
    said: list[str] = []
    for goal in case.answers.goals:
        said += [goal.goal_type.label, goal.wording, goal.before]
        said += [text.value.text for text in (*goal.focus, *goal.next)]
        said += [part for a in goal.attainment for part in (a.value.choice.label, a.value.reason)]
    assert len(said) > 20
    assert [words for words in said if not shows(pages, words)] == []


def test_everybody_who_said_something_is_named(case: RenderedCase) -> None:
    pages = [squeezed(page) for page in pages_of(case.report, "-raw")]
    given = [contribution for key in _fields_of_the_report() for contribution in case.answers.of(key)]
    names = {(contribution.on_behalf_of or contribution.by).name for contribution in given}
    assert len(names) > 3
    assert [name for name in names if not shows(pages, name)] == []


def test_the_approved_scheme_and_the_enclosures_can_be_read(case: RenderedCase) -> None:
    pages = [squeezed(page) for page in pages_of(case.report, "-raw")]
    approval = case.answers.approval
    said = [approval.extent, approval.supervision_frame, *approval.methods, *approval.goals]
    said += [danish_date(approval.decided_on), *(enclosure.title for enclosure in case.answers.enclosures)]
    assert [words for words in said if not shows(pages, words)] == []


def test_it_says_that_it_is_a_report_and_not_a_decision_and_what_can_happen_next(case: RenderedCase) -> None:
    first, *_, before_last, last = [squeezed(page) for page in pages_of(case.report, "-raw")]
    assert squeezed("Dette er en rapport og ikke en afgørelse") in first
    assert squeezed("Hvad sker der nu?") in before_last + last
    assert squeezed("Denne rapport ændrer ikke godkendelsen") in before_last + last


def test_it_cites_the_law_of_its_own_date(case: RenderedCase) -> None:
    text = squeezed("".join(pages_of(case.report, "-raw")))
    old, new = squeezed("servicelovens § 32 a"), squeezed("barnets lov § 85")
    cites_old = case.answers.document_date < date(2024, 1, 1)
    assert (old in text, new in text) == (cites_old, not cites_old)


def test_no_cpr_number_address_or_phone_of_the_family_leaves_the_case(case: RenderedCase) -> None:
    contact_phone = squeezed(case.answers.municipality.phone)
    private = [squeezed(value) for value in _private_values(case)]
    assert len(private) >= 3
    for text in _texts_that_travel(case):
        assert not _CPR.search(text)
        assert {squeezed(phone) for phone in _PHONE.findall(text)} <= {contact_phone}
        assert "@" not in text
        assert [value for value in private if value in squeezed(text)] == []


def test_the_search_for_private_data_would_find_them(case: RenderedCase) -> None:
    """The tool itself holds them, because the family has written them there."""
    text = squeezed(_part(case.folder / TOOL_WORD, "word/document.xml"))
    assert [value for value in _private_values(case) if squeezed(value) in text]


@pytest.mark.parametrize("name", [REPORT_WORD, TOOL_WORD])
def test_no_page_ends_with_a_heading_or_a_question(
    case: RenderedCase, machines: Workshop, tmp_path: Path, name: str
) -> None:
    pdf = case.report
    if name == TOOL_WORD:
        pdf = tmp_path / "redskab.pdf"
        machines.converter.to_pdf(case.folder / name, pdf)
    labels = {squeezed(label) for label in _labels(case.folder / name)}
    bodies = [body_lines(page) for page in pages_of(pdf, "-layout")]
    assert len(bodies) > 5
    ends = [squeezed("".join(body[-count:])) for body in bodies for count in (1, 2, 3)]
    assert [end for end in ends if end in labels] == []
    starts = [squeezed("".join(body[:count])) for body in bodies for count in (1, 2, 3)]
    assert [start for start in starts if start in labels], "the labels are not found as they stand on the pages"


def _fields_of_the_report() -> set[str]:
    """The fields whose answers the Word template has a slot for."""
    template = newest_template(load_tool(None), "tilsynsrapport")
    text = re.sub("<[^>]+>", "", _part(template.path, "word/document.xml"))
    keys = set(re.findall(r"field\.([a-z_]+)\.(?:said|rows)\b", text))
    assert {"recommendation", "agreements", "childs_voice", "needs_assessment"} <= keys
    # The conditions are said through a list of their own.
    return keys | {"condition_wellbeing", "condition_parents", "condition_methods"}


def _words(given: Contribution) -> Iterator[str]:
    match given.value:
        case ChoiceValue(choice, reason):
            yield from (choice.label, reason)
        case TableValue(_, rows):
            yield from (cell.as_text() for row in rows for cell in row)
        case value:
            yield value.as_text()


def _private_values(case: RenderedCase) -> Iterator[str]:
    for key, pattern in (("child_cpr", _CPR), ("phone", _PHONE), ("email", re.compile(r"\S+@\S+"))):
        for given in case.answers.of(key):
            yield from pattern.findall(given.value.as_text())


def _texts_that_travel(case: RenderedCase) -> Iterator[str]:
    yield "\n".join(pages_of(case.report, "-raw"))
    with pikepdf.open(case.report) as pdf:
        yield "\n".join(str(value) for value in dict(pdf.docinfo).values())
        yield pdf.Root.Metadata.read_bytes().decode()
    yield (case.folder / MANIFEST).read_text(encoding="utf-8")
    yield re.sub("<[^>]+>", " ", _part(case.folder / REPORT_WORD, "word/document.xml"))
    with zipfile.ZipFile(case.folder / PLAN) as archive:
        parts = [name for name in archive.namelist() if name.startswith(("xl/worksheets/sheet", "docProps/"))]
        assert len(parts) >= 3
        yield from (re.sub("<[^>]+>", " ", archive.read(name).decode()) for name in parts)
    yield "\n".join(path.name for path in case.folder.iterdir())


def _part(package: Path, part: str) -> str:
    with zipfile.ZipFile(package) as archive:
        return archive.read(part).decode()


def _labels(word: Path) -> Iterator[str]:
    document = Document(str(word))
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document._body)
        style = paragraph.style.name if paragraph.style is not None else ""
        if style == "Spørgsmål" or re.fullmatch(r"Heading \d", style or ""):
            yield paragraph.text
