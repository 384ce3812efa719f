"""Starts the web server: one process with threads, bound to this machine unless the settings say otherwise."""

import errno
import os
import socket
import sys
from contextlib import ExitStack
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # gunicorn carries no types
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped] # gunicorn carries no types

from pipeline.errors import TilsynError
from webforms.app import create_app
from webforms.demo_seed import seed_demo
from webforms.dispatching import dispatcher
from webforms.housekeeping import Housekeeping
from webforms.interpreter import set_for_pages
from webforms.public.demo_room import DemoRoom
from webforms.settings import Mode, Settings, read_settings
from webforms.wiring import page_services

_THREADS = 8
_LAST_PORT = 65535
# Longer than any one document takes, so that a stop does not cut one through.
_SECONDS_TO_STOP = 90


def main() -> int:
    """Serve until told to stop.

    Returns:
        1 where the server could not start; a server that was stopped leaves by SystemExit 0.
    """
    try:
        settings = read_settings()
        _make_home(settings)
        with _listen(settings) as listener:
            _open_once(settings)
            server = _Server(settings, listener)
    except TilsynError as error:
        sys.stderr.write(f"Fejl: {error}\n")
        return 1
    server.run()
    return 0


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn carries no types
    """Our application inside gunicorn: the demo room lives and ends with the one worker process."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._address = f"http://{settings.host}:{listener.getsockname()[1]}"
        self._descriptor = listener.detach()
        self._open = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to run; nothing is read from its own files or variables."""
        chosen: dict[str, Any] = {
            "bind": f"fd://{self._descriptor}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": _THREADS,
            "graceful_timeout": _SECONDS_TO_STOP,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self._say_where,
            "post_fork": _leave_the_terminal,
            "worker_exit": self._close,
            "on_exit": _say_goodbye,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application; called in the worker process."""
        set_for_pages()
        services = self._open.enter_context(page_services(self._settings))
        if self._settings.mode is Mode.DEMO:
            seed_demo(services.store, self._settings.editions)
        self._open.enter_context(Housekeeping(services.identity))
        self._open.enter_context(dispatcher(services.engine, services.deadlines))
        demo = self._open.enter_context(DemoRoom.of(self._settings))
        return create_app(self._settings, services, demo)

    def run(self) -> None:
        """Serve until told to stop; a closed terminal stops the server too."""
        _ArbiterOfATerminal(self).run()

    def _say_where(self, arbiter: Any) -> None:
        _say(f"Hjemmetilsyn kører på {self._address} – stop med Ctrl+C")

    def _close(self, arbiter: Any, worker: Any) -> None:
        self._open.close()


class _ArbiterOfATerminal(Arbiter):  # type: ignore[misc] # gunicorn carries no types
    """Gunicorn starts anew when the terminal is closed; ours ends, or it would keep the port with nobody to stop it."""

    def handle_hup(self) -> None:
        self.handle_term()

    def handle_int(self) -> None:
        """Ctrl+C: as a polite stop, so that the document at work is finished and the machines are closed."""
        self.handle_term()


def _leave_the_terminal(arbiter: Any, worker: Any) -> None:
    """Ctrl+C reaches every process of the terminal's group at once; the worker waits for the arbiter to tell it."""
    os.setpgrp()


def _say_goodbye(arbiter: Any) -> None:
    _say("Hjemmetilsyn er stoppet.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _make_home(settings: Settings) -> None:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TilsynError(
            "Systemets mappe kan ikke laves. Se, om der må skrives dér, eller vælg en anden med HJEMMETILSYN_HOME."
        ) from error


def _open_once(settings: Settings) -> None:
    """Meet here whatever is wrong with key ring, database or tool; in its worker gunicorn would tell it in English."""
    with page_services(settings):
        pass


def _listen(settings: Settings) -> socket.socket:
    """Take the port ourselves: gunicorn would try for five seconds, and say so in English."""
    if settings.port > _LAST_PORT:
        raise TilsynError(f"Port {settings.port} findes ikke. Vælg en fra 1024 til {_LAST_PORT} med HJEMMETILSYN_PORT.")
    try:
        return socket.create_server((settings.host, settings.port), backlog=128)
    except PermissionError:
        raise TilsynError(
            f"Port {settings.port} må ikke bruges af dette program. Vælg en over 1023 med HJEMMETILSYN_PORT."
        ) from None
    except OSError as error:
        raise TilsynError(_why_not(settings, error)) from error


def _why_not(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} er optaget af et andet program, måske af Hjemmetilsyn selv. "
            "Stop det, eller vælg en anden port med HJEMMETILSYN_PORT."
        )
    return f"Adressen {settings.host} kan ikke bruges på denne maskine. Ret HJEMMETILSYN_HOST."


if __name__ == "__main__":
    sys.exit(main())
