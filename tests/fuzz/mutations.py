"""Honest forms made dishonest at random: the same seed gives the same file."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

_NUMBERS = [0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**32, 2**63, -(2**31), 10**12, 10**40]
_BYTES = [0, 1, 9, 10, 13, 32, 34, 38, 39, 40, 41, 47, 60, 62, 91, 92, 93, 127, 128, 255]
_ALWAYS = (2026, 1, 1, 12, 0, 0)
"""The moment at which every entry of a zip was written, so that a number gives the same file tomorrow."""

_MOST = 8
"""So many changes of one kind at once."""

Mutation = Callable[[bytes, random.Random], bytes]


def mutated(kind: str, seed: int, corpus: Sequence[bytes]) -> bytes:
    """One file.

    Args:
        kind: “pdf”, “docx” or “xlsx”.
        seed: which one.
        corpus: honest forms of that kind.
    """
    chance = random.Random(f"{kind}:{seed}")
    data = chance.choice(corpus)
    mutations = [*_ANY, *(_PDF if kind == "pdf" else _PACKAGE)]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(mutations)(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _piece(data: bytes, chance: random.Random, longest: int = 4096) -> bytes:
    start = _place(data, chance)
    return data[start : start + chance.randrange(1, longest)]


def flip_bits(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, _MOST) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def set_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, _MOST) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.choice(_BYTES)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    start = _place(data, chance)
    return data[:start] + data[start + len(_piece(data, chance)) :]


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def splice(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + _piece(data, chance) + data[at:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + _piece(data, chance, 64) * chance.randint(2, 500) + data[at:]


def fill(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes([chance.choice(_BYTES)]) * chance.randint(1, 5000) + data[at:]


def _entries(data: bytes) -> list[tuple[str, bytes]]:
    """The parts, or none where an earlier mutation left no package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [(entry.filename, package.read(entry)) for entry in package.infolist()]
    except Exception:  # as many kinds as there are ways to break a zip
        return []


def _packed(entries: Sequence[tuple[str, bytes]], data: bytes) -> bytes:
    if not entries:
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compresslevel=1) as package:
        for name, content in dict(entries).items():
            entry = zipfile.ZipInfo(name, _ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return target.getvalue()


def _in_part(change: Mutation) -> Mutation:
    """A mutation of what one part holds, packed again."""

    def apply(data: bytes, chance: random.Random) -> bytes:
        entries = _entries(data)
        if entries:
            heavy = [at for at, (name, _) in enumerate(entries) if _MAIN.search(name)]
            at = chance.choice(heavy if heavy and chance.random() < 0.7 else range(len(entries)))
            entries[at] = entries[at][0], change(entries[at][1], chance)
        return _packed(entries, data)

    return apply


_MAIN = re.compile(r"document\.xml|sheet\d+\.xml|custom\.xml|sharedStrings")


def drop_part(data: bytes, chance: random.Random) -> bytes:
    entries = _entries(data)
    if entries:
        del entries[chance.randrange(len(entries))]
    return _packed(entries, data)


def swap_parts(data: bytes, chance: random.Random) -> bytes:
    entries = _entries(data)
    if len(entries) > 1:
        one, other = chance.sample(range(len(entries)), 2)
        entries[one], entries[other] = (entries[one][0], entries[other][1]), (entries[other][0], entries[one][1])
    return _packed(entries, data)


def rename_part(data: bytes, chance: random.Random) -> bytes:
    entries = _entries(data)
    if entries:
        at = chance.randrange(len(entries))
        entries[at] = chance.choice(("/", "../x", "x" * 5000, "word/document.xml", "xl/workbook.xml", "a\0b")), b"x"
    return _packed(entries, data)


_TAG = re.compile(rb"<[^<>]{1,500}>")
_VALUE = re.compile(rb'"[^"<>]{0,200}"')
_INTEGER = re.compile(rb"\d{1,12}")


def _at_random(pattern: re.Pattern[bytes], data: bytes, chance: random.Random) -> re.Match[bytes] | None:
    """A match somewhere, without looking for all."""
    return pattern.search(data, _place(data, chance)) or pattern.search(data)


def _replace(pattern: re.Pattern[bytes], new: Callable[[bytes, random.Random], bytes]) -> Mutation:
    def apply(data: bytes, chance: random.Random) -> bytes:
        for _ in range(chance.randint(1, _MOST)):
            found = _at_random(pattern, data, chance)
            if found:
                data = data[: found.start()] + new(found.group(), chance) + data[found.end() :]
        return data

    return apply


def _other_number(_: bytes, chance: random.Random) -> bytes:
    return str(chance.choice(_NUMBERS)).encode()


def _other_value(old: bytes, chance: random.Random) -> bytes:
    return chance.choice(
        (b'""', old + b' x="y"', b'"&e;"', b'"' + b"A" * 70_000 + b'"', b'"1048576"', b'"-1"', b'"\xff"')
    )


def _other_tag(old: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", old * 2, old * 300, b"<x>" + old, b"</x>", b"<!--", b"<![CDATA[", b"<?x ?>", b"\0"))


def move_piece(pattern: re.Pattern[bytes]) -> Mutation:
    """One match put in the place of another."""

    def apply(data: bytes, chance: random.Random) -> bytes:
        one, other = _at_random(pattern, data, chance), _at_random(pattern, data, chance)
        if one and other:
            data = data[: one.start()] + other.group() + data[one.end() :]
        return data

    return apply


_ELEMENT = re.compile(rb"<w:(p|r|sdt|tbl)>.{0,3000}?</w:\1>|<c [^>]*>.{0,500}?</c>|<row [^>]*>.{0,3000}?</row>", re.S)
_OBJECT = re.compile(rb"\d+ 0 obj\b.{0,4000}?endobj", re.S)
_REFERENCE = re.compile(rb"\d+ 0 R\b")
_NAME = re.compile(rb"/[A-Za-z]{1,30}")
_STRING = re.compile(rb"\((?:[^()\\]|\\.){0,300}\)|<[0-9A-Fa-f]{2,2000}>")


def _other_name(_: bytes, chance: random.Random) -> bytes:
    names = (b"/Kids", b"/Parent", b"/V", b"/T", b"/Fields", b"/FT", b"/Opt", b"/Prev", b"/Length", b"/Encrypt", b"/x")
    return chance.choice(names)


def _other_reference(old: bytes, chance: random.Random) -> bytes:
    number = chance.choice((0, 1, 2, 3, 10, 100, 10**9))
    return chance.choice((b"%d 0 R" % number, b"null", b"[" + old * 50 + b"]", b"<<>>", b"()", b"true"))


def _other_string(old: bytes, chance: random.Random) -> bytes:
    return chance.choice(
        (b"(", b")", b"<", b"<zz>", b"(\\", b"(\xfe\xff\xd8\x00)", b"(" + b"x" * 70_000 + b")", b"7", b"[" + old)
    )


_ANY: tuple[Mutation, ...] = (flip_bits, set_bytes, cut, truncate, splice, repeat, fill)
_XML: tuple[Mutation, ...] = (
    flip_bits, set_bytes, cut, splice, repeat, truncate,
    _replace(_TAG, _other_tag), _replace(_VALUE, _other_value), _replace(_INTEGER, _other_number),
    move_piece(_TAG), move_piece(_ELEMENT), move_piece(_VALUE),
    _replace(_ELEMENT, lambda old, chance: old * chance.choice((0, 2, 3, 1000))),
)  # fmt: skip
_PACKAGE: tuple[Mutation, ...] = (*map(_in_part, _XML), *map(_in_part, _XML), drop_part, swap_parts, rename_part)
_PDF: tuple[Mutation, ...] = (
    _replace(_INTEGER, _other_number), _replace(_REFERENCE, _other_reference), _replace(_NAME, _other_name),
    _replace(_STRING, _other_string), move_piece(_REFERENCE), move_piece(_OBJECT), move_piece(_NAME),
    move_piece(_STRING), _replace(_OBJECT, lambda old, chance: old * chance.choice((0, 2, 50))),
)  # fmt: skip
