"""What can go wrong in words a person can act on: every message is Danish and says what to do next."""


class TilsynError(Exception):
    """A refusal or failure with a Danish message for the person at the screen; never carries personal data."""


class DefinitionError(TilsynError):
    """A definition, law table or template on disk is wrong; the message names file and line."""


class AnswersError(TilsynError):
    """Answers were refused at the door; the message names the field and what to change."""


class TemplateError(TilsynError):
    """A Word template was refused; the message names the part and the place in it."""


class UnreadableFile(TilsynError):
    """A file from outside could not be read at all (exit code 2 of `tilsyn verify`)."""


class StepFailed(TilsynError):
    """A step towards a document failed.

    Args:
        message: Danish, what happened and what to do next.
        permanent: True where trying again cannot help.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class StoreUnavailable(TilsynError):
    """The database or the disk under it cannot be used right now; nothing was written."""


class KeyringError(TilsynError):
    """The key file is missing, damaged, open to others, or lacks a key; nothing is opened or sealed without it."""


class Tampered(TilsynError):
    """What was kept is not what was put there: changed, moved, cut, or locked with another key."""
