"""The shapes that Word slots may name: frozen facts of plain words, nothing to compute in a template."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What one contributor says: `choice` is the label chosen, where the field has choices."""

    who: str
    choice: str
    text: str


@dataclass(frozen=True)
class Row:
    """One row of a table field; cells beyond the field's columns are empty."""

    first: str
    second: str
    third: str
    fourth: str


@dataclass(frozen=True)
class Block:
    """One field with everything said to it.

    Attributes:
        empty: the words that stand where nobody answered, else “”.
        width: number of columns of a table field, 0 for any other kind.
        head: the column labels of a table field.
        authors: who filled a table field, else “”.
    """

    label: str
    heading: str
    empty: str
    said: tuple[Said, ...]
    questions: tuple[str, ...]
    width: int
    head: Row
    rows: tuple[Row, ...]
    authors: str


@dataclass(frozen=True)
class GoalBlock:
    """One row of the tids- og faseplan in words."""

    goal_type: str
    wording: str
    origin: str
    focus: tuple[Said, ...]
    attainment: tuple[Said, ...]
    next: tuple[Said, ...]


@dataclass(frozen=True)
class Goals:
    """The tids- og faseplan: the official column headings and one block a goal."""

    label: str
    head: Row
    rows: tuple[GoalBlock, ...]
    empty: str


@dataclass(frozen=True)
class Line:
    """A label and its text, as in a table of two columns."""

    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """A stretch of a section: either short facts for a table, or one longer field, or the goals."""

    facts: tuple[Line, ...]
    fields: tuple[Block, ...]
    goals: tuple[Goals, ...]


@dataclass(frozen=True)
class SectionBlock:
    """One section of the tool in the official order."""

    letter: str
    title: str
    instruction: str
    own_note: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Paper:
    """What every document says of itself: for header, footer, first page and the file's properties."""

    title: str
    subject: str
    notice: str
    case_number: str
    municipality: str
    unit: str
    contact: str
    date: str
    created: str
    edition: str
    template: str
    visit: str
    law: str


@dataclass(frozen=True)
class Condition:
    """One condition of the approval, whether it is still met, and why."""

    number: str
    label: str
    met: tuple[Said, ...]
    empty: str


@dataclass(frozen=True)
class LegalLine:
    """One rule as the report cites it."""

    title: str
    reference: str
    note: str
