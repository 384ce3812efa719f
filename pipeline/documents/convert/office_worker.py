"""The go-between under Debian's own Python: starts LibreOffice and converts what it is asked to, line by line.

Run as `/usr/bin/python3 -I office_worker.py PROFILE MEMORY_BYTES`. Every line on stdin is one request, every line on
stdout one answer, both JSON. It uses the standard library and Debian's `uno` alone, because our own environment cannot
import `uno` and Debian's Python has none of our packages; `no_network` and `giving_way` keep to the same. When stdin
closes, whoever closed it and however busy LibreOffice is, LibreOffice is killed, the profile removed and the worker
gone.
"""

import hashlib
import json
import os
import resource
import select
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

try:
    import uno  # type: ignore[import-not-found]  # Debian's python3-uno, which our own environment does not have
except ImportError:
    uno = None

sys.path.append(str(Path(__file__).resolve().parents[3]))  # option -I leaves the project out, as it should the rest
from pipeline.giving_way import give_way
from pipeline.no_network import NetworkStaysOpen, forbid_internet

_LARGEST_FILE = 512 * 1024**2  # bytes; a runaway export ends here and not at a full disk
_RESTART_PLEASE = 81  # soffice.bin's exit status once it has filled a new profile
_CONNECT_EVERY = 0.02  # seconds

_LOADING = {
    "Hidden": True,
    "ReadOnly": True,  # no lock file, and closing is 7 ms where a writable document takes 50
    "Preview": True,  # nothing for an editor around the document; the PDF is the same to the byte
    "FilterName": "MS Word 2007 XML",  # whatever the file pretends to be, it is read as docx
    "MacroExecutionMode": 0,  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE
    "UpdateDocMode": 0,  # com.sun.star.document.UpdateDocMode.NO_UPDATE
}
_EXPORT = {
    "SelectPdfVersion": 3,  # PDF/A-3b, ISO 19005-3
    "UseTaggedPDF": True,
    "PDFUACompliance": True,  # PDF/UA-1, ISO 14289-1
    "ExportBookmarks": True,
    "InitialView": 1,  # open with the headings beside the pages
    "ExportFormFields": False,  # a report is read, not filled in
    "ExportNotes": False,  # comments in a template are not part of the letter
    "UseLosslessCompression": False,
    "Quality": 90,
    "ReduceImageResolution": True,
    "MaxImageResolution": 300,
}


class CannotStart(Exception):
    """LibreOffice or its Python bridge is not installed, or did not come up; the text is the answer's `failed`."""


class Office:
    """One soffice.bin with a profile of its own, reached over a UNO pipe."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._pipe = f"tilsyn-{os.getpid()}-{time.monotonic_ns()}"
        self.process: subprocess.Popen[bytes] | None = None
        self._dying = threading.Lock()
        self._over = False

    def start(self) -> None:
        """Start soffice.bin and connect; a new profile makes it ask for one restart.

        Raises:
            CannotStart: LibreOffice is not installed or does not answer.
        """
        while True:
            process = self._spawn()
            desktop = self._connect(process)
            if desktop is not None:
                self._desktop = desktop
                self._remove_sockets()
                return
            if process.wait() != _RESTART_PLEASE:
                raise CannotStart("died")

    def _spawn(self) -> subprocess.Popen[bytes]:
        launcher = shutil.which("soffice")
        if launcher is None:
            raise CannotStart("office")
        with self._dying:
            if self._over:
                raise CannotStart("died")
            self.process = subprocess.Popen(  # noqa: S603  # no shell, and nothing from a document
                [
                    *("setpriv", "--pdeathsig", "KILL"),  # util-linux: should this worker be killed, so is LibreOffice
                    Path(launcher).resolve().with_name("soffice.bin"),
                    f"-env:UserInstallation={self._profile.as_uri()}",
                    f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
                    *("--headless", "--invisible", "--norestore", "--nodefault", "--nologo", "--nolockcheck"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        return self.process

    def _connect(self, process: subprocess.Popen[bytes]) -> Any:
        """Return the desktop, or None when the process ended instead."""
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        not_yet = uno.getClass("com.sun.star.connection.NoConnectException")
        while process.poll() is None:
            try:
                remote = resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
                return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
            except not_yet:
                time.sleep(_CONNECT_EVERY)
        return None

    def convert(self, docx: Path, pdf: Path) -> None:
        """Write the document as PDF and forget it; any UNO exception may come out."""
        document = self._desktop.loadComponentFromURL(docx.as_uri(), "_blank", 0, _properties(_LOADING))
        if document is None:
            raise ValueError("LibreOffice opened nothing")
        try:
            options = uno.Any("[]com.sun.star.beans.PropertyValue", _properties(_EXPORT))
            filter_ = {"FilterName": "writer_pdf_Export", "FilterData": options}
            document.storeToURL(pdf.as_uri(), _properties(filter_))
        finally:
            document.close(True)

    def is_well(self) -> bool:
        """Tell whether LibreOffice still answers: the exception of a dying one can look like that of a bad document."""
        try:
            return bool(self._desktop.supportsService("com.sun.star.frame.Desktop"))
        except Exception:  # whatever it is, it is no answer
            return False

    @property
    def pid(self) -> int:
        """The process id of soffice.bin, 0 before it is started."""
        return self.process.pid if self.process else 0

    def end(self) -> None:
        """Kill LibreOffice and remove all it has on disk: it holds nothing worth saving."""
        with self._dying:
            self._over = True
            if self.process is not None:
                self.process.kill()
                self.process.wait()
        self._remove_sockets()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _remove_sockets(self) -> None:
        """Take the names of its sockets out of /tmp: once we are connected, nobody else shall be."""
        for name in (self._pipe, f"SingleOfficeIPC_{self._fingerprint()}"):
            Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}").unlink(missing_ok=True)  # noqa: S108  # LibreOffice chose it

    def _fingerprint(self) -> str:
        """Return what LibreOffice calls its profile in the name of the socket by which a second start would find it."""
        digest = hashlib.md5(self._profile.as_uri().encode("utf-16-le"), usedforsecurity=False)
        return "".join(f"{byte:x}" for byte in digest.digest())  # it writes 0x0a as "a"


def _properties(values: dict[str, Any]) -> tuple[Any, ...]:
    def one(name: str, value: Any) -> Any:
        prop = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        prop.Name, prop.Value = name, value
        return prop

    return tuple(one(name, value) for name, value in values.items())


def shut_off() -> None:
    """Leave LibreOffice no way to a network."""
    try:
        forbid_internet()
    except NetworkStaysOpen as reason:
        raise CannotStart("machine") from reason


def limit(memory: int) -> None:
    """Bound this process and its children: bytes of address space and per file, and no core dump of a family's case."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(**answer: str) -> None:
    """Write one answer, at once."""
    print(json.dumps(answer), flush=True)  # noqa: T201  # stdout is the line to our parent


def end_with_parent(office: Office) -> None:
    """Wait until stdin is closed at the other end, by close() or by the parent's death, and end everything."""
    hang_up = select.poll()
    hang_up.register(sys.stdin.fileno(), 0)  # POLLHUP is always told, even with requests unread
    hang_up.poll()
    office.end()
    os._exit(0)


def answer_requests(office: Office) -> None:
    """Convert what is asked for until stdin ends or LibreOffice does; our parent understands silence."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            office.convert(Path(request["docx"]), Path(request["pdf"]))
        except Exception as refusal:  # UNO's exceptions share no base below Exception
            if not office.is_well():
                return
            say(failed=type(refusal).__name__)
        else:
            say(done="pdf")


def main(profile: Path, memory: int) -> None:
    """Serve one parent until it hangs up or LibreOffice dies."""
    os.umask(0o077)
    office = Office(profile)
    threading.Thread(target=end_with_parent, args=(office,), daemon=True).start()
    try:
        if uno is None:
            raise CannotStart("uno")
        limit(memory)
        give_way()
        shut_off()
        office.start()
        say(ready=str(office.pid))
        answer_requests(office)
    except CannotStart as reason:
        say(failed=str(reason))
    finally:
        office.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
