"""What may be in a Word template's package at all: nothing that runs, nothing fetched, no bomb, no DTD."""

import re
import zipfile
from urllib.parse import urlsplit

from lxml import etree

from pipeline.documents.merge.faults import part_in_words
from pipeline.errors import TemplateError

MAX_PARTS = 500
MAX_BYTES = 30 * 1024 * 1024
MAX_PART_BYTES = 20 * 1024 * 1024
"""Limits on an opened template; ours have 15 parts and 0.2 MB."""

_RUNS_BY_NAME = re.compile(r"vbaProject|vbaData|activeX|oleObject|^word/embeddings/|afchunk", re.IGNORECASE)
_OLE_HEAD = bytes.fromhex("D0CF11E0A1B11AE1")
_ODD_NAME = re.compile(r"(^|/)\.\.?(/|$)|^/|//|[\\:\x00-\x1f]")
_RUNS = {"vbaProject", "wordVbaData", "oleObject", "package", "control", "activeXControlBinary", "aFChunk"}
_FETCHES = {"attachedTemplate", "frame", "subDocument", "mailMergeSource", "mailMergeHeaderSource", "recipientData"}
_LINK_SCHEMES = {"http", "https", "mailto", "tel"}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NOT_WORD = "Skabelonen er ikke en Word-fil (.docx). Gem den som .docx i Word."


def refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse too many or too large parts, and names that two programs could understand in two ways.

    Raises:
        TemplateError: with what to do.
    """
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MAX_PARTS or sum(sizes) > MAX_BYTES or max(sizes, default=0) > MAX_PART_BYTES:
        raise TemplateError("Skabelonen er for stor. Fjern store billeder, og gem den igen.")
    names = {entry.filename.casefold() for entry in entries}
    if len(names) != len(entries) or any(_ODD_NAME.search(name) for name in names):
        raise TemplateError("Skabelonen er skadet: to dele har samme navn, eller et navn er ugyldigt. Gem den igen.")


def refuse_programs(name: str, content: bytes) -> None:
    """Refuse macros, controls and embedded files, known by the part's name or its first bytes.

    Raises:
        TemplateError: naming the part.
    """
    if _RUNS_BY_NAME.search(name) or content.startswith(_OLE_HEAD):
        raise TemplateError(
            f"Skabelonen indeholder {name}: makroer og indlejrede programmer er ikke tilladt. Slet dem."
        )


def parse_part(name: str, content: bytes) -> "etree._Element":
    """A part's XML, read strictly: UTF-8, no DTD, no comments, CDATA as plain text.

    Raises:
        TemplateError: naming the part.
    """
    # A NUL never stands in UTF-8 XML; with it gone no parser can take the bytes for UTF-16 and see other markup.
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TemplateError(
            f"Skabelonen er skadet: {name} må ikke have en DTD og skal være UTF-8. Gem den igen i Word."
        )
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            f"Skabelonen er skadet: {part_in_words(name)} er ikke gyldigt XML. Gem den igen."
        ) from error
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        raise TemplateError(f"Skabelonen er skadet: {name} er ikke UTF-8. Gem den igen i Word.")
    return root


def refuse_relations(name: str, root: "etree._Element") -> None:
    """Refuse relations that fetch from outside or lead to something that runs; links in the text are free.

    Raises:
        TemplateError: naming the part.
    """
    for relation in root:
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        if kind in _RUNS:
            raise TemplateError(
                f"Skabelonen indeholder {target} ({name}): makroer og indlejrede programmer er ikke tilladt. Slet dem."
            )
        outside = relation.get("TargetMode", "Internal") != "Internal" or _leads_out(target)
        is_link = kind == "hyperlink" and urlsplit(target).scheme.lower() in _LINK_SCHEMES
        if kind in _FETCHES or (outside and not is_link):
            raise TemplateError(
                f"Skabelonen henter noget udefra ({name}, {kind}). Sæt billedet ind i dokumentet, eller bryd kæden."
            )


def refuse_other_kinds(types: "etree._Element | None") -> None:
    """Refuse a package whose main part is not a plain Word document (a .dotx, a .docm, an .xlsx).

    Raises:
        TemplateError: with what to do.
    """
    kinds = {} if types is None else {item.get("PartName"): item.get("ContentType") for item in types}
    if kinds.get("/word/document.xml") != _MAIN:
        raise TemplateError(_NOT_WORD)


def not_word() -> TemplateError:
    """The refusal of a file that is no Word file at all."""
    return TemplateError(_NOT_WORD)


def _leads_out(target: str) -> bool:
    return bool(urlsplit(target).scheme) or target.startswith(("//", "\\"))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
