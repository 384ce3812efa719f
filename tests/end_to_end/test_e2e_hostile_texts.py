"""Whatever people write stands in the sealed report as they wrote it, and the report stays valid."""

import json
import re
from collections import Counter

import pytest
from docx import Document
from hostile_texts import DRAWN_WITH_ONE_FONT, LEFT_TO_RIGHT, LONG, RIGHT_TO_LEFT
from judges.verapdf import PDF_A_3A, PDF_UA_1, VeraPdf
from rendered_case import REPORT_WORD, RenderedCase, body_lines, pages_of, shows, squeezed

from pipeline.cases.read_answers import read_answers
from pipeline.documents.render import Workshop, render_case
from pipeline.documents.seal.verification import Verdict
from pipeline.documents.seal.verify import verify
from pipeline.tool.load import EDITIONS
from webforms.demo import sample_path
from webforms.settings import Settings
from webforms.wiring import trust_store

pytestmark = pytest.mark.office

_HOSTILE = LEFT_TO_RIGHT | RIGHT_TO_LEFT
_SAID = {"by": "sagsbehandler", "at": "2026-04-20T10:00:00+02:00"}


@pytest.fixture(scope="session")
def hostile(machines: Workshop, tmp_path_factory: pytest.TempPathFactory) -> RenderedCase:
    """Every text between two words of its own in a field, and those read from left to right in tables too."""
    raw = json.loads(sample_path("cp_skole_2", EDITIONS).read_bytes())
    raw["answers"]["conclusion"] = [
        _SAID | {"text": f"{_begin(name)}\n{text}\n{_end(name)}"} for name, text in _HOSTILE.items()
    ] + [_SAID | {"text": LONG}]
    raw["answers"]["agreements"] = [
        _SAID | {"rows": [{"what": _in_a_cell(name), "who": name} for name in DRAWN_WITH_ONE_FONT]}
    ]
    raw["goals"][0]["wording"] = LEFT_TO_RIGHT["markup"]
    raw["goals"][0]["focus"] = [_SAID | {"text": LONG[::-1]}]
    raw["goals"][0]["next"] = [_SAID | {"text": LEFT_TO_RIGHT["templates"]}]
    raw["municipality"]["unit"] = "Børn & <Unge> {{ x }}"
    case = RenderedCase("hostile", read_answers(raw), tmp_path_factory.mktemp("hostile"))
    render_case(case.answers, machines, case.folder)
    return case


@pytest.fixture(scope="session")
def codes(hostile: RenderedCase) -> dict[int, str]:
    """How the manifest says that characters without a font are shown on this machine."""
    said = " ".join(check["what"] for entry in hostile.manifest["files"] for check in entry["checks"])
    return {int(code, 16): f"[U+{code}]" for code in re.findall(r"U\+([0-9A-F]{4,6})", said)}


@pytest.fixture(scope="session")
def read_back(hostile: RenderedCase) -> str:
    """The report as it looks, without heads and feet."""
    return "\n".join(line for page in pages_of(hostile.report, "-layout") for line in body_lines(page))


@pytest.mark.parametrize("name", LEFT_TO_RIGHT)
def test_a_text_is_read_back_as_it_was_written(read_back: str, codes: dict[int, str], name: str) -> None:
    assert _between(read_back, name) == squeezed(LEFT_TO_RIGHT[name].translate(codes))


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_a_text_from_right_to_left_loses_no_character(read_back: str, codes: dict[int, str], name: str) -> None:
    assert Counter(_between(read_back, name)) == Counter(squeezed(RIGHT_TO_LEFT[name].translate(codes)))


@pytest.mark.parametrize("name", DRAWN_WITH_ONE_FONT)
def test_a_text_in_a_cell_of_a_table_is_read_back(hostile: RenderedCase, codes: dict[int, str], name: str) -> None:
    """Text drawn with several fonts is taken for several lines there by pdftotext; the fields show it is whole."""
    pages = [squeezed("".join(body_lines(page))) for page in pages_of(hostile.report, "-raw")]
    assert shows(pages, _in_a_cell(name).translate(codes))


def test_twenty_thousand_characters_are_all_there_in_a_field_and_in_a_goal(hostile: RenderedCase) -> None:
    pages = [squeezed("".join(body_lines(page))) for page in pages_of(hostile.report, "-raw")]
    assert len(LONG) > 19_000
    assert shows(pages, LONG)
    assert shows(pages, LONG[::-1])


@pytest.mark.parametrize("script", ["danish", "vietnamese", "greek", "cyrillic", "markup", "formulas"])
def test_what_every_machine_must_draw_is_never_shown_as_codes(codes: dict[int, str], script: str) -> None:
    assert not [letter for letter in LEFT_TO_RIGHT[script] if ord(letter) in codes]


def test_the_word_file_has_every_text_as_it_was_typed(hostile: RenderedCase) -> None:
    word = Document(str(hostile.folder / REPORT_WORD))
    paragraphs = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert [name for name, text in _HOSTILE.items() if text not in paragraphs] == []


@pytest.mark.verapdf
@pytest.mark.parametrize("profile", [PDF_A_3A, PDF_UA_1])
def test_the_report_stays_valid(hostile: RenderedCase, verapdf: VeraPdf, profile: str) -> None:
    assert verapdf.judge(hostile.report, profile).broken == ()


def test_the_seal_stays_good(hostile: RenderedCase, settings: Settings) -> None:
    assert verify(hostile.report, trust_store(settings)).verdict is Verdict.GOOD


def _in_a_cell(name: str) -> str:
    return f"Celle med {name}: {LEFT_TO_RIGHT[name]} – slut på {name}"


def _begin(name: str) -> str:
    return f"Her begynder {name}:"


def _end(name: str) -> str:
    return f"Her ender {name}."


def _between(text: str, name: str) -> str:
    """What stands between a text's two words, squeezed."""
    squeezed_text = squeezed(text)
    begin, end = squeezed(_begin(name)), squeezed(_end(name))
    assert squeezed_text.count(begin) == squeezed_text.count(end) == 1
    return squeezed_text.partition(begin)[2].partition(end)[0]
