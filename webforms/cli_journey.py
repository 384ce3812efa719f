"""The commands about the journeys: where everything stands, what stands too long, stepping in by hand, and a worker."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from pipeline.backup.as_it_stands import as_it_stands
from pipeline.cases.record.codec import instant_as_text
from pipeline.danish import danish_moment
from pipeline.deadlines.rules import DEADLINES, load_deadlines
from pipeline.errors import TilsynError
from pipeline.journey.follow import Follow
from pipeline.journey.step_in import Deed, Order, StepIn
from pipeline.journey.watchdog import standing_too_long
from pipeline.store.audit_log import SYSTEM
from pipeline.store.clock import now
from pipeline.store.journey_facts import Journey
from pipeline.store.opening import Store, open_store
from webforms.danish_cli import EXIT_REFUSED, DanishCommand, DanishGroup
from webforms.dispatching import dispatcher
from webforms.settings import read_settings
from webforms.wiring import engine_alone, places

_REASON = click.option("--reason", "reason", metavar="GRUND", required=True, help="Hvorfor; det står i sagen.")
_ALL = 10_000


@click.group("journey", cls=DanishGroup)
def journey() -> None:
    """Sagernes gang: hvor hvert besøg, hver høring og hvert brev står."""


@journey.command("list")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def list_all(as_json: bool) -> None:
    """Vis alt, der ikke er færdigt; det, der er gået i stå, står først."""
    with _opened() as store:
        rows = store.journeys.listing(page=1, per_page=_ALL)
        numbers = store.journeys.case_numbers(rows)
    if as_json:
        click.echo(json.dumps([_as_json(row, numbers[row.case_id]) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(_as_line(row, numbers[row.case_id]))
    click.echo(f"I gang: {len(rows)}.")


@journey.command("check")
def check() -> int:
    """Vis det, der står længere, end det skal. 0 intet, 1 noget: Se efter."""
    with _opened() as store:
        standing = standing_too_long(store.journeys, now())
        numbers = store.journeys.case_numbers([one.journey for one in standing])
    reasons = {"dead": "opgivet", "not_run": "ingen har set på det", "too_long": "står for længe"}
    for one in standing:
        click.echo(f"{reasons[one.why]}: {_as_line(one.journey, numbers[one.journey.case_id])}")
    click.echo(f"Står for længe: {len(standing)}." if standing else "Intet står stille.")
    return EXIT_REFUSED if standing else 0


@journey.command("show")
@click.argument("journey_id", metavar="ID")
def show(journey_id: str) -> None:
    """Vis, hvad der er sket med én."""
    with _opened() as store:
        row = _known(store, journey_id)
        click.echo(_as_line(row, store.journeys.case_numbers([row])[row.case_id]))
        for line in store.journeys.log_of(row.id):
            click.echo(f"  {danish_moment(line.at)}: {line.state} → {line.led_to}, {line.outcome}, forsøg {line.tries}")


@journey.command("retry")
@click.argument("journey_id", metavar="ID")
@_REASON
def retry(journey_id: str, reason: str) -> None:
    """Prøv det igen nu, der blev opgivet eller venter efter en fejl."""
    _step_in(journey_id, Order(Deed.RETRY, reason))


@journey.command("skip")
@click.argument("journey_id", metavar="ID")
@_REASON
def skip(journey_id: str, reason: str) -> None:
    """Spring trinnet over, som om det var gjort."""
    _step_in(journey_id, Order(Deed.SKIP, reason))


@journey.command("cancel")
@click.argument("journey_id", metavar="ID")
@_REASON
def cancel(journey_id: str, reason: str) -> None:
    """Stop det for altid."""
    _step_in(journey_id, Order(Deed.CANCEL, reason))


@journey.command("extend")
@click.argument("journey_id", metavar="ID")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATO", required=True, help="Ny sidste dag.")
@_REASON
def extend(journey_id: str, until: datetime, reason: str) -> None:
    """Forlæng fristen til og med en dag, fx 2026-12-23."""
    _step_in(journey_id, Order(Deed.EXTEND, reason, until.date()))


@click.command("worker", cls=DanishCommand)
def worker() -> None:
    """Kør det, der er på tide, uden sider, indtil programmet stoppes; flere maskiner kan gøre det med PostgreSQL."""
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stopped.set())
    settings = read_settings()
    deadlines = load_deadlines(settings.deadlines or DEADLINES)
    with _opened() as store, engine_alone(settings, store) as engine, dispatcher(engine, deadlines):
        click.echo("Kører. Stop med Ctrl+C.")
        stopped.wait()
    click.echo("Stoppet.")


@contextmanager
def _opened() -> Iterator[Store]:
    """The store of an installation that is there; a wrong folder must not become a new one."""
    settings = read_settings()
    with as_it_stands(places(settings)):
        pass
    store = open_store(places(settings))
    store.cases.tell(Follow(load_deadlines(settings.deadlines or DEADLINES)))
    try:
        yield store
    finally:
        store.close()


def _known(store: Store, journey_id: str) -> Journey:
    row = store.journeys.with_id(journey_id)
    if row is None:
        raise TilsynError("Der er ingen med det id. Se id'erne med “tilsyn journey list”.")
    return row


def _step_in(journey_id: str, order: Order) -> None:
    with _opened() as store:
        StepIn(store).do(_known(store, journey_id).id, order, SYSTEM)
        row = _known(store, journey_id)
        click.echo(_as_line(row, store.journeys.case_numbers([row])[row.case_id]))


def _as_line(row: Journey, number: str) -> str:
    wakes = "opgivet" if row.dead_at else danish_moment(row.wake_at) if row.wake_at else "venter på et menneske"
    error = f", fejl {row.last_error} i forsøg {row.tries}" if row.last_error else ""
    return f"{row.id}  sag {number}, {row.kind}: {row.state} siden {danish_moment(row.since)}, {wakes}{error}"


def _as_json(row: Journey, number: str) -> dict[str, object]:
    return {
        "id": row.id,
        "case": number,
        "kind": row.kind,
        "state": row.state,
        "since": instant_as_text(row.since),
        "wake_at": instant_as_text(row.wake_at) if row.wake_at else None,
        "tries": row.tries,
        "last_error": row.last_error,
        "dead": row.dead_at is not None,
    }
