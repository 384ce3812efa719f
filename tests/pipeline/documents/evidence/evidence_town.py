"""One demo installation and what it made: an agreement that two have signed, and its file of evidence."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from pipeline.documents.agreement_to_sign import places
from pipeline.documents.evidence.manifest import Happened
from pipeline.documents.evidence.write import Evidence, Part, evidence_file
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.trust_store import TrustStore

SIGNE = "Signe Opdigtsen har skrevet under ved log-ind."
JEPPE = "Jeppe Opdigtsen har skrevet under ved log-ind."
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Town:
    """A demo municipality's seal, and what it made; the people are fictional."""

    sealer: Sealer
    trust: TrustStore
    agreement: bytes
    half: bytes
    evidence: bytes

    def packed(self, agreement: bytes, *statements: str) -> bytes:
        """Evidence that tells these statements, genuinely sealed."""
        events = [Happened(at=AT, what="Underskrift ved log-ind", statement=statement) for statement in statements]
        documents = [
            Part("aftale.pdf", "Aftalen", "application/pdf", agreement),
            Part("skannet-side-1.png", "Skannet side", "image/png", b"\x89PNG opdigtet"),
        ]
        made = Evidence("DEMO-1", "Eksempel Kommune", fictional=True, made_at=AT, documents=documents, events=events)
        return evidence_file(made, self.sealer)


def found_town(identity: SealIdentity, trust: TrustStore, folder: Path) -> Town:
    """Seal, sign and pack."""
    sealer = Sealer(identity)
    half, whole = _signed(sealer, folder)
    bare = Town(sealer, trust, whole, half, b"")
    return Town(sealer, trust, whole, half, bare.packed(whole, SIGNE, JEPPE))


def _signed(sealer: Sealer, folder: Path) -> tuple[bytes, bytes]:
    bare, sealed, one, two = (folder / f"{name}.pdf" for name in ("bar", "segl", "en", "to"))
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(bare, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    first, second = places(2)
    sealer.seal_for_signers(bare, sealed, reason="Aftale", places=(first, second))
    sealer.sign(sealed, one, place=first, reason=SIGNE, is_last=False)
    sealer.sign(one, two, place=second, reason=JEPPE, is_last=True)
    return one.read_bytes(), two.read_bytes()
