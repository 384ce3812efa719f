"""Forms of the fictional cases, each made once: by LibreOffice they take seconds."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from fixtures.made_once import made_once
from offline_forms import Forms, MakeForms

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.convert import Converter
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop
from pipeline.offline.hand_out import ARCHIVE_COPY, EXCEL_FORM, PDF_FORM, WORD_FORM, hand_out
from pipeline.tool.load import EDITIONS


class NoSeal:
    """Forms are not sealed."""

    def seal(self, pdf: Path, sealed: Path, *, reason: str) -> NoReturn:
        raise AssertionError("a form was sealed")


@pytest.fixture(scope="session")
def machines() -> Iterator[Workshop]:
    with Merger() as merger, Converter() as converter:
        yield Workshop(merger, converter, NoSeal())


@pytest.fixture(scope="session")
def forms_of(machines: Workshop, tmp_path_factory: pytest.TempPathFactory) -> MakeForms:
    """All four files of a fictional case, e.g. “cp_skole_2”."""

    @cache
    def make(name: str, *, blank: bool = False, only: str = "") -> Forms:
        case = read_answers_file(EDITIONS / "2018" / f"sample_{name}.json")
        kept = f"forms-{name}-{only}-{'blank' if blank else 'filled'}"
        folder = made_once(
            tmp_path_factory, kept, lambda folder: hand_out(case, machines, folder, only=only, blank=blank)
        )
        files = {"pdf": PDF_FORM, "docx": WORD_FORM, "xlsx": EXCEL_FORM, "archive": ARCHIVE_COPY}
        made = {kind: folder / file for kind, file in files.items() if (folder / file).exists()}
        return Forms(case, {kind: path.read_bytes() for kind, path in made.items()})

    return make


@pytest.fixture(scope="session")
def forms(forms_of: MakeForms) -> Forms:
    return forms_of("cp_skole_2")
