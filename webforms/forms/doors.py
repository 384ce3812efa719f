"""The ways in to a section, each with the right that writing there needs."""

from dataclasses import dataclass

from webforms.forms.section_at_hand import BEHALF, MUNICIPAL, OWN


@dataclass(frozen=True)
class Door:
    """One way in.

    Attributes:
        name: also begins the names of its addresses.
        word: in the address.
        action: the right, as the table of rights names it.
    """

    name: str
    word: str
    action: str


DOORS = (
    Door(OWN, "afsnit", "part.write"),
    Door(MUNICIPAL, "kommunen", "municipality.write"),
    Door(BEHALF, "for-en-anden", "part.on_behalf"),
)


def door_named(name: str) -> Door:
    """The door of this name."""
    return next(door for door in DOORS if door.name == name)
