"""How gunicorn serves the site; its own names, read by `gunicorn --config`."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.engagement.settling import Settler

# Behind a proxy or on a person's own machine: never a public address by itself.
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# Threads, because a request waits for the database now and then; two processes, because Python
# computes in one thread at a time.
worker_class = "config.worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A worker gives its memory back now and then, not all at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
# The most that gunicorn allows: a text that is too long to search for should hear so from the site, not from here.
limit_request_line = 8190
# No access log: it would keep who looked for what.
accesslog = None
errorlog = "-"
loglevel = "warning"
# One site, one server: nothing to steer from outside.
control_socket_disable = True

# Writes what a busy database kept waiting; one in each worker, none in the process that starts them.
_settlers: list[Settler] = []


def post_worker_init(worker: object) -> None:
    """Reads the search tables before the first reader comes; without a database it is the reader who hears of it."""
    from django.db import DatabaseError

    from directory.engagement.settling import Settler
    from directory.search.freshness import warm
    from directory.search.suggest import suggest
    from directory.search.thrift import give_back, share_one_heap
    from directory.views import result_cards

    share_one_heap()
    with contextlib.suppress(DatabaseError):
        warm()
        suggest("co")
        result_cards.warm()
        give_back()
    _settlers.append(Settler())
    _settlers[-1].start()


def worker_exit(server: object, worker: object) -> None:
    """Writes the leaves that a busy database has kept waiting."""
    for settler in _settlers:
        settler.stop()


def when_ready(server: object) -> None:
    """Says where the site is once it can be opened."""
    print(f"Health Records Field Guide: http://{bind}/ (Ctrl-C stops it)", flush=True)  # noqa: T201
