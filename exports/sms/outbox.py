"""Text messages as files in a folder, from where whatever the municipality sends them with fetches them.

No provider is named here: each wants another call, and the municipality has its contract with one of them. Who fetches
a message moves it to `sendt/` beside it, where it is looked for too; nothing of whom it is about stands in its name.
"""

import json
from hashlib import sha256
from pathlib import Path

from exports.durable import make_folder, placed_once, sync_folder, write_durably
from exports.sms.contract import Sms

SENT = "sendt"


class SmsOutbox:
    """See `SmsTarget`.

    Args:
        folder: holds a folder for each message, with `besked.json`: number and text.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, sms: Sms) -> None:
        """See `SmsTarget`."""
        name = sha256(sms.key.encode()).hexdigest()[:40]
        target = self._folder / name
        if target.is_dir() or (self._folder / SENT / name).is_dir():
            return
        with placed_once(target) as unfinished:
            make_folder(unfinished)
            told = json.dumps({"til": sms.to, "tekst": sms.text}, ensure_ascii=False, indent=2)
            write_durably(unfinished / "besked.json", [told.encode()])
            sync_folder(unfinished)
