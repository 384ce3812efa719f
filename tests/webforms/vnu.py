"""The Nu HTML checker: fetched once with npm into var/, and only the very release named here."""

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
_VAR = Path(__file__).resolve().parents[2] / "var"
_KEPT = _VAR / f"vnu-jar-{VERSION}.tgz"
_IN_PACKAGE = "package/build/dist/vnu.jar"


def html_errors(folder: Path) -> list[str]:
    """What is wrong with the HTML files of a folder, one line each; the checker starts once for all of them.

    Args:
        folder: holds the pages; the checker is laid beside them for the time of the check.
    """
    jar = _jar(folder)
    files = [str(path) for path in sorted(folder.glob("*.html"))]
    command = [
        "java",
        # Over in seconds: what a long-lived program gains from, this one only pays for.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xss4m",
        "-jar",
        str(jar),
        "--errors-only",
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    told = subprocess.run([*command, *files], capture_output=True, timeout=240, check=True).stdout
    messages = json.loads(told)["messages"]
    return [f"{Path(m['url']).name}, {m.get('lastLine')}: {m['message']} {m.get('extract', '')}" for m in messages]


def _jar(folder: Path) -> Path:
    if not _KEPT.exists():
        _fetch()
    found = base64.b64encode(hashlib.sha512(_KEPT.read_bytes()).digest()).decode()
    assert found == SHA512, f"{_KEPT} is not vnu-jar {VERSION}; delete it"
    with tarfile.open(_KEPT) as package:
        package.extract(_IN_PACKAGE, folder, filter="data")
    return folder / _IN_PACKAGE


def _fetch() -> None:
    _VAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_VAR) as folder:
        command = ["npm", "pack", f"vnu-jar@{VERSION}", "--silent", "--pack-destination", folder]
        subprocess.run(command, cwd=folder, check=True, timeout=240, stdout=subprocess.DEVNULL)
        next(Path(folder).glob("*.tgz")).replace(_KEPT)
