"""What is somebody else's in life and so has a process of its own here: the timestamp service."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.identity import SealIdentity
from webforms.settings import SealSettings

PROJECT = Path(__file__).resolve().parents[2]
_PATHS = {"key", "certificate", "chain", "trust_roots"}


class TimestampService:
    """The demo certificates and services, served by another process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> "TimestampService":
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._folder)], stdout=subprocess.PIPE, text=True, cwd=PROJECT
        )
        if self._process.stdout is None or not (line := self._process.stdout.readline()):
            raise SystemExit("bench: tidsstempeltjenesten kom ikke i gang")
        self.as_json = line.strip()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def identity(self) -> SealIdentity:
        """The demo seal."""
        return SealIdentity(is_demo=True, **_read(self.as_json))


def seal_settings(as_json: str) -> SealSettings:
    """The seal as settings: the workshop then starts no service of its own."""
    return SealSettings(**_read(as_json))


def _read(as_json: str) -> dict[str, Any]:
    return {key: _paths(value) if key in _PATHS else _tuple(value) for key, value in json.loads(as_json).items()}


def _paths(value: Any) -> Any:
    return tuple(Path(each) for each in value) if isinstance(value, list) else Path(value)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _serve(folder: Path) -> None:
    services = DemoServices(folder)
    facts = asdict(services.identity())
    facts.pop("is_demo")
    print(json.dumps(facts, default=str), flush=True)
    services.serve_forever()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
