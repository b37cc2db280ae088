"""Ways of delivery as people say them."""

from __future__ import annotations

from typing import Final

from directory.search.recognizers.base import Filter
from directory.vocab import Delivery

ONLINE: Final = Filter("delivery", (Delivery.ONLINE.value,), "Fully online")
HYBRID: Final = Filter("delivery", (Delivery.HYBRID.value,), "Partly online")
#: Of most programs it is not known how they teach, and most of those teach on campus: they are kept.
CAMPUS: Final = Filter(
    "delivery",
    (Delivery.CAMPUS.value, Delivery.UNKNOWN.value),
    "On campus, or not known",
    "How a program is taught is not published for most: those are kept. Ask the school.",
)

_SAID: Final[tuple[tuple[Filter, str], ...]] = (
    (ONLINE, ("online, on line, fully online, completely online, entirely online, all online, 100 online, only online,"
     " online only, online program, online programs, online class, online classes, online course, online courses,"
     " online school, online schools, online college, online colleges, online degree, from home, at home,"
     " home study, remote, remotely, virtual, virtually, distance learning, distance education, distance ed,"
     " distance, by distance, e learning, internet, web based, over the internet, correspondence, online learning,"
     " online training, cyber school, at home online, online from home")),
    (HYBRID, "hybrid, blended, partly online, part online, partially online, some online, mixed online, hyflex"),
    (CAMPUS, ("on campus, in person, in class, face to face, classroom, in classroom, on ground, on site, onsite,"
     " campus based, brick and mortar, in school, classroom based, physical campus")),
)  # fmt: skip
PHRASES: Final[dict[str, Filter]] = {
    phrase: filter_ for filter_, said in _SAID for phrase in map(str.strip, said.split(","))
}
