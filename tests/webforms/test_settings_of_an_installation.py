"""The environment says how an installation is set up; what is only half said is refused."""

import os
from pathlib import Path

import pytest

from pipeline.errors import TilsynError
from pipeline.tool.load import EDITIONS
from webforms.demo import DEFAULT_SAMPLE, sample_path, samples
from webforms.settings import PROJECT, Mode, read_settings
from webforms.wiring import page_services

SEAL = {
    "HJEMMETILSYN_SEAL_KEY": "/segl/segl.key",
    "HJEMMETILSYN_SEAL_CERTIFICATE": "/segl/segl.pem",
    "HJEMMETILSYN_TIMESTAMP_URL": "https://tid.example.dk/tsa",
    "HJEMMETILSYN_TRUST_ROOTS": f"/segl/rod.pem{os.pathsep}/segl/anden.pem",
}


def test_without_settings_the_demo_seal_and_the_published_editions_are_used() -> None:
    settings = read_settings({})
    assert (settings.home, settings.editions) == (PROJECT / "var", EDITIONS)
    assert settings.seal is None
    assert settings.extra_trust_roots == ()
    assert (settings.workers, settings.host, settings.port) == (1, "127.0.0.1", 5000)


def test_an_empty_setting_counts_as_not_set() -> None:
    assert read_settings({"HJEMMETILSYN_HOME": "  ", "HJEMMETILSYN_PORT": ""}) == read_settings({})


def test_settings_are_taken_as_they_are_written() -> None:
    environment = {
        "HJEMMETILSYN_HOME": "~/hjem",
        "HJEMMETILSYN_EDITIONS": "udgaver",
        "HJEMMETILSYN_WORKERS": "3",
        "HJEMMETILSYN_PORT": "8080",
        "HJEMMETILSYN_HOST": "0.0.0.0",  # noqa: S104 - read, never listened on
    }
    settings = read_settings(environment)
    assert settings.home == Path.home() / "hjem"
    assert settings.editions == Path.cwd() / "udgaver"
    assert (settings.workers, settings.port, settings.host) == (3, 8080, "0.0.0.0")  # noqa: S104 - the same


def test_a_seal_of_the_municipalitys_own() -> None:
    more = {"HJEMMETILSYN_SEAL_CHAIN": "/segl/mellem.pem", "HJEMMETILSYN_CRL_URLS": "http://a.dk/1 http://a.dk/2"}
    seal = read_settings(SEAL | more | {"HJEMMETILSYN_SEAL_KEY_PASSWORD": "æble"}).seal
    assert seal is not None
    assert (seal.key, seal.certificate) == (Path("/segl/segl.key"), Path("/segl/segl.pem"))
    assert seal.trust_roots == (Path("/segl/rod.pem"), Path("/segl/anden.pem"))
    assert (seal.chain, seal.crl_urls) == ((Path("/segl/mellem.pem"),), ("http://a.dk/1", "http://a.dk/2"))
    assert seal.key_password == "æble".encode()


@pytest.mark.parametrize("left_out", SEAL)
def test_a_seal_that_is_half_set_up_is_refused(left_out: str) -> None:
    environment = {name: value for name, value in SEAL.items() if name != left_out}
    with pytest.raises(TilsynError, match=r"Seglet er kun halvt sat op\. Sæt HJEMMETILSYN_SEAL_KEY"):
        read_settings(environment)


def test_trust_roots_alone_are_for_checking_and_leave_the_demo_seal() -> None:
    settings = read_settings({"HJEMMETILSYN_TRUST_ROOTS": "/segl/rod.pem"})
    assert settings.seal is None
    assert settings.extra_trust_roots == (Path("/segl/rod.pem"),)


@pytest.mark.parametrize("name", ["WORKERS", "PORT"])
@pytest.mark.parametrize("written", ["0", "-1", "to", "1.5", "²"])
def test_a_number_that_is_none_is_refused_without_repeating_it(name: str, written: str) -> None:
    with pytest.raises(TilsynError) as refused:
        read_settings({f"HJEMMETILSYN_{name}": written})
    assert str(refused.value) == f"HJEMMETILSYN_{name} skal være et helt tal på mindst 1. Ret indstillingen."


def test_the_fictional_cases_are_found_by_name() -> None:
    assert len(samples(EDITIONS)) == 8
    assert sample_path(DEFAULT_SAMPLE, EDITIONS).is_file()


@pytest.mark.parametrize("name", ["ukendt", "", "../2018/sample_cp_skole_1", "cp_skole_1.json"])
def test_a_case_that_is_not_on_the_list_is_refused(name: str) -> None:
    with pytest.raises(TilsynError, match=r"findes ikke\. Vælg en af: autisme"):
        sample_path(name, EDITIONS)


def test_the_demo_is_what_runs_until_something_else_is_set_up() -> None:
    assert read_settings({}).mode is Mode.DEMO
    assert read_settings({"HJEMMETILSYN_MODE": "drift"}).mode is Mode.PRODUCTION
    with pytest.raises(TilsynError, match="“demo” eller “drift”"):
        read_settings({"HJEMMETILSYN_MODE": "produktion"})


def test_the_municipalitys_own_seals_are_named_by_their_fingerprint() -> None:
    written = ":".join(["AB"] * 32)
    assert read_settings({"HJEMMETILSYN_TRUSTED_SEALS": f"{written} {'0' * 64}"}).trusted_seals == ("ab" * 32, "0" * 64)
    with pytest.raises(TilsynError, match="SHA-256 af seglets certifikat"):
        read_settings({"HJEMMETILSYN_TRUSTED_SEALS": "vores segl"})


def test_database_keys_and_names_of_the_pages_are_as_set() -> None:
    environment = {
        "HJEMMETILSYN_DATABASE": "postgresql+psycopg:///tilsyn",
        "HJEMMETILSYN_KEYRING": "/noegler/ring.json",
        "HJEMMETILSYN_HOSTS": "tilsyn.example.dk hjemme.example.dk",
    }
    settings = read_settings(environment)
    assert (settings.database, settings.keyring) == ("postgresql+psycopg:///tilsyn", Path("/noegler/ring.json"))
    assert settings.hosts == ("tilsyn.example.dk", "hjemme.example.dk")


def test_a_scanner_that_nobody_could_reach_is_refused_before_a_page_is_served(tmp_path: Path) -> None:
    settings = read_settings({"HJEMMETILSYN_HOME": str(tmp_path), "HJEMMETILSYN_CLAMD": "clamd.sock"})
    with pytest.raises(TilsynError, match="Virusscannerens adresse"), page_services(settings):
        pass
