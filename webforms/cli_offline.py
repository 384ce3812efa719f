"""The commands for paper and back: forms to fill in offline, and what came home."""

import json
from pathlib import Path

import click

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.convert import Converter
from pipeline.documents.merge.merger import Merger
from pipeline.offline.come_home import ImportKind, ImportReport, import_form
from pipeline.offline.differences import Difference, Status
from pipeline.offline.form_workshop import FormMachines
from pipeline.offline.hand_out import hand_out
from pipeline.offline.slots import OUTSIDE
from webforms.danish_cli import EXIT_REFUSED, EXIT_UNREADABLE, DanishCommand
from webforms.settings import read_settings

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path)
_LONGEST_SHOWN = 80
"""So many characters of an answer are shown on a line."""
_LONGEST_OUTSIDE = 400


@click.command("form", cls=DanishCommand)
@click.argument("answers", type=_FILE, metavar="SVAR.json")
@click.option("--out", "out", type=_FOLDER, metavar="MAPPE", required=True, help="Mappe til filerne.")
@click.option("--sections", "sections", metavar="AFSNIT", default="", help="Kun disse afsnit, f.eks. abc; ellers alle.")
@click.option("--blank", "blank", is_flag=True, help="Tomme felter, uden det, som sagen rummer.")
def form(answers: Path, out: Path, sections: str, blank: bool) -> None:
    """Lav tilsynsredskabet som PDF-, Word- og Excel-formular til at udfylde uden for systemet."""
    settings = read_settings()
    case = read_answers_file(answers, settings.editions)
    with Merger() as merger, Converter() as converter:  # nothing here is sealed, so the seal is not started
        machines = FormMachines(merger, converter, settings.editions)
        hand_out(case, machines, out, only=sections, blank=blank, say=lambda line: click.echo(f"  {line}"))


@click.command("import", cls=DanishCommand)
@click.argument("file", type=_FILE, metavar="FIL")
@click.option("--base", "base", type=_FILE, metavar="SAG.json", required=True, help="Sagens svar, som de er nu.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def import_file(file: Path, base: Path, as_json: bool) -> int:
    """Læs en udfyldt formular felt for felt. 0 læst, 1 læst med felter at se på, 2 kan ikke læses her."""
    editions = read_settings().editions
    report = import_form(file, read_answers_file(base, editions), editions)
    if as_json:
        # Escaped, since an unreadable field may hold what no terminal and no UTF-8 can.
        click.echo(json.dumps(report.as_dict(), indent=2))
    else:
        _tell(report)
    if report.kind is ImportKind.ATTACHMENT:
        return EXIT_UNREADABLE
    return 0 if report.is_clean else EXIT_REFUSED


def _tell(report: ImportReport) -> None:
    if report.kind is ImportKind.ATTACHMENT:
        click.echo(report.why_not or report.message)
        click.echo(f"{report.file.media_type}, {report.file.size} bytes, SHA-256 {report.file.sha256}")
        return
    for difference in report.differences:
        if difference.status is not Status.UNCHANGED:
            _tell_difference(difference)
    click.echo(", ".join(f"{status.in_words}: {count}" for status, count in report.counts.items()))
    click.echo("Intet er skrevet ind i sagen.")


def _tell_difference(difference: Difference) -> None:
    """A line; what stands outside the fields is many things, each with its place, and gets a line for each."""
    if difference.name != OUTSIDE:
        click.echo(_line(difference))
        return
    click.echo(f"{difference.status.in_words}: {difference.label}. {difference.why}")
    for words in difference.incoming.splitlines():
        click.echo(f"  {_on_a_line(words, longest=_LONGEST_OUTSIDE)}")


def _line(difference: Difference) -> str:
    moved = difference.name_in_form not in ("", difference.name)
    where = f" (i formularen: {_on_a_line(difference.name_in_form)})" if moved else ""
    words = f"“{_on_a_line(difference.incoming)}”" if difference.incoming else "tomt"
    why = f" {_on_a_line(difference.why, longest=400)}" if difference.why else ""
    return f"{difference.status.in_words}: {_on_a_line(difference.label)}{where}: {words}{why}"


def _on_a_line(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """Short, and without what could move the cursor."""
    plain = "".join(character if character.isprintable() else " " for character in text[: longest + 1])
    return plain if len(text) <= longest else f"{plain[:longest]}…"
