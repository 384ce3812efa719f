"""Makes the small documents the seal is tested on, and seals them by hand where a test needs full control."""

import hashlib
import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
from asn1crypto import algos, tsp

from pipeline.documents.seal.byte_ranges import ByteRange, byte_range
from pipeline.documents.seal.seal_writer import Revision, ValidationData, write_unsigned
from pipeline.documents.seal.signed_data import DATA, CmsSigner
from pipeline.documents.seal.timestamp_authority import TimestampAuthority

XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 pdfaid:part="3" pdfaid:conformance="A"/></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
ATTACHED = b"PK\x03\x04 svar \xc3\xa6\xc3\xb8\xc3\xa5"


def open_small_pdf(pages: int = 2) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[number].Contents = pdf.make_stream(b"0 0 m 100 %d l S %% Tilsyn" % (number * 10))
    pdf.Root.Lang = pikepdf.String("da-DK")
    pdf.Root.Metadata = pdf.make_stream(XMP, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    attached = pikepdf.AttachedFileSpec(
        pdf, ATTACHED, filename="svar.xlsx", relationship=pikepdf.Name.Source, mime_type="application/vnd.ms-excel"
    )
    pdf.attachments["svar.xlsx"] = attached
    pdf.Root.AF = pikepdf.Array([pdf.attachments["svar.xlsx"].obj])
    return pdf


def small_pdf(pages: int = 2) -> bytes:
    return saved(open_small_pdf(pages))


def saved(pdf: pikepdf.Pdf, *, compressed: bool = False) -> bytes:
    buffer = BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
    pdf.save(buffer, object_stream_mode=mode, static_id=True)
    return buffer.getvalue()


def last_range(file: bytes) -> ByteRange:
    numbers = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", file)[-1]
    return byte_range([int(number) for number in numbers], file)


def with_container(file: bytes, container: bytes) -> bytes:
    """The file with another CMS in the last signature's gap."""
    covered = last_range(file)
    room = covered.gap_end - covered.gap_start - 2
    value = container.hex().encode().ljust(room, b"0")
    assert len(value) == room
    return file[: covered.gap_start + 1] + value + file[covered.gap_end - 1 :]


def token_over(authority: TimestampAuthority, data: bytes) -> bytes:
    return tsp.TimeStampResp.load(authority.answer(timestamp_request(data)))["time_stamp_token"].dump()


def timestamp_request(data: bytes, *, nonce: int | None = 7, certificate: bool = True) -> bytes:
    request = {
        "version": 1,
        "message_imprint": {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": hashlib.sha256(data).digest(),
        },
        "cert_req": certificate,
    }
    return tsp.TimeStampReq(request if nonce is None else request | {"nonce": nonce}).dump()


def sealed_by_hand(
    source: bytes, signer: CmsSigner, authority: TimestampAuthority | None, data: ValidationData | None
) -> bytes:
    """A seal whose every part the test has chosen."""
    unsigned = write_unsigned(source, Revision("Prøve", datetime.now(UTC), 8000, data))
    attributes = signer.signed_attributes(DATA, unsigned.digest)
    signature = signer.sign(attributes)
    token = token_over(authority, signature) if authority else None
    return unsigned.filled(signer.package(attributes, signature, timestamp_token=token))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
