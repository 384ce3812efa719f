"""`tilsyn verify` reads a signed agreement and its file of evidence: 0 in order, 1 not in order, 2 not readable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from family_home import SIGNE
from signing_house import SigningHouse

from pipeline.documents.seal.demo_services import DemoServices


@pytest.fixture
def files(house: SigningHouse, tmp_path: Path) -> Path:
    """A folder with the agreement, the evidence, and what is wrong with others."""
    house.ask()
    house.browser(SIGNE).get(house.of(SIGNE)).fill(laest="1")
    agreement = house.file(house.signing.file)
    evidence = house.browser(SIGNE).client.get(house.of(SIGNE, "/bevis")).data
    for name, content in (("aftale.pdf", agreement), ("bevis.zip", evidence), ("andet.zip", evidence + b"\n")):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_the_command_reads_both_kinds(files: Path, demo_seal: DemoServices) -> None:
    roots = ":".join(str(root) for root in demo_seal.pki.roots)
    said = {name: _verify(files, name, roots) for name in ("aftale.pdf", "bevis.zip", "andet.zip", "findes-ikke.pdf")}
    assert {name: code for name, (code, _) in said.items()} == {
        "aftale.pdf": 0,
        "bevis.zip": 0,
        "andet.zip": 1,
        "findes-ikke.pdf": 2,
    }
    assert said["bevis.zip"][1]["told"][-1].endswith("Signe Aastrup Lind, mor: underskrift ved log-ind")
    assert said["aftale.pdf"][1]["signatures"][1]["kind"] == "sign_in"
    assert said["aftale.pdf"][1]["is_demo"]
    assert said["andet.zip"][1]["findings"] == ["EVIDENCE_REPACKED"]


def _verify(folder: Path, name: str, roots: str) -> tuple[int, dict[str, list[str]]]:
    env = {"HJEMMETILSYN_HOME": str(folder), "HJEMMETILSYN_TRUST_ROOTS": roots, "LANG": "C.UTF-8"}
    command = (Path(sys.executable).with_name("tilsyn"), "verify", folder / name, "--json")
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)
