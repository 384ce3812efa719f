"""Where the bytes of a file lie while a request brings them: small ones in memory, large ones in the private folder.

Werkzeug would put them into the machine's folder for temporary files, which may be another disk and others' as well.
"""

import tempfile
from pathlib import Path
from typing import IO, Any

from flask import Flask, Request

from pipeline.errors import StoreUnavailable

_IN_MEMORY = 512 * 1024


def keep_in(app: Flask, private: Path) -> None:
    """Let every file that comes to an application lie in a folder on its way.

    Args:
        app: the application.
        private: a folder that only this program may enter.
    """

    class OnTheirWay(Request):
        """A request whose large files lie in that folder, without a name."""

        def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
            return _FileOnItsWay(max_size=_IN_MEMORY, dir=str(private))

    app.request_class = OnTheirWay


class _FileOnItsWay(tempfile.SpooledTemporaryFile[bytes]):
    """In memory until it is large; a full disk is told in Danish, wherever the request is being read just then."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as fault:
            self.close()
            raise StoreUnavailable(
                "Der er ikke plads til filen lige nu. Intet er gemt. Prøv igen om lidt; "
                "bliver det ved, så sig det til den, der driver systemet."
            ) from fault
