"""The commands for those who run an installation: backups, keys, the audit log, erasing. No personal data is shown."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.audit.findings import Verdict
from pipeline.backup.as_it_stands import as_it_stands
from pipeline.backup.backup import BackupMade, make_backup
from pipeline.backup.brought_along import BroughtAlong
from pipeline.backup.restore import Restored
from pipeline.backup.restore import restore as put_in_place
from pipeline.backup.rows import OneMoment
from pipeline.danish import danish_moment
from pipeline.errors import TilsynError, UnreadableFile
from pipeline.store.audit_log import SYSTEM, AuditLog
from pipeline.store.clear_columns import CLOSED
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import CaseNotFound
from webforms.danish_cli import EXIT_REFUSED, DanishCommand, DanishGroup
from webforms.identity.access_in_words import access_as_markdown
from webforms.settings import read_settings

_FILE = click.Path(path_type=Path, dir_okay=False)
_SECONDS_BETWEEN_LINES = 2.0


@click.command("backup", cls=DanishCommand)
@click.option("--out", "out", type=_FILE, metavar="FIL", required=True, help="Kopiens fil; der må ikke ligge en.")
def backup(out: Path) -> int:
    """Lav en sikkerhedskopi, mens systemet er i brug. 0 lavet, 1 ikke lavet, eller filer manglede på disken."""
    made = make_backup(_places(), out)
    _tell_backup(made, out)
    return EXIT_REFUSED if made.cases_with_lost_files or not made.is_noted else 0


@click.command("restore", cls=DanishCommand)
@click.argument("file", type=_FILE, metavar="FIL")
@click.option("--destroyed", "destroyed", type=_FILE, metavar="LISTE", help="Den nyeste liste over slettede sager.")
@click.option("--keyring", "keyring", type=_FILE, metavar="NØGLERING", help="Nøgleringen fra jeres boks.")
@click.option("--nothing-erased", "nothing_erased", is_flag=True, help="Der er aldrig slettet en sag.")
def restore(file: Path, destroyed: Path | None, keyring: Path | None, nothing_erased: bool) -> int:
    """Læg en sikkerhedskopi på plads på en tom maskine. 0 på plads, 1 afvist, 2 kopien kan ikke læses."""
    restored = put_in_place(file, _places(), BroughtAlong(keyring, destroyed, nothing_erased))
    _tell_restored(restored)
    return 0 if restored.log.good and not restored.cases_with_lost_files else EXIT_REFUSED


@click.command("erase", cls=DanishCommand)
@click.argument("number", metavar="SAGSNUMMER")
def erase(number: str) -> None:
    """Slet en afsluttet sag for altid."""
    with _opened() as store:
        case = store.lists.find_number(number)
        if case is None:
            raise CaseNotFound
        if case.state != CLOSED:
            raise TilsynError("Sagen er ikke afsluttet. Intet er slettet. Afslut den først, og kør igen.")
        _confirm(number, "Sagen slettes for altid. Skriv sagsnummeret igen")
        store.erase.erase(case.id, SYSTEM, "archive.erase")
        click.echo("Sagen er slettet. Nummer og revisionslog er der stadig; de nævner ingen.")
        click.echo(
            "Læg nu en kopi af slettede.txt og slettede.txt.hoved i jeres boks: "
            "Uden dem kan en ældre sikkerhedskopi ikke lægges på plads."
        )
        store.erase.scrub()


@click.command("access", cls=DanishCommand)
def access() -> None:
    """Vis, hvem der må hvad, som tabel i Markdown."""
    click.echo(access_as_markdown(), nl=False)


@click.group("audit", cls=DanishGroup)
def audit() -> None:
    """Revisionsloggen: hvem der har læst og skrevet hvad."""


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def verify_audit(as_json: bool) -> int:
    """Kontrollér hele revisionsloggen. 0 hel, 1 ikke hel, 2 kan ikke læses."""
    try:
        with as_it_stands(_places()) as there:
            verdict = there.look_through_log()
    except TilsynError as error:
        raise UnreadableFile(str(error)) from error
    if as_json:
        click.echo(json.dumps(_verdict_as_json(verdict), ensure_ascii=False, indent=2))
    else:
        _tell_verdict(verdict)
    return 0 if verdict.good else EXIT_REFUSED


@click.group("keys", cls=DanishGroup)
def keys() -> None:
    """Nøglerne, som det gemte er låst med."""


@keys.command("status")
def key_status() -> None:
    """Vis, hvilke hovednøgler der er, og hvor mange sager hver af dem låser."""
    with as_it_stands(_places()) as there, OneMoment(there.database) as moment:
        counts = moment.cases_by_generation()
        active = there.keyring.active_generation
        for generation in there.keyring.generations:
            use = ", bruges til alt nyt" if generation == active else ""
            click.echo(f"Nøgle nr. {generation}: {_some(counts[generation], 'sag', 'sager')}{use}")
    if any(generation != active for generation in counts):
        click.echo("Kør “tilsyn keys rotate” for at låse alle sager om til den nyeste nøgle.")


@keys.command("add")
def add_key() -> None:
    """Lav en ny hovednøgle, som alt nyt bliver låst med."""
    with _opened() as store:
        generation = store.keyring.add_generation()
        store.audit.record(SYSTEM, "keys.add")
    click.echo(f"Nøgle nr. {generation} er lavet, og alt nyt låses med den.")
    click.echo("Læg nu en kopi af nøgleringen i jeres boks. Kør derefter “tilsyn keys rotate”.")


@keys.command("rotate")
@click.option("--cases", "each_case", is_flag=True, help="Giv også hver sag en ny nøgle; det tager længere tid.")
def rotate(each_case: bool) -> int:
    """Lås alt om til den nyeste hovednøgle, mens systemet er i brug. Kan afbrydes; næste kørsel går videre."""
    with _opened() as store:
        done = store.rewrap.run()
        click.echo(f"{done} nøgler og værdier er låst om til nøgle nr. {store.keyring.active_generation}.")
        if not each_case:
            return 0
        with _progress(store.audit, "keys.reseal", store.lists.listing().total):
            resealed = store.reseal.run()
        click.echo(f"{_some(resealed.done, 'sag', 'sager')} har fået en ny nøgle.")
        with OneMoment(store.database) as moment:
            numbers = moment.numbers(set(resealed.damaged))
    for number in numbers:
        click.echo(f"Sag {number} fik ingen ny nøgle: En af dens filer mangler eller er beskadiget.", err=True)
    if numbers:
        click.echo("Hent filerne fra en sikkerhedskopi, og kør igen; kun disse sager mangler.", err=True)
    return EXIT_REFUSED if numbers else 0


@keys.command("retire")
@click.argument("generation", type=int, metavar="NR")
def retire(generation: int) -> int:
    """Ødelæg en ældre hovednøgle, som intet længere er låst med."""
    with _opened() as store:
        if generation not in store.keyring.generations[:-1]:
            raise TilsynError("Den nøgle findes ikke, eller den er i brug. Se “tilsyn keys status”.")
        if done := store.rewrap.run():
            click.echo(
                f"{done} nøgler og værdier var endnu låst med en ældre nøgle og er nu låst om. "
                "Vent fem minutter, og kør igen.",
                err=True,
            )
            return EXIT_REFUSED
        click.echo("Sikkerhedskopier, der er låst med den nøgle, kan aldrig læses igen. Lav en ny kopi først.")
        _confirm(str(generation), "Skriv nøglens nummer igen")
        store.keyring.retire(generation)
        store.audit.record(SYSTEM, "keys.retire")
    click.echo(
        f"Nøgle nr. {generation} er ødelagt. Læg en kopi af nøgleringen i jeres boks, og ødelæg de ældre kopier."
    )
    return 0


def _places() -> Places:
    settings = read_settings()
    return Places.in_home(settings.home, settings.database, settings.keyring)


@contextmanager
def _opened() -> Iterator[Store]:
    """The store of an installation that is there; a wrong folder must not become a new one."""
    with as_it_stands(_places()):
        pass
    store = open_store(_places())
    try:
        yield store
    finally:
        store.close()


def _confirm(what: str, question: str) -> None:
    if click.prompt(question) != what:
        raise TilsynError("Det er ikke det samme. Intet er ændret.")


@contextmanager
def _progress(log: AuditLog, action: str, total: int) -> Iterator[None]:
    """A line now and then; what is done stands in the audit log, whoever does it."""
    ended, begun = threading.Event(), log.head().seq

    def tell() -> None:
        after, done = begun, 0
        while not ended.wait(_SECONDS_BETWEEN_LINES):
            for entry in log.entries(after):
                after, done = entry.seq, done + (entry.action == action)
            click.echo(f"  {done} af højst {total} sager")

    teller = threading.Thread(target=tell)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _tell_backup(made: BackupMade, out: Path) -> None:
    click.echo(f"{out.name}: alt, som det var {danish_moment(made.at)}.")
    click.echo(f"{_some(made.rows, 'række', 'rækker')}, {_some(made.files, 'fil', 'filer')}, {_megabytes(made.size)}.")
    click.echo("Nøglering og liste over slettede sager er ikke med: De hører til i jeres boks.")
    for number in made.cases_with_lost_files:
        click.echo(
            f"Sag {number}: En fil mangler på serverens disk og er ikke med. Hent den fra en ældre kopi.", err=True
        )
    if not made.is_noted:
        click.echo("Revisionsloggen kunne ikke skrives. Se efter, om serverens disk er fuld.", err=True)


def _tell_restored(restored: Restored) -> None:
    cases, files = _some(restored.cases, "sag", "sager"), _some(restored.files, "fil", "filer")
    click.echo(f"Alt er, som det var {danish_moment(restored.made_at)}: {cases}, {files}.")
    if restored.erased_again:
        click.echo(f"{_some(restored.erased_again, 'sag', 'sager')} var slettet siden og er slettet igen.")
    click.echo("Det, der er sket siden, er ikke med, og alle skal logge på igen.")
    click.echo("Medarbejdere, der er stoppet siden, og invitationer, der er trukket tilbage siden, gælder igen:")
    click.echo("Gå dem igennem, før I åbner.")
    for number in restored.cases_with_lost_files:
        click.echo(
            f"Sag {number}: En fil mangler eller er beskadiget; det var den også, da kopien blev lavet.", err=True
        )
    _tell_verdict(restored.log)


def _tell_verdict(verdict: Verdict) -> None:
    for finding in verdict.findings:
        click.echo(finding.message)
    if verdict.found > len(verdict.findings):
        click.echo(f"Og {verdict.found - len(verdict.findings)} fejl mere.")
    for note in verdict.notes:
        click.echo(note)
    click.echo(verdict.message)


def _verdict_as_json(verdict: Verdict) -> dict[str, object]:
    findings = [
        {"fault": str(one.fault), "first": one.first, "last": one.last, "message": one.message}
        for one in verdict.findings
    ]
    return {
        "good": verdict.good,
        "entries": verdict.entries,
        "found": verdict.found,
        "findings": findings,
        "notes": list(verdict.notes),
        "message": verdict.message,
    }


def _some(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
