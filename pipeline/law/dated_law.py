"""What was in force on a date: the act, its consolidation, single rules and yearly rates, all read from data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault

LAW = Path(__file__).resolve().parents[2] / "templates_docx" / "ret"
NOT_STATED = "ikke oplyst"

_REQUIRED: dict[str, dict[str, type]] = {
    "act": {"key": str, "valid_from": date, "name": str, "hjemmel": str, "source": str},
    "consolidation": {"valid_from": date, "citation": str, "source": str},
    "rule": {"key": str, "valid_from": date, "title": str, "reference": str, "source": str},
    "transition": {"on": date, "decides": str, "source": str},
    "rate": {"key": str, "title": str, "amount": list},
    "amount": {"year": int, "kroner": int, "source": str},
}
_OPTIONAL: dict[str, dict[str, type]] = {
    "act": {"valid_to": date},
    "consolidation": {"valid_to": date},
    "rule": {"valid_to": date, "verified": bool},
    "transition": {"verified": bool},
}
_DECIDES = ("document_date", "visit_date")
_DAYS_AT_HAND = 100
"""Every page cites the law of today, and a case the days of its documents; the data is read once a start anyway."""


@dataclass(frozen=True)
class Rule:
    """One rule as a document cites it."""

    key: str
    title: str
    reference: str
    verified: bool


@dataclass(frozen=True)
class Law:
    """What was in force on `on`.

    Attributes:
        hjemmel: the paragraph that home training rests on, e.g. “barnets lov § 85”.
        citation: the consolidation in force, or “ikke oplyst”.
    """

    on: date
    act: str
    hjemmel: str
    citation: str
    rules: tuple[Rule, ...]

    def in_words(self, text: str) -> str:
        """A text of the tool with its reference to the act filled in."""
        return naming(self.hjemmel, text)


def naming(hjemmel: str, text: str) -> str:
    """A text of the tool with its reference to this paragraph filled in."""
    return text.replace("{hjemmel}", hjemmel)


@lru_cache(maxsize=_DAYS_AT_HAND)
def law_for(document_date: date, visit_date: date | None = None, folder: Path = LAW) -> Law:
    """The law that a document of this date cites.

    Args:
        document_date: the day the document bears.
        visit_date: the day of the visit; decides where a transitional rule says so.
        folder: where the law's data lies.

    Raises:
        DefinitionError: no act was in force that day, or the data is wrong.
    """
    data = _read(folder, "love.toml", ("act", "consolidation", "rule", "transition"))
    on = _deciding_date(data, document_date, visit_date)
    act = _in_force(data["act"], on)
    if act is None:
        raise DefinitionError(f"Ret: ingen lov om hjemmetræning er oplyst for {on.isoformat()} (ret/love.toml).")
    consolidation = _in_force([c for c in data["consolidation"] if _starts_within(c, act)], on)
    rules = (r for key in dict.fromkeys(r["key"] for r in data["rule"]) if (r := _rule(data, key, on)))
    return Law(
        on=on,
        act=act["name"],
        hjemmel=act["hjemmel"],
        citation=consolidation["citation"] if consolidation else NOT_STATED,
        rules=tuple(
            Rule(r["key"], r["title"], naming(act["hjemmel"], r["reference"]), r.get("verified", True)) for r in rules
        ),
    )


def rate_in_words(key: str, year: int, folder: Path = LAW) -> tuple[str, str]:
    """Title and amount of a yearly rate; the amount is “ikke oplyst” for a year that is not in the table."""
    rates = _read(folder, "satser.toml", ("rate",))["rate"]
    rate = next((rate for rate in rates if rate["key"] == key), None)
    if rate is None:
        raise DefinitionError(f"Ret: satsen “{key}” findes ikke i ret/satser.toml.")
    amount = next((a["kroner"] for a in rate["amount"] if a["year"] == year), None)
    return rate["title"], f"{amount:,} kr.".replace(",", ".") if amount is not None else NOT_STATED


@cache
def _read(folder: Path, name: str, tables: tuple[str, ...]) -> Mapping[str, list[dict[str, Any]]]:
    try:
        data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DefinitionError(f"Filen ret/{name} mangler.") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"ret/{name}, {line_of_fault(error)}: filen er ikke gyldig TOML. Ret stedet.") from error
    for table, entries in data.items():
        if table not in tables or not isinstance(entries, list):
            raise DefinitionError(f"ret/{name}: “{table}” kendes ikke; brug [[{']], [['.join(tables)}]].")
        for number, entry in enumerate(entries, start=1):
            _check(table, entry, f"ret/{name}, {table} nr. {number}")
    return {table: data.get(table, []) for table in tables}


def _check(table: str, entry: dict[str, Any], place: str) -> None:
    known = _REQUIRED[table] | _OPTIONAL.get(table, {})
    for key in sorted(set(entry) | set(_REQUIRED[table])):
        if key not in known:
            raise DefinitionError(f"{place}: nøglen “{key}” kendes ikke. Ret navnet.")
        if not isinstance(entry.get(key), known[key]):
            raise DefinitionError(f"{place}: “{key}” mangler eller er ikke skrevet rigtigt.")
    if table == "transition" and entry["decides"] not in _DECIDES:
        raise DefinitionError(f"{place}: “decides” skal være {' eller '.join(_DECIDES)}.")
    for number, amount in enumerate(entry.get("amount", []), start=1):
        _check("amount", amount, f"{place}, amount nr. {number}")


def _deciding_date(data: Mapping[str, Any], document_date: date, visit_date: date | None) -> date:
    for transition in data["transition"]:
        straddles = visit_date is not None and visit_date < transition["on"] <= document_date
        if straddles and visit_date and transition["decides"] == "visit_date":
            return visit_date
    return document_date


def _in_force(entries: list[dict[str, Any]], on: date) -> dict[str, Any] | None:
    """The entry that began last among those in force."""
    current = [e for e in entries if e["valid_from"] <= on <= e.get("valid_to", date.max)]
    return max(current, key=lambda e: e["valid_from"], default=None)


def _starts_within(consolidation: dict[str, Any], act: dict[str, Any]) -> bool:
    start: date = consolidation["valid_from"]
    return bool(act["valid_from"] <= start <= act.get("valid_to", date.max))


def _rule(data: Mapping[str, Any], key: str, on: date) -> dict[str, Any] | None:
    return _in_force([rule for rule in data["rule"] if rule["key"] == key], on)
