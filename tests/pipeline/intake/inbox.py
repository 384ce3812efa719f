"""Sends uploads through a gateway and tells what became of each."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from fixtures.uploads.upload import Upload

from pipeline.intake.accepted import Accepted
from pipeline.intake.gateway import Gateway, IntakeSettings, start_child
from pipeline.intake.refusals import FileRefused
from pipeline.limited_child import LimitedChild


class Watched(AbstractContextManager["Watched"]):
    """A child, how long it took to answer, and the most address space it had; 0 where it was killed."""

    seen: list["Watched"]

    def __init__(self) -> None:
        self._child: LimitedChild = start_child()
        self.seconds = 0.0
        self.peak = 0

    def ask(self, question: object) -> bytes:
        begun = time.monotonic()
        try:
            return self._child.ask(question)
        finally:
            self.seconds = time.monotonic() - begun
            if self._child.pid is not None:
                status = Path(f"/proc/{self._child.pid}/status").read_text(encoding="ascii")
                self.peak = int(re.findall(r"VmPeak:\s+(\d+) kB", status)[0]) * 1024

    def __exit__(self, *_: object) -> None:
        self._child.close()


@dataclass(frozen=True)
class Outcome:
    """What became of an upload.

    Attributes:
        data: the file as it is kept, or as it was sent where it was refused.
        left: names of the files in the caller's folder afterwards.
    """

    upload: Upload
    result: Accepted | FileRefused
    data: bytes
    left: list[str]


def sent(upload: Upload, folder: Path, gateway: Gateway | None = None) -> Outcome:
    """One upload in a folder of its own."""
    folder.mkdir(parents=True)
    path = folder / "modtaget"
    path.write_bytes(upload.make())
    result: Accepted | FileRefused
    try:
        result = (gateway or Gateway(IntakeSettings())).accept(path, upload.name)
    except FileRefused as refused:
        result = refused
    return Outcome(upload, result, path.read_bytes(), sorted(one.name for one in folder.iterdir()))


def all_sent(
    uploads: Iterable[Upload], folder: Path, start: Callable[[], AbstractContextManager[Watched]] = Watched
) -> list[Outcome]:
    """All of them through one gateway, two at a time."""
    gateway = Gateway(IntakeSettings(at_once=2, patience=120), start)
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(sent, upload, folder / str(number), gateway) for number, upload in enumerate(uploads)]
        return [one.result() for one in waiting]


def kept(make: Callable[[], bytes], folder: Path, name: str = "fil") -> tuple[Accepted, bytes]:
    """A file that is expected to come in."""
    outcome = sent(Upload("", name, make), folder / "kept")
    if isinstance(outcome.result, FileRefused):
        raise outcome.result
    return outcome.result, outcome.data


def layers(data: bytes) -> Iterable[bytes]:
    """A file's bytes, and what is packed inside it."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from (package.read(name) for name in package.namelist())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for one in pdf.objects:
                yield one.unparse()
                if isinstance(one, pikepdf.Stream):
                    yield one.read_raw_bytes()
