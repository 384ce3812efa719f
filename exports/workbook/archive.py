"""A workbook as bytes: the same workbook gives the same bytes, and no copy of it is left in the temp folder."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

_DAWN_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_READ_AND_WRITE = 0o600 << 16


def to_bytes(book: Workbook) -> bytes:
    """The workbook as an xlsx file, with the created and modified moments of its own properties."""
    out = BytesIO()
    with _TimelessZip(out, "w", ZIP_DEFLATED) as archive:
        _InMemoryWriter(book, archive).write_data()
    return out.getvalue()


class _TimelessZip(ZipFile):
    """A zip whose members all carry the same time."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        member = ZipInfo(name, _DAWN_OF_ZIP)
        member.compress_type = ZIP_DEFLATED
        member.external_attr = _READ_AND_WRITE
        super().writestr(member, data)


class _InMemoryWriter(ExcelWriter):
    """openpyxl's own writer, but for the sheets: it would put each in a temp file, where a crash leaves it readable."""

    def __init__(self, book: Workbook, archive: ZipFile) -> None:
        super().__init__(book, archive)
        self._parts = archive

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet in memory, and its charts as openpyxl will ask for them afterwards.

        Args:
            ws: a Worksheet; typed loosely because the stubs leave out what the writer itself reads and sets.
        """
        xml = BytesIO()
        writer: Any = WorksheetWriter(ws, xml)
        writer.write()
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._rels = writer._rels
        self._parts.writestr(ws.path[1:], xml.getvalue())
        self.manifest.append(ws)
