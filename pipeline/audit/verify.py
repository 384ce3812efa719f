"""Goes through the audit log line by line and says what was done to it; a log of any length, in little memory.

What cannot be seen: lines cut off the end by someone who also puts an older genuine copy of the anchor in place. The
anchor's history shows it where a line that it remembers is gone (one in a thousand, and the first of each day), unless
its older genuine copies are put in place too. Against that they are to be copied to where the same person cannot write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pipeline.audit.anchor import Anchor, Checkpoint
from pipeline.audit.chain import Chain, Entry
from pipeline.audit.findings import MOST_KEPT, Fault, Finding, Verdict
from pipeline.danish import danish_moment
from pipeline.errors import Tampered
from pipeline.vault.head_file import Head
from pipeline.vault.mac_key import MAC_BYTES


@dataclass(frozen=True)
class AnchorSays:
    """What is known of the log from outside the database.

    Attributes:
        codes: of lines that must be in the log, by number; one for each thousand and each day, and the newest.
        findings: what is wrong with the anchor itself.
        notes: restores that the history tells of, in Danish.
    """

    codes: Mapping[int, bytes]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def ask_anchor(anchor: Anchor) -> AnchorSays:
    """Read the anchor; before the log's rows are read, or a log that grows meanwhile would seem cut off."""
    findings: list[Finding] = []
    history = _history(anchor, findings)
    codes: dict[int, bytes] = {}
    for checkpoint in history:
        if checkpoint.set_back:
            codes = {seq: mac for seq, mac in codes.items() if seq < checkpoint.seq}
        codes[checkpoint.seq] = checkpoint.mac
    # The history before the head: it is written after it.
    head = _head(anchor, findings)
    if head:
        if history and history[-1].seq > head.seq:
            findings.append(Finding(Fault.ANCHOR_SET_BACK, history[-1].seq, history[-1].seq))
        if codes.setdefault(head.seq, head.mac) != head.mac:
            findings.append(Finding(Fault.HISTORY_FORGED))
    return AnchorSays(codes, tuple(findings), tuple(_note(point) for point in history if point.set_back))


def verify(entries: Iterable[Entry], chain: Chain, anchor: AnchorSays) -> Verdict:
    """Look through the whole log.

    Args:
        entries: every row, by rising number, as the database returns it, whatever is in it.
        chain: knows the log's key.
        anchor: from `ask_anchor`, asked before the rows were read.
    """
    walk = _Walk(chain, anchor.codes)
    for finding in anchor.findings:
        walk.found(finding)
    for entry in entries:
        walk.see(entry)
    return walk.end(anchor.notes)


@dataclass
class _Walk:
    chain: Chain
    codes: Mapping[int, bytes]
    entries: int = 0
    genuine: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)
    # The line before: its number, its code as it stands there, and whether we wrote it.
    seq: int = 0
    mac: bytes = bytes(MAC_BYTES)
    is_genuine: bool = True

    def found(self, finding: Finding) -> None:
        self.count += 1
        if len(self.findings) < MOST_KEPT:
            self.findings.append(finding)

    def see(self, entry: Entry) -> None:
        self.entries += 1
        if self.chain.vouches_for(entry):
            self.genuine += 1
            self._see_genuine(entry)
        else:
            self._see_false(entry)

    def _see_genuine(self, entry: Entry) -> None:
        if entry.seq <= self.seq:
            self.found(Finding(Fault.REORDERED, entry.seq, entry.seq))
            return
        if entry.seq > self.seq + 1:
            self.found(Finding(Fault.MISSING, self.seq + 1, entry.seq - 1))
        elif self.is_genuine and entry.previous_mac != self.mac:
            self.found(Finding(Fault.REPLACED, entry.seq, entry.seq))
        if self.codes.get(entry.seq, entry.mac) != entry.mac:
            self.found(Finding(Fault.REPLACED, entry.seq, entry.seq))
        self.seq, self.mac, self.is_genuine = entry.seq, entry.mac, True

    def _see_false(self, entry: Entry) -> None:
        # Nothing in such a row can be relied on, not even that its number is one.
        follows = isinstance(entry.seq, int) and entry.seq == self.seq + 1
        where = entry.seq if isinstance(entry.seq, int) else self.seq + 1
        changed = follows and entry.previous_mac == self.mac
        self.found(Finding(Fault.CHANGED if changed else Fault.INSERTED, where, where))
        if follows:
            self.seq, self.mac, self.is_genuine = entry.seq, entry.mac, False

    def end(self, notes: tuple[str, ...]) -> Verdict:
        newest = max(self.codes, default=0)
        if newest > self.seq:
            self.found(Finding(Fault.CUT_OFF, self.seq + 1, newest))
        if self.entries and not self.genuine:
            self.count += 1
            self.findings.insert(0, Finding(Fault.OTHER_KEY))
        return Verdict(self.entries, tuple(self.findings[:MOST_KEPT]), self.count, notes)


def _history(anchor: Anchor, findings: list[Finding]) -> tuple[Checkpoint, ...]:
    try:
        return anchor.history()
    except Tampered:
        findings.append(Finding(Fault.HISTORY_FORGED))
        return ()


def _head(anchor: Anchor, findings: list[Finding]) -> Head | None:
    try:
        return anchor.head()
    except Tampered:
        findings.append(Finding(Fault.ANCHOR_FORGED if anchor.exists else Fault.ANCHOR_MISSING))
        return None


def _note(point: Checkpoint) -> str:
    moment = datetime.strptime(point.at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return (
        f"{danish_moment(moment).capitalize()} blev en sikkerhedskopi lagt på plads; "
        f"loggen går videre fra linje nr. {point.seq}."
    )
