"""What LibreOffice saves comes in: Word, Excel and PDF."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from fixtures.uploads import offices, pictures
from fixtures.uploads.upload import Upload
from inbox import all_sent

from pipeline.intake.accepted import Accepted

pytestmark = pytest.mark.office
_WORD = {
    "plain": offices.docx_file(),
    "table": offices.docx_file(table=True, header=True),
    "photo": offices.docx_with_photo(),
    "screenshot": offices.docx_file(picture=pictures.screenshot()),
    "page": offices.with_body(offices.field(" PAGE ")),
}
_EXCEL = {
    "rows": offices.xlsx_file(200),
    "sums": offices.xlsx_file(formulas=True, bold=True),
    "link": offices.xlsx_file(link=True, sheets=3),
}


def _saved(files: Mapping[str, bytes], was: str, becomes: str, folder: Path) -> list[Upload]:
    before, after = folder / f"{was}-{becomes}", folder / f"{was}-{becomes}-saved"
    before.mkdir()
    for name, data in files.items():
        (before / f"{name}.{was}").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", becomes, "--outdir", after, *before.iterdir()],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return [Upload("libreoffice", path.name, path.read_bytes) for path in sorted(after.iterdir())]


def test_what_libreoffice_saves_comes_in(tmp_path: Path) -> None:
    uploads = [
        *_saved(_WORD, "docx", "docx", tmp_path),
        *_saved(_EXCEL, "xlsx", "xlsx", tmp_path),
        *_saved(_WORD, "docx", "pdf", tmp_path),
        *_saved(_EXCEL, "xlsx", "pdf", tmp_path),
    ]
    outcomes = all_sent(uploads, tmp_path / "in")

    assert len(outcomes) == 2 * (len(_WORD) + len(_EXCEL))
    assert [(one.upload.name, str(one.result)) for one in outcomes if not isinstance(one.result, Accepted)] == []
