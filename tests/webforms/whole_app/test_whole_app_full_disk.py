"""A disk that is full, or a database that may not grow, in the middle of a save or an upload, as somebody sees it.

What happened is said in Danish, nothing is written by halves, what was typed is on the page again, and on it goes.
"""

import io
import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from family_home import SIGNE, Home
from fixtures.quick_folder import quick_folder
from fixtures.uploads import pictures
from real_server import RealServer
from visiting import Visit

from pipeline.audit.chain import Chain
from pipeline.audit.verify import ask_anchor, verify
from pipeline.store.opening import Places, open_store

WORDS = ("Vi taler med børnehaven hver uge om øvelserne. " * 200).strip()
FIELDS = {"cooperation_parents": WORDS, "professionals_view_parents": f"{WORDS} Også fagligt."}
MIGHT_TAKE = 60
_NO_LIMIT = resource.RLIM_INFINITY


def test_a_database_that_may_not_grow_gives_the_words_back(home: Home) -> None:
    mother, refused = home.browser(SIGNE), 0
    before = home.case().revision
    for pages in range(MIGHT_TAKE):
        mother.at("afsnit/f")
        with _at_most(home, pages):
            mother.fill(**FIELDS)
        if mother.status == requests.codes.ok:
            break
        refused += 1
        assert mother.status in (requests.codes.unprocessable, requests.codes.unavailable)
        assert "Der kan ikke gemmes eller hentes lige nu. Intet er ændret. Prøv igen om lidt" in mother.words
        assert {name: mother.typed(name) for name in FIELDS} == FIELDS
        assert home.case().revision == before
    assert refused
    assert mother.at("afsnit/f").typed("cooperation_parents") == WORDS


def test_an_autosave_that_finds_no_room_does_not_say_kept(home: Home) -> None:
    mother = home.browser(SIGNE).at("afsnit/f")
    with _at_most(home, 0):
        answer = mother.keep(cooperation_parents=WORDS * 3)
    assert answer.status_code == requests.codes.unavailable
    assert mother.at("afsnit/f").typed("cooperation_parents") == ""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[RealServer, Path]]:
    with quick_folder("tilsyn-fuld-") as folder, RealServer(folder / "home") as server:
        assert requests.get(f"{server.address}/healthz/livez", timeout=60).ok  # now it has its worker
        yield server, folder / "home"


@pytest.fixture
def mother(server: tuple[RealServer, Path]) -> Iterator[Visit]:
    visit = Visit(server[0].address).sign_in("Signe")
    yield visit
    visit.close()


def test_a_disk_that_is_full_after_n_bytes_of_a_save_loses_nothing(
    server: tuple[RealServer, Path], mother: Visit
) -> None:
    page = re.sub(r"/start$", "/besoeg/besoeg-5/afsnit/f", _case_of(mother))
    mother.get(page)

    def save() -> None:
        mother.post(page, {"_based_on": mother.typed("_based_on"), **FIELDS})

    refusals = _until_there_is_room(server, mother, page, save, step=8000)
    assert all(all(words in page for words in FIELDS.values()) for page in refusals)
    assert mother.get(page).typed("cooperation_parents") == WORDS


def test_a_disk_that_is_full_after_n_bytes_of_an_upload_leaves_no_half_file(
    server: tuple[RealServer, Path], mother: Visit
) -> None:
    page = re.sub(r"/start$", "/filer", _case_of(mother))
    large = pictures.photo(2000, 1500, quality=98)

    def send() -> None:
        mother.post(page, {"titel": "Øvelse i stuen"}, files={"filer": ("foto.jpg", io.BytesIO(large))})

    _until_there_is_room(server, mother, page, send, step=150_000)
    assert mother.get(page).words.count("Øvelse i stuen") == 1
    _, home = server
    assert [path.name for path in (home / "arbejde").glob("*/*")] == [".i-brug"]


def _until_there_is_room(
    server: tuple[RealServer, Path],
    mother: Visit,
    page: str,
    work: Callable[[], None],
    step: int,
) -> list[str]:
    """Do something with ever more room until it succeeds; returns the pages that told that it did not."""
    running, home = server
    (worker,) = running.below
    refusals = list[str]()
    before = _as_kept(home)
    for number in range(MIGHT_TAKE):
        mother.get(page)
        _empty_the_log(home)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (number * step, _NO_LIMIT))
        try:
            work()
        finally:
            resource.prlimit(worker, resource.RLIMIT_FSIZE, (_NO_LIMIT, _NO_LIMIT))
        if mother.status == requests.codes.see_other:
            break
        refusals.append(mother.page)
        assert mother.status in (requests.codes.unprocessable, requests.codes.unavailable)
        assert re.search("ikke gemmes|ikke plads til filen", mother.words)
        assert _as_kept(home) == before
    assert len(refusals) > 1
    assert _as_kept(home) != before
    return refusals


def _empty_the_log(home: Path) -> None:
    """SQLite writes over what its log holds already, and that would always find room."""
    with closing(sqlite3.connect(home / "tilsyn.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _as_kept(home: Path) -> object:
    """All cases and files, read by a program that starts now; it starts only on a whole audit log."""
    store = open_store(Places.in_home(home))
    try:
        assert verify(store.audit.entries(), Chain(store.keyring), ask_anchor(store.anchor)).good
        cases = [(one.id, store.cases.case(one.id).revision) for one in store.lists.listing().cases]
        return cases, sorted((home / "filer").glob("??/*"))
    finally:
        store.close()


def _case_of(visit: Visit) -> str:
    return next(address for address in reversed(visit.requested) if address.endswith("/start")).removeprefix(
        visit.address
    )


@contextmanager
def _at_most(home: Home, more: int) -> Iterator[None]:
    """No more pages than there are, and some more."""
    (now,), (usual,) = _pragma(home, "page_count"), _pragma(home, "max_page_count")
    _pragma(home, f"max_page_count={now + more}")
    try:
        yield
    finally:
        _pragma(home, f"max_page_count={usual}")


def _pragma(home: Home, asked: str) -> tuple[int]:
    """Ask the one connection that writes; it is given back at once, for the save waits for it."""
    with closing(home.services.store.database.engine.raw_connection()) as borrowed:
        driver = borrowed.driver_connection
        assert driver
        found: tuple[int] = driver.execute(f"PRAGMA {asked}").fetchone()
        return found
