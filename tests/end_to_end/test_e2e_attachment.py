"""The tids- og faseplan inside the report is the same file as the one beside it, whoever takes it out."""

from pathlib import Path

import pikepdf
import pypdf
import pytest
from rendered_case import PLAN, RenderedCase, output_of

pytestmark = pytest.mark.office

_XLSX = "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_pikepdf_pypdf_and_poppler_take_out_the_very_bytes(case: RenderedCase, tmp_path: Path) -> None:
    loose = (case.folder / PLAN).read_bytes()
    with pikepdf.open(case.report) as pdf:
        assert pdf.attachments[PLAN].get_file().read_bytes() == loose
    with pypdf.PdfReader(case.report) as reader:
        assert dict(reader.attachments) == {PLAN: [loose]}
    output_of("pdfdetach", "-saveall", "-o", tmp_path, case.report)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {PLAN: loose}


def test_the_plan_is_listed_by_name_and_associated_with_the_document_as_its_source(case: RenderedCase) -> None:
    with pikepdf.open(case.report) as pdf:
        name, listed = pdf.Root.Names.EmbeddedFiles.Names
        [associated] = pdf.Root.AF
        assert str(name) == PLAN
        assert listed.objgen == associated.objgen
        assert (str(associated.AFRelationship), str(associated.EF.F.Subtype)) == ("/Source", _XLSX)
        assert (str(associated.F), str(associated.UF)) == (PLAN, PLAN)
        assert associated.EF.F.Params.Size == (case.folder / PLAN).stat().st_size
