"""After a run with fictional data nothing of it is found in database, log, files, temporary folders or messages."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from demo_process import MARKED
from fictional_case import ADDRESS, CHILD_CPR
from fixtures.quick_folder import quick_folder

from pipeline.store.opening import Places


def _found(folder: Path, since: float = 0) -> set[str]:
    """The marked words in all files of a folder that were written since a moment."""
    found = set()
    for path in (path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime >= since):
        content = path.read_bytes().lower()
        found |= {
            word
            for word in MARKED
            for code in ("utf-8", "utf-16-le", "latin-1")
            if word.lower().encode(code) in content
        }
    return found


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "x").write_text(f"{ADDRESS} {CHILD_CPR}", encoding="utf-16-le")
    assert _found(tmp_path) == {ADDRESS, CHILD_CPR}


def test_a_run_leaves_nothing_readable_anywhere(places: Places, request: pytest.FixtureRequest) -> None:
    """In a process of its own, so that its temporary folder and all that it says can be searched too."""
    begun = time.time() - 1
    with quick_folder("tilsyn-temp-") as temporary:
        said = json.dumps({"home": str(places.files.parent), "database": places.database})
        done = subprocess.run(
            [sys.executable, "-X", "dev", str(Path(__file__).with_name("demo_process.py")), said],
            env={"TMPDIR": str(temporary)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        (temporary / "sagt").write_text(done.stdout + done.stderr, encoding="utf-8")
        assert _found(temporary) == set()
    assert any(path.name.endswith("-wal") for path in places.files.parent.iterdir()) == ("sqlite" in places.database)
    assert _found(places.files.parent) == set()
    if "sqlite" not in places.database:
        # Tables and the server's own log and what it says; all that it keeps.
        assert _found(request.getfixturevalue("postgresql").data.parent, since=begun) == set()
