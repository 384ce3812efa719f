"""Word templates for the tests: copies of the real ones with something changed, and a small one to put things into."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from whole_case import TOOL

from pipeline.documents.word_template import WordTemplate, newest_template

BODY, CORE, STYLES = "word/document.xml", "docProps/core.xml", "word/styles.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEEP = "<w:p><w:r><w:t>Overskrift</w:t></w:r></w:p>"


@cache
def _real(kind: str) -> dict[str, bytes]:
    with zipfile.ZipFile(newest_template(TOOL, kind).path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def real(kind: str = "tilsynsredskab") -> dict[str, bytes]:
    """The parts of a shipped template."""
    return dict(_real(kind))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def edited(old: str, new: str, part: str = BODY, kind: str = "tilsynsredskab") -> bytes:
    """A shipped template with one place changed; the place has to be there."""
    parts = real(kind)
    text = parts[part].decode()
    assert old in text, f"{old!r} does not stand in {part}"
    return zipped(parts | {part: text.replace(old, new, 1).encode()})


def paragraph(words: str) -> str:
    """A paragraph with these words."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def small(body: str = "", /, **parts: str | bytes) -> bytes:
    """The fewest parts that are a Word file, with a heading and these paragraphs; `parts` come beside or in place."""
    whole = {
        name: content for name, content in real().items() if name in ("[Content_Types].xml", "_rels/.rels", BODY, CORE)
    }
    document = whole[BODY].decode()
    start, end = document.index("<w:body>") + len("<w:body>"), document.rindex("<w:sectPr")
    whole[BODY] = (document[:start] + _KEEP + body + document[end:]).encode()
    whole |= {name: text.encode() if isinstance(text, str) else text for name, text in parts.items()}
    return zipped(whole)


def written_to(folder: Path, data: bytes, kind: str = "tilsynsredskab") -> WordTemplate:
    """A template file with the facts of the shipped one."""
    path = folder / "skabelon.docx"
    path.write_bytes(data)
    return replace(newest_template(TOOL, kind), path=path)


def relations(*lines: str) -> str:
    """A .rels part."""
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'


def relation(kind: str, target: str, more: str = 'TargetMode="External"') -> str:
    """One relation; `kind` is the last word of its type."""
    return f'<Relationship Id="rId900" Type="{_R}/{kind}" Target="{target}" {more}/>'


def text_box(words: str) -> str:
    """A text box as Word writes it: drawn for new programs, and once more in VML for old ones."""
    inside = f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"
    return (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice Requires='wps' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
        "<w:drawing><wp:anchor xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
        "<wp:docPr id='7' name='Tekstfelt 7' descr='Tekstfelt'/>"
        "<a:graphic xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
        "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' alt='Tekstfelt'>"
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _in_root(part: str, root: str) -> Callable[[str], bytes]:
    return lambda words: small(**{part: f"<w:{root} {_W}>{paragraph(words)}</w:{root}>"})


def _in_note(words: str) -> bytes:
    note = f'<w:footnotes {_W}><w:footnote w:id="2">{paragraph(words)}</w:footnote></w:footnotes>'
    return small(**{"word/footnotes.xml": note})


def _in_property(words: str) -> bytes:
    core = real()[CORE].decode()
    return small(
        **{CORE: re.sub(r"(<dc:subject>).*?(</dc:subject>)", r"\g<1>MARK\2", core).replace("MARK", escape(words))}
    )


def _in_settings(words: str) -> bytes:
    quoted = escape(words, {'"': "&quot;"})
    variable = f'<w:docVars><w:docVar w:name="x" w:val="{quoted}"/></w:docVars></w:settings>'
    return small(**{"word/settings.xml": real()["word/settings.xml"].decode().replace("</w:settings>", variable)})


def _in_custom(words: str) -> bytes:
    return small(
        **{"docProps/custom.xml": f'<Properties><property name="x"><v>{escape(words)}</v></property></Properties>'}
    )


def _in_chart(words: str) -> bytes:
    return small(**{"word/charts/chart1.xml": f"<chart><v>{escape(words)}</v></chart>"})


MERGED_PLACES: dict[str, Callable[[str], bytes]] = {
    "word/document.xml": lambda words: small(paragraph(words)),
    "word/header1.xml": _in_root("word/header1.xml", "hdr"),
    "word/footer1.xml": _in_root("word/footer1.xml", "ftr"),
    "word/footnotes.xml": _in_note,
    "docProps/core.xml": _in_property,
    "word/document.xml, tekstboks": lambda words: small(text_box(words)),
}
"""Where slots are merged, by the part's name: words in, template out."""

CARRIED_PLACES: dict[str, Callable[[str], bytes]] = {
    "word/comments.xml": _in_root("word/comments.xml", "comments"),
    "word/settings.xml": _in_settings,
    "docProps/custom.xml": _in_custom,
    "word/charts/chart1.xml": _in_chart,
}
"""Where no slots are merged."""
