"""Every single byte of a sealed file matters: a changed one is always found."""

import random
import re

import pytest
from later_changes import archive_timestamped, co_signed
from sealed_documents import last_range

from pipeline.documents.seal.byte_ranges import BadByteRange
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.strict_cms import NotStrict, SignedContent, read_pdf_signature
from pipeline.documents.seal.timestamp_token import read_token
from pipeline.documents.seal.verification import Verdict

FLIPS = 1000
HEX = b"0123456789abcdef"


def flipped(file: bytes, at: int, value: int) -> bytes:
    return file[:at] + bytes((value,)) + file[at + 1 :]


def other_value(file: bytes, at: int, chance: random.Random) -> int:
    """In half the cases a value that looks right: a digit for a digit."""
    lookalikes = [value for value in HEX if value != file[at]]
    if file[at] in HEX and chance.random() < 0.5:
        return chance.choice(lookalikes)
    return file[at] ^ chance.randrange(1, 256)


def test_a_thousand_single_byte_changes_are_all_found(sealed: bytes, judge) -> None:
    chance = random.Random(85)
    covered = last_range(sealed)
    classes = {
        "the document": range(covered.gap_start),
        "the signature value, its padding and its brackets": range(covered.gap_start, covered.gap_end),
        "what follows the signature value": range(covered.gap_end, len(sealed)),
        "the last revision before the signature value": range(sealed.rindex(b"%%EOF", 0, -10), covered.gap_start),
    }
    missed = []
    for positions in classes.values():
        for _ in range(FLIPS // len(classes)):
            at = chance.choice(positions)
            value = other_value(sealed, at, chance)
            if judge(flipped(sealed, at, value)).verdict is Verdict.GOOD:
                missed.append((at, value))
    assert missed == []


def test_a_changed_digit_is_found_at_every_byte_of_the_container(sealed: bytes) -> None:
    """All of CMS, certificates and timestamp token; each byte with two of its possible changes."""
    container = last_range(sealed).container(sealed)
    genuine = read_pdf_signature(container)
    chance = random.Random(1)
    missed = [
        (at, mask)
        for at in range(len(container))
        for mask in (1 << chance.randrange(8), chance.randrange(1, 256))
        if still_accepted(flipped(container, at, container[at] ^ mask), genuine)
    ]
    assert missed == []


def test_every_value_of_the_bytes_that_name_algorithms_is_found(sealed: bytes) -> None:
    """The last number of each name and its parameters: where another value could mean the same algorithm."""
    container = last_range(sealed).container(sealed)
    genuine = read_pdf_signature(container)
    names = re.compile(rb"\x06\x09(?:\x2a\x86\x48\x86\xf7\x0d\x01\x01|\x60\x86\x48\x01\x65\x03\x04\x02)")
    ends = [match.end() for match in names.finditer(container)]
    assert len(ends) > 10
    missed = [
        (at, value)
        for end in ends
        for at in (end, end + 1, end + 2)
        for value in range(256)
        if value != container[at] and still_accepted(flipped(container, at, value), genuine)
    ]
    assert missed == []


def still_accepted(container: bytes, genuine: SignedContent) -> bool:
    """Whether the cheap checks alone would let the container pass for the same document."""
    try:
        signed = read_pdf_signature(container)
        token = read_token(signed.timestamp_token or b"")
        return signed.message_digest == genuine.message_digest and token.is_over(signed.signature)
    except (NotStrict, BadByteRange):
        return False


@pytest.mark.parametrize("mask", [0x20, 0x01, 0x80])
def test_every_byte_of_the_padding_and_its_end_is_looked_at(sealed: bytes, mask: int) -> None:
    covered = last_range(sealed)
    used = covered.gap_start + 1 + 2 * len(covered.container(sealed))
    for at in [covered.gap_start, *range(used, covered.gap_end)]:
        damaged = flipped(sealed, at, sealed[at] ^ mask)
        with pytest.raises(BadByteRange):
            covered.container(damaged)


@pytest.mark.parametrize("later", [co_signed, archive_timestamped])
def test_changes_are_found_in_files_with_later_revisions_too(
    sealed: bytes, services: DemoServices, judge, later
) -> None:
    file = later(sealed, services)
    assert judge(file).verdict is Verdict.GOOD
    chance = random.Random(2)
    first, last = last_range(sealed), last_range(file)
    for positions in (range(len(file)), range(first.gap_start, first.gap_end), range(last.gap_start, last.gap_end)):
        for _ in range(60):
            at = chance.choice(positions)
            assert judge(flipped(file, at, other_value(file, at, chance))).verdict is not Verdict.GOOD
