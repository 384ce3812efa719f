"""The parts of a Word or Excel file from outside, found harmless, and what the file carries in its own properties."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.carried_text import DamagedCarriedText, put_together
from pipeline.documents.office_package import Limits, OfficeKind, PackageRefused, checked_parts
from pipeline.errors import UnreadableFile
from pipeline.offline.recognise import NotAForm
from pipeline.offline.word_xml import OFFICE, Element, parse

_LIMITS = Limits(parts=1000, total_bytes=40 * 1024**2, part_bytes=20 * 1024**2)
_MOST_XML = 8 * 1024**2
"""Bytes of a part that is parsed: ours have 0.3 MB, and a tree of 8 MB of bare tags takes 200 MB of memory."""
_MOST_ELEMENTS = 200_000
"""In a part; ours have 10,000, and each line of a long text has two."""

_COMMENTS = re.compile(r"(?:word|xl)/(?:[^/]+/)?[^/]*[cC]omments?[0-9]*\.xml")
_A_COMMENT, _A_THREADED_COMMENT = "{*}comment", "{*}threadedComment"
_ITS_TEXTS = ("{*}t", "{*}text")
"""LibreOffice puts numbers into a comment, too, that say where it hangs."""

_NOT_OURS = (
    "Filen er ikke en af vores formularer, eller mærket i den er gået tabt. Gem den som bilag, og skriv svarene ind."
)


@dataclass(frozen=True)
class OfficeParts:
    """An opened file."""

    parts: Mapping[str, bytes]
    kind: OfficeKind

    def tree(self, name: str) -> Element | None:
        """A part's XML, or None where there is no such part.

        Raises:
            UnreadableFile: it is too large or not well-formed.
        """
        content = self.parts.get(name)
        if content is None:
            return None
        root = parse(content) if len(content) <= _MOST_XML else None
        if root is None or sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
            raise UnreadableFile(f"{self.kind.file} rummer mere, end vi kan læse. Gem den som bilag.")
        return root

    def carried(self, name: str) -> str:
        """A text that the file carries in its properties.

        Raises:
            NotAForm: the file does not carry it whole.
        """
        try:
            text = put_together(name, self._properties())
        except DamagedCarriedText:
            text = ""
        if not text:
            raise NotAForm(_NOT_OURS)
        return text

    @property
    def is_by_libreoffice(self) -> bool:
        """Whether LibreOffice was the last to save the file."""
        root = self.tree("docProps/app.xml")
        words = None if root is None else root.findtext(f"{{{OFFICE}/extended-properties}}Application")
        return (words or "").startswith("LibreOffice")

    def comments(self) -> list[str]:
        """The words of each comment that somebody put at the margin of the document or at a cell."""
        trees = [self.tree(name) for name in sorted(self.parts) if _COMMENTS.fullmatch(name)]
        comments = [one for tree in trees if tree is not None for one in tree.iter(_A_COMMENT, _A_THREADED_COMMENT)]
        told = [(one.get("ref", ""), " ".join(" ".join(_texts(one)).split())) for one in comments]
        return [f"Kommentar ved {cell}: {words}" if cell else words for cell, words in told if words]

    def _properties(self) -> dict[str, str]:
        root = self.tree("docProps/custom.xml")
        return {} if root is None else {one.get("name", ""): "".join(map(str, one.itertext())) for one in root}


def _texts(comment: Element) -> Iterator[str]:
    return (str(text.text or "") for text in comment.iter(*_ITS_TEXTS))


def open_office(data: bytes, kind: OfficeKind) -> OfficeParts:
    """Open a file from outside.

    Raises:
        UnreadableFile: it is broken, a bomb, or has something in it to run or to fetch; the message says what to do.
    """
    try:
        return OfficeParts(dict(checked_parts(io.BytesIO(data), kind, _LIMITS)), kind)
    except PackageRefused as refusal:
        raise UnreadableFile(str(refusal)) from None
