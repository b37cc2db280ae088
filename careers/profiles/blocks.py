"""The parts of a career's page in their order: what people wrote and what official files say, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from careers.profiles.guide import GuideView, Written
from careers.vocab import PARTS, Section
from careers.vocab.blocks import DEEPER, ELSEWHERE, GROUPS, Block

__all__ = ["DEEPER", "ELSEWHERE", "GROUPS", "blocks_part", "every_section_has_its_place"]


#: Blocks that a phone shows open under a guide. The others are headings there until somebody taps them: a reader who
#: wants the gist has it, and nobody scrolls through eighty screens to reach the steps.
OPEN: Final = frozenset(
    {
        *(Section.WHAT_IT_IS, Section.DUTIES, Section.DAY, Section.SETTING),
        *(Section.PAY, Section.EDUCATION, Section.PROJECTIONS, Section.DEMAND),
        *(Section.STEPS, Section.CERTIFICATE_OR_ASSOCIATE, Section.CERTIFICATION),
        *(Section.STRESS_BALANCE, "pros-and-cons", "programs"),
    }
)


def blocks_part(guide: GuideView, context: Mapping[str, Any]) -> dict[str, Any]:
    """{groups}: [{id, label, blocks: [{id, label, written, titled, official, first, folded}]}], no empty ones."""
    groups = []
    for id_, label, blocks in GROUPS:
        shown = [each for each in (_shown(block, guide, context) for block in blocks) if each]
        if shown:
            groups.append({"id": f"part-{id_}", "label": label, "blocks": shown})
    return {"groups": groups}


def _shown(block: Block, guide: GuideView, context: Mapping[str, Any]) -> dict[str, Any]:
    written: list[Written] = [guide.sections[key] for key in block.keys if key in guide.sections]
    official = bool(block.official) and (not block.needs or bool(context.get(block.needs)))
    official = official and not (block.alone and written)
    if not written and not official:
        return {}
    return {
        "id": block.id,
        "label": block.label,
        "written": written,
        "titled": len(block.keys) > 1,
        "official": f"careers/parts/{block.official}.html" if official else "",
        "first": block.first,
        "folded": bool(guide) and block.id not in OPEN,
    }


def every_section_has_its_place() -> bool:
    """Whether each section of a guide stands in exactly one block; for a test."""
    placed = [key for _, _, blocks in GROUPS for block in blocks for key in block.keys]
    return sorted([*placed, *ELSEWHERE]) == sorted(PARTS)
