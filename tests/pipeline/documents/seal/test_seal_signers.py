"""Several people sign one sealed file: each signature is a revision, the last one locks, and none can be forged."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from later_changes import co_signed, updated
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from sealed_documents import small_pdf, write

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.places import is_place_of_signer, place_of_signer
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.statements import statements
from pipeline.documents.seal.verification import SignatureKind, Verdict
from pipeline.errors import StepFailed

ONE, TWO = place_of_signer(1), place_of_signer(2)
SAID = "Signe Opdigtsen har skrevet under ved log-ind. Æøå."


@pytest.fixture(scope="module")
def versions(sealer: Sealer, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, bytes]:
    """The agreement before any signature, after the first and after the second."""
    folder = tmp_path_factory.mktemp("signers")
    paths = [folder / f"{number}.pdf" for number in range(3)]
    bare = write(folder / "bar.pdf", small_pdf())
    sealer.seal_for_signers(bare, paths[0], reason="Aftale", places=(ONE, TWO))
    sealer.sign(paths[0], paths[1], place=TWO, reason=SAID, is_last=False)
    sealer.sign(paths[1], paths[2], place=ONE, reason="Jeppe Opdigtsen har skrevet under.", is_last=True)
    none, one, both = (path.read_bytes() for path in paths)
    return none, one, both


def test_each_version_is_good_and_says_how_many_places_are_open(versions: tuple[bytes, ...], judge) -> None:
    found = [judge(file) for file in versions]
    assert [one.verdict for one in found] == [Verdict.GOOD] * 3
    assert [one.open_places for one in found] == [2, 1, 0]
    assert "Der er plads til 2 underskrifter mere" in found[0].sentences[1]
    assert "Der er plads til 1 underskrift mere" in found[1].sentences[2]


def test_a_signature_says_who_signed_and_is_the_municipalitys_confirmation(versions: tuple[bytes, ...], judge) -> None:
    seal, first, second = judge(versions[2]).signatures
    assert [seal.kind, first.kind, second.kind] == [SignatureKind.SEAL, SignatureKind.SIGN_IN, SignatureKind.SIGN_IN]
    assert first.reason == SAID
    assert "bekræfter med sit segl" in judge(versions[2]).sentences[1]
    assert [one.place for one in statements(versions[2])] == ["Segl", TWO, ONE]


def test_what_was_there_before_stays_byte_for_byte(versions: tuple[bytes, ...]) -> None:
    none, one, both = versions
    assert one.startswith(none)
    assert both.startswith(one)
    with pikepdf.open(BytesIO(none)) as before, pikepdf.open(BytesIO(both)) as after:
        assert before.Root.Metadata.read_raw_bytes() == after.Root.Metadata.read_raw_bytes()
        assert all([float(side) for side in field.Rect] == [0, 0, 0, 0] for field in after.Root.AcroForm.Fields)


def test_the_last_signature_locks_every_field(versions: tuple[bytes, ...], sealer: Sealer, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(versions[2])) as pdf:
        values = {str(field.T): field.V for field in pdf.Root.AcroForm.Fields}
        assert values[ONE].Reference[0].TransformMethod == "/FieldMDP"
        assert values[ONE].Reference[0].TransformParams.Action == "/All"
        assert "/Reference" not in values[TWO]
    source = write(tmp_path / "alle.pdf", versions[2])
    for place in (ONE, "Underskrift-3"):
        with pytest.raises(StepFailed, match="pladsen til underskriften mangler eller er brugt") as told:
            sealer.sign(source, tmp_path / "ud.pdf", place=place, reason="x", is_last=False)
        assert told.value.permanent


def test_a_report_without_places_cannot_be_signed(sealer: Sealer, sealed_path: Path, tmp_path: Path) -> None:
    for source in (sealed_path, write(tmp_path / "bar.pdf", small_pdf())):
        with pytest.raises(StepFailed):
            sealer.sign(source, tmp_path / "ud.pdf", place=ONE, reason="x", is_last=True)


def test_only_who_sealed_can_confirm_a_sign_in(versions: tuple[bytes, ...], services: DemoServices, judge) -> None:
    """The same certificate in a field of another name is an ordinary signature, and says nothing of a sign-in."""
    found = judge(co_signed(versions[0], services, field="Underskrift2"))
    assert found.verdict is Verdict.GOOD
    assert found.signatures[-1].kind is SignatureKind.SIGNATURE


def test_a_flipped_bit_in_any_revision_is_found(versions: tuple[bytes, ...], judge) -> None:
    both = versions[2]
    for number in range(25):
        place = (number * 7919 + 211) % len(both)
        changed = both[:place] + bytes([both[place] ^ 4]) + both[place + 1 :]
        assert judge(changed).verdict is not Verdict.GOOD, place


def test_a_signature_that_was_cut_off_is_not_missed_by_who_counts(versions: tuple[bytes, ...], judge) -> None:
    """Cutting back to an earlier version gives that genuine version: it says itself that a place is open."""
    assert judge(versions[1]).open_places == 1


def test_an_empty_place_that_shows_or_does_something_is_refused(versions: tuple[bytes, ...], judge) -> None:
    def paint(writer) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[pdf_name("/AA")] = generic.DictionaryObject()
        writer.update_container(field)

    assert Finding.OTHER_FIELDS in judge(updated(versions[0], paint)).findings


def test_words_of_a_signature_are_fit_for_a_terminal(sealer: Sealer, tmp_path: Path, judge) -> None:
    bare = write(tmp_path / "bar.pdf", small_pdf())
    sealer.seal_for_signers(bare, tmp_path / "a.pdf", reason="Aftale", places=(ONE,))
    sealer.sign(
        tmp_path / "a.pdf", tmp_path / "b.pdf", place=ONE, reason="\x1b[31mRød\nlinje" + "x" * 2000, is_last=True
    )
    said = judge((tmp_path / "b.pdf").read_bytes()).signatures[-1].reason
    assert said.startswith("[31mRød linje")
    assert len(said) == 1000


def test_names_of_places_are_known_again() -> None:
    assert [is_place_of_signer(name) for name in (ONE, "Underskrift-12", "Underskrift-", "Underskrift2", "7")] == [
        True,
        True,
        False,
        False,
        False,
    ]
