"""What of a visit goes to the archive: documents, answers, events and what they are; never a family's own diary."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import bagit
import pytest
from fictional_case import HOUSEHOLD, MOTHER, VISIT, text
from travelling import RoundTrip

from exports.targets.folder.archive_folder import ArchiveFolder
from pipeline.cases.hearing.events import FinalReportMade, RemarksWeighed
from pipeline.cases.journey.events import OutcomeDecided
from pipeline.cases.record.family_events import DiaryShared, DiaryWritten
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.parts import Kept
from pipeline.cases.record.visit_events import GoalPlaced, SectionHandedIn, Written
from pipeline.cases.record.voices import SHARED
from pipeline.intake.kinds import Kind
from pipeline.journey.engine.step import Done, Work
from pipeline.journey.steps.archive import archive_in
from pipeline.journey.steps.archive_metadata import document_name
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places

REPORT = NewDocument("endelig_rapport", "Endelig rapport om Ida", "ida.pdf", "application/pdf", VISIT)


def _to_the_archive(trip: RoundTrip) -> None:
    trip.opens_hearings(MOTHER)
    trip.answers(MOTHER)
    trip.happens(RemarksWeighed(VISIT), FinalReportMade(VISIT, "", ""), OutcomeDecided(VISIT, "no_change"))
    trip.run_due()


def _read(archive: Path, trip: RoundTrip, name: str) -> bytes:
    return (archive / "pakker" / f"{trip.case_id}-visit-{VISIT}" / "data" / name).read_bytes()


def test_a_package_holds_what_happened_and_says_what_it_is(home: Path, tmp_path: Path) -> None:
    with RoundTrip(Places.in_home(home), None, {"archive": archive_in(ArchiveFolder(tmp_path))}) as trip:
        trip.store.files.keep(trip.case_id, io.BytesIO(b"%PDF opdigtet"), REPORT, "system")
        trip.happens(
            DiaryWritten("d1", "hjem", date(2026, 10, 1), "kun for os selv"),
            DiaryWritten("d2", "hjem", date(2026, 10, 2), "må gerne ses"),
            DiaryShared("d2"),
        )
        _to_the_archive(trip)
        assert trip.row().state == "done"
        package = tmp_path / "pakker" / f"{trip.case_id}-visit-{VISIT}"
        assert bagit.Bag(str(package)).is_valid()
        assert _read(tmp_path, trip, "dokumenter/001-endeligrapport.pdf") == b"%PDF opdigtet"
        (document,) = json.loads(_read(tmp_path, trip, "metadata.json"))["dokumenter"]
        assert (document["Dokumenttype"], document["Retning"], document["Tilstand"]) == (
            "Rapport",
            "Internt",
            "Endeligt",
        )
        assert document["Variant"]["Location"] == "data/dokumenter/001-endeligrapport.pdf"
        happened = _read(tmp_path, trip, "haendelser.json").decode()
        assert "må gerne ses" in happened
        assert "kun for os selv" not in happened
        assert json.loads(_read(tmp_path, trip, "svar.json"))["case_number"] == trip.case.number
        assert not [path for path in package.rglob("*") if "Ida" in path.name or "ida" in path.name]
        assert trip.case.travelled.archived[VISIT].up_to == len(json.loads(happened)) + 1


def test_what_a_family_has_not_handed_in_is_not_archived(home: Path, tmp_path: Path) -> None:
    """Its answers and its deeds on goals alike; what was handed in is there with all its versions."""
    with RoundTrip(Places.in_home(home), None, {"archive": archive_in(ArchiveFolder(tmp_path))}) as trip:
        trip.happens(
            Written(VISIT, "child_abilities", HOUSEHOLD, text("først skrevet")),
            Written(VISIT, "child_abilities", HOUSEHOLD, text("så afleveret")),
            SectionHandedIn(VISIT, "a", HOUSEHOLD),
            Written(VISIT, "training_description", HOUSEHOLD, text("endnu ikke afleveret")),
            GoalPlaced(VISIT, "g-egen", "motor", "new", 1),
            Written(VISIT, "goal/g-egen/wording", SHARED, text("endnu ingens mål")),
            by=MOTHER,
        )
        _to_the_archive(trip)
        happened = _read(tmp_path, trip, "haendelser.json").decode()

    assert "først skrevet" in happened
    assert "så afleveret" in happened
    assert "endnu" not in happened
    assert "g-egen" not in happened


def test_a_delivery_that_died_before_it_was_noted_is_not_made_again(home: Path, tmp_path: Path) -> None:
    """The archive has it, the case does not know: the next try asks the archive first."""

    class PowerCut(Exception):
        pass

    archive = archive_in(ArchiveFolder(tmp_path))
    tries: list[Done] = []

    def dies_after_delivery(work: Work) -> Done:
        done = archive(work)
        tries.append(done)
        if len(tries) == 1:
            raise PowerCut
        return done

    with RoundTrip(Places.in_home(home), None, {"archive": dies_after_delivery}) as trip:
        _to_the_archive(trip)
        assert trip.row().state == "archiving"
        trip.clock.move(timedelta(minutes=1))
        trip.run_due()
        assert trip.row().state == "done"
        assert len(tries) == 2
        assert tries[0].events == tries[1].events


@pytest.mark.parametrize("kind", Kind)
def test_whatever_may_come_in_has_its_usual_extension_in_the_archive(kind: Kind) -> None:
    document = DocumentKept("f", "bilag", "Opdigtet", "ida", kind.media_type, 1, "")
    assert document_name(Kept(1, datetime(2027, 1, 1, tzinfo=UTC), "", document), 7) == f"dokumenter/007-bilag.{kind}"
