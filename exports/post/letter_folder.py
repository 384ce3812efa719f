"""Letters on paper: each lies in a folder with its address, from where the municipality prints and posts it."""

import json
import secrets
import shutil
from pathlib import Path

from exports.durable import make_folder, sync_folder, write_durably
from exports.post.contract import Letter

_UNFINISHED = ".paa-vej-"
_ENDINGS = {"application/pdf": ".pdf"}


class LetterFolder:
    """See `Channel`.

    Args:
        folder: holds a folder for each letter: the document and `adresse.json`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, key: str, letter: Letter) -> None:
        """See `Channel`."""
        target = self._folder / key
        if target.is_dir():
            return
        make_folder(self._folder)
        for left_behind in self._folder.glob(f"{_UNFINISHED}{key}-*"):
            shutil.rmtree(left_behind, ignore_errors=True)  # somebody else may be clearing it too
        unfinished = self._folder / f"{_UNFINISHED}{key}-{secrets.token_hex(4)}"
        try:
            _write(unfinished, letter)
            self._put_in_place(unfinished, target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _put_in_place(self, unfinished: Path, target: Path) -> None:
        try:
            unfinished.rename(target)
        except OSError:
            if not target.is_dir():  # a folder with something in it is never replaced: it was sent meanwhile
                raise
        sync_folder(self._folder)


def _write(folder: Path, letter: Letter) -> None:
    make_folder(folder)
    write_durably(folder / f"brev{_ENDINGS.get(letter.media_type, '.bin')}", letter.content)
    address = {"titel": letter.title, "til": list(letter.to), "sha256": letter.sha256}
    write_durably(folder / "adresse.json", [json.dumps(address, ensure_ascii=False, indent=2).encode()])
    sync_folder(folder)
