"""Forms of the real tool, filled, posted as a browser would, and read back. All people in them are fictional."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lxml import html
from werkzeug.datastructures import MultiDict

from pipeline.cases.values import parse_value
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Section
from pipeline.tool.load import load_tool
from webforms.design.words import Words
from webforms.inputs.base import Value
from webforms.inputs.controls import Posted
from webforms.inputs.goals import PlanGoal
from webforms.inputs.section_form import Fill, SectionForm, section_form

TOOL = load_tool("2018")
LAW = law_for(date(2026, 4, 20))
SAY = Words().speaker("da")
GOALS = (PlanGoal("a1", "motor", "adjusted", "Gå 10 meter"), PlanGoal("b2", "other"))
PLAN = TOOL.goals_field.key


def section(key: str) -> Section:
    return next(section for section in TOOL.sections if section.key == key)


def form(
    key: str, answers: Mapping[str, Value] | None = None, posted: Posted | None = None, **more: Any
) -> SectionForm:
    """A section's form with stored answers, perhaps posted."""
    fill = Fill(**{"answers": answers or {}, "goals": GOALS if key == "c" else ()} | more)
    return section_form(TOOL, section(key), LAW, SAY, fill, posted)


def post(**values: str) -> Posted:
    """What a browser sends; a double underscore stands for a full stop."""
    return MultiDict({name.replace("__", "."): value for name, value in values.items()})


def words_of(form: SectionForm) -> list[str]:
    return [problem.words for problem in form.problems]


def is_parsed(changes: Mapping[str, Value]) -> bool:
    """Whether the door of the case takes each of them and gives back the same."""
    columns = {"wording": TOOL.find("siblings"), "focus": TOOL.find("siblings"), "next": TOOL.find("siblings")}
    for slot, value in changes.items():
        if value is None:
            continue
        field = columns.get(slot.rpartition("/")[2]) or TOOL.find(slot)
        if field is None:  # attainment of a goal, whose scale is the plan's own
            assert value["choice"] in {choice.code for choice in TOOL.goals_field.choices}
            continue
        parsed = parse_value(value, field, slot).as_json()
        assert _without_blanks(parsed) == _without_blanks(value)
    return True


def sent_by_a_browser(page: str) -> Posted:
    """What a browser sends of a page without anybody having touched it (HTML standard, form submission)."""
    tree = html.fromstring(page)
    pairs: list[tuple[str, str]] = []
    for control in tree.xpath("//form//input | //form//textarea | //form//select"):
        pairs += _sent(control)
    return MultiDict(pairs)


def _sent(control: Any) -> Iterable[tuple[str, str]]:
    name = control.get("name")
    match control.tag:
        case "textarea":
            text = control.text or ""
            # A parser of HTML drops the first line feed; lxml keeps it.
            text = text.removeprefix("\n")
            return [(name, text.replace("\n", "\r\n"))]
        case "select":
            return [(name, control.xpath("string((option[@selected] | option[1])[last()]/@value)"))]
        case _ if control.get("type") in ("radio", "checkbox"):
            return [(name, control.get("value"))] if control.get("checked") is not None else []
        case _:
            return [(name, (control.get("value") or "").replace("\n", ""))]


def _without_blanks(value: Mapping[str, Any]) -> Any:
    if "rows" in value:
        return [{key: cell for key, cell in row.items() if cell} for row in value["rows"]]
    return dict(value)
