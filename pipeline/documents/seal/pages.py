"""Walks the pages of a PDF that may be hostile (ISO 32000-2, 7.7.3)."""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic

from pipeline.documents.seal.entries import entry, raw_items, resolved


def widgets_on_pages(root: generic.DictionaryObject) -> Iterator[generic.PdfObject]:
    """Every form field's box on any page, as it stands in the page's list: a reference, or the box itself.

    Args:
        root: the document catalog.
    """
    for page in _pages(root.raw_get("/Pages")):
        for annotation in raw_items(entry(page, "/Annots", generic.ArrayObject())):
            if entry(resolved(annotation), "/Subtype") == "/Widget":
                yield annotation


def _pages(top: generic.PdfObject) -> Iterator[generic.DictionaryObject]:
    seen: set[int] = set()
    waiting = [top]
    while waiting:
        found = waiting.pop()
        if isinstance(found, generic.IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
        node = resolved(found)
        if "/Kids" in node:
            waiting.extend(raw_items(node["/Kids"]))
        else:
            yield node
