"""An audit log without database, with key ring and anchor; its clock runs six hours for each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain, Deed, Entry
from pipeline.audit.findings import Verdict
from pipeline.audit.verify import ask_anchor, verify
from pipeline.vault.head_file import Head, beginning
from pipeline.vault.iso_moment import iso_moment
from pipeline.vault.keyring import Keyring

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Log:
    """A log and where its anchor lies."""

    keyring: Keyring
    folder: Path
    rows: list[Entry]

    @property
    def chain(self) -> Chain:
        return Chain(self.keyring)

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.folder, self.keyring)

    @property
    def newest(self) -> Head:
        return self.rows[-1].head if self.rows else beginning(iso_moment(BEGUN))

    def write(self, lines: int = 1, case_id: str | None = "sag-1", *, anchored: bool = True) -> None:
        for _ in range(lines):
            at = BEGUN + timedelta(hours=6 * (self.newest.seq + 1))
            self.rows.append(self.chain.after(self.newest, Deed(at, "system", "case.read", case_id, "ok")))
            if anchored:
                self.anchor.advance(self.newest)

    def judged(self, rows: Sequence[Entry] | None = None) -> Verdict:
        return verify(iter(self.rows if rows is None else rows), self.chain, ask_anchor(self.anchor))


def new_log(folder: Path) -> Log:
    """A log without lines."""
    log = Log(Keyring.create(folder / "noegler" / "n.json"), folder / "anker", [])
    log.anchor.create_unless_there(BEGUN)
    return log
