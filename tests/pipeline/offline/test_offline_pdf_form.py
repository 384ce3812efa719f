"""The PDF forms of all fictional cases, made by the real LibreOffice and looked at by programs that are not ours."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest
from judges.verapdf import PDF_UA_1, VeraPdf
from pdf_forms import SAMPLES, TOOL, Sheets, pages_of_labels_and_boxes, sheets_of, typed_in, words_on
from pypdf import PdfReader

from pipeline.documents.render import Workshop
from pipeline.errors import StepFailed
from pipeline.offline.pdf_fields import Filling, fill_fields
from pipeline.offline.pdf_form import check_form
from pipeline.offline.pdf_reading import PASSPORT_FIELD, read_pdf
from pipeline.offline.slots import Slot
from pipeline.tool.definition import Kind

pytestmark = pytest.mark.office

PDF_A_2B, PDF_A_2A = "2b", "2a"
LONG = " ".join(f"ord{number:04}" for number in range(2500))
HOSTILE = (
    "“Citat” 'enkelt' \"dobbelt\" (parentes) \\ skråstreg ) (",
    "<b>&amp;</b> < > & ]]> </w:t>",
    "{{ paper.title }} {% for x in y %} {%p if %}",
    "😀 emoji 👩\u200d👧 ❤️ og tekst",
    "שלום עולם, مرحبا بالعالم",
    LONG,
    "x" * 20_000,
    "linje\n" * 300,
    "þÿ ligner et mærke",
    "ï»¿ ligner et andet",
    "\ttab\t",
    "e\u0301 a\u030a  to mellemrum ",
    "\n\n",
    "\ue000 privat, \u202e omvendt, \u00ad blød, \u2028 linje",
    "中文, 𝔘𝔫𝔦, ﬁ, €",
    "= 1+1",
)


# Forms take LibreOffice ten seconds a case: these in every run, all in `make campaign`. That every case comes home from
# each of the three formats is seen in every run by test_offline_import_report.py.
IN_EVERY_RUN = ("cp_skole_2", "autisme_skole_2")
_CASES = [pytest.param(name, marks=[] if name in IN_EVERY_RUN else pytest.mark.campaign) for name in SAMPLES]


@pytest.fixture(scope="module")
def made(machines: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sheets]:
    return cache(lambda name: sheets_of(name, machines, tmp_path_factory.mktemp(name)))


@pytest.fixture(params=_CASES)
def sheets(request: pytest.FixtureRequest, made: Callable[[str], Sheets]) -> Sheets:
    return made(request.param)


@pytest.fixture(scope="module")
def one(made: Callable[[str], Sheets]) -> Sheets:
    return made("cp_skole_2")


@pytest.fixture(scope="module")
def hostile(one: Sheets, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """Every slot for words holds a text that programs like to lose, each text in boxes of every size."""
    texts = _round_and_round()
    change = lambda slot: slot if slot.choices else replace(slot, value=next(texts))  # noqa: E731 - one short word
    return one.with_slots(change, tmp_path_factory.mktemp("hostile"))


def _round_and_round() -> Iterator[str]:
    for _ in range(3):
        yield from HOSTILE
    yield from cycle(text for text in HOSTILE if len(text) < 200)


def test_what_we_fill_in_is_read_back_exactly(sheets: Sheets) -> None:
    assert any(sheets.values.values())
    assert read_pdf(sheets.filled.read_bytes()) == (sheets.passport.as_text(), sheets.values)


def test_what_another_program_fills_in_is_read_back_exactly(sheets: Sheets) -> None:
    assert read_pdf(typed_in(sheets.blank, sheets.values)) == (sheets.passport.as_text(), sheets.values)


def test_a_blank_form_is_read_back_empty(sheets: Sheets) -> None:
    assert read_pdf(sheets.blank.read_bytes()) == (sheets.passport.as_text(), dict.fromkeys(sheets.values, ""))


def test_hostile_texts_are_read_back_exactly(hostile: Sheets) -> None:
    assert read_pdf(hostile.filled.read_bytes())[1] == hostile.values


def test_hostile_texts_of_another_program_are_read_back_exactly(hostile: Sheets) -> None:
    # pypdf writes these two as bytes that any reader has to take for UTF-16 and UTF-8.
    values = {name: "" if text.startswith(("þÿ", "ï»¿")) else text for name, text in hostile.values.items()}
    assert read_pdf(typed_in(hostile.blank, values))[1] == values


def test_line_ends_of_other_systems_become_line_feeds(one: Sheets) -> None:
    _, values = read_pdf(typed_in(one.blank, {"conclusion": "en\r\nto\rtre\nfire"}))
    assert values["conclusion"] == "en\nto\ntre\nfire"


def test_there_is_one_field_for_each_slot_with_its_label_and_choices(sheets: Sheets) -> None:
    with pikepdf.open(sheets.blank) as pdf:
        fields = [field for field in pdf.Root.AcroForm.Fields if str(field.T) != PASSPORT_FIELD]
        found = [
            (str(field.T), str(field.TU), [str(label) for label in list(field.get("/Opt", []))[1:]]) for field in fields
        ]
    assert found == [
        (slot.name.replace(".", "-"), slot.label, [choice.label for choice in slot.choices]) for slot in sheets.slots
    ]


def test_tab_order_is_reading_order_on_every_page(sheets: Sheets) -> None:
    with pikepdf.open(sheets.filled) as pdf:
        assert all(page.obj.Tabs == "/S" for page in pdf.pages)
        shown = [str(note.T) for page in pdf.pages for note in page.obj.get("/Annots", []) if "/T" in note]
        nested = [str(kid.K.Obj.T) for paragraph in pdf.Root.StructTreeRoot.K[0].K for kid in _forms(paragraph)]
    order = [slot.name.replace(".", "-") for slot in sheets.slots]
    assert [name for name in shown if name != PASSPORT_FIELD] == order
    assert nested == order


def _forms(paragraph: pikepdf.Object) -> list[pikepdf.Object]:
    kids = paragraph.K if isinstance(paragraph.K, pikepdf.Array) else []
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Form"]


def test_every_label_stands_on_the_page_of_its_box(sheets: Sheets) -> None:
    pages = pages_of_labels_and_boxes(sheets.filled)
    assert len(pages) == len(sheets.slots)
    assert [label for label, _ in pages] == [box for _, box in pages]


@pytest.mark.parametrize("length", [5, 20, 27, 40])
def test_labels_that_libreoffice_leaves_behind_are_brought_to_their_box(
    one: Sheets, tmp_path: Path, length: int
) -> None:
    # Lengths that differ from label to label: with 267 boxes some label ends just where a page does.
    counted = iter(range(1000))

    def longer(slot: Slot) -> Slot:
        return replace(slot, short=slot.short + " ord" * (next(counted) * length % 41))

    pages = pages_of_labels_and_boxes(one.with_slots(longer, tmp_path).form("longer.pdf", filled=False))
    assert [label for label, _ in pages] == [box for _, box in pages]


def test_a_box_that_is_too_small_points_to_the_page_with_the_whole_text(one: Sheets, tmp_path: Path) -> None:
    long = {"conclusion": LONG, "child_name": "Ayşe 😀 Yılmaz"}
    filled = one.with_slots(lambda slot: replace(slot, value=long.get(slot.name, "")), tmp_path).filled
    last = len(PdfReader(filled).pages)
    with pikepdf.open(filled) as pdf:
        pages = {
            str(note.T): number for number, page in enumerate(pdf.pages, 1) for note in page.obj.get("/Annots", [])
        }
    for name, number, text in (("child_name", 1, "Ayşe 😀 Yılmaz"), ("conclusion", 2, LONG)):
        box = words_on(filled, pages[name], pages[name])
        reference = re.search(rf"… fortsættes på side (\d+), nr\. {number}\b", box)
        assert reference
        assert text not in box
        behind = words_on(filled, int(reference[1]), last)
        assert text in re.sub(r" 6\. maj 2026 \(formular-1\).*?(?=ord|$)", " ", behind)
    assert "ord0000 ord0001 ord0002" in words_on(filled, pages["conclusion"], pages["conclusion"])


def test_a_text_that_fits_has_no_page_behind_the_form(one: Sheets, tmp_path: Path) -> None:
    short = one.with_slots(lambda slot: replace(slot, value="" if slot.choices else "Æblegrød på øen"), tmp_path)
    assert len(PdfReader(short.filled).pages) == len(PdfReader(one.blank).pages)
    assert words_on(short.filled, 1, 40).count("Æblegrød på øen") == sum(1 for slot in short.slots if slot.value)


def test_a_line_field_with_line_breaks_takes_several_lines(one: Sheets, tmp_path: Path) -> None:
    broken = one.with_slots(lambda slot: replace(slot, value="" if slot.choices else "en\nto"), tmp_path).filled
    with pikepdf.open(broken) as pdf:
        flags = {int(field.Ff) for field in pdf.Root.AcroForm.Fields if str(field.V) == "en\nto"}
    assert flags == {1 << 12}


def test_the_same_case_gives_the_same_bytes(one: Sheets) -> None:
    assert one.form("again.pdf", filled=True).read_bytes() == one.filled.read_bytes()


def test_qpdf_finds_nothing_to_complain_of(sheets: Sheets, hostile: Sheets) -> None:
    for pdf in (sheets.blank, sheets.filled, sheets.archived, hostile.filled):
        done = subprocess.run(("qpdf", "--check", str(pdf)), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.verapdf
def test_forms_are_accessible_and_copies_archivable(sheets: Sheets, verapdf: VeraPdf) -> None:
    judged = [(sheets.blank, PDF_UA_1), (sheets.filled, PDF_UA_1)]
    judged += [(sheets.archived, profile) for profile in (PDF_A_2B, PDF_A_2A, PDF_UA_1)]
    for pdf, profile in judged:
        verdict = verapdf.judge(pdf, profile)
        assert (verdict.broken, verdict.compliant) == ((), True)
        assert verdict.checks > 1000


@pytest.mark.verapdf
def test_hostile_texts_change_nothing_of_that(hostile: Sheets, verapdf: VeraPdf) -> None:
    for pdf, profile in ((hostile.filled, PDF_UA_1), (hostile.archived, PDF_A_2A), (hostile.archived, PDF_UA_1)):
        assert verapdf.judge(pdf, profile).broken == ()


@pytest.mark.verapdf
def test_a_form_does_not_claim_to_be_an_archive_copy(one: Sheets, verapdf: VeraPdf) -> None:
    assert b"pdfaid" not in one.filled.read_bytes()
    assert not verapdf.judge(one.filled, PDF_A_2B).compliant


def test_the_archive_copy_holds_every_word_and_no_field(sheets: Sheets) -> None:
    words = words_on(sheets.archived, 1, 100).replace(" ", "")
    assert "/AcroForm" not in PdfReader(sheets.archived).trailer["/Root"]
    # A text may go over a page's end, where header and footer stand between its words: line by line it is there.
    lines = [line for value in sheets.values.values() for line in value.split("\n")]
    assert [line for line in lines if "".join(line.split())[:40] not in words] == []


def test_the_archive_copy_of_a_form_that_came_home_holds_also_what_belongs_to_no_slot(one: Sheets) -> None:
    code = next(slot for slot in one.slots if slot.kind is Kind.CHOICE)
    copy = one.archive("home.pdf", {code.name: code.choices[0].code, "gammelt.felt": "Skrevet i et felt af før"})
    words = words_on(copy, 1, 100)
    assert "Andet, der står i formularen" in words
    assert "Skrevet i et felt af før" in words
    assert code.choices[0].label in words


def test_a_form_with_a_field_too_few_or_in_another_order_is_refused(one: Sheets) -> None:
    check_form(one.blank, one.slots)
    for slots in (one.slots[1:], one.slots[::-1], (*one.slots, one.slots[0])):
        with pytest.raises(StepFailed, match="PDF-formularen har"):
            check_form(one.blank, slots)


def test_a_field_that_was_filled_before_can_be_emptied(one: Sheets, tmp_path: Path) -> None:
    fill_fields(one.filled, {"child_name": Filling("", b"/Tx BMC EMC")}, tmp_path / "emptied.pdf")
    assert read_pdf((tmp_path / "emptied.pdf").read_bytes())[1]["child_name"] == ""


def test_the_edition_has_the_templates(one: Sheets) -> None:
    assert TOOL.edition == one.passport.edition
    assert io.BytesIO(one.blank.read_bytes()).read(8) == b"%PDF-1.6"
