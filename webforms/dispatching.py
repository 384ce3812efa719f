"""Chooses what runs the journeys: threads of this process on a database in a file, Procrastinate on a server's."""

from contextlib import AbstractContextManager
from functools import partial

from exports.mail.smtp import SmtpMail
from exports.post.contract import Channel
from exports.post.letter_folder import LetterFolder
from exports.post.own_page import OwnPage
from exports.sms.outbox import SmsOutbox
from exports.targets.folder.archive_folder import ArchiveFolder
from pipeline.deadlines.rules import DEADLINES, Deadlines, load_deadlines
from pipeline.errors import TilsynError
from pipeline.journey.dispatch.embedded import Embedded
from pipeline.journey.engine.engine import Engine
from pipeline.journey.engine.pace import Pace
from pipeline.journey.follow import Follow
from pipeline.journey.steps.all_steps import all_steps
from pipeline.journey.steps.documents.making import Making
from pipeline.journey.steps.nudge import Postbox, Texting
from pipeline.law.kle import KLE, kle_on
from pipeline.store.clock import Clock, now
from pipeline.store.opening import Store
from webforms.mail_file import read_mail_server
from webforms.settings import Settings


def dispatcher(engine: Engine, deadlines: Deadlines) -> AbstractContextManager[object]:
    """What makes the journeys of this installation go on while the block lasts.

    It starts threads, so it is entered in the process that serves and not before that process is forked.
    """
    follow = Follow(deadlines)
    if engine.store.database.is_sqlite:
        return Embedded(engine, follow)
    # Imported where it is used: it needs a second, and nobody on SQLite needs it.
    from pipeline.journey.dispatch.procrastinate import Distributed  # noqa: PLC0415 - see above

    return Distributed(engine, follow)


def journey_engine(settings: Settings, store: Store, making: Making, clock: Clock = now) -> Engine:
    """The engine with this installation's ways to people, its archive and its machines."""
    channels: dict[str, Channel] = {"page": OwnPage(), "letter": LetterFolder(settings.post or settings.home / "post")}
    archive = ArchiveFolder(settings.archive or settings.home / "arkiv")
    steps = all_steps(
        channels,
        archive,
        partial(kle_on, path=settings.kle or KLE),
        settings.editions,
        making,
        deadlines=load_deadlines(settings.deadlines or DEADLINES),
        postbox=_postbox(settings),
        texting=_texting(settings),
    )
    # A LibreOffice makes one document at a time; more steps than that would only wait, and count as tries.
    return Engine(store, steps, Pace(at_once={"make_document": settings.workers}), clock)


def _postbox(settings: Settings) -> Postbox | None:
    """The way of mail, where the installation has one."""
    if settings.mail is None:
        return None
    _refuse_without_address(settings, "En mail", "MAIL")
    return Postbox(SmtpMail(read_mail_server(settings.mail)), settings.address, settings.municipality)


def _texting(settings: Settings) -> Texting | None:
    """The way of SMS, where the installation has one."""
    if settings.sms is None:
        return None
    _refuse_without_address(settings, "En SMS", "SMS")
    return Texting(SmsOutbox(settings.sms), settings.address, settings.municipality)


def _refuse_without_address(settings: Settings, what: str, variable: str) -> None:
    if not settings.address:
        raise TilsynError(
            f"{what} skal kunne sige, hvor siderne er. Sæt HJEMMETILSYN_ADDRESS, eller fjern HJEMMETILSYN_{variable}."
        )
