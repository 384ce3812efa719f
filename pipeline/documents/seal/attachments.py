"""Lists the files inside a PDF (ISO 32000-2, 7.11.4 and 14.13)."""

import hashlib
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.documents.seal.entries import entry, items, raw_items, resolved
from pipeline.documents.seal.verification import Attachment

_UNSPECIFIED = "Unspecified"


def attachments(reader: PdfFileReader) -> tuple[Attachment, ...]:
    """Every attached file once, in the order of their names in the document."""
    found: dict[object, Attachment] = {}
    for named in [*_named(reader.root), *_associated(reader.root)]:
        key = named.idnum if isinstance(named, generic.IndirectObject) else id(named)
        if key not in found:
            found[key] = _attachment(resolved(named))
    return tuple(found.values())


def _named(root: generic.DictionaryObject) -> Iterator[generic.PdfObject]:
    tree = entry(entry(root, "/Names", {}), "/EmbeddedFiles")
    waiting = [tree] if tree is not None else []
    seen: set[int] = set()
    while waiting:
        node = waiting.pop(0)
        if id(node) in seen:
            continue
        seen.add(id(node))
        waiting += items(entry(node, "/Kids", generic.ArrayObject()))
        yield from list(raw_items(entry(node, "/Names", generic.ArrayObject())))[1::2]


def _associated(root: generic.DictionaryObject) -> Iterator[generic.PdfObject]:
    yield from raw_items(entry(root, "/AF", generic.ArrayObject()))


def _attachment(specification: Any) -> Attachment:
    embedded = specification["/EF"]
    stream = embedded["/UF"] if "/UF" in embedded else embedded["/F"]
    content = stream.data
    return Attachment(
        name=str(entry(specification, "/UF", entry(specification, "/F", ""))),
        media_type=_name(entry(stream, "/Subtype"), ""),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        relationship=_name(entry(specification, "/AFRelationship"), _UNSPECIFIED),
    )


def _name(value: object, default: str) -> str:
    return str(value).removeprefix("/") if value is not None else default
