"""Letters on paper: each lies in a folder with its address, from where the municipality prints and posts it."""

import json
from pathlib import Path

from exports.durable import make_folder, placed_once, sync_folder, write_durably
from exports.post.contract import Letter

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
        with placed_once(target) as unfinished:
            _write(unfinished, letter)


def _write(folder: Path, letter: Letter) -> None:
    make_folder(folder)
    write_durably(folder / f"brev{_ENDINGS.get(letter.media_type, '.bin')}", letter.content)
    address = {"titel": letter.title, "til": list(letter.to), "sha256": letter.sha256}
    write_durably(folder / "adresse.json", [json.dumps(address, ensure_ascii=False, indent=2).encode()])
    sync_folder(folder)
