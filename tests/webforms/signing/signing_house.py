"""A demo municipality that asks a family to sign; all people are fictional. The seal is real, without LibreOffice."""

import io
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
from family_home import JEPPE, SIGNE, Clock, Home, NoMachines, _never
from jinja2 import FileSystemBytecodeCache

from pipeline.cases.signing.events import Signer, SigningOpened
from pipeline.cases.signing.state import Signing
from pipeline.documents.agreement_to_sign import AGREEMENT, places
from pipeline.documents.evidence.inspection import inspect_any
from pipeline.documents.render import Workshop
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import Verification
from pipeline.errors import StepFailed
from pipeline.store.files import NewDocument
from webforms.app import create_app
from webforms.machines import Machines
from webforms.public.demo_room import DemoRoom
from webforms.settings import read_settings
from webforms.wiring import page_services

CASEWORKER = "medarbejder-04"
SIGNING = "a" * 32
BROKEN = "Tidsstempeltjenesten svarer ikke. Prøv igen om lidt."


class Silent:
    """A seal whose timestamp service does not answer."""

    def sign(self, *_: Any, **__: Any) -> None:
        raise StepFailed(BROKEN)


@dataclass(frozen=True)
class SigningHouse(Home):
    """A municipality with an agreement that waits for signatures."""

    @property
    def signing(self) -> Signing:
        """The document as it is now."""
        return self.case().signings[SIGNING]

    def address(self, path: str) -> str:
        """The address of a page of the case."""
        return f"/sager/{self.case_id()}/{path}"

    def of(self, person: str, path: str = "") -> str:
        """The address of a page of somebody's signature."""
        return self.address(f"underskriv/{SIGNING}/{person}{path}")

    def file(self, file_id: str) -> bytes:
        """The bytes of a kept file."""
        return b"".join(self.services.store.files.read(self.case_id(), file_id))

    def ask(self, *, optional: bool = False, in_order: bool = False) -> None:
        """Signe and then Jeppe are asked to sign; `optional`: Jeppe need not."""
        with self.services.machines.at_work() as machines:
            pdf = _sealed(machines.sealer, self.services.private)
        visit = next(iter(self.case().agreements.values())).agreed.visit
        document = NewDocument(
            AGREEMENT, "Aftale til underskrift", "aftale.pdf", "application/pdf", visit=visit, seen_by=(SIGNE, JEPPE)
        )
        file = self.services.store.files.keep(self.case_id(), io.BytesIO(pdf), document, CASEWORKER, "test")
        first, second = places(2)
        opened = SigningOpened(
            signing=SIGNING,
            visit=visit,
            file=file,
            sha256=self.case().documents[file].document.sha256,
            revision=self.case().revision,
            deadline=self.clock() + timedelta(days=14),
            signers=(Signer(SIGNE, first), Signer(JEPPE, second, optional)),
            agreements=tuple(self.case().agreements),
            in_order=in_order,
        )
        self.happens(opened)

    def judged(self) -> Verification:
        """What a check says of the newest version of the document."""
        return self.services.check(self.file(self.signing.file))


def _sealed(sealer: Any, private: Path) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(private / "aftale.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    sealer.seal_for_signers(private / "aftale.pdf", private / "segl.pdf", reason="Aftale", places=places(2))
    sealed = (private / "segl.pdf").read_bytes()
    for name in ("aftale.pdf", "segl.pdf"):
        (private / name).unlink()
    return sealed


@contextmanager
def signing_house(
    seeded: Path, home: Path, seal: DemoServices | None, sealer: Any = None, check: Any = None
) -> Iterator[SigningHouse]:
    """The whole application over a copy of a seeded home.

    Args:
        seeded: the home to copy.
        home: where it goes.
        seal: the demo seal alone, or None for all machines.
        sealer: seals in its stead.
        check: judges files in place of ours, which here runs in this very process.
    """
    shutil.copytree(seeded, home, ignore=shutil.ignore_patterns("__jinja2_*"))
    settings, clock = read_settings({"HJEMMETILSYN_HOME": str(home)}), Clock()
    with ExitStack() as stack:
        services = stack.enter_context(page_services(settings, clock))
        if seal:
            trust = TrustStore.from_files(demo_roots=seal.pki.roots)
            machines = Machines(lambda: _seal_alone(sealer or Sealer(seal.identity())))
            here = check or (lambda file: inspect_any(file, trust, datetime.now(UTC)))
            services = replace(services, machines=machines, check=here)
            stack.callback(services.machines.close)
        demo = stack.enter_context(DemoRoom(settings, NoMachines(), lambda pdf: _never()))
        app = create_app(settings, services, demo)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(seeded))
        yield SigningHouse(app, services, clock)


def _seal_alone(sealer: Any) -> AbstractContextManager[Workshop]:
    @contextmanager
    def opened() -> Iterator[Any]:
        yield Workshop(None, None, sealer)  # type: ignore[arg-type]  # nothing is merged or converted in these tests

    return opened()
