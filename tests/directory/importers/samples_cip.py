"""CIP 2020 and its changes since 2010, in the layout of the NCES downloads; titles are ours."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Part, Sample

CIP_HEADER = (
    "CIPFamily", "CIPCode", "Action", "TextChange", "CIPTitle", "CIPDefinition", "CrossReferences", "Examples",
)  # fmt: skip


def cip_row(code: str, title: str, action: str = "No substantive changes", definition: str = "") -> tuple[str, ...]:
    return (
        code[:2],
        code,
        action,
        "no",
        f"{title}.",
        definition or f"A field about {title.lower()}.",
        "",
        "",
    )


CIP = Sample(
    source=Source.CIP,
    name="CIPCode2020.csv",
    parts=(
        Part(
            "CIPCode2020.csv",
            CIP_HEADER,
            (
                cip_row("51", "Health Fields"),
                cip_row("51.07", "Records and Offices"),
                cip_row("51.0707", "Records/Information Technician", definition="First line.\nSecond line."),
                cip_row("51.0713", "Coding Specialist"),
                cip_row("51.0714", "Billing Specialist"),
                cip_row("01.0101", "Farm Offices"),
            ),
        ),
    ),
    keys=("CIPCode",),
    texts=("CIPTitle", "CIPDefinition"),
)

CHANGES = Sample(
    source=Source.CIP_CHANGES,
    name="Crosswalk2010to2020.csv",
    parts=(
        Part(
            "Crosswalk2010to2020.csv",
            ("CIPCode2010", "CIPTitle2010", "Action", "Text change", "CIPCode2020", "CIPTitle2020"),
            (
                (
                    "51.0707",
                    "Records Technician.",
                    "No substantive changes",
                    "no",
                    "51.0707",
                    "Records/Information Technician.",
                ),
                ("51.0712", "Receptionist.", "Moved to", "no", "51.0713", "Coding Specialist."),
                ("51.0799", "Old Other.", "Deleted", "no", "", ""),
            ),
        ),
    ),
    keys=("CIPCode2010",),
    texts=("CIPTitle2010",),
)

SAMPLES = (CIP, CHANGES)
