"""Names of places that no official list has: what people call cities and states."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import listed
from directory.vocab import STATES

#: Folded words -> the city as the postal list has it. Short ones that are also words are read by rules of their own.
CITY_NICKNAMES: Final[dict[str, str]] = {
    "nyc": "New York, NY",
    "new york city": "New York, NY",
    "ny city": "New York, NY",
    "manhattan": "New York, NY",
    "manhattan ny": "New York, NY",
    "the bronx": "Bronx, NY",
    "queens": "Jamaica, NY",
    "queens ny": "Jamaica, NY",
    "la": "Los Angeles, CA",
    "philly": "Philadelphia, PA",
    "dc": "Washington, DC",
    "washington dc": "Washington, DC",
    "wash dc": "Washington, DC",
    "sf": "San Francisco, CA",
    "san fran": "San Francisco, CA",
    "frisco": "San Francisco, CA",
    "bay area": "San Francisco, CA",
    "vegas": "Las Vegas, NV",
    "kc": "Kansas City, MO",
    "stl": "Saint Louis, MO",
    "atl": "Atlanta, GA",
    "chi town": "Chicago, IL",
    "chicagoland": "Chicago, IL",
    "dfw": "Dallas, TX",
    "nola": "New Orleans, LA",
    "slc": "Salt Lake City, UT",
    "okc": "Oklahoma City, OK",
    "indy": "Indianapolis, IN",
    "cincy": "Cincinnati, OH",
    "jax": "Jacksonville, FL",
    "pdx": "Portland, OR",
    "phx": "Phoenix, AZ",
    "phl": "Philadelphia, PA",
    "htx": "Houston, TX",
    "atx": "Austin, TX",
    "satx": "San Antonio, TX",
    "san antone": "San Antonio, TX",
    "abq": "Albuquerque, NM",
    "cbus": "Columbus, OH",
    "ftl": "Fort Lauderdale, FL",
    "ft laud": "Fort Lauderdale, FL",
    "nash": "Nashville, TN",
    "socal": "Los Angeles, CA",
    "silicon valley": "San Jose, CA",
    "twin cities": "Minneapolis, MN",
    "south florida": "Miami, FL",
    "long island": "Hempstead, NY",
    "inland empire": "San Bernardino, CA",
    "hampton roads": "Norfolk, VA",
    "quad cities": "Davenport, IA",
    "tri cities wa": "Kennewick, WA",
    "research triangle": "Durham, NC",
    "winston": "Winston Salem, NC",
    "st pete": "Saint Petersburg, FL",
    "saint pete": "Saint Petersburg, FL",
    "salt lake": "Salt Lake City, UT",
    "colo springs": "Colorado Springs, CO",
    "east bay": "Oakland, CA",
    "south bay": "San Jose, CA",
    "north bay": "Santa Rosa, CA",
    "sf bay area": "San Francisco, CA",
    "san francisco bay area": "San Francisco, CA",
    "central valley": "Fresno, CA",
    "san fernando valley": "Van Nuys, CA",
    "oc california": "Santa Ana, CA",
    "coachella valley": "Palm Springs, CA",
    "tampa bay": "Tampa, FL",
    "space coast": "Melbourne, FL",
    "treasure coast": "Port Saint Lucie, FL",
    "central florida": "Orlando, FL",
    "north texas": "Dallas, TX",
    "dallas fort worth": "Dallas, TX",
    "central texas": "Austin, TX",
    "south texas": "San Antonio, TX",
    "rgv": "McAllen, TX",
    "rio grande valley": "McAllen, TX",
    "metro detroit": "Detroit, MI",
    "metro atlanta": "Atlanta, GA",
    "lehigh valley": "Allentown, PA",
    "hudson valley": "Poughkeepsie, NY",
    "capital district": "Albany, NY",
    "finger lakes": "Rochester, NY",
    "south jersey": "Cherry Hill, NJ",
    "north jersey": "Newark, NJ",
    "jersey shore": "Toms River, NJ",
    "front range": "Denver, CO",
    "puget sound": "Seattle, WA",
    "piedmont triad": "Greensboro, NC",
    "lowcountry": "Charleston, SC",
    "upper peninsula": "Marquette, MI",
    "western mass": "Springfield, MA",
    "cape cod": "Hyannis, MA",
    "delmarva": "Salisbury, MD",
    "willamette valley": "Salem, OR",
    "wasatch front": "Salt Lake City, UT",
}
#: Folded words -> USPS code.
STATE_NICKNAMES: Final[dict[str, str]] = {
    "calif": "CA", "cali": "CA", "fla": "FL", "tenn": "TN", "okla": "OK", "penna": "PA", "conn": "CT", "ariz": "AZ",
    "colo": "CO", "minn": "MN", "mich": "MI", "wisc": "WI", "wis": "WI", "nebr": "NE", "tex": "TX", "mass": "MA",
    "ind": "IN", "ala": "AL", "n carolina": "NC", "no carolina": "NC", "s carolina": "SC", "so carolina": "SC",
    "n dakota": "ND", "s dakota": "SD", "w virginia": "WV", "w va": "WV", "n mexico": "NM", "n hampshire": "NH",
    "n jersey": "NJ", "jersey": "NJ", "n york": "NY", "virgin islands": "VI", "us virgin islands": "VI",
    "micronesia": "FM", "washington state": "WA", "new york state": "NY", "upstate new york": "NY",
    "upstate ny": "NY", "state of washington": "WA", "state of new york": "NY", "northern virginia": "VA",
    "southern california": "CA", "northern california": "CA", "commonwealth of virginia": "VA",
}  # fmt: skip
#: Codes that are common words: a state only after a comma, after one of its cities, or in capitals among small letters.
WORD_CODES: Final = listed(
    "in or me hi as de la al id oh ok pa ma co mo mt ms md ne ar va ct nd sd pr mp fm pw ga sc nc vi mi nm ia il"
)
#: Of those, the ones that are never a state at the end of a text either ("what is in").
NEVER_BARE: Final = frozenset(("in", "or", "me", "hi", "as", "de", "al", "la"))
#: And those that nobody writes for anything but the state, wherever they stand.
ALWAYS_STATE: Final = frozenset(("oh", "ga", "nc", "sc", "mi", "il", "nm", "ia", "nd", "sd", "va", "pr"))
STATE_NAMES: Final[dict[str, str]] = {
    **{" ".join(name.casefold().replace(".", "").split()): usps for usps, name in STATES.items()},
    **STATE_NICKNAMES,
}
STATE_CODES: Final[dict[str, str]] = {usps.casefold(): usps for usps in STATES}
#: Regions whose states nobody disputes.
REGION_STATES: Final[dict[str, tuple[str, ...]]] = {
    "new england": ("CT", "ME", "MA", "NH", "RI", "VT"),
    "midwest": ("IL", "IN", "IA", "KS", "MI", "MN", "MO", "NE", "ND", "OH", "SD", "WI"),
    "pacific northwest": ("ID", "OR", "WA"),
    "pnw": ("ID", "OR", "WA"),
    "west coast": ("CA", "OR", "WA"),
    "east coast": ("CT", "DE", "DC", "FL", "GA", "ME", "MD", "MA", "NH", "NJ", "NY", "NC", "PA", "RI", "SC", "VA"),
    "carolinas": ("NC", "SC"),
    "the carolinas": ("NC", "SC"),
    "dakotas": ("ND", "SD"),
    "the dakotas": ("ND", "SD"),
    "four corners": ("AZ", "CO", "NM", "UT"),
}
REGION_TITLES: Final = {
    **{name: f"the {name.title()}" for name in REGION_STATES if name != "new england" and not name.startswith("the ")},
    **{name: f"the {name.removeprefix('the ').title()}" for name in REGION_STATES if name.startswith("the ")},
    "pnw": "the Pacific Northwest",
}
#: More than one state, and each reader means others: said to be no place that can be searched by.
REGIONS: Final = frozenset(
    ("tri state", "tri state area", "tristate", "tristate area", "deep south", "mid atlantic", "great lakes",
     "dmv area", "gulf coast", "appalachia", "ozarks", "the ozarks", "rocky mountains", "great plains", "rust belt",
     "down south", "back east", "out west", "american southwest", "desert southwest", "southeast us", "northeast us")
)  # fmt: skip
#: Nobody restricts by these.
EVERYWHERE: Final = frozenset(("usa", "us", "united states", "america", "nationwide", "anywhere", "any state"))
