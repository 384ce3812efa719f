"""A plan that LibreOffice opened and saved says what it said before, and what somebody wrote in it."""

from pathlib import Path

import pytest
from excel_forms import KEY, Table, case_of, edited, excel_form
from office_saves import OfficeSaves
from test_offline_excel_form import EXCELS_OWN
from test_offline_word_form import HOSTILE, SAMPLES

from pipeline.law.dated_law import law_for
from pipeline.offline.excel_form import make_excel_form, read_xlsx
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
