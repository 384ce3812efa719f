"""Writes a file of evidence: everything it holds is named by hash in one list, and the list is sealed."""

import hashlib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.danish import COPENHAGEN
from pipeline.documents.evidence.how_to import HOW_TO, how_to
from pipeline.documents.evidence.manifest import (
    CERTIFICATES,
    DOCUMENTS,
    FORMAT,
    MANIFEST,
    REVOKED,
    ROOT,
    SEAL,
    Happened,
    ListedFile,
    Manifest,
    Stamp,
    encoded,
)
from pipeline.documents.evidence.package import packed
from pipeline.documents.kinds import PDF
from pipeline.documents.render import Seals
from pipeline.documents.seal.certificates import common_name, read_certificate
from pipeline.documents.seal.sealer import CheckedWith
from pipeline.documents.seal.statements import statements

_TEXT, _PEM, _CRL = "text/plain", "application/x-pem-file", "application/pkix-crl"
_SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Part:
    """A file that goes in.

    Attributes:
        name: without a folder, in letters that every file system has.
        what: it is, in Danish.
    """

    name: str
    what: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Evidence:
    """What a file of evidence is made of.

    Attributes:
        documents: the signed ones first.
        events: oldest first.
    """

    case_number: str
    municipality: str
    fictional: bool
    made_at: datetime
    documents: Sequence[Part]
    events: Sequence[Happened]


def evidence_file(evidence: Evidence, sealer: Seals) -> bytes:
    """The file.

    Raises:
        StepFailed: it could not be sealed; worth another try later.
    """
    parts = list(_parts(evidence, sealer.checked_with()))
    parts.append(Part(_SUMS, "Kontroltal for de andre filer", _TEXT, _sums(parts)))
    manifest = encoded(
        Manifest(
            format=FORMAT,
            case_number=evidence.case_number,
            municipality=evidence.municipality,
            made_at=evidence.made_at.astimezone(COPENHAGEN),
            time_zone=COPENHAGEN.key,
            fictional=evidence.fictional,
            files=tuple(_listed(part) for part in parts),
            events=tuple(evidence.events),
            timestamps=tuple(_stamps(evidence.documents)),
        )
    )
    files: Mapping[str, bytes] = {part.name: part.content for part in parts}
    return packed({**files, MANIFEST: manifest, SEAL: sealer.seal_beside(manifest)})


def _parts(evidence: Evidence, checked: CheckedWith) -> Iterator[Part]:
    yield Part(HOW_TO, "Sådan kontrolleres beviset", _TEXT, how_to(evidence.documents[0].name).encode())
    for part in evidence.documents:
        yield Part(f"{DOCUMENTS}{part.name}", part.what, part.media_type, part.content)
    for number, root in enumerate(checked.roots, start=1):
        yield Part(f"{ROOT}{number}.pem", f"Rodcertifikat: {_subject(root)}", _PEM, _pem(root))
    for number, certificate in enumerate(checked.certificates, start=1):
        yield Part(
            f"{CERTIFICATES}certifikat-{number}.pem", f"Certifikat: {_subject(certificate)}", _PEM, _pem(certificate)
        )
    for number, crl in enumerate(checked.crls, start=1):
        yield Part(f"{REVOKED}liste-{number}.crl", "Liste over spærrede certifikater", _CRL, crl)


def _listed(part: Part) -> ListedFile:
    return ListedFile(
        name=part.name,
        what=part.what,
        media_type=part.media_type,
        size=len(part.content),
        sha256=hashlib.sha256(part.content).hexdigest(),
    )


def _stamps(documents: Sequence[Part]) -> Iterator[Stamp]:
    for part in documents:
        if part.media_type == PDF and part is documents[0]:
            for one in statements(part.content):
                if one.time:
                    at = one.time.astimezone(COPENHAGEN)
                    yield Stamp(
                        document=f"{DOCUMENTS}{part.name}", place=one.place, at=at, service=one.timestamp_service
                    )


def _subject(der: bytes) -> str:
    return common_name(read_certificate(der))


def _pem(der: bytes) -> bytes:
    return ssl.DER_cert_to_PEM_cert(der).encode()


def _sums(parts: Sequence[Part]) -> bytes:
    """As sha256sum reads them."""
    lines = (f"{hashlib.sha256(part.content).hexdigest()}  {part.name}\n" for part in parts)
    return "".join(lines).encode()
