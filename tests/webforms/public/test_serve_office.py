"""The real machines behind the page: real documents with a whole seal, and no process left when the server ends."""

import json
import re
import signal
import threading
import time
from pathlib import Path

import pytest
import requests
from real_server import RealServer, gone

from webforms.public.shelf import KNOWN

pytestmark = pytest.mark.office
CASE = "downs_foerskole_1"
MACHINES = ("soffice.bin", "office_worker.py", "merge.worker")


def press(server: RealServer) -> requests.Response:
    """Press “Lav dokumenterne” and follow the answer to its page."""
    with requests.Session() as visitor:
        token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(server.address, timeout=60).text)
        assert token
        data = {"csrf_token": token[1]}
        return visitor.post(f"{server.address}/demo/{CASE}/dokumenter", data=data, timeout=180)


def machines(server: RealServer) -> set[str]:
    return {name for name in MACHINES if any(name in command for command in server.below.values())}


def test_real_documents_with_a_whole_seal_and_no_process_left(tmp_path: Path) -> None:
    with RealServer(tmp_path) as server:
        page = press(server)
        assert page.status_code == 200
        assert 'Kontrol af seglet: <span lang="da">i orden</span>' in page.text
        assert "DEMO: Dokumentet er uændret, siden det blev forseglet af DEMO Testkommune segl" in page.text

        files = {k.file_name: requests.get(f"{server.address}/demo/{CASE}/{k.file_name}", timeout=30) for k in KNOWN}
        manifest = json.loads(files["manifest.json"].content)
        assert {f["name"]: f["size"] for f in manifest["files"]} == {
            name: len(file.content) for name, file in files.items() if name != "manifest.json"
        }
        assert sorted(p.name for p in (tmp_path / "demo" / CASE).iterdir()) == sorted(files)

        assert machines(server) == set(MACHINES)
        started = server.below
        assert server.end(signal.SIGINT, to_the_terminal=True) == 0
        assert server.complained == ""
        assert gone(started)


def test_a_changed_pdf_is_found_out_on_the_page(tmp_path: Path) -> None:
    with RealServer(tmp_path) as server:
        press(server)
        pdf = tmp_path / "demo" / CASE / "tilsynsrapport.pdf"
        content = bytearray(pdf.read_bytes())
        content[len(content) // 3] ^= 1
        pdf.write_bytes(content)
        page = press_nothing_until_checked(server)
        assert re.search('Kontrol af seglet: <span lang="da">(ikke i orden|kan ikke læses)</span>', page)


def press_nothing_until_checked(server: RealServer) -> str:
    """The first page, once no check is under way any more."""
    for _ in range(60):
        page = requests.get(server.address, timeout=60).text
        if "ved at blive kontrolleret" not in page:
            return page
    pytest.fail("the check never came to an end")


def test_ctrl_c_in_the_middle_finishes_the_documents_and_leaves_no_process(tmp_path: Path) -> None:
    with RealServer(tmp_path) as server:
        answers: list[int] = []
        visitor = threading.Thread(target=lambda: answers.append(_status(server)))
        visitor.start()
        _wait_for_machines(server)
        started = server.below
        assert server.end(signal.SIGINT, to_the_terminal=True) == 0
        visitor.join(60)
        assert server.complained == ""
        assert gone(started)
        assert sorted(p.name for p in (tmp_path / "demo" / CASE).iterdir()) == sorted(k.file_name for k in KNOWN)
        assert answers == [303]


def test_a_killed_server_leaves_no_process_either(tmp_path: Path) -> None:
    with RealServer(tmp_path) as server:
        press(server)
        started = server.below
        assert machines(server) == set(MACHINES)
        assert server.end(signal.SIGKILL) == -signal.SIGKILL
        assert gone(started)


def _status(server: RealServer) -> int:
    with requests.Session() as visitor:
        token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(server.address, timeout=60).text)
        assert token
        return visitor.post(
            f"{server.address}/demo/{CASE}/dokumenter",
            data={"csrf_token": token[1]},
            timeout=180,
            allow_redirects=False,
        ).status_code


def _wait_for_machines(server: RealServer) -> None:
    deadline = time.monotonic() + 60
    while "soffice.bin" not in machines(server):
        assert time.monotonic() < deadline
        time.sleep(0.05)
