"""The names of the places for signatures in a document that several people sign."""

_NAME = "Underskrift-"


def place_of_signer(number: int) -> str:
    """The place of the first signer, the second …, counted from 1."""
    return f"{_NAME}{number}"


def is_place_of_signer(name: str) -> bool:
    """Whether a place was made for somebody whose signing the municipality confirms."""
    return name.removeprefix(_NAME).isdecimal() and name.startswith(_NAME)
