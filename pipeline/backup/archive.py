"""The file that a backup is: a plain tar file whose last parts vouch for every byte before them.

    hoved.json | raekker/… | filer/… | manifest.sha256 | manifest.mac

The manifest is as `sha256sum` writes it, so that a copy can be looked over without our program. Headers are written
in one way only and read in no other; what lies between the parts is zeros. So there is no byte that may be changed.
"""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Protocol

from pipeline.backup.refusals import BackupDamaged
from pipeline.vault.mac_key import MacKey

CHUNK_BYTES = 1024 * 1024
MANIFEST, MAC = "manifest.sha256", "manifest.mac"
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_KEPT_IN_MEMORY = 1024 * 1024
_SAYS = b"hjemmetilsyn-backup-1 "


class Target(Protocol):
    """Where the backup goes to."""

    def write(self, data: bytes, /) -> object:
        """Take all of them."""


class ArchiveWriter:
    """Writes parts one after the other; made by `writing`."""

    def __init__(self, target: Target, manifest: IO[bytes]) -> None:
        self._target, self._manifest = target, manifest

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """Write one part.

        Raises:
            OSError: the chunks came to another size; the backup must be given up.
        """
        digest = self._put(name, size, chunks)
        self._manifest.write(_line(name, digest))

    def finish(self, key: MacKey) -> None:
        """Write what vouches for the parts."""
        size = self._manifest.tell()
        self._manifest.seek(0)
        digest = self._put(MANIFEST, size, iter(lambda: self._manifest.read(CHUNK_BYTES), b""))
        mac = _mac(key, digest)
        self._put(MAC, len(mac), [mac])
        self._target.write(_END)

    def _put(self, name: str, size: int, chunks: Iterable[bytes]) -> str:
        self._target.write(_header(name, size))
        digest, put = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            put += len(chunk)
            self._target.write(chunk)
        if put != size:
            raise OSError("a file changed while it was copied")
        self._target.write(bytes(_padding(size)))
        return digest.hexdigest()


@contextmanager
def writing(target: Target, key: MacKey) -> Iterator[ArchiveWriter]:
    """An archive to write into that is vouched for at the end, unless an error came first."""
    with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY) as manifest:  # hashes and random names, nothing about anyone
        archive = ArchiveWriter(target, manifest)
        yield archive
        archive.finish(key)


class Part:
    """A part that is being read, once.

    Attributes:
        name: as it was written.
        size: in bytes.
    """

    def __init__(self, name: str, size: int, file: BinaryIO) -> None:
        self.name, self.size = name, size
        self._file, self._left, self._digest = file, size, hashlib.sha256()

    def chunks(self) -> Iterator[bytes]:
        """What of it has not been read yet."""
        while self._left:
            chunk = _read(self._file, min(self._left, CHUNK_BYTES))
            self._left -= len(chunk)
            self._digest.update(chunk)
            yield chunk

    def content(self) -> bytes:
        """All of it, for parts that are known to be small."""
        return b"".join(self.chunks())

    def end(self) -> str:
        """Read past it; returns the SHA-256 of all of it."""
        for _ in self.chunks():
            pass
        if any(_read(self._file, _padding(self.size))):
            raise BackupDamaged("der står noget mellem delene")
        return self._digest.hexdigest()


def read_archive(file: BinaryIO, key: MacKey) -> Iterator[Part]:
    """The parts in order; only when the last has come and no error is any of them vouched for.

    Args:
        file: at its beginning.
        key: what the backup must be vouched for with.

    Raises:
        BackupDamaged: a byte is not as it was written.
    """
    said = hashlib.sha256()
    while (part := _next(file)).name != MANIFEST:
        yield part
        said.update(_line(part.name, part.end()))
    _check_end(file, part, said.hexdigest(), key)


def _check_end(file: BinaryIO, manifest: Part, digest: str, key: MacKey) -> None:
    if manifest.end() != digest:
        raise BackupDamaged("indholdet passer ikke til fortegnelsen")
    mac = _next(file)
    if mac.name != MAC or mac.size != len(_mac(key, digest)) or mac.content() != _mac(key, digest):
        raise BackupDamaged("den er ikke kontrolleret med jeres nøgle")
    mac.end()
    if _read(file, len(_END)) != _END or file.read(1):
        raise BackupDamaged("den slutter ikke, hvor den skal")


def _next(file: BinaryIO) -> Part:
    header = _read(file, _BLOCK)
    try:
        info = tarfile.TarInfo.frombuf(header, "ascii", "strict")
        if info.size >= 0 and header == _header(info.name, info.size):
            return Part(info.name, info.size, file)
    except (tarfile.HeaderError, ValueError):
        pass
    raise BackupDamaged("den begynder ikke som en, eller den er ændret")


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def _read(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise BackupDamaged("den er skåret af")
    return data


def _padding(size: int) -> int:
    return -size % _BLOCK


def _line(name: str, digest: str) -> bytes:
    return f"{digest}  {name}\n".encode()


def _mac(key: MacKey, digest: str) -> bytes:
    return key.of(_SAYS + digest.encode()).hex().encode() + b"\n"
