"""After a day at the real server no fictional name, CPR number or diagnosis is found but where it is sealed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests
from fictional_words import DIAGNOSES, fictional_words, found_below, found_in
from fixtures.quick_folder import quick_folder
from fixtures.uploads import pictures
from real_server import PROJECT, RealServer
from visiting import Visit

from pipeline.store.opening import Places, open_store

DEMO_CASE = "cp_skole_2"
TYPED = (
    "Aksel kravlede hele vejen til køkkenet",  # saved
    "Ronja savner sin bror om eftermiddagen",  # autosaved
    "Villads øver med ham",  # title of a file
    "aksel-aastrup-lind-paa-gulvet",  # name of a file
    "Moren ringede om krampeanfald i nat",  # journal
    "Han sov skidt efter botoxbehandlingen",  # diary
)
SAVED, DRAFTED, TITLE, FILE_NAME, NOTE, DIARY = TYPED


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "Signe Aastrup Lind.txt").write_text("intet")
    (tmp_path / "x").write_text("… CEREBRAL PARESE …", encoding="utf-16-le")
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "y").write_text("øvelser", encoding="latin-1")
    words = ("Aastrup", "cerebral parese", "Øvelser")
    found = found_below(tmp_path, words)
    assert found == {
        "Signe Aastrup Lind.txt": {"Aastrup"},
        "x": {"cerebral parese"},
        "demo/y": {"Øvelser"},
    }
    assert "demo/y" not in found_below(tmp_path, words, but=[tmp_path / "demo"])


@pytest.mark.office
def test_a_day_at_the_server_leaves_nothing_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    with quick_folder("tilsyn-spor-") as folder:
        home, temporary = folder / "home", folder / "tmp"
        temporary.mkdir()
        monkeypatch.setenv("TMPDIR", str(temporary))  # for the server and all that it starts
        with RealServer(home) as server:
            requested = _a_day(server.address)
            backup = _backup(home, folder / "kopi.tilsyn")
            words = _words(home)
            # While it runs, with the database's log as it is.
            assert any(path.name.endswith("-wal") for path in home.iterdir())
            assert _below(home, words) == {}
            server.end(signal.SIGTERM)
            said = server.said + server.complained
        assert found_below(temporary, words) == {}
        assert _below(home, words) == {}
        assert found_in(said.encode(), words) == set()
        assert found_in(backup.encode() + (folder / "kopi.tilsyn").read_bytes(), words) == set()
        assert [address for address in requested if found_in(unquote(address).encode(), words)] == []


def _below(home: Path, words: Sequence[str]) -> dict[str, set[str]]:
    """The documents of a demo are made to be read."""
    assert (home / "demo" / DEMO_CASE / "manifest.json").exists()
    return found_below(home, words, but=[home / "demo"])


def _words(home: Path) -> Sequence[str]:
    store = open_store(Places.in_home(home))
    words = tuple(fictional_words(store) | set(TYPED))
    store.close()
    assert len(words) > 200
    assert {"Signe Aastrup Lind", "Aastrup", *DIAGNOSES, *TYPED} <= set(words)
    return words


def _backup(home: Path, out: Path) -> str:
    """As the municipality takes it while the server works; returns what it said."""
    command = [str(Path(sys.executable).with_name("tilsyn")), "backup", "--out", str(out)]
    environment = {**os.environ, "HJEMMETILSYN_HOME": str(home)}
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _a_day(address: str) -> list[str]:
    """What everybody did; returns every address that was asked for."""
    visits = [_mother(address), _caseworker(address), _everybody_else(address), _front(address)]
    # What somebody types into the address by mistake is theirs; it must not stand in our log either.
    for path in ("/sager/Aksel Aastrup Lind", "/sager?sog=Aksel+Aastrup+Lind", "/1406164111"):
        assert requests.get(address + path, timeout=60).status_code in (requests.codes.ok, requests.codes.not_found)
    return [url for visit in visits for url in visit.requested]


def _mother(address: str) -> Visit:
    mother = Visit(address).sign_in("Signe")
    case = _case(mother)
    visit = f"{case}/besoeg/besoeg-5"
    for section in "abcdef":
        assert mother.get(f"{visit}/afsnit/{section}").status == requests.codes.ok
    mother.press("/afsnit/f", cooperation_parents=SAVED, professionals_view_parents=SAVED)
    assert SAVED in mother.get(f"{visit}/historik/cooperation_parents").words
    mother.get(f"{visit}/afsnit/b")
    mother.post(
        f"{visit}/afsnit/b/kladde",
        {"_based_on": "{}", "_draft": "0", "training_description": DRAFTED},
        headers={"X-Autosave": "1"},
    )
    assert mother.status == requests.codes.ok
    assert DRAFTED in mother.get(f"{visit}/afsnit/b").page
    for photo in (pictures.photo(64, 48), pictures.photo(2000, 1500, quality=98), b"MZ" + DIAGNOSES[0].encode() * 99):
        mother.get(f"{case}/filer")
        mother.post(f"{case}/filer", {"titel": TITLE}, files={"filer": (f"{FILE_NAME}.jpg", photo)})
    assert mother.status == requests.codes.unprocessable
    assert mother.get(f"{case}/filer").words.count(TITLE) == 2
    mother.get(mother.link(TITLE))
    mother.get(f"{case}/dagbog").press("/dagbog", tekst=DIARY)
    assert DIARY in mother.get(f"{case}/dagbog").words
    mother.post("/log-ud", {})
    return mother


def _caseworker(address: str) -> Visit:
    caseworker = Visit(address).sign_in("Birgitte Ellegaard Holm")
    for sought in ("Aksel Aastrup", "140616-4111", "DEMO-0101"):
        caseworker.get("/sager").press("/sager/soeg", sog=sought)
        assert "Aksel Aastrup Lind" in caseworker.words, sought
    case = _address(caseworker.link("Aksel Aastrup Lind"))
    for path in ("", "/personer", "/dokumenter", "/hvem-har-set", "/udtraek", "/journal", "/invitationer"):
        assert caseworker.get(case + path).status == requests.codes.ok
    caseworker.press(f"{case}/invitationer", person="p-0101-6")
    link, code = caseworker.tree().xpath("//main//code/text()")
    _redeem(caseworker, str(link), str(code))
    new_note = f"{case}/journal/ny"
    caseworker.get(new_note).press(new_note, kind="note", with_whom="Signe Aastrup Lind", text=NOTE)
    assert NOTE in caseworker.get(f"{case}/journal").words
    caseworker.get("/sager").post("/log-ud", {})
    return caseworker


def _redeem(inviter: Visit, link: str, code: str) -> None:
    invited = Visit(inviter.address)
    invited.get(link.removeprefix(inviter.address))
    invited.post(link.removeprefix(inviter.address), {"code": code})
    assert invited.get("/sager").status == requests.codes.ok
    inviter.requested += invited.requested
    invited.close()


def _everybody_else(address: str) -> Visit:
    """A look at the own list by one person of each role."""
    visit = Visit(address)
    for name in ("Thomas Elkjær Dalgård", "Lone Vestergaard Pihl", "Jytte Fogtmann", "Steen Lyngballe", "Pia Elverhøj"):
        visit.sign_in(name).get("/sager")
        assert visit.status in (requests.codes.ok, requests.codes.forbidden)
    return visit


def _front(address: str) -> Visit:
    """Documents of a fictional case, made on the first page."""
    visit = Visit(address)
    visit.get("/").press(f"/demo/{DEMO_CASE}/dokumenter")
    assert visit.status == requests.codes.ok
    return visit


def _case(visit: Visit) -> str:
    return _address(next(one for one in reversed(visit.requested) if "/sager/" in one).removeprefix(visit.address))


def _address(path: str) -> str:
    found = re.match(r"/sager/[0-9a-f]{32}", path)
    assert found
    return found.group()
