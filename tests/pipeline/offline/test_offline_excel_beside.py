"""Whatever a caseworker can write into the workbook besides the answers: none of it gets lost, nothing is made up."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from excel_forms import KEY, ExcelForm, Table, edited, excel_form
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from offline_packages import changed, parts_of, zipped
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.errors import UnreadableFile
from pipeline.offline.excel_form import read_xlsx
from pipeline.offline.slots import OUTSIDE

LONG = "ord " * 400
PLAN, PROGRESS, LONG_TEXTS = "Tids- og faseplan", "Udvikling over besøg", "Lange tekster"
Edit = Callable[[Table], object]


@pytest.fixture(scope="module")
def form() -> ExcelForm:
    """The first goal stands in row 6; its focus is too long to be seen whole in its cell."""
    return excel_form("cp_skole_2", ["Gå ti meter", LONG, "Det går"])


def _read(form: ExcelForm, edit: Edit) -> tuple[dict[str, str], list[str]]:
    """The slots that say something else than before, and what is handed on beside them."""
    answers = read_xlsx(edited(form.data, edit))[1]
    beside = answers.pop(OUTSIDE, "").splitlines()
    return {name: text for name, text in answers.items() if form.held.get(name) != text}, beside


def _sheet(name: str, place: str, value: object) -> Edit:
    def write(table: Table) -> None:
        sheet: Any = table.book[name]
        sheet[place] = value

    return write


def _in_plan(place: str, value: object) -> Edit:
    return _sheet(PLAN, place, value)


def _new_sheet(name: str, *rows: tuple[object, ...]) -> Edit:
    def add(table: Table) -> None:
        sheet: Worksheet = table.book.create_sheet(name)
        for row in rows:
            sheet.append(row)

    return add


def _swapped(one: str, other: str) -> Edit:
    def swap(table: Table) -> None:
        first, second = table.sheet[one], table.sheet[other]
        first.value, second.value = second.value, first.value

    return swap


def _comment(table: Table) -> None:
    table.sheet["C6"].comment = Comment("Spørg skolen", "Mor")


def _link(target: str, words: str) -> Edit:
    def write(table: Table) -> None:
        table.sheet["N6"].value, table.sheet["N6"].hyperlink = words, target

    return write


def _footer(table: Table) -> None:
    table.sheet.oddFooter.center.text = "Fortroligt"
    table.sheet.oddHeader.right.text = "Kladde & noter"
    table.sheet.oddHeader.right.size = 14


def _described(table: Table) -> None:
    table.book.properties.description = "Gennemgået med mor"


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (_in_plan("A1", "Vores plan"), [f"{PLAN}, række 1: Vores plan"]),
        (
            _in_plan("B3", "Mangler skolen"),
            [f"{PLAN}, række 3: Fiktivt eksempel: personer"],
        ),
        (_in_plan("L2", "husk briller"), [f"{PLAN}, L2: husk briller"]),
        (_in_plan("C4", "Fokus i år"), [f"{PLAN}, række 4: "]),
        (_in_plan("H5", "Før"), [f"{PLAN}, H5: Før", f"{PLAN}, række 5: 1. Måltype | 1. Mål | ", *[f"{PLAN}, H"] * 5]),
        (_in_plan("K5", "Noter"), [f"{PLAN}, K5: Noter"]),
        (_in_plan("N8", "husk briller"), [f"{PLAN}, N8: husk briller"]),
        (_in_plan("N8", 7), [f"{PLAN}, N8: 7"]),
        (_in_plan("N8", date(2026, 3, 31)), [f"{PLAN}, N8: 31.03.2026 (tallet 46112)"]),
        (_in_plan("N8", "=SUM(A1:A3)"), [f"{PLAN}, N8: =SUM(A1:A3)"]),
        (_in_plan("G6", "Fra skolen"), [f"{PLAN}, G6 (Kommer fra): Fra skolen"]),
        (_in_plan("G6", None), [f"{PLAN}, G6 (Kommer fra): [slettet]"]),
        (_swapped("G6", "G8"), [f"{PLAN}, G6 (Kommer fra): ", f"{PLAN}, G8 (Kommer fra): "]),
        (_in_plan("H6", "Gå fem meter"), [f"{PLAN}, H6 (Tidligere ordlyd): Gå fem meter"]),
        (_in_plan("I7", "Se side 3"), [f"{PLAN}, I7 (Læs videre): Se side 3"]),
        (_in_plan("G18", "Løst ord"), [f"{PLAN}, G18 (Kommer fra): Løst ord"]),
        (_in_plan("J18", "skrevet i den skjulte"), [f"{PLAN}, J18 (Mål-id): skrevet i den skjulte"]),
        (_sheet(PROGRESS, "B7", 3.0), [f"{PROGRESS}, række 7: Motoriske mål | 3"]),
        (_sheet(PROGRESS, "B7", None), [f"{PROGRESS}, række 7: Motoriske mål | "]),
        (_sheet(PROGRESS, "B6", date(2020, 1, 2)), [f"{PROGRESS}, række 6: Måltype | 02.01.2020 (tallet 43832)"]),
        (_sheet(PROGRESS, "A40", "Det går fremad"), [f"{PROGRESS}, række 40: Det går fremad"]),
        (_sheet("Valgmuligheder", "A1", "Løb"), ["Valgmuligheder, række 1: Løb | I høj grad"]),
        (_sheet(LONG_TEXTS, "B5", "Andet mål"), [f"{LONG_TEXTS}, række 5: 1 | Andet mål | 2. Fokus | 1 af "]),
        (_sheet(LONG_TEXTS, "E90", "Og en ting til"), [f"{LONG_TEXTS}, række 90: Og en ting til"]),
        (_sheet(LONG_TEXTS, "H5", "i margenen"), [f"{LONG_TEXTS}, række 5: "]),
        (_new_sheet("Noter", ("Ring til skolen", 3)), ["Fanens navn: Noter", "Noter, række 1: Ring til skolen | 3"]),
        (_new_sheet("Ark7", ("Andet",)), ["Ark7, række 1: Andet"]),
        (_new_sheet("Ark7"), []),
        (_comment, ["Kommentar ved C6: Spørg skolen"]),
        (_link("https://eksempel.invalid/video", "Se her"), [f"{PLAN}, N6, link: https://eks", f"{PLAN}, N6: Se her"]),
        (_link("mailto:mor@eksempel.invalid", "mor@eksempel.invalid"), [f"{PLAN}, N6: mor@eksempel.invalid"]),
        (_footer, [f"{PLAN}, sidehoved eller sidefod: Kladde", f"{PLAN}, sidehoved eller sidefod: Fortroligt"]),
        (_described, ["Filens egenskaber, kommentarer: Gennemgået med mor"]),
    ],
)
def test_whatever_is_written_beside_the_answers_is_handed_on(form: ExcelForm, edit: Edit, told: list[str]) -> None:
    written, beside = _read(form, edit)
    assert written == {}
    assert len(beside) == len(told)
    assert [one[: len(beginning)] for one, beginning in zip(beside, told, strict=True)] == told


@settings(deadline=None, max_examples=40)
@given(
    name=st.sampled_from([PLAN, PROGRESS, LONG_TEXTS, "Valgmuligheder"]),
    row=st.integers(1, 40),
    column=st.sampled_from("ABCDEFGHIJKL"),
)
def test_whatever_is_typed_wherever_comes_back_or_is_handed_on(
    form: ExcelForm, name: str, row: int, column: str
) -> None:
    place = f"{column}{row}"
    assume((name, place) not in ((PLAN, "B5"), (PLAN, "J5"), (PLAN, "B4"), (PLAN, "E4")))  # needed headings; merged

    answers = read_xlsx(edited(form.data, _sheet(name, place, "skrevet her")))[1]
    assert any("skrevet her" in text for text in answers.values())


@pytest.mark.parametrize("place", ["B5", "J5"])
def test_without_the_headings_by_which_goals_are_found_the_file_is_refused(form: ExcelForm, place: str) -> None:
    with pytest.raises(UnreadableFile, match="ingen tabel med kolonnerne"):
        _read(form, _in_plan(place, "skrevet her"))


def test_a_column_whose_heading_was_changed_is_missed_and_its_words_are_handed_on(form: ExcelForm) -> None:
    answers = read_xlsx(edited(form.data, _in_plan("E5", "Hvorfor?")))[1]
    assert {name.split(".")[2] for name in form.held.keys() - answers.keys()} == {"reason"}
    assert f"{PLAN}, E5: Hvorfor?" in answers[OUTSIDE]
    assert f"{PLAN}, E6: Det går" in answers[OUTSIDE]


def test_a_second_column_of_the_same_heading_is_words_beside_the_table(form: ExcelForm) -> None:
    def edit(table: Table) -> None:
        table.sheet["K5"], table.sheet["K6"] = "3. Begrundelse", "Andet"

    assert _read(form, edit) == ({}, [f"{PLAN}, K5: 3. Begrundelse", f"{PLAN}, K6: Andet"])


def test_words_under_the_table_are_a_new_goal_and_a_hidden_row_is_read_like_any_other(form: ExcelForm) -> None:
    def edit(table: Table) -> None:
        table.sheet["B40"] = "Cykle"
        table.sheet["E6"] = "Det går bedre"
        table.sheet.row_dimensions[40].hidden = table.sheet.row_dimensions[6].hidden = True

    written, beside = _read(form, edit)
    assert sorted(written.values()) == ["Cykle", "Det går bedre"]
    assert beside == []


def test_cells_that_were_merged_say_what_the_program_kept(form: ExcelForm) -> None:
    written, beside = _read(form, lambda table: table.sheet.merge_cells("E6:E7"))
    assert list(written.values()) == [""]
    assert beside == []


def test_of_a_copied_sheet_only_what_was_changed_there_is_handed_on(form: ExcelForm) -> None:
    def copy(table: Table) -> None:
        twin = table.book.copy_worksheet(table.sheet)
        twin["B6"] = "Gå tyve meter"

    written, beside = _read(form, copy)
    assert written == {}
    assert [one.partition(":")[0] for one in beside] == ["Fanens navn", f"{PLAN} Copy, række 6"]
    assert "Gå tyve meter" in beside[1]


def test_a_renamed_sheet_of_long_texts_leaves_them_out_rather_than_guessing() -> None:
    form = excel_form("cp_skole_2", ["a", "ord " * 9_000, "b"])

    def rename(table: Table) -> None:
        table.book[LONG_TEXTS].title = "Gemt"

    answers = read_xlsx(edited(form.data, rename))[1]
    assert len(form.held.keys() - answers.keys()) == 1
    assert "Fanens navn: Gemt" in answers[OUTSIDE]


def _picture(table: Table) -> None:
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
        "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
    )
    table.sheet.add_image(Picture(io.BytesIO(dot)), "L2")


def test_a_picture_is_told(form: ExcelForm) -> None:
    told = _read(form, _picture)[1]
    assert told[1:] == ["[1 figur(er) eller billede(r) uden tekst]", "[Et billede eller en tegning]"]


_DRAWN = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp><xdr:nvSpPr>'
    '<xdr:cNvPr id="2" name="Tekstfelt 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:txBody>'
    "<a:p><a:r><a:t>Ring </a:t></a:r><a:r><a:t>fredag</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "</xdr:twoCellAnchor></xdr:wsDr>"
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>Husk<br>regning</div></v:textbox>'
    "</v:shape></xml>"
)


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/drawings/drawing9.xml", _DRAWN, "Tegning: Ring fredag"),
        ("xl/drawings/vmlDrawing9.vml", _VML, "Tegning: Husk regning"),
        ("xl/ink/ink1.xml", "<ink/>", "[Et billede eller en tegning]"),
        (
            "xl/threadedComments/threadedComment1.xml",
            '<ThreadedComments><threadedComment ref="B6"><text>Enig</text></threadedComment></ThreadedComments>',
            "Kommentar ved B6: Enig",
        ),
    ],
)
def test_what_excel_keeps_in_parts_of_their_own_is_handed_on(
    form: ExcelForm, part: str, content: str, told: str
) -> None:
    answers = read_xlsx(zipped(parts_of(form.data) | {part: content.encode()}))[1]
    assert answers == form.held | {OUTSIDE: told}


def test_a_chart_that_got_another_title_is_told(form: ExcelForm) -> None:
    chart = parts_of(form.data)["xl/charts/chart1.xml"]
    data = changed(form.data, xl__charts__chart1_dot_xml=chart.replace(b"for hver", b"i 2026 for hver"))
    assert read_xlsx(data)[1] == form.held | {OUTSIDE: "Tegning: Målopnåelse i 2026 for hver måltype"}


def test_cells_that_do_not_say_where_they_are_follow_each_other(form: ExcelForm) -> None:
    sheet = parts_of(form.data)["xl/worksheets/sheet1.xml"]
    row = b'<row><c t="inlineStr"><is><t>a</t></is></c><c/><c t="inlineStr"><is><t>b</t></is></c></row></sheetData>'
    data = changed(form.data, xl__worksheets__sheet1_dot_xml=sheet.replace(b"</sheetData>", row))
    answers = read_xlsx(data)[1]
    new = 1 + max(int(name.split(".")[1]) for name, text in form.held.items() if text)
    assert (answers[f"{KEY}.{new}.goal_type"], answers[f"{KEY}.{new}.focus"]) == ("a", "b")


def test_two_cells_that_claim_one_place_are_both_handed_on(form: ExcelForm) -> None:
    sheet = parts_of(form.data)["xl/worksheets/sheet1.xml"]
    again = b'<row r="6"><c r="E6" t="inlineStr"><is><t>Det g\xc3\xa5r ikke</t></is></c></row></sheetData>'
    answers = read_xlsx(changed(form.data, xl__worksheets__sheet1_dot_xml=sheet.replace(b"</sheetData>", again)))[1]
    assert {name.split(".")[2] for name in form.held.keys() - answers.keys()} == {"reason"}
    assert answers[OUTSIDE].endswith("Det går / Det går ikke")
