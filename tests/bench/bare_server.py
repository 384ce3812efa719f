"""The bare page behind the same web server, set as in webforms/serve.py: `python bare_server.py EDITIONS PORT`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # gunicorn carries no types
from page_of_25_fields import SECTION, bare_application

from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool
from webforms.interpreter import set_for_pages


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn carries no types
    def __init__(self, editions: Path, port: int) -> None:
        self._editions, self._port = editions, port
        super().__init__()

    def load_config(self) -> None:
        """One process with eight threads, as ours."""
        chosen: dict[str, Any] = {
            "bind": f"127.0.0.1:{self._port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 8,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The page."""
        set_for_pages()
        tool = load_tool(None, self._editions)
        return bare_application(next(s for s in tool.sections if s.key == SECTION), law_for(date(2026, 11, 22)))


if __name__ == "__main__":
    _Server(Path(sys.argv[1]), int(sys.argv[2])).run()
