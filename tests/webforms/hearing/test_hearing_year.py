"""A year of a case with real documents and the time moved: two visits, one answered by all, one met with silence.

Every press is a page's, without a browser; what the engine does by itself is run when it falls due.
"""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from family_home import Browser
from fixtures.waking import next_wake
from hearing_house import CASEWORKER, CHILD, MARIA, NUMBER, THOMAS, House
from judges.verapdf import PDF_A_3A, PDF_UA_1, VeraPdf
from pypdf import PdfReader

from pipeline.cases.hearing.state import Hearing, Stand
from pipeline.cases.record.events import AccessDecided, Event
from pipeline.cases.record.visit_events import GoalPlaced, VisitDayChanged, Written
from pipeline.journey.watchdog import Why, standing_too_long

pytestmark = [pytest.mark.office, pytest.mark.verapdf]

FIRST, SECOND = "besoeg-2", "besoeg-3"
SECOND_DAY = date(2027, 5, 11)
HERS, HIS, CHILDS = "Der mangler noget om nætterne.", "Målene er for store.", "Mere svømning"
REASON = "Det er skrevet ind under familiens trivsel."
REPORTS = {"tilsynsrapport", "endelig_rapport"}
OTHERS = {"besoegsvarsel", "hoeringsbrev", "hoering_barn", "hoeringssvar"}


def test_a_year_of_a_case(working: House, verapdf: VeraPdf, tmp_path: Path) -> None:
    working.happens(AccessDecided(CHILD, granted=True, reason="opdigtet"), number=NUMBER)
    _sends(working, FIRST)
    _answers(working, FIRST, MARIA, konklusion=HERS)
    _answers(working, FIRST, THOMAS, generelt=HIS)
    _answers(working, FIRST, CHILD, traening="glad", anderledes=CHILDS)
    assert [one.stand(working.clock()) for one in _hearings(working, FIRST)] == [Stand.REMARKS] * 3
    _weighs_and_ends(working, FIRST, remarks=4)
    _holds_the_second_visit(working)
    _sends(working, SECOND)
    _time_goes_by(working, days=30)
    assert [one.stand(working.clock()) for one in _hearings(working, SECOND)] == [Stand.SILENT] * 3
    assert all(one.silent_at for one in _hearings(working, SECOND))
    _weighs_and_ends(working, SECOND, remarks=0)
    _went_through(working)
    _judged(working, verapdf, tmp_path)


def _sends(house: House, visit: str) -> None:
    page = _desk(house, visit, "/aabn")
    values = page.sent(page.form())
    values.setlist("child", ["ja"])
    sent = page.took(page.client.post(page.address.rstrip("?"), data=values, follow_redirects=True))
    assert "Thomas" in sent.words
    assert len(_hearings(house, visit)) == 3


def _answers(house: House, visit: str, person: str, **typed: str) -> None:
    hearing = next(one.id for one in _hearings(house, visit) if one.opened.person_id == person)
    page = house.at(person).get(house.address(f"hoering/{hearing}"))
    receipt = page.fill(**{f"svar__{key}": text for key, text in typed.items()}).press("/svar")
    assert "Åbn dit svar" in receipt.words


def _weighs_and_ends(house: House, visit: str, remarks: int) -> None:
    weighed = 0
    for hearing in _hearings(house, visit):
        for remark in hearing.unweighed():
            page = _desk(house, visit, f"/{hearing.id}/bemaerkning/{remark.remark}")
            _post(page, decision="med", reason=REASON)
            weighed += 1
    assert weighed == remarks
    _post(_desk(house, visit, "/luk"), sure="1")
    _desk(house, visit).press("/endelig")
    assert visit in house.heard.hearings.final
    _time_goes_by(house, days=1)
    _post(_desk(house, visit, "/udfald"), outcome="no_change", reason="Målene bliver nået.")
    _time_goes_by(house, days=1)


def _holds_the_second_visit(house: House) -> None:
    """Half a year later, with the words of the first: what was answered is not what this is about."""
    days = (SECOND_DAY - house.services.today()).days
    house.happens(VisitDayChanged(SECOND, SECOND_DAY), number=NUMBER)
    for by, event in list(_as_the_first_time(house)):
        house.happens(event, number=NUMBER, by=by)
    _time_goes_by(house, days=days + 1)


def _as_the_first_time(house: House) -> Iterator[tuple[str, Event]]:
    first, second = house.heard.visits[FIRST], house.heard.visits[SECOND]
    for goal in first.plan:
        if goal.id not in second.goals:
            yield CASEWORKER, GoalPlaced(SECOND, goal.id, goal.goal_type, goal.origin, goal.position)
    for slot in first.answers:
        version = first.current(slot)
        if version:
            yield version.by, Written(SECOND, slot.key, slot.voice, version.value, version.on_behalf_of)


def _time_goes_by(house: House, days: int) -> None:
    """All happens that falls due meanwhile, when it does."""
    until, journeys = house.clock.at + timedelta(days=days), house.services.store.journeys
    while (wake := next_wake(journeys)) and wake <= until:
        house.clock.at = max(house.clock.at, wake)
        for row in house.services.engine.due(100):
            house.services.engine.run(row)
    house.clock.at = until


def _went_through(house: House) -> None:
    """Both visits are archived, everything was sent once, silence was recorded, and the next visit waits for a day."""
    store, case = house.services.store, house.heard
    rows = {(row.kind, row.about): row for row in store.journeys.of_case(house.case_id(NUMBER))}
    assert [rows["visit", visit].state for visit in (FIRST, SECOND)] == ["done", "done"]
    assert set(case.travelled.archived) == {FIRST, SECOND}
    newest = max(case.visits.values(), key=lambda visit: visit.number)
    assert (newest.number, newest.before, rows["visit", newest.id].state) == (4, SECOND, "planned")
    assert newest.plan
    sent = [row.state for (kind, _), row in rows.items() if kind in ("delivery", "document")]
    assert set(sent) == {"sent", "made"}
    assert all(row.dead_at is None for row in rows.values())
    ours = [one for one in standing_too_long(store.journeys, house.clock()) if one.journey.case_id == newest.id]
    assert [one.why for one in ours if one.why is not Why.TOO_LONG] == []


def _judged(house: House, verapdf: VeraPdf, folder: Path) -> None:
    """Every report, and one of each other kind: each has passed another validator before it was sealed."""
    kept = [one.document for one in house.heard.documents.values() if one.document.kind in REPORTS | OTHERS]
    assert {document.kind for document in kept} == REPORTS | OTHERS
    judged: set[str] = set()
    for number, document in enumerate(kept, start=1):
        path = folder / f"{number:02}-{document.kind}.pdf"
        content = b"".join(house.services.store.files.read(house.case_id(NUMBER), document.file))
        path.write_bytes(content)
        if document.kind in REPORTS or document.kind not in judged:
            broken = {profile: verapdf.judge(path, profile).broken for profile in (PDF_A_3A, PDF_UA_1)}
            assert broken == {PDF_A_3A: (), PDF_UA_1: ()}, document.kind
            judged.add(document.kind)
    finals = [_words(path) for path in sorted(folder.glob("*endelig_rapport.pdf"))]
    assert [(HERS in words, HIS in words, CHILDS in words) for words in finals] == [(True,) * 3, (False,) * 3]
    assert [words.count("Har ikke svaret inden fristen") for words in finals] == [0, 3]


def _words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def _desk(house: House, visit: str, path: str = "") -> Browser:
    return house.at(CASEWORKER).get(house.address(f"besoeg/{visit}/hoering{path}"))


def _post(page: Browser, **typed: str) -> None:
    values = page.sent(page.form())
    for name, value in typed.items():
        values.setlist(name, [value])
    done = page.took(page.client.post(page.address.rstrip("?"), data=values, follow_redirects=True))
    assert done.status == 200, done.words


def _hearings(house: House, visit: str) -> tuple[Hearing, ...]:
    return house.heard.hearings.of_visit(visit)
