"""Which bytes of a file a signature covers: all of them but its own /Contents (ISO 32000-2, 12.8.1)."""

import hashlib
import re
from dataclasses import dataclass

from pipeline.documents.seal import der

_LOWER_HEX = re.compile(rb"[0-9a-f]*")
_UPPER_HEX = re.compile(rb"[0-9A-F]*")
_DER_HEADER = 6


class BadByteRange(ValueError):
    """The range leaves out more than the signature's own value, or is not a range of this file."""


@dataclass(frozen=True)
class ByteRange:
    """The two stretches of a file around the value of /Contents.

    Args:
        gap_start: where the "<" of the value stands; everything before is signed.
        gap_end: just after its ">".
        end: just after the last signed byte.
    """

    gap_start: int
    gap_end: int
    end: int

    def covers_all_of(self, file: bytes) -> bool:
        """Whether nothing follows what is signed."""
        return self.end == len(file)

    def digest(self, file: bytes, hash_name: str) -> bytes:
        """The hash of what is signed."""
        view = memoryview(file)
        hashed = hashlib.new(hash_name, view[: self.gap_start])
        hashed.update(view[self.gap_end : self.end])
        return hashed.digest()

    def container(self, file: bytes) -> bytes:
        """The CMS in the gap, without its padding.

        Raises:
            BadByteRange: the gap is not one hexadecimal string, in one case throughout, with
                nothing but zeros after the CMS.
        """
        if file[self.gap_start : self.gap_start + 1] != b"<" or file[self.gap_end - 1 : self.gap_end] != b">":
            raise BadByteRange("the gap is not a hexadecimal string")
        written = file[self.gap_start + 1 : self.gap_end - 1]
        if len(written) % 2 or not (_LOWER_HEX.fullmatch(written) or _UPPER_HEX.fullmatch(written)):
            raise BadByteRange("hexadecimal digits of mixed kinds")
        value = bytes.fromhex(written.decode())
        size = _size_of_first_element(value)
        if value[size:].strip(b"\0"):
            raise BadByteRange("padding is not zeros")
        return value[:size]


def byte_range(numbers: list[int], file: bytes) -> ByteRange:
    """The range that a /ByteRange array describes.

    Raises:
        BadByteRange: not four numbers, not from the first byte on, overlapping or outside the file.
    """
    if len(numbers) != 4:
        raise BadByteRange("not four numbers")
    start, before, gap_end, after = numbers
    if start != 0 or not 0 < before < gap_end < gap_end + after <= len(file):
        raise BadByteRange("not two stretches of this file")
    return ByteRange(before, gap_end, gap_end + after)


def _size_of_first_element(value: bytes) -> int:
    if not value.startswith(bytes((der.SEQUENCE,))):
        raise BadByteRange("no CMS")
    first = value[1] if len(value) > 1 else 0
    octets = value[2 : 2 + (first & 0x7F)] if first > 0x7F else b""
    size = 2 + len(octets) + (int.from_bytes(octets, "big") if octets else first)
    if len(octets) > _DER_HEADER or size > len(value):
        raise BadByteRange("CMS cut short")
    return size
