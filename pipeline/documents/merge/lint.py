"""What a Word template must have so that its PDF can be PDF/UA-1 and PDF/A-3a; checked here, not found out later."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.documents.fonts.installed import is_available
from pipeline.documents.merge.faults import Fault, excerpt, refuse_all
from pipeline.documents.merge.word_package import PROPERTIES, WordPackage

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_THEME = "word/theme/theme1.xml"
_FAKE_BULLET = re.compile(r"\s*[•·▪◦\-–*]\s")
_NO_ALTERNATIVE = "et billede mangler alternativ tekst; skriv den i Word."
_NO_TITLE = "titlen mangler; skriv {{ paper.title }} i filens egenskaber."
_NOT_DANISH = "sproget er ikke dansk; vælg dansk som standardsprog i Word."
_WITHOUT = {PROPERTIES: _NO_TITLE, "word/styles.xml": _NOT_DANISH}


def lint(package: WordPackage) -> None:
    """Refuse a template whose PDF would not be accessible or archivable.

    Raises:
        TemplateError: with every fault and its place.
    """
    parts = [(name, root) for name, root in package.trees.items() if _is_word_xml(name)]
    if _THEME in package.trees and any(_uses_theme_fonts(root) for _, root in parts):
        parts.append((_THEME, package.trees[_THEME]))
    faults = [fault for name, root in parts for rule in _RULES for fault in rule(name, root)]
    present = {name for name, _ in parts}
    faults += [Fault(name, "", what) for name, what in _WITHOUT.items() if name not in present]
    refuse_all(faults)


def require_slots(used: frozenset[str], required: tuple[str, ...]) -> None:
    """Refuse a template that lacks a slot which law or tool demands; to be tested for is not to be printed.

    Args:
        used: slots that are printed or looped over.
        required: slots of which each, or something in it, must be among them.

    Raises:
        TemplateError: naming every slot that is missing.
    """
    present = {slot for path in used for slot in _prefixes(path)}
    refuse_all([
        Fault("word/document.xml", "", f"feltet “{slot}” mangler i dokumentet, men skal stå der.")
        for slot in required
        if slot not in present
    ])  # fmt: skip


def _is_word_xml(name: str) -> bool:
    return name == PROPERTIES or bool(re.fullmatch(r"word/[^/]*\.xml", name))


def _prefixes(path: str) -> Iterator[str]:
    names = path.split(".")
    for length in range(1, len(names) + 1):
        yield ".".join(names[:length])


def _no_paragraph_borders(name: str, root: "etree._Element") -> Iterator[Fault]:
    """LibreOffice 7.4 leaves a paragraph's border untagged (PDF/UA-1 7.1-3); Word writes a border of none as “nil”."""
    for border in root.iter(f"{_W}pBdr"):
        if any(side.get(f"{_W}val") not in ("nil", "none") for side in border):
            yield Fault(name, _near(border), "et afsnit har en ramme eller streg; brug en baggrundsfarve i stedet.")


def _real_bullets(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Bullets are list paragraphs whose sign a normal font holds (PDF/A-3 6.2.11.7 wants Unicode for every glyph)."""
    for level in root.iter(f"{_W}lvl"):
        text, kind = level.find(f"{_W}lvlText"), level.find(f"{_W}numFmt")
        sign = text.get(f"{_W}val", "") if text is not None else ""
        if kind is not None and kind.get(f"{_W}val") == "bullet" and any("\ue000" <= c <= "\uf8ff" for c in sign):
            yield Fault(name, _near(level), "en punktopstilling bruger et Symbol-tegn; vælg punkttegnet • (U+2022).")
    for paragraph in root.iter(f"{_W}p"):
        if _FAKE_BULLET.match(_words(paragraph)):
            yield Fault(name, _near(paragraph), "et punkt er skrevet med tegn; brug Words punktopstilling.")


def _alternative_texts(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Every picture says what it shows (PDF/UA-1 7.3), the old kind (VML) too."""
    for properties in root.iter(f"{_WP}docPr"):
        if not (properties.get("descr") or "").strip():
            yield Fault(name, properties.get("name", ""), _NO_ALTERNATIVE)
    for picture in root.iter(f"{_V}imagedata"):
        shape = picture.getparent()
        if shape is None or not (shape.get("alt") or "").strip():
            yield Fault(name, "" if shape is None else shape.get("id", ""), _NO_ALTERNATIVE)


def _header_rows(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Every table has a header row that repeats (PDF/UA-1 7.5)."""
    for table in root.iter(f"{_W}tbl"):
        row = table.find(f"{_W}tr")
        mark = None if row is None else row.find(f"{_W}trPr/{_W}tblHeader")
        if mark is None or mark.get(f"{_W}val", "true") in ("false", "0", "off"):
            yield Fault(name, _near(table), "en tabel mangler overskriftsrække; slå “Gentag overskriftsrækker” til.")


def _fonts(name: str, root: "etree._Element") -> Iterator[Fault]:
    """Only fonts that are here, or that have a stand-in of the same widths, can be embedded as they look in Word."""
    near = {font: _near(element) for font, element in reversed(list(_named_fonts(root)))}
    for font in sorted(near):
        if not is_available(font):
            yield Fault(name, near[font], f"skrifttypen “{font}” findes ikke på serveren; brug fx Calibri eller Arial.")


def _uses_theme_fonts(root: "etree._Element") -> bool:
    return any(
        attribute.endswith("Theme") for fonts in root.iter(f"{_W}rFonts") for attribute in map(str, fonts.attrib)
    )


def _named_fonts(root: "etree._Element") -> Iterator[tuple[str, "etree._Element"]]:
    """Each font with the element that names it: runs and styles, single signs, and the theme's Latin fonts."""
    for element in root.iter(f"{_W}rFonts", f"{_W}sym", f"{_A}latin"):
        for attribute in (f"{_W}ascii", f"{_W}hAnsi", f"{_W}cs", f"{_W}font", "typeface"):
            font = element.get(attribute)
            if font and not font.startswith("+"):  # “+mn-lt”: whatever the theme says, which is looked at itself
                yield font, element


def _language(name: str, root: "etree._Element") -> Iterator[Fault]:
    """The document's language is Danish (PDF/UA-1 7.2)."""
    if name != "word/styles.xml":
        return
    language = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if language is None or language.get(f"{_W}val") != "da-DK":
        yield Fault(name, "", _NOT_DANISH)


def _title(name: str, root: "etree._Element") -> Iterator[Fault]:
    """The file has a title (PDF/UA-1 7.1)."""
    if name != PROPERTIES:
        return
    title = root.find(f"{_DC}title")
    if title is None or not (title.text or "").strip():
        yield Fault(name, "", _NO_TITLE)


_RULES: tuple[Callable[[str, "etree._Element"], Iterator[Fault]], ...] = (
    _no_paragraph_borders, _real_bullets, _alternative_texts, _header_rows, _fonts, _language, _title,
)  # fmt: skip


def _words(element: "etree._Element") -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _near(element: "etree._Element") -> str:
    """The words in an element, or those around it, or the name of the style it stands in."""
    for around in (element, *element.iterancestors(f"{_W}p", f"{_W}style")):
        style = around.find(f"{_W}name") if around.tag == f"{_W}style" else None
        near = excerpt(_words(around) if style is None else f"typografien {style.get(f'{_W}val')}")
        if near:
            return near
    return ""
