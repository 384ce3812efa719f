"""Dispatches through Procrastinate on PostgreSQL, to any number of workers on any number of machines.

Its jobs are hints and nothing else: “somebody look at this row”. Every worker looks itself what is due and hands that
out, so a job that dies with its worker is handed out again by the others; that a row is run by one alone is the
lease's business. The ids are random; nothing about a case leaves our own tables.
"""

import asyncio
import logging
import threading
from importlib.metadata import version
from types import TracebackType
from typing import Self

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from pipeline.errors import StoreUnavailable
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.engine.engine import Engine
from pipeline.journey.follow import Follow

_log = logging.getLogger(__name__)
_THREADS = 4
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_UNTIL_AGAIN = 2.0
_AT_A_TIME = 100
_LOOK = "look"
_OTHER_CONNECTIONS = 2
# The jobs outlive nothing, so a version with other tables begins with new ones instead of changing the old.
_SCHEMA = "jobs_" + version("procrastinate").replace(".", "_")
_MAKING = 8_520_033
"""Any number that nobody else on the server uses for a lock of theirs."""


class Distributed:
    """A worker, for as long as the block lasts.

    Args:
        engine: does the steps; its store lies on PostgreSQL.
        follow: begins the rows that are missing.
        threads: how many steps at once.
        seconds: between two looks at what is due.
    """

    def __init__(
        self, engine: Engine, follow: Follow, threads: int = _THREADS, seconds: float = _SECONDS_BETWEEN_LOOKS
    ) -> None:
        self._engine, self._follow, self._threads, self._seconds = engine, follow, threads, seconds
        self._over = threading.Event()
        self._worker = threading.Thread(target=self._run, name="journeys", daemon=True)

    def __enter__(self) -> Self:
        self._engine.__enter__()
        self._worker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        """Take nothing more, and wait for what is under way."""
        self._over.set()
        self._worker.join()
        self._engine.__exit__(kind, what, where)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                begin_missing(self._engine.store, self._follow)
                asyncio.run(self._work())
            except (ConnectorException, StoreUnavailable) as fault:
                _log.warning("the queue is away: %s", type(fault).__name__)
                self._over.wait(_SECONDS_UNTIL_AGAIN)

    async def _work(self) -> None:
        app = self._app()
        app.task(name=_LOOK)(self._look)
        async with app.open_async():
            await _make_tables(app)
            worker = asyncio.create_task(
                app.run_worker_async(
                    concurrency=self._threads,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=self._seconds,
                )
            )
            try:
                while not self._over.is_set() and not worker.done():
                    await self._hand_out(app)
                    await asyncio.to_thread(self._over.wait, self._seconds)
            finally:
                worker.cancel()
                await asyncio.gather(worker, return_exceptions=True)

    async def _look(self, journey_id: str) -> None:
        try:
            await asyncio.to_thread(self._engine.run, journey_id)
        except StoreUnavailable as fault:  # it stays due and is handed out again
            _log.warning("journey %s could not be taken: %s", journey_id, type(fault).__name__)

    async def _hand_out(self, app: App) -> None:
        """One job for each due row; while one waits no other is put beside it."""
        for journey_id in await asyncio.to_thread(self._engine.due, _AT_A_TIME):
            try:
                await app.configure_task(_LOOK, queueing_lock=journey_id).defer_async(journey_id=journey_id)
            except AlreadyEnqueued:
                continue

    def _app(self) -> App:
        url = self._engine.store.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return App(
            connector=PsycopgConnector(
                conninfo=url,
                kwargs={"options": f"-c search_path={_SCHEMA}"},
                min_size=1,
                max_size=self._threads + _OTHER_CONNECTIONS,
            )
        )


async def _make_tables(app: App) -> None:
    if await _has_tables(app):
        return
    schema = app.schema_manager.get_schema().replace("%", "%%")
    making = f"SELECT pg_advisory_xact_lock({_MAKING}); CREATE SCHEMA IF NOT EXISTS {_SCHEMA}; {schema}"
    try:
        await app.connector.execute_query_async(making)
    except ConnectorException:
        if not await _has_tables(app):  # else another worker was quicker
            raise


async def _has_tables(app: App) -> bool:
    found = await app.connector.execute_query_one_async("SELECT to_regclass('procrastinate_jobs') AS found")
    return found["found"] is not None
