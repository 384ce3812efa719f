"""Chooses what runs the journeys: threads of this process on a database in a file, Procrastinate on a server's."""

from contextlib import AbstractContextManager
from functools import partial

from exports.post.contract import Channel
from exports.post.letter_folder import LetterFolder
from exports.post.own_page import OwnPage
from exports.targets.folder.archive_folder import ArchiveFolder
from pipeline.deadlines.rules import Deadlines
from pipeline.journey.dispatch.embedded import Embedded
from pipeline.journey.engine.engine import Engine
from pipeline.journey.follow import Follow
from pipeline.journey.steps.all_steps import all_steps
from pipeline.law.kle import KLE, kle_on
from pipeline.store.clock import Clock, now
from pipeline.store.opening import Store
from webforms.settings import Settings


def dispatcher(
    settings: Settings, store: Store, deadlines: Deadlines, clock: Clock = now
) -> AbstractContextManager[object]:
    """What makes the journeys of this installation go on while the block lasts.

    It starts threads, so it is entered in the process that serves and not before that process is forked.
    """
    engine, follow = journey_engine(settings, store, clock), Follow(deadlines)
    if store.database.is_sqlite:
        return Embedded(engine, follow)
    # Imported where it is used: it needs a second, and nobody on SQLite needs it.
    from pipeline.journey.dispatch.procrastinate import Distributed  # noqa: PLC0415 - see above

    return Distributed(engine, follow)


def journey_engine(settings: Settings, store: Store, clock: Clock = now) -> Engine:
    """The engine with this installation's ways to people and its archive."""
    channels: dict[str, Channel] = {"page": OwnPage(), "letter": LetterFolder(settings.post or settings.home / "post")}
    archive = ArchiveFolder(settings.archive or settings.home / "arkiv")
    steps = all_steps(channels, archive, partial(kle_on, path=settings.kle or KLE), settings.editions)
    return Engine(store, steps, clock=clock)
