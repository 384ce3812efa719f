"""What a Word template must have so that its PDF can be PDF/UA-1 and PDF/A-3a; checked here, not found out later."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.documents.fonts.installed import is_available
from pipeline.documents.merge.slots import Fault
from pipeline.documents.merge.word_package import PROPERTIES, WordPackage
from pipeline.documents.word_template import WordTemplate
from pipeline.errors import TemplateError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FAKE_BULLET = re.compile(r"\s*[•·▪◦\-–*]\s")


def lint(package: WordPackage, template: WordTemplate, used: frozenset[str]) -> None:
    """Refuse a template whose PDF would not be accessible or archivable, or that lacks a required slot.

    Raises:
        TemplateError: with every fault and its place.
    """
    parts = [(name, etree.fromstring(_bytes(package, name))) for name in package.order if _is_word_xml(name)]
    faults = [fault for name, root in parts for rule in _RULES for fault in rule(name, root)]
    faults += _missing_slots(template, used)
    if faults:
        raise TemplateError("\n".join(fault.in_words() for fault in faults))


def _is_word_xml(name: str) -> bool:
    return name == PROPERTIES or (name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:])


def _bytes(package: WordPackage, name: str) -> bytes:
    return package.merged[name].encode() if name in package.merged else package.carried[name]


def _missing_slots(template: WordTemplate, used: frozenset[str]) -> list[Fault]:
    present = {slot for path in used for slot in _prefixes(path)}
    return [
        Fault("word/document.xml", "", f"feltet “{slot}” mangler i dokumentet, men skal stå der.")
        for slot in template.required
        if slot not in present
    ]


def _prefixes(path: str) -> Iterator[str]:
    names = path.split(".")
    for length in range(1, len(names) + 1):
        yield ".".join(names[:length])


def _no_paragraph_borders(name: str, root: "etree._Element") -> Iterator[Fault]:
    """LibreOffice 7.4 leaves a paragraph's border untagged (PDF/UA-1 7.1-3)."""
    for border in root.iter(f"{_W}pBdr"):
        yield Fault(name, _near(border), "et afsnit har en ramme eller streg; brug en baggrundsfarve i stedet.")


def _real_bullets(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Bullets are list paragraphs whose sign a normal font holds (PDF/A-3 6.2.11.7 wants Unicode for every glyph)."""
    for level in root.iter(f"{_W}lvl"):
        text, kind = level.find(f"{_W}lvlText"), level.find(f"{_W}numFmt")
        sign = text.get(f"{_W}val", "") if text is not None else ""
        if kind is not None and kind.get(f"{_W}val") == "bullet" and any("\ue000" <= c <= "\uf8ff" for c in sign):
            yield Fault(name, "", "en punktopstilling bruger et Symbol-tegn; vælg punkttegnet • (U+2022).")
    for paragraph in root.iter(f"{_W}p"):
        if _FAKE_BULLET.match(_words(paragraph)):
            yield Fault(name, _near(paragraph), "et punkt er skrevet med tegn; brug Words punktopstilling.")


def _alternative_texts(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Every picture says what it shows (PDF/UA-1 7.3)."""
    for properties in root.iter(f"{_WP}docPr"):
        if not (properties.get("descr") or "").strip():
            yield Fault(name, properties.get("name", ""), "et billede mangler alternativ tekst; skriv den i Word.")


def _header_rows(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Every table has a header row that repeats (PDF/UA-1 7.5)."""
    for table in root.iter(f"{_W}tbl"):
        row = table.find(f"{_W}tr")
        if row is None or row.find(f"{_W}trPr/{_W}tblHeader") is None:
            yield Fault(name, _near(table), "en tabel mangler overskriftsrække; slå “Gentag overskriftsrækker” til.")


def _fonts(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Only fonts that are here, or that have a stand-in of the same widths, can be embedded as they look in Word."""
    named = {
        value
        for fonts in root.iter(f"{_W}rFonts")
        for side in ("ascii", "hAnsi", "cs")
        if (value := fonts.get(f"{_W}{side}"))
    }
    for font in sorted(named):
        if not is_available(font):
            yield Fault(name, "", f"skrifttypen “{font}” findes ikke på serveren; brug fx Calibri eller Arial.")


def _language(name: str, root: "etree._Element") -> Iterator[Fault]:
    """The document's language is Danish (PDF/UA-1 7.2)."""
    if name != "word/styles.xml":
        return
    language = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if language is None or language.get(f"{_W}val") != "da-DK":
        yield Fault(name, "", "sproget er ikke dansk; vælg dansk som standardsprog i Word.")


def _title(name: str, root: "etree._Element") -> Iterator[Fault]:
    """The file has a title (PDF/UA-1 7.1)."""
    if name != PROPERTIES:
        return
    title = root.find(f"{_DC}title")
    if title is None or not (title.text or "").strip():
        yield Fault(name, "", "titlen mangler; skriv {{ paper.title }} i filens egenskaber.")


_RULES: tuple[Callable[[str, "etree._Element"], Iterator[Fault]], ...] = (
    _no_paragraph_borders, _real_bullets, _alternative_texts, _header_rows, _fonts, _language, _title,
)  # fmt: skip


def _words(element: "etree._Element") -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _near(element: "etree._Element") -> str:
    return re.sub(r"\s+", " ", _words(element)).strip()[:60]
