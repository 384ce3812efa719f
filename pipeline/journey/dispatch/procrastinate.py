"""Dispatches through Procrastinate on PostgreSQL, to any number of workers on any number of machines.

Every worker looks itself what is due, takes what it has hands for, and hands the rest out. Jobs are hints and nothing
else: “somebody look at this case”. One that dies with its worker is handed out again by the others; that a row is run
by one alone is the lease's business. The ids are random; nothing about a case leaves our own tables.
"""

import asyncio
import logging
import threading
from contextlib import suppress
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from psycopg_pool import AsyncConnectionPool

from pipeline.errors import StoreUnavailable
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.engine.engine import Engine
from pipeline.journey.follow import Follow

_log = logging.getLogger(__name__)
_THREADS = 4
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_UNTIL_AGAIN = 2.0
_SECONDS_BETWEEN_POLLS = 5.0
"""The server tells of each new job; asked for is only what a broken connection did not hear of."""
_AT_A_TIME = 100
_LOOK = "look"
_CONNECTIONS = 2
"""Beside the one that listens: handing out and fetching take turns in one thread."""
# The jobs outlive nothing, so a version with other tables begins with new ones instead of changing the old.
_SCHEMA = "looks_" + version("procrastinate").replace(".", "_")
_MAKING = 8_520_033
"""Any number that nobody else on the server uses for a lock of theirs."""
# A hint that a power cut takes along is given again, so nobody waits for the disk to have it.
_OPTIONS = f"-c search_path={_SCHEMA} -c synchronous_commit=off"


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
        self._over, self._at_hand, self._taken = threading.Event(), set[str](), set[asyncio.Task[None]]()
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
        app, self._hands = self._app(), asyncio.Semaphore(self._threads)
        app.task(name=_LOOK)(self._look)
        async with app.open_async():
            await _make_tables(app)
            worker = asyncio.create_task(
                app.run_worker_async(
                    concurrency=self._threads,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=_SECONDS_BETWEEN_POLLS,
                )
            )
            try:
                while not self._over.is_set() and not worker.done():
                    await self._hand_out(app)
                    await asyncio.to_thread(self._over.wait, self._seconds)
            finally:
                worker.cancel()
                await asyncio.gather(worker, *self._taken, return_exceptions=True)

    async def _hand_out(self, app: App) -> None:
        """Take what is due while a hand is free; for the rest one job a case, and none beside one that waits."""
        for case_id in await asyncio.to_thread(self._engine.due_cases, _AT_A_TIME):
            if case_id in self._at_hand:
                continue
            if len(self._at_hand) < self._threads:
                self._take(case_id)
                continue
            with suppress(AlreadyEnqueued):
                await app.configure_task(_LOOK, queueing_lock=case_id).defer_async(case_id=case_id)

    async def _look(self, case_id: str) -> None:
        """A job; of a case that is at hand already nothing is left out."""
        if case_id not in self._at_hand:
            await self._take(case_id)

    def _take(self, case_id: str) -> "asyncio.Task[None]":
        self._at_hand.add(case_id)
        task = asyncio.create_task(self._run_case(case_id))
        self._taken.add(task)  # whoever keeps no hold of a task may lose it
        task.add_done_callback(self._taken.discard)
        return task

    async def _run_case(self, case_id: str) -> None:
        try:
            async with self._hands:
                await asyncio.to_thread(self._engine.run_case, case_id)
        except Exception as fault:  # whatever it is, its rows stay due and are handed out again
            _log.warning("journeys of case %s could not be taken: %s", case_id, type(fault).__name__)
        finally:
            self._at_hand.discard(case_id)

    def _app(self) -> App:
        url = self._engine.store.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return App(
            connector=PsycopgConnector(
                conninfo=url,
                kwargs={"options": _OPTIONS},
                configure=_every_statement_by_itself,
                pool_factory=_pool,
                min_size=1,
                max_size=_CONNECTIONS,
            )
        )


async def _every_statement_by_itself(connection: Any) -> None:
    """Each of Procrastinate's is one call of a function; a transaction around it would go to the server twice more."""
    await connection.set_autocommit(True)


def _pool(**given: Any) -> AsyncConnectionPool:
    """Without asking each connection before each statement: where one is gone the worker begins anew."""
    return AsyncConnectionPool(**{**given, "check": None})


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
