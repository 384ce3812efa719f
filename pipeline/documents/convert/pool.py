"""Several warm LibreOffices: each caller gets a free one, or waits for the next that is."""

from collections.abc import Iterable
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Self

from pipeline.documents.convert.converter import Converter


class ConverterPool:
    """As many conversions at a time as there are converters; one per processor core is right.

    Args:
        converters: The converters, which are the pool's from now on: it closes them.
    """

    def __init__(self, converters: Iterable[Converter]) -> None:
        self._converters = tuple(converters)
        # Last in, first out: the warmest is used again, and one that is never needed never starts.
        self._free: LifoQueue[Converter] = LifoQueue()
        for converter in self._converters:
            self._free.put(converter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def to_pdf(self, docx: Path, pdf: Path) -> None:
        """Do as `Converter.to_pdf`, on the first converter that is free."""
        converter = self._free.get()
        try:
            converter.to_pdf(docx, pdf)
        finally:
            self._free.put(converter)

    def close(self) -> None:
        """Close every converter; documents under way are finished first."""
        for converter in self._converters:
            converter.close()
