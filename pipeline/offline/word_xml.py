"""WordprocessingML by name (ISO/IEC 29500-1), and the one way XML from outside is parsed here."""

from lxml import etree

from pipeline.errors import UnreadableFile

Element = etree._Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """A name of the Word namespace as lxml writes it."""
    return f"{{{WORD}}}{name}"


def value_of(element: Element | None) -> str:
    """The `w:val` of an element, “” where there is none."""
    return "" if element is None else element.get(w("val"), "")


def make(name: str, /, *inside: Element, **attributes: str) -> Element:
    """An element of the Word namespace."""
    element = etree.Element(w(name), {w(key): text for key, text in attributes.items()})
    element.extend(inside)
    return element


def make_text(words: str) -> Element:
    """A `w:t` whose spaces stay."""
    element = make("t")
    element.text = words
    element.set(_SPACE, "preserve")
    return element


def parse(content: bytes) -> Element:
    """A part's XML: no DTD, no entities, no network, no giant texts.

    Raises:
        UnreadableFile: it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise UnreadableFile("Filen er beskadiget. Åbn den i Office, gem den på ny, og prøv igen.") from None


def as_bytes(root: Element) -> bytes:
    """A part as it stands in the file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
