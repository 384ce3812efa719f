"""`tilsyn verify` reads the file of evidence of a signed agreement: 0 in order, 1 not in order."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from family_home import SIGNE
from signing_house import SigningHouse

from pipeline.documents.seal.demo_services import DemoServices


@pytest.fixture
def files(house: SigningHouse, tmp_path: Path) -> Path:
    """A folder with the evidence, and with the same changed."""
    house.ask()
    house.browser(SIGNE).get(house.of(SIGNE)).fill(laest="1")
    evidence = house.browser(SIGNE).client.get(house.of(SIGNE, "/bevis")).data
    for name, content in (("bevis.zip", evidence), ("andet.zip", evidence + b"\n")):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_the_command_tells_genuine_evidence_from_changed(files: Path, demo_seal: DemoServices) -> None:
    roots = ":".join(str(root) for root in demo_seal.pki.roots)
    said = {name: _verify(files, name, roots) for name in ("bevis.zip", "andet.zip")}
    assert [code for code, _ in said.values()] == [0, 1]
    assert said["bevis.zip"][1]["told"][-1].endswith("Signe Aastrup Lind, mor: underskrift ved log-ind")
    assert [one["kind"] for one in said["bevis.zip"][1]["signatures"]] == ["evidence", "seal", "sign_in"]
    assert said["bevis.zip"][1]["is_demo"]
    assert said["andet.zip"][1]["findings"] == ["EVIDENCE_REPACKED"]


def _verify(folder: Path, name: str, roots: str) -> tuple[int, dict[str, Any]]:
    env = {"HJEMMETILSYN_HOME": str(folder), "HJEMMETILSYN_TRUST_ROOTS": roots, "LANG": "C.UTF-8"}
    command = (Path(sys.executable).with_name("tilsyn"), "verify", folder / name, "--json")
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)
