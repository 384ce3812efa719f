"""The server as a newcomer meets it: one line that says where, a Danish word when it cannot, and a clean end."""

import signal
import socket
from pathlib import Path

import pytest
import requests
from real_server import RealServer, environment, free_port, gone, refused

from pipeline.store.opening import Places, open_store
from webforms.serve import main


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_it_says_where_it_runs_and_ends_when_told(tmp_path: Path, sent: signal.Signals) -> None:
    with RealServer(tmp_path) as server:
        assert server.first_line == f"Hjemmetilsyn kører på {server.address} – stop med Ctrl+C\n"
        assert requests.get(f"{server.address}/healthz/readyz", timeout=30).text == "klar\n"
        started = server.below
        assert server.end(sent) == 0
        assert server.said.endswith("\nHjemmetilsyn er stoppet.\n")
        assert server.complained == ""
        assert gone(started)


def test_a_taken_port_is_told_in_danish(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = refused(environment(tmp_path, PORT=port))
    assert code == 1
    assert said.startswith(f"Fejl: Port {port} er optaget af et andet program")
    assert "HJEMMETILSYN_PORT" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "mange"}, "Fejl: HJEMMETILSYN_PORT skal være et helt tal"),
        ({"PORT": "0"}, "Fejl: HJEMMETILSYN_PORT skal være et helt tal på mindst 1."),
        ({"PORT": "70000"}, "Fejl: Port 70000 findes ikke."),
        ({"HOST": "192.0.2.1"}, "Fejl: Adressen 192.0.2.1 kan ikke bruges på denne maskine."),
        ({"HOST": "findes-ikke.invalid"}, "Fejl: Adressen findes-ikke.invalid kan ikke bruges på denne maskine."),
        ({"HOST": "::1"}, "Fejl: Adressen ::1 kan ikke bruges på denne maskine."),
        ({"SEAL_KEY": "noget"}, "Fejl: Seglet er kun halvt sat op."),
        ({"HOME": "/dev/null/nej"}, "Fejl: Systemets mappe kan ikke laves."),
    ],
)
def test_a_wrong_setting_is_told_in_one_danish_line(
    tmp_path: Path,
    settings: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in ({"HOME": str(tmp_path), "PORT": str(free_port())} | settings).items():
        monkeypatch.setenv(f"HJEMMETILSYN_{name}", value)
    assert main() == 1
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.startswith(said)
    assert found.err.count("\n") == 1


def test_a_key_ring_of_another_database_is_told_in_one_danish_line(tmp_path: Path) -> None:
    for name in ("en", "anden"):
        open_store(Places.in_home(tmp_path / name)).close()
    code, found = refused(environment(tmp_path / "en", KEYRING=str(tmp_path / "anden" / "noegler" / "noeglering.json")))
    assert code == 1
    assert found.startswith("Fejl: Nøgleringen hører til en anden database.")
    assert found.count("\n") == 1


def test_a_body_of_unknown_length_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    with RealServer(tmp_path) as server:
        response = requests.post(
            f"{server.address}/demo/cp_skole_2/dokumenter",
            data=(b"x" * 1024 for _ in range(5000)),  # sent in chunks, without Content-Length
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            timeout=30,
        )
        assert response.status_code == 400
        assert "Tryk på knappen igen" in response.text
        assert requests.get(f"{server.address}/healthz/livez", timeout=30).status_code == 200
