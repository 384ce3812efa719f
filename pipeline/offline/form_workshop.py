"""The machines that forms are made with: those of the documents, but for the seal, since a form is not sealed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import ToPdf
from pipeline.tool.load import EDITIONS


class FormWorkshop(Protocol):
    """What a workshop must have for forms; that of the documents has it, too."""

    @property
    def merger(self) -> Merger: ...  # noqa: D102 - said by its name
    @property
    def converter(self) -> ToPdf: ...  # noqa: D102 - said by its name
    @property
    def editions(self) -> Path: ...  # noqa: D102 - said by its name


@dataclass(frozen=True)
class FormMachines:
    """A workshop for forms alone."""

    merger: Merger
    converter: ToPdf
    editions: Path = EDITIONS
