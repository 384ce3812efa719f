"""The commands of those who run an installation: Danish sentences, honest exit codes, nothing about anyone."""

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from fixtures.quick_folder import quick_folder

from pipeline.cases.record.events import CaseClosed, CaseOpened
from pipeline.store.database import Database
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.tables import audit_head
from webforms.cli_operation import access, audit, backup, erase, keys, restore
from webforms.danish_cli import DanishGroup, run

NUMBER, PERSON = "2026-017", "sagsbehandler"
PHOTO = NewDocument("foto", "Opdigtet", "opdigtet.jpg", "image/jpeg")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in [name for name in os.environ if name.startswith("HJEMMETILSYN_")]:
        monkeypatch.delenv(name)
    with quick_folder("tilsyn-drift-") as folder:
        monkeypatch.setenv("HJEMMETILSYN_HOME", str(folder / "hjem"))
        yield folder / "hjem"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    store = open_store(Places.in_home(home))
    yield store
    store.close()


@pytest.fixture
def case_id(store: Store) -> str:
    opening = CaseOpened(NUMBER, "nord", "Eksempel Kommune", "Børn og Unge", fictional=True)
    return store.cases.open_case(opening, PERSON)


@pytest.fixture
def closed(store: Store, case_id: str) -> str:
    store.cases.append(case_id, [CaseClosed("flyttet", "")], PERSON, "case.close")
    return case_id


class Said:
    """What a command said and how it ended; `typed` is what the person answers."""

    def __init__(self, *arguments: str, typed: str = "") -> None:
        group = DanishGroup("tilsyn", commands=[backup, restore, erase, access, audit, keys])

        @click.command(context_settings={"ignore_unknown_options": True})
        def outermost() -> None:
            self.code = run(group, arguments)

        result = CliRunner().invoke(outermost, input=typed)
        assert result.exception is None
        self.out, self.err = result.stdout, result.stderr


def test_a_backup_is_made_and_put_on_another_machine(
    home: Path, case_id: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.files.keep(case_id, io.BytesIO(b"opdigtet"), PHOTO, PERSON)
    made = Said("backup", "--out", str(home.parent / "kopi.tar"))
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("kopi.tar: alt, som det var ")
    assert "1 fil," in made.out
    monkeypatch.setenv("HJEMMETILSYN_HOME", str(home.parent / "anden"))
    brought = ("--keyring", str(home / "noegler/noeglering.json"), "--destroyed", str(home / "noegler/slettede.txt"))
    restored = Said("restore", str(home.parent / "kopi.tar"), *brought)
    assert (restored.code, restored.err) == (0, "")
    assert ": 1 sag, 1 fil.\n" in restored.out
    assert restored.out.endswith("linjer, ingen fejl.\n")
    again = Said("restore", str(home.parent / "kopi.tar"), *brought)
    assert again.code == 1
    assert "Her ligger allerede en database" in again.err


def test_a_lost_file_is_told_with_the_number_of_its_case(home: Path, case_id: str, store: Store) -> None:
    store.files.keep(case_id, io.BytesIO(b"opdigtet"), PHOTO, PERSON)
    next(home.glob("filer/??/*")).unlink()
    made = Said("backup", "--out", str(home.parent / "kopi.tar"))
    assert made.code == 1
    assert f"Sag {NUMBER}: En fil mangler" in made.err
    assert (home.parent / "kopi.tar").exists()


def test_a_damaged_backup_ends_with_2_and_touches_nothing(
    home: Path, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = home.parent / "kopi.tar"
    assert Said("backup", "--out", str(copy)).code == 0
    copy.write_bytes(copy.read_bytes()[:-1])
    monkeypatch.setenv("HJEMMETILSYN_HOME", str(home.parent / "anden"))
    refused = Said("restore", str(copy), "--keyring", str(home / "noegler/noeglering.json"), "--nothing-erased")
    assert refused.code == 2
    assert "skåret af" in refused.err
    assert not (home.parent / "anden").exists()


@pytest.mark.parametrize(
    "command", [("backup", "--out", "x"), ("keys", "status"), ("keys", "add"), ("keys", "rotate"), ("erase", NUMBER)]
)
def test_where_nothing_is_nothing_is_made(home: Path, command: tuple[str, ...]) -> None:
    refused = Said(*command)
    assert refused.code == 1
    assert "Her er ingen sager endnu" in refused.err
    assert not home.exists()


def test_a_whole_log_ends_with_0_a_changed_one_with_1_and_none_with_2(home: Path, store: Store, case_id: str) -> None:
    good = Said("audit", "verify")
    assert (good.code, good.out) == (0, "Revisionsloggen er hel: 1 linje, ingen fejl.\n")
    store.audit.record(PERSON, "case.read", case_id)
    with Database.at(store.database.url.render_as_string()).write() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_is_never_changed")
        connection.exec_driver_sql("UPDATE audit SET actor = 'en anden' WHERE seq = 1")
    bad = Said("audit", "verify")
    assert bad.code == 1
    assert "Linje nr. 1 er ændret" in bad.out
    told = Said("audit", "verify", "--json")
    assert told.code == 1
    assert json.loads(told.out)["findings"][0]["fault"] == "changed"
    (home / "noegler" / "noeglering.json").unlink()
    none = Said("audit", "verify")
    assert none.code == 2
    assert "Nøgleringen" in none.err


def test_a_log_that_the_program_does_not_start_with_is_looked_through_and_backed_up_all_the_same(
    home: Path, store: Store, case_id: str
) -> None:
    with store.database.write() as connection:
        connection.execute(audit_head.update().values(seq=0))
    (home / "anker" / "hoved.txt").write_text("andet")
    verified = Said("audit", "verify")
    assert verified.code == 1
    assert "anker" in verified.out


def test_keys_are_added_rotated_and_retired(home: Path, store: Store, case_id: str) -> None:
    assert Said("keys", "status").out == "Nøgle nr. 1: 1 sag, bruges til alt nyt\n"
    assert "Læg nu en kopi af nøgleringen" in Said("keys", "add").out
    status = Said("keys", "status").out.splitlines()
    assert status[:2] == ["Nøgle nr. 1: 1 sag", "Nøgle nr. 2: 0 sager, bruges til alt nyt"]
    assert "tilsyn keys rotate" in status[2]
    not_yet = Said("keys", "retire", "1", typed="1\n")
    assert not_yet.code == 1
    assert "kør igen" in not_yet.err
    assert store.keyring.generations == (1, 2)
    rotated = Said("keys", "rotate", "--cases")
    assert (rotated.code, rotated.err) == (0, "")
    assert "1 sag har fået en ny nøgle" in rotated.out
    assert Said("keys", "retire", "1", typed="2\n").code == 1
    assert store.keyring.generations == (1, 2)
    assert Said("keys", "retire", "1", typed="1\n").code == 0
    assert store.keyring.generations == (2,)
    assert store.cases.case(case_id).number == NUMBER
    refused = Said("keys", "retire", "2", typed="2\n")
    assert "er i brug" in refused.err
    actions = [entry.action for entry in store.audit.entries()]
    assert actions[-4:] == ["keys.add", "keys.rewrap", "keys.reseal", "keys.retire"]


def test_a_case_that_cannot_get_a_new_key_is_told(home: Path, store: Store, case_id: str) -> None:
    store.files.keep(case_id, io.BytesIO(b"opdigtet"), PHOTO, PERSON)
    next(home.glob("filer/??/*")).unlink()
    rotated = Said("keys", "rotate", "--cases")
    assert rotated.code == 1
    assert f"Sag {NUMBER} fik ingen ny nøgle" in rotated.err


def test_a_closed_case_is_erased_when_its_number_is_typed_again(store: Store, closed: str) -> None:
    refused = Said("erase", NUMBER, typed="2026-018\n")
    assert (refused.code, "Intet er ændret" in refused.err) == (1, True)
    assert store.lists.find_number(NUMBER)
    erased = Said("erase", NUMBER, typed=f"{NUMBER}\n")
    assert (erased.code, erased.err) == (0, "")
    assert "slettede.txt" in erased.out
    assert store.lists.find_number(NUMBER) is None
    assert [(entry.action, entry.case_id) for entry in store.audit.entries()][-1] == ("archive.erase", closed)


def test_an_open_or_unknown_case_is_not_erased(store: Store, case_id: str) -> None:
    refused = Said("erase", NUMBER, typed=f"{NUMBER}\n")
    assert refused.code == 1
    assert "Afslut den først" in refused.err
    assert store.cases.case(case_id).is_open
    assert "findes ikke" in Said("erase", "2099-1", typed="2099-1\n").err


def test_the_table_of_rights_is_printed() -> None:
    said = Said("access")
    assert said.code == 0
    assert said.out.startswith("# Hvem må hvad")
