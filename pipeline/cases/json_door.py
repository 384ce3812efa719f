"""Takes single values out of JSON from outside and refuses, with the place named, whatever is not as it should be."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from pipeline.cases.text_at_the_door import accept_text, shown
from pipeline.errors import AnswersError

T = TypeVar("T")
YEARS = range(1900, 2200)
"""Years in which somebody can have answered; outside them a clock went wrong, and time zones cannot be reckoned."""


class JsonDoor:
    """One JSON object on its way in; `finish` refuses the keys that nobody asked for."""

    def __init__(self, raw: object, place: str) -> None:
        if not isinstance(raw, dict):
            raise AnswersError(f"{place}: her skal stå et objekt med navngivne værdier.")
        self._raw: dict[str, Any] = raw
        self._seen: set[str] = set()
        self.place = place

    def has(self, key: str) -> bool:
        """Whether there is something under a key."""
        return key in self._raw

    def text(self, key: str, default: str | None = None) -> str:
        """A text, cleaned at the door."""
        value = self._take(key, default)
        if not isinstance(value, str):
            self.refuse(key, "mangler eller er ikke en tekst")
        return accept_text(value, f"{self.place}, {key}")

    def truth(self, key: str, default: bool | None = None) -> bool:
        """True or false, written as such."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.refuse(key, "skal være true eller false")
        return value

    def number(self, key: str) -> int:
        """A whole number."""
        value = self._take(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(key, "skal være et helt tal")
        return value

    def day(self, key: str) -> date:
        """A date, ISO 8601."""
        written = self.text(key)
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.refuse(key, "er ikke en dato; skriv den som 2026-03-31")

    def day_if_any(self, key: str) -> date | None:
        """A date, or None where the key is not there."""
        return self.day(key) if self.has(key) else None

    def moment(self, key: str) -> datetime:
        """A moment with time zone, ISO 8601."""
        written = self.text(key)
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            self.refuse(key, "er ikke et tidspunkt; skriv det som 2026-03-31T20:15:00+02:00")
        if moment.tzinfo is None:
            self.refuse(key, "tidspunktet mangler tidszone; skriv det som 2026-03-31T20:15:00+02:00")
        if moment.year not in YEARS:
            self.refuse(key, f"året skal ligge mellem {YEARS.start} og {YEARS.stop - 1}")
        return moment

    def choice(self, key: str, known: Callable[[str], T], names: tuple[str, ...], default: str | None = None) -> T:
        """One of a fixed set of words."""
        written = self.text(key, default)
        if written not in names:
            self.refuse(key, f"værdien kendes ikke; brug en af: {', '.join(names)}")
        return known(written)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(
            accept_text(value, f"{self.place}, {key}")
            if isinstance(value, str)
            else self.refuse(key, "skal være en liste af tekster")
            for value in self._list(key)
        )

    def objects(self, key: str) -> Iterator["JsonDoor"]:
        """A list of objects, each with a door of its own."""
        for number, raw in enumerate(self._list(key), start=1):
            yield JsonDoor(raw, f"{self.place}, {key} nr. {number}")

    def inner(self, key: str) -> "JsonDoor":
        """An object."""
        return JsonDoor(self._take(key, {}), f"{self.place}, {key}")

    def rest(self) -> dict[str, Any]:
        """All keys that nobody has taken yet; they count as taken."""
        rest = {key: value for key, value in self._raw.items() if key not in self._seen}
        self._seen.update(rest)
        return rest

    def finish(self) -> None:
        """Refuse what nobody asked for.

        Raises:
            AnswersError: a key is unknown, perhaps misspelt: an answer under it would be lost.
        """
        unknown = sorted(set(self._raw) - self._seen)
        if unknown:
            raise AnswersError(f"{self.place}: “{shown(unknown[0])}” kendes ikke. Ret navnet, eller fjern det.")

    def refuse(self, key: str, why: str) -> NoReturn:
        """Refuse the value under this key."""
        raise AnswersError(f"{self.place}, {key}: {why}.")

    def _take(self, key: str, default: object) -> Any:
        self._seen.add(key)
        return self._raw.get(key, default)

    def _list(self, key: str) -> list[Any]:
        value = self._take(key, [])
        if not isinstance(value, list):
            self.refuse(key, "skal være en liste")
        return value
