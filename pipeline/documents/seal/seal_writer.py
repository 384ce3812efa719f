"""Writes the seal's own revision at the end of a PDF, with room for the signature (ISO 32000-2, 12.8).

What is there already is not touched: the revision adds an invisible signature field, the permission that
later signatures may follow (DocMDP 2), an empty field for each of them where they are known, and the validation
data (ETSI EN 319 142-1, 5.4.2). The revision of such a later signature is written here too.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]  # asn1crypto ships no types
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation.dss import DocumentSecurityStore

from pipeline.documents.seal.algorithms import SHA256
from pipeline.documents.seal.byte_ranges import ByteRange
from pipeline.documents.seal.pages import widgets_on_pages
from pipeline.errors import StepFailed

SEAL_FIELD = "Segl"
_HEADER = b"%PDF-"
# Any letter of a name may be written as its hexadecimal code (ISO 32000-2, 7.3.5).
_WIDGET = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in b"Widget"))
_PDF_1_7 = (1, 7)


class TooLittleRoom(Exception):
    """The signature value turned out longer than the room kept for it."""


@dataclass(frozen=True)
class ValidationData:
    """What a reader needs to judge the seal years later; parsed once, written into many files.

    Args:
        certificates: seal, timestamp service and what lies between them and the root.
        crls: the lists of revoked certificates that cover them.
    """

    certificates: tuple[asn1_x509.Certificate, ...]
    crls: tuple[asn1_crl.CertificateList, ...]


@dataclass(frozen=True)
class Unsigned:
    """A file that is complete but for the signature value.

    Args:
        buffer: the file.
        digest: SHA-256 of all that will be signed.
        byte_range: where the room for the value is.
    """

    buffer: BytesIO
    digest: bytes
    byte_range: ByteRange

    def filled(self, container: bytes) -> bytes:
        """The finished file.

        Raises:
            TooLittleRoom: the container does not fit.
        """
        room = self.byte_range.gap_end - self.byte_range.gap_start - 2
        if len(container) * 2 > room:
            raise TooLittleRoom
        self.buffer.seek(self.byte_range.gap_start + 1)
        self.buffer.write(container.hex().encode())
        return self.buffer.getvalue()


class _MetadataKeepingWriter(IncrementalPdfFileWriter):
    """Leaves the XMP packet byte for byte as it was, so that its PDF/A and PDF/UA claims stay as checked."""

    def _update_meta(self) -> None:
        pass


def parsed_validation_data(certificates: Sequence[bytes], crls: Sequence[bytes]) -> ValidationData:
    """Validation data from DER, each item once."""
    return ValidationData(
        tuple(asn1_x509.Certificate.load(certificate) for certificate in dict.fromkeys(certificates)),
        tuple(asn1_crl.CertificateList.load(crl) for crl in dict.fromkeys(crls)),
    )


@dataclass(frozen=True)
class Revision:
    """What one signature's revision says.

    Args:
        reason: Danish, shown by PDF readers as the reason for the signature.
        claimed_time: our own clock's.
        room: bytes kept for the CMS.
        validation_data: None leaves it out, for measurements.
    """

    reason: str
    claimed_time: datetime
    room: int
    validation_data: ValidationData | None


def write_unsigned(source: bytes, revision: Revision, places: Sequence[str] = ()) -> Unsigned:
    """The file with the seal's revision added and room for its CMS.

    Args:
        source: the finished file.
        revision: what the seal says.
        places: names of the empty signature fields that are kept for later signers.

    Raises:
        StepFailed: the file is no PDF, is encrypted, has form fields or is signed already.
    """
    with _only_readable():
        writer = _open(source)
        _refuse_unfit(writer.prev, source)
        for place in places:
            append_signature_field(writer, SigFieldSpec(place))
        permission = SigMDPSetup(md_algorithm=SHA256.name, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
        return _added(writer, SEAL_FIELD, revision, permission)


def write_signature(source: bytes, place: str, revision: Revision, *, is_last: bool) -> Unsigned:
    """The sealed file with a signature's revision added and room for its CMS.

    Args:
        source: a file that `write_unsigned` kept the place in.
        place: name of the empty field.
        revision: what the signature says.
        is_last: it locks the file: no further signature is foreseen (ISO 32000-2, 12.8.2.4).

    Raises:
        StepFailed: the file is no such file, or the place is taken.
    """
    with _only_readable():
        writer = _open(source)
        empty = {name for name, _, _ in enumerate_sig_fields(writer.prev, filled_status=False)}
        if place not in empty or "/Perms" not in writer.prev.root:
            raise StepFailed(
                "Der kan ikke skrives under her, fordi pladsen til underskriften mangler eller er brugt. "
                "Åbn dokumentet igen fra sagen.",
                permanent=True,
            )
        lock = FieldMDPSpec(FieldMDPAction.ALL) if is_last else None
        return _added(writer, place, revision, SigMDPSetup(md_algorithm=SHA256.name, field_lock=lock))


@contextmanager
def _only_readable() -> Iterator[None]:
    try:
        yield
    except (PdfError, SigningError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise StepFailed(
            "Dokumentet kan ikke forsegles, fordi PDF-filen ikke kan læses. Dan dokumentet igen.", permanent=True
        ) from problem


def _open(source: bytes) -> _MetadataKeepingWriter:
    if not source.startswith(_HEADER):
        raise ValueError("no PDF header")
    # ISO 19005-3, 6.1.9: an object begins on a line of its own, also the first one of our revision.
    ended = source if source.endswith((b"\n", b"\r")) else source + b"\n"
    return _MetadataKeepingWriter(BytesIO(ended))


def _refuse_unfit(reader: PdfFileReader, source: bytes) -> None:
    if reader.encrypted:
        raise StepFailed(
            "Dokumentet kan ikke forsegles, fordi PDF-filen er krypteret. Dan dokumentet igen.", permanent=True
        )
    root = reader.root
    if "/Perms" in root or "/DSS" in root or next(enumerate_sig_fields(reader, filled_status=True), None):
        raise StepFailed(
            "Dokumentet er allerede underskrevet eller forseglet og kan ikke forsegles igen. "
            "Forsegl den oprindelige PDF-fil.",
            permanent=True,
        )
    if "/AcroForm" in root or _has_widgets(reader, source):
        raise StepFailed(
            "Dokumentet har felter, der kan udfyldes, og kan derfor ikke forsegles. "
            "Fjern felterne fra skabelonen, og dan dokumentet igen.",
            permanent=True,
        )


def _has_widgets(reader: PdfFileReader, source: bytes) -> bool:
    """A form field's box that is in no field list: prepared to be brought to life after the seal.

    Walking the pages costs as much as all the rest of the seal. Where nothing is compressed away in
    object streams, a file without the word has no such box.
    """
    may_have = reader.has_xref_stream or _WIDGET.search(source) is not None
    return may_have and next(widgets_on_pages(reader.root), None) is not None


def _added(writer: _MetadataKeepingWriter, field: str, revision: Revision, rules: SigMDPSetup) -> Unsigned:
    writer.ensure_output_version(version=_PDF_1_7)  # type: ignore[no-untyped-call]  # pyHanko leaves it so
    writer.register_extension(ESIC_EXTENSION_1)
    data = revision.validation_data
    if data is not None:
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=data.certificates, crls=data.crls)
    steps = PdfCMSEmbedder(SigFieldSpec(field)).write_cms(field, writer)
    next(steps)
    placeholder = SignatureObject(
        timestamp=revision.claimed_time,
        subfilter=SigSeedSubFilter.PADES,
        reason=revision.reason,
        bytes_reserved=revision.room * 2,
    )
    steps.send(SigObjSetup(placeholder, mdp_setup=rules))
    prepared, buffer = steps.send(SigIOSetup(md_algorithm=SHA256.name, in_place=True))
    gap = ByteRange(prepared.reserved_region_start, prepared.reserved_region_end, buffer.getbuffer().nbytes)
    return Unsigned(buffer, prepared.document_digest, gap)
