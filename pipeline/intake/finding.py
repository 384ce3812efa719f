"""What the limited child says of a file, and how it travels to the parent, which believes no more than its shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.intake.accepted import Change
from pipeline.intake.kinds import MOST_BYTES, Kind
from pipeline.intake.names import shown
from pipeline.intake.refusals import FileRefused, Reason

_MOST_EDITS = 200_000
_LONGEST_MESSAGE = 500


@dataclass(frozen=True)
class Edit:
    """A place in the file that is overwritten, so that no byte behind it moves.

    Attributes:
        start: offset in bytes.
        text: what is written there.
        zeros: how many zero bytes follow it.
    """

    start: int
    text: bytes
    zeros: int

    @property
    def end(self) -> int:
        """Offset of the first byte that stays."""
        return self.start + len(self.text) + self.zeros


@dataclass(frozen=True)
class Finding:
    """A file that may come in.

    Attributes:
        kind: what it is to be kept as.
        changes: told to the sender.
        edits: places to overwrite in the file as it was sent.
        body: the file as it is to be kept; None where the one that was sent stays, but for `edits`.
    """

    kind: Kind
    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    body: bytes | None = None


class UnbelievableAnswer(Exception):
    """The child answered something that no child of ours says."""


def finding_on_the_line(finding: Finding) -> bytes:
    """One line of JSON, and after it the body."""
    edits = [[edit.start, edit.text.hex(), edit.zeros] for edit in finding.edits]
    changes = [change.name for change in finding.changes]
    facts = {"kind": finding.kind.value, "changes": changes, "edits": edits, "body": finding.body is not None}
    return json.dumps(facts).encode() + b"\n" + (finding.body or b"")


def refusal_on_the_line(refusal: FileRefused) -> bytes:
    """A refusal, told as any other answer because its cause has to come along."""
    return json.dumps({"refused": refusal.reason.value, "message": str(refusal)}).encode() + b"\n"


def read_answer(answer: bytes, size: int) -> Finding:
    """The child's answer.

    Args:
        answer: from the line.
        size: of the file that was asked about, in bytes; no edit may reach beyond it.

    Raises:
        FileRefused: the child refused.
        UnbelievableAnswer: it is no answer of ours.
    """
    try:
        line, _, body = answer.partition(b"\n")
        facts = json.loads(line)
        if "refused" in facts:
            raise FileRefused(_presentable(facts["message"]), Reason(facts["refused"]))
        return _finding(facts, body, size)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnbelievableAnswer from error


def _finding(facts: Mapping[str, object], body: bytes, size: int) -> Finding:
    edits = facts["edits"]
    if not isinstance(edits, list) or len(edits) > _MOST_EDITS or len(body) > MOST_BYTES:
        raise ValueError
    if facts["body"] is not True and body:
        raise ValueError
    names = facts["changes"]
    if not isinstance(names, list):
        raise TypeError
    return Finding(
        Kind(str(facts["kind"])),
        tuple(Change[name] for name in names),
        tuple(_edit(*edit, size=size) for edit in edits),
        body if facts["body"] is True else None,
    )


def _edit(start: int, text: str, zeros: int, *, size: int) -> Edit:
    edit = Edit(start, bytes.fromhex(text), zeros)
    if not (isinstance(start, int) and isinstance(zeros, int) and 0 <= start <= edit.end <= size and zeros >= 0):
        raise ValueError
    return edit


def _presentable(message: str) -> str:
    """A message may name a part of the file, and that name is the file's own."""
    words = " ".join(shown(word) for word in message.split())
    return words if len(words) <= _LONGEST_MESSAGE else f"{words[:_LONGEST_MESSAGE]}…"
