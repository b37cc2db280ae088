"""Which part of a host's name somebody registered, as far as the addresses of schools need it. Asks nobody.

Schools in the federal directory stand below a handful of endings; below any other we say that we cannot tell, and do
not guess: a whole list of the public endings would be 15,000 lines to keep, for a few dozen schools.
"""

from __future__ import annotations

import re
from typing import Final

#: Endings right below which names are registered.
PLAIN: Final = frozenset({"com", "edu", "education", "info", "institute", "net", "org", "university"})
#: Endings of two parts right below which names are registered; the first part alone is nobody's.
OF_TWO: Final = frozenset({"com.pr", "edu.pr", "net.pr", "org.pr", "com.gu", "edu.gu", "edu.mp", "edu.vi", "edu.as"})
#: "carver.k12.oh.us": the ending is what a state hands out to a kind of school.
LOCAL: Final = re.compile(r"(?:[a-z0-9-]+\.)?(?P<own>[a-z0-9-]+\.(?:k12|cc|tec|lib|pvt\.k12)\.[a-z]{2}\.us)$")
OF_A_STATE: Final = re.compile(r"(?:^|\.)[a-z]{2}\.us$")

#: Where anybody may have a mail box or put up pages: such an address says nothing about a school, not even when the
#: school's own pages stand there.
ANYBODYS: Final = frozenset(
    {
        *("aol.com", "att.net", "bellsouth.net", "blogspot.com", "business.site", "charter.net", "circlesquare.org"),
        *("comcast.net", "cox.net", "earthlink.net", "facebook.com", "fastmail.com", "gmail.com", "gmx.com"),
        *("godaddysites.com", "google.com", "googlemail.com", "googlepages.com", "hotmail.com", "hushmail.com"),
        *("icloud.com", "instagram.com", "juno.com", "linkedin.com", "live.com", "mac.com", "mail.com", "me.com"),
        *("msn.com", "myspace.com", "netscape.net", "outlook.com", "proton.me", "protonmail.com", "rocketmail.com"),
        *("sbcglobal.net", "squarespace.com", "tripod.com", "verizon.net", "webs.com", "weebly.com", "wix.com"),
        *("wixsite.com", "wordpress.com", "yahoo.com", "yandex.com", "ymail.com", "yolasite.com", "zoho.com"),
    }
)
#: Parts of a school's domain that it gives to people who study there, or once did.
OF_STUDENTS: Final = frozenset(
    {"alum", "alumni", "alumnae", "alums", "grad", "learn", "learner", "learners", "my", "myemail", "mymail", "stu"}
    | {"stud", "student", "students", "studentmail", "email"}
)


def registered(host: str) -> str:
    """The part of a host's name that one party registered: "mail.maplefork.edu" -> "maplefork.edu".

    "" where we cannot tell: an ending that is not on our short list, a bare ending, a name of a state or its offices.
    `host` in small ASCII letters.
    """
    labels = host.split(".")
    if local := LOCAL.search(host):
        return local["own"]
    if len(labels) < 2 or OF_A_STATE.search(host):
        return ""
    if ".".join(labels[-2:]) in OF_TWO:
        return ".".join(labels[-3:]) if len(labels) > 2 else ""
    if labels[-1] in PLAIN or (labels[-1] == "us" and len(labels[-2]) > 2):
        return ".".join(labels[-2:])
    return ""


def is_of_students(host: str, below: str) -> bool:
    """Whether the part of a host's name before the registered one is what schools give to students and alumni."""
    before = host.removesuffix(below).strip(".").split(".")
    return not OF_STUDENTS.isdisjoint(before)
