"""What a Word or Excel file from outside may not hold beyond what no template may: foreign parts, fields that fetch."""

import io
import re
from pathlib import Path
from typing import IO
from xml.parsers import expat

from pipeline.documents.merge.zip_writer import MERGED_LEVEL, as_zip, pack
from pipeline.documents.office_package import EXCEL, WORD, Limits, OfficeKind, PackageRefused, checked_parts
from pipeline.intake.accepted import Change
from pipeline.intake.finding import Finding
from pipeline.intake.jpeg_position import has_position, without_position
from pipeline.intake.kinds import Kind
from pipeline.intake.office.cells import reaches_outside
from pipeline.intake.office.fields import fields_that_fetch
from pipeline.intake.refusals import FileRefused, Reason

_LIMITS = Limits(parts=2000, total_bytes=100 * 1024**2, part_bytes=50 * 1024**2)
_KINDS = {Kind.DOCX: WORD, Kind.XLSX: EXCEL}
_XML = (".xml", ".rels", ".vml")
_PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
_FONTS = (".odttf", ".fntdata")
_PRINTER = re.compile(r"(?i)(word|xl)/printerSettings/[^/]+\.bin")
_RUNS_OR_FETCHES = re.compile(
    rb"macrosheet\+xml|ms-office\.activeX|webextension|/xlMacrosheet|/customData|\.connections\+xml|\.queryTable\+xml"
)


def check_office(path: Path, kind: Kind) -> Finding:
    """A Word or Excel file that may be kept: byte for byte, unless a photograph in it tells where it was taken.

    Raises:
        FileRefused: it is damaged, a bomb, or has something in it to run or to fetch.
    """
    data = io.BytesIO(path.read_bytes())
    try:
        tells_a_place = look_through(data, _KINDS[kind])
    except PackageRefused as refused:
        raise FileRefused(str(refused), Reason.ACTIVE) from refused
    if not tells_a_place:
        return Finding(kind)
    return Finding(kind, (Change.POSITION_BLANKED,), body=_without_positions(data, _KINDS[kind]))


def look_through(source: IO[bytes], kind: OfficeKind) -> bool:
    """Look through every part; whether a photograph in it tells where it was taken.

    Raises:
        PackageRefused: the message says what to change.
    """
    tells_a_place = False
    for name, content in checked_parts(source, kind, _LIMITS):
        _refuse_foreign_part(name, kind)
        if name.lower().endswith(_XML):
            _refuse_broken(content, kind)
            _refuse_what_fetches(name, content, kind)
        else:
            tells_a_place |= has_position(content)
    return tells_a_place


def _without_positions(source: IO[bytes], kind: OfficeKind) -> bytes:
    parts = {name: without_position(content) for name, content in checked_parts(source, kind, _LIMITS)}
    return as_zip(pack(parts, level=MERGED_LEVEL))


def _refuse_foreign_part(name: str, kind: OfficeKind) -> None:
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name or not name.isprintable():
        raise PackageRefused(f"{kind.file} er lavet på en måde, der ikke er tilladt. {_save_anew(kind)}")
    if name.endswith("/") or name.lower().endswith(_XML + _PICTURES + _FONTS) or _PRINTER.fullmatch(name):
        return
    raise PackageRefused(
        f"{kind.file} rummer en anden fil. Åbn den i {kind.program}, slet det, der er sat ind, "
        "eller gem den som PDF, og prøv igen."
    )


def _refuse_broken(content: bytes, kind: OfficeKind) -> None:
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        raise PackageRefused(f"{kind.file} er beskadiget. {_save_anew(kind)}") from error


def _refuse_what_fetches(name: str, content: bytes, kind: OfficeKind) -> None:
    if name == "[Content_Types].xml" and _RUNS_OR_FETCHES.search(content):
        raise PackageRefused(f"{kind.file} rummer programkode eller henter data udefra. {_as_pdf(kind)}")
    if kind is WORD and fields_that_fetch(content):
        raise PackageRefused(
            f"{kind.file} henter noget udefra. Åbn den i Word, marker alt (Ctrl+A), "
            "gør felter til tekst (Ctrl+Skift+F9), gem den, og prøv igen."
        )
    if kind is EXCEL and reaches_outside(content):
        raise PackageRefused(f"{kind.file} henter noget udefra eller fylder alt for mange rækker. {_as_pdf(kind)}")


def _save_anew(kind: OfficeKind) -> str:
    return f"Åbn den i {kind.program}, gem den på ny, og prøv igen."


def _as_pdf(kind: OfficeKind) -> str:
    return f"Åbn den i {kind.program}, gem den som PDF, og send PDF-filen."
