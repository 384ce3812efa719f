"""A theme that is skipped at the visit, with a reason if one is given, and taken up again."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.cases.record.parts import Visit
from pipeline.cases.record.visit_events import FieldsSkipped
from pipeline.cases.text_at_the_door import accept_text
from webforms.caseworkers.visit_at_hand import Sheet
from webforms.caseworkers.visit_themes import Theme, section_of_field
from webforms.forms.kept_draft import typed_in

TALKED, SKIPPED = "taler", "springer"
_CHOICE, _WHY = "spring", "spring_hvorfor"


@dataclass(frozen=True)
class Skip:
    """Whether a theme is skipped, as it is chosen on the page.

    Attributes:
        keys: of its fields that may be skipped.
        name: of the choice; the reason stands under `why_name`.
    """

    keys: tuple[str, ...]
    chosen: bool
    why: str

    @property
    def name(self) -> str:
        """Begins with a field's key, so that it is kept in the draft of that field's section."""
        return f"{self.keys[0]}.{_CHOICE}"

    @property
    def why_name(self) -> str:
        """Of the control for the reason."""
        return f"{self.keys[0]}.{_WHY}"

    @property
    def place(self) -> str:
        """The id of the choice on the page."""
        return self.name.replace(".", "-")


def skip_of(sheet: Sheet, theme: Theme) -> Skip | None:
    """The choice of a card; None where nothing on it may be skipped, or nobody writes there.

    What the browser sent counts first, then the draft, then what is recorded.
    """
    visit, tool = sheet.visit, sheet.tool
    asked = [key for key in theme.fields if key not in visit.not_asked]
    keys = tuple(key for key in asked if section_of_field(tool, key).skippable)
    if not keys:
        return None
    home = next(one for one in sheet.sections if keys[0] in one.at_hand.leaf.keys)
    if not home.at_hand.may_write:
        return None
    recorded = Skip(keys, keys[0] in visit.skipped, visit.skipped.get(keys[0], ""))
    typed = sheet.posted if sheet.posted is not None else typed_in(home.draft)
    if typed is None or recorded.name not in typed:
        return recorded
    return Skip(keys, typed[recorded.name] == SKIPPED, typed.get(recorded.why_name, "").strip())


def skip_events(visit: Visit, skip: Skip) -> tuple[FieldsSkipped, ...]:
    """What the choice changes in what is recorded; nothing where it says the same.

    Raises:
        AnswersError: the reason holds what no document can hold.
    """
    why = accept_text(skip.why, "“Hvorfor”") if skip.chosen and skip.why else ""
    recorded = {key: visit.skipped[key] for key in skip.keys if key in visit.skipped}
    wanted = dict.fromkeys(skip.keys, why) if skip.chosen else {}
    return () if recorded == wanted else (FieldsSkipped(visit.id, skip.keys, skip.chosen, why),)


def says_what_is_recorded(visit: Visit, typed: Iterable[tuple[str, str]]) -> bool:
    """Whether the choices that a browser sent are those that are recorded already."""
    for name, value in typed:
        key, _, what = name.partition(".")
        if what == _CHOICE and (value == SKIPPED) is not (key in visit.skipped):
            return False
        if what == _WHY and value.strip() != visit.skipped.get(key, ""):
            return False
    return True
