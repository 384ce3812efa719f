"""What a template must have for PDF/UA-1 and PDF/A-3a: each rule is broken alone, and the refusal names the place."""

import re

import pytest
from template_builder import BODY, CORE, STYLES, edited, paragraph, real, text_box, zipped
from whole_case import KINDS, TOOL

from pipeline.documents.merge.compiled import compile_template
from pipeline.documents.merge.lint import lint
from pipeline.documents.shapes import roots_of
from pipeline.errors import TemplateError

_DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Billede 3"{}/></wp:inline></w:drawing></w:r></w:p>'
)
_OLD_DRAWING = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="Logo 4"{}><v:imagedata/></v:shape></w:pict>'
    "</w:r></w:p>"
)
_TABLE = "<w:tbl><w:tr><w:trPr>{}</w:trPr><w:tc><w:p><w:r><w:t>Navn i tabel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
_BORDER = '<w:p><w:pPr><w:pBdr><w:top w:val="{}" w:sz="4"/></w:pBdr></w:pPr><w:r><w:t>Med streg</w:t></w:r></w:p>'
_LEVEL = '<w:lvl w:ilvl="8"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/></w:lvl></w:abstractNum>'
_TITLE_STYLE = '<w:name w:val="Title"/>'
_FONT = '<w:p><w:r><w:rPr><w:rFonts w:{}="{}"/></w:rPr><w:t>Pyntet</w:t></w:r></w:p>'


def _before_the_end(body: str) -> bytes:
    parts = real()
    document = parts[BODY].decode()
    end = document.rindex("<w:sectPr")
    return zipped(parts | {BODY: (document[:end] + body + document[end:]).encode()})


def _faults(template: bytes, kind: str = "tilsynsredskab") -> list[str]:
    try:
        lint(compile_template(template, roots_of(kind, TOOL)).package)
    except TemplateError as refusal:
        return str(refusal).split("\n")
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_templates_have_no_fault(kind: str) -> None:
    assert _faults(zipped(real(kind)), kind) == []


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        (_before_the_end(_BORDER.format("single")),
         "brødtekst (word/document.xml), ved “Med streg”: et afsnit har en ramme eller streg"),
        (edited(_TITLE_STYLE, f'{_TITLE_STYLE}<w:pPr><w:pBdr><w:top w:val="single"/></w:pBdr></w:pPr>', STYLES),
         "typografier (word/styles.xml), ved “typografien Title”: et afsnit har en ramme eller streg"),
        (edited("</w:abstractNum>", _LEVEL.format("\uf0b7"), "word/numbering.xml"),
         "punktopstillinger (word/numbering.xml): en punktopstilling bruger et Symbol-tegn"),
        (_before_the_end(paragraph("• Første punkt")),
         "brødtekst (word/document.xml), ved “• Første punkt”: et punkt er skrevet med tegn"),
        (_before_the_end(paragraph("- Første punkt")), "ved “- Første punkt”: et punkt er skrevet med tegn"),
        (_before_the_end(_DRAWING.format("")),
         "brødtekst (word/document.xml), ved “Billede 3”: et billede mangler alternativ tekst"),
        (_before_the_end(_DRAWING.format(' descr="  "')), "ved “Billede 3”: et billede mangler alternativ tekst"),
        (_before_the_end(_OLD_DRAWING.format("")), "ved “Logo 4”: et billede mangler alternativ tekst"),
        (_before_the_end(_TABLE.format("")),
         "brødtekst (word/document.xml), ved “Navn i tabel”: en tabel mangler overskriftsrække"),
        (_before_the_end(_TABLE.format('<w:tblHeader w:val="0"/>')), "ved “Navn i tabel”: en tabel mangler"),
        (_before_the_end(_FONT.format("ascii", "Comic Sans MS")),
         "brødtekst (word/document.xml), ved “Pyntet”: skrifttypen “Comic Sans MS” findes ikke på serveren"),
        (_before_the_end(_FONT.format("asciiTheme", "majorHAnsi").replace("</w:p>", "</w:p>")),
         "word/theme/theme1.xml (word/theme/theme1.xml): skrifttypen “Cambria” findes ikke på serveren"),
        (_before_the_end('<w:p><w:r><w:t>Tegn</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'),
         "ved “Tegn”: skrifttypen “Wingdings” findes ikke"),
        (edited('w:val="da-DK"', 'w:val="en-US"', STYLES),
         "typografier (word/styles.xml): sproget er ikke dansk; vælg dansk som standardsprog i Word."),
        (edited("{{ paper.title }}</dc:title>", " </dc:title>", CORE),
         "filens egenskaber (docProps/core.xml): titlen mangler"),
        (zipped({name: part for name, part in real().items() if name != CORE}),
         "filens egenskaber (docProps/core.xml): titlen mangler"),
        (zipped({name: part for name, part in real().items() if name != STYLES}), "sproget er ikke dansk"),
    ],
    ids=["border", "border in a style", "symbol bullet", "typed bullet", "typed dash", "picture", "blank alternative",
         "old picture", "no header row", "header row off", "font", "theme font", "sign of a font", "language", "title",
         "no properties", "no styles"],
)  # fmt: skip
def test_each_rule_alone_is_told_with_its_place(template: bytes, fault: str) -> None:
    (told,) = _faults(template)

    assert fault in told
    assert re.search(r"\([\w/\.]+\)", told), "no part"


@pytest.mark.parametrize(
    "body",
    [
        _BORDER.format("nil"),
        _BORDER.format("none"),
        _DRAWING.format(' descr="Kommunens byvåben"'),
        _OLD_DRAWING.format(' alt="Kommunens byvåben"'),
        _TABLE.format("<w:tblHeader/>"),
        _TABLE.format('<w:tblHeader w:val="1"/>'),
        _FONT.format("ascii", "Arial"),
        paragraph("-5 grader, 2-3 gange"),
        text_box("Boks"),
    ],
)
def test_what_only_looks_like_a_fault_is_accepted(body: str) -> None:
    assert _faults(_before_the_end(body)) == []
