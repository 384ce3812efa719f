"""The container: a zip that is written in one way only, so that a change anywhere in it is seen (ISO/IEC 21320-1)."""

import io
import re
import zipfile
from collections.abc import Mapping

from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.refusal import Refused

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX, _ORDINARY_FILE = 3, 0o644 << 16
_MOST_FILES = 200
_NAME = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9._-]*")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package; the same parts in the same order give the same bytes on any day and machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            facts = zipfile.ZipInfo(name, _FIXED_DATE)
            facts.create_system, facts.external_attr = _UNIX, _ORDINARY_FILE
            archive.writestr(facts, content)
    return buffer.getvalue()


def unpacked(file: bytes) -> dict[str, bytes]:
    """The parts of a package from outside, each byte of it accounted for.

    Raises:
        Refused: it is no package of ours, or anything in it was changed, added or moved.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            listed = archive.infolist()
            # Nothing is compressed, so what is unpacked is never larger than the file.
            if len(listed) > _MOST_FILES or any(one.compress_type != zipfile.ZIP_STORED for one in listed):
                raise Refused(Finding.EVIDENCE_UNREADABLE)
            for one in listed:
                parts[_accepted(one.filename, parts)] = archive.read(one)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as problem:
        raise Refused(Finding.EVIDENCE_UNREADABLE) from problem
    if packed(parts) != file:
        raise Refused(Finding.EVIDENCE_REPACKED)
    return parts


def _accepted(name: str, parts: Mapping[str, bytes]) -> str:
    if not _NAME.fullmatch(name) or name in parts:
        raise Refused(Finding.EVIDENCE_REPACKED)
    return name
