"""A workbook as bytes: the same workbook gives the same bytes, and no copy of it is left in the temp folder."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml import constants
from openpyxl.xml.functions import Element, SubElement, tostring

from exports.workbook.looks import DressedWorkbook, stylesheet

_DAWN_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_READ_AND_WRITE = 0o600 << 16
_FIRST_PROPERTY = 2  # ECMA-376 part 4, 3.1: 0 and 1 are taken


def to_bytes(book: DressedWorkbook) -> bytes:
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


class _CustomProperties:
    """The entry of the part with custom properties in the list of contents."""

    path = f"/{constants.ARC_CUSTOM}"
    mime_type = constants.CPROPS_TYPE


class _InMemoryWriter(ExcelWriter):
    """openpyxl's own writer, but for the sheets, which it would put in temp files, and for what is always the same."""

    def __init__(self, book: DressedWorkbook, archive: ZipFile) -> None:
        super().__init__(book, archive)
        self._book = book
        self._parts = archive

    def write_data(self) -> None:
        """Write all parts: those that our workbooks have, in openpyxl's order."""
        openpyxl: Any = self  # the stubs leave most of it out
        self._write(constants.ARC_APP, ExtendedProperties().to_tree())
        self._write(constants.ARC_CORE, self._book.properties.to_tree())
        self._parts.writestr(constants.ARC_THEME, theme_xml)
        self._write_custom_properties()
        openpyxl._write_worksheets()
        openpyxl._write_charts()
        self._parts.writestr(constants.ARC_STYLE, stylesheet(self._book))
        contents: Any = WorkbookWriter(self._book)
        self._parts.writestr(constants.ARC_ROOT_RELS, contents.write_root_rels())
        self._parts.writestr(constants.ARC_WORKBOOK, contents.write())
        self._parts.writestr(constants.ARC_WORKBOOK_RELS, contents.write_rels())
        openpyxl.manifest._write(self._parts, self._book)

    def _write_custom_properties(self) -> None:
        properties: Any = self._book.custom_doc_props  # type: ignore[attr-defined] # the stubs leave it out
        if len(properties):
            self._write(constants.ARC_CUSTOM, _texts_in_properties(properties.props))
            self.manifest.append(_CustomProperties)

    def _write(self, name: str, tree: Any) -> None:
        self._parts.writestr(name, tostring(tree))

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


def _texts_in_properties(properties: Iterable[Any]) -> Any:
    """The part that carries texts, as openpyxl itself writes it; its way there takes a tenth of a workbook's time."""
    root = Element("Properties")
    root.set("xmlns", constants.CUSTPROPS_NS)
    for number, each in enumerate(properties, start=_FIRST_PROPERTY):
        entry = SubElement(root, "property", name=each.name, fmtid=constants.CPROPS_FMTID, pid=str(number))
        SubElement(entry, f"{{{constants.VTYPES_NS}}}lpwstr").text = each.value
    return root
