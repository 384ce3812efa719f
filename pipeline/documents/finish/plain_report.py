"""A report of the plain kind is condensed before it is validated: the same file, with each glyph shown only once.

The validator's verdict on PDF/UA-1 is then the verdict on the report, since `plain_content` has seen that its pages
hold nothing else to judge, and PDF/A-3a follows from it and from what is looked at here. Both profiles ask for most of
the same: fonts, Unicode, structure. What PDF/A-3 asks for beyond that (colours, pictures, actions, attachments,
metadata, the file itself) can only be broken by something that a plain report does not have. A PDF says all it can do
with names, so a file that only uses `plain_names` has none of it; what it must have is looked for. Whatever is strange
is not thereby wrong: such a file is not condensed, and held against all of both profiles.
"""

import base64
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.parsers import expat

import pikepdf
from pikepdf import Pdf

from pipeline.documents.finish.metadata import Claim, DocumentFacts, information, metadata_packet, shortest_packet
from pipeline.documents.finish.plain_content import NotPlain, condensed
from pipeline.documents.finish.plain_names import DIGITS, NAMES
from pipeline.documents.finish.shorter_streams import with_streams
from pipeline.documents.finish.srgb_profile import srgb_profile

_HEAD = re.compile(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}\n")
_TAIL = re.compile(
    rb"xref\n0 \d+\n(?:\d{10} \d{5} [nf] \n)+"
    rb"trailer << [^>]*/ID \[(?:<[0-9a-f]{32}>){2}\][^>]*>>\nstartxref\n\d+\n%%EOF\n"
)
_STREAM = re.compile(rb"\n(\d+) 0 obj\n<<[^\n]*/Length (\d+)[^\n]*\nstream\n")
_STREAM_END = b"\nendstream\n"
_ELSEWHERE = re.compile(rb"/F(?:Filter|DecodeParms)?[ (<]")
_NAME = re.compile(rb"/[^\s/<>\[\]()]+")
_ROLES = re.compile(rb"/RoleMap <<([^<>]*)>>")
_FONT_NAME = re.compile(rb"/[A-Z]{6}\+[\w-]+")
_MOST_IN_A_NAME, _MOST_IN_A_STRING = 127, 32_767  # bytes; PDF/A-3 6.1.13
_WORDS = re.compile(rb"\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_ODD_CODES = re.compile(rb"<(?=[^< ])(?!(?:[0-9a-f]{2})*+>)")
_LONG_CODES = re.compile(rb"<[0-9a-f]{%d}" % (2 * _MOST_IN_A_STRING))
_PAGE_SIZE = re.compile(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]")
_SMALLEST_PAGE, _LARGEST_PAGE = 3.0, 14_400.0  # points; PDF/A-3 6.1.13
_FONT_ENTRIES = {"/BaseFont", "/FirstChar", "/LastChar", "/Widths"}
# PDF/A-3a 6.2.11.7.3: a code unit of the private areas (U+E000-F8FF, planes 15 and 16) at its place in UTF-16.
_PRIVATE = re.compile(
    rb"<(?:[0-9A-Fa-f]{4})*(?:[Ee][0-9A-Fa-f]{3}|[Ff][0-8][0-9A-Fa-f]{2}|[Dd][Bb][89A-Fa-f][0-9A-Fa-f])"
)


def condensed_report(file: Path) -> bytes:
    """The report with each glyph of each font shown once.

    Raises:
        NotPlain: it has something in it that a plain report does not have, or lacks what every one has.
    """
    content = file.read_bytes()
    try:
        with pikepdf.open(file) as pdf:
            streams = _streams(content)
            for strange in _strange(content, streams, pdf):
                raise NotPlain(strange)
            return _condensed(content, streams, pdf)
    except (pikepdf.PdfError, expat.ExpatError, AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise NotPlain(f"{type(error).__name__}: something is missing, or of another type") from error


def _streams(content: bytes) -> dict[int, slice]:
    """Where the bytes of each stream are, by the number of the object."""
    streams, at = {}, 0
    while found := _STREAM.search(content, at):
        at = found.end() + int(found[2])
        if not content.startswith(_STREAM_END, at) or _ELSEWHERE.search(content, found.start(), found.end()):
            raise NotPlain("a stream that is not as long as it says, or kept in another file")
        if content[at - 1 : at] == b"\r":
            raise NotPlain("a stream that ends in a carriage return, see `archivable`")
        streams[int(found[1])] = slice(found.end(), at)
    return streams


def _condensed(content: bytes, places: Mapping[int, slice], pdf: Pdf) -> bytes:
    """The file with less in the streams of its pages, in its metadata and in what is attached."""
    pages = [page.obj.Contents for page in pdf.pages]
    if len({page.obj.Resources.objgen for page in pdf.pages}) != 1:
        raise NotPlain("pages with fonts of their own")
    shown = condensed([page.read_bytes() for page in pages])
    streams = {page.objgen[0]: _packed(page, b"") for page in pages}
    streams[pages[0].objgen[0]] = _packed(pages[0], shown)
    streams |= {file.EF.F.objgen[0]: b"" for file in _attached(pdf)}
    streams[pdf.Root.Metadata.objgen[0]] = shortest_packet(_facts(pdf))
    return with_streams(content, streams, places)


def _packed(page: pikepdf.Object, drawn: bytes) -> bytes:
    """Bytes for a page's stream, packed as that is: the two ways are LibreOffice's and, round that, `archivable`'s."""
    packed = zlib.compress(drawn)
    if page.Filter == "/FlateDecode":
        return packed
    if list(page.Filter) == ["/ASCII85Decode", "/FlateDecode"]:
        return base64.a85encode(packed) + b"~>"
    raise NotPlain("a page that is packed in another way")


def _strange(content: bytes, streams: Mapping[int, slice], pdf: Pdf) -> Iterator[str]:
    objects = _without(streams, content)
    yield from _strange_in_objects(objects)
    yield from _strange_metadata(pdf)
    yield from _strange_colours(pdf)
    yield from _strange_fonts(pdf)
    yield from _strange_attachments(objects, pdf)


def _without(streams: Mapping[int, slice], content: bytes) -> bytes:
    starts = (0, *(place.stop for place in streams.values()))
    ends = (*(place.start for place in streams.values()), len(content))
    return b"".join(content[start:end] for start, end in zip(starts, ends, strict=True))


def _strange_in_objects(objects: bytes) -> Iterator[str]:
    bare = _WORDS.sub(b"()", objects)
    if not _HEAD.match(bare) or not _TAIL.fullmatch(bare, bare.rfind(b"xref\n0 ")):
        yield "head or end of the file"
    roles = _ROLES.search(bare)
    styles = roles[1] if roles else b""
    unknown = _names(bare) - NAMES - _names(styles)
    if max(map(len, styles.split()), default=0) > _MOST_IN_A_NAME or not all(map(_FONT_NAME.fullmatch, unknown)):
        yield "name"
    longest = max(map(len, _WORDS.findall(objects)), default=0)
    if longest > _MOST_IN_A_STRING or _LONG_CODES.search(bare) or _ODD_CODES.search(bare):
        yield "string"
    sizes = [float(size) for found in _PAGE_SIZE.finditer(bare) for size in found.groups()]
    if len(sizes) != 2 * bare.count(b"/MediaBox") or not all(_SMALLEST_PAGE <= x <= _LARGEST_PAGE for x in sizes):
        yield "size of page"


def _names(objects: bytes) -> set[bytes]:
    """The names without their digits: a thousand structure elements that only differ in these are looked at once."""
    return set(_NAME.findall(b"\n".join(set(objects.translate(None, DIGITS).split(b"\n")))))


def _strange_metadata(pdf: Pdf) -> Iterator[str]:
    """The packet must be the very one that is written for a report with this information dictionary."""
    info, facts = _information(pdf), _facts(pdf)
    packet = pdf.Root.Metadata.read_raw_bytes()
    if info != information(facts) or packet != metadata_packet(facts, Claim.PDF_A_3A):
        yield "metadata"
    expat.ParserCreate().Parse(packet, True)


def _information(pdf: Pdf) -> dict[str, str]:
    return {key: str(value) for key, value in pdf.docinfo.items()}


def _facts(pdf: Pdf) -> DocumentFacts:
    info = _information(pdf)
    created = datetime.strptime(info["/CreationDate"], "D:%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    return DocumentFacts(info["/Title"], info["/Subject"], info["/Author"], created, str(pdf.Root.Lang))


def _strange_colours(pdf: Pdf) -> Iterator[str]:
    [intent] = pdf.Root.OutputIntents
    if intent.S != "/GTS_PDFA1" or intent.DestOutputProfile.read_bytes() != srgb_profile():
        yield "colours"


def _strange_fonts(pdf: Pdf) -> Iterator[str]:
    resources = {page.obj.Resources.objgen: page.obj.Resources for page in pdf.pages}
    for each in resources.values():
        for font in each.Font.values():
            is_usual = font.Subtype == "/TrueType" and "/FontFile2" in font.FontDescriptor
            if not is_usual or not font.keys() >= _FONT_ENTRIES or _PRIVATE.search(font.ToUnicode.read_bytes()):
                yield "font"


def _strange_attachments(objects: bytes, pdf: Pdf) -> Iterator[str]:
    if b"/EF" not in objects and not {"/AF", "/Names"} & pdf.Root.keys():
        return  # a letter, with nothing attached
    associated = {each.objgen for each in pdf.Root.AF}
    for file in _attached(pdf):
        if not file.keys() >= {"/F", "/UF", "/AFRelationship"} or "/Subtype" not in file.EF.F:
            yield "attachment"
        if file.objgen not in associated:
            yield "attachment"


def _attached(pdf: Pdf) -> list[pikepdf.Object]:
    if "/Names" not in pdf.Root:
        return []
    return list(pdf.Root.Names.EmbeddedFiles.Names)[1::2]
