"""The same answers give the same bytes, in another process, another time zone and another order of hashing."""

import subprocess
import sys
from pathlib import Path

import pytest
from rendered_case import PLAN, REPORT, REPORT_WORD, TOOL_WORD, RenderedCase

from pipeline.tool.load import EDITIONS
from webforms.demo import sample_path
from webforms.settings import Settings

pytestmark = pytest.mark.office

_PROJECT = Path(__file__).parents[2]
_ELSEWHERE = {"TZ": "Pacific/Auckland", "LANG": "C", "PYTHONHASHSEED": "1", "PATH": "/usr/bin:/bin"}


@pytest.fixture(scope="session")
def again(one_case: RenderedCase, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the case made once more, by the command, under other circumstances."""
    out = tmp_path_factory.mktemp("again")
    subprocess.run(
        [
            *(sys.executable, "-c", "from webforms.cli import main; main()"),
            *("render", sample_path(one_case.name, EDITIONS), "--out", out),
        ],
        check=True,
        capture_output=True,
        cwd=_PROJECT,
        env={"HJEMMETILSYN_HOME": str(settings.home), **_ELSEWHERE},
    )
    return out


@pytest.mark.parametrize("name", [TOOL_WORD, REPORT_WORD, PLAN])
def test_word_and_excel_files_are_equal_byte_for_byte(one_case: RenderedCase, again: Path, name: str) -> None:
    assert (again / name).read_bytes() == (one_case.folder / name).read_bytes()


def test_the_report_is_equal_up_to_the_seal(one_case: RenderedCase, again: Path) -> None:
    """The seal is appended, and its time is its own."""
    unsealed = [_first_revision(folder / REPORT) for folder in (one_case.folder, again)]
    assert unsealed[0] == unsealed[1]
    assert (again / REPORT).read_bytes() != one_case.report.read_bytes()


def test_other_answers_give_other_bytes(rendered: dict[str, RenderedCase]) -> None:
    """The proof that the comparison sees a difference."""
    one, other = rendered["cp_skole_1"], rendered["cp_skole_2"]
    assert _first_revision(one.report) != _first_revision(other.report)
    assert (one.folder / PLAN).read_bytes() != (other.folder / PLAN).read_bytes()


def _first_revision(pdf: Path) -> bytes:
    before, marker, after = pdf.read_bytes().partition(b"%%EOF")
    assert marker
    assert b"/ByteRange" not in before
    assert b"/ByteRange" in after
    return before
