"""What a mail server's "no" is about: the address, for good, or something that may pass."""

from __future__ import annotations

import re
from typing import Final

#: Enhanced status codes that speak of the recipient's address (RFC 3463, RFC 7505). The other ones of 5.1 are about
#: the sender; a policy (5.7), a full mailbox or a system in trouble says nothing about whether anybody is there.
OF_THE_ADDRESS: Final = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1"})
#: Answers of a server that gives no enhanced code (RFC 5321, 4.2.3; RFC 7504).
BARE: Final = frozenset({550, 551, 553, 556})
_ENHANCED: Final = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_DIAGNOSIS: Final = re.compile(r"\s*smtp\s*;\s*([245]\d\d)[ -](.*)", re.IGNORECASE | re.DOTALL)


def answer_refuses_the_address(code: int, words: str) -> bool:
    """Whether an answer to RCPT TO says that the address takes no mail at all. `words` stand after the code."""
    enhanced = _ENHANCED.match(words)
    if enhanced is None:
        return code in BARE
    return code >= 500 and enhanced.group(1) in OF_THE_ADDRESS


def report_refuses_the_address(status: str, diagnosis: str) -> bool:
    """The same for the fields Status and Diagnostic-Code of a delivery report (RFC 3464)."""
    said = _DIAGNOSIS.match(diagnosis)
    if status == "5.0.0" and said:  # the reporter's word for an answer without an enhanced code
        return answer_refuses_the_address(int(said.group(1)), said.group(2))
    return status in OF_THE_ADDRESS
