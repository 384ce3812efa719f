"""From a part's XML to a Jinja source; the only module that knows docxtpl.

docxtpl compiles its template anew for every document and keeps memory; it is used here for what is its own: turning
Word's XML with tags split over runs into a Jinja source. What it would lose on the way is found first and refused.
"""

import io
import re
from collections.abc import Iterator

from docxtpl import DocxTemplate
from lxml import etree

from pipeline.documents.merge.faults import Fault, excerpt
from pipeline.documents.merge.word_package import words_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{(?:[^{}%]|%(?!\}))*\}\}|\{%(?:[^{}%]|%(?!\}))*%\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_DASHED = re.compile(r"\{[{%][-+]|[-+][%}]\}")
_WHOLE = re.compile(r"(\{[{%])(tr|tc|p|r)\s")
_WHOLE_TAG = re.compile(r"\{%(tr|p) ")
_WHOLE_ONLY = re.compile(r"\s*\{%(tr|p) [^{}%]*%\}\s*")
_PRECIOUS = tuple(
    f"{W}{name}"
    for name in ("drawing", "pict", "object", "sectPr", "footnoteReference", "endnoteReference", "fldChar", "fldSimple")
)
_HALF_WRITTEN = "er ikke skrevet færdigt; et felt skrives {{ navn }} og en gentagelse eller betingelse {% … %}."


def run_source(part: str, root: "etree._Element") -> tuple[str, list[Fault]]:
    """A part of the document as Jinja source, each paragraph on a line of its own so that a fault can be placed.

    Args:
        part: its name, for the faults.
        root: its XML; it is changed.
    """
    faults = [fault for paragraph in root.iter(f"{W}p") for fault in _faults_in(part, paragraph)]
    # docxtpl would continue a tag inside an empty <w:t/>, which nothing can stand in.
    for run in root.iter(f"{W}r"):
        for text in [text for text in run.iterchildren(f"{W}t") if not text.text]:
            run.remove(text)
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    # A line of its own inside the tag: docxtpl takes the paragraph around it away.
    source: str = _DOCXTPL.patch_xml(_WHOLE_TAG.sub("\\g<0>\n", xml))
    if not faults and _precious(xml) != _precious(source):
        faults.append(Fault(part, "", "et billede, en fodnote eller et sideskift står inde i et felt; flyt det ud."))
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source), faults


def property_source(part: str, root: "etree._Element") -> tuple[str, list[Fault]]:
    """The file's properties as Jinja source, each on a line of its own."""
    faults = [fault for item in root for fault in _badly_written(part, words_of(item))]
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    return re.sub(r"<(?=[a-z])", "\n<", xml), faults


def _faults_in(part: str, paragraph: "etree._Element") -> Iterator[Fault]:
    words = _words(paragraph)
    yield from _badly_written(part, words)
    for brackets, kind in _WHOLE.findall(words):
        if brackets == "{{" or kind in ("tc", "r"):
            yield Fault(part, excerpt(words), f"“{brackets}{kind}” er ikke tilladt; brug {{%p eller {{%tr.")
            return
        yield from _not_alone(part, paragraph, words, kind)


def _badly_written(part: str, words: str) -> Iterator[Fault]:
    dashed = _DASHED.search(words)
    if dashed:  # Jinja would take away the spaces beside it
        yield Fault(part, excerpt(words), f"“{dashed.group()}” er ikke tilladt: slet tegnet ved siden af klammen.")
    half = _HALF.search(_TAG.sub("", words))
    if half:
        yield Fault(part, excerpt(words), f"“{half.group()}” {_HALF_WRITTEN}")


def _not_alone(part: str, paragraph: "etree._Element", words: str, kind: str) -> Iterator[Fault]:
    """A {%p …%} takes its whole paragraph away and a {%tr …%} its whole row: nothing else may stand in it."""
    unit: etree._Element | None = paragraph
    if kind == "tr":
        unit = next(paragraph.iterancestors(f"{W}tr"), None)
    if unit is None:
        yield Fault(part, excerpt(words), "{%tr kan kun stå i en tabel; brug {%p.")
        return
    all_words = "".join(text.text or "" for text in unit.iter(f"{W}t"))
    if not _WHOLE_ONLY.fullmatch(all_words) or next(unit.iter(*_PRECIOUS), None) is not None:
        where = "afsnit" if kind == "p" else "en tabelrække"
        yield Fault(
            part, excerpt(all_words), f"{{%{kind} …%}} skal stå alene i sit eget {where}, ellers går resten tabt."
        )


def _words(paragraph: "etree._Element") -> str:
    """The paragraph's own words, without those of a text box that hangs in it."""
    return "".join(
        text.text or "" for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p"), None) is paragraph
    )


def _precious(xml: str) -> list[int]:
    return [len(re.findall(rf"<w:{name.removeprefix(W)}[ />]", xml)) for name in _PRECIOUS]


_DOCXTPL = DocxTemplate(io.BytesIO())
