"""Style, scripts, icons and fonts, read once, compressed once, and named by what they hold.

The address of a file carries a digest of the whole folder. It may therefore be kept by a browser for a year, and what a
style sheet asks for by a relative address (fonts, icons) is named in the same way without a line of code.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""Only these are handed out; licences and notes stand beside them."""
_ALREADY_SMALL = {".woff2"}
_DIGITS = 12


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent.

    Attributes:
        gzipped: the same, compressed; empty where that saves nothing.
    """

    content: bytes
    gzipped: bytes
    media_type: str


class StaticFiles:
    """All files below a folder.

    Args:
        folder: its layout is the layout of the addresses.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        found = sorted(path for path in folder.rglob("*") if path.suffix in _TYPES)
        self._files = {path.relative_to(folder).as_posix(): _read(path) for path in found}
        together = hashlib.sha256()
        for name, file in self._files.items():
            together.update(name.encode() + hashlib.sha256(file.content).digest())
        self.digest = together.hexdigest()[:_DIGITS]

    def find(self, name: str) -> StaticFile | None:
        """The file of this name, if it is one of ours."""
        return self._files.get(name)

    def __getitem__(self, name: str) -> StaticFile:
        return self._files[name]


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    # mtime=0: the same file gives the same bytes in every process.
    small = b"" if path.suffix in _ALREADY_SMALL else gzip.compress(content, 9, mtime=0)
    return StaticFile(content, small if len(small) < len(content) else b"", _TYPES[path.suffix])
