"""A Word form that LibreOffice opened and saved says what it said before, and what somebody wrote in it there."""

import pytest
from office_saves import OfficeSaves
from test_offline_word_form import HOSTILE, SAMPLES
from word_forms import WordForm, edited, word_form, write

from pipeline.documents.render import Workshop
from pipeline.offline.word_form import read_docx

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeSaves:
    return OfficeSaves(tmp_path_factory.mktemp("office"))


def _numbers(form: WordForm) -> dict[str, int]:
    return {slot.name: number for number, slot in enumerate(form.slots, start=1)}


def test_all_cases_come_back_untouched_after_one_save_and_after_two(machines: Workshop, office: OfficeSaves) -> None:
    forms = {name: word_form(machines, name) for name in SAMPLES}
    forms["blank"] = word_form(machines, "cp_skole_2", blank=True)
    forms["half"] = word_form(machines, "cp_skole_2", only="ab")
    forms["hostile"] = word_form(machines, "cp_skole_2", texts=HOSTILE)

    once = office.saved("docx", {name: form.data for name, form in forms.items()})
    twice = office.saved("docx", once)

    for name, form in forms.items():
        assert read_docx(once[name]) == (form.passport, form.held), name
        assert read_docx(twice[name]) == (form.passport, form.held), name


def test_what_is_written_over_the_prompts_comes_back(machines: Workshop, office: OfficeSaves) -> None:
    form = word_form(machines, "cp_skole_2", only="a", blank=True)
    numbers = _numbers(form)
    written = {"filled_in_on": "31.03.2026", "child_name": "Bo Æble", "parents_names": "mor\n\nfar  ]]> &amp;"}
    data = office.written("docx", form.data, [(numbers[n], text) for n, text in written.items()], replace=True)
    assert read_docx(data)[1] == form.held | written


def test_what_is_added_to_an_answer_comes_back(machines: Workshop, office: OfficeSaves) -> None:
    form = word_form(machines, "cp_skole_2", only="a")
    data = office.written("docx", form.data, [(_numbers(form)["child_name"], " Ek\nny linje")], replace=False)
    assert read_docx(data)[1] == form.held | {"child_name": f"{form.held['child_name']} Ek\nny linje"}


def test_what_word_wrote_comes_back_after_libreoffice_saved_it(machines: Workshop, office: OfficeSaves) -> None:
    form = word_form(machines, "cp_skole_2", only="a")
    xml = (
        '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Bo </w:t></w:r><w:ins w:id="9" w:author="x">'
        '<w:r><w:t>Ek</w:t><w:br/><w:t>to</w:t></w:r></w:ins><w:del w:id="8" w:author="x"><w:r>'
        "<w:delText>væk</w:delText></w:r></w:del>"
    )
    by_word = edited(form.data, lambda document: write(document, "child_name", xml))
    saved = office.saved("docx", {"by-word": by_word})["by-word"]
    assert read_docx(saved)[1] == form.held | {"child_name": "Bo Ek\nto"}
