"""LibreOffice opens forms and saves them again, untouched or after somebody wrote in them."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EDITOR = Path(__file__).with_name("office_editor.py")


@dataclass(frozen=True)
class OfficeSaves:
    """A LibreOffice with a profile of its own, in a folder of its own."""

    folder: Path

    def saved(self, kind: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Each file opened and saved; `kind` is “docx” or “xlsx”."""
        before, after = self.folder / "before", self.folder / "after"
        before.mkdir(exist_ok=True)
        paths = {name: before / f"{name}.{kind}" for name in files}
        for name, path in paths.items():
            path.write_bytes(files[name])
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", after, *paths.values()],
            check=True,
            capture_output=True,
            timeout=240,
        )
        return {name: (after / path.name).read_bytes() for name, path in paths.items()}

    def written(self, kind: str, data: bytes, write: Sequence[tuple[int | str, str]], *, replace: bool) -> bytes:
        """A file in which somebody wrote, see `office_editor`."""
        file, saved, order = (self.folder / name for name in (f"form.{kind}", f"saved.{kind}", "order.json"))
        file.write_bytes(data)
        facts = {"file": str(file), "saved": str(saved), "write": write, "replace": replace}
        order.write_text(json.dumps(facts), encoding="utf-8")
        profile = self.folder / "profile"
        subprocess.run(["/usr/bin/python3", _EDITOR, profile, order], check=True, capture_output=True, timeout=120)
        return saved.read_bytes()
