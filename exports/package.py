"""Files and what is told of them -> a BagIt package (RFC 8493), whole and checkable by anybody's tools.

Written here rather than by the Library of Congress's `bagit`, which changes the working folder of the whole process
while it makes a bag; the tests have it judge what is made here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exports.durable import make_folder, sync_folder, write_durably

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST, _TAG_MANIFEST, _INFO = "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"


@dataclass(frozen=True)
class Part:
    """A file of the package.

    Attributes:
        name: its path inside, of plain characters; never a person's name.
        content: its bytes, a chunk at a time; read once.
    """

    name: str
    content: Iterable[bytes]


@dataclass(frozen=True)
class Package:
    """A package in a folder.

    Attributes:
        sha256: of the list that holds the sums of all other lists, hexadecimal; it stands for the whole package.
    """

    folder: Path
    sha256: str
    info: Mapping[str, str]


def make_package(folder: Path, parts: Iterable[Part], info: Mapping[str, str]) -> Package:
    """Make a package; it is on the disk when this returns.

    Args:
        folder: is made; must not be there yet.
        parts: the files.
        info: labels and values that tell of the package, as RFC 8493 names them where it does.

    Raises:
        OSError: the disk refused.
    """
    make_folder(folder.parent)
    folder.mkdir(mode=0o700)
    sums, octets, count = [], 0, 0
    for part in parts:
        path = folder / "data" / part.name
        make_folder(path.parent)
        digest, size = write_durably(path, part.content)
        sums.append(f"{digest}  data/{part.name}\n")
        octets, count = octets + size, count + 1
    told = {**info, "Payload-Oxum": f"{octets}.{count}"}
    tags = {"bagit.txt": _DECLARATION, _INFO: _as_lines(told), _MANIFEST: "".join(sums)}
    digests = {name: write_durably(folder / name, [text.encode()])[0] for name, text in tags.items()}
    tag_sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    digest, _ = write_durably(folder / _TAG_MANIFEST, [tag_sums.encode()])
    for made in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(made)
    return Package(folder, digest, told)


def _as_lines(info: Mapping[str, str]) -> str:
    """One line for each label: a line break in a value would begin another label."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in info.items())


def read_info(folder: Path) -> dict[str, str]:
    """What is told of a package.

    Raises:
        OSError: there is none.
    """
    lines = (folder / _INFO).read_text(encoding="utf-8").splitlines()
    return {label: value for label, _, value in (line.partition(": ") for line in lines)}


def sum_of(folder: Path) -> bytes:
    """The list that stands for the whole package.

    Raises:
        OSError: there is none.
    """
    return (folder / _TAG_MANIFEST).read_bytes()
