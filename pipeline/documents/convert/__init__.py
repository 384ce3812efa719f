"""From a merged Word document to a tagged PDF/A, by a LibreOffice that is kept warm.

`Converter` is one LibreOffice, `ConverterPool` several; everything else in the package serves these two.
"""

from pipeline.documents.convert.converter import Converter
from pipeline.documents.convert.pool import ConverterPool

__all__ = ["Converter", "ConverterPool"]
