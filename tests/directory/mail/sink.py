"""A mail server of one thread that remembers what it took, on this machine only."""

from __future__ import annotations

import re
import socketserver
import threading
from collections import Counter


class Sink(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP to take mail. `answers` holds an answer to give instead: "rcpt" -> "550 no such reader".

    After `answer_after` seconds it answers to the whole mail, which it has taken then; `over` ends the waiting.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: Counter[str] = Counter()
        self.contents: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.answer_after = 0.0
        self.extensions: list[str] = []
        self.heard: list[str] = []
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no error here."""


class _Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").strip().lower()
            self.server.heard.append(line.decode("ascii", "replace").strip())
            if verb in self.server.answers:
                if not self.server.answers[verb]:
                    return  # hangs up
                self._say(self.server.answers[verb])
            elif verb == "ehlo" and self.server.extensions:
                for name in ("sink", *self.server.extensions):
                    self._say(f"250-{name}")
                self._say("250 fine")
            elif verb == "data":
                if not self._data():
                    return
            elif verb == "quit":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _data(self) -> bool:
        self._say("354 go on")
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # fell silent before the end: forgotten
            content += line
        if "end" in self.server.answers:
            if not self.server.answers["end"]:
                return False
            self._say(self.server.answers["end"])
            return True
        found = re.search(rb"^Message-ID: (\S+)", content, re.MULTILINE)
        self.server.taken[found.group(1).decode() if found else ""] += 1
        self.server.contents.append(content)
        self.server.over.wait(self.server.answer_after)
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
