"""Chooses which machine plays which role; the only place that does."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

from pipeline.cases.record.voices import section_of
from pipeline.deadlines.rules import DEADLINES, load_deadlines
from pipeline.documents.convert import Converter, ConverterPool
from pipeline.documents.evidence.check import check
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop
from pipeline.documents.seal.demo_pki import ensure_demo_pki
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.intake.gateway import Gateway, IntakeSettings
from pipeline.intake.virus_scan import VirusScanner, scanner_at
from pipeline.journey.engine.engine import Engine
from pipeline.journey.follow import Follow
from pipeline.journey.steps.documents.making import Making
from pipeline.offline.excel_form import plan_with_passport
from pipeline.store.clock import Clock, now
from pipeline.store.invitations import Invitations
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.rate_limits import RateLimits
from pipeline.store.save_answers import SaveAnswers
from pipeline.store.sessions import Sessions
from pipeline.tool.load import load_tool
from webforms.design.install import Design
from webforms.design.words import Words
from webforms.dispatching import journey_engine
from webforms.frames import frame_of_this_request
from webforms.identity.services import Services as IdentityServices
from webforms.identity.settings import IdentitySettings
from webforms.machines import Machines
from webforms.private_folder import private_folder
from webforms.services import Services
from webforms.settings import Mode, SealSettings, Settings
from webforms.sign_in_file import read_sign_in

DEMO_FOLDER = "demo-segl"
_HERE = Path(__file__).parent
_ROOMS_WITH_WORDS = (
    _HERE / "design",
    _HERE,
    _HERE / "files",
    _HERE / "identity",
    _HERE / "forms",
    _HERE / "caseworkers",
    _HERE / "operator",
    _HERE / "paper",
    _HERE / "parents",
    _HERE / "public",
    _HERE / "hearing",
    _HERE / "notice",
    _HERE / "signing",
)
_SECONDS_TO_SCAN = 60.0


@contextmanager
def workshop(settings: Settings) -> Iterator[Workshop]:
    """The warm machines; everything that was started ends with the block."""
    with ExitStack() as stack:
        yield Workshop(
            merger=stack.enter_context(Merger()),
            converter=stack.enter_context(ConverterPool([Converter() for _ in range(settings.workers)])),
            sealer=Sealer(_identity(settings, stack)),
            editions=settings.editions,
            plan_of=plan_with_passport,
        )


Starts = Callable[[Settings], AbstractContextManager[Workshop]]
"""Starts the machines of an installation."""


@contextmanager
def page_services(settings: Settings, clock: Clock = now, starts: Starts = workshop) -> Iterator[Services]:
    """What the pages work with; everything that was opened is closed with the block.

    Args:
        settings: of the installation.
        clock: tells the moment.
        starts: starts the machines with the first document.

    Raises:
        TilsynError: the database, the keys or the settings do not let the program start.
    """
    with ExitStack() as stack:
        store = open_store(places(settings), clock)
        stack.callback(store.close)
        deadlines = load_deadlines(settings.deadlines or DEADLINES)
        store.cases.tell(Follow(deadlines))
        identity = _identity_services(settings, store, clock)
        private, machines = _private_and_machines(settings, stack, starts)
        yield Services(
            store=store,
            answers=SaveAnswers(store.cases, store.drafts, lambda edition, slot: _section(settings, edition, slot)),
            identity=identity,
            gateway=Gateway(IntakeSettings(virus_scanner=_virus_scanner(settings))),
            design=Design(frame_of_this_request, Words(*(folder / "words" for folder in _ROOMS_WITH_WORDS))),
            editions=settings.editions,
            private=private,
            machines=machines,
            deadlines=deadlines,
            check=lambda file: check(file, trust_store(settings)),
            sends_mail=settings.mail is not None,
            sends_sms=settings.sms is not None,
            engine=journey_engine(settings, store, Making(machines.at_work, private), clock),
        )


@contextmanager
def engine_alone(settings: Settings, store: Store) -> Iterator[Engine]:
    """The engine of a process without pages, with machines of its own.

    Raises:
        StoreUnavailable: there is no room for its files.
    """
    with ExitStack() as stack:
        private, machines = _private_and_machines(settings, stack, workshop)
        yield journey_engine(settings, store, Making(machines.at_work, private))


def _private_and_machines(settings: Settings, stack: ExitStack, starts: Starts) -> tuple[Path, Machines]:
    private = stack.enter_context(private_folder(settings.home / "arbejde"))
    return private, stack.enter_context(closing(Machines(lambda: starts(settings))))


def places(settings: Settings) -> Places:
    """Where the installation keeps what."""
    return Places.in_home(settings.home, settings.database, settings.keyring)


def _identity_services(settings: Settings, store: Store, clock: Clock) -> IdentityServices:
    signing_in = read_sign_in(settings.sign_in) if settings.sign_in else None
    chosen = IdentitySettings(
        address=settings.address or f"http://{settings.host}:{settings.port}",
        municipality=settings.municipality,
        phone=settings.phone,
        demo=settings.mode is Mode.DEMO,
        employees=signing_in.employees if signing_in else None,
        citizens=signing_in.citizens if signing_in else None,
    )
    return IdentityServices(
        settings=chosen,
        keyring=store.keyring,
        store=store.cases,
        lists=store.lists,
        audit=store.audit,
        employees=store.employees,
        sessions=Sessions(store.database, store.keyring, clock, chosen.sessions),
        invitations=Invitations(store.database, store.keyring, store.audit, clock),
        limits=RateLimits(store.database, store.keyring, clock),
        clock=clock,
    )


def _section(settings: Settings, edition: str, slot: str) -> str | None:
    section = section_of(slot, load_tool(edition, settings.editions))
    return section.key if section else None


def _virus_scanner(settings: Settings) -> VirusScanner | None:
    return scanner_at(settings.virus_scanner, _SECONDS_TO_SCAN) if settings.virus_scanner else None


def trust_store(settings: Settings) -> TrustStore:
    """Which roots a check trusts: the configured ones, and this installation's demo root, known as such."""
    configured = [*(settings.seal.trust_roots if settings.seal else ()), *settings.extra_trust_roots]
    demo = settings.home / DEMO_FOLDER
    return TrustStore.from_files(
        configured, ensure_demo_pki(demo).roots if demo.exists() else (), settings.trusted_seals
    )


def _identity(settings: Settings, stack: ExitStack) -> SealIdentity:
    if settings.seal is None:
        return stack.enter_context(DemoServices(settings.home / DEMO_FOLDER)).identity()
    return _configured(settings.seal)


def _configured(seal: SealSettings) -> SealIdentity:
    return SealIdentity(
        key=seal.key,
        certificate=seal.certificate,
        chain=seal.chain,
        trust_roots=seal.trust_roots,
        timestamp_url=seal.timestamp_url,
        is_demo=False,
        key_password=seal.key_password,
        crl_urls=seal.crl_urls,
    )
