"""What people and programs do to a plan: each goal is read right, or it is said that it was not."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from excel_forms import KEY, ExcelForm, Table, edited, excel_form
from offline_packages import changed, parts_of, zipped
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from exports.workbook import PlanCell, Words
from pipeline.errors import UnreadableFile
from pipeline.offline.excel_form import read_xlsx
from pipeline.offline.excel_rows import said
from pipeline.offline.passport import digest
from pipeline.offline.slots import OUTSIDE

LONG = "ord " * 9_000
SHEET = "xl/worksheets/sheet1.xml"
Edit = Callable[[Table], None]


@pytest.fixture(scope="module")
def form() -> ExcelForm:
    """Goals “gang”, “skammel” and others are the first, second and so on."""
    return excel_form("cp_skole_2", ["Gå ti meter", "Øvet dagligt", "Det går"])


def _read(form: ExcelForm, edit: Edit) -> dict[str, str]:
    return read_xlsx(edited(form.data, edit))[1]


def _first(form: ExcelForm) -> int:
    """The number of the goal whose words the fixture gave."""
    return next(int(name.split(".")[1]) for name, text in form.held.items() if text == "Gå ti meter")


def _new(form: ExcelForm) -> int:
    return 1 + max(int(name.split(".")[1]) for name, text in form.held.items() if text)


def _first_row(table: Table) -> int:
    return table.top + 1


def test_saved_by_openpyxl_nothing_has_changed(form: ExcelForm) -> None:
    assert _read(form, lambda table: None) == form.held


def test_what_openpyxl_saved_again_is_read_as_it_was_handed_out() -> None:
    form = excel_form("cp_skole_2", ["_x000D_", "a_x0041_b", "x"])
    assert _read(form, lambda table: None) == form.held


def test_an_answer_is_found_wherever_its_row_and_column_went(form: ExcelForm) -> None:
    def edit(table: Table) -> None:
        table.sheet.insert_rows(1, 3)
        table.sheet.title = "Vores plan"

    assert _read(form, edit) == form.held | {OUTSIDE: "Fanens navn: Vores plan"}


def test_sorted_rows_are_known_by_their_ids(form: ExcelForm) -> None:
    def swap(table: Table) -> None:
        for column in range(1, 11):
            one, two = (table.sheet.cell(row, column) for row in (table.top + 1, table.top + 3))
            one.value, two.value = two.value, one.value

    assert _read(form, swap) == form.held


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Ny tekst\nto", "Ny tekst\nto"),
        (None, ""),
        (12, "12"),
        (-3, "-3"),
        (3.5, "3,5"),
        (CellRichText(["a ", TextBlock(InlineFont(b=True), "fed"), " b"]), "a fed b"),
    ],
)
def test_what_was_typed_is_read_as_excel_shows_it(form: ExcelForm, value: object, read: str) -> None:
    answers = _read(form, lambda table: table.write(_first_row(table), "2. Fokus", value))
    assert answers == form.held | {f"{KEY}.{_first(form)}.focus": read}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (True, "SAND"),
        (date(2026, 3, 31), "31.03.2026 (tallet 46112)"),
        (datetime(2026, 3, 31, 14, 30), "31.03.2026 kl. 14.30.00 (tallet 46112,60416666666)"),
        ("=1+1", "=1+1"),
        ("#N/A", "#N/A"),
        (1e21, "1e+21"),
        (0.1234567891, "0,1234567891"),
    ],
)
def test_what_cannot_be_told_as_shown_is_left_out_and_handed_on(form: ExcelForm, value: object, told: str) -> None:
    name = f"{KEY}.{_first(form)}.focus"
    answers = _read(form, lambda table: table.write(_first_row(table), "2. Fokus", value))
    kept = {other: text for other, text in form.held.items() if other != name}
    assert answers == kept | {OUTSIDE: f"Tids- og faseplan, række 6, 2. Fokus: {told}"}


def test_nor_is_it_lost_in_a_row_that_was_empty(form: ExcelForm) -> None:
    def add(table: Table) -> None:
        table.write(table.first_free(), "1. Mål", "Cykle")
        table.write(table.first_free(), "2. Fokus", date(2026, 3, 31))

    answers = _read(form, add)
    assert answers[f"{KEY}.{_new(form)}.wording"] == "Cykle"
    assert f"{KEY}.{_new(form)}.focus" not in answers
    assert answers[OUTSIDE].endswith("2. Fokus: 31.03.2026 (tallet 46112)")


def test_a_row_without_an_id_is_a_new_goal(form: ExcelForm) -> None:
    def add(table: Table) -> None:
        row = table.first_free() + 2
        table.write(row, "1. Mål", "Cykle")
        table.write(row, "3. Grad", "I høj grad")

    number = _new(form)
    assert _read(form, add) == form.held | {
        f"{KEY}.{number}.wording": "Cykle",
        f"{KEY}.{number}.attainment": "I høj grad",
    }


def test_more_new_goals_than_there_was_room_for_get_the_numbers_after(form: ExcelForm) -> None:
    def add(table: Table) -> None:
        for row in range(table.first_free(), table.first_free() + 7):
            table.write(row, "1. Mål", f"Mål i række {row}")

    found = {name for name, text in _read(form, add).items() if text.startswith("Mål i række")}
    assert found == {f"{KEY}.{_new(form) + more}.wording" for more in range(7)}


def test_a_copied_row_is_a_new_goal_although_it_has_the_id(form: ExcelForm) -> None:
    def copy(table: Table) -> None:
        to = table.first_free()
        for column in range(1, 11):
            table.sheet.cell(to, column).value = table.sheet.cell(_first_row(table), column).value
        table.write(to, "1. Mål", "Gå tyve meter")

    answers = _read(form, copy)
    assert {name: answers[name] for name in form.held if name.split(".")[1] != str(_new(form))} == {
        name: text for name, text in form.held.items() if name.split(".")[1] != str(_new(form))
    }
    assert answers[f"{KEY}.{_new(form)}.wording"] == "Gå tyve meter"


def test_a_copied_row_with_a_date_in_it_is_not_taken_for_an_untouched_one(form: ExcelForm) -> None:
    def copy(table: Table) -> None:
        to = table.first_free()
        for column in range(1, 11):
            table.sheet.cell(to, column).value = table.sheet.cell(_first_row(table), column).value
        table.write(to, "2. Fokus", date(2026, 3, 31))

    answers = _read(form, copy)
    assert answers[f"{KEY}.{_first(form)}.focus"] == "Øvet dagligt"
    assert answers[f"{KEY}.{_new(form)}.wording"] == "Gå ti meter"
    assert "31.03.2026" in answers[OUTSIDE]


def test_two_rows_with_one_id_that_both_changed_are_left_out_and_their_words_handed_on(form: ExcelForm) -> None:
    def copy(table: Table) -> None:
        to = table.first_free()
        for column in range(1, 11):
            table.sheet.cell(to, column).value = table.sheet.cell(_first_row(table), column).value
        table.write(to, "1. Mål", "Gå tyve meter")
        table.write(_first_row(table), "1. Mål", "Gå tredive meter")

    answers = _read(form, copy)
    assert not [name for name in answers if name.startswith(f"{KEY}.{_first(form)}.")]
    assert "Gå tyve meter" in answers[OUTSIDE]
    assert "Gå tredive meter" in answers[OUTSIDE]


def test_a_deleted_row_and_a_deleted_column_are_left_out(form: ExcelForm) -> None:
    answers = _read(form, lambda table: table.sheet.delete_rows(_first_row(table)))
    assert form.held.keys() - answers.keys() == {
        name for name in form.held if name.startswith(f"{KEY}.{_first(form)}.")
    }
    answers = _read(form, lambda table: table.sheet.delete_cols(table.column("4. Nye mål")))
    assert form.held.keys() - answers.keys() == {
        name for name in form.held if name.endswith(".next") and int(name.split(".")[1]) < _new(form)
    }


def test_a_cell_at_the_very_end_of_the_sheet_costs_nothing(form: ExcelForm) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>langt v\xc3\xa6k</t></is></c></row></sheetData>'
    sheet = parts_of(form.data)[SHEET].replace(b"</sheetData>", far)
    data = changed(form.data, xl__worksheets__sheet1_dot_xml=sheet)
    assert read_xlsx(data)[1] == form.held | {OUTSIDE: "Tids- og faseplan, XFD1048576: langt væk"}


@pytest.mark.parametrize("text", ["x" * 40_000, "linje\n" * 400])
def test_a_long_text_is_read_from_the_sheet_that_holds_it_whole(text: str) -> None:
    form = excel_form("cp_skole_2", ["a", text, "b"])
    assert _read(form, lambda table: None) == form.held


def test_a_long_text_changed_on_its_sheet_comes_back_changed() -> None:
    form = excel_form("cp_skole_2", ["a", LONG, "b"])

    def edit(table: Table) -> None:
        sheet = table.book["Lange tekster"]
        row = next(cell.row for cell in sheet["D"] if str(cell.value).startswith("2 af "))
        sheet.cell(row, 5).value = "RETTET "

    answers = _read(form, edit)
    name = next(name for name, text in form.held.items() if text == LONG)
    assert "RETTET ord" in answers[name]
    assert answers == form.held | {name: answers[name]}


@pytest.mark.parametrize("change", [lambda words: words.replace("ord ord", "andet ord", 1), lambda words: words[8:]])
def test_a_beginning_that_was_changed_in_the_table_is_left_out_and_handed_on(change: Callable[[str], str]) -> None:
    form = excel_form("cp_skole_2", ["a", LONG, "b"])

    def edit(table: Table) -> None:
        cell = next(cell for cell in table.sheet["C"] if "[Teksten fortsætter" in str(cell.value))
        cell.value = change(str(cell.value))

    answers = _read(form, edit)
    assert form.held.keys() - answers.keys() == {next(name for name, text in form.held.items() if text == LONG)}
    assert "[Teksten fortsætter" in answers[OUTSIDE]


def test_a_long_text_that_lost_a_part_is_left_out() -> None:
    form = excel_form("cp_skole_2", ["a", LONG, "b"])

    def edit(table: Table) -> None:
        sheet = table.book["Lange tekster"]
        sheet.delete_rows(next(cell.row for cell in sheet["D"] if str(cell.value).startswith("2 af ")))

    name = next(name for name, text in form.held.items() if text == LONG)
    assert form.held.keys() - _read(form, edit).keys() == {name}


WAS, NEW, OTHER = "Det stod der", "Nyt", "Andet"


@pytest.mark.parametrize(
    ("cell", "whole", "read"),
    [
        (WAS, None, WAS),
        (NEW, None, NEW),
        (NEW, NEW, NEW),
        (NEW, WAS, NEW),
        (WAS, NEW, NEW),
        (NEW, OTHER, None),
        (None, WAS, None),
        (None, None, None),
    ],
)
def test_of_a_text_that_stands_twice_what_was_changed_holds(
    cell: str | None, whole: str | None, read: str | None
) -> None:
    text = None if whole is None else Words(whole, whole)
    assert said(PlanCell(Words(cell, cell or ""), text), digest(WAS)) == read


@pytest.mark.parametrize(
    ("whole", "as_written", "read"),
    [(WAS, True, WAS), (NEW, True, NEW), (WAS, False, None), (NEW, False, None), (None, True, None)],
)
def test_a_beginning_refers_to_the_whole_text_as_long_as_nobody_changed_it(
    whole: str | None, as_written: bool, read: str | None
) -> None:
    text = None if whole is None else Words(whole, whole)
    one = PlanCell(Words("Det …", "Det …"), text, is_beginning=True, as_written=as_written)
    assert said(one, digest(WAS)) == read


def _cell(form: ExcelForm, xml: str) -> str | None:
    """What is read of the first goal's focus when its cell is written so."""
    sheet = parts_of(form.data)[SHEET].decode()
    at = sheet.index("<t>her</t>")
    start, end = sheet.rindex("<c ", 0, at), sheet.index("</c>", at) + 4
    place = sheet[start:end].partition('r="')[2].partition('"')[0]
    parts = parts_of(form.data) | {
        SHEET: (sheet[:start] + xml.replace("<c", f'<c r="{place}"', 1) + sheet[end:]).encode()
    }
    return read_xlsx(zipped(parts))[1].get(f"{KEY}.{_first(form)}.focus")


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ('<c t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
        ('<c t="inlineStr"><is><t>a_x000D_</t></is></c>', "a\r"),
        ('<c t="str"><f>A1</f><v></v></c>', None),
        ('<c t="inlineStr"><is><r><t>_x0</t></r><r><t>041_</t></r><rPh><t>nej</t></rPh></is></c>', "_x0041_"),
        ('<c t="str"><f>A1</f><v>vist</v></c>', "vist"),
        ('<c t="n"><v>7</v></c>', "7"),
        ('<c t="b"><v>1</v></c>', None),
        ('<c t="e"><v>#N/A</v></c>', None),
        ('<c t="d"><v>2026-01-01</v></c>', None),
        ('<c t="s"><v>999999</v></c>', None),
        ('<c t="s"><v>x</v></c>', None),
        ('<c t="ukendt"><v>x</v></c>', None),
        ("<c/>", ""),
    ],
)
def test_a_cell_is_read_as_the_standard_says(xml: str, read: str | None) -> None:
    form = excel_form("cp_skole_2", ["Gå ti meter", "her", "Det går"])
    assert _cell(form, xml) == read


def _plain_workbook() -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def _with_rows(data: bytes, count: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="B{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in range(99, 99 + count))
    sheet = parts_of(data)[SHEET].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    return changed(data, xl__worksheets__sheet1_dot_xml=sheet)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda data: b"PK ikke en zip", "beskadiget"),
        (lambda data: _plain_workbook(), "ikke en af vores formularer"),
        (lambda data: edited(data, lambda table: table.sheet.delete_cols(10)), "Mål-id"),
        (lambda data: edited(data, lambda table: table.sheet.delete_cols(2)), "1. Mål"),
        (lambda data: _with_rows(data, 600), "mere end 500 rækker"),
        (lambda data: _with_rows(data, 60_000), "rummer mere, end vi kan læse"),
        (lambda data: changed(data, xl__worksheets__sheet1_dot_xml=b"<a>" + b"<b/>" * 3_000_000 + b"</a>"), "for stor"),
        (lambda data: changed(data, xl__worksheets__sheet1_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "DTD"),
        (lambda data: changed(data, xl__vbaProject_dot_bin=bytes.fromhex("D0CF11E0A1B11AE1")), "makroer"),
    ],
)
def test_what_is_no_plan_of_ours_is_refused(form: ExcelForm, harm: Callable[[bytes], bytes], why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read_xlsx(harm(form.data))
