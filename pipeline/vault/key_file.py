"""The key file on disk: JSON that only its owner may read, and that is whole or refused."""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.errors import KeyringError
from pipeline.vault.private_file import write_private
from pipeline.vault.secret import Secret

_FORMAT = "hjemmetilsyn-noeglering-1"
_MOST_BYTES = 1024 * 1024
_LAST_GENERATION = 2**32 - 1
"""A generation is four bytes in a sealed value."""

Stamp = tuple[int, int, int]
"""By what a file is known to be the one that was read: inode, time of change in nanoseconds, size."""


@dataclass(frozen=True)
class Keys:
    """What the key file holds.

    Attributes:
        masters: master keys by generation; the highest is the active one.
        blind_index: what a CPR number is found by.
        audit: what the audit log, its anchor and the list of destroyed keys are vouched for with.
    """

    masters: Mapping[int, Secret] = field(repr=False)
    blind_index: Secret = field(repr=False)
    audit: Secret = field(repr=False)

    @property
    def active(self) -> int:
        """The generation that new keys are wrapped with."""
        return max(self.masters)


def first_keys() -> Keys:
    """New random keys, of generation 1."""
    return Keys(MappingProxyType({1: Secret.fresh()}), Secret.fresh(), Secret.fresh())


def write_keys(path: Path, keys: Keys) -> None:
    """Put the keys into the file in one step, readable by its owner alone.

    Raises:
        OSError: the disk refused; the file is as it was.
    """
    write_private(path, json.dumps(_as_json(keys), indent=1).encode() + b"\n")


def read_keys(path: Path) -> tuple[Keys, Stamp]:
    """The keys, and by what the file that held them is known.

    Raises:
        FileNotFoundError: there is none.
        KeyringError: others may read it, or it is damaged.
    """
    # O_NONBLOCK: a pipe in the file's place must not keep us waiting.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        _refuse_open_to_others(path, status)
        content = file.read(_MOST_BYTES)
    return _parsed(path, content), _stamp(status)


def stamp_of(path: Path) -> Stamp:
    """By what the file that lies there now is known.

    Raises:
        FileNotFoundError: there is none.
    """
    return _stamp(path.stat())


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_ctime_ns, status.st_size


def _refuse_open_to_others(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyringError(f"{path} er ikke en fil. Læg nøgleringen dér, eller ret indstillingen HJEMMETILSYN_KEYRING.")
    if status.st_uid not in (os.geteuid(), 0):
        raise KeyringError(
            f"Nøgleringen {path} tilhører en anden bruger end den, programmet kører som. Ret ejeren med chown."
        )
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyringError(f"Nøgleringen {path} kan læses af andre. Kør chmod 600 på filen, og start igen.")
    folder = path.parent
    if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise KeyringError(
            f"Andre kan skrive i mappen {folder}, hvor nøgleringen ligger. Kør chmod 700 på mappen, og start igen."
        )


def _parsed(path: Path, content: bytes) -> Keys:
    keys = _understood(content)
    # Raised here and not where it was found: the error behind it carries the file's content along.
    if keys is None:
        raise KeyringError(
            f"Nøgleringen {path} er beskadiget. Læg den hele fil tilbage fra jeres kopi; der må ikke laves en ny, "
            "for så kan intet af det gemte læses."
        )
    return keys


def _understood(content: bytes) -> Keys | None:
    try:
        raw = json.loads(content)
        keys = _from_json(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return keys if _as_json(keys) == raw else None


def _from_json(raw: Any) -> Keys:
    masters = {int(generation): _secret(key) for generation, key in raw["masters"].items()}
    if not masters or not all(1 <= generation <= _LAST_GENERATION for generation in masters):
        raise ValueError("generations")
    return Keys(MappingProxyType(masters), _secret(raw["blind_index"]), _secret(raw["audit"]))


def _secret(text: str) -> Secret:
    return Secret(bytes.fromhex(text))


def _as_json(keys: Keys) -> dict[str, Any]:
    content = {
        "format": _FORMAT,
        "masters": {str(generation): keys.masters[generation].reveal().hex() for generation in sorted(keys.masters)},
        "blind_index": keys.blind_index.reveal().hex(),
        "audit": keys.audit.reveal().hex(),
    }
    return content | {"checksum": hashlib.sha256(json.dumps(content).encode()).hexdigest()}
