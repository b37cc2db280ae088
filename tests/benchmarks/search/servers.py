"""Servers that the run starts on free ports of this machine and ends again, and nobody else's."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.search.context import ROOT, Run

PATIENCE: Final = 180
CONFIG: Final = ROOT / "config" / "gunicorn.py"
OTHERS: Final = """from runpy import run_path

settings = run_path({config!r}).items()
globals().update({{name: value for name, value in settings if isinstance(value, (str, int, bool, type(None)))}})
worker_class = "gthread"  # the product's own is this one, with words of its own for what it refuses
"""
HELLO: Final = '''"""The least that Django can answer: one view, no middleware, no template."""
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="x" * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
urlpatterns = [path("", lambda request: HttpResponse("Hello, world"))]
application = get_wsgi_application()
'''


class Server:
    """A process that answers on a port; `pids` are those of its workers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def pids(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in children.split()]

    def stop(self) -> None:
        """End the whole group that was started for it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def serve(run: Run, command: Sequence[str], *, port: int, env: dict[str, str], cwd: Path, ready: str) -> Server:
    """Start a command that serves on a port, and wait until `ready` is answered with 200."""
    with (run.folder / "servers.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            list(command), cwd=cwd, env=env, stdout=log, stderr=log, start_new_session=True
        )
    server = Server(process, port)
    run.stack.callback(server.stop)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", ready)
            if connection.getresponse().status == 200:
                return server
        except OSError:
            pass
        time.sleep(0.2)
    log_end = (run.folder / "servers.log").read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"{' '.join(command)} does not answer {ready}:\n{log_end}")


def gunicorn(python: str, application: str, config: Path = CONFIG) -> list[str]:
    """The product's own way to serve; no worker is replaced in the middle of a measurement."""
    return [python, "-m", "gunicorn", "--config", str(config), "--max-requests", "0", application]


def without_hooks(run: Run) -> Path:
    """The product's settings of the server for others: its hooks read the product's data when a worker starts."""
    path = run.folder / "gunicorn_others.py"
    path.write_text(OTHERS.format(config=str(CONFIG)), encoding="utf-8")
    return path


def product(run: Run, database: str) -> Server:
    """The site on a database, as script/server serves it."""
    port = free_port()
    env = run.environment(database, PORT=str(port))
    command = gunicorn(sys.executable, "config.wsgi")
    return serve(run, command, port=port, env=env, cwd=ROOT, ready="/api/v1/programs/?per_page=1")


def hello(run: Run) -> Server:
    """A hello-world view on the same server, with the product's Django."""
    (run.folder / "hello.py").write_text(HELLO, encoding="utf-8")
    port = free_port()
    env = {**os.environ, "PORT": str(port)}
    command = gunicorn(sys.executable, "hello", without_hooks(run))
    return serve(run, command, port=port, env=env, cwd=run.folder, ready="/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
