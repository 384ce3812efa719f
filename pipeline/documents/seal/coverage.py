"""A quick look at a file just sealed: does the one signature cover all of it, and is it the right one?"""

import re

from pipeline.documents.seal.byte_ranges import BadByteRange, byte_range
from pipeline.documents.seal.strict_cms import NotStrict, read_pdf_signature

_BYTE_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]")


class NotCovered(ValueError):
    """The file on disk is not the one that was sealed, or the signature leaves a part of it out."""


def check_coverage(file: bytes) -> None:
    """Refuse a file whose last signature does not cover everything but its own value.

    This is no validation: neither trust nor revocation is looked at.

    Raises:
        NotCovered: see there.
    """
    at = file.rfind(b"/ByteRange ")
    found = _BYTE_RANGE.match(file, max(at, 0))
    if found is None:
        raise NotCovered("no byte range")
    try:
        covered = byte_range([int(number) for number in found.groups()], file)
        signed = read_pdf_signature(covered.container(file))
    except (BadByteRange, NotStrict) as problem:
        raise NotCovered(str(problem)) from problem
    if not covered.covers_all_of(file) or covered.digest(file, signed.digest.name) != signed.message_digest:
        raise NotCovered("not the whole file")
