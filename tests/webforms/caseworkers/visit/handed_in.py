"""What a fictional family has handed in before the visit."""

from family_home import JEPPE, SIGNE, Home

from pipeline.cases.record.visit_events import AgendaPointAdded, SectionHandedIn, Written

HOUSEHOLD = "hjem-0101"
WELLBEING = "Vi er trætte, men glade for træningen."
EXPERIENCE = "Aksel synger, når han går."


def hand_in(home: Home) -> None:
    """Two sections of six, a point for the agenda, and something that is still being written."""
    visit = home.visit().id
    home.happens(
        Written(visit, "family_wellbeing_parents", HOUSEHOLD, {"text": WELLBEING}),
        Written(visit, "child_experience", HOUSEHOLD, {"text": EXPERIENCE}),
        SectionHandedIn(visit, "d", HOUSEHOLD),
        SectionHandedIn(visit, "b", HOUSEHOLD),
        AgendaPointAdded(visit, "punkt-1", HOUSEHOLD, "Nætterne"),
        by=SIGNE,
    )
    home.happens(Written(visit, "other_information", HOUSEHOLD, {"text": "Ikke færdig endnu"}), by=JEPPE)
