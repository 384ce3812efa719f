"""A plan that LibreOffice opened and saved says what it said before, and what somebody wrote in it."""

from datetime import date
from pathlib import Path

import pytest
from excel_forms import KEY, Table, case_of, edited, excel_form
from office_saves import OfficeSaves
from openpyxl.comments import Comment
from test_offline_excel_form import EXCELS_OWN
from test_offline_word_form import HOSTILE, SAMPLES

from pipeline.law.dated_law import law_for
from pipeline.offline.excel_form import make_excel_form, read_xlsx
from pipeline.offline.slots import OUTSIDE
from pipeline.tool.load import load_tool

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeSaves:
    return OfficeSaves(tmp_path_factory.mktemp("office"))


def _made(name: str, folder: Path, *, blank: bool = False) -> bytes:
    case = case_of(name)
    make_excel_form(case, load_tool(), law_for(case.document_date), folder / "plan.xlsx", blank=blank)
    return (folder / "plan.xlsx").read_bytes()


def test_all_plans_come_back_untouched_after_one_save_and_after_two(office: OfficeSaves, tmp_path: Path) -> None:
    plans = {name: _made(name, tmp_path) for name in SAMPLES}
    plans |= {"blank": _made("cp_skole_2", tmp_path, blank=True)}
    plans |= {"hostile": excel_form("cp_skole_2", HOSTILE).data, "own": excel_form("cp_skole_2", EXCELS_OWN).data}

    once = office.saved("xlsx", plans)
    twice = office.saved("xlsx", once)

    for name, data in plans.items():
        assert read_xlsx(once[name]) == read_xlsx(data), name
        assert read_xlsx(twice[name]) == read_xlsx(data), name


def test_what_openpyxl_wrote_comes_back_after_libreoffice_saved_it(office: OfficeSaves, tmp_path: Path) -> None:
    before = read_xlsx(_made("cp_skole_2", tmp_path))[1]

    def fill(table: Table) -> None:
        table.write(table.row("skammel"), "2. Fokus", " to\nlinjer \t")
        table.write(table.first_free(), "1. Mål", "Cykle til skole")

    saved = office.saved("xlsx", {"plan": edited(_made("cp_skole_2", tmp_path), fill)})["plan"]

    numbers = {goal.id: number for number, goal in enumerate(case_of("cp_skole_2").goals, start=1)}
    assert read_xlsx(saved)[1] == before | {
        f"{KEY}.{numbers['skammel']}.focus": " to\nlinjer \t",
        f"{KEY}.{len(numbers) + 1}.wording": "Cykle til skole",
    }


def test_what_is_typed_in_libreoffice_comes_back(office: OfficeSaves, tmp_path: Path) -> None:
    data = _made("cp_skole_2", tmp_path)
    places: dict[str, int] = {}
    edited(data, lambda table: places.update(first=table.top + 1, free=table.first_free()))
    write = [(f"C{places['first']}", "12"), (f"E{places['first']}", "æ ø å"), (f"B{places['free']}", "Nyt mål")]

    before = read_xlsx(data)[1]
    after = read_xlsx(office.written("xlsx", data, write, replace=True))[1]

    touched = {name: text for name, text in after.items() if before.get(name) != text}
    assert sorted(touched.values()) == ["12", "Nyt mål", "æ ø å"]
    assert before.keys() == after.keys()


def _scribbled(table: Table) -> None:
    """Words in every corner in which one can write, but in no answer."""
    sheet, top = table.sheet, table.top
    sheet["A1"], sheet["L2"], sheet.cell(top, 12).value = "Vores plan", "husk briller", "Noter"
    sheet.cell(top + 2, 7).value, sheet.cell(top + 3, 8).value = "Fra skolen", "Før"
    sheet["G40"] = "Løst ord"
    sheet["C6"].comment = Comment("Spørg skolen", "Mor")
    sheet.oddFooter.center.text = "Fortroligt"
    table.book["Udvikling over besøg"]["B7"] = 3.0
    table.book.create_sheet("Noter").append(["Ring til skolen", date(2026, 3, 31), True, "=1+1"])


def test_words_beside_the_answers_are_the_same_after_libreoffice_saved_them(
    office: OfficeSaves, tmp_path: Path
) -> None:
    data = edited(_made("cp_skole_2", tmp_path), _scribbled)
    before, after = read_xlsx(data)[1], read_xlsx(office.saved("xlsx", {"plan": data})["plan"])[1]
    told, told_after = before.pop(OUTSIDE).splitlines(), after.pop(OUTSIDE).splitlines()
    assert after == before
    assert len(told) == len(told_after) == 11
    assert {one for one in told if one not in told_after} == {
        "Udvikling over besøg, række 7: Motoriske mål | 3 | 1,5 | 2,333333333333333 | 1,5",
        "Noter, række 1: Ring til skolen | 31.03.2026 (tallet 46112) | SAND | =1+1",
    }
    assert "Noter, række 1: Ring til skolen | 31.03.2026 (tallet 46112) | =TRUE() → SAND | 2" in told_after
