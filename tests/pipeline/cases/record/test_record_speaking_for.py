"""What somebody may do for another: a partsrepræsentant everything unless it is narrowed, a fuldmagt what it names."""

from datetime import date

import pytest
from small_case import family_case

from pipeline.cases.hearing.events import HearingOpened
from pipeline.cases.hearing.who import hearings_for, may_read
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import PersonRecorded, StandingBegun
from pipeline.cases.record.people import Act, CasePerson, Place, Standing
from pipeline.cases.record.speaking_for import acts_as, may_act, speakers
from pipeline.cases.signing.who import signs_for
from pipeline.deadlines.deadline import Deadline

DAY, BEFORE = date(2026, 3, 20), date(2026, 1, 1)
FULDMAGT, REPRESENTS = Place.POWER_OF_ATTORNEY, Place.PARTY_REPRESENTATIVE


def _standing(place: Place, *acts: Act, until: date | None = None) -> Standing:
    return Standing("s", "agent", place, BEFORE, until, scope="opdigtet", speaks_for="mother", acts=acts)


def _case(standing: Standing) -> Case:
    opened = HearingOpened("h", "v1", "mother", Deadline(DAY).instant, "f", "aa", 1)
    return family_case(PersonRecorded(CasePerson("agent", "Rep Prøvesen")), StandingBegun(standing), opened)


@pytest.mark.parametrize(
    ("standing", "acts"),
    [
        (_standing(REPRESENTS), [Act.SIGN, Act.HEARING]),
        (_standing(REPRESENTS, Act.HEARING), [Act.HEARING]),
        (_standing(FULDMAGT), []),
        (_standing(FULDMAGT, Act.SIGN), [Act.SIGN]),
        (_standing(Place.COMPANION, Act.SIGN), []),
    ],
)
def test_what_a_fuldmagt_names_may_be_done_and_nothing_else(standing: Standing, acts: list[Act]) -> None:
    case = _case(standing)
    assert [act for act in Act if may_act(standing, act)] == acts
    assert ("mother" in signs_for(case, "agent", DAY)) is (Act.SIGN in acts)
    assert bool(hearings_for(case, "agent", DAY)) is (Act.HEARING in acts)
    for act in Act:
        assert speakers(case, "mother", act, DAY) == (("agent",) if act in acts else ())
        assert acts_as(case, "agent", "mother", act, DAY) == (standing.place if act in acts else None)
        reads = act in acts or standing.place is REPRESENTS
        assert ("agent" in may_read(case, "mother", DAY, act)) is reads


def test_a_fuldmagt_that_has_ended_covers_nothing() -> None:
    case = _case(_standing(FULDMAGT, Act.SIGN, until=date(2026, 3, 19)))
    assert speakers(case, "mother", Act.SIGN, DAY) == ()
    assert signs_for(case, "agent", DAY) == ()
    assert acts_as(case, "mother", "mother", Act.SIGN, DAY) is None
