"""A Word template as its parts: which hold slots, which are only carried along, which are refused."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import TemplateError

MAX_PARTS = 500
MAX_BYTES = 30 * 1024 * 1024
"""Limits on an opened template; ours have 20 parts and 0.3 MB."""

PROPERTIES = "docProps/core.xml"
_MERGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_REFUSED = re.compile(r"(vbaProject|activeX|oleObject|word/embeddings/|word/afchunk)", re.IGNORECASE)
_EXTERNAL = re.compile(rb'<Relationship\b[^>]*TargetMode\s*=\s*"External"[^>]*>')
_MARK = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class WordPackage:
    """The parts of a template: those with slots as text, the others as bytes, in the order of the file."""

    order: tuple[str, ...]
    merged: Mapping[str, str]
    carried: Mapping[str, bytes]


def open_package(data: bytes) -> WordPackage:
    """Open a template.

    Raises:
        TemplateError: not a Word file, too large, with macros or outside links, or with slots where none are merged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _read(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise TemplateError("Skabelonen er ikke en Word-fil (.docx). Gem den som .docx i Word.") from error
    if "word/document.xml" not in parts:
        raise TemplateError("Skabelonen er ikke en Word-fil (.docx): brødteksten mangler. Gem den som .docx i Word.")
    merged = {name: _text(name, data) for name, data in parts.items() if _MERGED.fullmatch(name) or name == PROPERTIES}
    carried = {name: data for name, data in parts.items() if name not in merged}
    for name, content in carried.items():
        _refuse_slots_outside(name, content)
    return WordPackage(tuple(parts), merged, carried)


def carried_archive(package: WordPackage) -> bytes:
    """The parts that never change, compressed once; every document begins as a copy of this."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in package.order:
            if name in package.carried:
                archive.writestr(_entry(name), package.carried[name])
    return target.getvalue()


def write_package(carried: bytes, rendered: Mapping[str, bytes]) -> bytes:
    """The merged parts behind the carried ones; the same parts give the same bytes."""
    target = io.BytesIO(carried)
    with zipfile.ZipFile(target, "a") as archive:
        for name, content in rendered.items():
            archive.writestr(_entry(name), content, compresslevel=4)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise TemplateError("Skabelonen er for stor. Fjern store billeder, og gem den igen.")
    for entry in entries:
        if _REFUSED.search(entry.filename):
            raise TemplateError(
                f"Skabelonen indeholder {entry.filename}: makroer og indlejrede programmer er ikke tilladt. Slet dem."
            )
    parts = {entry.filename: archive.read(entry) for entry in entries}
    for name, content in parts.items():
        if name.endswith(".rels"):
            _refuse_outside_links(name, content)
    return parts


def _refuse_outside_links(name: str, content: bytes) -> None:
    for link in _EXTERNAL.findall(content):
        if b"/hyperlink" not in link:
            raise TemplateError(f"Skabelonen henter noget udefra ({name}). Sæt billedet ind i dokumentet i stedet.")


def _refuse_slots_outside(name: str, content: bytes) -> None:
    if not name.endswith(".xml") or name.startswith("customXml/"):
        return
    mark = _MARK.search(re.sub("<[^>]*>", "", _text(name, content)))
    if mark:
        raise TemplateError(
            f"Skabelonen har et felt ({mark.group()}) i {name}, hvor felter ikke bliver flettet. "
            f"Flyt feltet til brødtekst, sidehoved, sidefod, fodnote eller tekstboks."
        )


def _text(name: str, content: bytes) -> str:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TemplateError(f"Skabelonen er skadet: {name} må ikke have en DTD. Gem den igen i Word.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"Skabelonen er skadet: {name} er ikke UTF-8. Gem den igen i Word.") from error
