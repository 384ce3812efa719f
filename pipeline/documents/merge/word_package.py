"""A Word template as its parts: which hold slots, and which are only carried along."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.documents.merge import package_rules as rules
from pipeline.documents.merge.faults import Fault, excerpt, refuse_all

PROPERTIES = "docProps/core.xml"
_MERGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MARK = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")


@dataclass(frozen=True)
class WordPackage:
    """A template that was opened and found safe.

    Attributes:
        trees: every part that is XML, by name, in the order of the file.
        merged: names of the parts with slots.
        carried: the other parts as their bytes, in the order of the file.
    """

    trees: Mapping[str, "etree._Element"]
    merged: tuple[str, ...]
    carried: Mapping[str, bytes]


def open_package(data: bytes) -> WordPackage:
    """Open a template.

    Raises:
        TemplateError: not a Word file, too large, with macros or outside links, or with slots where none are merged.
    """
    parts = _read(data)
    trees = {name: rules.parse_part(name, content) for name, content in parts.items() if _is_xml(name)}
    for name, tree in trees.items():
        if name.lower().endswith(".rels"):
            rules.refuse_relations(name, tree)
    rules.refuse_other_kinds(trees.get("[Content_Types].xml"))
    if "word/document.xml" not in trees:
        raise rules.not_word()
    merged = tuple(name for name in trees if _MERGED.fullmatch(name) or name == PROPERTIES)
    refuse_all([fault for name, tree in trees.items() if name not in merged for fault in _slots_outside(name, tree)])
    return WordPackage(trees, merged, {name: content for name, content in parts.items() if name not in merged})


def _read(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            rules.refuse_bombs(entries)
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ):
        # Each of these is how zipfile says that bytes are damaged, encrypted or packed in an unknown way.
        raise rules.not_word() from None
    for name, content in parts.items():
        rules.refuse_programs(name, content)
    return parts


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def words_of(element: "etree._Element") -> str:
    """All text in an element, in the order of the file."""
    return "".join(str(text) for text in element.itertext())


def _slots_outside(name: str, tree: "etree._Element") -> list[Fault]:
    """Slots in comments, settings, charts and the like: they would be left standing as they are."""
    if name.startswith("customXml/"):
        return []  # data of other programs; Word shows none of it
    words = words_of(tree)
    attributes = (str(value) for element in tree.iter() for value in element.attrib.values())
    mark = _MARK.search(words)
    if mark is None and not any(_MARK.search(value) for value in attributes):
        return []
    near = excerpt(words[max(0, mark.start() - 20) :]) if mark else ""
    what = "her bliver felter ikke flettet. Flyt feltet til brødtekst, sidehoved, sidefod, fodnote eller tekstboks."
    return [Fault(name, near, what)]
