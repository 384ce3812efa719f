"""The command `tilsyn`: what can be done without a browser."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.evidence.check import check
from pipeline.documents.letters import letters
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import render_case
from pipeline.documents.seal.verify import LARGEST_FILE
from pipeline.documents.word_template import WordTemplate, word_templates
from pipeline.errors import TemplateError
from pipeline.tool.definition import Choice, Column, Field, Section, Tool
from pipeline.tool.load import editions, load_tool
from webforms.cli_journey import journey, worker
from webforms.cli_offline import form, import_file
from webforms.cli_operation import access, audit, backup, erase, keys, restore
from webforms.danish_cli import DanishGroup, run
from webforms.demo import DEFAULT_SAMPLE, sample_path, samples
from webforms.settings import read_settings
from webforms.wiring import trust_store, workshop

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=DanishGroup)
def tilsyn() -> None:
    """Tilsyn med hjemmetræning: fra svar til forseglet tilsynsrapport."""


@tilsyn.command()
@click.option("--out", "out", type=_FOLDER, metavar="MAPPE", default=None, help="Mappe til filerne.")
@click.option("--case", "case", metavar="SAG", default=DEFAULT_SAMPLE, help="Hvilken opdigtet sag.", show_default=False)
@click.option("--all", "every", is_flag=True, help="Lav alle de opdigtede sager, hver i sin mappe.")
def demo(out: Path | None, case: str, every: bool) -> None:
    """Lav dokumenterne for en opdigtet sag."""
    settings = read_settings()
    folder = out or settings.home / "demo"
    names = samples(settings.editions) if every else (case,)
    paths = [sample_path(name, settings.editions) for name in names]
    with workshop(settings) as machines:
        for path in paths:
            click.echo(f"Opdigtet sag: {path.stem}")
            render_case(read_answers_file(path, settings.editions), machines, _folder(folder, path, every), _say)


@tilsyn.command()
@click.argument("answers", type=click.Path(path_type=Path), metavar="SVAR.json")
@click.option("--out", "out", type=_FOLDER, metavar="MAPPE", required=True, help="Mappe til filerne.")
def render(answers: Path, out: Path) -> None:
    """Lav alle dokumenter for en sag ud fra dens svar."""
    settings = read_settings()
    case = read_answers_file(answers, settings.editions)
    with workshop(settings) as machines:
        render_case(case, machines, out, _say)


@tilsyn.command()
@click.option("--edition", metavar="UDGAVE", default=None, help="Udgave af tilsynsredskabet; ellers den nyeste.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def fields(edition: str | None, as_json: bool) -> None:
    """Vis afsnit og felter i tilsynsredskabet."""
    tool = load_tool(edition, read_settings().editions)
    if as_json:
        _print_json(_tool_as_json(tool))
        return
    for section in tool.sections:
        click.echo(f"\n({section.key}) {section.title}\n    {section.instruction}")
        for field in section.fields:
            click.echo(f"  {field.key} [{field.kind}] {field.heading + ': ' if field.heading else ''}{field.label}")


@tilsyn.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def verify(file: Path, as_json: bool) -> int:
    """Kontrollér et forseglet dokument eller en bevisfil. 0 i orden, 1 ikke i orden, 2 kan ikke læses."""
    verification = check(_content(file), trust_store(read_settings()))
    if as_json:
        _print_json(verification.as_dict())
        return verification.verdict.exit_code
    for sentence in verification.sentences:
        click.echo(sentence)
    for line in verification.told:
        click.echo(line)
    for attachment in verification.attachments:
        click.echo(f"Vedhæftet: {attachment.name} ({attachment.media_type}, {attachment.size} bytes)")
        click.echo(f"  SHA-256 {attachment.sha256}")
    return verification.verdict.exit_code


@tilsyn.group()
def templates() -> None:
    """Skabeloner og udgaver."""


@templates.command("check")
@click.option("--edition", metavar="UDGAVE", default=None, help="Kun denne udgave.")
def check_templates(edition: str | None) -> int:
    """Kontrollér udgaver og Word-skabeloner: felter, rækkefølge og det, som oplæsning og arkiv kræver."""
    root = read_settings().editions
    faults = 0
    with Merger() as merger:
        for name in [edition] if edition else editions(root):
            tool = load_tool(name, root)
            click.echo(f"Udgave {tool.edition}: {len(tool.fields)} felter, SHA-256 {tool.digest}")
            faults += sum(not _is_in_order(merger, template, tool) for template in word_templates(tool))
        click.echo("Breve")
        newest = load_tool(edition, root)
        faults += sum(not _is_in_order(merger, letter, newest) for letter in letters())
    return 1 if faults else 0


def _is_in_order(merger: Merger, template: WordTemplate, tool: Tool) -> bool:
    try:
        merger.check(template, tool)
    except TemplateError as error:
        click.echo(f"  {error}", err=True)
        return False
    click.echo(f"  {template.name}: i orden")
    return True


for command in (form, import_file, backup, restore, erase, audit, keys, access, journey, worker):
    tilsyn.add_command(command)


def main() -> None:
    """Entry point of the command `tilsyn`."""
    sys.exit(run(tilsyn))


def _content(file: Path) -> bytes:
    """What is to be checked; what cannot be read is nothing, and of what is too large enough to be refused."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError:
        return b""


def _folder(folder: Path, path: Path, every: bool) -> Path:
    return folder / path.stem if every else folder


def _say(line: str) -> None:
    click.echo(f"  {line}")


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _tool_as_json(tool: Tool) -> dict[str, Any]:
    return {
        "edition": tool.edition,
        "title": tool.title,
        "published_in": tool.published_in,
        "sha256": tool.digest,
        "sections": [_section_as_json(section, tool) for section in tool.sections],
        "smart": [{"letter": s.letter, "word": s.word, "help": s.help} for s in tool.smart],
    }


def _section_as_json(section: Section, tool: Tool) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "filled_by": section.filled_by.value,
        "together_with": section.together_with,
        "when": section.when.value,
        "instruction": section.instruction,
        "own": section.own,
        "own_note": tool.own_fields_note if section.own else "",
        "skippable": section.skippable,
        "fields": [_field_as_json(field, section) for field in section.fields],
    }


def _field_as_json(field: Field, section: Section) -> dict[str, Any]:
    return {
        "key": field.key,
        "label": field.label,
        "heading": field.heading,
        "kind": field.kind.value,
        "help": field.help,
        "questions": list(field.questions),
        "choices": _choices_as_json(field.choices),
        "columns": [_column_as_json(column) for column in field.columns],
        "filled_by": "events" if field.drawn_from else section.filled_by.value,
        "drawn_from": list(field.drawn_from),
        "source": field.source,
    }


def _column_as_json(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "kind": column.kind.value,
        "choices": _choices_as_json(column.choices),
    }


def _choices_as_json(choices: tuple[Choice, ...]) -> list[dict[str, str]]:
    return [{"code": choice.code, "label": choice.label} for choice in choices]
