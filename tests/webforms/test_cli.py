"""The command `tilsyn` without a browser: Danish throughout, and an exit code that says how it went."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline.documents.letters import letters
from pipeline.documents.word_template import word_templates
from pipeline.tool.load import EDITIONS, load_tool
from webforms.cli import tilsyn
from webforms.danish_cli import run

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "svar-lille.json"
PROJECT = EDITIONS.parents[1]
ENGLISH = re.compile(r"Usage|Options|Commands|Arguments|Show this|required|default|\b(TEXT|PATH|FILE|DIRECTORY|ARGS)\b")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that lead to every command, the groups among them."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every command works in a folder of its own."""
    for name in [name for name in os.environ if name.startswith("HJEMMETILSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HJEMMETILSYN_HOME", str(tmp_path / "hjem"))
    return tmp_path


@pytest.fixture
def own_editions(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of editions that a test may change."""
    root = installation / "udgaver"
    monkeypatch.setenv("HJEMMETILSYN_EDITIONS", str(shutil.copytree(EDITIONS, root)))
    return root


def new_edition(root: Path, name: str) -> Path:
    """A copy of 2018 under a new name, as its README tells."""
    folder = root / name
    shutil.copytree(root / "2018", folder)
    replace(folder / "edition.toml", 'edition = "2018"', f'edition = "{name}"')
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def answers_file(folder: Path, **changes: Any) -> str:
    path = folder / "svar.json"
    path.write_text(json.dumps(json.loads(SMALL.read_bytes()) | changes), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("path", list(commands(tilsyn)), ids=" ".join)
def test_the_help_of_every_command_is_danish(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, [*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(" ".join(("Brug: tilsyn", *path)))
    assert "Vis denne hjælp." in shown
    assert ENGLISH.findall(shown) == []


def test_every_option_and_command_says_what_it_is_for() -> None:
    for path in commands(tilsyn):
        command: click.Command = tilsyn
        for name in path:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        assert command.help
        assert all(param.help for param in command.params if isinstance(param, click.Option))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--forkert"], "Valget --forkert findes ikke. Se “tilsyn --help”."),
        (["fields", "--forkert"], "Valget --forkert findes ikke. Se “tilsyn fields --help”."),
        (["templates", "check", "-x"], "Valget -x findes ikke. Se “tilsyn templates check --help”."),
        (["forkert"], "Den kommando findes ikke. Se “tilsyn --help”."),
        (["templates", "forkert"], "Den kommando findes ikke. Se “tilsyn templates --help”."),
        (["render"], "SVAR.json mangler. Se “tilsyn render --help”."),
        (["render", "svar.json"], "--out mangler. Se “tilsyn render --help”."),
        (["render", "svar.json", "--out"], "Valget --out er ikke skrevet rigtigt"),
        (["demo", "--all=ja"], "Valget --all er ikke skrevet rigtigt"),
        (["render", "svar.json", "--out", __file__], "Værdien for --out kan ikke bruges. Se “tilsyn render --help”."),
        (["verify"], "FIL mangler. Se “tilsyn verify --help”."),
        (["fields", "ekstra"], "Kommandoen er ikke skrevet rigtigt. Se “tilsyn fields --help”."),
    ],
)
def test_wrong_use_is_said_in_danish_with_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tilsyn, arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Fejl: ")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["templates"]])
def test_a_command_that_is_not_finished_shows_its_help(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tilsyn, arguments) == 2
    assert capsys.readouterr().err.startswith("Brug: tilsyn")


def test_answers_that_cannot_be_read_end_with_2(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = installation / "svar.json"
    path.write_bytes(b"{")
    assert run(tilsyn, ["render", str(path), "--out", str(installation / "ud")]) == 2
    assert run(tilsyn, ["render", str(installation / "nej.json"), "--out", str(installation / "ud")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "Fejl: Filen svar.json er ikke gyldig JSON (linje 1, tegn 2). Ret stedet.",
        "Fejl: Filen nej.json findes ikke. Ret navnet.",
    ]
    assert not (installation / "ud").exists()


def test_refused_answers_end_with_1(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = answers_file(installation, visit_kind="Hemmelig")
    assert run(tilsyn, ["render", path, "--out", str(installation / "ud")]) == 1
    err = capsys.readouterr().err
    assert err.startswith("Fejl: Svarene, visit_kind: ")
    assert "Hemmelig" not in err
    assert not (installation / "ud").exists()


def test_a_folder_that_cannot_be_made_is_said_in_danish(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def stumbles() -> None:
        (Path(__file__) / "under-en-fil").mkdir()

    assert run(stumbles, []) == 1
    assert capsys.readouterr().err == (
        "Fejl: “under-en-fil” kan ikke læses eller skrives. Se, om stedet findes, og om du har lov.\n"
    )


def test_a_person_who_stops_the_command_is_told_that_nothing_is_finished(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def stopped() -> None:
        raise KeyboardInterrupt

    assert run(stopped, []) == 1
    assert capsys.readouterr().err.strip() == "Fejl: Afbrudt. Intet er skrevet færdigt."


def test_an_unknown_fictional_case_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["demo", "--case", "ukendt"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("Fejl: Den opdigtede sag “ukendt” findes ikke. Vælg en af: autisme_boernehave_1, ")
    assert "cp_skole_2" in err


def fields_as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(tilsyn, ["fields", "--json", *arguments]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_the_fields_as_json_have_the_shape_that_others_build_on(capsys: pytest.CaptureFixture[str]) -> None:
    data = fields_as_json(capsys)
    assert set(data) == {"edition", "title", "published_in", "sha256", "sections", "smart"}
    assert (data["edition"], data["sha256"]) == ("2018", load_tool("2018").digest)
    assert [section["key"] for section in data["sections"]] == list("abcdefghijklm")
    assert {tuple(section) for section in data["sections"]} == {
        ("key", "title", "filled_by", "together_with", "when", "instruction", "own", "own_note", "skippable", "fields")
    }
    fields = [field for section in data["sections"] for field in section["fields"]]
    assert len(fields) == 78
    assert {tuple(field) for field in fields} == {
        (
            "key", "label", "heading", "kind", "help", "questions", "choices", "columns", "filled_by", "drawn_from",
            "source",
        )
    }  # fmt: skip
    assert [letter["letter"] for letter in data["smart"]] == list("SMART")


def test_the_fields_as_json_say_who_fills_each(capsys: pytest.CaptureFixture[str]) -> None:
    sections = {section["key"]: section for section in fields_as_json(capsys)["sections"]}
    assert {field["filled_by"] for field in sections["a"]["fields"]} == {"parents"}
    by = [field["filled_by"] for field in sections["l"]["fields"]]
    assert by == ["municipality"] * 14 + ["events"] * 4
    assert [key for key, section in sections.items() if section["own_note"]] == ["k", "l", "m"]
    plan = sections["c"]["fields"][0]
    assert [column["key"] for column in plan["columns"]] == ["goal_type", "focus", "attainment", "next"]
    assert len(plan["columns"][0]["choices"]) == 9
    assert plan["choices"][0] == {"code": "high", "label": "I høj grad"}


def test_the_fields_can_be_read_as_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["fields"]) == 0
    out = capsys.readouterr().out
    assert "\n(a) Basisoplysninger om barnet og familien\n" in out
    assert "  theme_health [long_text] Sundhedsforhold: Noter, evt. bemærkning\n" in out


def test_a_new_edition_with_one_more_question_needs_no_code(
    own_editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_edition(own_editions, "2027")
    asked = '[[section.field]]\nkey = "pets"\nkind = "text"\nlabel = "Har familien husdyr?"\nhelp = "Skriv hvilke."\n\n'
    replace(folder / "foraeldre.toml", '[[section]]\nkey = "b"', f'{asked}[[section]]\nkey = "b"')
    data = fields_as_json(capsys)
    assert data["edition"] == "2027"
    assert [field["key"] for field in data["sections"][0]["fields"]][-1] == "pets"
    assert sum(len(section["fields"]) for section in data["sections"]) == 79
    old = fields_as_json(capsys, "--edition", "2018")
    assert sum(len(section["fields"]) for section in old["sections"]) == 78


def test_a_changed_published_edition_is_refused(own_editions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(own_editions / "2018" / "foraeldre.toml", "Fornavn og efternavn.", "Fornavn.")
    assert run(tilsyn, ["fields"]) == 1
    assert "er udgivet og må ikke ændres" in capsys.readouterr().err


def test_the_published_templates_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["templates", "check"]) == 0
    out, err = capsys.readouterr()
    tool = load_tool("2018")
    assert out.splitlines() == [
        f"Udgave 2018: 78 felter, SHA-256 {tool.digest}",
        *(f"  {template.name}: i orden" for template in word_templates(tool)),
        "Breve",
        *(f"  {letter.name}: i orden" for letter in letters()),
    ]
    assert err == ""


def test_a_broken_template_is_named_and_the_others_are_still_checked(
    own_editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_editions / "2018" / "word" / "tilsynsrapport-1.docx").write_bytes(b"ikke en Word-fil")
    assert run(tilsyn, ["templates", "check"]) == 1
    out, err = capsys.readouterr()
    assert "tilsynsrapport-1" in err
    assert "tilsynsredskab-1: i orden" in out


def test_a_template_that_lacks_a_required_slot_is_refused(
    own_editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(
        own_editions / "2018" / "word" / "tilsynsredskab-1.toml", '"said.who",', '"said.who",\n    "paper.contact",'
    )
    assert run(tilsyn, ["templates", "check", "--edition", "2018"]) == 1
    assert "paper.contact" in capsys.readouterr().err


def test_a_broken_definition_is_named_with_its_line(own_editions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = new_edition(own_editions, "2027")
    replace(folder / "kommune.toml", 'key = "agreements"', 'key = "agreements"\nsum = 3')
    assert run(tilsyn, ["templates", "check"]) == 1
    assert re.search(r"Fejl: 2027/kommune\.toml, linje \d+: nøglen “sum” kendes ikke", capsys.readouterr().err)


@pytest.mark.parametrize("arguments", [["templates", "check"], ["fields"], ["demo"], ["demo", "--all"]])
def test_a_folder_without_editions_is_never_in_order(
    installation: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HJEMMETILSYN_EDITIONS", str(installation / "tom"))
    assert run(tilsyn, arguments) == 1
    assert "har ingen udgaver af tilsynsredskabet" in capsys.readouterr().err


def test_a_setting_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HJEMMETILSYN_WORKERS", "mange")
    assert run(tilsyn, ["fields"]) == 1
    assert capsys.readouterr().err.startswith("Fejl: HJEMMETILSYN_WORKERS skal være et helt tal")


def as_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a person starts it, on a machine whose language is another."""
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from webforms.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_the_real_command_ends_with_the_code_and_without_a_traceback() -> None:
    refused = as_process("demo", "--case", "ukendt")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Fejl: Den opdigtede sag “ukendt” findes ikke.")
    assert refused.stderr.count("\n") == 1


def test_the_real_command_shows_the_fields_of_the_newest_edition(own_editions: Path) -> None:
    new_edition(own_editions, "2027")
    done = as_process("fields", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["edition"] == "2027"


def test_the_project_names_the_command() -> None:
    assert 'tilsyn = "webforms.cli:main"' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
