"""An archive in a folder: a package is made beside the others under a name of its own and renamed when it is whole."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from exports.durable import make_folder, placed_once, sync_folder, write_durably
from exports.package import Part, make_package, read_info, sum_of
from exports.targets.contract import Receipt

_UNFINISHED = ".paa-vej-"


class ArchiveFolder:
    """See `Target`.

    Args:
        folder: holds a package in `pakker/` and its receipt in `kvitteringer/` for each key.
    """

    def __init__(self, folder: Path) -> None:
        self._packages, self._receipts = folder / "pakker", folder / "kvitteringer"

    @property
    def name(self) -> str:
        """See `Target`."""
        return "mappe"

    def held(self, key: str) -> Receipt | None:
        """See `Target`."""
        package = self._packages / key
        if not package.is_dir():
            return None
        receipt = Receipt(key, hashlib.sha256(sum_of(package)).hexdigest(), read_info(package))
        self._hand_out(receipt)
        return receipt

    def deliver(self, key: str, parts: Iterable[Part], info: Mapping[str, str]) -> Receipt:
        """See `Target`."""
        with placed_once(self._packages / key) as unfinished:
            make_package(unfinished, parts, info)
        receipt = self.held(key)
        if receipt is None:
            raise FileNotFoundError("the package is gone again")
        return receipt

    def _hand_out(self, receipt: Receipt) -> None:
        """Put the receipt beside the packages for whoever fetches them; also where a crash came before it."""
        make_folder(self._receipts)
        path = self._receipts / f"{receipt.reference}.json"
        if path.exists():
            return
        told = {"pakke": receipt.reference, "sha256": receipt.sha256, "oplysninger": dict(receipt.info)}
        fresh = path.with_name(f"{_UNFINISHED}{secrets.token_hex(4)}")
        write_durably(fresh, [json.dumps(told, ensure_ascii=False, indent=2).encode()])
        fresh.replace(path)
        sync_folder(self._receipts)
