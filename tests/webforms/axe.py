"""axe-core, the judge of accessibility: fetched once with npm into var/, and only the very release named here."""

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.14.1"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_KEPT = Path(__file__).resolve().parents[2] / "var" / f"axe-core-{VERSION}.tgz"


def axe_source() -> str:
    """The script, from the kept package; the package is checked each time."""
    if not _KEPT.exists():
        _fetch()
    found = base64.b64encode(hashlib.sha512(_KEPT.read_bytes()).digest()).decode()
    assert found == SHA512, f"{_KEPT} is not axe-core {VERSION}; delete it"
    with tarfile.open(_KEPT) as package:
        script = package.extractfile("package/axe.min.js")
        assert script
        return script.read().decode()


def _fetch() -> None:
    _KEPT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_KEPT.parent) as folder:
        subprocess.run(
            ["npm", "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", folder],
            cwd=folder,
            check=True,
            timeout=120,
            stdout=subprocess.DEVNULL,
        )
        next(Path(folder).glob("*.tgz")).replace(_KEPT)
