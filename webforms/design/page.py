"""What a page tells beside its own content: who runs it, who is signed in, where the case is, what must be mended."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A place to go."""

    words: str
    address: str
    is_current: bool = False


@dataclass(frozen=True)
class Contact:
    """Somebody to call.

    Attributes:
        phone: as people write it, e.g. “12 34 56 78”.
    """

    name: str
    phone: str = ""
    unit: str = ""

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(character for character in self.phone if character.isdigit() or character == "+")


@dataclass(frozen=True)
class SignedIn:
    """The person at the screen.

    Attributes:
        role: in words, e.g. “forælder”.
        sign_out: the address that a POST signs out at.
    """

    name: str
    role: str
    sign_out: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page.

    Attributes:
        municipality: its name; no logo is needed.
        home: where the name leads to.
        token: the anti-forgery token of the forms that the frame itself holds.
    """

    municipality: str
    home: str = "/"
    is_demo: bool = False
    person: SignedIn | None = None
    navigation: tuple[Link, ...] = ()
    contact: Contact | None = None
    token: str = ""


@dataclass(frozen=True)
class WhereIsMyCase:
    """The four answers that every page gives.

    Attributes:
        state: where the case is now, one sentence.
        holder: who has it.
        next_step: what happens next, one sentence.
        when: when that is, in words; may be empty.
        promise: what cannot be taken from the family without warning.
    """

    state: str
    holder: Contact
    next_step: str
    when: str = ""
    promise: str = ""


@dataclass(frozen=True)
class Problem:
    """Something to mend before the form can be taken.

    Attributes:
        place: id of the control that the link leads to.
        words: said in the same words in the summary and at the field.
    """

    place: str
    words: str


@dataclass(frozen=True)
class Task:
    """One line of a task list.

    Attributes:
        address: empty while it cannot be begun.
        tone: the badge's: `success`, `info`, `warning`, `error` or empty.
        hint: what it takes, in a few words.
        explained: on an English page what `words` mean, where they are the tool's own.
    """

    words: str
    status: str
    address: str = ""
    tone: str = ""
    hint: str = ""
    explained: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a row of steps; `state` is `done`, `current`, `todo` or `error`."""

    words: str
    state: str
    address: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a list of answers to check: what was asked, what was answered, where it can be changed.

    Attributes:
        explained: on an English page what the label means, where it is the tool's own.
    """

    label: str
    value: str
    address: str = ""
    explained: str = ""


@dataclass(frozen=True)
class Option:
    """One way to answer: radio, checkbox or entry of a drop-down list."""

    value: str
    label: str
    hint: str = ""
    explained: str = ""
