"""Chooses which machine plays which role; the only place that does."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pipeline.documents.convert import Converter, ConverterPool
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop
from pipeline.documents.seal.demo_pki import ensure_demo_pki
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.offline.excel_form import plan_with_passport
from webforms.settings import SealSettings, Settings

DEMO_FOLDER = "demo-segl"


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
