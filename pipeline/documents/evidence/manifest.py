"""What a file of evidence tells: its files with hashes, what happened with time zone, certificates and timestamps."""

from datetime import datetime

import msgspec

FORMAT = "hjemmetilsyn-bevis-1"
MANIFEST, SEAL = "bevis.json", "bevis.json.p7s"
"""The one names every other file by its SHA-256; the other is the municipality's seal over it."""
CERTIFICATES, REVOKED, DOCUMENTS = "certifikater/", "spaerrelister/", "dokumenter/"
ROOT = f"{CERTIFICATES}rod-"
"""A root comes along for others' programs; ours believes only the roots that it has itself."""


class ListedFile(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"name": "navn", "what": "hvad", "media_type": "medietype", "size": "bytes"},
):
    """One file of the package; `size` in bytes, `sha256` hexadecimal."""

    name: str
    what: str
    media_type: str
    size: int
    sha256: str


class Happened(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"at": "tid", "what": "hvad", "statement": "ordlyd"},
):
    """Something that happened; `at` with the offset of its time zone.

    Attributes:
        statement: the words inside the document where it is a signature there, else empty.
    """

    at: datetime
    what: str
    statement: str = ""


class Stamp(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"document": "dokument", "place": "sted", "at": "tid", "service": "tjeneste"},
):
    """A timestamp inside a document."""

    document: str
    place: str
    at: datetime
    service: str


class Manifest(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={
        "case_number": "sag",
        "municipality": "kommune",
        "made_at": "lavet",
        "time_zone": "tidszone",
        "fictional": "opdigtet",
        "files": "filer",
        "events": "haendelser",
        "timestamps": "tidsstempler",
    },
):
    """All of it.

    Attributes:
        fictional: the case is made up.
    """

    format: str
    case_number: str
    municipality: str
    made_at: datetime
    time_zone: str
    fictional: bool
    files: tuple[ListedFile, ...]
    events: tuple[Happened, ...]
    timestamps: tuple[Stamp, ...]


def encoded(manifest: Manifest) -> bytes:
    """As JSON that people can read too."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def decoded(raw: bytes) -> Manifest:
    """The inverse of `encoded`.

    Raises:
        ValueError: it is no such JSON.
    """
    manifest = msgspec.json.decode(raw, type=Manifest)
    if manifest.format != FORMAT:
        raise ValueError("another format")
    return manifest
